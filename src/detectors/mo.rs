//! Macao.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&BIR];

/// Macao resident identity card.
pub(crate) static BIR: Detector = Detector {
    id: "gov.mo.bir",
    name: "Macao resident identity card",
    category: Category::GovernmentId,
    country: Some("MO"),
    format: "Eight digits N/NNNNNN/N or NNNNNNN(N), first 1, 5 or 7. Check rule not public.",
    forms: &[Form::Layout("9/9{6}/9"), Form::Layout("9{7}(9)"), Form::Layout("9{8}")],
    edges: Edges::Digit,
    check: is_bir,
    scores: Scores::NAMED,
    keywords: &[
        "澳門居民身份證",
        "bilhete de identidade de residente",
        "bir",
        "macau id",
        "macao id",
        "澳門身份證",
        "身份證",
        "bir no",
    ],
    window: (60, 40),
    pass_rate: 0.3,
    wrong_digit_rate: 0.903,
    sources: &["Identification Services Bureau of Macao: resident identity card, Law 8/2002"],
    valid: &["1/234567/8", "5123456(7)", "51234567"],
    invalid: &[
        ("2/234567/8", "first digit"),
        ("21234567", "first digit"),
        ("2123456(7)", "first digit"),
    ],
};

/// The first digit tells where somebody came from; the rule of the last one is not public.
fn is_bir(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<8>(value.text)?;
    matches!(text.first()?, b'1' | b'5' | b'7').then(|| Proof::whole(value, &["structure"]))
}
