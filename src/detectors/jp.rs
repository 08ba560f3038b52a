//! Japan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&MY_NUMBER];

/// Individual number.
pub(crate) static MY_NUMBER: Detector = Detector {
    id: "gov.jp.my-number",
    name: "Japanese individual number (My Number)",
    category: Category::GovernmentId,
    country: Some("JP"),
    format: "Twelve digits in fours or in one run, the last a check digit.",
    forms: &[Form::Layout("9{4} 9{4} 9{4}"), Form::Layout("9{4}-9{4}-9{4}"), Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_my_number,
    scores: Scores::CHECKED,
    keywords: &["マイナンバー", "個人番号", "マイナンバーカード", "my number", "individual number"],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Ordinance of the Ministry of Internal Affairs and Communications 85/2014, art. 5"],
    valid: &["6214 9832 0257", "123456789018", "6214-9832-0257"],
    invalid: &[
        ("6214 9832 0258", "check digit"),
        ("6214 9832 025", "eleven digits"),
        ("000000000000", "zero"),
    ],
};

/// Eleven less the remainder of the weighted sum; 0 for the remainders 0 and 1.
fn is_my_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match weighted::sum(body, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    (digits::digit(*check)? == expected).then(|| Proof::whole(value, &["mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{bare, proof, wrong_digits};
    use super::*;

    #[test]
    fn one_check_digit_fits() {
        let digits =
            (0..10).filter(|check| proof(&MY_NUMBER, &format!("6214 9832 025{check}")).is_some());
        assert_eq!(digits.collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn remainders_zero_and_one_share_a_digit() {
        for (body, expected) in [("62149830000", 0), ("62149830006", 0), ("62149830001", 9)] {
            let fits = |check: &u32| bare(&MY_NUMBER, &format!("{body}{check}")).is_some();
            assert_eq!((0..10).filter(fits).collect::<Vec<_>>(), [expected], "{body}");
        }
    }

    #[test]
    fn wrong_digits_hide_only_behind_zero() {
        // A check digit other than 0 stands for one remainder, so every wrong digit is caught.
        for wrong in wrong_digits("6214 9832 0257") {
            assert!(proof(&MY_NUMBER, &wrong).is_none(), "{wrong}");
        }
    }
}
