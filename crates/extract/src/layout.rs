//! How the text of a document is laid out for the scan: a paragraph on a line, the cells of a row between tabs, and
//! everything else behind the name it has there.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use portcullis::extract::Unread;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::fields::Fields;
use crate::writer::Writer;
use crate::xml::Sink;

/// Elements around a text whose names are kept; those further in count, but have none.
const DEEPEST: usize = 256;

/// Bytes of a name that stands before its text.
const LONGEST_LABEL: usize = 64;

/// What elements mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// WordprocessingML, DrawingML and the rest of ECMA-376-1.
    Office,
    /// What a worksheet holds beside its cells (ECMA-376-1, 18.3).
    Sheet,
    /// Text and tables of ODF 1.3 (ISO/IEC 26300).
    OpenDocument,
}

/// What an element does to the layout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Its text belongs to the line.
    Run,
    /// Its text is what somebody took out.
    Deleted,
    Paragraph,
    Table,
    Row,
    Cell,
    Break,
    Tab,
    Hyphen,
    /// Several blanks.
    Blanks,
    /// Its lines are none of the text around it: a note on a cell.
    Note,
    /// Its text is left out: it is read elsewhere.
    Elsewhere,
    /// Its text is a field with the element's name.
    Field,
}

impl Vocabulary {
    fn role(self, name: &str, within: &str) -> Role {
        match self {
            Vocabulary::Office => office(local(name), local(within)),
            Vocabulary::Sheet if matches!(local(name), "v" | "is") => Role::Elsewhere,
            Vocabulary::Sheet => Role::Field,
            Vocabulary::OpenDocument => open_document(name),
        }
    }

    /// Returns whether an attribute is of no meaning to a reader: namespaces, revision marks (ECMA-376-1, 17.13.5
    /// and MS-DOCX 2.3), coordinates of cells.
    fn is_noise(self, element: &str, attribute: &str) -> bool {
        let name = local(attribute);
        let is_revision = name.starts_with("rsid") || matches!(name, "paraId" | "textId");
        let is_cell = self == Vocabulary::Sheet && matches!(local(element), "c" | "row");
        attribute.starts_with("xmlns") || self == Vocabulary::Office && is_revision || is_cell
    }
}

fn office(name: &str, within: &str) -> Role {
    match name {
        "t" | "instrText" => Role::Run,
        "delText" | "delInstrText" => Role::Deleted,
        "p" => Role::Paragraph,
        // Comments and shared strings of workbooks (ECMA-376-1, 18.7.3 and 18.4.8).
        "text" if within == "comment" => Role::Paragraph,
        "si" => Role::Paragraph,
        "tbl" => Role::Table,
        "tr" => Role::Row,
        "tc" => Role::Cell,
        "br" | "cr" => Role::Break,
        "tab" if within != "tabs" => Role::Tab,
        "noBreakHyphen" => Role::Hyphen,
        _ => Role::Field,
    }
}

/// ISO/IEC 26300-1: 5.1 (paragraphs), 6.1 (text), 9.1 (tables).
fn open_document(name: &str) -> Role {
    match name {
        "text:p" | "text:h" => Role::Paragraph,
        "text:line-break" => Role::Break,
        "text:tab" => Role::Tab,
        "text:s" => Role::Blanks,
        "table:table" => Role::Table,
        "table:table-row" => Role::Row,
        "table:table-cell" | "table:covered-table-cell" => Role::Cell,
        "office:annotation" => Role::Note,
        _ if name.starts_with("text:") => Role::Run,
        _ => Role::Field,
    }
}

/// Returns a name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An element around the text.
struct Element {
    name: String,
    label: String,
    role: Role,
}

/// What of a table is not written until a text follows.
#[derive(Default)]
struct Row {
    /// Whether a cell of the row has been.
    is_behind_cell: bool,
    /// Empty rows before the text, tabs before it in its row, or a blank in its cell.
    lines: usize,
    tabs: usize,
    has_blank: bool,
    /// How often the cell and the row that are open stand there.
    cell_times: usize,
    row_times: usize,
    /// Tabs and lines that have been written for nothing.
    spent: usize,
}

