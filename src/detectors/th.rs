//! Thailand.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// Thai national identification number.
pub(crate) static ID: Detector = Detector {
    id: "gov.th.id",
    name: "Thai national identification number",
    category: Category::GovernmentId,
    country: Some("TH"),
    format: "Thirteen digits N-NNNN-NNNNN-NN-C, first 1-8.",
    forms: &[
        Form::Layout("9-9{4}-9{5}-9{2}-9"),
        Form::Layout("9 9{4} 9{5} 9{2} 9"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores { bare: 0, separated: 62, keyword: 85, field: 92 },
    keywords: &[
        "เลขประจำตัวประชาชน",
        "บัตรประชาชน",
        "เลขบัตรประชาชน",
        "thai id",
        "national id",
        "citizen id",
        "thai national id",
        "เลขที่บัตรประชาชน",
        "thai citizen id",
    ],
    window: (60, 40),
    pass_rate: 0.08,
    wrong_digit_rate: 0.134,
    sources: &["Department of Provincial Administration (Thailand)"],
    valid: &["3100600445635", "1-2345-45678-78-1", "1 2345 45678 78 1"],
    invalid: &[
        ("3100600445636", "check digit"),
        ("9100600445635", "first digit"),
        ("0000000000000", "zero"),
        ("1-2345-45678-78-2", "check digit"),
    ],
};

/// Twelve digits weighted 13 to 2; the last is that of eleven less the remainder.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let (check, body) = text.split_last()?;
    let sum = weighted::sum(body, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    let holds =
        matches!(text.first()?, b'1'..=b'8') && digits::digit(*check)? == (11 - sum % 11) % 10;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}
