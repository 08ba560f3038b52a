//! Documents whose parts are found from their end, and so are read as a whole.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Members, Reader, Unread};

/// What reads a document that is there as a whole.
pub(crate) type ReadWhole = fn(Vec<u8>, &mut dyn Members) -> Result<(), Unread>;

/// Keeps a document's bytes, as many as the scan allows, until all have come.
pub(crate) struct Kept {
    bytes: Vec<u8>,
    read: ReadWhole,
}

impl Kept {
    /// Returns a reader that hands the whole document to `read`.
    pub(crate) fn reader(read: ReadWhole) -> Box<dyn Reader> {
        Box::new(Kept { bytes: Vec::new(), read })
    }
}

impl Reader for Kept {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        if self.bytes.len().saturating_add(bytes.len()) > members.room() {
            return Err(Unread(GapReason::Limit));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        (self.read)(std::mem::take(&mut self.bytes), members)
    }
}
