//! France.

use super::{Detector, Edges, Form, Proof, Scores, Value, bank};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIR, &SPI, &CNI, &PASSPORT, &RIB, &RPPS];

/// Social security number, since 2020 the national health identity (INS) as well.
pub(crate) static NIR: Detector = Detector {
    id: "gov.fr.nir",
    name: "French NIR (social security number)",
    category: Category::GovernmentId,
    country: Some("FR"),
    format: "Sex 1, year 2, month 2, department 2 (2A and 2B in Corsica), commune 3, order 3, key \
             2; blanks between the groups: 2 95 10 99 126 111 93.",
    forms: &[
        Form::Layout("9 9{2} 9{2} X{2} 9{3} 9{3} 9{2}"),
        Form::Layout("9{5}X{2}9{6} 9{2}"),
        Form::Layout("9{5}X{2}9{8}"),
    ],
    edges: Edges::Alnum,
    check: is_nir,
    scores: Scores::MEDIUM,
    keywords: &[
        "numéro de sécurité sociale",
        "sécurité sociale",
        "nir",
        "insee",
        "carte vitale",
        "numéro d'immatriculation",
        "ins",
        "matricule ins",
        "french social security",
    ],
    window: (60, 40),
    pass_rate: 0.0046,
    wrong_digit_rate: 0.0,
    sources: &["INSEE: NIR", "Décret 82-103", "ANS: Identité nationale de santé (INS)"],
    valid: &[
        "295109912611193",
        "2 53 07 2A 113 006 05",
        "1 84 12 76 451 089 46",
        "2951099126111 93",
        "253072a11300605",
    ],
    invalid: &[
        ("295109912611199", "key"),
        ("2 53 07 2B 113 006 05", "key of 2A"),
        ("2 53 07 2C 113 006 05", "no such department"),
        ("295139912611193", "month 13"),
        ("295139912611144", "month 13 with a fitting key"),
        ("295109912600010", "order number 000"),
        ("595109912611140", "first digit"),
    ],
};

/// Tax reference number of a person.
pub(crate) static SPI: Detector = Detector {
    id: "gov.fr.spi",
    name: "French tax reference number (SPI, numéro fiscal)",
    category: Category::GovernmentId,
    country: Some("FR"),
    format: "Thirteen digits NN NN NNN NNN CCC, first 0 to 3, the last three the first ten modulo \
             511.",
    forms: &[
        Form::Layout("9{2} 9{2} 9{3} 9{3} 9{3}"),
        Form::Layout("9{2} 9{2} 9{6} 9{3}"),
        Form::Layout("9{2} 9{2} 9{9}"),
        Form::Layout("9{4} 9{3} 9{3} 9{3}"),
        Form::Layout("9{10} 9{3}"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_spi,
    scores: Scores::MEDIUM,
    keywords: &[
        "numéro fiscal",
        "n° fiscal",
        "spi",
        "numéro spi",
        "référence fiscale",
        "avis d'imposition",
        "identifiant fiscal",
        "impôts",
        "french tax number",
    ],
    window: (60, 40),
    pass_rate: 0.00038,
    wrong_digit_rate: 0.0,
    sources: &[
        "DGFiP: numéro d'identification fiscale des personnes physiques",
        "European Commission, TIN portal: France",
    ],
    valid: &[
        "3023217600053",
        "07 01 987 765 493",
        "30 23 217600 053",
        "30 23 217600053",
        "3023 217 600 053",
        "3023217600 053",
    ],
    invalid: &[
        ("3023217600054", "check"),
        ("4023217600053", "first digit"),
        ("4023217600031", "first digit with a fitting check"),
        ("0000000000000", "zero"),
    ],
};

/// Number of an identity card.
pub(crate) static CNI: Detector = Detector {
    id: "gov.fr.cni",
    name: "French identity card number",
    category: Category::GovernmentId,
    country: Some("FR"),
    format: "Before 2021 twelve characters: year 2, month 2, department and office 3 (perhaps \
             letters), order 5. Since 2021 nine letters and digits.",
    forms: &[Form::Layout("9{4}X{3}9{5}"), Form::Layout("AX{8}"), Form::Layout("9X{8}")],
    edges: Edges::Alnum,
    check: is_cni,
    scores: Scores::NAMED,
    keywords: &[
        "carte nationale d'identité",
        "carte d'identité",
        "cni",
        "cnie",
        "numéro de carte d'identité",
        "french identity card",
        "french id card",
    ],
    window: (60, 40),
    pass_rate: 0.12,
    wrong_digit_rate: 0.918,
    sources: &[
        "Décret n° 55-1397 instituant la carte nationale d'identité",
        "France Titres: spécimen de la carte nationale d'identité électronique",
    ],
    valid: &["880692310285", "X4RTBPFW4", "880975R10285", "4XRTBPFW4"],
    invalid: &[
        ("881392310285", "month 13"),
        ("880692300000", "order number zero"),
        ("425163789", "no letter in nine"),
    ],
};

/// Number of a passport.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.fr.passport",
    name: "French passport number",
    category: Category::GovernmentId,
    country: Some("FR"),
    format: "Year of printing 2, two letters, five digits.",
    forms: &[Form::Layout("9{2}A{2}9{5}")],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "passeport",
        "numéro de passeport",
        "n° de passeport",
        "french passport",
        "passport",
        "passport number",
    ],
    window: (60, 40),
    pass_rate: 0.00004,
    wrong_digit_rate: 0.992,
    sources: &["Décret n° 2005-1726 relatif aux passeports", "France Titres: passport specimen"],
    valid: &["12AB34567", "00TR00001"],
    invalid: &[("12AB00000", "number zero"), ("00TR00000", "number zero")],
};

