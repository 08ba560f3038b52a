//! Vietnam.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CCCD, &CMND, &MST];

/// Vietnamese citizen identity number (CCCD).
pub(crate) static CCCD: Detector = Detector {
    id: "gov.vn.cccd",
    name: "Vietnamese citizen identity number (CCCD)",
    category: Category::GovernmentId,
    country: Some("VN"),
    format: "Twelve digits: province 001 to 096, century and sex 0 to 9, year of birth 2, serial \
             6.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_cccd,
    scores: Scores::NAMED,
    keywords: &[
        "cccd",
        "căn cước công dân",
        "số định danh",
        "căn cước",
        "cmnd",
        "chứng minh nhân dân",
        "citizen identity",
        "vietnamese id",
        "số cccd",
        "số căn cước",
        "căn cước công dân số",
    ],
    window: (60, 40),
    pass_rate: 0.095,
    wrong_digit_rate: 0.907,
    sources: &["Decree 137/2015/NĐ-CP; Circular 59/2021/TT-BCA"],
    valid: &["001090012345", "079201001234"],
    invalid: &[
        ("097090012345", "province"),
        ("000090012345", "province"),
        ("179201001234", "province"),
    ],
};

/// Vietnamese old identity card (CMND).
pub(crate) static CMND: Detector = Detector {
    id: "gov.vn.cmnd",
    name: "Vietnamese old identity card (CMND)",
    category: Category::GovernmentId,
    country: Some("VN"),
    format: "Nine digits, the first two for the province; no check digit.",
    forms: &[Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_cmnd,
    scores: Scores::NAMED,
    keywords: &[
        "cmnd",
        "chứng minh nhân dân",
        "số cmnd",
        "vietnamese id card",
        "chứng minh thư",
        "cmt",
    ],
    window: (60, 40),
    pass_rate: 0.4,
    wrong_digit_rate: 0.926,
    sources: &["Decree 05/1999/NĐ-CP"],
    valid: &["012345678", "271234567"],
    invalid: &[("912345678", "first digit"), ("000000000", "zero")],
};

/// Vietnamese tax code (MST).
pub(crate) static MST: Detector = Detector {
    id: "gov.vn.mst",
    name: "Vietnamese tax code (MST)",
    category: Category::GovernmentId,
    country: Some("VN"),
    format: "Ten digits, optionally branch -NNN; for people now the twelve-digit CCCD.",
    forms: &[Form::Layout("9{10}-9{3}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_mst,
    scores: Scores::CHECKED,
    keywords: &[
        "mst",
        "mã số thuế",
        "vietnamese tax code",
        "mã số doanh nghiệp",
        "ma so thue",
        "vietnam tax code",
    ],
    window: (60, 40),
    pass_rate: 0.091,
    wrong_digit_rate: 0.13,
    sources: &["General Department of Taxation (Vietnam): Circular 105/2020/TT-BTC"],
    valid: &["0100233488", "0314409058-002"],
    invalid: &[
        ("0100233480", "check digit"),
        ("0314409059-002", "check digit"),
        ("0100000009", "serial zero"),
    ],
};

/// A province in use; there is no check digit.
fn is_cccd(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let province = digits::number(text.get(..3)?)?;
    (1..=96).contains(&province).then(|| Proof::whole(value, &["structure"]))
}

/// The first digit is 0 to 3; there is no check digit.
fn is_cmnd(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    matches!(text.first()?, b'0'..=b'3').then(|| Proof::whole(value, &["structure"]))
}

/// Nine digits weighted 31 29 23 19 17 13 7 5 3; the tenth is ten less the remainder by eleven. A
/// branch has no check digit.
fn is_mst(value: &Value<'_>) -> Option<Proof> {
    let (number, branch) = value.text.split_first_chunk::<10>()?;
    let (check, body) = digits::exactly::<10>(number)?.split_last()?;
    let sum = weighted::sum(body, &[31, 29, 23, 19, 17, 13, 7, 5, 3]);
    let holds = matches!(branch.len(), 0 | 3)
        && branch.iter().all(u8::is_ascii_digit)
        && digits::is_number(number.get(2..9)?)
        && 10 - sum % 11 == digits::digit(*check)?;
    holds.then(|| Proof::whole(value, &["mod11"]))
}
