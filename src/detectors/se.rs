//! Sweden.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PERSONNUMMER];

/// Personal identity number, or the coordination number of those not registered.
pub(crate) static PERSONNUMMER: Detector = Detector {
    id: "gov.se.personnummer",
    name: "Swedish personal identity number (with coordination number)",
    category: Category::GovernmentId,
    country: Some("SE"),
    format: "YYMMDD-NNNC or YYYYMMDD-NNNC, + for - from the hundredth birthday; coordination \
             numbers add 60 to the day.",
    forms: &[
        Form::Layout("9{8}-9{4}"),
        Form::Layout("9{8}+9{4}"),
        Form::Layout("9{6}-9{4}"),
        Form::Layout("9{6}+9{4}"),
        Form::Layout("9{12}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Digit,
    check: is_personnummer,
    scores: Scores::MEDIUM,
    keywords: &[
        "personnummer",
        "pnr",
        "personnr",
        "samordningsnummer",
        "organisationsnummer",
        "personal identity number",
        "swedish personal number",
    ],
    window: (60, 40),
    pass_rate: 0.0076,
    wrong_digit_rate: 0.0,
    sources: &["Skatteverket SKV 704", "Folkbokföringslagen (1991:481) § 18"],
    valid: &[
        "880320-0016",
        "811228-9874",
        "19121212+1212",
        "701063-2391",
        "19121212-1212",
        "121212+1212",
        "191212121212",
        "8803200016",
    ],
    invalid: &[
        ("880320-0018", "Luhn"),
        ("881320-0016", "month 13"),
        ("881320-0014", "month 13 with a fitting check digit"),
        ("17880320-0016", "the register knows no births of that century"),
    ],
};

/// Date of birth, and Luhn over the last ten digits.
fn is_personnummer(value: &Value<'_>) -> Option<Proof> {
    let short = value.text.get(value.text.len().checked_sub(10)?..)?;
    digits::exactly::<10>(short)?;
    let (born, _) = value.text.split_at_checked(value.text.len() - 4)?;
    if !is_birth(born)? || !luhn::is_valid(short) {
        return None;
    }
    // What may be a time, YYYYMMDDhhmm or YYMMDD-hhmm, is one more often than a person.
    let adjust = match (is_time(short.get(6..)?), value.separated) {
        (true, true) => -15,
        (_, false) if value.text.len() == 12 => -10,
        _ => 0,
    };
    let test = matches!(short, b"8112289874" | b"1212121212");
    Some(Proof::whole(value, &["date", "luhn"]).adjusted(adjust).marked_test(test))
}

/// Returns whether four digits are an hour and a minute.
fn is_time(digits: &[u8]) -> bool {
    digits::number(digits).is_some_and(|number| number / 100 < 24 && number % 100 < 60)
}

/// Returns whether six or eight digits are a date, 60 possibly added to the day.
fn is_birth(born: &[u8]) -> Option<bool> {
    let number = digits::number(born)?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let day = if day > 60 { day - 60 } else { day };
    Some(match born.len() {
        6 => date::is_short_date(year, month, day),
        8 => (1800..2100).contains(&year) && date::is_date(year, month, day),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof, wrong_digits};
    use super::*;

    #[test]
    fn every_wrong_digit_of_ten_is_caught() {
        for wrong in wrong_digits("880320-0016") {
            assert!(proof(&PERSONNUMMER, &wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn days_plain_and_with_sixty_added() {
        let days: Vec<u32> = (1..=31).chain(61..=91).collect();
        assert_eq!(passing(&PERSONNUMMER, "8803", "-001"), days);
    }

    #[test]
    fn what_may_be_a_time_is_doubted() {
        let adjust = |text| proof(&PERSONNUMMER, text).map(|proof| proof.adjust);
        assert_eq!(adjust("191212121212"), Some(-10));
        assert_eq!(adjust("19121212-1212"), Some(-15));
        assert_eq!(adjust("811228-9874"), Some(0));
        assert_eq!(adjust("8803200016"), Some(0));
    }

    #[test]
    fn full_years_know_their_leap_days() {
        // 000229-0005 passes Luhn; the century decides.
        assert!(proof(&PERSONNUMMER, "000229-0005").is_some());
        assert!(proof(&PERSONNUMMER, "20000229-0005").is_some());
        assert!(proof(&PERSONNUMMER, "19000229-0005").is_none());
    }

    #[test]
    fn test_persons_are_marked() {
        let test = |text| proof(&PERSONNUMMER, text).map(|proof| proof.test);
        assert_eq!(test("19121212+1212"), Some(true));
        assert_eq!(test("880320-0016"), Some(false));
    }
}
