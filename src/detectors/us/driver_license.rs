//! Driver's licenses of the United States: each state writes its own.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;

/// Driver's license of any state or territory. Whatever state is named, the formats of all are
/// taken.
pub(crate) static DRIVER_LICENSE: Detector = Detector {
    id: "gov.us.driver-license",
    name: "United States driver's license",
    category: Category::GovernmentId,
    country: Some("US"),
    format: "Differs by state: up to three letters and up to 18 digits, or letters between and \
             behind digits, in the groups that states print. Fewer than six digits, New York's eight \
             letters and Washington's asterisks are not found.",
    forms: &[
        Form::Layout("A-9{3}-9{3}-9{3}-9{3}"),
        Form::Layout("A 9{3} 9{3} 9{3} 9{3}"),
        Form::Layout("A9{3}-9{3}-9{2}-9{3}-9"),
        Form::Layout("A9{3}-9{3}-9{3}-9{3}"),
        Form::Layout("A9{3} 9{3} 9{3} 9{3}"),
        Form::Layout("A9{3}-9{4}-9{4}-9{2}"),
        Form::Layout("A9{3}-9{4}-9{4}"),
        Form::Layout("A9{4}-9{5}-9{5}"),
        Form::Layout("A9{4} 9{5} 9{5}"),
        Form::Layout("A9{2}-9{2}-9{4}"),
        Form::Layout("A9{2}-9{3}-9{3}"),
        Form::Layout("A{3}-9{2}-9{4}"),
        Form::Layout("A{2}9{6}A"),
        Form::Layout("A9{6}A"),
        Form::Layout("A9A9A"),
        Form::Layout("A{1,3}9{5,18}"),
        Form::Layout("A{3}X{9}"),
        Form::Layout("9{4}-9{2}-9{4}"),
        Form::Layout("9{3}-9{2}-9{4}"),
        Form::Layout("9{2}-9{3}-9{4}"),
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{2} 9{3} 9{3}"),
        Form::Layout("9{6}-9{3,4}"),
        Form::Layout("9{3}A{2}9{4}"),
        Form::Layout("9{2}A{3}9{5}"),
        Form::Layout("9{3}A9{6}"),
        Form::Layout("9{7,9}A{1,2}"),
        Form::Layout("9{6,16}"),
    ],
    edges: Edges::Alnum,
    check: is_driver_license,
    scores: Scores::NAMED,
    keywords: &[
        "drivers license",
        "driver's license",
        "driver license",
        "driving license",
        "driver lic",
        "dl#",
        "dl no",
        "dl number",
        "dln",
        "oln",
        "dmv",
        "licencia de conducir",
        "alabama dl",
        "alaska dl",
        "arizona dl",
        "arkansas dl",
        "california dl",
        "colorado dl",
        "connecticut dl",
        "district of columbia dl",
        "delaware dl",
        "florida dl",
        "georgia dl",
        "hawaii dl",
        "idaho dl",
        "illinois dl",
        "indiana dl",
        "iowa dl",
        "kansas dl",
        "kentucky dl",
        "louisiana dl",
        "maine dl",
        "maryland dl",
        "massachusetts dl",
        "michigan dl",
        "minnesota dl",
        "mississippi dl",
        "missouri dl",
        "montana dl",
        "nebraska dl",
        "nevada dl",
        "new hampshire dl",
        "new jersey dl",
        "new mexico dl",
        "new york dl",
        "north carolina dl",
        "north dakota dl",
        "ohio dl",
        "oklahoma dl",
        "oregon dl",
        "pennsylvania dl",
        "puerto rico dl",
        "rhode island dl",
        "south carolina dl",
        "south dakota dl",
        "tennessee dl",
        "texas dl",
        "utah dl",
        "vermont dl",
        "virginia dl",
        "washington dl",
        "west virginia dl",
        "wisconsin dl",
        "wyoming dl",
        "guam dl",
        "al dl",
        "ak dl",
        "az dl",
        "ar dl",
        "ca dl",
        "co dl",
        "ct dl",
        "dc dl",
        "de dl",
        "fl dl",
        "ga dl",
        "hi dl",
        "id dl",
        "il dl",
        "in dl",
        "ia dl",
        "ks dl",
        "ky dl",
        "la dl",
        "me dl",
        "md dl",
        "ma dl",
        "mi dl",
        "mn dl",
        "ms dl",
        "mo dl",
        "mt dl",
        "ne dl",
        "nv dl",
        "nh dl",
        "nj dl",
        "nm dl",
        "ny dl",
        "nc dl",
        "nd dl",
        "oh dl",
        "ok dl",
        "or dl",
        "pa dl",
        "pr dl",
        "ri dl",
        "sc dl",
        "sd dl",
        "tn dl",
        "tx dl",
        "ut dl",
        "vt dl",
        "va dl",
        "wa dl",
        "wv dl",
        "wi dl",
        "wy dl",
        "gu dl",
    ],
    window: (60, 40),
    pass_rate: 0.00075,
    wrong_digit_rate: 1.0,
    sources: &[
        "AAMVA DL/ID Card Design Standard (2020), annex D: element DAQ",
        "Motor vehicle agencies of the states: license number formats",
    ],
    valid: &[
        "D1234567",
        "S-123-456-789-012",
        "P 800 000 224 322",
        "S123-456-78-901-0",
        "P800-000-224-322",
        "P800 000 224 322",
        "J525-4209-0465-05",
        "S530-1234-5678",
        "D1234-56789-01234",
        "D1234 56789 01234",
        "K00-12-3456",
        "D12-345-678",
        "ABC-12-3456",
        "AA123456B",
        "A123456R",
        "K1A2B",
        "WDLABCD456DG",
        "0123-45-6789",
        "900-12-3456",
        "94-111-2345",
        "123 456 789",
        "12 345 678",
        "050070-003",
        "123AB6789",
        "12ABC34567",
        "123A456789",
        "1234567A",
        "0812319684105",
        "RH123456",
        "NHL12345678",
        "MD12345678901",
        "12345678AB",
    ],
    invalid: &[
        ("ABCD1234567", "four letters"),
        ("WDKAB12456DG", "twelve characters that begin otherwise than Washington's"),
        ("D0000000", "zero"),
        ("12345", "five digits"),
    ],
};

