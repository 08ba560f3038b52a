//! The bytes around the seams of chunks.

use std::ops::Range;

use crate::engine::window::{AFTER, BEFORE, Haystack};
use crate::wire::{Reader, Writer};

/// Bytes of short chunks that are gathered before they are scanned: what is carried stays under 16 KiB.
const GATHERED: usize = 12 * 1024;
/// Bytes of the longest chunk that is gathered. The seam of a longer one is a core more, and what each core reads
/// on either side costs more than to copy so many bytes.
const SHORT: usize = 16 * 1024;
const _: () = assert!(SHORT >= BEFORE + AFTER, "a longer chunk reaches over its seam");

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

    /// Returns the offset behind the last byte that it took.
    pub(crate) fn end(&self) -> u64 {
        self.base + self.carry.len() as u64
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.base);
        out.number(self.done - self.base);
        out.bytes(&self.carry);
    }

    /// Reads a seam whose carry is no longer than one can be, and holds what decisions read.
    pub(crate) fn read(input: &mut Reader<'_>) -> Option<Seam> {
        let (base, decided, carry) = (input.number()?, input.number()?, input.bytes()?);
        let fits = decided <= carry.len() as u64 && carry.len() < BEFORE + AFTER + GATHERED;
        let has_before = base == 0 || decided >= BEFORE as u64;
        (fits && has_before).then(|| Seam { carry: carry.to_vec(), base, done: base + decided })
    }

    /// Takes the next bytes and calls `scan` with stretches in which a range can be decided on.
    pub(crate) fn push(&mut self, bytes: &[u8], scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        if bytes.len() <= SHORT {
            return self.gather(bytes, scan);
        }
        let start = self.end();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pushes chunks of these lengths in turn, and checks each stretch that is to be decided on.
    fn assert_decided(lengths: &[usize], total: usize) {
        let payload: Vec<u8> = (0..total).map(|at| (at % 251) as u8).collect();
        let (mut seam, mut done, mut rest) = (Seam::default(), 0, payload.as_slice());
        let mut scan = |haystack: Haystack<'_>, range: Range<usize>| {
            let base = haystack.base as usize;
            assert_eq!(base + range.start, done, "{lengths:?}");
            assert_eq!(haystack.bytes, &payload[base..base + haystack.bytes.len()]);
            assert!(base == 0 || range.start >= BEFORE, "{lengths:?}: {range:?} from {base}");
            let end = base + haystack.bytes.len();
            assert!(end == total || haystack.bytes.len() - range.end >= AFTER, "{lengths:?}");
            done = base + range.end;
        };
        for length in lengths.iter().cycle() {
            let (chunk, tail) = rest.split_at((*length).min(rest.len()));
            seam.push(chunk, &mut scan);
            assert!(seam.carried() < BEFORE + AFTER + GATHERED, "{lengths:?}");
            rest = tail;
            if rest.is_empty() {
                break;
            }
        }
        seam.finish(&mut scan);
        assert_eq!(done, total, "{lengths:?}");
    }

    #[test]
    fn every_byte_is_decided_once_with_what_decisions_read() {
        let lengths = [1, 700, BEFORE, BEFORE + AFTER, 8192, SHORT, SHORT + 1, 20_000, 65_536];
        for first in lengths {
            for second in lengths {
                for third in [1, 5000, SHORT + 1] {
                    assert_decided(&[first, second, third], 150_000);
                }
            }
            assert_decided(&[first], first);
        }
    }
}
