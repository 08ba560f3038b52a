//! Angola.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&BI];

/// Identity card, its number the tax number of a person as well.
pub(crate) static BI: Detector = Detector {
    id: "gov.ao.bi",
    name: "Angolan identity card (bilhete de identidade)",
    category: Category::GovernmentId,
    country: Some("AO"),
    format: "Nine digits, two letters for the province, three digits: 006151112LA041.",
    forms: &[Form::Layout("9{9}A{2}9{3}")],
    edges: Edges::Alnum,
    check: is_bi,
    scores: Scores::MEDIUM,
    keywords: &["angolan id", "angola id", "bilhete de identidade", "número do bilhete", "nif"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["Ministério da Justiça e dos Direitos Humanos (Angola): bilhete de identidade"],
    valid: &["006151112LA041", "001234567BA012"],
    invalid: &[
        ("006151112XX041", "no province"),
        ("000000000LA041", "zero"),
        ("00615111LA041", "eight digits"),
    ],
};

/// Nine digits, a province, three digits; no check digit is known.
fn is_bi(value: &Value<'_>) -> Option<Proof> {
    let (number, rest) = value.text.split_at_checked(9)?;
    let (province, last) = rest.split_at_checked(2)?;
    digits::exactly::<9>(number)?;
    let ends = last.len() == 3 && last.iter().all(u8::is_ascii_digit);
    let holds = ends && PROVINCES.contains(&province);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The provinces of before 2024, and NE and KK as cards carry them.
const PROVINCES: [&[u8]; 19] = [
    b"BA", b"BE", b"BO", b"CA", b"CC", b"CE", b"HA", b"HO", b"KK", b"KN", b"KS", b"LA", b"LN",
    b"LS", b"ME", b"MO", b"NE", b"UE", b"ZE",
];
