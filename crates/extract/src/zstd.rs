//! Zstandard.

use std::io::Read;

use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Reader, Unread};
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, DEFAULT_MAX_WINDOW_SIZE, FrameDecoder};

use crate::content::PIECE;
use crate::frames::{Frame, FrameReader, Out, Part};

/// Zstandard frames, one or more, as `.zst` files hold them (RFC 8878): one member, `content`.
///
/// Read block by block as the bytes arrive. Memory: the window that a frame names, filled as content comes, and two
/// blocks of 128 KiB; a window beyond [`Members::room`] or 128 MiB is a gap, and so is a frame that needs a
/// dictionary. Content is handed on once it has left the window or its frame has ended. What stands in skippable
/// frames is a member of its own.
///
/// [`Members::room`]: portcullis::extract::Members::room
#[derive(Debug)]
pub struct Zstd;

impl Format for Zstd {
    fn name(&self) -> &'static str {
        "zstd"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(&ZstdFrame::MARK.to_le_bytes())
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(FrameReader::<ZstdFrame>::new())
    }
}

/// The largest block, compressed or not (RFC 8878 section 3.1.1.2.4).
const BLOCK_MAX: usize = 128 * 1024;
/// Bytes of a block's header, and of the checksum behind the last.
const BLOCK_HEAD: usize = 3;
const CHECKSUM: usize = 4;

struct ZstdFrame {
    decoder: FrameDecoder,
    stage: Stage,
    has_checksum: bool,
}

/// Which part of a frame is next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Header,
    Block,
    Checksum,
}

impl Frame for ZstdFrame {
    const MARK: u32 = 0xfd2f_b528;

    fn new(room: usize) -> ZstdFrame {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(DEFAULT_MAX_WINDOW_SIZE.min(room as u64));
        ZstdFrame { decoder, stage: Stage::Header, has_checksum: false }
    }

    fn needs(&self, part: &[u8]) -> Result<usize, GapReason> {
        match (self.stage, part) {
            (Stage::Header, [_, _, _, _, descriptor, ..]) => Ok(header_length(*descriptor)),
            (Stage::Header, _) => Ok(5),
            (Stage::Block, [a, b, c, ..]) => block_length(u32::from_le_bytes([*a, *b, *c, 0])),
            (Stage::Block, _) => Ok(BLOCK_HEAD),
            (Stage::Checksum, _) => Ok(CHECKSUM),
        }
    }

    fn read(&mut self, part: &[u8], to: &mut Out<'_>) -> Result<Part, Unread> {
        match self.stage {
            Stage::Header => Ok(self.header(part)),
            Stage::Block => {
                let read = self.block(part);
                self.drain(to)?;
                Ok(read)
            }
            Stage::Checksum => {
                let own = self.decoder.get_calculated_checksum();
                let is_same = own.is_some_and(|own| own.to_le_bytes() == part);
                Ok(if is_same { Part::Last } else { Part::Failed(GapReason::Damaged) })
            }
        }
    }

    /// The decoder lets go of its window at the end of a frame only, so it is shown one: an empty last block.
    fn give_up(&mut self, to: &mut Out<'_>) -> Result<(), Unread> {
        if self.stage == Stage::Block {
            self.block(&[1, 0, 0]);
            self.drain(to)?;
        }
        Ok(())
    }
}

impl ZstdFrame {
    fn header(&mut self, mut part: &[u8]) -> Part {
        self.has_checksum = part.get(4).is_some_and(|descriptor| descriptor & 4 != 0);
        self.stage = Stage::Block;
        match self.decoder.init(&mut part) {
            Ok(()) => Part::Inner,
            Err(error) => Part::Failed(reason(&error)),
        }
    }

    /// The decoder asks for the checksum with the last block; it is given zeros, and the checksum is compared when it
    /// comes: a block whose checksum is cut off is read.
    fn block(&mut self, part: &[u8]) -> Part {
        let source = part.chain(&[0; CHECKSUM][..]);
        match self.decoder.decode_blocks(source, BlockDecodingStrategy::UptoBlocks(1)) {
            Ok(false) => Part::Inner,
            Ok(true) if !self.has_checksum => Part::Last,
            Ok(true) => {
                self.stage = Stage::Checksum;
                Part::Inner
            }
            Err(error) => Part::Failed(reason(&error)),
        }
    }

