//! Numbers like a definition's samples: ones that hold, and ones with a wrong digit.
//!
//! Nothing here knows a check: candidates are made by chance, and the detector itself says which
//! hold. What it finds is written as the sample was.

use std::collections::BTreeSet;

use measure::Random;
use portcullis::Scanner;
use portcullis::catalogue::Definition;

use super::scan;

/// Returns up to `wanted` different numbers that the definition finds: its samples, then made ones.
///
/// `scanner` has this definition alone.
///
/// # Errors
///
/// What the scan says.
pub fn valid(
    scanner: &Scanner,
    definition: &Definition,
    wanted: usize,
    random: &mut Random,
) -> Result<Vec<String>, String> {
    let samples: Vec<String> = definition.samples().iter().map(|s| (*s).to_owned()).collect();
    let mut seen: BTreeSet<String> = samples.iter().cloned().collect();
    let (mut numbers, made_from) = (samples.clone(), samples.len());
    for candidates in ROUNDS {
        if numbers.len() >= wanted + made_from {
            break;
        }
        let candidates: Vec<String> = (0..*candidates)
            .filter_map(|_| Some(changed(random.pick(&samples)?, random)))
            .collect();
        let accepted = scan::accepted(scanner, definition, &candidates)?;
        let held = candidates.into_iter().zip(accepted).filter(|(_, held)| *held);
        numbers.extend(held.map(|(number, _)| number).filter(|n| seen.insert(n.clone())));
    }
    numbers.truncate(wanted + made_from);
    Ok(numbers)
}

/// How many candidates are tried in each round, as long as numbers are wanting.
const ROUNDS: &[usize] = &[300, 600, 1200, 2400, 4800];

/// Returns the numbers with one wrong digit each, those that the definition refuses; those are not among
/// them that it takes without the digit, which was a check digit that may be left out.
///
/// # Errors
///
/// What the scan says.
pub fn one_wrong(
    scanner: &Scanner,
    definition: &Definition,
    numbers: &[String],
    random: &mut Random,
) -> Result<Vec<String>, String> {
    let wrong = numbers.iter().filter_map(|n| with_wrong_digit(n, random)).collect();
    refused(scanner, definition, wrong)
}

/// Returns the texts that the definition refuses, with one digit left out as well: `no 1234567` is a
/// number with a word before it.
///
/// # Errors
///
/// What the scan says.
pub fn refused(
    scanner: &Scanner,
    definition: &Definition,
    wrong: Vec<String>,
) -> Result<Vec<String>, String> {
    let taken = scan::taken(scanner, definition, &wrong)?;
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_left =
        |(number, taken): &(String, String)| taken.is_empty() || digits(number) > digits(taken) + 1;
    Ok(wrong.into_iter().zip(taken).filter(is_left).map(|(number, _)| number).collect())
}

/// Returns the near misses of a definition but those that are one of its numbers in small letters, with
/// letters for digits or with other separators: those are in disguise.
///
/// # Errors
///
/// What the scan says.
pub fn undisguised(
    scanner: &Scanner,
    definition: &Definition,
    misses: Vec<String>,
) -> Result<Vec<String>, String> {
    let kept = |text: &str| with_digits(text).replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let samples: BTreeSet<String> = definition.samples().iter().map(|s| kept(s)).collect();
    let mut is_disguised: Vec<bool> = misses.iter().map(|m| samples.contains(&kept(m))).collect();
    let spellings: [fn(&str) -> String; 2] = [str::to_ascii_uppercase, with_digits];
    for respelled in spellings {
        let meant: Vec<String> = misses.iter().map(|miss| respelled(miss)).collect();
        let accepted = scan::accepted(scanner, definition, &meant)?;
        for (index, held) in accepted.into_iter().enumerate() {
            let differs = meant.get(index) != misses.get(index);
            is_disguised.get_mut(index).into_iter().for_each(|is| *is |= held && differs);
        }
    }
    Ok(misses.into_iter().zip(is_disguised).filter(|(_, is)| !is).map(|(miss, _)| miss).collect())
}

/// Returns the text in capitals, with the digits that its letters look like.
fn with_digits(text: &str) -> String {
    text.replace('l', "1").to_ascii_uppercase().replace('O', "0").replace('I', "1")
}

