//! Poland.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, iso7064, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PESEL, &NIP, &DOWOD, &PASSPORT, &NRB];

/// Number of the population register.
pub(crate) static PESEL: Detector = Detector {
    id: "gov.pl.pesel",
    name: "Polish PESEL",
    category: Category::GovernmentId,
    country: Some("PL"),
    format: "Eleven digits YYMMDDNNNNC; the month plus 80 for the 1800s, 20 for the 2000s, 40 and \
             60 for the next.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_pesel,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &["pesel", "numer pesel", "nr pesel"],
    window: (60, 40),
    pass_rate: 0.018,
    wrong_digit_rate: 0.0,
    sources: &["Ustawa o ewidencji ludności, art. 15", "gov.pl: PESEL"],
    valid: &["44051401359", "02070803628", "85121312342"],
    invalid: &[
        ("44051401358", "check digit"),
        ("84102998765", "check digit"),
        ("44131401350", "month 13"),
    ],
};

/// Tax number of companies, and of people in business.
pub(crate) static NIP: Detector = Detector {
    id: "gov.pl.nip",
    name: "Polish tax number (NIP)",
    category: Category::GovernmentId,
    country: Some("PL"),
    format: "Ten digits, NNN-NNN-NN-NN, NNN-NN-NN-NNN or in one run; PL before them as a VAT number.",
    forms: &[
        Form::Layout("A{2} 9{3}-9{3}-9{2}-9{2}"),
        Form::Layout("A{2}9{3}-9{3}-9{2}-9{2}"),
        Form::Layout("A{2} 9{3}-9{2}-9{2}-9{3}"),
        Form::Layout("A{2}9{3}-9{2}-9{2}-9{3}"),
        Form::Layout("A{2} 9{10}"),
        Form::Layout("A{2}9{10}"),
        Form::Layout("9{3}-9{3}-9{2}-9{2}"),
        Form::Layout("9{3}-9{2}-9{2}-9{3}"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Alnum,
    check: is_nip,
    scores: Scores::CHECKED,
    keywords: &[
        "nip",
        "nr nip",
        "numer nip",
        "numer identyfikacji podatkowej",
        "polish tax id",
        "polish vat number",
    ],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["Ustawa o zasadach ewidencji i identyfikacji podatników i płatników"],
    valid: &[
        "8567346215",
        "PL8567346215",
        "526-10-40-828",
        "856-734-62-15",
        "PL 8567346215",
        "PL 856-734-62-15",
        "PL856-734-62-15",
        "PL 526-10-40-828",
        "PL526-10-40-828",
    ],
    invalid: &[
        ("PL8567346216", "check digit"),
        ("526-10-40-8281", "grouping"),
        ("8007346215", "no such tax office"),
    ],
};

/// Identity card. One part number in ten of three letters and six digits passes, so it stays low
/// without a keyword.
pub(crate) static DOWOD: Detector = Detector {
    id: "gov.pl.dowod",
    name: "Polish identity card number",
    category: Category::GovernmentId,
    country: Some("PL"),
    format: "Three letters, check digit, five digits: ABA 300000, with a blank, a dash or in one run.",
    forms: &[Form::Layout("A{3} 9{6}"), Form::Layout("A{3}-9{6}"), Form::Layout("A{3}9{6}")],
    edges: Edges::Alnum,
    check: is_dowod,
    scores: Scores { bare: 40, separated: 40, keyword: 85, field: 92 },
    keywords: &[
        "dowód",
        "dowód osobisty",
        "dowód tożsamości",
        "numer dowodu",
        "nr dowodu",
        "seria i numer",
        "serię i numer",
        "serii i numerze",
        "dowodu osobistego",
        "dowodowi osobistemu",
        "dowodem osobistym",
        "dowodzie osobistym",
        "polish id card",
    ],
    window: (60, 40),
    pass_rate: 0.000015,
    wrong_digit_rate: 0.0,
    sources: &[
        "Rozporządzenie MSWiA w sprawie dowodu osobistego",
        "ICAO Doc 9303 part 3 (weights of the check digit)",
    ],
    valid: &["ABA300000", "ABS 123456", "ABA-300000"],
    invalid: &[
        ("ABA400000", "check digit"),
        ("AB3300000", "two letters"),
        ("OBA300006", "no series begins with O"),
    ],
};

/// Passport.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.pl.passport",
    name: "Polish passport number",
    category: Category::GovernmentId,
    country: Some("PL"),
    format: "Two letters, check digit, six digits: ZS0000177, with a blank or in one run.",
    forms: &[Form::Layout("A{2} 9{7}"), Form::Layout("A{2}9{7}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::CHECKED,
    keywords: &[
        "paszport",
        "numer paszportu",
        "nr paszportu",
        "paszportu",
        "paszportem",
        "paszporcie",
        "polish passport",
        "passport",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &[
        "Rozporządzenie MSWiA w sprawie dokumentów paszportowych",
        "ICAO Doc 9303 part 3 (weights of the check digit)",
    ],
    valid: &["ZS0000177", "AB 4123456"],
    invalid: &[
        ("ZS1000177", "check digit"),
        ("Z00001770", "one letter"),
        ("ZS0000178", "last digit"),
    ],
};

/// Account number at any bank: an IBAN without PL.
pub(crate) static NRB: Detector = Detector {
    id: "bank.pl.nrb",
    name: "Polish account number (NRB)",
    category: Category::BankAccount,
    country: Some("PL"),
    format: "Twenty-six digits: check 2, bank and branch 8, account 16; 2 and six times 4 with blanks \
             or dashes, or in one run.",
    forms: &[
        Form::Layout("9{2} 9{4} 9{4} 9{4} 9{4} 9{4} 9{4}"),
        Form::Layout("9{2}-9{4}-9{4}-9{4}-9{4}-9{4}-9{4}"),
        Form::Layout("9{26}"),
    ],
    edges: Edges::Digit,
    check: is_nrb,
    scores: Scores { bare: 60, separated: 80, keyword: 92, field: 96 },
    keywords: &[
        "numer konta",
        "nr konta",
        "numer rachunku",
        "rachunek bankowy",
        "rachunku bankowego",
        "rachunek",
        "konto bankowe",
        "konta bankowego",
        "nrb",
        "polish account number",
        "account number",
    ],
    window: (60, 40),
    pass_rate: 0.00097,
    wrong_digit_rate: 0.0,
    sources: &["Zarządzenie nr 15/2010 Prezesa NBP: numeracja banków i rachunków bankowych"],
    valid: &[
        "61 1090 1014 0000 0712 1981 2874",
        "83101010230000261395100000",
        "89-2490-0005-0000-4530-6240-7892",
    ],
    invalid: &[
        ("61 1090 1014 0000 0712 1981 2875", "ISO 7064 MOD 97-10"),
        ("61 1090 1024 0000 0712 1981 2874", "check digit of bank and branch"),
    ],
};

/// Date of birth with the century in the month, weights 1 3 7 9, the sum divisible by ten.
fn is_pesel(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let year = digits::number(text.get(..2)?)?;
    let month = digits::number(text.get(2..4)?)?;
    let day = digits::number(text.get(4..6)?)?;
    // 1900s plain, then 20 more a century to 2200, and 80 for the 1800s.
    let century = if month >= 80 { 1800 } else { 1900 + month / 20 * 100 };
    let holds = date::is_date(century + year, month % 20, day)
        && weighted::sum(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["date", "mod10"]))
}

/// Weights 6 5 7 2 3 4 5 6 7 by eleven, ten being no check digit; the tax office, the first three
/// digits, does not end in 00. None begins with 0 either, but made-up ones do, and programs take them.
fn is_nip(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text.strip_prefix(b"PL").unwrap_or(value.text))?;
    let office = digits::number_at(text, 0..3)?;
    // The check digit counts −1, which is 10 by 11.
    let holds = !office.is_multiple_of(100)
        && weighted::sum(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7, 10]).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Weights 7 3 1 over letters from 10 on and digits, the check digit in the fourth place left out: it
/// is the sum by ten.
fn is_dowod(value: &Value<'_>) -> Option<Proof> {
    let (letters, number) = digits::behind_letters::<3>(value.text)?;
    // The check digit counts −1, which is 9 by 10.
    let holds = number.len() == 6
        && !matches!(letters, [b'O' | b'Q', ..])
        && weighted::sum(value.text, &[7, 3, 1, 9, 7, 3, 1, 7, 3]).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// As on an identity card, the check digit in the third place.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let (_, number) = digits::behind_letters::<2>(value.text)?;
    let holds = number.len() == 7
        && weighted::sum(value.text, &[7, 3, 9, 1, 7, 3, 1, 7, 3]).is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["mod10"]))
}

