//! Codes of diseases: ordinary part numbers without a word beside them.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// ICD-10, as the WHO and its members but the United States write it.
pub(crate) static ICD10: Detector = Detector {
    id: "health.icd10",
    name: "ICD-10 code (WHO)",
    category: Category::Health,
    country: None,
    format: "Letter, two digits, perhaps a dot and one or two digits or a dash; behind it the \
             German marks G V Z A and the sides R L B.",
    forms: &[
        Form::Layout("A99.9{1,2}AA"),
        Form::Layout("A99.9{1,2}A"),
        Form::Layout("A99.9{1,2}"),
        Form::Layout("A99.-AA"),
        Form::Layout("A99.-A"),
        Form::Layout("A99.-"),
        Form::Layout("A99AA"),
        Form::Layout("A99A"),
        Form::Layout("A99"),
    ],
    edges: Edges::Alnum,
    check: is_icd10,
    scores: Scores::NAMED,
    keywords: &[
        "icd",
        "icd-10",
        "icd10",
        "diagnosis",
        "diagnosis code",
        "dx",
        "dx code",
        "principal diagnosis",
        "primary diagnosis",
        "problem list",
        "cim-10",
        "cim10",
        "diagnostic",
        "code diagnostic",
        "icd-10-gm",
        "diagnose",
        "diagnosen",
        "hauptdiagnose",
        "nebendiagnose",
        "cie-10",
        "cie10",
        "diagnóstico",
        "diagnosi",
        "cid-10",
        "cid10",
        "cid",
    ],
    window: (40, 20),
    pass_rate: 0.026,
    wrong_digit_rate: 1.0,
    sources: &["WHO ICD-10 (version 2019)", "BfArM ICD-10-GM"],
    valid: &[
        "E11.9", "F32.1", "B20", "M54.5G", "M54.16", "M17.1GR", "E11.-", "M17.-G", "M17.-GR",
        "B20G", "C50GL",
    ],
    invalid: &[
        ("11.9", "no letter"),
        ("E1.9", "one digit"),
        ("M54.5X", "X is no mark"),
        ("M54.5RG", "side before mark"),
    ],
};

/// ICD-10-CM, the clinical modification of the United States.
pub(crate) static ICD10CM: Detector = Detector {
    id: "health.icd10cm",
    name: "ICD-10-CM code (US)",
    category: Category::Health,
    country: None,
    format: "Letter, digit, digit (or A or B in seven categories), dot, up to four letters or digits, \
             X filling gaps.",
    forms: &[Form::Layout("A9X.X{1,4}")],
    edges: Edges::Alnum,
    check: is_icd10cm,
    scores: Scores::NAMED,
    keywords: &[
        "icd-10-cm",
        "icd10cm",
        "icd-10",
        "icd10",
        "icd",
        "diagnosis",
        "diagnosis code",
        "dx",
        "dx code",
        "principal diagnosis",
        "primary diagnosis",
        "problem list",
        "cms-1500",
    ],
    window: (40, 20),
    pass_rate: 0.0557,
    wrong_digit_rate: 0.848,
    sources: &["CDC/NCHS: ICD-10-CM official guidelines for coding and reporting, FY 2025"],
    valid: &["S72.001A", "C7A.00", "Z3A.20", "E11.65", "O9A.111"],
    invalid: &[
        ("S7C.001A", "C is no third character"),
        ("S7A.001A", "S7A is no category"),
        ("S72.001AB", "eight characters"),
        ("s72.001a", "small letters"),
    ],
};

/// ICD-9-CM, replaced in October 2015 and still in old records.
pub(crate) static ICD9CM: Detector = Detector {
    id: "health.icd9cm",
    name: "ICD-9-CM code",
    category: Category::Health,
    country: None,
    format: "Three digits, or V and two; dot and one or two digits. E, three digits, perhaps dot and a \
             digit.",
    forms: &[
        Form::Layout("9{3}.9{1,2}"),
        Form::Layout("A9{2}.9{1,2}"),
        Form::Layout("A9{3}.9"),
        Form::Layout("A9{3}"),
    ],
    edges: Edges::Alnum,
    check: is_icd9cm,
    scores: Scores::NAMED,
    keywords: &[
        "icd-9-cm",
        "icd-9",
        "icd9",
        "diagnosis",
        "diagnosis code",
        "dx",
        "dx code",
        "cie-9",
        "cie9",
        "cim-9",
    ],
    window: (30, 10),
    pass_rate: 0.999,
    wrong_digit_rate: 0.882,
    sources: &["CDC/NCHS: ICD-9-CM, in force to September 2015"],
    valid: &["250.00", "V58.69", "E885.9", "E885"],
    invalid: &[
        ("25.00", "two digits"),
        ("250.000", "three decimals"),
        ("W58.69", "only V and E are letters"),
        ("E285.9", "external causes are 800 to 999"),
        ("000.00", "zero"),
    ],
};

