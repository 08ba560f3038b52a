//! What terminals and issuers send in hexadecimal or base64: PIN blocks and authentication values.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;

/// PIN blocks. All but those of format 2 are encrypted and look random.
pub(crate) static PIN_BLOCK: Detector = Detector {
    id: "card.pin-block",
    name: "PIN block",
    category: Category::CardSecurity,
    country: None,
    format: "Sixteen hexadecimal digits (ISO 9564 formats 0 to 3) or thirty-two (format 4), one of \
             them a letter, behind their name.",
    forms: &[
        Form::Layout("9X{31}"),
        Form::Layout("AX{31}"),
        Form::Layout("9X{15}"),
        Form::Layout("AX{15}"),
    ],
    edges: Edges::Alnum,
    check: pin_block,
    scores: Scores::NAMED,
    keywords: &[
        "pin block",
        "encrypted pin",
        "encrypted pin block",
        "pin data",
        "de52",
        "field 52",
        "bloc pin",
        "pin-blok",
    ],
    window: (32, 0),
    pass_rate: 0.00018,
    wrong_digit_rate: 1.0,
    sources: &["ISO 9564-1:2017, clause 9"],
    valid: &[
        "041234FEDCBA9876",
        "241234FFFFFFFFFF",
        "b31c5fd4a08e2967",
        "1d7c62f09e4ab5583c20ee917f4d6ab8",
        "E1d7c62f09e4ab5583c20ee917f4d6ab",
    ],
    invalid: &[
        ("041234FEDCBA987", "fifteen digits"),
        ("041234FEDCBA98G6", "G is no hexadecimal digit"),
        ("0412345678909876", "a number like any other"),
    ],
};

/// Cardholder authentication verification values: CAVV, AAV, UCAF, AEVV.
pub(crate) static CAVV: Detector = Detector {
    id: "card.cavv",
    name: "Cardholder authentication verification value (CAVV, AAV, UCAF)",
    category: Category::CardSecurity,
    country: None,
    format: "Twenty bytes behind their name: 27 characters of base64 and =, or forty hexadecimal \
             digits.",
    forms: &[Form::Base64, Form::Layout("9X{39}"), Form::Layout("AX{39}")],
    edges: Edges::Alnum,
    check: cavv,
    scores: Scores::NAMED,
    keywords: &["cavv", "aav", "ucaf", "aevv", "authentication value", "cardholder authentication"],
    window: (24, 0),
    pass_rate: 0.44,
    wrong_digit_rate: 1.0,
    sources: &["EMV 3-D Secure protocol specification 2.3.1: Authentication Value"],
    valid: &[
        "AAABBEg0VhI0VniQEjRWAAAAAAA=",
        "jJ81HADVRtXfCBATEp01CJUAAAA=",
        "+J81HAD/RtXfCBATEp01CJUAAAA=",
        "00010448345612a4567890123456000000000a0b",
        "c9f335d1c0d546b5a7df08101312a7350895000a",
    ],
    invalid: &[
        ("AAABBEg0VhI0VniQEjRWAAAAAA==", "nineteen bytes"),
        ("AAABBEg0VhI0VniQEjRWAAAAAA", "no padding"),
        ("AAABBEg0VhI0VniQEjRWAAAAAAB=", "bits beyond the twentieth byte"),
    ],
};

fn pin_block(value: &Value<'_>) -> Option<Proof> {
    let holds = matches!(value.text.len(), 16 | 32) && is_lettered_hex(value.text);
    holds.then(|| Proof::whole(value, &[]))
}

/// Of the last character before `=` two bits lie beyond the twentieth byte and are zero.
fn cavv(value: &Value<'_>) -> Option<Proof> {
    let holds = match value.text {
        [head @ .., last, b'='] => head.len() == 26 && b"AEIMQUYCGKOSW048".contains(last),
        hex => hex.len() == 40 && is_lettered_hex(hex),
    };
    holds.then(|| Proof::whole(value, &[]))
}

/// Returns whether the text is hexadecimal and no decimal number.
fn is_lettered_hex(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_hexdigit) && text.iter().any(u8::is_ascii_alphabetic)
}
