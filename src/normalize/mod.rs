//! Text as it is written to text as it is meant: encodings, markup, Unicode digits and blanks, zero-width
//! characters and separators between all taken off, with a map back to the bytes as they lie.
//!
//! Clean text pays for a look at the class masks. Where something in disguise stands, the text around it
//! is copied, normalized, and scanned as if it had been written so. What is copied is cut at fixed offsets of
//! the segment, so it is the same however the segment arrives.

mod base64;
mod chars;
mod escapes;
pub(crate) mod glyphs;
mod spots;

use std::ops::Range;

use crate::engine::utf8;
use crate::engine::window::Haystack;
use chars::Folded;
use escapes::Meaning;
pub(crate) use spots::{Numbers, Spots};

/// Bytes of a block: what begins in one is decided on together, at offsets that are multiples of it.
const BLOCK: u64 = 512;
/// Bytes before a block that are normalized with it: what a keyword and its value take, written long.
const BEFORE: u64 = 384;
/// Bytes behind a block that are normalized with it: the longest value, written long.
const AFTER: u64 = 512;
/// Encodings within encodings that are taken off.
const DEPTH: usize = 3;
/// Characters, each apart from the next, from which on they are one word.
const FEWEST_APART: usize = 8;

/// Bytes of a group that single characters may go on from.
const LONGEST_LEAD: usize = 6;

/// A stretch of normalized text.
#[derive(Debug, Default)]
pub(crate) struct View {
    text: Text,
    spare: Text,
    /// Index of the haystack at which the stretch begins.
    start: usize,
    /// What of the block lies in the haystack.
    block: Range<usize>,
}

/// Normalized bytes and the bytes of the stretch that each stands for.
#[derive(Debug, Default)]
struct Text {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// A range of the stretch; a stretch is a few kilobytes.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: u16,
    end: u16,
}

impl View {
    /// Returns the first text that the first bytes of a segment hold in base64, with what stands behind it;
    /// `None` where they hold none.
    ///
    /// # Complexity
    ///
    /// Linear in those bytes; where there is none, a look at each [`base64::SHORTEST_TEXT`]-th.
    pub(crate) fn of_encoded(head: &[u8]) -> Option<View> {
        let start = base64::first_text(head)?;
        let mut view = View { start, ..View::default() };
        view.text.fill(head.get(start..)?);
        view.pass(base64::decode).then_some(())?;
        view.decode();
        Some(view)
    }

    /// Calls `read` with each text that a block of the haystack comes to, if it is another than the bytes as
    /// they lie.
    ///
    /// # Complexity
    ///
    /// Linear in the block.
    pub(crate) fn readings(
        &mut self,
        haystack: Haystack<'_>,
        block: u64,
        mut read: impl FnMut(&View),
    ) {
        let (start, end) = (block * BLOCK, (block + 1) * BLOCK);
        self.block = indices_of(haystack, start..end);
        let stretch = indices_of(haystack, start.saturating_sub(BEFORE)..end + AFTER);
        self.start = stretch.start;
        let bytes = haystack.bytes.get(stretch).unwrap_or_default();
        self.text.fill(bytes);
        // What base64 holds is another text, and what looks like it may be a key or token as it stands.
        if self.decode() {
            read(self);
        }
        for _ in 0..DEPTH {
            if !self.pass(base64::decode) {
                break;
            }
            self.decode();
            read(self);
        }
    }

    /// Takes encodings of single characters off, then what only looks different. Returns whether there was
    /// any.
    fn decode(&mut self) -> bool {
        let mut any = false;
        for _ in 0..DEPTH {
            if !self.pass(take_off_escapes) {
                break;
            }
            any = true;
        }
        any |= self.pass(fold_characters);
        any | self.pass(close_up)
    }

    fn pass(&mut self, step: impl Fn(&Text, &mut Text) -> bool) -> bool {
        let changed = step(&self.text, &mut self.spare);
        if changed {
            std::mem::swap(&mut self.text, &mut self.spare);
        }
        changed
    }

    /// Returns the normalized text.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.text.bytes
    }

    /// Returns the range of the text that stands for what a range of the haystack and the block share.
    pub(crate) fn within(&self, range: &Range<usize>) -> Range<usize> {
        let range = range.start.max(self.block.start)..range.end.min(self.block.end);
        let index = |at: usize| {
            let at = at.saturating_sub(self.start);
            self.text.places.partition_point(|place| usize::from(place.start) < at)
        };
        index(range.start)..index(range.end)
    }

    /// Returns where a range of the text stands in the haystack.
    pub(crate) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let place = self.text.place(range.clone());
        self.start + usize::from(place.start)..self.start + usize::from(place.end)
    }
}

/// Returns the block that an index of the haystack lies in.
fn block_of(haystack: Haystack<'_>, index: usize) -> u64 {
    (haystack.base + index as u64) / BLOCK
}

