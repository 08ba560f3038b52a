//! Office Open XML: documents, workbooks and presentations, with their templates and macros.
//!
//! Sources: ECMA-376-1 (the markup), ECMA-376-2 (packages).

use std::collections::HashMap;
use std::io::BufRead;

use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Members, Reader, Unread};
use quick_xml::events::BytesStart;

use crate::biff12;
use crate::kept::Kept;
use crate::layout::{Layout, Vocabulary, attribute, local};
use crate::package::{Content, Package, Part};
use crate::sheet;
use crate::text_runs::{self, Width};
use crate::writer::Writer;
use crate::xml::{self, Elements};

#[cfg(test)]
mod tests;

/// Word, Excel and PowerPoint files since 2007: `docx`, `xlsx`, `pptx` and their macro and template variants.
///
/// A sheet is a member by its name with a row on each line, a slide is `slide 3`, every other part of the
/// package a member by its path; embedded files are handed on as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfficeOpenXml;

/// Where the name of a zip's first member stands (PKWARE, APPNOTE.TXT, 4.3.7), and how it begins in a package: the
/// order of members is free, and these are the folders that producers begin with.
const NAME: usize = 30;
const FIRST: [&[u8]; 7] =
    [b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"customXml/"];

impl Format for OfficeOpenXml {
    fn name(&self) -> &'static str {
        "ooxml"
    }

    fn begins(&self, head: &[u8]) -> bool {
        let name = head.get(NAME..).unwrap_or_default();
        head.starts_with(b"PK\x03\x04") && FIRST.iter().any(|first| name.starts_with(first))
    }

    fn reader(&self) -> Box<dyn Reader> {
        Kept::reader(read)
    }
}

fn read(bytes: Vec<u8>, members: &mut dyn Members) -> Result<(), Unread> {
    let package = Package::of(&bytes);
    let mut writer = Writer::new(members);
    let places = Places::of(&package)?;
    let mut strings = sheet::Strings::default();
    let is_shared = |part: &&Part<'_>| SHARED_STRINGS.iter().any(|path| part.key.ends_with(path));
    let shared = package.parts.iter().find(is_shared).filter(|_| !places.sheets.is_empty());
    match shared {
        Some(part) if part.is_binary() => strings.read_binary(part, &mut writer)?,
        Some(part) => strings.read(part, &mut writer)?,
        None => {}
    }
    let is_read = |part: &&Part<'_>| shared.is_some_and(|shared| std::ptr::eq(shared, *part));
    for part in package.parts.iter().filter(|part| !part.is_folder() && !is_read(part)) {
        places.part(part, &mut strings, &mut writer)?;
    }
    if let Some(part) = shared {
        strings.unused(&part.name, &mut writer)?;
    }
    package.fault.map_or(Ok(()), |fault| Err(Unread(fault)))
}

/// How the path of the strings that cells share ends, wherever producers put it (ECMA-376-1, 12.3.15).
const SHARED_STRINGS: [&str; 2] = ["/sharedstrings.xml", "/sharedstrings.bin"];

/// Hands on all of a part: its text where it is XML, else its bytes.
pub(crate) fn whole(
    part: &Part<'_>,
    name: &str,
    vocabulary: Vocabulary,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    writer.name(name)?;
    let opened = part.open().map_err(|reason| writer.gap(reason));
    let Ok(content) = opened else { return Ok(()) };
    writer.open()?;
    if let Some(fault) = text_or_bytes(content, vocabulary, writer)? {
        writer.gap(fault);
    }
    writer.close()
}

/// Hands on content as text where it begins as XML. Returns why not all of it could be read so.
fn text_or_bytes(
    mut content: Content<'_>,
    vocabulary: Vocabulary,
    writer: &mut Writer<'_>,
) -> Result<Option<GapReason>, Unread> {
    if content.fill_buf().is_ok_and(xml::begins) {
        let mut layout = Layout::new(writer, vocabulary);
        let fault = xml::read(content, &mut layout)?;
        layout.finish()?;
        return Ok(fault);
    }
    as_it_is(&mut content, writer)?;
    Ok(content.fault())
}

/// Hands on what of a part in records is text, where it is no file of its own such as a project of macros.
fn records(part: &Part<'_>, writer: &mut Writer<'_>) -> Result<(), Unread> {
    let Ok(bytes) = part.kept(writer.room()) else { return Ok(()) };
    writer.name(&format!("{} (UTF-16)", part.name))?;
    text_runs::each(&bytes, Width::Units, |text| writer.text(text))?;
    writer.close()
}

/// Hands on bytes, which may be a document of their own.
fn as_it_is(content: &mut impl BufRead, writer: &mut Writer<'_>) -> Result<(), Unread> {
    while let Ok(bytes) = content.fill_buf() {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        writer.bytes(bytes)?;
        content.consume(length);
    }
    Ok(())
}

/// What users call the parts of a package.
#[derive(Default)]
struct Places {
    /// Sheets by the part's key.
    sheets: HashMap<String, String>,
    slides: HashMap<String, String>,
}

/// Folders of sheets (ECMA-376-1, 12.3; MS-XLSX 2.1 for those of macros).
const SHEET_FOLDERS: [&str; 4] =
    ["xl/worksheets/", "xl/macrosheets/", "xl/dialogsheets/", "xl/chartsheets/"];

