//! South Korea.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RRN, &PASSPORT, &DRIVER];

/// Resident registration number. Since October 2020 its last six digits are random, so a wrong
/// check digit only lowers the score.
pub(crate) static RRN: Detector = Detector {
    id: "gov.kr.rrn",
    name: "Korean resident registration number",
    category: Category::GovernmentId,
    country: Some("KR"),
    format: "Thirteen digits YYMMDD-SNNNNNC; S tells sex, century and 5 to 8 foreigners. The \
             check digit holds up to October 2020.",
    forms: &[Form::Layout("9{6}-9{7}"), Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_rrn,
    scores: Scores::MEDIUM,
    keywords: &[
        "주민등록번호",
        "주민번호",
        "외국인등록번호",
        "resident registration number",
        "rrn",
        "jumin",
    ],
    window: (60, 40),
    // With the check digit, which a bare number without a keyword needs, 0.005 pass.
    pass_rate: 0.036,
    wrong_digit_rate: 0.833,
    sources: &["Ministry of the Interior and Safety: Resident Registration Act"],
    valid: &["971013-9019902", "900101-1234568", "9001011234568", "971013-9019903"],
    invalid: &[
        ("971313-9019902", "month 13"),
        ("970229-9019902", "29 February 1897"),
        ("000000-0000000", "zero"),
    ],
};

/// Korean passport number.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.kr.passport",
    name: "Korean passport number",
    category: Category::GovernmentId,
    country: Some("KR"),
    format: "M or S (older R, O, D) and eight digits; since 2021 letter, three digits, letter, \
             four digits.",
    forms: &[Form::Layout("A9{8}"), Form::Layout("A9{3}A9{4}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "여권번호",
        "여권",
        "passport",
        "passport number",
        "passport no",
        "korean passport",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["Ministry of Foreign Affairs of Korea"],
    valid: &["M12345678", "M123A4567"],
    invalid: &[("A12345678", "letter"), ("M00000000", "zero"), ("G123A4567", "letter")],
};

/// Korean driving licence.
pub(crate) static DRIVER: Detector = Detector {
    id: "gov.kr.driver",
    name: "Korean driving licence",
    category: Category::GovernmentId,
    country: Some("KR"),
    format: "Twelve digits: region 11 to 28, year 2, serial 6, two more: 11-16-042390-62.",
    forms: &[
        Form::Layout("9{2}-9{2}-9{6}-9{2}"),
        Form::Layout("9{2} 9{2} 9{6} 9{2}"),
        Form::Layout("9{2}-9{10}"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: is_driver,
    scores: Scores::NAMED,
    keywords: &[
        "운전면허번호",
        "운전면허",
        "면허번호",
        "driver's license",
        "driving licence",
        "korean driving licence",
        "운전면허증",
    ],
    window: (60, 40),
    pass_rate: 0.18,
    wrong_digit_rate: 0.917,
    sources: &["Korea Road Traffic Authority"],
    valid: &["11-16-042390-62", "211604239062", "11 16 042390 62", "11-1604239062"],
    invalid: &[
        ("31-16-042390-62", "region"),
        ("311604239062", "region"),
        ("11-00-000000-00", "serial zero"),
    ],
};

/// Date of birth with the century in the seventh digit; the check digit where it still holds.
fn is_rrn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let born = digits::number(text.get(..6)?)?;
    let kind = digits::digit(*text.get(6)?)?;
    let century = match kind {
        0 | 9 => 1800,
        1 | 2 | 5 | 6 => 1900,
        _ => 2000,
    };
    if !date::is_date(century + born / 10_000, born / 100 % 100, born % 100) {
        return None;
    }
    if has_check_digit(text, matches!(kind, 5..=8))? {
        return Some(Proof::whole(value, &["date", "mod11"]));
    }
    // Thirteen bare digits that begin with a date are too often something else.
    let adjust = if value.separated { -30 } else { NEVER_ALONE };
    Some(Proof::whole(value, &["date"]).adjusted(adjust))
}

/// Returns whether the last digit is eleven less the remainder, by ten; foreigners' numbers may
/// have two more.
fn has_check_digit(text: &[u8; 13], foreigner: bool) -> Option<bool> {
    let (check, body) = text.split_last()?;
    let check = digits::digit(*check)?;
    let sum = weighted::sum(body, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    let expected = |sum: u32| (11 - sum % 11) % 10;
    // Nine more are two less by eleven.
    Some(check == expected(sum) || foreigner && check == expected(sum + 9))
}

/// A kind of passport and eight digits, or since 2021 three digits, a letter, four digits.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let (kind, rest) = value.text.split_first()?;
    let holds = match rest {
        [first @ .., letter, _, _, _, _] if letter.is_ascii_uppercase() => {
            let number = rest.split_last_chunk::<4>().map(|(_, last)| last);
            b"DMORS".contains(kind)
                && first.len() == 3
                && first.iter().all(u8::is_ascii_digit)
                && number.is_some_and(|number| digits::is_number(number))
        }
        number => b"DGMOPRST".contains(kind) && digits::exactly::<8>(number).is_some(),
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The region and a serial that is not zero; how the last two digits come about is not public.
fn is_driver(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let region = digits::number(text.get(..2)?)?;
    let holds = (11..=28).contains(&region) && digits::is_number(text.get(4..10)?);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;
    use crate::finding::Evidence;

    /// Returns the check digits that count as evidence behind twelve digits.
    fn checks(start: &str) -> Vec<u32> {
        let checked = |check: &u32| {
            let proof = proof(&RRN, &format!("{start}{check}"));
            proof.is_some_and(|proof| proof.evidence.contains(&Evidence::Check("mod11".into())))
        };
        (0..10).filter(checked).collect()
    }

    #[test]
    fn one_check_digit_and_two_for_foreigners() {
        // The weighted sums leave 9, 3, 1, 0 and 2 by eleven.
        assert_eq!(checks("971013-901990"), [2]);
        assert_eq!(checks("900101-123456"), [8]);
        assert_eq!(checks("900101-100008"), [0]);
        assert_eq!(checks("900101-100017"), [1]);
        assert_eq!(checks("900101-523456"), [1, 9]);
    }

    #[test]
    fn the_seventh_digit_tells_the_century() {
        let kinds = |born: &str| {
            let born = |kind: &u32| proof(&RRN, &format!("{born}-{kind}000001")).is_some();
            (0..10).filter(born).collect::<Vec<_>>()
        };
        // 2000 had a 29 February, 1800 and 1900 had none; 1896, 1996 and 2096 have one.
        assert_eq!(kinds("000229"), [3, 4, 7, 8]);
        assert_eq!(kinds("960229"), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(kinds("970229"), [0_u32; 0]);
    }

    #[test]
    fn a_random_number_is_doubted() {
        let adjust = |text| proof(&RRN, text).map(|proof| proof.adjust);
        assert_eq!(adjust("971013-9019902"), Some(0));
        assert_eq!(adjust("971013-9019903"), Some(-30));
        assert_eq!(adjust("9710139019903"), Some(NEVER_ALONE));
    }

    #[test]
    fn with_the_check_digit_one_in_two_hundred_passes() {
        let checked = |proof: &Proof| proof.evidence.contains(&Evidence::Check("mod11".into()));
        let share = super::super::samples::pass_rate(&RRN, 20_000, checked);
        assert!((0.0025..0.01).contains(&share), "{share}");
    }
}
