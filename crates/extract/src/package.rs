//! Zip packages that documents are kept in: every member that the central directory lists, and those that only a
//! local header names.
//!
//! Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3 (headers) and 4.4 (fields).

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use memchr::memmem;
use portcullis::coverage::GapReason;
use zip::read::ZipFileEntry;
use zip::{CompressionMethod, ZipArchive};

/// Members of a package that are looked at; a document has hundreds.
const MOST_PARTS: usize = 1 << 16;

/// What a local header begins with, and its length without name and extra field (APPNOTE 4.3.7).
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;

/// What ends data whose length no header says: a data descriptor, the central directory (APPNOTE 4.3.9, 4.3.12).
const BEHIND_DATA: [&[u8]; 3] = [b"PK\x07\x08", b"PK\x01\x02", LOCAL];

/// One member of a package.
pub(crate) struct Part<'b> {
    /// The name as it is written.
    pub(crate) name: String,
    /// What it is looked up by: with `/`, without a leading one, in lower case (ECMA-376-2, 6.2.2).
    pub(crate) key: String,
    packed: &'b [u8],
    method: Method,
    /// The checksum of what is packed, where it is known.
    crc: Option<u32>,
}

/// How a member is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
    Encrypted,
    Other,
}

/// A package's members, and what speaks against it.
pub(crate) struct Package<'b> {
    /// The members as the central directory has them, then those that it lacks.
    pub(crate) parts: Vec<Part<'b>>,
    /// Why the package is not to be trusted to be all there.
    pub(crate) fault: Option<GapReason>,
}

impl<'b> Package<'b> {
    /// Finds the members of a package.
    pub(crate) fn of(bytes: &'b [u8]) -> Package<'b> {
        let mut package = Package { parts: Vec::new(), fault: None };
        let mut covered = Vec::new();
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(mut archive) => package.list(bytes, &mut archive, &mut covered),
            Err(_) => package.fault = Some(without_directory(bytes)),
        }
        covered.sort_unstable();
        let mut from = 0;
        for (start, end) in covered {
            package.unlisted(bytes, from, start);
            from = from.max(end);
        }
        package.unlisted(bytes, from, bytes.len());
        if package.parts.len() > MOST_PARTS {
            package.parts.truncate(MOST_PARTS);
            package.fault = Some(GapReason::Limit);
        }
        package
    }

    /// Takes the members that the central directory lists and notes where they lie.
    fn list(
        &mut self,
        bytes: &'b [u8],
        archive: &mut ZipArchive<Cursor<&'b [u8]>>,
        covered: &mut Vec<(usize, usize)>,
    ) {
        if archive.validate_header_consistency().is_err() {
            self.fault = Some(GapReason::Damaged);
        }
        for index in 0..archive.len() {
            match archive.by_index_data(index).ok().and_then(|entry| listed(bytes, &entry)) {
                Some((place, part)) => {
                    covered.push(place);
                    self.parts.push(part);
                }
                None => self.fault = Some(GapReason::Damaged),
            }
        }
        let directory = usize::try_from(archive.central_directory_start()).unwrap_or(bytes.len());
        covered.push((directory, bytes.len()));
    }

    /// Takes members that only a local header in a range names.
    fn unlisted(&mut self, bytes: &'b [u8], from: usize, to: usize) {
        let finder = memmem::Finder::new(LOCAL);
        let mut at = from;
        while let Some(range) = bytes.get(at..to) {
            let Some(found) = finder.find(range) else { return };
            at += found + LOCAL.len();
            let Some(header) = Local::at(bytes, at - LOCAL.len()) else { continue };
            if header.data > to || self.parts.len() > MOST_PARTS {
                return;
            }
            let packed = header.packed(bytes.get(header.data..to).unwrap_or_default());
            self.fault = self.fault.or(Some(GapReason::Damaged));
            self.parts.push(Part::new(header.name, packed, header.method, None));
            at = header.data + packed.len();
        }
    }

    /// Returns the first member of a name, which is in lower case.
    pub(crate) fn part(&self, key: &str) -> Option<&Part<'b>> {
        self.parts.iter().find(|part| part.key == key)
    }
}

/// Returns a member that the central directory lists, and where its header begins and its data ends.
fn listed<'b>(bytes: &'b [u8], entry: &ZipFileEntry<'_>) -> Option<((usize, usize), Part<'b>)> {
    let start = usize::try_from(entry.header_start()).ok()?;
    let header = Local::at(bytes, start)?;
    let length = usize::try_from(entry.compressed_size()).ok()?;
    let end = header.data.checked_add(length)?;
    let packed = bytes.get(header.data..end)?;
    let method = Method::of(entry.encrypted(), entry.compression());
    let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
    Some(((start, end), Part::new(name, packed, method, Some(entry.crc32()))))
}

/// Why a package has no central directory: it breaks off, or holds something else there.
fn without_directory(bytes: &[u8]) -> GapReason {
    let has_end = memmem::find(bytes, b"PK\x05\x06").is_some();
    if has_end { GapReason::Damaged } else { GapReason::Truncated }
}

impl Method {
    fn of(is_encrypted: bool, method: CompressionMethod) -> Method {
        match method {
            _ if is_encrypted => Method::Encrypted,
            CompressionMethod::Stored => Method::Stored,
            CompressionMethod::Deflated => Method::Deflated,
            _ => Method::Other,
        }
    }

