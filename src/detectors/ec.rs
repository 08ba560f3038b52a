//! Ecuador.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CI, &RUC];

/// Identity card.
pub(crate) static CI: Detector = Detector {
    id: "gov.ec.ci",
    name: "Ecuadorian identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("EC"),
    format: "Ten digits: province 01 to 24, 30 or 50, third digit 0 to 6, the last by Luhn.",
    forms: &[Form::Layout("9{9}-9"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_ci,
    scores: Scores::CHECKED,
    keywords: &[
        "cédula ecuatoriana",
        "cédula de identidad",
        "cédula de ciudadanía",
        "cédula",
        "cedula",
        "c.i.",
        "ecuadorian id",
    ],
    window: (60, 40),
    pass_rate: 0.018,
    wrong_digit_rate: 0.0,
    sources: &["Dirección General de Registro Civil (Ecuador): cédula de identidad"],
    valid: &["171430710-3", "0602910945"],
    invalid: &[
        ("1714307104", "check digit"),
        ("8814307103", "province 88"),
        ("0002910945", "province 00"),
    ],
};

/// Tax number of a person.
pub(crate) static RUC: Detector = Detector {
    id: "gov.ec.ruc",
    name: "Ecuadorian tax number of a person (RUC)",
    category: Category::GovernmentId,
    country: Some("EC"),
    format: "Thirteen digits: identity card and establishment from 001. Companies' numbers, with a \
             third digit 6 or 9, are none.",
    forms: &[Form::Layout("9{10}-9{3}"), Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_ruc,
    scores: Scores { bare: 30, separated: 60, keyword: 85, field: 92 },
    keywords: &["ruc", "registro único de contribuyentes", "registro unico de contribuyentes"],
    window: (60, 40),
    pass_rate: 0.016,
    wrong_digit_rate: 0.222,
    sources: &["Servicio de Rentas Internas (Ecuador): RUC"],
    valid: &["1714307103001", "0602910945-001"],
    invalid: &[
        ("1714307104001", "check digit"),
        ("1714307103000", "establishment 000"),
        ("1764307102001", "third digit 6, a public body's, with a fitting check digit"),
    ],
};

/// Province, third digit, Luhn.
fn is_ci(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    is_card(text, b'6').then(|| Proof::whole(value, &["structure", "luhn"]))
}

/// A card with a third digit below 6, and an establishment.
fn is_ruc(value: &Value<'_>) -> Option<Proof> {
    let (card, establishment) = digits::exactly::<13>(value.text)?.split_at_checked(10)?;
    let holds = is_card(card, b'5') && digits::is_number(establishment);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}

fn is_card(text: &[u8], most: u8) -> bool {
    let province = text.get(..2).and_then(digits::number);
    province.is_some_and(|province| matches!(province, 1..=24 | 30 | 50))
        && text.get(2).is_some_and(|third| (b'0'..=most).contains(third))
        && luhn::is_valid(text)
}

#[cfg(test)]
mod tests {
    use super::super::samples::passing;
    use super::*;

    #[test]
    fn provinces() {
        let provinces: Vec<u32> = (1..=24).chain([30, 50]).collect();
        assert_eq!(passing(&CI, "", "1430710"), provinces);
    }
}
