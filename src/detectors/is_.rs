//! Iceland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&KENNITALA];

/// Identity number of people, and of companies with 40 added to the day.
pub(crate) static KENNITALA: Detector = Detector {
    id: "gov.is.kennitala",
    name: "Icelandic identity number (kennitala)",
    category: Category::GovernmentId,
    country: Some("IS"),
    format: "Ten digits DDMMYY-NNCE: serial 2, check digit, century 8, 9 or 0; companies add 40 to \
             the day. A dash, a blank or nothing in the middle.",
    forms: &[Form::Layout("9{6}-9{4}"), Form::Layout("9{6} 9{4}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_kennitala,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "kennitala",
        "kennitölu",
        "kennitalan",
        "icelandic id",
        "icelandic identity number",
    ],
    window: (60, 40),
    pass_rate: 0.002,
    wrong_digit_rate: 0.022,
    sources: &[
        "Þjóðskrá (Registers Iceland): kennitala",
        "Lög um skráningu einstaklinga nr. 140/2019",
    ],
    valid: &["450401-3150", "120174-3399", "120174 3399", "1201743399"],
    invalid: &[
        ("530401-3150", "check digit"),
        ("320174-3399", "day 32"),
        ("120174-3397", "century"),
    ],
};

/// Date with the century behind it, weights 3 2 7 6 5 4 3 2 1, the sum divisible by eleven.
///
/// Dates to come are taken, and the century 8 of those born before 1900.
fn is_kennitala(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let (century, rest) = text.split_last()?;
    let century = match century {
        b'8' => 1800,
        b'9' => 1900,
        b'0' => 2000,
        _ => return None,
    };
    let day = digits::number_at(rest, 0..2)?;
    let day = if day > 40 { day - 40 } else { day };
    let year = century + digits::number_at(rest, 4..6)?;
    let holds = date::is_date(year, digits::number_at(rest, 2..4)?, day)
        && weighted::sum(rest, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn the_last_digit_is_the_century() {
        // 29 February of 2000 only; the digit before the century is the one that can check.
        let passes = |century| {
            (0..100).any(|end| proof(&KENNITALA, &format!("2902002{end:02}{century}")).is_some())
        };
        assert!(passes(0) && !passes(8) && !passes(9) && !passes(1));
    }
}
