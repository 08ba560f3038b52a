//! What kind of text a term stands in: a note, running prose, somebody's speech.

use std::ops::Range;

use super::{Context, LABEL_REACH, grammar};
use crate::terms::language::Languages;
use crate::terms::lexicon::Role;

/// Bytes on either side of a term in which prose is told from a note.
const PROSE_REACH: usize = 240;
/// Bytes on either side of a term in which a word makes a text a record.
const RECORD_REACH: usize = 500;
/// Bytes of text around a term that make running prose.
const LEAST_PROSE: usize = 320;
/// Bytes of a line that is too short to be wrapped prose.
const SHORT_LINE: usize = 40;
/// Bytes back to the quotation mark that opens a dialogue.
const DIALOGUE_REACH: usize = 160;

impl Context<'_> {
    /// Whether a term stands in the middle of a long text in which nothing says that it is a record: a
    /// novel, an article. There, `he` may be anybody.
    pub(super) fn is_prose(&self, term: Range<usize>) -> bool {
        let before = self.haystack.get(term.start.saturating_sub(PROSE_REACH)..term.start);
        let behind = self.haystack.get(term.end..).unwrap_or_default();
        let behind = behind.get(..PROSE_REACH.min(behind.len())).unwrap_or_default();
        let length = before.unwrap_or_default().len() + behind.len();
        length >= LEAST_PROSE && !self.is_record(term)
    }

    /// Whether words stand around a term that letters and records about persons hold.
    pub(super) fn is_record(&self, term: Range<usize>) -> bool {
        let around = term.start.saturating_sub(RECORD_REACH)..term.end + RECORD_REACH;
        let mut words = self.hits_in(around);
        words.any(|hit| self.has_role(hit, Role::Record) && !hit.plural)
    }

    /// Whether quotation marks opened before `at` and did not close: somebody in a story speaks.
    pub(super) fn in_dialogue(&self, at: usize) -> bool {
        let head = self.haystack.get(at.saturating_sub(DIALOGUE_REACH)..at).unwrap_or_default();
        let marks = head.windows(3).enumerate().rev();
        let mut curly = marks.filter(|(_, bytes)| bytes.starts_with(b"\xe2\x80"));
        let last = curly.find(|(_, bytes)| matches!(bytes.last(), Some(0x98 | 0x9c | 0x9d | 0x9e)));
        if let Some((_, [.., kind])) = last {
            return *kind != 0x9d;
        }
        let guillemets = head.windows(2).rev().find(|pair| matches!(pair, [0xc2, 0xab | 0xbb]));
        if let Some([_, kind]) = guillemets {
            return *kind == 0xab;
        }
        let Some(mark) = head.iter().rposition(|b| *b == b'"') else { return false };
        let before = head.get(..mark).unwrap_or_default();
        let opens = before.last().is_none_or(u8::is_ascii_whitespace);
        let value = before.trim_ascii_end().last().is_some_and(|b| b":=,[{(>".contains(b));
        opens && !value
    }

    /// Whether a statement begins at `at`: a line that is no wrapped prose, or behind a mark.
    pub(super) fn opens_statement(&self, at: usize, languages: Languages) -> bool {
        let head = self.haystack.get(at.saturating_sub(LABEL_REACH)..at).unwrap_or_default();
        let head = without_openers(head, languages);
        let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'-' | b'*' | b'\r');
        let skipped = head.iter().rev().take_while(blank).count();
        let head = head.get(..head.len() - skipped).unwrap_or_default();
        match head.split_last() {
            None => true,
            Some((b'\n', lines)) => {
                let line = lines.rsplit(|b| *b == b'\n').next().unwrap_or_default();
                line.len() < SHORT_LINE || line.ends_with(b".") || line.ends_with(b":")
            }
            Some((mark, _)) => {
                matches!(mark, b':' | b';' | b'>' | b'(' | b',' | b'{' | b'|' | b'=' | b'.' | b'!')
            }
        }
    }
}

/// Returns a text without the adverbs and particles that it ends in.
fn without_openers(mut head: &[u8], languages: Languages) -> &[u8] {
    loop {
        let trimmed = head.trim_ascii_end();
        let opener = |opener: &&str| {
            let start = trimmed.len().checked_sub(opener.len())?;
            let word = trimmed.get(start..)?;
            let edge = start.checked_sub(1).and_then(|i| trimmed.get(i));
            let whole = edge.is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80);
            (whole && word.eq_ignore_ascii_case(opener.as_bytes())).then_some(start)
        };
        let openers = languages.iter().flat_map(|language| grammar::of(language).openers);
        match openers.copied().find_map(|word| opener(&word)) {
            Some(start) => head = trimmed.get(..start).unwrap_or_default(),
            None => return head,
        }
    }
}
