//! Ireland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PPS, &DRIVING_LICENCE];

/// Personal public service number. One part number in 26 of seven digits and a letter passes, so it
/// stays low without a keyword.
pub(crate) static PPS: Detector = Detector {
    id: "gov.ie.pps",
    name: "Irish personal public service number",
    category: Category::GovernmentId,
    country: Some("IE"),
    format: "Seven digits and a check letter, perhaps a second letter: A or H since 2013, W, T or X \
             before.",
    forms: &[Form::Layout("9{7} A{1,2}"), Form::Layout("9{7}A{1,2}")],
    edges: Edges::Alnum,
    check: is_pps,
    scores: Scores { bare: 40, separated: 40, keyword: 85, field: 92 },
    keywords: &[
        "ppsn",
        "pps",
        "pps number",
        "pps no",
        "personal public service",
        "rsi number",
        "uimhir psp",
        "uimhir phearsanta seirbhíse poiblí",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &[
        "Department of Social Protection: PPS number, check character",
        "Social Welfare Consolidation Act 2005, s. 262",
    ],
    valid: &["6433435F", "6433435FT", "6433435OA", "6433435 F"],
    invalid: &[
        ("6433435E", "check letter"),
        ("6433435GA", "check letter with a second letter"),
        ("6433435FB", "second letter"),
    ],
};

/// Driving licence: nothing to check, so the name beside it is everything.
pub(crate) static DRIVING_LICENCE: Detector = Detector {
    id: "gov.ie.driving-licence",
    name: "Irish driving licence",
    category: Category::GovernmentId,
    country: Some("IE"),
    format: "Nine digits, the driver number; in threes with dashes on older licences.",
    forms: &[Form::Layout("9{3}-9{3}-9{3}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_driver_number,
    scores: Scores::NAMED,
    keywords: &[
        "ndls",
        "irish driving licence",
        "driving licence",
        "driver number",
        "licence number",
        "ceadúnas tiomána",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["National Driver Licence Service: your driving licence explained"],
    valid: &["123456789", "123-456-789"],
    invalid: &[("12345678", "eight digits"), ("1234-56-789", "grouping"), ("000000000", "zero")],
};

/// Weights 8 to 2 and nine for the second letter (A 1, H 8), the remainder by 23 is the letter, W for
/// 0. The second letters W, T and X of married women's numbers count nothing; B, of companies and trusts,
/// is not taken.
fn is_pps(value: &Value<'_>) -> Option<Proof> {
    let (number, letters) = value.text.split_first_chunk::<7>()?;
    let (letter, second) = match letters {
        [letter] => (letter, 0),
        [letter, b'W' | b'T' | b'X'] => (letter, 0),
        [letter, b'A'] => (letter, 9),
        [letter, b'H'] => (letter, 72),
        _ => return None,
    };
    digits::exactly::<7>(number)?;
    let sum = weighted::sum(number, &[8, 7, 6, 5, 4, 3, 2]) + second;
    let expected = b"WABCDEFGHIJKLMNOPQRSTUV".get(usize::try_from(sum % 23).ok()?);
    (expected == Some(letter)).then(|| Proof::whole(value, &["mod23"]))
}

/// Nine digits.
fn is_driver_number(value: &Value<'_>) -> Option<Proof> {
    digits::exactly::<9>(value.text).map(|_| Proof::whole(value, &["structure"]))
}
