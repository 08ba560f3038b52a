//! The reference backend: obvious, never optimised, the oracle of the others.

use super::{BLOCK, Masks};

/// Returns the class masks of one block.
pub(crate) fn classify(block: &[u8; BLOCK]) -> Masks {
    let mut masks = Masks::default();
    for (i, byte) in block.iter().enumerate() {
        let bit = 1 << i;
        match byte {
            b'0'..=b'9' => masks.digit |= bit,
            b'A'..=b'Z' => masks.upper |= bit,
            b'a'..=b'z' => masks.lower |= bit,
            b'<' => masks.angle |= bit,
            _ => {}
        }
    }
    masks
}
