//! Bahrain.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CPR];

/// Bahraini personal number (CPR).
pub(crate) static CPR: Detector = Detector {
    id: "gov.bh.cpr",
    name: "Bahraini personal number (CPR)",
    category: Category::GovernmentId,
    country: Some("BH"),
    format: "Nine digits YYMMNNNNC: year and month of birth, serial, check digit.",
    forms: &[Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_cpr,
    scores: Scores::NAMED,
    keywords: &[
        "bahrain cpr",
        "cpr",
        "الرقم الشخصي",
        "البطاقة السكانية",
        "cpr number",
        "bahrain id",
        "bahraini id",
        "cpr no",
    ],
    window: (60, 40),
    pass_rate: 0.12,
    wrong_digit_rate: 0.852,
    sources: &["Information & eGovernment Authority (Bahrain): identity card, Law 46/2006"],
    valid: &["850112346", "991201230"],
    invalid: &[("851312346", "month 13"), ("850012346", "month 0"), ("000000000", "zero")],
};

/// The month alone is checked: how the last digit is reckoned is not public.
fn is_cpr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let month = digits::number(text.get(2..4)?)?;
    (1..=12).contains(&month).then(|| Proof::whole(value, &["structure"]))
}
