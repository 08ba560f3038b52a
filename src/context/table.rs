//! Column headers of delimited text, of text tables, and of columns that blanks align.

mod cells;
mod header;

use std::ops::Range;

use super::Words;
use crate::engine::window::Haystack;
use crate::terms::lexicon::{Lexicon, Role};
use cells::{cells, is_open};

/// Bytes at the start of a segment in which its header is looked for.
pub(crate) const HEADER_REACH: usize = 4096;
/// Bytes back to the start of a row.
const LONGEST_ROW: usize = 1024;
/// Blanks between a delimiter and its cell.
const MOST_BLANKS: usize = 8;
/// Bytes on to the end of a row.
const ROW_AHEAD: usize = 512;

/// The header of a segment of delimited text: what each column's name means.
#[derive(Debug)]
pub(crate) struct Table {
    layout: Layout,
    columns: Vec<Words>,
    /// Every role of a word in some column's name, once.
    roles: Vec<Role>,
    /// Offset of the first row.
    body: u64,
    /// The byte that ends a row.
    line_end: u8,
    /// Which lines behind the header are rows.
    rows: RowKind,
    layer: Layer,
}

/// In which text a table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    /// The bytes as they lie.
    Plain,
    /// What they encode.
    Encoded,
}

/// How the cells of a row lie.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Layout {
    Delimited(u8),
    /// One cell a line.
    Single,
    /// Where each column's name stands in the header, in characters.
    Fixed(Vec<Range<usize>>),
}

/// Which lines behind a header are rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowKind {
    /// All of them: the header opens the segment.
    Every,
    /// Those with as many cells as the header, since other text may stand around the table.
    Even,
}

impl Table {
    /// Reads the header off the first [`HEADER_REACH`] bytes of a segment. `None` where no line of
    /// them is a header that means something.
    ///
    /// # Complexity
    ///
    /// Linear in those bytes, for each delimiter that is tried.
    pub(crate) fn read(lexicon: &Lexicon, prefix: &[u8]) -> Option<Table> {
        header::find(lexicon, prefix.get(..HEADER_REACH.min(prefix.len()))?)
    }

    /// Returns the table as one of a text that the segment encodes; `origin` says where an index of that text
    /// is written.
    pub(crate) fn encoded(self, origin: impl Fn(usize) -> usize) -> Table {
        let body = usize::try_from(self.body).map_or(self.body, |body| origin(body) as u64);
        Table { body, layer: Layer::Encoded, ..self }
    }

    /// Returns whether any column's name has a word with such a role.
    fn names(&self, is: impl Fn(Role) -> bool) -> bool {
        self.roles.iter().any(|role| is(*role))
    }

    /// Returns the bytes behind which cells begin.
    fn marks(&self) -> (u8, u8) {
        match self.layout {
            Layout::Delimited(delimiter) => (delimiter, self.line_end),
            Layout::Single => (self.line_end, self.line_end),
            Layout::Fixed(_) => (b' ', self.line_end),
        }
    }

    /// Returns the roles of the words in the header of the column that an index of its text stands in.
    ///
    /// A cell that begins more than [`LONGEST_ROW`] bytes into its row is counted from the row's end,
    /// where that is within [`ROW_AHEAD`] bytes; else it has no column.
    fn column(&self, Haystack { bytes, base }: Haystack<'_>, at: usize) -> Option<&Words> {
        let from = at.saturating_sub(LONGEST_ROW);
        let head = bytes.get(from..at)?;
        let start = memchr::memrchr(self.line_end, head).map(|newline| newline + 1);
        let start = start.or((from == 0 && base == 0).then_some(0));
        let before = start.and_then(|start| head.get(start..));
        let ahead = bytes.get(at..bytes.len().min(at + ROW_AHEAD))?;
        let row = Row { before, head, ahead, line_end: self.line_end };
        let index = match &self.layout {
            Layout::Delimited(delimiter) => self.delimited(row, *delimiter)?,
            Layout::Single => row.is_single().then_some(0)?,
            Layout::Fixed(names) => row.fixed(names)?,
        };
        self.columns.get(index)
    }

    /// Returns the number of the cell that a row is cut in.
    fn delimited(&self, row: Row<'_>, delimiter: u8) -> Option<usize> {
        let width = self.columns.len();
        let Some(before) = row.before else {
            return width.checked_sub(row.cells_behind(delimiter)? + 1);
        };
        // Rows without quotes are many and cells in them more, so their delimiters are counted by SIMD.
        let quoted = memchr::memchr(b'"', before).is_some();
        let index = match quoted {
            false => memchr::memchr_iter(delimiter, before).count(),
            true => cells(before, delimiter).count() - 1,
        };
        if self.rows == RowKind::Every && !quoted {
            return Some(index);
        }
        let whole = row.cells_behind(delimiter).map(|behind| index + behind + 1);
        match whole {
            Some(whole) if whole < width && quoted && closes_cell(before, delimiter) => {
                Some(index + width - whole)
            }
            Some(whole) if whole != width && self.rows == RowKind::Even => None,
            _ => Some(index),
        }
    }
}

/// Whether the line begins within a quoted cell, whose first line stands above.
fn closes_cell(line: &[u8], delimiter: u8) -> bool {
    let first = memchr::memchr(delimiter, line).map_or(line, |end| line.get(..end).unwrap_or(line));
    !first.starts_with(b"\"") && first.ends_with(b"\"")
}

/// The row around an index.
#[derive(Clone, Copy)]
struct Row<'r> {
    /// From its start, where that is near enough.
    before: Option<&'r [u8]>,
    /// Everything before the index that is read.
    head: &'r [u8],
    /// Everything behind the index that is read.
    ahead: &'r [u8],
    line_end: u8,
}

