//! zip archives (PKWARE, APPNOTE.TXT 6.3.10), read as they arrive: each member by its local header, and all of them
//! compared with the central directory when that comes.

use flate2::Crc;

use super::gather::{Gather, name, number, some_of};
use super::inflate::{Inflate, aside};
use super::{Flow, Format, Members, Reader, Unread};
use crate::coverage::GapReason;

/// The signatures of what an archive consists of.
const MEMBER: &[u8] = b"PK\x03\x04";
const ENTRY: &[u8] = b"PK\x01\x02";
const SIGNED: &[u8] = b"PK\x05\x05";
const DATA: &[u8] = b"PK\x07\x08";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const EXTRA_DATA: &[u8] = b"PK\x06\x08";
/// Bytes of a signature.
const SIGNATURE: usize = 4;
/// Bytes of a header, an entry of the directory and its end without their names, extra fields and comments.
const MEMBER_BYTES: usize = 30;
const ENTRY_BYTES: usize = 46;
const END_BYTES: usize = 22;
const LOCATOR_BYTES: usize = 20;
/// Bits of the general purpose flags: encrypted; sizes behind the data; directory encrypted.
const ENCRYPTED: u64 = 1;
const SIZES_BEHIND: u64 = 1 << 3;
/// Stands in a field of 32 bits for a number that an extra field has with 64.
const IN_EXTRA: u64 = u32::MAX as u64;
/// Identifier of that extra field.
const ZIP64: u64 = 1;
/// Methods of compression.
const STORED: u64 = 0;
const DEFLATED: u64 = 8;
/// Those whose streams tell what they are: bzip2, Zstandard, xz.
const TELLING: [u64; 3] = [12, 93, 95];
/// Name of what stands between the members.
const BETWEEN: &str = "between members";

/// Name of the format.
pub(crate) const NAME: &str = "zip";

/// zip archives.
#[derive(Debug)]
pub(super) struct Zip;

#[derive(Default)]
struct ZipReader {
    part: Part,
    gather: Gather,
    /// Offset behind the chunk that is read, and of what is read of it.
    end: u64,
    start: u64,
    member: Member,
    /// What the directory is compared with, by offset.
    known: Vec<Known>,
    /// Entries of the directory that agree with a member.
    agreeing: usize,
    disagrees: bool,
    /// Whether bytes between members are being handed on.
    strays: bool,
}

/// What is read next.
#[derive(Default)]
enum Part {
    #[default]
    Signature,
    /// A header, an entry, an end: so many bytes with the signature.
    Fixed(usize),
    /// What follows these: names, extra fields, comments.
    Variable(Vec<u8>, usize),
    /// Bytes of a member that are handed on as they are, or not at all.
    Bytes(u64),
    Deflated(Box<Inflate>),
    /// A member whose length stands behind it.
    Unmeasured,
    /// The sizes behind a member.
    Sizes,
    /// Bytes that say nothing of members.
    Skipped(u64),
    Behind,
}

/// The member that is read.
#[derive(Default)]
struct Member {
    name: String,
    flags: u64,
    sum: u64,
    packed: u64,
    is_64: bool,
    /// Handed on; else a gap says why not.
    is_read: bool,
    /// Handed on packed as it is, so that its sum is not known.
    is_raw: bool,
    /// Sum of what was handed on, and bytes that were packed.
    made: Crc,
    taken: u64,
}

/// A member as its local header and its bytes have it.
#[derive(Clone, PartialEq, Eq)]
struct Known {
    offset: u64,
    name: String,
    sum: u64,
    packed: u64,
}

impl Format for Zip {
    fn name(&self) -> &'static str {
        NAME
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(MEMBER) || head.starts_with(END)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(ZipReader::default())
    }
}

impl Reader for ZipReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut rest = bytes;
        self.end += bytes.len() as u64;
        while !matches!(self.part, Part::Behind) {
            if !self.step(&mut rest, members)? {
                return Ok(Flow::More);
            }
        }
        Ok(Flow::Ended(rest.len()))
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        self.end_strays(members)?;
        match self.part {
            Part::Behind => Ok(()),
            _ => Err(Unread(GapReason::Truncated)),
        }
    }
}

