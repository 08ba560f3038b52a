//! India.

mod bank;
mod health;

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn, verhoeff};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[
    &AADHAAR,
    &PAN,
    &VID,
    &EPIC,
    &GSTIN,
    &PASSPORT,
    &DRIVING_LICENCE,
    &UAN,
    &bank::IFSC,
    &bank::ACCOUNT,
    &health::ABHA,
];

/// Aadhaar number of a resident.
pub(crate) static AADHAAR: Detector = Detector {
    id: "gov.in.aadhaar",
    name: "Indian Aadhaar number",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Twelve digits in fours or in one run, the first 2 to 9, the last by Verhoeff.",
    forms: &[Form::Layout("9{4} 9{4} 9{4}"), Form::Layout("9{4}-9{4}-9{4}"), Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_aadhaar,
    scores: Scores { bare: 20, separated: 60, keyword: 80, field: 90 },
    keywords: &[
        "aadhaar",
        "aadhar",
        "uid",
        "uidai",
        "aadhaar number",
        "adhar",
        "आधार",
        "आधार संख्या",
        "आधार नंबर",
    ],
    window: (60, 40),
    pass_rate: 0.08,
    wrong_digit_rate: 0.0,
    sources: &["UIDAI: A UID numbering scheme (2010)"],
    valid: &["2345 6789 0124", "999941057058", "9999-4105-7058"],
    invalid: &[
        ("2345 6789 0125", "Verhoeff"),
        ("1345 6789 0129", "first digit 1"),
        ("2345 6789 012", "eleven digits"),
    ],
};

/// Permanent account number of a taxpayer.
pub(crate) static PAN: Detector = Detector {
    id: "gov.in.pan",
    name: "Indian permanent account number (PAN)",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Five letters, four digits, letter; the fourth letter names the kind of holder, P a \
             person.",
    forms: &[Form::Layout("A{5}9{4}A")],
    edges: Edges::Alnum,
    check: is_pan,
    scores: Scores::MEDIUM,
    keywords: &["pan", "permanent account number", "income tax", "pan card", "पैन"],
    window: (60, 40),
    pass_rate: 0.00033,
    wrong_digit_rate: 1.0,
    sources: &["Income Tax Department: structure of PAN", "Income-tax Rules, rule 114"],
    valid: &["ACUPA7085R", "AAPFU0939F", "acupa7085r"],
    invalid: &[
        ("ACUPA7085", "no check letter"),
        ("ABMXA3211G", "X is no kind of holder"),
        ("ACUPA0000R", "number zero"),
    ],
};

/// Indian Aadhaar virtual ID.
pub(crate) static VID: Detector = Detector {
    id: "gov.in.vid",
    name: "Indian Aadhaar virtual ID",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Sixteen digits in fours, last by Verhoeff.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{4} 9{4}"),
        Form::Layout("9{4}-9{4}-9{4}-9{4}"),
        Form::Layout("9{16}"),
    ],
    edges: Edges::Digit,
    check: is_vid,
    scores: Scores::CHECKED,
    keywords: &["vid", "virtual id", "aadhaar", "आधार", "aadhaar vid", "virtual identity"],
    window: (60, 40),
    pass_rate: 0.081,
    wrong_digit_rate: 0.0,
    sources: &["UIDAI circular 1 of 2018"],
    valid: &["2341 2341 2341 2341", "9456789012345670", "2341-2341-2341-2341"],
    invalid: &[("2341234123412342", "Verhoeff"), ("1341234123412341", "first digit")],
};

