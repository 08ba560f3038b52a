//! bzip2.

use bzip2::{Decompress, Status};
use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Reader};

use crate::stream::{Decoder, Follows, State, Step, StreamReader};

/// bzip2 streams, one or more, as `.bz2` files hold them: one member, `content`.
///
/// Read as the bytes arrive, in constant memory: one block of at most 900 kB and its tables, about 4 MiB.
#[derive(Debug)]
pub struct Bzip2;

/// Behind `BZh` and the level: a block (the digits of pi) or the end of an empty stream (those of its root). Source:
/// the bzip2 file format, `BZ_HDR_*` and the block and stream marks of its `compress.c`.
const BLOCK: &[u8] = b"\x31\x41\x59\x26\x53\x59";
const END: &[u8] = b"\x17\x72\x45\x38\x50\x90";

impl Format for Bzip2 {
    fn name(&self) -> &'static str {
        "bzip2"
    }

    fn begins(&self, head: &[u8]) -> bool {
        let marked = head.get(4..10).is_some_and(|mark| mark == BLOCK || mark == END);
        marked && matches!(Bzip2Decoder::follows(head), Follows::Stream)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(StreamReader::<Bzip2Decoder>::new())
    }
}

struct Bzip2Decoder(Decompress);

impl Decoder for Bzip2Decoder {
    fn new(_: usize) -> Bzip2Decoder {
        Bzip2Decoder(Decompress::new(false))
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let state = match self.0.decompress(input, out) {
            Ok(Status::StreamEnd) => State::Ended(Vec::new()),
            Ok(Status::MemNeeded) => State::Failed(GapReason::Limit),
            Ok(_) => State::Going,
            Err(_) => State::Failed(GapReason::Damaged),
        };
        let read = (self.0.total_in() - before.0) as usize;
        let written = (self.0.total_out() - before.1) as usize;
        Step { read, written, state }
    }

    fn last(&mut self, out: &mut [u8]) -> Step {
        self.step(&[], out)
    }

    fn follows(bytes: &[u8]) -> Follows {
        match bytes {
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => Follows::Stream,
            [] | [b'B'] | [b'B', b'Z'] | [b'B', b'Z', b'h'] => Follows::Unclear,
            _ => Follows::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use bzip2::Compression;
    use bzip2::write::BzEncoder;

    use super::*;
    use crate::testing;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = BzEncoder::new(Vec::new(), Compression::new(1));
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn reads_streams_that_follow_one_another() {
        testing::reads_a_stream(&Bzip2, packed);
    }

    #[test]
    fn survives_what_is_broken() {
        testing::survives(&Bzip2, &packed(testing::PLANTED.as_bytes()));
    }

    #[test]
    fn needs_more_than_three_letters() {
        assert!(Bzip2.begins(&packed(b"")));
        assert!(!Bzip2.begins(b"BZh9 is the mark of bzip2"));
        assert!(!Bzip2.begins(b"BZ"));
    }
}
