//! Germany.

mod health;

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, iso7064, weighted};

/// Every detector of Germany.
pub(crate) static ALL: &[&Detector] = &[
    &IDNR,
    &STNR,
    &PERSONALAUSWEIS,
    &PASSPORT,
    &RVNR,
    &DRIVING_LICENCE,
    &BLZ,
    &health::KVNR,
    &health::LANR,
    &health::PZN,
];

/// Tax identification number of every resident, given at birth and for life.
pub(crate) static IDNR: Detector = Detector {
    id: "gov.de.idnr",
    name: "German tax identification number (Steuer-Identifikationsnummer)",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "Eleven digits, printed NN NNN NNN NNN; the first not 0, which marks test numbers.",
    forms: &[Form::Layout("9{2} 9{3} 9{3} 9{3}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_idnr,
    scores: Scores::MEDIUM,
    keywords: &[
        "steuer-id",
        "steuer-identifikationsnummer",
        "steueridentifikationsnummer",
        "identifikationsnummer",
        "idnr",
        "steuer-idnr",
        "tin",
        "german tax id",
        "tax identification number",
    ],
    window: (60, 40),
    pass_rate: 0.0034,
    wrong_digit_rate: 0.0,
    sources: &[
        "BZSt: Informationen zur steuerlichen Identifikationsnummer",
        "Abgabenordnung § 139b",
    ],
    valid: &["36 574 261 809", "86095742719", "65929970489"],
    invalid: &[
        ("36574261890", "check digit"),
        ("36554266806", "two digits occur twice"),
        ("01234567812", "first digit 0"),
    ],
};

/// Tax number, given by a tax office and changed by every move.
pub(crate) static STNR: Detector = Detector {
    id: "gov.de.stnr",
    name: "German tax number (Steuernummer)",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "By state: FF/BBB/UUUUP, FFF/BBB/UUUUP, FFBBB/UUUUP, FFF/BBBB/UUUP, FF/BBB/UUUU/P, \
             0FF BBB UUUUP; everywhere thirteen digits of which the fifth is 0.",
    forms: &[
        Form::Layout("9{2}/9{3}/9{4}/9"),
        Form::Layout("9{2,3}/9{3}/9{5}"),
        Form::Layout("9{3}/9{4}/9{4}"),
        Form::Layout("9{2,3} 9{3} 9{5}"),
        Form::Layout("9{5}/9{5}"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_stnr,
    scores: Scores::NAMED,
    keywords: &[
        "steuernummer",
        "steuernr",
        "steuer-nr",
        "st.-nr",
        "st nr",
        "stnr",
        "finanzamt",
        "german tax number",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 0.972,
    sources: &[
        "ELSTER: Darstellung der Steuernummer, Standardschema der Länder und Bundesschema",
        "AO § 139a Abs. 3",
    ],
    valid: &[
        "181/815/08155",
        "201/123/12340",
        "4151081508156",
        "22/815/0815/4",
        "133/8150/8159",
        "013 815 08153",
        "75 815 08152",
        "22815/08154",
    ],
    invalid: &[
        ("000/000/00000", "zero"),
        ("6151081508156", "no state begins with 6"),
        ("4151181508156", "fifth digit"),
        ("113 815 08153", "three and blanks begin with 0"),
    ],
};

/// Number of an identity card.
pub(crate) static PERSONALAUSWEIS: Detector = Detector {
    id: "gov.de.personalausweis",
    name: "German identity card number",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "A letter and eight letters or digits out of 0-9 and CFGHJKLMNPRTVWXYZ; perhaps a check \
             digit behind, and the D of the machine readable zone: L01X00T47 1.",
    forms: DOCUMENT_FORMS,
    edges: Edges::Alnum,
    check: is_personalausweis,
    scores: Scores::CHECKED,
    keywords: &[
        "personalausweis",
        "personalausweisnummer",
        "personalausweis-nr",
        "ausweisnummer",
        "ausweis-nr",
        "dokumentennummer",
        "german identity card",
        "german id card",
        "identity card",
        "id card",
    ],
    window: (60, 40),
    pass_rate: 0.0013,
    wrong_digit_rate: 0.19,
    sources: &[
        "PAuswG § 5 Abs. 2 und 8",
        "BMI: Seriennummern von Pass und Personalausweis",
        "ICAO Doc 9303-3, section 4.9",
    ],
    valid: &["T220001293", "L01X00T47 1", "T22000129", "T22000129 3D", "T220001293D"],
    invalid: &[
        ("T220001294", "check digit"),
        ("A220001293", "vowel"),
        ("T220001293X", "no D behind the check digit"),
        ("LTVWXYZRM", "no digit"),
        ("T000000006", "all zeros but the check digit"),
    ],
};

/// Number of a passport.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.de.passport",
    name: "German passport number",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "As of an identity card, with C, F, G, H, J or K for its first letter.",
    forms: DOCUMENT_FORMS,
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::CHECKED,
    keywords: &[
        "reisepass",
        "reisepassnummer",
        "passnummer",
        "pass-nr",
        "reisepass-nr",
        "german passport",
        "passport",
        "passport number",
    ],
    window: (60, 40),
    pass_rate: 0.017,
    wrong_digit_rate: 0.176,
    sources: &[
        "PassG § 4",
        "BMI: Seriennummern von Pass und Personalausweis",
        "ICAO Doc 9303-3, section 4.9",
    ],
    valid: &["C01X00T47", "C01X0006H1", "C01X0006H 1", "C01X0006H 1D", "C01X0006H1D"],
    invalid: &[
        ("C01X0006H2", "check digit"),
        ("A01X00T47", "first letter"),
        ("L01X00T47", "first letter of identity cards"),
        ("C00000000", "zero"),
    ],
};

/// Number of the pension insurance, for all social insurance but health.
pub(crate) static RVNR: Detector = Detector {
    id: "gov.de.rvnr",
    name: "German pension insurance number (Rentenversicherungs- oder Sozialversicherungsnummer)",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "Twelve characters: area 2, birth date DDMMYY, initial of the birth name, serial 2, \
             check digit: 15 070649 C 10 3.",
    forms: &[
        Form::Layout("9{2} 9{6} A 9{2} 9"),
        Form::Layout("9{2} 9{6} A 9{3}"),
        Form::Layout("9{2} 9{6} A9{2} 9"),
        Form::Layout("9{2} 9{6} A9{3}"),
        Form::Layout("9{2} 9{6}A 9{2} 9"),
        Form::Layout("9{2} 9{6}A 9{3}"),
        Form::Layout("9{2} 9{6}A9{2} 9"),
        Form::Layout("9{2} 9{6}A9{3}"),
        Form::Layout("9{2} 9{2} 9{2} 9{2} A 9{2} 9"),
        Form::Layout("9{2} 9{2} 9{2} 9{2} A 9{3}"),
        Form::Layout("9{8} A 9{2} 9"),
        Form::Layout("9{8} A 9{3}"),
        Form::Layout("9{8} A9{2} 9"),
        Form::Layout("9{8} A9{3}"),
        Form::Layout("9{8}A 9{2} 9"),
        Form::Layout("9{8}A 9{3}"),
        Form::Layout("9{8}A9{2} 9"),
        Form::Layout("9{8}A9{3}"),
    ],
    edges: Edges::Alnum,
    check: is_rvnr,
    // In one run it is written as many an article number, of which one in 200 passes.
    scores: Scores { bare: 65, separated: 85, keyword: 95, field: 98 },
    keywords: &[
        "rentenversicherungsnummer",
        "rv-nummer",
        "rvnr",
        "sozialversicherungsnummer",
        "versicherungsnummer",
        "versicherungsnr",
        "sv-nummer",
        "sv-nr",
        "svnr",
        "vsnr",
        "german social security number",
        "social security number",
        "pension insurance number",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &["VKVV § 2: Zusammensetzung der Versicherungsnummer", "SGB VI § 147"],
    valid: &[
        "15070649C103",
        "65 170839 J 00 3",
        "15 070649 C 103",
        "15 070649 C10 3",
        "15 070649 C103",
        "15 070649C 10 3",
        "15 070649C 103",
        "15 070649C10 3",
        "15 070649C103",
        "15 07 06 49 C 10 3",
        "15 07 06 49 C 103",
        "15070649 C 10 3",
        "15070649 C 103",
        "15070649 C10 3",
        "15070649 C103",
        "15070649C 10 3",
        "15070649C 103",
        "15070649C10 3",
    ],
    invalid: &[
        ("15070649C104", "check digit"),
        ("15071349C103", "month 13"),
        ("05070649C100", "no such area"),
        ("15 320649 C 10 5", "day 32"),
    ],
};

/// Number of a driving licence card.
pub(crate) static DRIVING_LICENCE: Detector = Detector {
    id: "gov.de.driving-licence",
    name: "German driving licence number",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "Eleven characters: authority 4, serial 5, check character (digit or X), copy number: \
             B072RRE2I55.",
    forms: &[Form::Layout("A9{2}X{8}"), Form::Layout("9{3}X{8}")],
    edges: Edges::Alnum,
    check: is_driving_licence,
    scores: Scores::NAMED,
    keywords: &[
        "führerscheinnummer",
        "führerschein",
        "führerschein-nr",
        "fahrerlaubnis",
        "fahrerlaubnisnummer",
        "german driving licence",
        "driving licence",
    ],
    window: (60, 40),
    pass_rate: 0.024,
    wrong_digit_rate: 1.0,
    sources: &["Fahrerlaubnis-Verordnung, Anlage 8 (Feld 5)"],
    valid: &["B072RRE2I55", "J010000SD51", "1020000SD51"],
    invalid: &[
        ("B072RRE2IA5", "check character"),
        ("J0100000000", "all zeros behind the authority"),
    ],
};

/// Bank code, which with the account number beside it was the way to pay until 2014. The account
/// has neither length nor common check, and is left to its own words.
pub(crate) static BLZ: Detector = Detector {
    id: "bank.de.blz-konto",
    name: "German Bankleitzahl",
    category: Category::BankAccount,
    country: Some("DE"),
    format: "Eight digits NNN NNN NN, the first the clearing area 1 to 8, beside its name.",
    forms: &[
        Form::Layout("9{3} 9{3} 9{2}"),
        Form::Layout("9{3} 9{5}"),
        Form::Layout("9{6} 9{2}"),
        Form::Layout("9{8}"),
    ],
    edges: Edges::Digit,
    check: is_blz,
    scores: Scores::NAMED,
    keywords: &["blz", "bankleitzahl", "german bank code"],
    window: (20, 20),
    pass_rate: 0.8,
    wrong_digit_rate: 0.972,
    sources: &["Deutsche Bundesbank: Merkblatt Bankleitzahlendatei"],
    valid: &["370 400 44", "10000000", "370 40044", "370400 44"],
    invalid: &[
        ("970 400 44", "there is no clearing area 9"),
        ("070 400 44", "nor 0"),
        ("00000000", "zero"),
    ],
};

/// MOD 11,10, and the repetition rule over the first ten digits.
fn is_idnr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (_, body) = text.split_last()?;
    let holds = text.first() != Some(&b'0') && repeats_once(body) && iso7064::is_mod11_10(text);
    holds.then(|| Proof::whole(value, &["structure", "mod11-10"]))
}

/// Returns whether exactly one digit occurs more than once, and that two times, or three but not
/// in a row (three since 2016).
fn repeats_once(body: &[u8]) -> bool {
    let occurrences = |digit: u8| body.iter().filter(|&&byte| byte == digit).count();
    let mut repeated = (b'0'..=b'9').map(occurrences).filter(|&count| count > 1);
    let one = matches!((repeated.next(), repeated.next()), (Some(2 | 3), None));
    one && !body.windows(3).any(digits::is_repeated)
}

/// Digits in the groups of some state, or thirteen of which the fifth is 0. Each state has its own
/// check digit; none is applied, since the office of the two- and three-digit forms does not tell
/// which state it is in. Thirteen digits begin with 1 to 5, or 9 in Bavaria.
fn is_stnr(value: &Value<'_>) -> Option<Proof> {
    let holds = digits::is_number(value.text)
        && match (value.text.len(), value.separator) {
            (10, Some(b'/' | b' ')) | (11, Some(b'/')) => true,
            (11, Some(b' ')) => value.text.first() == Some(&b'0'),
            (13, None) => {
                matches!(value.text.first()?, b'1'..=b'5' | b'9')
                    && value.text.get(4) == Some(&b'0')
            }
            _ => false,
        };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Any letter may open a number with a check digit; without one, those that passports have not.
fn is_personalausweis(value: &Value<'_>) -> Option<Proof> {
    let bare = value.text.len() == 9;
    let own = !PASSPORT_LETTERS.contains(value.text.first()?);
    document(value).filter(|_| own || !bare)
}

fn is_passport(value: &Value<'_>) -> Option<Proof> {
    document(value).filter(|_| value.text.first().is_some_and(|c| PASSPORT_LETTERS.contains(c)))
}

/// Nine characters without vowels and look-alikes, the first a letter; weights 7 3 1 with letters as
/// in machine readable zones, the sum by ten. Without the digit a number is worth as little as any
/// other that nothing checks.
fn document(value: &Value<'_>) -> Option<Proof> {
    let (number, tail) = value.text.split_at_checked(9)?;
    let (first, rest) = number.split_first()?;
    let known = |byte: &u8| byte.is_ascii_digit() || DOCUMENT_LETTERS.contains(byte);
    let numbered = rest.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    if !DOCUMENT_LETTERS.contains(first) || !rest.iter().all(known) || !numbered {
        return None;
    }
    match tail {
        [] => Some(Proof::whole(value, &["structure"]).adjusted(-40)),
        [check] | [check, b'D'] => {
            let holds = digits::digit(*check)? == weighted::sum(number, &[7, 3, 1]) % 10;
            holds.then(|| Proof::whole(value, &["structure", "mod10"]))
        }
        _ => None,
    }
}

/// Area of a pension fund, date of birth, and the sum of the digits of all products with 2 1 2 5 7 1
/// 2 1 2 1 2 1 by ten, the letter standing for two digits, 01 to 26. 50 is added to a day whose
/// serials are used up; unknown days and months are zeros.
fn is_rvnr(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 12]>::try_from(value.text).ok()?;
    let (head, tail) = text.split_at_checked(8)?;
    let [letter, serial @ .., check] = tail else { return None };
    digits::exactly::<8>(head)?;
    let [day, month, year] = digits::pairs(head.get(2..)?)?;
    let area = digits::number(head.get(..2)?)?;
    let day = if day > 50 { day - 50 } else { day };
    let unknown = (day == 0 || month == 0) && day <= 31 && month <= 12;
    let born = unknown || date::is_short_date(year, month, day);
    let ordinal = u32::from(letter.checked_sub(b'A').filter(|ordinal| *ordinal < 26)?) + 1;
    let number = [head, format!("{ordinal:02}").as_bytes(), serial].concat();
    let sum = weighted::cross_sum(&number, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]);
    let holds = is_area(area)
        && born
        && serial.iter().all(u8::is_ascii_digit)
        && digits::digit(*check)? == sum % 10;
    // A small letter among digits is a hexadecimal one more often.
    let doubt = if value.capitals { 0 } else { -30 };
    holds.then(|| Proof::whole(value, &["date", "structure", "mod10"]).adjusted(doubt))
}

/// Returns whether a pension fund gives out numbers under this area.
fn is_area(area: u32) -> bool {
    matches!(area, 2..=4 | 8..=21 | 23..=26 | 28..=29 | 38..=40 | 42..=44 | 48..=82 | 89)
}

/// Four characters of the authority, five of the card, a check character whose rule is not public,
/// and how many times the card was printed.
fn is_driving_licence(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 11]>::try_from(value.text).ok()?;
    let known = text.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let authority = text.get(1..3)?.iter().all(u8::is_ascii_digit);
    let check = matches!(text.get(9)?, b'0'..=b'9' | b'X');
    let holds = known && authority && check && !text.get(4..)?.iter().all(|byte| *byte == b'0');
    holds.then(|| Proof::whole(value, &["structure"]))
}

fn is_blz(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<8>(value.text)?;
    matches!(text.first()?, b'1'..=b'8').then(|| Proof::whole(value, &["structure"]))
}

/// How the numbers of passports and identity cards are written.
const DOCUMENT_FORMS: &[Form] = &[
    Form::Layout("AX{8} 9A"),
    Form::Layout("AX{8} 9"),
    Form::Layout("AX{8}9A"),
    Form::Layout("AX{8}9"),
    Form::Layout("AX{8}"),
];
/// Letters in the numbers of passports and identity cards.
const DOCUMENT_LETTERS: &[u8] = b"CFGHJKLMNPRTVWXYZ";
/// Letters that open the number of a passport.
const PASSPORT_LETTERS: &[u8] = b"CFGHJK";

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn a_document_without_its_digit_weighs_less() {
        let adjust = |text| proof(&PERSONALAUSWEIS, text).map(|proof| proof.adjust);
        assert_eq!(adjust("T220001293D"), Some(0));
        assert_eq!(adjust("T22000129"), Some(-40));
        assert_eq!(adjust("C01X00T47"), None);
        assert_eq!(adjust("C01X0006H1"), Some(0));
    }

    #[test]
    fn days_whose_serials_are_used_up() {
        assert_eq!(proof(&RVNR, "15570649C104").map(|proof| proof.len), Some(12));
        assert_eq!(proof(&RVNR, "15820649C105"), None);
    }

    #[test]
    fn one_digit_twice_or_three_times_but_not_in_a_row() {
        assert!(repeats_once(b"1234567891"));
        assert!(repeats_once(b"1123456781"));
        assert!(!repeats_once(b"1234567890"));
        assert!(!repeats_once(b"1112345678"));
        assert!(!repeats_once(b"1121345678"[..].repeat(2).as_slice()));
        assert!(!repeats_once(b"1234561234"));
    }
}
