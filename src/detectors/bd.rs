//! Bangladesh.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NID];

/// Bangladeshi national identity number.
pub(crate) static NID: Detector = Detector {
    id: "gov.bd.nid",
    name: "Bangladeshi national identity number",
    category: Category::GovernmentId,
    country: Some("BD"),
    format: "Ten digits (smart card), thirteen, or seventeen with the year of birth first.",
    forms: &[Form::Layout("9{17}"), Form::Layout("9{13}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_nid,
    scores: Scores::NAMED,
    keywords: &[
        "bangladesh nid",
        "nid",
        "national id",
        "nid no",
        "national identity",
        "জাতীয় পরিচয়পত্র",
        "এনআইডি",
        "nid number",
        "smart nid",
    ],
    window: (60, 40),
    pass_rate: 0.02,
    wrong_digit_rate: 0.95,
    sources: &["Bangladesh Election Commission, NID Wing"],
    valid: &["19841592824588424", "1592824588424", "2345678901"],
    invalid: &[("15841592824588424", "year"), ("0000000000", "zero")],
};

/// No check digit is published; seventeen digits begin with a year of 1900 to 2099.
fn is_nid(value: &Value<'_>) -> Option<Proof> {
    let holds = match value.text.len() {
        10 | 13 => true,
        17 => matches!(value.text.get(..2)?, b"19" | b"20"),
        _ => false,
    };
    (holds && digits::is_number(value.text)).then(|| Proof::whole(value, &["structure"]))
}
