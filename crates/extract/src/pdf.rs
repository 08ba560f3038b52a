//! PDF: the text of each page, form fields, annotations, document information, metadata and attachments.
//!
//! Source: ISO 32000-2:2020.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf as Document};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use memchr::memmem;
use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Members, Reader, Unread};

use crate::kept::Kept;
use crate::writer::Writer;

use self::page::PageText;

mod objects;
mod page;
mod size;
mod strings;
#[cfg(test)]
mod tests;

/// PDF files. A page is a member `page 3`; form fields, annotations and all other texts of the document's objects
/// are members of their own, as is each attachment by its name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pdf;

/// What a document begins with, within its first 1,024 bytes (ISO 32000-2, 7.5.2 and annex I).
const HEADER: &[u8] = b"%PDF-";
const HEADER_REACH: usize = 1024;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn begins(&self, head: &[u8]) -> bool {
        header(head).is_some()
    }

    fn reader(&self) -> Box<dyn Reader> {
        Kept::reader(read)
    }
}

/// Returns where the header stands: at the start of a line, with a version behind it, so that a text that
/// mentions it is none.
fn header(head: &[u8]) -> Option<usize> {
    let reach = head.get(..HEADER_REACH).unwrap_or(head);
    memmem::find_iter(reach, HEADER).find(|at| {
        let before = at.checked_sub(1).and_then(|before| head.get(before));
        let version = head.get(at + HEADER.len()..).unwrap_or_default();
        before.is_none_or(|byte| matches!(byte, b'\n' | b'\r' | 0xbf))
            && matches!(version, [b'1' | b'2', b'.', b'0'..=b'9', ..])
    })
}

fn read(bytes: Vec<u8>, members: &mut dyn Members) -> Result<(), Unread> {
    let room = members.room();
    if size::is_bomb(&bytes, room) {
        return Err(Unread(GapReason::Limit));
    }
    let is_whole = memmem::rfind(&bytes, b"%%EOF").is_some();
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::new(shown(bytes))));
    let document = match loaded {
        Ok(Ok(document)) => document,
        Ok(Err(error)) => return Err(Unread(reason(error, is_whole))),
        Err(_) => return Err(Unread(GapReason::Damaged)),
    };
    let mut writer = Writer::new(members);
    let drawn = guarded(|| pages(&document, &mut writer));
    if let Ok(Err(spent)) = drawn {
        return Err(spent);
    }
    guarded(|| objects::read(&document, &mut writer))??;
    drawn??;
    if guarded(|| hides_layers(&document))? {
        return Err(Unread(GapReason::Document));
    }
    if is_whole { Ok(()) } else { Err(Unread(GapReason::Truncated)) }
}

/// Returns whether a document has layers that are switched off, and so not drawn (ISO 32000-2, 8.11.4.3).
fn hides_layers(document: &Document) -> bool {
    let catalog = document.xref().get::<Dict<'_>>(document.xref().root_id());
    let layers = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"));
    let Some(state) = layers.and_then(|layers| layers.get::<Dict<'_>>("D")) else { return false };
    let off = state.get::<Array<'_>>("OFF");
    let is_off = state.get::<Name<'_>>("BaseState").is_some_and(|name| name.as_str() != "ON");
    is_off || off.is_some_and(|off| off.raw_iter().next().is_some())
}

/// Runs what may panic over a hostile document.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, Unread> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Unread(GapReason::Damaged))
}

/// Returns the document with the list of its layers (ISO 32000-2, 8.11.4) under a name that nobody asks for, so that
/// those switched off are read as well.
fn shown(mut bytes: Vec<u8>) -> Vec<u8> {
    const LAYERS: &[u8] = b"/OCProperties";
    let places: Vec<usize> = memmem::find_iter(&bytes, LAYERS).collect();
    for at in places {
        if let Some(letter) = bytes.get_mut(at + 1) {
            *letter = b'X';
        }
    }
    bytes
}

fn reason(error: LoadPdfError, is_whole: bool) -> GapReason {
    match error {
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry) => GapReason::Damaged,
        LoadPdfError::Decryption(_) => GapReason::Encrypted,
        LoadPdfError::Invalid if is_whole => GapReason::Damaged,
        LoadPdfError::Invalid => GapReason::Truncated,
    }
}

/// Bytes of content that the pages of a document may have together, and what they may draw: pages may share
/// their content, and each is drawn for itself.
const MOST_CONTENT: usize = 256 << 20;
const MOST_DRAWN: usize = 2 << 20;

fn pages(document: &Document, writer: &mut Writer<'_>) -> Result<(), Unread> {
    let cache = InterpreterCache::new();
    let (mut content, mut drawn) = (MOST_CONTENT, MOST_DRAWN);
    let room = writer.room();
    for (index, page) in document.pages().iter().enumerate() {
        writer.name(&format!("page {}", index + 1))?;
        writer.open()?;
        let size = size::of_content(page, room.min(content));
        match size {
            Some(size) => {
                content -= size;
                // What a page draws itself is no longer than its content; the rest is by forms.
                drawn = draw(page, &cache, writer, drawn + size)?;
            }
            None => writer.gap(GapReason::Limit),
        }
        writer.close()?;
    }
    Ok(())
}

/// Writes the text of a page and says what of it could not be read. Returns how much may be drawn further.
fn draw<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    writer: &mut Writer<'_>,
    most: usize,
) -> Result<usize, Unread> {
    let (width, height) = page.base_dimensions();
    let area = f64::from(width) * f64::from(height);
    let mut text = PageText::new(writer, area, most);
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let drawn = guarded(|| {
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, bounds, cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut text);
    });
    let left = text.finish(drawn.is_err())?;
    if page.raw().contains_key("Contents") && page.page_stream().is_none() {
        writer.gap(GapReason::Damaged);
    }
    Ok(left)
}