/// Returns the number with one digit replaced by another, `None` where it has none.
pub fn with_wrong_digit(number: &str, random: &mut Random) -> Option<String> {
    let places: Vec<usize> =
        number.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *random.pick(&places)?;
    let right = number.as_bytes().get(at)?;
    let wrong = b'0' + (right - b'0' + 1 + random.below(9) as u8) % 10;
    Some(replaced(number, |index| (index == at).then_some(wrong)))
}

/// Returns the sample with some of its digits and letters replaced by others of their kind.
fn changed(sample: &str, random: &mut Random) -> String {
    let places: Vec<usize> = sample
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_alphanumeric())
        .map(|(at, _)| at)
        .collect();
    let many = [2, 2, 3, 4, 6, 9, places.len()];
    let many = random.pick(&many).copied().unwrap_or(2);
    let chosen: Vec<usize> = (0..many).filter_map(|_| random.pick(&places).copied()).collect();
    let bytes = sample.as_bytes();
    let others: Vec<(usize, u8)> =
        chosen.iter().filter_map(|at| Some((*at, like(*bytes.get(*at)?, random)))).collect();
    replaced(sample, |at| others.iter().find(|(place, _)| *place == at).map(|(_, other)| *other))
}

/// Returns a random character of the same kind.
fn like(byte: u8, random: &mut Random) -> u8 {
    match byte {
        b'0'..=b'9' => b'0' + random.below(10) as u8,
        b'A'..=b'Z' => b'A' + random.below(26) as u8,
        b'a'..=b'z' => b'a' + random.below(26) as u8,
        other => other,
    }
}

/// Returns the text with some ASCII characters, by byte offset, replaced by ASCII ones.
fn replaced(text: &str, other: impl Fn(usize) -> Option<u8>) -> String {
    text.char_indices().map(|(at, c)| other(at).map_or(c, char::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_numbers_are_many_and_hold_and_keep_their_form() {
        let scanner = scan::only("gov.nl.bsn").unwrap();
        let definition = &scanner.detectors()[0];
        let numbers = valid(&scanner, definition, 30, &mut Random::of(1, &[])).unwrap();
        assert_eq!(numbers.len(), 30 + definition.samples().len());
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
        let form = |number: &str| number.replace(|c: char| c.is_ascii_digit(), "9");
        let forms: BTreeSet<String> = definition.samples().iter().map(|s| form(s)).collect();
        assert!(numbers.iter().all(|number| forms.contains(&form(number))));
        let accepted = scan::accepted(&scanner, definition, &numbers).unwrap();
        assert_eq!(accepted, vec![true; numbers.len()]);
    }

    #[test]
    fn a_number_in_small_letters_is_no_near_miss() {
        let scanner = scan::only("gov.jp.residence-card").unwrap();
        let definition = &scanner.detectors()[0];
        let misses = definition.near_misses().iter().map(|(miss, _)| (*miss).to_owned());
        let all: Vec<String> = misses.collect();
        let kept = undisguised(&scanner, definition, all.clone()).unwrap();
        assert!(all.contains(&"ab12345678cd".to_owned()));
        assert!(!kept.contains(&"ab12345678cd".to_owned()));
        assert!(!kept.is_empty() && kept.iter().all(|miss| all.contains(miss)));
    }

    #[test]
    fn a_wrong_digit_is_one_and_refused() {
        let scanner = scan::only("card.pan").unwrap();
        let definition = &scanner.detectors()[0];
        let right = "4111111111111111".to_owned();
        let mut random = Random::of(1, &[]);
        for _ in 0..50 {
            let wrong = with_wrong_digit(&right, &mut random).unwrap();
            let differ = right.bytes().zip(wrong.bytes()).filter(|(a, b)| a != b).count();
            assert_eq!((wrong.len(), differ), (right.len(), 1));
        }
        let wrong = one_wrong(&scanner, definition, &vec![right; 9], &mut random).unwrap();
        let accepted = scan::accepted(&scanner, definition, &wrong).unwrap();
        assert!(!wrong.is_empty() && accepted.iter().all(|held| !held));
        assert_eq!(with_wrong_digit("abc", &mut random), None);
    }
}
