//! Bank accounts of international schemes: the IBAN.
//!
//! The length and structure of each country are in `tables`; the arithmetic of the countries' own
//! checks is here.

use std::ops::Range;

use crate::detectors::tables::{self, IbanCountry, National, Piece};
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};
use crate::validators::{iso7064, luhn, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IBAN];

/// International Bank Account Numbers.
pub(crate) static IBAN: Detector = Detector {
    id: "bank.iban",
    name: "International Bank Account Number",
    category: Category::BankAccount,
    country: None,
    format: "Two letters for the country, two check digits, then the account in the length and \
             structure of that country. In one run, or in groups of four with blanks or dashes.",
    forms: &[Form::Layout("AA99*")],
    edges: Edges::Alnum,
    check: iban,
    scores: Scores::STRONG,
    keywords: &[
        "iban",
        "international bank account number",
        "bank account",
        "account number",
        "rib",
        "compte bancaire",
        "coordonnées bancaires",
        "bankverbindung",
        "kontonummer",
        "bankkonto",
        "cuenta bancaria",
        "número de cuenta",
        "conto corrente",
        "coordinate bancarie",
        "rekeningnummer",
        "bankrekening",
        "numer konta",
        "rachunek bankowy",
        "conta bancária",
    ],
    window: (60, 40),
    pass_rate: 0.00004,
    wrong_digit_rate: 0.0,
    sources: &[
        "ISO 13616-1:2020",
        "SWIFT IBAN registry, release 101",
        "ECBS TR 201 (checks inside the BBAN)",
    ],
    valid: &[
        "GB29NWBK60161331926819",
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "NO9386011117947",
    ],
    invalid: &[
        ("GB28NWBK60161331926819", "ISO 7064 MOD 97-10 fails"),
        ("DE893704004405320130001", "one digit too long"),
        ("ES9121000418460200051332", "ISO 7064 MOD 97-10 and the Spanish digits fail"),
        ("QQ29NWBK60161331926819", "no country"),
    ],
};

fn iban(value: &Value<'_>) -> Option<Proof> {
    let country = tables::iban_country(value.text.get(..2)?)?;
    let text = value.text.get(..country.length)?;
    let (head, bban) = text.split_at_checked(4)?;
    let holds = may_check(head) && is_structured(bban, country.bban) && is_mod97_10(head, bban);
    holds.then(|| proof(country, country.national.iter().all(|check| check.holds(bban))))
}

/// Returns what holds. A failing national check leaves the number an IBAN to every program that
/// knows ISO 13616 only, so it lowers and does not refuse.
fn proof(country: &'static IbanCountry, national: bool) -> Proof {
    let mut evidence =
        vec![Evidence::Check("mod97-10".into()), Evidence::Country(country.code.into())];
    if national && !country.national.is_empty() {
        evidence.push(Evidence::Check("national".into()));
    }
    let registered = if country.registered { 0 } else { -20 };
    let adjust = if national { registered } else { -25 };
    Proof { evidence, len: country.length, adjust, test: false }
}

/// Returns whether the check digits behind the country are among those that ISO 13616 yields: 02
/// to 98. The others are equal to one of these modulo 97.
fn may_check(head: &[u8]) -> bool {
    let digits = head.get(2..).unwrap_or_default();
    digits.iter().all(u8::is_ascii_digit) && (b"02".as_slice()..=b"98").contains(&digits)
}

fn is_structured(bban: &[u8], pieces: &[Piece]) -> bool {
    let mut rest = bban;
    for Piece(count, class) in pieces {
        let Some((piece, behind)) = rest.split_at_checked(*count) else { return false };
        if !piece.iter().all(|&byte| class.hold(byte)) {
            return false;
        }
        rest = behind;
    }
    rest.is_empty()
}

/// Checks an IBAN with its first four characters behind the rest, as ISO 13616 asks.
fn is_mod97_10(head: &[u8], bban: &[u8]) -> bool {
    let mut turned = [0; LONGEST];
    let Some(turned) = turned.get_mut(..bban.len() + head.len()) else { return false };
    for (place, &byte) in turned.iter_mut().zip(bban.iter().chain(head)) {
        *place = byte;
    }
    iso7064::is_mod97_10(turned)
}

