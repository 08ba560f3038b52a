//! Numbers broken up in ways that nobody's form has: `4111 - 1111`, `219.09-9999`, `4111\n1111`, `4l11`.

use std::ops::Range;

use super::Text;

/// How the parts of a broken-up number are put together again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// By one separator for each gap: its mark, or a blank.
    Single,
    /// By nothing.
    Nothing,
}

/// Bytes that a gap within a number may take.
const WIDEST_GAP: usize = 8;
/// Digits of the shortest number that is put together.
const FEWEST_DIGITS: usize = 6;
/// Letters of the longest prefix or suffix that stands apart from its number.
const LONGEST_AFFIX: usize = 2;

/// Copies a text with the broken-up numbers in it put together. Returns whether there was any.
pub(super) fn join(from: &Text, joint: Joint, to: &mut Text) -> bool {
    to.clear();
    let mut copied = 0;
    for number in numbers(&from.bytes) {
        if number.start() < copied || !number.is_broken(&from.bytes) {
            continue;
        }
        to.copy(from, copied..number.start());
        copied = number.end();
        put_together(from, &number, joint, to);
    }
    let any = copied > 0;
    to.copy(from, copied..from.bytes.len());
    any
}

/// Returns whether a text holds a broken-up number.
pub(super) fn is_in(text: &[u8]) -> bool {
    numbers(text).any(|number| number.is_broken(text))
}

fn put_together(from: &Text, number: &Number, joint: Joint, to: &mut Text) {
    let mut end = number.start();
    for token in &number.tokens {
        let gap = end..token.start;
        if joint == Joint::Single && !gap.is_empty() {
            let bytes = from.bytes.get(gap.clone()).unwrap_or_default();
            to.push(mark(bytes).unwrap_or(b' '), from.place(gap));
        }
        let written = from.bytes.get(token.clone()).unwrap_or_default();
        let first_digit = written.iter().position(u8::is_ascii_digit).unwrap_or(written.len());
        let all_alike = written.iter().all(|byte| digit_like(*byte).is_some());
        for (index, byte) in written.iter().enumerate() {
            let digit = digit_like(*byte).filter(|_| all_alike || index > first_digit);
            let at = token.start + index;
            to.push(digit.unwrap_or(*byte), from.place(at..at + 1));
        }
        end = token.end;
    }
}

/// Returns the mark of a gap that is more than blank.
fn mark(gap: &[u8]) -> Option<u8> {
    gap.iter().copied().find(|byte| matches!(byte, b'-' | b'.' | b'/' | b'_'))
}

/// Tokens with gaps between that may be one number.
#[derive(Debug, Default)]
struct Number {
    tokens: Vec<Range<usize>>,
}

impl Number {
    fn start(&self) -> usize {
        self.tokens.first().map_or(0, |token| token.start)
    }

    fn end(&self) -> usize {
        self.tokens.last().map_or(0, |token| token.end)
    }

    /// Whether it is long enough, and has a gap of more than one byte, a line end, or a letter in place
    /// of a digit.
    fn is_broken(&self, bytes: &[u8]) -> bool {
        let written = |token: &Range<usize>| bytes.get(token.clone()).unwrap_or_default();
        let is_digit = |byte: &&u8| byte.is_ascii_digit();
        let digits = self.tokens.iter().map(|t| written(t).iter().filter(is_digit).count());
        let letters = self.tokens.iter().any(|token| has_look_alike(written(token)));
        let gaps = self.tokens.windows(2).filter_map(|pair| match pair {
            [left, right] => bytes.get(left.end..right.start),
            _ => None,
        });
        let mut gaps = gaps.into_iter();
        let wide = gaps.any(|gap| gap.len() > 1 || gap == b"\n");
        digits.sum::<usize>() >= FEWEST_DIGITS && (wide || letters)
    }

    /// Whether it may go on with a token: a gap between, with the mark that the first gap has.
    fn takes(&self, bytes: &[u8], token: &Range<usize>) -> bool {
        let gap = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        let first = self.tokens.first().zip(self.tokens.get(1));
        let own = gap(self.end(), token.start);
        let same =
            first.is_none_or(|(first, second)| mark(gap(first.end, second.start)) == mark(own));
        self.tokens.is_empty() || same && is_gap(own)
    }
}

