//! Chile.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RUT];

/// Tax and identity number.
pub(crate) static RUT: Detector = Detector {
    id: "gov.cl.rut",
    name: "Chilean tax and identity number (RUT, RUN)",
    category: Category::GovernmentId,
    country: Some("CL"),
    format: "Seven or eight digits and a check digit or K: 12.531.909-2.",
    forms: &[
        Form::Layout("9{1,2}.9{3}.9{3}-X"),
        Form::Layout("9{7,8}-X"),
        Form::Layout("9{7,8}A"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Alnum,
    check: is_rut,
    scores: Scores { bare: 0, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "rut",
        "rol único tributario",
        "rol unico tributario",
        "rol único nacional",
        "rut/run",
        "chilean id",
        "cédula de identidad",
    ],
    window: (60, 40),
    pass_rate: 0.092,
    wrong_digit_rate: 0.0,
    sources: &["Servicio de Impuestos Internos: RUT", "Registro Civil e Identificación: RUN"],
    valid: &["12.531.909-2", "125319092", "76086428-5", "10000013K", "10.000.013-k"],
    invalid: &[
        ("12.531.909-3", "check digit"),
        ("12.531.909-A", "A is no check character"),
        ("12.531.90-2", "grouping"),
    ],
};

/// Weights 2 to 7 from the right, over and over; what the sum lacks to a multiple of eleven is last,
/// ten written K. One number in eleven passes, so only its dots carry it alone.
fn is_rut(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let sized = matches!(body.len(), 7..=8) && digits::is_number(body);
    let weights = weighted::from_right(&[3, 2, 7, 6, 5, 4, 3, 2], body)?;
    let expected = digits::character(b"0123456789K", weighted::complement(body, weights, 11))?;
    let adjust = if value.separator == Some(b'.') { 0 } else { -25 };
    (sized && *check == expected).then(|| Proof::whole(value, &["mod11"]).adjusted(adjust))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_character_of_all_fits() {
        let fitting = |start: &str| {
            let fits = |check: &char| proof(&RUT, &format!("{start}{check}")).is_some();
            ('0'..='9').chain('A'..='Z').filter(fits).collect::<String>()
        };
        assert_eq!(fitting("12.531.909-"), "2");
        assert_eq!(fitting("10.000.013-"), "K");
    }
}
