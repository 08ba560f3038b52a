//! Which line of a segment's first bytes is a table's header.

use std::ops::Range;

use super::cells::cells;
use super::{HEADER_REACH, Layer, Layout, RowKind, Table, characters};
use crate::context::{Words, words_of};
use crate::terms::lexicon::{Lexicon, Role};

/// Bytes of the longest name of a column.
pub(super) const LONGEST_NAME: usize = 80;
/// What parts cells, the likelier first.
const DELIMITERS: [u8; 7] = [b',', b';', b'\t', b'|', b'^', b'~', b':'];
/// A header cell with more digits than this is a value, so the line is no header.
const MOST_HEADER_DIGITS: usize = 3;
/// Columns of the widest table that blanks align; each row is held against all of them.
const MOST_FIXED: usize = 64;
/// Words of the longest name of a column where little else tells a header from prose.
const MOST_NAME_WORDS: usize = 6;

/// Returns the first table that means something.
pub(super) fn find(lexicon: &Lexicon, prefix: &[u8]) -> Option<Table> {
    let text = prefix.strip_prefix(b"\xef\xbb\xbf").unwrap_or(prefix);
    let line_end = if memchr::memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
    let mut lines = Lines::of(text, line_end);
    let mut table: Option<(Layout, usize)> = None;
    while let Some(line) = lines.next() {
        let Some(layout) = lines.layout_of(&line) else { continue };
        let width = layout.width(line.text);
        // The rows of a table whose header says nothing are no headers.
        if table.as_ref() == Some(&(layout.clone(), width)) && !line.is_comment() {
            continue;
        }
        let columns = layout.read(lexicon, line.text);
        if columns.iter().any(|words| !words.is_empty()) {
            let body = (prefix.len() - text.len() + line.next) as u64;
            // A framed table may stand under a heading that looks like a comment.
            let opens = line.is_first && !line.text.starts_with(b"|");
            let rows = if opens { RowKind::Every } else { RowKind::Even };
            let roles = distinct_roles(&columns);
            let layer = Layer::Plain;
            return Some(Table { layout, columns, roles, body, line_end, rows, layer });
        }
        table = Some((layout, width));
    }
    None
}

fn distinct_roles(columns: &[Words]) -> Vec<Role> {
    let mut roles = Vec::new();
    for word in columns.iter().flatten() {
        if !roles.contains(&word.role) {
            roles.push(word.role);
        }
    }
    roles
}

/// A line that may be a header.
#[derive(Clone, Copy)]
struct Line<'l> {
    text: &'l [u8],
    /// Where the next line begins.
    next: usize,
    /// Nothing but blank lines, comments and rules stands before it.
    is_first: bool,
}

impl Line<'_> {
    fn is_comment(&self) -> bool {
        self.text.starts_with(b"#")
    }
}

/// The lines of a segment's first bytes.
struct Lines<'l> {
    text: &'l [u8],
    line_end: u8,
    at: usize,
    is_first: bool,
}

