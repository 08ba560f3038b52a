//! Numbers broken up in ways that nobody's form has: `4111 - 1111`, `219.09-9999`, `4111\n1111`, `4l11`.

use std::ops::Range;

use super::Text;

/// What is put between the parts of a broken-up number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Blank,
    Nothing,
}

/// Bytes that a gap within a number may take.
const WIDEST_GAP: usize = 8;
/// Digits of the shortest number that is put together.
pub(super) const FEWEST_DIGITS: usize = 8;
/// Digits of the shortest number that is put together for its separators alone: a date has fewer.
const FEWEST_SEPARATED: usize = 9;
/// Letters of the longest prefix or suffix that stands apart from its number.
const LONGEST_AFFIX: usize = 2;

/// Copies a text with the broken-up numbers in it put together. Returns whether there was any.
pub(super) fn join(from: &Text, joint: Joint, to: &mut Text) -> bool {
    to.clear();
    let mut copied = 0;
    for number in broken(&from.bytes) {
        if number.start < copied {
            continue;
        }
        to.copy(from, copied..number.start);
        copied = number.end;
        put_together(from, &number, joint, to);
    }
    to.finish(from, copied)
}

/// Iterates over the broken-up numbers of a text.
pub(super) fn broken(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    numbers(text).filter(|number| is_broken(text, number))
}

fn put_together(from: &Text, number: &Range<usize>, joint: Joint, to: &mut Text) {
    let mut end = number.start;
    for token in tokens(&from.bytes, number) {
        let gap = end..token.start;
        if joint == Joint::Blank && !gap.is_empty() {
            to.push(b' ', from.place(gap));
        }
        end = token.end;
        write_digits(from, token, to);
    }
}

/// Writes a token with digits for the letters that stand in place of them.
fn write_digits(from: &Text, token: Range<usize>, to: &mut Text) {
    let written = from.bytes.get(token.clone()).unwrap_or_default();
    let first = first_read_as_digit(written).map_or(token.end, |first| token.start + first);
    for (at, byte) in token.zip(written) {
        let digit = digit_like(*byte).filter(|_| at >= first);
        to.push(digit.unwrap_or(*byte), from.place(at..at + 1));
    }
}

/// Returns the mark of a gap that is more than blank.
fn mark(gap: &[u8]) -> Option<u8> {
    gap.iter().copied().find(|byte| matches!(byte, b'-' | b'.' | b'/' | b'_'))
}

/// Whether a number is long enough, and has a gap of more than one byte, a line end, a letter in place of
/// a digit, or separators at all, which may be others than its form has.
fn is_broken(bytes: &[u8], number: &Range<usize>) -> bool {
    let written = bytes.get(number.clone()).unwrap_or_default();
    let digits = written.iter().filter(|byte| digit_like(**byte).is_some()).count();
    let mut end = number.start;
    let is_part_broken = |token: Range<usize>| {
        let gap = bytes.get(end..token.start).unwrap_or_default();
        end = token.end;
        gap.len() > 1 || gap == b"\n" || has_look_alike(bytes.get(token).unwrap_or_default())
    };
    let separated = || digits >= FEWEST_SEPARATED && tokens(bytes, number).nth(1).is_some();
    let broken = || tokens(bytes, number).any(is_part_broken) || separated();
    digits >= FEWEST_DIGITS && !is_decimal(written) && !is_uuid(written) && broken()
}

/// Whether points part a number as they do in a decimal fraction, an amount, or an address of version 4 of
/// the Internet Protocol.
fn is_decimal(written: &[u8]) -> bool {
    let parts = written.split(|byte| *byte == b'.').skip(1);
    let groups = parts.clone().filter(|part| part.len() == 3).count();
    let all = parts.count();
    let address = std::str::from_utf8(written).map(str::parse::<std::net::Ipv4Addr>);
    all == 1 || all > 0 && groups == all || address.is_ok_and(|address| address.is_ok())
}

/// Whether dashes stand where those of a UUID do.
fn is_uuid(written: &[u8]) -> bool {
    let dashes = written.iter().enumerate().filter(|(_, byte)| **byte == b'-');
    dashes.map(|(index, _)| index).eq([8, 13, 18, 23]) && written.len() == 36
}

/// Whether a letter stands among digits in place of one.
fn has_look_alike(token: &[u8]) -> bool {
    let first = first_read_as_digit(token);
    let read = first.and_then(|first| token.get(first..)).unwrap_or_default();
    read.iter().any(|byte| !byte.is_ascii_digit() && digit_like(*byte).is_some())
}

/// Returns the index from which on a token's letters are read as digits: its start where nothing else is
/// in it, or its first digit. `None` where there is none.
fn first_read_as_digit(token: &[u8]) -> Option<usize> {
    let all_alike = token.iter().all(|byte| digit_like(*byte).is_some());
    if all_alike { Some(0) } else { token.iter().position(u8::is_ascii_digit) }
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

/// Iterates over what may be numbers: tokens with a digit, and short ones of capitals beside such, with
/// gaps of one kind between.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut number = Number::default();
        while let Some(token) = next_token(bytes, at) {
            let written = bytes.get(token.clone()).unwrap_or_default();
            let digits = is_numeric(written);
            let affix =
                written.len() <= LONGEST_AFFIX && written.iter().all(u8::is_ascii_uppercase);
            let part = digits || affix;
            if !part || !number.takes(bytes, &token) {
                if number.digits {
                    // With another mark the last token may begin another number.
                    at = if number.tokens > 1 { number.last } else { at };
                    return Some(number.range);
                }
                number = Number::default();
            }
            at = token.end;
            if part {
                number.push(bytes, token, digits);
            }
        }
        at = bytes.len();
        number.digits.then_some(number.range)
    })
}

