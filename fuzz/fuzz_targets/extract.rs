//! Nothing that a container holds is called clean: what another reader finds in it, the scan finds too, or says that it
//! has not read all.
//!
//! An input is a byte for the kind of container, one for the number of changes, those (place in two bytes, and what is
//! changed there), one for the length of a chunk, and then the text that the container holds behind the card.

#![no_main]

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::{GzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};
use libfuzzer_sys::fuzz_target;
use portcullis::{Report, Scanner, Verdict};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A published test number (Visa).
const CARD: &[u8] = b"card number 4111 1111 1111 1111\n";
/// Bytes that another reader unpacks at the most.
const UNPACKED: u64 = 1 << 20;

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::builder().build().unwrap());

fuzz_target!(|input: &[u8]| {
    let Some(case) = Case::read(input) else { return };
    let report = SCANNER.scan(&case.payload).unwrap();
    assert_eq!(case.streamed(), report, "in chunks");
    let is_clean = matches!(report.verdict(), Verdict::Accept(_));
    let hides = is_clean && report.findings().is_empty();
    assert!(!hides || !holds_card(case.kind, &case.payload), "another reader finds the card");
});

#[derive(Clone, Copy)]
enum Kind {
    Gzip,
    Zlib,
    Stored,
    Deflated,
    Streamed,
    Tar,
}

struct Case {
    kind: Kind,
    payload: Vec<u8>,
    chunk: usize,
}

impl Case {
    fn read(input: &[u8]) -> Option<Case> {
        let (&kind, input) = input.split_first()?;
        let (&changes, input) = input.split_first()?;
        let (changes, input) = input.split_at_checked(usize::from(changes % 8) * 3)?;
        let (&chunk, text) = input.split_first()?;
        let kinds =
            [Kind::Gzip, Kind::Zlib, Kind::Stored, Kind::Deflated, Kind::Streamed, Kind::Tar];
        let kind = *kinds.get(usize::from(kind) % kinds.len())?;
        let mut payload = packed(kind, &[CARD, text].concat());
        for change in changes.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % payload.len();
            payload[at] ^= change[2];
        }
        Some(Case { kind, payload, chunk: usize::from(chunk) + 1 })
    }

    fn streamed(&self) -> Report {
        let mut session = SCANNER.session();
        for chunk in self.payload.chunks(self.chunk) {
            session.push(chunk).unwrap();
        }
        session.finish().unwrap()
    }
}

fn packed(kind: Kind, text: &[u8]) -> Vec<u8> {
    match kind {
        Kind::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        Kind::Zlib => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        Kind::Stored => {
            zipped(ZipWriter::new(Cursor::new(Vec::new())), CompressionMethod::Stored, text)
                .into_inner()
        }
        Kind::Deflated => {
            zipped(ZipWriter::new(Cursor::new(Vec::new())), CompressionMethod::Deflated, text)
                .into_inner()
        }
        Kind::Streamed => {
            zipped(ZipWriter::new_stream(Vec::new()), CompressionMethod::Deflated, text)
                .into_inner()
        }
        Kind::Tar => {
            let mut builder = tar::Builder::new(Vec::new());
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            builder.append_data(&mut header, "a.txt", text).unwrap();
            builder.into_inner().unwrap()
        }
    }
}

fn zipped<W: Write + std::io::Seek>(
    mut writer: ZipWriter<W>,
    method: CompressionMethod,
    text: &[u8],
) -> W {
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in [("a.txt", text), ("b.txt", b"nothing".as_slice())] {
        writer.start_file(name, options).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap()
}

/// Returns whether another reader of such containers comes upon the card.
fn holds_card(kind: Kind, payload: &[u8]) -> bool {
    let holds = |mut reader: Box<dyn Read + '_>| {
        let mut text = Vec::new();
        let _ = reader.by_ref().take(UNPACKED).read_to_end(&mut text);
        text.windows(CARD.len()).any(|window| window == CARD)
    };
    match kind {
        Kind::Gzip => holds(Box::new(GzDecoder::new(payload))),
        Kind::Zlib => holds(Box::new(ZlibDecoder::new(payload))),
        Kind::Tar => {
            let mut archive = tar::Archive::new(payload);
            let entries = archive.entries().into_iter().flatten().take(100);
            entries.flatten().any(|entry| holds(Box::new(entry)))
        }
        Kind::Stored | Kind::Deflated | Kind::Streamed => {
            let Ok(mut archive) = ZipArchive::new(Cursor::new(payload)) else { return false };
            (0..archive.len().min(100))
                .any(|at| archive.by_index(at).is_ok_and(|entry| holds(Box::new(entry))))
        }
    }
}
