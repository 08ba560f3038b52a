//! Israel.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// Israeli identity number (Teudat Zehut).
pub(crate) static ID: Detector = Detector {
    id: "gov.il.id",
    name: "Israeli identity number (Teudat Zehut)",
    category: Category::GovernmentId,
    country: Some("IL"),
    format: "Nine digits, the last by Luhn, a dash before it possible; a leading zero may be left \
             out where the dash stands.",
    forms: &[Form::Layout("9{8}-9"), Form::Layout("9{7}-9"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores::CHECKED,
    keywords: &[
        "teudat zehut",
        "תעודת זהות",
        "מספר זהות",
        "ת.ז",
        "ת\"ז",
        "رقم الهوية",
        "israeli id",
        "israeli id number",
        "israeli identity number",
        "מספר תעודת זהות",
        "mispar zehut",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Population and Immigration Authority (Israel)"],
    valid: &["039337423", "3933742-3", "03933742-3"],
    invalid: &[("039337433", "Luhn"), ("3933742-4", "Luhn"), ("000000000", "zero")],
};

/// Luhn; a leading zero adds nothing to it.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 8 | 9)
        && digits::is_number(value.text)
        && luhn::is_valid(value.text);
    holds.then(|| Proof::whole(value, &["luhn"]))
}
