//! Poland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PESEL];

/// Number of the population register.
pub(crate) static PESEL: Detector = Detector {
    id: "gov.pl.pesel",
    name: "Polish PESEL",
    category: Category::GovernmentId,
    country: Some("PL"),
    format: "Eleven digits YYMMDDNNNNC; the month plus 80 for the 1800s, 20 for the 2000s, 40 and \
             60 for the next.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_pesel,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &["pesel", "numer pesel", "nr pesel"],
    window: (60, 40),
    pass_rate: 0.018,
    wrong_digit_rate: 0.0,
    sources: &["Ustawa o ewidencji ludności, art. 15", "gov.pl: PESEL"],
    valid: &["44051401359", "02070803628", "85121312342"],
    invalid: &[
        ("44051401358", "check digit"),
        ("84102998765", "check digit"),
        ("44131401350", "month 13"),
    ],
};

/// Date of birth with the century in the month, weights 1 3 7 9, the sum divisible by ten.
fn is_pesel(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let year = digits::number(text.get(..2)?)?;
    let month = digits::number(text.get(2..4)?)?;
    let day = digits::number(text.get(4..6)?)?;
    // 1900s plain, then 20 more a century to 2200, and 80 for the 1800s.
    let century = if month >= 80 { 1800 } else { 1900 + month / 20 * 100 };
    let holds = date::is_date(century + year, month % 20, day)
        && weighted::sum(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["date", "mod10"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    /// Returns whether any check digit makes the ten digits a PESEL.
    fn passes(start: &str) -> bool {
        (0..10).any(|check| proof(&PESEL, &format!("{start}{check}")).is_some())
    }

    #[test]
    fn centuries_are_in_the_month() {
        // 29 February of 1900 and 2100 never was or will be; that of 2000 was.
        assert!(passes("0022290000"));
        assert!(!passes("0002290000") && !passes("0042290000") && !passes("0082290000"));
        assert!(passes("9682290000") && !passes("9582290000"));
        assert!(passes("4421310000") && !passes("4422300000"));
        assert_eq!(passing(&PESEL, "44", "140135").len(), 60);
    }
}
