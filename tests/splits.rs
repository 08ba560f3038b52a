//! One result for every feed: the slice, any chunking, and shards.

use portcullis::{Builder, Report, Scanner, catalogue::Definition};
use portcullis::{Category, Confidence, CustomDetector, ExactTable};
use proptest::prelude::*;

/// What builds a scanner that keeps everything a report can hold, so that equality is of everything.
pub fn builder() -> Builder {
    let mut builder = Scanner::builder();
    builder.categories(Category::ALL.iter().copied());
    builder.min_confidence(Confidence::Low).positions(true).payload_digest(true).key(b"test key");
    let long = CustomDetector::new("test.long", Category::PaymentCard, "#[0-9a-z ,.:=-]{9,255}");
    let badge = CustomDetector::new("test.badge", Category::Contact, "ACM-[0-9]{6}");
    builder.custom(long).custom(badge.with_keywords(["badge number", "badge"]));
    let terms = TERMS.iter().copied();
    let list = CustomDetector::dictionary("test.list", Category::Credential, terms).unwrap();
    let within = "[[dictionary]]\nid = \"test.parts\"\ncategory = \"credential\"\n\
                  terms = [\"venton\", \"ton mi\"]\nwhole_words = false";
    let mut table = ExactTable::builder(b"test key");
    KNOWN.iter().for_each(|value| table.add(value.as_bytes()).unwrap());
    let known = CustomDetector::exact("test.known", Category::Contact, table.build().unwrap());
    builder.custom(list).custom(known).custom_toml(within, "parts.toml").unwrap();
    builder
}

fn scanner() -> Scanner {
    builder().build().unwrap()
}

/// Terms of a customer's dictionary: words of one another, accents, the longest that there may be.
const TERMS: [&str; 5] = [
    "Kordal",
    "Kordal Venton",
    "venton mirsel süd",
    "Señal",
    "a very long term of many words that goes on and on until it is nearly as long as any term of a list may be, one hundred",
];

/// Values of a customer's table.
const KNOWN: [&str; 4] = [
    "KD-77120-4",
    "88001234",
    "Müller-7741",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ01",
];

pub fn streamed<'c>(scanner: &Scanner, chunks: impl IntoIterator<Item = &'c [u8]>) -> Report {
    let mut session = scanner.session();
    for chunk in chunks {
        session.push(chunk).unwrap();
    }
    session.finish().unwrap()
}

/// A sample as it stands in a record: behind its first keyword.
pub fn record(definition: &Definition, sample: &str) -> String {
    let keyword = definition.keywords().next().unwrap_or_default();
    format!("{keyword}: {sample}\n")
}

/// Text without findings that ends a line, long enough that chunks of it are scanned where they lie.
pub fn filler(bytes: usize) -> String {
    let text = "lorem ipsum dolor sit amet, 12 of 34\n".chars().cycle();
    text.take(bytes).chain(['\n']).collect()
}

#[test]
fn a_cut_at_every_byte_of_every_sample_changes_nothing() {
    let scanner = scanner();
    let (before, after) = (filler(17_000), filler(5000));
    for definition in scanner.detectors() {
        for sample in definition.samples() {
            let record = record(definition, sample);
            let payload = format!("{before}{record}{after}").into_bytes();
            let whole = scanner.scan(&payload).unwrap();
            let found = whole.findings().iter().any(|f| f.detector() == definition.id());
            assert!(found, "{}: {sample}", definition.id());
            for cut in before.len()..before.len() + record.len() {
                let (left, right) = payload.split_at(cut);
                let report = streamed(&scanner, [left, right]);
                assert_eq!(report, whole, "{}: {sample} cut at {cut}", definition.id());
            }
        }
    }
}

#[test]
fn a_cut_within_what_customers_define_changes_nothing() {
    let scanner = scanner();
    let (before, after) = (filler(17_000), filler(5000));
    for text in TERMS.iter().chain(&KNOWN).chain(&["xventonx", "venton mirsel"]) {
        let payload = format!("{before}{text}\n{after}").into_bytes();
        let whole = scanner.scan(&payload).unwrap();
        assert!(whole.findings().iter().any(|f| f.detector().starts_with("test.")), "{text}");
        for cut in before.len()..before.len() + text.len() + 1 {
            let (left, right) = payload.split_at(cut);
            assert_eq!(streamed(&scanner, [left, right]), whole, "{text} cut at {cut}");
        }
    }
}

#[test]
fn single_bytes_and_empty_chunks_change_nothing() {
    let scanner = scanner();
    let records: String = scanner
        .detectors()
        .iter()
        .flat_map(|definition| definition.samples().iter().map(|s| record(definition, s)))
        .collect();
    let payload = records.into_bytes();
    let whole = scanner.scan(&payload).unwrap();
    assert_eq!(streamed(&scanner, payload.chunks(1)), whole);
    assert_eq!(streamed(&scanner, payload.chunks(7).flat_map(|c| [c, &[]])), whole);
    assert_eq!(scanner.scan_sharded(&payload).unwrap(), whole);
}

