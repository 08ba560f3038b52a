//! Financial identifiers that name no account.

use crate::detectors::tables;
use crate::detectors::{Detector, Edges, Form, Named, Proof, Scores, Value};
use crate::finding::{Category, Evidence};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&BIC, &INCOME];

/// Business identifier codes, known as SWIFT codes.
///
/// A third of all words of eight letters would do, so that nothing is reported without a keyword.
pub(crate) static BIC: Detector = Detector {
    id: "financial.bic",
    name: "Business identifier code (SWIFT)",
    category: Category::Financial,
    country: None,
    format: "Four letters for the institution, two for its country, two letters or digits for the \
             place, and three more for a branch. No check character.",
    forms: &[Form::Layout("A{6}X{2}"), Form::Layout("A{6}X{5}")],
    edges: Edges::Alnum,
    check: bic,
    scores: Scores { bare: 0, separated: 0, keyword: 60, field: 80 },
    keywords: &[
        "bic",
        "swift",
        "swift code",
        "bic code",
        "swift/bic",
        "code bic",
        "code swift",
        "código swift",
        "código bic",
    ],
    window: (60, 40),
    pass_rate: 0.37,
    wrong_digit_rate: 1.0,
    sources: &["ISO 9362:2022", "ISO 3166-1"],
    valid: &["DEUTDEFF500", "AGRIFRPP"],
    invalid: &[("DEUTQQFF", "QQ is no country"), ("DEUTDEFF5", "neither eight nor eleven long")],
};

fn bic(value: &Value<'_>) -> Option<Proof> {
    let country = tables::country(value.text.get(4..6)?)?;
    let len = value.text.len();
    let whole = len == 8 || len == 11;
    whole.then(|| Proof {
        evidence: vec![Evidence::Country(country.into())],
        len,
        adjust: 0,
        test: false,
    })
}

/// Amounts beside a word for what a person earns or owes.
pub(crate) static INCOME: Detector = Detector {
    id: "financial.income",
    name: "Income, salary or balance of a person",
    category: Category::Financial,
    country: None,
    format: "A currency amount right behind a word for income, salary or balance: $, £, €, ¥, USD, EUR, GBP \
             or CHF before or behind it.",
    forms: &[Form::Named(&AMOUNT)],
    edges: Edges::Alnum,
    check: income,
    scores: Scores::NAMED,
    keywords: &[
        "salary",
        "annual salary",
        "annual income",
        "net income",
        "gross income",
        "account balance",
        "wages",
        "payslip",
        "salaire",
        "revenu annuel",
        "fiche de paie",
        "gehalt",
        "bruttolohn",
        "nettolohn",
        "jahreseinkommen",
        "salario",
        "sueldo",
        "nómina",
        "stipendio",
        "reddito",
        "salário",
        "rendimento",
        "salaris",
        "bruto inkomen",
    ],
    window: (48, 0),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["GLBA: nonpublic personal information"],
    valid: &["$84,500.00", "3.200,00 EUR", "GBP 52000"],
    invalid: &[("84,500", "no currency"), ("$", "no amount"), ("$0.00", "nothing")],
};

static AMOUNT: Named = Named { extent: |text, _| amount_len(text) };

const CURRENCIES: [&str; 8] = ["$", "£", "€", "¥", "USD", "EUR", "GBP", "CHF"];
/// Digits and marks of the longest amount.
const LONGEST_AMOUNT: usize = 20;

/// A currency and digits with marks between them, in either order, a blank between the two or none.
fn amount_len(text: &[u8]) -> Option<usize> {
    let currency = |at: usize| {
        let tail = text.get(at..).unwrap_or_default();
        CURRENCIES.iter().find(|name| tail.starts_with(name.as_bytes())).map(|name| at + name.len())
    };
    let blank = |at: usize| at + usize::from(text.get(at) == Some(&b' '));
    let digits = |at: usize| {
        let tail = text.get(at..)?.iter().take(LONGEST_AMOUNT);
        let count = tail.take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        let run = text.get(at..at + count)?;
        let marks = run.iter().rev().take_while(|byte| !byte.is_ascii_digit()).count();
        (marks < count).then_some(at + count - marks)
    };
    let before = currency(0).and_then(|at| digits(blank(at)));
    before.or_else(|| currency(blank(digits(0)?)))
}

fn income(value: &Value<'_>) -> Option<Proof> {
    let whole = amount_len(value.text) == Some(value.text.len());
    let some = value.text.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    (whole && some).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Proof> {
        bic(&Value {
            text: text.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    #[test]
    fn samples_pass_and_near_misses_do_not() {
        for valid in BIC.valid {
            assert_eq!(check(valid).unwrap().len, valid.len());
        }
        for (invalid, why) in BIC.invalid {
            assert_eq!(check(invalid), None, "{why}");
        }
        assert_eq!(check(""), None);
    }

    #[test]
    fn the_country_is_named() {
        assert_eq!(check("NLPRXKPR").unwrap().evidence, [Evidence::Country("XK".into())]);
    }
}
