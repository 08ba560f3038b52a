//! Weighted sums, on which most national check digits rest.

use super::digits;

/// Returns the sum of each character times its weight; the weights repeat where they run out.
///
/// Digits count as themselves, `A` to `Z` 10 to 35, `<` and every other character 0: whether the
/// alphabet is kept is the caller's to say. A negative weight is written as what it is congruent to
/// by the caller's modulus (−1 is 10 by 11). Without weights the sum is 0.
///
/// # Complexity
///
/// Linear in the text, no allocation; the sum saturates.
pub(crate) fn sum(text: &[u8], weights: &[u32]) -> u32 {
    text.iter().zip(weights.iter().cycle()).fold(0, |sum: u32, (&byte, &weight)| {
        let value = digits::alphanumeric(byte).unwrap_or(0);
        sum.saturating_add(value.saturating_mul(weight))
    })
}

/// Returns what the weighted sum lacks to a multiple of `modulus`: 0 to `modulus` − 1.
///
/// By eleven that may be ten, for which countries write 0, 1, 9, `K` or give out no number at all.
/// The modulus 0 lacks nothing.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn complement(text: &[u8], weights: &[u32], modulus: u32) -> u32 {
    let rest = sum(text, weights).checked_rem(modulus);
    rest.map_or(0, |rest| (modulus - rest) % modulus)
}

/// Returns the weights of a text that may be shorter than they are, the last one for its last
/// character; `None` where it is longer.
///
/// # Complexity
///
/// Constant.
pub(crate) fn from_right<'w>(weights: &'w [u32], text: &[u8]) -> Option<&'w [u32]> {
    weights.get(weights.len().checked_sub(text.len())?..)
}

/// Returns the sum of the digits of each product of a character and its weight; the weights repeat
/// where they run out.
///
/// Characters count as in [`sum`]. It is what Luhn's formula does with weights 1 and 2. Products
/// have two digits at most.
///
/// # Complexity
///
/// Linear in the text, no allocation; the sum saturates.
pub(crate) fn cross_sum(text: &[u8], weights: &[u32]) -> u32 {
    text.iter().zip(weights.iter().cycle()).fold(0, |sum: u32, (&byte, &weight)| {
        let product = digits::alphanumeric(byte).unwrap_or(0).saturating_mul(weight);
        sum.saturating_add(product / 10 + product % 10)
    })
}

/// Returns whether the digits end in their check digit: the weighted sum of those before it by
/// `modulus`, of which a remainder of ten or more keeps its last digit (ten by eleven is written 0).
///
/// A check digit that completes the sum instead of being it takes each weight as `modulus` less it.
/// The empty text, characters other than digits and a modulus of 0 have no check digit.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn ends_in_remainder(text: &[u8], weights: &[u32], modulus: u32) -> bool {
    let Some((&check, body)) = text.split_last() else { return false };
    let rest = sum(body, weights).checked_rem(modulus).map(|rest| rest % 10);
    !body.is_empty() && text.iter().all(u8::is_ascii_digit) && rest == digits::digit(check)
}

/// Returns the weighted sum by eleven, taken anew with the second weights where it is ten.
///
/// The registers of Estonia, Lithuania and Kazakhstan do so, where no digit can stand for ten; what
/// it means that it is ten again is theirs to say.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn in_two_rounds(text: &[u8], first: &[u32], second: &[u32]) -> u32 {
    match sum(text, first) % 11 {
        10 => sum(text, second) % 11,
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complements_complete_the_sum() {
        assert_eq!(complement(b"1234", &[1], 11), 1);
        assert_eq!(complement(b"11", &[5, 6], 11), 0);
        assert_eq!(complement(b"1", &[1], 11), 10);
        assert_eq!(complement(b"1", &[1], 0), 0);
    }

    #[test]
    fn weights_from_the_right() {
        assert_eq!(from_right(&[4, 3, 2], b"12"), Some(&[3, 2][..]));
        assert_eq!(from_right(&[4, 3, 2], b"123"), Some(&[4, 3, 2][..]));
        assert_eq!(from_right(&[4, 3, 2], b""), Some(&[][..]));
        assert_eq!(from_right(&[4, 3, 2], b"1234"), None);
    }

    #[test]
    fn digits_of_products_are_added() {
        // The German pension fund's own example, 15070649C103.
        assert_eq!(cross_sum(b"150706490310", &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10, 3);
        assert_eq!(cross_sum(b"777", &[1, 2]), 7 + 5 + 7);
        assert_eq!(cross_sum(b"777", &[]), 0);
    }

    #[test]
    fn published_sums() {
        // A US routing number, and the document number, birth and expiry dates of the specimen
        // passport in ICAO Doc 9303-4 with their printed check digits.
        assert_eq!(sum(b"111000025", &[3, 7, 1]) % 10, 0);
        assert_eq!(sum(b"L898902C3", &[7, 3, 1]) % 10, 6);
        assert_eq!(sum(b"740812", &[7, 3, 1]) % 10, 2);
        assert_eq!(sum(b"120415", &[7, 3, 1]) % 10, 9);
        assert_eq!(sum(b"ZE184226B<<<<<", &[7, 3, 1]) % 10, 1);
    }

    #[test]
    fn weights_repeat_and_may_be_missing() {
        assert_eq!(sum(b"1111", &[1, 2]), 6);
        assert_eq!(sum(b"11", &[5, 6, 7]), 11);
        assert_eq!(sum(b"123", &[]), 0);
        assert_eq!(sum(b"", &[1]), 0);
        assert_eq!(sum(b"A<Z", &[1]), 45);
    }

    #[test]
    fn remainders_as_last_digits() {
        // The bank code of a published Polish account number, and the sum 21 by eleven, ten.
        assert!(ends_in_remainder(b"10901014", &[7, 1, 3, 9], 10));
        assert!(!ends_in_remainder(b"10901015", &[7, 1, 3, 9], 10));
        assert!(ends_in_remainder(b"770", &[1, 2], 11));
        for text in [&b""[..], b"0", b"A0", b"0A", b"7 70"] {
            assert!(!ends_in_remainder(text, &[1], 10), "{text:?}");
        }
        assert!(!ends_in_remainder(b"00", &[1], 0));
    }

    #[test]
    fn a_second_round_where_the_first_gives_ten() {
        assert_eq!(in_two_rounds(b"12", &[1, 1], &[5, 5]), 3);
        assert_eq!(in_two_rounds(b"55", &[1, 1], &[1, 2]), 4);
        assert_eq!(in_two_rounds(b"55", &[1, 1], &[1, 1]), 10);
    }

    #[test]
    fn saturates() {
        assert_eq!(sum(b"99", &[u32::MAX]), u32::MAX);
    }
}
