//! Amounts with their units, and how often they are to be taken.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;

/// Instructions of a prescription; articles on medicine write doses too, so that a word for a
/// prescription is needed.
pub(crate) static PRESCRIPTION: Detector = Detector {
    id: "health.prescription",
    name: "Dosage instruction of a prescription",
    category: Category::Health,
    country: None,
    format: "Amount with its unit, perhaps how it is given, and how often, in the Latin short forms of \
             prescriptions, in words or as numbers for the times of day: 20 mg PO BID, 1-0-1.",
    forms: &[Form::Amount],
    edges: Edges::Alnum,
    check: is_prescription,
    scores: Scores { bare: 0, separated: 0, keyword: 65, field: 88 },
    keywords: &[
        "prescription",
        "prescribed",
        "rx",
        "sig",
        "dispense",
        "refills",
        "medication",
        "dosage",
        "patient",
        "rezept",
        "dosierung",
        "ordonnance",
        "posologie",
        "receta",
        "posología",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.783,
    sources: &["Institute for Safe Medication Practices: abbreviations in medication orders"],
    valid: &[
        "20 mg PO BID",
        "500 mg, 1-0-1",
        "1 tab daily",
        "0.5 mg by mouth twice daily",
        "10ml PO q8h",
        "1 drop three times a day",
        "2,5 mg 1-0-0-1",
    ],
    invalid: &[
        ("20 mg of flour", "no frequency"),
        ("20 BID", "no unit"),
        ("0 mg PO BID", "zero"),
        ("20 mg bidirectional", "a longer word"),
    ],
};

const UNITS: &[&str] = &[
    "MG", "MCG", "\u{b5}G", "\u{3bc}G", "G", "ML", "IU", "UNITS", "UNIT", "TABLETS", "TABLET",
    "TABS", "TAB", "CAPSULES", "CAPSULE", "CAPS", "CAP", "DROPS", "DROP", "PUFFS",
];
const ROUTES: &[&str] =
    &["PO", "IV", "IM", "SC", "SL", "PR", "BY MOUTH", "ORALLY", "SUBCUTANEOUSLY"];
const FREQUENCIES: &[&str] = &[
    "QD",
    "BID",
    "TID",
    "QID",
    "PRN",
    "QHS",
    "ONCE DAILY",
    "TWICE DAILY",
    "DAILY",
    "NIGHTLY",
    "AT BEDTIME",
    "ONCE A DAY",
    "TWICE A DAY",
    "THREE TIMES A DAY",
    "2 TIMES A DAY",
    "3 TIMES A DAY",
    "4 TIMES A DAY",
    "ONCE PER DAY",
    "TWICE PER DAY",
    "2 TIMES PER DAY",
    "3 TIMES PER DAY",
    "4 TIMES PER DAY",
];

/// What follows the number of an amount, in capitals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount<'t> {
    rest: &'t [u8],
}

impl<'t> Amount<'t> {
    /// Takes a number of one to four digits, not zero, with up to three decimals.
    pub(super) fn number(text: &'t [u8]) -> Option<Amount<'t>> {
        let (whole, rest) = digits_of(text);
        let decimals = match rest {
            [b'.' | b',', tail @ ..] => Some(digits_of(tail)),
            _ => None,
        };
        let (decimals, rest) =
            decimals.filter(|(digits, _)| !digits.is_empty()).unwrap_or((&[], rest));
        let is_zero = whole.iter().chain(decimals).all(|digit| *digit == b'0');
        let fits = (1..=4).contains(&whole.len()) && decimals.len() <= 3;
        (fits && !is_zero).then_some(Amount { rest })
    }

    /// Takes two numbers of two or three digits with a slash between, as blood pressure is written.
    pub(super) fn pressure(text: &'t [u8]) -> Option<Amount<'t>> {
        let (upper, rest) = digits_of(text);
        let (lower, rest) = digits_of(rest.strip_prefix(b"/")?);
        let fits = |digits: &[u8]| matches!(digits.len(), 2 | 3) && digits.first() != Some(&b'0');
        (fits(upper) && fits(lower)).then_some(Amount { rest })
    }

    /// Takes a unit, a blank allowed before it, and returns the rest of the text.
    pub(super) fn unit(self, units: &[&str]) -> Option<&'t [u8]> {
        word_of(self.rest.strip_prefix(b" ").unwrap_or(self.rest), units)
    }
}

/// Takes the first of the words that the text begins with and that ends there.
fn word_of<'t>(text: &'t [u8], words: &[&str]) -> Option<&'t [u8]> {
    let behind = |word: &&str| text.strip_prefix(word.as_bytes());
    let ends = |rest: &&[u8]| rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    words.iter().filter_map(behind).find(ends)
}

/// Splits off the digits that the text begins with.
fn digits_of(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

/// Returns the text behind up to three blanks and commas, if there is one at least.
fn behind_gap(text: &[u8]) -> Option<&[u8]> {
    let gap = text.iter().take(3).take_while(|byte| b" ,".contains(byte)).count();
    (gap > 0).then(|| text.get(gap..))?
}

/// Amount, unit, route, frequency.
fn is_prescription(value: &Value<'_>) -> Option<Proof> {
    let rest = behind_gap(Amount::number(value.text)?.unit(UNITS)?)?;
    let given = word_of(rest, ROUTES).and_then(behind_gap).unwrap_or(rest);
    let rest =
        word_of(given, FREQUENCIES).or_else(|| hours(given)).or_else(|| times_of_day(given))?;
    let len = value.text.len() - rest.len();
    Some(Proof { len, ..Proof::whole(value, &["structure"]) })
}

/// Takes `q8h`.
fn hours(text: &[u8]) -> Option<&[u8]> {
    let (digits, rest) = digits_of(text.strip_prefix(b"Q")?);
    matches!(digits.len(), 1 | 2).then(|| word_of(rest, &["H"]))?
}

/// Takes numbers for morning, noon, evening and perhaps night, with dashes between.
fn times_of_day(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'-');
    let (scheme, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let times = scheme.split(|byte| *byte == b'-');
    let fits = times.clone().all(|time| matches!(time, [b'0'..=b'4']));
    (fits && matches!(times.count(), 3 | 4)).then_some(rest)
}
