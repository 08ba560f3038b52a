//! OpenDocument: texts, spreadsheets, presentations and drawings.
//!
//! Sources: ISO/IEC 26300-1:2015 (ODF 1.2, the markup) and 26300-3 (packages), OASIS ODF 1.3.

use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Members, Reader, Unread};
use quick_xml::events::BytesStart;

use crate::kept::Kept;
use crate::layout::{Held, Layout, Vocabulary, attribute};
use crate::ooxml::whole;
use crate::package::{Package, Part};
use crate::writer::Writer;
use crate::xml::{self, Elements, Sink};

#[cfg(test)]
mod tests;

/// OpenDocument files: `odt`, `ods`, `odp`, `odg` and their templates.
///
/// A sheet is a member by its name with a row on each line; every other part of the package is one by its path.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenDocument;

/// What follows the first local header's fixed part: a member `mimetype`, stored, without an extra field
/// (ISO/IEC 26300-3, 3.3), and what it holds.
const NAME: usize = 30;
const FIRST: &[u8] = b"mimetype";
const KINDS: [&[u8]; 2] = [b"application/vnd.oasis.opendocument.", b"application/vnd.sun.xml."];

impl Format for OpenDocument {
    fn name(&self) -> &'static str {
        "opendocument"
    }

    fn begins(&self, head: &[u8]) -> bool {
        let kind = head.get(NAME..).and_then(|name| name.strip_prefix(FIRST));
        let is_kind = |kind: &[u8]| KINDS.iter().any(|known| kind.starts_with(known));
        head.starts_with(b"PK\x03\x04") && kind.is_some_and(is_kind)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Kept::reader(read)
    }
}

/// The list of members, which says which ones are encrypted (ISO/IEC 26300-3, 4).
const MANIFEST: &str = "meta-inf/manifest.xml";

fn read(bytes: Vec<u8>, members: &mut dyn Members) -> Result<(), Unread> {
    let package = Package::of(&bytes);
    let encrypted = package.part(MANIFEST).map(encrypted).transpose()?.unwrap_or_default();
    let mut writer = Writer::new(members);
    for part in package.parts.iter().filter(|part| !part.is_folder()) {
        if encrypted.contains(&part.key) {
            writer.gap_of(&part.name, GapReason::Encrypted);
        } else if part.key == "content.xml" {
            content(part, &mut writer)?;
        } else {
            whole(part, &part.name, Vocabulary::OpenDocument, &mut writer)?;
        }
    }
    package.fault.map_or(Ok(()), |fault| Err(Unread(fault)))
}

/// Hands on the main part, each sheet of a spreadsheet under its name.
fn content(part: &Part<'_>, writer: &mut Writer<'_>) -> Result<(), Unread> {
    writer.name(&part.name)?;
    let opened = part.open().map_err(|reason| writer.gap(reason));
    let Ok(content) = opened else { return Ok(()) };
    let layout = Layout::new(writer, Vocabulary::OpenDocument);
    let mut sheets = Sheets { layout, part: &part.name, is_spreadsheet: false, tables: 0 };
    let fault = xml::read(content, &mut sheets)?;
    sheets.layout.finish()?;
    writer.close()?;
    if let Some(fault) = fault {
        writer.gap_of(&part.name, fault);
    }
    Ok(())
}

/// Begins a member at each sheet.
struct Sheets<'p, 'w, 'm> {
    layout: Layout<'w, 'm>,
    part: &'p str,
    is_spreadsheet: bool,
    tables: usize,
}

impl Sink for Sheets<'_, '_, '_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Unread> {
        match element.name().as_ref() {
            "office:spreadsheet" => self.is_spreadsheet = true,
            "table:table" if self.is_spreadsheet => {
                self.tables += 1;
                let name = attribute(element, "table:name").filter(|name| !name.is_empty());
                if self.tables == 1 {
                    let name = name.as_deref().unwrap_or(self.part);
                    self.layout.member(name, Held::ToTheEnd)?;
                }
            }
            _ => {}
        }
        self.layout.start(element)
    }

    fn end(&mut self, name: &str) -> Result<(), Unread> {
        self.layout.end(name)?;
        if name == "table:table" && self.tables > 0 {
            self.tables -= 1;
            if self.tables == 0 {
                self.layout.member(self.part, Held::BetweenLines)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unread> {
        self.layout.text(text)
    }

    fn beside(&mut self, text: &str) -> Result<(), Unread> {
        self.layout.beside(text)
    }
}

/// Returns the keys of the members that a manifest says are encrypted: of the entries with encryption data
/// (ISO/IEC 26300-3, 4.4).
fn encrypted(manifest: &Part<'_>) -> Result<Vec<String>, Unread> {
    let (mut entry, mut keys) = (String::new(), Vec::new());
    if let Ok(content) = manifest.open() {
        let gather = |element: &BytesStart<'_>| match element.name().as_ref() {
            "manifest:file-entry" => {
                let path = attribute(element, "manifest:full-path").unwrap_or_default();
                entry = path.to_ascii_lowercase();
            }
            "manifest:encryption-data" => keys.push(std::mem::take(&mut entry)),
            _ => {}
        };
        xml::read(content, &mut Elements(gather))?;
    }
    Ok(keys)
}
