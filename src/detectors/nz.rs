//! New Zealand.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IRD, &DRIVER_LICENCE, &ACCOUNT, &NHI];

/// New Zealand IRD number.
pub(crate) static IRD: Detector = Detector {
    id: "gov.nz.ird",
    name: "New Zealand IRD number",
    category: Category::GovernmentId,
    country: Some("NZ"),
    format: "Eight or nine digits NN-NNN-NNN or NNN-NNN-NNN, between 10-000-000 and 150-000-000.",
    forms: &[
        Form::Layout("9{2,3}-9{3}-9{3}"),
        Form::Layout("9{2,3} 9{3} 9{3}"),
        Form::Layout("9{8,9}"),
    ],
    edges: Edges::Digit,
    check: is_ird,
    scores: Scores::CHECKED,
    keywords: &[
        "ird number",
        "ird",
        "inland revenue",
        "nama ird",
        "nama tāke",
        "ird no",
        "nz tax number",
    ],
    window: (60, 40),
    pass_rate: 0.088,
    wrong_digit_rate: 0.037,
    sources: &["Inland Revenue (NZ): NRWT specification, IRD number validation"],
    valid: &["49091850", "49-091-850", "136-410-132", "49 091 850", "136410132"],
    invalid: &[
        ("136-410-133", "check digit"),
        ("950-091-850", "range"),
        ("009-091-853", "below the range"),
    ],
};

/// New Zealand driver licence.
pub(crate) static DRIVER_LICENCE: Detector = Detector {
    id: "gov.nz.driver-licence",
    name: "New Zealand driver licence",
    category: Category::GovernmentId,
    country: Some("NZ"),
    format: "Two letters and six digits; card version three digits apart.",
    forms: &[Form::Layout("A{2}9{6}")],
    edges: Edges::Alnum,
    check: is_driver_licence,
    scores: Scores::NAMED,
    keywords: &[
        "nz driver licence",
        "driver licence",
        "driver's licence",
        "licence number",
        "nzta",
        "new zealand driver licence",
        "licence no",
    ],
    window: (60, 40),
    pass_rate: 2e-4,
    wrong_digit_rate: 1.0,
    sources: &["Waka Kotahi NZ Transport Agency"],
    valid: &["AB123456", "EZ654321"],
    invalid: &[("AB000000", "zero"), ("ab000000", "zero")],
};

/// New Zealand bank account number.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.nz.account",
    name: "New Zealand bank account number",
    category: Category::BankAccount,
    country: Some("NZ"),
    format: "Bank 2, branch 4, account 7, suffix 2 or 3: 01-0902-0068389-00.",
    forms: &[
        Form::Layout("9{2}-9{4}-9{7}-9{2,3}"),
        Form::Layout("9{2} 9{4} 9{7} 9{2,3}"),
        Form::Layout("9{15,16}"),
    ],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores { bare: 0, separated: 62, keyword: 85, field: 92 },
    keywords: &[
        "nz bank account",
        "bank account",
        "account number",
        "account no",
        "nz bank",
        "new zealand bank account",
    ],
    window: (60, 40),
    pass_rate: 0.059,
    wrong_digit_rate: 0.266,
    sources: &[
        "Inland Revenue (NZ): RWT and NRWT certificate filing specification, bank account validation",
    ],
    valid: &["01-0902-0068389-00", "08-6523-1954512-001", "01 0902 0068389 00", "010902006838900"],
    invalid: &[
        ("01-0902-0068388-00", "checksum"),
        ("07-0902-0068389-00", "bank 07 is not in use"),
        ("00-0000-0000000-00", "zero"),
    ],
};

/// New Zealand national health index number.
pub(crate) static NHI: Detector = Detector {
    id: "health.nz.nhi",
    name: "New Zealand national health index number",
    category: Category::HealthId,
    country: Some("NZ"),
    format: "Old: three letters, three digits, check digit (ABC1235). New (from 2025-26): three \
             letters, two digits, letter, check letter (ABC12DV). Letters without I and O; \
             numbers beginning Z are tests.",
    forms: &[Form::Layout("A{3}9{4}"), Form::Layout("A{3}9{2}A{2}")],
    edges: Edges::Alnum,
    check: is_nhi,
    scores: Scores { bare: 40, separated: 40, keyword: 85, field: 92 },
    keywords: &["nhi", "nhi number", "national health index", "nhi no"],
    window: (60, 40),
    pass_rate: 6e-4,
    wrong_digit_rate: 0.0,
    sources: &["HISO 10046:2023 Consumer Health Identity Standard, appendix on the NHI number"],
    valid: &["ZZZ0016", "WLD9413", "ZSC21TN", "ZVB97XQ", "zzz0016", "NSR38TY"],
    invalid: &[
        ("ZZZ0044", "check digit"),
        ("ZZZ00AA", "check letter"),
        ("IZZ0016", "I is not used"),
        ("ZZZ0000", "zero"),
    ],
};

