//! How the frames of messages are read, and how a check reads them again.

use crate::detectors::{Anchor, Value};

/// Bytes of the longest field that is passed over.
const LONGEST_FIELD: usize = 120;

/// Returns whether one of the anchors takes the whole value.
pub(super) fn is_framed(value: &Value<'_>, anchors: &[&Anchor]) -> bool {
    let whole = Some(0..value.text.len());
    let takes = |anchor: &&Anchor, literal: &str| {
        let mut starts = value.text.windows(literal.len()).enumerate();
        let mut found = starts.by_ref().filter(|(_, text)| *text == literal.as_bytes());
        found.any(|(at, _)| (anchor.extent)(value.text, at..at + literal.len()) == whole)
    };
    anchors.iter().any(|anchor| anchor.literals.iter().any(|literal| takes(anchor, literal)))
}

/// Returns where the field begins that stands `count` marks behind `at`.
pub(super) fn fields(haystack: &[u8], at: usize, mark: u8, count: usize) -> Option<usize> {
    (0..count).try_fold(at, |at, _| {
        let field = haystack.get(at..)?.iter().take(LONGEST_FIELD);
        let len = field.take_while(|byte| **byte != mark && is_text(byte)).count();
        (haystack.get(at + len) == Some(&mark)).then_some(at + len + 1)
    })
}

/// Returns whether a field of a message may hold the byte.
pub(super) fn is_text(byte: &u8) -> bool {
    !byte.is_ascii_control() && !matches!(byte, b'"' | b'<' | b'~')
}

/// Returns how many bytes from `at` on are of a class, `most` at the most.
pub(super) fn count(haystack: &[u8], at: usize, most: usize, class: fn(&u8) -> bool) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    tail.iter().take(most).take_while(|byte| class(byte)).count()
}
