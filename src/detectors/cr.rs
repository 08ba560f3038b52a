//! Costa Rica.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CPF, &DIMEX];

/// Identity card of citizens.
pub(crate) static CPF: Detector = Detector {
    id: "gov.cr.cpf",
    name: "Costa Rican identity card (cédula de persona física)",
    category: Category::GovernmentId,
    country: Some("CR"),
    format: "P-TTTT-AAAA: province 1 to 9, volume of three or four digits, entry; with a leading \
             zero or without. No check digit.",
    forms: &[Form::Layout("9{1,2}-9{3,4}-9{4}"), Form::Layout("9{8,10}")],
    edges: Edges::Digit,
    check: is_cpf,
    scores: Scores::NAMED,
    keywords: &[
        "cpf",
        "cédula física",
        "cédula de persona física",
        "cédula de identidad",
        "cédula",
        "cedula",
        "costa rican id",
    ],
    window: (60, 40),
    pass_rate: 0.99,
    wrong_digit_rate: 0.952,
    sources: &["Tribunal Supremo de Elecciones (Costa Rica): cédula de identidad"],
    valid: &["3-0455-0175", "01-0913-0259", "303450175"],
    invalid: &[
        ("00-0455-0175", "no province"),
        ("13-0455-0175", "two digits for the province, the first not 0"),
        ("3-0455-01755", "entry of five digits"),
    ],
};

/// Identity card of foreigners.
pub(crate) static DIMEX: Detector = Detector {
    id: "gov.cr.dimex",
    name: "Costa Rican foreigner number (DIMEX)",
    category: Category::GovernmentId,
    country: Some("CR"),
    format: "Eleven or twelve digits beginning with 1; no check digit.",
    forms: &[Form::Layout("9{11,12}")],
    edges: Edges::Digit,
    check: is_dimex,
    scores: Scores::NAMED,
    keywords: &["dimex", "cédula de residencia", "cedula de residencia"],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.913,
    sources: &["Dirección General de Migración y Extranjería (Costa Rica): DIMEX"],
    valid: &["155812994816", "12200569906"],
    invalid: &[("255812994816", "first digit 2"), ("1558129948", "ten digits")],
};

/// A province from 1 to 9, perhaps behind a zero, and seven or eight digits.
fn is_cpf(value: &Value<'_>) -> Option<Proof> {
    let text = value.text.strip_prefix(b"0").unwrap_or(value.text);
    let holds = matches!(text.len(), 8..=9)
        && digits::is_number(text)
        && matches!(text.first()?, b'1'..=b'9');
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Eleven or twelve digits, the first 1.
fn is_dimex(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 11..=12)
        && digits::is_number(value.text)
        && value.text.first() == Some(&b'1');
    holds.then(|| Proof::whole(value, &["structure"]))
}
