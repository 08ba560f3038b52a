//! Text strings of PDF objects.
//!
//! Source: ISO 32000-2, 7.9.2.2 (text strings) and annex D.3 (PDFDocEncoding).

/// The characters of PDFDocEncoding from 0x80 on that are not those of ISO 8859-1.
const FROM_80: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// Returns the text of a string, or nothing where it holds bytes that are none: a digest, a key.
pub(crate) fn decoded(bytes: &[u8]) -> Option<String> {
    let text: String = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| character(*byte)).collect(),
    };
    let is_odd = |c: &char| c.is_control() && !c.is_whitespace();
    let odd = text.chars().filter(is_odd).count();
    let is_text = !text.is_empty() && odd * 10 <= text.len();
    is_text.then(|| text.chars().filter(|c| !is_odd(c)).collect())
}

fn character(byte: u8) -> char {
    let index = usize::from(byte).checked_sub(0x80);
    index.and_then(|index| FROM_80.get(index)).copied().unwrap_or(char::from(byte))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
