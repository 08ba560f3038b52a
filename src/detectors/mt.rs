//! Malta.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID_CARD];

/// Identity card, its number for taxes and health as well: no check digit, so the name beside it is
/// everything.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.mt.id",
    name: "Maltese identity card number",
    category: Category::GovernmentId,
    country: Some("MT"),
    format: "Three to seven digits and one of M G A P L H B Z; a blank between them possible.",
    forms: &[Form::Layout("9{3,7} A"), Form::Layout("9{3,7}A")],
    edges: Edges::Alnum,
    check: is_id_card,
    scores: Scores::NAMED,
    keywords: &[
        "maltese id",
        "maltese identity card",
        "malta id",
        "identity card",
        "id card",
        "karta tal-identità",
        "numru tal-karta tal-identità",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 1.0,
    sources: &["European Commission TIN portal: Malta", "Identity Card Act (Cap. 258)"],
    valid: &["0123456M", "12345G", "123456 A"],
    invalid: &[
        ("0123456X", "letter"),
        ("01234567M", "eight digits"),
        ("123456 a", "a small letter behind a blank is the next word"),
    ],
};

/// Up to seven digits and the letter of a register.
fn is_id_card(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_last()?;
    let fits = (3..=7).contains(&number.len())
        && digits::is_number(number)
        && b"MGAPLHBZ".contains(letter)
        && (value.capitals || !value.separated);
    fits.then(|| Proof::whole(value, &["structure"]))
}
