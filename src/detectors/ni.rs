//! Nicaragua.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CEDULA];

/// Identity card.
pub(crate) static CEDULA: Detector = Detector {
    id: "gov.ni.cedula",
    name: "Nicaraguan identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("NI"),
    format: "Municipality 3, DDMMYY of birth, serial 4, a letter: 001-010190-0001N.",
    forms: &[
        Form::Layout("9{3}-9{6}-9{4}A"),
        Form::Layout("9{3} 9{6} 9{4}A"),
        Form::Layout("9{13}A"),
    ],
    edges: Edges::Alnum,
    check: is_cedula,
    scores: Scores::MEDIUM,
    keywords: &["cédula nicaragüense", "cédula de identidad", "cédula", "cedula", "nicaraguan id"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.827,
    sources: &[
        "Consejo Supremo Electoral (Nicaragua): Ley 152, de Identificación Ciudadana",
        "The letter: public implementations that agree; no official text was found",
    ],
    valid: &["001-010190-0001N", "281-311285-0012J", "001 020385 0001F", "0010101900001A"],
    invalid: &[
        ("001-011390-0001A", "month 13"),
        ("001-010190-0001Z", "Z is not used"),
        ("001-010190-001A", "serial of three digits"),
    ],
};

/// Date of birth, and a letter out of 23. The letter is the thirteen digits modulo 23 by programs
/// that are in use, but by no official text, so one that does not fit lowers and does not refuse.
fn is_cedula(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_last()?;
    let text = digits::exactly::<13>(number)?;
    let holds = date::is_ddmmyy(text.get(3..9)?) && LETTERS.contains(letter);
    let expected = digits::character(LETTERS, digits::remainder(text, 23)?);
    let proof = if expected == Some(*letter) {
        Proof::whole(value, &["date", "mod23"])
    } else {
        Proof::whole(value, &["date"]).adjusted(-20)
    };
    holds.then_some(proof)
}

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXY";

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn a_letter_that_does_not_fit_lowers() {
        assert_eq!(proof(&CEDULA, "001-010190-0001N").map(|proof| proof.adjust), Some(0));
        assert_eq!(proof(&CEDULA, "001-010190-0001A").map(|proof| proof.adjust), Some(-20));
    }
}
