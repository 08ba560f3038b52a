//! Australia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&TFN];

/// Tax file number.
pub(crate) static TFN: Detector = Detector {
    id: "gov.au.tfn",
    name: "Australian tax file number",
    category: Category::GovernmentId,
    country: Some("AU"),
    format: "Nine digits in threes or in one run; older ones have eight.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{2,3}"),
        Form::Layout("9{3}-9{3}-9{2,3}"),
        Form::Layout("9{8,9}"),
    ],
    edges: Edges::Digit,
    check: is_tfn,
    scores: Scores::CHECKED,
    keywords: &["tfn", "tax file number", "tax file no", "ato"],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Australian Taxation Office: TFN algorithm"],
    valid: &["123 456 782", "37118629", "123-456-782", "123456782", "371 186 29", "37118660"],
    invalid: &[
        ("999 999 999", "check sum"),
        ("123 456 783", "check sum"),
        ("37118628", "check sum"),
        ("000 000 000", "zero"),
    ],
};

/// A weighted sum divisible by eleven; numbers of eight digits have weights of their own.
fn is_tfn(value: &Value<'_>) -> Option<Proof> {
    let weights: &[u32] = match value.text.len() {
        9 => &[1, 4, 3, 7, 5, 8, 6, 9, 10],
        8 => &[10, 7, 8, 4, 6, 3, 5, 1],
        _ => return None,
    };
    let holds = digits::is_number(value.text)
        && !digits::is_repeated(value.text)
        && weighted::sum(value.text, weights).is_multiple_of(11);
    let test = matches!(value.text, b"37118629" | b"37118660");
    holds.then(|| Proof::whole(value, &["mod11"]).marked_test(test))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn the_offices_samples_are_test_numbers() {
        for (text, test) in [("37118629", true), ("371 186 60", true), ("123 456 782", false)] {
            assert_eq!(proof(&TFN, text).map(|proof| proof.test), Some(test), "{text}");
        }
    }
}