impl National {
    /// Returns whether the check holds. The structure has been checked before.
    fn holds(&self, bban: &[u8]) -> bool {
        match self {
            National::Weighted { at, weights, modulus } => slice(bban, at)
                .is_some_and(|text| weighted::sum(text, weights).is_multiple_of(*modulus)),
            National::ControlDigit { at, weights, digit } => slice(bban, at)
                .is_some_and(|text| bban.get(*digit) == Some(&control_digit(text, weights))),
            National::Mod97 => iso7064::is_mod97_10(bban),
            National::Mod11 { at } => slice(bban, at).is_some_and(is_mod11_10),
            National::Multiple97 => remainder97(bban) == 0,
            National::Remainder97 => has_key(bban, |account| match remainder97(account) {
                0 => 97,
                rest => rest,
            }),
            National::Luhn => luhn::is_valid(bban),
            National::RibKey => has_rib_key(bban),
            National::Cin => {
                bban.split_first().is_some_and(|(cin, rest)| *cin == check_letter(rest))
            }
        }
    }
}

fn slice<'b>(bban: &'b [u8], at: &Range<usize>) -> Option<&'b [u8]> {
    bban.get(at.clone())
}

/// Returns the digit that Spanish accounts carry: 11 less the weighted sum modulo 11, where 11 is
/// written 0 and 10 is written 1.
pub(super) fn control_digit(text: &[u8], weights: &[u32]) -> u8 {
    match weighted::sum(text, weights) % 11 {
        0 => b'0',
        1 => b'1',
        rest => u8::try_from(11 - rest).map_or(b'0', |digit| b'0' + digit),
    }
}

/// ISO 7064 MOD 11,10 over digits, the check digit last.
fn is_mod11_10(digits: &[u8]) -> bool {
    let value = |digit: &u8| u32::from(digit.wrapping_sub(b'0'));
    let Some((last, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| match (product + value(digit)) % 10 {
        0 => 10 * 2 % 11,
        sum => sum * 2 % 11,
    });
    (product + value(last)) % 10 == 1
}

/// Returns whether the last two digits are the key of a French account: 97 less the remainder of the
/// others, and two zeros, by 97.
pub(super) fn has_rib_key(rib: &[u8]) -> bool {
    has_key(rib, |account| 97 - remainder97(account) * 100 % 97)
}

/// Returns whether the last two digits are the key of the characters before them.
fn has_key(bban: &[u8], key: fn(&[u8]) -> u32) -> bool {
    let Some((account, [tens, ones])) = bban.split_last_chunk::<2>() else { return false };
    key(account) == rib_digit(*tens) * 10 + rib_digit(*ones)
}

/// Returns the characters as one integer modulo 97.
fn remainder97(text: &[u8]) -> u32 {
    text.iter().fold(0, |rest, &byte| (rest * 10 + rib_digit(byte)) % 97)
}

/// Returns the digit itself, or the one that stands for a letter in a French account: A to I and J
/// to R are 1 to 9, S to Z are 2 to 9.
fn rib_digit(byte: u8) -> u32 {
    u32::from(match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'I' => byte - b'A' + 1,
        b'J'..=b'R' => byte - b'J' + 1,
        b'S'..=b'Z' => byte - b'S' + 2,
        _ => 0,
    })
}

/// Returns the letter that goes before an Italian bank code, branch and account.
fn check_letter(rest: &[u8]) -> u8 {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => usize::from(byte - b'0'),
        _ => usize::from(byte.wrapping_sub(b'A')),
    };
    let sum: usize = rest
        .iter()
        .enumerate()
        .map(|(at, &byte)| match at % 2 {
            0 => CIN_ODD.get(value(byte)).copied().map_or(0, usize::from),
            _ => value(byte),
        })
        .sum();
    u8::try_from(sum % 26).map_or(b'A', |letter| b'A' + letter)
}

/// The longest IBAN that ISO 13616 allows.
const LONGEST: usize = 34;

