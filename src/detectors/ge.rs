//! Georgia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PERSONAL];

/// Personal number.
pub(crate) static PERSONAL: Detector = Detector {
    id: "gov.ge.personal",
    name: "Georgian personal number",
    category: Category::GovernmentId,
    country: Some("GE"),
    format: "Eleven digits in one run.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_personal,
    scores: Scores::NAMED,
    keywords: &[
        "პირადი ნომერი",
        "პირადი ნომრის",
        "პ/ნ",
        "piradi nomeri",
        "georgian personal number",
        "georgian id",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Public Service Development Agency of Georgia: identity documents"],
    valid: &["01001012345", "60001123456"],
    invalid: &[("00000000000", "zero"), ("11111111111", "one digit repeated")],
};

/// No check digit is known.
fn is_personal(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}