impl ZipReader {
    /// Reads the next part; `false` where it is not there as a whole.
    fn step(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        match &mut self.part {
            Part::Signature => self.signature(rest, members),
            Part::Fixed(count) => {
                let Some(fixed) = self.gather.take(rest, *count) else { return Ok(false) };
                let (fixed, count) = (fixed.to_vec(), variable(fixed));
                self.next(Part::Variable(fixed, count));
                Ok(true)
            }
            Part::Variable(fixed, count) => {
                let Some(behind) = self.gather.take(rest, *count) else { return Ok(false) };
                let (fixed, behind) = (std::mem::take(fixed), behind.to_vec());
                self.header(&fixed, &behind, members)?;
                Ok(true)
            }
            Part::Bytes(_) => self.bytes(rest, members),
            Part::Deflated(_) => self.deflated(rest, members),
            Part::Unmeasured => self.unmeasured(rest, members),
            Part::Sizes => self.sizes(rest, members),
            Part::Skipped(left) => {
                *left -= some_of(rest, *left).len() as u64;
                let done = *left == 0;
                if done {
                    self.next(Part::Signature);
                }
                Ok(done)
            }
            Part::Behind => Ok(false),
        }
    }

    fn next(&mut self, part: Part) {
        self.gather.clear();
        self.part = part;
    }

    /// Reads four bytes that say what follows; what they do not say it of stands between the members.
    fn signature(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        let Some(signature) = self.gather.take(rest, SIGNATURE) else { return Ok(false) };
        self.start = self.end - (rest.len() + SIGNATURE) as u64;
        let count = match signature {
            MEMBER => MEMBER_BYTES,
            ENTRY => ENTRY_BYTES,
            END => END_BYTES,
            END_64 => SIGNATURE + 8,
            LOCATOR_64 => LOCATOR_BYTES,
            SIGNED => SIGNATURE + 2,
            EXTRA_DATA => SIGNATURE + 4,
            _ => return self.stray(members),
        };
        self.end_strays(members)?;
        self.part = Part::Fixed(count);
        Ok(true)
    }

    /// Hands on a byte that belongs to no member.
    fn stray(&mut self, members: &mut dyn Members) -> Result<bool, Unread> {
        if !std::mem::replace(&mut self.strays, true) {
            members.gap("", GapReason::Damaged);
            members.open(BETWEEN)?;
        }
        let held = self.gather.bytes().to_vec();
        let next = (1..held.len()).find(|at| held.get(*at) == Some(&b'P')).unwrap_or(held.len());
        let (stray, kept) = held.split_at(next);
        members.write(stray)?;
        self.gather.keep(kept);
        Ok(true)
    }

    fn end_strays(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if std::mem::take(&mut self.strays) { members.close() } else { Ok(()) }
    }

    /// Reads a header with what follows it.
    fn header(
        &mut self,
        fixed: &[u8],
        behind: &[u8],
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        let next = match fixed.get(..SIGNATURE).unwrap_or_default() {
            MEMBER => return self.open(fixed, behind, members),
            ENTRY => {
                self.entry(fixed, behind, members)?;
                Part::Signature
            }
            END => {
                aside(members, "comment", behind)?;
                if self.disagrees || self.agreeing != self.known.len() {
                    members.gap("", GapReason::Damaged);
                }
                Part::Behind
            }
            END_64 => Part::Skipped(number::<8>(fixed, SIGNATURE)),
            SIGNED => Part::Skipped(number::<2>(fixed, SIGNATURE)),
            EXTRA_DATA => Part::Skipped(number::<4>(fixed, SIGNATURE)),
            _ => Part::Signature,
        };
        self.next(next);
        Ok(())
    }

