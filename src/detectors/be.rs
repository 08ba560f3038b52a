//! Belgium.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NN, &EID, &ACCOUNT];

/// Number of the national register, or the BIS number of those who are not in it.
pub(crate) static NN: Detector = Detector {
    id: "gov.be.nn",
    name: "Belgian national register number (and BIS number)",
    category: Category::GovernmentId,
    country: Some("BE"),
    format: "Eleven digits YY.MM.DD-NNN.CC, with other separators or in one run; BIS numbers add 20 \
             or 40 to the month.",
    forms: &[
        Form::Layout("9{2}.9{2}.9{2}-9{3}.9{2}"),
        Form::Layout("9{2}.9{2}.9{2}-9{3}-9{2}"),
        Form::Layout("9{2}.9{2}.9{2}-9{3} 9{2}"),
        Form::Layout("9{2}.9{2}.9{2}-9{5}"),
        Form::Layout("9{2}.9{2}.9{2} 9{3}.9{2}"),
        Form::Layout("9{2}.9{2}.9{2} 9{3}-9{2}"),
        Form::Layout("9{2}.9{2}.9{2} 9{3} 9{2}"),
        Form::Layout("9{2}.9{2}.9{2} 9{5}"),
        Form::Layout("9{2}.9{2}.9{2}.9{3}.9{2}"),
        Form::Layout("9{2}.9{2}.9{2}.9{3}-9{2}"),
        Form::Layout("9{2} 9{2} 9{2} 9{3} 9{2}"),
        Form::Layout("9{2}-9{2}-9{2}-9{3}-9{2}"),
        Form::Layout("9{6}-9{3}.9{2}"),
        Form::Layout("9{6}-9{3}-9{2}"),
        Form::Layout("9{6}-9{3} 9{2}"),
        Form::Layout("9{6}-9{5}"),
        Form::Layout("9{6} 9{3}.9{2}"),
        Form::Layout("9{6} 9{3}-9{2}"),
        Form::Layout("9{6} 9{3} 9{2}"),
        Form::Layout("9{6} 9{5}"),
        Form::Layout("9{6}.9{3}.9{2}"),
        Form::Layout("9{9}.9{2}"),
        Form::Layout("9{9}-9{2}"),
        Form::Layout("9{9} 9{2}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_nn,
    scores: Scores::MEDIUM,
    keywords: &[
        "rijksregisternummer",
        "rijksregister",
        "rijksregisternr",
        "rrn",
        "insz",
        "nationaal nummer",
        "bis-nummer",
        "numéro national",
        "registre national",
        "niss",
        "numéro de registre national",
        "numéro bis",
        "nationalregisternummer",
        "national register number",
        "belgian national number",
    ],
    window: (60, 40),
    pass_rate: 0.0024,
    wrong_digit_rate: 0.0,
    sources: &[
        "Koninklijk besluit van 3 april 1984, identificatienummer van het Rijksregister",
        "IBZ: informatiedossier, samenstelling van het identificatienummer",
    ],
    valid: &[
        "85.07.30-033 28",
        "17073003384",
        "98.47.28-997.65",
        "85.07.30-033-28",
        "85.07.30-03328",
        "85.07.30 033.28",
        "85.07.30 033-28",
        "85.07.30 033 28",
        "85.07.30 03328",
        "85.07.30.033.28",
        "85.07.30.033-28",
        "85 07 30 033 28",
        "85-07-30-033-28",
        "850730-033.28",
        "850730-033-28",
        "850730-033 28",
        "850730-03328",
        "850730 033.28",
        "850730 033-28",
        "850730 033 28",
        "850730 03328",
        "850730.033.28",
        "850730033.28",
        "850730033-28",
        "850730033 28",
    ],
    invalid: &[
        ("17 07 30 033 83", "check digits"),
        ("85.13.30-033 28", "month 13"),
        ("85.07.30-000.61", "serial 000"),
        ("00000000097", "all zeros but the check digits"),
    ],
};

/// Number of an identity card.
pub(crate) static EID: Detector = Detector {
    id: "gov.be.eid",
    name: "Belgian identity card number",
    category: Category::GovernmentId,
    country: Some("BE"),
    format: "Twelve digits NNN-NNNNNNN-CC, the last two the first ten modulo 97 (97 for 0).",
    forms: &[
        Form::Layout("9{3}-9{7}-9{2}"),
        Form::Layout("9{3} 9{7} 9{2}"),
        Form::Layout("9{3}-9{9}"),
        Form::Layout("9{10}-9{2}"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: has_remainder,
    scores: Scores::CHECKED,
    keywords: &[
        "identiteitskaart",
        "identiteitskaartnummer",
        "kaartnummer",
        "eid",
        "carte d'identité",
        "numéro de carte",
        "belgian identity card",
        "belgian id card",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &["IBZ: Belgian electronic identity card, content of the card"],
    valid: &[
        "591-1917064-58",
        "000-0011032-71",
        "591 1917064 58",
        "591-191706458",
        "5911917064-58",
        "591191706458",
    ],
    invalid: &[
        ("591-1917064-59", "check digits"),
        ("591191706457", "check digits"),
        ("000-0000000-97", "all zeros but the check digits"),
    ],
};

/// Account number as it was written before the IBAN; it lives on within it.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.be.account",
    name: "Belgian account number (before IBAN)",
    category: Category::BankAccount,
    country: Some("BE"),
    format: "Twelve digits NNN-NNNNNNN-NN; the last two are the first ten modulo 97 (97 for 0).",
    forms: &[Form::Layout("9{3}-9{7}-9{2}")],
    edges: Edges::Digit,
    check: has_remainder,
    scores: Scores { bare: 0, separated: 45, keyword: 85, field: 92 },
    keywords: &[
        "rekeningnummer",
        "rekeningnr",
        "bankrekening",
        "numéro de compte",
        "compte bancaire",
        "belgian account number",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.0099,
    wrong_digit_rate: 0.0,
    sources: &["Febelfin: structure of Belgian account numbers (BBAN)"],
    valid: &["539-0075470-34", "000-0000097-97"],
    invalid: &[("539-0075470-35", "check digits"), ("000-0000097-00", "0 is written 97")],
};

/// Date of birth, a serial, and 97 less the remainder of the nine digits by 97; a 2 is put before
/// them for those born since 2000. Unknown months and days are zeros; days above 31 are none.
fn is_nn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (number, key) = text.split_at_checked(9)?;
    let [year, month, day] = digits::pairs(number.get(..6)?)?;
    let month = match month {
        0..=12 => month,
        20..=32 => month - 20,
        40..=52 => month - 40,
        _ => return None,
    };
    let born = (month == 0 || day == 0) && day <= 31 || date::is_short_date(year, month, day);
    let serial = (1..999).contains(&digits::number(number.get(6..)?)?);
    let key = digits::number(key)?;
    let keyed = |number: &[u8]| digits::remainder(number, 97).map(|rest| 97 - rest) == Some(key);
    let holds = born && serial && (keyed(number) || keyed(&[b"2", number].concat()));
    // Dots within the date are nobody else's way to write eleven digits.
    let adjust = if matches!(value.separator, None | Some(b'.')) { 0 } else { -15 };
    holds.then(|| Proof::whole(value, &["date", "mod97"]).adjusted(adjust))
}

/// The last two of twelve digits are the remainder of the others by 97, with 97 for 0.
fn has_remainder(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (number, key) = text.split_at_checked(10)?;
    let rest = match digits::remainder(number, 97)? {
        0 => 97,
        rest => rest,
    };
    let holds = digits::is_number(number) && digits::number(key)? == rest;
    holds.then(|| Proof::whole(value, &["mod97"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn the_century_is_in_the_key_alone() {
        // 17 as 1917 and as 2017 have keys of their own, and no other holds.
        let keys: Vec<u32> = (0..100)
            .filter(|key| proof(&NN, &format!("17.07.30-033.{key:02}")).is_some())
            .collect();
        assert_eq!(keys, [55, 84]);
    }

    #[test]
    fn unknown_parts_are_zeros() {
        let passes =
            |date| (1..98).any(|key| proof(&NN, &format!("{date}-033.{key:02}")).is_some());
        assert!(passes("85.00.00") && passes("85.00.12") && passes("85.40.00"));
        assert!(!passes("85.13.00") && !passes("85.00.32") && !passes("85.53.01"));
    }
}
