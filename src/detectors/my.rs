//! Malaysia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&MYKAD];

/// Malaysian identity card (MyKad).
pub(crate) static MYKAD: Detector = Detector {
    id: "gov.my.mykad",
    name: "Malaysian identity card (MyKad)",
    category: Category::GovernmentId,
    country: Some("MY"),
    format: "Twelve digits YYMMDD-PB-NNNG: birth place 2, last digit odd for men.",
    forms: &[
        Form::Layout("9{6}-9{2}-9{4}"),
        Form::Layout("9{6} 9{2} 9{4}"),
        Form::Layout("9{6}-9{6}"),
        Form::Layout("9{8}-9{4}"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: is_mykad,
    scores: Scores::NAMED,
    keywords: &[
        "mykad",
        "no. kad pengenalan",
        "kad pengenalan",
        "no kp",
        "no. kp",
        "nric",
        "ic number",
        "ic no",
        "malaysian ic",
        "mykid",
        "nombor kad pengenalan",
    ],
    window: (60, 40),
    pass_rate: 0.032,
    wrong_digit_rate: 0.807,
    sources: &["Jabatan Pendaftaran Negara (Malaysia): National Registration Regulations 1990"],
    valid: &[
        "770305-02-1234",
        "890131-06-1224",
        "770305 02 1234",
        "770305-021234",
        "77030502-1234",
        "770305021234",
    ],
    invalid: &[
        ("771305-02-1234", "month 13"),
        ("770305-17-1234", "birth place 17"),
        ("000000-00-0000", "zero"),
        ("770230-02-1234", "30 February"),
    ],
};

/// Day of birth YYMMDD and a place of birth in use; there is no check digit.
fn is_mykad(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let born = digits::number(text.get(..6)?)?;
    let holds = date::is_short_date(born / 10_000, born / 100 % 100, born % 100)
        && is_place(digits::number(text.get(6..8)?)?);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}

/// Returns whether the registration department gives the code to a state or country of birth.
fn is_place(code: u32) -> bool {
    matches!(code, 1..=16 | 21..=68 | 71..=72 | 74..=79 | 82..=93 | 98..=99)
}
