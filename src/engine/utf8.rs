//! One character at a time out of bytes that may not be UTF-8.

/// Returns the character at the start of `bytes` and its width.
///
/// Bytes that are not UTF-8 count as ISO 8859-1, one character each.
pub(crate) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let width = match first {
        0..0x80 => return Some((char::from(first), 1)),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let decoded = bytes.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let character = decoded.and_then(|text| text.chars().next());
    Some(character.map_or((char::from(first), 1), |character| (character, width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_latin1_where_utf8_fails() {
        assert_eq!(decode("é!".as_bytes()), Some(('é', 2)));
        assert_eq!(decode(b"\xe9!"), Some(('é', 1)));
        assert_eq!(decode(b""), None);
    }
}