/// What the first, third, … character counts in an Italian check letter, for 0 to 9 or A to Z. The
/// others count as they rank.
const CIN_ODD: [u8; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Proof> {
        iban(&Value {
            text: text.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    /// Returns the IBAN of a country with the check digits that fit its BBAN.
    fn with_check_digits(code: &str, bban: &str) -> String {
        (2..=98)
            .map(|digits| format!("{code}{digits:02}{bban}"))
            .find(|text| is_mod97_10(&text.as_bytes()[..4], bban.as_bytes()))
            .unwrap()
    }

    #[test]
    fn every_example_of_the_registry_passes() {
        for example in tables::IBAN_EXAMPLES {
            let proof = check(example).unwrap_or_else(|| panic!("{example}"));
            assert_eq!(proof.len, example.len());
            let country = tables::country(&example.as_bytes()[..2]).unwrap();
            let expected = [Evidence::Check("mod97-10".into()), Evidence::Country(country.into())];
            assert_eq!(proof.evidence[..2], expected);
            assert!(proof.adjust > -25, "{example}: the national check fails");
        }
    }

    #[test]
    fn every_wrong_digit_in_an_example_is_refused() {
        for example in tables::IBAN_EXAMPLES {
            for at in (2..example.len()).filter(|&at| example.as_bytes()[at].is_ascii_digit()) {
                for digit in (b'0'..=b'9').filter(|&digit| digit != example.as_bytes()[at]) {
                    let mut flipped = example.as_bytes().to_vec();
                    flipped[at] = digit;
                    let flipped = String::from_utf8(flipped).unwrap();
                    assert_eq!(check(&flipped), None, "{flipped}");
                }
            }
        }
    }

    #[test]
    fn unregistered_countries_weigh_less() {
        assert_eq!(check("TG85TG3410341034103410341034").unwrap().adjust, -20);
        assert_eq!(check("NO9386011117947").unwrap().adjust, 0);
    }

    #[test]
    fn the_country_decides_how_many_characters_are_taken() {
        assert_eq!(check("NO9386011117947BIC").unwrap().len, 15);
        assert_eq!(check("DE89370400440532013000COBADEFF").unwrap().len, 22);
        assert_eq!(check("DE8937040044053201300"), None);
    }

    #[test]
    fn check_digits_and_structure_are_the_registrys() {
        let german = "370400440532013000";
        let right = with_check_digits("DE", german);
        assert_eq!(right, "DE89370400440532013000");
        let zeros = with_check_digits("DE", "370400440532013074");
        assert!(check(&zeros).is_some());
        assert_eq!(check(&with_check_digits("DE", "37040044053201300A")), None);
        assert_eq!(check(&with_check_digits("GB", "NWB160161331926819")), None);
        for text in ["", "D", "DE", "DE8", "QQ29NWBK60161331926819", "DEXX370400440532013000"] {
            assert_eq!(check(text), None, "{text}");
        }
    }

    #[test]
    fn check_digits_that_are_equal_modulo_97_are_refused() {
        for (yielded, equal) in [("97", "00"), ("98", "01"), ("02", "99")] {
            let found = (0..97)
                .map(|last| format!("3704004405320{last:05}"))
                .find(|bban| with_check_digits("DE", bban)[2..4] == *yielded)
                .unwrap();
            assert!(check(&format!("DE{yielded}{found}")).is_some());
            assert_eq!(check(&format!("DE{equal}{found}")), None);
        }
    }

    /// A changed digit of the BBAN with fitting check digits: only the national check can tell.
    #[test]
    fn national_checks_lower_what_mod_97_10_cannot_see() {
        for example in tables::IBAN_EXAMPLES {
            let country = tables::iban_country(&example.as_bytes()[..2]).unwrap();
            if country.national.is_empty() {
                continue;
            }
            let (code, bban) = (&example[..2], &example[4..]);
            let refused = (0..bban.len())
                .filter(|&at| bban.as_bytes()[at].is_ascii_digit())
                .filter(|&at| {
                    let digit = (bban.as_bytes()[at] - b'0' + 1) % 10;
                    let flipped = format!("{}{digit}{}", &bban[..at], &bban[at + 1..]);
                    check(&with_check_digits(code, &flipped)).unwrap().adjust == -25
                })
                .count();
            assert!(refused >= 8, "{code}: {refused}");
        }
    }

    #[test]
    fn national_keys_have_one_spelling() {
        let twice: Vec<_> = ["BE", "FR", "MC"]
            .into_iter()
            .map(|code| tables::iban_country(code.as_bytes()).unwrap())
            .collect();
        for country in twice {
            let account = "0".repeat(country.length - 6);
            let passing = (0..100)
                .filter(|key| {
                    let bban = format!("{account}{key:02}");
                    country.national.iter().all(|check| check.holds(bban.as_bytes()))
                })
                .collect::<Vec<u32>>();
            assert_eq!(passing, [97], "{}", country.code);
        }
    }

    #[test]
    fn letters_count_in_national_checks() {
        assert!(check("FR1420041010050500013M02606").is_some());
        let other = with_check_digits("FR", "20041010050500013N02606");
        assert_eq!(check(&other).unwrap().adjust, -25);
        let same = with_check_digits("FR", "20041010050500013D02606");
        assert_eq!(check(&same).unwrap().adjust, 0, "D and M both count 4");
    }
}
