//! The reference backend: obvious, never optimised, the oracle of the others.

use super::{BLOCK, Masks};

/// Returns the class masks of one block.
pub(crate) fn classify(block: &[u8; BLOCK]) -> Masks {
    let mask = |class: fn(&u8) -> bool| {
        block.iter().enumerate().fold(0, |mask, (i, byte)| mask | u64::from(class(byte)) << i)
    };
    Masks {
        digit: mask(u8::is_ascii_digit),
        upper: mask(u8::is_ascii_uppercase),
        lower: mask(u8::is_ascii_lowercase),
        angle: mask(|byte| *byte == b'<'),
        backslash: mask(|byte| *byte == b'\\'),
        high: mask(|byte| *byte >= 0x80),
    }
}
