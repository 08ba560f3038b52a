//! What holds for every detector of a country or scheme: its samples, its forms, its pass rate.
//!
//! The forms are matched here by the plainest reading of their notation, so that the samples test
//! the layouts apart from the engine.

use std::collections::BTreeSet;

use super::*;
use crate::engine::anchors::{Anchors, LONGEST_LITERAL};
use crate::engine::kernel::Kernel;

/// Returns what the detector's check finds in a text that one of its forms fits as a whole.
pub(super) fn proof(detector: &Detector, text: &str) -> Option<Proof> {
    let mut written = detector.forms.iter().filter_map(|form| whole(form, text));
    written.find_map(|written| written.proof(detector))
}

/// Returns what the detector's check finds in significant characters, whatever its forms say.
pub(super) fn bare(detector: &Detector, text: &str) -> Option<Proof> {
    (detector.check)(&Value {
        text: text.as_bytes(),
        capitals: true,
        separated: false,
        separator: None,
        place: None,
    })
}

/// Returns which of the numbers pass, each written with two digits between `start` and `end`, when
/// any one digit may follow.
pub(super) fn passing(detector: &Detector, start: &str, end: &str) -> Vec<u32> {
    let checked =
        |text: String| (0..10).any(|check| proof(detector, &format!("{text}{check}")).is_some());
    (0..100).filter(|number| checked(format!("{start}{number:02}{end}"))).collect()
}

/// Returns the text with each digit in turn replaced by each of the nine others.
pub(super) fn wrong_digits(text: &str) -> impl Iterator<Item = String> {
    let places = text.char_indices().filter(|(_, digit)| digit.is_ascii_digit());
    places.flat_map(move |(at, right)| {
        let others = ('0'..='9').filter(move |&wrong| wrong != right);
        others.map(move |wrong| format!("{}{wrong}{}", &text[..at], &text[at + 1..]))
    })
}

/// Returns the share of random texts like the first sample whose proof satisfies `counts`.
///
/// Texts like a sample of digits are digits, those like any other sample digits and capitals.
pub(super) fn pass_rate(detector: &Detector, draws: u32, counts: fn(&Proof) -> bool) -> f64 {
    let mut written = first_written(detector);
    let base = if written.text.iter().all(u8::is_ascii_digit) { 10 } else { 36 };
    let mut state = 0x5EED_u64;
    let mut passed = 0;
    for _ in 0..draws {
        written.text.iter_mut().for_each(|byte| {
            // Knuth's MMIX generator; the upper bits are the random ones.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(state >> 33) as usize % base];
        });
        passed += u32::from(written.proof(detector).is_some_and(|proof| counts(&proof)));
    }
    f64::from(passed) / f64::from(draws)
}

/// A text as the engine would hand it to a check.
struct Written {
    text: Vec<u8>,
    capitals: bool,
    separator: Option<u8>,
}

impl Written {
    fn proof(&self, detector: &Detector) -> Option<Proof> {
        let separated = self.separator.is_some();
        (detector.check)(&Value {
            text: &self.text,
            capitals: self.capitals,
            separated,
            separator: self.separator,
            place: None,
        })
    }
}

/// Returns the first valid sample as its form reads it.
fn first_written(detector: &Detector) -> Written {
    let sample = detector.valid[0];
    detector.forms.iter().find_map(|form| whole(form, sample)).expect("a form for the sample")
}

/// Returns the text as the form reads it, where it fits as a whole.
fn whole(form: &Form, text: &str) -> Option<Written> {
    prefix(form, text).and_then(|(written, rest)| rest.is_empty().then_some(written))
}