/// Cells and rows that one element may stand for, and tabs and lines of one document: a sheet has 1,024 columns
/// or 16,384, and most are empty.
const MOST_TIMES: usize = 1 << 14;
const MOST_EMPTY: usize = 4 << 20;

impl Row {
    /// Writes what stands before a text.
    fn lead(&mut self, writer: &mut Writer<'_>) -> Result<(), Unread> {
        let (lines, tabs) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.tabs));
        self.spent += lines + tabs;
        let is_bounded = self.spent <= MOST_EMPTY;
        let (lines, tabs) = if is_bounded { (lines, tabs) } else { (lines.min(1), tabs.min(1)) };
        for _ in 0..lines {
            writer.text("\n")?;
        }
        for _ in 0..tabs {
            writer.text("\t")?;
        }
        let has_blank = std::mem::take(&mut self.has_blank);
        if has_blank && tabs == 0 { writer.text(" ") } else { Ok(()) }
    }

    fn open_cell(&mut self, times: usize) {
        self.has_blank = false;
        self.tabs += usize::from(std::mem::replace(&mut self.is_behind_cell, true));
        self.cell_times = times.clamp(1, MOST_TIMES);
    }

    fn close_cell(&mut self) {
        let times = std::mem::take(&mut self.cell_times);
        self.tabs = (self.tabs + times.saturating_sub(1)).min(MOST_TIMES);
        self.has_blank = false;
    }

    fn close(&mut self, writer: &mut Writer<'_>) -> Result<(), Unread> {
        self.is_behind_cell = false;
        self.tabs = 0;
        let times = std::mem::replace(&mut self.row_times, 1).clamp(1, MOST_TIMES);
        self.lines = (self.lines + times - usize::from(!writer.is_fresh())).min(MOST_EMPTY);
        writer.fresh_line()
    }
}

/// Lays out one document.
pub(crate) struct Layout<'w, 'm> {
    writer: &'w mut Writer<'m>,
    vocabulary: Vocabulary,
    elements: Vec<Element>,
    /// Elements further in than [`DEEPEST`].
    deeper: usize,
    /// Paragraphs, tables, cells and elements read elsewhere that are open.
    paragraphs: usize,
    tables: usize,
    cells: usize,
    elsewhere: usize,
    row: Row,
    /// Whether fields wait for the end of a table rather than of a line.
    holds_fields: bool,
    /// The value of the cell that is open, and what it shows.
    shown: Option<(String, String)>,
    fields: Fields,
    /// Attributes that have been handed on: styles come thousands of times.
    seen: HashSet<u64>,
    hasher: RandomState,
}

/// Attributes that are remembered.
const MOST_SEEN: usize = 1 << 14;