/// Eight digits, a zero before shorter ones, weighted 3 2 7 6 5 4 3 2, and 7 4 3 2 5 2 7 6 where
/// eleven less the remainder is ten; numbers for which it is ten again are not given out.
fn is_ird(value: &Value<'_>) -> Option<Proof> {
    let number = digits::number(value.text).filter(|_| matches!(value.text.len(), 8 | 9))?;
    let (check, body) = value.text.split_last()?;
    let lacking = |weights: &[u32; 8]| {
        let sum = weighted::sum(body, weights.get(8 - body.len()..)?) % 11;
        Some((11 - sum) % 11)
    };
    let mut expected = lacking(&[3, 2, 7, 6, 5, 4, 3, 2])?;
    if expected == 10 {
        expected = lacking(&[7, 4, 3, 2, 5, 2, 7, 6])?;
    }
    let holds = (10_000_001..150_000_000).contains(&number) && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Two letters and six digits, without a check digit.
fn is_driver_licence(value: &Value<'_>) -> Option<Proof> {
    let (_, number) = digits::behind_letters::<2>(value.text)?;
    (number.len() == 6).then(|| Proof::whole(value, &["structure"]))
}

/// The bank decides on the weights; the branches that exist are not looked at. Banks without a
/// check are not reported alone.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let fits = matches!(value.text.len(), 15 | 16) && digits::is_number(value.text);
    let (bank, _) = value.text.split_first_chunk::<2>().filter(|_| fits)?;
    // Account and suffix are as many as eight and four digits.
    let mut padded = [b'0'; 18];
    padded.get_mut(..6)?.copy_from_slice(value.text.get(..6)?);
    padded.get_mut(7..14)?.copy_from_slice(value.text.get(6..13)?);
    let suffix = value.text.get(13..)?;
    padded.get_mut(18 - suffix.len()..)?.copy_from_slice(suffix);
    let bank = digits::number(bank).filter(|bank| is_bank(*bank))?;
    let Some(scheme) = Scheme::of(bank, &padded) else {
        return Some(Proof::whole(value, &["structure"]).adjusted(NEVER_ALONE));
    };
    scheme.holds(&padded).then(|| Proof::whole(value, &["structure", scheme.name()]))
}

/// Returns whether the number is in use for a bank.
fn is_bank(number: u32) -> bool {
    matches!(number, 1..=6 | 8..=31 | 33 | 35 | 38 | 88)
}

/// How a bank's accounts are checked.
struct Scheme {
    /// Of bank 2, branch 4, account 8 and suffix 4.
    weights: [u32; 18],
    modulus: u32,
    /// Products are reduced to one digit by adding up their digits.
    reduced: bool,
}

impl Scheme {
    /// Returns the scheme of a bank; some have none.
    fn of(bank: u32, padded: &[u8; 18]) -> Option<Scheme> {
        let account = digits::number(padded.get(6..14)?)?;
        let (weights, modulus, reduced) = match bank {
            5 | 31 | 88 => return None,
            8 => (WEIGHTS_D, 11, false),
            9 => (WEIGHTS_E, 11, true),
            25 | 33 => (WEIGHTS_F, 10, false),
            26 | 28 | 29 => (WEIGHTS_G, 10, true),
            _ if account < 990_000 => (WEIGHTS_A, 11, false),
            _ => (WEIGHTS_B, 11, false),
        };
        Some(Scheme { weights, modulus, reduced })
    }

    fn holds(&self, padded: &[u8; 18]) -> bool {
        let sum = if self.reduced {
            let products = padded.iter().zip(&self.weights).map(|(&byte, &weight)| {
                digits::digit(byte).map_or(0, |digit| digit_root(digit * weight))
            });
            products.sum()
        } else {
            weighted::sum(padded, &self.weights)
        };
        sum.is_multiple_of(self.modulus)
    }

    fn name(&self) -> &'static str {
        if self.modulus == 11 { "mod11" } else { "mod10" }
    }
}

