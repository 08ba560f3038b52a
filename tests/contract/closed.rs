//! What was not read is never called clean, and one payload has one result.

use std::thread;

use portcullis::{
    Confidence, Policy, Scanner, coverage::GapReason, error::ScanErrorKind, policy::Action,
};

use super::action;

fn strict() -> Scanner {
    Scanner::builder().build().unwrap()
}

fn salesforce() -> Scanner {
    let policy = Policy::builtin("salesforce/agentforce-operations").unwrap();
    Scanner::builder().policy(policy).build().unwrap()
}

#[test]
fn a_path_that_cannot_be_read_is_an_error() {
    let scanner = strict();
    let folder = tempfile::tempdir().unwrap();
    let missing = scanner.scan_file(folder.path().join("missing")).unwrap_err();
    assert_eq!(missing.kind(), ScanErrorKind::Io);
    let directory = scanner.scan_file(folder.path()).unwrap_err();
    assert_eq!(directory.kind(), ScanErrorKind::Io);
    assert!(directory.to_string().starts_with("cannot read the payload"), "{directory}");
}

#[test]
fn an_empty_file_is_a_payload() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let report = strict().scan_file(file.path()).unwrap();
    assert_eq!((report.bytes(), action(&report)), (0, Action::Accept));
}

#[test]
fn a_file_has_the_report_of_its_bytes() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let payload = "card 4111111111111111\n".repeat(100_000);
    let scanner = strict();
    // Up to 256 KiB are read and more are mapped.
    for length in [payload.len(), 262_145, 262_144, 262_143, 30] {
        let payload = &payload[..length];
        std::fs::write(file.path(), payload).unwrap();
        let report = scanner.scan_file(file.path()).unwrap();
        assert_eq!(report, scanner.scan(payload.as_bytes()).unwrap(), "{length} bytes");
    }
}

