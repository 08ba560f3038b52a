//! Denmark.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CPR, &ACCOUNT];

/// Number of the civil register.
pub(crate) static CPR: Detector = Detector {
    id: "gov.dk.cpr",
    name: "Danish CPR number",
    category: Category::GovernmentId,
    country: Some("DK"),
    format: "Ten digits DDMMYY-SSSS. The modulus 11 digit has been given up in 2007.",
    forms: &[Form::Layout("9{6}-9{4}"), Form::Layout("9{6} 9{4}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_cpr,
    scores: Scores::CHECKED,
    keywords: &[
        "cpr",
        "cpr-nr",
        "cpr-nummer",
        "cprnr",
        "personnummer",
        "civil registration number",
        "danish personal number",
    ],
    window: (60, 40),
    pass_rate: 0.074,
    wrong_digit_rate: 0.844,
    sources: &[
        "CPR-loven § 3",
        "CPR-kontoret: Personnummeret i CPR",
        "CPR-kontoret: Personnumre uden kontrolciffer (modulus 11 kontrol)",
    ],
    valid: &["070761-4285", "0101901235", "070761 4285"],
    invalid: &[("321062-5629", "day 32"), ("211362-5629", "month 13"), ("310462 5629", "31 April")],
};

/// Registration number of a bank, and the account there.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.dk.account",
    name: "Danish registration and account number",
    category: Category::BankAccount,
    country: Some("DK"),
    format: "Registration number of four digits, then an account of six to ten.",
    forms: &[Form::Layout("9{4} 9{6,10}"), Form::Layout("9{4}-9{6,10}")],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "registreringsnummer",
        "reg nr",
        "reg.nr",
        "regnr",
        "kontonr",
        "kontonummer",
        "bankkonto",
        "danish account number",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 0.996,
    sources: &["Finans Danmark: Registreringsnumre i danske pengeinstitutter"],
    valid: &["0040 0440116243", "6471-0001000206"],
    invalid: &[("0000 0440116243", "no bank"), ("0040 0000000000", "account zero")],
};

/// Date of birth, 60 added to the day in replacement numbers. Weights 4 3 2 7 6 5 4 3 2 1, the sum
/// divisible by eleven, hold for most numbers; where they do not, a keyword has to say more.
fn is_cpr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let [day, month, year] = digits::pairs(text.get(..6)?)?;
    let day = if day > 60 { day - 60 } else { day };
    if !date::is_short_date(year, month, day) {
        return None;
    }
    Some(match weighted::sum(text, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11) {
        true => Proof::whole(value, &["date", "mod11"]),
        false => Proof::whole(value, &["date"]).adjusted(-40),
    })
}

/// There is no check digit that all banks have.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let (bank, account) = value.text.split_at_checked(4)?;
    digits::exactly::<4>(bank)?;
    let holds = (6..=10).contains(&account.len()) && digits::is_number(account);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn numbers_without_the_digit_weigh_less() {
        for (text, adjust) in [("070761-4285", 0), ("0101901235", -40), ("811062-5625", -40)] {
            assert_eq!(proof(&CPR, text).map(|proof| proof.adjust), Some(adjust), "{text}");
        }
    }
}
