//! A session's memory does not grow with its payload, whatever the payload, and a short payload that is clean
//! takes none: counted, not guessed.
//!
//! Only what a session allocates on the thread that pushes is counted: the scanner is built before, and counted by
//! itself.

use std::io::{Cursor, Write};

use allocation_counter::{AllocationInfo, measure};
use flate2::Compression;
use flate2::write::GzEncoder;
use portcullis::{Category, Confidence, Limits, Report, Scanner, Verdict};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The promise for the default scanner, while it is built and from then on.
const SHARED: u64 = 8 << 20;
/// The promise for raw bytes, beyond the shared scanner.
const PROMISED: u64 = 1 << 20;
/// Bytes pushed of each kind; a release build pushes more.
const PAYLOAD: usize = if cfg!(debug_assertions) { 4 << 20 } else { 64 << 20 };
/// Bytes that a finding takes which a report keeps, while the list grows, with its evidence, position,
/// mask and digest.
const LISTED: u64 = 512;
/// Bytes of the past that a session may hold: what decisions read, short chunks gathered, and the first bytes
/// where they hold the header of a table.
const CARRIED: usize = 20 * 1024;

fn scanner(findings: usize) -> Scanner {
    let mut limits = Limits::default();
    limits.findings = findings;
    let mut builder = Scanner::builder();
    builder.categories(Category::ALL.iter().copied());
    builder.limits(limits).min_confidence(Confidence::Low).positions(true).key(b"key");
    builder.build().unwrap()
}

/// What a session allocates that is pushed a piece over and over, in chunks of a size.
fn session(scanner: &Scanner, piece: &[u8], chunk: usize, bytes: usize) -> AllocationInfo {
    let block = piece.repeat(chunk.div_ceil(piece.len()) + 1);
    let push = || {
        let mut session = scanner.session();
        let mut pushed = 0;
        while pushed < bytes {
            // Goes on in the piece where the last chunk left off.
            let from = pushed % piece.len();
            session.push(&block[from..from + chunk]).unwrap();
            pushed += chunk;
            assert!(session.carried_bytes() <= CARRIED, "{} carried", session.carried_bytes());
        }
        drop(session.finish().unwrap());
    };
    // What a scanner makes when a word first asks for it belongs to the scanner.
    push();
    measure(push)
}

/// Scans more than a core: what a scanner makes when something first asks for it belongs to the scanner.
fn warm_up(scanner: &Scanner, piece: &[u8]) {
    drop(scanner.scan(&piece.repeat((1 << 16) / piece.len() + 1)).unwrap());
}

/// Payloads that make a scanner work, each with what it is made of.
pub fn hostile(scanner: &Scanner) -> Vec<(&'static str, String)> {
    let definitions = scanner.detectors();
    let keywords: String =
        definitions.iter().flat_map(|d| d.keywords()).map(|word| format!("{word} ")).collect();
    let records = definitions.iter().flat_map(|definition| {
        let keyword = definition.keywords().next().unwrap_or_default();
        definition.samples().iter().map(move |sample| format!("{keyword}: {sample}\n"))
    });
    vec![
        ("plain text", "The quick brown fox jumps over the lazy dog.\n".to_owned()),
        ("no line end", "a".to_owned()),
        ("literals", "@eyJ.eyJ://a:b:c@+1+1::(".to_owned()),
        ("addresses", "a@b.co ".to_owned()),
        ("passwords", "password=Schnee2024! ".to_owned()),
        ("digits", "4111111111111111".to_owned()),
        ("single digits", "1 2 3 4 5 6 7 8 9 ".to_owned()),
        ("cards", "4111111111111111 ".to_owned()),
        ("cards with keywords", "card 5555-5555-5555-4444,".to_owned()),
        ("security codes near a card", "card 4111111111111111 cvv 123 pin 4931 ".to_owned()),
        ("keywords", keywords),
        ("every sample", records.collect()),
        ("angles", "<".to_owned()),
        ("tracks", ";4242424242424242=15052011000000000000?".to_owned()),
        ("capitals", "DEUTDEFF ".to_owned()),
        ("codes", "AB123456C ".to_owned()),
        ("terms", "she is Catholic. Religion: Muslim. diagnosed with asthma ".to_owned()),
        ("labels", "diagnosis: religion: ethnic group: ".to_owned()),
        ("cells", "\",".to_owned()),
        ("line ends", "\n".to_owned()),
        ("zeros", "\0".to_owned()),
    ]
}

/// Asserts the promise for every hostile payload; each line says how much it took.
fn assert_bounded(scanner: &Scanner, most: u64, chunk: usize, bytes: usize) {
    let mut over = Vec::new();
    for (kind, piece) in hostile(scanner) {
        let info = session(scanner, piece.as_bytes(), chunk, bytes);
        println!("{kind}: {} KiB in chunks of {chunk}", info.bytes_max / 1024);
        if info.bytes_max > most {
            over.push(format!("{kind}: {} KiB", info.bytes_max / 1024));
        }
        assert_eq!(info.bytes_current, 0, "{kind}: memory is left behind");
    }
    assert!(over.is_empty(), "more than {} KiB: {over:#?}", most / 1024);
}