impl<'l> Lines<'l> {
    fn of(text: &'l [u8], line_end: u8) -> Lines<'l> {
        Lines { text, line_end, at: 0, is_first: true }
    }

    /// Returns the next line that is neither blank nor a rule nor `sep=;`, and that has an end.
    fn next(&mut self) -> Option<Line<'l>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let end = memchr::memchr(self.line_end, rest)?;
            let text = rest.get(..end)?.trim_ascii_end();
            self.at += end + 1;
            let is_first = self.is_first;
            if !is_rule(text) && !text.starts_with(b"sep=") {
                let line = Line { text, next: self.at, is_first };
                self.is_first &= line.is_comment();
                return Some(line);
            }
        }
    }

    /// Returns the rows behind the line that was returned last: up to two, rules left out; one that
    /// the segment's first bytes cut is left out too.
    fn rows(&self) -> impl Iterator<Item = &'l [u8]> + use<'l> {
        let cut = self.text.len() + 3 >= HEADER_REACH;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let whole = match memchr::memrchr(self.line_end, rest) {
            Some(last) if cut => rest.get(..last).unwrap_or_default(),
            None if cut => &[],
            _ => rest,
        };
        let line_end = self.line_end;
        let lines = whole.split(move |byte| *byte == line_end).map(<[u8]>::trim_ascii_end);
        lines.filter(|line| line.is_empty() || !is_rule(line)).take(2)
    }

    /// Returns how the cells lie if a line is a header: it has names only, and the row behind it as
    /// many cells.
    fn layout_of(&self, line: &Line<'_>) -> Option<Layout> {
        let row = self.rows().next().unwrap_or_default();
        let fits = |delimiter: &u8| is_header(line, row, *delimiter);
        let possible = DELIMITERS.into_iter().rev().filter(fits);
        let widest = possible.max_by_key(|delimiter| cells(line.text, *delimiter).count());
        let delimited = widest.map(Layout::Delimited);
        delimited.or_else(|| fixed(line, row)).or_else(|| self.single(line))
    }

    /// A name alone on the first line, and numbers alone on those behind it.
    fn single(&self, line: &Line<'_>) -> Option<Layout> {
        let marks = line.text.iter().any(|b| b":=<>{}[]()?!/\\".contains(b));
        let is_number = |row: &[u8]| digits(row) > MOST_HEADER_DIGITS && !row.contains(&b':');
        let mut rows = self.rows();
        let listed = rows.next().is_some_and(is_number)
            && rows.next().is_none_or(|row| row.is_empty() || is_number(row));
        let fits =
            line.is_first && words(line.text) <= MOST_NAME_WORDS && !marks && is_name(line.text);
        (fits && listed).then_some(Layout::Single)
    }
}

/// Whether a line has nothing but what rules and frames are drawn with.
fn is_rule(line: &[u8]) -> bool {
    let drawn = |b: &u8| matches!(b, b'-' | b'=' | b'+' | b'|' | b':' | b' ' | b'\t' | b'_' | b'~');
    let boxes = |b: &u8| matches!(b, 0xe2 | 0x80..=0xbf);
    let text = line.iter().all(|b| drawn(b) || boxes(b));
    let is_empty_row = !line.is_empty() && !line.iter().any(|b| b"-=_~".contains(b) || *b >= 0x80);
    line.trim_ascii().is_empty() || text && !is_empty_row
}

/// Whether a line is a header whose cells one delimiter parts.
fn is_header(line: &Line<'_>, row: &[u8], delimiter: u8) -> bool {
    let width = cells(line.text, delimiter).count();
    let name = |cell| line.text.get(cell).unwrap_or_default();
    let all_names = || cells(line.text, delimiter).map(name).all(is_name);
    let count = cells(row, delimiter).count();
    let alone = || {
        row.is_empty()
            && line.is_first
            && cells(line.text, delimiter).map(name).all(|cell| !cell.is_empty())
    };
    let even = count == width || alone() || is_open_row(row, count, width);
    let loose = delimiter == b':' && (has_label(line.text) || has_label(row));
    // Two lines of prose may well have one comma each.
    let short = || cells(line.text, delimiter).map(name).all(|cell| words(cell) <= MOST_NAME_WORDS);
    let spaced = |text: &[u8]| text.windows(2).any(|two| two == b", ") && !text.contains(&b'"');
    let sentences = delimiter == b',' && width < 3 && spaced(line.text) && spaced(row);
    let prose =
        !line.is_first && matches!(delimiter, b',' | b':') && (width < 3 || !short()) || sentences;
    width >= 2 && even && !loose && !prose && all_names()
}

