//! Venezuela.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RIF, &CEDULA];

/// Tax number, for people their identity card's with a check digit.
pub(crate) static RIF: Detector = Detector {
    id: "gov.ve.rif",
    name: "Venezuelan tax number (RIF)",
    category: Category::GovernmentId,
    country: Some("VE"),
    format: "V citizens, E foreigners, P passports, J G C bodies; eight digits, check digit: \
             V-11470283-4.",
    forms: &[
        Form::Layout("A-9{8}-9"),
        Form::Layout("A9{8}-9"),
        Form::Layout("A-9{9}"),
        Form::Layout("A9{9}"),
    ],
    edges: Edges::Alnum,
    check: is_rif,
    scores: Scores::MEDIUM,
    keywords: &[
        "rif",
        "registro de información fiscal",
        "registro único de información fiscal",
        "venezuelan tax id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.02,
    sources: &["SENIAT (Venezuela): Registro Único de Información Fiscal"],
    valid: &["V-11470283-4", "J-07000061-9", "E81234567-5", "G-200000015", "P123456780"],
    invalid: &[
        ("V-11470283-3", "check digit"),
        ("X-11470283-4", "letter"),
        ("V-00000000-7", "zero with a fitting check digit"),
    ],
};

/// Identity card.
pub(crate) static CEDULA: Detector = Detector {
    id: "gov.ve.cedula",
    name: "Venezuelan identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("VE"),
    format: "V or E, seven or eight digits, dots by thousands: V-12.345.678. No check digit.",
    forms: &[
        Form::Layout("A-9{1,2}.9{3}.9{3}"),
        Form::Layout("A 9{1,2}.9{3}.9{3}"),
        Form::Layout("A9{1,2}.9{3}.9{3}"),
        Form::Layout("A-9{7,8}"),
        Form::Layout("A 9{7,8}"),
        Form::Layout("A9{7,8}"),
    ],
    edges: Edges::Alnum,
    check: is_cedula,
    scores: Scores::NAMED,
    keywords: &[
        "cédula venezolana",
        "cédula de identidad",
        "cédula",
        "cedula",
        "c.i.",
        "venezuelan id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["SAIME (Venezuela): Ley Orgánica de Identificación"],
    valid: &["V-12.345.678", "E-81234567", "V 12.345.678", "V9.345.678", "E 81234567", "V1234567"],
    invalid: &[("V-123.456", "six digits"), ("W-12.345.678", "letter"), ("V-00.000.000", "zero")],
};

/// Weights 3 2 7 6 5 4 3 2 and an amount for the letter; what the sum lacks to a multiple of eleven
/// is last, ten written 0.
fn is_rif(value: &Value<'_>) -> Option<Proof> {
    let (kind, rest) = value.text.split_first()?;
    let (check, body) = digits::exactly::<9>(rest)?.split_last()?;
    // The letters count 1 to 5 times 4; C, of communes, as J.
    let counts = match kind {
        b'V' => 1,
        b'E' => 2,
        b'J' | b'C' => 3,
        b'P' => 4,
        b'G' => 5,
        _ => return None,
    };
    let sum = counts * 4 + weighted::sum(body, &[3, 2, 7, 6, 5, 4, 3, 2]);
    let expected = (11 - sum % 11) % 11 % 10;
    let holds = digits::is_number(body) && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// V or E and seven or eight digits.
fn is_cedula(value: &Value<'_>) -> Option<Proof> {
    let (kind, number) = value.text.split_first()?;
    let holds =
        matches!(kind, b'V' | b'E') && matches!(number.len(), 7..=8) && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}
