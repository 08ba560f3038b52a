//! The letters and digits of a value, one by one, and what stands between them.

use std::ops::Range;

use super::chars::{self, Folded};
use crate::engine::outline::{Gap, Glyph};
use crate::engine::utf8;

/// Bytes of the longest value, written long.
const LONGEST_WRITTEN: usize = 160;
/// Letters and digits of the longest value, and what may follow it.
const MOST_GLYPHS: usize = 48;
/// Characters between two glyphs.
const WIDEST_GAP: usize = 8;

/// Where a value may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// On the next line.
    Lines,
    /// Within the cell of a table.
    Cell,
}

/// Reads the glyphs from `at` on, up to what stands between the parts of no value.
///
/// Reads at most [`LONGEST_WRITTEN`] bytes and a character.
pub(crate) fn read(bytes: &[u8], at: usize, extent: Extent, glyphs: &mut Vec<Glyph>) {
    glyphs.clear();
    let mut between = Between::default();
    let mut end = at;
    while end < at + LONGEST_WRITTEN && glyphs.len() < MOST_GLYPHS {
        let start = end;
        let Some((character, width)) = bytes.get(start..).and_then(utf8::decode) else { break };
        end += width;
        let byte = match chars::fold(character) {
            Folded::Gone => continue,
            Folded::Byte(byte) => byte,
            Folded::Same => u8::try_from(character).unwrap_or(b'?'),
        };
        if byte.is_ascii_alphanumeric() {
            glyphs.push(Glyph { byte, start, end, gap: between.gap() });
            between = Between::default();
        } else if !between.takes(byte, extent) || is_full_stop(bytes, start, byte) {
            break;
        }
    }
}

/// Whether glyphs are no number, or digits and nothing else.
pub(crate) fn is_plain(glyphs: &[Glyph]) -> bool {
    let digits = glyphs.iter().filter(|glyph| glyph.byte.is_ascii_digit()).count();
    let whole = || glyphs.iter().all(|glyph| glyph.gap == Gap::None);
    digits == 0 || digits == glyphs.len() && whole()
}

/// Whether a small letter among glyphs is meant as a capital.
pub(crate) fn is_capitalised(glyphs: &[Glyph], meant: &[u8]) -> bool {
    let meant = meant.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let mut pairs = glyphs.iter().map(|glyph| glyph.byte).zip(meant);
    pairs.any(|(written, meant)| written != *meant && written.to_ascii_uppercase() == *meant)
}

/// Whether the parts of a number are those of a date or of an address of the Internet Protocol, and its own
/// separators, those of `meant`, others.
pub(crate) fn is_other(glyphs: &[Glyph], meant: &[u8]) -> bool {
    let mut gaps = glyphs.iter().map(|glyph| glyph.gap).filter(|gap| *gap != Gap::None);
    let Some(Gap::Mark(mark)) = gaps.next() else { return false };
    if gaps.any(|gap| gap != Gap::Mark(mark)) || meant.contains(&mark) {
        return false;
    }
    let mut text = String::new();
    for glyph in glyphs {
        text.extend((glyph.gap != Gap::None).then_some('.'));
        text.push(char::from(glyph.byte));
    }
    let address = || mark == b'.' && text.parse::<std::net::Ipv4Addr>().is_ok();
    is_date(&text).unwrap_or(false) || address()
}

/// Returns whether three numbers are a day in some order, `None` where they are no three numbers.
fn is_date(parts: &str) -> Option<bool> {
    let mut parts = parts.split('.').map(|part| part.parse::<u16>().ok());
    let (first, second, third) = (parts.next()??, parts.next()??, parts.next()??);
    let day = |one: u16, other: u16| {
        (1..=31).contains(&one) && (1..=31).contains(&other) && one.min(other) <= 12
    };
    let year = |year: u16| (1900..2100).contains(&year);
    let last = (year(third) || third < 100) && day(first, second);
    Some(parts.next().is_none() && (last || year(first) && day(second, third)))
}