/// Whether a row is short because a quoted cell of it goes on in the next line.
fn is_open_row(row: &[u8], count: usize, width: usize) -> bool {
    count < width && row.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

/// Whether a text is `name: value`, which is no row.
fn has_label(line: &[u8]) -> bool {
    line.windows(2).any(|two| matches!(two, [b':', b' ' | b'/' | b'\\']))
}

fn is_name(cell: &[u8]) -> bool {
    digits(cell) <= MOST_HEADER_DIGITS && cell.len() <= LONGEST_NAME
}

fn words(text: &[u8]) -> usize {
    text.split(|b| matches!(b, b' ' | b'_' | b'-')).filter(|word| !word.is_empty()).count()
}

fn digits(text: &[u8]) -> usize {
    text.iter().filter(|byte| byte.is_ascii_digit()).count()
}

/// Columns that two blanks or more part, and that a row keeps to.
fn fixed(line: &Line<'_>, row: &[u8]) -> Option<Layout> {
    let names = || aligned_names(line.text);
    let shown = |name: Range<usize>| is_name(line.text.get(name).unwrap_or_default());
    let fits = (2..=MOST_FIXED).contains(&names().count()) && names().all(shown);
    if !fits || aligned_names(row).nth(1).is_none() {
        return None;
    }
    let columns: Vec<_> = names().map(|name| column_of(line.text, name)).collect();
    is_aligned(row, &columns).then_some(Layout::Fixed(columns))
}

/// Iterates over the stretches of a line that two blanks or more part.
fn aligned_names(line: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..)?;
        let start = at + rest.iter().take_while(|byte| **byte == b' ').count();
        let name = line.get(start..).filter(|name| !name.is_empty())?;
        let length = name.windows(2).position(|two| two == b"  ").unwrap_or(name.len());
        at = start + length;
        Some(start..at)
    })
}

/// Returns where a stretch of a line stands, in characters.
fn column_of(line: &[u8], name: Range<usize>) -> Range<usize> {
    let start = characters(line.get(..name.start).unwrap_or_default());
    start..start + characters(line.get(name).unwrap_or_default())
}

/// Whether the columns of a table do not cut the words of a line: blanks stand before each column's
/// start, or behind each one's end.
///
/// # Complexity
///
/// Linear in the line.
pub(super) fn is_aligned(line: &[u8], columns: &[Range<usize>]) -> bool {
    let starts = line.iter().filter(|byte| **byte & 0xc0 != 0x80);
    let is_free: Vec<bool> = starts.map(|byte| matches!(byte, b' ' | b'\r')).collect();
    let free = |at: usize| is_free.get(at).copied().unwrap_or(true);
    let left = columns.iter().all(|column| column.start.checked_sub(1).is_none_or(free));
    left || columns.iter().all(|column| free(column.end))
}

impl Layout {
    fn width(&self, header: &[u8]) -> usize {
        match self {
            Layout::Delimited(delimiter) => cells(header, *delimiter).count(),
            Layout::Single => 1,
            Layout::Fixed(columns) => columns.len(),
        }
    }

    /// Returns what the names of the columns mean.
    fn read(&self, lexicon: &Lexicon, header: &[u8]) -> Vec<Words> {
        let read = |cell: Range<usize>| {
            let mut hits = Vec::new();
            lexicon.find_anywhere(header, cell.clone(), &mut hits);
            words_of(lexicon, &hits, cell.end)
        };
        match self {
            Layout::Delimited(delimiter) => cells(header, *delimiter).map(read).collect(),
            Layout::Single => vec![read(0..header.len())],
            Layout::Fixed(_) => aligned_names(header).map(read).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Option<Layout> {
        let mut lines = Lines::of(text.as_bytes(), b'\n');
        let line = lines.next()?;
        lines.layout_of(&line)
    }

    #[test]
    fn tells_how_the_cells_lie() {
        let delimited = |delimiter| Some(Layout::Delimited(delimiter));
        for (text, expected) in [
            ("id,ssn\n1,2\n", delimited(b',')),
            ("id;\"amount, EUR\";ssn\n1;2;3\n", delimited(b';')),
            ("id:ssn:name\n1:2:x\n", delimited(b':')),
            ("sep=;\nid;ssn\n1;2\n", delimited(b';')),
            ("+----+-----+\n| id | ssn |\n+----+-----+\n| 1 | 2 |\n", delimited(b'|')),
            ("From: Ann\nSubject: card\n\nHello\n", None),
            ("id,ssn\none cell\n", None),
            ("Dear all,\n\nthe SSN is\n", None),
            ("Of glands, and conditions\nA reader, third printing\n", None),
            ("1234,536904399\n1,2\n", None),
            ("ssn\n536904399\n536904398\n", Some(Layout::Single)),
            ("ID    SSN\n1     536904399\n", Some(Layout::Fixed(vec![0..2, 6..9]))),
            (" ID        SSN\n  1  536904399\n", Some(Layout::Fixed(vec![1..3, 11..14]))),
            ("ID    SSN\nno columns here at all\n", None),
        ] {
            assert_eq!(layout(text), expected, "{text}");
        }
    }
}
