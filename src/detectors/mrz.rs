//! Machine readable zones of travel documents.
//!
//! ICAO Doc 9303 lays them out in lines of equal length, part 5 (TD1), part 6 (TD2) and part 4
//! (TD3) and part 7 (visas), and gives their check digits in part 3: weights 7, 3, 1, letters from 10, filler 0.

use std::ops::Range;

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};
use crate::validators::weighted;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&TD3, &TD1, &TD2, &VISA, &FR_CNI];

/// Passports: two lines of 44 characters.
pub(crate) static TD3: Detector = Detector {
    id: "gov.mrz.td3",
    name: "Passport machine readable zone (TD3)",
    category: Category::GovernmentId,
    country: None,
    format: "Two lines of 44 out of A-Z, 0-9 and <. First P, type, issuer, names; then number, \
             nationality, birth, sex, expiry and personal number with their check digits, and one \
             over all.",
    forms: &[Form::Mrz],
    edges: Edges::Alnum,
    check: |value| PASSPORT.prove(value),
    scores: Scores::STRONG,
    keywords: &["passport", "mrz", "machine readable zone"],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &["ICAO Doc 9303 part 4 (TD3)", "ICAO Doc 9303 part 3 (check digits)"],
    valid: &[
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
         L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n\
         C01X0006H1UTO6408125F2702283<<<<<<<<<<<<<<08",
    ],
    invalid: &[
        (
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
             L898902C36UTO7408122F1204159ZE184226B<<<<<11",
            "the check digit over all is wrong",
        ),
        (
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
             L898902C35UTO7408122F1204159ZE184226B<<<<<10",
            "the check digit of the number is wrong",
        ),
    ],
};

/// Identity cards: three lines of 30 characters.
pub(crate) static TD1: Detector = Detector {
    id: "gov.mrz.td1",
    name: "Identity card machine readable zone (TD1)",
    category: Category::GovernmentId,
    country: None,
    format: "Three lines of 30 out of A-Z, 0-9 and <. First A, C or I, type, issuer, number with \
             check digit; then birth, sex, expiry, nationality and a check digit over all; then the \
             names. A number of more than nine characters has < for its check digit and goes on in \
             the optional part.",
    forms: &[Form::Mrz],
    edges: Edges::Alnum,
    check: |value| CARD.prove(value),
    scores: Scores::STRONG,
    keywords: &["identity card", "mrz", "machine readable zone"],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &["ICAO Doc 9303 part 5 (TD1)", "ICAO Doc 9303 part 3 (check digits)"],
    valid: &[
        "I<UTOD231458907<<<<<<<<<<<<<<<\n\
         7408122F1204159UTO<<<<<<<<<<<6\n\
         ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "IDUTOT220001293<<<<<<<<<<<<<<<\n\
         6408125F2702283UTO<<<<<<<<<<<4\n\
         DOE<<JANE<<<<<<<<<<<<<<<<<<<<<",
    ],
    invalid: &[
        (
            "I<UTOD231458906<<<<<<<<<<<<<<<\n\
             7408122F1204159UTO<<<<<<<<<<<6\n\
             ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            "the check digit of the number is wrong",
        ),
        (
            "I<UTOD231458907<<<<<<<<<<<<<<<\n\
             7408122F1204159UTO<<<<<<<<<<<7\n\
             ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            "the check digit over all is wrong",
        ),
    ],
};

/// Other travel documents: two lines of 36 characters.
pub(crate) static TD2: Detector = Detector {
    id: "gov.mrz.td2",
    name: "Travel document machine readable zone (TD2)",
    category: Category::GovernmentId,
    country: None,
    format: "Two lines of 36 out of A-Z, 0-9 and <. First A, C, I or P, type, issuer, names; then \
             number, nationality, birth, sex, expiry with their check digits, and one over all.",
    forms: &[Form::Mrz],
    edges: Edges::Alnum,
    check: |value| DOCUMENT.prove(value),
    scores: Scores::STRONG,
    keywords: &["travel document", "mrz", "machine readable zone"],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &["ICAO Doc 9303 part 6 (TD2)", "ICAO Doc 9303 part 3 (check digits)"],
    valid: &[
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n\
         D231458907UTO7408122F1204159<<<<<<<6",
        "IDUTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<\n\
         T220001293UTO6408125F2702283<<<<<<<4",
    ],
    invalid: &[
        (
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n\
             D231458908UTO7408122F1204159<<<<<<<6",
            "the check digit of the number is wrong",
        ),
        (
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n\
             D231458907UTO7408122F1204159<<<<<<<5",
            "the check digit over all is wrong",
        ),
    ],
};

