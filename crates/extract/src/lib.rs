//! Readers for content that holds other content: compressed streams, mail, documents, archives.
//!
//! Each is a [`Format`] of the `portcullis` crate. What they have in common: content is told by its first bytes and
//! never by its name, what is read is handed on in pieces as it is made, nothing is allocated because a length in the
//! content says so, and whatever is not read becomes a gap with its reason.
//!
//! Brotli streams and raw deflate have no mark at their start (RFC 7932 section 9, RFC 1951 section 3.2.3), so nothing
//! can tell them by their bytes; they are not read here.

use std::sync::Arc;

use portcullis::extract::Format;

mod bzip2;
mod content;
mod frames;
mod lz4;
mod mail;
mod rtf;
#[cfg(feature = "7z")]
mod sevenz;
mod stream;
mod xz;
mod zstd;

#[cfg(test)]
mod testing;

pub use crate::bzip2::Bzip2;
pub use crate::lz4::Lz4;
pub use crate::mail::{Mail, Mbox};
pub use crate::rtf::Rtf;
#[cfg(feature = "7z")]
pub use crate::sevenz::SevenZip;
pub use crate::xz::{Lzma, Xz};
pub use crate::zstd::Zstd;

/// Returns every format of this crate.
pub fn formats() -> Vec<Arc<dyn Format>> {
    vec![
        Arc::new(Bzip2),
        Arc::new(Xz),
        Arc::new(Lzma),
        Arc::new(Zstd),
        Arc::new(Lz4),
        Arc::new(Mail),
        Arc::new(Mbox),
        Arc::new(Rtf),
        #[cfg(feature = "7z")]
        Arc::new(SevenZip),
    ]
}
