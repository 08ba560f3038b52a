//! Peru.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DNI, &RUC];

/// Identity document.
pub(crate) static DNI: Detector = Detector {
    id: "gov.pe.dni",
    name: "Peruvian identity document (DNI, CUI)",
    category: Category::GovernmentId,
    country: Some("PE"),
    format: "Eight digits, mostly without what the card prints behind them: a dash and a check \
             digit or letter.",
    forms: &[
        Form::Layout("9{8}-X"),
        Form::Layout("9{8}A"),
        Form::Layout("9{9}"),
        Form::Layout("9{8}"),
    ],
    edges: Edges::Alnum,
    check: is_dni,
    scores: Scores::NAMED,
    keywords: &["reniec", "dni", "dni peruano", "documento nacional de identidad", "cui"],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 0.261,
    sources: &["RENIEC: Documento Nacional de Identidad, Código Único de Identificación"],
    valid: &["10117410", "10117410-2", "10117410G", "123456781"],
    invalid: &[
        ("10117410-3", "check digit"),
        ("10117410H", "check letter"),
        ("1011741", "seven digits"),
    ],
};

/// Tax number.
pub(crate) static RUC: Detector = Detector {
    id: "gov.pe.ruc",
    name: "Peruvian tax number (RUC)",
    category: Category::GovernmentId,
    country: Some("PE"),
    format: "Eleven digits: 10 people, with their DNI, 15 16 17 others, 20 companies; the last a \
             check digit.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_ruc,
    scores: Scores::MEDIUM,
    keywords: &["ruc", "registro único de contribuyentes", "registro unico de contribuyentes"],
    window: (60, 40),
    pass_rate: 0.0048,
    wrong_digit_rate: 0.027,
    sources: &["SUNAT: Registro Único de Contribuyentes"],
    valid: &["20512333797", "10054052001", "15123456782"],
    invalid: &[("20512333798", "check digit"), ("30512333797", "prefix")],
};

/// Weights 3 2 7 6 5 4 3 2; the remainder by eleven stands for a digit and for a letter, of which
/// the card prints one.
fn is_dni(value: &Value<'_>) -> Option<Proof> {
    let (number, check) = value.text.split_at_checked(8)?;
    let text = digits::exactly::<8>(number)?;
    let rest = weighted::sum(text, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let fits = |check: u8| {
        let tables = [b"65432110987", b"KJIHGFEDCBA"];
        tables.iter().any(|table| digits::character(*table, rest) == Some(check))
    };
    match check {
        [] => Some(Proof::whole(value, &["structure"])),
        [check] if fits(*check) => Some(Proof::whole(value, &["mod11"])),
        _ => None,
    }
}

/// Weights 5 4 3 2 7 6 5 4 3 2; eleven less the remainder by eleven is last, ten written 0 and eleven
/// 1. Some programs lack the prefix 16; the DNI within a person's number has no check of its own.
fn is_ruc(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (check, body) = text.split_last()?;
    let prefix = digits::number(text.get(..2)?)?;
    let rest = weighted::sum(body, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let holds = matches!(prefix, 10 | 15..=17 | 20) && digits::digit(*check)? == (11 - rest) % 10;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::passing;
    use super::*;

    #[test]
    fn prefixes_of_a_tax_number() {
        assert_eq!(passing(&RUC, "", "51233379"), [10, 15, 16, 17, 20]);
    }
}
