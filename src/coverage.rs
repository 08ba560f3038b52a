//! What was not looked at, and why: a result that a policy decides on, never silence.

use crate::finding::named;

named! {
    /// Why a part of a payload was not examined. The spellings are stable; policies address them.
    GapReason, "coverage reason" {
        /// An archive or compressed stream whose members nothing read.
        Archive = "archive",
        /// A document format (PDF, Office, …) that nothing read.
        Document = "document",
        /// An image, sound or video.
        Media = "media",
        /// Content that is encrypted or needs a password.
        Encrypted = "encrypted",
        /// Bytes of no known kind that are not text.
        Binary = "binary",
        /// Text that breaks off inside a character, or a container before its end.
        Truncated = "truncated",
        /// A container whose parts contradict each other or break its format's rules.
        Damaged = "damaged",
        /// A budget of `Limits` ran out.
        Limit = "limit",
        /// The verdict was `reject` before, and the scanner was built to stop there. It always stands beside
        /// what decided, so no policy speaks about it.
        Decided = "decided",
    }
}

impl GapReason {
    /// Returns the reasons on which a policy decides.
    pub(crate) fn of_policies() -> impl Iterator<Item = GapReason> {
        GapReason::ALL.iter().copied().filter(|reason| *reason != GapReason::Decided)
    }
}

/// A range of the payload that was not examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub(crate) path: String,
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) reason: GapReason,
}

impl Gap {
    pub(crate) fn new(path: &str, start: u64, end: u64, reason: GapReason) -> Gap {
        Gap { path: path.to_owned(), start, end, reason }
    }

    /// Returns the place inside a container, empty for the payload itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the offset of the first byte that was not examined.
    pub fn start(&self) -> u64 {
        self.start
    }

    /// Returns the offset behind the last byte that was not examined.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Returns why.
    pub fn reason(&self) -> GapReason {
        self.reason
    }
}
