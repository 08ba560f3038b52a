//! The bytes around the seams of chunks.

use std::ops::Range;

use crate::engine::window::{AFTER, BEFORE, Haystack};

/// Bytes of short chunks that are gathered before they are scanned.
const GATHERED: usize = 8 * 1024;

/// What is left of past chunks until it can be decided on, with
/// as much before it as decisions read.
#[derive(Debug, Default)]
pub(crate) struct Seam {
    carry: Vec<u8>,
    /// Offset of the carry's first byte.
    base: u64,
    /// Offset up to which everything is decided.
    done: u64,
}

impl Seam {
    /// Returns how many bytes of past chunks are held.
    pub(crate) fn carried(&self) -> usize {
        self.carry.len()
    }

    /// Returns the offset up to which everything is decided.
    pub(crate) fn done(&self) -> u64 {
        self.done
    }

    /// Takes the next bytes and calls `scan` with stretches in which a range can be decided on.
    pub(crate) fn push(&mut self, bytes: &[u8], scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        if bytes.len() <= BEFORE + AFTER {
            return self.gather(bytes, scan);
        }
        let start = self.base + self.carry.len() as u64;
        let (head, _) = bytes.split_at(BEFORE + AFTER);
        self.carry.extend_from_slice(head);
        self.decide_carry(BEFORE + AFTER, scan);
        let end = bytes.len() - AFTER;
        let from = (self.done - start) as usize;
        scan(Haystack { bytes, base: start }, from..end);
        let kept = end.saturating_sub(BEFORE);
        self.carry.clear();
        self.carry.extend_from_slice(bytes.get(kept..).unwrap_or_default());
        self.base = start + kept as u64;
        self.done = start + end as u64;
    }

    /// Gathers a short chunk.
    fn gather(&mut self, bytes: &[u8], scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        self.carry.extend_from_slice(bytes);
        if self.carry.len() >= BEFORE + AFTER + GATHERED {
            self.decide_carry(0, scan);
        }
    }

    /// Decides on the carry but for its last [`AFTER`] bytes, and drops what no decision reads any
    /// more, but keeps the last `keep` bytes in any case.
    fn decide_carry(&mut self, keep: usize, scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        let end = self.carry.len().saturating_sub(AFTER);
        let from = (self.done - self.base) as usize;
        if end <= from {
            return;
        }
        scan(Haystack { bytes: &self.carry, base: self.base }, from..end);
        self.done = self.base + end as u64;
        let spare = end.saturating_sub(BEFORE).min(self.carry.len().saturating_sub(keep));
        self.carry.drain(..spare);
        self.base += spare as u64;
    }

    /// Decides on all that is left.
    pub(crate) fn finish(&mut self, scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        let from = (self.done - self.base) as usize;
        scan(Haystack { bytes: &self.carry, base: self.base }, from..self.carry.len());
    }
}
