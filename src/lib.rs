//! Portcullis finds prohibited sensitive data in a payload before it is persisted.
#![allow(dead_code, missing_docs)]

mod context;
mod coverage;
mod detectors;
mod engine;
mod error;
mod finding;
mod limits;
mod terms;
mod validators;

pub use coverage::{Gap, GapReason};
pub use error::{BuildError, BuildErrorKind, ScanError, ScanErrorKind, UnknownName};
pub use finding::{Category, Confidence, Digest, Evidence, Finding, Position, Span};