/// Whether a token is digits, or letters in place of them, but for a short prefix and suffix; or begins
/// as an IBAN does.
fn is_numeric(token: &[u8]) -> bool {
    if let [b'A'..=b'Z', b'A'..=b'Z', first, second, ..] = token
        && [first, second].into_iter().all(|byte| digit_like(*byte).is_some())
    {
        return true;
    }
    let letters = |byte: &&u8| byte.is_ascii_alphabetic();
    let prefix = token.iter().take(LONGEST_AFFIX).take_while(letters).count();
    let rest = token.get(prefix..).unwrap_or_default();
    let suffix = rest.iter().rev().take(LONGEST_AFFIX).take_while(letters).count();
    let body = rest.get(..rest.len() - suffix).unwrap_or_default();
    body.iter().any(u8::is_ascii_digit) && body.iter().all(|byte| digit_like(*byte).is_some())
}

/// Tokens with gaps between that may be one number.
#[derive(Debug, Default)]
struct Number {
    range: Range<usize>,
    tokens: usize,
    /// Index of the last token.
    last: usize,
    digits: bool,
    /// The mark of the gaps, `None` in it for a blank; a line end may stand for either.
    mark: Option<Option<u8>>,
}

impl Number {
    /// Whether it may go on with a token: a gap between, with the mark that the first gap has.
    fn takes(&self, bytes: &[u8], token: &Range<usize>) -> bool {
        let gap = bytes.get(self.range.end..token.start).unwrap_or_default();
        let alike = is_line_end(gap) || self.mark.is_none_or(|own| own == mark(gap));
        self.tokens == 0 || is_gap(gap) && alike
    }

    fn push(&mut self, bytes: &[u8], token: Range<usize>, digits: bool) {
        let gap = bytes.get(self.range.end..token.start).unwrap_or_default();
        if self.tokens == 0 {
            self.range.start = token.start;
        } else if !is_line_end(gap) {
            self.mark = Some(mark(gap));
        }
        self.range.end = token.end;
        self.last = token.start;
        self.tokens += 1;
        self.digits |= digits;
    }
}

fn is_line_end(gap: &[u8]) -> bool {
    gap.contains(&b'\n') && mark(gap).is_none()
}

/// Iterates over the tokens of a number.
fn tokens<'b>(bytes: &'b [u8], number: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'b {
    let mut at = number.start;
    let bytes = bytes.get(..number.end).unwrap_or_default();
    std::iter::from_fn(move || {
        let token = next_token(bytes, at)?;
        at = token.end;
        Some(token)
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
        assert_eq!(any, broken(text.as_bytes()).next().is_some());
        any.then(|| String::from_utf8(to.bytes).unwrap())
    }

    #[test]
    fn gaps_become_blanks_or_nothing() {
        for (text, blanks, nothing) in [
            ("card 4111 - 1111-1111--1111.", "card 4111 1111 1111 1111.", "card 4111111111111111."),
            (
                "2026 4111 - 1111 - 1111 12/27",
                "2026 4111 1111 1111 12/27",
                "2026 411111111111 12/27",
            ),
            ("a 41111111\n11111111 b", "a 41111111 11111111 b", "a 4111111111111111 b"),
            ("ssn 219 -09 - 9999", "ssn 219 09 9999", "ssn 219099999"),
            ("ssn 219-0\n9-9999", "ssn 219 0 9 9999", "ssn 219099999"),
            ("ssn 2\n19-09-9999", "ssn 2 19 09 9999", "ssn 219099999"),
            ("219 09 9999", "219 09 9999", "219099999"),
            ("ssn 219.09.9999", "ssn 219 09 9999", "ssn 219099999"),
            ("PL6l 1O90 1O14 9O OO", "PL61 1090 1014 90 00", "PL61109010149000"),
            ("x PL 61  1090 1014", "x PL 61 1090 1014", "x PL6110901014"),
            ("4111 11l1 1111 1O11", "4111 1111 1111 1011", "4111111111111011"),
        ] {
            assert_eq!(joined(text, Joint::Blank).as_deref(), Some(blanks));
            assert_eq!(joined(text, Joint::Nothing).as_deref(), Some(nothing));
        }
    }

    #[test]
    fn what_is_whole_is_left() {
        for text in [
            "4111111111111111",
            "4111 1111-1111 1111",
            "192.168.100.200",
            "0.4111111111111111",
            "1.234.567.890",
            "9f1c2d3e-5b6a-4c7d-8e9f-501800000009",
            "12345678-1234-1234-1234-501800000009",
            "in 1990, 1991",
            "2026-11-21",
            "1 - 2",
            "",
        ] {
            assert_eq!(joined(text, Joint::Blank), None, "{text}");
        }
    }
}
