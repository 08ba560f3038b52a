//! One character at a time out of bytes that may not be UTF-8.

/// Returns the character at the start of `bytes` and its width.
///
/// Bytes that are not UTF-8 count as ISO 8859-1, one character each.
pub(crate) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let width = match (first, bytes.get(1)) {
        (0..0x80, _) => return Some((char::from(first), 1)),
        (0xc2..0xe0, Some(next @ 0x80..0xc0)) => {
            let code = u32::from(first & 0x1f) << 6 | u32::from(next & 0x3f);
            return char::from_u32(code).map(|character| (character, 2));
        }
        (0xe0..0xf0, Some(0x80..0xc0)) => 3,
        (0xf0.., Some(0x80..0xc0)) => 4,
        _ => return Some((char::from(first), 1)),
    };
    let decoded = bytes.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let character = decoded.and_then(|text| text.chars().next());
    Some(character.map_or((char::from(first), 1), |character| (character, width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_every_character_of_utf8() {
        for character in '\0'..=char::MAX {
            let text = character.encode_utf8(&mut [0; 4]).to_owned();
            let whole = Some((character, text.len()));
            assert_eq!(decode(text.as_bytes()), whole);
        }
    }

    #[test]
    fn decodes_latin1_where_utf8_fails() {
        assert_eq!(decode("é!".as_bytes()), Some(('é', 2)));
        assert_eq!(decode(b"\xe9!"), Some(('é', 1)));
        assert_eq!(decode(b"\xc1\x81"), Some(('Á', 1)));
        assert_eq!(decode(b""), None);
    }
}
