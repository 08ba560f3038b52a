//! Honduras.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DNI];

/// Identity document.
pub(crate) static DNI: Detector = Detector {
    id: "gov.hn.dni",
    name: "Honduran identity document (DNI)",
    category: Category::GovernmentId,
    country: Some("HN"),
    format: "Thirteen digits: department 01 to 18, municipality, year of birth, serial: \
             0801-1990-12345. No check digit.",
    forms: &[Form::Layout("9{4}-9{4}-9{5}"), Form::Layout("9{4} 9{4} 9{5}"), Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_dni,
    scores: Scores::NAMED,
    keywords: &[
        "honduran id",
        "dni",
        "documento nacional de identificación",
        "número de identidad",
        "numero de identidad",
        "tarjeta de identidad",
    ],
    window: (60, 40),
    pass_rate: 0.00071,
    wrong_digit_rate: 0.684,
    sources: &["Registro Nacional de las Personas (Honduras): DNI, Decreto 62-2004"],
    valid: &["0801-1990-12345", "1804200100123", "0801 1990 12345"],
    invalid: &[
        ("1901-1990-12345", "department 19"),
        ("0829-1990-12345", "municipality 29"),
        ("0801-1890-12345", "year 1890"),
    ],
};

/// Department, municipality (Francisco Morazán and Lempira have 28), year of birth.
fn is_dni(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let department = digits::number(text.get(..2)?)?;
    let municipality = digits::number(text.get(2..4)?)?;
    let year = digits::number(text.get(4..8)?)?;
    let holds = (1..=18).contains(&department)
        && (1..=28).contains(&municipality)
        && (1900..=2039).contains(&year);
    holds.then(|| Proof::whole(value, &["structure"]))
}
