//! Sessions that are handed on: at any place of any payload, with the report of the whole.

use measure::corpora;
use portcullis::error::{ScanErrorKind, StateErrorKind};
use portcullis::{Backend, Builder, Finding, Limits, Policy, Report, Scanner};
use proptest::prelude::*;

use crate::memory::hostile;
use crate::splits::{self, cut, filler, piece};

/// The promise, apart from what is listed.
const LARGEST: usize = 64 << 10;

/// Scans chunks, and hands the session on behind each, from one scanner to the other and back.
fn handed_on(scanners: [&Scanner; 2], chunks: &[&[u8]]) -> Report {
    let mut session = scanners[0].session();
    for (chunk, scanner) in chunks.iter().zip(scanners.iter().cycle()) {
        session.push(chunk).unwrap();
        let state = session.export().unwrap();
        session = scanner.import(&state).unwrap();
        assert_eq!(session.export().unwrap(), state, "what is imported is what was exported");
    }
    session.finish().unwrap()
}

fn scanner() -> Scanner {
    splits::builder().build().unwrap()
}

/// Everything as [`splits::builder`] has it, on the reference backend.
fn reference() -> Scanner {
    splits::builder().backend(Backend::Scalar).build().unwrap()
}

#[test]
fn every_corpus_is_handed_on_between_backends() {
    let (best, plain) = (scanner(), reference());
    let corpora = [corpora::made(60 << 10), corpora::small()].concat();
    for corpus in corpora {
        let whole = best.scan(&corpus.bytes).unwrap();
        for size in [1009, 16_000, 17_000] {
            let chunks: Vec<&[u8]> = corpus.bytes.chunks(size).collect();
            let report = handed_on([&plain, &best], &chunks);
            assert_eq!(report, whole, "{} in chunks of {size}", corpus.name);
        }
    }
}

#[test]
fn every_sample_is_handed_on_at_every_byte() {
    let scanner = scanner();
    let (before, after) = (filler(17_000), filler(3000));
    for definition in scanner.detectors() {
        // Each byte of one sample of each; the property below goes on with all.
        let Some(sample) = definition.samples().first() else { continue };
        let record = splits::record(definition, sample);
        let payload = format!("{before}{record}{after}").into_bytes();
        let whole = scanner.scan(&payload).unwrap();
        let mut session = scanner.session();
        session.push(&before).unwrap();
        for byte in record.as_bytes().chunks(1) {
            session.push(byte).unwrap();
            session = scanner.import(&session.export().unwrap()).unwrap();
        }
        session.push(&after).unwrap();
        assert_eq!(session.finish().unwrap(), whole, "{}: {sample}", definition.id());
    }
}

#[test]
fn a_table_keeps_its_header_and_a_text_its_lines() {
    let scanner = scanner();
    let mut csv = String::from("name,ssn,order_id\n");
    csv.extend((0..3000).map(|row| format!("customer {row},536904399,536904399\n")));
    let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for payload in [csv.as_bytes(), &wide] {
        let whole = scanner.scan(payload).unwrap();
        let evidence = |f: &Finding| f.evidence().iter().any(|e| e.to_string() == "header:ssn");
        assert!(whole.findings().iter().any(evidence) && whole.omitted() > 0);
        let chunks: Vec<&[u8]> = payload.chunks(7001).collect();
        assert_eq!(handed_on([&scanner, &scanner], &chunks), whole);
    }
}

#[test]
fn rules_go_on_counting_and_what_decided_stays_decided() {
    let policy = "[policy]\nid = \"test/distinct\"\nversion = \"1\"\ndefault = \"accept\"\n\
                  [[rule]]\ncategory = [\"payment-card\"]\naction = \"reject\"\nmin_distinct = 40\n\
                  [[rule]]\ncategory = [\"bank-account\"]\naction = \"review\"\nmin_count = 500\n";
    let payload = corpora::Kind::Dense.corpus(60 << 10).bytes;
    for stop in [false, true] {
        let mut builder = splits::builder();
        builder.policy(Policy::parse(policy, "test.toml").unwrap()).stop_when_decided(stop);
        let scanner = builder.build().unwrap();
        let whole = scanner.scan(&payload).unwrap();
        assert_eq!(whole.decision().action().as_str(), "reject");
        let chunks: Vec<&[u8]> = payload.chunks(500).collect();
        assert_eq!(handed_on([&scanner, &scanner], &chunks), whole, "stop: {stop}");
    }
}

