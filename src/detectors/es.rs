//! Spain.

use super::{Detector, Edges, Form, Proof, Scores, Value, bank};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&DNI, &NIE, &NIF_SPECIAL, &NSS, &CCC, &CIP];

/// National identity document of citizens, their tax number as well.
pub(crate) static DNI: Detector = Detector {
    id: "gov.es.dni",
    name: "Spanish DNI",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "Eight digits and a letter; dots and a dash or blank possible: 54.362.315-K.",
    forms: &[
        Form::Layout("9{2}.9{3}.9{3}-A"),
        Form::Layout("9{2}.9{3}.9{3} A"),
        Form::Layout("9{2}.9{3}.9{3}A"),
        Form::Layout("9{8}-A"),
        Form::Layout("9{8} A"),
        Form::Layout("9{8}A"),
    ],
    edges: Edges::Alnum,
    check: is_dni,
    scores: Scores::MEDIUM,
    keywords: &[
        "dni",
        "nif",
        "documento nacional de identidad",
        "número de identificación fiscal",
        "document nacional d'identitat",
        "spanish id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Real Decreto 1553/2005", "Ministerio del Interior: cálculo del dígito de control"],
    valid: &[
        "54362315K",
        "12345678Z",
        "54.362.315-K",
        "54.362.315 K",
        "54.362.315K",
        "54362315-K",
        "54362315 k",
    ],
    invalid: &[
        ("54362315Z", "check letter"),
        ("54362315I", "I is not used"),
        ("00000000T", "zero"),
    ],
};

/// Identity number of foreigners.
pub(crate) static NIE: Detector = Detector {
    id: "gov.es.nie",
    name: "Spanish NIE (foreigners)",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "X, Y or Z, seven digits, letter; dashes or blanks between them possible.",
    forms: &[
        Form::Layout("A-9{7}-A"),
        Form::Layout("A-9{7}A"),
        Form::Layout("A 9{7} A"),
        Form::Layout("A9{7}-A"),
        Form::Layout("A9{7}A"),
    ],
    edges: Edges::Alnum,
    check: is_nie,
    scores: Scores { bare: 70, separated: 75, keyword: 92, field: 96 },
    keywords: &[
        "nie",
        "número de identidad de extranjero",
        "tarjeta de residencia",
        "tie",
        "spanish foreigner id",
    ],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.0,
    sources: &["Orden INT/2058/2008"],
    valid: &["X-2482300W", "Y1234567X", "Z8078221M", "X-2482300-W", "X 2482300 W", "x2482300-w"],
    invalid: &[
        ("X-2482300A", "check letter"),
        ("W2482300W", "first letter"),
        ("X0000000T", "zero"),
    ],
};

