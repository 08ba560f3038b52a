//! Tanzania.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIDA];

/// National identification number.
pub(crate) static NIDA: Detector = Detector {
    id: "gov.tz.nida",
    name: "Tanzanian national identification number",
    category: Category::GovernmentId,
    country: Some("TZ"),
    format: "Twenty digits YYYYMMDD-NNNNN-NNNNN-NN, the date that of birth; what the last two are \
             reckoned from is not public.",
    forms: &[Form::Layout("9{8}-9{5}-9{5}-9{2}"), Form::Layout("9{20}")],
    edges: Edges::Digit,
    check: is_nida,
    scores: Scores::MEDIUM,
    keywords: &[
        "nida",
        "nida number",
        "namba ya nida",
        "kitambulisho cha taifa",
        "tanzanian id",
        "national id",
        "nin",
    ],
    window: (60, 40),
    pass_rate: 0.0007,
    wrong_digit_rate: 0.808,
    sources: &["National Identification Authority (Tanzania): NIN"],
    valid: &["19900101-12345-00001-23", "20010615111010000112"],
    invalid: &[
        ("19901301-12345-00001-23", "month 13"),
        ("18900101-12345-00001-23", "year 1890"),
        ("19900101-12345-00001-2", "nineteen digits"),
    ],
};

/// A date of birth of 1900 to 2099 and twelve digits.
fn is_nida(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<20>(value.text)?;
    date::is_yyyymmdd(text.get(..8)?).then(|| Proof::whole(value, &["date"]))
}