/// Returns what of a block lies in the haystack.
fn indices_of(haystack: Haystack<'_>, offsets: Range<u64>) -> Range<usize> {
    let index = |offset: u64| {
        let index = offset.saturating_sub(haystack.base);
        usize::try_from(index).map_or(haystack.bytes.len(), |at| at.min(haystack.bytes.len()))
    };
    index(offsets.start)..index(offsets.end)
}

impl Text {
    #[cfg(test)]
    fn of(bytes: &[u8]) -> Text {
        let mut text = Text::default();
        text.fill(bytes);
        text
    }

    fn fill(&mut self, bytes: &[u8]) {
        self.clear();
        self.bytes.extend_from_slice(bytes);
        let ends = (1..=u16::MAX).take(bytes.len());
        self.places.extend(ends.map(|end| Place { start: end - 1, end }));
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }

    fn push(&mut self, byte: u8, place: Place) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    fn copy(&mut self, from: &Text, range: Range<usize>) {
        self.bytes.extend_from_slice(from.bytes.get(range.clone()).unwrap_or_default());
        self.places.extend_from_slice(from.places.get(range).unwrap_or_default());
    }

    /// Ends a copy in which everything before `copied` has been written, unless nothing was changed. Returns
    /// whether something was.
    fn finish(&mut self, from: &Text, copied: usize) -> bool {
        if copied > 0 {
            self.copy(from, copied..from.bytes.len());
        }
        copied > 0
    }

    /// Writes the meaning of a range of another text.
    fn write(&mut self, meaning: Meaning, place: Place) {
        match meaning {
            Meaning::Gone => {}
            Meaning::Byte(byte) => self.push(byte, place),
            Meaning::Char(character) => {
                let mut buffer = [0; 4];
                let bytes = character.encode_utf8(&mut buffer).bytes();
                bytes.for_each(|byte| self.push(byte, place));
            }
        }
    }

    /// Returns the bytes of the stretch that a range stands for.
    fn place(&self, range: Range<usize>) -> Place {
        let places = self.places.get(range).unwrap_or_default();
        let start = places.first().map_or(0, |place| place.start);
        Place { start, end: places.last().map_or(start, |place| place.end) }
    }
}

/// Replaces what encodings and markup write. Returns whether there was any.
fn take_off_escapes(from: &Text, to: &mut Text) -> bool {
    let quoted_printable = escapes::is_quoted_printable(&from.bytes);
    let opens = |byte: &u8| matches!(byte, b'&' | b'%' | b'\\' | b'<' | b'=');
    replace(from, to, opens, |at| match escapes::unit(&from.bytes, at, quoted_printable) {
        Some(unit) => (Some(unit.meaning), unit.width),
        None => (None, 1),
    })
}

/// Replaces characters that stand for an ASCII one, and the quoting of replies. Returns whether there was
/// any.
fn fold_characters(from: &Text, to: &mut Text) -> bool {
    replace(
        from,
        to,
        |byte| *byte == b'\n' || !byte.is_ascii(),
        |at| {
            let tail = from.bytes.get(at..).unwrap_or_default();
            let quoted = || quoting(tail).map(|width| (Some(Meaning::Byte(b'\n')), width));
            if tail.starts_with(b"\n") { quoted().unwrap_or((None, 1)) } else { folded(tail) }
        },
    )
}

/// Copies a text, with what `meaning` finds at bytes of a class replaced; it returns how many bytes it
/// has read. Returns whether there was any.
fn replace(
    from: &Text,
    to: &mut Text,
    class: impl Fn(&u8) -> bool,
    meaning: impl Fn(usize) -> (Option<Meaning>, usize),
) -> bool {
    to.clear();
    let (mut at, mut copied) = (0, 0);
    while let Some(ahead) = from.bytes.get(at..).and_then(|tail| tail.iter().position(&class)) {
        at += ahead;
        let (meaning, width) = meaning(at);
        let Some(meaning) = meaning else {
            at += width;
            continue;
        };
        to.copy(from, copied..at);
        to.write(meaning, from.place(at..at + width));
        at += width;
        copied = at;
    }
    to.finish(from, copied)
}

/// Returns what the character at the start of a text comes to, if another, and its width.
fn folded(tail: &[u8]) -> (Option<Meaning>, usize) {
    let (character, width) = utf8::decode(tail).unwrap_or(('\0', 1));
    match chars::fold(character) {
        Folded::Same => (None, width),
        Folded::Byte(byte) => (Some(Meaning::Byte(byte)), width),
        Folded::Gone => (Some(Meaning::Gone), width),
    }
}

/// Marks of quoted replies, nested, with blanks between, that are read at most.
const LONGEST_QUOTING: usize = 8;

/// Returns how many bytes a line end and the quoting of a reply behind it take.
fn quoting(tail: &[u8]) -> Option<usize> {
    let marks = tail.get(1..)?.iter().take(LONGEST_QUOTING);
    let count = marks.clone().take_while(|byte| matches!(byte, b'>' | b' ')).count();
    let quotes = marks.take(count).any(|byte| *byte == b'>');
    quotes.then_some(1 + count)
}

