//! Morocco.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CIN];

/// National identity card.
pub(crate) static CIN: Detector = Detector {
    id: "gov.ma.cin",
    name: "Moroccan national identity card (CIN, CNIE)",
    category: Category::GovernmentId,
    country: Some("MA"),
    format: "One or two letters and five or six digits; no check digit.",
    forms: &[Form::Layout("A{1,2} 9{5,6}"), Form::Layout("A{1,2}9{5,6}")],
    edges: Edges::Alnum,
    check: is_cin,
    scores: Scores::NAMED,
    keywords: &[
        "cnie",
        "cin",
        "carte d'identité nationale",
        "carte nationale d'identité",
        "بطاقة التعريف الوطنية",
        "رقم البطاقة الوطنية",
        "moroccan id",
    ],
    window: (60, 40),
    pass_rate: 0.00026,
    wrong_digit_rate: 1.0,
    sources: &["DGSN (Maroc): carte nationale d'identité électronique, loi 04-20"],
    valid: &["AB123456", "J12345", "AB 123456"],
    invalid: &[("ABC123456", "three letters"), ("AB1234", "four digits"), ("AB000000", "zero")],
};

/// One or two letters, five or six digits.
fn is_cin(value: &Value<'_>) -> Option<Proof> {
    let letters = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let number = value.text.get(letters..)?;
    let holds =
        matches!(letters, 1..=2) && matches!(number.len(), 5..=6) && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}
