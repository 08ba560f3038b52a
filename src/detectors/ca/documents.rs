//! Canadian documents and tax numbers.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Social insurance number.
pub(crate) static SIN: Detector = Detector {
    id: "gov.ca.sin",
    name: "Canadian social insurance number",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Nine digits in threes or in one run, the last by Luhn.",
    forms: &[Form::Layout("9{3} 9{3} 9{3}"), Form::Layout("9{3}-9{3}-9{3}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_sin,
    scores: Scores::CHECKED,
    keywords: &[
        "sin",
        "social insurance",
        "social insurance number",
        "sin number",
        "nas",
        "numéro d'assurance sociale",
        "assurance sociale",
    ],
    window: (60, 40),
    pass_rate: 0.08,
    wrong_digit_rate: 0.0,
    sources: &["Employment and Social Development Canada: SIN code of practice"],
    valid: &["123-456-782", "130 692 544", "130692544"],
    invalid: &[
        ("123-456-783", "Luhn"),
        ("046 454 286", "first digit 0, the fictitious number printed in guides"),
        ("800 000 002", "first digit 8 belongs to business numbers"),
    ],
};

/// Business number, personal for sole proprietors.
pub(crate) static BN: Detector = Detector {
    id: "gov.ca.bn",
    name: "Canadian business number and program account",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Nine digits, the last by Luhn, perhaps a program (RC RM RP RT RZ) and four digits.",
    forms: &[
        Form::Layout("9{9} A{2} 9{4}"),
        Form::Layout("9{9} A{2}9{4}"),
        Form::Layout("9{9}A{2} 9{4}"),
        Form::Layout("9{9}A{2}9{4}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Alnum,
    check: is_bn,
    scores: Scores::CHECKED,
    keywords: &[
        "business number",
        "gst number",
        "gst/hst number",
        "gst/hst",
        "gst",
        "hst",
        "cra account",
        "numéro d'entreprise",
        "tps",
        "tvh",
    ],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.255,
    sources: &["Canada Revenue Agency: RC2, The Business Number and Your CRA Program Accounts"],
    valid: &[
        "123026635",
        "123026635RC0001",
        "123026635 RT 0001",
        "123026635 RP0001",
        "750123457RZ 0002",
    ],
    invalid: &[
        ("123026636", "Luhn"),
        ("123026635RX0001", "no program"),
        ("123026635RC0000", "no account"),
    ],
};

/// Passport.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.ca.passport",
    name: "Canadian passport number",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Two letters and six digits, or since 2023 a letter, six digits and two letters. No \
             check digit.",
    forms: &[Form::Layout("A{2} 9{6}"), Form::Layout("A{2}9{6}"), Form::Layout("A9{6}A{2}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "canadian passport",
        "passport",
        "passport number",
        "passport no",
        "passeport",
        "passeport canadien",
        "numéro de passeport",
    ],
    window: (60, 40),
    pass_rate: 0.00026,
    wrong_digit_rate: 1.0,
    sources: &["Immigration, Refugees and Citizenship Canada: passports; ICAO Doc 9303-4"],
    valid: &["GA302922", "P123456AA", "GA 302922"],
    invalid: &[
        ("G1302922", "one letter before seven digits"),
        ("GA000000", "zero"),
        ("GA30292", "five digits"),
    ],
};

/// Driver's licence. A number of digits named by the American spelling is `gov.us.driver-license`'s.
pub(crate) static DRIVER_LICENCE: Detector = Detector {
    id: "gov.ca.driver-licence",
    name: "Canadian driver's licence",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Ontario A1234-56789-01234; Quebec A1234-567890-12; Nova Scotia five letters and nine \
             digits; Manitoba AB-CD-EF-G123HI; Newfoundland a letter and nine digits; Alberta \
             123456-789; elsewhere five to nine digits. Letters of names that are filled up with \
             asterisks are not found.",
    forms: &[
        Form::Layout("A9{4}-9{5}-9{5}"),
        Form::Layout("A9{4} 9{5} 9{5}"),
        Form::Layout("A9{4}-9{6}-9{2}"),
        Form::Layout("A9{4} 9{6} 9{2}"),
        Form::Layout("A{2}-A{2}-A{2}-A9{3}A{2}"),
        Form::Layout("A{7}9{3}A{2}"),
        Form::Layout("A{5}-9{9}"),
        Form::Layout("A{5} 9{9}"),
        Form::Layout("A{5}9{9}"),
        Form::Layout("A9{14}"),
        Form::Layout("A9{12}"),
        Form::Layout("A9{9}"),
        Form::Layout("9{6}-9{3}"),
        Form::Layout("9{5,9}"),
    ],
    edges: Edges::Alnum,
    check: is_driver_licence,
    scores: Scores::NAMED,
    keywords: &[
        "saaq",
        "driver's licence",
        "drivers licence",
        "driver licence",
        "driving licence",
        "enhanced driver's licence",
        "permis de conduire",
        "numéro de permis",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["CCMTA and the provincial registries: driver's licence number formats"],
    valid: &[
        "A1234-56789-01234",
        "A1234 56789 01234",
        "A1234-567890-12",
        "A1234 567890 12",
        "AB-CD-EF-G123HI",
        "ABCDEFG123HI",
        "ABCDE-123456789",
        "ABCDE 123456789",
        "ABCDE123456789",
        "A12345678901234",
        "A123456789012",
        "A123456789",
        "123456-789",
        "1234567",
    ],
    invalid: &[
        ("A1234-5678", "eight digits behind a letter"),
        ("A00000000000000", "zero"),
        ("1234", "four digits"),
    ],
};

/// Number of a client in immigration.
pub(crate) static UCI: Detector = Detector {
    id: "gov.ca.uci",
    name: "Canadian unique client identifier (immigration)",
    category: Category::GovernmentId,
    country: Some("CA"),
    format: "Eight digits NNNN-NNNN or ten NN-NNNN-NNNN; no check digit is published.",
    forms: &[
        Form::Layout("9{2}-9{4}-9{4}"),
        Form::Layout("9{4}-9{4}"),
        Form::Layout("9{10}"),
        Form::Layout("9{8}"),
    ],
    edges: Edges::Digit,
    check: is_uci,
    scores: Scores::NAMED,
    keywords: &[
        "uci",
        "unique client identifier",
        "client id ircc",
        "ircc",
        "iuc",
        "identificateur unique de client",
    ],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Immigration, Refugees and Citizenship Canada: help centre, what is a UCI?"],
    valid: &["11-2233-4455", "1122-3344", "1122334455", "11223344"],
    invalid: &[("112-2334-455", "grouping"), ("1122-334", "seven digits")],
};

/// A first digit 0 is the revenue agency's own, 8 a business number's; 9 is a temporary resident's.
fn is_sin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let personal = !matches!(text.first()?, b'0' | b'8') && !digits::is_repeated(text);
    (personal && luhn::is_valid(text)).then(|| Proof::whole(value, &["structure", "luhn"]))
}

/// Nine digits by Luhn, and perhaps a program and its account.
fn is_bn(value: &Value<'_>) -> Option<Proof> {
    let (number, account) = value.text.split_at_checked(9)?;
    let text = digits::exactly::<9>(number)?;
    let named = match account.split_at_checked(2) {
        None => account.is_empty(),
        Some((program, rest)) => {
            matches!(program, b"RC" | b"RM" | b"RP" | b"RT" | b"RZ")
                && digits::exactly::<4>(rest).is_some()
        }
    };
    (named && luhn::is_valid(text)).then(|| Proof::whole(value, &["luhn"]))
}

/// Two letters before six digits, or one before and two behind.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (number, rest) = text.get(letters..)?.split_at_checked(6)?;
    let holds = digits::is_number(number)
        && match letters {
            2 => rest.is_empty(),
            1 => rest.len() == 2 && rest.iter().all(u8::is_ascii_uppercase),
            _ => false,
        };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Letters and digits in the numbers that one of the provinces uses.
fn is_driver_licence(value: &Value<'_>) -> Option<Proof> {
    let letters = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let rest = value.text.get(letters..)?;
    let (number, behind) = match letters {
        7 => rest.split_at_checked(3)?,
        _ => (rest, &[][..]),
    };
    let holds = match letters {
        0 => matches!(number.len(), 5..=9),
        1 => matches!(number.len(), 9 | 12 | 14),
        5 => number.len() == 9,
        7 => behind.len() == 2 && behind.iter().all(u8::is_ascii_uppercase),
        _ => false,
    };
    (holds && digits::is_number(number)).then(|| Proof::whole(value, &["structure"]))
}

/// Eight or ten digits.
fn is_uci(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 8 | 10) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::proof;

    #[test]
    fn temporary_residents_have_one() {
        assert!(proof(&SIN, "900 000 001").is_some());
    }
}
