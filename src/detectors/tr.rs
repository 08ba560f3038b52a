//! Türkiye.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&KIMLIK, &VKN];

/// Identification number of citizens, and of foreigners (beginning with 99).
pub(crate) static KIMLIK: Detector = Detector {
    id: "gov.tr.kimlik",
    name: "Turkish identification number (T.C. kimlik no)",
    category: Category::GovernmentId,
    country: Some("TR"),
    format: "Eleven digits, the first not 0, the last two check digits.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_kimlik,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "tc kimlik",
        "t.c. kimlik",
        "kimlik no",
        "tckn",
        "tc kimlik no",
        "tc no",
        "kimlik numarası",
        "turkish id",
        "turkish identification number",
    ],
    window: (60, 40),
    pass_rate: 0.0089,
    wrong_digit_rate: 0.0,
    sources: &["Nüfus ve Vatandaşlık İşleri: T.C. kimlik numarası", "5490 sayılı Kanun"],
    valid: &["17291716060", "10000000146"],
    invalid: &[
        ("17291716050", "tenth digit"),
        ("17291716062", "last digit"),
        ("07291716092", "first digit"),
    ],
};

/// Tax number of companies, and of people before they had one identification number.
pub(crate) static VKN: Detector = Detector {
    id: "gov.tr.vkn",
    name: "Turkish tax number (VKN)",
    category: Category::GovernmentId,
    country: Some("TR"),
    format: "Ten digits, the last a check digit.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_vkn,
    scores: Scores::CHECKED,
    keywords: &[
        "vkn",
        "vergi no",
        "vergi kimlik",
        "vergi kimlik no",
        "vergi numarası",
        "vergi dairesi",
        "turkish tax number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Gelir İdaresi Başkanlığı: vergi kimlik numarası"],
    valid: &["4540536920", "9876543217"],
    invalid: &[("4540536921", "check digit"), ("454053692", "nine digits"), ("0000000000", "zero")],
};

/// The tenth digit is seven times the odd places less the even ones, the eleventh the sum of the first
/// ten, both by ten.
fn is_kimlik(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    // −1 is 9 by 10.
    let holds = !text.starts_with(b"0")
        && weighted::ends_in_remainder(text.get(..10)?, &[7, 9], 10)
        && weighted::ends_in_remainder(text, &[1], 10);
    holds.then(|| Proof::whole(value, &["mod10"]))
}

/// To each of the first nine digits 9 to 1 are added, and of what that leaves by ten the product with
/// 2 to the same power is taken by nine, nine instead of 0 where anything was left; the check digit
/// completes their sum to a multiple of ten.
fn is_vkn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let (check, body) = text.split_last()?;
    let sum = body.iter().zip((1..=9).rev()).try_fold(0, |sum, (&byte, power)| {
        let rest = (digits::digit(byte)? + power) % 10;
        let product = rest * (1 << power) % 9;
        Some(sum + if rest > 0 && product == 0 { 9 } else { product })
    })?;
    let holds = (sum + digits::digit(*check)?).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["mod10"]))
}
