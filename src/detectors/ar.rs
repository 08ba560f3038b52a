//! Argentina.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CUIT, &DNI, &CBU];

/// Tax and labour number.
pub(crate) static CUIT: Detector = Detector {
    id: "gov.ar.cuit",
    name: "Argentine tax or labour number (CUIT, CUIL)",
    category: Category::GovernmentId,
    country: Some("AR"),
    format: "Eleven digits TT-NNNNNNNN-C: 20 and 23 to 27 people, 30 33 34 companies, 50 51 55 \
             from abroad.",
    forms: &[
        Form::Layout("9{2}-9{8}-9"),
        Form::Layout("9{2} 9{8} 9"),
        Form::Layout("9{10}-9"),
        Form::Layout("9{2}-9{9}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_cuit,
    scores: Scores::MEDIUM,
    keywords: &[
        "cuit",
        "cuil",
        "cuit/cuil",
        "cdi",
        "clave única de identificación tributaria",
        "código único de identificación laboral",
    ],
    window: (60, 40),
    pass_rate: 0.012,
    wrong_digit_rate: 0.0,
    sources: &["AFIP (ARCA): Resolución General 10/1997"],
    valid: &["20-05536168-2", "27123456780", "20 12345678 6", "3050001091-2", "27-123456780"],
    invalid: &[
        ("20-05536168-3", "check digit"),
        ("21-05536168-2", "prefix"),
        ("21-05536168-0", "prefix with a fitting check digit"),
    ],
};

/// Identity document of a person.
pub(crate) static DNI: Detector = Detector {
    id: "gov.ar.dni",
    name: "Argentine identity document (DNI)",
    category: Category::GovernmentId,
    country: Some("AR"),
    format: "Seven or eight digits, dots by thousands: 20.123.456. No check digit.",
    forms: &[Form::Layout("9{1,2}.9{3}.9{3}"), Form::Layout("9{7,8}")],
    edges: Edges::Digit,
    check: is_dni,
    scores: Scores::NAMED,
    keywords: &["dni argentino", "dni", "d.n.i.", "documento nacional de identidad"],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["RENAPER: Documento Nacional de Identidad, Ley 17.671"],
    valid: &["21.523.456", "8123456", "8.123.456"],
    invalid: &[("201.123.456", "three digits before the first dot"), ("123456", "six digits")],
};

/// Account at a bank (CBU) or in a wallet (CVU).
pub(crate) static CBU: Detector = Detector {
    id: "bank.ar.cbu",
    name: "Argentine account (CBU, CVU)",
    category: Category::BankAccount,
    country: Some("AR"),
    format: "Twenty-two digits: bank 3, branch 4, check; account 13, check. Wallets begin with \
             000.",
    forms: &[Form::Layout("9{8} 9{14}"), Form::Layout("9{8}-9{14}"), Form::Layout("9{22}")],
    edges: Edges::Digit,
    check: is_cbu,
    scores: Scores::MEDIUM,
    keywords: &["cbu", "cvu", "clave bancaria uniforme", "clave virtual uniforme"],
    window: (60, 40),
    pass_rate: 0.0099,
    wrong_digit_rate: 0.0,
    sources: &["Banco Central de la República Argentina: Comunicación A 2622"],
    valid: &["2850590940090418135201", "28505909 40090418135201", "00000031-10001234567898"],
    invalid: &[
        ("2850590940090418135202", "second check digit"),
        ("2850590840090418135201", "first check digit"),
    ],
};

/// Weights 5 4 3 2 7 6 5 4 3 2; what the sum lacks to a multiple of eleven is last. Ten is mostly
/// avoided by another prefix and else written 9. Prefixes 25 and 26, which some programs refuse, are
/// people's.
fn is_cuit(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (check, body) = text.split_last()?;
    let prefix = digits::number(text.get(..2)?)?;
    let expected = weighted::complement(body, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11).min(9);
    let holds = matches!(prefix, 20 | 23..=27 | 30 | 33..=34 | 50..=51 | 55)
        && digits::digit(*check)? == expected;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Seven or eight digits.
fn is_dni(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 7..=8) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Weights 7 1 3 9 over bank and branch, 3 9 7 1 over the account, each to a multiple of ten.
fn is_cbu(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<22>(value.text)?;
    let (branch, account) = text.split_at_checked(8)?;
    let ends = |block: &[u8], weights: &[u32]| {
        let (check, body) = block.split_last()?;
        Some(digits::digit(*check)? == weighted::complement(body, weights, 10))
    };
    let holds =
        !digits::is_repeated(text) && ends(branch, &[7, 1, 3, 9])? && ends(account, &[3, 9, 7, 1])?;
    holds.then(|| Proof::whole(value, &["mod10"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::passing;
    use super::*;

    #[test]
    fn prefixes_of_a_cuit() {
        let prefixes = [20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55];
        assert_eq!(passing(&CUIT, "", "12345678"), prefixes);
    }
}
