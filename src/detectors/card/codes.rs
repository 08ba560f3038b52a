//! What is typed beside a card number: expiry, verification code, PIN, service code, password.

use super::track;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Card verification codes: CVV2, CVC2, CID, CAV2, CVN2, CVE, CVP2.
pub(crate) static CVV: Detector = Detector {
    id: "card.cvv",
    name: "Card verification code",
    category: Category::CardSecurity,
    country: None,
    format: "Three digits, four for American Express, close behind their name. No check digit.",
    forms: &[Form::Layout("9{3}"), Form::Layout("9{4}")],
    edges: Edges::Alnum,
    check: named_digits,
    scores: Scores::NAMED,
    keywords: &[
        "cvv",
        "cvv2",
        "cvc",
        "cvc2",
        "csc",
        "cid",
        "cav2",
        "cvn",
        "cvn2",
        "cve",
        "cvp2",
        "cvd",
        "card verification",
        "card security code",
        "security code",
        "card code",
        "verification value",
        "cryptogramme",
        "cryptogramme visuel",
        "code de sécurité",
        "kartenprüfnummer",
        "prüfziffer",
        "prüfnummer",
        "sicherheitscode",
        "código de seguridad",
        "código de verificación",
        "codice di sicurezza",
        "código de segurança",
        "beveiligingscode",
        "veiligheidscode",
        "güvenlik kodu",
        "セキュリティコード",
        "安全码",
        "验证码",
    ],
    window: (24, 4),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &[
        "PCI DSS v4.0.1, requirement 3.3.1.2",
        "rules of Visa, Mastercard, American Express, JCB, UnionPay, Elo and Mir",
    ],
    valid: &["123", "7373", "042"],
    invalid: &[("12", "too short"), ("12345", "too long")],
};

/// Personal identification numbers of cards.
pub(crate) static PIN: Detector = Detector {
    id: "card.pin",
    name: "Card PIN",
    category: Category::CardSecurity,
    country: None,
    format: "Four to twelve digits, nearly always four to six, right behind their name. No check \
             digit.",
    forms: &[Form::Layout("9{4,12}")],
    edges: Edges::Alnum,
    check: named_digits,
    scores: Scores::NAMED,
    keywords: &[
        "pin",
        "pin code",
        "pin number",
        "card pin",
        "atm pin",
        "debit pin",
        "code pin",
        "code secret",
        "code confidentiel",
        "geheimzahl",
        "clave secreta",
        "codice pin",
        "senha do cartão",
        "пин код",
        "пин",
    ],
    window: (16, 0),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["ISO 9564-1:2017", "PCI DSS v4.0.1, requirement 3.3.1.3"],
    valid: &["4931", "9075", "483920"],
    invalid: &[("123", "too short"), ("1234567890123", "too long")],
};

/// Card expiry dates: of interest beside a card number only, which raises them.
pub(crate) static EXPIRY: Detector = Detector {
    id: "card.expiry",
    name: "Card expiry date",
    category: Category::PaymentCard,
    country: None,
    format: "Month and year, MM/YY, MM-YY, MM.YY, MM/YYYY or MMYY, blanks around the mark allowed; \
             years 20 to 49.",
    forms: &[
        Form::Layout("99 / 9{4}"),
        Form::Layout("99 / 99"),
        Form::Layout("99/9{4}"),
        Form::Layout("99/99"),
        Form::Layout("99-9{4}"),
        Form::Layout("99-99"),
        Form::Layout("99.9{4}"),
        Form::Layout("99.99"),
        Form::Layout("9{4}"),
    ],
    edges: Edges::Digit,
    check: expiry,
    // Cardholder data only together with a card number, PCI DSS.
    scores: Scores { bare: 0, separated: 0, keyword: 30, field: 45 },
    keywords: &[
        "expiry",
        "exp",
        "expiry date",
        "expiration",
        "expiration date",
        "exp date",
        "expires",
        "card expiry",
        "valid thru",
        "valid through",
        "good thru",
        "date d'expiration",
        "expire fin",
        "gültig bis",
        "ablaufdatum",
        "vencimiento",
        "caducidad",
        "válida hasta",
        "scadenza",
        "validade",
        "vencimento",
        "vervaldatum",
        "geldig tot",
    ],
    window: (24, 0),
    pass_rate: 0.036,
    wrong_digit_rate: 0.407,
    sources: &["PCI DSS v4.0.1, glossary: cardholder data", "ISO/IEC 7813:2006"],
    valid: &[
        "12/29",
        "03-2031",
        "11/2030",
        "04 / 28",
        "04 / 2028",
        "04-28",
        "04.28",
        "04.2028",
        "0428",
    ],
    invalid: &[
        ("13/29", "there is no month 13"),
        ("00/29", "there is no month 00"),
        ("12/19", "the year is past"),
        ("12/1999", "the year is past"),
    ],
};

