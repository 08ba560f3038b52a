//! What kind of text a term stands in: a note, running prose, somebody's speech.

use std::ops::Range;

use super::subject::{Word, is_letter, last_word};
use super::{Context, LABEL_REACH, grammar};
use crate::terms::language::Languages;
use crate::terms::lexicon::Role;

/// Bytes on either side of a term in which prose is told from a note.
const PROSE_REACH: usize = 400;
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
        let mut words = self.hits_in(around.clone());
        words.any(|hit| self.has_role(hit, Role::Record) && !hit.plural) || self.is_letter(around)
    }

    /// Whether a short line that ends in a comma stands beside a blank one, `Dear Anna,`, `Best,`, or one in
    /// capitals between two, `ON ARRIVAL`; a chapter's heading says nothing.
    fn is_letter(&self, around: Range<usize>) -> bool {
        let end = around.end.min(self.haystack.len());
        let text = self.haystack.get(around.start..end).unwrap_or_default();
        let greets = |line: &[u8]| line.len() < SHORT_LINE && line.ends_with(b",");
        let heads = |line: &[u8]| {
            let words = line.iter().all(|b| b.is_ascii_uppercase() || matches!(b, b' ' | b'/'));
            words && (4..SHORT_LINE).contains(&line.len()) && !line.starts_with(b"CHAPTER")
        };
        let mut before: &[u8] = b"-";
        text.split(|b| *b == b'\n').any(|line| {
            let line = line.trim_ascii();
            let beside = (greets(line) || heads(line)) && before.is_empty()
                || greets(before) && line.is_empty();
            before = line;
            beside
        })
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
    let is_opener = |word: &Word| {
        languages.iter().any(|language| word.is_one_of(grammar::of(language).openers))
    };
    loop {
        let trimmed = head.trim_ascii_end();
        let ends_in_word = trimmed.last().is_some_and(is_letter);
        let last = last_word(trimmed, 0, trimmed.len()).filter(|_| ends_in_word);
        match last.filter(|(_, word)| is_opener(word)) {
            Some((start, _)) => head = trimmed.get(..start).unwrap_or_default(),
            None => return head,
        }
    }
}
