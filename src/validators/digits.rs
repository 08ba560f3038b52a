//! ASCII digits as text: what they are worth, and whether they are digits at all.

use std::ops::Range;

/// Returns the text as an array where it is exactly `N` digits and not all of them zero.
///
/// The array type carries the proof on: what takes a `&[u8; N]` from here needs no length check.
///
/// # Complexity
///
/// Linear in `N`, no allocation.
pub(crate) fn exactly<const N: usize>(text: &[u8]) -> Option<&[u8; N]> {
    let text = <&[u8; N]>::try_from(text).ok()?;
    is_number(text).then_some(text)
}

/// Returns whether the text is digits only, at least one, and one of them not zero.
///
/// No register gives out the number zero, and zero passes most check-digit sums.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn is_number(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit) && text.iter().any(|&digit| digit != b'0')
}

/// Returns whether the text is one character over and over, as people type to fill a field.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn is_repeated(text: &[u8]) -> bool {
    text.first().is_some_and(|first| text.iter().all(|digit| digit == first))
}

/// Returns the number that one to nine digits write; `None` for any other text.
///
/// Nine digits always fit into 32 bits; longer numbers are only ever divided, see [`remainder`].
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn number(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |number, &byte| Some(number * 10 + digit(byte)?))
}

/// Returns the three numbers that six digits write, two digits each, as short dates are; `None` for
/// any other text.
///
/// # Complexity
///
/// Constant.
pub(crate) fn pairs(text: &[u8]) -> Option<[u32; 3]> {
    let (pairs, rest) = <&[u8; 6]>::try_from(text).ok()?.as_chunks::<2>();
    let [first, second, third] = pairs else { return None };
    rest.is_empty().then_some([number(first)?, number(second)?, number(third)?])
}

/// Returns the remainder of a number of any length by `modulus`; `None` unless the text is digits
/// and the modulus lies in 1 to 1000.
///
/// # Complexity
///
/// Linear in the text: long division, one digit at a time.
pub(crate) fn remainder(text: &[u8], modulus: u32) -> Option<u32> {
    if text.is_empty() || !(1..=1000).contains(&modulus) {
        return None;
    }
    text.iter().try_fold(0, |rest, &byte| Some((rest * 10 + digit(byte)?) % modulus))
}

/// Returns what one ASCII digit is worth.
pub(crate) fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// Returns the character that stands for a remainder in a table of them.
///
/// # Complexity
///
/// Constant.
pub(crate) fn character(table: &[u8], rest: u32) -> Option<u8> {
    table.get(usize::try_from(rest).ok()?).copied()
}

/// Returns what a digit or capital is worth, `A` counting 10 and `Z` 35.
pub(crate) fn alphanumeric(byte: u8) -> Option<u32> {
    match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        _ => digit(byte),
    }
}

/// Returns the letters and the digits of a text that is exactly `N` capitals and then a number that
/// is not zero, as the series and number of a document are.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn behind_letters<const N: usize>(text: &[u8]) -> Option<(&[u8; N], &[u8])> {
    let (letters, number) = text.split_first_chunk::<N>()?;
    let fits = letters.iter().all(u8::is_ascii_uppercase) && is_number(number);
    fits.then_some((letters, number))
}

/// Returns the number that the digits in a range of the text write; `None` for any other text.
///
/// # Complexity
///
/// Linear in the range.
pub(crate) fn number_at(text: &[u8], at: Range<usize>) -> Option<u32> {
    number(text.get(at)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_lengths_of_digits_only() {
        assert_eq!(exactly::<3>(b"012"), Some(b"012"));
        for text in [&b""[..], b"01", b"0123", b"01x", b"000", "0\u{0661}".as_bytes()] {
            assert_eq!(exactly::<3>(text), None, "{text:?}");
        }
        assert_eq!(exactly::<0>(b""), None);
    }

    #[test]
    fn numbers_up_to_nine_digits() {
        assert_eq!(number(b"007"), Some(7));
        assert_eq!(number(b"999999999"), Some(999_999_999));
        for text in [&b""[..], b"1234567890", b"1 2", b"-1", b"+1"] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }

    #[test]
    fn series_and_numbers() {
        assert_eq!(behind_letters::<2>(b"AB012"), Some((b"AB", &b"012"[..])));
        for text in [&b""[..], b"A", b"AB", b"AB0", b"A0012", b"ABC12", b"ab012", b"AB 12"] {
            assert_eq!(behind_letters::<2>(text), None, "{text:?}");
        }
    }

    #[test]
    fn numbers_within_a_text() {
        assert_eq!(number_at(b"A012B", 1..4), Some(12));
        for at in [0..2, 3..3, 4..6] {
            assert_eq!(number_at(b"A012B", at), None);
        }
    }

    #[test]
    fn pairs_of_six_digits() {
        assert_eq!(pairs(b"070649"), Some([7, 6, 49]));
        for text in [&b""[..], b"07064", b"0706491", b"07 649"] {
            assert_eq!(pairs(text), None, "{text:?}");
        }
    }

    #[test]
    fn remainders_of_long_numbers() {
        assert_eq!(remainder(b"123456789012345678901234567890", 97), Some(52));
        assert_eq!(remainder(b"12345678", 23), Some(14));
        assert_eq!(remainder(b"", 23), None);
        assert_eq!(remainder(b"1a", 23), None);
        assert_eq!(remainder(b"1", 0), None);
        assert_eq!(remainder(b"1", 1001), None);
    }

    #[test]
    fn repeated_needs_a_character() {
        assert!(is_repeated(b"7") && is_repeated(b"777"));
        assert!(!is_repeated(b"") && !is_repeated(b"778"));
    }

    #[test]
    fn letters_count_on_from_ten() {
        assert_eq!(alphanumeric(b'9'), Some(9));
        assert_eq!(alphanumeric(b'A'), Some(10));
        assert_eq!(alphanumeric(b'Z'), Some(35));
        assert_eq!(alphanumeric(b'a'), None);
        assert_eq!(alphanumeric(b'<'), None);
    }
}
