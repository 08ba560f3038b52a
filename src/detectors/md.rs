//! Moldova.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IDNP];

/// Identification number of the population register.
pub(crate) static IDNP: Detector = Detector {
    id: "gov.md.idnp",
    name: "Moldovan identification number (IDNP)",
    category: Category::GovernmentId,
    country: Some("MD"),
    format: "Thirteen digits beginning with 2, or 0 in the first ones; companies have 1.",
    forms: &[Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_idnp,
    scores: Scores::CHECKED,
    keywords: &[
        "idnp",
        "cod personal",
        "cod fiscal",
        "numărul de identificare",
        "идентификационный номер",
        "персональный код",
        "moldovan id",
    ],
    window: (60, 40),
    pass_rate: 0.02,
    wrong_digit_rate: 0.0,
    sources: &[
        "Registrul de stat al populației",
        "Hotărârea Guvernului Republicii Moldova nr. 333/2002",
    ],
    valid: &["2006001000025", "0980123456789"],
    invalid: &[("2006001000026", "check digit"), ("3006001000025", "first digit")],
};

/// Weights 7 3 1, the check digit the sum by ten.
fn is_idnp(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let person = matches!(text.first()?, b'0' | b'2');
    let holds = person && weighted::ends_in_remainder(text, &[7, 3, 1], 10);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}
