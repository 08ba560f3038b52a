//! xz, and the LZMA streams that came before it.

use std::io::{Error, ErrorKind};

use lzma_rust2::{Action, LzmaStream, Status, StreamResult, XzStream};
use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Reader};

use crate::stream::{Decoder, Follows, State, Step, StreamReader};

/// xz streams, one or more with padding between them, as `.xz` files hold them: one member, `content`.
///
/// Read as the bytes arrive. Memory: the dictionary that the stream names (64 MiB at most as `xz -9` writes them) and
/// a few bytes for each block, to check the index. The dictionary grows with the content; where it would be beyond
/// [`Members::room`] the rest is a gap, as is what is behind more than one filter before LZMA2.
///
/// [`Members::room`]: portcullis::extract::Members::room
#[derive(Debug)]
pub struct Xz;

/// A stream of the older `.lzma` form ("LZMA alone"): one member, `content`.
///
/// Read as the bytes arrive; memory as for [`Xz`]. The form has no mark. It is told by a header that encoders write:
/// the default properties, a dictionary of 2^n or 2^n + 2^(n-1) bytes, no size or one below 256 GiB, and the zero
/// that the range coder begins with.
#[derive(Debug)]
pub struct Lzma;

/// The .xz File Format 1.2.1, section 2.1.1.1.
const XZ_MARK: &[u8] = b"\xfd7zXZ\0";

/// Properties byte for lc=3, lp=0, pb=2: what every encoder of the form writes by default.
const LZMA_DEFAULT: u8 = 0x5d;
/// Bytes of the header: properties, dictionary size, size; and the first of the range coder.
const LZMA_HEAD: usize = 14;
/// What `xz` takes for a likely size (`lzma_alone_decoder`, its "picky" mode).
const LZMA_LIKELY: u64 = 1 << 38;

impl Format for Xz {
    fn name(&self) -> &'static str {
        "xz"
    }

    fn begins(&self, head: &[u8]) -> bool {
        head.starts_with(XZ_MARK)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(StreamReader::<XzDecoder>::new())
    }
}

impl Format for Lzma {
    fn name(&self) -> &'static str {
        "lzma"
    }

    fn begins(&self, head: &[u8]) -> bool {
        matches!(LzmaDecoder::follows(head), Follows::Stream)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(StreamReader::<LzmaDecoder>::new())
    }
}

/// Whether a decoder keeps more than there is room for. What it says that it needs, in KiB, is what the stream claims;
/// its dictionary grows with what it makes.
fn is_beyond(needs: Option<u32>, made: u64, room: usize) -> bool {
    needs.map_or(0, |needs| u64::from(needs) * 1024).min(made) > room as u64
}

/// Returns why a stream is not read on.
fn reason(error: &Error) -> GapReason {
    match error.kind() {
        ErrorKind::OutOfMemory => GapReason::Limit,
        ErrorKind::UnexpectedEof => GapReason::Truncated,
        ErrorKind::Unsupported => GapReason::Archive,
        _ => GapReason::Damaged,
    }
}

struct XzDecoder {
    stream: XzStream,
    room: usize,
}

impl XzDecoder {
    fn process(&mut self, input: &[u8], out: &mut [u8], action: Action) -> Step {
        let before = self.stream.total_out();
        let result = self.stream.process(input, out, action);
        let made = self.stream.total_out();
        let is_beyond = is_beyond(self.stream.memory_usage(), made, self.room);
        processed(result, made - before, is_beyond, &[])
    }
}