/// A payload that holds more than its bytes show: name, bytes, reason, and where the gap lies.
type Unread = (&'static str, Vec<u8>, GapReason, (u64, u64));

fn unread() -> Vec<Unread> {
    let text = "A text of two lines.\nIt holds nothing.\n";
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let with = |magic: &[u8]| [magic, text.as_bytes()].concat();
    let whole = |bytes: &[u8]| (0, bytes.len() as u64);
    let magic: [(&'static str, &[u8], GapReason); 9] = [
        ("7z", b"7z\xbc\xaf\x27\x1c\0\x04", GapReason::Archive),
        ("RAR", b"Rar!\x1a\x07\x01\0", GapReason::Archive),
        ("cut zip", b"PK\x03\x04\x14\0\0\0\x08\0", GapReason::Truncated),
        ("PDF", b"%PDF-1.7\n", GapReason::Document),
        ("old office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", GapReason::Document),
        ("PNG", b"\x89PNG\r\n\x1a\n", GapReason::Media),
        ("JPEG", b"\xff\xd8\xff\xe0", GapReason::Media),
        ("OpenPGP", b"-----BEGIN PGP MESSAGE-----\n", GapReason::Encrypted),
        ("ELF", b"\x7fELF\x02", GapReason::Binary),
    ];
    let mut rows: Vec<_> = magic
        .into_iter()
        .map(|(name, magic, reason)| (name, with(magic), reason, whole(&with(magic))))
        .collect();
    let zero = format!("{text}\0{text}").into_bytes();
    rows.push(("zero byte", zero.clone(), GapReason::Binary, whole(&zero)));
    let late = [text.repeat(200).as_bytes(), b"\0", text.as_bytes()].concat();
    let from = text.len() as u64 * 200;
    rows.push(("late zero byte", late.clone(), GapReason::Binary, (from, late.len() as u64)));
    let odd = [utf16(text), vec![b'x']].concat();
    let end = odd.len() as u64;
    rows.push(("odd UTF-16", odd, GapReason::Truncated, (end - 1, end)));
    rows
}

#[test]
fn what_was_not_read_is_a_gap_and_refused() {
    let (strict, salesforce) = (strict(), salesforce());
    for (name, payload, reason, place) in unread() {
        let report = strict.scan(&payload).unwrap();
        assert!(!report.is_complete(), "{name}");
        let gaps: Vec<_> =
            report.gaps().iter().map(|g| (g.reason(), (g.start(), g.end()))).collect();
        assert_eq!(gaps, [(reason, place)], "{name}");
        assert_eq!(action(&report), Action::Reject, "{name}");
        assert!(report.into_pass().is_err(), "{name}");
        let expected = if reason == GapReason::Media { Action::Quarantine } else { Action::Reject };
        assert_eq!(action(&salesforce.scan(&payload).unwrap()), expected, "{name}");
    }
}

#[test]
fn what_shows_in_unread_content_is_found_all_the_same() {
    let report = salesforce().scan(b"\x89PNG\r\n\x1a\ncard 4111111111111111").unwrap();
    assert_eq!((report.findings().len(), report.gaps().len()), (1, 1));
    assert_eq!(action(&report), Action::Reject);
}

#[test]
fn plain_text_has_no_gap() {
    for payload in ["", "x", "plain text", "naïve café €\n", "a,b\n1,2\n", "P\tK\r\n"] {
        let report = strict().scan(payload.as_bytes()).unwrap();
        assert!(report.is_complete(), "{payload:?}: {:?}", report.gaps());
        assert_eq!(action(&report), Action::Accept, "{payload:?}");
    }
    let utf16: Vec<u8> = "plain text".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(strict().scan(&utf16).unwrap().is_complete());
}

/// Every sample behind its first keyword.
fn samples(scanner: &Scanner) -> Vec<u8> {
    let records = scanner.detectors().iter().flat_map(|definition| {
        let keyword = definition.keywords().next().unwrap_or_default();
        definition.samples().iter().map(move |sample| format!("{keyword}: {sample}\n"))
    });
    records.collect::<String>().into_bytes()
}

#[test]
fn the_same_payload_has_the_same_report_every_time_and_on_every_thread() {
    let scanner = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
    let payload = samples(&scanner);
    let first = scanner.scan(&payload).unwrap();
    assert!(first.findings().len() > 200);
    assert_eq!(scanner.scan(&payload).unwrap(), first);
    let again = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
    assert_eq!(again.scan(&payload).unwrap(), first, "another scanner, built alike");
    thread::scope(|scope| {
        for _ in 0..8 {
            let (scanner, payload, first) = (scanner.clone(), &payload, &first);
            scope.spawn(move || assert_eq!(scanner.scan(payload).unwrap(), *first));
        }
    });
}

#[test]
fn nothing_is_found_twice() {
    let scanner = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
    let report = scanner.scan(&samples(&scanner)).unwrap();
    let mut twice = Vec::new();
    for pair in report.findings().windows(2) {
        let [one, other] = pair else { continue };
        assert!(one.span().start <= other.span().start, "out of order");
        if (one.detector(), one.span()) == (other.detector(), other.span()) {
            twice.push(format!("{} at {}", one.detector(), one.span().start));
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn the_place_in_memory_does_not_matter() {
    let scanner = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
    let payload = samples(&scanner);
    let first = scanner.scan(&payload).unwrap();
    let mut shifted = vec![b'7'; payload.len() + 128];
    for shift in 0..64 {
        shifted[shift..shift + payload.len()].copy_from_slice(&payload);
        let report = scanner.scan(&shifted[shift..shift + payload.len()]).unwrap();
        assert_eq!(report, first, "shifted by {shift}");
    }
}

#[test]
fn a_session_never_takes_back_what_it_said() {
    let scanner = strict();
    let mut session = scanner.session();
    let payload =
        format!("{}card 4111111111111111\n{}", "x y z\n".repeat(3000), "x y z\n".repeat(9000));
    let mut so_far = Action::Accept;
    for chunk in payload.as_bytes().chunks(1000) {
        let now = session.push(chunk).unwrap();
        assert!(now >= so_far);
        so_far = now;
    }
    assert_eq!(so_far, Action::Reject, "said before the end");
    assert_eq!(action(&session.finish().unwrap()), Action::Reject);
}
