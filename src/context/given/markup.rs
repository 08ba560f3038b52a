//! Names that markup gives: attributes of the value's own element, the cell over it, the label before.

use std::ops::Range;

use super::{AHEAD, Place};
use crate::context::words::is_generic;

/// Elements that may stand empty or closed between a label and its value.
const MOST_TAGS: usize = 8;
/// Elements that a label does not reach out of.
const BOUNDS: &[&[u8]] = &[b"tr", b"input", b"form", b"table", b"select", b"textarea"];

impl Place<'_> {
    /// Returns where the tag opens that an attribute's mark stands in.
    pub(super) fn open_tag(&self, mark: usize) -> Option<usize> {
        let edge = memchr::memrchr2(b'<', b'>', self.bytes(self.from..mark))?;
        let open = self.from + edge;
        let named = self.text.get(open + 1).is_some_and(u8::is_ascii_alphabetic);
        (self.text.get(open) == Some(&b'<') && named).then_some(open)
    }

    /// The names of a value that is an attribute of the tag that opens at `open`.
    pub(super) fn of_attribute(&self, open: usize) -> Vec<Range<usize>> {
        let ahead = self.bytes(self.at..self.text.len().min(self.at + AHEAD));
        let end = memchr::memchr2(b'<', b'>', ahead).map_or(self.at, |end| self.at + end);
        let mut names = self.naming(open..self.at);
        names.extend(self.naming(self.at..end));
        names.extend(self.label_before(open));
        names
    }

    /// The names of a value that is the text behind the tag that closes at `close`.
    pub(super) fn of_element(&self, close: usize) -> Vec<Range<usize>> {
        let open = memchr::memrchr2(b'<', b'>', self.bytes(self.from..close));
        let open = open.map(|open| self.from + open);
        let Some(open) = open.filter(|open| self.text.get(*open) == Some(&b'<')) else {
            return Vec::new();
        };
        let mut names = self.naming(open..close);
        let cell = self.last_tag(&[b"td", b"th", b"/td", b"/th", b"/tr"], close);
        names.extend(cell.and_then(|cell| self.cell_over(cell)));
        names.extend(self.label_before(open));
        names
    }

    /// Returns the name of the tag that opens at `open`, `/name` where it closes an element.
    fn tag(&self, open: usize) -> &[u8] {
        let rest = self.bytes(open + 1..self.text.len().min(open + 1 + AHEAD));
        let length = rest.iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
        rest.get(..length).unwrap_or_default()
    }

    /// Returns the text before the tag at `open`, or the name of an element that begins right there:
    /// over tags and marks that say nothing, but not out of a row.
    fn label_before(&self, open: usize) -> Option<Range<usize>> {
        let mut end = open;
        for _ in 0..MOST_TAGS {
            let close = self.from + memchr::memrchr(b'>', self.bytes(self.from..end))?;
            let label = self.trimmed(close + 1..end).filter(|label| self.has_letter(label));
            if label.is_some() {
                return label;
            }
            end = self.from + memchr::memrchr(b'<', self.bytes(self.from..close))?;
            let tag = self.tag(end);
            if is_any(tag, BOUNDS) {
                return None;
            }
            let own = (!is_generic(tag)).then(|| end + 1..end + 1 + tag.len());
            let named = self.naming(end..close).pop().or(own);
            if named.is_some() && !tag.starts_with(b"/") {
                return named;
            }
        }
        None
    }

    fn has_letter(&self, range: &Range<usize>) -> bool {
        self.bytes(range.clone()).iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80)
    }

    /// Returns the header cell over the cell that opens at `open`.
    fn cell_over(&self, open: usize) -> Option<Range<usize>> {
        if !is_any(self.tag(open), &[b"td", b"th"]) {
            return None;
        }
        let row = self.last_tag(&[b"tr"], open)?;
        let index = self.cells(row..open).count();
        let last = self.last_tag(&[b"th"], row)?;
        let first = self.last_tag(&[b"tr", b"thead", b"table"], last)?;
        let cell = self.cells(first..row).nth(index)?;
        let start = cell + 1 + memchr::memchr(b'>', self.bytes(cell..row))?;
        let mut ends = self
            .tags(start..row)
            .filter(|tag| is_any(self.tag(*tag), &[b"/th", b"th", b"/tr", b"tr", b"td", b"/td"]));
        self.trimmed(start..ends.next().unwrap_or(row))
    }

    /// Returns where the last tag of one of these names opens before `end`.
    fn last_tag(&self, names: &[&[u8]], end: usize) -> Option<usize> {
        let opens = memchr::memrchr_iter(b'<', self.bytes(self.from..end));
        opens.map(|open| self.from + open).find(|open| is_any(self.tag(*open), names))
    }

    fn tags(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let opens = memchr::memchr_iter(b'<', self.bytes(range.clone()));
        opens.map(move |open| range.start + open)
    }

    fn cells(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        self.tags(range).filter(|open| is_any(self.tag(*open), &[b"td", b"th"]))
    }
}

fn is_any(tag: &[u8], names: &[&[u8]]) -> bool {
    names.iter().any(|name| tag.eq_ignore_ascii_case(name))
}