/// Returns the beginning of the text that fits the form, and the rest.
fn prefix<'t>(form: &Form, text: &'t str) -> Option<(Written, &'t str)> {
    let layout = match form {
        Form::Layout(layout) => layout,
        Form::Amount => return Some((Written::line(text), "")),
        _ => panic!("neither a layout nor an amount"),
    };
    let mut written = Written { text: Vec::new(), separator: None, capitals: true };
    let mut rest = text;
    for (symbol, least, most) in symbols(layout) {
        let fits = |character: &char| fits(symbol, *character);
        let taken: Vec<char> = rest.chars().take(most).take_while(fits).collect();
        if taken.len() < least {
            return None;
        }
        rest = &rest[taken.iter().map(|character| character.len_utf8()).sum::<usize>()..];
        taken.into_iter().for_each(|character| written.push(character));
    }
    Some((written, rest))
}

impl Written {
    /// A line that a check sees as it is.
    fn line(text: &str) -> Written {
        let separator = text.bytes().find(|byte| !byte.is_ascii_alphanumeric());
        let capitals = !text.bytes().any(|byte| byte.is_ascii_lowercase());
        Written { text: text.to_ascii_uppercase().into_bytes(), separator, capitals }
    }

    fn push(&mut self, character: char) {
        self.capitals &= !character.is_ascii_lowercase();
        // Of a character outside of ASCII the engine shows a check the first byte, as a separator.
        let byte = character.encode_utf8(&mut [0; 4]).as_bytes()[0].to_ascii_uppercase();
        if byte.is_ascii_alphanumeric() {
            self.text.push(byte);
        } else {
            self.separator.get_or_insert(byte);
        }
    }
}

/// Returns the symbols of a layout with the least and the most that each takes.
fn symbols(layout: &str) -> Vec<(char, usize, usize)> {
    let mut symbols = Vec::new();
    let mut rest = layout;
    while let Some(symbol) = rest.chars().next() {
        rest = &rest[symbol.len_utf8()..];
        let counted = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let (count, after) = counted.unwrap_or(("1", rest));
        let (least, most) = count.split_once(',').unwrap_or((count, count));
        symbols.push((symbol, least.parse().expect("a count"), most.parse().expect("a count")));
        rest = after;
    }
    symbols
}

fn fits(symbol: char, character: char) -> bool {
    match symbol {
        '9' => character.is_ascii_digit(),
        'A' => character.is_ascii_alphabetic(),
        'X' => character.is_ascii_alphanumeric(),
        'Я' => matches!(character, 'Ё'..='Я' | 'Ґ' | 'Ү' | 'Ө'),
        '~' | '*' => panic!("no form under test uses {symbol}"),
        _ => character == symbol,
    }
}

/// The detectors of countries, former ones too, of health, and of any country's documents that are written
/// in layouts only; international schemes have forms of their own, and anchored ones are read in
/// [`anchored`].
fn every() -> impl Iterator<Item = &'static Detector> {
    let national = ["health.", "gov.yu.", "gov.passport"];
    let is_national = move |id: &str| national.iter().any(|family| id.starts_with(family));
    let is_layout = |form: &Form| matches!(form, Form::Layout(_));
    let plain = all().filter(move |detector| detector.forms.iter().all(is_layout));
    plain.filter(move |detector| detector.country.is_some() || is_national(detector.id))
}

/// The anchored detectors, each with its anchors.
fn anchored() -> impl Iterator<Item = (&'static Detector, Vec<&'static Anchor>)> {
    let anchors = |detector: &'static Detector| {
        let anchors = detector.forms.iter().filter_map(|form| match form {
            Form::Anchored(anchor) => Some(*anchor),
            _ => None,
        });
        (detector, anchors.collect::<Vec<_>>())
    };
    all().map(anchors).filter(|(_, anchors)| !anchors.is_empty())
}

/// Returns the stretches of a text that an anchor takes for its form.
fn stretches(anchor: &'static Anchor, text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let anchors = Anchors::new(&[Form::Anchored(anchor)], Kernel::Scalar).unwrap();
    anchors.find(text.as_bytes(), &(0..text.len()), |candidate| spans.push(candidate.span));
    spans
}