/// Visas: two lines of 44 characters (MRV-A) or 36 (MRV-B).
pub(crate) static VISA: Detector = Detector {
    id: "gov.mrz.visa",
    name: "Visa machine readable zone (MRV-A and MRV-B)",
    category: Category::GovernmentId,
    country: None,
    format: "Two lines of 44 or of 36 out of A-Z, 0-9 and <. First V, type, issuer, names; then \
             number, nationality, birth, sex, expiry with their check digits; none over all.",
    forms: &[Form::Mrz],
    edges: Edges::Alnum,
    check: |value| VISA_A.prove(value).or_else(|| VISA_B.prove(value)),
    scores: Scores::STRONG,
    keywords: &["visa", "mrz", "machine readable zone"],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.137,
    sources: &["ICAO Doc 9303 part 7 (visas)", "ICAO Doc 9303 part 3 (check digits)"],
    valid: &[
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
         L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n\
         L8988901C4XXX4009078F9612109<<<<<<<<",
    ],
    invalid: &[
        (
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
             L8988901C5XXX4009078F96121096ZE184226B<<<<<<",
            "the check digit of the number is wrong",
        ),
        (
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n\
             L8988901C4XXX4009079F9612109<<<<<<<<",
            "the check digit of the birth is wrong",
        ),
    ],
};

/// French identity cards of before August 2021, which follow no part of ICAO Doc 9303: two lines of 36
/// characters. Without a country, since it stands among the international zones.
pub(crate) static FR_CNI: Detector = Detector {
    id: "gov.mrz.fr-cni",
    name: "French identity card machine readable zone (card before 2021)",
    category: Category::GovernmentId,
    country: None,
    format: "Two lines of 36 out of A-Z, 0-9 and <. First IDFRA, surname 25, department and office 6; \
             then number 12, check digit, given names 14, birth YYMMDD, check digit, sex, check digit \
             over all.",
    forms: &[Form::Mrz],
    edges: Edges::Alnum,
    check: |value| CNI.prove(value),
    scores: Scores::STRONG,
    keywords: &["cni", "carte nationale d'identité", "carte d'identité", "mrz"],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &[
        "Décret n° 55-1397 du 22 octobre 1955",
        "PRADO: Council of the EU register of identity and travel documents, FRA",
    ],
    valid: &[
        "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n\
         8806923102858CORINNE<<<<<<<6512068F6",
        "IDFRADUPONT<<<<<<<<<<<<<<<<<<<075001\n\
         8806923102858JEAN<<<<<<<<<<6408125M6",
    ],
    invalid: &[
        (
            "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n\
             8806923102859CORINNE<<<<<<<6512068F6",
            "the check digit of the number is wrong",
        ),
        (
            "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n\
             8806923102858CORINNE<<<<<<<6512068F7",
            "the check digit over all is wrong",
        ),
    ],
};

/// A zone with its lines joined.
struct Zone {
    /// Classes of all characters, in order.
    classes: &'static [(usize, Class)],
    /// Where the document's number stands.
    number: Range<usize>,
    digits: &'static [CheckDigit],
}

/// Which characters a place takes.
#[derive(Debug, Clone, Copy)]
enum Class {
    OneOf(&'static [u8]),
    /// Letters and filler.
    Letters,
    /// Letters, digits and filler.
    Any,
    /// Digits and filler.
    Date,
    Digit,
}

/// A check digit at `at` over the characters from each start of `over` to its end, half open.
struct CheckDigit {
    at: usize,
    over: &'static [(usize, usize)],
    /// Whether filler in its place means that there is none.
    optional: bool,
}

impl Zone {
    fn prove(&self, value: &Value<'_>) -> Option<Proof> {
        let len = self.classes.iter().map(|(count, _)| count).sum();
        let zone = self.read(value.text.get(..len)?)?;
        let zone = zone.get(..len)?;
        let numbered = zone.get(self.number.clone())?.iter().any(|&byte| byte != b'<');
        (numbered && self.digits.iter().all(|digit| digit.holds(zone))).then(|| Proof {
            evidence: vec![Evidence::Check("icao-9303".into())],
            len,
            adjust: 0,
            // Utopia issues specimens only.
            test: zone.get(2..5) == Some(b"UTO"),
        })
    }

