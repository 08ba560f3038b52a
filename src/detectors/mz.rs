//! Mozambique.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NUIT];

/// Tax number.
pub(crate) static NUIT: Detector = Detector {
    id: "gov.mz.nuit",
    name: "Mozambican tax number (NUIT)",
    category: Category::GovernmentId,
    country: Some("MZ"),
    format: "Nine digits, in threes or in one run, the last a check digit; the first is 1 for \
             persons.",
    forms: &[Form::Layout("9{3} 9{3} 9{3}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_nuit,
    scores: Scores::CHECKED,
    keywords: &["nuit", "número único de identificação tributária", "mozambican tax number"],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Autoridade Tributária de Moçambique: NUIT, Decreto 52/2003"],
    valid: &["400339910", "100000008", "123 456 785"],
    invalid: &[("400339911", "check digit"), ("40033991", "eight digits")],
};

/// Weights 8 9 4 5 6 7 8 9; the remainder by eleven is last, ten written 1.
fn is_nuit(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match weighted::sum(body, &[8, 9, 4, 5, 6, 7, 8, 9]) % 11 {
        10 => 1,
        rest => rest,
    };
    let holds = !digits::is_repeated(text) && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["mod11"]))
}
