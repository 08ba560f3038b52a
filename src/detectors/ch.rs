//! Switzerland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&AHV];

/// Number of the old-age insurance, since 2008 random and without personal data inside; Liechtenstein
/// uses it as well.
pub(crate) static AHV: Detector = Detector {
    id: "gov.ch.ahv",
    name: "Swiss AHV/AVS number",
    category: Category::GovernmentId,
    country: Some("CH"),
    format: "Thirteen digits 756.NNNN.NNNN.NC, with blanks or in one run; 756 is the country.",
    forms: &[
        Form::Layout("9{3}.9{4}.9{4}.9{2}"),
        Form::Layout("9{3} 9{4} 9{4} 9{2}"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_ahv,
    // One in 10,000 numbers of thirteen digits passes, and columns of those are long.
    // Thirteen digits that begin in 756 and end as any article's number does are one in some thousands.
    scores: Scores { bare: 45, separated: 88, keyword: 95, field: 98 },
    keywords: &[
        "ahv",
        "ahv-nummer",
        "ahv-nr",
        "ahvn13",
        "sozialversicherungsnummer",
        "versichertennummer",
        "avs",
        "numéro avs",
        "navs13",
        "navs",
        "numero avs",
        "swiss social security number",
        "social security number",
    ],
    window: (60, 40),
    pass_rate: 0.000085,
    wrong_digit_rate: 0.0,
    sources: &["AHVG Art. 50c", "ZAS/CdC: AHVN13, Prüfziffer EAN-13"],
    valid: &["756.9217.0769.85", "7561234567897", "756 9217 0769 85"],
    invalid: &[
        ("756.9217.0769.84", "EAN-13 digit"),
        ("757.9217.0769.85", "does not begin with 756"),
        ("757.9217.0769.84", "757 with a fitting digit"),
    ],
};

/// 756, and the EAN-13 digit: weights 1 and 3 in turn, the sum divisible by ten.
fn is_ahv(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let holds = text.starts_with(b"756") && weighted::sum(text, &[1, 3]).is_multiple_of(10);
    let test = matches!(text, b"7569217076985" | b"7561234567897");
    holds.then(|| Proof::whole(value, &["structure", "ean13"]).marked_test(test))
}
