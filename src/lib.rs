//! Portcullis finds prohibited sensitive data in a payload before it is persisted.
//!
//! Build a [`Scanner`] once, share it, and scan each payload as a slice, as chunks or as a file. The
//! [`Report`] says what was found and where, what could not be examined, and what the policy makes of
//! it; only a payload that is accepted has a [`Pass`].
//!
//! ```
//! use portcullis::{Policy, Scanner, Verdict};
//!
//! let policy = Policy::builtin("heroku/common-runtime")?;
//! let scanner = Scanner::builder().policy(policy).build()?;
//! let report = scanner.scan(b"IBAN: GB29 NWBK 6016 1331 9268 19")?;
//! match report.verdict() {
//!     Verdict::Accept(_pass) => unreachable!("a bank account does not pass"),
//!     refused => assert_eq!(refused.action().as_str(), "reject"),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The library opens no socket, spawns no thread of its own, reads no environment and no file that
//! the caller did not name, and prints nothing.

mod builder;
pub mod catalogue;
mod collector;
mod config;
mod context;
pub mod coverage;
mod custom;
mod detectors;
mod engine;
pub mod error;
pub mod extract;
pub mod finding;
mod fingerprint;
mod limits;
mod normalize;
pub mod policy;
pub mod report;
mod scanner;
mod seam;
pub mod self_test;
mod sha;
mod shard;
pub mod sink;
mod stream;
mod terms;
mod validators;
mod wire;

pub use builder::Builder;
pub use custom::{CustomDetector, ExactTable, ExactTableBuilder};
pub use engine::Backend;
pub use error::{BuildError, ScanError, StateError};
pub use finding::{Category, Confidence, Finding};
pub use limits::Limits;
pub use policy::Policy;
pub use report::{Pass, Report, Verdict};
pub use scanner::Scanner;
pub use stream::Session;

/// The examples of the README, compiled and run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
