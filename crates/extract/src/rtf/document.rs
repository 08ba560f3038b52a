//! The text of an RTF document, put together from characters, words and groups.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use portcullis::coverage::GapReason;
use portcullis::extract::{Members, Unread};

use super::object;
use super::words::{ASIDES, OTHER, Place, character, code_page, destination, font_charset};
use crate::content::{PIECE, write_pieces};

/// Groups within groups; Word itself ends at a few hundred.
const DEPTH_MAX: usize = 10_000;
/// Fonts whose character sets are kept.
const FONTS_MAX: usize = 10_000;
/// What keeping an object costs besides its bytes.
const OBJECT_COST: usize = 64;
/// Bytes of one character set that are decoded together. A character is not cut: it has four bytes at most.
const RUN_MAX: usize = 4096;

/// What holds to the end of a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    place: Place,
    /// Characters behind a Unicode character that stand for it where a reader knows none.
    fallback: usize,
    encoding: &'static Encoding,
    /// Whether the next word begins a destination that a reader may not know.
    is_optional: bool,
}

#[derive(Debug)]
pub(crate) struct Document {
    group: Group,
    outer: Vec<Group>,
    /// The encoding of the document, and of fonts by their numbers.
    default: &'static Encoding,
    fonts: BTreeMap<i64, &'static Encoding>,
    font: i64,
    /// Characters that a Unicode character has stood for already.
    skip: usize,
    /// The first half of a character beyond the Basic Multilingual Plane.
    half: Option<u16>,
    /// Bytes that are not decoded yet.
    run: Vec<u8>,
    text: Vec<u8>,
    asides: [Vec<u8>; ASIDES.len()],
    objects: Vec<Vec<u8>>,
    /// The first digit of a byte.
    digit: Option<u8>,
    kept: usize,
    room: usize,
    is_cut: bool,
    has_pictures: bool,
    has_binary: bool,
}

impl Document {
    pub(crate) fn new(room: usize) -> Document {
        let encoding = WINDOWS_1252;
        let group = Group { place: Place::Text, fallback: 1, encoding, is_optional: false };
        Document {
            group,
            outer: Vec::new(),
            default: encoding,
            fonts: BTreeMap::new(),
            font: 0,
            skip: 0,
            half: None,
            run: Vec::new(),
            text: Vec::new(),
            asides: Default::default(),
            objects: Vec::new(),
            digit: None,
            kept: 0,
            room,
            is_cut: false,
            has_pictures: false,
            has_binary: false,
        }
    }

    /// Begins a group; returns whether it may.
    pub(crate) fn open(&mut self) -> bool {
        self.settle();
        self.skip = 0;
        self.outer.push(self.group);
        self.outer.len() <= DEPTH_MAX
    }

    /// Ends a group; returns whether it was the outermost.
    pub(crate) fn close(&mut self) -> bool {
        self.settle();
        self.skip = 0;
        let inner = self.group.place;
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
        if let Place::Aside(at) = inner
            && self
                .asides
                .get(at)
                .is_some_and(|aside| aside.last().is_some_and(|last| *last != b'\n'))
            && self.group.place != inner
        {
            self.keep(at, b"\n");
        }
        self.digit = None;
        self.outer.is_empty()
    }

