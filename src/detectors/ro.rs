//! Romania.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CNP, &ID_CARD];

/// Personal numeric code.
pub(crate) static CNP: Detector = Detector {
    id: "gov.ro.cnp",
    name: "Romanian personal numeric code (CNP)",
    category: Category::GovernmentId,
    country: Some("RO"),
    format: "Thirteen digits: sex and century 1 to 9, YYMMDD, county 2, serial 3, check digit.",
    forms: &[Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_cnp,
    scores: Scores { bare: 40, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "cnp",
        "cod numeric personal",
        "codul numeric personal",
        "personal numeric code",
        "romanian personal code",
    ],
    window: (60, 40),
    pass_rate: 0.0018,
    wrong_digit_rate: 0.0,
    sources: &["OUG 97/2005, art. 6", "Legea 105/1996, anexă"],
    valid: &["1630615123457", "2900101120015"],
    invalid: &[
        ("1630615123458", "check digit"),
        ("1632215123457", "month 22"),
        ("8800101221144", "check digit"),
        ("1630615993452", "county 99"),
    ],
};

/// Identity card: no check digit, so the name beside it is everything.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.ro.id-card",
    name: "Romanian identity card series and number",
    category: Category::GovernmentId,
    country: Some("RO"),
    format: "Two letters (series) and six digits; a blank, NR or nr. between them possible.",
    forms: &[
        Form::Layout("A{2} A{2}. 9{6}"),
        Form::Layout("A{2} A{2}.9{6}"),
        Form::Layout("A{2} A{2} 9{6}"),
        Form::Layout("A{2} A{2}9{6}"),
        Form::Layout("A{4}. 9{6}"),
        Form::Layout("A{4}.9{6}"),
        Form::Layout("A{4} 9{6}"),
        Form::Layout("A{4}9{6}"),
        Form::Layout("A{2} 9{6}"),
        Form::Layout("A{2}9{6}"),
    ],
    edges: Edges::Alnum,
    check: is_id_card,
    scores: Scores::NAMED,
    keywords: &[
        "carte de identitate",
        "cartea de identitate",
        "seria",
        "seria și numărul",
        "buletin",
        "act de identitate",
        "identity card",
        "romanian id card",
    ],
    window: (60, 40),
    pass_rate: 0.0002,
    wrong_digit_rate: 1.0,
    sources: &["HG 295/2021", "OUG 97/2005"],
    valid: &[
        "RT 123456",
        "XB123456",
        "RT nr. 123456",
        "RT NR.123456",
        "RT nr 123456",
        "RT NR123456",
        "RTNR. 123456",
        "RTNR.123456",
        "RTNR 123456",
        "RTNR123456",
    ],
    invalid: &[
        ("R 123456", "one letter"),
        ("RT 12345", "five digits"),
        ("RT 000000", "zero"),
        ("RT xx 123456", "neither series nor nr."),
    ],
};

/// Date with the century before it, a county, a serial from 1 on, and weights 2 7 9 1 4 6 3 5 8 2 7 9
/// by eleven, ten written 1.
///
/// 47 and 48 are sectors of Bucharest no longer in use, 70 is given out online and 80 to 83 abroad. The
/// digits 7 to 9 of foreigners do not tell the century.
fn is_cnp(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match weighted::sum(body, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
        10 => 1,
        rest => rest,
    };
    let county = matches!(digits::number_at(body, 7..9)?, 1..=48 | 51 | 52 | 70 | 80..=83);
    let serial = digits::number_at(body, 9..12)? != 0;
    let holds = county && serial && digits::digit(*check) == Some(expected) && is_born(body)?;
    holds.then(|| Proof::whole(value, &["date", "structure", "mod11"]))
}

/// Returns whether a code begins with a digit of sex and century and a date that fits it.
fn is_born(body: &[u8]) -> Option<bool> {
    let centuries: &[u32] = match body.first()? {
        b'1' | b'2' => &[1900],
        b'3' | b'4' => &[1800],
        b'5' | b'6' => &[2000],
        b'7'..=b'9' => &[1900, 2000],
        _ => return None,
    };
    let year = digits::number_at(body, 1..3)?;
    let month = digits::number_at(body, 3..5)?;
    let day = digits::number_at(body, 5..7)?;
    Some(centuries.iter().any(|century| date::is_date(century + year, month, day)))
}

/// Two letters, NR perhaps, and six digits. NR alone is the word for a number, not a series, and small
/// letters behind a blank are a word.
fn is_id_card(value: &Value<'_>) -> Option<Proof> {
    let (series, rest) = value.text.split_first_chunk::<2>()?;
    let number = digits::exactly::<6>(rest.strip_prefix(b"NR").unwrap_or(rest))?;
    let marked = rest.len() > number.len();
    let holds = series.iter().all(u8::is_ascii_uppercase)
        && series != b"NR"
        && (marked || value.capitals || !value.separated);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    #[test]
    fn counties() {
        let counties = passing(&CNP, "1630615", "345");
        let expected = (1..=48).chain([51, 52, 70]).chain(80..=83);
        assert_eq!(counties, expected.collect::<Vec<_>>());
    }

    #[test]
    fn centuries_are_in_the_first_digit() {
        // 29 February of 2000, and of no other century year.
        let passes = |first: u32| {
            (0..10).any(|check| proof(&CNP, &format!("{first}00022912345{check}")).is_some())
        };
        assert_eq!((0..10).filter(|first| passes(*first)).collect::<Vec<_>>(), [5, 6, 7, 8, 9]);
    }
}
