//! Compound files: Word, Excel, PowerPoint and Outlook files of before 2007, and what others keep in them.
//!
//! Sources: MS-CFB (the file), MS-OXMSG (messages), MS-PPT, MS-OFFCRYPTO.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Members, Reader, Unread};

use crate::kept::Kept;
use crate::text_runs::{self, Width};
use crate::writer::Writer;
use crate::{biff, word};

#[cfg(test)]
mod tests;

/// `doc`, `xls`, `ppt`, `msg` and other compound files.
///
/// The sheets of a workbook are members by their names, the text of a document is `text`; every other stream is one
/// by its path, as it is, and a second time where it holds text in UTF-16.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompoundFile;

/// What a compound file begins with (MS-CFB 2.2).
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Streams of a file that are read; a message with attachments has some hundreds.
const MOST_STREAMS: usize = 1 << 14;

impl Format for CompoundFile {
    fn name(&self) -> &'static str {
        "ole"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(SIGNATURE)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Kept::reader(read)
    }
}

type Compound<'b> = cfb::CompoundFile<Cursor<&'b [u8]>>;

fn read(bytes: Vec<u8>, members: &mut dyn Members) -> Result<(), Unread> {
    let mut writer = Writer::new(members);
    let opened = catch_unwind(|| Compound::open(Cursor::new(&bytes)));
    let Ok(Ok(mut file)) = opened else {
        // Without what begins it, it is not taken for a compound file again.
        writer.name("content")?;
        stream(bytes.get(SIGNATURE.len()..).unwrap_or_default(), "content", &mut writer)?;
        return Err(Unread(GapReason::Damaged));
    };
    let done = catch_unwind(AssertUnwindSafe(|| streams(&mut file, bytes.len(), &mut writer)));
    done.unwrap_or(Err(Unread(GapReason::Damaged)))
}

/// Hands on every stream.
fn streams(file: &mut Compound<'_>, size: usize, writer: &mut Writer<'_>) -> Result<(), Unread> {
    let streams = file.walk().filter(cfb::Entry::is_stream).take(MOST_STREAMS + 1);
    let streams: Vec<PathBuf> = streams.map(|entry| entry.path().to_path_buf()).collect();
    // Streams may not share sectors, so all of them together are no longer than the file.
    let mut left = size.saturating_mul(2);
    for path in streams.iter().take(MOST_STREAMS) {
        let name = shown(path);
        match content(file, path, left) {
            Ok(bytes) => {
                left -= bytes.len();
                one(file, &bytes, &name, writer)?;
            }
            Err(reason) => writer.gap_of(&name, reason),
        }
    }
    let is_encrypted = streams.iter().any(|path| path.ends_with("EncryptedPackage"));
    match (is_encrypted, streams.len() > MOST_STREAMS) {
        (true, _) => Err(Unread(GapReason::Encrypted)),
        (_, true) => Err(Unread(GapReason::Limit)),
        _ => Ok(()),
    }
}

/// A path as a place: without what cannot be shown, such as the mark before `SummaryInformation`.
fn shown(path: &std::path::Path) -> String {
    let path = path.to_string_lossy();
    path.trim_start_matches('/').chars().filter(|c| !c.is_control()).collect()
}

fn content(
    file: &mut Compound<'_>,
    path: &std::path::Path,
    most: usize,
) -> Result<Vec<u8>, GapReason> {
    let stream = file.open_stream(path).map_err(|_| GapReason::Damaged)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    if stream.len() > limit {
        return Err(GapReason::Damaged);
    }
    stream.take(limit).read_to_end(&mut bytes).map_err(|_| GapReason::Damaged)?;
    Ok(bytes)
}

/// Hands on one stream by what its name says it holds.
fn one(
    file: &mut Compound<'_>,
    bytes: &[u8],
    path: &str,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "Workbook" | "Book" => return biff::read(bytes, path, writer),
        "WordDocument" => document(file, bytes, path, writer)?,
        "Current User" if bytes.get(12..16) == Some(&ENCRYPTED_SLIDES) => {
            writer.gap_of(path, GapReason::Encrypted);
        }
        _ if name.starts_with(PROPERTY) && name.ends_with(UNICODE) => {
            return property(bytes, path, writer);
        }
        _ => {}
    }
    stream(bytes, path, writer)
}

/// Hands on a property that is text in UTF-16 (MS-OXCDATA 2.11.1).
fn property(bytes: &[u8], path: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
    writer.name(path)?;
    writer.open()?;
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        writer.text(character.encode_utf8(&mut [0; 4]))?;
    }
    writer.close()
}

/// Marks a presentation whose slides are encrypted (MS-PPT 2.3.2).
const ENCRYPTED_SLIDES: [u8; 4] = [0xdf, 0xc4, 0xd1, 0xf3];

/// The names of a message's properties, and how those of UTF-16 end (MS-OXMSG 2.1.3).
const PROPERTY: &str = "__substg1.0_";
const UNICODE: &str = "001F";

/// Hands on the text of a document in its order.
fn document(
    file: &mut Compound<'_>,
    bytes: &[u8],
    path: &str,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    let pieces = word::table(bytes).and_then(|table| {
        let folder = path.strip_suffix("WordDocument").unwrap_or_default();
        let table = content(file, &PathBuf::from(format!("/{folder}{table}")), usize::MAX)?;
        word::pieces(bytes, &table).ok_or(GapReason::Damaged)
    });
    match pieces {
        Ok(pieces) => {
            writer.name("text")?;
            writer.open()?;
            pieces.iter().try_for_each(|piece| writer.text(piece))?;
            writer.close()
        }
        Err(reason) => {
            writer.gap_of(path, reason);
            Ok(())
        }
    }
}

/// Hands on a stream as it is, then what of it is text in UTF-16.
fn stream(bytes: &[u8], path: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
    writer.name(path)?;
    writer.open()?;
    writer.bytes(bytes)?;
    writer.name(&format!("{path} (UTF-16)"))?;
    text_runs::each(bytes, Width::Units, |text| writer.text(text))?;
    writer.close()
}
