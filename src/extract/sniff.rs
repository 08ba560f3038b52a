//! What a payload is, told by its first bytes and never by its name.

use crate::coverage::GapReason;

/// Bytes at the start of a payload that decide what it is.
pub(crate) const SNIFF_REACH: usize = 4096;

/// How the bytes of a text stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// ASCII and whatever keeps it: UTF-8, ISO 8859, Windows-125x. Scanned as it lies.
    Ascii,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// UTF-32, little endian.
    Utf32Le,
    /// UTF-32, big endian.
    Utf32Be,
}

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) encoding: Encoding,
    /// Why the bytes as they lie are not all there is to read.
    pub(crate) gap: Option<GapReason>,
}

/// The first bytes of formats that hold more than they show: offset, bytes, reason. Sources: the
/// formats' own specifications; RFC 1952 (gzip), RFC 8878 (zstd), RFC 9580 (OpenPGP armour),
/// ISO/IEC 15948 (PNG), ISO/IEC 14496-12 (`ftyp`), ISO 32000 (PDF), MS-CFB, APPNOTE.TXT (zip).
const MAGIC: &[(usize, &[u8], GapReason)] = &[
    (0, b"PK\x03\x04", GapReason::Archive),
    (0, b"PK\x05\x06", GapReason::Archive),
    (0, b"\x1f\x8b", GapReason::Archive),
    (0, b"BZh", GapReason::Archive),
    (0, b"\xfd7zXZ\0", GapReason::Archive),
    (0, b"\x28\xb5\x2f\xfd", GapReason::Archive),
    (0, b"7z\xbc\xaf\x27\x1c", GapReason::Archive),
    (0, b"Rar!\x1a\x07", GapReason::Archive),
    (257, b"ustar", GapReason::Archive),
    (0, b"%PDF-", GapReason::Document),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", GapReason::Document),
    (0, b"{\\rtf", GapReason::Document),
    (0, b"SQLite format 3\0", GapReason::Document),
    (0, b"PAR1", GapReason::Document),
    (0, b"\x89PNG\r\n\x1a\n", GapReason::Media),
    (0, b"\xff\xd8\xff", GapReason::Media),
    (0, b"GIF8", GapReason::Media),
    (0, b"II*\0", GapReason::Media),
    (0, b"MM\0*", GapReason::Media),
    (8, b"WEBP", GapReason::Media),
    (8, b"WAVE", GapReason::Media),
    (8, b"AVI ", GapReason::Media),
    (0, b"ID3", GapReason::Media),
    (0, b"\xff\xfb", GapReason::Media),
    (0, b"OggS", GapReason::Media),
    (0, b"fLaC", GapReason::Media),
    (4, b"ftyp", GapReason::Media),
    (0, b"\x1aE\xdf\xa3", GapReason::Media),
    (0, b"Salted__", GapReason::Encrypted),
    (0, b"age-encryption.org/", GapReason::Encrypted),
    (0, b"-----BEGIN PGP MESSAGE", GapReason::Encrypted),
    (0, b"\x7fELF", GapReason::Binary),
];

/// For each first byte of a payload the entries of [`MAGIC`] that it may be one of, a bit each: most texts
/// begin with none, and what a field of a form pays for is these looks.
static POSSIBLE: [u64; 256] = {
    let mut possible = [0; 256];
    let mut index = 0;
    while index < MAGIC.len() {
        let (offset, bytes, _) = MAGIC[index];
        let mut first = 0;
        while first < possible.len() {
            if offset > 0 || bytes[0] as usize == first {
                possible[first] |= 1 << index;
            }
            first += 1;
        }
        index += 1;
    }
    possible
};
const _: () = assert!(MAGIC.len() <= u64::BITS as usize, "each entry has a bit");

impl Content {
    /// Tells what a payload is from its first [`SNIFF_REACH`] bytes, or all of them.
    pub(crate) fn of(prefix: &[u8]) -> Content {
        let plain = |gap| Content { encoding: Encoding::Ascii, gap };
        if let Some(encoding) = utf32(prefix).or_else(|| utf16(prefix)) {
            return Content { encoding, gap: None };
        }
        match magic(prefix) {
            Some((b"PK\x03\x04", _)) => plain(Some(zip(prefix))),
            Some((_, reason)) => plain(Some(reason)),
            None => plain(is_binary(prefix).then_some(GapReason::Binary)),
        }
    }
}

/// Returns the first entry of [`MAGIC`] that a payload begins as.
fn magic(prefix: &[u8]) -> Option<(&'static [u8], GapReason)> {
    let mut possible = POSSIBLE.get(usize::from(*prefix.first()?)).copied()?;
    let mut entries = std::iter::from_fn(|| {
        let entry = MAGIC.get(possible.trailing_zeros() as usize);
        possible &= possible.wrapping_sub(1);
        entry
    });
    let fits = |(offset, bytes, reason): &'static (usize, &'static [u8], GapReason)| {
        let rest = prefix.get(*offset..)?;
        (rest.first() == bytes.first() && rest.starts_with(bytes)).then_some((*bytes, *reason))
    };
    entries.find_map(fits)
}

