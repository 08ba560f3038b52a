//! Rich Text Format.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Format, Members, Reader, Unread};

mod document;
mod object;
#[cfg(test)]
mod tests;
mod words;

use document::Document;

/// Rich Text Format 1.9.1: `.rtf`.
///
/// Members: `text`, hidden and deleted text included, cells of tables parted by tabs; `headers`, `footers`, `notes`,
/// `annotations`, `shapes`, `fields` (what they were made from; their results are text), `properties`; `object 1: …`
/// for what is embedded; `other` for the text of all other destinations. Pictures are a gap, one for all.
///
/// Read as the bytes arrive. The text is handed on at once, the rest is kept to the end, up to [`Members::room`].
#[derive(Debug)]
pub struct Rtf;

/// Every document begins with it; the digit of the version behind it is left out by some writers.
const MARK: &[u8] = b"{\\rtf";
/// A control word has no more letters, its number no more digits.
const LETTERS_MAX: usize = 32;
const DIGITS_MAX: usize = 10;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(MARK)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(RtfReader { at: At::Text, document: None })
    }
}

struct RtfReader {
    at: At,
    /// The document, once its first bytes have come.
    document: Option<Document>,
}

/// What the next byte is.
enum At {
    Text,
    /// What stands behind a backslash.
    Control,
    /// A digit of a byte in hexadecimal, the second if there is one.
    Hex(Option<u8>),
    Word(Word),
    /// One of so many that stand for themselves.
    Binary(usize),
}

/// A control word as it arrives.
#[derive(Default)]
struct Word {
    letters: String,
    is_negative: bool,
    digits: String,
}

/// How the document goes on.
#[derive(PartialEq, Eq)]
enum Now {
    Inside,
    Ended,
    TooDeep,
}

impl Word {
    /// Takes the next byte of the word; returns whether it was one.
    fn take(&mut self, byte: u8) -> bool {
        let has_number = self.is_negative || !self.digits.is_empty();
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' if !has_number && self.letters.len() < LETTERS_MAX => {
                self.letters.push(char::from(byte));
            }
            b'-' if !has_number => self.is_negative = true,
            b'0'..=b'9' if self.digits.len() < DIGITS_MAX => self.digits.push(char::from(byte)),
            _ => return false,
        }
        true
    }

    fn number(&self) -> Option<i64> {
        let number: i64 = self.digits.parse().ok()?;
        Some(if self.is_negative { -number } else { number })
    }
}

/// Reads from the front of `input`, which is not empty; returns how much.
fn step(at: &mut At, document: &mut Document, input: &[u8]) -> (usize, Now) {
    let Some(byte) = input.first().copied() else { return (0, Now::Inside) };
    let read = match std::mem::replace(at, At::Text) {
        At::Text => return text(at, document, byte),
        At::Control => control(at, document, byte),
        At::Hex(first) => hex(at, document, first, byte),
        At::Binary(left) => binary(at, left, document, input),
        At::Word(mut word) => {
            if word.take(byte) {
                *at = At::Word(word);
                1
            } else {
                *at = apply(&word, document);
                // One blank ends a word and is part of it.
                usize::from(byte == b' ')
            }
        }
    };
    (read, Now::Inside)
}

fn hex(at: &mut At, document: &mut Document, first: Option<u8>, byte: u8) -> usize {
    match (char::from(byte).to_digit(16), first) {
        (Some(digit), None) => *at = At::Hex(Some(digit as u8)),
        (Some(digit), Some(first)) => document.byte(first << 4 | digit as u8),
        (None, _) => return 0,
    }
    1
}

fn text(at: &mut At, document: &mut Document, byte: u8) -> (usize, Now) {
    let now = match byte {
        b'{' if !document.open() => Now::TooDeep,
        b'}' if document.close() => Now::Ended,
        b'{' | b'}' | b'\r' | b'\n' | b'\0' => Now::Inside,
        b'\\' => {
            *at = At::Control;
            Now::Inside
        }
        _ => {
            document.byte(byte);
            Now::Inside
        }
    };
    (1, now)
}

/// Reads the byte behind a backslash: a symbol, or the first letter of a word.
fn control(at: &mut At, document: &mut Document, byte: u8) -> usize {
    *at = At::Text;
    match byte {
        b'\'' => *at = At::Hex(None),
        b'a'..=b'z' | b'A'..=b'Z' => {
            *at = At::Word(Word::default());
            return 0;
        }
        b'*' => document.optional(),
        b'\r' | b'\n' => document.character('\n'),
        b'~' => document.character(' '),
        b'_' => document.character('-'),
        b'\\' | b'{' | b'}' => document.character(char::from(byte)),
        // An optional hyphen shows at the end of a line only; the rest are marks of indexes and formulas.
        _ => {}
    }
    1
}

fn apply(word: &Word, document: &mut Document) -> At {
    let number = word.number();
    if word.letters == "bin" {
        return At::Binary(number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0));
    }
    document.word(&word.letters, number);
    At::Text
}

fn binary(at: &mut At, left: usize, document: &mut Document, input: &[u8]) -> usize {
    let (bytes, _) = input.split_at(left.min(input.len()));
    document.binary(bytes);
    *at = if left > bytes.len() { At::Binary(left - bytes.len()) } else { At::Text };
    bytes.len()
}

impl Reader for RtfReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        if self.document.is_none() {
            members.open("text")?;
        }
        let room = members.room();
        let document = self.document.get_or_insert_with(|| Document::new(room));
        let mut input = bytes;
        while !input.is_empty() {
            let (read, now) = step(&mut self.at, document, input);
            input = input.get(read..).unwrap_or_default();
            document.flush(members)?;
            if now != Now::Inside {
                document.finish(members)?;
            }
            match now {
                Now::Inside => {}
                Now::Ended => return Ok(Flow::Ended(input.len())),
                Now::TooDeep => return Err(Unread(GapReason::Limit)),
            }
        }
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if let Some(document) = &mut self.document {
            document.finish(members)?;
        }
        Err(Unread(GapReason::Truncated))
    }
}
