//! Slovakia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID_CARD];

/// Identity card: no check digit, so the name beside it is everything.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.sk.id-card",
    name: "Slovak identity card number",
    category: Category::GovernmentId,
    country: Some("SK"),
    format: "Two letters and six digits; a blank between them possible.",
    forms: &[Form::Layout("A{2} 9{6}"), Form::Layout("A{2}9{6}")],
    edges: Edges::Alnum,
    check: is_id_card,
    scores: Scores::NAMED,
    keywords: &[
        "občiansky preukaz",
        "občianskeho preukazu",
        "číslo op",
        "č. op",
        "slovak identity card",
        "identity card",
    ],
    window: (60, 40),
    pass_rate: 0.0002,
    wrong_digit_rate: 1.0,
    sources: &["Zákon č. 395/2019 Z. z. o občianskych preukazoch"],
    valid: &["EA123456", "SP 654321"],
    invalid: &[("E1234567", "one letter"), ("EA12345", "five digits"), ("EA000000", "zero")],
};

/// Two letters and six digits; small letters behind a blank are a word.
fn is_id_card(value: &Value<'_>) -> Option<Proof> {
    let (_, number) = digits::behind_letters::<2>(value.text)?;
    let fits = number.len() == 6 && (value.capitals || !value.separated);
    fits.then(|| Proof::whole(value, &["structure"]))
}