/// A zip whose first member is encrypted, or is the first of an office document.
fn zip(prefix: &[u8]) -> GapReason {
    let encrypted = prefix.get(6).is_some_and(|flags| flags & 1 != 0);
    let name = prefix.get(30..).unwrap_or_default();
    let office = name.starts_with(b"[Content_Types].xml") || name.starts_with(b"mimetype");
    match (encrypted, office) {
        (true, _) => GapReason::Encrypted,
        (_, true) => GapReason::Document,
        _ => GapReason::Archive,
    }
}

/// UTF-32 by its mark, or where every four bytes are a character of a text.
fn utf32(prefix: &[u8]) -> Option<Encoding> {
    match prefix {
        [0xff, 0xfe, 0, 0, ..] => return Some(Encoding::Utf32Le),
        [0, 0, 0xfe, 0xff, ..] => return Some(Encoding::Utf32Be),
        _ => {}
    }
    let (units, _) = prefix.as_chunks::<4>();
    let all = |number: fn([u8; 4]) -> u32| {
        let is_text = |unit: &[u8; 4]| char::from_u32(number(*unit)).is_some_and(is_written);
        units.len() >= 4 && units.iter().all(is_text)
    };
    let little = all(u32::from_le_bytes).then_some(Encoding::Utf32Le);
    little.or_else(|| all(u32::from_be_bytes).then_some(Encoding::Utf32Be))
}

fn is_written(character: char) -> bool {
    !character.is_control() || matches!(character, '\t' | '\n' | '\r')
}

/// UTF-16 by its mark, or by a zero in every other byte of nearly all pairs.
fn utf16(prefix: &[u8]) -> Option<Encoding> {
    match prefix {
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    // Nearly all texts have no zero at all.
    memchr::memchr(0, prefix)?;
    let pairs = prefix.len() / 2;
    let (mut low_zero, mut high_zero) = (0, 0);
    for pair in prefix.chunks_exact(2) {
        low_zero += usize::from(matches!(pair, [0, other] if *other != 0));
        high_zero += usize::from(matches!(pair, [other, 0] if *other != 0));
    }
    let nearly_all =
        |count: usize, other: usize| pairs >= 4 && count * 10 >= pairs * 7 && other == 0;
    if nearly_all(high_zero, low_zero) {
        Some(Encoding::Utf16Le)
    } else if nearly_all(low_zero, high_zero) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// A zero byte, or one control character in ten.
fn is_binary(prefix: &[u8]) -> bool {
    let control = |byte: &u8| u8::from(matches!(byte, 1..=7 | 14..=26 | 28..=31));
    // Counted in bytes, of which a vector holds most.
    let few = prefix.chunks(usize::from(u8::MAX));
    let controls: usize = few.map(|few| usize::from(few.iter().map(control).sum::<u8>())).sum();
    controls * 10 > prefix.len() || memchr::memchr(0, prefix).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(prefix: &[u8]) -> Option<GapReason> {
        Content::of(prefix).gap
    }

    #[test]
    fn tells_formats_by_their_first_bytes() {
        assert_eq!(gap(b"PK\x03\x04\x14\0\0\0"), Some(GapReason::Archive));
        assert_eq!(gap(b"PK\x03\x04\x14\0\x01\0"), Some(GapReason::Encrypted));
        assert_eq!(gap(b"%PDF-1.7"), Some(GapReason::Document));
        assert_eq!(gap(b"\x89PNG\r\n\x1a\n"), Some(GapReason::Media));
        assert_eq!(gap(b"a\0b"), Some(GapReason::Binary));
        assert_eq!(gap("naïve text".as_bytes()), None);
        assert_eq!(gap(b""), None);
    }

    #[test]
    fn tells_wide_encodings_with_and_without_a_mark() {
        let le: Vec<u8> = "card 4111".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "card 4111".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(Content::of(&le).encoding, Encoding::Utf16Le);
        assert_eq!(Content::of(&be).encoding, Encoding::Utf16Be);
        assert_eq!(Content::of(b"\xff\xfea\0").encoding, Encoding::Utf16Le);
        let le: Vec<u8> = "card 4111".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let be: Vec<u8> = "card 4111".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!(Content::of(&le).encoding, Encoding::Utf32Le);
        assert_eq!(Content::of(&be).encoding, Encoding::Utf32Be);
        assert_eq!(Content::of(b"\xff\xfe\0\0a\0\0\0").encoding, Encoding::Utf32Le);
        assert_eq!(Content::of(b"\0\0\xfe\xff").encoding, Encoding::Utf32Be);
        assert_eq!(Content::of(b"plain").encoding, Encoding::Ascii);
    }
}
