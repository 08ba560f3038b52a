//! The one member of a compressed stream.

use portcullis::extract::{Members, Unread};

/// Bytes that are handed on at once.
pub(crate) const PIECE: usize = 64 * 1024;

/// What a compressed stream holds: a member named `content`, begun with its first stream.
#[derive(Debug, Default)]
pub(crate) struct Content {
    is_open: bool,
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
}

/// Hands on bytes of the open member, at most [`PIECE`] at once.
pub(crate) fn write_pieces(bytes: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
    bytes.chunks(PIECE).try_for_each(|piece| members.write(piece))
}
