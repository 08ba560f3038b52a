//! Albania.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NID];

/// Identity number, the tax number of persons as well.
pub(crate) static NID: Detector = Detector {
    id: "gov.al.nid",
    name: "Albanian identity number (NID)",
    category: Category::GovernmentId,
    country: Some("AL"),
    format: "Letter (decade of birth: A 1900s, J 1990s, K 2000s), digit (year), month 2 (50 added \
             for women, 30 or 80 for foreigners), day 2, serial 3, check letter.",
    forms: &[Form::Layout("A9{8}A")],
    edges: Edges::Alnum,
    check: is_nid,
    scores: Scores::NAMED,
    keywords: &[
        "nid",
        "numri i identitetit",
        "numri personal",
        "nr personal",
        "letërnjoftim",
        "albanian identity number",
        "albanian id",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.854,
    sources: &[
        "OECD: Albania, information on tax identification numbers",
        "Ligji 10129/2009 për gjendjen civile",
    ],
    valid: &["I05101999I", "J55103001A"],
    invalid: &[
        ("I01301999I", "month 13"),
        ("I05132999I", "day 32"),
        ("J50230001A", "30 February"),
        ("Z05101999I", "no such decade"),
        ("I05101999X", "check letters end with W"),
    ],
};

/// Date of birth with the decade as a letter. How the last letter is reckoned is not public; it is
/// one of 23.
fn is_nid(value: &Value<'_>) -> Option<Proof> {
    let [decade, number @ .., control] = <&[u8; 10]>::try_from(value.text).ok()?;
    digits::exactly::<8>(number)?;
    let decades = u32::from(decade.checked_sub(b'A').filter(|decade| *decade < 20)?);
    let year = 1900 + decades * 10 + digits::number(number.get(..1)?)?;
    let day = digits::number(number.get(3..5)?)?;
    let month = match digits::number(number.get(1..3)?)? {
        month @ 1..=12 => month,
        month @ 31..=42 => month - 30,
        month @ 51..=62 => month - 50,
        month @ 81..=92 => month - 80,
        _ => return None,
    };
    let holds = date::is_date(year, month, day) && matches!(control, b'A'..=b'W');
    holds.then(|| Proof::whole(value, &["date", "structure"]))
}
