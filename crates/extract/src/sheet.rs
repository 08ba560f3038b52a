//! The sheets of a workbook: a row on a line, cells between tabs.
//!
//! Source: ECMA-376-1, 18.3.1.4 (cells), 18.3.1.73 (rows), 18.4 (shared strings).

use portcullis::extract::Unread;
use quick_xml::events::BytesStart;

use crate::biff12;
use crate::layout::{Vocabulary, attribute, local};
use crate::ooxml::whole;
use crate::package::Part;
use crate::writer::Writer;
use crate::xml::{self, Sink};

/// Strings that cells share.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    /// Where each string ends in the text, and whether a cell has named it.
    ends: Vec<(usize, bool)>,
}

impl Strings {
    /// Reads the part that holds them in records.
    pub(crate) fn read_binary(
        &mut self,
        part: &Part<'_>,
        writer: &mut Writer<'_>,
    ) -> Result<(), Unread> {
        writer.name(&part.name)?;
        match part.kept(writer.room()) {
            Ok(bytes) => biff12::shared(&bytes, self, writer)?,
            Err(reason) => writer.gap(reason),
        }
        writer.close()
    }

    /// Reads the part that holds them, as far as the scan's room goes; what is beyond is handed on at once.
    pub(crate) fn read(&mut self, part: &Part<'_>, writer: &mut Writer<'_>) -> Result<(), Unread> {
        writer.name(&part.name)?;
        let opened = part.open().map_err(|reason| writer.gap(reason));
        let Ok(content) = opened else { return Ok(()) };
        let room = writer.room();
        let mut sink = StringSink { strings: self, writer, room, is_text: false };
        if let Some(fault) = xml::read(content, &mut sink)? {
            writer.gap(fault);
        }
        writer.close()
    }

    /// Returns a string by its number, and notes that it has been handed on.
    pub(crate) fn named(&mut self, index: usize) -> Option<&str> {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before)?.0,
            None => 0,
        };
        let (end, is_used) = self.ends.get_mut(index)?;
        *is_used = true;
        self.text.get(start..*end)
    }

    /// Adds a string; returns whether there was room for it.
    pub(crate) fn add(&mut self, text: &str, room: usize) -> bool {
        let has_room = self.text.len() + self.ends.len() * ENTRY + text.len() < room;
        if has_room {
            self.text.push_str(text);
            self.ends.push((self.text.len(), false));
        }
        has_room
    }

    /// Hands on what no cell has named.
    pub(crate) fn unused(&self, name: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
        writer.name(name)?;
        let mut start = 0;
        for (end, is_used) in &self.ends {
            if !is_used {
                writer.text(self.text.get(start..*end).unwrap_or_default())?;
                writer.fresh_line()?;
            }
            start = *end;
        }
        writer.close()
    }
}

/// Bytes that a string's entry takes beside its text.
const ENTRY: usize = size_of::<(usize, bool)>();

struct StringSink<'s, 'w, 'm> {
    strings: &'s mut Strings,
    writer: &'w mut Writer<'m>,
    room: usize,
    is_text: bool,
}

impl StringSink<'_, '_, '_> {
    fn has_room(&self, length: usize) -> bool {
        let kept = self.strings.text.len() + self.strings.ends.len() * ENTRY;
        kept.saturating_add(length) < self.room
    }
}

impl Sink for StringSink<'_, '_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        self.is_text = local(element.name().as_ref()) == "t";
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unread> {
        self.is_text = false;
        if local(name) == "si" {
            if self.has_room(ENTRY) {
                self.strings.ends.push((self.strings.text.len(), false));
            }
            self.writer.fresh_line()?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unread> {
        if !self.is_text && text.trim().is_empty() {
            return Ok(());
        }
        if !self.is_text || !self.has_room(text.len()) {
            return self.writer.text(text);
        }
        self.strings.text.push_str(text);
        Ok(())
    }

    fn beside(&mut self, text: &str) -> Result<(), Unread> {
        self.writer.text(text)
    }
}

/// Hands on a sheet: its cells as the member of its name, then what else its part holds, formulas among it, as
/// one of its path.
pub(crate) fn read(
    part: &Part<'_>,
    name: &str,
    strings: &mut Strings,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    writer.name(if name.is_empty() { &part.name } else { name })?;
    if let Ok(content) = part.open() {
        writer.open()?;
        let mut cells = Cells::new(strings, writer);
        // What is wrong is said once, where the rest is read.
        xml::read(content, &mut cells)?;
    }
    whole(part, &part.name, Vocabulary::Sheet, writer)
}

/// Hands on a sheet that is kept in records: its cells, then what else its part holds, then the part as it is.
pub(crate) fn read_binary(
    part: &Part<'_>,
    name: &str,
    strings: &mut Strings,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    match part.kept(writer.room()) {
        Ok(bytes) => {
            writer.name(if name.is_empty() { &part.name } else { name })?;
            writer.open()?;
            biff12::cells(&bytes, strings, writer)?;
            writer.name(&part.name)?;
            biff12::rest(&bytes, writer)?;
            writer.close()
        }
        Err(reason) => {
            writer.gap_of(&part.name, reason);
            Ok(())
        }
    }
}

/// Columns and rows of a sheet (ECMA-376-1, 18.3.1.4; Excel's own bounds).
const MOST_COLUMNS: usize = 1 << 14;
const MOST_ROWS: usize = 1 << 20;

/// Tabs and line ends for empty cells of one sheet; cells behind them follow each other.
const MOST_EMPTY: usize = 4 << 20;

/// Bytes of a number in a cell; longer text is no number.
const LONGEST_NUMBER: usize = 64;

/// Where the text of a sheet has come to: a line is a row, and columns stand between tabs.
#[derive(Default)]
pub(crate) struct Grid {
    row: usize,
    column: usize,
    empty: usize,
}

impl Grid {
    /// Writes text of the cell at a row and a column, both from 1.
    pub(crate) fn text(
        &mut self,
        at: (usize, usize),
        text: &str,
        writer: &mut Writer<'_>,
    ) -> Result<(), Unread> {
        let (row, column) = (at.0.min(MOST_ROWS), at.1.clamp(1, MOST_COLUMNS));
        let line = self.row.max(1);
        if row > line {
            self.empty(row - line, "\n", writer)?;
            self.column = 0;
        } else if row < line || column < self.column {
            // Out of order, as no producer writes it.
            writer.fresh_line()?;
            self.column = 0;
        }
        self.row = row.max(line);
        self.empty(column - self.column.clamp(1, column), "\t", writer)?;
        self.column = column;
        // A line end inside of a cell is none of the row.
        writer.text(&text.replace(['\n', '\r', '\t'], " "))
    }

    fn empty(&mut self, times: usize, text: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
        self.empty += times;
        let times = if self.empty <= MOST_EMPTY { times } else { times.min(1) };
        (0..times).try_for_each(|_| writer.text(text))
    }
}

/// Lays out cells.
struct Cells<'s, 'w, 'm> {
    strings: &'s mut Strings,
    writer: &'w mut Writer<'m>,
    grid: Grid,
    /// The row and the column of the cell that is open.
    at: (usize, usize),
    kind: Kind,
    /// Whether the text that comes is the cell's value.
    is_value: bool,
    number: String,
}