/// Bytes behind a name in which its value begins, whatever leads to it.
const LONGEST_LEAD: usize = 48;
/// Words between a name and its value.
const MOST_WORDS: usize = 5;

/// Returns the bytes behind the name that ends at `name` in which its value begins.
pub(crate) fn lead(name: usize) -> Range<usize> {
    name..name + LONGEST_LEAD
}

/// Iterates over where words and numbers begin behind the name that ends at `name`, up to the first number:
/// the value may begin at any of them.
///
/// Reads at most [`LONGEST_LEAD`] bytes and a word.
pub(crate) fn places_behind(bytes: &[u8], name: usize) -> impl Iterator<Item = usize> {
    let mut at = behind_word(bytes, name);
    let mut ended = false;
    let places = std::iter::from_fn(move || {
        let start = next_word(bytes, at).filter(|at| !ended && lead(name).contains(at))?;
        at = behind_word(bytes, start);
        ended = bytes.get(start..at)?.iter().any(u8::is_ascii_digit);
        Some(start)
    });
    places.take(MOST_WORDS + 1)
}

/// Returns where the letters and digits end that begin at `at`.
fn behind_word(bytes: &[u8], at: usize) -> usize {
    let tail = bytes.get(at..).unwrap_or_default().iter().take(LONGEST_LEAD);
    let mut end = at + tail.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    while let Some((character, width)) = bytes.get(end..).and_then(utf8::decode)
        && end < at + LONGEST_LEAD
        && matches!(written(character), Some(byte) if byte.is_ascii_alphanumeric())
    {
        end += width;
    }
    end
}

/// Returns the byte of ASCII that a character stands for, a letter for all letters outside of ASCII; `None`
/// where a reader sees nothing.
fn written(character: char) -> Option<u8> {
    match chars::fold(character) {
        Folded::Gone => None,
        Folded::Byte(byte) => Some(byte),
        Folded::Same if character.is_alphabetic() && !character.is_ascii() => Some(b'x'),
        Folded::Same => Some(u8::try_from(character).unwrap_or(b'?')),
    }
}

/// Returns where the next word begins behind what may stand between a name and its value; tags count as
/// nothing. `None` where a sentence, a cell or an object ends.
fn next_word(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut lines = 0;
    for _ in 0..2 * LONGEST_LEAD {
        let tail = bytes.get(at..)?;
        let (character, width) = utf8::decode(tail)?;
        match written(character) {
            Some(byte) if byte.is_ascii_alphanumeric() => return Some(at),
            // The answer stands on the next line.
            Some(b'?') if matches!(tail, [_, b'\n' | b'\r', ..]) => {}
            Some(b',' | b';' | b'!' | b'?' | b'{' | b'}' | b'&') => return None,
            Some(b'\n') if lines == 1 => return None,
            Some(b'\n') => lines += 1,
            Some(byte) if byte.is_ascii_control() && !byte.is_ascii_whitespace() => return None,
            Some(b'<') => {
                let tag = tail.get(..LONGEST_LEAD).unwrap_or(tail);
                at += memchr::memchr(b'>', tag)?;
            }
            _ => {}
        }
        at += width;
    }
    None
}

/// Whether a dot stands behind a glyph and before a blank.
fn is_full_stop(bytes: &[u8], at: usize, byte: u8) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let ends = bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace());
    byte == b'.' && ends && before.is_some_and(u8::is_ascii_alphanumeric)
}

/// What was read since the last glyph.
#[derive(Debug, Default)]
struct Between {
    characters: usize,
    mark: Option<u8>,
    lines: usize,
}

impl Between {
    /// Returns whether a value may go on behind this character, and takes it.
    fn takes(&mut self, byte: u8, extent: Extent) -> bool {
        self.characters += 1;
        let fits = match byte {
            b' ' => true,
            b'\t' | b'\r' => extent == Extent::Lines,
            b'\n' => {
                self.lines += 1;
                extent == Extent::Lines && self.lines == 1
            }
            // The quoting of a reply.
            b'>' => self.lines > 0,
            b'-' | b'.' | b'/' | b'_' => self.mark.replace(byte).is_none_or(|mark| mark == byte),
            _ => false,
        };
        fits && self.characters <= WIDEST_GAP
    }

