//! Singapore.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NRIC];

/// Identity card number of citizens and residents, and of foreigners (FIN).
pub(crate) static NRIC: Detector = Detector {
    id: "gov.sg.nric",
    name: "Singapore NRIC and FIN",
    category: Category::GovernmentId,
    country: Some("SG"),
    format: "S or T (citizens, residents) or F, G, M (foreigners), seven digits, check letter.",
    forms: &[Form::Layout("A9{7}A")],
    edges: Edges::Alnum,
    check: is_nric,
    scores: Scores::STRONG,
    keywords: &[
        "nric",
        "fin",
        "nric no",
        "identity card",
        "ic no",
        "身份证号",
        "nombor kad pengenalan",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Immigration and Checkpoints Authority; published algorithm"],
    valid: &["S1234567D", "G1234567X", "M1234567K", "s1234567d"],
    invalid: &[("S1234567E", "check letter"), ("A1234567D", "first letter"), ("S0000000J", "zero")],
};

/// Weights 2 7 6 5 4 3 2 and an offset by the first letter; the remainder by eleven is a letter.
fn is_nric(value: &Value<'_>) -> Option<Proof> {
    let (first, rest) = value.text.split_first()?;
    let (letter, number) = rest.split_last()?;
    let (offset, letters) = match first {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        b'M' => (3, b"XWUTRQPNJLK"),
        _ => return None,
    };
    digits::exactly::<7>(number)?;
    let rest = (weighted::sum(number, &[2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
    (letters.get(usize::try_from(rest).ok()?)? == letter)
        .then(|| Proof::whole(value, &["structure", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn each_first_letter_has_its_offset() {
        for text in ["S1234567D", "T1234567J", "F1234567N", "G1234567X", "M1234567K"] {
            assert!(proof(&NRIC, text).is_some(), "{text}");
        }
    }

    #[test]
    fn one_letter_of_all_fits() {
        for first in ["S", "T", "F", "G", "M"] {
            let letters = ('A'..='Z')
                .filter(|letter| proof(&NRIC, &format!("{first}1234567{letter}")).is_some());
            assert_eq!(letters.count(), 1, "{first}");
        }
    }
}
