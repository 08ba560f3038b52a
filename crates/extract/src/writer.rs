//! Text of a document on its way to the scan.

use portcullis::coverage::GapReason;
use portcullis::extract::{Members, Unread};

/// Bytes that are gathered before they are handed on.
pub(crate) const PIECE: usize = 16 << 10;

/// What a member is called that has no name.
const UNNAMED: &str = "unnamed";

/// Writes the text of members, one after the other, in pieces.
pub(crate) struct Writer<'m> {
    members: &'m mut dyn Members,
    name: String,
    is_open: bool,
    piece: Vec<u8>,
    /// The last byte that was written, a line end at the start.
    last: u8,
}

impl<'m> Writer<'m> {
    /// Returns a writer; nothing is open.
    pub(crate) fn new(members: &'m mut dyn Members) -> Writer<'m> {
        let piece = Vec::with_capacity(PIECE);
        Writer { members, name: String::new(), is_open: false, piece, last: b'\n' }
    }

    /// Ends what is open and names the member that the next text belongs to. It is opened with its first text.
    pub(crate) fn name(&mut self, name: &str) -> Result<(), Unread> {
        self.close()?;
        let name = if name.is_empty() { UNNAMED } else { name };
        name.clone_into(&mut self.name);
        self.last = b'\n';
        Ok(())
    }

    /// Opens the member of the current name where no text has done so.
    pub(crate) fn open(&mut self) -> Result<(), Unread> {
        if !self.is_open {
            self.members.open(&self.name)?;
            self.is_open = true;
        }
        Ok(())
    }

    /// Ends the member that is open, if one is.
    pub(crate) fn close(&mut self) -> Result<(), Unread> {
        self.flush()?;
        if std::mem::take(&mut self.is_open) {
            self.members.close()?;
        }
        Ok(())
    }

    /// Appends text.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Unread> {
        self.bytes(text.as_bytes())
    }

    /// Appends bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        let Some(last) = bytes.last() else { return Ok(()) };
        self.last = *last;
        for part in bytes.chunks(PIECE) {
            if self.piece.len() + part.len() > PIECE {
                self.flush()?;
            }
            self.piece.extend_from_slice(part);
        }
        Ok(())
    }

    /// Ends the line unless it is empty.
    pub(crate) fn fresh_line(&mut self) -> Result<(), Unread> {
        if self.is_fresh() { Ok(()) } else { self.text("\n") }
    }

    /// Returns whether nothing stands on the line yet.
    pub(crate) fn is_fresh(&self) -> bool {
        self.last == b'\n'
    }

    /// Returns whether the last character is a blank, or none is there yet.
    #[cfg(feature = "pdf")]
    pub(crate) fn is_blank(&self) -> bool {
        self.last.is_ascii_whitespace()
    }

    /// Says why the member of the current name was not read to its end.
    pub(crate) fn gap(&mut self, reason: GapReason) {
        self.members.gap(&self.name, reason);
    }

    /// Says why something else was not read.
    pub(crate) fn gap_of(&mut self, name: &str, reason: GapReason) {
        self.members.gap(name, reason);
    }

    /// Returns how many bytes may be kept.
    pub(crate) fn room(&self) -> usize {
        self.members.room()
    }

    fn flush(&mut self) -> Result<(), Unread> {
        if self.piece.is_empty() {
            return Ok(());
        }
        self.open()?;
        let written = self.members.write(&self.piece);
        self.piece.clear();
        written
    }
}
