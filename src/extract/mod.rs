//! From a payload to plain bytes: what kind of content it is, text encodings that are not ASCII's, and what reads
//! the containers that a payload is or holds.

mod format;
pub(crate) mod sniff;
pub(crate) mod wide;

pub use format::{Flow, Format, Members, Reader, Unread};
pub(crate) use sniff::{Content, Encoding};

/// Where offsets of plain text stand in the payload.
pub(crate) trait Origin {
    /// Returns the payload's offset of a byte of the text.
    fn origin(&self, offset: u64) -> u64;
}

/// The text is the payload.
pub(crate) struct Same;

impl Origin for Same {
    fn origin(&self, offset: u64) -> u64 {
        offset
    }
}
