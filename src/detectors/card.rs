//! Payment cards: the number, the magnetic stripe, the verification code, the PIN.
//!
//! ISO/IEC 7812-1 gives the number its prefix and check digit, ISO/IEC 7813 lays out the tracks.

use crate::detectors::tables::{self, Luhn, Network};
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};
use crate::validators::luhn;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&PAN, &TRACK1, &TRACK2, &CVV, &PIN];

/// Primary account numbers.
///
/// Sixteen random digits pass in five of a hundred cases (the rate below; other lengths pass less
/// often), so that a bare number is of medium confidence; print groups or a keyword make it high.
pub(crate) static PAN: Detector = Detector {
    id: "card.pan",
    name: "Payment card number (PAN)",
    category: Category::PaymentCard,
    country: None,
    format: "12 to 19 digits: a network's prefix, a length that network issues, a Luhn digit at \
             the end. In one run, in the groups printed on cards with blanks, dashes or dots between \
             them, or as six digits and the rest.",
    // Where two forms begin alike the longer comes first; groups of two take no dot, because that
    // is a decimal fraction.
    forms: &[
        Form::Layout("9{12,19}"),
        Form::Layout("9{4}~9{4}~9{4}~9{4}~9{1,3}"),
        Form::Layout("9{4}~9{4}~9{4}~9{4}"),
        Form::Layout("9{4}~9{6}~9{4,5}"),
        Form::Layout("9{4}~9{5}~9{6}"),
        Form::Layout("9{4}~9{7}~9{4}"),
        Form::Layout("9{4}~9{3}~9{3}~9{3}"),
        Form::Layout("9{4}~9{4}~9{5}"),
        // Fifteen and fourteen digits are printed otherwise, and typed so.
        Form::Layout("9{4}~9{4}~9{4}~9{2,3}"),
        Form::Layout("9{6} 9{10,13}"),
        Form::Layout("9{6}-9{10,13}"),
        Form::Layout("9{8} 9{5}"),
        Form::Layout("9{8}-9{5}"),
    ],
    edges: Edges::Digit,
    check: pan,
    scores: Scores { bare: 62, separated: 85, keyword: 95, field: 98 },
    keywords: &[
        "card",
        "card number",
        "cc",
        "ccn",
        "cardnum",
        "creditcard",
        "debitcard",
        "credit card",
        "debit card",
        "card no",
        "cc num",
        "cc number",
        "pan",
        "primary account number",
        "visa",
        "mastercard",
        "amex",
        "american express",
        "discover",
        "maestro",
        "unionpay",
        "jcb",
        "diners",
        "numéro de carte",
        "carte bancaire",
        "carte de crédit",
        "carte bleue",
        "kartennummer",
        "kreditkarte",
        "kreditkartennummer",
        "debitkarte",
        "número de tarjeta",
        "tarjeta de crédito",
        "tarjeta de débito",
        "numero di carta",
        "carta di credito",
        "número do cartão",
        "cartão de crédito",
        "kaartnummer",
        "kart numarası",
        "kredi kartı",
        "номер карты",
        "卡号",
        "信用卡",
        "カード番号",
    ],
    window: (60, 40),
    pass_rate: 0.049,
    wrong_digit_rate: 0.091,
    sources: &[
        "ISO/IEC 7812-1:2017, annex B for the check digit",
        "prefix tables published by card processors",
        "test cards in the documentation of payment gateways",
    ],
    valid: &[
        "4111111111111111",
        "3782 822463 10005",
        "3782 8224 6310 005",
        "5555-5555-5555-4444",
        "2223003122003222",
        "6011.1111.1111.1117",
        "3530111333300000",
        "3056 930902 5904",
        "6205 5000 0000 0000 004",
        "2200000000000004",
        "5066991111111118",
        "9792030000000000",
    ],
    invalid: &[
        ("4111111111111112", "the Luhn digit is wrong"),
        ("4111 1111-1111 1111", "the separators are mixed"),
        ("9999999999999995", "no network has this prefix"),
        ("411111111111116", "Visa issues no fifteen digits"),
        ("0000000000000000", "one digit repeated"),
    ],
};