/// Choices that make another scanner.
const OTHERS: [fn(&mut Builder); 8] = [
    |builder| _ = builder.exclude(["gov.us.ssn"]),
    |builder| _ = builder.policy(Policy::builtin("pci-dss").unwrap()),
    |builder| _ = builder.positions(false),
    |builder| _ = builder.payload_digest(false),
    |builder| _ = builder.stop_when_decided(true),
    |builder| _ = builder.min_confidence(portcullis::Confidence::High),
    |builder| {
        let mut limits = Limits::default();
        limits.findings = 7;
        _ = builder.limits(limits);
    },
    |builder| {
        let toml = "[[allow]]\ncategories = [\"payment-card\"]\nprefixes = [\"ACM-0000\"]\n";
        _ = builder.custom_toml(toml, "allow.toml").unwrap();
    },
];

/// A session under way.
fn state() -> Vec<u8> {
    let mut session = scanner().session();
    session.push(filler(9000)).unwrap();
    session.export().unwrap()
}

#[test]
fn other_scanners_refuse_a_state() {
    let state = state();
    for (index, other) in OTHERS.iter().enumerate() {
        let mut builder = splits::builder();
        other(&mut builder);
        let refused = builder.build().unwrap().import(&state).unwrap_err();
        assert_eq!(refused.kind(), StateErrorKind::OtherScanner, "{index}");
    }
    assert!(scanner().import(&state).is_ok());
}

#[test]
fn what_begins_otherwise_is_refused_by_what_it_is() {
    let (scanner, state) = (scanner(), state());
    let kind = |state: &[u8]| scanner.import(state).unwrap_err().kind();
    assert_eq!(kind(b"PK\x03\x04, which is something else"), StateErrorKind::NotAState);
    assert_eq!(kind(b""), StateErrorKind::NotAState);
    let at = b"portcullis session state1".len();
    for other in [at - 1, at + 1] {
        let mut newer = state.clone();
        newer[other] += 1;
        assert_eq!(kind(&newer), StateErrorKind::OtherVersion);
    }
}

#[test]
fn a_scanner_for_a_path_goes_on_with_what_it_began_only() {
    let toml = "[[allow]]\ncategories = [\"payment-card\"]\npaths = [\"fixtures/**\"]\n";
    let mut builder = splits::builder();
    let scanner = builder.custom_toml(toml, "allow.toml").unwrap().build().unwrap();
    let bound = scanner.for_path("fixtures/a.csv");
    let state = bound.session().export().unwrap();
    assert_eq!(scanner.import(&state).unwrap_err().kind(), StateErrorKind::OtherScanner);
    let mut session = scanner.for_path("fixtures/b.csv").import(&state).unwrap();
    session.push("card 4111111111111111").unwrap();
    assert_eq!(session.finish().unwrap().findings(), []);
}

#[test]
fn another_key_does_not_fit_the_seal() {
    let keyed = |key: &[u8]| Scanner::builder().key(key).build().unwrap();
    let mut session = keyed(b"one").session();
    session.push("card 4111").unwrap();
    let state = session.export().unwrap();
    let error = keyed(b"another").import(&state).unwrap_err();
    assert_eq!(error.kind(), StateErrorKind::Damaged);
    assert!(error.to_string().contains("another key"), "{error}");
}

#[test]
fn a_session_that_a_sink_stopped_has_no_state() {
    let scanner = Scanner::builder().build().unwrap();
    let payload = format!("card 4111111111111111\n{}", filler(20_000));
    let mut session = scanner.session();
    let mut sink = |_: &Finding| std::ops::ControlFlow::Break(());
    assert!(session.push_to(&payload, &mut sink).is_err());
    assert_eq!(session.export().unwrap_err().kind(), ScanErrorKind::Stopped);
}

#[test]
fn what_a_panic_of_a_sink_lost_is_never_called_clean() {
    let scanner = Scanner::builder().build().unwrap();
    let card = format!("card 4111111111111111\n{}", filler(20_000));
    for before in [0, 20_000] {
        let mut session = scanner.session();
        session.push(filler(before)).unwrap();
        let mut sink = |_: &Finding| -> std::ops::ControlFlow<()> { panic!("a sink's own fault") };
        let push = std::panic::AssertUnwindSafe(|| session.push_to(&card, &mut sink));
        assert!(std::panic::catch_unwind(push).is_err());
        assert_eq!(session.push("x").unwrap_err().kind(), ScanErrorKind::Stopped);
        assert_eq!(session.export().unwrap_err().kind(), ScanErrorKind::Stopped);
        assert_eq!(session.finish().unwrap_err().kind(), ScanErrorKind::Stopped);
    }
}

