//! Tunisia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CIN];

/// National identity card.
pub(crate) static CIN: Detector = Detector {
    id: "gov.tn.cin",
    name: "Tunisian national identity card (CIN)",
    category: Category::GovernmentId,
    country: Some("TN"),
    format: "Eight digits, the first 0 or 1; no check digit.",
    forms: &[Form::Layout("9{8}")],
    edges: Edges::Digit,
    check: is_cin,
    scores: Scores::NAMED,
    keywords: &[
        "tunisian id",
        "cin",
        "carte d'identité nationale",
        "بطاقة التعريف الوطنية",
        "ب.ت.و",
    ],
    window: (60, 40),
    pass_rate: 0.2,
    wrong_digit_rate: 0.889,
    sources: &["Ministère de l'Intérieur (Tunisie): carte d'identité nationale, loi 93-27"],
    valid: &["01234567", "12345678"],
    invalid: &[("21234567", "first digit 2"), ("0123456", "seven digits")],
};

/// Eight digits, the first 0 or 1.
fn is_cin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<8>(value.text)?;
    matches!(text.first()?, b'0' | b'1').then(|| Proof::whole(value, &["structure"]))
}
