//! Philippines.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&TIN, &SSS, &PHILHEALTH];

/// Philippine tax number (TIN).
pub(crate) static TIN: Detector = Detector {
    id: "gov.ph.tin",
    name: "Philippine tax number (TIN)",
    category: Category::GovernmentId,
    country: Some("PH"),
    format: "Nine digits NNN-NNN-NNN, optionally branch of three to five.",
    forms: &[
        Form::Layout("9{3}-9{3}-9{3}-9{3,5}"),
        Form::Layout("9{3}-9{3}-9{3}"),
        Form::Layout("9{12,14}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Digit,
    check: is_tin,
    scores: Scores::NAMED,
    keywords: &["philippine tin", "bir tin", "tin", "tin no", "tax identification number"],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Bureau of Internal Revenue (Philippines)"],
    valid: &["123-456-789", "123-456-789-000", "123456789000", "123456789"],
    invalid: &[("000-000-000", "zero"), ("000000000000", "zero"), ("1234567890", "ten digits")],
};

/// Philippine SSS, CRN (UMID) and Pag-IBIG numbers.
pub(crate) static SSS: Detector = Detector {
    id: "gov.ph.sss",
    name: "Philippine SSS, CRN (UMID) and Pag-IBIG numbers",
    category: Category::GovernmentId,
    country: Some("PH"),
    format: "SSS ten digits NN-NNNNNNN-N; CRN twelve digits NNNN-NNNNNNN-N; Pag-IBIG MID twelve \
             NNNN-NNNN-NNNN; PhilSys number sixteen NNNN-NNNN-NNNN-NNNN.",
    forms: &[
        Form::Layout("9{4}-9{4}-9{4}-9{4}"),
        Form::Layout("9{4}-9{4}-9{4}"),
        Form::Layout("9{4}-9{7}-9"),
        Form::Layout("9{2}-9{7}-9"),
        Form::Layout("9{16}"),
        Form::Layout("9{12}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Digit,
    check: is_sss,
    scores: Scores::NAMED,
    keywords: &[
        "sss number",
        "sss no",
        "sss",
        "umid",
        "crn",
        "pag-ibig",
        "philsys",
        "national id",
        "pag-ibig mid",
        "pag-ibig number",
        "philsys number",
        "philid",
        "umid crn",
        "national id philippines",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &[
        "Social Security System (Philippines)",
        "Republic Act 11055: Philippine Identification System",
        "Pag-IBIG Fund: membership id",
    ],
    valid: &[
        "34-1234567-8",
        "0111-2345678-9",
        "1234-5678-9012-3456",
        "1234-5678-9012",
        "1234567890123456",
        "123456789012",
        "3412345678",
    ],
    invalid: &[
        ("00-0000000-0", "zero"),
        ("0000-0000000-0", "zero"),
        ("0000-0000-0000", "zero"),
        ("0000000000", "zero"),
    ],
};

/// PhilHealth identification number.
pub(crate) static PHILHEALTH: Detector = Detector {
    id: "health.ph.philhealth",
    name: "PhilHealth identification number",
    category: Category::HealthId,
    country: Some("PH"),
    format: "Twelve digits NN-NNNNNNNNN-N; how the last one is reckoned is not published.",
    forms: &[Form::Layout("9{2}-9{9}-9"), Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_philhealth,
    scores: Scores::NAMED,
    keywords: &[
        "philhealth",
        "philhealth no",
        "phic",
        "philhealth number",
        "philhealth id",
        "philhealth pin",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Philippine Health Insurance Corporation"],
    valid: &["12-345678901-2", "123456789012"],
    invalid: &[("00-000000000-0", "zero"), ("000000000000", "zero")],
};

/// Nine digits and perhaps a branch; how the ninth is reckoned is not published.
fn is_tin(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 9 | 12..=14) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Ten, twelve or sixteen digits; no check digit is published.
fn is_sss(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 10 | 12 | 16) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Twelve digits; no check digit is published.
fn is_philhealth(value: &Value<'_>) -> Option<Proof> {
    digits::exactly::<12>(value.text)?;
    Some(Proof::whole(value, &["structure"]))
}
