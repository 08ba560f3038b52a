//! Brazil.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CPF];

/// Individual taxpayer number.
pub(crate) static CPF: Detector = Detector {
    id: "gov.br.cpf",
    name: "Brazilian individual taxpayer number (CPF)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Eleven digits NNN.NNN.NNN-CC, the last two check digits; the ninth names the tax \
             region.",
    forms: &[Form::Layout("9{3}.9{3}.9{3}-9{2}"), Form::Layout("9{9}-9{2}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_cpf,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &["cpf", "cadastro de pessoas físicas", "cpf/mf", "brazilian taxpayer"],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.007,
    sources: &["Receita Federal: CPF", "Instrução Normativa RFB 1548/2015"],
    valid: &["390.533.447-05", "23100299981", "123456789-09"],
    invalid: &[
        ("231.002.999-01", "check digits"),
        ("231.002.999-82", "second check digit"),
        ("111.111.111-11", "one digit over and over, which passes the arithmetic"),
    ],
};

/// Two check digits, the second over the first as well.
fn is_cpf(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let [.., first, second] = text;
    let holds = !digits::is_repeated(text)
        && digits::digit(*first) == Some(check_digit(text.get(..9)?, &WEIGHTS_FIRST))
        && digits::digit(*second) == Some(check_digit(text.get(..10)?, &WEIGHTS_SECOND));
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Returns eleven less the remainder of the weighted sum; 0 stands for ten and eleven as well.
fn check_digit(text: &[u8], weights: &[u32]) -> u32 {
    match weighted::sum(text, weights) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

const WEIGHTS_FIRST: [u32; 9] = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const WEIGHTS_SECOND: [u32; 10] = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_pair_of_check_digits_fits() {
        let pairs =
            (0..100).filter(|pair| proof(&CPF, &format!("123.456.789-{pair:02}")).is_some());
        assert_eq!(pairs.collect::<Vec<_>>(), [9]);
    }

    #[test]
    fn remainders_zero_and_one_share_a_digit() {
        assert_eq!(check_digit(b"11", &[1, 10]), 0);
        assert_eq!(check_digit(b"11", &[2, 10]), 0);
        assert_eq!(check_digit(b"11", &[3, 10]), 9);
    }
}
