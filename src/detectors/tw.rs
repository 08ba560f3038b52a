//! Taiwan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// Taiwanese national identification number.
pub(crate) static ID: Detector = Detector {
    id: "gov.tw.id",
    name: "Taiwanese national identification number",
    category: Category::GovernmentId,
    country: Some("TW"),
    format: "Letter (region), 1 or 2 (sex), eight digits, the last a check digit. Foreigners \
             since 2021: second digit 8 or 9; before: second a letter A-D.",
    forms: &[Form::Layout("A9{9}"), Form::Layout("A{2}9{8}")],
    edges: Edges::Alnum,
    check: is_id,
    scores: Scores::MEDIUM,
    keywords: &[
        "身分證字號",
        "身分證",
        "身份證字號",
        "統一編號",
        "居留證",
        "taiwan id",
        "national id",
        "arc number",
        "中華民國身分證",
        "taiwanese id",
        "外來人口統一證號",
    ],
    window: (60, 40),
    pass_rate: 2e-6,
    wrong_digit_rate: 0.089,
    sources: &[
        "Ministry of the Interior (Taiwan); National Immigration Agency: new UI number 2021",
    ],
    valid: &["A123456789", "F131104093", "A800000014", "AB12345677"],
    invalid: &[
        ("A123456788", "check digit"),
        ("A323456789", "second character"),
        ("A323456784", "second character 3"),
        ("A100000000", "zero"),
    ],
};

/// The first letter counts two digits, weighted 1 and 9; the others are weighted 8 to 1 and 1, and
/// the sum is divisible by ten. A second letter counts the last of its two digits.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let (head, number) = value.text.split_last_chunk::<8>()?;
    let [region, second] = head else { return None };
    let region = letter(*region)?;
    let second = match second {
        b'1' | b'2' | b'8' | b'9' => digits::digit(*second)?,
        b'A'..=b'D' => letter(*second)? % 10,
        _ => return None,
    };
    let sum = region / 10
        + region % 10 * 9
        + second * 8
        + weighted::sum(number, &[7, 6, 5, 4, 3, 2, 1, 1]);
    let holds = digits::is_number(number) && sum.is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// Returns the two digits that a region's letter stands for, 10 to 35; W, Z, I and O came late.
fn letter(byte: u8) -> Option<u32> {
    let place = b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|&letter| letter == byte)?;
    u32::try_from(place + 10).ok()
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_check_digit_fits_for_every_region_and_kind() {
        for region in 'A'..='Z' {
            for kind in ['1', '2', '8', '9', 'A', 'B', 'C', 'D'] {
                let fits = |check: &u32| proof(&ID, &format!("{region}{kind}2345678{check}"));
                assert_eq!((0..10).filter(|c| fits(c).is_some()).count(), 1, "{region}{kind}");
            }
        }
    }
}