/// What the value of a cell is (ECMA-376-1, 18.18.11).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The number of a shared string.
    Shared,
    Number,
    /// Anything that is handed on as it is written.
    Text,
}

impl<'s, 'w, 'm> Cells<'s, 'w, 'm> {
    fn new(strings: &'s mut Strings, writer: &'w mut Writer<'m>) -> Cells<'s, 'w, 'm> {
        Cells {
            strings,
            writer,
            grid: Grid::default(),
            at: (0, 0),
            kind: Kind::Number,
            is_value: false,
            number: String::new(),
        }
    }

    fn open_row(&mut self, element: &BytesStart<'_>) {
        let row = attribute(element, "r").and_then(|row| row.parse().ok());
        self.at = (row.unwrap_or(self.at.0 + 1), 0);
    }

    fn open_cell(&mut self, element: &BytesStart<'_>) {
        let place = attribute(element, "r").and_then(|place| place_of(&place));
        self.at = place.unwrap_or((self.at.0, self.at.1 + 1));
        self.kind = match attribute(element, "t").as_deref() {
            Some("s") => Kind::Shared,
            None | Some("n") => Kind::Number,
            _ => Kind::Text,
        };
        self.number.clear();
    }

    fn value(&mut self, text: &str) -> Result<(), Unread> {
        if self.kind != Kind::Text && self.number.len() + text.len() <= LONGEST_NUMBER {
            self.number.push_str(text);
            return Ok(());
        }
        self.number()?;
        self.kind = Kind::Text;
        self.written(text)
    }

    /// Writes a value that is complete, if it is a number.
    fn number(&mut self) -> Result<(), Unread> {
        let number = std::mem::take(&mut self.number);
        if number.is_empty() {
            return Ok(());
        }
        let shared = Some(()).filter(|()| self.kind == Kind::Shared);
        let index = shared.and_then(|()| number.trim().parse().ok());
        let string = index.and_then(|index| self.strings.named(index)).map(str::to_owned);
        self.written(&string.or_else(|| unfolded(&number)).unwrap_or(number))
    }

    fn written(&mut self, text: &str) -> Result<(), Unread> {
        self.grid.text(self.at, text, self.writer)
    }
}

impl Sink for Cells<'_, '_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        match local(element.name().as_ref()) {
            "row" => self.open_row(element),
            "c" => self.open_cell(element),
            "v" => self.is_value = true,
            "is" => (self.is_value, self.kind) = (true, Kind::Text),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unread> {
        match local(name) {
            "v" | "is" => {
                self.is_value = false;
                self.number()
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Unread> {
        if self.is_value { self.value(text) } else { Ok(()) }
    }

    fn beside(&mut self, _: &str) -> Result<(), Unread> {
        Ok(())
    }
}

/// Returns the row and the column of a cell's reference, both from 1.
fn place_of(reference: &str) -> Option<(usize, usize)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0usize, |column, letter| {
        let value = letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase() - b'A' + 1)?;
        column.checked_mul(26)?.checked_add(usize::from(value))
    })?;
    Some((row.parse().ok()?, column))
}

/// Digits of a number that are written out: that of a card or an account is not written with a power of ten.
const MOST_DIGITS: usize = 21;

/// Returns a whole number that is written with a power of ten, such as `4.111111111111111E+15`, in digits.
fn unfolded(number: &str) -> Option<String> {
    let (mantissa, power) = number.trim().split_once(['E', 'e'])?;
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let missing = power.checked_sub(fraction.len())?;
    let is_short = whole.len() + power <= MOST_DIGITS && !whole.is_empty();
    (is_short && is_number(whole) && is_number(fraction))
        .then(|| format!("{sign}{whole}{fraction}{}", "0".repeat(missing)))
}

/// A number in four bytes (MS-XLS 2.5.217, MS-XLSB 2.5.122).
pub(crate) fn rk(bits: u32) -> String {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    format!("{}", if bits & 1 != 0 { number / 100.0 } else { number })
}
