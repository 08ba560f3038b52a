//! gzip (RFC 1952).

use flate2::Crc;

use super::gather::{Gather, name, number};
use super::inflate::{CONTENT, Inflate, aside};
use super::{Flow, Format, Members, Reader, Unread};
use crate::coverage::GapReason;

/// Bytes of the header that are always there, and of the trailer: check sum and length.
const HEADER: usize = 10;
const TRAILER: usize = 8;
/// Flags of the header: a check sum of it, extra fields, a name, a comment; the others are reserved.
const HAS_SUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;
/// Bytes of the longest name or comment.
const LONGEST_TEXT: usize = 64 * 1024;

/// Streams of gzip.
#[derive(Debug)]
pub(super) struct Gzip;

/// A stream; several in a row are one member, as `gzip -d` has it.
struct GzipReader {
    part: Part,
    flags: u8,
    gather: Gather,
    inflate: Inflate,
    sum: Crc,
    name: String,
    open: bool,
}

/// What is read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Header,
    ExtraLength,
    Extra(usize),
    Name,
    Comment,
    HeaderSum,
    Body,
    Trailer,
    /// Another stream, zeros, or what is none of it.
    Behind,
}

impl Format for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(b"\x1f\x8b\x08")
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(GzipReader {
            part: Part::Header,
            flags: 0,
            gather: Gather::default(),
            inflate: Inflate::bare(),
            sum: Crc::new(),
            name: String::new(),
            open: false,
        })
    }
}

impl Reader for GzipReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let read = match self.part {
                Part::Body => self.body(&mut rest, members)?,
                Part::Trailer => self.trailer(&mut rest)?,
                Part::Behind => match rest.iter().position(|byte| *byte != 0) {
                    Some(at)
                        if !b"\x1f\x8b".starts_with(rest.get(at..at + 1).unwrap_or_default()) =>
                    {
                        self.close(members)?;
                        return Ok(Flow::Ended(rest.len() - at));
                    }
                    at => {
                        rest = rest.get(at.unwrap_or(rest.len())..).unwrap_or_default();
                        at.map(|_| Part::Header)
                    }
                },
                _ => self.header(&mut rest, members)?,
            };
            if let Some(next) = read {
                self.gather.clear();
                self.part = next;
            }
        }
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        match self.part {
            Part::Behind => self.close(members),
            _ => Err(Unread(GapReason::Truncated)),
        }
    }
}

impl GzipReader {
    /// Reads a part of the header and returns the next one, once it is there.
    fn header(
        &mut self,
        rest: &mut &[u8],
        members: &mut dyn Members,
    ) -> Result<Option<Part>, Unread> {
        if let Some(next) = self.behind_absent() {
            return Ok(Some(next));
        }
        let read = match self.part {
            Part::Header => self.gather.take(rest, HEADER),
            Part::ExtraLength | Part::HeaderSum => self.gather.take(rest, 2),
            Part::Extra(length) => self.gather.take(rest, length),
            _ => self.gather.take_until(rest, 0),
        };
        match read.map(<[u8]>::to_vec) {
            Some(read) => self.take(&read, members).map(Some),
            None if self.gather.bytes().len() > LONGEST_TEXT => Err(Unread(GapReason::Damaged)),
            None => Ok(None),
        }
    }

    /// Returns what follows on a part that the flags say is not there.
    fn behind_absent(&self) -> Option<Part> {
        let (flag, next) = match self.part {
            Part::ExtraLength => (HAS_EXTRA, Part::Name),
            Part::Name => (HAS_NAME, Part::Comment),
            Part::Comment => (HAS_COMMENT, Part::HeaderSum),
            Part::HeaderSum => (HAS_SUM, Part::Body),
            _ => return None,
        };
        (self.flags & flag == 0).then_some(next)
    }

    /// Takes a part of the header that is there, and returns the next one.
    fn take(&mut self, read: &[u8], members: &mut dyn Members) -> Result<Part, Unread> {
        Ok(match (self.part, read) {
            (Part::Header, [0x1f, 0x8b, 8, flags, ..]) => {
                self.flags = *flags;
                Part::ExtraLength
            }
            (Part::Header, _) => return Err(Unread(GapReason::Damaged)),
            (Part::ExtraLength, length) => Part::Extra(number::<2>(length, 0) as usize),
            (Part::Extra(_), extra) => {
                aside(members, "extra", extra)?;
                Part::Name
            }
            (Part::Name, text) => {
                self.name = name(text);
                Part::Comment
            }
            (Part::Comment, text) => {
                aside(members, "comment", text)?;
                Part::HeaderSum
            }
            _ => Part::Body,
        })
    }

    /// Opens the member behind the first header; further streams go on with it.
    fn open(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if std::mem::replace(&mut self.open, true) {
            return Ok(());
        }
        members.open(if self.name.is_empty() { CONTENT } else { &self.name })
    }

    fn body(
        &mut self,
        rest: &mut &[u8],
        members: &mut dyn Members,
    ) -> Result<Option<Part>, Unread> {
        self.open(members)?;
        let sum = &mut self.sum;
        let taken = self.inflate.push(rest, |piece| {
            sum.update(piece);
            members.write(piece)
        })?;
        *rest = rest.get(taken.bytes..).unwrap_or_default();
        Ok(taken.ended.then_some(Part::Trailer))
    }

    fn trailer(&mut self, rest: &mut &[u8]) -> Result<Option<Part>, Unread> {
        let Some(trailer) = self.gather.take(rest, TRAILER) else { return Ok(None) };
        let holds = number::<4>(trailer, 0) == u64::from(self.sum.sum())
            && number::<4>(trailer, 4) == u64::from(self.sum.amount());
        (self.sum, self.inflate) = (Crc::new(), Inflate::bare());
        if holds { Ok(Some(Part::Behind)) } else { Err(Unread(GapReason::Damaged)) }
    }

    fn close(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if std::mem::take(&mut self.open) { members.close() } else { Ok(()) }
    }
}
