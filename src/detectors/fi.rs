//! Finland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&HETU];

/// Personal identity code.
pub(crate) static HETU: Detector = Detector {
    id: "gov.fi.hetu",
    name: "Finnish personal identity code (henkilötunnus)",
    category: Category::GovernmentId,
    country: Some("FI"),
    format: "DDMMYY, century mark (+ 1800s; - Y X W V U 1900s; A B C D E F 2000s), three digits, \
             check character.",
    forms: &[Form::Layout("9{6}-9{3}X"), Form::Layout("9{6}+9{3}X"), Form::Layout("9{6}A9{3}X")],
    edges: Edges::Alnum,
    check: is_hetu,
    scores: Scores::STRONG,
    keywords: &[
        "hetu",
        "henkilötunnus",
        "henkilötunnuksen",
        "sotu",
        "sosiaaliturvatunnus",
        "personbeteckning",
        "finnish personal identity code",
        "personal identity code",
        "finnish ssn",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &[
        "Valtioneuvoston asetus 128/2010, 2 §",
        "Digital and Population Data Services Agency: reform of personal identity code, 2023",
    ],
    valid: &["131052-308T", "010594Y9032", "131052A308T", "131052+308T"],
    invalid: &[
        ("131052-308U", "check character"),
        ("310252-308Y", "31 February"),
        ("131052G308T", "no such century"),
        ("131052-001E", "individual numbers begin with 002"),
    ],
};

/// Date of birth, and a character for the remainder of the nine digits by 31. Individual numbers of
/// 900 and above are temporary or for tests. Where the last character is a digit as well, it is
/// written as many a number of six and four digits.
fn is_hetu(value: &Value<'_>) -> Option<Proof> {
    let (born, rest) = value.text.split_at_checked(6)?;
    let (mark, serial) = rest.split_at_checked(rest.len().checked_sub(4)?)?;
    let (check, serial) = serial.split_last()?;
    let number = [born, serial].concat();
    let number = digits::exactly::<9>(&number)?;
    let [day, month, year] = digits::pairs(born)?;
    let serial = digits::number(serial)?;
    let rest = usize::try_from(digits::remainder(number, 31)?).ok()?;
    let holds = date::is_date(century(mark, value.separator)? + year, month, day)
        && serial >= 2
        && CHECKS.get(rest) == Some(check);
    let adjust = if mark.is_empty() && check.is_ascii_digit() { -20 } else { 0 };
    let proof = holds.then(|| Proof::whole(value, &["date", "mod31"]))?;
    Some(proof.adjusted(adjust).marked_test(serial >= 900))
}

/// Returns the century of a mark, which is a letter or the separator.
fn century(mark: &[u8], separator: Option<u8>) -> Option<u32> {
    match (mark, separator) {
        // A plus is read as the blank that it stands for in a form's body.
        ([], Some(b'+' | b' ')) => Some(1800),
        ([], Some(b'-')) | ([b'U'..=b'Y'], None) => Some(1900),
        ([b'A'..=b'F'], None) => Some(2000),
        _ => None,
    }
}

/// The check characters, by remainder.
const CHECKS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn marks_tell_the_century() {
        // 29 February 2000 was, that of 1900 was not.
        for mark in ["A", "B", "C", "D", "E", "F"] {
            assert!(proof(&HETU, &format!("290200{mark}901C")).is_some(), "{mark}");
        }
        for mark in ["-", "+", "U", "V", "W", "X", "Y", "G", "T", "Z"] {
            assert!(proof(&HETU, &format!("290200{mark}901C")).is_none(), "{mark}");
        }
    }
}
