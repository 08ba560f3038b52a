//! XML as it streams by: elements and text to whoever lays them out, in UTF-8 whatever it was written in.
//!
//! Source: W3C, Extensible Markup Language 1.0, fifth edition: 2.4 (character data), 4.1 (references), appendix F
//! (detection of encodings).

use std::io::{self, BufRead, Read};

use portcullis::coverage::GapReason;
use portcullis::extract::Unread;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::package::Content;

/// Bytes of one tag or stretch of text that are held at once; what is longer is handed on as it lies.
const LONGEST_EVENT: usize = 4 << 20;

/// Takes a document's elements and text in their order.
pub(crate) trait Sink {
    /// An element begins. Its name is as it is written, with its prefix.
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread>;

    /// An element ends.
    fn end(&mut self, name: &str) -> Result<(), Unread>;

    /// Text of the element that is open.
    fn text(&mut self, text: &str) -> Result<(), Unread>;

    /// Text outside of all that: comments, instructions, what could not be read as XML.
    fn beside(&mut self, text: &str) -> Result<(), Unread>;
}

/// Looks at the elements that begin, and at nothing else.
pub(crate) struct Elements<F>(pub(crate) F);

impl<F: FnMut(&BytesStart<'_>)> Sink for Elements<F> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        (self.0)(element);
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), Unread> {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), Unread> {
        Ok(())
    }

    fn beside(&mut self, _: &str) -> Result<(), Unread> {
        Ok(())
    }
}

/// Returns whether content begins as XML that is read here.
pub(crate) fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(head.len());
    head.get(first) == Some(&b'<') || wide(head).is_some()
}

/// Hands a document's parts to a sink.
///
/// Returns why it could not be read as XML to its end. What comes behind such a place goes to [`Sink::beside`] as
/// it lies, so that nothing is passed over.
///
/// # Errors
///
/// [`Unread`] where the sink's budget has run out.
pub(crate) fn read(content: Content<'_>, sink: &mut dyn Sink) -> Result<Option<GapReason>, Unread> {
    let mut reader = Reader::from_reader(Decoded::new(content));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        reader.get_mut().held = 0;
        let event = reader.read_event_into(&mut bytes);
        let is_broken = event.is_err();
        match event {
            Ok(Event::Eof) => return Ok(reader.get_mut().source.fault()),
            Ok(event) => hand_on(&event, sink)?,
            Err(_) => {}
        }
        if is_broken {
            return rest(&bytes, reader.into_inner(), sink);
        }
    }
}

fn hand_on(event: &Event<'_>, sink: &mut dyn Sink) -> Result<(), Unread> {
    match event {
        Event::Start(element) | Event::Empty(element) => sink.start(element),
        Event::End(element) => sink.end(element.name().as_ref()),
        Event::Text(text) => sink.text(text),
        Event::CData(text) => sink.text(text),
        Event::GeneralRef(reference) => resolved(reference, sink),
        Event::Comment(text) | Event::DocType(text) => sink.beside(text),
        Event::PI(instruction) => sink.beside(instruction.content()),
        Event::Decl(_) | Event::Eof => Ok(()),
    }
}

/// Hands on the character that a reference stands for, or the reference as it is written.
fn resolved(reference: &BytesRef<'_>, sink: &mut dyn Sink) -> Result<(), Unread> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return sink.text(character.encode_utf8(&mut [0; 4]));
    }
    match resolve_predefined_entity(reference) {
        Some(text) => sink.text(text),
        None => sink.text(&format!("&{};", &**reference)),
    }
}

/// Hands on what an error left, and all behind it, as it lies.
fn rest(
    held: &[u8],
    mut source: Decoded<'_>,
    sink: &mut dyn Sink,
) -> Result<Option<GapReason>, Unread> {
    sink.beside(&String::from_utf8_lossy(held))?;
    let was_long = source.held > LONGEST_EVENT;
    loop {
        source.held = 0;
        let Ok(bytes) = source.fill_buf() else { break };
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        sink.beside(&String::from_utf8_lossy(bytes))?;
        source.consume(length);
    }
    // A long stretch of text is in order; only its layout is lost.
    let broken = if was_long { None } else { Some(GapReason::Damaged) };
    Ok(source.source.fault().or(broken))
}

/// How the bytes of a document stand for characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// UTF-16 by its mark or by how a document begins (appendix F.1), unless it is UTF-32.
fn wide(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..] => None,
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// A document's text in UTF-8. Bytes that are not UTF-8 are read as ISO 8859-1, so that none is lost.
struct Decoded<'b> {
    source: Content<'b>,
    encoding: Option<Encoding>,
    /// Bytes of a character that is not complete.
    pending: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    /// Bytes that were asked for since the last event.
    held: usize,
}

impl<'b> Decoded<'b> {
    fn new(source: Content<'b>) -> Decoded<'b> {
        let (pending, text) = (Vec::new(), Vec::new());
        Decoded { source, encoding: None, pending, text, at: 0, held: 0 }
    }

    /// Decodes the next bytes; none are left where no text comes of it.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() {
            let before = self.pending.len();
            (&mut self.source).take(8 << 10).read_to_end(&mut self.pending)?;
            let is_last = self.pending.len() == before;
            if is_last && before == 0 {
                return Ok(());
            }
            let encoding =
                *self.encoding.get_or_insert_with(|| wide(&self.pending).unwrap_or(Encoding::Utf8));
            match encoding {
                Encoding::Utf8 => self.utf8(is_last),
                Encoding::Utf16Le => self.utf16(u16::from_le_bytes, is_last),
                Encoding::Utf16Be => self.utf16(u16::from_be_bytes, is_last),
            }
        }
        Ok(())
    }

    fn utf8(&mut self, is_last: bool) {
        let bytes = std::mem::take(&mut self.pending);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.text.extend_from_slice(chunk.valid().as_bytes());
            let may_go_on = chunks.peek().is_none() && !is_last && chunk.invalid().len() < 4;
            if may_go_on
                && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none())
            {
                self.pending = chunk.invalid().to_vec();
                return;
            }
            let as_latin = chunk.invalid().iter().map(|byte| char::from(*byte));
            as_latin.for_each(|character| {
                self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            });
        }
    }

    fn utf16(&mut self, unit: fn([u8; 2]) -> u16, is_last: bool) {
        let bytes = std::mem::take(&mut self.pending);
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        let half = units.last().copied().filter(|unit| (0xd800..0xdc00).contains(unit) && !is_last);
        if half.is_some() {
            units.pop();
            self.pending.extend(pairs.last().into_iter().flatten());
        }
        if !is_last {
            self.pending.extend_from_slice(odd);
        }
        for decoded in char::decode_utf16(units) {
            let character = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            if character != '\u{feff}' {
                self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Decoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.held > LONGEST_EVENT {
            return Err(io::Error::other("one event holds too many bytes"));
        }
        if self.at >= self.text.len() {
            self.refill()?;
        }
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.held += amount;
    }
}
