//! From a payload to plain bytes: what kind of content it is, text encodings that are not ASCII's, and what reads
//! the containers that a payload is or holds.

mod format;
mod gather;
mod gzip;
mod inflate;
pub(crate) mod sniff;
mod tar;
pub(crate) mod wide;
mod zip;

use std::sync::Arc;

pub use format::{Flow, Format, Members, Reader, Unread};
pub(crate) use sniff::{Content, Encoding};
pub(crate) use zip::NAME as ZIP;

/// Returns the formats that the library reads itself: gzip, zlib, zip and tar.
pub(crate) fn own_formats() -> Vec<Arc<dyn Format>> {
    vec![Arc::new(gzip::Gzip), Arc::new(inflate::Zlib), Arc::new(zip::Zip), Arc::new(tar::Tar)]
}

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
