//! France.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIR];

/// Social security number, since 2020 the national health identity (INS) as well.
pub(crate) static NIR: Detector = Detector {
    id: "gov.fr.nir",
    name: "French NIR (social security number)",
    category: Category::GovernmentId,
    country: Some("FR"),
    format: "Sex 1, year 2, month 2, department 2 (2A and 2B in Corsica), commune 3, order 3, key \
             2; blanks between the groups: 2 95 10 99 126 111 93.",
    forms: &[
        Form::Layout("9 9{2} 9{2} X{2} 9{3} 9{3} 9{2}"),
        Form::Layout("9{5}X{2}9{6} 9{2}"),
        Form::Layout("9{5}X{2}9{8}"),
    ],
    edges: Edges::Alnum,
    check: is_nir,
    scores: Scores::MEDIUM,
    keywords: &[
        "numéro de sécurité sociale",
        "sécurité sociale",
        "nir",
        "insee",
        "carte vitale",
        "numéro d'immatriculation",
        "ins",
        "matricule ins",
        "french social security",
    ],
    window: (60, 40),
    pass_rate: 0.0046,
    wrong_digit_rate: 0.0,
    sources: &["INSEE: NIR", "Décret 82-103", "ANS: Identité nationale de santé (INS)"],
    valid: &[
        "295109912611193",
        "2 53 07 2A 113 006 05",
        "1 84 12 76 451 089 46",
        "2951099126111 93",
        "253072a11300605",
    ],
    invalid: &[
        ("295109912611199", "key"),
        ("2 53 07 2B 113 006 05", "key of 2A"),
        ("2 53 07 2C 113 006 05", "no such department"),
        ("295139912611193", "month 13"),
        ("295139912611144", "month 13 with a fitting key"),
        ("295109912600010", "order number 000"),
        ("595109912611140", "first digit"),
    ],
};

/// Key = 97 less the remainder of the first thirteen digits, 2A counting as 19 and 2B as 18.
fn is_nir(value: &Value<'_>) -> Option<Proof> {
    let text = without_corsica(value.text)?;
    digits::exactly::<15>(&text)?;
    let (number, key) = text.split_at_checked(13)?;
    let known = matches!(number.first()?, b'1'..=b'4' | b'7' | b'8')
        && matches!(digits::number(number.get(3..5)?)?, 1..=12 | 20 | 30..=42 | 50..=99)
        && number.get(10..)? != b"000";
    let holds = known && digits::number(key)? == 97 - digits::remainder(number, 97)?;
    holds.then(|| Proof::whole(value, &["structure", "mod97"]))
}

/// Returns the text with the Corsican departments in the digits that stand for them in the key.
fn without_corsica(text: &[u8]) -> Option<[u8; 15]> {
    let mut text = <[u8; 15]>::try_from(text).ok()?;
    let department = text.get_mut(5..7)?;
    match &*department {
        b"2A" => department.copy_from_slice(b"19"),
        b"2B" => department.copy_from_slice(b"18"),
        _ => {}
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn every_key_but_one_is_wrong() {
        let keys =
            (0..100).filter(|key| proof(&NIR, &format!("2 95 10 99 126 111 {key:02}")).is_some());
        assert_eq!(keys.collect::<Vec<_>>(), [93]);
    }

    #[test]
    fn months_and_what_stands_for_an_unknown_one() {
        let passes = |month: &u32| {
            (1..98)
                .any(|key| proof(&NIR, &format!("2 95 {month:02} 99 126 111 {key:02}")).is_some())
        };
        let months: Vec<u32> = (0..100).filter(passes).collect();
        assert_eq!(months, (1..=12).chain([20]).chain(30..=42).chain(50..=99).collect::<Vec<_>>());
    }

    #[test]
    fn both_halves_of_corsica() {
        for (text, holds) in [
            ("2 53 07 2A 113 006 05", true),
            ("2 53 07 2B 113 006 32", true),
            ("2 53 07 2A 113 006 32", false),
            ("2 53 07 2B 113 006 05", false),
        ] {
            assert_eq!(proof(&NIR, text).is_some(), holds, "{text}");
        }
    }
}
