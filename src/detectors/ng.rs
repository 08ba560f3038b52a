//! Nigeria.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIN, &BVN, &NUBAN];

/// National identification number.
pub(crate) static NIN: Detector = Detector {
    id: "gov.ng.nin",
    name: "Nigerian national identification number (NIN)",
    category: Category::GovernmentId,
    country: Some("NG"),
    format: "Eleven random digits, in one run or 4-3-4 with blanks; no check digit.",
    forms: &[Form::Layout("9{4} 9{3} 9{4}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_nin,
    scores: Scores::NAMED,
    keywords: &["nin", "nin number", "nin slip", "national identification number", "nimc"],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["NIMC (Nigeria): National Identification Number"],
    valid: &["12345678901", "7012 345 6789"],
    invalid: &[
        ("1234567890", "ten digits"),
        ("7012 3456 789", "grouping"),
        ("11111111111", "one digit over and over"),
    ],
};

/// Number of a customer across all banks.
pub(crate) static BVN: Detector = Detector {
    id: "gov.ng.bvn",
    name: "Nigerian bank verification number (BVN)",
    category: Category::BankAccount,
    country: Some("NG"),
    format: "Eleven digits beginning with 22; no check digit.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_bvn,
    scores: Scores::NAMED,
    keywords: &["bvn", "bvn number", "bank verification number"],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.818,
    sources: &["Central Bank of Nigeria: Framework for BVN operations; NIBSS"],
    valid: &["22123456789", "22987654321"],
    invalid: &[
        ("23123456789", "prefix"),
        ("22000000000", "nothing behind the prefix"),
        ("2212345678", "ten digits"),
    ],
};

/// Account at a bank. Its check digit is reckoned over the bank's code too, which is not written
/// with it. A number that is only called an account number is `bank.us.account`'s.
pub(crate) static NUBAN: Detector = Detector {
    id: "bank.ng.nuban",
    name: "Nigerian uniform bank account number (NUBAN)",
    category: Category::BankAccount,
    country: Some("NG"),
    format: "Ten digits: serial 9 and a check digit that only the code of the bank makes sense of.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_nuban,
    scores: Scores::NAMED,
    keywords: &[
        "nuban",
        "nuban number",
        "nigerian bank account",
        "gtbank",
        "zenith bank",
        "access bank",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Central Bank of Nigeria: Guidelines on NUBAN (2010), revised standard (2020)"],
    valid: &["0000014579", "0123456786"],
    invalid: &[("000001457", "nine digits"), ("00000145790", "eleven digits")],
};

/// Eleven digits.
fn is_nin(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}

/// 22 and nine digits.
fn is_bvn(value: &Value<'_>) -> Option<Proof> {
    let rest = value.text.strip_prefix(b"22")?;
    digits::exactly::<9>(rest).map(|_| Proof::whole(value, &["structure"]))
}

/// Ten digits.
fn is_nuban(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}