/// Magnetic stripe, track 1.
pub(crate) static TRACK1: Detector = Detector {
    id: "card.track1",
    name: "Magnetic stripe track 1",
    category: Category::CardSecurity,
    country: None,
    format: "%, B, card number, ^, name of 2 to 26 characters, ^, expiry YYMM, service code, further \
             characters, ?: at most 79 in all. ^ stands for an absent expiry or service code; copies \
             may lack % and ?.",
    forms: &[Form::Track1],
    edges: Edges::Digit,
    check: track1,
    scores: Scores::STRONG,
    keywords: &["track 1", "track data", "magstripe", "swipe"],
    window: (60, 40),
    pass_rate: 0.0009,
    wrong_digit_rate: 0.365,
    sources: &["ISO/IEC 7813:2006", "ISO/IEC 7811-6"],
    valid: &[
        "%B4242424242424242^SURNAME/FIRSTNAME I^15052011000000000000?",
        "B4111111111111111^DOE/JANE^2912101?",
    ],
    invalid: &[
        (
            "%B4242424242424241^SURNAME/FIRSTNAME I^15052011000000000000?",
            "the Luhn digit of the card number is wrong",
        ),
        ("%B4242424242424242^SURNAME/FIRSTNAME I^15132011000000000000?", "there is no month 13"),
    ],
};

/// Magnetic stripe, track 2.
pub(crate) static TRACK2: Detector = Detector {
    id: "card.track2",
    name: "Magnetic stripe track 2",
    category: Category::CardSecurity,
    country: None,
    format: ";, card number, =, expiry YYMM, service code, further digits, ?: at most 40 characters \
             in all. = stands for an absent expiry or service code; copies may lack ; and ?.",
    forms: &[Form::Track2],
    edges: Edges::Digit,
    check: track2,
    scores: Scores::STRONG,
    keywords: &["track 2", "magstripe", "swipe"],
    window: (60, 40),
    pass_rate: 0.0008,
    wrong_digit_rate: 0.478,
    sources: &["ISO/IEC 7813:2006"],
    valid: &[";4242424242424242=15052011000000000000?", "5555555555554444=29122010000000000000"],
    invalid: &[
        (";4242424242424242=15002011000000000000?", "there is no month 00"),
        (";4242424242424243=15052011000000000000?", "the Luhn digit of the card number is wrong"),
    ],
};

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

/// A card number that stands on its own or in a track.
struct Card {
    network: &'static Network,
    /// Whether the last digit is the Luhn digit; networks that insist on it have no other cards.
    luhn: bool,
    test: bool,
}

impl Card {
    /// Returns the card that `digits` number, if a network issues such a number.
    fn parse(digits: &[u8]) -> Option<Card> {
        let network = tables::network(digits)?;
        let luhn = luhn::is_valid(digits);
        let repeated = digits.windows(2).all(|pair| pair.first() == pair.last());
        let issued = (luhn || network.luhn == Luhn::Usual) && !repeated;
        issued.then(|| Card { network, luhn, test: network.tests_with(digits) })
    }

    fn evidence(&self) -> Vec<Evidence> {
        let luhn = self.luhn.then_some(Evidence::Check("luhn"));
        luhn.into_iter().chain([Evidence::Issuer(self.network.id)]).collect()
    }

    /// Returns what to take off a number of `length` digits that no keyword explains.
    fn adjust(&self, length: usize, separated: bool) -> i8 {
        if self.network.id == tables::NO_NETWORK {
            return -50;
        }
        let printed = separated && self.network.prints(length);
        let luhn = match (self.luhn, printed) {
            (true, _) => 0,
            (false, true) => -25,
            (false, false) => -45,
        };
        let confidence = match (self.network.low_confidence, printed) {
            (false, _) => 0,
            (true, true) => -10,
            (true, false) => -30,
        };
        luhn + confidence + if printed { 0 } else { rarity(self.network, length) }
    }
}

/// Returns what to take off for a length that other numbers have more often than cards do.
///
/// Sixteen digits are the rule, fifteen that of American Express and fourteen that of Diners Club;
/// twelve and thirteen are above all article numbers and times in milliseconds.
fn rarity(network: &Network, length: usize) -> i8 {
    match (length, network.id) {
        (16, _) => 0,
        (15, "amex") => -8,
        (14, "diners") => -6,
        (18 | 19, _) => -10,
        _ => -25,
    }
}

