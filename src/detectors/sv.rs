//! El Salvador.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DUI, &NIT];

/// Identity document.
pub(crate) static DUI: Detector = Detector {
    id: "gov.sv.dui",
    name: "Salvadoran identity document (DUI)",
    category: Category::GovernmentId,
    country: Some("SV"),
    format: "Nine digits NNNNNNNN-C, the last a check digit.",
    forms: &[Form::Layout("9{8}-9"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_dui,
    scores: Scores::CHECKED,
    keywords: &[
        "dui",
        "documento único de identidad",
        "documento unico de identidad",
        "dui number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.099,
    sources: &[
        "RNPN (El Salvador): Ley Especial Reguladora de la Emisión del DUI",
        "The check digit: public descriptions that agree; the register (RNPN) does not publish it",
    ],
    valid: &["00016297-5", "12345678-4", "012345678"],
    invalid: &[("00016297-6", "check digit"), ("0001629-5", "eight digits")],
};

/// Tax number.
pub(crate) static NIT: Detector = Detector {
    id: "gov.sv.nit",
    name: "Salvadoran tax number (NIT)",
    category: Category::GovernmentId,
    country: Some("SV"),
    format: "Fourteen digits: place 4, DDMMYY of birth or founding, serial 3, check digit: \
             0614-050707-104-8.",
    forms: &[Form::Layout("9{4}-9{6}-9{3}-9"), Form::Layout("9{14}")],
    edges: Edges::Digit,
    check: is_nit,
    scores: Scores::MEDIUM,
    keywords: &["nit", "número de identificación tributaria", "salvadoran tax id"],
    window: (60, 40),
    pass_rate: 0.0011,
    wrong_digit_rate: 0.026,
    sources: &["Ministerio de Hacienda (El Salvador): Número de Identificación Tributaria"],
    valid: &["0614-050707-104-8", "06140101901236", "0614-010190-001-8"],
    invalid: &[
        ("0614-050707-104-0", "check digit"),
        ("0614-051307-104-8", "month 13"),
        ("2614-050707-104-8", "no place"),
    ],
};

/// Weights 9 to 2; what the sum lacks to a multiple of ten is last.
fn is_dui(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let (check, body) = text.split_last()?;
    let lacking = weighted::complement(body, &[9, 8, 7, 6, 5, 4, 3, 2], 10);
    (digits::digit(*check)? == lacking).then(|| Proof::whole(value, &["mod10"]))
}

/// Serials to 100 take weights 14 to 2 and the remainder by eleven itself, later ones weights 2, 7 to
/// 2, 7 to 2 and what the sum lacks; ten is written 0. Places begin with 0 or 1, 9 abroad.
fn is_nit(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<14>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match digits::number(body.get(10..)?)? {
        0..=100 => weighted::sum(body, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11,
        _ => weighted::complement(body, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11),
    };
    let holds = matches!(text.first()?, b'0' | b'1' | b'9')
        && date::is_ddmmyy(body.get(4..10)?)
        && digits::digit(*check)? == expected % 10;
    holds.then(|| Proof::whole(value, &["structure", "date", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn both_ways_of_reckoning_give_one_digit() {
        for (start, expected) in [("0614-010190-001-", 8), ("0614-010190-123-", 6)] {
            let fits = |check: &u32| proof(&NIT, &format!("{start}{check}")).is_some();
            assert_eq!((0..10).filter(fits).collect::<Vec<u32>>(), [expected]);
        }
    }
}