/// Whether a letter stands among digits in place of one.
fn has_look_alike(token: &[u8]) -> bool {
    let digit = token.iter().position(u8::is_ascii_digit);
    let letter = |byte: &u8| !byte.is_ascii_digit() && digit_like(*byte).is_some();
    let all_alike = token.iter().all(|byte| digit_like(*byte).is_some());
    let from = if all_alike { Some(0) } else { digit };
    digit.is_some() && token.get(from.unwrap_or(0)..).unwrap_or_default().iter().any(letter)
}

/// Returns the digit that a byte is or looks like.
fn digit_like(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte),
        b'O' | b'o' => Some(b'0'),
        b'I' | b'l' | b'|' => Some(b'1'),
        _ => None,
    }
}

/// Iterates over what may be numbers: tokens with a digit, and short ones of capitals beside such.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = Number> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut number = Number::default();
        let mut digits = false;
        while let Some(token) = next_token(bytes, at) {
            let written = bytes.get(token.clone()).unwrap_or_default();
            let numeric = written.iter().any(u8::is_ascii_digit);
            let affix =
                written.len() <= LONGEST_AFFIX && written.iter().all(u8::is_ascii_uppercase);
            if !number.takes(bytes, &token) || !(numeric || affix) {
                if digits {
                    // With another mark the last token may begin another number.
                    at = number
                        .tokens
                        .last()
                        .filter(|_| number.tokens.len() > 1)
                        .map_or(at, |last| last.start);
                    return Some(number);
                }
                number.tokens.clear();
            }
            at = token.end;
            if numeric || affix {
                digits |= numeric;
                number.tokens.push(token);
            }
        }
        at = bytes.len();
        digits.then_some(number)
    })
}

/// Returns the letters, digits and bars that follow `at`.
fn next_token(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || *byte == b'|';
    let start = at + bytes.get(at..)?.iter().position(is_part)?;
    let length = bytes.get(start..)?.iter().take_while(|byte| is_part(byte)).count();
    Some(start..start + length)
}

/// Whether a number may go on behind these bytes.
fn is_gap(bytes: &[u8]) -> bool {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let is_separator =
        |byte: &u8| matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'/' | b'_' | b'\r' | b'\n' | b'>');
    lines <= 1 && (1..=WIDEST_GAP).contains(&bytes.len()) && bytes.iter().all(is_separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str, joint: Joint) -> Option<String> {
        let mut to = Text::default();
        let any = join(&Text::of(text.as_bytes()), joint, &mut to);
        assert_eq!(any, is_in(text.as_bytes()));
        any.then(|| String::from_utf8(to.bytes).unwrap())
    }

    #[test]
    fn gaps_become_one_mark_or_none() {
        for (text, single, none) in [
            ("card 4111 - 1111-1111--1111.", "card 4111-1111-1111-1111.", "card 4111111111111111."),
            (
                "2026 4111 - 1111 - 1111 - 1111 12/27",
                "2026 4111-1111-1111-1111 12/27",
                "2026 4111111111111111 12/27",
            ),
            ("a 41111111\n11111111 b", "a 41111111 11111111 b", "a 4111111111111111 b"),
            ("ssn 219 -09 - 9999", "ssn 219-09-9999", "ssn 219099999"),
            ("PL6l 1O90 1O14", "PL61 1090 1014", "PL6110901014"),
            ("x PL 61  1090 1014", "x PL 61 1090 1014", "x PL6110901014"),
            ("4111 11l1 1111 1O11", "4111 1111 1111 1011", "4111111111111011"),
        ] {
            assert_eq!(joined(text, Joint::Single).as_deref(), Some(single));
            assert_eq!(joined(text, Joint::Nothing).as_deref(), Some(none));
        }
    }

    #[test]
    fn what_is_whole_is_left() {
        for text in
            ["4111 1111 1111 1111", "219-09-9999", "in 1990, 1991", "2026-11-21", "1 - 2", ""]
        {
            assert_eq!(joined(text, Joint::Single), None, "{text}");
        }
    }
}