/// Returns what a detector finds in a text that one of its anchors takes as a whole.
fn anchored_proof(detector: &Detector, anchors: &[&'static Anchor], text: &str) -> Option<Proof> {
    let takes = |anchor: &&'static Anchor| stretches(anchor, text).contains(&(0..text.len()));
    let form = Form::Anchored(anchors.iter().copied().find(takes)?);
    let found = detector.check(form, text.as_bytes(), 0..text.len(), &mut Vec::new())?;
    (found.span == (0..text.len())).then_some(found.proof)
}

#[test]
fn facts_are_complete_and_unique() {
    let mut ids = BTreeSet::new();
    for detector in every() {
        assert!(ids.insert(detector.id), "{} twice", detector.id);
        assert!(!detector.name.is_empty() && !detector.format.is_empty(), "{}", detector.id);
        assert!(!detector.sources.is_empty(), "{} cites nothing", detector.id);
        assert!(!detector.invalid.is_empty(), "{} has no near miss", detector.id);
        assert!(detector.invalid.iter().all(|(_, reason)| !reason.is_empty()), "{}", detector.id);
        assert!(detector.pass_rate > 0.0 && detector.pass_rate <= 1.0, "{}", detector.id);
        if let Some(country) = detector.country {
            assert!(
                detector.id.split('.').any(|part| part == country.to_lowercase()),
                "{}",
                detector.id
            );
        }
    }
}

#[test]
fn keywords_are_lower_case_and_unique() {
    for detector in every() {
        assert!(!detector.keywords.is_empty(), "{}", detector.id);
        let mut seen = BTreeSet::new();
        for keyword in detector.keywords {
            assert!(seen.insert(keyword), "{}: {keyword} twice", detector.id);
            assert_eq!(*keyword, keyword.to_lowercase().trim(), "{}", detector.id);
        }
    }
}

#[test]
fn scores_rise_with_what_is_known() {
    for detector in every() {
        let Scores { bare, separated, keyword, field } = detector.scores;
        assert!(bare <= separated && separated < keyword && keyword < field, "{}", detector.id);
        assert!(field <= 100, "{}", detector.id);
    }
}

#[test]
fn without_a_check_digit_nothing_is_high_alone() {
    for detector in every() {
        let proof = first_written(detector).proof(detector).expect("a valid sample");
        let plain = ["structure", "date"].map(|check| Evidence::Check(check.into()));
        if proof.evidence.iter().all(|evidence| plain.contains(evidence)) {
            assert!(detector.scores.separated < 80, "{}", detector.id);
        }
    }
}

#[test]
fn anchored_samples_pass_whole_and_near_misses_do_not() {
    for (detector, anchors) in anchored() {
        for sample in detector.valid {
            let proof = proof_of_any(detector, &anchors, sample);
            let proof = proof.unwrap_or_else(|| panic!("{}: {sample}", detector.id));
            assert!(!proof.evidence.is_empty(), "{}: {sample}", detector.id);
        }
        for (sample, reason) in detector.invalid {
            let proof = proof_of_any(detector, &anchors, sample);
            assert_eq!(proof, None, "{}: {sample} ({reason})", detector.id);
        }
    }
}

/// Returns what a detector finds in a text that one of its forms, anchored or not, takes as a whole.
fn proof_of_any(detector: &Detector, anchors: &[&'static Anchor], text: &str) -> Option<Proof> {
    let layouts = detector.forms.iter().filter(|form| matches!(form, Form::Layout(_)));
    let mut written = layouts.filter_map(|form| whole(form, text));
    let plain = written.find_map(|written| written.proof(detector));
    let verbatim = |form: &Form| matches!(form, Form::Verbatim(_));
    let as_written = || bare(detector, text).filter(|_| detector.forms.iter().any(verbatim));
    plain.or_else(|| anchored_proof(detector, anchors, text)).or_else(as_written)
}

#[test]
fn anchored_forms_each_have_a_sample_and_literals_of_bounded_length() {
    for (detector, anchors) in anchored() {
        for anchor in anchors {
            let taken = |sample: &&str| stretches(anchor, sample).contains(&(0..sample.len()));
            assert!(detector.valid.iter().any(taken), "{}: {anchor:?}", detector.id);
            let bounded = |literal: &str| (1..=LONGEST_LITERAL).contains(&literal.len());
            assert!(anchor.literals.iter().all(|literal| bounded(literal)), "{}", detector.id);
        }
    }
}

#[test]
fn checks_of_anchored_forms_refuse_nothing_zeros_and_blanks() {
    for (detector, _) in anchored() {
        for byte in [b'0', b' ', 0, 0xff] {
            for len in 0..=300 {
                let text = &vec![byte; len];
                let value =
                    Value { text, capitals: true, separated: false, separator: None, place: None };
                assert_eq!((detector.check)(&value), None, "{}: {len} of {byte}", detector.id);
            }
        }
    }
}

#[test]
fn valid_samples_pass() {
    for detector in every() {
        for sample in detector.valid {
            let proof =
                proof(detector, sample).unwrap_or_else(|| panic!("{}: {sample}", detector.id));
            let mut written = detector.forms.iter().filter_map(|form| whole(form, sample));
            let significant = written.next().map(|written| written.text.len());
            assert_eq!(Some(proof.len), significant, "{}: {sample}", detector.id);
            assert!(!proof.evidence.is_empty(), "{}: {sample}", detector.id);
        }
    }
}

#[test]
fn invalid_samples_fail() {
    for detector in every() {
        for (sample, reason) in detector.invalid {
            assert_eq!(proof(detector, sample), None, "{}: {sample} ({reason})", detector.id);
        }
    }
}

#[test]
fn every_form_has_a_sample_and_no_form_hides_another() {
    for detector in every() {
        let mut used = BTreeSet::new();
        for sample in detector.valid {
            let fitting = |form: &Form| prefix(form, sample).is_some();
            let first = detector.forms.iter().position(fitting).expect("a form for the sample");
            let read = whole(&detector.forms[first], sample).is_some();
            assert!(read, "{}: {:?} cuts {sample} short", detector.id, detector.forms[first]);
            used.insert(first);
        }
        for (index, form) in detector.forms.iter().enumerate() {
            assert!(used.contains(&index), "{}: no sample for {form:?}", detector.id);
        }
    }
}

#[test]
fn checks_refuse_nothing_zeros_and_other_alphabets() {
    for detector in every() {
        let refuses = |text: &[u8], separator: Option<u8>| {
            let value = Value {
                text,
                capitals: true,
                separated: separator.is_some(),
                separator,
                place: None,
            };
            assert_eq!((detector.check)(&value), None, "{}: {text:?}", detector.id);
        };
        for separator in [None, Some(b'-'), Some(b' ')] {
            // One zero is a blood group.
            (0..=40).filter(|len| *len != 1).for_each(|len| refuses(&vec![b'0'; len], separator));
            let sample = first_written(detector).text;
            // Whatever the forms promise, a check looks at lengths and characters itself.
            refuses(
                &[&sample[..], &sample[..], &sample[..], &sample[..], &sample[..]].concat(),
                separator,
            );
            if detector.forms.contains(&Form::Amount) {
                continue;
            }
            for at in 0..sample.len() {
                for other in [b' ', b'-', b'<', b':', b'/', b'@', b'[', 0, 0xff] {
                    let mut text = sample.clone();
                    text[at] = other;
                    refuses(&text, separator);
                }
            }
        }
    }
}

#[test]
fn random_texts_pass_at_the_declared_rate() {
    const DRAWS: u32 = 20_000;
    let mut complaints = Vec::new();
    for detector in every() {
        let share = pass_rate(detector, DRAWS, |_| true);
        // A few hits more or less are chance where hardly any are expected.
        let chance = 4.0 / f64::from(DRAWS);
        let (least, most) = (detector.pass_rate / 2.0 - chance, detector.pass_rate * 2.0 + chance);
        if !(least..=most).contains(&share) {
            complaints.push(format!("{}: {share}", detector.id));
        }
    }
    assert!(complaints.is_empty(), "{complaints:?}");
}
