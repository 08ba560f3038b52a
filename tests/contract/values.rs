//! No value leaves: not in a finding, a report, an error or any `Debug`.

use std::collections::BTreeSet;

use portcullis::catalogue::Definition;
use portcullis::report::{self, Detail, Plain};
use portcullis::{Category, Confidence, Finding, Policy, Report, Scanner};

/// Characters in a row of a value that may be shown.
const SHOWN: usize = 2;
/// Letters in a row of a value that are no chance: three of `Example` stand in `complete` too.
const LETTERS: usize = 12;

/// A scanner of everything, under a policy that cites no document, whose dates are digits too.
fn scanner() -> Scanner {
    let mut builder = Scanner::builder();
    builder.policy(super::scanner_under("unscannable = \"reject\"\n").policy().clone());
    builder.min_confidence(Confidence::Low).positions(true).key(b"a key");
    builder.build().unwrap()
}

/// Everything that is written of a report, by name.
fn outputs(report: &Report) -> Vec<(&'static str, String)> {
    let text = |detail| {
        let mut out = Vec::new();
        report::write_text(&mut out, &Plain, "upload", report, detail).unwrap();
        String::from_utf8(out).unwrap()
    };
    let (mut jsonl, mut json) = (Vec::new(), Vec::new());
    report::write_jsonl(&mut jsonl, "upload", report, Some(8.0)).unwrap();
    report::write_json(&mut json, [("upload", report, None)]).unwrap();
    let evidence = report.findings().iter().flat_map(Finding::evidence);
    vec![
        ("Debug of the report", format!("{report:?}")),
        ("Debug of the findings", format!("{:?}", report.findings())),
        ("Debug of the verdict", format!("{:?}", report.verdict())),
        ("evidence", evidence.map(|e| format!("{e} {e:?}\n")).collect()),
        ("reasons", report.decision().reasons().iter().map(|r| format!("{r} {r:?}\n")).collect()),
        ("brief text", text(Detail::Brief)),
        ("explained text", text(Detail::Explained)),
        ("JSON Lines", String::from_utf8(jsonl).unwrap()),
        ("JSON", String::from_utf8(json).unwrap()),
    ]
}

/// The text without masks and without digests, whose digits are chance.
fn bare(text: &str, report: &Report) -> String {
    let mut text = text.replace(report.policy_digest(), "");
    for finding in report.findings() {
        let digest = finding.digest().map(|digest| digest.to_string()).unwrap_or_default();
        text = text.replace(&digest, "").replace(finding.masked(), "");
    }
    text
}

fn significant(written: &str) -> String {
    written.chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// Returns the first stretch of a value, of more characters than may be shown, that a text holds: as
/// it is written, by its significant characters, or as a list of its bytes.
fn leak(text: &str, written: &str) -> Option<String> {
    let significant = significant(written);
    let as_text = |value: &str| -> Vec<String> {
        let windows = value.as_bytes().windows(SHOWN + 1);
        // Blanks and fillers tell nothing, and parts of dates next to a blank are everywhere.
        let told =
            |window: &&[u8]| window.iter().any(u8::is_ascii_digit) && !window.contains(&b' ');
        let words = value.as_bytes().windows(LETTERS).filter(|window| !window.contains(&b' '));
        let stretches = windows.filter(told).chain(words);
        stretches.map(|window| String::from_utf8_lossy(window).into_owned()).collect()
    };
    let as_list = written.as_bytes().windows(SHOWN + 1).map(|window| format!("{window:?}"));
    let as_list = as_list.map(|list| list.trim_matches(['[', ']']).to_owned());
    let mut stretches = as_text(written).into_iter().chain(as_text(&significant)).chain(as_list);
    stretches.find(|stretch| text.contains(stretch.as_str()))
}

/// Returns the first word of a term that a text holds.
fn term_leak(text: &str, written: &str) -> Option<String> {
    let text = text.to_lowercase();
    let words = written.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4);
    words.map(str::to_lowercase).find(|word| text.contains(word))
}

