//! The reference backend: plain Rust that says what each mask is, the oracle of the others.

use super::grams::{SPAN, Sheet};
use super::{BLOCK, Masks, is_control};

/// Returns the class masks of one block.
pub(crate) fn classify(block: &[u8; BLOCK]) -> Masks {
    Masks {
        digit: mask(block, |byte| byte.is_ascii_digit()),
        upper: mask(block, |byte| byte.is_ascii_uppercase()),
        lower: mask(block, |byte| byte.is_ascii_lowercase()),
        angle: mask(block, |byte| byte == b'<'),
        backslash: mask(block, |byte| byte == b'\\'),
        mark: mask(block, |byte| matches!(byte, b'&' | b'%' | b'=' | b'>')),
        high: mask(block, |byte| byte >= 0x80),
        control: mask(block, is_control),
        lead: mask(block, |byte| byte >= 0xc0),
        two: mask(block, |byte| matches!(byte, 0xc3..0xe0)),
        pair: mask(block, |byte| matches!(byte, 0xc4..0xc9 | 0xd0 | 0xd1)),
    }
}

/// Writes for each block the places where some bucket takes the three bytes.
pub(crate) fn grams<const N: usize>(sheets: &[Sheet; N], bytes: &[u8], masks: &mut [u64]) {
    for (block, mask) in bytes.windows(SPAN).step_by(BLOCK).zip(masks) {
        let taken = |at: &usize| {
            let gram = block.get(*at..).unwrap_or_default();
            sheets.iter().any(|sheet| sheet.takes(gram))
        };
        *mask = (0..BLOCK).filter(taken).fold(0, |mask, at| mask | 1 << at);
    }
}

/// Returns one bit per byte that is of a class, the first byte's lowest.
fn mask(block: &[u8; BLOCK], class: impl Fn(u8) -> bool) -> u64 {
    let flags = block.map(|byte| u8::from(class(byte)));
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | u64::from(packed(*eight)))
}

/// Returns the lowest bits of eight bytes in one byte: the product moves each to its own place in the
/// highest byte, and no two sums carry into it.
fn packed(flags: [u8; 8]) -> u8 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    (u64::from_le_bytes(flags).wrapping_mul(GATHER) >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_classes_at_every_place() {
        for byte in 0..=255 {
            for place in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[place] = byte;
                let masks = classify(&block);
                let bit = |is: bool| u64::from(is) << place;
                assert_eq!(masks.digit, bit(byte.is_ascii_digit()), "{byte} at {place}");
                assert_eq!(masks.word(), bit(byte.is_ascii_alphanumeric()));
                assert_eq!(masks.upper, bit(byte.is_ascii_uppercase()));
                assert_eq!(masks.angle, bit(byte == b'<'));
                assert_eq!(masks.backslash, bit(byte == b'\\'));
                assert_eq!(masks.mark, bit(b"&%=>".contains(&byte)));
                assert_eq!(masks.high, bit(byte >= 0x80));
                assert_eq!(
                    masks.control,
                    bit(byte.is_ascii_control() && !b"\0\t\n\x0c\r".contains(&byte))
                );
                assert_eq!(masks.lead, bit(byte >= 0xc0));
                assert_eq!(masks.two, bit((0xc3..=0xdf).contains(&byte)));
                assert_eq!(masks.pair, bit((0xc4..=0xc8).contains(&byte) || byte / 2 == 0x68));
            }
        }
    }
}
