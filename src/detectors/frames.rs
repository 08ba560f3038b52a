//! What anchored forms are made of: runs of characters beside a literal.

use std::ops::{Range, RangeInclusive};

/// Returns a literal with the run of a class behind it: none where the run is shorter than `counts`,
/// where it is longer the first of it. Nothing where a letter or digit stands before the literal, so
/// that a text of literals only is given up at once.
pub(super) fn tailed(
    haystack: &[u8],
    literal: Range<usize>,
    class: fn(&u8) -> bool,
    counts: RangeInclusive<usize>,
) -> Option<Range<usize>> {
    opens(haystack, literal.start).then_some(())?;
    let end = run(haystack, literal.end, class, counts)?;
    Some(literal.start..end)
}

/// Returns the end of the run of a class that begins at `at`, the most of `counts` at the most; none
/// where it is shorter than the least.
pub(super) fn run(
    haystack: &[u8],
    at: usize,
    class: fn(&u8) -> bool,
    counts: RangeInclusive<usize>,
) -> Option<usize> {
    let tail = haystack.get(at..)?.iter().take(*counts.end());
    let count = tail.take_while(|byte| class(byte)).count();
    (count >= *counts.start()).then_some(at + count)
}

/// Returns whether no letter or digit stands before `at`, but for that of an escape.
pub(super) fn opens(haystack: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| haystack.get(before));
    !before.is_some_and(u8::is_ascii_alphanumeric) || crate::engine::is_escape(haystack, at)
}

/// The alphabet of base64 for URLs, RFC 4648 section 5.
pub(super) fn is_base64url(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The alphabet of base64 without padding, RFC 4648 section 4.
pub(super) fn is_base64(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// The alphabet of base32, RFC 4648 section 6.
pub(super) fn is_base32(byte: &u8) -> bool {
    byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'7')
}

/// Different characters of the least varied secret.
const LEAST_VARIED: usize = 5;

/// Returns whether a text has as many different characters as a random one of some length: no
/// placeholder of one character, or of few.
pub(super) fn varied(text: &[u8]) -> bool {
    let mut seen: Vec<u8> = Vec::with_capacity(LEAST_VARIED);
    text.iter().any(|byte| {
        if !seen.contains(byte) {
            seen.push(*byte);
        }
        seen.len() == LEAST_VARIED
    })
}