/// Indian voter card number (EPIC).
pub(crate) static EPIC: Detector = Detector {
    id: "gov.in.epic",
    name: "Indian voter card number (EPIC)",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Three letters and seven digits, the last by Luhn; older cards with the constituency \
             between slashes are not covered.",
    forms: &[
        Form::Layout("A{3}/9{7}"),
        Form::Layout("A{3}-9{7}"),
        Form::Layout("A{3} 9{7}"),
        Form::Layout("A{3}9{7}"),
    ],
    edges: Edges::Alnum,
    check: is_epic,
    scores: Scores::CHECKED,
    keywords: &[
        "voter id",
        "epic no",
        "voter card",
        "electors photo",
        "election commission",
        "मतदाता",
        "epic number",
        "elector photo",
        "voter id card",
        "voter identity",
        "मतदाता पहचान पत्र",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["Election Commission of India"],
    valid: &["WKH1186253", "ABC1234566", "WKH/1186253", "WKH-1186253", "WKH 1186253"],
    invalid: &[("WKH1186254", "Luhn"), ("WKH0000000", "zero")],
};

/// Indian GSTIN (holds a PAN).
pub(crate) static GSTIN: Detector = Detector {
    id: "gov.in.gstin",
    name: "Indian GSTIN (holds a PAN)",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Fifteen characters: state 01-38 (97, 99), PAN 10, entity 1-9 A-Z, Z, check.",
    forms: &[Form::Layout("9{2}A{5}9{4}AXAX")],
    edges: Edges::Alnum,
    check: is_gstin,
    scores: Scores::STRONG,
    keywords: &["gstin", "gst", "gst number", "gst no", "goods and services tax"],
    window: (60, 40),
    pass_rate: 1e-6,
    wrong_digit_rate: 0.0,
    sources: &["GSTN: structure of GSTIN"],
    valid: &["27AAPFU0939F1ZV", "29ACUPA7085R1ZH", "27aapfu0939f1zv"],
    invalid: &[
        ("27AAPFU0939F1ZO", "check character"),
        ("39AAPFU0939F1ZV", "state"),
        ("27AAPFU0939F0ZV", "entity 0"),
        ("27AAPFU0939F1YV", "Z is fixed"),
    ],
};

/// Indian passport number.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.in.passport",
    name: "Indian passport number",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Letter (not Q, X, Z) and seven digits, the first and last not 0.",
    forms: &[Form::Layout("A 9{7}"), Form::Layout("A9{7}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &["indian passport", "passport", "passport number", "passport no", "पासपोर्ट"],
    window: (60, 40),
    pass_rate: 7e-5,
    wrong_digit_rate: 0.968,
    sources: &["Ministry of External Affairs: passport booklet"],
    valid: &["J8369854", "A 2096457"],
    invalid: &[("Q8369854", "letter"), ("J0369854", "begins with 0"), ("J8369850", "ends with 0")],
};

/// Indian driving licence.
pub(crate) static DRIVING_LICENCE: Detector = Detector {
    id: "gov.in.driving-licence",
    name: "Indian driving licence",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "State 2 letters, office 2 digits, year 4, serial 7: MH-12 2011 0062821.",
    forms: &[
        Form::Layout("A{2}-9{2}-9{4}-9{7}"),
        Form::Layout("A{2}-9{2} 9{4} 9{7}"),
        Form::Layout("A{2}-9{2} 9{11}"),
        Form::Layout("A{2}-9{2}-9{11}"),
        Form::Layout("A{2}-9{13}"),
        Form::Layout("A{2} 9{2} 9{4} 9{7}"),
        Form::Layout("A{2} 9{2} 9{11}"),
        Form::Layout("A{2} 9{13}"),
        Form::Layout("A{2}9{2}-9{4}-9{7}"),
        Form::Layout("A{2}9{2} 9{4} 9{7}"),
        Form::Layout("A{2}9{2} 9{11}"),
        Form::Layout("A{2}9{2}-9{11}"),
        Form::Layout("A{2}9{13}"),
    ],
    edges: Edges::Alnum,
    check: is_driving_licence,
    scores: Scores { bare: 45, separated: 60, keyword: 86, field: 93 },
    keywords: &[
        "indian driving licence",
        "driving licence",
        "dl no",
        "licence no",
        "sarathi",
        "ड्राइविंग लाइसेंस",
        "driving license",
        "dl number",
    ],
    window: (60, 40),
    pass_rate: 1e-6,
    wrong_digit_rate: 0.846,
    sources: &["Ministry of Road Transport: Sarathi, Central Motor Vehicles Rules"],
    valid: &[
        "MH-12 20110062821",
        "DL0420110149646",
        "MH-12-2011-0062821",
        "MH-12 2011 0062821",
        "MH-12-20110062821",
        "MH-1220110062821",
        "MH 12 2011 0062821",
        "MH 12 20110062821",
        "MH 1220110062821",
        "MH12-2011-0062821",
        "MH12 2011 0062821",
        "MH12 20110062821",
        "MH12-20110062821",
    ],
    invalid: &[
        ("XX-12 20110062821", "state"),
        ("MH-12 18110062821", "year"),
        ("MH-12 20110000000", "serial zero"),
    ],
};

/// Indian universal account number (EPFO).
pub(crate) static UAN: Detector = Detector {
    id: "gov.in.uan",
    name: "Indian universal account number (EPFO)",
    category: Category::GovernmentId,
    country: Some("IN"),
    format: "Twelve digits, the first 1; mostly they begin 10.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_uan,
    scores: Scores::NAMED,
    keywords: &["uan", "universal account number", "epfo", "uan number", "uan no", "epf uan"],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.917,
    sources: &["Employees' Provident Fund Organisation (India): universal account number"],
    valid: &["100904319456", "101234567890"],
    invalid: &[("200904319456", "first digit"), ("000904319456", "first digit")],
};

/// Numbers that read the same backwards are taken: the authority refuses none.
fn is_aadhaar(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let holds = matches!(text.first()?, b'2'..=b'9') && verhoeff::is_valid(text);
    let test = UIDAI_TEST_NUMBERS.contains(&text);
    holds.then(|| Proof::whole(value, &["structure", "verhoeff"]).marked_test(test))
}

/// The last letter is a check by a rule that was never published, so nothing is checked.
fn is_pan(value: &Value<'_>) -> Option<Proof> {
    let (letters, rest) = value.text.split_first_chunk::<5>()?;
    let (last, number) = rest.split_last()?;
    let lettered = letters.iter().chain([last]).all(u8::is_ascii_uppercase);
    let holder = b"ABCEFGHJKLPT".contains(letters.get(3)?);
    digits::exactly::<4>(number)?;
    (lettered && holder).then(|| Proof::whole(value, &["structure"]))
}

/// What the authority's developer pages give for trying out authentication.
const UIDAI_TEST_NUMBERS: [&[u8; 12]; 5] =
    [b"999941057058", b"999971658847", b"999933119405", b"999955183433", b"999990501894"];

/// As an Aadhaar number, with sixteen digits.
fn is_vid(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<16>(value.text)?;
    let holds = matches!(text.first()?, b'2'..=b'9') && verhoeff::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "verhoeff"]))
}

