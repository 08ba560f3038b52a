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
    is_standard(byte) || is_url_safe(byte)
}

/// Returns the bytes that a text of either alphabet without padding writes, what is left of its last group
/// included; `None` for other alphabets, the empty text and lengths that no text has.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let fits = !text.is_empty() && text.len() % 4 != 1 && text.iter().all(is_either);
    fits.then(|| text.chunks(4).flat_map(bytes_of).collect())
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
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
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
            assert_eq!(is_either(&byte), sextet(byte).is_some(), "{byte}");
        }
        let count = |is: fn(&u8) -> bool| (0..=u8::MAX).filter(is).count();
        assert_eq!((count(is_standard), count(is_url_safe)), (64, 64));
    }
}
