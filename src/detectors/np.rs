//! Nepal.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CITIZENSHIP];

/// Nepali citizenship certificate and national id.
pub(crate) static CITIZENSHIP: Detector = Detector {
    id: "gov.np.citizenship",
    name: "Nepali citizenship certificate and national id",
    category: Category::GovernmentId,
    country: Some("NP"),
    format: "Citizenship NN-NN-NN-NNNNN (district, year, serial); national id ten digits \
             NNN-NNN-NNN-N.",
    forms: &[
        Form::Layout("9{2}-9{2}-9{2}-9{5}"),
        Form::Layout("9{3}-9{3}-9{3}-9"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Digit,
    check: is_citizenship,
    scores: Scores::NAMED,
    keywords: &[
        "nepali citizenship",
        "citizenship no",
        "national id",
        "nin",
        "नागरिकता",
        "राष्ट्रिय परिचयपत्र",
        "citizenship number",
        "citizenship certificate",
        "नागरिकता नम्बर",
        "nepal national id",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Department of National ID and Civil Registration (Nepal)"],
    valid: &["27-01-70-12345", "123-456-789-0", "1234567890"],
    invalid: &[("00-00-00-00000", "zero"), ("000-000-000-0", "zero"), ("0000000000", "zero")],
};

/// Eleven digits of a certificate or ten of a card; neither has a published check digit.
fn is_citizenship(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 10 | 11) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}