/// Returns what a number's digits add up to, added up again until it is one digit.
fn digit_root(number: u32) -> u32 {
    number.checked_sub(1).map_or(0, |less| less % 9 + 1)
}

/// Six characters weighted 7 to 2. Eleven less the remainder is the last digit, 0 for ten; since
/// 2019 there are numbers whose last two characters are letters, and there a letter stands for
/// 23 less the remainder. Numbers that begin with Z are for tests.
fn is_nhi(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 7]>::try_from(value.text).ok()?;
    let [first, second, third, tens, units, sixth, check] = text;
    let sum = [first, second, third, tens, units, sixth].into_iter().zip([7, 6, 5, 4, 3, 2]);
    let sum = sum.map(|(&byte, weight)| Some(nhi_value(byte)? * weight)).sum::<Option<u32>>()?;
    let lettered = [first, second, third].into_iter().all(u8::is_ascii_uppercase);
    let numbered = tens.is_ascii_digit() && units.is_ascii_digit();
    let holds = match (sixth.is_ascii_digit(), check.is_ascii_digit()) {
        // A remainder of 0 gives out no number.
        (true, true) => sum % 11 != 0 && (11 - sum % 11) % 10 == digits::digit(*check)?,
        (false, false) => 23 - sum % 23 == nhi_value(*check)?,
        _ => false,
    };
    // In small letters it is too often some other word with digits behind it.
    let adjust = if value.capitals { 0 } else { NEVER_ALONE };
    let check = if check.is_ascii_digit() { "mod11" } else { "mod23" };
    let proof = || Proof::whole(value, &["structure", check]).adjusted(adjust);
    (lettered && numbered && holds).then(|| proof().marked_test(*first == b'Z'))
}

/// Returns what a character counts in an NHI number: digits themselves, letters 1 to 24 without I
/// and O.
fn nhi_value(byte: u8) -> Option<u32> {
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    let letter = || letters.iter().position(|&letter| letter == byte);
    digits::digit(byte).or_else(|| u32::try_from(letter()? + 1).ok())
}

/// The weights of Inland Revenue's specification over bank 2, branch 4, account 8 and suffix 4.
const WEIGHTS_A: [u32; 18] = [0, 0, 6, 3, 7, 9, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0, 0];
const WEIGHTS_B: [u32; 18] = [0, 0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0, 0];
const WEIGHTS_D: [u32; 18] = [0, 0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0];
const WEIGHTS_E: [u32; 18] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 0, 1];
const WEIGHTS_F: [u32; 18] = [0, 0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0, 0];
const WEIGHTS_G: [u32; 18] = [0, 0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 0, 3, 7, 1];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    /// Returns which of ten account numbers, differing in the seventh digit, a bank gives out.
    fn accounts(start: &str, suffix: &str) -> Vec<u32> {
        let fits = |last: &u32| proof(&ACCOUNT, &format!("{start}{last}-{suffix}")).is_some();
        (0..10).filter(fits).collect()
    }

    #[test]
    fn each_bank_has_its_weights() {
        // Bank 12 counts the branch below the account 0990000 and not from there on.
        assert_eq!(accounts("12-3140-002525", "00").len(), 1);
        assert_ne!(accounts("12-3140-002525", "00"), accounts("12-3141-002525", "00"));
        assert_eq!(accounts("12-3140-102525", "00"), accounts("12-3141-102525", "00"));
        // Their last digit but the suffix weighs 1 by 10 or 11, so one fits, or none for ten.
        for start in ["08-6523-195451", "25-2500-123456", "26-2600-032087"] {
            assert!(accounts(start, "00").len() <= 1, "{start}");
        }
        assert_eq!(accounts("25-2500-123456", "00").len(), 1);
        assert_eq!(accounts("31-2825-001946", "00").len(), 10);
        assert_eq!(accounts("07-0902-006838", "00"), [0_u32; 0]);
    }

    #[test]
    fn digits_are_added_up_to_one() {
        assert_eq!([0, 9, 10, 45, 63, 81].map(digit_root), [0, 9, 1, 9, 9, 9]);
    }

    #[test]
    fn numbers_for_tests_are_marked() {
        for (text, test) in [("ZZZ0016", true), ("ZVB97XQ", true), ("WLD9413", false)] {
            assert_eq!(proof(&NHI, text).map(|proof| proof.test), Some(test), "{text}");
        }
    }
}
