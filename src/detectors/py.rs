//! Paraguay.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RUC];

/// Tax number, for people their identity card's with a check digit.
pub(crate) static RUC: Detector = Detector {
    id: "gov.py.ruc",
    name: "Paraguayan tax number and identity card (RUC, cédula)",
    category: Category::GovernmentId,
    country: Some("PY"),
    format: "Five to eight digits, a dash and a check digit.",
    forms: &[Form::Layout("9{5,8}-9")],
    edges: Edges::Digit,
    check: is_ruc,
    scores: Scores::CHECKED,
    keywords: &["ruc", "registro único de contribuyentes", "cédula", "cedula", "paraguayan tax id"],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.034,
    sources: &["DNIT (Paraguay): Registro Único de Contribuyentes, Decreto 3182/2019"],
    valid: &["80028061-0", "9991603-7", "12345-5"],
    invalid: &[("80123456-9", "check digit"), ("9991603-8", "check digit"), ("00000-0", "zero")],
};

/// Weights 2, 3, 4 … from the right; what the sum lacks to a multiple of eleven is last, ten written
/// 0.
fn is_ruc(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let sized = (5..=8).contains(&body.len()) && digits::is_number(body);
    let weights = weighted::from_right(&[9, 8, 7, 6, 5, 4, 3, 2], body)?;
    let expected = weighted::complement(body, weights, 11) % 10;
    (sized && digits::digit(*check)? == expected).then(|| Proof::whole(value, &["mod11"]))
}
