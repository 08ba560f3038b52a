//! Compressed streams and archives: what they hold is found at its place, and nothing unread is called clean.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use portcullis::coverage::GapReason;
use portcullis::{Limits, Report, Scanner, Verdict};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A published test number (Visa).
const CARD: &str = "card number 4111 1111 1111 1111\n";
const PLAIN: &str = "Nothing of note in here.\n";

fn scanner() -> Scanner {
    Scanner::builder().build().unwrap()
}

fn limited(change: impl Fn(&mut Limits)) -> Scanner {
    let mut limits = Limits::default();
    change(&mut limits);
    Scanner::builder().limits(limits).build().unwrap()
}

/// Scans a payload whole and in chunks of many sizes, which all come to one report.
fn scan(scanner: &Scanner, payload: &[u8]) -> Report {
    let whole = scanner.scan(payload).unwrap();
    for size in [1, 2, 3, 7, 61, 512, 4096, 10_000] {
        let mut session = scanner.session();
        for chunk in payload.chunks(size) {
            session.push(chunk).unwrap();
        }
        assert_eq!(session.finish().unwrap(), whole, "chunks of {size}");
    }
    assert_eq!(scanner.scan_sharded(payload).unwrap(), whole);
    whole
}

fn paths(report: &Report) -> Vec<&str> {
    report.findings().iter().map(|finding| finding.path()).collect()
}

fn gaps(report: &Report) -> Vec<(&str, GapReason)> {
    report.gaps().iter().map(|gap| (gap.path(), gap.reason())).collect()
}