/// Service codes, which the magnetic stripe holds behind the expiry date.
pub(crate) static SERVICE_CODE: Detector = Detector {
    id: "card.service-code",
    name: "Card service code",
    category: Category::CardSecurity,
    country: None,
    format: "Three digits: 1, 2, 5, 6, 7 or 9; 0, 2 or 4; 0 to 7. Beside its name and a card number.",
    forms: &[Form::Layout("9{3}")],
    edges: Edges::Alnum,
    check: service_code,
    // Other services have codes too: without a card number it says little.
    scores: Scores { bare: 0, separated: 0, keyword: 30, field: 45 },
    keywords: &["service code", "svc code", "card service code"],
    window: (16, 0),
    pass_rate: 0.144,
    wrong_digit_rate: 0.519,
    sources: &["ISO/IEC 7813:2006, table of service codes", "PCI DSS v4.0.1, glossary"],
    valid: &["201", "121"],
    invalid: &[("801", "no service code begins with 8"), ("219", "1 authorises nothing")],
};

/// Passwords that prove a cardholder online: 3-D Secure and its brands.
pub(crate) static PASSWORD: Detector = Detector {
    id: "card.password",
    name: "Cardholder authentication password",
    category: Category::CardSecurity,
    country: None,
    format: "Four to thirty-two characters without blanks, a digit in the first word of them, behind \
             the name of the scheme or of the card password. One of letters alone is told from no \
             other word.",
    forms: &[Form::Word],
    edges: Edges::Alnum,
    check: password,
    // Sentences speak of passwords too; a field holds one.
    scores: Scores { bare: 0, separated: 0, keyword: 45, field: 80 },
    keywords: &[
        "3ds password",
        "3d secure password",
        "verified by visa password",
        "securecode password",
        "mastercard securecode",
        "safekey password",
        "j/secure password",
        "card password",
        "telephone banking password",
        "mot de passe 3d secure",
        "mot de passe de la carte",
        "kartenpasswort",
        "3d secure passwort",
        "contraseña de la tarjeta",
        "password della carta",
        "senha do cartão",
    ],
    window: (12, 0),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &[
        "PCI DSS v4.0.1, glossary: sensitive authentication data",
        "EMV 3-D Secure protocol specification 2.3.1",
    ],
    valid: &["Sn0wdrift!", "77hollow", "x9#Kd.22"],
    invalid: &[("a1c", "three characters"), ("two words", "no digit")],
};
/// Digits whose count the form has settled already and which have no check.
fn named_digits(value: &Value<'_>) -> Option<Proof> {
    let digits = !value.text.is_empty() && value.text.iter().all(u8::is_ascii_digit);
    digits.then(|| Proof::whole(value, &[]))
}

/// Month and year, two digits each or the year four.
fn expiry(value: &Value<'_>) -> Option<Proof> {
    let (month, year) = value.text.split_at_checked(2)?;
    let year = year.strip_prefix(b"20").filter(|rest| rest.len() == 2).unwrap_or(year);
    let in_year = (b"01".as_slice()..=b"12").contains(&month);
    let current = year.len() == 2 && (b"20".as_slice()..=b"49").contains(&year);
    let digits = value.text.iter().all(u8::is_ascii_digit);
    (in_year && current && digits).then(|| Proof::whole(value, &["date"]))
}

/// Interchange, authorisation, allowed services.
fn service_code(value: &Value<'_>) -> Option<Proof> {
    let holds = track::is_service_code(digits::exactly::<3>(value.text)?);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// A word of the right length; its form has seen to the digit.
fn password(value: &Value<'_>) -> Option<Proof> {
    let zeros = value.text.iter().all(|byte| *byte == b'0');
    let fits = (4..=32).contains(&value.text.len()) && !value.text.contains(&b' ');
    (fits && !zeros).then(|| Proof::whole(value, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(check: fn(&Value<'_>) -> Option<Proof>, text: &str) -> Option<Proof> {
        check(&Value {
            text: text.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    #[test]
    fn codes_and_pins_are_digits() {
        for detector in [&CVV, &PIN] {
            for valid in detector.valid {
                assert_eq!(track(detector.check, valid).unwrap().len, valid.len());
            }
            for wrong in ["", "12a", "***"] {
                assert_eq!(track(detector.check, wrong), None, "{wrong}");
            }
        }
    }
}
