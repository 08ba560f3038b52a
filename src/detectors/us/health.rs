//! Health insurance numbers of the United States.

use super::tax;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Medicare number of before 2020: a Social Security number with a letter.
pub(crate) static HICN: Detector = Detector {
    id: "health.us.hicn",
    name: "US health insurance claim number (before MBI)",
    category: Category::HealthId,
    country: Some("US"),
    format: "A Social Security number and a code of one or two characters (A, B1, C2, HA, W …); \
             railroad workers' A, H, MA, WA, WCA, … and six or nine digits.",
    forms: &[
        Form::Layout("9{3}-9{2}-9{4}-AX{0,1}"),
        Form::Layout("9{3}-9{2}-9{4}AX{0,1}"),
        Form::Layout("9{9}-AX{0,1}"),
        Form::Layout("9{9}AX{0,1}"),
        Form::Layout("A{1,3}-9{9}"),
        Form::Layout("A{1,3}-9{6}"),
        Form::Layout("A{1,3}9{9}"),
        Form::Layout("A{1,3}9{6}"),
    ],
    edges: Edges::Alnum,
    check: is_hicn,
    scores: Scores::NAMED,
    keywords: &[
        "hicn",
        "hic number",
        "health insurance claim number",
        "health insurance claim",
        "medicare claim number",
        "medicare number",
        "medicare",
        "railroad retirement",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.98,
    sources: &["CMS: HICN and beneficiary identification codes, Medicare Claims Processing Manual"],
    valid: &[
        "001-01-0001-A",
        "111222333B1",
        "WA123456",
        "001-01-0001HA",
        "001010001-W",
        "A-123456789",
        "MA-123456",
        "WCD123456789",
    ],
    invalid: &[
        ("001-01-0001-Z", "no code"),
        ("666-01-0001-A", "no Social Security number"),
        ("XA123456", "no railroad code"),
        ("001-01-001-A", "grouping"),
    ],
};

/// Number that any health plan gives a member, a subscriber or a group: its name is everything.
pub(crate) static MEMBER_ID: Detector = Detector {
    id: "health.us.member-id",
    name: "Health plan member, subscriber or group number",
    category: Category::HealthId,
    country: Some("US"),
    format: "Up to four letters, a digit and five to fourteen letters and digits, perhaps in \
             groups with dashes, after its name. Blue Cross plans begin with three letters.",
    forms: &[
        Form::Layout("A{1,4}9X{1,11}-X{1,6}-X{1,4}"),
        Form::Layout("A{1,4}9X{1,11}-X{1,9}"),
        Form::Layout("A{1,4}9X{5,14}"),
        Form::Layout("9X{1,11}-X{1,6}-X{1,4}"),
        Form::Layout("9X{1,11}-X{1,9}"),
        Form::Layout("9X{5,14}"),
    ],
    edges: Edges::Alnum,
    check: is_member_id,
    scores: Scores::NAMED,
    keywords: &[
        "member id",
        "member number",
        "member #",
        "subscriber id",
        "subscriber number",
        "policy number",
        "insurance id",
        "group number",
        "health plan id",
        "medicaid id",
        "rxgrp",
        "rx group",
        "rxbin",
        "rxpcn",
        "numéro d'adhérent",
        "versichertennummer",
        "número de póliza",
        "número de afiliado",
    ],
    window: (24, 12),
    pass_rate: 0.8,
    wrong_digit_rate: 1.0,
    sources: &["45 CFR 164.514(b)(2)(i)(I): health plan beneficiary numbers"],
    valid: &[
        "XYZ123456789",
        "W12345678901",
        "XYZ123456-01",
        "XYZ1234-5678-90",
        "123456789-01",
        "1234-567-89",
        "123456789",
    ],
    invalid: &[
        ("12345", "five characters"),
        ("ABCDEFGH", "no digit"),
        ("ABCDE123456", "five letters before the first digit"),
        ("XYZ000000000", "zero"),
    ],
};

/// A Social Security number that may have been issued and a code, or a railroad code and digits.
fn is_hicn(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let holds = if letters == 0 {
        let (number, code) = text.split_at_checked(9)?;
        tax::is_issued(digits::exactly::<9>(number)?) && is_beneficiary(code)
    } else {
        let (code, number) = text.split_at_checked(letters)?;
        RAILROAD.contains(&code) && matches!(number.len(), 6 | 9) && digits::is_number(number)
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether a code behind the number names a beneficiary.
fn is_beneficiary(code: &[u8]) -> bool {
    match code {
        [kind] => b"ABDEMTW".contains(kind),
        [b'H', kind] => b"ABC".contains(kind),
        [kind, which] => {
            b"BCDEFJKTW".contains(kind) && (which.is_ascii_uppercase() || which.is_ascii_digit())
        }
        _ => false,
    }
}

/// Codes before the numbers of the Railroad Retirement Board.
const RAILROAD: [&[u8]; 15] = [
    b"A", b"H", b"MA", b"MH", b"WA", b"WH", b"WD", b"WCA", b"WCH", b"WCD", b"PA", b"PH", b"PD",
    b"CA", b"JA",
];

/// Up to four letters, then a digit; six characters or more, a digit among them not zero.
fn is_member_id(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let rest = text.get(letters..)?;
    let holds = letters <= 4
        && (6..=15).contains(&rest.len())
        && rest.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && rest.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    holds.then(|| Proof::whole(value, &["structure"]))
}
