//! Panama.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CEDULA];

/// Identity card.
pub(crate) static CEDULA: Detector = Detector {
    id: "gov.pa.cedula",
    name: "Panamanian identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("PA"),
    format: "Province 1 to 13, or PE E N, or a province and AV or PI; book; entry: 8-123-4567. No \
             check digit.",
    forms: &[
        Form::Layout("9-9{1,4}-9{1,6}"),
        Form::Layout("10-9{1,4}-9{1,6}"),
        Form::Layout("11-9{1,4}-9{1,6}"),
        Form::Layout("12-9{1,4}-9{1,6}"),
        Form::Layout("13-9{1,4}-9{1,6}"),
        Form::Layout("A{1,2}-9{1,4}-9{1,6}"),
        Form::Layout("9A{2}-9{1,4}-9{1,6}"),
    ],
    edges: Edges::Alnum,
    check: is_cedula,
    scores: Scores::NAMED,
    keywords: &[
        "cip",
        "cédula de identidad personal",
        "cédula panameña",
        "cédula",
        "cedula",
        "panamanian id",
    ],
    window: (60, 40),
    pass_rate: 0.9,
    wrong_digit_rate: 0.891,
    sources: &["Tribunal Electoral (Panamá): cédula de identidad personal, Ley 68 de 2015"],
    valid: &[
        "8-123-4567",
        "PE-12-345",
        "10-123-4567",
        "11-123-4567",
        "12-123-4567",
        "13-123-4567",
        "E-8-123456",
        "8AV-123-456",
    ],
    invalid: &[
        ("14-123-4567", "province 14"),
        ("0-123-4567", "province 0"),
        ("QE-12-345", "no such letters"),
        ("8-12345-4567", "book of five digits"),
    ],
};

/// A province or the letters of foreigners (E), of those born abroad (PE) or naturalised (N), behind
/// the province also those of old registers (AV) and indigenous people (PI); then digits.
fn is_cedula(value: &Value<'_>) -> Option<Proof> {
    let start = value.text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (province, rest) = value.text.split_at_checked(if start > 1 { 0 } else { start })?;
    let letters = rest.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, number) = rest.split_at_checked(letters)?;
    let named = match (province, letters) {
        ([], []) => matches!(number.first()?, b'1'..=b'9'),
        ([], letters) => matches!(letters, b"PE" | b"E" | b"N"),
        ([province], letters) => *province != b'0' && matches!(letters, b"AV" | b"PI"),
        _ => false,
    };
    let sized = (2..=12).contains(&number.len()) && digits::is_number(number);
    (named && sized).then(|| Proof::whole(value, &["structure"]))
}
