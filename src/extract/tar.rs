//! Tape archives: POSIX.1-1988 (`ustar`), POSIX.1-2001 (`pax`), GNU and what came before.

use std::ops::Range;

use super::gather::{Gather, name, some_of};
use super::inflate::aside;
use super::{Flow, Format, Members, Reader, Unread};
use crate::coverage::GapReason;

/// Bytes of a block; everything is padded to these.
const BLOCK: usize = 512;
/// Where the fields of a header lie (POSIX.1-2017, pax, ustar interchange format).
const NAME: Range<usize> = 0..100;
const SIZE: Range<usize> = 124..136;
const SUM: Range<usize> = 148..156;
const KIND: usize = 156;
const LINK: Range<usize> = 157..257;
const MAGIC: Range<usize> = 257..262;
const PREFIX: Range<usize> = 345..500;
/// Where a GNU header of a sparse file, and a block that goes on with it, says that another block does.
const SPARSE_GOES_ON: usize = 482;
const GOES_ON: usize = 504;
/// Bytes of the longest name, link or list of records before a member.
const LONGEST_EXTENSION: u64 = 1 << 20;

/// Tape archives.
#[derive(Debug)]
pub(super) struct Tar;

#[derive(Default)]
struct TarReader {
    part: Part,
    gather: Gather,
    about: About,
    /// Bytes that fill the last block of what is read.
    padding: u64,
}

/// What stands before a member about it.
#[derive(Default)]
struct About {
    name: Option<String>,
    size: Option<u64>,
}

/// What is read next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Header,
    /// Blocks of a sparse file's map, then so many bytes of it.
    Map(u64),
    /// A name, a link or records about the next member, by their kind, of so many bytes.
    About(u8, u64),
    /// Bytes of a member that are left.
    Member(u64),
    Padding,
    /// The second block of zeros.
    End,
    Behind,
}

impl Format for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.get(..BLOCK).is_some_and(|header| header.first() != Some(&0) && has_sum(header))
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(TarReader::default())
    }
}

impl Reader for TarReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.part == Part::Behind {
                // Archives are filled up with zeros to the size of a record.
                let end = rest.iter().position(|byte| *byte != 0);
                return Ok(end.map_or(Flow::More, |at| Flow::Ended(rest.len() - at)));
            }
            self.step(&mut rest, members)?;
        }
        Ok(Flow::More)
    }

    fn finish(&mut self, _: &mut dyn Members) -> Result<(), Unread> {
        let is_end = matches!(self.part, Part::Behind | Part::End);
        if is_end && self.gather.bytes().is_empty() {
            return Ok(());
        }
        Err(Unread(GapReason::Truncated))
    }
}

impl TarReader {
    /// Reads the next part as far as it is there.
    fn step(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        match self.part {
            Part::Member(left) => {
                let bytes = some_of(rest, left);
                members.write(bytes)?;
                self.member(left - bytes.len() as u64, members)
            }
            Part::Padding => {
                self.padding -= some_of(rest, self.padding).len() as u64;
                self.pad();
                Ok(())
            }
            Part::About(kind, size) => {
                let Some(said) = self.gather.take(rest, size as usize) else { return Ok(()) };
                // Names end in a zero.
                let said = if matches!(kind, b'x' | b'g') { said } else { text(said) };
                aside(members, "records", said)?;
                self.about.take(kind, said);
                self.gather.clear();
                self.pad();
                Ok(())
            }
            _ => {
                let Some(block) = self.gather.take(rest, BLOCK) else { return Ok(()) };
                let block = block.to_vec();
                self.gather.clear();
                self.block(&block, members)
            }
        }
    }

    /// Goes on with the padding, if there is any left.
    fn pad(&mut self) {
        self.part = if self.padding > 0 { Part::Padding } else { Part::Header };
    }

    /// Goes on with a member of which so many bytes are left.
    fn member(&mut self, left: u64, members: &mut dyn Members) -> Result<(), Unread> {
        self.part = Part::Member(left);
        if left == 0 {
            members.close()?;
            self.pad();
        }
        Ok(())
    }

