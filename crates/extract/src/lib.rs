//! Formats that hold other content, for [`portcullis`]: office documents, PDF and what else is too heavy for
//! the library itself.
//!
//! Each type here is a [`Format`]; [`formats`] returns all of them. A reader keeps the bytes of its document as far
//! as [`Members::room`](portcullis::extract::Members::room) allows, reads them once all have come, and hands on what
//! it finds in small pieces. What cannot be read is a gap with its reason.

use std::sync::Arc;

use portcullis::extract::Format;

#[cfg(feature = "legacy-office")]
mod biff;
mod biff12;
mod fields;
mod kept;
mod layout;
mod odf;
#[cfg(feature = "legacy-office")]
mod ole;
mod ooxml;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod sheet;
#[cfg(test)]
mod testing;
mod text_runs;
#[cfg(feature = "legacy-office")]
mod word;
mod writer;
mod xml;

pub use odf::OpenDocument;
#[cfg(feature = "legacy-office")]
pub use ole::CompoundFile;
pub use ooxml::OfficeOpenXml;
#[cfg(feature = "pdf")]
pub use pdf::Pdf;

/// Returns every format of this crate.
pub fn formats() -> Vec<Arc<dyn Format>> {
    vec![
        Arc::new(OfficeOpenXml),
        Arc::new(OpenDocument),
        #[cfg(feature = "legacy-office")]
        Arc::new(CompoundFile),
        #[cfg(feature = "pdf")]
        Arc::new(Pdf),
    ]
}