    /// Returns the zone with the letter O read as zero where only digits can stand, which is the
    /// mistake that text recognition makes most; `None` where a character has no place.
    fn read(&self, text: &[u8]) -> Option<[u8; LONGEST]> {
        let mut zone = [b'<'; LONGEST];
        let places = self.classes.iter().flat_map(|&(count, class)| (0..count).map(move |_| class));
        for ((place, class), &byte) in zone.iter_mut().zip(places).zip(text) {
            *place = class.read(byte)?;
        }
        Some(zone)
    }
}

impl Class {
    fn read(self, byte: u8) -> Option<u8> {
        let fits = |fits: bool| fits.then_some(byte);
        match (self, byte) {
            (Class::OneOf(bytes), _) => fits(bytes.contains(&byte)),
            (Class::Letters, _) => fits(byte.is_ascii_uppercase() || byte == b'<'),
            (Class::Any, _) => {
                fits(byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<')
            }
            (Class::Date | Class::Digit, b'O') => Some(b'0'),
            (Class::Date, _) => fits(byte.is_ascii_digit() || byte == b'<'),
            (Class::Digit, _) => fits(byte.is_ascii_digit()),
        }
    }
}

impl CheckDigit {
    fn holds(&self, zone: &[u8]) -> bool {
        let Some(&digit) = zone.get(self.at) else { return false };
        if self.optional && digit == b'<' {
            return true;
        }
        let mut covered = [0; LONGEST];
        let bytes = self.over.iter().filter_map(|&(start, end)| zone.get(start..end)).flatten();
        let mut len = 0;
        for (place, &byte) in covered.iter_mut().zip(bytes) {
            *place = byte;
            len += 1;
        }
        let covered = covered.get(..len).unwrap_or_default();
        digit.is_ascii_digit() && u32::from(digit - b'0') == weighted::sum(covered, &[7, 3, 1]) % 10
    }
}

/// Characters of the longest zone.
const LONGEST: usize = 90;

const SEX: Class = Class::OneOf(b"MFX<");

/// A check digit that may be filler: where there is no number, or where it is long.
const OPTIONAL: Class = Class::Date;

static PASSPORT: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"P")),
        (43, Class::Letters),
        (9, Class::Any),
        (1, Class::Digit),
        (3, Class::Letters),
        (6, Class::Date),
        (1, Class::Digit),
        (1, SEX),
        (6, Class::Date),
        (1, Class::Digit),
        (14, Class::Any),
        (1, OPTIONAL),
        (1, Class::Digit),
    ],
    number: 44..53,
    digits: &[
        CheckDigit { at: 53, over: &[(44, 53)], optional: false },
        CheckDigit { at: 63, over: &[(57, 63)], optional: false },
        CheckDigit { at: 71, over: &[(65, 71)], optional: false },
        CheckDigit { at: 86, over: &[(72, 86)], optional: true },
        CheckDigit { at: 87, over: &[(44, 54), (57, 64), (65, 87)], optional: false },
    ],
};

static CARD: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"ACI")),
        (1, Class::Any),
        (3, Class::Letters),
        (9, Class::Any),
        (1, OPTIONAL),
        (15, Class::Any),
        (6, Class::Date),
        (1, Class::Digit),
        (1, SEX),
        (6, Class::Date),
        (1, Class::Digit),
        (3, Class::Letters),
        (11, Class::Any),
        (1, Class::Digit),
        (30, Class::Letters),
    ],
    number: 5..14,
    digits: &[
        CheckDigit { at: 14, over: &[(5, 14)], optional: true },
        CheckDigit { at: 36, over: &[(30, 36)], optional: false },
        CheckDigit { at: 44, over: &[(38, 44)], optional: false },
        CheckDigit { at: 59, over: &[(5, 30), (30, 37), (38, 45), (48, 59)], optional: false },
    ],
};

