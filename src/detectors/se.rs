//! Sweden.

use std::ops::RangeInclusive;

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PERSONNUMMER, &BANKGIRO, &PLUSGIRO, &ACCOUNT];

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

/// Number of an account holder in the Bankgiro system.
pub(crate) static BANKGIRO: Detector = Detector {
    id: "bank.se.bankgiro",
    name: "Swedish Bankgiro number",
    category: Category::BankAccount,
    country: Some("SE"),
    format: "Seven or eight digits, NNN-NNNN or NNNN-NNNN, the last by Luhn.",
    forms: &[Form::Layout("9{3}-9{4}"), Form::Layout("9{4}-9{4}")],
    edges: Edges::Digit,
    check: is_bankgiro,
    scores: Scores::CHECKED,
    keywords: &["bankgiro", "bankgironummer", "bankgironr", "bg-nr", "bankgirot"],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Bankgirot: 10-modul check digit calculation"],
    valid: &["991-2346", "5050-1055"],
    invalid: &[("991-2347", "Luhn"), ("5050-1056", "Luhn"), ("000-0000", "zero")],
};

/// Number of an account holder in the Plusgiro system, as short as two digits: of a number in pairs
/// that does not pass the last pairs may, so that more numbers are found than pass the check.
pub(crate) static PLUSGIRO: Detector = Detector {
    id: "bank.se.plusgiro",
    name: "Swedish Plusgiro number",
    category: Category::BankAccount,
    country: Some("SE"),
    format: "Two to eight digits, a dash before the last, which is by Luhn, pairs before it with or \
             without blanks: 28 65 43-4.",
    forms: &[
        Form::Layout("9{1,2} 9{2} 9{2} 9{2}-9"),
        Form::Layout("9{1,2} 9{2} 9{4}-9"),
        Form::Layout("9{1,2} 9{4} 9{2}-9"),
        Form::Layout("9{1,2} 9{6}-9"),
        Form::Layout("9{1,4} 9{2} 9{2}-9"),
        Form::Layout("9{1,4} 9{4}-9"),
        Form::Layout("9{1,6} 9{2}-9"),
        Form::Layout("9{1,8}-9"),
    ],
    edges: Edges::Digit,
    check: is_plusgiro,
    scores: Scores::CHECKED,
    keywords: &["plusgiro", "plusgironummer", "plusgirot", "postgiro", "pg-nr"],
    window: (16, 16),
    pass_rate: 0.17,
    wrong_digit_rate: 0.0,
    sources: &["Nordea: Plusgirot, technical manual"],
    valid: &[
        "28 65 43-4",
        "410 54 68-5",
        "4 10 54 68-5",
        "4 10 5468-5",
        "4 1054 68-5",
        "4 105468-5",
        "410 5468-5",
        "41054 68-5",
        "4105468-5",
    ],
    invalid: &[
        ("28 65 43-5", "Luhn"),
        ("4 10 54 68-6", "Luhn"),
        ("28 654 3-4", "grouping"),
        ("00 00 00-0", "zero"),
    ],
};

/// Account number with the clearing number before it. Which of them has a check digit, and over which
/// digits, differs by bank, so the name beside it is everything.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.se.account",
    name: "Swedish account number with clearing number",
    category: Category::BankAccount,
    country: Some("SE"),
    format: "Clearing number of four digits, not beginning with 0, or five as 8NNN-N, then a comma, \
             blank or dash and an account of six to ten digits, in one run or in groups.",
    forms: &[
        Form::Layout("9{4}-9, 9{3} 9{3} 9{3}-9"),
        Form::Layout("9{4}-9,9{3} 9{3} 9{3}-9"),
        Form::Layout("9{4}-9 9{3} 9{3} 9{3}-9"),
        Form::Layout("9{4}-9, 9{6,10}"),
        Form::Layout("9{4}-9,9{6,10}"),
        Form::Layout("9{4}-9 9{6,10}"),
        Form::Layout("9{4}-9-9{6,10}"),
        Form::Layout("9{4}, 9{2,3} 9{3} 9{2,4}"),
        Form::Layout("9{4},9{2,3} 9{3} 9{2,4}"),
        Form::Layout("9{4} 9{2,3} 9{3} 9{2,4}"),
        Form::Layout("9{4}-9{2,3} 9{3} 9{2,4}"),
        Form::Layout("9{4}, 9{6}-9{4}"),
        Form::Layout("9{4},9{6}-9{4}"),
        Form::Layout("9{4} 9{6}-9{4}"),
        Form::Layout("9{4}, 9{6,10}"),
        Form::Layout("9{4},9{6,10}"),
        Form::Layout("9{4} 9{6,10}"),
        Form::Layout("9{4}-9{6,10}"),
    ],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "clearingnummer",
        "clearing",
        "clearingnr",
        "kontonummer",
        "bankkonto",
        "bankkontonummer",
        "clearing number",
        "swedish account number",
    ],
    window: (60, 40),
    pass_rate: 0.9,
    wrong_digit_rate: 0.99,
    sources: &["Bankgirot: Bank account numbers in Swedish banks"],
    valid: &[
        "5000-1234567",
        "8327-9,103 422 555-5",
        "8327-9, 103 422 555-5",
        "8327-9 103 422 555-5",
        "8327-9, 1034225555",
        "8327-9,1034225555",
        "8327-9 1034225555",
        "8327-9-1034225555",
        "6000, 123 456 789",
        "6000,123 456 789",
        "6000 123 456 789",
        "6000-123 456 789",
        "3300, 880320-0016",
        "3300,880320-0016",
        "3300 880320-0016",
        "5000, 1234567",
        "5000,1234567",
        "5000 1234567",
    ],
    invalid: &[
        ("0000-1234567", "no clearing number begins with 0"),
        ("500-1234567", "three digits"),
        ("5000-0000000", "account zero"),
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

/// Seven or eight digits, Luhn over all.
fn is_bankgiro(value: &Value<'_>) -> Option<Proof> {
    is_luhn(value, 7..=8)
}

/// Two to eight digits, Luhn over all.
fn is_plusgiro(value: &Value<'_>) -> Option<Proof> {
    is_luhn(value, 2..=8)
}

/// Returns the proof of so many digits of which the last is by Luhn.
fn is_luhn(value: &Value<'_>, sizes: RangeInclusive<usize>) -> Option<Proof> {
    let sized = sizes.contains(&value.text.len()) && digits::is_number(value.text);
    (sized && luhn::is_valid(value.text)).then(|| Proof::whole(value, &["luhn"]))
}

/// A clearing number that does not begin with 0, and an account of six to eleven digits that is not
/// zero.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let (clearing, account) = value.text.split_first_chunk::<4>()?;
    let fits = (6..=11).contains(&account.len())
        && clearing.iter().all(u8::is_ascii_digit)
        && !clearing.starts_with(b"0")
        && digits::is_number(account);
    fits.then(|| Proof::whole(value, &["structure"]))
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
