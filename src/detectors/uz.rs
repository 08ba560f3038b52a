//! Uzbekistan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PINFL];

/// Personal identification number. Its last digit is said to be a check digit; how it is reckoned is
/// not published.
pub(crate) static PINFL: Detector = Detector {
    id: "gov.uz.pinfl",
    name: "Uzbek personal identification number (PINFL, JShShIR)",
    category: Category::GovernmentId,
    country: Some("UZ"),
    format: "Fourteen digits: sex and century 1 to 6, DDMMYY, district 3, serial 3, check digit.",
    forms: &[Form::Layout("9{14}")],
    edges: Edges::Digit,
    check: is_pinfl,
    scores: Scores::NAMED,
    keywords: &[
        "jshshir",
        "pinfl",
        "shaxsiy identifikatsiya raqami",
        "жшшир",
        "пинфл",
        "uzbek personal number",
    ],
    window: (60, 40),
    pass_rate: 0.021,
    wrong_digit_rate: 0.837,
    sources: &["Ўзбекистон Республикаси Президентининг ПҚ-2752-сон қарори"],
    valid: &["31201880230012", "60105010150021"],
    invalid: &[("31213880230012", "month 13"), ("71201880230012", "first digit")],
};

/// Date with the century before it.
fn is_pinfl(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<14>(value.text)?;
    let year = date::century(*text.first()?)? + digits::number_at(text, 5..7)?;
    date::is_date(year, digits::number_at(text, 3..5)?, digits::number_at(text, 1..3)?)
        .then(|| Proof::whole(value, &["date"]))
}
