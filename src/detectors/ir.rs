//! Iran.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&MELLI];

/// Iranian national code (kod-e melli).
pub(crate) static MELLI: Detector = Detector {
    id: "gov.ir.melli",
    name: "Iranian national code (kod-e melli)",
    category: Category::GovernmentId,
    country: Some("IR"),
    format: "Ten digits NNN-NNNNNN-C; first three name the place of issue.",
    forms: &[
        Form::Layout("9{3}-9{6}-9"),
        Form::Layout("9{3}-9{7}"),
        Form::Layout("9{9}-9"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Digit,
    check: is_melli,
    scores: Scores::CHECKED,
    keywords: &[
        "کد ملی",
        "کدملی",
        "شماره ملی",
        "melli code",
        "kod melli",
        "kode melli",
        "codemeli",
        "national code iran",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["National Organization for Civil Registration (Iran)"],
    valid: &["0084575948", "4993708998", "499-370899-8", "499-3708998", "499370899-8"],
    invalid: &[
        ("0084575949", "check digit"),
        ("1111111111", "repeated digit"),
        ("0000000006", "no place of issue"),
    ],
};

/// Nine digits weighted 10 to 2: a remainder by eleven of 0 or 1 is the check digit, of any other
/// what it lacks to eleven.
fn is_melli(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match weighted::sum(body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        rest @ 0..=1 => rest,
        rest => 11 - rest,
    };
    let holds = !digits::is_repeated(text)
        && !text.starts_with(b"000")
        && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["mod11"]))
}