    fn gap(&self) -> Gap {
        match self.mark {
            Some(mark) => Gap::Mark(mark),
            None if self.lines > 0 => Gap::Line,
            None if self.characters > 0 => Gap::Blank,
            None => Gap::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glyphs of a text, each gap written as its mark, ` `, or `\n`.
    fn written(text: &str, extent: Extent) -> String {
        let mut glyphs = Vec::new();
        read(text.as_bytes(), 0, extent, &mut glyphs);
        let mut out = String::new();
        for glyph in glyphs {
            match glyph.gap {
                Gap::None => {}
                Gap::Blank => out.push(' '),
                Gap::Line => out.push('\n'),
                Gap::Mark(mark) => out.push(char::from(mark)),
            }
            out.push(char::from(glyph.byte));
        }
        out
    }

    #[test]
    fn glyphs_are_read_with_what_stands_between() {
        for (text, expected) in [
            ("536 - 22–8725, 1", "536-22-8725"),
            ("5\u{200b}3\u{2000}６ A", "53 6 A"),
            ("536-22\r\n>> 8725: x", "536-22\n8725"),
            ("536 22\n\n8725", "536 22"),
            ("536.22. 8725", "536.22"),
            ("536-.22", "536"),
            ("536/22 é", "536/22"),
        ] {
            assert_eq!(written(text, Extent::Lines), expected, "{text}");
        }
        assert_eq!(written("53 6\t22", Extent::Cell), "53 6");
        assert_eq!(written("53 6\n22", Extent::Cell), "53 6");
    }

    #[test]
    fn dates_and_addresses_are_no_numbers_in_parts() {
        let is_other = |text: &str, meant: &str| {
            let mut glyphs = Vec::new();
            read(text.as_bytes(), 0, Extent::Cell, &mut glyphs);
            super::is_other(&glyphs, meant.as_bytes())
        };
        for text in ["12.03.2026", "2026-3-12", "03/12/26", "192.168.100.200"] {
            assert!(is_other(text, "12345678"), "{text}");
        }
        for text in ["12 03 2026", "32.13.2026", "536.22.8725", "192-168-100-200", "19-13-12-1"] {
            assert!(!is_other(text, "12345678"), "{text}");
        }
        assert!(!is_other("10-16-01", "10-16-01"));
    }

    #[test]
    fn values_begin_at_words_behind_their_names() {
        let places = |text: &str| {
            let name = text.find('|').unwrap();
            let text = text.replacen('|', "", 1);
            let places: Vec<usize> = places_behind(text.as_bytes(), name).collect();
            places.iter().map(|at| text[*at..].chars().next().unwrap()).collect::<String>()
        };
        for (text, expected) in [
            ("ssn|: 536-22", "5"),
            ("ssn|_no = \"536", "n5"),
            ("carte| de Jean : 7 12", "dJ7"),
            ("<th>ssn|</th><td class='a1'>5", "5"),
            ("ssn|?\nanna: 536", "a5"),
            ("カード番号|：５３６", "５"),
            ("ssn| was given to him by one who 5", "wgthbo"),
            ("ssn|, 536", ""),
            ("ssn|\n\n536", ""),
            ("ssn|? 536", ""),
            ("ssn|\u{1} 536", ""),
        ] {
            assert_eq!(places(text), expected, "{text}");
        }
    }

    #[test]
    fn a_glyph_knows_where_it_stands() {
        let mut glyphs = Vec::new();
        read("x５ 3".as_bytes(), 1, Extent::Cell, &mut glyphs);
        let places: Vec<_> = glyphs.iter().map(|glyph| (glyph.start, glyph.end)).collect();
        assert_eq!(places, [(1, 4), (5, 6)]);
    }
}
