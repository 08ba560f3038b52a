//! Azerbaijan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&FIN];

/// Personal identification number: no check digit, so the name right before it is everything.
///
/// One in twelve consists of letters alone and is not found: words of seven letters are too many.
pub(crate) static FIN: Detector = Detector {
    id: "gov.az.fin",
    name: "Azerbaijani personal identification number (FİN)",
    category: Category::GovernmentId,
    country: Some("AZ"),
    format: "Seven letters or digits, at least one of them a digit, without I and O.",
    forms: &[Form::Layout("9X{6}"), Form::Layout("AX{6}")],
    edges: Edges::Alnum,
    check: is_fin,
    scores: Scores::NAMED,
    keywords: &[
        "fin kod",
        "fin kodu",
        "fin code",
        "fin nömrəsi",
        "şəxsiyyət vəsiqəsi",
        "azerbaijan id",
    ],
    window: (20, 20),
    pass_rate: 0.65,
    wrong_digit_rate: 1.0,
    sources: &["OECD TIN sheet: Azerbaijan"],
    valid: &["5FL21AB", "1A2B3C4", "AB12C34"],
    invalid: &[
        ("5FL21A", "six characters"),
        ("5FI21AB", "I is not used"),
        ("5FO21AB", "O is not used"),
    ],
};

/// Seven characters, a digit among them, neither I nor O, and not one over and over.
fn is_fin(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 7]>::try_from(value.text).ok()?;
    let used = text
        .iter()
        .all(|&byte| digits::alphanumeric(byte).is_some() && !matches!(byte, b'I' | b'O'));
    let holds = used && text.iter().any(u8::is_ascii_digit) && !digits::is_repeated(text);
    holds.then(|| Proof::whole(value, &["structure"]))
}
