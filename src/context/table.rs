//! Column headers of delimited text.

use std::ops::Range;

use super::{Words, words_of};
use crate::engine::window::Haystack;
use crate::terms::lexicon::{Lexicon, Role};

/// Bytes at the start of a segment in which its header is looked for.
pub(crate) const HEADER_REACH: usize = 4096;
/// Bytes back to the start of a row. Cells further right have no column.
const LONGEST_ROW: usize = 1024;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// A header cell with more digits than this is a value, so the line is no header.
const MOST_HEADER_DIGITS: usize = 3;

/// The header of a segment of delimited text: what each column's name means.
#[derive(Debug)]
pub(crate) struct Table {
    delimiter: u8,
    columns: Vec<Words>,
    /// Offset of the first row.
    body: u64,
}

impl Table {
    /// Reads the header off the first [`HEADER_REACH`] bytes of a segment. `None` where the first
    /// line is no header, or none of its names means anything.
    ///
    /// A header has two columns or more, no cell that looks like a value, and as many cells as the
    /// line behind it.
    pub(crate) fn read(lexicon: &Lexicon, prefix: &[u8]) -> Option<Table> {
        let prefix = prefix.get(..HEADER_REACH.min(prefix.len()))?;
        let end = memchr::memchr(b'\n', prefix)?;
        let header = prefix.get(..end)?;
        let count = |line: &[u8], delimiter| cells(line, delimiter).count();
        let delimiter = DELIMITERS.into_iter().max_by_key(|d| count(header, *d))?;
        let width = count(header, delimiter);
        let second = prefix.get(end + 1..)?;
        let second = second.get(..memchr::memchr(b'\n', second).unwrap_or(0))?;
        let even = second.is_empty() || count(second, delimiter) == width;
        let is_name = |cell: Range<usize>| {
            let digits = header.get(cell).unwrap_or_default().iter().filter(|b| b.is_ascii_digit());
            digits.count() <= MOST_HEADER_DIGITS
        };
        if width < 2 || !even || !cells(header, delimiter).all(is_name) {
            return None;
        }
        let columns: Vec<_> = cells(header, delimiter)
            .map(|cell| {
                let mut hits = Vec::new();
                lexicon.find(header, cell.clone(), cell.end, &mut hits);
                words_of(lexicon, &hits, cell.end)
            })
            .collect();
        let means_something = columns.iter().any(|words| !words.is_empty());
        means_something.then_some(Table { delimiter, columns, body: end as u64 + 1 })
    }

    /// Returns whether any column's name has a word with such a role.
    fn names(&self, is: impl Fn(Role) -> bool) -> bool {
        self.columns.iter().flatten().any(|word| is(word.role))
    }

    /// Returns the roles of the words in the header of the column that an index stands in.
    fn column(&self, Haystack { bytes, base }: Haystack<'_>, at: usize) -> Option<&Words> {
        if base + (at as u64) < self.body {
            return None;
        }
        let from = at.saturating_sub(LONGEST_ROW);
        let head = bytes.get(from..at)?;
        let start = match memchr::memrchr(b'\n', head) {
            Some(newline) => newline + 1,
            None if from == 0 && base == 0 => 0,
            None => return None,
        };
        let row = head.get(start..)?;
        // Rows without quotes are many and cells in them more, so their delimiters are counted by SIMD.
        let index = match memchr::memchr(b'"', row) {
            None => memchr::memchr_iter(self.delimiter, row).count(),
            Some(_) => cells(row, self.delimiter).count() - 1,
        };
        self.columns.get(index)
    }
}

/// The rows that a text was read from.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'r> {
    pub(crate) table: Option<&'r Table>,
    pub(crate) haystack: Haystack<'r>,
    /// Returns where in the haystack an index of the text lies.
    pub(crate) origin: &'r dyn Fn(usize) -> usize,
}

impl<'r> Rows<'r> {
    /// Returns whether any column's name has a word with such a role.
    pub(super) fn names(&self, is: impl Fn(Role) -> bool) -> bool {
        self.table.is_some_and(|table| table.names(is))
    }

    /// Returns whether any column's name has a keyword of some detector.
    pub(crate) fn are_named(&self) -> bool {
        self.table.is_some_and(|table| table.columns.iter().any(|words| has_keyword(words)))
    }

    /// Returns whether an index of the text stands in a column whose name has a keyword of some detector.
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.column(at).is_some_and(|words| has_keyword(words))
    }

    /// Iterates over where cells begin within a range of the text whose column's name has a word with this
    /// role, an opening quotation mark left out.
    pub(super) fn cells_named(
        self,
        text: &'r [u8],
        range: Range<usize>,
        role: Role,
    ) -> impl Iterator<Item = usize> + use<'r> {
        let delimiter = self.table.map_or(b'\n', |table| table.delimiter);
        let marks = text.get(range.clone()).unwrap_or_default();
        let starts = memchr::memchr2_iter(delimiter, b'\n', marks).map(move |mark| {
            let at = range.start + mark + 1;
            at + usize::from(text.get(at) == Some(&b'"'))
        });
        starts.filter(move |at| {
            self.column(*at).is_some_and(|words| words.iter().any(|word| word.role == role))
        })
    }

    /// Returns the roles of the words in the header of the column that an index of the text stands in.
    pub(super) fn column(&self, at: usize) -> Option<&'r Words> {
        self.table?.column(self.haystack, (self.origin)(at))
    }
}

fn has_keyword(words: &Words) -> bool {
    words.iter().any(|word| matches!(word.role, Role::Keyword(_)))
}

/// Iterates over the cells of a line; delimiters within double quotes do not count.
fn cells(line: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut quoted = false;
        let rest = line.get(start..)?.iter();
        let length = rest
            .take_while(|byte| {
                quoted ^= **byte == b'"';
                quoted || **byte != delimiter
            })
            .count();
        let end = start + length;
        next = (end < line.len()).then_some(end + 1);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_quoted_cells() {
        let line = b"a,\"b,c\",,d";
        let found: Vec<_> = cells(line, b',').map(|cell| &line[cell]).collect();
        assert_eq!(found, [&b"a"[..], b"\"b,c\"", b"", b"d"]);
        assert_eq!(cells(b"", b',').count(), 1);
        assert_eq!(cells(b"a,", b',').count(), 2);
    }
}
