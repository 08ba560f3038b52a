//! Italy.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CODICE_FISCALE];

/// Tax code of a person: name, date and place of birth in sixteen characters.
pub(crate) static CODICE_FISCALE: Detector = Detector {
    id: "gov.it.codice-fiscale",
    name: "Italian tax code (codice fiscale) of a person",
    category: Category::GovernmentId,
    country: Some("IT"),
    format: "Surname 3, given name 3, year 2, month letter, day 2 (40 added for women), \
             municipality 4, check letter; digits become L M N P Q R S T U V where two people \
             would share one.",
    forms: &[
        Form::Layout("A{3} A{3} X{2}AX{2} AX{3}A"),
        Form::Layout("A{6} X{2}AX{2} AX{3} A"),
        Form::Layout("A{6} X{2}AX{2} AX{3}A"),
        Form::Layout("A{6}X{2}AX{2}AX{3}A"),
    ],
    edges: Edges::Alnum,
    check: is_codice_fiscale,
    scores: Scores::STRONG,
    keywords: &[
        "codice fiscale",
        "cod. fisc.",
        "c.f.",
        "tessera sanitaria",
        "steuernummer",
        "italian tax code",
        "fiscal code",
    ],
    window: (60, 40),
    pass_rate: 5e-6,
    wrong_digit_rate: 0.0,
    sources: &["D.M. 23 dicembre 1976 n. 13813", "Agenzia delle Entrate"],
    valid: &[
        "RCCMNL83S18D969H",
        "MRTMTT25D09F205Z",
        "RCCMNL83S1UD969E",
        "RCC MNL 83S18 D969H",
        "RCCMNL 83S18 D969 H",
        "rccmnl 83s18 d969h",
    ],
    invalid: &[
        ("RCCMNL83S18D969", "fifteen characters"),
        ("RCCMNL83S18D969G", "check letter"),
        ("RCCMNL83F18D969I", "F is no month"),
        ("RCCMNL83S38D969J", "day 38"),
    ],
};

/// Letters and digits in their places, a day that the month has, and the check letter.
fn is_codice_fiscale(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 16]>::try_from(value.text).ok()?;
    let (check, body) = text.split_last()?;
    let year = number(body.get(6..8)?)?;
    let month = MONTHS.iter().position(|letter| Some(letter) == body.get(8))?;
    let day = number(body.get(9..11)?)?;
    number(body.get(12..15)?)?;
    let lettered = body.get(..6)?.iter().chain(body.get(11)).all(u8::is_ascii_uppercase);
    let born = date::is_short_date(
        year,
        u32::try_from(month).ok()? + 1,
        day - if day > 40 { 40 } else { 0 },
    );
    (lettered && born && *check == check_letter(body)?)
        .then(|| Proof::whole(value, &["structure", "date", "mod26"]))
}

/// Returns the number that digits write, or the letters that replaced them.
fn number(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, &byte| {
        let replaced = || u32::try_from(REPLACED.iter().position(|&letter| letter == byte)?).ok();
        Some(number * 10 + digits::digit(byte).or_else(replaced)?)
    })
}

/// Returns the letter for the sum by 26, to which the odd places, counted from one, add by table.
fn check_letter(body: &[u8]) -> Option<u8> {
    let sum = body.iter().enumerate().try_fold(0, |sum, (index, &byte)| {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            _ => byte.checked_sub(b'0').filter(|&digit| digit < 10)?,
        };
        let odd = index.is_multiple_of(2);
        Some(sum + u32::from(if odd { *ODD.get(usize::from(value))? } else { value }))
    })?;
    u8::try_from(sum % 26).ok().map(|rest| b'A' + rest)
}

/// January to December.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

/// What replaces 0 to 9 where two people would share one code.
const REPLACED: &[u8; 10] = b"LMNPQRSTUV";

/// What the digits 0 to 9 and the letters A to Z add in odd places.
const ODD: [u8; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    /// Returns whether the code passes with any check letter.
    fn passes(start: &str) -> bool {
        ('A'..='Z').any(|letter| proof(&CODICE_FISCALE, &format!("{start}{letter}")).is_some())
    }

    #[test]
    fn the_odd_table_loses_nothing() {
        let values: std::collections::BTreeSet<u8> = ODD.into_iter().collect();
        assert_eq!(values, (0..26).collect());
    }

    #[test]
    fn days_of_men_and_women() {
        let days = (0..100).filter(|day| passes(&format!("RCCMNL83S{day:02}D969")));
        assert_eq!(days.collect::<Vec<_>>(), (1..=30).chain(41..=70).collect::<Vec<_>>());
        assert!(passes("RCCMNL84B29D969") && !passes("RCCMNL83B29D969"));
    }

    #[test]
    fn replaced_digits_count_as_digits() {
        assert!(passes("RCCMNLUPSMUDVSV"));
        assert!(!passes("RCCMNLUASMUDVSV"));
        assert!(!passes("RCCMNL83SPVD969"));
    }

    #[test]
    fn places_hold_what_belongs_there() {
        assert!(!passes("RC1MNL83S18D969") && !passes("RCCMNL83S181969"));
    }
}