static DOCUMENT: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"ACIP")),
        (35, Class::Letters),
        (9, Class::Any),
        (1, OPTIONAL),
        (3, Class::Letters),
        (6, Class::Date),
        (1, Class::Digit),
        (1, SEX),
        (6, Class::Date),
        (1, Class::Digit),
        (7, Class::Any),
        (1, Class::Digit),
    ],
    number: 36..45,
    digits: &[
        CheckDigit { at: 45, over: &[(36, 45)], optional: true },
        CheckDigit { at: 55, over: &[(49, 55)], optional: false },
        CheckDigit { at: 63, over: &[(57, 63)], optional: false },
        CheckDigit { at: 71, over: &[(36, 46), (49, 56), (57, 71)], optional: false },
    ],
};

static VISA_A: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"V")),
        (1, Class::Any),
        (42, Class::Letters),
        (9, Class::Any),
        (1, Class::Digit),
        (3, Class::Letters),
        (6, Class::Date),
        (1, Class::Digit),
        (1, SEX),
        (6, Class::Date),
        (1, Class::Digit),
        (16, Class::Any),
    ],
    number: 44..53,
    digits: &[
        CheckDigit { at: 53, over: &[(44, 53)], optional: false },
        CheckDigit { at: 63, over: &[(57, 63)], optional: false },
        CheckDigit { at: 71, over: &[(65, 71)], optional: false },
    ],
};

static VISA_B: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"V")),
        (1, Class::Any),
        (34, Class::Letters),
        (9, Class::Any),
        (1, Class::Digit),
        (3, Class::Letters),
        (6, Class::Date),
        (1, Class::Digit),
        (1, SEX),
        (6, Class::Date),
        (1, Class::Digit),
        (8, Class::Any),
    ],
    number: 36..45,
    digits: &[
        CheckDigit { at: 45, over: &[(36, 45)], optional: false },
        CheckDigit { at: 55, over: &[(49, 55)], optional: false },
        CheckDigit { at: 63, over: &[(57, 63)], optional: false },
    ],
};

