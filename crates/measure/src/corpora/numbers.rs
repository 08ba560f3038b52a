//! Numbers with and without check digits: computed, nobody's.

use crate::Random;

/// Returns `length` digits, the first of which is not 0.
pub fn digits(random: &mut Random, length: usize) -> String {
    let mut text = String::with_capacity(length);
    for at in 0..length {
        let least = usize::from(at == 0);
        text.push(digit(least + random.below(10 - least)));
    }
    text
}

/// Returns `length` digits whose last one is not that of Luhn's sum.
pub fn unchecked(random: &mut Random, length: usize) -> String {
    let mut text = digits(random, length);
    if luhn(&text) == 0 {
        let last = text.pop().and_then(|digit| digit.to_digit(10)).unwrap_or_default();
        text.push(digit((last as usize + 1) % 10));
    }
    text
}

/// Returns the number of a payment card, in groups or not.
pub fn card(random: &mut Random) -> String {
    unmistakable(random, |random| {
        let (prefix, length) = random.pick(CARDS).copied().unwrap_or(("4", 16));
        let mut text = prefix.to_owned();
        while text.len() < length - 1 {
            text.push(digit(random.below(10)));
        }
        let sum = luhn(&format!("{text}0"));
        text.push(digit((10 - sum) % 10));
        // Ten digits in a four and a six, with a blank between them, may be somebody's Medicare number too.
        match length {
            15 => grouped(&text, &[4, 6, 5], random.word(&["", "-"])),
            _ => grouped(&text, &[4, 4, 4, 4], random.word(&["", " ", "-"])),
        }
    })
}

/// First digits and length of card numbers, as the networks publish them.
const CARDS: &[(&str, usize)] = &[
    ("4", 16),
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2223", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
];

/// Returns a Social Security number: no area 000, 666 or from 900 on, no group 00, no serial 0000.
pub fn ssn(random: &mut Random) -> String {
    let area = match 1 + random.below(899) {
        666 => 667,
        area => area,
    };
    format!("{area:03}-{:02}-{:04}", 1 + random.below(99), 1 + random.below(9999))
}

/// Returns an IBAN, in groups of four or not.
pub fn iban(random: &mut Random) -> String {
    unmistakable(random, |random| {
        let (country, letters, length) = random.pick(IBANS).copied().unwrap_or(("NL", 4, 10));
        let letter = |random: &mut Random| char::from(b'A' + random.below(26) as u8);
        let mut account: String = (0..letters).map(|_| letter(random)).collect();
        account.extend((0..length).map(|_| digit(random.below(10))));
        let check = 98 - mod_97(&format!("{account}{country}00"));
        // Four letters and eight digits are a health insurance number in Quebec.
        let separator = if country == "NL" { "" } else { random.word(&["", " "]) };
        grouped(&format!("{country}{check:02}{account}"), &[4; 8], separator)
    })
}

/// Countries of IBANs with how many letters and then digits an account has there (ISO 13616); none has a check
/// of its own that digits at random would fail in full.
const IBANS: &[(&str, usize, usize)] =
    &[("DE", 0, 18), ("GB", 4, 14), ("FR", 0, 23), ("NL", 4, 10), ("ES", 0, 20)];

/// Makes texts until one is nothing else besides: within groups of four with blanks between them, twelve digits
/// that hold Verhoeff's check are an Aadhaar number to whoever knows no better, and more that hold Luhn's a card.
fn unmistakable(random: &mut Random, make: impl Fn(&mut Random) -> String) -> String {
    loop {
        let text = make(random);
        let groups: Vec<&str> = text.split(' ').collect();
        // The whole is what it is meant to be.
        let lengths = 3..groups.len();
        let is_card = lengths.into_iter().any(|length| any_run(&groups, length, luhn));
        if !is_card && !any_run(&groups, 3, verhoeff) {
            return text;
        }
    }
}

/// Whether so many groups of digits behind one another have the sum 0.
fn any_run(groups: &[&str], length: usize, sum: fn(&str) -> usize) -> bool {
    let is_number = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut runs = groups.windows(length).filter(|run| run.iter().all(is_number));
    runs.any(|run| sum(&run.concat()) == 0)
}

/// Returns a text in groups.
fn grouped(text: &str, lengths: &[usize], separator: &str) -> String {
    let (mut groups, mut rest) = (Vec::new(), text);
    for length in lengths {
        let (group, behind) = rest.split_at((*length).min(rest.len()));
        groups.push(group);
        rest = behind;
    }
    groups.retain(|group| !group.is_empty());
    groups.join(separator)
}

fn digit(value: usize) -> char {
    char::from(b'0' + (value % 10) as u8)
}

/// Luhn's sum modulo 10: every other digit from the last but one on counts twice.
fn luhn(digits: &str) -> usize {
    let values = digits.bytes().rev().map(|byte| usize::from(byte - b'0'));
    let weighted = values.enumerate().map(|(at, value)| match at % 2 {
        0 => value,
        _ => 2 * value / 10 + 2 * value % 10,
    });
    weighted.sum::<usize>() % 10
}

/// Verhoeff's sum: products in the symmetries of a pentagon, each digit permuted by its place from the end.
fn verhoeff(digits: &str) -> usize {
    let values = digits.bytes().rev().map(|byte| usize::from(byte - b'0'));
    let permuted = values.enumerate().map(|(at, value)| {
        (0..at % 8).fold(value, |value, _| PERMUTED.get(value).copied().unwrap_or_default())
    });
    permuted.fold(0, |left, right| match (left < 5, right < 5) {
        (true, _) => (left + right) % 5 + right / 5 * 5,
        (false, true) => (left - right) % 5 + 5,
        (false, false) => (left + 5 - right) % 5,
    })
}

const PERMUTED: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// ISO 7064 modulo 97, letters as 10 to 35.
fn mod_97(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| match value {
        0..10 => (rest * 10 + value) % 97,
        _ => (rest * 100 + value) % 97,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_published_examples() {
        assert_eq!(luhn("4111111111111111"), 0);
        assert_eq!(luhn("378282246310005"), 0);
        assert_ne!(luhn("4111111111111112"), 0);
        assert_eq!(verhoeff("2363"), 0);
        assert_ne!(verhoeff("2364"), 0);
        // GB29 NWBK 6016 1331 9268 19 and DE89 3704 0044 0532 0130 00 of the registry.
        assert_eq!(mod_97("NWBK60161331926819GB29"), 1);
        assert_eq!(mod_97("370400440532013000DE89"), 1);
    }

    #[test]
    fn numbers_hold_or_break_their_checks() {
        let mut random = Random::of(1, &["numbers"]);
        for length in 13..19 {
            let number = unchecked(&mut random, length);
            assert!(number.len() == length && luhn(&number) != 0, "{number}");
        }
        for _ in 0..100 {
            let card: String = card(&mut random).chars().filter(char::is_ascii_digit).collect();
            assert_eq!(luhn(&card), 0, "{card}");
            let iban: String = iban(&mut random).chars().filter(|c| *c != ' ').collect();
            let (head, account) = iban.split_at(4);
            assert_eq!(mod_97(&format!("{account}{head}")), 1, "{iban}");
            assert_eq!(ssn(&mut random).len(), 11);
        }
    }
}
