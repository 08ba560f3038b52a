//! Czechia, and what Slovakia has in common with it.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RC, &ID_CARD, &ACCOUNT];

/// Birth number of both countries.
pub(crate) static RC: Detector = Detector {
    id: "gov.cz.rc",
    name: "Czech and Slovak birth number (rodné číslo)",
    category: Category::GovernmentId,
    country: Some("CZ"),
    format: "YYMMDD/NNNC (ten digits since 1954) or YYMMDD/NNN (nine, before). Month plus 50 for \
             women; plus 20 or 70 when serials run out (since 2004).",
    forms: &[Form::Layout("9{6}/9{3,4}"), Form::Layout("9{9,10}")],
    edges: Edges::Digit,
    check: is_rc,
    scores: Scores::MEDIUM,
    keywords: &[
        "rodné číslo",
        "rodného čísla",
        "rodným číslem",
        "rč",
        "r.č.",
        "rodne cislo",
        "birth number",
        "czech personal number",
        "slovak personal number",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.241,
    sources: &["Zákon č. 133/2000 Sb. § 13 (CZ)", "Zákon č. 301/1995 Z. z. (SK)"],
    valid: &["710319/2745", "510204/123", "7801233540"],
    invalid: &[
        ("7103192746", "check digit"),
        ("1103492745", "month 49"),
        ("710319/274", "nine digits ended with 1953"),
        ("7123192742", "20 was not added to the month before 2004"),
    ],
};

/// Number of an identity card.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.cz.id-card",
    name: "Czech identity card number",
    category: Category::GovernmentId,
    country: Some("CZ"),
    format: "Nine digits; older cards two letters and six or seven digits. Slovak cards have two \
             letters and six digits as well.",
    forms: &[Form::Layout("A{2} 9{6,7}"), Form::Layout("A{2}9{6,7}"), Form::Layout("9{9}")],
    edges: Edges::Alnum,
    check: is_id_card,
    scores: Scores::NAMED,
    keywords: &[
        "občanský průkaz",
        "občanského průkazu",
        "číslo občanského průkazu",
        "číslo op",
        "č. op",
        "czech identity card",
        "czech id card",
        "identity card",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Zákon č. 269/2021 Sb., o občanských průkazech", "Ministerstvo vnitra ČR"],
    valid: &["123456789", "AB123456", "AB 1234567"],
    invalid: &[("000000000", "zero"), ("AB 000000", "zero")],
};

/// Account number of either country, as payments within it carry it.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.cz.account",
    name: "Czech and Slovak account number",
    category: Category::BankAccount,
    country: Some("CZ"),
    format: "Number of 2 to 10 digits and bank code: 2000145399/0800; perhaps a prefix of up to six \
             digits before it: 19-2000145399/0800.",
    forms: &[Form::Layout("9{1,6}-9{2,10}/9{4}"), Form::Layout("9{2,10}/9{4}")],
    edges: Edges::Digit,
    check: is_account,
    // Numbers of files and cases are written so too, with a year behind the stroke.
    scores: Scores { bare: 0, separated: 45, keyword: 85, field: 92 },
    keywords: &[
        "číslo účtu",
        "č. účtu",
        "bankovní účet",
        "bankovní spojení",
        "účet",
        "číslo účtu příjemce",
        "czech account number",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.016,
    wrong_digit_rate: 0.238,
    sources: &["Vyhláška ČNB č. 169/2011 Sb., o stanovení pravidel tvorby čísla účtu"],
    valid: &["34278-0727558021/0100", "19-2000145399/0800", "2000145399/0800"],
    invalid: &[
        ("34278-0727558022/0100", "account checksum"),
        ("34279-0727558021/0100", "prefix checksum"),
        ("2000145398/0800", "account checksum"),
        ("000000-0000000000/0100", "zero"),
    ],
};

/// Date of birth; of ten digits the first nine by eleven are the tenth, where a remainder of ten was
/// written 0 until 1985. Nine digits have nothing but their date, and mean little alone; ten that may
/// end in a year mean less.
fn is_rc(value: &Value<'_>) -> Option<Proof> {
    if !digits::is_number(value.text) {
        return None;
    }
    let [year, month, day] = digits::pairs(value.text.get(..6)?)?;
    match value.text.len() {
        9 if year < 54 => {
            let adjust = if value.separated { -20 } else { NEVER_ALONE };
            is_born(1900 + year, month, day)
                .then(|| Proof::whole(value, &["date"]).adjusted(adjust))
        }
        10 => {
            let year = if year < 54 { 2000 + year } else { 1900 + year };
            let (check, number) = value.text.split_last()?;
            let rest = digits::remainder(number, 11)?;
            let rest = if rest == 10 && year <= 1985 { 0 } else { rest };
            let holds = is_born(year, month, day) && digits::digit(*check)? == rest;
            let adjust = if ends_in_year(value.text) { -20 } else { 0 };
            holds.then(|| Proof::whole(value, &["date", "mod11"]).adjusted(adjust))
        }
        _ => None,
    }
}

/// Returns whether what stands behind the stroke may be a year, as in the number of a file.
fn ends_in_year(text: &[u8]) -> bool {
    matches!(text.get(6..8), Some(b"19" | b"20"))
}

/// Returns whether the date exists with what the month may have been raised by.
fn is_born(year: u32, month: u32, day: u32) -> bool {
    let months = match month {
        1..=12 => month,
        51..=62 => month - 50,
        21..=32 if year >= 2004 => month - 20,
        71..=82 if year >= 2004 => month - 70,
        _ => return false,
    };
    date::is_date(year, months, day)
}

/// There is no check digit.
fn is_id_card(value: &Value<'_>) -> Option<Proof> {
    let number = match value.text {
        [first, second, number @ ..] if first.is_ascii_uppercase() => {
            (second.is_ascii_uppercase() && matches!(number.len(), 6 | 7)).then_some(number)?
        }
        number => digits::exactly::<9>(number)?,
    };
    digits::is_number(number).then(|| Proof::whole(value, &["structure"]))
}

/// Weights 10 5 8 4 2 1 for the prefix and 6 3 7 9 10 5 8 4 2 1 for the number, from the right, both
/// sums divisible by eleven. Where the prefix ends is tried, since separators are gone here; which
/// banks there are is not looked at.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let (account, bank) = value.text.split_at_checked(value.text.len().checked_sub(4)?)?;
    digits::exactly::<4>(bank)?;
    let splits = if value.separator == Some(b'/') { 0..1 } else { 1..7 };
    let holds =
        splits.into_iter().filter_map(|at| account.split_at_checked(at)).any(|(prefix, number)| {
            (2..=10).contains(&number.len())
                && digits::is_number(number)
                && (prefix.is_empty() || digits::is_number(prefix))
                && is_weighted(prefix)
                && is_weighted(number)
        });
    let adjust = if value.separator == Some(b'/') { NEVER_ALONE } else { 0 };
    holds.then(|| Proof::whole(value, &["mod11"]).adjusted(adjust))
}

/// Returns whether the weighted sum of up to ten digits is divisible by eleven.
fn is_weighted(number: &[u8]) -> bool {
    let weights = WEIGHTS.get(WEIGHTS.len().saturating_sub(number.len())..).unwrap_or_default();
    weighted::sum(number, weights).is_multiple_of(11)
}

/// Weights of an account number; the last six are those of its prefix.
const WEIGHTS: [u32; 10] = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn months_may_be_raised_since_2004() {
        // A raised month is 20 or 70 above one that was given before.
        for (text, holds) in [("0426010002", true), ("0326010003", false), ("0476010007", true)] {
            assert_eq!(proof(&RC, text).is_some(), holds, "{text}");
        }
    }

    #[test]
    fn file_numbers_with_a_year_mean_less() {
        let adjust = |text| proof(&RC, text).map(|proof| proof.adjust);
        assert_eq!(adjust("710319/2745"), Some(0));
        assert_eq!(adjust("710319/2008"), Some(-20));
        assert_eq!(adjust("510204/123"), Some(-20));
        assert_eq!(adjust("510204123"), Some(NEVER_ALONE));
    }
}