fn pan(value: &Value<'_>) -> Option<Proof> {
    let card = Card::parse(value.text)?;
    Some(Proof {
        evidence: card.evidence(),
        len: value.text.len(),
        adjust: card.adjust(value.text.len(), value.separated),
        test: card.test,
    })
}

fn track1(value: &Value<'_>) -> Option<Proof> {
    let track = Track { text: value.text.get(..79).unwrap_or(value.text), separator: b'^' };
    let rest = track.text.strip_prefix(b"%").unwrap_or(track.text);
    let rest = rest.strip_prefix(b"B").or_else(|| rest.strip_prefix(b"b"))?;
    let (pan, rest) = track.pan(rest)?;
    let rest = track.service_code(track.expiry(track.holder(rest)?)?)?;
    let last = track.discretionary(rest, is_track1);
    track.proof(pan, last)
}

fn track2(value: &Value<'_>) -> Option<Proof> {
    let track = Track { text: value.text.get(..40).unwrap_or(value.text), separator: b'=' };
    let rest = track.text.strip_prefix(b";").unwrap_or(track.text);
    let (pan, rest) = track.pan(rest)?;
    let rest = track.service_code(track.expiry(rest)?)?;
    let last = track.discretionary(rest, |byte| byte.is_ascii_digit());
    track.proof(pan, last)
}

/// A track from its first byte; each step takes the rest it begins at and returns what is behind.
struct Track<'t> {
    text: &'t [u8],
    separator: u8,
}

impl<'t> Track<'t> {
    /// Takes the card number and the separator behind it.
    fn pan(&self, rest: &'t [u8]) -> Option<(&'t [u8], &'t [u8])> {
        let end = rest.iter().position(|byte| !byte.is_ascii_digit())?;
        let (pan, behind) = rest.split_at_checked(end)?;
        let behind = behind.strip_prefix(&[self.separator])?;
        (12..=19).contains(&end).then_some((pan, behind))
    }

    /// Takes the name of track 1 and the separator behind it.
    fn holder(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let end = rest.iter().position(|&byte| byte == self.separator)?;
        let (name, behind) = rest.split_at_checked(end)?;
        let spelled =
            name.iter().all(|byte| byte.is_ascii_alphanumeric() || b" /.,'-".contains(byte));
        (spelled && (2..=26).contains(&end)).then_some(behind)?.strip_prefix(&[self.separator])
    }

    /// Takes year and month, or the separator in their place.
    fn expiry(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        if let Some(absent) = rest.strip_prefix(&[self.separator]) {
            return Some(absent);
        }
        let (date, behind) = rest.split_first_chunk::<4>()?;
        let month = date.get(2..)?;
        let in_year = (b"01".as_slice()..=b"12").contains(&month);
        (date.iter().all(u8::is_ascii_digit) && in_year).then_some(behind)
    }

    /// Takes the service code, or the separator in its place.
    ///
    /// ISO/IEC 7813, table 3: interchange, authorisation, allowed services.
    fn service_code(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        if let Some(absent) = rest.strip_prefix(&[self.separator]) {
            return Some(absent);
        }
        let ([interchange, authorisation, services], behind) = rest.split_first_chunk::<3>()?;
        let assigned = b"125679".contains(interchange)
            && b"024".contains(authorisation)
            && (b'0'..=b'7').contains(services);
        assigned.then_some(behind)
    }

