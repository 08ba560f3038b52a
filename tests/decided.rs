//! A scan that ends where its verdict is final: the same place for every feed, and nothing behind it called
//! clean.

use measure::corpora;
use portcullis::coverage::GapReason;
use portcullis::policy::Action;
use portcullis::{Finding, Policy, Report, Scanner};
use proptest::prelude::*;

use crate::splits::{self, cut, filler, piece};

/// The same scanner, for all of a payload and up to what decides.
fn pair(policy: &str) -> [Scanner; 2] {
    [false, true].map(|stop| {
        let mut builder = splits::builder();
        builder.policy(Policy::parse(policy, "test.toml").unwrap()).stop_when_decided(stop);
        builder.build().unwrap()
    })
}

/// A policy that rejects for so many cards with so many different numbers, and reviews the rest.
fn cards(count: u64, distinct: u64) -> String {
    format!(
        "[policy]\nid = \"test/cards\"\nversion = \"1\"\ndefault = \"review\"\nunscannable = \"review\"\n\
         [[rule]]\ncategory = [\"payment-card\"]\naction = \"reject\"\nmin_count = {count}\n\
         min_distinct = {distinct}\n"
    )
}

/// The end of the finding that makes the verdict of [`cards`] final, by counting what a whole scan lists.
fn deciding_end(whole: &Report, count: u64, distinct: u64) -> Option<u64> {
    let mut places = Vec::new();
    let mut values = Vec::new();
    let is_card =
        |finding: &&Finding| finding.category().as_str() == "payment-card" && finding.score() >= 50;
    for finding in whole.findings().iter().filter(is_card) {
        if places.last() != Some(&finding.span()) {
            places.push(finding.span());
        }
        let value = finding.digest().unwrap();
        if !values.contains(&value) {
            values.push(value);
        }
        if places.len() as u64 >= count && values.len() as u64 >= distinct {
            return Some(finding.span().end);
        }
    }
    None
}

/// Asserts that a report is the beginning of a whole one and says so.
fn assert_beginning(report: &Report, whole: &Report, end: Option<u64>) {
    let Some(end) = end else {
        assert_eq!(report, whole);
        return;
    };
    let before = |finding: &&Finding| finding.span().start < end;
    let expected: Vec<&Finding> = whole.findings().iter().filter(before).collect();
    assert_eq!(report.findings().iter().collect::<Vec<_>>(), expected);
    assert_eq!((report.bytes(), report.sha256()), (whole.bytes(), whole.sha256()));
    assert_eq!(report.decision().action(), Action::Reject);
    let gap = report.gaps().iter().find(|gap| gap.reason() == GapReason::Decided);
    let gap = gap.map(|gap| (gap.start(), gap.end()));
    assert_eq!(gap, (end < whole.bytes()).then_some((end, whole.bytes())));
    assert!(report.gaps().iter().all(|gap| gap.reason() != GapReason::Limit));
}

#[test]
fn a_scan_ends_behind_the_finding_that_decides_whatever_the_feed() {
    let payload = corpora::with_violations(Some(100), (2 << 20) + 999).bytes;
    for (count, distinct) in [(1, 1), (3, 1), (150, 1), (40, 30), (1_000_000, 1)] {
        let [all, stopping] = pair(&cards(count, distinct));
        let whole = all.scan(&payload).unwrap();
        assert_eq!(whole.omitted(), 0, "every finding is listed");
        let report = stopping.scan(&payload).unwrap();
        assert_beginning(&report, &whole, deciding_end(&whole, count, distinct));
        assert_eq!(stopping.scan_sharded(&payload).unwrap(), report, "{count} in shards");
        for size in [9_999, 65_536] {
            let chunks = payload.chunks(size);
            assert_eq!(splits::streamed(&stopping, chunks), report, "{count} in chunks of {size}");
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &payload).unwrap();
        assert_eq!(stopping.scan_file(file.path()).unwrap(), report, "{count} in a file");
    }
}

