//! Zimbabwe.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// National registration number.
pub(crate) static ID: Detector = Detector {
    id: "gov.zw.id",
    name: "Zimbabwean national registration number",
    category: Category::GovernmentId,
    country: Some("ZW"),
    format: "District 2, serial 6 or 7, check letter, district of origin 2: 63-123456 B 29.",
    forms: &[
        Form::Layout("9{2}-9{6,7} A 9{2}"),
        Form::Layout("9{2}-9{6,7}-A-9{2}"),
        Form::Layout("9{2}-9{6,7} A9{2}"),
        Form::Layout("9{2}-9{6,7}-A9{2}"),
        Form::Layout("9{2}-9{6,7}A-9{2}"),
        Form::Layout("9{2}-9{6,7}A 9{2}"),
        Form::Layout("9{2}-9{6,7}A9{2}"),
        Form::Layout("9{2} 9{6,7} A 9{2}"),
        Form::Layout("9{2} 9{6,7}A9{2}"),
        Form::Layout("9{8,9} A 9{2}"),
        Form::Layout("9{8,9}A9{2}"),
    ],
    edges: Edges::Alnum,
    check: is_id,
    scores: Scores::CHECKED,
    keywords: &[
        "zimbabwean id",
        "national id",
        "national id number",
        "national registration number",
        "national registration",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.2,
    sources: &["Registrar General (Zimbabwe): National Registration Act, chapter 10:17"],
    valid: &[
        "63-123456B29",
        "42-2345678N42",
        "63-123456 B 29",
        "63-123456-B-29",
        "63-123456 B29",
        "63-123456-B29",
        "63-123456B-29",
        "63-123456B 29",
        "08 123456 S 29",
        "08 123456S29",
        "48765432 D 48",
        "48765432D48",
    ],
    invalid: &[
        ("63-123456C29", "check letter"),
        ("00-000000Z29", "zero"),
        ("63-12345B29", "serial of five digits"),
    ],
};

/// The letter is district and serial as one number modulo 23; I, O and U are not used.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let (body, origin) = value.text.split_last_chunk::<2>()?;
    let (letter, number) = body.split_last()?;
    let sized = matches!(number.len(), 8..=9) && digits::is_number(number);
    let expected = digits::character(b"ZABCDEFGHJKLMNPQRSTVWXY", digits::remainder(number, 23)?)?;
    let holds = sized && digits::number(origin).is_some() && *letter == expected;
    holds.then(|| Proof::whole(value, &["mod23"]))
}