impl<'w, 'm> Layout<'w, 'm> {
    /// Returns a layout for one document.
    pub(crate) fn new(writer: &'w mut Writer<'m>, vocabulary: Vocabulary) -> Layout<'w, 'm> {
        Layout {
            writer,
            vocabulary,
            elements: Vec::new(),
            deeper: 0,
            paragraphs: 0,
            tables: 0,
            cells: 0,
            elsewhere: 0,
            row: Row::default(),
            holds_fields: false,
            shown: None,
            fields: Fields::default(),
            seen: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// Writes what is left.
    pub(crate) fn finish(&mut self) -> Result<(), Unread> {
        self.fields.line();
        self.settle()
    }

    /// Ends the member and lets the text that follows be of another. Fields of a table wait for its end.
    pub(crate) fn member(&mut self, name: &str, fields: Held) -> Result<(), Unread> {
        self.settle()?;
        self.row = Row::default();
        self.holds_fields = fields == Held::ToTheEnd;
        self.writer.name(name)
    }

    /// Returns whether the text that comes belongs to a line that is not complete.
    fn is_in_line(&self) -> bool {
        // Nothing may come between the rows of a table: the first one names what stands in the others.
        self.paragraphs > 0 || self.tables > 0 || self.cells > 0 || self.holds_fields
    }

    fn attributes(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        let name = element.name();
        for attribute in element.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            if self.vocabulary.is_noise(name.as_ref(), key) {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.unwrap_or(attribute.value.clone());
            let shown = self.shown.as_ref().map(|(value, _)| value.as_str());
            let is_shown = VALUES.contains(&key) && shown == Some(value.as_ref());
            // One or two letters are settings.
            if value.len() > 2 && !is_shown && self.is_new(key, &value) {
                self.fields.add(local(key), &value);
            }
        }
        self.settle_between()
    }

    fn is_new(&mut self, key: &str, value: &str) -> bool {
        let hash = self.hasher.hash_one((key, value));
        if self.seen.len() >= MOST_SEEN {
            return !self.seen.contains(&hash);
        }
        self.seen.insert(hash)
    }

    /// Writes the fields that have gathered, on lines of their own.
    fn settle(&mut self) -> Result<(), Unread> {
        if self.fields.is_empty() { Ok(()) } else { self.fields.flush(self.writer) }
    }

    /// Writes the fields where no line is interrupted, or where they are too many.
    fn settle_between(&mut self) -> Result<(), Unread> {
        if self.fields.is_full() || !self.is_in_line() { self.settle() } else { Ok(()) }
    }

    /// What an element does where it begins.
    fn open(&mut self, role: Role, element: &BytesStart<'_>) -> Result<(), Unread> {
        match role {
            Role::Paragraph => return self.open_paragraph(),
            Role::Note => self.paragraphs += 1,
            Role::Table => self.tables += 1,
            Role::Elsewhere => self.elsewhere += 1,
            Role::Cell => return self.open_cell(element),
            Role::Row => self.row.row_times = times(element, "table:number-rows-repeated"),
            Role::Break => return self.line_text("\n"),
            Role::Tab => return self.line_text("\t"),
            Role::Hyphen => return self.line_text("-"),
            Role::Blanks => {
                let count = times(element, "text:c").min(MOST_BLANKS);
                return self.line_text(&" ".repeat(count));
            }
            Role::Run | Role::Deleted | Role::Field => {}
        }
        Ok(())
    }

    fn open_paragraph(&mut self) -> Result<(), Unread> {
        self.paragraphs += 1;
        if self.paragraphs > 1 {
            // A text box inside of a line is not part of it.
            self.fields.line();
        } else if self.cells == 0 {
            self.settle()?;
            self.writer.fresh_line()?;
        }
        Ok(())
    }

    /// Begins a cell with the value that it holds, which need not be what it shows (ISO/IEC 26300-1, 19.385).
    fn open_cell(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        self.cells += 1;
        if self.cells > 1 {
            self.row.has_blank = true;
            return Ok(());
        }
        self.row.open_cell(times(element, "table:number-columns-repeated"));
        if self.vocabulary != Vocabulary::OpenDocument {
            return Ok(());
        }
        let value = VALUES.iter().find_map(|name| attribute(element, name));
        if let Some(value) = &value {
            self.line_text(value)?;
            self.row.has_blank = true;
        }
        self.shown = value.map(|value| (value, String::new()));
        Ok(())
    }

    /// What an element does where it ends.
    fn close(&mut self, role: Role, label: &str) -> Result<(), Unread> {
        match role {
            Role::Paragraph => return self.close_paragraph(),
            Role::Note => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.fields.line();
            }
            Role::Table => {
                self.tables = self.tables.saturating_sub(1);
                return self.settle_between();
            }
            Role::Row if self.cells == 0 => {
                self.row.close(self.writer)?;
                return self.settle_between();
            }
            Role::Cell => return self.close_cell(),
            Role::Elsewhere => self.elsewhere = self.elsewhere.saturating_sub(1),
            Role::Field => self.fields.end_field(label),
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Unread> {
        self.cells = self.cells.saturating_sub(1);
        if self.cells > 0 {
            return Ok(());
        }
        // What it shows is only worth saying where it says more.
        if let Some((value, shown)) = self.shown.take()
            && value != shown.trim()
        {
            self.row.has_blank = true;
            self.row.lead(self.writer)?;
            self.writer.text(&shown)?;
        }
        self.row.close_cell();
        Ok(())
    }

    fn close_paragraph(&mut self) -> Result<(), Unread> {
        self.paragraphs = self.paragraphs.saturating_sub(1);
        match (self.paragraphs, self.cells) {
            (0, 0) => {
                self.writer.fresh_line()?;
                self.settle_between()?;
            }
            (0, _) => self.row.has_blank = true,
            _ => self.fields.line(),
        }
        Ok(())
    }

    /// Text of a line; of one inside of another, beside it.
    fn line_text(&mut self, text: &str) -> Result<(), Unread> {
        if self.elsewhere > 0 || text.is_empty() {
            return Ok(());
        }
        match (self.paragraphs, self.cells) {
            (0, 0) => self.field_text(text),
            (1, 0) => self.writer.text(text),
            (0 | 1, _) => self.cell_text(text),
            _ => {
                self.fields.text(text);
                self.settle_between()
            }
        }
    }

    fn cell_text(&mut self, text: &str) -> Result<(), Unread> {
        // A line end inside of a cell is none of the row.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if let (Some((_, shown)), 1) = (&mut self.shown, self.paragraphs)
            && shown.len() < LONGEST_SHOWN
        {
            shown.push_str(&text);
            return Ok(());
        }
        self.row.lead(self.writer)?;
        self.writer.text(&text)
    }

    fn field_text(&mut self, text: &str) -> Result<(), Unread> {
        let label = self.elements.last().map_or("", |element| &element.label);
        if text.trim().is_empty() && !self.fields.is_in_field(label) {
            return Ok(());
        }
        self.fields.field_text(label, text);
        self.settle_between()
    }
}

/// The attributes that hold a cell's value (ISO/IEC 26300-1, 19.385 and its neighbours).
const VALUES: [&str; 4] =
    ["office:value", "office:date-value", "office:time-value", "office:string-value"];

/// Bytes of what a cell shows that are held to compare them with its value.
const LONGEST_SHOWN: usize = 1 << 10;

/// Whether fields of a member stand between its lines or at its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// Behind each paragraph and row.
    BetweenLines,
    /// At the end, so that lines are rows.
    ToTheEnd,
}

/// Returns how often an element says that it stands there.
fn times(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// Blanks that one element may stand for.
const MOST_BLANKS: usize = 64;

/// Returns the value of an attribute by its name as it is written.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Explicit1_0);
    Some(value.unwrap_or(found.value.clone()).into_owned())
}

/// Returns the name that a field's text has for its author: that of a custom property (ECMA-376-1, 15.2.12.2;
/// ISO/IEC 26300-1, 4.3.2.19), else that of its element.
fn label(element: &BytesStart<'_>, around: Option<&Element>) -> String {
    let name = element.name();
    let named = match name.as_ref() {
        "property" => attribute(element, "name"),
        "meta:user-defined" => attribute(element, "meta:name"),
        name if name.starts_with("vt:") => around.map(|around| around.label.clone()),
        _ => None,
    };
    let mut label = named.unwrap_or_else(|| local(name.as_ref()).to_owned());
    let end = (0..=LONGEST_LABEL.min(label.len())).rev().find(|end| label.is_char_boundary(*end));
    label.truncate(end.unwrap_or(0));
    label
}

impl Sink for Layout<'_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        let around = self.elements.last();
        let within = around.map_or("", |around| around.name.as_str());
        let name = element.name();
        let role = self.vocabulary.role(name.as_ref(), within);
        let label = label(element, around);
        if self.elements.len() >= DEEPEST {
            self.deeper += 1;
        } else {
            self.elements.push(Element { name: name.as_ref().to_owned(), label, role });
            self.open(role, element)?;
        }
        self.attributes(element)
    }

    fn end(&mut self, _: &str) -> Result<(), Unread> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Ok(());
        }
        let Some(element) = self.elements.pop() else { return Ok(()) };
        self.close(element.role, &element.label)
    }

    fn text(&mut self, text: &str) -> Result<(), Unread> {
        if self.elsewhere > 0 {
            return Ok(());
        }
        match self.elements.last().map_or(Role::Field, |element| element.role) {
            _ if self.deeper > 0 => self.field_text(text),
            Role::Run => self.line_text(text),
            Role::Paragraph if self.vocabulary == Vocabulary::OpenDocument => self.line_text(text),
            Role::Deleted => {
                self.fields.field_text("deleted", text);
                self.settle_between()
            }
            _ => self.field_text(text),
        }
    }

    fn beside(&mut self, text: &str) -> Result<(), Unread> {
        self.settle()?;
        self.writer.text(text)
    }
}
