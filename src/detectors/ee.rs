//! Estonia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IK];

/// Personal identification code.
pub(crate) static IK: Detector = Detector {
    id: "gov.ee.ik",
    name: "Estonian personal identification code",
    category: Category::GovernmentId,
    country: Some("EE"),
    format: "Eleven digits: century and sex 1-8, YYMMDD, serial 3, check.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_ik,
    scores: Scores::MEDIUM,
    keywords: &[
        "isikukood",
        "isikukoodi",
        "isikukoodiga",
        "estonian personal identification code",
        "personal identification code",
        "estonian id",
    ],
    window: (60, 40),
    pass_rate: 0.003,
    wrong_digit_rate: 0.01,
    sources: &["EVS 585:2007, Isikukood. Struktuur", "Rahvastikuregistri seadus § 39"],
    valid: &["36805280109", "49901010006"],
    invalid: &[
        ("36805280108", "check digit"),
        ("36813280109", "month 13"),
        ("30002290003", "1900 had no 29 February"),
    ],
};

/// Century and date of birth; weights 1 to 9 and 1 by eleven, where that is ten weights 3 to 9 and 1
/// to 3, where that is ten too 0.
fn is_ik(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (check, body) = text.split_last()?;
    let century = match digits::digit(*body.first()?)? {
        digit @ 1..=8 => 1800 + (digit - 1) / 2 * 100,
        _ => return None,
    };
    let [year, month, day] = digits::pairs(body.get(1..7)?)?;
    let rest = |weights| weighted::sum(body, weights) % 11;
    let expected = match rest(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        10 => rest(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 10,
        rest => rest,
    };
    let holds = date::is_date(century + year, month, day) && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}