/// Account as it was written before the IBAN; it lives on within it.
pub(crate) static RIB: Detector = Detector {
    id: "bank.fr.rib",
    name: "French RIB",
    category: Category::BankAccount,
    country: Some("FR"),
    format: "Bank 5 digits, branch 5 digits, account 11 letters or digits, key 2 digits; blanks or \
             dashes between them, or in one run.",
    forms: &[
        Form::Layout("9{5} 9{5} X{11} 9{2}"),
        Form::Layout("9{5} 9{5} X{11}-9{2}"),
        Form::Layout("9{5} 9{5} X{11}9{2}"),
        Form::Layout("9{5}-9{5}-X{11}-9{2}"),
        Form::Layout("9{5}-9{5}-X{11} 9{2}"),
        Form::Layout("9{10} X{11} 9{2}"),
        Form::Layout("9{10}X{11} 9{2}"),
        Form::Layout("9{10}X{11}9{2}"),
    ],
    edges: Edges::Alnum,
    check: is_rib,
    scores: Scores::STRONG,
    keywords: &[
        "relevé d'identité bancaire",
        "rib",
        "clé rib",
        "compte bancaire",
        "code banque",
        "code guichet",
        "french bank account",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &["CFONB: relevé d'identité bancaire", "NF Z 12-008, clé de contrôle"],
    valid: &[
        "20041 01005 0500013M026 06",
        "30002005500000157845Z02",
        "20041 01005 0500013M026-06",
        "20041 01005 0500013M02606",
        "20041-01005-0500013M026-06",
        "20041-01005-0500013M026 06",
        "2004101005 0500013M026 06",
        "20041010050500013M026 06",
    ],
    invalid: &[
        ("20041 01005 0500013M026 07", "key"),
        ("30002005500000157845Z03", "key"),
        ("00000000000000000000097", "zero"),
    ],
};

/// Number of a health professional.
pub(crate) static RPPS: Detector = Detector {
    id: "health.fr.rpps",
    name: "French health professional number (RPPS)",
    category: Category::HealthId,
    country: Some("FR"),
    format: "Eleven digits that begin with 1, the last by Luhn.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_rpps,
    scores: Scores::CHECKED,
    keywords: &["rpps", "numéro rpps", "n° rpps", "prescripteur", "rpps number"],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &["Arrêté du 6 février 2009, RPPS", "Agence du Numérique en Santé: Annuaire Santé"],
    valid: &["10000000009", "10100123453"],
    invalid: &[("10000000000", "Luhn"), ("20000000008", "first digit"), ("00000000000", "zero")],
};

/// Key = 97 less the remainder of the first thirteen digits, 2A counting as 19 and 2B as 18.
fn is_nir(value: &Value<'_>) -> Option<Proof> {
    let text = without_corsica(value.text)?;
    digits::exactly::<15>(&text)?;
    let (number, key) = text.split_at_checked(13)?;
    let known = matches!(number.first()?, b'1'..=b'4' | b'7' | b'8')
        && matches!(digits::number(number.get(3..5)?)?, 1..=12 | 20 | 30..=42 | 50..=99)
        && number.get(10..)? != b"000";
    let holds = known && digits::number(key)? == 97 - digits::remainder(number, 97)?;
    holds.then(|| Proof::whole(value, &["structure", "mod97"]))
}

/// The last three digits are the remainder of the first ten by 511.
fn is_spi(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let (number, check) = text.split_at_checked(10)?;
    let holds = matches!(text.first()?, b'0'..=b'3')
        && digits::is_number(number)
        && digits::number(check)? == digits::remainder(number, 511)?;
    holds.then(|| Proof::whole(value, &["mod511"]))
}

/// Twelve characters hold the month of issue; nine have to mix letters and digits, since nine digits
/// are anything (of cards, one in 40,000 at most has no letter).
fn is_cni(value: &Value<'_>) -> Option<Proof> {
    let known = |text: &[u8]| text.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let holds = match value.text.len() {
        12 => {
            let (issued, rest) = value.text.split_at_checked(4)?;
            let (office, order) = rest.split_at_checked(3)?;
            matches!(digits::number(issued)? % 100, 1..=12)
                && known(office)
                && digits::exactly::<5>(order).is_some()
        }
        9 => {
            let letters = value.text.iter().filter(|byte| byte.is_ascii_uppercase()).count();
            value.capitals && known(value.text) && (1..9).contains(&letters)
        }
        _ => false,
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// There is no check digit.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let [year @ .., first, second, _, _, _, _, _] = <&[u8; 9]>::try_from(value.text).ok()?;
    digits::exactly::<5>(value.text.get(4..)?)?;
    let holds = year.iter().all(u8::is_ascii_digit)
        && [first, second].iter().all(|letter| letter.is_ascii_uppercase());
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The key of two digits that closes it. One in 97 numbers of so many digits passes, so an account
/// without a letter means little alone.
fn is_rib(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 23]>::try_from(value.text).ok()?;
    let (branch, rest) = text.split_at_checked(10)?;
    let (account, key) = rest.split_at_checked(11)?;
    let letters = account.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let known = account.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let holds = digits::is_number(branch)
        && known
        && key.iter().all(u8::is_ascii_digit)
        && bank::has_rib_key(text);
    let adjust = if letters == 0 { -45 } else { 0 };
    holds.then(|| Proof::whole(value, &["mod97"]).adjusted(adjust))
}

/// A leading 1, and Luhn over all eleven digits.
fn is_rpps(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let holds = text.first() == Some(&b'1') && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["luhn"]))
}