impl Places {
    fn of(package: &Package<'_>) -> Result<Places, Unread> {
        let mut places = Places::default();
        let is_sheet = |part: &&Part<'_>| {
            let is_sheet = part.key.ends_with(".xml") || part.is_binary();
            let is_list = part.key.contains("/_rels/") || part.key.contains("/binaryindex");
            is_sheet && !is_list && SHEET_FOLDERS.iter().any(|folder| part.key.starts_with(folder))
        };
        for part in package.parts.iter().filter(is_sheet) {
            places.sheets.insert(part.key.clone(), part.name.clone());
        }
        let sheets = listed(package, "xl/", "workbook.xml")?;
        for (key, name) in sheets.into_iter().chain(listed_in_records(package)?) {
            // A sheet without a name keeps its path.
            places.sheets.entry(key).and_modify(|known| *known = name);
        }
        let slides = listed(package, "ppt/", "presentation.xml")?;
        let slides = slides.into_iter().filter(|(key, _)| key.starts_with("ppt/slides/"));
        for (index, (key, _)) in slides.enumerate() {
            places.slides.insert(key, format!("slide {}", index + 1));
        }
        Ok(places)
    }

    /// Hands on a part as what it is.
    fn part(
        &self,
        part: &Part<'_>,
        strings: &mut sheet::Strings,
        writer: &mut Writer<'_>,
    ) -> Result<(), Unread> {
        match self.sheets.get(&part.key) {
            Some(name) if part.is_binary() => sheet::read_binary(part, name, strings, writer),
            Some(name) => sheet::read(part, name, strings, writer),
            None if part.is_binary() => {
                whole(part, &part.name, Vocabulary::Office, writer)?;
                records(part, writer)
            }
            None => whole(part, self.name(part), Vocabulary::Office, writer),
        }
    }

    fn name<'a>(&'a self, part: &'a Part<'_>) -> &'a str {
        self.slides.get(&part.key).unwrap_or(&part.name)
    }
}

/// Where the parts of a main part's relations are, by their names.
fn targets(
    package: &Package<'_>,
    folder: &str,
    main: &str,
) -> Result<HashMap<String, String>, Unread> {
    let targets = elements(package.part(&format!("{folder}_rels/{main}.rels")), "Relationship")?;
    let target = |mut target: Attributes| {
        Some((target.remove("Id")?, key(folder, &target.remove("Target")?)))
    };
    Ok(targets.into_iter().filter_map(target).collect())
}

/// Bytes of a workbook's list of sheets in records; sheets beyond keep their paths.
const LONGEST_LIST: usize = 4 << 20;

/// Returns the keys and names of the sheets of a workbook that keeps no XML.
fn listed_in_records(package: &Package<'_>) -> Result<Vec<(String, String)>, Unread> {
    let workbook = package.part("xl/workbook.bin").and_then(|part| part.kept(LONGEST_LIST).ok());
    let targets = targets(package, "xl/", "workbook.bin")?;
    let sheets = workbook.map(|workbook| biff12::sheets(&workbook)).unwrap_or_default();
    Ok(sheets
        .into_iter()
        .filter_map(|(id, name)| Some((targets.get(&id)?.clone(), name)))
        .collect())
}

/// Returns the keys of the parts that a main part lists, in its order, and the names it gives them.
fn listed(
    package: &Package<'_>,
    folder: &str,
    main: &str,
) -> Result<Vec<(String, String)>, Unread> {
    let targets = targets(package, folder, main)?;
    let mut listed = Vec::new();
    for name in ["sheet", "sldId"] {
        for mut element in elements(package.part(&format!("{folder}{main}")), name)? {
            let target = element.remove("r:id").and_then(|id| targets.get(&id));
            let name = element.remove("name").unwrap_or_default();
            listed.extend(target.map(|target| (target.clone(), name)));
        }
    }
    Ok(listed)
}

/// The key of a part that a relationship of a part in a folder leads to (ECMA-376-2, 6.5.3.4).
fn key(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("{folder}{target}"),
    };
    path.to_ascii_lowercase()
}

/// Attributes by their names.
type Attributes = HashMap<String, String>;

/// Elements of a list that are kept; workbooks have tens of sheets, presentations hundreds of slides.
const MOST_LISTED: usize = 1 << 14;

/// Returns the attributes of the elements of a name in a part; none if it cannot be read.
fn elements(part: Option<&Part<'_>>, name: &'static str) -> Result<Vec<Attributes>, Unread> {
    let mut elements: Vec<Attributes> = Vec::new();
    if let Some(Ok(content)) = part.map(Part::open) {
        let gather = |element: &BytesStart<'_>| {
            if local(element.name().as_ref()) == name && elements.len() < MOST_LISTED {
                let names = ["Id", "Target", "r:id", "name"];
                let known = names.iter().filter_map(|name| {
                    let value = attribute(element, name)?;
                    Some(((*name).to_owned(), value))
                });
                elements.push(known.collect());
            }
        };
        // What is wrong with the part is said where it is read as a whole.
        xml::read(content, &mut Elements(gather))?;
    }
    Ok(elements)
}
