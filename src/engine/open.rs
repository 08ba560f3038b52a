//! Forms without a layout: stretches whose end their check decides.

use std::ops::Range;

use super::base64::is_standard;
use super::seeds::LONGEST_IN_RUN;

/// Digits of the shortest number that is looked for within a longer run.
const SHORTEST_IN_RUN: usize = 12;
/// Bytes of an amount with what follows it.
const AMOUNT_LEN: usize = 48;
/// Bytes of a word.
const WORD_LEN: Range<usize> = 4..33;
/// Characters of twenty bytes in base64, the `=` left out.
const BASE64_LEN: usize = 27;

/// Returns the digits from `at` on that may be a number within a longer run.
pub(super) fn in_run(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let count = count_from(haystack, at, LONGEST_IN_RUN, u8::is_ascii_digit);
    (count >= SHORTEST_IN_RUN).then_some(at..at + count)
}

/// Returns the line from the number at `at` on, where a unit may follow the number.
pub(super) fn amount(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let digits = count_from(haystack, at, 5, u8::is_ascii_digit);
    let number = digits
        + count_from(haystack, at + digits, 4, |byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'/')
        });
    let unit = number + usize::from(haystack.get(at + number) == Some(&b' '));
    let opens = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
    haystack.get(at + unit).filter(opens)?;
    let count = count_from(haystack, at, AMOUNT_LEN, |byte| !matches!(byte, b'\r' | b'\n' | b'"'));
    Some(at..at + count)
}

/// Returns the word that begins at `at`.
pub(super) fn word(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let opens = at.checked_sub(1).and_then(|before| haystack.get(before));
    let digits = count_from(haystack, at, WORD_LEN.end, u8::is_ascii_digit);
    haystack.get(at + digits).filter(|byte| !ends_word(byte))?;
    let count = || count_from(haystack, at, WORD_LEN.end, |byte| !ends_word(byte));
    let whole = opens.is_none_or(ends_word).then(count)?;
    WORD_LEN.contains(&whole).then_some(at..at + whole)
}

fn ends_word(byte: &u8) -> bool {
    byte.is_ascii_control() || b" \"'<>,;:=&\\|".contains(byte)
}

/// Returns the base64 that holds `at`, where `=` follows it.
pub(super) fn base64(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let behind = count_from(haystack, at, BASE64_LEN, is_standard);
    let end = at + behind;
    let closes = haystack.get(end) == Some(&b'=') && haystack.get(end + 1) != Some(&b'=');
    let head = closes.then(|| haystack.get(end.saturating_sub(BASE64_LEN + 1)..at))??;
    let ahead = head.iter().rev().take_while(|byte| is_standard(byte)).count();
    (ahead + behind == BASE64_LEN).then_some(at - ahead..end + 1)
}

/// Returns how many bytes from `at` on are of a class, `most` at the most.
fn count_from(haystack: &[u8], at: usize, most: usize, class: impl Fn(&u8) -> bool) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    tail.iter().take(most).take_while(|byte| class(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_found_whole_from_any_of_its_digits() {
        let text = b"x: +AABBEg0VhI0VniQEjRWAAAAAAA=";
        for at in 3..30 {
            assert_eq!(base64(text, at), Some(3..31), "{at}");
        }
        assert_eq!(base64(b"x: AAABBEg0VhI0VniQEjRWAAAAAA==", 8), None);
        assert_eq!(base64(b"x:AAAAABBEg0VhI0VniQEjRWAAAAAAA=", 8), None);
        assert_eq!(base64(b"a=1", 0), None);
    }

    #[test]
    fn words_end_at_delimiters() {
        assert_eq!(word(b"p: Sn0wdrift! ok", 3), Some(3..13));
        assert_eq!(word(b"p: \"77hollow\"", 4), Some(4..12));
        assert_eq!(word(b"p: a1b", 3), None);
        assert_eq!(word(b"-a1bcd", 1), None);
        assert_eq!(word(&[b'1'; 33], 0), None);
    }

    #[test]
    fn amounts_take_the_rest_of_their_line() {
        assert_eq!(amount(b"20 mg PO\nx", 0), Some(0..8));
        assert_eq!(amount(b"20-30", 0), None);
        assert_eq!(amount(&[b'1'; 60], 0), None);
    }
}
