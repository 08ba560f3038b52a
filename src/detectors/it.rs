//! Italy.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn};

/// Identity card: no check digit, so the name beside it is everything.
pub(crate) static CIE: Detector = Detector {
    id: "gov.it.cie",
    name: "Italian electronic identity card number",
    category: Category::GovernmentId,
    country: Some("IT"),
    format: "Two letters, five digits, two letters: CA00000AA. On paper two letters and seven digits, \
             a blank between them possible.",
    forms: &[Form::Layout("A{2}9{5}A{2}"), Form::Layout("A{2} 9{7}"), Form::Layout("A{2}9{7}")],
    edges: Edges::Alnum,
    check: is_identity_card,
    scores: Scores::NAMED,
    keywords: &[
        "carta d'identità",
        "carta di identità",
        "carta d'identità elettronica",
        "cie",
        "numero cie",
        "numero documento",
        "italian identity card",
        "identity card",
    ],
    window: (60, 40),
    pass_rate: 0.0006,
    wrong_digit_rate: 1.0,
    sources: &["Ministero dell'Interno: CIE 3.0", "D.M. 23 dicembre 2015"],
    valid: &["CA12345AA", "CA00000AA", "AX1234567", "AX 1234567"],
    invalid: &[
        ("CA0000AA", "four digits"),
        ("C000000AA", "one letter"),
        ("di 1234567", "small letters before a blank are a word"),
    ],
};

