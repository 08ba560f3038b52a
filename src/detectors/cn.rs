//! China.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, iso7064};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&RIC, &PASSPORT];

/// Resident identity number.
pub(crate) static RIC: Detector = Detector {
    id: "gov.cn.ric",
    name: "Chinese resident identity number",
    category: Category::GovernmentId,
    country: Some("CN"),
    format: "Region 6, date of birth YYYYMMDD, serial 3, check character 0 to 9 or X.",
    forms: &[Form::Layout("9{17}X")],
    edges: Edges::Alnum,
    check: is_ric,
    scores: Scores::STRONG,
    keywords: &[
        "身份证",
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "居民身份证",
        "resident identity",
        "chinese id",
        "identity card",
    ],
    window: (60, 40),
    pass_rate: 4e-5,
    wrong_digit_rate: 0.0,
    sources: &["GB 11643-1999", "GB/T 2260"],
    valid: &["360426199101010071", "11010519491231002X", "11010519491231002x"],
    invalid: &[
        ("360426199101010072", "check character"),
        ("360426199113010071", "month 13"),
        ("360426199113010079", "month 13 with a fitting check character"),
        ("160426199101010074", "no such province"),
        ("36042619910101007A", "A is no check character"),
    ],
};

/// Chinese passport and exit permits.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.cn.passport",
    name: "Chinese passport and exit permits",
    category: Category::GovernmentId,
    country: Some("CN"),
    format: "E and eight digits, or E, a letter, seven digits; D, G, H, P, S and eight; DE, PE, \
             SE, MA and seven or eight; permits for Hong Kong and Macao C or W and eight, H or K \
             and seven or eight.",
    forms: &[Form::Layout("A{1,2}9{7,8}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "护照号码",
        "护照",
        "护照号",
        "通行证",
        "passport",
        "passport number",
        "passport no",
        "chinese passport",
        "港澳通行证",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["National Immigration Administration (China)"],
    valid: &["E12345678", "EA1234567", "G12345678", "K1234567", "DE1234567", "C12345678"],
    invalid: &[
        ("EI1234567", "I is not used"),
        ("E1234567", "seven digits"),
        ("A12345678", "no such series"),
        ("E00000000", "zero"),
    ],
};

/// Province, date of birth of 1800 to 2099 and MOD 11-2.
fn is_ric(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 18]>::try_from(value.text).ok()?;
    let province = digits::number(text.get(..2)?)?;
    let born = digits::number(text.get(6..14)?)?;
    let (year, month, day) = (born / 10_000, born / 100 % 100, born % 100);
    let holds = is_province(province)
        && (1800..2100).contains(&year)
        && date::is_date(year, month, day)
        && iso7064::is_mod11_2(text);
    let test = text == b"11010519491231002X";
    holds.then(|| Proof::whole(value, &["structure", "date", "mod11-2"]).marked_test(test))
}

/// Returns whether GB/T 2260 gives the code to a province; 81 to 83 are residents of Hong Kong,
/// Macao and Taiwan, 91 foreigners.
fn is_province(code: u32) -> bool {
    matches!(
        code,
        11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91
    )
}

/// A series in use; I and O are not used behind E. There is no check digit.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let count = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (series, number) = value.text.split_at_checked(count)?;
    let holds = match (series, number.len()) {
        ([b'C' | b'D' | b'E' | b'G' | b'H' | b'K' | b'P' | b'S' | b'W'], 8) => true,
        ([b'H' | b'K'], 7) => true,
        ([b'E', second], 7) => !matches!(second, b'I' | b'O'),
        (b"DE" | b"MA" | b"PE" | b"SE", 7 | 8) => true,
        _ => false,
    };
    (holds && digits::is_number(number)).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_check_character_of_eleven_fits() {
        let fitting = ('0'..='9').chain('A'..='Z');
        let fitting =
            fitting.filter(|end| proof(&RIC, &format!("11010519491231002{end}")).is_some());
        assert_eq!(fitting.collect::<String>(), "X");
    }

    #[test]
    fn provinces_of_the_standard() {
        // Remainders differ by province, so one of eleven serial numbers fits the check digit 0.
        let fits = |province: u32| {
            (100..200)
                .any(|serial| proof(&RIC, &format!("{province}042619910101{serial}0")).is_some())
        };
        let provinces: Vec<u32> = (10..100).filter(|&province| fits(province)).collect();
        let expected = [
            11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
            51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
        ];
        assert_eq!(provinces, expected);
    }

    #[test]
    fn the_standards_example_is_a_test_number() {
        assert_eq!(proof(&RIC, "11010519491231002X").map(|proof| proof.test), Some(true));
        assert_eq!(proof(&RIC, "360426199101010071").map(|proof| proof.test), Some(false));
    }
}