/// Luhn over the seven digits.
fn is_epic(value: &Value<'_>) -> Option<Proof> {
    let (_, number) = digits::behind_letters::<3>(value.text)?;
    let holds = number.len() == 7 && luhn::is_valid(number);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}

/// State, the holder's PAN, a count of registrations, Z, and Luhn by 36 over it all. Only the PAN's
/// shape is looked at.
fn is_gstin(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 15]>::try_from(value.text).ok()?;
    let [s0, s1, a, b, c, d, e, rest @ ..] = text;
    let [n0, n1, n2, n3, last, entity, fixed, _] = rest;
    let state = digits::number(&[*s0, *s1])?;
    digits::exactly::<4>(&[*n0, *n1, *n2, *n3])?;
    let holds = matches!(state, 1..=38 | 97 | 99)
        && [a, b, c, d, e, last].into_iter().all(u8::is_ascii_uppercase)
        && matches!(entity, b'1'..=b'9' | b'A'..=b'Z')
        && *fixed == b'Z'
        && luhn::is_valid_by_36(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn-36"]))
}

/// A letter but Q, X and Z; neither the first nor the last digit is 0.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_first()?;
    let [first, .., last] = digits::exactly::<7>(number)?;
    let holds =
        matches!(letter, b'A'..=b'P' | b'R'..=b'W' | b'Y') && *first != b'0' && *last != b'0';
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// State, office, a year of 1900 to 2099, serial.
fn is_driving_licence(value: &Value<'_>) -> Option<Proof> {
    let (state, number) = digits::behind_letters::<2>(value.text)?;
    let (_, rest) = <&[u8; 13]>::try_from(number).ok()?.split_first_chunk::<2>()?;
    let (year, serial) = rest.split_first_chunk::<4>()?;
    let holds = STATES.contains(&state)
        && matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..])
        && digits::is_number(serial);
    // Letters and digits in small letters are far more often some other program's code.
    let adjust = if value.capitals { 0 } else { NEVER_ALONE };
    holds.then(|| Proof::whole(value, &["structure"]).adjusted(adjust))
}

/// Twelve digits of which only the first is known.
fn is_uan(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    (text.first() == Some(&b'1')).then(|| Proof::whole(value, &["structure"]))
}

/// Letters of states and union territories on licences, former ones too: Ministry of Road
/// Transport and Highways, notification S.O. 444(E) of 1989 with its amendments.
const STATES: [&[u8; 2]; 40] = [
    b"AN", b"AP", b"AR", b"AS", b"BR", b"CG", b"CH", b"DD", b"DL", b"DN", b"GA", b"GJ", b"HP",
    b"HR", b"JH", b"JK", b"KA", b"KL", b"LA", b"LD", b"MH", b"ML", b"MN", b"MP", b"MZ", b"NL",
    b"OD", b"OR", b"PB", b"PY", b"RJ", b"SK", b"TG", b"TN", b"TR", b"TS", b"UA", b"UK", b"UP",
    b"WB",
];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn test_numbers_pass_and_are_marked() {
        for number in UIDAI_TEST_NUMBERS {
            let text = String::from_utf8_lossy(number);
            assert_eq!(proof(&AADHAAR, &text).map(|proof| proof.test), Some(true), "{text}");
        }
        assert_eq!(proof(&AADHAAR, "2345 6789 0124").map(|proof| proof.test), Some(false));
    }

    #[test]
    fn kinds_of_holder() {
        let kinds = ('A'..='Z').filter(|kind| proof(&PAN, &format!("ACU{kind}A7085R")).is_some());
        assert_eq!(kinds.collect::<String>(), "ABCEFGHJKLPT");
    }
}
