//! United States.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&SSN, &ITIN, &EIN, &ABA, &ACCOUNT];

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

/// Routing transit number of a bank.
pub(crate) static ABA: Detector = Detector {
    id: "bank.us.aba",
    name: "US ABA routing transit number",
    category: Category::BankAccount,
    country: Some("US"),
    format: "Nine digits, sometimes 4-4-1 with dashes.",
    forms: &[Form::Layout("9{4}-9{4}-9"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_routing_number,
    scores: Scores::CHECKED,
    keywords: &[
        "routing number",
        "routing no",
        "aba",
        "aba number",
        "rtn",
        "routing transit",
        "ach",
        "wire transfer",
        "bank routing",
        "número de ruta",
    ],
    window: (60, 40),
    pass_rate: 0.038,
    wrong_digit_rate: 0.0,
    sources: &["ABA Routing Number Policy and Procedures", "ANSI X9.100"],
    valid: &["021000021", "011401533", "111000025", "1110-0002-5"],
    invalid: &[
        ("111000026", "check digit"),
        ("131000022", "prefix 13 is not in use"),
        ("131000021", "prefix 13 with a fitting check digit"),
        ("000000000", "zero"),
    ],
};

/// Account number at any US bank: digits of any length, so a keyword is everything.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.us.account",
    name: "US bank account number",
    category: Category::BankAccount,
    country: Some("US"),
    format: "Four to seventeen digits, in one run or in groups with dashes or blanks; no check \
             digit.",
    forms: &[
        Form::Layout("9{2,6}-9{2,6}-9{2,6}-9{1,6}"),
        Form::Layout("9{3,6} 9{3,6} 9{3,6} 9{1,6}"),
        Form::Layout("9{2,6}-9{2,6}-9{1,9}"),
        Form::Layout("9{3,6} 9{3,6} 9{1,9}"),
        Form::Layout("9{3,12}-9{1,12}"),
        Form::Layout("9{3,9} 9{3,9}"),
        Form::Layout("9{4,17}"),
    ],
    edges: Edges::Alnum,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "account number",
        "account no",
        "acct",
        "acct no",
        "acct #",
        "checking account",
        "savings account",
        "bank account",
        "dda",
    ],
    window: (30, 15),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Nacha operating rules: entry detail record, DFI account number (17 positions)"],
    valid: &[
        "000123456789",
        "4471-220-93",
        "4471 220 93",
        "4471-2209",
        "4471 2209",
        "12-3456-7890-1",
        "0012 3456 7890 1",
    ],
    invalid: &[
        ("123", "too short"),
        ("123456789012345678", "too long"),
        ("123456-123456-123456", "too long"),
        ("00000000", "zero"),
        ("2024-01-15", "a date"),
    ],
};

/// Areas 000, 666 and 900 to 999, group 00 and serial 0000 were never issued.
fn is_ssn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let (area, group, serial) = parts(text)?;
    let issued = !matches!(area, 0 | 666 | 900..=999) && group != 0 && serial != 0;
    let printed = matches!(text, b"078051120" | b"219099999");
    if !issued || printed || digits::is_repeated(text) {
        return None;
    }
    // Tables of figures are full of three numbers with blanks between them; dashes are rare.
    let adjust = if value.separator == Some(b'-') { 0 } else { NEVER_ALONE };
    Some(Proof::whole(value, &["structure"]).adjusted(adjust))
}

/// Begins with 9; groups 50–65, 70–88, 90–92 and 94–99 are in use.
fn is_itin(value: &Value<'_>) -> Option<Proof> {
    let (area, group, _) = parts(digits::exactly::<9>(value.text)?)?;
    let in_use = area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    in_use.then(|| Proof::whole(value, &["structure"]))
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

/// Prefix 00 government, 01–12 Federal Reserve districts, 21–32 thrifts, 61–72 electronic, 80
/// traveller's cheques; the weighted sum is divisible by ten.
fn is_routing_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let prefix = digits::number(text.get(..2)?)?;
    let holds = matches!(prefix, 0..=12 | 21..=32 | 61..=72 | 80)
        && !digits::is_repeated(text)
        && weighted::sum(text, &[3, 7, 1]).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// Four to seventeen digits that are not the date an account statement carries.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let fits = (4..=17).contains(&value.text.len()) && digits::is_number(value.text);
    (fits && !is_dashed_date(value)).then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether the value reads as a date of 1900 to 2099, year first.
fn is_dashed_date(value: &Value<'_>) -> bool {
    let Some(number) = digits::number(value.text) else { return false };
    let year = number / 10_000;
    value.text.len() == 8
        && value.separator == Some(b'-')
        && (1900..2100).contains(&year)
        && date::is_date(year, number / 100 % 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    #[test]
    fn an_ssn_stands_alone_only_with_dashes() {
        assert_eq!(proof(&SSN, "536-90-4399").map(|proof| proof.adjust), Some(0));
        for text in ["536 90 4399", "536904399"] {
            assert_eq!(proof(&SSN, text).map(|proof| proof.adjust), Some(NEVER_ALONE), "{text}");
        }
    }

    #[test]
    fn ssn_and_itin_share_no_number() {
        for area in 0..1000 {
            let text = format!("{area:03}-70-1234");
            assert!(proof(&SSN, &text).is_none() || proof(&ITIN, &text).is_none(), "{text}");
        }
    }

    #[test]
    fn itin_groups() {
        let groups =
            (0..100).filter(|group| proof(&ITIN, &format!("912-{group:02}-3457")).is_some());
        assert_eq!(groups.count(), 16 + 19 + 3 + 6);
    }

    #[test]
    fn routing_prefixes() {
        let prefixes: Vec<u32> = (0..=12).chain(21..=32).chain(61..=72).chain([80]).collect();
        assert_eq!(passing(&ABA, "", "100002"), prefixes);
    }

    #[test]
    fn ein_prefixes() {
        let prefixes =
            (0..100).filter(|prefix| proof(&EIN, &format!("{prefix:02}-1144442")).is_some());
        assert_eq!(prefixes.count(), 83);
    }

    #[test]
    fn an_account_is_no_date() {
        assert!(proof(&ACCOUNT, "2024-13-15").is_some());
        assert!(proof(&ACCOUNT, "20240115").is_some());
        assert!(proof(&ACCOUNT, "2024-02-29").is_none());
    }
}
