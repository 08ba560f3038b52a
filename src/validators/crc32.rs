//! CRC-32 (IEEE 802.3) written in base 62, as tokens carry it at their end.

/// The polynomial, its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Digits of the largest value.
const LEN: usize = 6;

/// Returns whether a text ends in the CRC-32 of what stands before, six digits of base 62 with `0` before
/// shorter ones. One random text in 2³² passes.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn ends_in_base62(text: &[u8]) -> bool {
    let Some((body, end)) = text.split_last_chunk::<LEN>() else { return false };
    !body.is_empty() && *end == base62(crc32(body))
}

fn crc32(text: &[u8]) -> u32 {
    let step = |crc: u32| crc >> 1 ^ if crc & 1 == 1 { POLYNOMIAL } else { 0 };
    !text.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

fn base62(value: u32) -> [u8; LEN] {
    let mut rest = value as usize;
    let mut text = [b'0'; LEN];
    for place in text.iter_mut().rev() {
        *place = DIGITS.get(rest % DIGITS.len()).copied().unwrap_or(b'0');
        rest /= DIGITS.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_sums() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        // From the announcement of the tokens' format.
        assert!(ends_in_base62(b"zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"));
        assert!(!ends_in_base62(b"zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18"));
        assert!(!ends_in_base62(b"") && !ends_in_base62(b"000000"));
    }
}
