//! Documents of the United States' federal government: passports, immigration, defence.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Passport book and card.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.us.passport",
    name: "United States passport number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Nine digits, or since 2021 a letter and eight digits; cards C and eight digits. No \
             check digit but in the machine readable zone.",
    forms: &[Form::Layout("A9{8}"), Form::Layout("9{9}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "ds-11",
        "us passport",
        "american passport",
        "passport",
        "passport number",
        "passport no",
        "passport #",
        "passport book number",
        "passport card number",
        "travel document number",
        "pasaporte",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["US Department of State: next generation passport", "ICAO Doc 9303-4"],
    valid: &["340020013", "A12345678"],
    invalid: &[("AB1234567", "two letters"), ("A00000000", "zero"), ("34002001", "eight digits")],
};

/// Number of a person in immigration.
pub(crate) static ALIEN_NUMBER: Detector = Detector {
    id: "gov.us.alien-number",
    name: "US alien registration number (A-number)",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "A and seven to nine digits, nine with leading zeros since 2004: A012-345-678, \
             A#12345678. No check digit.",
    forms: &[
        Form::Layout("A#9{3}-9{3}-9{3}"),
        Form::Layout("A#9{2}-9{3}-9{3}"),
        Form::Layout("A#9{7,9}"),
        Form::Layout("A-9{3}-9{3}-9{3}"),
        Form::Layout("A-9{2}-9{3}-9{3}"),
        Form::Layout("A-9{7,9}"),
        Form::Layout("A 9{3} 9{3} 9{3}"),
        Form::Layout("A9{3} 9{3} 9{3}"),
        Form::Layout("A9{3}-9{3}-9{3}"),
        Form::Layout("A9{2}-9{3}-9{3}"),
        Form::Layout("A9{7,9}"),
    ],
    edges: Edges::Alnum,
    check: is_alien_number,
    scores: Scores::NAMED,
    keywords: &[
        "alien number",
        "alien registration number",
        "alien registration",
        "a-number",
        "anumber",
        "uscis number",
        "uscis",
        "green card",
        "permanent resident",
        "i-485",
        "i-551",
        "i-765",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["USCIS Policy Manual, volume 7", "USCIS: instructions for form I-485"],
    valid: &[
        "A012-345-678",
        "A12345678",
        "A#012-345-678",
        "A#12-345-678",
        "A#12345678",
        "A-012-345-678",
        "A-12-345-678",
        "A-1234567",
        "A 012 345 678",
        "A012 345 678",
        "A12-345-678",
    ],
    invalid: &[("A123456", "six digits"), ("B12345678", "letter"), ("A000000000", "zero")],
};

/// Receipt of an application in immigration.
pub(crate) static USCIS_RECEIPT: Detector = Detector {
    id: "gov.us.uscis-receipt",
    name: "USCIS receipt number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Service centre (three letters), fiscal year 2, day 3, case 5; online IOE and ten \
             digits.",
    forms: &[
        Form::Layout("A{3}-9{2}-9{3}-9{5}"),
        Form::Layout("A{3} 9{2} 9{3} 9{5}"),
        Form::Layout("A{3}-9{10}"),
        Form::Layout("A{3} 9{10}"),
        Form::Layout("A{3}9{2}-9{3}-9{5}"),
        Form::Layout("A{3}9{10}"),
    ],
    edges: Edges::Alnum,
    check: is_uscis_receipt,
    scores: Scores { bare: 55, separated: 65, keyword: 88, field: 95 },
    keywords: &[
        "uscis receipt",
        "uscis receipt number",
        "uscis",
        "receipt number",
        "case status",
        "i-797",
        "petition number",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["USCIS: Case Status Online, receipt number"],
    valid: &[
        "EAC-21-123-45678",
        "IOE0912345678",
        "MSC 21 123 45678",
        "LIN-2112345678",
        "SRC 2112345678",
        "WAC21-123-45678",
    ],
    invalid: &[
        ("ABC2112345678", "no service centre"),
        ("EAC0000000000", "zero"),
        ("EAC211234567", "nine digits"),
    ],
};

/// Number of a person in the Department of Defense.
pub(crate) static DOD_ID: Detector = Detector {
    id: "gov.us.dod-id",
    name: "US Department of Defense ID number (EDIPI)",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Ten digits. The last is said to be a check digit; its arithmetic is not public, and \
             none is applied.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_dod_id,
    scores: Scores::NAMED,
    keywords: &[
        "edipi",
        "dod id",
        "dod id number",
        "dodid",
        "dod identification",
        "military id",
        "uniformed services id",
    ],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["DoD Instruction 1000.30; DoD Manual 1000.13"],
    valid: &["1234567890", "1010101015"],
    invalid: &[
        ("123456789", "nine digits"),
        ("1111111111", "one digit over and over"),
        ("12345678901", "eleven digits"),
    ],
};

/// Nine digits, or a letter and eight.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let number = match value.text.split_first()? {
        (first, rest) if first.is_ascii_uppercase() => rest,
        _ => value.text,
    };
    let sized = value.text.len() == 9 && digits::is_number(number);
    sized.then(|| Proof::whole(value, &["structure"]))
}

/// A and seven to nine digits.
fn is_alien_number(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_prefix(b"A")?;
    let holds = (7..=9).contains(&number.len()) && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// A service centre and ten digits.
fn is_uscis_receipt(value: &Value<'_>) -> Option<Proof> {
    let (centre, number) = value.text.split_first_chunk::<3>()?;
    digits::exactly::<10>(number)?;
    CENTRES.contains(&centre).then(|| Proof::whole(value, &["structure"]))
}

/// Vermont, California, Nebraska and Texas under their two names, the National Benefits Center
/// under three, Potomac, and what is filed online.
const CENTRES: [&[u8; 3]; 12] = [
    b"EAC", b"VSC", b"WAC", b"CSC", b"LIN", b"NSC", b"SRC", b"TSC", b"NBC", b"MSC", b"YSC", b"IOE",
];

/// Ten digits.
fn is_dod_id(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}
