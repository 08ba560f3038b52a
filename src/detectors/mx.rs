//! Mexico.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CURP, &RFC, &NSS, &INE, &CLABE];

/// Key of a person in the population register.
pub(crate) static CURP: Detector = Detector {
    id: "gov.mx.curp",
    name: "Mexican population registry key (CURP)",
    category: Category::GovernmentId,
    country: Some("MX"),
    format: "Eighteen characters: four letters of the name, YYMMDD of birth, sex H M or X, state, \
             three consonants, a mark against doubles, a check digit.",
    forms: &[Form::Layout("A{4}9{6}A{6}X9")],
    edges: Edges::Alnum,
    check: is_curp,
    scores: Scores::STRONG,
    keywords: &[
        "curp",
        "clave única de registro de población",
        "clave unica de registro de poblacion",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.057,
    sources: &["RENAPO: Instructivo normativo para la asignación de la CURP (DOF 18-10-2021)"],
    valid: &[
        "BOXW310820HNERXN09",
        "AAAA900101HDFLLL05",
        "GODE561231XDFMRR09",
        "PEXA000229MNEXXXA8",
    ],
    invalid: &[
        ("BOXW310820HNERXN08", "check digit"),
        ("BOXW310820HXXRXN09", "no state"),
        ("AAAA901301HDFLLL05", "month 13"),
        ("BBBB900101HDFLLL05", "no vowel in second place"),
    ],
};

/// Taxpayer number of a person.
pub(crate) static RFC: Detector = Detector {
    id: "gov.mx.rfc",
    name: "Mexican taxpayer number of a person (RFC)",
    category: Category::GovernmentId,
    country: Some("MX"),
    format: "Thirteen characters: four letters of the name, YYMMDD, two against doubles, a check \
             digit or A. Names with Ñ, and the ten characters without the last three, are not \
             found.",
    forms: &[
        Form::Layout("A{4} 9{6} X{3}"),
        Form::Layout("A{4}-9{6}-X{3}"),
        Form::Layout("A{4}9{6}X{3}"),
    ],
    edges: Edges::Alnum,
    check: is_rfc,
    scores: Scores { bare: 75, separated: 85, keyword: 95, field: 98 },
    keywords: &["rfc", "registro federal de contribuyentes", "rfc con homoclave"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["SAT: Anexo 3 del Instructivo para la formación del RFC, dígito verificador"],
    valid: &["GODE561231GR8", "BOXW310820FR1", "MATR-800229-A1A", "LOPA 750615 H46"],
    invalid: &[
        ("GODE561231GR9", "check digit"),
        ("GODE561331GR8", "month 13"),
        ("XAXX010101000", "the number of the public at large"),
        ("XEXX010101000", "the number of foreigners"),
    ],
};

/// Number of a worker in social security.
pub(crate) static NSS: Detector = Detector {
    id: "gov.mx.nss",
    name: "Mexican social security number (NSS)",
    category: Category::GovernmentId,
    country: Some("MX"),
    format: "Eleven digits: office, year of enrolment, year of birth, serial 4, the last by Luhn.",
    forms: &[Form::Layout("9{2}-9{2}-9{2}-9{4}-9"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_nss,
    scores: Scores::CHECKED,
    keywords: &[
        "nss",
        "imss",
        "número de seguridad social",
        "numero de seguridad social",
        "número de afiliación",
        "imss number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.0,
    sources: &["IMSS: estructura del Número de Seguridad Social"],
    valid: &["12109523451", "92-98-78-1234-1"],
    invalid: &[("12109523452", "Luhn"), ("1210952345", "ten digits"), ("00000000000", "zero")],
};

/// Key of a voter.
pub(crate) static INE: Detector = Detector {
    id: "gov.mx.ine",
    name: "Mexican voter key (clave de elector)",
    category: Category::GovernmentId,
    country: Some("MX"),
    format: "Eighteen characters: six consonants of the name, YYMMDD of birth, state, sex H or M, \
             three digits. What the last are reckoned from is not public.",
    forms: &[Form::Layout("A{6}9{8}A9{3}")],
    edges: Edges::Alnum,
    check: is_ine,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 95 },
    keywords: &[
        "clave de elector",
        "clave elector",
        "ine",
        "ife",
        "credencial para votar",
        "credencial de elector",
        "voter key",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.677,
    sources: &["Instituto Nacional Electoral: conformación de la clave de elector"],
    valid: &["GMVLMR80070501M100", "DRRDJN75123009H400"],
    invalid: &[
        ("GMVLMR80130501M100", "month 13"),
        ("GMVLMR80070540M100", "state 40"),
        ("GMVLMR80070501X100", "sex X"),
        ("GAVLMR80070501M100", "a vowel"),
    ],
};

/// Account at a bank.
pub(crate) static CLABE: Detector = Detector {
    id: "bank.mx.clabe",
    name: "Mexican account (CLABE)",
    category: Category::BankAccount,
    country: Some("MX"),
    format: "Eighteen digits: bank 3, place 3, account 11, check digit.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{11} 9"),
        Form::Layout("9{3}-9{3}-9{11}-9"),
        Form::Layout("9{18}"),
    ],
    edges: Edges::Digit,
    check: is_clabe,
    scores: Scores::MEDIUM,
    keywords: &["clabe", "clabe interbancaria", "cuenta clabe", "spei", "interbank key"],
    window: (60, 40),
    pass_rate: 0.031,
    wrong_digit_rate: 0.0,
    sources: &[
        "Asociación de Bancos de México: Clave Bancaria Estandarizada",
        "Banco de México: reglas del SPEI",
    ],
    valid: &["032180000118359719", "002 010 07777777777 1", "646-180-11000000000-9"],
    invalid: &[
        ("032180000118359718", "check digit"),
        ("999180000118359713", "no bank, with a fitting check digit"),
        ("111111111111111111", "one digit over and over"),
    ],
};

/// Weights 18 to 2; what the sum lacks to a multiple of ten is last.
fn is_curp(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 18]>::try_from(value.text).ok()?;
    let (check, body) = text.split_last()?;
    let (name, rest) = body.split_first_chunk::<4>()?;
    let (born, rest) = rest.split_at_checked(6)?;
    let [sex, state @ .., first, second, third, mark] = rest else { return None };
    let consonants = [first, second, third].into_iter().all(|byte| is_consonant(*byte));
    let holds = name.iter().all(u8::is_ascii_uppercase)
        && b"AEIOUX".contains(name.get(1)?)
        && date::is_yymmdd(born)
        && matches!(sex, b'H' | b'M' | b'X')
        && STATES.contains(&state)
        && consonants
        && mark.is_ascii_alphanumeric()
        && digits::digit(*check)? == (10 - sum(body, 18) % 10) % 10;
    holds.then(|| Proof::whole(value, &["structure", "date", "mod10"]))
}

/// Weights 13 to 2; what the sum lacks to a multiple of eleven is last, ten written A. That the two
/// before it are never 0, and words that the office avoids, are left aside.
fn is_rfc(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 13]>::try_from(value.text).ok()?;
    let (check, body) = text.split_last()?;
    let (name, rest) = body.split_first_chunk::<4>()?;
    let (born, key) = rest.split_at_checked(6)?;
    let expected = digits::character(b"0123456789A", (11 - sum(body, 13) % 11) % 11)?;
    let generic = matches!(text, b"XAXX010101000" | b"XEXX010101000");
    let holds = name.iter().all(u8::is_ascii_uppercase)
        && date::is_yymmdd(born)
        && key.iter().all(u8::is_ascii_alphanumeric)
        && !generic
        && *check == expected;
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}

/// Returns the sum of each character times weights that fall from the first one on. Letters count
/// from 10 on, those behind N one more: 24 is Ñ in a CURP and & in an RFC.
fn sum(text: &[u8], first: u32) -> u32 {
    let values = text.iter().map(|&byte| {
        let value = digits::alphanumeric(byte).unwrap_or(0);
        value + u32::from(byte > b'N')
    });
    values.zip((2..=first).rev()).map(|(value, weight)| value * weight).sum()
}

fn is_consonant(byte: u8) -> bool {
    byte.is_ascii_uppercase() && !b"AEIOU".contains(&byte)
}

/// Eleven digits by Luhn.
fn is_nss(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = !digits::is_repeated(text) && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["luhn"]))
}

