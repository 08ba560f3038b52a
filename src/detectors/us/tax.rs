//! Tax and social security numbers of the United States.

use crate::detectors::proof::NEVER_ALONE;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Social Security number: no check digit, so the layout with dashes or a keyword carries it.
pub(crate) static SSN: Detector = Detector {
    id: "gov.us.ssn",
    name: "United States Social Security number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Nine digits, area 3, group 2, serial 4: NNN-NN-NNNN, NNN NN NNNN or in one run. No \
             check digit.",
    forms: &[Form::Layout("9{3}-9{2}-9{4}"), Form::Layout("9{3} 9{2} 9{4}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_ssn,
    scores: Scores { bare: 0, separated: 60, keyword: 78, field: 90 },
    keywords: &[
        "ssn",
        "social security",
        "social security number",
        "social security no",
        "soc sec",
        "ss#",
        "ss #",
        "ssn#",
        "ssa number",
        "taxpayer id",
        "tax id",
        "seguro social",
        "número de seguro social",
    ],
    window: (60, 40),
    pass_rate: 0.89,
    wrong_digit_rate: 0.973,
    sources: &["SSA: Social Security number randomization", "SSA POMS RM 10201"],
    valid: &["536-90-4399", "111-22-3333", "001-01-0001", "536 90 4399", "536904399"],
    invalid: &[
        ("666-90-4399", "area 666 is never issued"),
        ("987-65-4320", "areas from 900 are never issued"),
        ("000-12-3456", "area 000 is never issued"),
        ("536-00-4399", "group 00 is never issued"),
        ("536-90-0000", "serial 0000 is never issued"),
        ("078-05-1120", "printed on a wallet insert of 1938, never valid"),
        ("219-09-9999", "printed on a leaflet, never valid"),
        ("111-11-1111", "one digit over and over"),
    ],
};

/// Individual taxpayer identification number: an SSN's layout in the areas from 900.
pub(crate) static ITIN: Detector = Detector {
    id: "gov.us.itin",
    name: "US individual taxpayer identification number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Nine digits beginning with 9, written as an SSN.",
    forms: &[Form::Layout("9{3}-9{2}-9{4}"), Form::Layout("9{3} 9{2} 9{4}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_itin,
    scores: Scores::NAMED,
    keywords: &[
        "itin",
        "individual taxpayer",
        "taxpayer identification number",
        "tax id",
        "tin",
        "w-7",
    ],
    window: (60, 40),
    pass_rate: 0.044,
    wrong_digit_rate: 0.81,
    sources: &["IRS Publication 1915", "IRM 3.21.263"],
    valid: &["912-90-3457", "900-70-0000", "999-65-1234", "912 90 3457", "912903457"],
    invalid: &[
        ("912-93-3457", "group 93 belongs to numbers for adoptions"),
        ("912-49-3457", "group 49 is not in use"),
        ("812-90-3457", "does not begin with 9"),
    ],
};

/// Employer identification number, personal for sole proprietors, estates and trusts.
pub(crate) static EIN: Detector = Detector {
    id: "gov.us.ein",
    name: "US employer identification number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "NN-NNNNNNN or nine digits in one run; the first two name the campus that issued it.",
    forms: &[Form::Layout("9{2}-9{7}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_ein,
    scores: Scores::NAMED,
    keywords: &["ein", "employer identification", "fein", "federal tax id", "tax id", "tin"],
    window: (60, 40),
    pass_rate: 0.83,
    wrong_digit_rate: 0.967,
    sources: &["IRS: How EINs are assigned and valid EIN prefixes"],
    valid: &["91-1144442", "04-2103594", "911144442"],
    invalid: &[
        ("07-1144442", "prefix 07 is not assigned"),
        ("00-1144442", "prefix 00 is not assigned"),
        ("91-114444", "eight digits"),
    ],
};

/// Taxpayer identification number for an adoption that is pending: an ITIN's areas, group 93.
pub(crate) static ATIN: Detector = Detector {
    id: "gov.us.atin",
    name: "US adoption taxpayer identification number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "9NN-93-NNNN, written as an SSN.",
    forms: &[Form::Layout("9{3}-9{2}-9{4}"), Form::Layout("9{3} 9{2} 9{4}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_atin,
    scores: Scores::NAMED,
    keywords: &[
        "atin",
        "adoption taxpayer",
        "adoption taxpayer identification number",
        "taxpayer identification number",
        "w-7a",
    ],
    window: (60, 40),
    pass_rate: 0.001,
    wrong_digit_rate: 0.667,
    sources: &["IRS: instructions for form W-7A"],
    valid: &["923-93-1234", "900931234", "923 93 1234"],
    invalid: &[
        ("923-94-1234", "group 94 belongs to ITINs"),
        ("823-93-1234", "does not begin with 9"),
        ("923-93-0000", "serial 0000"),
    ],
};

/// Number of who prepares tax returns for others.
pub(crate) static PTIN: Detector = Detector {
    id: "gov.us.ptin",
    name: "US preparer tax identification number",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "P and eight digits; no check digit.",
    forms: &[Form::Layout("A-9{8}"), Form::Layout("A9{8}")],
    edges: Edges::Alnum,
    check: is_ptin,
    scores: Scores::NAMED,
    keywords: &["ptin", "preparer tax identification", "preparer tax id", "paid preparer"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 1.0,
    sources: &["IRS: PTIN requirements for tax return preparers, 26 CFR 1.6109-2"],
    valid: &["P00634642", "P01594846", "P-00634642"],
    invalid: &[("P0063464", "seven digits"), ("Q00634642", "letter"), ("P00000000", "zero")],
};

/// A number of those that were issued.
fn is_ssn(value: &Value<'_>) -> Option<Proof> {
    is_issued(digits::exactly::<9>(value.text)?).then_some(())?;
    // Tables of figures are full of three numbers with blanks between them; dashes are rare.
    let adjust = if value.separator == Some(b'-') { 0 } else { NEVER_ALONE };
    Some(Proof::whole(value, &["structure"]).adjusted(adjust))
}

/// Returns whether a Social Security number may have been issued: areas 000, 666 and 900 to 999,
/// group 00 and serial 0000 never were.
pub(super) fn is_issued(text: &[u8; 9]) -> bool {
    let printed = matches!(text, b"078051120" | b"219099999");
    let issued = parts(text).is_some_and(|(area, group, serial)| {
        !matches!(area, 0 | 666 | 900..=999) && group != 0 && serial != 0
    });
    issued && !printed && !digits::is_repeated(text)
}

/// Begins with 9; groups 50–65, 70–88, 90–92 and 94–99 are in use.
fn is_itin(value: &Value<'_>) -> Option<Proof> {
    let (area, group, _) = parts(digits::exactly::<9>(value.text)?)?;
    let in_use = area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    in_use.then(|| Proof::whole(value, &["structure"]))
}

/// Begins with 9; group 93 was kept for adoptions.
fn is_atin(value: &Value<'_>) -> Option<Proof> {
    let (area, group, serial) = parts(digits::exactly::<9>(value.text)?)?;
    let holds = area >= 900 && group == 93 && serial != 0;
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// P and eight digits.
fn is_ptin(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_prefix(b"P")?;
    digits::exactly::<8>(number).map(|_| Proof::whole(value, &["structure"]))
}

/// Returns area, group and serial.
fn parts(text: &[u8; 9]) -> Option<(u32, u32, u32)> {
    let (area, rest) = text.split_at_checked(3)?;
    let (group, serial) = rest.split_at_checked(2)?;
    Some((digits::number(area)?, digits::number(group)?, digits::number(serial)?))
}

/// The first two digits name a campus, or the internet, by which numbers are given out.
fn is_ein(value: &Value<'_>) -> Option<Proof> {
    let prefix = digits::number(digits::exactly::<9>(value.text)?.get(..2)?)?;
    let assigned = matches!(
        prefix,
        1..=6 | 10..=16 | 20..=27 | 30..=48 | 50..=68 | 71..=77 | 80..=88 | 90..=95 | 98..=99
    );
    assigned.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::proof;

    #[test]
    fn an_ssn_stands_alone_only_with_dashes() {
        assert_eq!(proof(&SSN, "536-90-4399").map(|proof| proof.adjust), Some(0));
        for text in ["536 90 4399", "536904399"] {
            assert_eq!(proof(&SSN, text).map(|proof| proof.adjust), Some(NEVER_ALONE), "{text}");
        }
    }

    #[test]
    fn ssn_itin_and_atin_share_no_number() {
        for (area, group) in (0..1000).flat_map(|area| [(area, 70), (area, 93)]) {
            let text = format!("{area:03}-{group}-1234");
            let owners = [&SSN, &ITIN, &ATIN].map(|detector| proof(detector, &text).is_some());
            assert!(owners.iter().filter(|owns| **owns).count() <= 1, "{text}");
        }
    }

    #[test]
    fn itin_groups() {
        let groups =
            (0..100).filter(|group| proof(&ITIN, &format!("912-{group:02}-3457")).is_some());
        assert_eq!(groups.count(), 16 + 19 + 3 + 6);
    }

    #[test]
    fn ein_prefixes() {
        let prefixes =
            (0..100).filter(|prefix| proof(&EIN, &format!("{prefix:02}-1144442")).is_some());
        assert_eq!(prefixes.count(), 83);
    }
}