impl Row<'_> {
    /// Returns the rest of the row; `None` where it goes on too far.
    fn rest(&self) -> Option<&[u8]> {
        match memchr::memchr(self.line_end, self.ahead) {
            Some(end) => self.ahead.get(..end),
            None => Some(self.ahead).filter(|ahead| ahead.len() < ROW_AHEAD),
        }
    }

    /// Returns how many cells follow in the row.
    fn cells_behind(&self, delimiter: u8) -> Option<usize> {
        let rest = self.rest()?;
        let last = memchr::memrchr(delimiter, self.before.unwrap_or(self.head));
        let cell = last.map_or(0, |last| last + 1);
        let opening = self.before.unwrap_or(self.head).get(cell..)?;
        let rest = if is_open(opening) {
            // The rest of a quoted cell up to its end.
            rest.get(memchr::memchr(b'"', rest)? + 1..)?
        } else {
            rest
        };
        Some(cells(rest, delimiter).count() - 1)
    }

    /// Whether the value is alone in its row.
    fn is_single(&self) -> bool {
        let before = self.before.is_some_and(|before| before.iter().all(|b| b" \t\"'".contains(b)));
        let rest = self.rest().unwrap_or(self.ahead).trim_ascii();
        before && rest.len() <= header::LONGEST_NAME
    }

    /// Returns the column whose name stands over the value, or begins last before it.
    fn fixed(&self, names: &[Range<usize>]) -> Option<usize> {
        let before = self.before?;
        let start = characters(before);
        let rest = self.rest().unwrap_or(self.ahead);
        let gap = |text: &[u8]| text.windows(2).position(|two| two == b"  ");
        let value = gap(rest).unwrap_or(rest.len());
        let end = start + characters(rest.get(..value).unwrap_or(rest).trim_ascii_end());
        // Prose behind a table has no gaps.
        if !header::is_aligned(before, names) || gap(before).or(gap(rest)).is_none() {
            return None;
        }
        let over = names.iter().position(|name| name.start < end && start < name.end);
        over.or_else(|| names.iter().rposition(|name| name.start <= start))
    }
}

/// Returns the number of characters; in encodings other than UTF-8 about that.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Returns where in a haystack an index of a text is written that was read from it.
pub(crate) type Written<'r> = &'r dyn Fn(usize) -> usize;

/// The rows that a text was read from.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'r> {
    pub(crate) table: Option<&'r Table>,
    pub(crate) haystack: Haystack<'r>,
    /// The text and where in the haystack an index of it lies; `None` where it is the haystack.
    pub(crate) read: Option<(&'r [u8], Written<'r>)>,
}

impl<'r> Rows<'r> {
    /// Returns whether any column's name has a word with such a role.
    pub(super) fn names(&self, is: impl Fn(Role) -> bool) -> bool {
        self.table.is_some_and(|table| table.names(is))
    }

    /// Returns every role of a word in some column's name.
    pub(super) fn roles(&self) -> &'r [Role] {
        self.table.map_or(&[], |table| table.roles.as_slice())
    }

    /// Returns whether any column's name has a keyword of some detector.
    pub(crate) fn are_named(&self) -> bool {
        self.table.is_some_and(|table| table.roles.iter().any(Role::is_keyword))
    }

    /// Returns whether an index of the text stands in a column whose name has a keyword of some detector.
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.column(at).is_some_and(|words| words.iter().any(|word| word.role.is_keyword()))
    }

    /// Iterates over where cells begin within a range of the text, an opening quotation mark left out.
    pub(super) fn cells(
        self,
        text: &'r [u8],
        range: Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'r> {
        let (delimiter, line_end) = self.table.map_or((b'\n', b'\n'), Table::marks);
        let marks = text.get(range.clone()).unwrap_or_default();
        let starts = memchr::memchr2_iter(delimiter, line_end, marks).map(move |mark| {
            let at = range.start + mark + 1;
            let cell = text.get(at..).unwrap_or_default();
            let blanks = cell.iter().take(MOST_BLANKS).take_while(|byte| **byte == b' ').count();
            let at = if delimiter == b' ' { at } else { at + blanks };
            at + usize::from(text.get(at) == Some(&b'"'))
        });
        starts.filter(move |at| delimiter != b' ' || text.get(*at) != Some(&b' '))
    }

    /// Iterates over where cells begin within a range of the text whose column's name has a word with this
    /// role.
    pub(super) fn cells_named(
        self,
        text: &'r [u8],
        range: Range<usize>,
        role: Role,
    ) -> impl Iterator<Item = usize> + use<'r> {
        self.cells(text, range).filter(move |at| {
            self.column(*at).is_some_and(|words| words.iter().any(|word| word.role == role))
        })
    }

    /// Returns the roles of the words in the header of the column that an index of the text stands in.
    pub(super) fn column(&self, at: usize) -> Option<&'r Words> {
        let (table, index) = (self.table?, self.origin(at));
        (self.haystack.base + index as u64 >= table.body).then_some(())?;
        match (table.layer, self.read) {
            (Layer::Plain, _) => table.column(self.haystack, index),
            // Where such a text begins does not show.
            (Layer::Encoded, Some((text, _))) => {
                table.column(Haystack { bytes: text, base: 1 }, at)
            }
            (Layer::Encoded, None) => None,
        }
    }

    /// Returns where in the haystack an index of the text lies.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.read.map_or(at, |(_, origin)| origin(at))
    }
}
