//! Bank accounts of Australia.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Australian BSB and account number.
pub(crate) static BSB_ACCOUNT: Detector = Detector {
    id: "bank.au.bsb-account",
    name: "Australian BSB and account number",
    category: Category::BankAccount,
    country: Some("AU"),
    format: "BSB NNN-NNN (bank 2, state 1, branch 3), then the account of five to ten digits \
             behind a blank, dash, slash, comma, colon or semicolon.",
    forms: &[
        Form::Layout("9{3}-9{3} 9{3} 9{3} 9{3}"),
        Form::Layout("9{3}-9{3} 9{4} 9{4}"),
        Form::Layout("9{3}-9{3} 9{2,3} 9{3,4}"),
        Form::Layout("9{3}-9{3} 9{5,10}"),
        Form::Layout("9{3}-9{3}-9{5,10}"),
        Form::Layout("9{3}-9{3}/9{5,10}"),
        Form::Layout("9{3}-9{3},9{5,10}"),
        Form::Layout("9{3}-9{3}, 9{5,10}"),
        Form::Layout("9{3}-9{3}:9{5,10}"),
        Form::Layout("9{3}-9{3}: 9{5,10}"),
        Form::Layout("9{3}-9{3};9{5,10}"),
        Form::Layout("9{3}-9{3} / 9{5,10}"),
        Form::Layout("9{3}-9{3} - 9{5,10}"),
        Form::Layout("9{3} 9{3} 9{5,10}"),
        Form::Layout("9{3} 9{3}, 9{5,10}"),
        Form::Layout("9{3} 9{3}/9{5,10}"),
        Form::Layout("9{6} 9{5,10}"),
        Form::Layout("9{6}, 9{5,10}"),
        Form::Layout("9{6}/9{5,10}"),
        Form::Layout("9{6}-9{5,10}"),
    ],
    edges: Edges::Digit,
    check: is_bsb_account,
    scores: Scores::NAMED,
    keywords: &["bsb and account", "bsb", "bsb number", "direct entry", "bsb account", "bsb acc"],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["AusPayNet BSB directory"],
    valid: &[
        "062-000 12345678",
        "732-001 654321",
        "062-000 123 456 789",
        "062-000 1234 5678",
        "062-000 12 3456",
        "062-000-12345678",
        "062-000/12345678",
        "062-000,12345678",
        "062-000, 12345678",
        "062-000:12345678",
        "062-000: 12345678",
        "062-000;12345678",
        "062-000 / 12345678",
        "062-000 - 12345678",
        "062 000 12345678",
        "062 000, 12345678",
        "062 000/12345678",
        "062000 12345678",
        "062000, 12345678",
        "062000/12345678",
        "062000-12345678",
    ],
    invalid: &[
        ("062-000 1234", "short account"),
        ("000-000 12345678", "branch zero"),
        ("062-000 00000000", "account zero"),
    ],
};

/// Australian BSB.
pub(crate) static BSB: Detector = Detector {
    id: "bank.au.bsb",
    name: "Australian BSB",
    category: Category::BankAccount,
    country: Some("AU"),
    format: "Six digits, NNN-NNN.",
    forms: &[Form::Layout("9{3}-9{3}"), Form::Layout("9{3} 9{3}"), Form::Layout("9{6}")],
    edges: Edges::Digit,
    check: is_bsb,
    scores: Scores::NAMED,
    keywords: &["bsb number", "bsb", "bsb no", "bank state branch", "bsb code", "branch bsb"],
    window: (16, 10),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["AusPayNet BSB directory"],
    valid: &["062-000", "732001", "062 000"],
    invalid: &[("000-000", "zero"), ("000000", "zero")],
};

/// Six digits of the branch and five to ten of the account; neither has a check digit.
fn is_bsb_account(value: &Value<'_>) -> Option<Proof> {
    let (branch, account) = value.text.split_first_chunk::<6>()?;
    let holds = digits::is_number(branch)
        && (5..=10).contains(&account.len())
        && digits::is_number(account);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Bank, state and branch: every digit is in use somewhere.
fn is_bsb(value: &Value<'_>) -> Option<Proof> {
    digits::exactly::<6>(value.text)?;
    Some(Proof::whole(value, &["structure"]))
}
