//! Pakistan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CNIC];

/// Pakistani CNIC.
pub(crate) static CNIC: Detector = Detector {
    id: "gov.pk.cnic",
    name: "Pakistani CNIC",
    category: Category::GovernmentId,
    country: Some("PK"),
    format: "Thirteen digits NNNNN-NNNNNNN-N: province 1-7, division ..., family, last digit odd \
             for men.",
    forms: &[
        Form::Layout("9{5}-9{7}-9"),
        Form::Layout("9{5} 9{7} 9"),
        Form::Layout("9{5}-9{8}"),
        Form::Layout("9{12}-9"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_cnic,
    scores: Scores::NAMED,
    keywords: &[
        "cnic",
        "nicop",
        "nadra",
        "snic",
        "شناختی کارڈ",
        "cnic no",
        "cnic number",
        "nic pakistan",
        "قومی شناختی کارڈ",
    ],
    window: (60, 40),
    pass_rate: 0.63,
    wrong_digit_rate: 0.966,
    sources: &["National Database and Registration Authority (Pakistan): NADRA Ordinance 2000"],
    valid: &[
        "34201-0891231-8",
        "4220101234567",
        "34201 0891231 8",
        "34201-08912318",
        "342010891231-8",
    ],
    invalid: &[
        ("84201-0891231-8", "province"),
        ("34201-0891231-0", "last digit 0"),
        ("34201-0000000-8", "family zero"),
    ],
};

/// Province 1 to 7, a family number that is not zero, and a last digit from 1 on, odd for men.
fn is_cnic(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let [first, .., last] = text;
    let holds =
        matches!(first, b'1'..=b'7') && *last != b'0' && digits::is_number(text.get(5..12)?);
    holds.then(|| Proof::whole(value, &["structure"]))
}