/// The check of the IBAN with PL before the number, and weights 3 9 7 1 over bank and branch, the sum
/// divisible by ten.
fn is_nrb(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<26>(value.text)?;
    let (check, account) = text.split_first_chunk::<2>()?;
    let bank = account.get(..8)?;
    let mut turned = *b"000000000000000000000000PL00";
    turned.get_mut(..24)?.copy_from_slice(account);
    turned.get_mut(26..)?.copy_from_slice(check);
    // The others are equal to one of these by 97.
    let holds = (2..=98).contains(&digits::number(check)?)
        && weighted::sum(bank, &[3, 9, 7, 1]).is_multiple_of(10)
        && iso7064::is_mod97_10(&turned);
    holds.then(|| Proof::whole(value, &["mod97-10", "mod10"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{passing, proof};
    use super::*;

    /// Returns whether any check digit makes the ten digits a PESEL.
    fn passes(start: &str) -> bool {
        (0..10).any(|check| proof(&PESEL, &format!("{start}{check}")).is_some())
    }

    #[test]
    fn centuries_are_in_the_month() {
        // 29 February of 1900 and 2100 never was or will be; that of 2000 was.
        assert!(passes("0022290000"));
        assert!(!passes("0002290000") && !passes("0042290000") && !passes("0082290000"));
        assert!(passes("9682290000") && !passes("9582290000"));
        assert!(passes("4421310000") && !passes("4422300000"));
        assert_eq!(passing(&PESEL, "44", "140135").len(), 60);
    }
}
