//! From a payload to plain bytes: what kind of content it is, and text encodings that are not ASCII's.

pub(crate) mod sniff;
pub(crate) mod wide;

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
