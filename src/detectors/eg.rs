//! Egypt.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NID];

/// National identity number.
pub(crate) static NID: Detector = Detector {
    id: "gov.eg.nid",
    name: "Egyptian national identity number",
    category: Category::GovernmentId,
    country: Some("EG"),
    format: "Fourteen digits: century 2 or 3, YYMMDD of birth, governorate, serial, and a last \
             digit whose arithmetic is not public. Written in Arabic digits it is not found.",
    forms: &[Form::Layout("9{14}")],
    edges: Edges::Digit,
    check: is_nid,
    scores: Scores::MEDIUM,
    keywords: &[
        "egyptian id",
        "الرقم القومي",
        "رقم قومي",
        "بطاقة الرقم القومي",
        "national id",
        "national id number",
    ],
    window: (60, 40),
    pass_rate: 0.0019,
    wrong_digit_rate: 0.68,
    sources: &["Civil Status Law 143/1994 (Egypt); Civil Status Organization"],
    valid: &["29001011234567", "30506158800123", "30002290112345"],
    invalid: &[
        ("29013011234567", "month 13"),
        ("29001015034567", "governorate 50"),
        ("20002290112345", "1900 was no leap year"),
        ("49001011234567", "century 4"),
    ],
};

/// Century 2 is the 20th and 3 the 21st; governorates 01 to 04, 11 to 19, 21 to 29, 31 to 35, and
/// 88 abroad.
fn is_nid(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<14>(value.text)?;
    let century = match text.first()? {
        b'2' => 1900,
        b'3' => 2000,
        _ => return None,
    };
    let born = digits::number(text.get(1..7)?)?;
    let governorate = digits::number(text.get(7..9)?)?;
    let holds = date::is_date(century + born / 10_000, born / 100 % 100, born % 100)
        && matches!(governorate, 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}
