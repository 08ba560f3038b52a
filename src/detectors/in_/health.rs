//! Health identifiers of India.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Indian health account number (ABHA).
pub(crate) static ABHA: Detector = Detector {
    id: "health.in.abha",
    name: "Indian health account number (ABHA)",
    category: Category::HealthId,
    country: Some("IN"),
    format: "Fourteen digits NN-NNNN-NNNN-NNNN. A check digit is said to exist and is not \
             published.",
    forms: &[
        Form::Layout("9{2}-9{4}-9{4}-9{4}"),
        Form::Layout("9{2} 9{4} 9{4} 9{4}"),
        Form::Layout("9{14}"),
    ],
    edges: Edges::Digit,
    check: is_abha,
    scores: Scores::NAMED,
    keywords: &[
        "abha",
        "abha number",
        "health id",
        "abdm",
        "आभा",
        "abha no",
        "abha id",
        "health id number",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["National Health Authority: ABDM sandbox documentation"],
    valid: &["91-1234-5678-9012", "91123456789012", "91 1234 5678 9012"],
    invalid: &[("00-0000-0000-0000", "zero"), ("00000000000000", "zero")],
};

/// Fourteen digits; the authority publishes no check digit.
fn is_abha(value: &Value<'_>) -> Option<Proof> {
    digits::exactly::<14>(value.text)?;
    Some(Proof::whole(value, &["structure"]))
}
