//! Liechtenstein.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PEID];

/// Number of the register of persons: digits of any length, so its name right before it is
/// everything.
pub(crate) static PEID: Detector = Detector {
    id: "gov.li.peid",
    name: "Liechtenstein person identification number (PEID)",
    category: Category::GovernmentId,
    country: Some("LI"),
    format: "Four to twelve digits, usually seven, leading zeros included; no check digit.",
    forms: &[Form::Layout("9{4,12}")],
    edges: Edges::Digit,
    check: is_peid,
    scores: Scores::NAMED,
    keywords: &[
        "peid",
        "peid nummer",
        "pers.-id",
        "personenidentifikationsnummer",
        "liechtenstein id",
    ],
    window: (16, 16),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &[
        "Amt für Informatik des Fürstentums Liechtenstein: PEID",
        "OECD TIN sheet: Liechtenstein",
    ],
    valid: &["1234567", "00001234567"],
    invalid: &[("123", "too short"), ("1234567890123", "too long"), ("0000000", "zero")],
};

/// Four to twelve digits.
fn is_peid(value: &Value<'_>) -> Option<Proof> {
    let fits = (4..=12).contains(&value.text.len()) && digits::is_number(value.text);
    fits.then(|| Proof::whole(value, &["structure"]))
}
