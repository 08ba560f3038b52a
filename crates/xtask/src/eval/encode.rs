//! Encodings of bytes and texts, with the place that a stretch comes to.

use std::ops::Range;

/// The alphabet of RFC 4648, section 4.
pub const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The alphabet for addresses and file names, RFC 4648, section 5.
pub const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Returns the bytes in base64, padded.
pub fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut padded = [0; 3];
        padded.iter_mut().zip(group).for_each(|(to, from)| *to = *from);
        let [a, b, c] = padded.map(usize::from);
        let sextets = [a >> 2, (a & 3) << 4 | b >> 4, (b & 15) << 2 | c >> 6, c & 63];
        let written = sextets.iter().take(group.len() + 1);
        text.extend(written.filter_map(|s| alphabet.get(*s)).map(|byte| char::from(*byte)));
        text.push_str("=".repeat(3 - group.len()).as_str());
    }
    text
}

/// Returns the text with a line end after every `width` characters, each of one byte.
pub fn wrapped(text: &str, width: usize, end: &str) -> String {
    let characters = text.chars().enumerate();
    let pieces = characters.flat_map(|(at, c)| {
        let breaks = at > 0 && at % width == 0;
        breaks.then(|| end.chars()).into_iter().flatten().chain([c])
    });
    pieces.collect()
}

/// Returns where a stretch of bytes stands in their base64, in lines of `width` characters.
pub fn base64_span(span: &Range<usize>, lines: Option<(usize, usize)>) -> Range<usize> {
    let (start, end) = (span.start * 8 / 6, (span.end * 8).div_ceil(6));
    let shift = |at: usize| lines.map_or(at, |(width, end)| at + at / width * end);
    shift(start)..shift(end)
}

/// Returns the text in units of two or four bytes, and where a stretch of it comes to.
pub fn units(text: &str, span: &Range<usize>, unit: Unit) -> (Vec<u8>, Range<usize>) {
    let len = |text: &str| unit.encode(text).len();
    let before = |end: usize| text.get(..end).map_or(0, len);
    (unit.encode(text), before(span.start)..before(span.end))
}

/// How wide a unit is and which byte comes first.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Unit {
    fn encode(self, text: &str) -> Vec<u8> {
        let wide = || text.chars().map(u32::from);
        match self {
            Unit::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Unit::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Unit::Utf32Le => wide().flat_map(u32::to_le_bytes).collect(),
            Unit::Utf32Be => wide().flat_map(u32::to_be_bytes).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // RFC 4648, section 10.
        let vectors = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let texts = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (bytes, text) in vectors.iter().zip(texts) {
            assert_eq!(base64(bytes.as_bytes(), STANDARD), text);
        }
        assert_eq!(base64(&[0xfb, 0xff], STANDARD), "+/8=");
        assert_eq!(base64(&[0xfb, 0xff], URL_SAFE), "-_8=");
    }

    #[test]
    fn a_stretch_is_where_its_characters_are() {
        let bytes: Vec<u8> = (0..200).collect();
        let plain = base64(&bytes, STANDARD);
        let broken = wrapped(&plain, 76, "\r\n");
        for start in (0..150).step_by(3) {
            let span = start..start + 33;
            let own = base64(&bytes[span.clone()], STANDARD);
            assert_eq!(&plain[base64_span(&span, None)], own);
            let stretch = &broken[base64_span(&span, Some((76, 2)))];
            assert_eq!(stretch.replace("\r\n", ""), own);
        }
    }

    #[test]
    fn lines_are_no_longer_than_asked() {
        assert_eq!(wrapped("abcdefg", 3, "\n"), "abc\ndef\ng");
        assert_eq!(wrapped("abc", 3, "\n"), "abc");
    }

    #[test]
    fn units_count_before_the_stretch() {
        let text = "ä 𝟒 77";
        let span = text.find("77").unwrap()..text.len();
        let (bytes, at) = units(text, &span, Unit::Utf16Le);
        assert_eq!(&bytes[at], b"7\x007\x00");
        let (bytes, at) = units(text, &span, Unit::Utf16Be);
        assert_eq!(&bytes[at], b"\x007\x007");
        let (bytes, at) = units(text, &span, Unit::Utf32Le);
        assert_eq!(&bytes[at], b"7\0\0\x007\0\0\0");
        let (bytes, at) = units(text, &span, Unit::Utf32Be);
        assert_eq!(&bytes[at], b"\0\0\x007\0\0\x007");
    }
}
