//! Jordan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NATIONAL];

/// Jordanian national number.
pub(crate) static NATIONAL: Detector = Detector {
    id: "gov.jo.national",
    name: "Jordanian national number",
    category: Category::GovernmentId,
    country: Some("JO"),
    format: "Ten digits, mostly beginning with 9 or 2; no check digit is published.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_national,
    scores: Scores::NAMED,
    keywords: &["jordanian national number", "الرقم الوطني", "jordan national id", "jordanian id"],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Civil Status and Passport Department (Jordan)"],
    valid: &["9851234567", "2000123456"],
    invalid: &[("0000000000", "zero"), ("1111111111", "one digit over and over")],
};

/// Ten digits, of which nothing is published.
fn is_national(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}
