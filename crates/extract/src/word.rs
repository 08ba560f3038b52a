//! The text of Word documents of before 2007.
//!
//! Source: MS-DOC 2.4.1 (retrieving text), 2.5 (the file information block), 2.8.35 and 2.9.177 (pieces).

use portcullis::coverage::GapReason;

/// What a document begins with, and where it says which of two streams holds its tables (MS-DOC 2.5.2).
const SIGNATURE: u16 = 0xa5ec;
const FLAGS: usize = 0x0a;
const IS_ENCRYPTED: u16 = 0x0100;
const IS_TABLE_1: u16 = 0x0200;

/// Where the place and the length of the piece table stand in the block of Word 97 and later (MS-DOC 2.5.6).
const PIECES: usize = 0x01a2;

/// Bit of a piece that is written in bytes, at twice its offset (MS-DOC 2.9.73).
const IS_BYTES: u32 = 1 << 30;

/// Returns which stream holds a document's tables.
///
/// # Errors
///
/// Why the document cannot be read.
pub(crate) fn table(document: &[u8]) -> Result<&'static str, GapReason> {
    let (signature, flags) = (u16_at(document, 0), u16_at(document, FLAGS));
    match (signature, flags) {
        (Some(SIGNATURE), Some(flags)) if flags & IS_ENCRYPTED != 0 => Err(GapReason::Encrypted),
        (Some(SIGNATURE), Some(flags)) if flags & IS_TABLE_1 != 0 => Ok("1Table"),
        (Some(SIGNATURE), Some(_)) => Ok("0Table"),
        _ => Err(GapReason::Damaged),
    }
}

/// Returns the pieces of a document's text in their order; nothing where its tables cannot be read.
pub(crate) fn pieces(document: &[u8], table: &[u8]) -> Option<Vec<String>> {
    let list = part(table, u32_at(document, PIECES)?, u32_at(document, PIECES + 4)?)?;
    let list = piece_table(list)?;
    // n + 1 places of characters of four bytes, then n pieces of eight (MS-DOC 2.8.35).
    let count = list.len().checked_sub(4)? / 12;
    let piece = |index: usize| {
        let start = u32_at(list, index * 4)?;
        let length = u32_at(list, index * 4 + 4)?.checked_sub(start)?;
        let place = u32_at(list, (count + 1) * 4 + index * 8 + 2)?;
        if place & IS_BYTES != 0 {
            let bytes = part(document, (place & !IS_BYTES) / 2, length)?;
            return Some(bytes.iter().map(|byte| shown(char::from(*byte))).collect());
        }
        let (units, _) = part(document, place, length.checked_mul(2)?)?.as_chunks::<2>();
        let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        Some(text.map(shown).collect())
    };
    let pieces: Vec<String> = (0..count).filter_map(piece).collect();
    (pieces.len() == count).then_some(pieces)
}

/// The piece table behind the formatting that comes before it (MS-DOC 2.9.38: kinds 1 and 2).
fn piece_table(mut list: &[u8]) -> Option<&[u8]> {
    loop {
        match list.split_first()? {
            (1, rest) => list = rest.get(2 + usize::from(u16_at(rest, 0)?)..)?,
            (2, rest) => return part(rest, 4, u32_at(rest, 0)?),
            _ => return None,
        }
    }
}

/// A character as it is shown: marks of cells, lines and paragraphs (MS-DOC 2.4.1) are what divides them.
fn shown(character: char) -> char {
    match character {
        '\u{7}' => '\t',
        '\u{b}'..='\r' => '\n',
        '\u{1e}' => '-',
        '\t' | ' '.. => character,
        _ => ' ',
    }
}

fn part(bytes: &[u8], at: u32, length: u32) -> Option<&[u8]> {
    bytes.get(usize::try_from(at).ok()?..)?.get(..usize::try_from(length).ok()?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
