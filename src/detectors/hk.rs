//! Hong Kong.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&HKID];

/// Hong Kong identity card.
pub(crate) static HKID: Detector = Detector {
    id: "gov.hk.hkid",
    name: "Hong Kong identity card",
    category: Category::GovernmentId,
    country: Some("HK"),
    format: "One or two letters, six digits, check digit or A in brackets: A123456(3).",
    forms: &[
        Form::Layout("A{1,2}9{6}(X)"),
        Form::Layout("A{1,2}9{6} (X)"),
        Form::Layout("A{1,2}9{6}X"),
    ],
    edges: Edges::Alnum,
    check: is_hkid,
    scores: Scores { bare: 30, separated: 70, keyword: 88, field: 94 },
    keywords: &[
        "hkid",
        "hong kong identity card",
        "identity card",
        "身份證",
        "香港身份證",
        "身份證號碼",
        "hkid no",
        "hong kong id",
        "香港身份證號碼",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &[
        "Immigration Department of Hong Kong: identity cards",
        "Registration of Persons Ordinance, cap. 177",
    ],
    valid: &["A123456(3)", "AB987654(3)", "G123456(A)", "A123456 (3)", "A1234563", "g123456(a)"],
    invalid: &[
        ("A123456(4)", "check digit"),
        ("A000000(7)", "zero"),
        ("A123456(B)", "B is no check character"),
    ],
};

/// Weights 9 to 1 over nine characters, a blank before a single letter counting 36; the sum is
/// divisible by eleven. Whether a second letter is in use is not looked at.
fn is_hkid(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let (letters, number) = body.split_last_chunk::<6>()?;
    let blank = match letters.len() {
        1 => 36 * 9,
        2 => 0,
        _ => return None,
    };
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, 1];
    let sum = weighted::sum(value.text, weights.get(9 - value.text.len()..)?);
    let holds = letters.iter().all(u8::is_ascii_uppercase)
        && digits::is_number(number)
        && matches!(check, b'0'..=b'9' | b'A')
        && (blank + sum).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}
