//! Mauritius.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NID];

/// National identity number.
pub(crate) static NID: Detector = Detector {
    id: "gov.mu.nid",
    name: "Mauritian national identity number",
    category: Category::GovernmentId,
    country: Some("MU"),
    format: "Fourteen characters: initial of the surname, DDMMYY of birth, six digits, a check \
             character 0 to 9 or A to G.",
    forms: &[Form::Layout("A9{12}X")],
    edges: Edges::Alnum,
    check: is_nid,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 95 },
    keywords: &[
        "mauritian id",
        "nid",
        "national id",
        "national identity card",
        "carte d'identité nationale",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Mauritius National Identity Card Unit: National Identity Card Act 1985"],
    valid: &["D1201730030009", "S0101901234566", "B290296000012F"],
    invalid: &[
        ("S0101901234567", "check character"),
        ("S011390123456A", "month 13"),
        ("B290295000012F", "29 February of a year that is no leap year"),
    ],
};

/// Weights 14 to 2, the letter counting 10 to 35; what the sum lacks to a multiple of 17 is last.
fn is_nid(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let (initial, number) = body.split_first()?;
    digits::exactly::<12>(number)?;
    let lacking = weighted::complement(body, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 17);
    let holds = initial.is_ascii_uppercase()
        && date::is_ddmmyy(number.get(..6)?)
        && *check == digits::character(b"0123456789ABCDEFG", lacking)?;
    holds.then(|| Proof::whole(value, &["date", "mod17"]))
}
