//! Portugal.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIF, &CC, &NISS, &SNS];

/// Tax number.
pub(crate) static NIF: Detector = Detector {
    id: "gov.pt.nif",
    name: "Portuguese tax number (NIF)",
    category: Category::GovernmentId,
    country: Some("PT"),
    format: "Nine digits, in threes or in one run, the first not 0 (1 to 3 and 45 are people); PT \
             before them as a VAT number.",
    forms: &[
        Form::Layout("A{2} 9{3} 9{3} 9{3}"),
        Form::Layout("A{2} 9{3} 9{6}"),
        Form::Layout("A{2} 9{6} 9{3}"),
        Form::Layout("A{2} 9{9}"),
        Form::Layout("A{2}9{3} 9{3} 9{3}"),
        Form::Layout("A{2}9{3} 9{6}"),
        Form::Layout("A{2}9{6} 9{3}"),
        Form::Layout("A{2}9{9}"),
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{3} 9{6}"),
        Form::Layout("9{6} 9{3}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Alnum,
    check: is_nif,
    scores: Scores::CHECKED,
    keywords: &[
        "número de contribuinte",
        "contribuinte",
        "nif",
        "n.º de contribuinte",
        "número de identificação fiscal",
        "portuguese tax number",
    ],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Decreto-Lei n.º 14/2013", "European Commission TIN portal: Portugal"],
    valid: &[
        "123456789",
        "PT 501 964 843",
        "PT 501 964843",
        "PT 501964 843",
        "PT 501964843",
        "PT501 964 843",
        "PT501 964843",
        "PT501964 843",
        "PT501964843",
        "501 964 843",
        "501 964843",
        "501964 843",
    ],
    invalid: &[("123456788", "check digit"), ("023456789", "first digit")],
};

/// Citizen card: civil number, its check digit, version of the card, and a check digit over all.
pub(crate) static CC: Detector = Detector {
    id: "gov.pt.cc",
    name: "Portuguese citizen card number",
    category: Category::GovernmentId,
    country: Some("PT"),
    format: "Eight digits, check digit, two letters or digits, check digit: 00000000 0 ZZ4; each of \
             the blanks may be missing, and one may stand before the last digit.",
    forms: &[
        Form::Layout("9{8} 9 X{2} 9"),
        Form::Layout("9{8} 9 X{2}9"),
        Form::Layout("9{8} 9X{2} 9"),
        Form::Layout("9{8} 9X{2}9"),
        Form::Layout("9{9} X{2} 9"),
        Form::Layout("9{9} X{2}9"),
        Form::Layout("9{9}X{2} 9"),
        Form::Layout("9{9}X{2}9"),
    ],
    edges: Edges::Alnum,
    check: is_citizen_card,
    scores: Scores { bare: 65, separated: 75, keyword: 92, field: 96 },
    keywords: &[
        "cartão de cidadão",
        "cartão do cidadão",
        "número de documento",
        "bilhete de identidade",
        "citizen card",
        "portuguese citizen card",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &["AMA: Validação do número de documento do Cartão de Cidadão", "Lei n.º 7/2007"],
    valid: &[
        "00000000 0 ZZ4",
        "11095837 3 AA9",
        "11095837 3 AA 9",
        "11095837 3AA 9",
        "11095837 3AA9",
        "110958373 AA 9",
        "110958373 AA9",
        "110958373AA 9",
        "110958373AA9",
    ],
    invalid: &[
        ("00000000 0 ZZ3", "check digit"),
        ("00000000 A ZZ4", "letter"),
        ("11095838 1 AA9", "check digit of the civil number"),
    ],
};

/// Social security number. No official text gives its weights; descriptions of it agree on them.
pub(crate) static NISS: Detector = Detector {
    id: "gov.pt.niss",
    name: "Portuguese social security number (NISS)",
    category: Category::GovernmentId,
    country: Some("PT"),
    format: "Eleven digits, the first 1 (people) or 2 (companies); 3-3-3-2 with blanks or in one run.",
    forms: &[Form::Layout("9{3} 9{3} 9{3} 9{2}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_niss,
    scores: Scores::CHECKED,
    keywords: &[
        "niss",
        "segurança social",
        "número de segurança social",
        "número de identificação da segurança social",
        "portuguese social security",
    ],
    window: (60, 40),
    pass_rate: 0.02,
    wrong_digit_rate: 0.051,
    sources: &["Instituto da Segurança Social: estrutura do NISS"],
    valid: &["12345678902", "20987654329", "123 456 789 02"],
    invalid: &[("11123456780", "check digit"), ("31023456789", "first digit")],
};

/// User of the national health service: no check digit, so the name beside it is everything.
pub(crate) static SNS: Detector = Detector {
    id: "health.pt.sns",
    name: "Portuguese national health service user number",
    category: Category::HealthId,
    country: Some("PT"),
    format: "Nine digits, the first not 0, in threes or in one run.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{3} 9{6}"),
        Form::Layout("9{6} 9{3}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Digit,
    check: is_user_number,
    scores: Scores::NAMED,
    keywords: &[
        "número de utente",
        "utente",
        "sns",
        "nº utente",
        "n.º de utente",
        "serviço nacional de saúde",
        "sns number",
    ],
    window: (60, 40),
    pass_rate: 0.9,
    wrong_digit_rate: 0.988,
    sources: &["SPMS: Registo Nacional de Utentes"],
    valid: &["123456789", "312 345 678", "312 345678", "312345 678"],
    invalid: &[("12345678", "eight digits"), ("012345678", "first digit 0")],
};

/// Weights 9 to 2, the check digit completes the sum to a multiple of eleven, ten written 0.
fn is_nif(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text.strip_prefix(b"PT").unwrap_or(value.text))?;
    (!text.starts_with(b"0") && is_complete(text)).then(|| Proof::whole(value, &["mod11"]))
}

/// Returns whether nine digits end in the check digit of tax and civil numbers.
fn is_complete(text: &[u8]) -> bool {
    // 9 to 2 taken from eleven.
    weighted::ends_in_remainder(text, &[2, 3, 4, 5, 6, 7, 8, 9], 11)
}

/// The check digit of the civil number, as in a tax number; and over all characters, letters from 10
/// on, every second one doubled and lessened by nine above nine, the sum divisible by ten.
///
/// Many programs leave the first of the two out. Versions are letters, so digits in their place are not reported alone. The civil number of the
/// published example is zero.
fn is_citizen_card(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 12]>::try_from(value.text).ok()?;
    let (civil, rest) = text.split_first_chunk::<9>()?;
    let (version, check) = rest.split_first_chunk::<2>()?;
    let sum = text.chunks_exact(2).try_fold(0, |sum, pair| {
        let [first, second] = pair else { return None };
        let doubled = digits::alphanumeric(*first)? * 2;
        let reduced = if doubled > 9 { doubled - 9 } else { doubled };
        Some(sum + reduced + digits::alphanumeric(*second)?)
    })?;
    let lettered = version.iter().all(u8::is_ascii_uppercase);
    let digits_only = civil.iter().chain(check).all(u8::is_ascii_digit);
    let holds = digits_only
        && (lettered || digits::is_number(civil))
        && is_complete(civil)
        && sum.is_multiple_of(10);
    let adjust = if lettered { 0 } else { NEVER_ALONE };
    let test = text == b"000000000ZZ4";
    holds.then(|| Proof::whole(value, &["mod11", "mod10"]).adjusted(adjust).marked_test(test))
}

/// Weights 29 23 19 17 13 11 7 5 3 2, the check digit nine less the sum by ten.
fn is_niss(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = matches!(text.first()?, b'1' | b'2')
        && weighted::sum(text, &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2, 1]) % 10 == 9;
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// Nine digits that do not begin with 0.
fn is_user_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    (!text.starts_with(b"0")).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn versions_are_letters() {
        let adjust = |text: &str| proof(&CC, text).map(|proof| proof.adjust);
        assert_eq!(adjust("11095837 3 AA9"), Some(0));
        let digits = (0..1000).map(|end| format!("110958373{end:03}"));
        let mut found = digits.filter_map(|text| adjust(&text));
        assert!(found.all(|adjust| adjust == NEVER_ALONE));
    }
}
