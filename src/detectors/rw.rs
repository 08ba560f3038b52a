//! Rwanda.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID];

/// National identity number.
pub(crate) static ID: Detector = Detector {
    id: "gov.rw.id",
    name: "Rwandan national identity number",
    category: Category::GovernmentId,
    country: Some("RW"),
    format: "Sixteen digits: status 1 to 3, year of birth 4, 8 for men or 7 for women, serial 7, \
             issue, two last: 1 1980 8 0013346 0 28. What those are reckoned from is not public.",
    forms: &[Form::Layout("9 9{4} 9 9{7} 9 9{2}"), Form::Layout("9{16}")],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores::MEDIUM,
    keywords: &[
        "indangamuntu",
        "nomero y'indangamuntu",
        "irangamuntu",
        "rwandan id",
        "national id",
        "nida rwanda",
    ],
    window: (60, 40),
    pass_rate: 0.0012,
    wrong_digit_rate: 0.771,
    sources: &["National Identification Agency (Rwanda): Law 14/2008"],
    valid: &["1 1980 8 0013346 0 28", "1199570012345012"],
    invalid: &[
        ("1 1880 8 0013346 0 28", "year 1880"),
        ("1 1980 6 0013346 0 28", "sex digit 6"),
        ("4 1980 8 0013346 0 28", "status 4"),
    ],
};

/// Status, year of birth, sex.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<16>(value.text)?;
    let year = digits::number(text.get(1..5)?)?;
    let holds = matches!(text.first()?, b'1'..=b'3')
        && (1900..2100).contains(&year)
        && matches!(text.get(5)?, b'7' | b'8');
    holds.then(|| Proof::whole(value, &["structure"]))
}
