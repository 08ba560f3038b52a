//! Cuba.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NI];

/// Identity card.
pub(crate) static NI: Detector = Detector {
    id: "gov.cu.ni",
    name: "Cuban identity number (carné de identidad)",
    category: Category::GovernmentId,
    country: Some("CU"),
    format: "Eleven digits: YYMMDD of birth, a digit for the century, four more. What the last is \
             reckoned from is not public.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_ni,
    scores: Scores::NAMED,
    keywords: &[
        "carné de identidad",
        "carne de identidad",
        "carnet de identidad",
        "número de identidad permanente",
        "cuban id",
    ],
    window: (60, 40),
    pass_rate: 0.037,
    wrong_digit_rate: 0.768,
    sources: &["Decreto-Ley 248/2007 (Cuba): Sistema de Identificación Nacional"],
    valid: &["91021027775", "72062506561", "00022960001"],
    invalid: &[
        ("85023291531", "day 32"),
        ("91023027775", "30 February"),
        ("00022900001", "1900 was no leap year"),
    ],
};

/// The seventh digit names the century: 0 to 5 the 20th, 6 to 8 the 21st, 9 the 19th.
fn is_ni(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let century = match text.get(6)? {
        b'0'..=b'5' => 1900,
        b'9' => 1800,
        _ => 2000,
    };
    let born = digits::number(text.get(..6)?)?;
    let holds = date::is_date(century + born / 10_000, born / 100 % 100, born % 100);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}
