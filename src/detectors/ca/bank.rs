//! Canadian bank accounts.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Branch and institution of an account.
pub(crate) static TRANSIT: Detector = Detector {
    id: "bank.ca.transit",
    name: "Canadian transit and institution number",
    category: Category::BankAccount,
    country: Some("CA"),
    format: "On paper a transit of five digits, a dash and an institution of three; in files nine \
             digits: 0, institution, transit. No check digit.",
    forms: &[Form::Layout("9{5}-9{3}"), Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_transit,
    scores: Scores::NAMED,
    keywords: &[
        "transit number",
        "transit no",
        "institution number",
        "direct deposit",
        "void cheque",
        "numéro de transit",
        "numéro d'institution",
        "dépôt direct",
        "spécimen de chèque",
    ],
    window: (60, 40),
    pass_rate: 0.64,
    wrong_digit_rate: 0.858,
    sources: &["Payments Canada: Financial Institutions File; Standard 006"],
    valid: &["00010-004", "000400010", "12345-614"],
    invalid: &[
        ("0010-004", "transit of four digits"),
        ("100400010", "in files the first digit is 0"),
        ("00010-050", "no institution"),
    ],
};

/// Account at a bank. A number that is only called an account number is `bank.us.account`'s, which
/// takes these lengths too.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.ca.account",
    name: "Canadian bank account number",
    category: Category::BankAccount,
    country: Some("CA"),
    format: "Seven to twelve digits as the bank pleases, in one run or in groups with dashes; no \
             check digit.",
    forms: &[
        Form::Layout("9{1,6}-9{1,6}-9{1,6}-9{1,6}"),
        Form::Layout("9{1,8}-9{1,8}-9{1,8}"),
        Form::Layout("9{1,11}-9{1,11}"),
        Form::Layout("9{7,12}"),
    ],
    edges: Edges::Alnum,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "chequing account",
        "numéro de compte",
        "compte bancaire",
        "compte chèques",
        "numéro de folio",
        "canadian bank account",
    ],
    window: (24, 12),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Payments Canada: Standard 005"],
    valid: &["1234567", "40-12345-6", "004-12-34567-8", "12345-6789"],
    invalid: &[
        ("123456", "six digits"),
        ("1234567890123", "thirteen digits"),
        ("2024-01-15", "a date"),
    ],
};

/// Institutions: 001 to 039 banks, 100 to 399 foreign banks, 500 to 699 trusts and loans, 800 to
/// 899 credit unions and caisses.
fn is_transit(value: &Value<'_>) -> Option<Proof> {
    digits::is_number(value.text).then_some(())?;
    let institution = match value.text {
        [b'0', rest @ ..] if rest.len() == 8 && !value.separated => rest.get(..3)?,
        text if text.len() == 8 && value.separated => text.get(5..)?,
        _ => return None,
    };
    let known = matches!(digits::number(institution)?, 1..=39 | 100..=399 | 500..=699 | 800..=899);
    known.then(|| Proof::whole(value, &["structure"]))
}

/// Seven to twelve digits that are no date.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let fits = (7..=12).contains(&value.text.len()) && digits::is_number(value.text);
    let is_date = value.separated && date::is_yyyymmdd(value.text);
    (fits && !is_date).then(|| Proof::whole(value, &["structure"]))
}
