//! Verhoeff's check digit: J. Verhoeff, *Error Detecting Decimal Codes*, 1969.

/// Returns whether the digits end in their Verhoeff check digit.
///
/// Digits are permuted by their place and multiplied in the dihedral group of ten elements. It
/// catches every single wrong digit and every swap of neighbours. One random number in ten passes.
///
/// # Complexity
///
/// Linear in the digits, no allocation.
pub(crate) fn is_valid(digits: &[u8]) -> bool {
    let places = PERMUTATIONS.iter().cycle();
    let product = digits.iter().rev().zip(places).try_fold(0, |product, (&byte, permutation)| {
        let digit = usize::from(byte.checked_sub(b'0')?);
        permutation.get(digit).map(|&permuted| multiply(product, permuted))
    });
    !digits.is_empty() && product == Some(0)
}

/// Returns the product of two elements of the dihedral group, 0 to 4 rotations, 5 to 9 reflections.
fn multiply(left: u8, right: u8) -> u8 {
    let turned = if left < 5 { left + right } else { left + 10 - right };
    let reflected = (left < 5) != (right < 5);
    turned % 5 + if reflected { 5 } else { 0 }
}

/// The permutation of each place, from the right, repeating after eight.
const PERMUTATIONS: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_numbers() {
        for number in ["2363", "123451", "1428570", "999941057058", "84736430954837284567892"] {
            assert!(is_valid(number.as_bytes()), "{number}");
        }
        assert!(!is_valid(b"2364"));
        assert!(!is_valid(b"2633"));
    }

    #[test]
    fn refuses_what_is_no_digit() {
        for text in ["", "/", ":", "236 3", "2363x"] {
            assert!(!is_valid(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn each_permutation_is_the_first_once_more() {
        for (power, next) in PERMUTATIONS.iter().zip(PERMUTATIONS.iter().cycle().skip(1)) {
            assert_eq!(*next, power.map(|digit| PERMUTATIONS[1][usize::from(digit)]));
        }
    }

    #[test]
    fn the_group_is_a_group() {
        // A Latin square with neutral 0 and associative: what the error guarantees rest on.
        for a in 0..10 {
            assert_eq!((multiply(0, a), multiply(a, 0)), (a, a));
            let row: std::collections::BTreeSet<u8> = (0..10).map(|b| multiply(a, b)).collect();
            assert_eq!(row, (0..10).collect());
            for (b, c) in (0..10).flat_map(|b| (0..10).map(move |c| (b, c))) {
                assert_eq!(multiply(multiply(a, b), c), multiply(a, multiply(b, c)));
            }
        }
    }

    proptest! {
        #[test]
        fn one_check_digit_of_ten_and_no_single_error_or_swap(
            digits in "[0-9]{1,24}", at in 0usize..24, by in 1u8..10,
        ) {
            let passing: Vec<Vec<u8>> = (b'0'..=b'9')
                .map(|check| [digits.as_bytes(), &[check]].concat())
                .filter(|number| is_valid(number))
                .collect();
            prop_assert_eq!(passing.len(), 1);
            let number = passing.concat();
            let at = at % digits.len();
            let mut wrong = number.clone();
            wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
            prop_assert!(!is_valid(&wrong));
            let mut swapped = number.clone();
            swapped.swap(at, at + 1);
            prop_assert_eq!(is_valid(&swapped), swapped == number);
        }
    }
}
