//! Canada.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&SIN];

/// Social insurance number.
pub(crate) static SIN: Detector = Detector {
    id: "gov.ca.sin",
    name: "Canadian social insurance number",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Nine digits in threes or in one run, the last by Luhn.",
    forms: &[Form::Layout("9{3} 9{3} 9{3}"), Form::Layout("9{3}-9{3}-9{3}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_sin,
    scores: Scores::CHECKED,
    keywords: &[
        "sin",
        "social insurance",
        "social insurance number",
        "sin number",
        "nas",
        "numéro d'assurance sociale",
        "assurance sociale",
    ],
    window: (60, 40),
    pass_rate: 0.08,
    wrong_digit_rate: 0.0,
    sources: &["Employment and Social Development Canada: SIN code of practice"],
    valid: &["123-456-782", "130 692 544", "130692544"],
    invalid: &[
        ("123-456-783", "Luhn"),
        ("046 454 286", "first digit 0, the fictitious number printed in guides"),
        ("800 000 002", "first digit 8 belongs to business numbers"),
    ],
};

/// A first digit 0 is the revenue agency's own, 8 a business number's; 9 is a temporary resident's.
fn is_sin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let personal = !matches!(text.first()?, b'0' | b'8') && !digits::is_repeated(text);
    (personal && luhn::is_valid(text)).then(|| Proof::whole(value, &["structure", "luhn"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn temporary_residents_have_one() {
        assert!(proof(&SIN, "900 000 001").is_some());
    }
}
