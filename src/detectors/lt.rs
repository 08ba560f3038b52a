//! Lithuania.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&ASMENS_KODAS];

/// Personal code of the register of residents.
pub(crate) static ASMENS_KODAS: Detector = Detector {
    id: "gov.lt.ak",
    name: "Lithuanian personal code (asmens kodas)",
    category: Category::GovernmentId,
    country: Some("LT"),
    format: "Eleven digits: century and sex 1 to 6, YYMMDD, serial 3, check digit; those that begin \
             with 9 hold no date.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_asmens_kodas,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "asmens kodas",
        "asmens kodo",
        "asmens kodą",
        "personal code",
        "lithuanian id",
        "lithuanian personal code",
    ],
    window: (60, 40),
    pass_rate: 0.012,
    wrong_digit_rate: 0.04,
    sources: &[
        "Lietuvos Respublikos gyventojų registro įstatymas (1992 m. sausio 23 d. Nr. I-2237)",
    ],
    valid: &["33309240064", "38703181745"],
    invalid: &[
        ("33309240164", "check digit"),
        ("38713181745", "month 13"),
        ("73309240064", "first digit"),
    ],
};

/// Date with the century before it; weights 1 to 9, 1 by eleven, and where that gives ten 3 to 9, 1 to
/// 3, ten again being written 0. 7 and 8 are for births from 2100 on. Without a date too many numbers pass to be reported alone.
fn is_asmens_kodas(value: &Value<'_>) -> Option<Proof> {
    const FIRST: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1];
    const SECOND: &[u32] = &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3];
    let text = digits::exactly::<11>(value.text)?;
    let (check, body) = text.split_last()?;
    if digits::digit(*check) != Some(weighted::in_two_rounds(body, FIRST, SECOND) % 10) {
        return None;
    }
    let first = body.first()?;
    if *first == b'9' {
        return Some(Proof::whole(value, &["mod11"]).adjusted(NEVER_ALONE));
    }
    let year = date::century(*first)? + digits::number_at(body, 1..3)?;
    date::is_date(year, digits::number_at(body, 3..5)?, digits::number_at(body, 5..7)?)
        .then(|| Proof::whole(value, &["date", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    #[test]
    fn centuries_are_in_the_first_digit() {
        // 29 February of 2000, and not of 1800 or 1900.
        assert!(passing(&ASMENS_KODAS, "5", "0229000").contains(&0));
        assert!(!passing(&ASMENS_KODAS, "3", "0229000").contains(&0));
        assert!(!passing(&ASMENS_KODAS, "1", "0229000").contains(&0));
    }

    #[test]
    fn without_a_date_nothing_is_reported_alone() {
        let adjusts = (0..10)
            .filter_map(|check| proof(&ASMENS_KODAS, &format!("9990000001{check}")))
            .map(|proof| proof.adjust);
        assert_eq!(adjusts.collect::<Vec<_>>(), [NEVER_ALONE]);
    }
}
