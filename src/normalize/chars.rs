//! Characters that stand for an ASCII one, or for nothing.

/// What a character outside of ASCII comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folded {
    /// Itself.
    Same,
    /// One byte of ASCII.
    Byte(u8),
    /// Nothing that a reader sees.
    Gone,
}

/// The zeros of all decimal digits outside of ASCII; one to nine follow each. Source: Unicode 16.0,
/// `DerivedGeneralCategory.txt`, Nd.
const ZEROS: [u32; 73] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
    0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Characters in a row, the first and the last, and what they come to.
struct Row(u32, u32, To);

#[derive(Clone, Copy)]
enum To {
    /// All to the same.
    All(Folded),
    /// The first to this byte, each of the others to the next one.
    From(u8),
}

const BLANK: To = To::All(Folded::Byte(b' '));
const LINE: To = To::All(Folded::Byte(b'\n'));
const DASH: To = To::All(Folded::Byte(b'-'));
const DOT: To = To::All(Folded::Byte(b'.'));
const STROKE: To = To::All(Folded::Byte(b'/'));
const GONE: To = To::All(Folded::Gone);

/// All characters but the digits of [`ZEROS`] that come to something, by code. Source: Unicode 16.0, general
/// categories Zs and Pd, property `Default_Ignorable_Code_Point`; the compatibility forms of ASCII, which lie
/// as ASCII does; raised, lowered and circled digits.
const ROWS: [Row; 51] = [
    Row(0x85, 0x85, LINE),
    Row(0xa0, 0xa0, BLANK),
    Row(0xad, 0xad, GONE),
    Row(0xb2, 0xb3, To::From(b'2')),
    Row(0xb7, 0xb7, DOT),
    Row(0xb9, 0xb9, To::From(b'1')),
    Row(0x34f, 0x34f, GONE),
    Row(0x58a, 0x58a, DASH),
    Row(0x5be, 0x5be, DASH),
    Row(0x61c, 0x61c, GONE),
    Row(0x115f, 0x1160, GONE),
    Row(0x1680, 0x1680, BLANK),
    Row(0x17b4, 0x17b5, GONE),
    Row(0x1806, 0x1806, DASH),
    Row(0x180b, 0x180f, GONE),
    Row(0x2000, 0x200a, BLANK),
    Row(0x200b, 0x200f, GONE),
    Row(0x2010, 0x2015, DASH),
    Row(0x2022, 0x2022, DOT),
    Row(0x2024, 0x2024, DOT),
    Row(0x2027, 0x2027, DOT),
    Row(0x2028, 0x2029, LINE),
    Row(0x202a, 0x202e, GONE),
    Row(0x202f, 0x202f, BLANK),
    Row(0x2043, 0x2043, DASH),
    Row(0x2044, 0x2044, STROKE),
    Row(0x205f, 0x205f, BLANK),
    Row(0x2060, 0x206f, GONE),
    Row(0x2070, 0x2070, To::From(b'0')),
    Row(0x2074, 0x2079, To::From(b'4')),
    Row(0x2080, 0x2089, To::From(b'0')),
    Row(0x20e3, 0x20e3, GONE),
    Row(0x2212, 0x2212, DASH),
    Row(0x2215, 0x2215, STROKE),
    Row(0x2460, 0x2468, To::From(b'1')),
    Row(0x24ea, 0x24ea, To::From(b'0')),
    Row(0x2800, 0x2800, BLANK),
    Row(0x2e3a, 0x2e3b, DASH),
    Row(0x3000, 0x3000, BLANK),
    Row(0x30fb, 0x30fb, DOT),
    Row(0x3164, 0x3164, GONE),
    Row(0xfe00, 0xfe0f, GONE),
    Row(0xfe58, 0xfe58, DASH),
    Row(0xfe63, 0xfe63, DASH),
    Row(0xfeff, 0xfeff, GONE),
    Row(0xff01, 0xff5e, To::From(b'!')),
    Row(0xffa0, 0xffa0, GONE),
    Row(0xfff0, 0xfff8, GONE),
    Row(0x1bca0, 0x1bca3, GONE),
    Row(0x1d173, 0x1d17a, GONE),
    Row(0xe0000, 0xe0fff, GONE),
];

/// Returns what a character outside of ASCII comes to.
pub(super) fn fold(character: char) -> Folded {
    let code = character as u32;
    if code < PLANE && !may_fold(code) {
        return Folded::Same;
    }
    let row = ROWS.partition_point(|row| row.0 <= code).checked_sub(1);
    match row.and_then(|index| ROWS.get(index)).filter(|row| code <= row.1) {
        Some(Row(.., To::All(folded))) => *folded,
        Some(Row(first, _, To::From(byte))) => Folded::Byte(byte + (code - first) as u8),
        None => digit(code).map_or(Folded::Same, |digit| Folded::Byte(b'0' + digit)),
    }
}

