//! Findings in every corpus, and equal reports of every way in.

use measure::corpora::{self, Corpus};
use portcullis::{Backend, Scanner};

use crate::density;
use crate::ways::{self, CHUNKS, STAGES, THREADS};

/// Bytes that a slice and shards of it are scanned: a shard and a bit.
const WHOLE: usize = (1 << 20) + (1 << 18);
/// Bytes of what every backend and every size of chunk scans: some seams of each.
const PART: usize = 1 << 18;

/// Counts the findings in every corpus, and compares the reports of every way in.
pub fn check() {
    let scanner = ways::scanner(Backend::Auto, |_| ());
    let backends = Backend::available().iter().map(|backend| ways::scanner(*backend, |_| ()));
    let backends: Vec<_> = backends.collect();
    let mut wrong = Vec::new();
    for corpus in corpora::made(WHOLE) {
        wrong.extend(miscount(&scanner, &corpus));
        wrong.extend(in_shards(&scanner, &corpus));
    }
    for corpus in [corpora::made(PART), corpora::small(), density::corpora(PART)].concat() {
        wrong.extend(miscount(&scanner, &corpus));
        wrong.extend(in_chunks(&scanner, &corpus));
        wrong.extend(on_backends(&backends, &corpus));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let thirty = STAGES.iter().find(|(name, _)| *name == "30-detectors").expect("a stage");
    assert_eq!(ways::scanner(Backend::Auto, thirty.1).detectors().len(), 30);
}

/// Says what was found where another number of findings is expected.
fn miscount(scanner: &Scanner, corpus: &Corpus) -> Option<String> {
    let report = ways::slice(scanner, &corpus.bytes);
    let (found, expected) = (ways::findings(&report), corpus.findings?);
    let places = report.findings().iter().map(|finding| {
        let (span, masked) = (finding.span(), finding.masked());
        format!("{} {masked} at {span:?} by {:?}", finding.detector(), finding.evidence())
    });
    let places: Vec<String> = places.take(5).collect();
    let wrong = || format!("{}: {found} findings, not {expected}: {places:#?}", corpus.name);
    (found != expected).then(wrong)
}

fn in_shards(scanner: &Scanner, corpus: &Corpus) -> Vec<String> {
    let report = ways::slice(scanner, &corpus.bytes);
    let is_other =
        |threads: &usize| ways::sharded(scanner, &corpus.bytes, &ways::pool(*threads)) != report;
    let others = THREADS.iter().filter(|threads| is_other(threads));
    others.map(|threads| format!("{}: another report by {threads} threads", corpus.name)).collect()
}

fn in_chunks(scanner: &Scanner, corpus: &Corpus) -> Vec<String> {
    let report = ways::slice(scanner, &corpus.bytes);
    let is_other = |size: usize| ways::session(scanner, &corpus.bytes, size) != report;
    let others = CHUNKS.iter().filter(|(size, _)| is_other(*size));
    others.map(|(_, name)| format!("{}: another report in chunks of {name}", corpus.name)).collect()
}

fn on_backends(scanners: &[Scanner], corpus: &Corpus) -> Vec<String> {
    let reports = scanners.iter().map(|scanner| (scanner, ways::slice(scanner, &corpus.bytes)));
    let reports: Vec<_> = reports.collect();
    let others = reports.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let backends = others.map(|pair| (pair[0].0.backend(), pair[1].0.backend()));
    backends.map(|(a, b)| format!("{}: {a} and {b} report otherwise", corpus.name)).collect()
}