/// Letters and digits in an order that some state uses, at least one digit of them not zero.
fn is_driver_license(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let numbered = text.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    let rare = || RARE.iter().any(|shape| is_shaped(text, shape));
    let holds = numbered && (is_common(text) || rare() || is_washington(text));
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Up to three letters and then digits, or digits and then up to two letters.
fn is_common(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let digits = text.iter().skip(letters).take_while(|byte| byte.is_ascii_digit()).count();
    let behind = text.get(letters + digits..).unwrap_or_default();
    let sized = match (letters, behind.len()) {
        (0, 0) => matches!(digits, 6..=14 | 16),
        (0, 1..=2) => matches!(digits, 7..=9),
        (1, 0) => matches!(digits, 5..=14 | 18),
        (2, 0) => matches!(digits, 5..=8 | 11),
        (3, 0) => matches!(digits, 6 | 8),
        _ => false,
    };
    sized && behind.iter().all(u8::is_ascii_uppercase)
}

/// Twelve characters: WDL and nine, or before 2018 seven letters of the name and five.
fn is_washington(text: &[u8]) -> bool {
    let named = text.get(..7).is_some_and(|name| name.iter().all(u8::is_ascii_uppercase));
    let written = text.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    text.len() == 12 && written && (text.starts_with(b"WDL") || named)
}

/// Returns whether a text has a letter for each A of the shape and a digit for each 9.
fn is_shaped(text: &[u8], shape: &[u8]) -> bool {
    let fits = |(byte, class): (&u8, &u8)| match class {
        b'9' => byte.is_ascii_digit(),
        _ => byte.is_ascii_uppercase(),
    };
    text.len() == shape.len() && text.iter().zip(shape).all(fits)
}

/// Idaho, Missouri (twice), Kansas, Iowa, New Hampshire.
const RARE: [&[u8]; 6] =
    [b"AA999999A", b"A999999A", b"999A999999", b"A9A9A", b"999AA9999", b"99AAA99999"];
