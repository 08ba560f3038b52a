//! Australia.

mod bank;
mod health;

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[
    &TFN,
    &ABN,
    &PASSPORT,
    &DRIVER_LICENCE,
    &bank::BSB_ACCOUNT,
    &bank::BSB,
    &health::MEDICARE,
    &health::IHI,
    &health::DVA,
];

/// Tax file number.
pub(crate) static TFN: Detector = Detector {
    id: "gov.au.tfn",
    name: "Australian tax file number",
    category: Category::GovernmentId,
    country: Some("AU"),
    format: "Nine digits in threes or in one run; older ones have eight.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{2,3}"),
        Form::Layout("9{3}-9{3}-9{2,3}"),
        Form::Layout("9{8,9}"),
    ],
    edges: Edges::Digit,
    check: is_tfn,
    scores: Scores::CHECKED,
    keywords: &["tfn", "tax file number", "tax file no", "ato"],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Australian Taxation Office: TFN algorithm"],
    valid: &["123 456 782", "37118629", "123-456-782", "123456782", "371 186 29", "37118660"],
    invalid: &[
        ("999 999 999", "check sum"),
        ("123 456 783", "check sum"),
        ("37118628", "check sum"),
        ("000 000 000", "zero"),
    ],
};

/// Australian business number (personal for sole traders).
pub(crate) static ABN: Detector = Detector {
    id: "gov.au.abn",
    name: "Australian business number (personal for sole traders)",
    category: Category::GovernmentId,
    country: Some("AU"),
    format: "Eleven digits NN NNN NNN NNN, the first two are check digits.",
    forms: &[
        Form::Layout("9{2} 9{3} 9{3} 9{3}"),
        Form::Layout("9{2}-9{3}-9{3}-9{3}"),
        Form::Layout("9{2} 9{9}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_abn,
    scores: Scores::CHECKED,
    keywords: &["abn", "australian business number", "abn number", "abn no"],
    window: (60, 40),
    pass_rate: 0.0099,
    wrong_digit_rate: 0.0,
    sources: &["Australian Business Register: format of the ABN"],
    valid: &["83 914 571 673", "51824753556", "83-914-571-673", "51 824753556"],
    invalid: &[
        ("99 999 999 999", "checksum"),
        ("83 914 571 674", "checksum"),
        ("03 914 571 673", "begins with 0"),
    ],
};

/// Australian passport number.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.au.passport",
    name: "Australian passport number",
    category: Category::GovernmentId,
    country: Some("AU"),
    format: "A letter (A, C, D, E, F, N, U, X), or P or R and a letter, then seven digits.",
    forms: &[Form::Layout("A{1,2}9{7}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "australian passport",
        "passport",
        "passport number",
        "passport no",
        "travel document",
    ],
    window: (60, 40),
    pass_rate: 3e-5,
    wrong_digit_rate: 1.0,
    sources: &["Australian Passport Office"],
    valid: &["N1234567", "PA0940443", "RA1234567", "e4012345"],
    invalid: &[
        ("N0000000", "zero"),
        ("Z1234567", "no such series"),
        ("BA1234567", "no such series"),
    ],
};

/// Australian driver licence.
pub(crate) static DRIVER_LICENCE: Detector = Detector {
    id: "gov.au.driver-licence",
    name: "Australian driver licence",
    category: Category::GovernmentId,
    country: Some("AU"),
    format: "Five to ten digits, a letter and five to ten, or four digits and two letters, by \
             state; the card's own number is another one.",
    forms: &[Form::Layout("9{4}A{2}"), Form::Layout("9{5,10}"), Form::Layout("A9{5,10}")],
    edges: Edges::Alnum,
    check: is_driver_licence,
    scores: Scores::NAMED,
    keywords: &[
        "australian driver licence",
        "driver licence",
        "drivers licence",
        "driver's licence",
        "driver license",
        "licence no",
        "licence number",
        "vicroads",
        "service nsw",
        "driver licence number",
        "driver licence no",
        "australian drivers licence",
    ],
    window: (30, 20),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Austroads NEVDIS"],
    valid: &["12345678", "A12345", "1234AB"],
    invalid: &[("0000AB", "zero"), ("00000000", "zero"), ("A00000", "zero")],
};

/// A weighted sum divisible by eleven; numbers of eight digits have weights of their own.
fn is_tfn(value: &Value<'_>) -> Option<Proof> {
    let weights: &[u32] = match value.text.len() {
        9 => &[1, 4, 3, 7, 5, 8, 6, 9, 10],
        8 => &[10, 7, 8, 4, 6, 3, 5, 1],
        _ => return None,
    };
    let holds = digits::is_number(value.text)
        && !digits::is_repeated(value.text)
        && weighted::sum(value.text, weights).is_multiple_of(11);
    let test = matches!(value.text, b"37118629" | b"37118660");
    holds.then(|| Proof::whole(value, &["mod11"]).marked_test(test))
}

/// The sum weighted 10 1 3 5 … 19, one taken off the first digit, is divisible by 89.
fn is_abn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let sum = weighted::sum(text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    // The digit taken off weighs ten.
    let holds = text.first() != Some(&b'0') && sum % 89 == 10;
    holds.then(|| Proof::whole(value, &["mod89"]))
}

/// A series in use and seven digits, without a check digit.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let (series, number) = value.text.split_last_chunk::<7>()?;
    let issued = match series {
        [letter] => b"ACDEFNUX".contains(letter),
        [first, second] => matches!(first, b'P' | b'R') && second.is_ascii_uppercase(),
        _ => false,
    };
    (issued && digits::is_number(number)).then(|| Proof::whole(value, &["structure"]))
}

/// What the states issue; none publishes a check digit.
fn is_driver_licence(value: &Value<'_>) -> Option<Proof> {
    let is_long = |number: &[u8]| (5..=10).contains(&number.len()) && digits::is_number(number);
    let holds = match value.text {
        [number @ .., first, second]
            if first.is_ascii_uppercase() && second.is_ascii_uppercase() =>
        {
            digits::exactly::<4>(number).is_some()
        }
        [letter, number @ ..] if letter.is_ascii_uppercase() => is_long(number),
        number => is_long(number),
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn the_offices_samples_are_test_numbers() {
        for (text, test) in [("37118629", true), ("371 186 60", true), ("123 456 782", false)] {
            assert_eq!(proof(&TFN, text).map(|proof| proof.test), Some(test), "{text}");
        }
    }
}