fn is_clean(report: Report) -> bool {
    matches!(report.verdict(), Verdict::Accept(_))
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// With the sizes behind the members, as what writes to a pipe has to.
fn streamed_zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        builder.append_data(&mut header, name, *text).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn what_compressed_streams_hold_is_found() {
    let scanner = scanner();
    let text = format!("{}{CARD}", PLAIN.repeat(500));
    for packed in [gzip(text.as_bytes()), zlib(text.as_bytes())] {
        let report = scan(&scanner, &packed);
        assert_eq!((paths(&report), gaps(&report)), (vec!["content"], vec![]));
        assert_eq!(report.findings()[0].span().start, text.find("4111").unwrap() as u64);
    }
    assert!(is_clean(scan(&scanner, &gzip(PLAIN.as_bytes()))));
}

#[test]
fn streams_in_a_row_are_one_text() {
    let (first, second) = CARD.split_at(18);
    let packed = [gzip(first.as_bytes()), gzip(second.as_bytes()), vec![0; 40]].concat();
    let report = scan(&scanner(), &packed);
    assert_eq!((paths(&report), gaps(&report)), (vec!["content"], vec![]));
}

#[test]
fn what_follows_on_a_container_is_scanned() {
    let packed = [gzip(PLAIN.as_bytes()), CARD.into()].concat();
    let report = scan(&scanner(), &packed);
    assert_eq!((paths(&report), gaps(&report)), (vec!["behind the end"], vec![]));
    let packed = [zipped(&[("a.txt", PLAIN.as_bytes())], CompressionMethod::Stored), CARD.into()];
    assert_eq!(paths(&scan(&scanner(), &packed.concat())), ["behind the end"]);
}

#[test]
fn what_archives_hold_is_found_at_its_place() {
    let scanner = scanner();
    let long = format!("{}/c.txt", "directory/".repeat(15));
    let members: [(&str, &[u8]); 4] = [
        ("a.txt", PLAIN.as_bytes()),
        ("b/b.txt", CARD.as_bytes()),
        (&long, CARD.as_bytes()),
        ("empty", b""),
    ];
    let archives = [
        zipped(&members, CompressionMethod::Stored),
        zipped(&members, CompressionMethod::Deflated),
        streamed_zip(&members, CompressionMethod::Stored),
        streamed_zip(&members, CompressionMethod::Deflated),
        tarred(&members),
    ];
    for archive in archives {
        let report = scan(&scanner, &archive);
        assert_eq!((paths(&report), gaps(&report)), (vec!["b/b.txt", long.as_str()], vec![]));
    }
}

#[test]
fn containers_hold_containers() {
    let inner = zipped(&[("deep.txt", CARD.as_bytes())], CompressionMethod::Deflated);
    let tar = tarred(&[("inner.zip", &inner), ("clean.txt", PLAIN.as_bytes())]);
    let report = scan(&scanner(), &gzip(&tar));
    assert_eq!(paths(&report), ["content!/inner.zip!/deep.txt"]);
    assert_eq!(gaps(&report), []);
    let shallow = limited(|limits| limits.depth = 2);
    let report = scan(&shallow, &gzip(&tar));
    assert_eq!(gaps(&report), [("content!/inner.zip", GapReason::Limit)]);
}

#[test]
fn names_are_scanned_and_those_with_numbers_are_not_shown() {
    let name = "scan of 4111 1111 1111 1111 visa.txt";
    for archive in [
        zipped(&[("a", b"x"), (name, PLAIN.as_bytes())], CompressionMethod::Stored),
        tarred(&[("a", b"x"), (name, PLAIN.as_bytes())]),
    ] {
        let report = scan(&scanner(), &archive);
        assert_eq!(paths(&report), ["member 2!name"]);
    }
}

#[test]
fn budgets_end_as_gaps_behind_what_came_before() {
    let big = vec![b'x'; 300_000];
    let members: [(&str, &[u8]); 3] =
        [("a.txt", CARD.as_bytes()), ("b.txt", &big), ("c.txt", CARD.as_bytes())];
    let archive = zipped(&members, CompressionMethod::Deflated);
    let few_bytes = limited(|limits| limits.unpacked_bytes = 100_000);
    let few_members = limited(|limits| limits.members = 2);
    for scanner in [few_bytes, few_members] {
        let report = scan(&scanner, &archive);
        assert_eq!(paths(&report), ["a.txt"]);
        assert_eq!(gaps(&report), [("", GapReason::Limit)]);
    }
}

#[test]
fn what_contradicts_itself_is_a_gap() {
    let members: [(&str, &[u8]); 2] = [("a.txt", PLAIN.as_bytes()), ("b.txt", CARD.as_bytes())];
    let archive = zipped(&members, CompressionMethod::Stored);
    let directory = memchr::memmem::find(&archive, b"PK\x01\x02").unwrap();
    let renamed = archive[directory..].iter().position(|byte| *byte == b'a').unwrap() + directory;
    let mut lying = archive.clone();
    lying[renamed] = b'z';
    let strays = [&archive[..directory], CARD.as_bytes(), &archive[directory..]].concat();
    let text = memchr::memmem::find(&archive, b"Nothing").unwrap();
    let mut changed = archive.clone();
    changed[text] = b'n';
    for (archive, at) in [(lying, ""), (strays, ""), (changed, "a.txt")] {
        let report = scan(&scanner(), &archive);
        assert!(paths(&report).contains(&"b.txt"));
        assert!(gaps(&report).contains(&(at, GapReason::Damaged)), "{:?}", gaps(&report));
    }
}

#[test]
fn what_is_encrypted_is_a_gap_and_the_rest_is_read() {
    let members: [(&str, &[u8]); 2] = [("a.txt", PLAIN.as_bytes()), ("b.txt", CARD.as_bytes())];
    let mut archive = zipped(&members, CompressionMethod::Stored);
    archive[6] |= 1;
    let report = scan(&scanner(), &archive);
    assert_eq!(paths(&report), ["b.txt"]);
    assert!(gaps(&report).contains(&("a.txt", GapReason::Encrypted)));
}

/// Every container that the library reads, holding the card.
fn all() -> Vec<Vec<u8>> {
    let members: [(&str, &[u8]); 2] = [("a.txt", PLAIN.as_bytes()), ("b.txt", CARD.as_bytes())];
    vec![
        gzip(CARD.as_bytes()),
        zlib(CARD.as_bytes()),
        zipped(&members, CompressionMethod::Stored),
        zipped(&members, CompressionMethod::Deflated),
        streamed_zip(&members, CompressionMethod::Stored),
        streamed_zip(&members, CompressionMethod::Deflated),
        tarred(&members),
        gzip(&tarred(&members)),
    ]
}

#[test]
fn nothing_that_is_cut_short_is_called_clean() {
    let scanner = scanner();
    for payload in all() {
        // Padding at the end of a tape is no loss.
        let whole = payload.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        // With less of it nothing tells some of them from other bytes.
        for end in whole / 2..whole {
            let report = scanner.scan(&payload[..end]).unwrap();
            let found = !report.findings().is_empty();
            assert!(found || !is_clean(report), "{end} of {}", payload.len());
        }
    }
}

#[test]
fn no_changed_byte_makes_a_container_clean_that_hides_a_number() {
    let scanner = scanner();
    for payload in all() {
        for at in 0..payload.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut changed = payload.clone();
                changed[at] ^= change;
                let report = scanner.scan(&changed).unwrap();
                let hidden = report.findings().is_empty() && is_clean(report);
                // What is no container any more, or has another number in it, is what it is.
                let is_text = changed.windows(4).any(|four| four == b"card");
                assert!(!hidden || is_text, "byte {at} of {} by {change:02x}", payload.len());
            }
        }
    }
}