/// The largest state of a session that is pushed a piece over and over, and how many findings it lists then.
fn largest(scanner: &Scanner, piece: &[u8], chunk: usize, chunks: usize) -> usize {
    let block = piece.repeat(chunk * chunks / piece.len() + 2);
    let mut session = scanner.session();
    let mut states = Vec::new();
    for chunk in block.chunks(chunk).take(chunks) {
        session.push(chunk).unwrap();
        states.push(session.export().unwrap().len());
    }
    drop(session.finish().unwrap());
    states.into_iter().max().unwrap_or(0)
}

/// A scanner of everything that lists so many findings.
fn listing(findings: usize) -> Scanner {
    let mut limits = Limits::default();
    limits.findings = findings;
    splits::builder().limits(limits).build().unwrap()
}

#[test]
fn a_state_is_at_most_64_kib_but_for_what_it_lists() {
    let scanner = listing(0);
    let mut kinds: Vec<(String, Vec<u8>)> = hostile(&scanner)
        .into_iter()
        .map(|(kind, piece)| (kind.to_owned(), piece.into_bytes()))
        .collect();
    kinds.extend(corpora::made(40_000).into_iter().map(|corpus| (corpus.name, corpus.bytes)));
    for text in ["aéa€", "aé", "a€", "a😀", "4é1€1😀", "\u{d7ff}", "card 4111111111111111, "]
    {
        let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        kinds.push((format!("{text} in UTF-16"), utf16));
        let utf32 = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        kinds.push((format!("{text} in UTF-32"), utf32));
    }
    let mut most = 0;
    for (kind, piece) in kinds {
        for (chunk, chunks) in [(1000, 24), (5003, 9), (65_536, 2)] {
            let bytes = largest(&scanner, &piece, chunk, chunks);
            assert!(bytes <= LARGEST, "{kind} in chunks of {chunk}: {bytes} bytes");
            most = most.max(bytes);
        }
    }
    println!("the largest: {most} bytes");
}

#[test]
fn a_listed_finding_adds_little() {
    let none = listing(0);
    let thousand = listing(1000);
    for corpus in [corpora::Kind::Dense.corpus(60_000), corpora::with_violations(Some(1), 60_000)] {
        let without = largest(&none, &corpus.bytes, 60_000, 1);
        let with = largest(&thousand, &corpus.bytes, 60_000, 1);
        let listed = thousand.scan(&corpus.bytes).unwrap().findings().len();
        let each = (with - without) / listed;
        println!("{}: {each} bytes for each of {listed}", corpus.name);
        assert!(listed > 800 && each <= 160, "{}: {each} bytes each", corpus.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, ..ProptestConfig::default() })]

    #[test]
    fn anything_is_handed_on_at_any_place(
        pieces in proptest::collection::vec(piece(), 1..200),
        sizes in proptest::collection::vec(prop_oneof![4 => 1..9000usize, 1 => 9000..40_000usize], 1..40),
        encoding in 0..4u8,
    ) {
        let (best, plain) = (scanner(), reference());
        let mut payload = pieces.concat();
        let text = String::from_utf8_lossy(&payload).into_owned();
        match encoding {
            0 => payload = text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            1 => payload = text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => {}
        }
        let whole = best.scan(&payload).unwrap();
        let chunks = cut(&payload, &sizes);
        prop_assert_eq!(handed_on([&best, &plain], &chunks), whole);
    }

    #[test]
    fn a_state_that_was_changed_or_cut_is_refused(
        at in 0..1usize << 20,
        bit in 0..8u32,
        keep in 0..1usize << 20,
        more in proptest::collection::vec(any::<u8>(), 1..9),
    ) {
        let scanner = Scanner::builder().build().unwrap();
        let mut session = scanner.session();
        session.push(filler(5000)).unwrap();
        session.push("card 4111 1111 1111 1111 ").unwrap();
        let state = session.export().unwrap();
        let mut changed = state.clone();
        changed[at % state.len()] ^= 1 << bit;
        prop_assert!(scanner.import(&changed).is_err());
        prop_assert!(scanner.import(&state[..keep % state.len()]).is_err());
        prop_assert!(scanner.import(&[state.as_slice(), &more].concat()).is_err());
        prop_assert!(scanner.import(&state).is_ok());
    }
}
