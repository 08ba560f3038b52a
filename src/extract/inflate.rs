//! Deflate (RFC 1951), bare or in zlib's wrapping (RFC 1950), as it arrives.

use flate2::{Decompress, FlushDecompress, Status};

use super::{Flow, Format, Members, Reader, Unread};
use crate::coverage::GapReason;

/// Bytes that are unpacked before they are handed on.
const PIECE: usize = 32 * 1024;
/// Name of the one member of a stream that has none.
pub(super) const CONTENT: &str = "content";

/// Hands on what a container says beside its members.
pub(super) fn aside(members: &mut dyn Members, name: &str, text: &[u8]) -> Result<(), Unread> {
    if text.is_empty() {
        return Ok(());
    }
    members.text(name)?;
    members.write(text)?;
    members.close()
}

/// A stream that is unpacked.
pub(super) struct Inflate {
    state: Decompress,
    piece: Vec<u8>,
}

/// What a chunk came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Bytes of the chunk that belong to the stream.
    pub(super) bytes: usize,
    /// Whether the stream has ended.
    pub(super) ended: bool,
}

impl Inflate {
    /// Opens a stream without wrapping.
    pub(super) fn bare() -> Inflate {
        Inflate { state: Decompress::new(false), piece: vec![0; PIECE] }
    }

    fn wrapped() -> Inflate {
        Inflate { state: Decompress::new(true), piece: vec![0; PIECE] }
    }

    /// Unpacks a chunk and hands on what it comes to.
    ///
    /// # Errors
    ///
    /// [`GapReason::Damaged`] where the bytes are no such stream, and what `out` returns.
    pub(super) fn push(
        &mut self,
        chunk: &[u8],
        mut out: impl FnMut(&[u8]) -> Result<(), Unread>,
    ) -> Result<Taken, Unread> {
        let mut bytes = 0;
        loop {
            let (before, made) = (self.state.total_in(), self.state.total_out());
            let rest = chunk.get(bytes..).unwrap_or_default();
            let status = self.state.decompress(rest, &mut self.piece, FlushDecompress::None);
            bytes += (self.state.total_in() - before) as usize;
            let made = (self.state.total_out() - made) as usize;
            out(self.piece.get(..made).unwrap_or_default())?;
            let status = status.map_err(|_| Unread(GapReason::Damaged))?;
            let ended = status == Status::StreamEnd;
            // A full piece may have left more behind.
            if ended || bytes == chunk.len() && made < PIECE {
                return Ok(Taken { bytes, ended });
            }
            if status == Status::BufError && made == 0 {
                return Err(Unread(GapReason::Damaged));
            }
        }
    }
}

/// Streams in zlib's wrapping.
#[derive(Debug)]
pub(super) struct Zlib;

/// A stream in zlib's wrapping, and whether its member is open.
struct ZlibReader {
    inflate: Inflate,
    open: bool,
    ended: bool,
}

impl Format for Zlib {
    fn name(&self) -> &'static str {
        "zlib"
    }

    /// Two bytes say little, so what follows them has to unpack as well.
    fn begins(&self, head: &[u8]) -> bool {
        let [method, flags, ..] = *head else { return false };
        let is_header = method == 0x78 && u16::from_be_bytes([method, flags]) % 31 == 0;
        let mut made = 0;
        let unpacked = |piece: &[u8]| {
            made += piece.len();
            Ok(())
        };
        // What is damaged further on is of this format all the same.
        let _ = is_header && Inflate::wrapped().push(head, unpacked).is_ok();
        made > 0
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(ZlibReader { inflate: Inflate::wrapped(), open: false, ended: false })
    }
}

impl Reader for ZlibReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        if !self.open {
            members.open(CONTENT)?;
            self.open = true;
        }
        let taken = self.inflate.push(bytes, |piece| members.write(piece))?;
        if !taken.ended {
            return Ok(Flow::More);
        }
        self.ended = true;
        members.close()?;
        Ok(Flow::Ended(bytes.len() - taken.bytes))
    }

    fn finish(&mut self, _: &mut dyn Members) -> Result<(), Unread> {
        if self.ended { Ok(()) } else { Err(Unread(GapReason::Truncated)) }
    }
}
