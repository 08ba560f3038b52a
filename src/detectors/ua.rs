//! Ukraine.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RNTRC, &PASSPORT];

/// Number of the register of taxpayers.
pub(crate) static RNTRC: Detector = Detector {
    id: "gov.ua.rntrc",
    name: "Ukrainian tax number (RNOKPP)",
    category: Category::GovernmentId,
    country: Some("UA"),
    format: "Ten digits: days from 31 December 1899 to birth 5, serial 4, check digit.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_tax_number,
    scores: Scores::CHECKED,
    keywords: &[
        "рнокпп",
        "іпн",
        "ідентифікаційний код",
        "ідентифікаційний номер",
        "податковий номер",
        "инн",
        "идентификационный номер",
        "rnokpp",
        "ukrainian tax number",
    ],
    window: (60, 40),
    pass_rate: 0.048,
    wrong_digit_rate: 0.0,
    sources: &["Податковий кодекс України, ст. 70", "Державна податкова служба України: РНОКПП"],
    valid: &["1759013776", "3284912346"],
    invalid: &[("1759013770", "check digit"), ("9959013776", "born in 2172")],
};

/// Passport and identity card: no check digit that is published, so the name beside them is
/// everything. The letters of a booklet's series are no part of what is digested or masked.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.ua.passport",
    name: "Ukrainian passport and identity card",
    category: Category::GovernmentId,
    country: Some("UA"),
    format: "Booklet: two Cyrillic letters and six digits, a blank between them possible. Travel \
             passport: two Latin letters and six digits. Record in the register (УНЗР): \
             YYYYMMDD-NNNNN.",
    forms: &[
        Form::Layout("Я{2} 9{6}"),
        Form::Layout("Я{2}9{6}"),
        Form::Layout("A{2}9{6}"),
        Form::Layout("9{8}-9{5}"),
    ],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "паспорт україни",
        "паспорт громадянина україни",
        "паспорт",
        "паспорта",
        "серія",
        "серія та номер",
        "унзр",
        "посвідчення",
        "серия",
        "ukrainian passport",
        "passport",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 0.882,
    sources: &[
        "Закон України № 5492-VI про Єдиний державний демографічний реєстр",
        "Державна міграційна служба України",
    ],
    valid: &["АБ 123456", "АБ123456", "FE123456", "19900101-01234"],
    invalid: &[
        ("А 123456", "one letter"),
        ("АБ 12345", "five digits"),
        ("19901301-01234", "month 13"),
    ],
};

/// A day of birth up to 2031, and weights −1 5 7 9 4 6 10 5 7 by eleven, ten written 0.
fn is_tax_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let born = (1..=48_000).contains(&digits::number_at(text, 0..5)?);
    let holds = born && weighted::ends_in_remainder(text, &[10, 5, 7, 9, 4, 6, 10, 5, 7], 11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Six digits behind a series, in letters of either alphabet, or a date of birth and five digits.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let fits = match text.len() {
        6 => digits::is_number(text),
        8 => digits::behind_letters::<2>(text).is_some(),
        13 => digits::is_number(text) && is_born(text)?,
        _ => false,
    };
    fits.then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether the first eight digits are a date, year first.
fn is_born(text: &[u8]) -> Option<bool> {
    let year = digits::number_at(text, 0..4)?;
    let month = digits::number_at(text, 4..6)?;
    let day = digits::number_at(text, 6..8)?;
    Some((1800..2100).contains(&year) && date::is_date(year, month, day))
}
