//! Dominican Republic.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CEDULA];

/// Identity card.
pub(crate) static CEDULA: Detector = Detector {
    id: "gov.do.cedula",
    name: "Dominican identity card (cédula)",
    category: Category::GovernmentId,
    country: Some("DO"),
    format: "Eleven digits NNN-NNNNNNN-C, the last by Luhn. Some hundred old cards fail Luhn and \
             are not found.",
    forms: &[Form::Layout("9{3}-9{7}-9"), Form::Layout("9{3} 9{7} 9"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_cedula,
    scores: Scores::CHECKED,
    keywords: &[
        "cédula de identidad y electoral",
        "cédula de identidad",
        "cédula",
        "cedula",
        "dominican id",
    ],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.0,
    sources: &["Junta Central Electoral (República Dominicana): Ley 8-92"],
    valid: &["001-1391820-5", "40212345009", "001 1391820 5"],
    invalid: &[
        ("001-1391820-6", "Luhn"),
        ("111-1111111-1", "one digit over and over"),
        ("0011391820", "ten digits"),
    ],
};

/// Eleven digits by Luhn.
fn is_cedula(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = !digits::is_repeated(text) && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["luhn"]))
}
