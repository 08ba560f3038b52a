//! Health numbers of Scotland and Northern Ireland; that of England and Wales is with the others of
//! its kind.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Scottish number, the date of birth in front.
pub(super) static CHI: Detector = Detector {
    id: "health.gb.chi",
    name: "Scottish community health index number (CHI)",
    category: Category::HealthId,
    country: Some("GB"),
    format: "Ten digits DDMMYY NNNC; ninth digit even for women; check as the NHS number.",
    forms: &[Form::Layout("9{6} 9{4}"), Form::Layout("9{3} 9{3} 9{4}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_chi,
    // One in 300 numbers of that layout passes, and others use it too.
    scores: Scores { bare: 35, separated: 45, keyword: 85, field: 92 },
    keywords: &["chi", "chi number", "chi no", "community health index", "nhs scotland"],
    window: (60, 40),
    pass_rate: 0.0034,
    wrong_digit_rate: 0.0,
    sources: &["Public Health Scotland: CHI number, data dictionary"],
    valid: &["010190 1232", "3112550447", "010 190 1232"],
    invalid: &[
        ("010190 1233", "check digit"),
        ("0113901234", "month 13"),
        ("0113901230", "month 13"),
        ("0000000000", "zero"),
    ],
};

/// Number of Northern Ireland, of a range that the NHS number leaves free.
pub(super) static HCN: Detector = Detector {
    id: "health.gb.hcn",
    name: "Northern Ireland health and care number",
    category: Category::HealthId,
    country: Some("GB"),
    format: "Ten digits 320 000 0010 to 399 999 9999, check as the NHS number.",
    forms: &[Form::Layout("9{3} 9{3} 9{4}"), Form::Layout("9{3}-9{3}-9{4}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_hcn,
    scores: Scores::CHECKED,
    keywords: &["health and care number", "h&c number", "h and c number", "hcn", "hsc number"],
    window: (60, 40),
    pass_rate: 0.0072,
    wrong_digit_rate: 0.0,
    sources: &["HSC Business Services Organisation: Health and Care Number"],
    valid: &["320 123 4567", "3987654325", "320-123-4567"],
    invalid: &[("320 123 4568", "check digit"), ("310 123 4567", "range")],
};

/// Date of birth, and the check digit of NHS numbers.
fn is_chi(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let [day, month, year] = digits::pairs(text.get(..6)?)?;
    let holds = date::is_short_date(year, month, day) && has_nhs_digit(text);
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

/// A range of its own, and the check digit of NHS numbers.
fn is_hcn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let range = matches!(digits::number(text.get(..3)?)?, 320..=399);
    (range && has_nhs_digit(text)).then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Weights 10 to 2, and 1 for the check digit: the sum is divisible by eleven.
fn has_nhs_digit(text: &[u8; 10]) -> bool {
    weighted::sum(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}
