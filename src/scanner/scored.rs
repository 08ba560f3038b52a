//! Matches with their weight, and which of those at one place stands.

use std::ops::Range;

use super::LONGEST_MATCH;
use crate::detectors::{Form, NEAR_REACH};
use crate::engine::window::Haystack;
use crate::finding::{Category, Evidence};
use crate::normalize::View;

/// A match with its weight.
#[derive(Debug)]
pub(super) struct Scored {
    pub(super) definition: u16,
    pub(super) category: Category,
    pub(super) span: Range<usize>,
    pub(super) score: u8,
    pub(super) evidence: Vec<Evidence>,
    pub(super) test: bool,
    pub(super) form: Option<Form>,
    /// Arithmetic or structure speaks for it, not only a name.
    pub(super) checked: bool,
    /// Most wrong digits in it would show.
    pub(super) verified: bool,
    /// What is meant, where it is written otherwise.
    pub(super) meant: Option<Box<[u8]>>,
}

impl Scored {
    /// Moves a match in a normalized text to where that is written.
    pub(super) fn read_from(&mut self, view: &View, haystack: Haystack<'_>) {
        let span = view.origin(&self.span);
        let meant = view.bytes().get(self.span.clone()).unwrap_or_default();
        if haystack.bytes.get(span.clone()) != Some(meant) {
            self.meant.get_or_insert_with(|| meant.into());
            self.evidence.push(Evidence::Written("encoded".into()));
        }
        self.span = span;
    }
}

/// Returns the matches within [`NEAR_REACH`] bytes of one; they are sorted by start.
pub(super) fn neighbours(matches: &[Scored], index: usize) -> impl Iterator<Item = &Scored> {
    let span = matches.get(index).map_or(0..0, |found| found.span.clone());
    let behind =
        behind(matches, span.start).take_while(move |m| m.span.start <= span.end + NEAR_REACH);
    behind.filter(move |m| m.span.end + NEAR_REACH >= span.start)
}

/// Iterates over the matches, by start, that overlap a range.
pub(super) fn overlapping<'m>(
    matches: &'m [Scored],
    range: &Range<usize>,
) -> impl Iterator<Item = &'m Scored> {
    let (start, end) = (range.start, range.end);
    let near = behind(matches, start).take_while(move |m| m.span.start < end);
    near.filter(move |m| m.span.end > start)
}

/// Iterates over the matches, by start, from the first that may reach to an index.
fn behind(matches: &[Scored], at: usize) -> impl Iterator<Item = &Scored> {
    let from = matches.partition_point(|m| m.span.start + LONGEST_MATCH < at);
    matches.get(from..).unwrap_or_default().iter()
}

/// Whether a range lies within another.
pub(super) fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Returns whether another match takes this one's place: one of the same category that overlaps it and
/// outweighs it (by score, then by length, then by the longer name, then by beginning first), or any that
/// holds it where nothing was checked but its name, such as a security code within a card number. What no
/// check digit verifies gives way as well to what one does in the whole of its place, if that is named and
/// weighs as much. Equals at one place all stand: a rule may speak of either.
pub(super) fn is_dominated(matches: &[Scored], index: usize) -> bool {
    let Some(found) = matches.get(index) else { return true };
    let rank = |m: &Scored| (m.score, m.span.len(), named(&m.evidence), usize::MAX - m.span.start);
    neighbours(matches, index).any(|other| {
        let overlaps = other.span.start < found.span.end && found.span.start < other.span.end;
        let outweighs = other.category == found.category && rank(other) > rank(found);
        let holds = !found.checked && other.span.len() > found.span.len() && other.checked;
        let settled = !found.verified && is_settled(found, other);
        overlaps && (outweighs || holds || settled)
    })
}

/// Returns whether a check digit and a name settle that what stands at a match's place is another.
fn is_settled(found: &Scored, other: &Scored) -> bool {
    other.verified
        && other.checked
        && holds(&other.span, &found.span)
        && named(&other.evidence) > 0
        && other.score > found.score
}

/// Returns the length of the word that names a match: `icd-10-cm` says more than `icd`.
fn named(evidence: &[Evidence]) -> usize {
    let name = |evidence: &Evidence| match evidence {
        Evidence::Field(word) | Evidence::Header(word) | Evidence::Keyword(word, _) => word.len(),
        _ => 0,
    };
    evidence.iter().map(name).max().unwrap_or(0)
}
