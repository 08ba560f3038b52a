//! Algeria.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIN];

/// National identification number.
pub(crate) static NIN: Detector = Detector {
    id: "gov.dz.nin",
    name: "Algerian national identification number (NIN)",
    category: Category::GovernmentId,
    country: Some("DZ"),
    format: "Eighteen digits: nationality and sex, year, commune, act, register and a key whose \
             arithmetic is not public.",
    forms: &[Form::Layout("9{18}")],
    edges: Edges::Digit,
    check: is_nin,
    scores: Scores::NAMED,
    keywords: &[
        "algerian id",
        "nin",
        "numéro d'identification national",
        "الرقم الوطني للتعريف",
        "رقم التعريف الوطني",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Décret exécutif 10-210 (Algérie): numéro d'identification national unique"],
    valid: &["109850123456789012", "119900123456789017"],
    invalid: &[
        ("10985012345678901", "seventeen digits"),
        ("1098501234567890123", "nineteen digits"),
    ],
};

/// Eighteen digits.
fn is_nin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<18>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}
