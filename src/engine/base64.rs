//! The alphabets of base64 and what is written in them. Source: RFC 4648, 4 and 5.

/// Whether a byte is of the alphabet of section 4.
pub(crate) fn is_standard(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// Whether a byte is of the alphabet of section 5, for addresses and file names.
pub(crate) fn is_url_safe(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Whether a byte is of either alphabet.
pub(crate) fn is_either(byte: &u8) -> bool {
    sextet(*byte).is_some()
}

/// Returns the bytes that a text of either alphabet without padding writes, what is left of its last group
/// included; `None` for other alphabets, the empty text and lengths that no text has.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let fits = !text.is_empty() && text.len() % 4 != 1 && text.iter().all(is_either);
    fits.then(|| bytes(text).collect())
}

/// Iterates over the bytes that a text of either alphabet writes, up to its first other character.
pub(crate) fn bytes(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut sum = 0_u32;
    let sextets = text.iter().map_while(|byte| sextet(*byte)).enumerate();
    sextets.filter_map(move |(index, sextet)| {
        sum = sum << 6 | u32::from(sextet);
        let place = index % 4;
        // Of four characters the first ends no byte.
        (place > 0).then(|| (sum >> (6 - 2 * place)) as u8)
    })
}

/// Returns the bytes that up to four characters write, those behind the first other character left out.
pub(crate) fn bytes_of(quantum: &[u8]) -> impl Iterator<Item = u8> + use<> {
    let sextets = quantum.iter().take(4).map_while(|byte| sextet(*byte));
    let count = sextets.clone().count();
    let sum = sextets.fold(0_u32, |sum, sextet| sum << 6 | u32::from(sextet));
    let [_, bytes @ ..] = (sum << (6 * (4 - count))).to_be_bytes();
    bytes.into_iter().take((count * 6) / 8)
}

/// Returns the value of a character of either alphabet.
fn sextet(byte: u8) -> Option<u8> {
    VALUES.get(usize::from(byte)).copied().filter(|value| *value < NONE)
}

/// What stands in [`VALUES`] for a byte of neither alphabet.
const NONE: u8 = 64;

/// The value of each byte.
static VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut byte = 0;
    while byte < values.len() {
        values[byte] = value(byte as u8);
        byte += 1;
    }
    values
};

const fn value(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_rfc_4648() {
        for (text, bytes) in [("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")] {
            assert_eq!(decode(text.as_bytes()).unwrap(), bytes.as_bytes());
        }
        assert_eq!(decode(b"-_-_"), Some(vec![0xfb, 0xff, 0xbf]));
        for text in ["", "Z", "Zg==", "Zm 8"] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn every_byte_of_an_alphabet_has_a_value_and_no_other() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_either(&byte), is_standard(&byte) || is_url_safe(&byte), "{byte}");
        }
        let count = |is: fn(&u8) -> bool| (0..=u8::MAX).filter(is).count();
        assert_eq!((count(is_standard), count(is_url_safe)), (64, 64));
    }
}
