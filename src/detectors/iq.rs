//! Iraq.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// Iraqi national card number.
pub(crate) static ID: Detector = Detector {
    id: "gov.iq.id",
    name: "Iraqi national card number",
    category: Category::GovernmentId,
    country: Some("IQ"),
    format: "Twelve digits; the card's serial one or two letters and seven digits.",
    forms: &[Form::Layout("9{12}"), Form::Layout("A{1,2}9{7}")],
    edges: Edges::Alnum,
    check: is_id,
    scores: Scores::NAMED,
    keywords: &[
        "iraqi national card",
        "البطاقة الوطنية",
        "الرقم الوطني",
        "رقم البطاقة",
        "iraqi id",
        "iraqi national id",
        "البطاقة الوطنية الموحدة",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Ministry of Interior (Iraq)"],
    valid: &["199012345678", "AA1234567", "A1234567"],
    invalid: &[("000000000000", "zero"), ("AA0000000", "zero")],
};

/// Neither the number nor the card's serial has a published check digit.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let holds = match value.text {
        [first, second, number @ ..]
            if first.is_ascii_uppercase() && second.is_ascii_uppercase() =>
        {
            digits::exactly::<7>(number).is_some()
        }
        [first, number @ ..] if first.is_ascii_uppercase() => {
            digits::exactly::<7>(number).is_some()
        }
        number => digits::exactly::<12>(number).is_some(),
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}