/// Returns the text with the Corsican departments in the digits that stand for them in the key.
fn without_corsica(text: &[u8]) -> Option<[u8; 15]> {
    let mut text = <[u8; 15]>::try_from(text).ok()?;
    let department = text.get_mut(5..7)?;
    match &*department {
        b"2A" => department.copy_from_slice(b"19"),
        b"2B" => department.copy_from_slice(b"18"),
        _ => {}
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn an_account_without_letters_means_less() {
        for (text, adjust) in [
            ("20041 01005 0500013M026 06", 0),
            ("20041 01005 05000134026 06", -45),
            ("20041010050500013402606", -45),
        ] {
            assert_eq!(proof(&RIB, text).map(|proof| proof.adjust), Some(adjust), "{text}");
        }
    }

    #[test]
    fn every_key_but_one_is_wrong() {
        let keys =
            (0..100).filter(|key| proof(&NIR, &format!("2 95 10 99 126 111 {key:02}")).is_some());
        assert_eq!(keys.collect::<Vec<_>>(), [93]);
    }

    #[test]
    fn months_and_what_stands_for_an_unknown_one() {
        let passes = |month: &u32| {
            (1..98)
                .any(|key| proof(&NIR, &format!("2 95 {month:02} 99 126 111 {key:02}")).is_some())
        };
        let months: Vec<u32> = (0..100).filter(passes).collect();
        assert_eq!(months, (1..=12).chain([20]).chain(30..=42).chain(50..=99).collect::<Vec<_>>());
    }

    #[test]
    fn both_halves_of_corsica() {
        for (text, holds) in [
            ("2 53 07 2A 113 006 05", true),
            ("2 53 07 2B 113 006 32", true),
            ("2 53 07 2A 113 006 32", false),
            ("2 53 07 2B 113 006 05", false),
        ] {
            assert_eq!(proof(&NIR, text).is_some(), holds, "{text}");
        }
    }
}