/// Tax number of those who have neither DNI nor NIE.
pub(crate) static NIF_SPECIAL: Detector = Detector {
    id: "gov.es.nif-special",
    name: "Spanish NIF with K, L or M",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "K (minors), L (Spaniards abroad) or M (foreigners without NIE), seven digits, letter; \
             dashes or blanks between them possible.",
    forms: &[
        Form::Layout("A-9{7}-A"),
        Form::Layout("A-9{7} A"),
        Form::Layout("A-9{7}A"),
        Form::Layout("A 9{7}-A"),
        Form::Layout("A 9{7} A"),
        Form::Layout("A 9{7}A"),
        Form::Layout("A9{7}-A"),
        Form::Layout("A9{7} A"),
        Form::Layout("A9{7}A"),
    ],
    edges: Edges::Alnum,
    check: is_nif_special,
    scores: Scores::CHECKED,
    keywords: &[
        "nif",
        "número de identificación fiscal",
        "número d'identificació fiscal",
        "spanish tax id",
        "spanish tax number",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &["Real Decreto 1065/2007, arts. 19 y 20", "Orden EHA/451/2008"],
    valid: &[
        "M1234567L",
        "K9876540H",
        "M-1234567-L",
        "M-1234567 L",
        "M-1234567L",
        "M 1234567-L",
        "M 1234567 L",
        "M 1234567L",
        "M1234567-L",
        "M1234567 L",
    ],
    invalid: &[("M1234567K", "letter"), ("N1234567L", "first letter"), ("K-0000000-T", "zero")],
};

/// Number of the social security.
pub(crate) static NSS: Detector = Detector {
    id: "gov.es.nss",
    name: "Spanish social security number (NUSS, NAF)",
    category: Category::GovernmentId,
    country: Some("ES"),
    format: "Twelve digits: province 2 (01 to 53, or 66), number 8, check 2; with strokes, dashes or \
             blanks between them: 28/12345678/40.",
    forms: &[
        Form::Layout("9{2}/9{8}/9{2}"),
        Form::Layout("9{2}/9{8}-9{2}"),
        Form::Layout("9{2}/9{8} 9{2}"),
        Form::Layout("9{2}/9{10}"),
        Form::Layout("9{2}-9{8}-9{2}"),
        Form::Layout("9{2}-9{8}/9{2}"),
        Form::Layout("9{2}-9{8} 9{2}"),
        Form::Layout("9{2}-9{10}"),
        Form::Layout("9{2} 9{8} 9{2}"),
        Form::Layout("9{2} 9{8}/9{2}"),
        Form::Layout("9{2} 9{8}-9{2}"),
        Form::Layout("9{2} 9{10}"),
        Form::Layout("9{10}/9{2}"),
        Form::Layout("9{10}-9{2}"),
        Form::Layout("9{10} 9{2}"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: is_nss,
    scores: Scores::MEDIUM,
    keywords: &[
        "nuss",
        "naf",
        "nss",
        "seguridad social",
        "número de la seguridad social",
        "número de afiliación",
        "seguretat social",
        "spanish social security number",
        "social security number",
    ],
    window: (60, 40),
    pass_rate: 0.0059,
    wrong_digit_rate: 0.0,
    sources: &[
        "Real Decreto 84/1996, art. 21: número de la Seguridad Social",
        "Tesorería General de la Seguridad Social: Sistema RED, estructura del NAF",
    ],
    valid: &[
        "281234567840",
        "08/12345678/69",
        "28/12345678-40",
        "28/12345678 40",
        "28/1234567840",
        "28-12345678-40",
        "28-12345678/40",
        "28-12345678 40",
        "28-1234567840",
        "28 12345678 40",
        "28 12345678/40",
        "28 12345678-40",
        "28 1234567840",
        "2812345678/40",
        "2812345678-40",
        "2812345678 40",
    ],
    invalid: &[
        ("281234567841", "check digits"),
        ("601234567840", "province"),
        ("600000000148", "province 60"),
        ("280000000064", "number zero"),
    ],
};

/// Account number as it was written before the IBAN; it lives on within it.
pub(crate) static CCC: Detector = Detector {
    id: "bank.es.ccc",
    name: "Spanish Código Cuenta Cliente",
    category: Category::BankAccount,
    country: Some("ES"),
    format: "Twenty digits: bank 4, branch 4, two check digits, account 10; in those groups, in \
             fours or in one run.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{2} 9{10}"),
        Form::Layout("9{4}-9{4}-9{2}-9{10}"),
        Form::Layout("9{4}-9{4}-9{2} 9{10}"),
        Form::Layout("9{4} 9{4} 9{4} 9{4} 9{4}"),
        Form::Layout("9{20}"),
    ],
    edges: Edges::Digit,
    check: is_ccc,
    scores: Scores::MEDIUM,
    keywords: &[
        "código cuenta cliente",
        "ccc",
        "cuenta corriente",
        "cuenta bancaria",
        "número de cuenta",
        "domiciliación",
        "spanish bank account",
        "spanish account number",
    ],
    window: (60, 40),
    pass_rate: 0.0098,
    wrong_digit_rate: 0.008,
    sources: &["Consejo Superior Bancario: Código Cuenta Cliente", "AEB: Cuaderno 19"],
    valid: &[
        "2100 0418 45 0200051332",
        "12341234161234567890",
        "2100-0418-45-0200051332",
        "2100-0418-45 0200051332",
        "2100 0418 4502 0005 1332",
    ],
    invalid: &[
        ("12341234171234567890", "second check digit"),
        ("12341234061234567890", "first check digit"),
        ("00000000000000000000", "zero"),
    ],
};

/// Code of a health card: of the national system, or of a region.
pub(crate) static CIP: Detector = Detector {
    id: "health.es.cip",
    name: "Spanish health card codes (CIP-SNS and regional CIP)",
    category: Category::HealthId,
    country: Some("ES"),
    format: "BBBBBBBB, two letters and six digits (the whole country); four letters and ten digits \
             (Catalonia: sex, date of birth, serial) or twelve; AN and ten digits (Andalusia, \
             NUHSA); CYL and nine to thirteen letters or digits.",
    forms: &[
        Form::Layout("A{10}9{6}"),
        Form::Layout("A{4} 9 9{6} 9{3}"),
        Form::Layout("A{4}9{10,12}"),
        Form::Layout("A{2}9{10}"),
        Form::Layout("A{3}X{9,13}"),
    ],
    edges: Edges::Alnum,
    check: is_cip,
    scores: Scores::MEDIUM,
    keywords: &[
        "tarjeta sanitaria",
        "cip",
        "cip-sns",
        "nuhsa",
        "cipa",
        "código de identificación personal",
        "codi d'identificació personal",
        "targeta sanitària",
        "spanish health card",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.911,
    sources: &[
        "Real Decreto 183/2004, tarjeta sanitaria individual",
        "Real Decreto 702/2013, formato único de la tarjeta sanitaria",
    ],
    valid: &[
        "RODR0850101001",
        "AN0123456789",
        "BBBBBBBBAB123456",
        "CYL123456789012",
        "GOLO123456789012",
        "RODR 0 850101 001",
    ],
    invalid: &[
        ("RODR0851301001", "month 13"),
        ("RODR2850101001", "sex 2"),
        ("RODR08501010010", "eleven digits"),
        ("CBBBBBBBAB123456", "seven B"),
        ("EN0123456789", "neither AN nor CYL"),
        ("AN0000000000", "zero"),
    ],
};

/// The letter is the remainder by 23. The example of the ministry's own page is a test number.
fn is_dni(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_last()?;
    digits::exactly::<8>(number)?;
    let test = value.text == b"12345678Z";
    (*letter == check_letter(number)?).then(|| Proof::whole(value, &["mod23"]).marked_test(test))
}

/// As a DNI, with 0, 1, 2 for X, Y, Z.
fn is_nie(value: &Value<'_>) -> Option<Proof> {
    let (first, rest) = value.text.split_first()?;
    let (letter, number) = rest.split_last()?;
    let leading = matches!(first, b'X'..=b'Z').then(|| first - b'X' + b'0')?;
    digits::exactly::<7>(number)?;
    let mut whole = [leading; 8];
    whole.get_mut(1..)?.copy_from_slice(number);
    (*letter == check_letter(&whole)?).then(|| Proof::whole(value, &["structure", "mod23"]))
}

/// As a DNI of seven digits behind K, L or M.
fn is_nif_special(value: &Value<'_>) -> Option<Proof> {
    let [first, number @ .., letter] = <&[u8; 9]>::try_from(value.text).ok()?;
    digits::exactly::<7>(number)?;
    let holds = matches!(first, b'K'..=b'M') && *letter == check_letter(number)?;
    holds.then(|| Proof::whole(value, &["structure", "mod23"]))
}

/// The last two digits are the remainder of the others by 97. Where the number begins with 0,
/// published routines differ on whether that zero counts; both readings are taken. With anything but
/// strokes a telephone number with its country looks alike.
fn is_nss(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let (whole, key) = text.split_at_checked(10)?;
    let (province, number) = whole.split_at_checked(2)?;
    let short = number.strip_prefix(b"0").map(|number| [province, number].concat());
    let key = digits::number(key)?;
    let keyed = |number: &[u8]| digits::remainder(number, 97) == Some(key);
    let holds = matches!(digits::number(province)?, 1..=53 | 66)
        && digits::is_number(number)
        && (keyed(whole) || short.is_some_and(|short| keyed(&short)));
    let adjust = if matches!(value.separator, None | Some(b'/')) { 0 } else { -20 };
    holds.then(|| Proof::whole(value, &["structure", "mod97"]).adjusted(adjust))
}

/// Two digits, each 11 less the sum by eleven with weights 4 8 5 10 9 7 3 6 over bank and branch, and
/// 1 2 4 8 5 10 9 7 3 6 over the account; 11 is written 0 and 10 is written 1. Blanks stand between
/// the years of a table too.
fn is_ccc(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<20>(value.text)?;
    let (bank, rest) = text.split_at_checked(8)?;
    let (check, account) = rest.split_first_chunk::<2>()?;
    let expected = [
        bank::control_digit(bank, &[4, 8, 5, 10, 9, 7, 3, 6]),
        bank::control_digit(account, &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]),
    ];
    let adjust = if value.separator == Some(b' ') { -15 } else { 0 };
    (*check == expected).then(|| Proof::whole(value, &["mod11"]).adjusted(adjust))
}

/// Each kind has its own beginning, and only the eight B are rare enough to mean something alone.
fn is_cip(value: &Value<'_>) -> Option<Proof> {
    let letters = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (name, number) = value.text.split_at_checked(letters)?;
    let (kind, adjust) = match (name, number.len()) {
        (name, 6) if name.len() == 10 && name.starts_with(b"BBBBBBBB") => ("structure", 25),
        (b"AN", 10) => ("structure", 0),
        (name, 12) if name.len() == 4 => ("structure", 0),
        (name, 10) if name.len() == 4 => (is_catalan(number)?.then_some("date")?, 0),
        _ => return is_cyl(value),
    };
    digits::is_number(number).then(|| Proof::whole(value, &[kind]).adjusted(adjust))
}

/// CYL and nine to thirteen letters or digits, one of them a digit.
fn is_cyl(value: &Value<'_>) -> Option<Proof> {
    let rest = value.text.strip_prefix(b"CYL").filter(|rest| (9..=13).contains(&rest.len()))?;
    let known = rest.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let numbered = rest.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    (known && numbered).then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether ten digits begin with the sex and a date of birth, YYMMDD.
fn is_catalan(number: &[u8]) -> Option<bool> {
    let [year, month, day] = digits::pairs(number.get(1..7)?)?;
    Some(matches!(number.first()?, b'0' | b'1') && date::is_short_date(year, month, day))
}

/// Returns the letter of the remainder by 23.
fn check_letter(number: &[u8]) -> Option<u8> {
    let rest = usize::try_from(digits::remainder(number, 23)?).ok()?;
    b"TRWAGMYFPDXBNJZSQVHLCKE".get(rest).copied()
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_letter_of_all_fits() {
        let fitting = |detector, start: &str| {
            let letters =
                ('A'..='Z').filter(|letter| proof(detector, &format!("{start}{letter}")).is_some());
            letters.collect::<String>()
        };
        assert_eq!(fitting(&DNI, "54362315"), "K");
        assert_eq!(fitting(&NIE, "X2482300"), "W");
        assert_eq!(fitting(&NIE, "A2482300"), "");
    }

    #[test]
    fn each_remainder_has_its_letter() {
        for (number, letter) in (12_345_664..).zip("TRWAGMYFPDXBNJZSQVHLCKE".chars()) {
            assert!(proof(&DNI, &format!("{number}{letter}")).is_some(), "{number}{letter}");
        }
    }

    #[test]
    fn the_printed_example_is_a_test_number() {
        assert_eq!(proof(&DNI, "12345678-Z").map(|proof| proof.test), Some(true));
        assert_eq!(proof(&DNI, "54362315-K").map(|proof| proof.test), Some(false));
    }
}
