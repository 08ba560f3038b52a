//! Mongolia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&REGISTER];

/// Mongolian registration number.
pub(crate) static REGISTER: Detector = Detector {
    id: "gov.mn.register",
    name: "Mongolian registration number",
    category: Category::GovernmentId,
    country: Some("MN"),
    format: "Two Cyrillic capitals, or what they are in Latin letters, and eight digits YYMMDDNN; \
             20 added to the month from 2000 on.",
    forms: &[Form::Layout("Я{2}9{8}"), Form::Layout("Я{2} 9{8}"), Form::Layout("A{2}9{8}")],
    edges: Edges::Alnum,
    check: is_register,
    scores: Scores { bare: 40, separated: 55, keyword: 85, field: 92 },
    keywords: &[
        "регистрийн дугаар",
        "регистр",
        "mongolian id",
        "регистерийн дугаар",
        "register number",
        "mongolian register",
        "registration number mongolia",
        "рд",
    ],
    window: (60, 40),
    pass_rate: 0.073,
    wrong_digit_rate: 0.8,
    sources: &["General Authority for State Registration (Mongolia)"],
    valid: &["УБ90010112", "АА05232045", "ӨҮ90010112", "УБ 90010112", "UB90010112"],
    invalid: &[
        ("УБ90130112", "month 13"),
        ("UB90130112", "month 13"),
        ("УБ05332045", "month 33"),
        ("У900101122", "one letter"),
        ("УБ00000000", "zero"),
    ],
};

/// Day of birth, 20 added to the month from 2000 on; how the last digit is reckoned is not public.
/// Cyrillic letters are no part of what is checked: what is left without them is eight digits.
fn is_register(value: &Value<'_>) -> Option<Proof> {
    let cyrillic = value.separator.is_some_and(|byte| !byte.is_ascii());
    let number = match value.text.split_last_chunk::<8>()? {
        ([], number) if cyrillic => number,
        ([first, second], number) if first.is_ascii_uppercase() && second.is_ascii_uppercase() => {
            number
        }
        _ => return None,
    };
    digits::exactly::<8>(number)?;
    let born = digits::number(number.get(..6)?)?;
    let (month, day) = (born / 100 % 100, born % 100);
    let (month, century) = if month > 20 { (month - 20, 2000) } else { (month, 1900) };
    let holds = date::is_date(century + born / 10_000, month, day);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}
