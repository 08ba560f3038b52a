//! LZ4 frames.

use std::io::{BufRead, Cursor};

use lz4_flex::frame::FrameDecoder;
use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Reader, Unread};

use crate::frames::{Frame, FrameReader, Out, Part, words};

/// LZ4 frames, one or more, as `.lz4` files hold them (LZ4 Frame Format Description 1.6.4): one member, `content`.
///
/// Read block by block as the bytes arrive. Memory: blocks of the size that the frame names, 4 MiB at most, one
/// compressed and two that are not. A frame that needs a dictionary is a gap; frames of the older form without a
/// header are not of this format, nor are bare blocks, which have no mark. What stands in skippable frames is a
/// member of its own.
#[derive(Debug)]
pub struct Lz4;

impl Format for Lz4 {
    fn name(&self) -> &'static str {
        "lz4"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(&Lz4Frame::MARK.to_le_bytes())
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(FrameReader::<Lz4Frame>::new())
    }
}

/// Bits of a frame's flags: checksums behind each block, the content's size, its checksum, a dictionary's number.
const BLOCK_CHECKSUM: u8 = 0x10;
const CONTENT_SIZE: u8 = 0x08;
const CONTENT_CHECKSUM: u8 = 0x04;
const DICTIONARY: u8 = 0x01;

/// The largest block that a frame may name.
const BLOCK_MAX: usize = 4 << 20;
/// The bit of a block's size that says that the block is stored.
const STORED: u32 = 1 << 31;

struct Lz4Frame {
    decoder: FrameDecoder<Cursor<Vec<u8>>>,
    /// The flags, once the first part has come: the header with the first block.
    flags: Option<u8>,
}

impl Frame for Lz4Frame {
    const MARK: u32 = 0x184d_2204;

    fn new(_: usize) -> Lz4Frame {
        Lz4Frame { decoder: FrameDecoder::new(Cursor::default()), flags: None }
    }

    fn needs(&self, part: &[u8]) -> Result<usize, GapReason> {
        let (flags, head) = match (self.flags, part) {
            (Some(flags), _) => (flags, 0),
            (None, [_, _, _, _, flags, ..]) => (*flags, header_length(*flags)?),
            (None, _) => return Ok(5),
        };
        let size = part.get(head..).and_then(words).map(|(size, _)| size);
        Ok(head + size.map_or(Ok(4), |size| block_length(flags, size))?)
    }

    fn read(&mut self, part: &[u8], to: &mut Out<'_>) -> Result<Part, Unread> {
        let flags = self.flags.or_else(|| part.get(4).copied()).unwrap_or(0);
        let head = if self.flags.is_none() { header_length(flags).unwrap_or(0) } else { 0 };
        let is_last = part.get(head..).and_then(words).is_some_and(|(size, _)| size == 0);
        self.flags = Some(flags);
        *self.decoder.get_mut() = Cursor::new(part.to_vec());
        let Ok(content) = self.decoder.fill_buf() else {
            return Ok(Part::Failed(GapReason::Damaged));
        };
        to.write(content)?;
        let length = content.len();
        self.decoder.consume(length);
        Ok(if is_last { Part::Last } else { Part::Inner })
    }

    /// Each block is handed on as soon as it is read.
    fn give_up(&mut self, _: &mut Out<'_>) -> Result<(), Unread> {
        Ok(())
    }
}

/// Returns the length of a frame's header with its mark.
fn header_length(flags: u8) -> Result<usize, GapReason> {
    if flags & DICTIONARY != 0 {
        return Err(GapReason::Archive);
    }
    Ok(if flags & CONTENT_SIZE != 0 { 15 } else { 7 })
}

/// Returns the length of a block, or of the mark of the end, with its size in front and what follows it.
fn block_length(flags: u8, size: u32) -> Result<usize, GapReason> {
    let held = (size & !STORED) as usize;
    let checksum = if size == 0 { CONTENT_CHECKSUM } else { BLOCK_CHECKSUM };
    if held > BLOCK_MAX {
        return Err(GapReason::Damaged);
    }
    Ok(4 + held + if flags & checksum != 0 { 4 } else { 0 })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lz4_flex::frame::{BlockMode, BlockSize, FrameEncoder, FrameInfo};

    use super::*;
    use crate::testing;

    fn packed(info: FrameInfo) -> impl Fn(&[u8]) -> Vec<u8> {
        move |text| {
            let mut encoder = FrameEncoder::with_frame_info(info.clone(), Vec::new());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
    }

    fn plain() -> FrameInfo {
        FrameInfo::new().block_size(BlockSize::Max64KB)
    }

    #[test]
    fn reads_frames_that_follow_one_another() {
        testing::reads_a_stream(&Lz4, packed(plain()));
        testing::reads_a_stream(&Lz4, packed(plain().block_mode(BlockMode::Linked)));
        testing::reads_a_stream(&Lz4, packed(plain().block_checksums(true).content_checksum(true)));
    }

    #[test]
    fn survives_what_is_broken() {
        let checked = plain().block_mode(BlockMode::Linked).content_checksum(true);
        testing::survives(&Lz4, &packed(checked)(testing::PLANTED.as_bytes()));
    }

    #[test]
    fn a_changed_checksum_is_damage_behind_the_content() {
        let text = testing::PLANTED.as_bytes();
        let mut changed = packed(plain().content_checksum(true))(text);
        *changed.last_mut().unwrap() ^= 1;
        let read = testing::read_in_chunks(&Lz4, &changed);
        assert_eq!(read.end, Err(Unread(GapReason::Damaged)));
        assert_eq!(read.text("content"), testing::PLANTED);
    }

    #[test]
    fn a_dictionary_that_is_not_there_is_said() {
        let needs = b"\x04\x22\x4d\x18\x61\x40\x01\0\0\0\x99";
        assert_eq!(testing::read(&Lz4, needs, 4096).end, Err(Unread(GapReason::Archive)));
    }
}
