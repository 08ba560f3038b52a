//! Readers for content that holds other content, for [`portcullis`]: compressed streams, archives, mail, office
//! documents, PDF, and what else is too heavy for the library itself.
//!
//! Each type here is a [`Format`]; [`formats`] returns all of them, for
//! [`Builder::formats`](portcullis::Builder::formats). What they have in common: content is told by its first bytes and
//! never by its name; what is read is handed on in pieces as it is made; nothing is allocated because a length in the
//! content says so; whatever is not read becomes a gap with its reason. A reader that cannot do without the whole of
//! its content keeps it as far as [`Members::room`](portcullis::extract::Members::room) allows.
//!
//! Brotli streams and raw deflate have no mark at their start (RFC 7932 section 9, RFC 1951 section 3.2.3), so nothing
//! can tell them by their bytes; they are not read here.

use std::sync::Arc;

use portcullis::extract::Format;

#[cfg(feature = "legacy-office")]
mod biff;
mod biff12;
mod bzip2;
mod content;
mod fields;
mod frames;
mod kept;
mod layout;
mod lz4;
mod mail;
mod odf;
#[cfg(feature = "legacy-office")]
mod ole;
mod ooxml;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod rtf;
#[cfg(feature = "7z")]
mod sevenz;
mod sheet;
mod stream;
#[cfg(test)]
mod testing;
mod text_runs;
#[cfg(feature = "legacy-office")]
mod word;
mod writer;
mod xml;
mod xz;
mod zstd;

pub use crate::bzip2::Bzip2;
pub use crate::lz4::Lz4;
pub use crate::mail::{Mail, Mbox};
pub use crate::odf::OpenDocument;
#[cfg(feature = "legacy-office")]
pub use crate::ole::CompoundFile;
pub use crate::ooxml::OfficeOpenXml;
#[cfg(feature = "pdf")]
pub use crate::pdf::Pdf;
pub use crate::rtf::Rtf;
#[cfg(feature = "7z")]
pub use crate::sevenz::SevenZip;
pub use crate::xz::{Lzma, Xz};
pub use crate::zstd::Zstd;

/// Returns every format of this crate.
pub fn formats() -> Vec<Arc<dyn Format>> {
    vec![
        Arc::new(OfficeOpenXml),
        Arc::new(OpenDocument),
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
        #[cfg(feature = "legacy-office")]
        Arc::new(CompoundFile),
        #[cfg(feature = "pdf")]
        Arc::new(Pdf),
    ]
}
