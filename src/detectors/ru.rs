//! Russia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&INN, &SNILS, &PASSPORT, &DRIVER, &ACCOUNT, &OMS];

/// Taxpayer number of a person. One run of twelve digits in a hundred passes, so a keyword is needed.
pub(crate) static INN: Detector = Detector {
    id: "gov.ru.inn",
    name: "Russian taxpayer number of a person (INN)",
    category: Category::GovernmentId,
    country: Some("RU"),
    format: "Twelve digits: inspectorate 4, record 6, check digits 2; those of companies have ten.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_inn,
    scores: Scores { bare: 0, separated: 0, keyword: 85, field: 92 },
    keywords: &[
        "инн",
        "инн физического лица",
        "идентификационный номер налогоплательщика",
        "inn",
        "russian tax number",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &["Приказ ФНС России от 29.06.2012 № ММВ-7-6/435@: структура ИНН"],
    valid: &["500100732259", "771234567859"],
    invalid: &[("500100732258", "check digit"), ("000100732259", "region")],
};

/// Pension insurance number.
pub(crate) static SNILS: Detector = Detector {
    id: "gov.ru.snils",
    name: "Russian pension insurance number (SNILS)",
    category: Category::GovernmentId,
    country: Some("RU"),
    format: "Eleven digits NNN-NNN-NNN CC, a dash for the blank, or in one run.",
    forms: &[
        Form::Layout("9{3}-9{3}-9{3} 9{2}"),
        Form::Layout("9{3}-9{3}-9{3}-9{2}"),
        Form::Layout("9{11}"),
    ],
    edges: Edges::Digit,
    check: is_snils,
    scores: Scores { bare: 30, separated: 65, keyword: 85, field: 92 },
    keywords: &[
        "снилс",
        "страховой номер",
        "страховое свидетельство",
        "snils",
        "russian pension insurance number",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &["Федеральный закон от 01.04.1996 № 27-ФЗ", "Социальный фонд России: форматы СНИЛС"],
    valid: &["112-233-445 95", "08765430300", "112-233-445-95"],
    invalid: &[
        ("112-233-445 96", "check number"),
        ("112-233-445 9", "ten digits"),
        ("001-001-998 00", "the check begins above this number"),
    ],
};

/// Internal passport: no check digit, so the name beside it is everything.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.ru.passport",
    name: "Russian internal passport",
    category: Category::GovernmentId,
    country: Some("RU"),
    format: "Series 4 (region 2, year of the form 2) and number 6: 45 08 123456, with № between them, \
             or in one run.",
    forms: &[
        Form::Layout("9{2} 9{2} № 9{6}"),
        Form::Layout("9{2} 9{2} №9{6}"),
        Form::Layout("9{2} 9{2}№ 9{6}"),
        Form::Layout("9{2} 9{2}№9{6}"),
        Form::Layout("9{4} № 9{6}"),
        Form::Layout("9{4} №9{6}"),
        Form::Layout("9{4}№ 9{6}"),
        Form::Layout("9{4}№9{6}"),
        Form::Layout("9{2} 9{2} 9{6}"),
        Form::Layout("9{2} 9{8}"),
        Form::Layout("9{4} 9{6}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Digit,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "серия и номер паспорта",
        "паспорт",
        "паспорта",
        "серия и номер",
        "серия",
        "паспортные данные",
        "паспорт выдан",
        "passport",
        "russian passport",
    ],
    window: (60, 40),
    pass_rate: 0.39,
    wrong_digit_rate: 0.933,
    sources: &[
        "Постановление Правительства РФ от 08.07.1997 № 828",
        "Постановление Правительства РФ от 23.12.2023 № 2267",
    ],
    valid: &[
        "45 08 123456",
        "4510 № 654321",
        "45 08 № 123456",
        "45 08 №123456",
        "45 08№ 123456",
        "45 08№123456",
        "4510 №654321",
        "4510№ 654321",
        "4510№654321",
        "45 08123456",
        "4510 654321",
        "4510654321",
    ],
    invalid: &[
        ("00 08 123456", "region"),
        ("45 50 123456", "year of the form"),
        ("45 08 12345", "five digits"),
        ("45 08 000000", "number zero"),
    ],
};

/// Driving licence: no check digit, so the name beside it is everything. The letters of older series
/// are no part of what is digested or masked.
pub(crate) static DRIVER: Detector = Detector {
    id: "gov.ru.driver",
    name: "Russian driving licence",
    category: Category::GovernmentId,
    country: Some("RU"),
    format: "Region 2, two digits or, in older series, letters, number 6: 77 16 123456, 77 АВ 123456; \
             blanks may be missing, and the letters be written in Latin.",
    forms: &[
        Form::Layout("9{2} Я{2} 9{6}"),
        Form::Layout("9{2} Я{2}9{6}"),
        Form::Layout("9{2}Я{2} 9{6}"),
        Form::Layout("9{2}Я{2}9{6}"),
        Form::Layout("9{2} A{2} 9{6}"),
        Form::Layout("9{2}A{2}9{6}"),
        Form::Layout("9{2} 9{2} 9{6}"),
        Form::Layout("9{2} 9{8}"),
        Form::Layout("9{4} 9{6}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Alnum,
    check: is_driving_licence,
    scores: Scores::NAMED,
    keywords: &[
        "водительские права",
        "водительское удостоверение",
        "водительского удостоверения",
        "russian driving licence",
        "driving licence",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Приказ МВД России от 13.05.2009 № 365: образцы водительских удостоверений"],
    valid: &[
        "77 16 123456",
        "77 АВ 123456",
        "77 АВ123456",
        "77АВ 123456",
        "77АВ123456",
        "77 AB 123456",
        "77AB123456",
        "77 16123456",
        "7716 123456",
        "7716123456",
    ],
    invalid: &[
        ("77 Ж1 123456", "a letter and a digit"),
        ("77 16 12345", "five digits"),
        ("77 ZZ 123456", "letters that only one alphabet has"),
        ("77 16 000000", "number zero"),
    ],
};

/// Bank account. Its check digit needs the number of the bank (BIK), which stands elsewhere.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.ru.account",
    name: "Russian bank account",
    category: Category::BankAccount,
    country: Some("RU"),
    format: "Twenty digits: balance account 5, currency 3, check digit, branch 4, number 7; blanks or \
             dots between them possible.",
    forms: &[
        Form::Layout("9{5} 9{3} 9 9{4} 9{7}"),
        Form::Layout("9{5}.9{3}.9.9{4}.9{7}"),
        Form::Layout("9{5} 9{3} 9 9{11}"),
        Form::Layout("9{5}.9{3}.9.9{11}"),
        Form::Layout("9{5} 9{3} 9{12}"),
        Form::Layout("9{5}.9{3}.9{12}"),
        Form::Layout("9{20}"),
    ],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::MEDIUM,
    keywords: &[
        "расчетный счет",
        "расчётный счёт",
        "лицевой счет",
        "номер счета",
        "номер счёта",
        "корсчет",
        "бик",
        "russian bank account",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.00031,
    wrong_digit_rate: 0.745,
    sources: &[
        "Положение Банка России от 24.11.2022 № 809-П: план счетов",
        "Положение Банка России от 27.02.2017 № 579-П",
    ],
    valid: &[
        "40817810538091310419",
        "40702 810 9 0000 0000001",
        "40702.810.9.0000.0000001",
        "40702 810 9 00000000001",
        "40702.810.9.00000000001",
        "40702 810 900000000001",
        "40702.810.900000000001",
    ],
    invalid: &[
        ("40817999538091310419", "currency"),
        ("99917810538091310419", "balance account"),
        ("40817810000000000000", "branch and number zero"),
    ],
};

/// Compulsory medical insurance. Its check digit is not applied for want of an official text.
pub(crate) static OMS: Detector = Detector {
    id: "health.ru.oms",
    name: "Russian compulsory medical insurance number (OMS, ENP)",
    category: Category::HealthId,
    country: Some("RU"),
    format: "Sixteen digits, in fours or in one run.",
    forms: &[Form::Layout("9{4} 9{4} 9{4} 9{4}"), Form::Layout("9{16}")],
    edges: Edges::Digit,
    check: is_policy,
    scores: Scores::NAMED,
    keywords: &[
        "полис омс",
        "полиса омс",
        "омс",
        "енп",
        "единый номер полиса",
        "страховой полис",
        "полис",
        "oms policy",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &[
        "Приказ Минздрава России от 28.02.2019 № 108н: Правила обязательного медицинского страхования",
    ],
    valid: &["7712345678901234", "0123 4567 8901 2345"],
    invalid: &[
        ("771234567890123", "fifteen digits"),
        ("77123 4567 8901 234", "grouping"),
        ("0000 0000 0000 0000", "zero"),
    ],
};

/// Weights 7 2 4 10 3 5 9 4 6 8 for the eleventh digit, 3 before them for the twelfth, both sums by
/// eleven, ten written 0; the region, the first two digits, is not 00.
fn is_inn(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let holds = !text.starts_with(b"00")
        && weighted::ends_in_remainder(text.get(..11)?, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11)
        && weighted::ends_in_remainder(text, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Weights 9 to 1 over the first nine digits, the sum by 101 is the last two, 100 written 00. Numbers
/// up to 001-001-998 were given out without a check.
fn is_snils(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (number, check) = text.split_last_chunk::<2>()?;
    let rest = weighted::sum(number, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    let holds = digits::number(number)? > 1_001_998 && digits::number(check)? == rest;
    holds.then(|| Proof::whole(value, &["mod101"]))
}

/// A region, and a year of the form from 1997 to 2035.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let region = digits::number_at(text, 0..2)?;
    let year = digits::number_at(text, 2..4)?;
    let issued = region != 0 && matches!(year, 0..=35 | 97..=99);
    (issued && digits::number_at(text, 4..10)? != 0).then(|| Proof::whole(value, &["structure"]))
}

/// Region, series and number. Letters of a series are those that both alphabets have; Cyrillic ones
/// are not among the characters seen here.
fn is_driving_licence(value: &Value<'_>) -> Option<Proof> {
    let (region, rest) = value.text.split_first_chunk::<2>()?;
    let (series, number) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
    let digits_only = region.iter().all(u8::is_ascii_digit) && digits::is_number(number);
    let fits = match series {
        [] => true,
        [first, second] => {
            let lettered = [first, second].into_iter().all(|letter| SERIES.contains(letter));
            let numbered = first.is_ascii_digit() && second.is_ascii_digit();
            numbered || lettered && (value.capitals || !value.separated)
        }
        _ => false,
    };
    (digits_only && fits).then(|| Proof::whole(value, &["structure"]))
}

/// Balance accounts that hold customers or banks, a currency in which accounts are kept, and a branch
/// or a number that is not zero.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<20>(value.text)?;
    let holder = matches!(
        digits::number_at(text, 0..3)?,
        301..=303 | 312..=332 | 401..=408 | 420..=426 | 454..=458
    );
    let currency =
        matches!(digits::number_at(text, 5..8)?, 156 | 643 | 756 | 810 | 826 | 840 | 978);
    let numbered = digits::is_number(text.get(9..)?);
    (holder && currency && numbered).then(|| Proof::whole(value, &["structure"]))
}

/// Sixteen digits.
fn is_policy(value: &Value<'_>) -> Option<Proof> {
    digits::exactly::<16>(value.text).map(|_| Proof::whole(value, &["structure"]))
}

/// Latin letters that look like those of Russian registration series (АВЕКМНОРСТУХ).
const SERIES: &[u8; 12] = b"ABEKMHOPCTYX";
