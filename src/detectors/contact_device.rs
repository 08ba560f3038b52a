//! Numbers of telephones, their cards, vehicles, and what advertisers tell devices by.

use crate::detectors::frames::{Part, end_of, hex, varied};
use crate::detectors::{Detector, Edges, Form, Named, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IMEI, &IMSI, &ICCID, &VIN, &ADVERTISING_ID];

/// Numbers of mobile telephones.
pub(crate) static IMEI: Detector = Detector {
    id: "contact.device.imei",
    name: "International mobile equipment identity",
    category: Category::Contact,
    country: None,
    format: "Fifteen digits AA-BBBBBB-CCCCCC-D, the last by Luhn; sixteen with a software version are \
             not found: they have no check.",
    forms: &[
        Form::Layout("9{2}-9{6}-9{6}-9"),
        Form::Layout("9{2}-9{6}-9{7}"),
        Form::Layout("9{2}-9{12}-9"),
        Form::Layout("9{2}-9{13}"),
        Form::Layout("9{8}-9{6}-9"),
        Form::Layout("9{8}-9{7}"),
        Form::Layout("9{14}-9"),
        Form::Layout("9{6} 9{2} 9{6} 9"),
        Form::Layout("9{2} 9{6} 9{6} 9"),
        Form::Layout("9{15}"),
    ],
    edges: Edges::Digit,
    check: imei,
    scores: Scores::CHECKED,
    keywords: &["imei", "imei number", "device id", "meid", "handset"],
    window: (60, 40),
    pass_rate: 0.019,
    wrong_digit_rate: 0.0,
    sources: &["3GPP TS 23.003 section 6", "GSMA TS.06"],
    valid: &["490154203237518", "35686800-004141-8", "35-686800-004141-8", "356868 00 004141 8"],
    invalid: &[("35686800-004141-9", "Luhn"), ("35686800-004141", "fourteen digits")],
};

/// Two digits of a body that allots them, and Luhn over all fifteen.
fn imei(value: &Value<'_>) -> Option<Proof> {
    let number = digits::exactly::<15>(value.text)?;
    let body = digits::number(number.get(..2)?)?;
    let known = matches!(body, 0 | 1 | 10 | 30 | 33 | 35 | 44 | 45 | 49..=54 | 86 | 91 | 97..=99);
    let holds = known && luhn::is_valid(number) && !digits::is_repeated(number);
    holds.then(|| Proof::whole(value, &["luhn"]))
}

/// Numbers of subscribers.
pub(crate) static IMSI: Detector = Detector {
    id: "contact.device.imsi",
    name: "International mobile subscriber identity",
    category: Category::Contact,
    country: None,
    format: "Fourteen or fifteen digits: country 3 (202-799, 901), network 2 or 3, subscriber.",
    forms: &[Form::Layout("9{14,15}")],
    edges: Edges::Digit,
    check: imsi,
    scores: Scores::NAMED,
    keywords: &["imsi", "imsi number", "subscriber identity", "sim"],
    window: (60, 40),
    pass_rate: 0.6,
    wrong_digit_rate: 0.97,
    sources: &["ITU-T E.212"],
    valid: &["310150123456789", "460001234567890"],
    invalid: &[("100150123456789", "country code"), ("3101501234567", "thirteen digits")],
};

fn imsi(value: &Value<'_>) -> Option<Proof> {
    let number = value.text;
    let shape = matches!(number.len(), 14 | 15) && digits::is_number(number);
    let country = digits::number(number.get(..3)?)?;
    let holds = shape && matches!(country, 202..=799 | 901) && !digits::is_repeated(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Numbers of the cards in telephones.
pub(crate) static ICCID: Detector = Detector {
    id: "contact.device.iccid",
    name: "SIM card number (ICCID)",
    category: Category::Contact,
    country: None,
    format: "89, country code, issuer, account; eighteen to twenty digits, the last by Luhn; an F may \
             fill the twentieth place.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{4} 9{4} 9{2,4}F"),
        Form::Layout("9{4} 9{4} 9{4} 9{4} 9{2,4}"),
        Form::Layout("9{18,20}F"),
        Form::Layout("9{18,20}"),
    ],
    edges: Edges::Alnum,
    check: iccid,
    scores: Scores { bare: 55, separated: 70, keyword: 88, field: 94 },
    keywords: &["iccid", "sim", "sim card", "sim number", "esim"],
    window: (60, 40),
    pass_rate: 0.001,
    wrong_digit_rate: 0.0,
    sources: &["ITU-T E.118"],
    valid: &["8944100000000000000", "8901 4103 2111 1851 0720", "8944100000000000000F"],
    invalid: &[("8944100000000000001", "Luhn"), ("8844100000000000008", "does not begin with 89")],
};

/// Telecommunications' 89, and Luhn over all digits.
fn iccid(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_suffix(b"F").unwrap_or(value.text);
    let shape = (18..=20).contains(&number.len()) && number.starts_with(b"89");
    (shape && luhn::is_valid(number)).then(|| Proof::whole(value, &["luhn"]))
}