/// ICD-11.
pub(crate) static ICD11: Detector = Detector {
    id: "health.icd11",
    name: "ICD-11 code",
    category: Category::Health,
    country: None,
    format: "Stem code of four characters: chapter 1 to 9 or A to X, letter, digit, digit or letter, all \
             without I and O; perhaps a dot and one or two more; & and / join further codes.",
    forms: &[
        Form::Layout("9A9X.X{1,2}&X{4,5}"),
        Form::Layout("9A9X.X{1,2}/X{4,5}"),
        Form::Layout("9A9X&X{4,5}"),
        Form::Layout("9A9X/X{4,5}"),
        Form::Layout("9A9X.X{1,2}"),
        Form::Layout("9A9X"),
        Form::Layout("AA9X.X{1,2}&X{4,5}"),
        Form::Layout("AA9X.X{1,2}/X{4,5}"),
        Form::Layout("AA9X&X{4,5}"),
        Form::Layout("AA9X/X{4,5}"),
        Form::Layout("AA9X.X{1,2}"),
        Form::Layout("AA9X"),
    ],
    edges: Edges::Alnum,
    check: is_icd11,
    scores: Scores::NAMED,
    keywords: &[
        "icd-11",
        "icd11",
        "icd-11 mms",
        "icd-11 code",
        "cim-11",
        "cie-11",
        "diagnosis",
        "diagnosis code",
        "dx",
    ],
    window: (40, 10),
    pass_rate: 0.1,
    wrong_digit_rate: 0.986,
    sources: &["WHO: ICD-11 reference guide, section 1.2, code structure"],
    valid: &[
        "2E65.2",
        "6A02",
        "1C62.0",
        "8B20&XS25",
        "8B20/5A11",
        "2C25.Z&XH1YZ",
        "5A11.1/9B71",
        "CA40.1",
        "BA00",
        "DA63.0&XT8W",
        "CA20.1/CA23",
        "BD10&XS25",
        "BA41/BA80",
    ],
    invalid: &[
        ("2O65", "the letter O is not used"),
        ("YA00", "there is no chapter Y"),
        ("2e65.2", "small letters"),
    ],
};

/// Letter, two digits, up to two more, and the marks in their order.
fn is_icd10(value: &Value<'_>) -> Option<Proof> {
    let (letter, rest) = value.text.split_first()?;
    let number = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let marks = rest.get(number..)?;
    let marked = match marks {
        [] => true,
        [mark] => b"GVZARLB".contains(mark),
        [mark, side] => b"GVZA".contains(mark) && b"RLB".contains(side),
        _ => false,
    };
    let holds = letter.is_ascii_uppercase() && (2..=4).contains(&number) && marked;
    let proof = || Proof::whole(value, &["structure"]);
    // Without a dot it is a part number just as well.
    let doubt = if value.separated { 0 } else { -40 };
    (holds && value.capitals).then(|| proof().adjusted(doubt))
}

/// Seven categories have A or B in third place: C4A, C7A, C7B, D3A, M1A, O9A and Z3A.
fn is_icd10cm(value: &Value<'_>) -> Option<Proof> {
    let (category, rest) = value.text.split_first_chunk::<3>()?;
    let numbered = matches!(category, [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
    let lettered = matches!(category, b"C4A" | b"C7A" | b"C7B" | b"D3A" | b"M1A" | b"O9A" | b"Z3A");
    let fits = (1..=4).contains(&rest.len())
        && rest.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let holds = (numbered || lettered) && fits && value.capitals;
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// 001 to 999, V01 to V91, E800 to E999, each with its decimals.
fn is_icd9cm(value: &Value<'_>) -> Option<Proof> {
    let (code, decimals) = match value.text {
        [b'V', rest @ ..] => rest.split_at_checked(2)?,
        [b'E', rest @ ..] => rest.split_at_checked(3)?,
        text => text.split_at_checked(3)?,
    };
    let known = match (value.text.first()?, digits::number(code)?) {
        (b'V', number) => (1..=91).contains(&number) && matches!(decimals.len(), 1 | 2),
        (b'E', number) => (800..=999).contains(&number) && decimals.len() <= 1,
        (_, number) => number > 0 && matches!(decimals.len(), 1 | 2),
    };
    let holds = known && decimals.iter().all(u8::is_ascii_digit) && value.capitals;
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The stem's four places each have an alphabet; I and O are in none of them.
fn is_icd11(value: &Value<'_>) -> Option<Proof> {
    let ([chapter, block, first, second], rest) = value.text.split_first_chunk::<4>()?;
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"IO".contains(byte);
    let either = |byte: &u8| byte.is_ascii_digit() || letter(byte);
    let chaptered = matches!(chapter, b'1'..=b'9') || letter(chapter) && *chapter < b'Y';
    let stem = chaptered && letter(block) && first.is_ascii_digit() && either(second);
    let holds = stem && rest.len() <= 7 && rest.iter().all(either) && value.capitals;
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::{bare, proof};

    #[test]
    fn icd10_marks() {
        let letters = || 'A'..='Z';
        let one = letters().filter(|mark| proof(&ICD10, &format!("M54.5{mark}")).is_some());
        assert_eq!(one.collect::<String>(), "ABGLRVZ");
        let pairs = letters().flat_map(|mark| letters().map(move |side| format!("{mark}{side}")));
        let two: Vec<String> =
            pairs.filter(|marks| proof(&ICD10, &format!("M54.5{marks}")).is_some()).collect();
        assert_eq!(two.concat(), "ABALARGBGLGRVBVLVRZBZLZR");
        assert!(bare(&ICD10, "M54321").is_none() && bare(&ICD10, "M5").is_none());
    }
}
