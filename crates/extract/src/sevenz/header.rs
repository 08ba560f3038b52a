//! What the end of a 7z archive asks for, looked at before anything is decoded. Source: 7zFormat.txt of the LZMA SDK.

use portcullis::coverage::GapReason;

/// Bytes of the start of an archive: mark, version, and where the header stands with its checksum.
pub(super) const START: usize = 32;

/// Where the header of an archive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Returns where the header stands, from the first [`START`] bytes. A writer fills them in at the end, so zeros are an
/// archive that was not finished.
pub(super) fn span(start: &[u8]) -> Result<Span, GapReason> {
    let mut rest = Numbers(start.get(12..START).unwrap_or_default());
    let (offset, size) = (rest.long()?, rest.long()?);
    if size == 0 {
        return Err(GapReason::Truncated);
    }
    let at = |offset: Option<u64>| {
        offset.and_then(|at| usize::try_from(at).ok()).ok_or(GapReason::Damaged)
    };
    let start = offset.checked_add(START as u64);
    Ok(Span { start: at(start)?, end: at(start.and_then(|start| start.checked_add(size)))? })
}

/// Checks that a header which is packed itself unpacks to no more than there is room for.
pub(super) fn check(header: &[u8], room: usize) -> Result<(), GapReason> {
    const PLAIN: u8 = 1;
    const PACKED: u8 = 0x17;
    let mut rest = Numbers(header);
    match rest.byte()? {
        PLAIN => Ok(()),
        PACKED => rest.packed(room),
        _ => Err(GapReason::Damaged),
    }
}

/// Returns the bytes that a method's decoder keeps while it makes so many, or that it is encryption. A dictionary
/// grows with what is made, a PPMd model is there from the start.
pub(super) fn memory(method: &[u8], properties: &[u8], made: u64) -> Result<u64, GapReason> {
    const AES: &[u8] = &[6, 0xf1, 7, 1];
    const LZMA: &[u8] = &[3, 1, 1];
    const LZMA2: &[u8] = &[0x21];
    const PPMD: &[u8] = &[3, 4, 1];
    match (method, properties) {
        (AES, _) => Err(GapReason::Encrypted),
        (LZMA | PPMD, [_, size @ ..]) => {
            let size = u32::from_le_bytes(*size.first_chunk().ok_or(GapReason::Damaged)?);
            Ok(if method == PPMD { u64::from(size) } else { made.min(u64::from(size)) })
        }
        (LZMA2, [40]) => Ok(made.min(u64::from(u32::MAX))),
        (LZMA2, [bits @ 0..40]) => Ok(made.min(u64::from(2 | bits & 1) << (bits / 2 + 11))),
        (LZMA | PPMD | LZMA2, _) => Err(GapReason::Damaged),
        _ => Ok(0),
    }
}

