//! Names that stand on a line above: headings, questions, keys of what is indented.

use std::ops::Range;

use super::{LONGEST_LEAD, LONGEST_NAME, Place};
use crate::context::field::name_ending;

/// Bytes of the rest of a line that holds a value and nothing else.
const LONGEST_REST: usize = 64;
/// Lines above that are read.
const MOST_LINES: usize = 16;
/// More digits than this, and a line is no heading.
const MOST_DIGITS: usize = 3;
/// What the header lines of a part of a multipart body begin with (RFC 7578).
const PART: &[u8] = b"content-";

impl Place<'_> {
    /// The names of a value that only blanks, a list's dash or line ends stand before.
    pub(super) fn of_own_line(&self, near: usize) -> Vec<Range<usize>> {
        let start = self.line_start(near);
        let lead = self.bytes(start..near).trim_ascii();
        if !matches!(lead, b"" | b"-" | b"*" | b">") {
            return Vec::new();
        }
        let opening = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'\\');
        let mark = self.skip_back(start, opening);
        let held = match self.byte_before(mark) {
            Some(b',') => self.of_list(mark - 1),
            Some(b'[' | b'(') => self.of_list(mark),
            Some(b'>') if lead.is_empty() => self.of_element(mark - 1),
            _ => Vec::new(),
        };
        match held.is_empty() {
            true => self.heading(start, lead).into_iter().collect(),
            false => held,
        }
    }

    /// The names of a field that stands in no object: keys of the lines that it is indented under, or
    /// the question that a speaker answers.
    pub(super) fn of_line(&self, mark: usize) -> Vec<Range<usize>> {
        let start = self.line_start(mark);
        if mark - start > LONGEST_LEAD {
            return Vec::new();
        }
        let mut names = self.outer(start);
        names.extend(self.question(start));
        names
    }

    /// Returns the question above the line of the value that `mark` leads to.
    pub(super) fn asked(&self, mark: usize) -> Option<Range<usize>> {
        let start = self.line_start(mark);
        (start > self.from && mark - start <= LONGEST_LEAD).then(|| self.question(start))?
    }

    /// Returns where the line begins that `at` stands in.
    fn line_start(&self, at: usize) -> usize {
        let head = self.bytes(self.from..at);
        memchr::memrchr2(b'\n', b'\r', head).map_or(self.from, |end| self.from + end + 1)
    }

    /// Iterates over the lines above the one that begins at `start`, without their ends.
    fn above(&self, start: usize) -> impl Iterator<Item = Range<usize>> {
        let mut next = start;
        let lines = std::iter::from_fn(move || {
            let end = next.checked_sub(1).filter(|end| *end > self.from)?;
            next = self.line_start(end);
            Some(next..end)
        });
        lines.take(MOST_LINES)
    }

    /// Returns the line above if it is a heading, a question or a key of the value below it.
    fn heading(&self, start: usize, lead: &[u8]) -> Option<Range<usize>> {
        let rest = self.bytes(self.at..self.text.len().min(self.at + LONGEST_REST + 1));
        let rest = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        if rest > LONGEST_REST {
            return None;
        }
        if !lead.is_empty() {
            return self.outer(start).pop();
        }
        let line = self.above(start).find(|line| !self.is_rule(line))?;
        let text = self.bytes(line.clone()).trim_ascii();
        if text.windows(PART.len()).any(|part| part.eq_ignore_ascii_case(PART)) {
            return self.above(start).find_map(|line| self.naming(line).pop());
        }
        is_heading(text).then(|| self.trimmed(line))?
    }

    /// Whether a line is blank, or underlines the one above it.
    fn is_rule(&self, line: &Range<usize>) -> bool {
        self.bytes(line.clone()).iter().all(|b| matches!(b, b'-' | b'=' | b'~' | b' ' | b'\t'))
    }

    /// Returns the names beside the line at `start` in its object, and the key that it is indented
    /// under.
    fn outer(&self, start: usize) -> Vec<Range<usize>> {
        let (indent, is_item) = self.indent(start);
        let mut names = Vec::new();
        for line in self.above(start).filter(|_| indent > 0 || is_item) {
            let (depth, opens_item) = self.indent(line.start);
            let text = self.bytes(line.clone()).trim_ascii_end();
            let beside = depth > indent || depth == indent && opens_item == is_item;
            if !is_item && (beside || opens_item) {
                names.extend(self.naming(line.clone()));
            }
            if text.is_empty() || beside {
                continue;
            }
            let colon = text.ends_with(b":").then(|| line.start + text.len() - 1);
            names.extend(colon.and_then(|colon| name_ending(self.text, colon)));
            break;
        }
        names
    }

    /// Returns how many blanks a line begins with, and whether it goes on as the item of a list.
    fn indent(&self, start: usize) -> (usize, bool) {
        let line = self.bytes(start..self.at.max(start));
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        (blanks, line.get(blanks..).is_some_and(|rest| rest.starts_with(b"- ")))
    }

    /// Returns the line above if it asks a question.
    fn question(&self, start: usize) -> Option<Range<usize>> {
        let line = self.above(start).find(|line| !self.is_rule(line))?;
        let asks = self.bytes(line.clone()).trim_ascii_end().ends_with(b"?");
        asks.then(|| self.trimmed(line))?
    }
}

/// Whether a line names or asks for what stands below it.
fn is_heading(line: &[u8]) -> bool {
    let digits = line.iter().filter(|byte| byte.is_ascii_digit()).count();
    let asks = line.ends_with(b"?") || line.ends_with(b":");
    let ends = line.last().is_none_or(|last| b".,;!)]}>".contains(last));
    let parted = line.iter().any(|b| matches!(b, b',' | b';' | b'|' | b'\t'));
    let short = line.len() <= LONGEST_NAME / 2 && !ends && !parted;
    digits <= MOST_DIGITS && (asks || short)
}
