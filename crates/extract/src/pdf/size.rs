//! How much the streams of a document hold, found out before anything keeps it.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::{Array, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use memchr::memmem;

/// The most that a byte of a filter's input can stand for: deflate (RFC 1951; 258 bytes in two bits), LZW (a string
/// of 4,096 bytes in twelve bits), run lengths (128 bytes in two).
const DEFLATE: usize = 1032;
const LZW: usize = 2731;
const RUN_LENGTH: usize = 64;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 1024;

/// How many times a document's room is unpacked to know that it is no bomb.
const MOST_UNPACKED: usize = 8;

/// Returns whether a compressed stream of a document that is no image holds more than there is room for, or all
/// of them together much more. Streams of encrypted documents are not looked into.
pub(crate) fn is_bomb(bytes: &[u8], room: usize) -> bool {
    let mut left = room.saturating_mul(MOST_UNPACKED);
    for at in memmem::find_iter(bytes, b"stream") {
        let behind = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = behind.strip_prefix(b"\r").unwrap_or(behind);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let before = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        if !is_zlib(data)
            || is_image(before)
            || bytes.get(..at).is_some_and(|b| b.ends_with(b"end"))
        {
            continue;
        }
        let Some(size) = unpacked(data, room.min(left)) else { return true };
        left -= size;
    }
    false
}

/// Returns whether the dictionary that ends here is that of an image.
fn is_image(before: &[u8]) -> bool {
    let start = memmem::rfind(before, b"obj").unwrap_or(0);
    let dictionary = before.get(start..).unwrap_or_default();
    memmem::find(dictionary, b"/Image").is_some()
}

/// Returns whether data begins as a zlib stream (RFC 1950, 2.2).
fn is_zlib(data: &[u8]) -> bool {
    let Some([method, flags]) = data.first_chunk::<2>() else { return false };
    method & 0x0f == 8 && (u16::from(*method) * 256 + u16::from(*flags)).is_multiple_of(31)
}

/// Returns how much a zlib stream holds, and what it holds is a zlib stream, that; nothing if it is more than
/// `most`.
fn unpacked(data: &[u8], most: usize) -> Option<usize> {
    let mut outer = ZlibDecoder::new(data);
    let mut head = [0; 2];
    let got = outer.read(&mut head).unwrap_or(0);
    if got == head.len() && is_zlib(&head) {
        let outer = io::BufReader::new(io::Cursor::new(head).chain(outer));
        return counted(ZlibDecoder::new(outer), most);
    }
    counted(outer, most.checked_sub(got)?).map(|size| size + got)
}

fn counted(source: impl Read, most: usize) -> Option<usize> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut source = source.take(limit);
    // Damaged data ends where it cannot be unpacked.
    let _ = io::copy(&mut source, &mut io::sink());
    let size = usize::try_from(limit - source.limit()).ok()?;
    (size <= most).then_some(size)
}

/// Returns how much the content of a page holds; nothing if it is more than `most`.
pub(crate) fn of_content(page: &Page<'_>, most: usize) -> Option<usize> {
    let contents = page.raw();
    if let Some(stream) = contents.get::<Stream<'_>>("Contents") {
        return of_stream(&stream, most);
    }
    let streams = contents.get::<Array<'_>>("Contents");
    let mut total = 0;
    for stream in streams.iter().flat_map(|streams| streams.iter::<Stream<'_>>()) {
        total += of_stream(&stream, most - total)?;
        // A blank stands behind each.
        total = total.checked_add(1).filter(|total| *total <= most)?;
    }
    Some(total)
}

/// Returns how much a stream holds, or a bound of it; nothing if that is more than `most`.
pub(crate) fn of_stream(stream: &Stream<'_>, most: usize) -> Option<usize> {
    let data = stream.raw_data();
    let filters = stream.filters();
    match filters.as_slice() {
        [Filter::FlateDecode] => unpacked(&data, most),
        [Filter::Ascii85Decode, Filter::FlateDecode] => unpacked(&ascii85(&data), most),
        filters => {
            let times = filters.iter().fold(1, |times: usize, filter| {
                times.saturating_mul(match filter {
                    Filter::FlateDecode => DEFLATE,
                    Filter::LzwDecode => LZW,
                    Filter::RunLengthDecode => RUN_LENGTH,
                    _ => 1,
                })
            });
            data.len().checked_mul(times).filter(|size| *size <= most)
        }
    }
}

/// Decodes base-85 (ISO 32000-2, 7.4.3), which is what some producers write around everything.
fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let (mut group, mut count) = (0u32, 0);
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if count == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
            }
            _ => {}
        }
        if count == 5 {
            bytes.extend(group.to_be_bytes());
            (group, count) = (0, 0);
        }
    }
    for _ in count..5 {
        group = group.wrapping_mul(85).wrapping_add(84);
    }
    let last = group.to_be_bytes();
    let kept = usize::saturating_sub(count, 1);
    bytes.extend(last.iter().take(kept));
    bytes
}
