//! Andorra.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NRT];

/// Number of the tax register.
pub(crate) static NRT: Detector = Detector {
    id: "gov.ad.nrt",
    name: "Andorran tax register number (NRT)",
    category: Category::GovernmentId,
    country: Some("AD"),
    format: "Letter (A C D E F G L O P U), six digits, letter, dashes optional: F-123456-Z; F and E \
             are people.",
    forms: &[
        Form::Layout("A-9{6}-A"),
        Form::Layout("A-9{6}A"),
        Form::Layout("A9{6}-A"),
        Form::Layout("A9{6}A"),
    ],
    edges: Edges::Alnum,
    check: is_nrt,
    scores: Scores::NAMED,
    keywords: &[
        "nrt",
        "número de registre tributari",
        "registre tributari",
        "nif andorra",
        "andorran tax number",
    ],
    window: (60, 40),
    pass_rate: 0.00009,
    wrong_digit_rate: 0.989,
    sources: &["OECD: Andorra, information on tax identification numbers", "Llei 21/2014, NRT"],
    valid: &["U-132950-X", "F-123456-Z", "U-132950X", "U132950-X", "U132950X"],
    invalid: &[
        ("I-706193-G", "first letter"),
        ("F-706193-G", "F numbers stay below 700000"),
        ("A-123456-B", "A numbers are 700000 to 799999"),
        ("F-000000-Z", "zero"),
    ],
};

/// The first letter tells who holds the number, and with it the range. The last letter checks it by
/// a rule that is not public.
fn is_nrt(value: &Value<'_>) -> Option<Proof> {
    let (kind, rest) = value.text.split_first()?;
    let (control, number) = rest.split_last()?;
    let number = digits::number(digits::exactly::<6>(number)?)?;
    let in_range = match kind {
        b'F' => number < 700_000,
        b'A' | b'L' => (700_000..800_000).contains(&number),
        b'C' | b'D' | b'E' | b'G' | b'O' | b'P' | b'U' => true,
        _ => false,
    };
    (in_range && control.is_ascii_uppercase()).then(|| Proof::whole(value, &["structure"]))
}