    /// Takes the rest of the track: up to the end sentinel where one follows the characters that
    /// `allowed` names, else the letters and digits that follow at once.
    fn discretionary(&self, rest: &'t [u8], allowed: fn(u8) -> bool) -> &'t [u8] {
        let behind = |keep: fn(u8) -> bool| {
            let end = rest.iter().position(|&byte| !keep(byte)).unwrap_or(rest.len());
            rest.get(end..).unwrap_or_default()
        };
        match behind(allowed).strip_prefix(b"?") {
            Some(complete) => complete,
            None => behind(|byte| byte.is_ascii_alphanumeric()),
        }
    }

    /// Returns the proof for the track before `behind`, if its number is a card's.
    fn proof(&self, pan: &[u8], behind: &[u8]) -> Option<Proof> {
        let card = Card::parse(pan)?;
        let mut evidence = card.evidence();
        evidence.push(Evidence::Check("structure"));
        Some(Proof { evidence, len: self.text.len() - behind.len(), adjust: 0, test: card.test })
    }
}

/// Returns whether track 1 can hold `byte` behind its service code: the six-bit set of ISO/IEC 7811
/// without `"`, `/` and the end sentinel, with the small letters that copies hold.
fn is_track1(byte: u8) -> bool {
    matches!(byte, b' '..=b'_' | b'a'..=b'z') && !b"\"/?".contains(&byte)
}

/// Digits whose count the form has settled already and which have no check.
fn named_digits(value: &Value<'_>) -> Option<Proof> {
    let digits = !value.text.is_empty() && value.text.iter().all(u8::is_ascii_digit);
    digits.then(|| Proof { evidence: Vec::new(), len: value.text.len(), adjust: 0, test: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(digits: &str) -> Option<Proof> {
        pan(&Value { text: digits.as_bytes(), capitals: true, separated: false, separator: None })
    }

    fn separated(digits: &str) -> Option<Proof> {
        pan(&Value { text: digits.as_bytes(), capitals: true, separated: true, separator: None })
    }

    fn track(check: fn(&Value<'_>) -> Option<Proof>, text: &str) -> Option<Proof> {
        check(&Value { text: text.as_bytes(), capitals: true, separated: false, separator: None })
    }

    /// Every string that differs from `digits` in one digit.
    fn flips(digits: &str) -> impl Iterator<Item = String> {
        (0..digits.len()).flat_map(move |at| {
            (b'0'..=b'9').filter_map(move |digit| {
                let mut flipped = digits.as_bytes().to_vec();
                flipped[at] = digit;
                (digits.as_bytes()[at] != digit).then(|| String::from_utf8(flipped).unwrap())
            })
        })
    }

    #[test]
    fn published_test_numbers_pass_and_are_marked() {
        let mut tested = 0;
        for (network, number) in tables::test_numbers() {
            let proof = bare(number).unwrap_or_else(|| panic!("{number}"));
            assert!(proof.test, "{number}");
            assert_eq!(proof.len, number.len());
            let expected = [Evidence::Check("luhn"), Evidence::Issuer(network)];
            assert_eq!(proof.evidence, expected, "{number}");
            tested += 1;
        }
        assert!(tested > 60, "{tested}");
    }

    #[test]
    fn one_wrong_digit_is_refused_where_luhn_is_required() {
        for (_, number) in tables::test_numbers() {
            for flipped in flips(number) {
                match bare(&flipped) {
                    None => {}
                    Some(proof) => {
                        assert!(!proof.test, "{flipped}");
                        assert!(!proof.evidence.contains(&Evidence::Check("luhn")), "{flipped}");
                        let network = tables::network(flipped.as_bytes()).unwrap();
                        assert_eq!(network.luhn, Luhn::Usual, "{flipped}");
                    }
                }
            }
        }
    }

    #[test]
    fn repeated_digits_short_runs_and_strangers_are_refused() {
        let refused = ["", "0000000000000000", "4444444444444444", "411111111111116", "41111", "x"];
        for text in refused {
            assert_eq!(bare(text), None, "{text}");
        }
        for (text, why) in PAN.invalid.iter().filter(|(text, _)| text.len() < 19) {
            assert_eq!(bare(text), None, "{why}");
        }
    }

    #[test]
    fn rare_lengths_weigh_less_when_bare() {
        let adjust = |digits: &str| bare(digits).map(|proof| proof.adjust);
        assert_eq!(adjust("4111111111111111"), Some(0));
        assert_eq!(adjust("378282246310005"), Some(-8));
        assert_eq!(adjust("30569309025904"), Some(-6));
        assert_eq!(adjust("4111141011111111116"), Some(-10));
        assert_eq!(adjust("4222222222222"), Some(-25));
        assert_eq!(adjust("135410014004955"), Some(-55));
        assert_eq!(adjust("5000000000000512"), Some(-30));
    }

    #[test]
    fn print_groups_lift_all_but_what_is_doubtful() {
        let adjust = |digits: &str| separated(digits).map(|proof| proof.adjust);
        assert_eq!(adjust("4111111111111111"), Some(0));
        assert_eq!(adjust("4222222222222"), Some(0));
        assert_eq!(adjust("6205500000000000004"), Some(0));
        assert_eq!(adjust("5000000000000512"), Some(-10));
        assert_eq!(adjust("6200000000000006"), Some(-25));
    }

    #[test]
    fn groups_that_the_network_does_not_print_lift_nothing() {
        let eighteen = "411111111111111111";
        let completed = (b'0'..=b'9')
            .map(|digit| format!("{}{}", &eighteen[..17], char::from(digit)))
            .find(|digits| luhn::is_valid(digits.as_bytes()));
        assert_eq!(separated(&completed.unwrap()).unwrap().adjust, -10);
    }

    #[test]
    fn unionpay_without_a_luhn_digit_passes_at_low_confidence() {
        let proof = bare("6200000000000006").unwrap();
        assert_eq!(proof.adjust, -45);
        assert_eq!(proof.evidence, [Evidence::Issuer("unionpay")]);
        assert_eq!(bare("6200000000000005").unwrap().adjust, 0);
    }

    #[test]
    fn samples_of_tracks_pass_whole_and_near_misses_do_not() {
        for (detector, check) in [(&TRACK1, track1 as fn(&Value<'_>) -> _), (&TRACK2, track2)] {
            for valid in detector.valid {
                let proof = track(check, valid).unwrap_or_else(|| panic!("{valid}"));
                assert_eq!((proof.len, proof.test), (valid.len(), true), "{valid}");
                assert_eq!(proof.evidence[0], Evidence::Check("luhn"));
            }
            for (invalid, why) in detector.invalid {
                assert_eq!(track(check, invalid), None, "{why}");
            }
        }
    }

    #[test]
    fn a_track_ends_at_its_sentinel_or_its_last_character() {
        let len =
            |check: fn(&Value<'_>) -> _, text| track(check, text).map(|proof: Proof| proof.len);
        assert_eq!(len(track2, ";4242424242424242=1505201?;x"), Some(26));
        assert_eq!(len(track2, "4242424242424242=15052011 and more"), Some(25));
        assert_eq!(len(track1, "B4111111111111111^DOE/JANE^2912101 was read"), Some(34));
        assert_eq!(len(track1, "B4111111111111111^DOE/JANE^2912101 0 0?rest"), Some(39));
        assert_eq!(len(track1, "b4111111111111111^doe/jane^2912101\",\"x?"), Some(34));
    }

    #[test]
    fn the_longest_track_is_cut_at_its_limit() {
        let long = format!("4242424242424242=1505201{}", "0".repeat(30));
        assert_eq!(track(track2, &long).unwrap().len, 40);
        let long = format!("%B4111111111111111^DOE/JANE^2912101{}", "0".repeat(60));
        assert_eq!(track(track1, &long).unwrap().len, 79);
    }

    #[test]
    fn absent_fields_are_written_as_separators() {
        assert!(track(track2, ";4242424242424242==201?").is_some());
        assert!(track(track2, ";4242424242424242=1505=?").is_some());
        assert!(track(track2, ";4242424242424242===?").is_some());
        assert!(track(track1, "%B4111111111111111^DOE/JANE^^101?").is_some());
        assert!(track(track1, "%B4111111111111111^DOE/JANE^2912^?").is_some());
    }

    #[test]
    fn expiry_and_service_code_keep_to_their_digits() {
        for field in ["1500201", "1513201", "1505301", "1505211", "1505208", "15052", "15x5201"] {
            assert_eq!(track(track2, &format!(";4242424242424242={field}?")), None, "{field}");
            let text = format!("%B4242424242424242^DOE/JANE^{field}?");
            assert_eq!(track(track1, &text), None, "{field}");
        }
        for field in ["1501101", "1512207", "9906520", "2905747", "2905640", "2905900"] {
            assert!(track(track2, &format!(";4242424242424242={field}?")).is_some(), "{field}");
        }
    }

    #[test]
    fn a_track_needs_its_frame() {
        let broken = [
            "",
            "%B",
            "%4242424242424242^DOE/JANE^1505201?",
            "%B4242424242424242^D^1505201?",
            "%B4242424242424242^DOE*JANE^1505201?",
            "%B4242424242424242^A NAME OF TWENTY SEVEN CHARS^1505201?",
            "%B4242424242424242^DOE/JANE",
        ];
        for text in broken {
            assert_eq!(track(track1, text), None, "{text}");
        }
        for text in ["", "4242424242424242", "4242=1505201", "42424242424242424242=1505201"] {
            assert_eq!(track(track2, text), None, "{text}");
        }
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
