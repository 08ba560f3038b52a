//! India.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, verhoeff};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&AADHAAR, &PAN];

/// Aadhaar number of a resident.
pub(crate) static AADHAAR: Detector = Detector {
    id: "gov.in.aadhaar",
    name: "Indian Aadhaar number",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Twelve digits in fours or in one run, the first 2 to 9, the last by Verhoeff.",
    forms: &[Form::Layout("9{4} 9{4} 9{4}"), Form::Layout("9{4}-9{4}-9{4}"), Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_aadhaar,
    scores: Scores { bare: 20, separated: 60, keyword: 80, field: 90 },
    keywords: &[
        "aadhaar",
        "aadhar",
        "uid",
        "uidai",
        "aadhaar number",
        "adhar",
        "आधार",
        "आधार संख्या",
        "आधार नंबर",
    ],
    window: (60, 40),
    pass_rate: 0.08,
    wrong_digit_rate: 0.0,
    sources: &["UIDAI: A UID numbering scheme (2010)"],
    valid: &["2345 6789 0124", "999941057058", "9999-4105-7058"],
    invalid: &[
        ("2345 6789 0125", "Verhoeff"),
        ("1345 6789 0129", "first digit 1"),
        ("2345 6789 012", "eleven digits"),
    ],
};

/// Permanent account number of a taxpayer.
pub(crate) static PAN: Detector = Detector {
    id: "gov.in.pan",
    name: "Indian permanent account number (PAN)",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Five letters, four digits, letter; the fourth letter names the kind of holder, P a \
             person.",
    forms: &[Form::Layout("A{5}9{4}A")],
    edges: Edges::Alnum,
    check: is_pan,
    scores: Scores::MEDIUM,
    keywords: &["pan", "permanent account number", "income tax", "pan card", "पैन"],
    window: (60, 40),
    pass_rate: 0.00033,
    wrong_digit_rate: 1.0,
    sources: &["Income Tax Department: structure of PAN", "Income-tax Rules, rule 114"],
    valid: &["ACUPA7085R", "AAPFU0939F", "acupa7085r"],
    invalid: &[
        ("ACUPA7085", "no check letter"),
        ("ABMXA3211G", "X is no kind of holder"),
        ("ACUPA0000R", "number zero"),
    ],
};

/// Numbers that read the same backwards are taken: the authority refuses none.
fn is_aadhaar(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let holds = matches!(text.first()?, b'2'..=b'9') && verhoeff::is_valid(text);
    let test = UIDAI_TEST_NUMBERS.contains(&text);
    holds.then(|| Proof::whole(value, &["structure", "verhoeff"]).marked_test(test))
}

/// The last letter is a check by a rule that was never published, so nothing is checked.
fn is_pan(value: &Value<'_>) -> Option<Proof> {
    let (letters, rest) = value.text.split_first_chunk::<5>()?;
    let (last, number) = rest.split_last()?;
    let lettered = letters.iter().chain([last]).all(u8::is_ascii_uppercase);
    let holder = b"ABCEFGHJKLPT".contains(letters.get(3)?);
    digits::exactly::<4>(number)?;
    (lettered && holder).then(|| Proof::whole(value, &["structure"]))
}

/// What the authority's developer pages give for trying out authentication.
const UIDAI_TEST_NUMBERS: [&[u8; 12]; 5] =
    [b"999941057058", b"999971658847", b"999933119405", b"999955183433", b"999990501894"];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn test_numbers_pass_and_are_marked() {
        for number in UIDAI_TEST_NUMBERS {
            let text = String::from_utf8_lossy(number);
            assert_eq!(proof(&AADHAAR, &text).map(|proof| proof.test), Some(true), "{text}");
        }
        assert_eq!(proof(&AADHAAR, "2345 6789 0124").map(|proof| proof.test), Some(false));
    }

    #[test]
    fn kinds_of_holder() {
        let kinds = ('A'..='Z').filter(|kind| proof(&PAN, &format!("ACU{kind}A7085R")).is_some());
        assert_eq!(kinds.collect::<String>(), "ABCEFGHJKLPT");
    }
}