    fn drain(&mut self, to: &mut Out<'_>) -> Result<(), Unread> {
        let mut piece = vec![0; PIECE.min(self.decoder.can_collect())];
        while self.decoder.can_collect() > 0 {
            let read = self.decoder.read(&mut piece).map_err(|_| Unread(GapReason::Damaged))?;
            if read == 0 {
                break;
            }
            to.write(piece.get(..read).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Returns the length of a block with the header in front of it (RFC 8878 section 3.1.1.2).
fn block_length(header: u32) -> Result<usize, GapReason> {
    const RUN: u32 = 1;
    let (kind, size) = (header >> 1 & 3, (header >> 3) as usize);
    if size > BLOCK_MAX {
        return Err(GapReason::Damaged);
    }
    Ok(BLOCK_HEAD + if kind == RUN { 1 } else { size })
}

/// Returns the length of a frame's header with its mark, from its descriptor (RFC 8878 section 3.1.1.1).
fn header_length(descriptor: u8) -> usize {
    let is_single = descriptor & 0x20 != 0;
    let window = usize::from(!is_single);
    let dictionary = [0, 1, 2, 4].get(usize::from(descriptor & 3)).copied().unwrap_or(0);
    let size = match descriptor >> 6 {
        0 => usize::from(is_single),
        bits => 1 << bits,
    };
    5 + window + dictionary + size
}

/// Returns why a frame is not read on.
fn reason(error: &FrameDecoderError) -> GapReason {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => GapReason::Limit,
        FrameDecoderError::DictNotProvided { .. } => GapReason::Archive,
        _ => GapReason::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;
    use crate::testing;

    fn packed(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    /// A frame of runs: a window of 2 MiB, then so many blocks of 128 KiB of one letter.
    fn runs(blocks: usize) -> Vec<u8> {
        let run = |last: u32| [&(last | 2 | 0x2_0000 << 3).to_le_bytes()[..3], b"x"].concat();
        let blocks = (1..=blocks).flat_map(|at| run(u32::from(at == blocks)));
        [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58].into_iter().chain(blocks).collect()
    }

    #[test]
    fn reads_frames_that_follow_one_another() {
        testing::reads_a_stream(&Zstd, packed);
        assert_eq!(testing::read(&Zstd, &runs(64), 7).members[0].1.len(), 8 << 20);
    }

    #[test]
    fn survives_what_is_broken() {
        testing::survives(&Zstd, &packed(testing::PLANTED.as_bytes()));
        testing::survives(&Zstd, &runs(9));
    }

    #[test]
    fn what_the_window_holds_is_read_before_a_cut() {
        let runs = runs(9);
        let read = testing::read(&Zstd, &runs[..runs.len() - 2], 4096);
        assert_eq!(read.end, Err(Unread(GapReason::Truncated)));
        assert_eq!(read.members[0].1.len(), 1 << 20);
    }

    #[test]
    fn reads_what_stands_beside_the_content() {
        let beside = b"\x5e\x2a\x4d\x18\x13\0\0\x004111 1111 1111 1111".to_vec();
        let few = b"\x50\x2a\x4d\x18\x04\0\0\0\x01\x02\x03\x04".to_vec();
        let file = [beside.clone(), packed(b"GB29NWBK6016"), few, packed(b"1331926819")].concat();
        let read = testing::read_in_chunks(&Zstd, &file);
        assert_eq!(read.text("content"), "GB29NWBK60161331926819");
        assert_eq!(read.text("skippable frames"), "4111 1111 1111 1111\n");
        assert_eq!(read.end, Ok(0));
        let cut = testing::read_with_room(&Zstd, &beside, 4);
        assert_eq!(cut.gaps, [("skippable frames".to_owned(), GapReason::Limit)]);
    }

    #[test]
    fn a_window_beyond_the_room_is_a_limit() {
        let read = testing::read_with_room(&Zstd, &runs(1), 1 << 20);
        assert_eq!(read.end, Err(Unread(GapReason::Limit)));
    }

    #[test]
    fn a_dictionary_that_is_not_there_is_said() {
        let needs = b"\x28\xb5\x2f\xfd\x01\x58\x07\x01\0\0";
        assert_eq!(testing::read(&Zstd, needs, 4096).end, Err(Unread(GapReason::Archive)));
    }
}