#[test]
fn the_default_scanner_stays_within_its_promise() {
    let mut scanner = None;
    let built = measure(|| scanner = Some(Scanner::builder().build().unwrap()));
    println!("{} KiB stay of {} KiB", built.bytes_current / 1024, built.bytes_max / 1024);
    assert!(built.bytes_max <= SHARED, "{} KiB", built.bytes_max / 1024);
    assert!(scanner.is_some());
}

#[test]
fn a_session_that_lists_nothing_stays_within_the_promise() {
    assert_bounded(&scanner(0), PROMISED, 64 * 1024, PAYLOAD);
}

#[test]
fn small_chunks_stay_within_the_promise() {
    for chunk in [1, 1000, 4096] {
        assert_bounded(&scanner(0), PROMISED, chunk, PAYLOAD / 64);
    }
}

#[test]
fn listed_findings_are_all_that_comes_on_top() {
    let default = Limits::default().findings;
    for findings in [1000, default] {
        let most = PROMISED + findings as u64 * LISTED;
        assert_bounded(&scanner(findings), most, 64 * 1024, PAYLOAD / 4);
    }
}

#[test]
fn one_chunk_of_everything_stays_within_the_promise() {
    assert_bounded(&scanner(0), PROMISED, PAYLOAD / 4, PAYLOAD / 4);
}

/// Characters of changing widths make the most of the map from text back to payload.
#[test]
fn utf16_stays_within_the_promise() {
    let scanner = scanner(0);
    for text in ["card 4111111111111111, ", "aéa€", "a😀", "4é1€1😀", "\u{d7ff}"] {
        for encode in [u16::to_le_bytes, u16::to_be_bytes] {
            let mark = encode(0xfeff);
            let chunk: Vec<u8> = text.repeat(1000).encode_utf16().flat_map(encode).collect();
            warm_up(&scanner, text.as_bytes());
            let info = measure(|| {
                let mut session = scanner.session();
                session.push(mark).unwrap();
                for _ in 0..PAYLOAD / 4 / chunk.len() {
                    session.push(&chunk).unwrap();
                }
                drop(session.finish().unwrap());
            });
            println!("{text}: {} KiB", info.bytes_max / 1024);
            assert!(info.bytes_max <= PROMISED, "{text}: {} KiB", info.bytes_max / 1024);
        }
    }
}

/// The promise for a compressed stream or an archive, however much a member comes to.
const UNPACKING: u64 = 8 << 20;

#[test]
fn a_member_of_any_length_is_unpacked_in_little_memory() {
    let scanner = scanner(0);
    let line = "order 1020 of customer 20 came to 41.50 and was paid by card 4111 1111 1111 1111\n";
    let text = line.repeat(2 * PAYLOAD / line.len());
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("orders.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    for packed in [gzip.finish().unwrap(), zip.finish().unwrap().into_inner()] {
        let push = || {
            let mut session = scanner.session();
            for chunk in packed.chunks(64 << 10) {
                session.push(chunk).unwrap();
            }
            let report = session.finish().unwrap();
            assert!(report.omitted() > 0 && report.is_complete());
        };
        push();
        let info = measure(push);
        let [held, text] = [info.bytes_max >> 10, text.len() as u64 >> 10];
        println!("{} KiB packed, {text} KiB unpacked: {held} KiB", packed.len() >> 10);
        assert!(info.bytes_max <= UNPACKING, "{held} KiB");
    }
}

/// Payloads as applications take them most: a field, a form, an object, a few lines.
fn short_payloads() -> Vec<String> {
    let pair = "comment=The+order+arrived+late&city=Springfield&quantity=3&colour=blue&";
    let object = r#"{"title": "Weekly notes", "tags": ["team", "plans"], "count": 12}"#;
    let lines = "The meeting starts at nine.\nPlease bring the plans, and some paper.\n\nRegards\n";
    let field = "The quick brown fox jumps over the lazy dog near the river bank.";
    let texts = [field.to_owned(), pair.repeat(15), object.to_owned(), lines.repeat(12)];
    texts.into_iter().chain([String::new(), "2024".to_owned()]).collect()
}

/// What a scan allocates once others have been made before it.
fn allocated(scan: impl Fn() -> Report) -> u64 {
    for _ in 0..2 {
        drop(scan());
    }
    measure(|| assert!(matches!(scan().verdict(), Verdict::Accept(_)))).count_total
}

#[test]
fn short_clean_payloads_allocate_nothing() {
    let scanner = Scanner::builder().build().unwrap();
    for payload in short_payloads() {
        let payload = payload.as_bytes();
        let text = String::from_utf8_lossy(payload);
        assert_eq!(allocated(|| scanner.scan(payload).unwrap()), 0, "scan of {text:?}");
        assert_eq!(allocated(|| scanner.scan_sharded(payload).unwrap()), 0, "shards of {text:?}");
    }
}