    /// By the numbers of a local header (APPNOTE 4.4.4, bit 0; 4.4.5).
    fn of_header(flags: u16, method: u16) -> Method {
        match method {
            _ if flags & 1 != 0 => Method::Encrypted,
            0 => Method::Stored,
            8 => Method::Deflated,
            _ => Method::Other,
        }
    }
}

/// What a local header says.
struct Local {
    name: String,
    method: Method,
    /// Where the data begins.
    data: usize,
    /// How long it is, if the header says.
    length: usize,
}

impl Local {
    fn at(bytes: &[u8], start: usize) -> Option<Local> {
        let header = bytes.get(start..)?.get(..LOCAL_LENGTH)?;
        let number = |at: usize| Some(u16::from_le_bytes(*header.get(at..)?.first_chunk()?));
        let name_length = usize::from(number(26)?);
        let data = start + LOCAL_LENGTH + name_length + usize::from(number(28)?);
        let name = bytes.get(start + LOCAL_LENGTH..)?.get(..name_length)?;
        let length = u32::from_le_bytes(*header.get(18..)?.first_chunk()?);
        (header.starts_with(LOCAL) && data <= bytes.len()).then_some(Local {
            name: String::from_utf8_lossy(name).into_owned(),
            method: Method::of_header(number(6)?, number(8)?),
            data,
            length: usize::try_from(length).ok()?,
        })
    }

    /// The packed bytes at the start of what lies behind the header.
    fn packed<'b>(&self, behind: &'b [u8]) -> &'b [u8] {
        if let Some(packed) = behind.get(..self.length).filter(|packed| !packed.is_empty()) {
            return packed;
        }
        let ends = BEHIND_DATA.iter().filter_map(|mark| memmem::find(behind, mark));
        behind.get(..ends.min().unwrap_or(behind.len())).unwrap_or_default()
    }
}

impl<'b> Part<'b> {
    fn new(name: String, packed: &'b [u8], method: Method, crc: Option<u32>) -> Part<'b> {
        let key = name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase();
        Part { name, key, packed, method, crc }
    }

    /// Returns whether the member is a folder.
    pub(crate) fn is_folder(&self) -> bool {
        self.packed.is_empty() && self.key.ends_with('/')
    }

    /// Returns whether a part of a workbook is kept in records instead of XML.
    pub(crate) fn is_binary(&self) -> bool {
        self.key.starts_with("xl/")
            && self.key.ends_with(".bin")
            && !self.key.ends_with("vbaproject.bin")
    }

    /// Returns all of the member's content.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, or that it is longer than `most`.
    pub(crate) fn kept(&self, most: usize) -> Result<Vec<u8>, GapReason> {
        let mut content = self.open()?;
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let read = (&mut content).take(limit).read_to_end(&mut bytes);
        let is_more = content.fill_buf().is_ok_and(|rest| !rest.is_empty());
        match (content.fault(), is_more, read) {
            (Some(fault), ..) => Err(fault),
            (None, true, _) => Err(GapReason::Limit),
            (None, false, Err(_)) => Err(GapReason::Damaged),
            (None, false, Ok(_)) => Ok(bytes),
        }
    }

    /// Returns the member's content.
    ///
    /// # Errors
    ///
    /// Why nothing of it can be read.
    pub(crate) fn open(&self) -> Result<Content<'b>, GapReason> {
        let source: Box<dyn Read + 'b> = match self.method {
            Method::Stored => Box::new(self.packed),
            Method::Deflated => Box::new(DeflateDecoder::new(self.packed)),
            Method::Encrypted => return Err(GapReason::Encrypted),
            Method::Other => return Err(GapReason::Archive),
        };
        let checked = Checked { source, crc: Crc::new(), expected: self.crc, fault: None };
        Ok(Content { source: BufReader::with_capacity(16 << 10, checked) })
    }
}

/// The content of a member. Where it is damaged it ends, and says so when asked.
pub(crate) struct Content<'b> {
    source: BufReader<Checked<'b>>,
}

impl Content<'_> {
    /// Returns what was wrong with the content, once it has been read.
    pub(crate) fn fault(&self) -> Option<GapReason> {
        self.source.get_ref().fault
    }
}

impl Read for Content<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.source.read(out)
    }
}

impl BufRead for Content<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.source.consume(amount);
    }
}

/// Unpacked bytes with their checksum.
struct Checked<'b> {
    source: Box<dyn Read + 'b>,
    crc: Crc,
    expected: Option<u32>,
    fault: Option<GapReason>,
}

impl Read for Checked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.fault.is_some() || out.is_empty() {
            return Ok(0);
        }
        let read = match self.source.read(out) {
            Ok(read) => read,
            Err(error) => {
                let breaks_off = error.kind() == io::ErrorKind::UnexpectedEof;
                let (cut, wrong) = (GapReason::Truncated, GapReason::Damaged);
                self.fault = Some(if breaks_off { cut } else { wrong });
                return Ok(0);
            }
        };
        self.crc.update(out.get(..read).unwrap_or_default());
        if read == 0 && self.expected.is_some_and(|expected| expected != self.crc.sum()) {
            self.fault = Some(GapReason::Damaged);
        }
        Ok(read)
    }
}