/// VAT number, personal for sole traders.
pub(crate) static PIVA: Detector = Detector {
    id: "gov.it.piva",
    name: "Italian VAT number (partita IVA; personal for sole traders)",
    category: Category::GovernmentId,
    country: Some("IT"),
    format: "Eleven digits: number 7, office of the province 3, Luhn digit; IT before them possible.",
    forms: &[Form::Layout("A{2} 9{11}"), Form::Layout("A{2}9{11}"), Form::Layout("9{11}")],
    edges: Edges::Alnum,
    check: is_vat_number,
    scores: Scores::CHECKED,
    keywords: &[
        "partita iva",
        "p. iva",
        "p.iva",
        "piva",
        "numero iva",
        "italian vat number",
        "vat number",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &["D.P.R. 633/1972, art. 35", "Agenzia delle Entrate: partita IVA"],
    valid: &["00123450124", "IT00743110157", "IT 00743110157"],
    invalid: &[
        ("00743110158", "Luhn"),
        ("00743112005", "office 200"),
        ("00000000018", "number zero"),
    ],
};

/// Bank coordinates: what stands behind country and check digits in an IBAN.
pub(crate) static BBAN: Detector = Detector {
    id: "bank.it.bban",
    name: "Italian bank coordinates (CIN ABI CAB account)",
    category: Category::BankAccount,
    country: Some("IT"),
    format: "CIN letter, ABI 5 digits, CAB 5 digits, account 12 letters or digits; blanks or dashes \
             between any of them possible.",
    forms: &[
        Form::Layout("A 9{5} 9{5} X{12}"),
        Form::Layout("A 9{5} 9{5}X{12}"),
        Form::Layout("A 9{10} X{12}"),
        Form::Layout("A 9{10}X{12}"),
        Form::Layout("A9{5} 9{5} X{12}"),
        Form::Layout("A9{5} 9{5}X{12}"),
        Form::Layout("A9{10} X{12}"),
        Form::Layout("A-9{5}-9{5}-X{12}"),
        Form::Layout("A-9{5}-9{5}X{12}"),
        Form::Layout("A-9{10}-X{12}"),
        Form::Layout("A-9{10}X{12}"),
        Form::Layout("A9{5}-9{5}-X{12}"),
        Form::Layout("A9{5}-9{5}X{12}"),
        Form::Layout("A9{10}-X{12}"),
        Form::Layout("A9{10}X{12}"),
    ],
    edges: Edges::Alnum,
    check: is_bban,
    scores: Scores::MEDIUM,
    keywords: &[
        "coordinate bancarie",
        "conto corrente",
        "c/c bancario",
        "cin",
        "abi",
        "cab",
        "bban",
        "italian bank account",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &["ABI: coordinate bancarie nazionali", "ISO 13616 registry: Italy, BBAN"],
    valid: &[
        "X 05428 11101 000000123456",
        "U0322509800000000270100",
        "X 05428 11101000000123456",
        "X 0542811101 000000123456",
        "X 0542811101000000123456",
        "X05428 11101 000000123456",
        "X05428 11101000000123456",
        "X0542811101 000000123456",
        "X-05428-11101-000000123456",
        "X-05428-11101000000123456",
        "X-0542811101-000000123456",
        "X-0542811101000000123456",
        "X05428-11101-000000123456",
        "X05428-11101000000123456",
        "X0542811101-000000123456",
    ],
    invalid: &[
        ("Y0542811101000000123456", "CIN"),
        ("X054281110100000012345", "length"),
        ("X0542811101000000123457", "last digit"),
    ],
};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CODICE_FISCALE, &CIE, &PIVA, &BBAN];

/// Tax code of a person: name, date and place of birth in sixteen characters.
pub(crate) static CODICE_FISCALE: Detector = Detector {
    id: "gov.it.codice-fiscale",
    name: "Italian tax code (codice fiscale) of a person",
    category: Category::GovernmentId,
    country: Some("IT"),
    format: "Surname 3, given name 3, year 2, month letter, day 2 (40 added for women), \
             municipality 4, check letter; digits become L M N P Q R S T U V where two people \
             would share one.",
    forms: &[
        Form::Layout("A{3} A{3} X{2}AX{2} AX{3}A"),
        Form::Layout("A{6} X{2}AX{2} AX{3} A"),
        Form::Layout("A{6} X{2}AX{2} AX{3}A"),
        Form::Layout("A{6}X{2}AX{2}AX{3}A"),
    ],
    edges: Edges::Alnum,
    check: is_codice_fiscale,
    scores: Scores::STRONG,
    keywords: &[
        "codice fiscale",
        "cod. fisc.",
        "c.f.",
        "tessera sanitaria",
        "steuernummer",
        "italian tax code",
        "fiscal code",
    ],
    window: (60, 40),
    pass_rate: 5e-6,
    wrong_digit_rate: 0.0,
    sources: &["D.M. 23 dicembre 1976 n. 13813", "Agenzia delle Entrate"],
    valid: &[
        "RCCMNL83S18D969H",
        "MRTMTT25D09F205Z",
        "RCCMNL83S1UD969E",
        "RCC MNL 83S18 D969H",
        "RCCMNL 83S18 D969 H",
        "rccmnl 83s18 d969h",
    ],
    invalid: &[
        ("RCCMNL83S18D969", "fifteen characters"),
        ("RCCMNL83S18D969G", "check letter"),
        ("RCCMNL83F18D969I", "F is no month"),
        ("RCCMNL83S38D969J", "day 38"),
    ],
};

/// Letters and digits in their places, a day that the month has, and the check letter.
fn is_codice_fiscale(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 16]>::try_from(value.text).ok()?;
    let (check, body) = text.split_last()?;
    let year = number(body.get(6..8)?)?;
    let month = MONTHS.iter().position(|letter| Some(letter) == body.get(8))?;
    let day = number(body.get(9..11)?)?;
    number(body.get(12..15)?)?;
    let lettered = body.get(..6)?.iter().chain(body.get(11)).all(u8::is_ascii_uppercase);
    let born = date::is_short_date(
        year,
        u32::try_from(month).ok()? + 1,
        day - if day > 40 { 40 } else { 0 },
    );
    (lettered && born && *check == check_letter(body)?)
        .then(|| Proof::whole(value, &["structure", "date", "mod26"]))
}