    /// Begins a member.
    fn open(
        &mut self,
        fixed: &[u8],
        behind: &[u8],
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        let (flags, method) = (number::<2>(fixed, 6), number::<2>(fixed, 8));
        let unread = unread(flags, method);
        self.member = Member { is_read: unread.is_none(), ..Member::new(fixed, behind) };
        let Member { name, sum, packed, .. } = &self.member;
        let (name, sum, packed) = (name.clone(), *sum, *packed);
        self.known.push(Known { offset: self.start, name, sum, packed });
        match unread {
            Some(reason) => members.gap(&self.member.name, reason),
            None => members.open(&self.member.name)?,
        }
        let measured = flags & SIZES_BEHIND == 0 || packed > 0;
        self.next(match method {
            DEFLATED if unread.is_none() => Part::Deflated(Inflate::bare().into()),
            _ if measured => Part::Bytes(packed),
            _ => Part::Unmeasured,
        });
        Ok(())
    }

    /// Hands on bytes of a member that are packed by no method of this format's own, or passes over them.
    fn bytes(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        let Part::Bytes(left) = &mut self.part else { return Ok(false) };
        let own = some_of(rest, *left);
        *left -= own.len() as u64;
        let done = *left == 0;
        self.member.hand_on(own, members)?;
        if done {
            self.end(members)?;
        }
        Ok(done)
    }

    fn deflated(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        let Part::Deflated(inflate) = &mut self.part else { return Ok(false) };
        let made = &mut self.member.made;
        let taken = inflate.push(rest, |piece| {
            made.update(piece);
            members.write(piece)
        })?;
        *rest = rest.get(taken.bytes..).unwrap_or_default();
        self.member.taken += taken.bytes as u64;
        if taken.ended {
            self.end(members)?;
        }
        Ok(taken.ended)
    }

    /// Looks for the sizes behind a member, which agree with what was read before them.
    fn unmeasured(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        let before = self.gather.bytes().len();
        let held = [self.gather.bytes(), rest].concat();
        let mut kept = held.len().saturating_sub(SIGNATURE - 1);
        let mut done = 0;
        for at in memchr::memmem::find_iter(&held, DATA) {
            self.member.hand_on(held.get(done..at).unwrap_or_default(), members)?;
            done = at;
            let end = at + SIGNATURE + sizes_bytes(self.member.is_64);
            let Some(sizes) = held.get(at + SIGNATURE..end) else {
                kept = at;
                break;
            };
            if self.member.agrees(sizes) {
                *rest = rest.get(end.saturating_sub(before)..).unwrap_or_default();
                self.close(members)?;
                return Ok(true);
            }
        }
        self.member.hand_on(held.get(done..kept).unwrap_or_default(), members)?;
        self.gather.keep(held.get(kept..).unwrap_or_default());
        *rest = &[];
        Ok(false)
    }

    /// Goes on behind the bytes of a member.
    fn end(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if self.member.flags & SIZES_BEHIND != 0 {
            self.next(Part::Sizes);
            return Ok(());
        }
        if !self.member.is_as_said(self.member.sum, self.member.packed) {
            members.gap(&self.member.name, GapReason::Damaged);
        }
        self.close(members)
    }

    /// Reads the sizes behind a member, before which the signature may be left out.
    fn sizes(&mut self, rest: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        let count = sizes_bytes(self.member.is_64);
        let Some(first) = self.gather.take(rest, SIGNATURE) else { return Ok(false) };
        let signed = if first == DATA { SIGNATURE } else { 0 };
        let Some(sizes) = self.gather.take(rest, signed + count) else { return Ok(false) };
        if !self.member.agrees(sizes.get(signed..).unwrap_or_default()) {
            members.gap(&self.member.name, GapReason::Damaged);
        }
        self.close(members)?;
        Ok(true)
    }

    fn close(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        let Member { sum, packed, taken, is_read, .. } = &self.member;
        if let Some(known) = self.known.last_mut() {
            (known.sum, known.packed) = (*sum, if *packed == 0 { *taken } else { *packed });
        }
        let is_read = *is_read;
        self.next(Part::Signature);
        if is_read { members.close() } else { Ok(()) }
    }

