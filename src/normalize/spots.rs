//! Where a text may be in disguise, read off the class masks.

use std::ops::Range;

use super::chars::{self, Folded};
use super::escapes::{self, Meaning, Unit};
use super::{FEWEST_APART, base64, block_of, loose};
use crate::engine::BLOCK;
use crate::engine::classes::{Classes, bits};
use crate::engine::utf8;
use crate::engine::window::Haystack;

/// Bytes on either side of a disguise in which what it belongs to may begin.
const REACH: usize = 256;
/// Steps that are taken from one disguise over others to a digit.
const STEPS: usize = 12;
/// Bytes behind a keyword in which its number may stand, and before it.
const AFTER_KEYWORD: usize = 100;
const BEFORE_KEYWORD: usize = 60;

/// Bytes between a disguise and a value behind it that may be named by what is in disguise, and
/// between a value and a disguise behind it.
const NEAR_BEFORE: usize = 100;
const NEAR_BEHIND: usize = 40;

/// Where a haystack holds something in disguise.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    /// By start, none touching the next.
    ranges: Vec<Range<usize>>,
    /// Numbers of the blocks that have to be normalized.
    blocks: Vec<u64>,
}

impl Spots {
    /// Looks for encodings, other digits, and single characters, and for broken-up numbers near
    /// keywords, which come by start.
    ///
    /// # Complexity
    ///
    /// Linear in the bytes that were classified, in blocks of 64 where there is nothing.
    pub(crate) fn find(
        &mut self,
        haystack: Haystack<'_>,
        classes: &Classes,
        keywords: impl Iterator<Item = Range<usize>>,
    ) {
        self.ranges.clear();
        self.blocks.clear();
        self.find_encoded(haystack.bytes, classes);
        self.find_broken(haystack.bytes, keywords);
        self.settle(haystack);
    }

    fn find_encoded(&mut self, bytes: &[u8], classes: &Classes) {
        for (start, masks, before) in classes.blocks() {
            let digits = u128::from(before.digit) | u128::from(masks.digit) << BLOCK;
            let words = u128::from(before.word()) | u128::from(masks.word()) << BLOCK;
            let marks = masks.mark | masks.angle | masks.backslash | masks.high;
            let disguises = bits(marks).map(|bit| start + bit).filter(|at| is_disguise(bytes, *at));
            self.ranges.extend(disguises.map(|at| at..at + 1));
            let apart = bits((singles(digits, words) >> BLOCK) as u64).map(|bit| start + bit);
            self.ranges.extend(apart.map(|at| at..at + 1));
            let long = (long_words(words) >> BLOCK) as u64;
            let runs = bits(long & !(long << 1))
                .map(|bit| (start_of_run(bytes, start + bit), start + bit));
            let encoded = runs.filter(|(run, _)| base64::holds_text(bytes, *run));
            self.ranges.extend(encoded.map(|(run, end)| run..end + 1));
        }
    }

    fn find_broken(&mut self, bytes: &[u8], keywords: impl Iterator<Item = Range<usize>>) {
        for keyword in keywords {
            let from = keyword.start.saturating_sub(BEFORE_KEYWORD);
            let to = bytes.len().min(keyword.end + AFTER_KEYWORD);
            if bytes.get(from..to).is_some_and(loose::is_in) {
                self.ranges.push(from..to);
            }
        }
    }

    /// Joins ranges that touch, and tells the blocks that they reach into.
    fn settle(&mut self, haystack: Haystack<'_>) {
        self.ranges.sort_unstable_by_key(|range| range.start);
        self.ranges.dedup_by(|next, kept| {
            let touch = next.start <= kept.end;
            kept.end = if touch { kept.end.max(next.end) } else { kept.end };
            touch
        });
        for range in &self.ranges {
            let first = block_of(haystack, range.start.saturating_sub(REACH));
            let from = self.blocks.last().map_or(first, |last| first.max(last + 1));
            self.blocks.extend(from..=block_of(haystack, range.end + REACH));
        }
    }

    /// Returns the numbers of the blocks that may hold a value in disguise.
    pub(crate) fn blocks(&self) -> &[u64] {
        &self.blocks
    }

    /// Returns whether something in disguise stands in a range or near it.
    pub(crate) fn touch(&self, range: &Range<usize>) -> bool {
        let first = self.ranges.partition_point(|spot| spot.end + NEAR_BEFORE < range.start);
        self.ranges.get(first).is_some_and(|spot| spot.start <= range.end + NEAR_BEHIND)
    }
}

/// Returns the ends of eight single digits with one byte between each and the next.
fn singles(digits: u128, words: u128) -> u128 {
    let mut ends = digits & !(words << 1) & !(words >> 1);
    let mut count = 1;
    while count < FEWEST_APART {
        ends &= ends << (2 * count);
        count *= 2;
    }
    ends
}

/// Returns the bits that have enough letters and digits before them to be encoded text.
fn long_words(words: u128) -> u128 {
    let two = words & words << 1;
    let four = two & two << 2;
    let eight = four & four << 4;
    eight & eight << (base64::SHORTEST_WORD - 8)
}

