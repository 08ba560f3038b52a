//! The binary parts of workbooks that keep no XML (`xlsb`).
//!
//! Source: MS-XLSB 2.1.4 (records), 2.4 (each of them), 2.5.168 (strings).

use portcullis::extract::Unread;

use crate::sheet::{Grid, Strings, rk};
use crate::text_runs::{self, Width};
use crate::writer::Writer;

/// Records by their numbers (MS-XLSB 2.3.2).
const ROW: u32 = 0;
const CELL_RK: u32 = 2;
const CELL_REAL: u32 = 5;
const CELL_TEXT: u32 = 6;
const CELL_SHARED: u32 = 7;
const FORMULA_TEXT: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const SHARED: u32 = 19;
const CELL_RICH: u32 = 62;
const SHEET: u32 = 156;

/// Bytes of a cell before its value: column and style (MS-XLSB 2.5.9).
const VALUE: usize = 8;

/// The records of a part, as far as they go: number and data.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let number = varying(&mut rest, 2)?;
        let length = usize::try_from(varying(&mut rest, 4)?).ok()?;
        let (data, behind) = rest.split_at(length.min(rest.len()));
        rest = behind;
        Some((number, data))
    })
}

/// Reads a number of seven bits in each byte, up to so many bytes (MS-XLSB 2.1.4).
fn varying(rest: &mut &[u8], most: u32) -> Option<u32> {
    let mut number = 0;
    for index in 0..most {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u32::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// Returns the sheets of a workbook: the name of each one's relation, and its own (MS-XLSB 2.4.311).
pub(crate) fn sheets(workbook: &[u8]) -> Vec<(String, String)> {
    let sheets = records(workbook).filter(|(number, _)| *number == SHEET);
    let named = sheets.filter_map(|(_, data)| {
        let (relation, length) = text(data.get(8..)?)?;
        let (name, _) = text(data.get(8 + length..)?)?;
        Some((relation, name))
    });
    named.collect()
}

/// Reads the strings that cells share; those without room are handed on at once.
pub(crate) fn shared(
    part: &[u8],
    strings: &mut Strings,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    let room = writer.room();
    for (_, data) in records(part).filter(|(number, _)| *number == SHARED) {
        let string = data.get(1..).and_then(text).map(|(text, _)| text).unwrap_or_default();
        if !strings.add(&string, room) {
            writer.text(&string)?;
            writer.fresh_line()?;
        }
    }
    Ok(())
}

/// Writes the cells of a sheet.
pub(crate) fn cells(
    part: &[u8],
    strings: &mut Strings,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    let mut grid = Grid::default();
    let mut row = 1;
    for (number, data) in records(part) {
        let Some(first) = number_at(data, 0) else { continue };
        if number == ROW {
            row = first.saturating_add(1);
        } else if let Some(text) = value(number, data, strings) {
            grid.text((row, first.saturating_add(1)), &text, writer)?;
        }
    }
    Ok(())
}

/// Writes the texts of all records that hold no cell.
pub(crate) fn rest(part: &[u8], writer: &mut Writer<'_>) -> Result<(), Unread> {
    for (number, data) in records(part) {
        let is_elsewhere = matches!(number, ROW..=CELL_SHARED | SHARED | CELL_RICH);
        // What a formula comes to is in its cell, what it is made of is not.
        if !is_elsewhere {
            text_runs::each(data, Width::Units, |text| writer.text(text))?;
        }
    }
    Ok(())
}

fn value(number: u32, data: &[u8], strings: &mut Strings) -> Option<String> {
    let value = data.get(VALUE..)?;
    match number {
        CELL_RK => Some(rk(u32::from_le_bytes(*value.first_chunk()?))),
        CELL_REAL | FORMULA_NUMBER => {
            Some(format!("{}", f64::from_le_bytes(*value.first_chunk()?)))
        }
        CELL_SHARED => strings.named(number_at(value, 0)?).map(str::to_owned),
        CELL_TEXT | FORMULA_TEXT => Some(text(value)?.0),
        CELL_RICH => Some(text(value.get(1..)?)?.0),
        _ => None,
    }
}

/// Returns a string and how many bytes it takes.
fn text(data: &[u8]) -> Option<(String, usize)> {
    let length = match number_at(data, 0)? {
        // No string at all.
        0xffff_ffff => 0,
        length => length.checked_mul(2)?,
    };
    let (units, _) = data.get(4..)?.get(..length)?.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some((text.collect(), 4 + length))
}

fn number_at(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*data.get(at..)?.first_chunk()?)).ok()
}