/// The numbers of a header, read one after the other.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn take(&mut self, length: u64) -> Result<&'a [u8], GapReason> {
        let length = usize::try_from(length).map_err(|_| GapReason::Damaged)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(GapReason::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, GapReason> {
        self.take(1)?.first().copied().ok_or(GapReason::Damaged)
    }

    fn long(&mut self) -> Result<u64, GapReason> {
        let bytes = self.take(8)?.first_chunk().ok_or(GapReason::Damaged)?;
        Ok(u64::from_le_bytes(*bytes))
    }

    /// A number of one to nine bytes: the ones that the first begins with say how many follow it.
    fn number(&mut self) -> Result<u64, GapReason> {
        let first = self.byte()?;
        let more = first.leading_ones();
        let low = self
            .take(u64::from(more))?
            .iter()
            .rev()
            .fold(0, |sum, byte| u64::wrapping_shl(sum, 8) | u64::from(*byte));
        let high = u64::from(first) & (0x7f_u64 >> more);
        Ok(if more < 8 { low | high << (8 * more) } else { low })
    }

    /// The header's own streams: one folder, of which every size and every decoder must fit.
    fn packed(&mut self, room: usize) -> Result<(), GapReason> {
        const PACK: u8 = 6;
        const UNPACK: u8 = 7;
        const FOLDER: u8 = 0x0b;
        const SIZES: u8 = 0x0c;
        self.require(PACK)?;
        self.number()?;
        let streams = self.number()?;
        self.skip_streams(streams)?;
        self.require(UNPACK)?;
        self.require(FOLDER)?;
        // One folder, described here and not in a stream of its own.
        self.require(1)?;
        self.require(0)?;
        let outputs = self.folder(room)?;
        self.require(SIZES)?;
        for _ in 0..outputs {
            fits(self.number()?, room)?;
        }
        Ok(())
    }

    fn require(&mut self, byte: u8) -> Result<(), GapReason> {
        if self.byte()? == byte { Ok(()) } else { Err(GapReason::Damaged) }
    }

    /// Reads over the sizes and checksums of packed streams, to their end.
    fn skip_streams(&mut self, streams: u64) -> Result<(), GapReason> {
        const END: u8 = 0;
        const SIZE: u8 = 9;
        const CHECKSUM: u8 = 0x0a;
        loop {
            match self.byte()? {
                END => return Ok(()),
                SIZE => (0..streams).try_for_each(|_| self.number().map(|_| ()))?,
                CHECKSUM => {
                    self.require(1)?;
                    self.take(streams.checked_mul(4).ok_or(GapReason::Damaged)?)?;
                }
                _ => return Err(GapReason::Damaged),
            }
        }
    }

    /// Reads a folder's coders and how they are joined; returns how many outputs they have.
    fn folder(&mut self, room: usize) -> Result<u64, GapReason> {
        let (mut inputs, mut outputs) = (0_u64, 0_u64);
        for _ in 0..self.number()? {
            let flags = self.byte()?;
            let method = self.take(u64::from(flags & 0x0f))?;
            let is_complex = flags & 0x10 != 0;
            let (more_in, more_out) =
                if is_complex { (self.number()?, self.number()?) } else { (1, 1) };
            inputs = inputs.checked_add(more_in).ok_or(GapReason::Damaged)?;
            outputs = outputs.checked_add(more_out).ok_or(GapReason::Damaged)?;
            let length = if flags & 0x20 != 0 { self.number()? } else { 0 };
            // The sizes of what is made stand behind and are checked there.
            fits(memory(method, self.take(length)?, 0)?, room)?;
        }
        let joints = outputs.checked_sub(1).ok_or(GapReason::Damaged)?;
        let packed = inputs.checked_sub(joints).ok_or(GapReason::Damaged)?;
        let named = if packed > 1 { packed } else { 0 };
        let numbers = joints.checked_mul(2).and_then(|pairs| pairs.checked_add(named));
        for _ in 0..numbers.ok_or(GapReason::Damaged)? {
            self.number()?;
        }
        Ok(outputs)
    }
}

pub(super) fn fits(bytes: u64, room: usize) -> Result<(), GapReason> {
    if bytes <= room as u64 { Ok(()) } else { Err(GapReason::Limit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let read = |bytes: &[u8]| Numbers(bytes).number();
        assert_eq!(read(&[0x7f]), Ok(0x7f));
        assert_eq!(read(&[0x81, 2]), Ok(0x102));
        assert_eq!(read(&[0xc1, 3, 2]), Ok(0x1_0203));
        assert_eq!(read(&[0xff, 8, 7, 6, 5, 4, 3, 2, 1]), Ok(0x0102_0304_0506_0708));
        assert_eq!(read(&[0x81]), Err(GapReason::Damaged));
    }

    #[test]
    fn a_header_that_unpacks_to_too_much_is_a_limit() {
        // One LZMA coder of 64 KiB, and a header of 1 GiB.
        let header = b"\x17\x06\x00\x01\x09\x10\x00\x07\x0b\x01\x00\x01\x23\x03\x01\x01\x05\
            \x5d\x00\x00\x01\x00\x0c\xf0\x00\x00\x00\x40";
        assert_eq!(check(header, 2 << 30), Ok(()));
        assert_eq!(check(header, 64 << 20), Err(GapReason::Limit));
        assert_eq!(check(&header[..20], 64 << 20), Err(GapReason::Damaged));
    }

    #[test]
    fn decoders_say_what_they_keep() {
        assert_eq!(memory(&[0x21], &[24], 1 << 30), Ok(16 << 20));
        assert_eq!(memory(&[0x21], &[24], 1000), Ok(1000));
        assert_eq!(memory(&[3, 4, 1], &[6, 0, 0, 0, 0x10], 1000), Ok(256 << 20));
        assert_eq!(memory(&[6, 0xf1, 7, 1], &[], 0), Err(GapReason::Encrypted));
        assert_eq!(memory(&[3, 1, 1], &[0x5d], 0), Err(GapReason::Damaged));
    }
}
