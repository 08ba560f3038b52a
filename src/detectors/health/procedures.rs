//! Codes of procedures and services.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// CPT of the American Medical Association, categories I to III and laboratory analyses.
pub(crate) static CPT: Detector = Detector {
    id: "health.cpt",
    name: "CPT procedure code",
    category: Category::Health,
    country: None,
    format: "Five digits from 00100 on, perhaps a dash and a modifier of two characters; or four digits \
             and F, T, U, M or A.",
    forms: &[Form::Layout("9{5}-XX"), Form::Layout("9{5}"), Form::Layout("9{4}A")],
    edges: Edges::Alnum,
    check: is_cpt,
    scores: Scores::NAMED,
    keywords: &["cpt", "cpt code", "cpt-4", "cpt4", "procedure code"],
    window: (20, 10),
    pass_rate: 1.0,
    wrong_digit_rate: 0.994,
    sources: &["American Medical Association: CPT code set, categories I to III"],
    valid: &["99213", "99213-25", "0001F", "0042T"],
    invalid: &[("00099", "below the first code"), ("0001X", "X is no category"), ("00000", "zero")],
};

/// HCPCS level II: what CPT leaves out, drugs and equipment above all.
pub(crate) static HCPCS: Detector = Detector {
    id: "health.hcpcs",
    name: "HCPCS level II code",
    category: Category::Health,
    country: None,
    format: "Letter A to V without F, I, N and O, four digits; perhaps a dash and a modifier of two \
             characters.",
    forms: &[Form::Layout("A9{4}-XX"), Form::Layout("A9{4}")],
    edges: Edges::Alnum,
    check: is_hcpcs,
    scores: Scores::NAMED,
    keywords: &["hcpcs", "hcpcs code", "j-code", "procedure code"],
    window: (20, 10),
    pass_rate: 0.003,
    wrong_digit_rate: 1.0,
    sources: &["Centers for Medicare & Medicaid Services: HCPCS level II coding procedures"],
    valid: &["J1885", "G0438", "E0601-RR"],
    invalid: &[("F1885", "F is not used"), ("W1885", "W is not used"), ("J0000", "zero")],
};

/// Procedure codes of England, Germany and France, and those of hospitals in the United States.
pub(crate) static NATIONAL: Detector = Detector {
    id: "health.procedure-national",
    name: "National procedure codes (OPCS-4, OPS, CCAM, ICD-10-PCS)",
    category: Category::Health,
    country: None,
    format: "OPCS-4: letter, two digits, dot, digit. OPS: digit, dash, three characters, perhaps a dot \
             and one or two. CCAM: four letters, three digits. ICD-10-PCS: seven digits and capitals \
             without I and O.",
    forms: &[
        Form::Layout("A99.9"),
        Form::Layout("9-9X{2}.X{1,2}"),
        Form::Layout("9-9X{2}"),
        Form::Layout("A{4}9{3}"),
        Form::Layout("9X{6}"),
        Form::Layout("AX{6}"),
    ],
    edges: Edges::Alnum,
    check: is_national,
    scores: Scores::NAMED,
    keywords: &[
        "opcs-4",
        "opcs",
        "opcs4",
        "icd-10-pcs",
        "icd10pcs",
        "procedure code",
        "ops-code",
        "ops code",
        "ops-schlüssel",
        "ops",
        "prozedur",
        "ccam",
        "acte ccam",
        "code ccam",
    ],
    window: (24, 10),
    pass_rate: 0.016,
    wrong_digit_rate: 0.989,
    sources: &[
        "NHS Digital: OPCS-4",
        "BfArM: OPS",
        "ATIH: CCAM",
        "Centers for Medicare & Medicaid Services: ICD-10-PCS reference manual",
    ],
    valid: &["K40.1", "5-470.11", "8-98f", "HHFA011", "0DTJ4ZZ", "B030ZZZ"],
    invalid: &[
        ("0-470.11", "no chapter is numbered zero"),
        ("HHFI011", "the letter I is not used"),
        ("0DTJ4OZ", "the letter O is not used"),
        ("1234567", "digits only"),
    ],
};

/// Five digits from 00100 on with a modifier, or four and the letter of a category.
fn is_cpt(value: &Value<'_>) -> Option<Proof> {
    let (code, modifier) = value.text.split_at_checked(5)?;
    let holds = match code {
        [number @ .., b'F' | b'T' | b'U' | b'M' | b'A'] => {
            digits::is_number(number) && modifier.is_empty()
        }
        _ => digits::number(code)? >= 100 && is_modifier(modifier),
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

fn is_hcpcs(value: &Value<'_>) -> Option<Proof> {
    let (code, modifier) = value.text.split_first_chunk::<5>()?;
    let (letter, number) = code.split_first()?;
    let holds = b"ABCDEGHJKLMPQRSTUV".contains(letter)
        && digits::is_number(number)
        && is_modifier(modifier);
    (holds && value.capitals).then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether the text is a modifier or nothing.
fn is_modifier(text: &[u8]) -> bool {
    let letters = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    matches!(text.len(), 0 | 2) && text.iter().all(letters)
}

/// The separator tells the systems of England and Germany; without one the letters tell CCAM.
fn is_national(value: &Value<'_>) -> Option<Proof> {
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"IO".contains(byte);
    let either = |byte: &u8| byte.is_ascii_digit() || letter(byte);
    let text = value.text;
    let holds = match (value.separator, text) {
        (Some(b'.'), [block, number @ ..]) => {
            block.is_ascii_uppercase() && digits::exactly::<3>(number).is_some()
        }
        (Some(b'-'), [b'1'..=b'9', b'0'..=b'9', rest @ ..]) => {
            (2..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric)
        }
        (None, [b'0'..=b'9' | b'B'..=b'D' | b'F'..=b'H' | b'X', rest @ ..]) if text.len() == 7 => {
            let procedure = rest.iter().all(either) && rest.iter().any(letter);
            procedure && text.iter().any(u8::is_ascii_digit) && value.capitals
        }
        (None, _) => is_ccam(text) && value.capitals,
        _ => false,
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether the text is four letters and three digits of the French classification.
fn is_ccam(text: &[u8]) -> bool {
    let Some((letters, number)) = text.split_at_checked(4) else { return false };
    let lettered = letters.iter().all(|byte| byte.is_ascii_uppercase() && !b"IO".contains(byte));
    lettered && digits::exactly::<3>(number).is_some()
}
