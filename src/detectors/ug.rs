//! Uganda.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIN];

/// National identification number.
pub(crate) static NIN: Detector = Detector {
    id: "gov.ug.nin",
    name: "Ugandan national identification number (NIN)",
    category: Category::GovernmentId,
    country: Some("UG"),
    format: "Fourteen characters: C for citizens, M or F, year of birth 2, ten letters or digits. \
             No check digit is published.",
    forms: &[Form::Layout("A{2}9{2}X{10}")],
    edges: Edges::Alnum,
    check: is_nin,
    scores: Scores::NAMED,
    keywords: &["ugandan nin", "nin", "nira", "national id", "ugandan id"],
    window: (60, 40),
    pass_rate: 0.00013,
    wrong_digit_rate: 1.0,
    sources: &["NIRA (Uganda): Registration of Persons Act 2015"],
    valid: &["CM90012345ABCD", "CF85100123XYZ1"],
    invalid: &[
        ("CX90012345ABCD", "sex X"),
        ("CM00000000ZZZZ", "no digit but zero"),
        ("CM90012345ABC", "thirteen characters"),
    ],
};

/// C, M or F, two digits and ten characters, at least one digit of all not zero.
fn is_nin(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 14]>::try_from(value.text).ok()?;
    let (year, rest) = text.get(2..)?.split_at_checked(2)?;
    let numbered = text.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    let holds = matches!(text.get(..2)?, b"CM" | b"CF")
        && digits::number(year).is_some()
        && rest.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && numbered;
    holds.then(|| Proof::whole(value, &["structure"]))
}
