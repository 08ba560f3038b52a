//! Base64 of RFC 4648 without padding, either alphabet.

/// Returns the bytes that a text writes, what is left of its last group included; `None` for other
/// alphabets, the empty text and lengths that no text has.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    (!text.is_empty() && text.len() % 4 != 1).then_some(())?;
    let values = text.iter().map(value).collect::<Option<Vec<u32>>>()?;
    let bytes = values.chunks(4).flat_map(|group| {
        let bits = group.iter().fold(0, |bits, value| bits << 6 | value);
        let [_, bytes @ ..] = (bits << (6 * (4 - group.len()))).to_be_bytes();
        bytes.into_iter().take(group.len() - 1)
    });
    Some(bytes.collect())
}

fn value(byte: &u8) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
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
}
