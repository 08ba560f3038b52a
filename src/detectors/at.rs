//! Austria.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&VNR, &TIN];

/// Social insurance number, on every e-card.
pub(crate) static VNR: Detector = Detector {
    id: "gov.at.vnr",
    name: "Austrian social insurance number (Versicherungsnummer)",
    category: Category::GovernmentId,
    country: Some("AT"),
    format: "Ten digits: serial 3 (first not 0), check digit, birth date DDMMYY. Printed NNNC \
             DDMMYY.",
    forms: &[Form::Layout("9{4} 9{6}"), Form::Layout("9{4}-9{6}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_vnr,
    // One in 200 numbers of that layout passes, and others use it too.
    scores: Scores { bare: 35, separated: 45, keyword: 85, field: 92 },
    keywords: &[
        "sozialversicherungsnummer",
        "sv-nummer",
        "sv-nr",
        "svnr",
        "versicherungsnummer",
        "vsnr",
        "e-card",
        "austrian social security number",
        "social insurance number",
    ],
    window: (60, 40),
    pass_rate: 0.0048,
    wrong_digit_rate: 0.0,
    sources: &[
        "ASVG § 31 Abs. 4 Z 1: Versicherungsnummer",
        "Dachverband der Sozialversicherungsträger: Aufbau der Versicherungsnummer",
    ],
    valid: &["1237 010180", "2435 240774", "1237-010180", "1237010180"],
    invalid: &[
        ("1238 010180", "check digit"),
        ("1237 320180", "day 32"),
        ("1230 320182", "day 32 with a fitting check digit"),
        ("0237 010180", "first digit 0"),
    ],
};

/// Number of a person or business at its tax office.
pub(crate) static TIN: Detector = Detector {
    id: "gov.at.tin",
    name: "Austrian tax number (Abgabenkontonummer)",
    category: Category::GovernmentId,
    country: Some("AT"),
    format: "Nine digits: tax office 2, number 6, check 1: 59-119/9013.",
    forms: &[
        Form::Layout("9{2}-9{3}/9{4}"),
        Form::Layout("9{2} 9{3}/9{4}"),
        Form::Layout("9{2}-9{7}"),
        Form::Layout("9{2} 9{7}"),
        Form::Layout("9{5}/9{4}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Digit,
    check: is_tin,
    scores: Scores::CHECKED,
    keywords: &[
        "abgabenkontonummer",
        "abgabenkonto",
        "steuernummer",
        "steuer-nr",
        "st-nr",
        "stnr",
        "finanzamt",
        "austrian tax number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["European Commission, TIN portal: Austria", "BMF: Abgabenkontonummer"],
    valid: &[
        "59-119/9013",
        "03-312/3456",
        "59 119/9013",
        "59-1199013",
        "59 1199013",
        "59119/9013",
        "591199013",
    ],
    invalid: &[
        ("59-119/9012", "check digit"),
        ("59 1199012", "check digit"),
        ("00-000/0000", "zero"),
    ],
};

/// Weights 3 7 9 for the serial and 5 8 4 2 1 6 for the date; the remainder by eleven is the fourth
/// digit, and numbers for which it would be ten are not given out. Months 13 and above stand for a
/// birthday whose serials are used up, or for one that is not known.
fn is_vnr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let [day, month, year] = digits::pairs(text.get(4..)?)?;
    let born = match month {
        13..=19 => (1..=31).contains(&day),
        _ => date::is_short_date(year, month, day),
    };
    // The check digit itself counts −1, which is 10 by 11.
    let sum = weighted::sum(text, &[3, 7, 9, 10, 5, 8, 4, 2, 1, 6]);
    let holds = text.first() != Some(&b'0') && born && sum.is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

/// Luhn over all nine digits; which tax offices there are is not looked at.
fn is_tin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    luhn::is_valid(text).then(|| Proof::whole(value, &["luhn"]))
}
