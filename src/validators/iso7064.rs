//! The check character systems of ISO/IEC 7064:2003.

use super::digits;

/// Returns whether the text ends in its two check digits of MOD 97-10.
///
/// The text is digits and capitals, a letter standing for two digits, 10 to 35; as a number it must
/// leave 1 by 97. Every single wrong character is caught; one random text in 97 passes. Texts of
/// fewer than three characters have nothing that the check digits could check.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn is_mod97_10(text: &[u8]) -> bool {
    let rest = text.iter().try_fold(0, |rest, &byte| {
        let value = digits::alphanumeric(byte)?;
        Some((rest * if value < 10 { 10 } else { 100 } + value) % 97)
    });
    text.len() >= 3 && rest == Some(1)
}

/// Returns whether the digits end in their check digit of MOD 11,10.
///
/// Every single wrong digit is caught; one random number in ten passes.
///
/// # Complexity
///
/// Linear in the digits, no allocation.
pub(crate) fn is_mod11_10(text: &[u8]) -> bool {
    let Some((&check, body)) = text.split_last() else { return false };
    let product = body.iter().try_fold(10, |product, &byte| {
        let sum = (product + digits::digit(byte)?) % 10;
        Some(if sum == 0 { 10 } else { sum } * 2 % 11)
    });
    let total = product.zip(digits::digit(check)).map(|(product, check)| (product + check) % 10);
    !body.is_empty() && total == Some(1)
}

/// Returns whether the text ends in its check character of MOD 11-2: digits, the last one perhaps
/// an `X` for ten.
///
/// Every single wrong digit is caught; one random number in eleven passes.
///
/// # Complexity
///
/// Linear in the text, no allocation.
pub(crate) fn is_mod11_2(text: &[u8]) -> bool {
    let Some((&check, body)) = text.split_last() else { return false };
    let check = if check == b'X' { Some(10) } else { digits::digit(check) };
    let product =
        body.iter().try_fold(0, |product, &byte| Some((product + digits::digit(byte)?) * 2 % 11));
    let total = product.zip(check).map(|(product, check)| (product + check) % 11);
    !body.is_empty() && total == Some(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_texts() {
        // 0794 is the standard's own example; then IBANs with their heads moved to the end, and the
        // ORCID of a fictitious person.
        assert!(is_mod97_10(b"79444"));
        assert!(is_mod97_10(b"WEST12345698765432GB82"));
        assert!(is_mod97_10(b"ABNA0417164300NL91"));
        assert!(!is_mod97_10(b"WEST12345698765432GB28"));
        assert!(is_mod11_10(b"07945"));
        assert!(!is_mod11_10(b"07954"));
        assert!(is_mod11_2(b"07940"));
        assert!(is_mod11_2(b"079X"));
        assert!(is_mod11_2(b"0000000218250097"));
        assert!(!is_mod11_2(b"0000000218250079"));
    }

    #[test]
    fn refuses_other_alphabets() {
        for text in ["", "1", "01", "west12345698765432gb82", "794 44", "79444\u{e9}"] {
            assert!(!is_mod97_10(text.as_bytes()), "{text}");
        }
        for text in ["", "1", "0794X", "07 945", "A7945"] {
            assert!(!is_mod11_10(text.as_bytes()), "{text}");
        }
        for text in ["", "1", "079x", "0X9X", "079 X", "A79X"] {
            assert!(!is_mod11_2(text.as_bytes()), "{text}");
        }
    }

    /// Returns the texts that extend `body` by one check out of `checks` and pass.
    fn passing(body: &str, checks: &[String], check: fn(&[u8]) -> bool) -> Vec<String> {
        let whole = checks.iter().map(|end| format!("{body}{end}"));
        whole.filter(|text| check(text.as_bytes())).collect()
    }

    /// Returns the text with the digit at `at` (of its `len` first characters) raised by `by`.
    fn with_error(text: &str, at: usize, by: u8) -> Vec<u8> {
        let mut text = text.as_bytes().to_vec();
        text[at] = b'0' + (text[at] - b'0' + by) % 10;
        text
    }

    proptest! {
        #[test]
        fn mod97_10_has_one_pair_and_no_single_error(
            body in "[0-9]{1,30}", at in 0usize..30, by in 1u8..10,
        ) {
            let pairs: Vec<String> = (2..=98).map(|pair| format!("{pair:02}")).collect();
            let found = passing(&body, &pairs, is_mod97_10);
            prop_assert_eq!(found.len(), 1);
            prop_assert!(!is_mod97_10(&with_error(&found[0], at % body.len(), by)));
        }

        #[test]
        fn mod11_10_has_one_digit_and_no_single_error(
            body in "[0-9]{1,30}", at in 0usize..30, by in 1u8..10,
        ) {
            let digits: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
            let found = passing(&body, &digits, is_mod11_10);
            prop_assert_eq!(found.len(), 1);
            prop_assert!(!is_mod11_10(&with_error(&found[0], at % found[0].len(), by)));
        }

        #[test]
        fn mod11_2_has_one_character_and_no_single_error(
            body in "[0-9]{1,30}", at in 0usize..30, by in 1u8..10,
        ) {
            let mut characters: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
            characters.push("X".to_owned());
            let found = passing(&body, &characters, is_mod11_2);
            prop_assert_eq!(found.len(), 1);
            prop_assert!(!is_mod11_2(&with_error(&found[0], at % body.len(), by)));
        }
    }
}