/// Returns where the letters and digits at `at` begin, at most a stretch back.
fn start_of_run(bytes: &[u8], at: usize) -> usize {
    let head = bytes.get(at.saturating_sub(REACH)..=at).unwrap_or_default();
    at + 1 - head.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Returns whether what stands at a mark is a digit or letter, or takes room within a number or word.
fn is_disguise(bytes: &[u8], at: usize) -> bool {
    let tail = bytes.get(at..).unwrap_or_default();
    match tail.first() {
        Some(b'>') => is_within(bytes, at, 1),
        Some(b'=') if !escapes::is_quoted(bytes, at) => false,
        Some(0x80..) => is_other_character(bytes, at),
        _ => escapes::unit(bytes, at, true).is_some_and(|unit| is_hidden(bytes, at, unit)),
    }
}

fn is_other_character(bytes: &[u8], at: usize) -> bool {
    let Some((character, width)) = bytes.get(at..).and_then(utf8::decode) else { return false };
    match chars::fold(character) {
        Folded::Same => false,
        Folded::Byte(byte) if byte.is_ascii_alphanumeric() => true,
        Folded::Byte(_) => is_within(bytes, at, width),
        Folded::Gone => is_within(bytes, at, width) || is_in_word(bytes, at, width),
    }
}

fn is_hidden(bytes: &[u8], at: usize, unit: Unit) -> bool {
    match unit.meaning {
        Meaning::Char(_) => true,
        Meaning::Byte(byte) if byte.is_ascii_alphanumeric() || byte >= 0x80 => true,
        Meaning::Byte(b'&') => bytes.get(at + unit.width) == Some(&b'#'),
        Meaning::Byte(b'%') => bytes.get(at + unit.width).is_some_and(u8::is_ascii_hexdigit),
        Meaning::Byte(b'\\') => matches!(bytes.get(at + unit.width), Some(b'u' | b'x')),
        Meaning::Byte(_) => is_within(bytes, at, unit.width),
        Meaning::Gone => is_within(bytes, at, unit.width) || is_in_word(bytes, at, unit.width),
    }
}

/// Whether letters or digits touch what stands at `at` on both sides.
fn is_in_word(bytes: &[u8], at: usize, width: usize) -> bool {
    let is_word = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
    at.checked_sub(1).is_some_and(is_word) && is_word(at + width)
}

/// Whether a digit stands before what is at `at`, and one behind it, other disguises and separators
/// left out.
fn is_within(bytes: &[u8], at: usize, width: usize) -> bool {
    let head = bytes.get(at.saturating_sub(4)..at).unwrap_or_default();
    let mut before = head.iter().rev().skip_while(|byte| is_separator(**byte));
    before.next().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b'>' | 0x80..))
        && leads_to_digit(bytes, at + width)
}

fn leads_to_digit(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..STEPS {
        let Some(byte) = bytes.get(at) else { return false };
        if byte.is_ascii_digit() {
            return true;
        }
        let width = match escapes::unit(bytes, at, true) {
            Some(unit) if is_digit(unit.meaning) => return true,
            Some(unit) => unit.width,
            None if is_separator(*byte) => 1,
            None => match bytes.get(at..).and_then(utf8::decode) {
                Some((character, width)) if character > '\u{7f}' => match chars::fold(character) {
                    Folded::Same => return false,
                    Folded::Byte(byte) if byte.is_ascii_digit() => return true,
                    _ => width,
                },
                _ => return false,
            },
        };
        at += width;
    }
    false
}

fn is_digit(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Byte(b'0'..=b'9'))
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'/' | b'_' | b'\r' | b'\n' | b'>' | b'+')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_spotted(text: &str) -> bool {
        let haystack = Haystack { bytes: text.as_bytes(), base: 0 };
        let mut classes = Classes::default();
        classes.fill(haystack.bytes, 0..text.len());
        let mut spots = Spots::default();
        spots.find(haystack, &classes, std::iter::empty());
        !spots.blocks().is_empty()
    }

    #[test]
    fn disguises_are_spotted_at_every_place_of_a_block() {
        for text in [
            "４111",
            "41\u{200b}11",
            "&#52;111",
            "4111&nbsp;1111",
            "4111</b> <i>1111",
            "%34111",
            "4111%201111",
            "4111\\u00a01111",
            "4111=201111",
            "4111\n> 1111",
            "4 1 1 1 1 1 1 1",
            "NDExMSAxMTExIA==",
            "di\u{ad}abetes",
            "4111\\-1111",
            "diab&egrave;te",
            "%2534",
        ] {
            for pad in 0..130 {
                assert!(is_spotted(&format!("{}{text} ", " ".repeat(pad))), "{text} at {pad}");
            }
        }
    }

    #[test]
    fn plain_text_is_not() {
        for text in [
            "In 1990 “curly quotes” — and dashes – stood, naïvely.",
            "<td>12</td><td>13</td> <p>text</p> a < b && c > d",
            "GET /a?b=1&c=2&d=50% HTTP/1.1",
            "{\"a\": \"line\\nnext\", \"path\": \"C:\\\\dir\"}",
            "d41d8cd98f00b204e9800998ecf8427e internationalisation",
            "1, 2, 3, 4, 5, 6, 7, 8, 9",
        ] {
            assert!(!is_spotted(text), "{text}");
        }
    }
}