/// The words that are written of any finding: the names of members, fields and variants.
fn names(scanner: &Scanner) -> BTreeSet<String> {
    let report = scanner.scan(b"card: 4111 1111 1111 1111").unwrap();
    let texts = outputs(&report).into_iter().map(|(_, text)| text);
    texts.flat_map(|text| words(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| !c.is_ascii_alphabetic())
}

/// The text without those words, and without the names that a definition has in the catalogue.
fn unnamed(text: &str, names: &BTreeSet<String>, definition: &Definition) -> String {
    let mut text = text.replace(definition.id(), "");
    for keyword in definition.keywords() {
        text = text.replace(&*keyword, "");
    }
    words(&text).filter(|word| !names.contains(*word)).collect()
}

/// A sample behind its keyword.
fn record(definition: &portcullis::catalogue::Definition, sample: &str) -> String {
    format!("{}: {sample}\n", definition.keywords().next().unwrap_or_default())
}

#[test]
fn no_output_holds_a_value() {
    let scanner = scanner();
    let names = names(&scanner);
    let mut leaks = Vec::new();
    for definition in scanner.detectors() {
        for sample in definition.samples() {
            let payload = record(definition, sample);
            let report = scanner.scan(payload.as_bytes()).unwrap();
            assert!(!report.findings().is_empty(), "{}: {sample}", definition.id());
            let outputs = outputs(&report);
            for finding in report.findings() {
                let span = finding.span().start as usize..finding.span().end as usize;
                let find = if definition.pass_rate().is_some() { leak } else { term_leak };
                for (name, text) in &outputs {
                    let found = find(
                        &unnamed(&bare(text, &report), &names, definition),
                        &payload[span.clone()],
                    );
                    leaks.extend(
                        found.map(|stretch| format!("{}: {stretch} in {name}", definition.id())),
                    );
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn masks_show_no_more_than_they_may() {
    let scanner = scanner();
    for definition in scanner.detectors() {
        for sample in definition.samples() {
            let payload = record(definition, sample);
            let report = scanner.scan(payload.as_bytes()).unwrap();
            for finding in report.findings() {
                let (head, tail) = match finding.category() {
                    Category::PaymentCard => (6, 4),
                    _ => (0, SHOWN),
                };
                let mask = finding.masked();
                let hidden = mask.len().saturating_sub(head + tail);
                let inner: String = mask.chars().skip(head).take(hidden).collect();
                assert_eq!(inner, "*".repeat(hidden), "{}: {mask}", definition.id());
                let shown = mask.chars().filter(|c| *c != '*').count();
                assert!(shown * 2 < mask.len() || shown == head + tail, "{mask}");
                assert!(shown < mask.len() && shown <= head + tail, "{mask}");
            }
        }
    }
}

#[test]
fn a_leak_would_be_seen() {
    let pan = "4111-1111-2222-3337";
    assert_eq!(leak("value: 4111-1111", pan).as_deref(), Some("411"));
    assert_eq!(leak("value: x2233", pan).as_deref(), Some("223"), "without its separators");
    assert_eq!(leak("[45, 50, 50, 50, 50]", pan).as_deref(), Some("45, 50, 50"));
    assert_eq!(leak("last two: 37", pan), None);
    assert_eq!(leak("an Example", "SG.ExampleExample"), None);
    assert_eq!(leak("ExampleExampl", "SG.ExampleExample").as_deref(), Some("ExampleExamp"));
    assert_eq!(term_leak("a case of Diabetes", "type 2 diabetes").as_deref(), Some("diabetes"));
    assert_eq!(term_leak("health.terms.conditions", "type 2 diabetes"), None);
}

#[test]
fn a_session_shows_nothing_of_what_it_carries() {
    let mut builder = Scanner::builder();
    builder.key(b"a key");
    let scanner = builder.build().unwrap();
    let pan = "4242424242424242";
    let filler = "lorem ipsum\n".repeat(1000);
    for payload in [format!("card {pan}"), format!("{filler}card {pan}")] {
        let mut session = scanner.session();
        session.push(&payload).unwrap();
        assert!(session.carried_bytes() > 0);
        assert_eq!(leak(&format!("{session:?}"), pan), None);
        assert_eq!(leak(&format!("{session:#?}").replace(['\n', ' '], ""), pan), None);
        let utf16: Vec<u8> = payload.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut session = scanner.session();
        session.push(&utf16).unwrap();
        assert_eq!(leak(&format!("{session:?}"), pan), None);
        assert!(!format!("{session:?}").contains("52, 0, 50, 0"));
    }
}

#[test]
fn the_key_stays_within() {
    let key = "correct horse battery staple";
    let mut builder = Scanner::builder();
    let scanner = builder.key(key.as_bytes()).build().unwrap();
    let as_list = format!("{:?}", key.as_bytes());
    let session = scanner.session();
    for shown in [format!("{builder:?}"), format!("{scanner:?}"), format!("{session:?}")] {
        assert!(!shown.contains(key) && !shown.contains(&as_list));
    }
}

#[test]
fn errors_speak_of_the_configuration_only() {
    let scanner = scanner();
    let error = scanner.scan_file("no such folder/4111111111111111.csv").unwrap_err();
    assert_eq!(leak(&format!("{error} {error:?}"), "4111111111111111"), None);
    let error = Policy::parse("[policy]\nid = 7", "a.toml").unwrap_err();
    assert!(error.to_string().starts_with("a.toml:2:6: "), "{error}");
}

#[test]
fn a_digest_is_keyed() {
    let digest = |key: &[u8]| {
        let mut builder = Scanner::builder();
        let scanner = builder.key(key).build().unwrap();
        let report = scanner.scan(b"card 4111-1111-1111-1111, card 4111111111111111").unwrap();
        let digests: Vec<_> = report.findings().iter().map(|f| f.digest().unwrap()).collect();
        assert_eq!(digests[0], digests[1], "one value, written twice");
        digests[0]
    };
    assert_ne!(digest(b"one"), digest(b"two"));
    let scanner = Scanner::builder().build().unwrap();
    let report = scanner.scan(b"card 4111111111111111").unwrap();
    assert_eq!(report.findings()[0].digest(), None);
}
