//! Ghana.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CARD, &TIN];

/// Personal identification number on the Ghana Card. Its last digit is a check digit that the authority
/// does not publish, so none is applied.
pub(crate) static CARD: Detector = Detector {
    id: "gov.gh.card",
    name: "Ghana Card personal identification number",
    category: Category::GovernmentId,
    country: Some("GH"),
    format: "GHA-NNNNNNNNN-C. What the last digit is reckoned from is not public; cards of other \
             nationals, with the code of their country, are not found.",
    forms: &[Form::Layout("A{3}-9{9}-9"), Form::Layout("A{3}-9{10}"), Form::Layout("A{3}9{10}")],
    edges: Edges::Alnum,
    check: is_card,
    scores: Scores { bare: 60, separated: 78, keyword: 90, field: 96 },
    keywords: &["ghana card", "ghanacard", "ghana card pin", "national id", "nia number"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["National Identification Authority (Ghana): Ghana Card", "Act 750 of 2008"],
    valid: &["GHA-123456789-0", "GHA7123456785", "GHA-7123456785"],
    invalid: &[
        ("GHB-123456789-0", "prefix"),
        ("GHA-000000000-0", "zero"),
        ("GHA-12345678-0", "eight digits"),
    ],
};

/// Taxpayer number.
pub(crate) static TIN: Detector = Detector {
    id: "gov.gh.tin",
    name: "Ghanaian taxpayer number (TIN)",
    category: Category::GovernmentId,
    country: Some("GH"),
    format: "P for persons, C, G, Q or V, 00, seven digits and a check digit or X.",
    forms: &[Form::Layout("A9{10}"), Form::Layout("A9{9}A")],
    edges: Edges::Alnum,
    check: is_tin,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 95 },
    keywords: &["ghana tin", "tin", "taxpayer identification number", "gra"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Ghana Revenue Authority: Taxpayer Identification Number", "Act 632 of 2002"],
    valid: &["C0000803561", "P0000123404", "P000012348X"],
    invalid: &[
        ("C0000803562", "check digit"),
        ("A0000803561", "first letter"),
        ("P0100123404", "no 00 behind the letter"),
    ],
};

/// GHA and ten digits.
fn is_card(value: &Value<'_>) -> Option<Proof> {
    let number = digits::exactly::<10>(value.text.strip_prefix(b"GHA")?)?;
    (!digits::is_repeated(number)).then(|| Proof::whole(value, &["structure"]))
}

/// Weights 1 to 9 over the digits; the remainder by eleven is last, ten written X.
fn is_tin(value: &Value<'_>) -> Option<Proof> {
    let (kind, rest) = value.text.split_first()?;
    let (check, body) = rest.split_last()?;
    let number = digits::exactly::<9>(body)?;
    let sum = weighted::sum(number, &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let holds = b"PCGQV".contains(kind)
        && number.starts_with(b"00")
        && *check == digits::character(b"0123456789X", sum % 11)?;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}