/// Two letters, five digits and two letters, or two letters and seven digits.
fn is_identity_card(value: &Value<'_>) -> Option<Proof> {
    let (series, rest) = value.text.split_first_chunk::<2>()?;
    let (five, last) = rest.split_first_chunk::<5>()?;
    let electronic = last.len() == 2
        && five.iter().all(u8::is_ascii_digit)
        && last.iter().all(u8::is_ascii_uppercase);
    let paper = digits::exactly::<7>(rest).is_some() && (value.capitals || !value.separated);
    let fits = series.iter().all(u8::is_ascii_uppercase) && (electronic || paper);
    fits.then(|| Proof::whole(value, &["structure"]))
}

/// Luhn; the offices 1 to 100, 120, 121, 888 and 999, and a number that is not zero.
fn is_vat_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text.strip_prefix(b"IT").unwrap_or(value.text))?;
    let office = digits::number_at(text, 7..10)?;
    let holds = matches!(office, 1..=100 | 120 | 121 | 888 | 999)
        && digits::number_at(text, 0..7)? != 0
        && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}

/// The letter is that of the 22 characters behind it, reckoned as that of a tax code.
fn is_bban(value: &Value<'_>) -> Option<Proof> {
    let (cin, rest) = value.text.split_first()?;
    let (bank, _) = <&[u8; 22]>::try_from(rest).ok()?.split_first_chunk::<10>()?;
    let holds = bank.iter().all(u8::is_ascii_digit) && *cin == check_letter(rest)?;
    holds.then(|| Proof::whole(value, &["mod26"]))
}

/// Returns the number that digits write, or the letters that replaced them.
fn number(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, &byte| {
        let replaced = || u32::try_from(REPLACED.iter().position(|&letter| letter == byte)?).ok();
        Some(number * 10 + digits::digit(byte).or_else(replaced)?)
    })
}

/// Returns the letter for the sum by 26, to which the odd places, counted from one, add by table.
fn check_letter(body: &[u8]) -> Option<u8> {
    let sum = body.iter().enumerate().try_fold(0, |sum, (index, &byte)| {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            _ => byte.checked_sub(b'0').filter(|&digit| digit < 10)?,
        };
        let odd = index.is_multiple_of(2);
        Some(sum + u32::from(if odd { *ODD.get(usize::from(value))? } else { value }))
    })?;
    u8::try_from(sum % 26).ok().map(|rest| b'A' + rest)
}

/// January to December.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

/// What replaces 0 to 9 where two people would share one code.
const REPLACED: &[u8; 10] = b"LMNPQRSTUV";

/// What the digits 0 to 9 and the letters A to Z add in odd places.
const ODD: [u8; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    /// Returns whether the code passes with any check letter.
    fn passes(start: &str) -> bool {
        ('A'..='Z').any(|letter| proof(&CODICE_FISCALE, &format!("{start}{letter}")).is_some())
    }

    #[test]
    fn the_odd_table_loses_nothing() {
        let values: std::collections::BTreeSet<u8> = ODD.into_iter().collect();
        assert_eq!(values, (0..26).collect());
    }

    #[test]
    fn days_of_men_and_women() {
        let days = (0..100).filter(|day| passes(&format!("RCCMNL83S{day:02}D969")));
        assert_eq!(days.collect::<Vec<_>>(), (1..=30).chain(41..=70).collect::<Vec<_>>());
        assert!(passes("RCCMNL84B29D969") && !passes("RCCMNL83B29D969"));
    }

    #[test]
    fn replaced_digits_count_as_digits() {
        assert!(passes("RCCMNLUPSMUDVSV"));
        assert!(!passes("RCCMNLUASMUDVSV"));
        assert!(!passes("RCCMNL83SPVD969"));
    }

    #[test]
    fn places_hold_what_belongs_there() {
        assert!(!passes("RC1MNL83S18D969") && !passes("RCCMNL83S181969"));
    }
}