impl Decoder for XzDecoder {
    fn new(room: usize) -> XzDecoder {
        XzDecoder { stream: XzStream::new(false), room }
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Step {
        self.process(input, out, Action::Run)
    }

    fn last(&mut self, out: &mut [u8]) -> Step {
        self.process(&[], out, Action::Finish)
    }

    fn follows(bytes: &[u8]) -> Follows {
        match bytes {
            [0, ..] => Follows::Padding,
            _ if bytes.starts_with(XZ_MARK) => Follows::Stream,
            _ if XZ_MARK.starts_with(bytes) => Follows::Unclear,
            _ => Follows::Other,
        }
    }
}

struct LzmaDecoder {
    stream: LzmaStream,
    room: usize,
}

impl LzmaDecoder {
    fn process(&mut self, input: &[u8], out: &mut [u8], action: Action) -> Step {
        let before = self.stream.total_out();
        let result = self.stream.process(input, out, action);
        let made = self.stream.total_out();
        let is_beyond = is_beyond(self.stream.memory_usage(), made, self.room);
        processed(result, made - before, is_beyond, self.stream.unused_input())
    }
}

impl Decoder for LzmaDecoder {
    fn new(room: usize) -> LzmaDecoder {
        LzmaDecoder { stream: LzmaStream::new_mem_limit(u32::MAX, None), room }
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Step {
        self.process(input, out, Action::Run)
    }

    fn last(&mut self, out: &mut [u8]) -> Step {
        self.process(&[], out, Action::Finish)
    }

    fn follows(bytes: &[u8]) -> Follows {
        let (head, coder) = match bytes {
            [LZMA_DEFAULT, head @ ..] => (head.first_chunk::<12>(), bytes.get(LZMA_HEAD - 1)),
            [] => return Follows::Unclear,
            _ => return Follows::Other,
        };
        match (head, coder) {
            (Some(head), Some(0)) if is_likely(*head) => Follows::Stream,
            (Some(_), Some(_)) => Follows::Other,
            _ => Follows::Unclear,
        }
    }
}

/// Whether the sizes of a header are what encoders write.
fn is_likely(sizes: [u8; 12]) -> bool {
    let [a, b, c, d, size @ ..] = sizes;
    let (dictionary, size) = (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(size));
    let top = dictionary.checked_ilog2().map_or(0, |bits| 1 << bits);
    let is_round = dictionary >= 4096 && (dictionary == top || dictionary == top | top >> 1);
    is_round && (size == u64::MAX || size < LZMA_LIKELY)
}

/// Returns what a decoder's step came to that made so many bytes; `surplus` is what it had taken that is not of the
/// stream, if that has ended.
fn processed(
    result: Result<StreamResult, Error>,
    made: u64,
    is_beyond: bool,
    surplus: &[u8],
) -> Step {
    let result = match result {
        Ok(result) => result,
        Err(error) => {
            return Step { read: 0, written: made as usize, state: State::Failed(reason(&error)) };
        }
    };
    let state = match result.status {
        _ if is_beyond => State::Failed(GapReason::Limit),
        Status::Ok => State::Going,
        Status::StreamEnd => State::Ended(surplus.to_vec()),
    };
    Step { read: result.bytes_consumed, written: result.bytes_produced, state }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lzma_rust2::{LzmaOptions, LzmaWriter, XzOptions, XzWriter};

    use super::*;
    use crate::testing;

    fn xz(text: &[u8]) -> Vec<u8> {
        let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).unwrap();
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    }

    fn lzma(text: &[u8], size: Option<u64>) -> Vec<u8> {
        let options = LzmaOptions::with_preset(1);
        let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, size).unwrap();
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn reads_streams_that_follow_one_another() {
        testing::reads_a_stream(&Xz, xz);
        let padded = [xz(b"4111 1111 "), vec![0; 8], xz(b"1111 1111")].concat();
        let read = testing::read(&Xz, &padded, 7);
        assert_eq!(read.text("content"), "4111 1111 1111 1111");
    }

    #[test]
    fn reads_lzma_of_a_known_and_an_unknown_size() {
        let text = testing::PLANTED.as_bytes();
        for packed in [lzma(text, None), lzma(text, Some(text.len() as u64))] {
            assert!(Lzma.begins(&packed));
            let read = testing::read_in_chunks(&Lzma, &packed);
            assert_eq!(read.text("content"), testing::PLANTED);
            assert_eq!(read.end, Ok(0));
        }
    }

    #[test]
    fn returns_what_stands_behind_lzma() {
        let packed = lzma(b"4111 1111 1111 1111", None);
        let behind = [packed, b"GB29NWBK60161331926819".repeat(9)].concat();
        let read = testing::read_in_chunks(&Lzma, &behind);
        assert_eq!(read.text("content"), "4111 1111 1111 1111");
        assert_eq!(read.text("behind the end"), "GB29NWBK60161331926819".repeat(9));
    }

    #[test]
    fn survives_what_is_broken() {
        let text = testing::PLANTED.as_bytes();
        testing::survives(&Xz, &xz(text));
        testing::survives(&Lzma, &lzma(text, None));
    }

    #[test]
    fn a_dictionary_beyond_the_room_is_a_limit() {
        const ROOM: usize = 64 * 1024;
        let long = testing::PLANTED.repeat(2000);
        for (format, packed) in
            [(&Xz as &dyn Format, xz(long.as_bytes())), (&Lzma, lzma(long.as_bytes(), None))]
        {
            let read = testing::read_with_room(format, &packed, ROOM);
            assert_eq!(read.end, Err(portcullis::extract::Unread(GapReason::Limit)));
            assert!(read.members[0].1.len() > ROOM, "what came before is read");
        }
        let read = testing::read_with_room(&Xz, &xz(b"text"), ROOM);
        assert_eq!((read.text("content").as_str(), read.end), ("text", Ok(0)));
    }

    #[test]
    fn text_is_not_lzma() {
        assert!(!Lzma.begins(b"]]]]]]]]]]]]]]]]"));
        assert!(!Lzma.begins(&[0x5d, 0, 0, 0x80, 0]));
    }
}
