//! Passports of any country.
//!
//! Countries that check their numbers have detectors of their own, which stand before this one.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PASSPORT];

/// Passport number beside the word for it: no check digit, so that word is everything.
pub(crate) static PASSPORT: Detector = Detector {
    id: "gov.passport",
    name: "Passport number of any country beside the word passport",
    category: Category::GovernmentId,
    country: None,
    format: "Six to eleven letters and digits as one of the countries numbers its passports, five of \
             them digits at least; a blank behind leading letters possible.",
    forms: &[
        Form::Layout("A{1,3} 9{5,9}A{0,2}"),
        Form::Layout("A{1,3}9{5,9}A{0,2}"),
        Form::Layout("9{2} 9{7}"),
        Form::Layout("9{2}A{2}9{5}"),
        Form::Layout("9{7,11}"),
        Form::Layout("AX{7,8}"),
    ],
    edges: Edges::Alnum,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "passport number",
        "passport",
        "passport no",
        "passport nr",
        "passeport",
        "numéro de passeport",
        "reisepass",
        "reisepassnummer",
        "passnummer",
        "passnr",
        "pasaporte",
        "número de pasaporte",
        "passaporto",
        "numero di passaporto",
        "passaporte",
        "paspoort",
        "paspoortnummer",
        "paszport",
        "pașaport",
        "cestovní pas",
        "útlevél",
        "pasnummer",
        "passinumero",
        "διαβατήριο",
        "αριθμός διαβατηρίου",
        "pasaport",
        "загранпаспорт",
        "паспорт",
        "закордонний паспорт",
        "جواز السفر",
        "رقم جواز السفر",
        "דרכון",
        "护照",
        "旅券",
        "여권",
        "หนังสือเดินทาง",
        "hộ chiếu",
        "paspor",
    ],
    window: (60, 40),
    pass_rate: 0.012,
    wrong_digit_rate: 1.0,
    sources: &[
        "ICAO Doc 9303 part 4",
        "PRADO: Council of the EU register of identity and travel documents",
    ],
    valid: &[
        "L8988901C",
        "X1234567",
        "L 8988901C",
        "12 3456789",
        "12AB34567",
        "123456789",
        "SB12A3456",
    ],
    invalid: &[
        ("ABCD", "no digits"),
        ("12", "too short"),
        ("XABC1234", "four digits"),
        ("no 1234567", "small letters before a blank are a word"),
        ("NO 1234567", "the word for a number"),
        ("000000000", "zero"),
    ],
};

/// One of the countries' layouts, with five digits at least, not all of them zero.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let count = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let numbered = count >= 5 && text.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    let word = value.separated && (!value.capitals || matches!(text, [b'N', b'O' | b'R', ..]));
    let known = LAYOUTS.iter().any(|layout| fits(layout, text));
    (numbered && known && !word).then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether the text is laid out so.
fn fits(layout: &str, text: &[u8]) -> bool {
    let holds = |(class, byte): (u8, &u8)| match class {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase(),
        b'X' => digits::alphanumeric(*byte).is_some(),
        b'G' => GERMAN.contains(byte),
        b'g' => GERMAN.contains(byte) || byte.is_ascii_digit(),
        b'N' => byte.is_ascii_uppercase() && *byte != b'O',
        b'n' => digits::alphanumeric(*byte).is_some() && *byte != b'O',
        _ => false,
    };
    layout.len() == text.len() && layout.bytes().zip(text).all(holds)
}

/// Letters of German passports: no vowels, and none that reads like a digit or another letter.
const GERMAN: &[u8; 17] = b"CFGHJKLMNPRTVWXYZ";

/// How countries number their passports, each layout once: `9` a digit, `A` a letter, `X` either, `G`
/// and `g` a letter, a letter or digit of German ones, `N` and `n` the same of Dutch ones.
const LAYOUTS: [&str; 20] = [
    // MT, PE
    "9999999",
    // CZ, IL, LT, NO, RO, SE, CL
    "99999999",
    // BG, DK, DZ, GB, HR, MX, PE, RO, RU, TW, US
    "999999999",
    // MX
    "9999999999",
    "99999999999",
    // LI
    "A99999",
    // CY, ID, NZ, PT, SA, TH
    "A999999",
    // AT, AU, CH, CL, EE, ID, IE, IN, IS, JM, SA, TH, VN
    "A9999999",
    // AZ, CL, CN, CY, EG, HK, IR, KR, KZ, MX, MY, NG, SA, TR, US, VN, ZA
    "A99999999",
    // BE, BR, CA, CO, ES, HU, NZ, PH, PT, SE, TH, UA
    "AA999999",
    // AM, AT, AU, BG, BY, CN, EE, FI, GR, HK, HU, IE, IT, JP, LV, PH, PK, PL, SI, SK, TH
    "AA9999999",
    // NO
    "AAA99999",
    // AR, ES, NO
    "AAA999999",
    // CA
    "A999999AA",
    // PH, SG
    "A9999999A",
    // FR
    "99AA99999",
    // KR
    "A999A9999",
    // CH
    "AXXXXXXX",
    // DE
    "Ggggggggg",
    // NL
    "NNnnnnnn9",
];
