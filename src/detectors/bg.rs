//! Bulgaria.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&EGN, &PNF];

/// Uniform civil number of every citizen.
pub(crate) static EGN: Detector = Detector {
    id: "gov.bg.egn",
    name: "Bulgarian uniform civil number (EGN)",
    category: Category::GovernmentId,
    country: Some("BG"),
    format: "Ten digits YYMMDD NNN C; month plus 20 for the 1800s, plus 40 from 2000; ninth digit \
             even for men.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_egn,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "егн",
        "единен граждански номер",
        "egn",
        "edinen grazhdanski nomer",
        "uniform civil number",
        "unified civil number",
    ],
    window: (60, 40),
    pass_rate: 0.011,
    wrong_digit_rate: 0.0,
    sources: &["Закон за гражданската регистрация, чл. 11", "ГД ГРАО: структура на ЕГН"],
    valid: &["7523169263", "8032056031", "0542013004"],
    invalid: &[
        ("7523169264", "check digit"),
        ("8019010008", "month 19"),
        ("0549310003", "no month 9 of 31 days"),
    ],
};

/// Personal number of a foreigner who lives in the country.
pub(crate) static PNF: Detector = Detector {
    id: "gov.bg.pnf",
    name: "Bulgarian personal number of a foreigner (LNCh)",
    category: Category::GovernmentId,
    country: Some("BG"),
    format: "Ten digits in one run, the last a check digit.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_pnf,
    scores: Scores::CHECKED,
    keywords: &[
        "лнч",
        "личен номер на чужденец",
        "lnch",
        "lichen nomer na chuzhdenets",
        "personal number of a foreigner",
        "personal number of foreigner",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Закон за чужденците в Република България", "МВР: личен номер на чужденец"],
    valid: &["7111042925", "1001234562"],
    invalid: &[("7111042922", "check digit"), ("0000000000", "zero")],
};

/// Date of birth with the century in the month; weights 2 4 8 5 10 9 7 3 6, the sum by eleven, ten
/// written 0.
fn is_egn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let (check, body) = text.split_last()?;
    let [year, month, day] = digits::pairs(body.get(..6)?)?;
    let century = match month / 20 {
        0 => 1900,
        1 => 1800,
        _ => 2000,
    };
    let born = month < 60 && date::is_date(century + year, month % 20, day);
    let sum = weighted::sum(body, &[2, 4, 8, 5, 10, 9, 7, 3, 6]);
    let holds = born && digits::digit(*check)? == sum % 11 % 10;
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

/// Weights 21 19 17 13 11 9 7 3 1, the sum by ten.
fn is_pnf(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let (check, body) = text.split_last()?;
    let sum = weighted::sum(body, &[21, 19, 17, 13, 11, 9, 7, 3, 1]);
    (digits::digit(*check)? == sum % 10).then(|| Proof::whole(value, &["mod10"]))
}
