//! Belarus.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PERSONAL];

/// Personal number, given for life and printed in passports and identity cards.
pub(crate) static PERSONAL: Detector = Detector {
    id: "gov.by.personal",
    name: "Belarusian personal number",
    category: Category::GovernmentId,
    country: Some("BY"),
    format: "Fourteen characters: sex and century 1-6, birth date DDMMYY, region letter A B C K E M \
             H, serial 3, PB (BA, BI for foreigners), check digit.",
    forms: &[Form::Layout("9{7}A9{3}A{2}9")],
    edges: Edges::Alnum,
    check: is_personal,
    scores: Scores::STRONG,
    keywords: &[
        "идентификационный номер",
        "личный номер",
        "асабісты нумар",
        "ідэнтыфікацыйны нумар",
        "belarusian personal number",
        "belarus",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &[
        "Указ Президента Республики Беларусь от 3 июня 2008 г. № 294 (идентификационный номер)",
        "ICAO Doc 9303-3, section 4.9 (the arithmetic; that it applies is practice, not law)",
    ],
    valid: &["3010190A000PB6", "4251279H012PB8"],
    invalid: &[
        ("3011390A000PB4", "month 13"),
        ("3010190A000PB7", "check digit"),
        ("3010190D000PB5", "no such region"),
        ("3010190A000PP6", "neither PB nor BA nor BI"),
    ],
};

/// Sex and century, date of birth, region; weights 7 3 1 with letters as in machine readable zones,
/// the sum by ten. No law at hand prints the arithmetic: several public descriptions agree on it.
fn is_personal(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 14]>::try_from(value.text).ok()?;
    let (head, tail) = text.split_at_checked(7)?;
    let [region, serial @ .., first, second, check] = tail else { return None };
    digits::exactly::<7>(head)?;
    let [day, month, year] = digits::pairs(head.get(1..)?)?;
    let century = match head.first()? {
        b'1' | b'2' => 1800,
        b'3' | b'4' => 1900,
        b'5' | b'6' => 2000,
        _ => return None,
    };
    let holds = date::is_date(century + year, month, day)
        && b"ABCEHKM".contains(region)
        && serial.iter().all(u8::is_ascii_digit)
        && matches!([*first, *second], [b'P', b'B'] | [b'B', b'A' | b'I'])
        && digits::digit(*check)? == weighted::sum(text.get(..13)?, &[7, 3, 1]) % 10;
    holds.then(|| Proof::whole(value, &["date", "structure", "mod10"]))
}
