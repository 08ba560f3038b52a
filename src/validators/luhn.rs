//! The Luhn formula of ISO/IEC 7812-1, annex B.

use super::digits;

/// What a digit adds to the sum when it is doubled.
const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/// Returns whether the digits end in their Luhn check digit.
///
/// Every second digit from the right but one is doubled, the digits of all products are added, and
/// the sum must be divisible by ten. It catches every single wrong digit and every swap of
/// neighbours but 09 and 90. One random number in ten passes.
///
/// # Complexity
///
/// Linear in the digits, no allocation.
pub(crate) fn is_valid(digits: &[u8]) -> bool {
    let value = |byte: &u8| usize::from(byte.wrapping_sub(b'0'));
    let sum = digits.rchunks(2).try_fold(0, |sum, pair| {
        let (doubled, single) = match pair {
            [doubled, single] => (value(doubled), single),
            [single] => (0, single),
            _ => return None,
        };
        let single = value(single);
        (single < 10).then_some(sum + DOUBLED.get(doubled)? + single as u32)
    });
    !digits.is_empty() && sum.is_some_and(|sum| sum.is_multiple_of(10))
}

/// Returns whether digits and capitals, `A` counting 10, end in their check character by 36.
///
/// Every second character from the right but one is doubled, the two figures to base 36 of all
/// products are added, and the sum must be divisible by 36. Every single wrong character is caught;
/// one random text in 36 passes.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn is_valid_by_36(text: &[u8]) -> bool {
    let factors = [1, 2].into_iter().cycle();
    let sum = text.iter().rev().zip(factors).try_fold(0, |sum, (&byte, factor)| {
        let product = digits::alphanumeric(byte)? * factor;
        Some((sum + product / 36 + product % 36) % 36)
    });
    !text.is_empty() && sum == Some(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_numbers() {
        for number in ["79927398713", "4111111111111111", "378282246310005", "808401234567893"] {
            assert!(is_valid(number.as_bytes()), "{number}");
        }
        assert!(!is_valid(b"79927398710"));
    }

    #[test]
    fn refuses_what_is_no_digit() {
        for text in ["", " ", "4111 1111 1111 1111", "79927398713x", "７９９２", "banana"] {
            assert!(!is_valid(text.as_bytes()), "{text}");
        }
        assert!(!is_valid(&[0xff, b'0']));
    }

    #[test]
    fn by_36() {
        // A widely published Indian tax registration.
        assert!(is_valid_by_36(b"27AAPFU0939F1ZV"));
        assert!(!is_valid_by_36(b"27AAPFU0939F1ZO"));
        for text in [&b""[..], b"27aapfu0939f1zv", b"27AAPFU0939F1Z ", b"27AAPFU-939F1ZV"] {
            assert!(!is_valid_by_36(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_sum_is_that_of_others(digits in "[0-9]{1,24}") {
            prop_assert_eq!(is_valid(digits.as_bytes()), luhn::valid(&digits));
        }

        #[test]
        fn by_36_one_check_character_and_no_single_wrong_digit(
            body in "[0-9A-Z]{0,8}[0-9][0-9A-Z]{0,8}", by in 1u8..10,
        ) {
            let characters = (b'0'..=b'9').chain(b'A'..=b'Z');
            let whole = characters.map(|check| [body.as_bytes(), &[check]].concat());
            let passing: Vec<Vec<u8>> = whole.filter(|text| is_valid_by_36(text)).collect();
            prop_assert_eq!(passing.len(), 1);
            let mut text = passing.concat();
            let at = text.iter().position(u8::is_ascii_digit).unwrap();
            text[at] = b'0' + (text[at] - b'0' + by) % 10;
            prop_assert!(!is_valid_by_36(&text));
        }

        #[test]
        fn one_check_digit_of_ten_and_no_single_error(
            digits in "[0-9]{1,24}", at in 0usize..24, by in 1u8..10,
        ) {
            let passing: Vec<Vec<u8>> = (b'0'..=b'9')
                .map(|check| [digits.as_bytes(), &[check]].concat())
                .filter(|number| is_valid(number))
                .collect();
            prop_assert_eq!(passing.len(), 1);
            let mut number = passing.concat();
            let at = at % number.len();
            number[at] = b'0' + (number[at] - b'0' + by) % 10;
            prop_assert!(!is_valid(&number));
        }
    }
}
