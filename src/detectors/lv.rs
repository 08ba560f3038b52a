//! Latvia.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PERSONAS_KODS];

/// Personal code. Those issued from July 2017 on begin with 32 and hold neither a date nor a check
/// digit that is published.
pub(crate) static PERSONAS_KODS: Detector = Detector {
    id: "gov.lv.pk",
    name: "Latvian personal code (personas kods)",
    category: Category::GovernmentId,
    country: Some("LV"),
    format: "Eleven digits, DDMMYY-CNNNK with the century C 0 to 2, or 32NNNN-NNNNN without a date; \
             the dash possible.",
    forms: &[Form::Layout("9{6}-9{5}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_personas_kods,
    scores: Scores::MEDIUM,
    keywords: &[
        "personas kods",
        "personas kodu",
        "personas koda",
        "personal code",
        "latvian id",
        "latvian personal code",
    ],
    window: (60, 40),
    pass_rate: 0.011,
    wrong_digit_rate: 0.273,
    sources: &[
        "Fizisko personu reģistra likums",
        "Pilsonības un migrācijas lietu pārvalde: personas kods",
    ],
    valid: &["161175-19997", "320010-12345", "16117519997"],
    invalid: &[
        ("161375-19997", "month 13"),
        ("161175-19998", "check digit"),
        ("161175-39997", "century"),
    ],
};

/// Date with the century behind it; 1 more than the sum with weights 10 5 8 4 2 1 6 3 7 9 by eleven,
/// ten written 0. Numbers that begin with 32 pass unchecked (some programs apply the old sum to them, no
/// publication does), so they are not reported alone.
fn is_personas_kods(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    if text.starts_with(b"32") {
        return Some(Proof::whole(value, &["structure"]).adjusted(NEVER_ALONE));
    }
    let (check, body) = text.split_last()?;
    let century = digits::number_at(body, 6..7).filter(|century| *century < 3)?;
    let year = 1800 + century * 100 + digits::number_at(body, 4..6)?;
    let rest = (1 + weighted::sum(body, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10;
    let holds = date::is_date(year, digits::number_at(body, 2..4)?, digits::number_at(body, 0..2)?)
        && digits::digit(*check) == Some(rest);
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    #[test]
    fn the_century_stands_behind_the_date() {
        assert!(proof(&PERSONAS_KODS, "320010-12345").is_some_and(|p| p.adjust == NEVER_ALONE));
        // Serials 0 to 2 behind 29 February 2000, none behind that of 1800 or 1900.
        let of_2000: Vec<u32> = (20..30).collect();
        assert_eq!(passing(&PERSONAS_KODS, "290200", "00"), of_2000);
    }
}
