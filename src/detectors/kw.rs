//! Kuwait.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CIVIL];

/// Kuwaiti civil number.
pub(crate) static CIVIL: Detector = Detector {
    id: "gov.kw.civil",
    name: "Kuwaiti civil number",
    category: Category::GovernmentId,
    country: Some("KW"),
    format: "Twelve digits: century 2 (1900s) or 3 (2000s), YYMMDD, serial 4, check.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_civil,
    scores: Scores { bare: 40, separated: 45, keyword: 85, field: 92 },
    keywords: &[
        "kuwait civil id",
        "الرقم المدني",
        "البطاقة المدنية",
        "civil id",
        "civil number",
        "paci",
        "civil id number",
        "civil id no",
        "kuwaiti id",
        "الرقم المدنى",
    ],
    window: (60, 40),
    pass_rate: 6e-4,
    wrong_digit_rate: 0.0,
    sources: &["Public Authority for Civil Information (Kuwait): civil number"],
    valid: &["285010112358", "305061500129"],
    invalid: &[
        ("285130112345", "month 13"),
        ("305061500120", "check digit"),
        ("485010112358", "century 4"),
        ("285022912353", "29 February 1985"),
    ],
};

/// Day of birth with the century before it; the last digit is eleven less the remainder of the sum
/// weighted 2 1 6 3 7 9 10 5 8 4 2, and no number is given out for which that is no digit from 1 on.
fn is_civil(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (check, body) = text.split_last()?;
    let century = match text.first()? {
        b'2' => 1900,
        b'3' => 2000,
        _ => return None,
    };
    let born = digits::number(text.get(1..7)?)?;
    let rest = weighted::sum(body, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    let holds = date::is_date(century + born / 10_000, born / 100 % 100, born % 100)
        && 11 - rest == digits::digit(*check)?;
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}