/// Copies a text without the separators between single characters: `D E 8 9`, `4-1-1-1`. Returns whether
/// there was any.
fn close_up(from: &Text, to: &mut Text) -> bool {
    to.clear();
    let (mut at, mut copied) = (0, 0);
    while at < from.bytes.len() {
        let count = apart(&from.bytes, at);
        if count >= FEWEST_APART {
            to.copy(from, copied..at - usize::from(is_led(&from.bytes, at)));
            (at..at + 2 * count).step_by(2).for_each(|single| to.copy(from, single..single + 1));
            copied = at + 2 * count - 1;
        }
        at += (2 * count).max(1);
    }
    to.finish(from, copied)
}

/// Whether a group that ends in a digit stands before the single characters at `at`, behind the separator that
/// is between them too: the `PL5` of `PL5 5 6 6`.
fn is_led(bytes: &[u8], at: usize) -> bool {
    let head = bytes.get(at.saturating_sub(LONGEST_LEAD + 1)..at).unwrap_or_default();
    let Some((separator, group)) = head.split_last() else { return false };
    let mut letters = group.iter().rev().skip(1).take_while(|byte| byte.is_ascii_alphanumeric());
    let is_group = group.last().is_some_and(u8::is_ascii_digit) && letters.next().is_some();
    is_group && letters.count() + 2 < LONGEST_LEAD && bytes.get(at + 1) == Some(separator)
}

/// Returns how many single letters and digits stand at `at`, each behind the same separator.
fn apart(bytes: &[u8], at: usize) -> usize {
    let is_word = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
    if at.checked_sub(1).is_some_and(is_word) || !is_word(at) || is_word(at + 1) {
        return 0;
    }
    let separator = bytes.get(at + 1);
    if !separator.is_some_and(|b| matches!(b, b' ' | b'-' | b'.' | b'_' | b'/')) {
        return 1;
    }
    let is_next =
        |index: usize| bytes.get(index - 1) == separator && is_word(index) && !is_word(index + 1);
    1 + (at + 2..).step_by(2).take_while(|index| is_next(*index)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first reading of a text, with the value that the tests look for mapped back.
    fn read(text: &str) -> Vec<String> {
        let haystack = Haystack { bytes: text.as_bytes(), base: 0 };
        let mut readings = Vec::new();
        View::default().readings(haystack, 0, |view| {
            readings.push(String::from_utf8_lossy(view.bytes()).into_owned());
        });
        readings
    }

    #[test]
    fn disguises_are_taken_off() {
        for text in [
            "４１１１ 1111",
            "4111\u{200b} 11\u{ad}11",
            "&#52;111&nbsp;1111",
            "<b>4111</b> 1<i>1</i>11",
            "%34111%201111",
            "\\u0034111\\u00a01111",
            "4111=20111=\r\n1",
            "4111\\ 1111",
            "%2534111 1111",
            "NDExMSAxMTExIA==",
            "٤١١١ ١١١١",
        ] {
            let readings = read(text);
            assert_eq!(readings[0].trim_end(), "4111 1111", "{text}");
        }
        assert_eq!(read("4111\r\n> > 1111")[0], "4111\r\n1111");
        assert_eq!(read("IBAN D E 8 9 3 7 0 4, x")[0], "IBAN DE893704, x");
        assert_eq!(read("4-1-1-1-1-1-1-1")[0], "41111111");
        assert_eq!(read("IBAN: DE8 9 3 7 0 4 0 0 4")[0], "IBAN: DE893704004");
        assert_eq!(read("section 4 1 1 1 1 1 1 1 1")[0], "section 411111111");
        assert!(read("4111111111111111, naïve “text” in 1990").is_empty());
    }

    #[test]
    fn letters_stay_whose_bytes_would_be_marks_alone() {
        // U+00ED ends in the byte that is a soft hyphen in ISO 8859-1, U+00E0 in that of a blank.
        assert_eq!(read("aquí à １ 운전")[0], "aquí à 1 운전");
    }

    #[test]
    fn what_looks_like_base64_is_read_both_ways() {
        let readings = read("４ eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9");
        assert_eq!(readings[0], "4 eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9");
        assert_eq!(readings[1], "4 {\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    }

    #[test]
    fn every_byte_maps_back_to_what_it_is_written_with() {
        let text = "x &#52;<b>1</b>\u{200b}1１ y";
        let haystack = Haystack { bytes: text.as_bytes(), base: 0 };
        View::default().readings(haystack, 0, |view| {
            let start = view.bytes().windows(4).position(|four| four == b"4111").unwrap();
            let origin = view.origin(&(start..start + 4));
            assert_eq!(&text[origin], "&#52;<b>1</b>\u{200b}1１");
        });
    }
}
