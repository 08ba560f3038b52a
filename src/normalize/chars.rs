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

/// Returns what a character outside of ASCII comes to. Source: Unicode 16.0, general categories Nd, Zs
/// and Pd, property `Default_Ignorable_Code_Point`; the compatibility forms of ASCII.
pub(super) fn fold(character: char) -> Folded {
    match character {
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{2800}'
        | '\u{3000}' => Folded::Byte(b' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Folded::Byte(b'\n'),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{20e3}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Folded::Gone,
        '\u{58a}'
        | '\u{5be}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{fe58}'
        | '\u{fe63}' => Folded::Byte(b'-'),
        '\u{b7}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{30fb}' => Folded::Byte(b'.'),
        '\u{2044}' | '\u{2215}' => Folded::Byte(b'/'),
        // The full-width forms lie as ASCII does.
        '\u{ff01}'..='\u{ff5e}' => Folded::Byte((character as u32 - 0xff01 + 0x21) as u8),
        _ => digit(character).map_or(Folded::Same, |digit| Folded::Byte(b'0' + digit)),
    }
}

/// Returns the value of a decimal digit outside of ASCII, raised, lowered and circled ones included.
fn digit(character: char) -> Option<u8> {
    let code = character as u32;
    let zero = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1);
    let zero = zero.and_then(|index| ZEROS.get(index));
    let decimal = zero.map(|zero| code - zero).filter(|value| *value < 10);
    let other = || match character {
        '\u{b9}' => Some(1),
        '\u{b2}' | '\u{b3}' => Some(code - 0xb0),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => Some(code - 0x2070),
        '\u{2080}'..='\u{2089}' => Some(code - 0x2080),
        '\u{2460}'..='\u{2468}' => Some(code - 0x2460 + 1),
        '\u{24ea}' => Some(0),
        _ => None,
    };
    decimal.or_else(other).map(|value| value as u8)
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
}