#[test]
fn what_a_payload_is_may_decide_before_its_first_byte() {
    let [_, stopping] = pair("[policy]\nid = \"a\"\nversion = \"1\"\ndefault = \"reject\"\n");
    let archive =
        [b"Rar!\x1a\x07".as_slice(), &filler(9000).into_bytes(), b"card 4111111111111111"];
    let archive = archive.concat();
    let report = stopping.scan(&archive).unwrap();
    let gaps: Vec<_> = report.gaps().iter().map(|g| (g.start(), g.end(), g.reason())).collect();
    let end = archive.len() as u64;
    assert_eq!(gaps, [(0, end, GapReason::Archive), (0, end, GapReason::Decided)]);
    assert!(report.findings().is_empty() && !report.is_complete());
    assert_eq!(report.decision().action(), Action::Reject);
    let mut session = stopping.session();
    assert_eq!(session.push(&archive).unwrap(), Action::Reject, "said at once");
    assert_eq!(session.finish().unwrap(), report);
    assert_eq!(stopping.scan_sharded(&archive).unwrap(), report);
    assert_eq!(stopping.scan(&archive[..100]).unwrap().decision().action(), Action::Reject);
    // Where that only asks for a review, the scan goes on to what decides.
    let [_, reviewing] = pair(&cards(1, 1));
    assert_eq!(reviewing.scan(&archive).unwrap().findings().len(), 1);
}

#[test]
fn a_zero_byte_counts_up_to_where_the_scan_ends() {
    let [_, stopping] = pair(&cards(1, 1));
    let card = "card 4111 1111 1111 1111";
    for (text, zero) in [(format!("a\0b {card}"), true), (format!("{card}\n a\0b"), false)] {
        let payload = format!("{}{text}{}", filler(5000), filler(30_000)).into_bytes();
        let report = stopping.scan(&payload).unwrap();
        let decided = report.findings()[0].span().end;
        let binary = report.gaps().iter().find(|gap| gap.reason() == GapReason::Binary);
        assert_eq!(binary.map(portcullis::coverage::Gap::end), zero.then_some(decided), "{text:?}");
        for size in [1, 5003, 40_000] {
            assert_eq!(splits::streamed(&stopping, payload.chunks(size)), report, "{size}");
        }
    }
}

#[test]
fn whoever_stops_pushing_has_the_report_of_what_was_pushed() {
    let [_, stopping] = pair(&cards(1, 1));
    let payload =
        format!("{}card 4111 1111 1111 1111 \n{}", filler(20_000), filler(40_000)).into_bytes();
    let (mut session, mut pushed) = (stopping.session(), 0);
    for chunk in payload.chunks(1000) {
        pushed += chunk.len();
        if session.push(chunk).unwrap() == Action::Reject {
            break;
        }
    }
    assert!(pushed < 40_000, "{pushed}");
    assert_eq!(session.finish().unwrap(), stopping.scan(&payload[..pushed]).unwrap());
}

#[test]
fn nothing_milder_ends_a_scan() {
    for action in ["accept", "redact", "review", "quarantine"] {
        let policy = format!(
            "[policy]\nid = \"a\"\nversion = \"1\"\ndefault = \"{action}\"\nunscannable = \"accept\"\n"
        );
        let [all, stopping] = pair(&policy);
        let payload = corpora::with_violations(Some(1), 40_000).bytes;
        assert_eq!(stopping.scan(&payload).unwrap(), all.scan(&payload).unwrap(), "{action}");
    }
}

#[test]
fn no_policy_speaks_about_what_was_decided() {
    let text = "[policy]\nid = \"a\"\nversion = \"1\"\nunscannable = { decided = \"accept\" }\n";
    let error = Policy::parse(text, "a.toml").unwrap_err();
    assert!(error.to_string().contains("unknown coverage reason \"decided\""), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn any_chunking_of_anything_ends_at_the_same_place(
        pieces in proptest::collection::vec(piece(), 1..200),
        sizes in proptest::collection::vec(1..20_000usize, 1..20),
        (count, distinct) in (1..12u64, 1..4u64),
        wide in any::<bool>(),
    ) {
        let [all, stopping] = pair(&cards(count, distinct));
        let mut payload = pieces.concat();
        if wide {
            let text = String::from_utf8_lossy(&payload);
            payload = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        let whole = all.scan(&payload).unwrap();
        let report = stopping.scan(&payload).unwrap();
        prop_assert_eq!(splits::streamed(&stopping, cut(&payload, &sizes)), stopping.scan(&payload).unwrap());
        if whole.omitted() == 0 {
            assert_beginning(&report, &whole, deciding_end(&whole, count, distinct));
        }
    }
}