#[test]
fn utf16_is_found_at_its_own_offsets_for_every_chunking() {
    let scanner = scanner();
    let text = format!("\u{feff}{}card: 4111 1111 1111 1111 €\n{}", filler(9000), filler(9000));
    let payload: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let whole = scanner.scan(&payload).unwrap();
    let span = whole.findings()[0].span();
    assert_eq!((span.start, span.end), (2 + 2 * 9007, 2 + 2 * 9026));
    for size in [1, 2, 3, 1000, 4095, 4096, 4097, 8192, 9999] {
        assert_eq!(streamed(&scanner, payload.chunks(size)), whole, "chunks of {size}");
    }
    assert_eq!(scanner.scan_sharded(&payload).unwrap(), whole);
}

#[test]
fn a_header_names_a_cell_a_million_bytes_on() {
    let scanner = scanner();
    let mut csv = String::from("name,ssn,order_id\n");
    csv.extend((0..40_000).map(|row| format!("customer {row},,{row}\n")));
    csv.push_str("Jane Doe,536904399,536904399\n");
    let whole = scanner.scan(csv.as_bytes()).unwrap();
    let found: Vec<_> = whole.findings().iter().map(|f| (f.detector(), f.span().start)).collect();
    assert_eq!(found, [("gov.us.ssn", csv.len() as u64 - 20)]);
    assert_eq!(streamed(&scanner, csv.as_bytes().chunks(5000)), whole);
    assert_eq!(scanner.scan_sharded(csv.as_bytes()).unwrap(), whole);
}

#[test]
fn the_limit_cuts_every_feed_at_the_same_byte() {
    let mut limits = portcullis::Limits::default();
    limits.payload_bytes = 9_500;
    let scanner = Scanner::builder().limits(limits).build().unwrap();
    let payload = format!("{}card 4111111111111111\n", filler(9_479)).into_bytes();
    let whole = scanner.scan(&payload).unwrap();
    let gap = &whole.gaps()[0];
    assert_eq!(
        (gap.start(), gap.end(), gap.reason().as_str()),
        (9_500, payload.len() as u64, "limit")
    );
    for size in [1, 4096, 9_499, 9_500, 9_501] {
        assert_eq!(streamed(&scanner, payload.chunks(size)), whole, "chunks of {size}");
    }
}

/// A term or value with other marks, as people write them.
fn written(text: &str) -> Vec<u8> {
    let gaps = ["-", " ", "\r\n", "_"];
    text.replace([' ', '-'], gaps[text.len() % gaps.len()]).into_bytes()
}

/// Pieces that payloads are made of: samples, near misses, words that mean something, marks, and
/// bytes that are none of these.
pub fn piece() -> impl Strategy<Value = Vec<u8>> {
    let scanner = scanner();
    let texts = scanner.detectors().iter().flat_map(|definition| {
        let misses = definition.near_misses().iter().map(|(miss, _)| miss.to_string());
        let samples = definition.samples().iter().map(ToString::to_string);
        samples.chain(misses).chain(definition.keywords().map(String::from))
    });
    let known: Vec<String> = texts.collect();
    let marks =
        [" ", "\n", "\r\n", ",", ": ", "=", "\"", "-", ".", "/", "\t", "<", ">", "+", "\\n", "^"];
    prop_oneof![
        6 => proptest::sample::select(known).prop_map(String::into_bytes),
        6 => proptest::sample::select(marks.to_vec()).prop_map(|mark| mark.as_bytes().to_vec()),
        1 => "#[0-9a-z ,.:=-]{9,255}".prop_map(String::into_bytes),
        1 => "badge(:| number )ACM-[0-9]{6}".prop_map(String::into_bytes),
        2 => proptest::sample::select(TERMS.to_vec()).prop_map(written),
        2 => proptest::sample::select(KNOWN.to_vec()).prop_map(written),
        2 => "[0-9]{1,20}".prop_map(String::into_bytes),
        2 => "[0-9 .-]{1,60}".prop_map(String::into_bytes),
        2 => "[A-Za-z0-9<]{1,60}".prop_map(String::into_bytes),
        1 => (0..3000usize).prop_map(|n| filler(n).into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..50),
    ]
}

/// Chunks of these sizes in turn.
pub fn cut<'p>(payload: &'p [u8], sizes: &[usize]) -> Vec<&'p [u8]> {
    let mut rest = payload;
    let mut chunks = Vec::new();
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, tail) = rest.split_at((*size).min(rest.len()));
        chunks.push(chunk);
        rest = tail;
    }
    chunks
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_chunking_of_anything_is_the_whole(
        pieces in proptest::collection::vec(piece(), 1..400),
        sizes in proptest::collection::vec(prop_oneof![4 => 1..9000usize, 1 => 9000..40_000usize], 1..40),
    ) {
        let scanner = scanner();
        let payload = pieces.concat();
        let whole = scanner.scan(&payload).unwrap();
        prop_assert_eq!(streamed(&scanner, cut(&payload, &sizes)), whole);
    }
}
