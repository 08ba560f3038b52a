//! What anchored forms are made of: a literal, and fixed texts and runs of characters on either side.

use std::ops::{Range, RangeInclusive};

use super::{Proof, Value};
pub(super) use crate::engine::base64::{is_standard as base64, is_url_safe as base64url};
use crate::engine::is_escape;

/// A piece of a frame.
pub(super) enum Part {
    /// So many characters of a class, greedy.
    Run(Class, usize, usize),
    /// A fixed text.
    Text(&'static str),
    /// Pieces that may be missing as a whole.
    Maybe(&'static [Part]),
}

pub(super) type Class = fn(&u8) -> bool;

/// A literal with what stands right before and right behind it.
pub(super) struct Frame {
    pub(super) before: &'static [Part],
    pub(super) literal: &'static str,
    pub(super) behind: &'static [Part],
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

/// Different characters of the least varied secret.
const LEAST_VARIED: usize = 5;

impl Frame {
    /// Returns the frame of a literal and a run behind it.
    pub(super) const fn prefix(literal: &'static str, behind: &'static [Part]) -> Frame {
        Frame { before: &[], literal, behind }
    }

    /// Returns the span of the frame around its literal.
    fn around(&self, haystack: &[u8], literal: &Range<usize>) -> Option<Range<usize>> {
        let mut start = literal.start;
        for part in self.before.iter().rev() {
            let head = haystack.get(..start)?;
            start -= match part {
                Part::Run(class, least, most) => {
                    let run = head.iter().rev().take(*most).take_while(|byte| class(byte)).count();
                    Some(run).filter(|count| count >= least)?
                }
                Part::Text(text) => head.ends_with(text.as_bytes()).then_some(text.len())?,
                Part::Maybe(_) => 0,
            };
        }
        opens(haystack, start).then_some(())?;
        Some(start..end_of(self.behind, haystack, literal.end)?)
    }

    /// Returns what stands behind the literal where the whole text is this frame.
    fn secret<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let literal = end_of(self.before, text, 0)?;
        let secret = text.get(literal..)?.strip_prefix(self.literal.as_bytes())?;
        (end_of(self.behind, secret, 0)? == secret.len()).then_some(secret)
    }
}

/// Returns the literals of frames, for an anchor.
pub(super) const fn literals<const N: usize>(frames: &[Frame; N]) -> [&'static str; N] {
    let mut literals = [""; N];
    let mut index = 0;
    while index < N {
        literals[index] = frames[index].literal;
        index += 1;
    }
    literals
}

/// Returns the span of the first frame that fits around a literal. Gives up at once where a letter or
/// digit stands before the frame.
pub(super) fn framed(
    frames: &[Frame],
    haystack: &[u8],
    literal: Range<usize>,
) -> Option<Range<usize>> {
    let text = haystack.get(literal.clone())?;
    let mut own = frames.iter().filter(|frame| frame.literal.as_bytes() == text);
    own.find_map(|frame| frame.around(haystack, &literal))
}

/// Returns the proof of a value that is one of the frames and no placeholder.
pub(super) fn secret(value: &Value<'_>, frames: &[Frame]) -> Option<Proof> {
    let secret = secret_of(value, frames)?;
    varied(secret).then(|| Proof::whole(value, &["prefix"]))
}

/// Returns what stands behind the literal of the frame that a value is.
pub(super) fn secret_of<'v>(value: &Value<'v>, frames: &[Frame]) -> Option<&'v [u8]> {
    frames.iter().find_map(|frame| frame.secret(value.text))
}

/// Returns where the parts end if they follow one another from `at` on.
pub(super) fn end_of(parts: &[Part], haystack: &[u8], at: usize) -> Option<usize> {
    parts.iter().try_fold(at, |at, part| {
        let tail = haystack.get(at..)?;
        match part {
            Part::Run(class, least, most) => {
                let count = tail.iter().take(*most).take_while(|byte| class(byte)).count();
                (count >= *least).then_some(at + count)
            }
            Part::Text(text) => tail.starts_with(text.as_bytes()).then_some(at + text.len()),
            Part::Maybe(parts) => Some(end_of(parts, haystack, at).unwrap_or(at)),
        }
    })
}

/// Returns whether no letter or digit stands before `at`, but for that of an escape.
pub(super) fn opens(haystack: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| haystack.get(before));
    !before.is_some_and(u8::is_ascii_alphanumeric) || is_escape(haystack, at)
}

/// Returns whether a text has as many different characters as a random one: no placeholder of one
/// character, or of few.
pub(super) fn varied(text: &[u8]) -> bool {
    let mut seen: Vec<u8> = Vec::with_capacity(LEAST_VARIED);
    text.iter().any(|byte| {
        if !seen.contains(byte) {
            seen.push(*byte);
        }
        seen.len() == LEAST_VARIED
    })
}

/// Letters and digits.
pub(super) fn alnum(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Digits.
pub(super) fn digit(byte: &u8) -> bool {
    byte.is_ascii_digit()
}

/// Letters.
pub(super) fn letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic()
}

/// Digits and capitals.
pub(super) fn capital(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

/// Digits and small letters.
pub(super) fn small(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

/// Hexadecimal digits.
pub(super) fn hex(byte: &u8) -> bool {
    byte.is_ascii_hexdigit()
}

/// Small hexadecimal digits.
pub(super) fn small_hex(byte: &u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')
}

/// The alphabet of base32, RFC 4648 section 6.
pub(super) fn base32(byte: &u8) -> bool {
    byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'7')
}

/// The alphabet of salts and hashes in crypt(5).
pub(super) fn crypt(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/')
}
