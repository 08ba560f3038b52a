//! Portcullis finds prohibited sensitive data in a payload before it is persisted.
#![allow(dead_code, missing_docs)]

mod coverage;
mod detectors;
mod error;
mod finding;
pub mod report;
mod validators;

pub use coverage::{Gap, GapReason};
pub use error::{BuildError, BuildErrorKind, ScanError, ScanErrorKind, UnknownName};
pub use finding::{Category, Confidence, Digest, Evidence, Finding, Position, Span};
pub use report::{Pass, Report, Verdict};
