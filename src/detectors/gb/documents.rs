//! Passports, driving licences and residence permits.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits};

/// Number of a passport.
pub(super) static PASSPORT: Detector = Detector {
    id: "gov.gb.passport",
    name: "United Kingdom passport number",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Nine digits.",
    forms: &[Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_passport,
    scores: Scores::NAMED,
    keywords: &[
        "british passport",
        "uk passport",
        "hm passport",
        "passport number",
        "passport no",
        "passport",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["HM Passport Office: Basic passport checks"],
    valid: &["707797979"],
    invalid: &[("000000000", "zero"), ("999999999", "one digit repeated")],
};

/// Driver number on a licence of Great Britain: letters, a date of birth and initials.
pub(super) static DRIVING_LICENCE: Detector = Detector {
    id: "gov.gb.driving-licence",
    name: "Great Britain driving licence number",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Sixteen characters: surname 5 (padded with 9), decade digit of birth year, month 2 (50 \
             added for women), day 2, year digit, initials 2 (9 if none), arbitrary character, two \
             check characters. Issue number of two digits may follow.",
    forms: &[
        Form::Layout("A{5} 9{6} AX{2} XA 9{2}"),
        Form::Layout("A{5} 9{6} AX{2} XA"),
        Form::Layout("A{5} 9{6} AX{3}A 9{2}"),
        Form::Layout("A{5} 9{6} AX{3}A"),
        Form::Layout("AX{4} 9{6} AX{2} XA 9{2}"),
        Form::Layout("AX{4} 9{6} AX{2} XA"),
        Form::Layout("AX{4} 9{6} AX{3}A 9{2}"),
        Form::Layout("AX{4} 9{6} AX{3}A"),
        Form::Layout("AX{4}9{6} AX{3}A 9{2}"),
        Form::Layout("AX{4}9{6} AX{3}A"),
        Form::Layout("AX{4}9{6}AX{3}A 9{2}"),
        Form::Layout("AX{4}9{6}AX{3}A9{2}"),
        Form::Layout("AX{4}9{6}AX{3}A"),
    ],
    edges: Edges::Alnum,
    check: is_driving_licence,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 94 },
    keywords: &[
        "driving licence",
        "driving license",
        "driver licence",
        "licence number",
        "driver number",
        "dvla",
        "uk driving licence",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.677,
    sources: &["DVLA INF1D: driver number", "DVLA: access to driver data, driver number format"],
    valid: &[
        "MORGA657054SM9IJ",
        "JONES 710238 HA5 DX",
        "FOX99 804157 J99 AB",
        "MORGA 657054 SM9IJ",
        "FOX99 804157 J99AB",
        "MORGA657054 SM9IJ",
        "JONES 710238 HA5 DX 35",
        "JONES 710238 HA5DX 35",
        "FOX99 804157 J99 AB 35",
        "FOX99 804157 J99AB 35",
        "MORGA657054 SM9IJ 35",
        "MORGA657054SM9IJ 35",
        "MORGA657054SM9IJ35",
    ],
    invalid: &[
        ("MORGA613054SM9IJ", "month 13"),
        ("MO9GA657054SM9IJ", "letter behind a padding nine"),
        ("MORGA657324SM9IJ", "day 32"),
        ("MORG9657054S59IJ", "a digit for the second initial"),
    ],
};

/// Number of a biometric residence permit.
pub(super) static BRP: Detector = Detector {
    id: "gov.gb.brp",
    name: "United Kingdom biometric residence permit",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Two letters, X or a digit, six digits.",
    forms: &[Form::Layout("A{3}9{6}"), Form::Layout("A{2}9{7}")],
    edges: Edges::Alnum,
    check: is_brp,
    scores: Scores::NAMED,
    keywords: &[
        "brp",
        "brp number",
        "biometric residence permit",
        "biometric residence card",
        "residence permit",
        "right to work",
    ],
    window: (60, 40),
    pass_rate: 0.00009,
    wrong_digit_rate: 1.0,
    sources: &["Home Office: Biometric residence permits, general information for applicants"],
    valid: &["RF9082242", "ZUX012345"],
    invalid: &[("ZUY012345", "third place"), ("RF0000000", "zero")],
};

/// There is no check digit.
fn is_passport(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}

/// Nines pad the surname on the right only, and the date of birth stands between it and the
/// initials. How the last two characters are reckoned is not public.
fn is_driving_licence(value: &Value<'_>) -> Option<Proof> {
    let (number, issue) = value.text.split_at_checked(16)?;
    let (surname, rest) = number.split_at_checked(5)?;
    let (born, rest) = rest.split_at_checked(6)?;
    let [first, second, any, check, last] = rest else { return None };
    let padded = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'9';
    let known = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let holds = is_surname(surname)
        && is_born(born)?
        && first.is_ascii_uppercase()
        && padded(second)
        && known(any)
        && known(check)
        && last.is_ascii_uppercase()
        && matches!(issue.len(), 0 | 2)
        && issue.iter().all(u8::is_ascii_digit);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}

/// Returns whether a name is letters, at least one, and then nines.
fn is_surname(surname: &[u8]) -> bool {
    let letters = surname.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    letters > 0 && surname.iter().skip(letters).all(|byte| *byte == b'9')
}

/// Returns whether six digits are decade, month with perhaps 50 added, day and year of a date.
fn is_born(born: &[u8]) -> Option<bool> {
    digits::exactly::<6>(born)?;
    let [decade, rest @ .., year] = born else { return None };
    let month = digits::number(rest.get(..2)?)?;
    let month = if month > 50 { month - 50 } else { month };
    let year = digits::digit(*decade)? * 10 + digits::digit(*year)?;
    Some(date::is_short_date(year, month, digits::number(rest.get(2..)?)?))
}

/// There is no check digit.
fn is_brp(value: &Value<'_>) -> Option<Proof> {
    let [first, second, third, number @ ..] = <&[u8; 9]>::try_from(value.text).ok()?;
    let holds = [first, second].iter().all(|letter| letter.is_ascii_uppercase())
        && (*third == b'X' || third.is_ascii_digit())
        && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}
