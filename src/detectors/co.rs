//! Colombia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIT, &CC];

/// Tax number, for people their citizenship card's with a check digit.
pub(crate) static NIT: Detector = Detector {
    id: "gov.co.nit",
    name: "Colombian tax number (NIT)",
    category: Category::GovernmentId,
    country: Some("CO"),
    format: "Six to fifteen digits, a dash and a check digit: 213.123.432-1.",
    forms: &[
        Form::Layout("9{1,3}.9{3}.9{3}.9{3}-9"),
        Form::Layout("9{1,3}.9{3}.9{3}-9"),
        Form::Layout("9{6,15}-9"),
    ],
    edges: Edges::Digit,
    check: is_nit,
    scores: Scores::CHECKED,
    keywords: &[
        "nit",
        "número de identificación tributaria",
        "registro único tributario",
        "colombian tax id",
    ],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.014,
    sources: &["DIAN: dígito de verificación, Orden Administrativa 4/1989"],
    valid: &["213.123.432-1", "860.002.964-4", "860002964-4", "1.012.345.678-9"],
    invalid: &[
        ("213.123.432-2", "check digit"),
        ("860.002.964-5", "check digit"),
        ("12345-6", "five digits"),
    ],
};

/// Citizenship card.
pub(crate) static CC: Detector = Detector {
    id: "gov.co.cc",
    name: "Colombian citizenship card (cédula, NUIP)",
    category: Category::GovernmentId,
    country: Some("CO"),
    format: "Six to ten digits, dots by thousands; ten from 1 000 000 000. No check digit.",
    forms: &[
        Form::Layout("9.9{3}.9{3}.9{3}"),
        Form::Layout("9{1,3}.9{3}.9{3}"),
        Form::Layout("9{3}.9{3}"),
        Form::Layout("9{6,10}"),
    ],
    edges: Edges::Digit,
    check: is_cc,
    scores: Scores::NAMED,
    keywords: &[
        "nuip",
        "cédula de ciudadanía",
        "cedula de ciudadania",
        "tarjeta de identidad",
        "cédula de extranjería",
        "cédula",
        "cedula",
        "c.c.",
    ],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Registraduría Nacional del Estado Civil: NUIP, Resolución 3571/2003"],
    valid: &["79.123.456", "1012345678", "1.012.345.678", "123.456"],
    invalid: &[("12345", "five digits"), ("12345678901", "eleven digits")],
};

/// Weights are primes from the right, 3 7 13 17 …; what the sum lacks to a multiple of eleven is
/// last, ten written 1.
fn is_nit(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let sized = (6..=15).contains(&body.len()) && digits::is_number(body);
    let weights = weighted::from_right(&PRIMES, body)?;
    let expected = match weighted::complement(body, weights, 11) {
        10 => 1,
        lacking => lacking,
    };
    let holds = sized && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["mod11"]))
}

const PRIMES: [u32; 15] = [71, 67, 59, 53, 47, 43, 41, 37, 29, 23, 19, 17, 13, 7, 3];

/// Six to ten digits.
fn is_cc(value: &Value<'_>) -> Option<Proof> {
    let holds = (6..=10).contains(&value.text.len()) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}
