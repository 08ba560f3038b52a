//! Hungary.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&SZEMELYI, &TAX, &ID_CARD, &GIRO, &TAJ];

/// Personal identification number of the population register.
pub(crate) static SZEMELYI: Detector = Detector {
    id: "gov.hu.szemelyi",
    name: "Hungarian personal identification number (személyi azonosító)",
    category: Category::GovernmentId,
    country: Some("HU"),
    format: "Eleven digits: sex and century 1 to 8, YYMMDD, serial 3, check digit: 2-720216-1673, \
             with blanks or in one run.",
    forms: &[
        Form::Layout("9-9{6}-9{4}"),
        Form::Layout("9-9{6} 9{4}"),
        Form::Layout("9-9{10}"),
        Form::Layout("9 9{6} 9{4}"),
        Form::Layout("9 9{6}-9{4}"),
        Form::Layout("9 9{10}"),
        Form::Layout("9{7}-9{4}"),
        Form::Layout("9{7} 9{4}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_szemelyi,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "személyi azonosító",
        "személyi szám",
        "személyazonosító jel",
        "hungarian personal number",
        "hungarian personal id",
    ],
    window: (60, 40),
    pass_rate: 0.0051,
    wrong_digit_rate: 0.017,
    sources: &["1996. évi XX. törvény, melléklet I."],
    valid: &[
        "2-720216-1673",
        "3-050607-1231",
        "2-720216 1673",
        "2-7202161673",
        "2 720216 1673",
        "2 720216-1673",
        "2 7202161673",
        "2720216-1673",
        "2720216 1673",
        "27202161673",
    ],
    invalid: &[
        ("2-721316-1673", "month 13"),
        ("9-720216-1673", "first digit"),
        ("2-720216-1674", "check digit"),
        ("2-980216-1029", "check digit of those born before 1997"),
    ],
};

/// Personal tax number.
pub(crate) static TAX: Detector = Detector {
    id: "gov.hu.tax",
    name: "Hungarian personal tax number (adóazonosító jel)",
    category: Category::GovernmentId,
    country: Some("HU"),
    format: "Ten digits: 8, days from 1 January 1867 to birth 5, serial 3, check digit.",
    forms: &[Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_tax_number,
    scores: Scores::CHECKED,
    keywords: &[
        "adóazonosító jel",
        "adóazonosító",
        "adószám",
        "adójel",
        "hungarian tax number",
        "hungarian tax id",
    ],
    window: (60, 40),
    pass_rate: 0.0056,
    wrong_digit_rate: 0.0,
    sources: &["1996. évi XX. törvény, melléklet III.", "European Commission TIN portal: Hungary"],
    valid: &["8071592153", "8365912341"],
    invalid: &[
        ("8071592154", "check digit"),
        ("7071592153", "does not begin with 8"),
        ("8990000005", "born in 2138"),
    ],
};

/// Identity card or passport: no check digit, so the name beside it is everything.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.hu.id-card",
    name: "Hungarian identity card or passport number",
    category: Category::GovernmentId,
    country: Some("HU"),
    format: "Identity card six digits and two letters, passport two letters and six or seven \
             digits; a blank between them possible.",
    forms: &[
        Form::Layout("9{6} A{2}"),
        Form::Layout("9{6}A{2}"),
        Form::Layout("A{2} 9{6,7}"),
        Form::Layout("A{2}9{6,7}"),
    ],
    edges: Edges::Alnum,
    check: is_document,
    scores: Scores::NAMED,
    keywords: &[
        "személyi igazolvány",
        "személyigazolvány",
        "személyi ig",
        "útlevél",
        "útlevélszám",
        "okmányazonosító",
        "hungarian identity card",
        "identity card",
        "passport",
    ],
    window: (60, 40),
    pass_rate: 0.0003,
    wrong_digit_rate: 1.0,
    sources: &[
        "414/2015. (XII. 23.) Korm. rendelet: okmányazonosító",
        "PRADO: Council of the EU register of identity and travel documents, HUN",
    ],
    valid: &["123456AE", "BH1234567", "123456 AE", "BH 123456"],
    invalid: &[
        ("12345AE", "five digits"),
        ("1234567A", "one letter"),
        ("123456 az", "small letters behind a blank are the next word"),
    ],
};

/// Account number as the interbank clearing (GIRO) writes it. Of three blocks that do not fit each
/// other two may still pass as a number of two, so that more numbers are found than pass the check.
pub(crate) static GIRO: Detector = Detector {
    id: "bank.hu.giro",
    name: "Hungarian account number (GIRO)",
    category: Category::BankAccount,
    country: Some("HU"),
    format: "Two or three blocks of eight digits with dashes: 11773016-11111018-00000000.",
    forms: &[Form::Layout("9{8}-9{8}-9{8}"), Form::Layout("9{8}-9{8}")],
    edges: Edges::Digit,
    check: is_giro,
    scores: Scores::MEDIUM,
    keywords: &[
        "bankszámlaszám",
        "számlaszám",
        "bankszámla",
        "pénzforgalmi jelzőszám",
        "hungarian account number",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.018,
    wrong_digit_rate: 0.0,
    sources: &["35/2017. (XII. 14.) MNB rendelet: pénzforgalmi jelzőszám"],
    valid: &["11773016-11111018-00000000", "11773016-11111018"],
    invalid: &[
        ("11773017-11111018-00000000", "check digit of bank and branch"),
        ("11773016-11111019", "check digit of the account"),
        ("11773016-00000000", "account zero"),
    ],
};

/// Social security number.
pub(crate) static TAJ: Detector = Detector {
    id: "health.hu.taj",
    name: "Hungarian social security number (TAJ)",
    category: Category::HealthId,
    country: Some("HU"),
    format: "Nine digits in threes, with blanks or dashes, or in one run.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{3}-9{3}-9{3}"),
        Form::Layout("9{3} 9{3}-9{3}"),
        Form::Layout("9{3}-9{3} 9{3}"),
        Form::Layout("9{3} 9{6}"),
        Form::Layout("9{3}-9{6}"),
        Form::Layout("9{6} 9{3}"),
        Form::Layout("9{6}-9{3}"),
        Form::Layout("9{9}"),
    ],
    edges: Edges::Digit,
    check: is_taj,
    scores: Scores::CHECKED,
    keywords: &[
        "taj szám",
        "taj",
        "taj-szám",
        "tajszám",
        "társadalombiztosítási azonosító",
        "taj number",
        "hungarian social security number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["1996. évi XX. törvény, melléklet II."],
    valid: &[
        "111 111 110",
        "123456788",
        "111-111-110",
        "111 111-110",
        "111-111 110",
        "111 111110",
        "111-111110",
        "111111 110",
        "111111-110",
    ],
    invalid: &[
        ("111 111 111", "check digit"),
        ("111 111 11", "eight digits"),
        ("000 000 000", "zero"),
    ],
};

/// Date of birth, and the sum by eleven with the weights 1 to 10, or 10 to 1 for those born from 1997
/// on; serials whose sum is ten are passed over.
///
/// 1 and 2 are births of the 1900s. 3 and 4, the 2000s, were given for the 1800s too, and those of
/// foreigners (5 to 8) do not tell their century, so that both sets of weights are tried.
fn is_szemelyi(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let year = digits::number_at(text, 1..3)?;
    let month = digits::number_at(text, 3..5)?;
    let born = date::is_short_date(year, month, digits::number_at(text, 5..7)?);
    // The check digit counts −1, which is 10 by 11.
    let older = weighted::sum(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]).is_multiple_of(11);
    let younger = weighted::sum(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 10]).is_multiple_of(11);
    let holds = match text.first()? {
        b'1' | b'2' if year < 97 => older,
        b'1' | b'2' => younger,
        b'3'..=b'8' => older || younger,
        _ => false,
    };
    (born && holds).then(|| Proof::whole(value, &["date", "mod11"]))
}

