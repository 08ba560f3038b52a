//! Health identifiers of Australia.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn, weighted};

/// Australian Medicare card number.
pub(crate) static MEDICARE: Detector = Detector {
    id: "health.au.medicare",
    name: "Australian Medicare card number",
    category: Category::HealthId,
    country: Some("AU"),
    format: "Ten digits NNNN NNNNC I: number 8, check digit, issue 1 to 9; an eleventh digit, 1 \
             to 9, names the person: 2123 45670 1-1.",
    forms: &[
        Form::Layout("9{4} 9{5} 9-9"),
        Form::Layout("9{4} 9{5} 9/9"),
        Form::Layout("9{4} 9{5} 9 9"),
        Form::Layout("9{4} 9{5} 9"),
        Form::Layout("9{4} 9{6}"),
        Form::Layout("9{4}-9{5}-9"),
        Form::Layout("9{10}-9"),
        Form::Layout("9{10}/9"),
        Form::Layout("9{10} 9"),
        Form::Layout("9{10,11}"),
    ],
    edges: Edges::Digit,
    check: is_medicare,
    scores: Scores { bare: 0, separated: 55, keyword: 85, field: 92 },
    keywords: &[
        "medicare card number",
        "medicare",
        "medicare number",
        "medicare card",
        "medicare no",
        "irn",
        "medicare card no",
    ],
    window: (60, 40),
    pass_rate: 0.045,
    wrong_digit_rate: 0.137,
    sources: &["Services Australia; METeOR 270101: Medicare card number"],
    valid: &[
        "2123 45670 1",
        "2123456701",
        "3500123061/2",
        "2123 45670 1-1",
        "2123 45670 1/1",
        "2123 45670 1 1",
        "2123 456701",
        "2123-45670-1",
        "2123456701-2",
        "2123456701 2",
        "21234567011",
    ],
    invalid: &[
        ("2123 45671 1", "check digit"),
        ("7123 45670 1", "first digit"),
        ("2123 45670 0", "issue 0"),
        ("2123 45670 1-0", "person 0"),
    ],
};

/// Australian individual healthcare identifier (and HPI-I, HPI-O).
pub(crate) static IHI: Detector = Detector {
    id: "health.au.ihi",
    name: "Australian individual healthcare identifier (and HPI-I, HPI-O)",
    category: Category::HealthId,
    country: Some("AU"),
    format: "Sixteen digits, the last by Luhn: 800360 people, 800361 practitioners, 800362 \
             organisations.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{4} 9{4}"),
        Form::Layout("9{4}-9{4}-9{4}-9{4}"),
        Form::Layout("9{16}"),
    ],
    edges: Edges::Digit,
    check: is_ihi,
    scores: Scores::STRONG,
    keywords: &[
        "ihi",
        "individual healthcare identifier",
        "hpi-i",
        "hpi-o",
        "ihi number",
        "healthcare identifier",
    ],
    window: (60, 40),
    pass_rate: 3e-7,
    wrong_digit_rate: 0.0,
    sources: &["Healthcare Identifiers Service; AS 5017; ISO 7812"],
    valid: &["8003608166690503", "8003 6100 0000 0006", "8003-6081-6669-0503"],
    invalid: &[("8003608166690504", "Luhn"), ("8003636166690503", "prefix")],
};

/// Australian DVA file number.
pub(crate) static DVA: Detector = Detector {
    id: "health.au.dva",
    name: "Australian DVA file number",
    category: Category::HealthId,
    country: Some("AU"),
    format: "State letter N V Q W S T, war code of up to three letters, up to six digits, eight \
             characters in all, fewer without leading zeros; a segment letter may follow.",
    forms: &[Form::Layout("A{1,4}9{1,6}A"), Form::Layout("A{1,4}9{1,6}")],
    edges: Edges::Alnum,
    check: is_dva,
    scores: Scores::NAMED,
    keywords: &[
        "dva file number",
        "dva",
        "veterans' affairs",
        "veterans affairs",
        "dva number",
        "veteran card",
        "dva card",
        "dva no",
    ],
    window: (60, 40),
    pass_rate: 0.002,
    wrong_digit_rate: 1.0,
    sources: &["METeOR 339127: DVA file number"],
    valid: &["NX012345", "VKM12345A"],
    invalid: &[
        ("AX012345", "state letter"),
        ("NX0123456", "seven digits"),
        ("N1", "too short"),
        ("NABC12345", "nine characters without a segment letter"),
    ],
};

/// The ninth digit is the sum of the first eight, weighted 1 3 7 9, by ten; issue and person are
/// not covered by it.
fn is_medicare(value: &Value<'_>) -> Option<Proof> {
    let (number, rest) = value.text.split_first_chunk::<8>()?;
    let (check, counts) = rest.split_first()?;
    let holds = matches!(number.first()?, b'2'..=b'6')
        && number.iter().all(u8::is_ascii_digit)
        && (1..=2).contains(&counts.len())
        && counts.iter().all(|count| matches!(count, b'1'..=b'9'))
        && weighted::sum(number, &[1, 3, 7, 9]) % 10 == digits::digit(*check)?;
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// The issuer 80036 of ISO 7812 with one of three kinds, and Luhn.
fn is_ihi(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<16>(value.text)?;
    let holds = matches!(text.get(..6)?, b"800360" | b"800361" | b"800362") && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}

/// No check; of the eight characters without the segment letter at least four have to be there.
fn is_dva(value: &Value<'_>) -> Option<Proof> {
    let count = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, rest) = value.text.split_at_checked(count)?;
    let number = match rest {
        [number @ .., segment] if segment.is_ascii_uppercase() => number,
        number => number,
    };
    let holds = b"NVQWST".contains(letters.first()?)
        && letters.len() <= 4
        && (4..=8).contains(&(letters.len() + number.len()))
        && number.len() <= 6
        && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}
