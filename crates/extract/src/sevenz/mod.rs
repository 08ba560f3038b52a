//! 7z archives.

use std::io::{Cursor, ErrorKind, Read};

use crc32fast::Hasher;
use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Format, Members, Reader, Unread};
use sevenz_rust2::{Archive, ArchiveEntry, Block, BlockDecoder, Error, Password};

mod header;
#[cfg(test)]
mod tests;

use crate::content::PIECE;

/// Archives of 7-Zip: a member for each file and folder, named by its path.
///
/// The list of files stands at the end, so the archive is kept, up to [`Members::room`]. A decoder that asks for more
/// memory than that, a packed list that unpacks to more, and methods that are not known (Zstandard, Brotli, LZ4 of
/// other programs) are gaps; so is what is encrypted, by the names of the files or, where the list is encrypted too,
/// as a whole.
#[derive(Debug)]
pub struct SevenZip;

/// 7zFormat.txt, "SignatureHeader".
const MARK: &[u8] = b"7z\xbc\xaf\x27\x1c";

impl Format for SevenZip {
    fn name(&self) -> &'static str {
        "7z"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(MARK)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(SevenZipReader { held: Vec::new(), end: header::START, is_started: false })
    }
}

struct SevenZipReader {
    held: Vec<u8>,
    /// Where the archive ends, as far as that is known.
    end: usize,
    is_started: bool,
}

impl Reader for SevenZipReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut input = bytes;
        loop {
            let missing = self.end.saturating_sub(self.held.len());
            let (taken, rest) = input.split_at(missing.min(input.len()));
            if self.held.len() + taken.len() > members.room() {
                return Err(Unread(GapReason::Limit));
            }
            self.held.extend_from_slice(taken);
            input = rest;
            if self.held.len() < self.end {
                return Ok(Flow::More);
            }
            if self.is_started {
                self.read(members)?;
                return Ok(Flow::Ended(input.len()));
            }
            self.end = header::span(&self.held).map_err(Unread)?.end;
            self.is_started = true;
        }
    }

    fn finish(&mut self, _: &mut dyn Members) -> Result<(), Unread> {
        Err(Unread(GapReason::Truncated))
    }
}

impl SevenZipReader {
    /// Reads the archive that has come.
    fn read(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        let room = members.room();
        let span = header::span(&self.held).map_err(Unread)?;
        let header = self.held.get(span.start..span.end).unwrap_or_default();
        header::check(header, room).map_err(Unread)?;
        let mut source = Cursor::new(std::mem::take(&mut self.held));
        let password = Password::empty();
        let mut archive =
            Archive::read(&mut source, &password).map_err(|error| Unread(reason(&error)))?;
        // The parser would keep a file's last bytes to itself where their checksum is wrong.
        let listed = archive.files.clone();
        archive.files.iter_mut().for_each(|file| file.has_crc = false);
        for (index, block) in archive.blocks.iter().enumerate() {
            let decoder = BlockDecoder::new(1, index, &archive, &password, &mut source);
            let first = archive.stream_map.block_first_file_index.get(index).copied();
            let files = listed.iter().skip(first.unwrap_or(0)).take(decoder.entry_count());
            read_block(files.filter(|file| has_bytes(file)), check(block, room), decoder, members)?;
        }
        for entry in archive.files.iter().filter(|entry| !has_bytes(entry)) {
            members.open(name(entry))?;
            members.close()?;
        }
        Ok(())
    }
}

fn has_bytes(entry: &ArchiveEntry) -> bool {
    entry.has_stream && entry.size > 0
}

/// A file may be without a name; a member may not.
fn name(entry: &ArchiveEntry) -> &str {
    if entry.name.is_empty() { "file" } else { &entry.name }
}

/// Reads the files that are packed together, unless their decoders may not start. Behind one that does not decode
/// nothing is read on: the decoder would go on making bytes up, as many as the list claims.
fn read_block<'a>(
    mut files: impl Iterator<Item = &'a ArchiveEntry>,
    may_start: Result<(), GapReason>,
    decoder: BlockDecoder<'_, Cursor<Vec<u8>>>,
    members: &mut dyn Members,
) -> Result<(), Unread> {
    let mut stop = may_start.map_err(Stop::Undecoded);
    if stop.is_ok() {
        let ended = decoder.for_each_entries(&mut |entry, bytes| {
            let file = if has_bytes(entry) { files.next() } else { None };
            stop = file.map_or(Ok(()), |file| read_file(file, bytes, members));
            Ok(stop.is_ok())
        });
        stop = stop.and(ended.map(drop).map_err(|error| Stop::Undecoded(reason(&error))));
    }
    let reason = match stop {
        Ok(()) => GapReason::Damaged,
        Err(Stop::Undecoded(reason)) => reason,
        Err(Stop::Budget(unread)) => return Err(unread),
    };
    files.for_each(|file| members.gap(name(file), reason));
    Ok(())
}

/// Whether the decoders of a block may be started.
fn check(block: &Block, room: usize) -> Result<(), GapReason> {
    let unpacked = block.get_unpack_size();
    block.coders.iter().try_for_each(|coder| {
        let bytes = header::memory(coder.encoder_method_id(), coder.properties(), unpacked)?;
        header::fits(bytes, room)
    })
}

/// Why no more files of a block are read.
enum Stop {
    Budget(Unread),
    Undecoded(GapReason),
}

/// Hands on a file. Where it cannot be read to its end, or is not what the list says, there is a gap.
fn read_file(
    file: &ArchiveEntry,
    bytes: &mut dyn Read,
    members: &mut dyn Members,
) -> Result<(), Stop> {
    members.open(name(file)).map_err(Stop::Budget)?;
    let mut copied = Copied::default();
    let mut failed = copied.copy(bytes, members).map_err(Stop::Budget)?;
    members.close().map_err(Stop::Budget)?;
    if failed.is_none() && copied.length < file.size {
        failed = Some(GapReason::Truncated);
    }
    let is_other = file.has_crc && file.crc != u64::from(copied.checksum.finalize());
    if let Some(reason) = failed.or(is_other.then_some(GapReason::Damaged)) {
        members.gap(name(file), reason);
    }
    failed.map_or(Ok(()), |reason| Err(Stop::Undecoded(reason)))
}

/// What of a file was handed on.
#[derive(Default)]
struct Copied {
    length: u64,
    checksum: Hasher,
}

impl Copied {
    /// Hands bytes on to their end, or returns why they end early.
    fn copy(
        &mut self,
        bytes: &mut dyn Read,
        members: &mut dyn Members,
    ) -> Result<Option<GapReason>, Unread> {
        let mut piece = vec![0; PIECE];
        loop {
            match bytes.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(read) => {
                    let read = piece.get(..read).unwrap_or_default();
                    self.checksum.update(read);
                    self.length += read.len() as u64;
                    members.write(read)?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Ok(Some(io_reason(&error))),
            }
        }
    }
}

fn io_reason(error: &std::io::Error) -> GapReason {
    match error.kind() {
        ErrorKind::UnexpectedEof => GapReason::Truncated,
        ErrorKind::OutOfMemory => GapReason::Limit,
        _ => GapReason::Damaged,
    }
}

fn reason(error: &Error) -> GapReason {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => GapReason::Encrypted,
        Error::UnsupportedCompressionMethod(_)
        | Error::Unsupported(_)
        | Error::UnsupportedVersion { .. }
        | Error::ExternalUnsupported => GapReason::Archive,
        Error::MaxMemLimited { .. } => GapReason::Limit,
        Error::Io(error, _) => io_reason(error),
        _ => GapReason::Damaged,
    }
}
