//! Canadian health cards: every province and territory has its own.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn, weighted};

/// Ontario health card.
pub(crate) static ON: Detector = Detector {
    id: "health.ca.on",
    name: "Ontario health card number",
    category: Category::HealthId,
    country: Some("CA"),
    format: "Ten digits NNNN-NNN-NNN, the first not 0, the last by Luhn; perhaps a version of one \
             or two letters.",
    forms: &[
        Form::Layout("9{4}-9{3}-9{3}-A{1,2}"),
        Form::Layout("9{4}-9{3}-9{3} A{1,2}"),
        Form::Layout("9{4}-9{3}-9{3}A{1,2}"),
        Form::Layout("9{4} 9{3} 9{3} A{1,2}"),
        Form::Layout("9{4} 9{3} 9{3}A{1,2}"),
        Form::Layout("9{10}-A{1,2}"),
        Form::Layout("9{10} A{1,2}"),
        Form::Layout("9{10}A{1,2}"),
        Form::Layout("9{4}-9{3}-9{3}"),
        Form::Layout("9{4} 9{3} 9{3}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Alnum,
    check: is_ontario,
    scores: Scores::CHECKED,
    keywords: &[
        "ohip",
        "ohip number",
        "health card",
        "health number",
        "health card number",
        "hcn",
        "carte santé",
        "numéro de carte santé",
    ],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Ontario Ministry of Health: Health Number Validation technical specification"],
    valid: &[
        "9876543217",
        "1234-567-897-AB",
        "1234-567-897 AB",
        "1234-567-897A",
        "1234 567 897 AB",
        "1234 567 897A",
        "9876543217-AB",
        "9876543217 AB",
        "9876543217A",
        "1234-567-897",
        "1234 567 897",
    ],
    invalid: &[
        ("9876543218", "Luhn"),
        ("0234-567-899", "first digit 0 with a fitting check digit"),
        ("1234-567-898-AB", "Luhn"),
    ],
};

/// British Columbia services card.
pub(crate) static BC: Detector = Detector {
    id: "health.ca.bc",
    name: "British Columbia personal health number",
    category: Category::HealthId,
    country: Some("CA"),
    format: "Ten digits NNNN NNN NNN beginning with 9, the last a check digit.",
    forms: &[Form::Layout("9{4} 9{3} 9{3}"), Form::Layout("9{4}-9{3}-9{3}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_british_columbia,
    scores: Scores::CHECKED,
    keywords: &["bc services card", "personal health number", "phn", "msp number", "carecard"],
    window: (60, 40),
    pass_rate: 0.0094,
    wrong_digit_rate: 0.0,
    sources: &["BC Ministry of Health: Personal Health Number check digit, MOD 11"],
    valid: &["9698 658 215", "9876543218", "9698-658-215"],
    invalid: &[("9698 648 215", "check digit"), ("5736504210", "does not begin with 9")],
};

/// Quebec health insurance card.
pub(crate) static QC: Detector = Detector {
    id: "health.ca.qc",
    name: "Quebec health insurance number (NAM, RAMQ)",
    category: Category::HealthId,
    country: Some("CA"),
    format: "Twelve characters: surname 3, given name 1, YYMMDD of birth with 50 added to the \
             month for women, a digit or letter against doubles, a check digit.",
    forms: &[
        Form::Layout("A{4} 9{4} 9{2}X9"),
        Form::Layout("A{4}-9{4}-9{2}X9"),
        Form::Layout("A{4} 9{6}X9"),
        Form::Layout("A{4}9{6}X9"),
    ],
    edges: Edges::Alnum,
    check: is_quebec,
    scores: Scores { bare: 60, separated: 75, keyword: 90, field: 96 },
    keywords: &[
        "ramq",
        "nam",
        "numéro d'assurance maladie",
        "carte d'assurance maladie",
        "assurance maladie",
        "health insurance number",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.082,
    sources: &["Régie de l'assurance maladie du Québec: structure du numéro d'assurance maladie"],
    valid: &["TREM 7455 0113", "LAVJ82010412", "ROYM-0506-12A7", "DUPA 90083115"],
    invalid: &[("TREM 7413 0112", "month 13"), ("TREM 7455 0114", "check digit")],
};

/// Health numbers of the other provinces and territories.
pub(crate) static PROVINCIAL: Detector = Detector {
    id: "health.ca.provincial",
    name: "Health number of other Canadian provinces and territories",
    category: Category::HealthId,
    country: Some("CA"),
    format: "Alberta NNNNN-NNNN; Saskatchewan, Manitoba, New Brunswick, Yukon, Nunavut nine \
             digits; Nova Scotia ten, Prince Edward Island eight, Newfoundland twelve; Northwest \
             Territories a letter and seven digits.",
    forms: &[
        Form::Layout("9{5}-9{4}"),
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{3}-9{3}-9{3}"),
        Form::Layout("9{4} 9{3} 9{3}"),
        Form::Layout("9{12}"),
        Form::Layout("9{10}"),
        Form::Layout("9{8,9}"),
        Form::Layout("A9{7}"),
    ],
    edges: Edges::Alnum,
    check: is_provincial,
    scores: Scores::NAMED,
    keywords: &[
        "phin",
        "phn",
        "personal health number",
        "health card",
        "health services number",
        "health care number",
        "healthcare number",
        "hsn",
        "msi number",
        "mcp number",
        "uli",
        "ahcip",
        "carte d'assurance-maladie",
        "numéro d'assurance-maladie",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["CIHI: health card number formats by jurisdiction"],
    valid: &[
        "12345-6789",
        "123 456 789",
        "N1234567",
        "123-456-789",
        "1234 567 890",
        "123456789012",
        "1234567890",
        "12345678",
    ],
    invalid: &[("1234567", "seven digits"), ("12345-678", "grouping"), ("N0000000", "zero")],
};

/// Ten digits by Luhn, the first not 0, and a version of up to two letters; behind a separator they
/// are capitals, or every short word would be one.
fn is_ontario(value: &Value<'_>) -> Option<Proof> {
    let (number, version) = value.text.split_at_checked(10)?;
    let text = digits::exactly::<10>(number)?;
    let holds = text.first() != Some(&b'0')
        && version.len() <= 2
        && version.iter().all(u8::is_ascii_uppercase)
        && (version.is_empty() || value.capitals || !value.separated)
        && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["luhn"]))
}

/// Weights 2 4 8 5 10 9 7 3 behind the 9; what the sum lacks to a multiple of eleven is last, and
/// no number is given out where that is ten.
fn is_british_columbia(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let [b'9', body @ .., check] = text else { return None };
    let holds =
        digits::digit(*check)? == weighted::complement(body, &[2, 4, 8, 5, 10, 9, 7, 3], 11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// The check digit is reckoned over the whole year and the sex, which are not written: either
/// century may fit.
fn is_quebec(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 12]>::try_from(value.text).ok()?;
    let (name, rest) = text.split_first_chunk::<4>()?;
    let born = digits::number(rest.get(..6)?)?;
    let (month, day) = (born / 100 % 100, born % 100);
    let (sex, month) = if month > 50 { (b'F', month - 50) } else { (b'M', month) };
    let check = digits::digit(*rest.last()?)?;
    let holds = name.iter().all(u8::is_ascii_uppercase)
        && date::is_short_date(born / 10_000, month, day)
        && rest.get(6)?.is_ascii_alphanumeric()
        && [b"19", b"20"].iter().any(|century| ramq_digit(text, century, sex) == Some(check));
    holds.then(|| Proof::whole(value, &["structure", "date", "mod10"]))
}

/// Returns the check digit of a name, year, sex, month, day and serial: code points in EBCDIC times
/// weights, modulo ten.
fn ramq_digit(text: &[u8; 12], century: &[u8; 2], sex: u8) -> Option<u32> {
    let (name, rest) = text.split_first_chunk::<4>()?;
    // Women's months begin with 5 or 6.
    let tens = if sex == b'F' { rest.get(2)?.wrapping_sub(5) } else { *rest.get(2)? };
    let (year, behind) = (rest.get(..2)?, rest.get(3..7)?);
    let whole = [&name[..], &century[..], year, &[sex, tens], behind].concat();
    let weights = [1, 3, 7, 9, 1, 7, 1, 3, 4, 5, 7, 6, 9, 1];
    let products = whole.iter().zip(weights).map(|(&byte, weight)| ebcdic(byte) * weight);
    Some(products.sum::<u32>() % 10)
}

/// Returns the code point of a digit or capital in EBCDIC.
fn ebcdic(byte: u8) -> u32 {
    u32::from(match byte {
        b'A'..=b'I' => byte - b'A' + 0xC1,
        b'J'..=b'R' => byte - b'J' + 0xD1,
        b'S'..=b'Z' => byte - b'S' + 0xE2,
        b'0'..=b'9' => byte - b'0' + 0xF0,
        _ => 0,
    })
}

/// Eight, nine, ten or twelve digits, or a letter and seven.
fn is_provincial(value: &Value<'_>) -> Option<Proof> {
    let number = match value.text.split_first()? {
        (letter, rest) if letter.is_ascii_uppercase() => Some(rest).filter(|r| r.len() == 7)?,
        _ => Some(value.text).filter(|text| matches!(text.len(), 8..=10 | 12))?,
    };
    digits::is_number(number).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::proof;

    #[test]
    fn two_check_digits_fit_a_quebec_number() {
        let fitting = |start: &str| {
            let fits = |check: &u32| proof(&QC, &format!("{start}{check}")).is_some();
            (0..10).filter(fits).collect::<Vec<u32>>()
        };
        assert_eq!(fitting("TREM7455011"), [3, 5]);
        assert_eq!(fitting("LAVJ8201041"), [2, 4]);
    }

    #[test]
    fn no_number_in_british_columbia_lacks_ten() {
        let fits = |check: &u32| proof(&BC, &format!("900000002{check}")).is_some();
        assert_eq!((0..10).filter(fits).collect::<Vec<u32>>(), [5]);
        let fits = |check: &u32| proof(&BC, &format!("900000004{check}")).is_some();
        assert_eq!((0..10).filter(fits).count(), 0);
    }
}
