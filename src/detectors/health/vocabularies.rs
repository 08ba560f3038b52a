//! Identifiers of clinical vocabularies, which end in check digits.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn, verhoeff};

/// SNOMED CT: concepts, descriptions and relationships.
pub(crate) static SNOMED: Detector = Detector {
    id: "health.snomed",
    name: "SNOMED CT identifier",
    category: Category::Health,
    country: None,
    format: "Six to eighteen digits: item, namespace of seven digits in extensions, partition 00 01 02 \
             or 10 11 12, check digit.",
    forms: &[Form::Layout("9{6,18}")],
    edges: Edges::Digit,
    check: is_snomed,
    scores: Scores::CHECKED,
    keywords: &[
        "snomed",
        "snomed ct",
        "snomedct",
        "snomed code",
        "sctid",
        "sct id",
        "concept id",
        "2.16.840.1.113883.6.96",
    ],
    window: (60, 40),
    pass_rate: 0.0027,
    wrong_digit_rate: 0.0,
    sources: &["SNOMED International: release file specification, component identifiers (SCTID)"],
    valid: &["73211009", "22298006", "38341003", "999000011000000103"],
    invalid: &[
        ("73211008", "check digit"),
        ("73211035", "there is no partition 03"),
        ("73211103", "an extension without room for its namespace"),
        ("073211009", "no identifier begins with zero"),
    ],
};

/// LOINC: laboratory tests and clinical observations, their parts, answers and groups.
pub(crate) static LOINC: Detector = Detector {
    id: "health.loinc",
    name: "LOINC code",
    category: Category::Health,
    country: None,
    format: "One to seven digits, dash, Luhn digit; LP before those of parts, LA of answers, LG of \
             groups.",
    forms: &[Form::Layout("9{1,7}-9"), Form::Layout("AA9{1,7}-9")],
    edges: Edges::Alnum,
    check: is_loinc,
    scores: Scores::CHECKED,
    keywords: &[
        "loinc",
        "loinc code",
        "loinc num",
        "loinc number",
        "loinc part",
        "2.16.840.1.113883.6.1",
        "obx",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Regenstrief Institute: LOINC users' guide, appendix C, mod 10 check digit"],
    valid: &["2339-0", "718-7", "4548-4", "94500-6", "LP14449-3", "LA33-1"],
    invalid: &[
        ("2339-1", "check digit"),
        ("LX14449-3", "there are no such entries"),
        ("0000-0", "zero"),
    ],
};

/// Verhoeff over the whole; the two digits before the last are the partition, whose first digit says
/// whether seven digits of namespace and at least one of the item come before it.
fn is_snomed(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let partition = text.get(text.len().checked_sub(3)?..text.len() - 1)?;
    let least = match partition {
        b"00" | b"01" | b"02" => 6,
        b"10" | b"11" | b"12" => 11,
        _ => return None,
    };
    let fits = (least..=18).contains(&text.len()) && text.first() != Some(&b'0');
    let holds = fits && digits::is_number(text) && verhoeff::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "verhoeff"]))
}

/// Luhn over the digits, the one behind the dash included.
fn is_loinc(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let entry = [b"LP", b"LA", b"LG"].into_iter().find_map(|kind| text.strip_prefix(kind));
    let number = entry.unwrap_or(text);
    let fits = (2..=8).contains(&number.len()) && value.separator == Some(b'-');
    let holds = fits && digits::is_number(number) && luhn::is_valid(number);
    holds.then(|| Proof::whole(value, &["luhn"]))
}
