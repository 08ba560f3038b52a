//! Kenya.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID, &PIN];

/// National identity card.
pub(crate) static ID: Detector = Detector {
    id: "gov.ke.id",
    name: "Kenyan national identity number",
    category: Category::GovernmentId,
    country: Some("KE"),
    format: "Seven or eight digits; Maisha numbers nine. No check digit.",
    forms: &[Form::Layout("9{7,9}")],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores::NAMED,
    keywords: &[
        "kenyan id",
        "kenya id",
        "national id",
        "national id number",
        "national id no",
        "huduma namba",
        "huduma",
        "maisha namba",
        "kitambulisho",
        "nambari ya kitambulisho",
    ],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["National Registration Bureau (Kenya): Registration of Persons Act, cap. 107"],
    valid: &["12345678", "2345678", "123456789"],
    invalid: &[("123456", "six digits"), ("1234567890", "ten digits"), ("00000000", "zero")],
};

/// Tax number.
pub(crate) static PIN: Detector = Detector {
    id: "gov.ke.pin",
    name: "Kenyan tax number (KRA PIN)",
    category: Category::GovernmentId,
    country: Some("KE"),
    format: "A for persons or P for companies, nine digits, a letter. What the letter is reckoned \
             from is not public.",
    forms: &[Form::Layout("A9{9}A")],
    edges: Edges::Alnum,
    check: is_pin,
    scores: Scores::MEDIUM,
    keywords: &["kra pin", "kra", "kra number", "itax pin", "tax pin"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["Kenya Revenue Authority: PIN", "Tax Procedures Act 2015 (Kenya)"],
    valid: &["P051365947M", "A004416331M"],
    invalid: &[
        ("V123456789M", "first letter"),
        ("A000000000M", "zero"),
        ("A00441633M", "eight digits"),
    ],
};

/// Seven to nine digits.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let holds = (7..=9).contains(&value.text.len()) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// A or P, nine digits, a letter.
fn is_pin(value: &Value<'_>) -> Option<Proof> {
    let (kind, rest) = value.text.split_first()?;
    let (last, number) = rest.split_last()?;
    digits::exactly::<9>(number)?;
    let holds = matches!(kind, b'A' | b'P') && last.is_ascii_uppercase();
    holds.then(|| Proof::whole(value, &["structure"]))
}