/// Returns the value of a decimal digit of [`ZEROS`].
fn digit(code: u32) -> Option<u8> {
    let zero = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1);
    let value = zero.and_then(|index| ZEROS.get(index)).map(|zero| code - zero);
    value.filter(|value| *value < 10).map(|value| value as u8)
}

/// Characters of the Basic Multilingual Plane.
const PLANE: u32 = 0x1_0000;

/// A bit for each character of the Basic Multilingual Plane that comes to something.
static FOLDS: [u64; PLANE as usize / 64] = {
    let mut bits = [0; PLANE as usize / 64];
    let mut index = 0;
    while index < ROWS.len() {
        set(&mut bits, ROWS[index].0, ROWS[index].1);
        index += 1;
    }
    index = 0;
    while index < ZEROS.len() {
        set(&mut bits, ZEROS[index], ZEROS[index] + 9);
        index += 1;
    }
    bits
};

const fn set(bits: &mut [u64; PLANE as usize / 64], first: u32, last: u32) {
    let mut code = first;
    while code <= last && code < PLANE {
        bits[code as usize / 64] |= 1 << (code % 64);
        code += 1;
    }
}

fn may_fold(code: u32) -> bool {
    FOLDS.get(code as usize / 64).is_some_and(|bits| bits >> (code % 64) & 1 != 0)
}

/// Returns whether the character that a text begins with, one outside of ASCII, may come to something, by no
/// more than its bytes. Where they are no UTF-8, [`fold`] tells.
pub(super) fn may_begin_folded(tail: &[u8]) -> bool {
    let low = |byte: u8| u32::from(byte & 0x3f);
    match *tail {
        [byte @ ..0xc0, ..] => may_fold(u32::from(byte)),
        [first @ 0xc0..0xe0, next, ..] => may_fold(u32::from(first & 0x1f) << 6 | low(next)),
        [first @ 0xe0..0xf0, next, last, ..] => {
            may_fold(u32::from(first & 0x0f) << 12 | low(next) << 6 | low(last))
        }
        [0xf0, 0x90..0xa0, ..] | [0xf3, 0xa0, ..] => true,
        // Other bytes from 0xc0 on are letters of ISO 8859-1.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_ten_digits_and_no_two_overlap() {
        assert!(ZEROS.windows(2).all(|pair| pair[0] + 10 <= pair[1]));
        for zero in ZEROS {
            for value in 0..10 {
                let character = char::from_u32(zero + value).unwrap();
                assert_eq!(fold(character), Folded::Byte(b'0' + value as u8), "{character}");
            }
        }
    }

    #[test]
    fn blanks_dashes_and_marks_fold_and_letters_stay() {
        for (character, byte) in [('\u{a0}', b' '), ('–', b'-'), ('·', b'.'), ('⁄', b'/')] {
            assert_eq!(fold(character), Folded::Byte(byte));
        }
        for (character, byte) in [('Ａ', b'A'), ('～', b'~'), ('⁴', b'4'), ('¹', b'1'), ('③', b'3')]
        {
            assert_eq!(fold(character), Folded::Byte(byte));
        }
        for character in ['\u{200b}', '\u{ad}', '\u{feff}', '\u{e0041}'] {
            assert_eq!(fold(character), Folded::Gone);
        }
        for character in ['é', '漢', '“', '½'] {
            assert_eq!(fold(character), Folded::Same);
        }
    }

    #[test]
    fn what_comes_to_something_is_told_by_its_bytes() {
        for character in '\u{80}'..=char::MAX {
            let text = character.encode_utf8(&mut [0; 4]).to_owned();
            let is_told = may_begin_folded(text.as_bytes());
            let code = character as u32;
            assert!(is_told || fold(character) == Folded::Same, "{character}");
            assert!(!is_told || code >= PLANE || fold(character) != Folded::Same, "{character}");
        }
        for byte in 0x80..=u8::MAX {
            let folds = fold(char::from(byte)) != Folded::Same;
            assert!(may_begin_folded(&[byte, b'x']) || !folds, "{byte}");
        }
    }

    #[test]
    fn rows_are_sorted_and_none_holds_the_begin_of_another() {
        assert!(ROWS.iter().all(|row| row.0 <= row.1));
        assert!(ROWS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