/// Numbers of vehicles.
pub(crate) static VIN: Detector = Detector {
    id: "contact.vehicle.vin",
    name: "Vehicle identification number",
    category: Category::Contact,
    country: None,
    format: "Seventeen letters and digits without I O Q; ninth place is a check character in North \
             America (optional elsewhere, where a name must stand beside it).",
    forms: &[Form::Layout("9X{16}"), Form::Layout("A{1,13}9X{3,15}")],
    edges: Edges::Alnum,
    check: vin,
    scores: Scores { bare: 62, separated: 62, keyword: 85, field: 92 },
    keywords: &[
        "vin",
        "vin number",
        "vehicle identification number",
        "chassis number",
        "numéro de châssis",
        "numéro vin",
        "fahrgestellnummer",
        "fin",
        "bastidor",
        "número de chasis",
        "telaio",
        "numero di telaio",
        "chassisnummer",
    ],
    window: (60, 40),
    pass_rate: 0.0043,
    wrong_digit_rate: 1.0,
    sources: &["ISO 3779:2009", "49 CFR 565.15(c)"],
    valid: &["1M8GDM9AXKP042788", "5GZCZ43D13S812715"],
    invalid: &[
        ("1M8GDM9AXKPO42788", "O is not used"),
        ("1M8GDM9AXKP04278A", "a letter at the end"),
        ("1M8GDM9AXKP04278", "sixteen"),
    ],
};

/// Weights of the seventeen places, the ninth of which is the check character.
const VIN_WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/// Points taken where the check character fails, as most European ones do: nothing alone.
const UNCHECKED: i8 = -62;

/// Letters count 1 to 9 over and over (S begins at 2), the weighted sum's remainder by 11 stands in the
/// ninth place, 10 as X.
fn vin(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 17]>::try_from(value.text).ok()?;
    let values = text.iter().map(|byte| vin_value(*byte)).collect::<Option<Vec<u32>>>()?;
    let ends = text.iter().skip(13).all(u8::is_ascii_digit);
    let mixed = text.iter().any(u8::is_ascii_alphabetic) && varied(text);
    (ends && mixed).then_some(())?;
    let sum: u32 = values.iter().zip(VIN_WEIGHTS).map(|(value, weight)| value * weight).sum();
    let expected = b"0123456789X".get(sum as usize % 11)?;
    Some(match text.get(8) == Some(expected) {
        true => Proof::whole(value, &["mod11"]),
        false => Proof::whole(value, &["structure"]).adjusted(UNCHECKED),
    })
}

fn vin_value(byte: u8) -> Option<u32> {
    let letter = u32::from(byte.wrapping_sub(b'A'));
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'I' | b'O' | b'Q' => None,
        b'A'..=b'R' => Some(letter % 9 + 1),
        b'S'..=b'Z' => Some(letter % 9 + 2),
        _ => None,
    }
}

/// What advertisers tell a telephone by.
pub(crate) static ADVERTISING_ID: Detector = Detector {
    id: "contact.advertising-id",
    name: "Advertising or device identifier (IDFA, GAID, Android id)",
    category: Category::Contact,
    country: None,
    format: "A UUID, or sixteen hexadecimal digits, beside its name; all zeros means consent was refused.",
    forms: &[Form::Named(&ADVERTISING_VALUE)],
    edges: Edges::Alnum,
    check: advertising_id,
    scores: Scores { bare: 0, separated: 0, keyword: 75, field: 88 },
    keywords: &[
        "idfa",
        "gaid",
        "aaid",
        "advertising id",
        "advertisingid",
        "android id",
        "device id",
        "deviceid",
        "idfv",
    ],
    window: (48, 0),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Apple ASIdentifierManager; Google Play advertising id"],
    valid: &["6D92078A-8246-4BA4-AE5B-76104861E7DC", "38400000-8cf0-11bd-b23e-10b96e40000d"],
    invalid: &[
        ("00000000-0000-0000-0000-000000000000", "zeros"),
        ("6D92078A-8246-4BA4-AE5B-76104861E7D", "short"),
    ],
};

static ADVERTISING_VALUE: Named =
    Named { extent: |text, _| end_of(UUID, text, 0).or_else(|| end_of(SIXTEEN, text, 0)) };

const UUID: &[Part] = &[
    Part::Run(hex, 8, 8),
    Part::Text("-"),
    Part::Run(hex, 4, 4),
    Part::Text("-"),
    Part::Run(hex, 4, 4),
    Part::Text("-"),
    Part::Run(hex, 4, 4),
    Part::Text("-"),
    Part::Run(hex, 12, 12),
];
const SIXTEEN: &[Part] = &[Part::Run(hex, 16, 16)];

fn advertising_id(value: &Value<'_>) -> Option<Proof> {
    let len = Some(value.text.len());
    let whole = end_of(UUID, value.text, 0) == len || end_of(SIXTEEN, value.text, 0) == len;
    (whole && varied(value.text)).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_vehicles_count_as_the_regulation_says() {
        // The table of 49 CFR 565.15(c)(4).
        let values = "A1B2C3D4E5F6G7H8J1K2L3M4N5P7R9S2T3U4V5W6X7Y8Z9";
        for pair in values.as_bytes().chunks(2) {
            assert_eq!(vin_value(pair[0]), Some(u32::from(pair[1] - b'0')), "{}", pair[0] as char);
        }
    }
}
