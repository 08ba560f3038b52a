//! Guatemala.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DPI, &NIT];

/// Identity document and the number on it.
pub(crate) static DPI: Detector = Detector {
    id: "gov.gt.dpi",
    name: "Guatemalan identity document (DPI, CUI)",
    category: Category::GovernmentId,
    country: Some("GT"),
    format: "Thirteen digits NNNN NNNNC DDMM: serial 8, check digit, department, municipality.",
    forms: &[Form::Layout("9{4} 9{5} 9{4}"), Form::Layout("9{4}-9{5}-9{4}"), Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_dpi,
    scores: Scores::MEDIUM,
    keywords: &[
        "dpi",
        "cui",
        "documento personal de identificación",
        "código único de identificación",
        "guatemalan id",
    ],
    window: (60, 40),
    pass_rate: 0.0032,
    wrong_digit_rate: 0.137,
    sources: &["RENAP (Guatemala): Código Único de Identificación, Decreto 90-2005"],
    valid: &["1234567030101", "2500 12006 1401", "1789-56783-2217"],
    invalid: &[
        ("2500120062301", "department 23"),
        ("2500120051401", "check digit"),
        ("2500120060118", "municipality 18 of 17"),
        ("2500120060100", "municipality 00"),
    ],
};

/// Tax number.
pub(crate) static NIT: Detector = Detector {
    id: "gov.gt.nit",
    name: "Guatemalan tax number (NIT)",
    category: Category::GovernmentId,
    country: Some("GT"),
    format: "Two to eleven digits, a dash, a check digit or K.",
    forms: &[Form::Layout("9{2,11}-X")],
    edges: Edges::Alnum,
    check: is_nit,
    scores: Scores::CHECKED,
    keywords: &["nit", "número de identificación tributaria", "guatemalan tax id"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Superintendencia de Administración Tributaria (Guatemala): NIT"],
    valid: &["576937-K", "7108-0", "8977112-5"],
    invalid: &[("8977112-0", "check digit"), ("576937-1", "check digit"), ("00-0", "zero")],
};

/// Weights 2 to 9 over the serial; the remainder by eleven is the ninth digit, and ten is not given
/// out. Department and municipality are those that exist.
fn is_dpi(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let (serial, rest) = text.split_at_checked(8)?;
    let (check, place) = rest.split_first()?;
    let place = digits::number(place)?;
    let department = usize::try_from(place / 100).ok()?;
    let most = *MUNICIPALITIES.get(department.checked_sub(1)?)?;
    let sum = weighted::sum(serial, &[2, 3, 4, 5, 6, 7, 8, 9]);
    let holds = digits::is_number(serial)
        && (1..=most).contains(&(place % 100))
        && sum % 11 == digits::digit(*check)?;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// How many municipalities each of the 22 departments has.
const MUNICIPALITIES: [u32; 22] =
    [17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17];

/// Weights 2, 3, 4 … from the right; what the sum lacks to a multiple of eleven is last, ten written
/// K.
fn is_nit(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let sized = (2..=11).contains(&body.len()) && digits::is_number(body);
    let weights = weighted::from_right(&[12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2], body)?;
    let expected = digits::character(b"0123456789K", weighted::complement(body, weights, 11))?;
    (sized && *check == expected).then(|| Proof::whole(value, &["mod11"]))
}