    /// Reads a block that is a header, goes on with one, or ends the archive.
    fn block(&mut self, block: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        let is_empty = block.iter().all(|byte| *byte == 0);
        match self.part {
            Part::Map(left) if block.get(GOES_ON).is_some_and(|flag| *flag == 0) => {
                self.member(left, members)
            }
            Part::Map(_) => Ok(()),
            Part::End if is_empty => {
                self.part = Part::Behind;
                Ok(())
            }
            _ if is_empty => {
                self.part = Part::End;
                Ok(())
            }
            _ if has_sum(block) => self.header(block, members),
            _ => Err(Unread(GapReason::Damaged)),
        }
    }

    fn header(&mut self, header: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        let kind = header.get(KIND).copied().unwrap_or(0);
        let size = size(field(header, SIZE)).ok_or(Unread(GapReason::Damaged))?;
        if matches!(kind, b'x' | b'g' | b'L' | b'K') {
            self.padding = padding(size);
            self.part = Part::About(kind, size);
            let fits = size <= LONGEST_EXTENSION;
            return if fits { Ok(()) } else { Err(Unread(GapReason::Limit)) };
        }
        let About { name, size: said } = std::mem::take(&mut self.about);
        let size = if holds_bytes(kind) { said.unwrap_or(size) } else { 0 };
        self.padding = padding(size);
        members.open(&name.unwrap_or_else(|| own_name(header)))?;
        members.write(text(field(header, LINK)))?;
        match kind {
            b'S' if header.get(SPARSE_GOES_ON).is_some_and(|flag| *flag != 0) => {
                self.part = Part::Map(size);
                Ok(())
            }
            _ => self.member(size, members),
        }
    }
}

impl About {
    /// Takes what is said of the next member.
    fn take(&mut self, kind: u8, said: &[u8]) {
        match kind {
            b'L' => self.name = Some(name(said)),
            b'x' => records(said).for_each(|(key, value)| match key {
                b"path" => self.name = Some(name(value)),
                b"size" => self.size = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok()),
                _ => {}
            }),
            _ => {}
        }
    }
}

/// Iterates over the records of a `pax` header: length, blank, key, `=`, value, line end.
fn records(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let blank = memchr::memchr(b' ', rest)?;
        let length: usize = std::str::from_utf8(rest.get(..blank)?).ok()?.parse().ok()?;
        let record = rest.get(blank + 1..length.checked_sub(1)?)?;
        rest = rest.get(length..)?;
        let equals = memchr::memchr(b'=', record)?;
        Some((record.get(..equals)?, record.get(equals + 1..)?))
    })
}

/// Returns how many bytes fill the last block of so many.
fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

/// Whether the size of a member of this kind counts its bytes: links, devices and directories have none.
fn holds_bytes(kind: u8) -> bool {
    !matches!(kind, b'1'..=b'6')
}

fn field(header: &[u8], range: Range<usize>) -> &[u8] {
    header.get(range).unwrap_or_default()
}

/// Returns what stands before the first zero.
fn text(field: &[u8]) -> &[u8] {
    let end = memchr::memchr(0, field).unwrap_or(field.len());
    field.get(..end).unwrap_or_default()
}

/// Returns the name that a header has, with what `ustar` puts before it.
fn own_name(header: &[u8]) -> String {
    let own = name(text(field(header, NAME)));
    let prefix = text(field(header, PREFIX));
    let is_prefixed = field(header, MAGIC) == b"ustar" && header.get(262) == Some(&0);
    if is_prefixed && !prefix.is_empty() { format!("{}/{own}", name(prefix)) } else { own }
}

/// Returns a number: octal digits, or in base 256 where the highest bit says so (GNU).
fn size(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if *first == 0x80 {
        let fits = rest.iter().rev().skip(8).all(|byte| *byte == 0);
        let number = rest.iter().rev().take(8).rev().fold(0, |sum, b| sum << 8 | u64::from(*b));
        return fits.then_some(number);
    }
    let digits = std::str::from_utf8(text(field)).ok()?.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// Whether a header has the sum of its bytes, its own field counted as blanks; some old programs add signed bytes.
fn has_sum(header: &[u8]) -> bool {
    let Some(sum) = size(field(header, SUM)) else { return false };
    let bytes = || {
        let own = |at: usize| SUM.contains(&at);
        header.iter().enumerate().map(move |(at, byte)| if own(at) { b' ' } else { *byte })
    };
    let signed: i64 = bytes().map(|byte| i64::from(byte as i8)).sum();
    bytes().map(u64::from).sum::<u64>() == sum || i64::try_from(sum) == Ok(signed)
}
