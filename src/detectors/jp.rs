//! Japan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] =
    &[&MY_NUMBER, &PASSPORT, &DRIVER, &RESIDENCE_CARD, &ACCOUNT, &INSURANCE];

/// Individual number.
pub(crate) static MY_NUMBER: Detector = Detector {
    id: "gov.jp.my-number",
    name: "Japanese individual number (My Number)",
    category: Category::GovernmentId,
    country: Some("JP"),
    format: "Twelve digits in fours or in one run, the last a check digit.",
    forms: &[Form::Layout("9{4} 9{4} 9{4}"), Form::Layout("9{4}-9{4}-9{4}"), Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_my_number,
    scores: Scores::CHECKED,
    keywords: &["マイナンバー", "個人番号", "マイナンバーカード", "my number", "individual number"],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["Ordinance of the Ministry of Internal Affairs and Communications 85/2014, art. 5"],
    valid: &["6214 9832 0257", "123456789018", "6214-9832-0257"],
    invalid: &[
        ("6214 9832 0258", "check digit"),
        ("6214 9832 025", "eleven digits"),
        ("000000000000", "zero"),
    ],
};

/// Japanese passport number.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.jp.passport",
    name: "Japanese passport number",
    category: Category::GovernmentId,
    country: Some("JP"),
    format: "Two letters and seven digits.",
    forms: &[Form::Layout("A{2}9{7}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "旅券番号",
        "パスポート",
        "旅券",
        "passport",
        "passport number",
        "japanese passport",
        "パスポート番号",
        "passport no",
    ],
    window: (60, 40),
    pass_rate: 8e-5,
    wrong_digit_rate: 0.992,
    sources: &["Ministry of Foreign Affairs of Japan"],
    valid: &["TK1234567", "MZ0000001"],
    invalid: &[("TK0000000", "zero"), ("tk0000000", "zero")],
};

/// Japanese driving licence.
pub(crate) static DRIVER: Detector = Detector {
    id: "gov.jp.driver",
    name: "Japanese driving licence",
    category: Category::GovernmentId,
    country: Some("JP"),
    format: "Twelve digits: commission 2, year of the first licence 2, serial 6, check digit, \
             number of reissues.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_driver,
    scores: Scores::CHECKED,
    keywords: &[
        "運転免許証番号",
        "運転免許証",
        "免許証番号",
        "driving licence",
        "driver's license",
        "japanese driving licence",
        "運転免許番号",
    ],
    window: (60, 40),
    pass_rate: 0.05,
    wrong_digit_rate: 0.108,
    sources: &[
        "National Police Agency (Japan): driving licences",
        "Road Traffic Act Enforcement Regulations (Japan), annexed form 14",
    ],
    valid: &["309001234570", "309012345620", "208512345611"],
    invalid: &[
        ("309001234580", "check digit"),
        ("208512345601", "check digit 0 where eleven leaves 1"),
        ("009876543210", "no such commission"),
        ("159001234570", "no such commission"),
    ],
};

/// Japanese residence card.
pub(crate) static RESIDENCE_CARD: Detector = Detector {
    id: "gov.jp.residence-card",
    name: "Japanese residence card",
    category: Category::GovernmentId,
    country: Some("JP"),
    format: "Two letters, eight digits, two letters.",
    forms: &[Form::Layout("A{2}9{8}A{2}")],
    edges: Edges::Alnum,
    check: is_residence_card,
    scores: Scores::MEDIUM,
    keywords: &[
        "在留カード",
        "在留カード番号",
        "residence card",
        "zairyu",
        "residence card number",
        "zairyu card",
    ],
    window: (60, 40),
    pass_rate: 5e-6,
    wrong_digit_rate: 0.993,
    sources: &["Immigration Services Agency of Japan"],
    valid: &["AB12345678CD", "UH00000001AA"],
    invalid: &[("AB00000000CD", "zero"), ("ab12345678cd", "small letters")],
};

/// Japanese bank account.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.jp.account",
    name: "Japanese bank account",
    category: Category::BankAccount,
    country: Some("JP"),
    format: "Seven digits, bank code 4 and branch code 3 before them possible.",
    forms: &[Form::Layout("9{4}-9{3}-9{7}"), Form::Layout("9{4} 9{3} 9{7}"), Form::Layout("9{7}")],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "口座番号",
        "普通預金",
        "当座預金",
        "japanese bank account",
        "預金口座",
        "銀行口座",
    ],
    window: (20, 20),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Japanese Bankers Association: Zengin data format"],
    valid: &["1234567", "0001-001-1234567", "0001 001 1234567"],
    invalid: &[("0001-001-0000000", "account zero"), ("0000000", "zero")],
};

