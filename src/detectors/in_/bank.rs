//! Bank accounts of India.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value, proof::NEVER_ALONE};
use crate::finding::Category;
use crate::validators::digits;

/// Indian Financial System Code.
pub(crate) static IFSC: Detector = Detector {
    id: "bank.in.ifsc",
    name: "Indian Financial System Code",
    category: Category::BankAccount,
    country: Some("IN"),
    format: "Four letters (bank), 0, six letters or digits (branch).",
    forms: &[Form::Layout("A{4}9X{6}")],
    edges: Edges::Alnum,
    check: is_ifsc,
    scores: Scores::MEDIUM,
    keywords: &["ifsc", "ifsc code", "ifs code", "neft", "rtgs", "आईएफएससी", "ifsc no"],
    window: (60, 40),
    pass_rate: 0.0073,
    wrong_digit_rate: 0.785,
    sources: &["Reserve Bank of India: IFSC for NEFT and RTGS"],
    valid: &["SBIN0000300", "HDFC0CAGSBK", "sbin0000300"],
    invalid: &[
        ("SBIN1000300", "fifth character is 0"),
        ("SBI00000300", "bank code has four letters"),
        ("SBIN0000000", "branch zero"),
    ],
};

/// Indian bank account number.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.in.account",
    name: "Indian bank account number",
    category: Category::BankAccount,
    country: Some("IN"),
    format: "Nine to eighteen digits, bank specific.",
    forms: &[Form::Layout("9{9,18}")],
    edges: Edges::Alnum,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "indian bank account",
        "a/c no",
        "ifsc",
        "खाता संख्या",
        "a/c number",
        "bank a/c",
        "bank account no",
        "current account no",
        "खाता नंबर",
        "ifsc code",
    ],
    window: (24, 20),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["NPCI NACH procedural guidelines"],
    valid: &["00000012345678901", "123456789012"],
    invalid: &[("000000000", "zero"), ("000000000000", "zero")],
};

/// Four letters of the bank, 0, six characters of the branch; no check character. In small letters
/// and without a name it is some other code.
fn is_ifsc(value: &Value<'_>) -> Option<Proof> {
    let (bank, rest) = value.text.split_first_chunk::<4>()?;
    let (fixed, branch) = rest.split_first()?;
    let holds = bank.iter().all(u8::is_ascii_uppercase)
        && *fixed == b'0'
        && branch.len() == 6
        && branch.iter().all(u8::is_ascii_alphanumeric)
        && branch != b"000000";
    let adjust = if value.capitals { 0 } else { NEVER_ALONE };
    holds.then(|| Proof::whole(value, &["structure"]).adjusted(adjust))
}

/// Each bank has a length and rules of its own.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let holds = (9..=18).contains(&value.text.len()) && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}
