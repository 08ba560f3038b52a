//! Uruguay.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CI, &RUT];

/// Identity card.
pub(crate) static CI: Detector = Detector {
    id: "gov.uy.ci",
    name: "Uruguayan identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("UY"),
    format: "Six or seven digits and a check digit: 1.234.567-2.",
    forms: &[
        Form::Layout("9.9{3}.9{3}-9"),
        Form::Layout("9.9{3}.9{4}"),
        Form::Layout("9{3}.9{3}-9"),
        Form::Layout("9{6,7}-9"),
        Form::Layout("9{7,8}"),
    ],
    edges: Edges::Digit,
    check: is_ci,
    scores: Scores::CHECKED,
    keywords: &[
        "cédula uruguaya",
        "cédula de identidad",
        "cédula",
        "cedula",
        "c.i.",
        "uruguayan id",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.054,
    sources: &["Dirección Nacional de Identificación Civil (Uruguay): Decreto 501/978"],
    valid: &["1.234.567-2", "911.876-1", "1.234.5672", "4567890-5", "34567894"],
    invalid: &[
        ("1.234.567-3", "check digit"),
        ("1.23.567-2", "grouping"),
        ("12345672345", "eleven digits"),
    ],
};

/// Tax number.
pub(crate) static RUT: Detector = Detector {
    id: "gov.uy.rut",
    name: "Uruguayan tax number (RUT)",
    category: Category::GovernmentId,
    country: Some("UY"),
    format: "Twelve digits: office 01 to 22, serial 6, 001, check digit.",
    forms: &[
        Form::Layout("9{2}-9{6}-9{3}-9"),
        Form::Layout("9{2} 9{6} 9{3} 9"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: is_rut,
    scores: Scores::STRONG,
    keywords: &["rut", "registro único tributario", "uruguayan tax id"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Dirección General Impositiva (Uruguay): Registro Único Tributario"],
    valid: &["21-100342-001-7", "210001230018", "10 123456 001 5"],
    invalid: &[
        ("21-100342-001-8", "check digit"),
        ("23-100342-001-9", "office 23"),
        ("21-000000-001-0", "serial 000000"),
    ],
};

/// Weights 2 9 8 7 6 3 4, from the right; what the sum lacks to a multiple of ten is last.
fn is_ci(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let sized = matches!(body.len(), 6..=7) && digits::is_number(body);
    let weights = weighted::from_right(&[2, 9, 8, 7, 6, 3, 4], body)?;
    let holds = sized && digits::digit(*check)? == weighted::complement(body, weights, 10);
    holds.then(|| Proof::whole(value, &["mod10"]))
}

/// Weights 4 3 2 9 8 7 6 5 4 3 2; what the sum lacks to a multiple of eleven is last, and no number
/// is given out where that is ten.
fn is_rut(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (check, body) = text.split_last()?;
    let office = digits::number(text.get(..2)?)?;
    let lacking = weighted::complement(body, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 11);
    let holds = (1..=22).contains(&office)
        && digits::is_number(text.get(2..8)?)
        && text.get(8..11)? == b"001"
        && digits::digit(*check)? == lacking;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn leading_zeros_change_nothing() {
        assert!(proof(&CI, "911.876-1").is_some() && proof(&CI, "0.911.876-1").is_some());
    }
}