/// Japanese health insurance card.
pub(crate) static INSURANCE: Detector = Detector {
    id: "health.jp.insurance",
    name: "Japanese health insurance card",
    category: Category::HealthId,
    country: Some("JP"),
    format: "Insurer's number of six or eight digits; the insured's symbol and number with a dash \
             between.",
    forms: &[Form::Layout("9{1,8}-9{1,7}"), Form::Layout("9{8}"), Form::Layout("9{6}")],
    edges: Edges::Digit,
    check: is_insurance,
    scores: Scores::NAMED,
    keywords: &[
        "保険者番号",
        "被保険者番号",
        "被保険者証",
        "記号・番号",
        "insurer number",
        "insured number",
        "保険証番号",
        "health insurance card number",
    ],
    window: (16, 16),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Ministry of Health, Labour and Welfare (Japan)"],
    valid: &["06123456", "123-4567", "123456"],
    invalid: &[("00000000", "zero"), ("000000", "zero"), ("0-0", "zero")],
};

/// Eleven less the remainder of the weighted sum; 0 for the remainders 0 and 1.
fn is_my_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (check, body) = text.split_last()?;
    let expected = match weighted::sum(body, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    (digits::digit(*check)? == expected).then(|| Proof::whole(value, &["mod11"]))
}

/// Two letters and seven digits, without a check digit.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let (_, number) = digits::behind_letters::<2>(value.text)?;
    (number.len() == 7).then(|| Proof::whole(value, &["structure"]))
}

/// Ten digits weighted 5 4 3 2 7 6 5 4 3 2; the eleventh is the last digit of eleven less the
/// remainder, so that 1 stands for eleven as well. That there is a check digit, and where, is in the
/// rules of prefectural police (Okinawa: administration of driving licences); the weights are in no
/// official text that was found, and several public descriptions agree on them.
fn is_driver(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let commission = digits::number(text.get(..2)?)?;
    let sum = weighted::sum(text.get(..10)?, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    let holds = is_commission(commission) && digits::digit(*text.get(10)?)? == (11 - sum % 11) % 10;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Returns whether the code is a public safety commission's: those of Hokkaido's five areas, then
/// of the prefectures by region.
fn is_commission(code: u32) -> bool {
    matches!(
        code,
        10..=14 | 20..=25 | 30 | 40..=49 | 50..=55 | 60..=65 | 70..=74 | 80..=83 | 90..=97
    )
}

/// Two capitals, eight digits, two capitals.
fn is_residence_card(value: &Value<'_>) -> Option<Proof> {
    let (body, last) = value.text.split_last_chunk::<2>()?;
    let (_, number) = digits::behind_letters::<2>(body)?;
    let holds = number.len() == 8 && last.iter().all(u8::is_ascii_uppercase) && value.capitals;
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Seven digits, bank and branch before them or not.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let (before, account) = value.text.split_last_chunk::<7>()?;
    let holds = matches!(before.len(), 0 | 7)
        && before.iter().all(u8::is_ascii_digit)
        && digits::is_number(account);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// An insurer's number, or a symbol and a number that a dash parts.
fn is_insurance(value: &Value<'_>) -> Option<Proof> {
    let fits = match value.separator {
        Some(_) => (2..=15).contains(&value.text.len()),
        None => matches!(value.text.len(), 6 | 8),
    };
    (fits && digits::is_number(value.text)).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{bare, proof, wrong_digits};
    use super::*;

    #[test]
    fn one_check_digit_fits() {
        let digits =
            (0..10).filter(|check| proof(&MY_NUMBER, &format!("6214 9832 025{check}")).is_some());
        assert_eq!(digits.collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn remainders_zero_and_one_share_a_digit() {
        for (body, expected) in [("62149830000", 0), ("62149830006", 0), ("62149830001", 9)] {
            let fits = |check: &u32| bare(&MY_NUMBER, &format!("{body}{check}")).is_some();
            assert_eq!((0..10).filter(fits).collect::<Vec<_>>(), [expected], "{body}");
        }
    }

    #[test]
    fn wrong_digits_hide_only_behind_zero() {
        // A check digit other than 0 stands for one remainder, so every wrong digit is caught.
        for wrong in wrong_digits("6214 9832 0257") {
            assert!(proof(&MY_NUMBER, &wrong).is_none(), "{wrong}");
        }
    }
}
