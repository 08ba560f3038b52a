//! Samples are found wherever in the payload they stand.

use portcullis::{Scanner, catalogue::Definition};

use super::{assert_none, is_term, keyword, over_samples, scanners};

/// Bytes that a backend classifies at a time.
const BLOCK: usize = 64;
/// Bytes that are decided on at a time.
const CORE: usize = 8192;

/// Text that means nothing, of any length.
fn filler(bytes: usize) -> String {
    "lorem ipsum dolor sit amet\n".chars().cycle().take(bytes).collect()
}

/// A sample behind its keyword, on a line of its own, with the bytes before the sample.
fn record(definition: &Definition, sample: &str) -> (usize, String) {
    let head = if is_term(definition) { "\n" } else { &format!("\n{}: ", keyword(definition)) };
    (head.len(), format!("{head}{sample}\n"))
}

/// The places where a payload that consists of records at `starts` shows no finding.
fn missed(
    scanner: &Scanner,
    definition: &Definition,
    payload: &str,
    starts: impl IntoIterator<Item = usize>,
) -> Vec<String> {
    let report = scanner.scan(payload.as_bytes()).unwrap();
    let own = report.findings().iter().filter(|f| f.detector() == definition.id());
    let found: Vec<usize> = own.map(|f| f.span().start as usize).collect();
    // A term begins somewhere in its sentence, an identifier where its sample does.
    let reach = if is_term(definition) { 60 } else { 1 };
    let is_missed = |at: &usize| !found.iter().any(|f| (*at..at + reach).contains(f));
    let lines = starts
        .into_iter()
        .filter(is_missed)
        .map(|at| format!("{} at {at} on {}", definition.id(), scanner.backend()));
    lines.collect()
}

#[test]
fn at_every_offset_in_a_block() {
    for scanner in scanners() {
        assert_none(over_samples(&scanner, |definition, sample| {
            let (head, record) = record(definition, sample);
            let shifts = (0..BLOCK).flat_map(|shift| {
                let payload = format!("{}{record}", filler(shift));
                missed(&scanner, definition, &payload, [shift + head])
            });
            shifts.collect()
        }));
    }
}

#[test]
fn at_every_offset_across_a_core_boundary() {
    for scanner in scanners() {
        assert_none(over_samples(&scanner, |definition, sample| {
            let (head, record) = record(definition, sample);
            let mut payload = String::new();
            let mut starts = Vec::new();
            // The n-th record begins n bytes before the n-th boundary.
            for back in 0..=record.len() {
                let begin = (back + 1) * CORE - back;
                payload.push_str(&filler(begin - payload.len()));
                payload.push_str(&record);
                starts.push(begin + head);
            }
            missed(&scanner, definition, &payload, starts)
        }));
    }
}

#[test]
fn a_sample_that_is_not_there_is_missed() {
    let scanner = scanners().next().unwrap();
    let definition = &scanner.detectors()[0];
    assert_eq!(missed(&scanner, definition, &filler(100), [7]).len(), 1);
}