/// Begins with 8, a day of birth up to 2031, and weights 1 to 9, the check digit the sum by eleven.
fn is_tax_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let born = digits::number_at(text, 1..6)?;
    let holds = text.starts_with(b"8")
        && (1..=60_000).contains(&born)
        && weighted::sum(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Two letters before six or seven digits, or behind six.
fn is_document(value: &Value<'_>) -> Option<Proof> {
    let passport = digits::behind_letters::<2>(value.text)
        .is_some_and(|(_, number)| matches!(number.len(), 6 | 7));
    let card = value.text.split_last_chunk::<2>().is_some_and(|(number, letters)| {
        number.len() == 6 && digits::is_number(number) && letters.iter().all(u8::is_ascii_uppercase)
    });
    let written = value.capitals || !value.separated;
    (written && (passport || card)).then(|| Proof::whole(value, &["structure"]))
}

/// Weights 9 7 3 1, the sum divisible by ten: over the first eight digits, bank and branch, and over
/// the rest, the account.
fn is_giro(value: &Value<'_>) -> Option<Proof> {
    let (bank, account) = value.text.split_at_checked(8)?;
    let holds =
        |part| digits::is_number(part) && weighted::sum(part, &[9, 7, 3, 1]).is_multiple_of(10);
    let sized = matches!(account.len(), 8 | 16);
    (sized && holds(bank) && holds(account)).then(|| Proof::whole(value, &["mod10"]))
}

/// Weights 3 7, the check digit the sum by ten.
fn is_taj(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    weighted::ends_in_remainder(text, &[3, 7], 10).then(|| Proof::whole(value, &["mod10"]))
}
