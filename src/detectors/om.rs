//! Oman.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CIVIL];

/// Omani civil number.
pub(crate) static CIVIL: Detector = Detector {
    id: "gov.om.civil",
    name: "Omani civil number",
    category: Category::GovernmentId,
    country: Some("OM"),
    format: "Seven to nine digits; no check digit is published.",
    forms: &[Form::Layout("9{7,9}")],
    edges: Edges::Digit,
    check: is_civil,
    scores: Scores::NAMED,
    keywords: &[
        "oman civil number",
        "الرقم المدني",
        "civil number",
        "civil id",
        "oman id",
        "omani id",
        "oman resident card",
    ],
    window: (24, 20),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Royal Oman Police, civil status"],
    valid: &["12345678", "1234567"],
    invalid: &[("0000000", "zero"), ("000000000", "zero"), ("1111111", "one digit over and over")],
};

/// Seven to nine digits, of which nothing is published.
fn is_civil(value: &Value<'_>) -> Option<Proof> {
    let holds = (7..=9).contains(&value.text.len())
        && digits::is_number(value.text)
        && !digits::is_repeated(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}
