//! Spain.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DNI, &NIE];

/// National identity document of citizens, their tax number as well.
pub(crate) static DNI: Detector = Detector {
    id: "gov.es.dni",
    name: "Spanish DNI",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "Eight digits and a letter; dots and a dash or blank possible: 54.362.315-K.",
    forms: &[
        Form::Layout("9{2}.9{3}.9{3}-A"),
        Form::Layout("9{2}.9{3}.9{3} A"),
        Form::Layout("9{2}.9{3}.9{3}A"),
        Form::Layout("9{8}-A"),
        Form::Layout("9{8} A"),
        Form::Layout("9{8}A"),
    ],
    edges: Edges::Alnum,
    check: is_dni,
    scores: Scores::MEDIUM,
    keywords: &[
        "dni",
        "nif",
        "documento nacional de identidad",
        "número de identificación fiscal",
        "document nacional d'identitat",
        "spanish id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Real Decreto 1553/2005", "Ministerio del Interior: cálculo del dígito de control"],
    valid: &[
        "54362315K",
        "12345678Z",
        "54.362.315-K",
        "54.362.315 K",
        "54.362.315K",
        "54362315-K",
        "54362315 k",
    ],
    invalid: &[
        ("54362315Z", "check letter"),
        ("54362315I", "I is not used"),
        ("00000000T", "zero"),
    ],
};

/// Identity number of foreigners.
pub(crate) static NIE: Detector = Detector {
    id: "gov.es.nie",
    name: "Spanish NIE (foreigners)",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "X, Y or Z, seven digits, letter; dashes or blanks between them possible.",
    forms: &[
        Form::Layout("A-9{7}-A"),
        Form::Layout("A-9{7}A"),
        Form::Layout("A 9{7} A"),
        Form::Layout("A9{7}-A"),
        Form::Layout("A9{7}A"),
    ],
    edges: Edges::Alnum,
    check: is_nie,
    scores: Scores { bare: 70, separated: 75, keyword: 92, field: 96 },
    keywords: &[
        "nie",
        "número de identidad de extranjero",
        "tarjeta de residencia",
        "tie",
        "spanish foreigner id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Orden INT/2058/2008"],
    valid: &["X-2482300W", "Y1234567X", "Z8078221M", "X-2482300-W", "X 2482300 W", "x2482300-w"],
    invalid: &[
        ("X-2482300A", "check letter"),
        ("W2482300W", "first letter"),
        ("X0000000T", "zero"),
    ],
};

/// The letter is the remainder by 23. The example of the ministry's own page is a test number.
fn is_dni(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_last()?;
    digits::exactly::<8>(number)?;
    let test = value.text == b"12345678Z";
    (*letter == check_letter(number)?).then(|| Proof::whole(value, &["mod23"]).marked_test(test))
}

/// As a DNI, with 0, 1, 2 for X, Y, Z.
fn is_nie(value: &Value<'_>) -> Option<Proof> {
    let (first, rest) = value.text.split_first()?;
    let (letter, number) = rest.split_last()?;
    let leading = matches!(first, b'X'..=b'Z').then(|| first - b'X' + b'0')?;
    digits::exactly::<7>(number)?;
    let mut whole = [leading; 8];
    whole.get_mut(1..)?.copy_from_slice(number);
    (*letter == check_letter(&whole)?).then(|| Proof::whole(value, &["structure", "mod23"]))
}

/// Returns the letter of the remainder by 23.
fn check_letter(number: &[u8]) -> Option<u8> {
    let rest = usize::try_from(digits::remainder(number, 23)?).ok()?;
    b"TRWAGMYFPDXBNJZSQVHLCKE".get(rest).copied()
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_letter_of_all_fits() {
        let fitting = |detector, start: &str| {
            let letters =
                ('A'..='Z').filter(|letter| proof(detector, &format!("{start}{letter}")).is_some());
            letters.collect::<String>()
        };
        assert_eq!(fitting(&DNI, "54362315"), "K");
        assert_eq!(fitting(&NIE, "X2482300"), "W");
        assert_eq!(fitting(&NIE, "A2482300"), "");
    }

    #[test]
    fn each_remainder_has_its_letter() {
        for (number, letter) in (12_345_664..).zip("TRWAGMYFPDXBNJZSQVHLCKE".chars()) {
            assert!(proof(&DNI, &format!("{number}{letter}")).is_some(), "{number}{letter}");
        }
    }

    #[test]
    fn the_printed_example_is_a_test_number() {
        assert_eq!(proof(&DNI, "12345678-Z").map(|proof| proof.test), Some(true));
        assert_eq!(proof(&DNI, "54362315-K").map(|proof| proof.test), Some(false));
    }
}