    /// Takes a byte of text in the character set of the font.
    pub(crate) fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.half = None;
        match self.group.place {
            Place::Picture => {}
            Place::Object => self.digit(byte),
            _ => {
                self.run.push(byte);
                if self.run.len() >= RUN_MAX && byte.is_ascii() || self.run.len() >= 2 * RUN_MAX {
                    self.settle();
                }
            }
        }
    }

    /// Takes bytes that stand for themselves.
    pub(crate) fn binary(&mut self, bytes: &[u8]) {
        match self.group.place {
            Place::Picture => {}
            Place::Object => self.keep_object(bytes),
            _ => self.has_binary = true,
        }
    }

    pub(crate) fn character(&mut self, character: char) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.put(character);
        }
    }

    /// Says that the next word of the group begins what a reader may not know.
    pub(crate) fn optional(&mut self) {
        self.group.is_optional = true;
    }

    pub(crate) fn word(&mut self, word: &str, number: Option<i64>) {
        let is_optional = std::mem::take(&mut self.group.is_optional);
        if let Some(character) = character(word) {
            return self.character(character);
        }
        if let Some(place) = destination(word).or(is_optional.then_some(OTHER)) {
            return self.begin(place);
        }
        let value = number.unwrap_or(0);
        match word {
            "u" => self.unicode(value),
            "uc" => self.group.fallback = usize::try_from(value).unwrap_or(1).min(16),
            "ansicpg" => self.set_default(code_page(value)),
            "mac" => self.set_default(code_page(10000)),
            "f" => self.set_font(value),
            "fcharset" => self.set_charset(value),
            "plain" => self.set_encoding(self.default),
            _ => self.skip = self.skip.saturating_sub(1),
        }
    }

    fn begin(&mut self, place: Place) {
        self.settle();
        // What stands within a picture or an object is of it, and a result of a field in a header is of the header.
        let within = self.group.place;
        let stays = matches!(within, Place::Picture | Place::Object) || place == Place::Text;
        if stays {
            return;
        }
        self.group.place = place;
        match place {
            Place::Picture => self.has_pictures = true,
            Place::Object => self.objects.push(Vec::new()),
            _ => {}
        }
    }

    fn unicode(&mut self, value: i64) {
        // Words are signed: what is above 0x7fff is written as a negative number.
        let unit = (value & 0xffff) as u16;
        self.skip = 0;
        let pair = self.half.take().map(|half| char::decode_utf16([half, unit]).next());
        match pair {
            Some(Some(Ok(character))) => self.put(character),
            _ if (0xd800..0xdc00).contains(&unit) => self.half = Some(unit),
            _ => self.put(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
        self.skip = self.group.fallback;
    }

    fn set_default(&mut self, encoding: &'static Encoding) {
        self.default = encoding;
        self.set_encoding(encoding);
    }

    fn set_encoding(&mut self, encoding: &'static Encoding) {
        self.settle();
        self.group.encoding = encoding;
    }

    fn set_font(&mut self, font: i64) {
        self.font = font;
        self.set_encoding(self.fonts.get(&font).copied().unwrap_or(self.default));
    }

    /// Notes the character set of the font that a table describes.
    fn set_charset(&mut self, number: i64) {
        if let Some(encoding) = font_charset(number).filter(|_| self.fonts.len() < FONTS_MAX) {
            self.fonts.insert(self.font, encoding);
            self.set_encoding(encoding);
        }
    }

    /// Decodes the bytes that have come.
    fn settle(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let (text, _) = self.group.encoding.decode_without_bom_handling(&run);
        self.put_bytes(text.as_bytes());
        self.run = run;
        self.run.clear();
    }

    fn put(&mut self, character: char) {
        self.settle();
        self.put_bytes(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn put_bytes(&mut self, bytes: &[u8]) {
        match self.group.place {
            Place::Text => self.text.extend_from_slice(bytes),
            Place::Aside(at) => self.keep(at, bytes),
            Place::Object | Place::Picture => {}
        }
    }

    fn digit(&mut self, byte: u8) {
        let Some(low) = char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
        else {
            return;
        };
        match self.digit.take() {
            Some(high) => self.keep_object(&[high << 4 | low]),
            None => self.digit = Some(low),
        }
    }

    fn keep(&mut self, aside: usize, bytes: &[u8]) {
        if self.has_room(bytes.len())
            && let Some(aside) = self.asides.get_mut(aside)
        {
            aside.extend_from_slice(bytes);
        }
    }

    fn keep_object(&mut self, bytes: &[u8]) {
        let is_new = self.objects.last().is_some_and(Vec::is_empty);
        if self.has_room(bytes.len() + if is_new { OBJECT_COST } else { 0 })
            && let Some(object) = self.objects.last_mut()
        {
            object.extend_from_slice(bytes);
        }
    }

    /// Whether so many bytes more may be kept to the end.
    fn has_room(&mut self, bytes: usize) -> bool {
        let fits = self.kept + bytes <= self.room;
        self.is_cut |= !fits;
        self.kept += if fits { bytes } else { 0 };
        fits
    }

    /// Hands on the text that has come, where it is much.
    pub(crate) fn flush(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if self.text.len() < PIECE { Ok(()) } else { self.flush_all(members) }
    }

    fn flush_all(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        write_pieces(&self.text, members)?;
        self.text.clear();
        Ok(())
    }

    /// Ends the text and hands on what stands beside it.
    pub(crate) fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        self.settle();
        self.flush_all(members)?;
        members.close()?;
        for (name, aside) in ASIDES.iter().zip(&self.asides) {
            member(name, aside, members)?;
        }
        for (index, object) in self.objects.iter().filter(|object| !object.is_empty()).enumerate() {
            let (label, bytes) = object::unwrap(object);
            let label = label.map(|label| format!(": {label}")).unwrap_or_default();
            member(&format!("object {}{label}", index + 1), bytes, members)?;
        }
        self.gaps(members);
        Ok(())
    }

    fn gaps(&self, members: &mut dyn Members) {
        if self.has_pictures {
            members.gap("pictures", GapReason::Media);
        }
        if self.has_binary {
            members.gap("binary data", GapReason::Binary);
        }
        if self.is_cut {
            members.gap("beside the text", GapReason::Limit);
        }
    }
}

/// Hands on a member, unless it is empty.
fn member(name: &str, bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
    if bytes.is_empty() {
        return Ok(());
    }
    members.open(name)?;
    write_pieces(bytes, members)?;
    members.close()
}
