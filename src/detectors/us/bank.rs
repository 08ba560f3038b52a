//! Bank accounts in the United States.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

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

/// Line of magnetic ink at the foot of a cheque.
pub(crate) static CHECK_MICR: Detector = Detector {
    id: "bank.us.check-micr",
    name: "MICR line of a US or Canadian cheque",
    category: Category::BankAccount,
    country: Some("US"),
    format: "Transit symbol, routing number, transit symbol, account, on-us symbol, and what is \
             found begins at the routing number. Symbols as U+2446 and U+2448, as the letters A and \
             C (found with the first of them), or as : and <.",
    forms: &[
        Form::Layout("A9{9}A 9{2,8}-9{2,9}A"),
        Form::Layout("A9{9}A 9{4,17}A"),
        Form::Layout("A9{9}A9{4,17}A"),
        Form::Layout("9{9}⑆ 9{2,8}-9{2,9}⑈"),
        Form::Layout("9{9}⑆ 9{2,8} 9{2,9}⑈"),
        Form::Layout("9{9}⑆ 9{4,17}⑈"),
        Form::Layout("9{9}⑆9{4,17}⑈"),
        Form::Layout("9{9}: 9{4,17}<"),
        Form::Layout("9{9}:9{4,17}<"),
    ],
    edges: Edges::Alnum,
    check: is_check_micr,
    scores: Scores::STRONG,
    keywords: &["micr", "micr line", "micr code", "cheque number", "check number"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.5,
    sources: &[
        "ANSI X9.100-160: MICR ink; placement and location",
        "Unicode 1.1: OCR block, U+2440",
    ],
    valid: &[
        "A021000021A 000123456C",
        "021000021⑆ 123456789⑈",
        "A021000021A 1234-56789C",
        "A021000021A000123456C",
        "021000021⑆ 1234-56789⑈",
        "021000021⑆ 1234 56789⑈",
        "021000021⑆123456789⑈",
        "021000021: 123456789<",
        "021000021:123456789<",
    ],
    invalid: &[
        ("A021000022A 000123456C", "routing number"),
        ("A021000021A 000000000C", "zero"),
        ("A02100002A 000123456C", "routing number of eight digits"),
        ("B021000021B 000123456C", "symbols"),
    ],
};

/// Nine digits as [`is_routing`] asks.
fn is_routing_number(value: &Value<'_>) -> Option<Proof> {
    let holds = is_routing(digits::exactly::<9>(value.text)?);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// Prefix 00 government, 01–12 Federal Reserve districts, 21–32 thrifts, 61–72 electronic, 80
/// traveller's cheques; the weighted sum is divisible by ten.
fn is_routing(text: &[u8; 9]) -> bool {
    let prefix = text.get(..2).and_then(digits::number);
    prefix.is_some_and(|prefix| matches!(prefix, 0..=12 | 21..=32 | 61..=72 | 80))
        && !digits::is_repeated(text)
        && weighted::sum(text, &[3, 7, 1]).is_multiple_of(10)
}

/// A routing number and four to seventeen digits of an account, between A A and C where the symbols
/// are letters.
fn is_check_micr(value: &Value<'_>) -> Option<Proof> {
    let (routing, account) = match value.text {
        [b'A', line @ .., b'C'] => {
            let (routing, rest) = line.split_at_checked(9)?;
            (routing, rest.strip_prefix(b"A")?)
        }
        line => line.split_at_checked(9)?,
    };
    let holds = is_routing(digits::exactly::<9>(routing)?)
        && (4..=17).contains(&account.len())
        && digits::is_number(account);
    // A colon and a bracket are punctuation of every other text as well.
    let adjust = if value.separator == Some(b':') { -45 } else { 0 };
    holds.then(|| Proof::whole(value, &["structure", "mod10"]).adjusted(adjust))
}

/// Four to seventeen digits that are not the date an account statement carries.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let fits = (4..=17).contains(&value.text.len()) && digits::is_number(value.text);
    let is_date = value.separator == Some(b'-') && date::is_yyyymmdd(value.text);
    (fits && !is_date).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::{passing, proof};

    #[test]
    fn routing_prefixes() {
        let prefixes: Vec<u32> = (0..=12).chain(21..=32).chain(61..=72).chain([80]).collect();
        assert_eq!(passing(&ABA, "", "100002"), prefixes);
    }

    #[test]
    fn an_account_is_no_date() {
        assert!(proof(&ACCOUNT, "2024-13-15").is_some());
        assert!(proof(&ACCOUNT, "20240115").is_some());
        assert!(proof(&ACCOUNT, "2024-02-29").is_none());
    }

    #[test]
    fn a_colon_is_a_weak_symbol() {
        let adjust = |text| proof(&CHECK_MICR, text).map(|proof| proof.adjust);
        assert_eq!(adjust("021000021: 123456789<"), Some(-45));
        assert_eq!(adjust("021000021⑆ 123456789⑈"), Some(0));
    }
}
