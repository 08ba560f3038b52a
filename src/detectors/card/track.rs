//! What the magnetic stripe and the chip hold: tracks 1 and 2.

use super::pan::Card;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};

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

/// Track 2 as a chip hands it out, EMV tag 57 (and 9F6B for cards read without contact).
pub(crate) static TRACK2_EQUIVALENT: Detector = Detector {
    id: "card.track2-equivalent",
    name: "EMV track 2 equivalent data (tag 57)",
    category: Category::CardSecurity,
    country: None,
    format: "Card number, D, expiry YYMM, service code, further digits, F where the whole would end \
             within a byte; in hexadecimal, perhaps behind the tag 57 or 9F6B and a length byte.",
    forms: &[
        Form::Layout("9{12,23}D9{7,27}F"),
        Form::Layout("9{12,23}D9{7,27}"),
        Form::Layout("9{12,23}d9{7,27}f"),
        Form::Layout("9{12,23}d9{7,27}"),
        Form::Layout("9{3}A9{12,19}D9{7,27}F"),
        Form::Layout("9{3}A9{12,19}D9{7,27}"),
        Form::Layout("9F6B9X9{12,19}D9{7,27}F"),
        Form::Layout("9F6B9X9{12,19}D9{7,27}"),
    ],
    edges: Edges::Alnum,
    check: track2_equivalent,
    scores: Scores::STRONG,
    keywords: &[
        "track 2 equivalent",
        "track2 equivalent",
        "track2 equivalent data",
        "emv",
        "tag 57",
        "tlv",
        "icc data",
        "field 55",
        "de55",
    ],
    window: (60, 40),
    pass_rate: 0.0008,
    wrong_digit_rate: 0.362,
    sources: &["EMV 4.3, book 3, annex A: tag 57", "EMV contactless, book C-2: tag 9F6B"],
    valid: &[
        "4761739001010119D22122011758928889",
        "4761739001010119d22122011758928889f",
        "57134761739001010119D22122011143804400000F",
        "57114761739001010119D22122011234567890",
        "570C4761739001010119D2212201",
        "9F6B0C4761739001010119D2212201",
        "9F6B134761739001010119D22122011143804400000F",
        "5413330089010434d22122011758928889",
    ],
    invalid: &[
        ("4761739001010118D22122011758928889", "the Luhn digit of the card number is wrong"),
        ("4761739001010119D22132011758928889", "there is no month 13"),
        ("4761739001010119D22123011758928889", "no service code begins with 3"),
        ("57124761739001010119D22122011143804400000F", "the length byte says eighteen bytes"),
    ],
};

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
    fn service_code(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        if let Some(absent) = rest.strip_prefix(&[self.separator]) {
            return Some(absent);
        }
        let (code, behind) = rest.split_first_chunk::<3>()?;
        is_service_code(code).then_some(behind)
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
        evidence.push(Evidence::Check("structure".into()));
        Some(Proof { evidence, len: self.text.len() - behind.len(), adjust: 0, test: card.test })
    }
}

/// Returns whether a service code is assigned.
///
/// ISO/IEC 7813, table 3: interchange, authorisation, allowed services.
pub(super) fn is_service_code([interchange, authorisation, services]: &[u8; 3]) -> bool {
    b"125679".contains(interchange)
        && b"024".contains(authorisation)
        && (b'0'..=b'7').contains(services)
}

/// Returns whether track 1 can hold `byte` behind its service code: the six-bit set of ISO/IEC 7811
/// without `"`, `/` and the end sentinel, with the small letters that copies hold.
fn is_track1(byte: u8) -> bool {
    matches!(byte, b' '..=b'_' | b'a'..=b'z') && !b"\"/?".contains(&byte)
}

/// As track 2 with D for its separator; behind a tag the length byte counts what follows it.
fn track2_equivalent(value: &Value<'_>) -> Option<Proof> {
    let track = Track { text: untagged(value.text), separator: b'D' };
    let (pan, rest) = track.pan(track.text)?;
    let rest = track.service_code(track.expiry(rest)?)?;
    let rest = rest.strip_suffix(b"F").unwrap_or(rest);
    let holds = rest.len() <= 20 && rest.iter().all(u8::is_ascii_digit);
    let proof = holds.then(|| track.proof(pan, b""))??;
    Some(Proof { len: value.text.len(), ..proof })
}

/// Returns the text behind its tag, if it begins with one and the length byte is right.
fn untagged(text: &[u8]) -> &[u8] {
    let behind = |tag: &[u8]| {
        let (length, data) = text.strip_prefix(tag)?.split_first_chunk::<2>()?;
        let length = std::str::from_utf8(length).ok()?;
        let bytes = usize::from_str_radix(length, 16).ok()?;
        (data.len() == 2 * bytes).then_some(data)
    };
    behind(b"57").or_else(|| behind(b"9F6B")).unwrap_or(text)
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
    fn samples_of_tracks_pass_whole_and_near_misses_do_not() {
        for (detector, check) in [(&TRACK1, track1 as fn(&Value<'_>) -> _), (&TRACK2, track2)] {
            for valid in detector.valid {
                let proof = track(check, valid).unwrap_or_else(|| panic!("{valid}"));
                assert_eq!((proof.len, proof.test), (valid.len(), true), "{valid}");
                assert_eq!(proof.evidence[0], Evidence::Check("luhn".into()));
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
}