/// Consonants, date, state (33, 87 and 88 for those born abroad), sex.
fn is_ine(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 18]>::try_from(value.text).ok()?;
    let (name, rest) = text.split_first_chunk::<6>()?;
    let (born, rest) = rest.split_at_checked(6)?;
    let [tens, ones, sex, last @ ..] = rest else { return None };
    let state = digits::number(&[*tens, *ones])?;
    let holds = name.iter().all(|byte| is_consonant(*byte))
        && date::is_yymmdd(born)
        && matches!(state, 1..=33 | 87..=88)
        && matches!(sex, b'H' | b'M')
        && last.iter().all(u8::is_ascii_digit);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}

/// Weights 3 7 1; what the sum lacks to a multiple of ten is last. Banks are 001 to 168, brokers
/// and others 600 to 729, 846 a test of payments, 901 to 903 systems.
fn is_clabe(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<18>(value.text)?;
    let (check, body) = text.split_last()?;
    let bank = digits::number(text.get(..3)?)?;
    let holds = matches!(bank, 1..=168 | 600..=729 | 846 | 901..=903)
        && !digits::is_repeated(text)
        && digits::digit(*check)? == weighted::complement(body, &[3, 7, 1], 10);
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// States of birth, NE for those born abroad.
const STATES: [&[u8]; 33] = [
    b"AS", b"BC", b"BS", b"CC", b"CH", b"CL", b"CM", b"CS", b"DF", b"DG", b"GR", b"GT", b"HG",
    b"JC", b"MC", b"MN", b"MS", b"NE", b"NL", b"NT", b"OC", b"PL", b"QR", b"QT", b"SL", b"SP",
    b"SR", b"TC", b"TL", b"TS", b"VZ", b"YN", b"ZS",
];

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn letters_behind_n_count_one_more() {
        assert_eq!(sum(b"N", 2), 23 * 2);
        assert_eq!(sum(b"O", 2), 25 * 2);
        assert_eq!(sum(b"9Z", 3), 9 * 3 + 36 * 2);
    }

    #[test]
    fn one_check_character_fits() {
        let fitting = |detector, start: &str| {
            let fits = |check: &char| proof(detector, &format!("{start}{check}")).is_some();
            ('0'..='9').chain('A'..='Z').filter(fits).collect::<String>()
        };
        assert_eq!(fitting(&RFC, "MATR800229A1"), "A");
        assert_eq!(fitting(&CURP, "BOXW310820HNERXN0"), "9");
    }
}
