//! South Africa.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ID, &TIN];

/// Identity number of citizens, permanent residents and refugees.
pub(crate) static ID: Detector = Detector {
    id: "gov.za.id",
    name: "South African identity number",
    category: Category::GovernmentId,
    country: Some("ZA"),
    format: "Thirteen digits YYMMDD SSSS C A Z: serial, citizenship 0 to 2, the last by Luhn.",
    forms: &[
        Form::Layout("9{6} 9{4} 9{2} 9"),
        Form::Layout("9{6} 9{4} 9{3}"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_id,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 95 },
    keywords: &[
        "id number",
        "identity number",
        "rsa id",
        "sa id",
        "south african id",
        "id-nommer",
        "identiteitsnommer",
    ],
    window: (60, 40),
    pass_rate: 0.001,
    wrong_digit_rate: 0.0,
    sources: &["Department of Home Affairs (South Africa): identity number"],
    valid: &["7503305044089", "920220 4720 08 3", "920220 4720 083"],
    invalid: &[
        ("8503305044089", "Luhn"),
        ("9125568000089", "month 25"),
        ("9125568000083", "month 25 with a fitting check digit"),
        ("7503305044386", "citizenship 3"),
    ],
};

/// Tax reference number.
pub(crate) static TIN: Detector = Detector {
    id: "gov.za.tin",
    name: "South African tax reference number",
    category: Category::GovernmentId,
    country: Some("ZA"),
    format: "Ten digits, the first 0, 1, 2, 3 or 9, the last by Luhn; with slashes NNNN/NNN/NNN.",
    forms: &[Form::Layout("9{4}/9{3}/9{3}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_tin,
    scores: Scores::CHECKED,
    keywords: &[
        "tax reference number",
        "tax reference",
        "income tax number",
        "income tax reference",
        "sars",
        "sars number",
        "belastingnommer",
        "inkomstebelastingnommer",
    ],
    window: (60, 40),
    pass_rate: 0.05,
    wrong_digit_rate: 0.0,
    sources: &["South African Revenue Service: tax reference number, modulus 10 test"],
    valid: &["0001339050", "2449/494/166"],
    invalid: &[
        ("0001339051", "Luhn"),
        ("4449494162", "first digit 4 with a fitting check digit"),
        ("2449/494/16/0", "grouping"),
    ],
};

/// Date of birth, citizenship 0 (citizen), 1 (resident) or 2 (refugee), Luhn.
fn is_id(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let holds = date::is_yymmdd(text.get(..6)?)
        && matches!(text.get(10)?, b'0'..=b'2')
        && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "date", "luhn"]))
}

/// The first digit tells the kind of taxpayer; Luhn.
fn is_tin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let holds = matches!(text.first()?, b'0'..=b'3' | b'9') && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    #[test]
    fn days_and_months() {
        assert_eq!(passing(&ID, "92", "20 4720 08 "), (1..=12).collect::<Vec<_>>());
        assert_eq!(passing(&ID, "9202", " 4720 08 "), (1..=29).collect::<Vec<_>>());
        assert_eq!(passing(&ID, "9302", " 4720 08 "), (1..=28).collect::<Vec<_>>());
    }

    #[test]
    fn citizenships() {
        let citizenships = (0..10).filter(|citizenship| {
            (0..10)
                .any(|check| proof(&ID, &format!("920220 4720 {citizenship}8 {check}")).is_some())
        });
        assert_eq!(citizenships.collect::<Vec<_>>(), [0, 1, 2]);
    }
}
