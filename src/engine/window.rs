//! A stretch of a segment with enough on either side to decide on everything in its core.

use std::ops::Range;

/// Bytes before a core that its decisions may read.
pub(crate) const BEFORE: usize = 2048;
/// Bytes behind a core that its decisions may read.
pub(crate) const AFTER: usize = 1536;
/// Bytes of a core that are decided at a time; bounds the scratch lists.
pub(crate) const CORE: usize = 16 * 1024;

/// Bytes of a segment and where they stand in it.
///
/// The bytes begin at the segment's start or at least [`BEFORE`] bytes before any core that is
/// decided with them, and reach to the segment's end or at least [`AFTER`] bytes behind it. Since no
/// decision reads further, it is the same for every such stretch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Haystack<'h> {
    pub(crate) bytes: &'h [u8],
    /// Offset of the first byte in the segment.
    pub(crate) base: u64,
}

impl Haystack<'_> {
    /// Returns a range widened on both sides, as far as there are bytes.
    pub(crate) fn widened(&self, range: &Range<usize>, by: usize) -> Range<usize> {
        range.start.saturating_sub(by)..self.bytes.len().min(range.end.saturating_add(by))
    }
}

/// Cuts a range into cores of [`CORE`] bytes at the most.
pub(crate) fn cores(range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    range.step_by(CORE).map(move |start| start..end.min(start + CORE))
}
