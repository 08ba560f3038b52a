//! Qatar.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&QID];

/// Qatari identity number (QID).
pub(crate) static QID: Detector = Detector {
    id: "gov.qa.qid",
    name: "Qatari identity number (QID)",
    category: Category::GovernmentId,
    country: Some("QA"),
    format: "Eleven digits: century 2 or 3, year 2, nationality (ISO numeric 3), serial 5.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_qid,
    scores: Scores::NAMED,
    keywords: &[
        "qid",
        "qatar id",
        "رقم البطاقة الشخصية",
        "qatari id",
        "الرقم الشخصي",
        "qatar id number",
        "qid no",
    ],
    window: (60, 40),
    pass_rate: 0.2,
    wrong_digit_rate: 0.919,
    sources: &["Ministry of Interior (Qatar)"],
    valid: &["28563412345", "30135600123"],
    invalid: &[
        ("18563412345", "first digit"),
        ("28500012345", "nationality zero"),
        ("00000000000", "zero"),
    ],
};

/// Century 2 or 3 and a nationality that is not zero; there is no check digit.
fn is_qid(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = matches!(text.first()?, b'2' | b'3') && digits::is_number(text.get(3..6)?);
    holds.then(|| Proof::whole(value, &["structure"]))
}
