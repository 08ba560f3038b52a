//! Norway.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&FNR, &KONTONR];

/// Birth number, or the D-number of those not registered.
pub(crate) static FNR: Detector = Detector {
    id: "gov.no.fnr",
    name: "Norwegian birth number (fødselsnummer, D-nummer)",
    category: Category::GovernmentId,
    country: Some("NO"),
    format: "Eleven digits DDMMYY NNNCC; D-numbers add 40 to the day, H-numbers 40 to the month, \
             those of test persons 80 (Skatteetaten) or 65 (NAV).",
    forms: &[Form::Layout("9{6} 9{5}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_birth_number,
    scores: Scores::MEDIUM,
    keywords: &[
        "fødselsnummer",
        "fødselsnr",
        "fnr",
        "personnummer",
        "d-nummer",
        "fødsels- og personnummer",
        "norwegian national identity number",
        "birth number",
    ],
    window: (60, 40),
    pass_rate: 0.0024,
    wrong_digit_rate: 0.0,
    sources: &["Skatteetaten: fødselsnummer", "Folkeregisterforskriften § 2-2-1"],
    valid: &["151086 95088", "41059000118", "01819012365"],
    invalid: &[
        ("15108695077", "check digits"),
        ("321086 95088", "day 32"),
        ("15108695087", "second check digit"),
    ],
};

/// Account number at any bank.
pub(crate) static KONTONR: Detector = Detector {
    id: "bank.no.kontonr",
    name: "Norwegian account number",
    category: Category::BankAccount,
    country: Some("NO"),
    format: "Eleven digits, bank 4, type 2, account 5 with the check digit; dots or blanks between \
             them, or in one run.",
    forms: &[
        Form::Layout("9{4}.9{2}.9{5}"),
        Form::Layout("9{4} 9{2} 9{5}"),
        Form::Layout("9{4}.9{2} 9{5}"),
        Form::Layout("9{4} 9{2}.9{5}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::CHECKED,
    keywords: &[
        "kontonummer",
        "kontonr",
        "bankkonto",
        "bankkontonummer",
        "norwegian account number",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Bits AS: kontonummerstandard"],
    valid: &["8601.11.17947", "12345678903", "8601 11 17947", "8601.11 17947", "8601 11.17947"],
    invalid: &[
        ("86011117948", "check digit"),
        ("8601111794", "ten digits"),
        ("86010017947", "00 for the type belongs to another numbering, with Luhn"),
    ],
};

/// Date of birth; weights 3 7 6 1 8 9 4 5 2 1 over ten digits and 5 4 3 2 7 6 5 4 3 2 1 over all,
/// each sum divisible by eleven.
///
/// Which serials belong to which century is not asked, so that 29 February passes in every year that
/// may be a leap year. Numbers issued from 2032 on may leave other remainders for the first digit.
fn is_birth_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let day = digits::number_at(text, 0..2)?;
    let written = digits::number_at(text, 2..4)?;
    let added = match written {
        81.. => 80,
        66.. => 65,
        41.. => 40,
        _ => 0,
    };
    let day = if day > 40 { day - 40 } else { day };
    let holds = date::is_short_date(digits::number_at(text, 4..6)?, written - added, day)
        && weighted::sum(text.get(..10)?, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted::sum(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["date", "mod11"]).marked_test(added > 40))
}

/// Weights 5 4 3 2 7 6 5 4 3 2 1, the sum divisible by eleven.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = digits::number_at(text, 4..6)? != 0
        && weighted::sum(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn what_is_added_to_the_month() {
        let passes = |month: u32| {
            let numbers = (0..100_000).map(|end| format!("15{month:02}86{end:05}"));
            numbers.filter_map(|number| proof(&FNR, &number)).next()
        };
        let months: Vec<u32> = (0..100).filter(|month| passes(*month).is_some()).collect();
        let expected = (1..=12).chain(41..=52).chain(66..=77).chain(81..=92);
        assert_eq!(months, expected.collect::<Vec<_>>());
        assert!(passes(81).is_some_and(|proof| proof.test));
        assert!(passes(41).is_some_and(|proof| !proof.test));
    }
}