    /// Compares an entry of the directory with the member that it is of.
    fn entry(
        &mut self,
        fixed: &[u8],
        behind: &[u8],
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        let (own, behind) = behind.split_at(number::<2>(fixed, 28) as usize);
        let (extra, comment) = behind.split_at(number::<2>(fixed, 30) as usize);
        let numbers = [24, 20, 42].map(|at| number::<4>(fixed, at));
        let ([_, packed, offset], _) = in_extra(numbers, extra);
        let entry = Known { offset, name: name(own), sum: number::<4>(fixed, 16), packed };
        let at = self.known.binary_search_by_key(&offset, |known| known.offset).ok();
        let agrees = at.and_then(|at| self.known.get(at)).is_some_and(|known| *known == entry);
        self.agreeing += usize::from(agrees);
        self.disagrees |= !agrees;
        aside(members, "comment", comment)
    }
}

impl Member {
    /// Reads a local header with what follows it.
    fn new(fixed: &[u8], behind: &[u8]) -> Member {
        let (own, extra) = behind.split_at(number::<2>(fixed, 26) as usize);
        let sizes = [number::<4>(fixed, 22), number::<4>(fixed, 18)];
        let ([_, packed], is_64) = in_extra(sizes, extra);
        Member {
            name: name(own),
            flags: number::<2>(fixed, 6),
            sum: number::<4>(fixed, 14),
            packed,
            is_64,
            is_raw: TELLING.contains(&number::<2>(fixed, 8)),
            ..Member::default()
        }
    }

    /// Hands on bytes as they lie, or passes over them.
    fn hand_on(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        self.taken += bytes.len() as u64;
        if !self.is_read {
            return Ok(());
        }
        self.made.update(bytes);
        members.write(bytes)
    }

    /// Returns whether what was read has the sum and the size that are said of it, and keeps these.
    fn agrees(&mut self, sizes: &[u8]) -> bool {
        let sum = number::<4>(sizes, 0);
        let packed = if self.is_64 { number::<8>(sizes, 4) } else { number::<4>(sizes, 4) };
        let agrees = self.is_as_said(sum, packed);
        if agrees {
            (self.sum, self.packed) = (sum, packed);
        }
        agrees
    }

    fn is_as_said(&self, sum: u64, packed: u64) -> bool {
        (!self.is_read || self.is_raw || u64::from(self.made.sum()) == sum) && packed == self.taken
    }
}

/// Returns how many bytes follow on the fixed ones of a header.
fn variable(fixed: &[u8]) -> usize {
    let lengths: &[usize] = match fixed.get(..SIGNATURE).unwrap_or_default() {
        MEMBER => &[26, 28],
        ENTRY => &[28, 30, 32],
        END => &[20],
        _ => &[],
    };
    lengths.iter().map(|at| number::<2>(fixed, *at) as usize).sum()
}

/// Returns numbers of 32 bits, those that an extra field has with 64 in its order, and whether there is one.
fn in_extra<const N: usize>(mut numbers: [u64; N], extra: &[u8]) -> ([u64; N], bool) {
    let mut rest = extra;
    while let [_, _, _, _, behind @ ..] = rest {
        let length = number::<2>(rest, 2) as usize;
        if number::<2>(rest, 0) == ZIP64 {
            let missing = numbers.iter_mut().filter(|number| **number == IN_EXTRA);
            let places = (0..length).step_by(8);
            missing.zip(places).for_each(|(own, at)| *own = number::<8>(behind, at));
            return (numbers, true);
        }
        rest = behind.get(length..).unwrap_or_default();
    }
    (numbers, false)
}

/// Returns why a member cannot be read, if so. What is packed by methods whose streams tell what they are is read as
/// such a stream.
fn unread(flags: u64, method: u64) -> Option<GapReason> {
    match method {
        _ if flags & ENCRYPTED != 0 => Some(GapReason::Encrypted),
        STORED | DEFLATED => None,
        _ if TELLING.contains(&method) => None,
        _ => Some(GapReason::Archive),
    }
}

/// Returns the bytes of the sum and the sizes behind a member.
fn sizes_bytes(is_64: bool) -> usize {
    if is_64 { 20 } else { 12 }
}
