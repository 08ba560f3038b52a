//! One report for every feed: a payload in chunks, as a slice and in shards.
//!
//! An input is a control byte, a byte that counts the cuts, the lengths of the chunks between them,
//! and then the payload as it is, so that seeds can be written by hand.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis::error::ScanErrorKind;
use portcullis::{Backend, Builder, Confidence, Report, Scanner, policy::Action};

/// Set in the control byte: the payload stands across the seam of two shards, behind filler. Six bits,
/// so that few inputs take the time of a mebibyte.
const ACROSS_SHARDS: u8 = 0b1111_1100;
/// Set in the control byte: chunk lengths count in 64 bytes, so that chunks are scanned in place.
const LONG_CHUNKS: u8 = 0b0000_0001;
/// Set in the control byte: the session is handed on behind each chunk.
const HANDED_ON: u8 = 0b0000_0010;
/// Bytes of a shard.
const SHARD: usize = 1 << 20;
/// Bytes that a session may hold of past chunks, by far.
const CARRIED: usize = 32 * 1024;

/// Keeps everything that a report can hold, so that equality is of everything.
static SCANNER: LazyLock<Scanner> = LazyLock::new(|| built(&builder(Backend::Auto)));
/// Ends where its verdict is final.
static STOPPING: LazyLock<Scanner> =
    LazyLock::new(|| built(builder(Backend::Auto).stop_when_decided(true)));
/// The reference for what the CPU's own instructions do.
static REFERENCE: LazyLock<Scanner> = LazyLock::new(|| built(&builder(Backend::Scalar)));

fuzz_target!(|input: &[u8]| {
    let Some(case) = Case::read(input) else { return };
    let whole = SCANNER.scan(&case.payload).unwrap();
    let beginning = STOPPING.scan(&case.payload).unwrap();
    assert_eq!(streamed(&SCANNER, &case, &whole), whole, "in chunks");
    assert_eq!(streamed(&STOPPING, &case, &beginning), beginning, "in chunks to what decides");
    if case.payload.len() > SHARD {
        assert_eq!(STOPPING.scan_sharded(&case.payload).unwrap(), beginning, "in shards to that");
    }
    match case.payload.len() > SHARD {
        true => assert_eq!(SCANNER.scan_sharded(&case.payload).unwrap(), whole, "in shards"),
        false => assert_eq!(REFERENCE.scan(&case.payload).unwrap(), whole, "on plain Rust"),
    }
});

/// A payload and the lengths of its chunks, taken in turn until it ends.
struct Case {
    payload: Vec<u8>,
    lengths: Vec<usize>,
    handed_on: bool,
}

impl Case {
    fn read(input: &[u8]) -> Option<Case> {
        let (&control, input) = input.split_first()?;
        let (&cuts, input) = input.split_first()?;
        let (lengths, text) = input.split_at_checked(usize::from(cuts % 32))?;
        let unit = if control & LONG_CHUNKS == 0 { 1 } else { 64 };
        let lengths = lengths.iter().map(|length| usize::from(*length) * unit).collect();
        let mut payload = Vec::new();
        if control & ACROSS_SHARDS == ACROSS_SHARDS {
            payload.resize(SHARD.saturating_sub(text.len() / 2), b'\n');
        }
        payload.extend_from_slice(text);
        Some(Case { payload, lengths, handed_on: control & HANDED_ON != 0 })
    }
}

fn streamed(scanner: &Scanner, case: &Case, whole: &Report) -> Report {
    let mut session = scanner.session();
    let mut rest = case.payload.as_slice();
    let mut so_far = Action::Accept;
    // The filler goes in at once; nothing depends on where cuts within it lie.
    let filler = rest.iter().take_while(|byte| **byte == b'\n').count();
    let lengths = std::iter::once(filler).chain(case.lengths.iter().copied());
    for length in lengths {
        let (chunk, tail) = rest.split_at(length.min(rest.len()));
        let action = session.push(chunk).unwrap();
        assert!(so_far <= action, "{action} after {so_far}");
        assert!(session.carried_bytes() <= CARRIED, "{} bytes held", session.carried_bytes());
        (rest, so_far) = (tail, action);
        if case.handed_on {
            match session.export() {
                Ok(state) => session = scanner.import(&state).unwrap(),
                Err(error) => assert_eq!(error.kind(), ScanErrorKind::Unpacking),
            }
        }
    }
    so_far = so_far.max(session.push(rest).unwrap());
    assert!(so_far <= whole.decision().action(), "{so_far}, but the whole is milder");
    session.finish().unwrap()
}

fn builder(backend: Backend) -> Builder {
    let mut builder = Scanner::builder();
    builder.min_confidence(Confidence::Low).positions(true).payload_digest(true).key(b"fuzz");
    builder.backend(backend);
    builder
}

fn built(builder: &Builder) -> Scanner {
    builder.build().unwrap()
}
