//! Sri Lanka.

use super::proof::NEVER_ALONE;
use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIC];

/// Sri Lankan NIC.
pub(crate) static NIC: Detector = Detector {
    id: "gov.lk.nic",
    name: "Sri Lankan NIC",
    category: Category::GovernmentId,
    country: Some("LK"),
    format: "Old: year 2, day of the year 3 (500 added for women), serial 3, check digit, V or X. \
             Since 2016 twelve digits: year 4, day 3, serial 4, check digit. How the check digit \
             is reckoned is not public.",
    forms: &[Form::Layout("9{9}A"), Form::Layout("9{9} A"), Form::Layout("9{12}")],
    edges: Edges::Alnum,
    check: is_nic,
    scores: Scores::MEDIUM,
    keywords: &[
        "sri lankan nic",
        "nic no",
        "national identity card",
        "nic number",
        "ජාතික හැඳුනුම්පත",
        "தேசிய அடையாள அட்டை",
        "nic",
        "sri lanka nic",
    ],
    window: (60, 40),
    pass_rate: 6e-6,
    wrong_digit_rate: 0.907,
    sources: &[
        "Registration of Persons Act 32/1968 (Sri Lanka)",
        "Department for Registration of Persons (Sri Lanka)",
    ],
    valid: &["853400937V", "198534000937", "853400937v", "853400937 V", "855340093X"],
    invalid: &[
        ("859000937V", "day 900"),
        ("198550000937", "day 500"),
        ("850000937V", "day 0"),
        ("185534000937", "year 1855"),
        ("853400937A", "letter"),
    ],
};

/// The day of the year, 1 to 366, 500 more for women; the letter of old numbers tells a voter.
/// Twelve bare digits are not reported alone: the check digit is not public.
fn is_nic(value: &Value<'_>) -> Option<Proof> {
    let (number, day, adjust) = match value.text {
        [number @ .., b'V' | b'X'] if number.len() == 9 => (number, number.get(2..5)?, 0),
        [b'1', b'9', ..] | [b'2', b'0', ..] if value.text.len() == 12 => {
            (value.text, value.text.get(4..7)?, NEVER_ALONE)
        }
        _ => return None,
    };
    let holds = digits::is_number(number) && matches!(digits::number(day)?, 1..=366 | 501..=866);
    holds.then(|| Proof::whole(value, &["structure"]).adjusted(adjust))
}
