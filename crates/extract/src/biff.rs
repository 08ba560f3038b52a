//! Workbooks of before 2007: the records of their one stream.
//!
//! Source: MS-XLS 2.1 (records), 2.4 (each of them), 2.5.293 and its neighbours (strings).

use std::collections::HashMap;

use portcullis::coverage::GapReason;
use portcullis::extract::Unread;

use crate::sheet::{Grid, Strings, rk};
use crate::text_runs::{self, Width};
use crate::writer::Writer;

/// Records by their numbers (MS-XLS 2.3.2).
const FORMULA: u16 = 0x0006;
const FILE_PASS: u16 = 0x002f;
const CONTINUE: u16 = 0x003c;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00bd;
const SST: u16 = 0x00fc;
const LABEL_SST: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027e;
const BOF: u16 = 0x0809;

/// The version of workbooks whose strings say how wide they are (MS-XLS 2.4.21).
const BIFF8: u16 = 0x0600;

/// One record: where it begins, its number and its data.
struct Record<'b> {
    at: usize,
    number: u16,
    data: &'b [u8],
}

/// The records of a stream, as far as they go.
fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let head = stream.get(at..)?.first_chunk::<4>()?;
        let [a, b, c, d] = *head;
        let length = usize::from(u16::from_le_bytes([c, d]));
        let behind = stream.get(at + 4..)?;
        let data = behind.get(..length).unwrap_or(behind);
        let record = Record { at, number: u16::from_le_bytes([a, b]), data };
        at += 4 + length;
        Some(record)
    })
}

/// Hands on a workbook: each sheet by its name, then all other texts as the member of its stream.
pub(crate) fn read(stream: &[u8], path: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
    writer.name(path)?;
    if records(stream).any(|record| record.number == FILE_PASS) {
        writer.gap(GapReason::Encrypted);
        return Ok(());
    }
    let mut book = Book { strings: Strings::default(), names: HashMap::new(), is_wide: true };
    book.globals(stream, writer)?;
    book.sheets(stream, path, writer)?;
    book.strings.unused(path, writer)?;
    writer.name(path)?;
    writer.open()?;
    for record in records(stream).filter(|record| !is_cell(record.number)) {
        for width in [Width::Bytes, Width::Units] {
            text_runs::each(record.data, width, |text| writer.text(text))?;
            writer.fresh_line()?;
        }
    }
    let end = records(stream).last().map_or(0, |last| last.at + 4 + last.data.len());
    if end != stream.len() && !stream.get(end..).unwrap_or_default().iter().all(|byte| *byte == 0) {
        writer.gap(GapReason::Damaged);
    }
    writer.close()
}

/// Whether a record's text is in its sheet, or in the strings.
fn is_cell(number: u16) -> bool {
    matches!(number, LABEL | LABEL_SST | NUMBER | RK | MUL_RK | STRING | SST | BOUND_SHEET)
}

/// What sheets need of the workbook.
struct Book {
    strings: Strings,
    /// Names of sheets by where they begin.
    names: HashMap<usize, String>,
    is_wide: bool,
}

