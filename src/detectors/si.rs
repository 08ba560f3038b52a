//! Slovenia. Its personal number (EMŠO) is that of the former Yugoslav states.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&TAX];

/// Tax number of people and companies.
pub(crate) static TAX: Detector = Detector {
    id: "gov.si.tax",
    name: "Slovenian tax number",
    category: Category::GovernmentId,
    country: Some("SI"),
    format: "Eight digits, the first not 0; SI before them as a VAT number, perhaps with a blank.",
    forms: &[Form::Layout("A{2} 9{8}"), Form::Layout("A{2}9{8}"), Form::Layout("9{8}")],
    edges: Edges::Alnum,
    check: is_tax_number,
    scores: Scores::CHECKED,
    keywords: &[
        "davčna številka",
        "davčna št",
        "id za ddv",
        "slovenian tax number",
        "slovenian vat number",
    ],
    window: (60, 40),
    pass_rate: 0.082,
    wrong_digit_rate: 0.0,
    sources: &["Zakon o finančni upravi (ZFU)", "European Commission TIN portal: Slovenia"],
    valid: &["12345679", "SI50223054", "SI 50223054"],
    invalid: &[
        ("SI50223055", "check digit"),
        ("SI09999990", "first digit"),
        ("HR50223054", "not the country's letters"),
    ],
};

/// Weights 8 to 2, the check digit completes the sum to a multiple of eleven, ten written 0; a sum that
/// is one already has no check digit.
fn is_tax_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<8>(value.text.strip_prefix(b"SI").unwrap_or(value.text))?;
    // 8 to 2 taken from eleven.
    const WEIGHTS: &[u32] = &[3, 4, 5, 6, 7, 8, 9];
    let body = text.get(..7)?;
    let holds = !text.starts_with(b"0")
        && !weighted::sum(body, WEIGHTS).is_multiple_of(11)
        && weighted::ends_in_remainder(text, WEIGHTS, 11);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn ten_is_written_zero_and_eleven_is_not_written() {
        let without = (1_000_000..1_000_200)
            .filter(|body| (0..10).all(|check| proof(&TAX, &format!("{body}{check}")).is_none()));
        assert_eq!(without.count(), 18);
    }
}
