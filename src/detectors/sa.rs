//! Saudi Arabia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// Saudi national identity and residence (Iqama) number.
pub(crate) static ID: Detector = Detector {
    id: "gov.sa.id",
    name: "Saudi national identity and residence (Iqama) number",
    category: Category::GovernmentId,
    country: Some("SA"),
    format: "Ten digits, first 1 (citizens) or 2 (residents), last by Luhn.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores::CHECKED,
    keywords: &[
        "saudi id",
        "iqama",
        "رقم الهوية",
        "الهوية الوطنية",
        "رقم الإقامة",
        "السجل المدني",
        "national id",
        "iqama number",
        "iqama no",
        "saudi national id",
        "رقم الاقامة",
    ],
    window: (60, 40),
    pass_rate: 0.02,
    wrong_digit_rate: 0.0,
    sources: &["Ministry of Interior (Saudi Arabia)"],
    valid: &["1018800555", "2034567897"],
    invalid: &[("1018800556", "Luhn"), ("3018800552", "first digit"), ("0000000000", "zero")],
};

/// 1 for citizens or 2 for residents, and Luhn.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let holds = matches!(text.first()?, b'1' | b'2') && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}