static CNI: Zone = Zone {
    classes: &[
        (1, Class::OneOf(b"I")),
        (1, Class::OneOf(b"D")),
        (1, Class::OneOf(b"F")),
        (1, Class::OneOf(b"R")),
        (1, Class::OneOf(b"A")),
        (25, Class::Letters),
        (6, Class::Any),
        (12, Class::Any),
        (1, Class::Digit),
        (14, Class::Letters),
        (6, Class::Digit),
        (1, Class::Digit),
        (1, Class::OneOf(b"MF")),
        (1, Class::Digit),
    ],
    number: 36..48,
    digits: &[
        CheckDigit { at: 48, over: &[(36, 48)], optional: false },
        CheckDigit { at: 69, over: &[(63, 69)], optional: false },
        CheckDigit { at: 71, over: &[(0, 71)], optional: false },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn check(detector: &Detector, text: &str) -> Option<Proof> {
        let joined = text.replace('\n', "");
        (detector.check)(&Value {
            text: joined.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    fn zones() -> [(&'static Detector, &'static Zone, usize); 3] {
        [(&TD3, &PASSPORT, 88), (&TD1, &CARD, 90), (&TD2, &DOCUMENT, 72)]
    }

    #[test]
    fn specimens_pass_whole_and_are_marked() {
        for (detector, _, len) in zones() {
            for valid in detector.valid {
                let proof = check(detector, valid).unwrap_or_else(|| panic!("{valid}"));
                assert_eq!((proof.len, proof.test), (len, true), "{valid}");
                assert_eq!(proof.evidence, [Evidence::Check("icao-9303".into())]);
            }
        }
    }

    #[test]
    fn near_misses_and_fragments_do_not_pass() {
        for (detector, _, _) in zones() {
            for (invalid, why) in detector.invalid {
                assert_eq!(check(detector, invalid), None, "{why}");
            }
            let valid = detector.valid[0];
            assert_eq!(check(detector, &valid[..valid.len() - 1]), None);
            assert_eq!(check(detector, ""), None);
        }
    }

    #[test]
    fn each_kind_takes_its_own_documents_only() {
        for (detector, _, _) in zones() {
            for (other, _, _) in zones().into_iter().filter(|(other, _, _)| other.id != detector.id)
            {
                for valid in other.valid {
                    assert_eq!(check(detector, valid), None, "{}: {valid}", detector.id);
                }
            }
        }
    }

    #[test]
    fn one_wrong_digit_where_a_check_digit_looks_is_refused() {
        for (detector, zone, _) in zones() {
            let valid = detector.valid[0].replace('\n', "");
            let covered = zone
                .digits
                .iter()
                .flat_map(|digit| digit.over.iter().flat_map(|&(start, end)| start..end));
            for at in covered.filter(|&at| valid.as_bytes()[at].is_ascii_digit()) {
                let digit = (valid.as_bytes()[at] - b'0' + 1) % 10;
                let flipped = format!("{}{digit}{}", &valid[..at], &valid[at + 1..]);
                assert_eq!(check(detector, &flipped), None, "{flipped}");
            }
        }
    }

    #[test]
    fn visas_come_in_two_sizes_and_french_cards_in_one() {
        for (detector, lens) in [(&VISA, [88, 72]), (&FR_CNI, [72, 72])] {
            for (valid, len) in detector.valid.iter().zip(lens) {
                let proof = check(detector, valid).unwrap_or_else(|| panic!("{valid}"));
                assert_eq!((proof.len, proof.test), (len, detector.id == VISA.id), "{valid}");
                assert_eq!(check(detector, &valid[..valid.len() - 1]), None, "{valid}");
                for (other, _, _) in zones() {
                    assert_eq!(check(other, valid), None, "{}: {valid}", other.id);
                }
            }
            for (invalid, why) in detector.invalid {
                assert_eq!(check(detector, invalid), None, "{why}");
            }
            for other in zones().iter().flat_map(|(other, _, _)| other.valid) {
                assert_eq!(check(detector, other), None, "{}: {other}", detector.id);
            }
        }
    }

    #[test]
    fn one_wrong_digit_of_a_visa_or_a_french_card_is_refused() {
        let zones = [
            (&VISA, &VISA_A, VISA.valid[0]),
            (&VISA, &VISA_B, VISA.valid[1]),
            (&FR_CNI, &CNI, FR_CNI.valid[1]),
        ];
        for (detector, zone, valid) in zones {
            let valid = valid.replace('\n', "");
            let ranges = zone.digits.iter().flat_map(|digit| digit.over);
            for at in ranges.flat_map(|&(start, end)| start..end) {
                if !valid.as_bytes()[at].is_ascii_digit() {
                    continue;
                }
                let digit = (valid.as_bytes()[at] - b'0' + 1) % 10;
                let flipped = format!("{}{digit}{}", &valid[..at], &valid[at + 1..]);
                assert_eq!(check(detector, &flipped), None, "{flipped}");
            }
        }
    }

    #[test]
    fn the_letter_o_is_read_as_zero_among_digits() {
        let read = TD3.valid[1].replace("6408125F2702283", "64O8125F27O2283");
        assert!(check(&TD3, &read).is_some());
        let in_number = TD3.valid[1].replace("C01X0006H", "C01XOOO6H");
        assert_eq!(check(&TD3, &in_number), None);
    }

    #[test]
    fn a_number_of_more_than_nine_characters_has_no_check_digit_of_its_own() {
        let long = "I<UTOD23145890<7349<<<<<<<<<<<\n\
                    3407127M9507122UTO<<<<<<<<<<<2\n\
                    STEVENSON<<PETER<JOHN<<<<<<<<<";
        assert!(check(&TD1, long).is_some());
    }

    #[test]
    fn an_empty_form_is_no_document() {
        let line = format!("P<UTO{}", "<".repeat(39));
        let empty = format!("{line}<<<<<<<<<0UTO<<<<<<0<<<<<<<0<<<<<<<<<<<<<<<0");
        assert_eq!(empty.len(), 88);
        assert_eq!(check(&TD3, &empty), None);
    }

    #[test]
    fn characters_behind_the_zone_are_left() {
        let text = format!("{}<<", TD3.valid[0]);
        assert_eq!(check(&TD3, &text).unwrap().len, 88);
    }
}
