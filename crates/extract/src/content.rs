//! The one member of a compressed stream.

use portcullis::extract::{Members, Unread};

/// Bytes that are handed on at once.
pub(crate) const PIECE: usize = 64 * 1024;

/// What follows on the last stream. The name is the one that the scan gives it behind other containers.
const BEHIND: &str = "behind the end";

/// What a compressed stream holds: a member named `content`, begun with its first stream. What stands behind the
/// streams is a member too: whether it is another stream shows only some bytes later, when the chunk that its first
/// bytes came in may be gone, so it is not left to the scan.
#[derive(Debug, Default)]
pub(crate) struct Content {
    is_open: bool,
    is_over: bool,
}

impl Content {
    /// Begins the member, unless it has begun.
    pub(crate) fn open(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if !self.is_open {
            self.is_open = true;
            members.open("content")?;
        }
        Ok(())
    }

    /// Hands on bytes of the member.
    pub(crate) fn write(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        self.open(members)?;
        write_pieces(bytes, members)
    }

    /// Ends the member, if it has begun.
    pub(crate) fn close(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if std::mem::take(&mut self.is_open) { members.close() } else { Ok(()) }
    }

    /// Begins what stands behind the content; these are its first bytes.
    pub(crate) fn behind(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        self.close(members)?;
        (self.is_open, self.is_over) = (true, true);
        members.open(BEHIND)?;
        write_pieces(bytes, members)
    }

    /// Whether the next bytes stand behind the content.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }
}

/// Hands on bytes of the open member, at most [`PIECE`] at once.
pub(crate) fn write_pieces(bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
    bytes.chunks(PIECE).try_for_each(|piece| members.write(piece))
}