impl Book {
    fn globals(&mut self, stream: &[u8], writer: &mut Writer<'_>) -> Result<(), Unread> {
        let mut all = records(stream).peekable();
        let version = all.peek().and_then(|first| u16_at(first.data, 0));
        self.is_wide = version == Some(BIFF8);
        while let Some(record) = all.next() {
            match record.number {
                BOUND_SHEET => self.names.extend(self.sheet(record.data)),
                SST => {
                    let mut parts = vec![record.data.get(8..).unwrap_or_default()];
                    while let Some(next) = all.next_if(|next| next.number == CONTINUE) {
                        parts.push(next.data);
                    }
                    self.shared(parts, writer)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The place and the name of a sheet (MS-XLS 2.4.28).
    fn sheet(&self, data: &[u8]) -> Option<(usize, String)> {
        let place = usize::try_from(u32_at(data, 0)?).ok()?;
        let length = usize::from(*data.get(6)?);
        let name = if self.is_wide {
            let mut name = Text::new(vec![data.get(7..)?]);
            let flags = name.byte()?;
            name.characters(length, flags)
        } else {
            data.get(7..)?.iter().take(length).map(|byte| char::from(*byte)).collect()
        };
        Some((place, name))
    }

    /// Reads the strings that cells share, in the parts of a record (MS-XLS 2.4.265).
    fn shared(&mut self, parts: Vec<&[u8]>, writer: &mut Writer<'_>) -> Result<(), Unread> {
        let room = writer.room();
        let mut text = Text::new(parts);
        while let Some(string) = text.rich_string() {
            if !self.strings.add(&string, room) {
                writer.text(&string)?;
                writer.fresh_line()?;
            }
        }
        Ok(())
    }

    fn sheets(&mut self, stream: &[u8], path: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
        let mut grid = Grid::default();
        let mut at = (1, 1);
        for record in records(stream) {
            if record.number == BOF {
                grid = Grid::default();
                writer.name(self.names.get(&record.at).map_or(path, String::as_str))?;
            }
            if let (true, Some(row), Some(column)) =
                (is_placed(record.number), u16_at(record.data, 0), u16_at(record.data, 2))
            {
                at = (usize::from(row) + 1, usize::from(column) + 1);
            }
            for (index, text) in self.values(&record).into_iter().enumerate() {
                grid.text((at.0, at.1 + index), &text, writer)?;
            }
        }
        writer.close()
    }

    /// The values of the cells that a record holds, from its place to the right.
    fn values(&mut self, record: &Record<'_>) -> Vec<String> {
        let data = record.data;
        let value = match record.number {
            LABEL_SST => u32_at(data, 6)
                .and_then(|index| self.strings.named(usize::try_from(index).ok()?))
                .map(str::to_owned),
            NUMBER => number_at(data, 6),
            // A formula whose result is text has it in the record behind (MS-XLS 2.5.133).
            FORMULA if data.get(12..14) == Some(&[0xff, 0xff]) => None,
            FORMULA => number_at(data, 6),
            RK => u32_at(data, 6).map(rk),
            LABEL => self.string(data.get(6..).unwrap_or_default()),
            STRING => self.string(data),
            MUL_RK => {
                let (cells, _) = data.get(4..).unwrap_or_default().as_chunks::<6>();
                return cells.iter().filter_map(|cell| u32_at(cell, 2).map(rk)).collect();
            }
            _ => None,
        };
        value.into_iter().collect()
    }

    /// A string behind its length (MS-XLS 2.5.294).
    fn string(&self, data: &[u8]) -> Option<String> {
        let length = usize::from(u16_at(data, 0)?);
        if !self.is_wide {
            return Some(
                data.get(2..)?.iter().take(length).map(|byte| char::from(*byte)).collect(),
            );
        }
        let mut text = Text::new(vec![data.get(2..)?]);
        let flags = text.byte()?;
        Some(text.characters(length, flags))
    }
}

/// Whether a record begins with the row and the column of a cell.
fn is_placed(number: u16) -> bool {
    matches!(number, FORMULA | LABEL | LABEL_SST | NUMBER | RK | MUL_RK)
}

/// Flags of a string: two bytes for each character, what follows them (MS-XLS 2.5.293).
const HIGH_BYTE: u8 = 1;
const EXTENDED: u8 = 4;
const RICH: u8 = 8;

/// Strings in the parts of a record.
struct Text<'b> {
    parts: std::vec::IntoIter<&'b [u8]>,
    part: &'b [u8],
}

impl<'b> Text<'b> {
    fn new(parts: Vec<&'b [u8]>) -> Text<'b> {
        Text { parts: parts.into_iter(), part: &[] }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.part.is_empty() {
            self.part = self.parts.next()?;
        }
        let (byte, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*byte)
    }

    fn number<const BYTES: usize>(&mut self) -> Option<usize> {
        (0..BYTES)
            .try_fold(0, |number, index| Some(number | usize::from(self.byte()?) << (8 * index)))
    }

    fn rich_string(&mut self) -> Option<String> {
        let length = self.number::<2>()?;
        let flags = self.byte()?;
        let runs = if flags & RICH != 0 { self.number::<2>()? * 4 } else { 0 };
        let extra = if flags & EXTENDED != 0 { self.number::<4>()? } else { 0 };
        let text = self.characters(length, flags);
        self.skip(runs.saturating_add(extra));
        Some(text)
    }

    /// Reads characters; a part that goes on with them says anew how wide they are (MS-XLS 2.5.293).
    fn characters(&mut self, length: usize, mut flags: u8) -> String {
        let mut units = Vec::new();
        for _ in 0..length {
            if self.part.is_empty() {
                let Some(next) = self.byte() else { break };
                flags = next;
            }
            let unit = if flags & HIGH_BYTE != 0 { self.number::<2>() } else { self.number::<1>() };
            let Some(unit) = unit.and_then(|unit| u16::try_from(unit).ok()) else { break };
            units.push(unit);
        }
        String::from_utf16_lossy(&units)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let now = bytes.min(self.part.len());
            self.part = self.part.get(now..).unwrap_or_default();
            bytes -= now;
            if bytes > 0 {
                let Some(next) = self.parts.next() else { return };
                self.part = next;
            }
        }
    }
}

fn number_at(data: &[u8], at: usize) -> Option<String> {
    Some(format!("{}", f64::from_le_bytes(*data.get(at..)?.first_chunk()?)))
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}
