//! Croatia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, iso7064};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&OIB];

/// Personal identification number, of people and companies, for taxes and everything else.
pub(crate) static OIB: Detector = Detector {
    id: "gov.hr.oib",
    name: "Croatian personal identification number (OIB)",
    category: Category::GovernmentId,
    country: Some("HR"),
    format: "Eleven digits, HR before them as a VAT number, perhaps with a blank.",
    forms: &[Form::Layout("A{2} 9{11}"), Form::Layout("A{2}9{11}"), Form::Layout("9{11}")],
    edges: Edges::Alnum,
    check: is_oib,
    scores: Scores::CHECKED,
    keywords: &[
        "oib",
        "osobni identifikacijski broj",
        "porezni broj",
        "croatian personal identification number",
        "croatian tax number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &[
        "Zakon o osobnom identifikacijskom broju (NN 60/2008)",
        "Pravilnik o osobnom identifikacijskom broju: ISO 7064 MOD 11,10",
    ],
    valid: &["33392005961", "HR 12345678903", "HR33392005961"],
    invalid: &[
        ("33392005962", "check digit"),
        ("3339200596", "ten digits"),
        ("SI33392005961", "not the country's letters"),
    ],
};

/// MOD 11,10 of ISO 7064 over all eleven digits.
fn is_oib(value: &Value<'_>) -> Option<Proof> {
    let text = value.text.strip_prefix(b"HR").unwrap_or(value.text);
    let text = digits::exactly::<11>(text)?;
    iso7064::is_mod11_10(text).then(|| Proof::whole(value, &["mod11-10"]))
}
