//! What is not a value is refused: zeros, wrong digits, and random digits at the declared rate.

use portcullis::{Confidence, Scanner, catalogue::Definition};

use super::{Planted, assert_none, is_term, keyword, over_samples, scanner};

/// Random numbers that each detector is asked about.
const DRAWS: u32 = 20_000;

fn behind_keyword(definition: &Definition, value: &str) -> Planted {
    Planted::new(&format!("{}: ", keyword(definition)), value, "\n")
}

#[test]
fn nothing_is_found_in_nothing() {
    let report = scanner().scan(b"").unwrap();
    assert!(report.findings().is_empty() && report.is_complete());
    assert_eq!(report.bytes(), 0);
}

/// Digits from which on zeros are no value even where any digits are one, as security codes are.
const NEVER_ALL_ZERO: usize = 7;

/// Whether so many zeros may be a value: a short one of what has no check to fail, or one zero, a blood
/// group.
fn may_be_zero(definition: &Definition, digits: usize) -> bool {
    digits == 1 || definition.pass_rate() == Some(1.0) && digits < NEVER_ALL_ZERO
}

#[test]
fn zeros_are_no_value() {
    let scanner = scanner();
    let mut found = Vec::new();
    for definition in scanner.detectors().iter().filter(|d| !is_term(d)) {
        for count in (1..=40).filter(|count| !may_be_zero(definition, *count)) {
            let zeros = "0".repeat(count);
            if behind_keyword(definition, &zeros).is_found(&scanner, definition) {
                found.push(format!("{}: {zeros}", definition.id()));
            }
        }
    }
    assert_none(found);
}

#[test]
fn a_sample_with_zeros_for_digits_is_no_value() {
    let scanner = scanner();
    assert_none(over_samples(&scanner, |definition, sample| {
        let zeros = sample.replace(|c: char| c.is_ascii_digit(), "0");
        let refused = !sample.contains(|c: char| c.is_ascii_alphabetic())
            && !may_be_zero(definition, zeros.matches('0').count());
        let found = refused && behind_keyword(definition, &zeros).is_found(&scanner, definition);
        Vec::from_iter(found.then(|| format!("{}: {zeros}", definition.id())))
    }));
}

/// Returns the text with each digit in turn replaced by each of the nine others.
fn wrong_digits(text: &str) -> impl Iterator<Item = String> {
    let places = text.char_indices().filter(|(_, digit)| digit.is_ascii_digit());
    places.flat_map(move |(at, right)| {
        let others = ('0'..='9').filter(move |wrong| *wrong != right);
        others.map(move |wrong| format!("{}{wrong}{}", &text[..at], &text[at + 1..]))
    })
}

/// A scanner of one definition alone, down to low confidence.
fn scanner_of(definition: &Definition) -> Scanner {
    let mut builder = Scanner::builder();
    builder.detectors([definition.id()]).min_confidence(Confidence::Low);
    builder.build().unwrap()
}

#[test]
fn single_wrong_digits_are_found_at_the_declared_rate() {
    let mut complaints = Vec::new();
    for definition in scanner().detectors() {
        let Some(declared) = definition.wrong_digit_rate() else { continue };
        let scanner = scanner_of(definition);
        let wrong = definition.samples().iter().flat_map(|sample| wrong_digits(sample));
        let found: Vec<bool> = wrong
            .map(|wrong| behind_keyword(definition, &wrong).is_found(&scanner, definition))
            .collect();
        let share = found.iter().filter(|found| **found).count() as f64 / found.len().max(1) as f64;
        if (share - declared).abs() > 0.005 {
            complaints.push(format!("{}: {share:.3}, declared {declared}", definition.id()));
        }
    }
    assert_none(complaints);
}

/// Knuth's MMIX generator; the upper bits are the random ones.
struct Random(u64);

impl Random {
    fn digit(&mut self) -> char {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + ((self.0 >> 33) % 10) as u8)
    }
}

/// Returns the share of random numbers, written as the sample is, that are found behind the first
/// keyword.
fn share_found(definition: &Definition, sample: &str) -> f64 {
    let scanner = scanner_of(definition);
    let mut random = Random(0x5EED);
    let mut payload = String::new();
    for _ in 0..DRAWS {
        let draw = |c: char| if c.is_ascii_digit() { random.digit() } else { c };
        let number: String = sample.chars().map(draw).collect();
        payload.push_str(&format!("{}: {number}\n", keyword(definition)));
    }
    let report = scanner.scan(payload.as_bytes()).unwrap();
    let found: u64 = report.counts().values().sum();
    found as f64 / f64::from(DRAWS)
}

/// The rate is declared for the first sample's way of writing; of letters it means other draws.
#[test]
fn random_digits_are_found_at_the_declared_rate() {
    let mut complaints = Vec::new();
    let mut asked = 0;
    for definition in scanner().detectors() {
        let is_number =
            |sample: &&&str| sample.bytes().all(|b| b.is_ascii_digit() || b" -.".contains(&b));
        let (Some(sample), Some(declared)) =
            (definition.samples().first().filter(is_number), definition.pass_rate())
        else {
            continue;
        };
        asked += 1;
        let share = share_found(definition, sample);
        // A few hits more or less are chance where hardly any are expected.
        let chance = 4.0 / f64::from(DRAWS);
        if !(declared / 2.0 - chance..=declared * 2.0 + chance).contains(&share) {
            complaints.push(format!("{}: {share}, declared {declared}", definition.id()));
        }
    }
    assert_none(complaints);
    assert!(asked > 20, "{asked} detectors asked");
}
