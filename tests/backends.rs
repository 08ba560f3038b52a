//! One report on every backend that this CPU has, over all corpora and every way in.

use std::collections::BTreeSet;

use measure::corpora::{self, Corpus};
use portcullis::{Backend, Report, Scanner};

use crate::splits;

/// Bytes of a corpus: a few cores, with what lies around each.
const BYTES: usize = 80 << 10;
/// Bytes of the payload that is scanned in shards: one and a bit.
const SHARDED: usize = (1 << 20) + (1 << 16);

/// A scanner of everything there is, down to low confidence, on each backend; the reference first.
fn scanners() -> Vec<Scanner> {
    let mut backends = Backend::available().to_vec();
    backends.sort_by_key(|backend| *backend != Backend::Scalar);
    assert_eq!(backends.first(), Some(&Backend::Scalar));
    let on = |backend| splits::builder().backend(backend).build().unwrap();
    backends.into_iter().map(on).collect()
}

/// The eight kinds, log lines with violations of each density, forms and fields.
fn corpora() -> Vec<Corpus> {
    let densities = [None, Some(100), Some(10), Some(1)];
    let violations = densities.map(|every| corpora::with_violations(every, BYTES));
    [corpora::made(BYTES), corpora::small(), violations.to_vec()].concat()
}

/// Asserts that a payload has one report on all scanners, and returns it.
fn assert_equal(scanners: &[Scanner], name: &str, scan: impl Fn(&Scanner) -> Report) -> Report {
    let mut reports = scanners.iter().map(|scanner| (scanner.backend(), scan(scanner)));
    let (_, reference) = reports.next().expect("the reference");
    for (backend, report) in reports {
        assert_eq!(report, reference, "{name} on {backend}");
    }
    reference
}

#[test]
fn every_corpus_has_one_report_on_all_backends() {
    let scanners = scanners();
    let (mut found, mut made) = (BTreeSet::new(), 0);
    for Corpus { name, bytes, findings } in corpora() {
        let slice = assert_equal(&scanners, &name, |scanner| scanner.scan(&bytes).unwrap());
        let chunked = |scanner: &Scanner| splits::streamed(scanner, bytes.chunks(20_011));
        assert_eq!(assert_equal(&scanners, &name, chunked), slice, "{name} in chunks");
        let places: u64 = slice.counts().values().sum();
        assert!(findings.is_none_or(|findings| places >= findings), "{name}: {places}");
        found.extend(slice.findings().iter().map(|finding| finding.detector().to_owned()));
        made += places;
    }
    // Reports without findings would agree whatever the backends do.
    assert!(found.len() > 20 && made > 2_000, "{made} findings of {} detectors", found.len());
}

#[test]
fn every_sample_in_every_corpus_has_one_report_on_all_backends() {
    let scanners = scanners();
    let records: Vec<String> = scanners[0]
        .detectors()
        .iter()
        .flat_map(|definition| definition.samples().iter().map(|s| splits::record(definition, s)))
        .collect();
    for Corpus { name, bytes, .. } in corpora::made(BYTES) {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n').zip(records.iter().cycle());
        let payload: Vec<u8> =
            lines.flat_map(|(line, record)| [line, record.as_bytes()].concat()).collect();
        let report = assert_equal(&scanners, &name, |scanner| scanner.scan(&payload).unwrap());
        let places: u64 = report.counts().values().sum();
        assert!(places > 100, "{name}: {places}");
    }
}

#[test]
fn shards_have_one_report_on_all_backends() {
    let scanners = scanners();
    let Corpus { name, bytes, .. } = corpora::with_violations(Some(100), SHARDED);
    let sharded = |scanner: &Scanner| scanner.scan_sharded(&bytes).unwrap();
    let report = assert_equal(&scanners, &name, sharded);
    assert!(report.counts().values().sum::<u64>() > 100, "{report:?}");
    assert_eq!(scanners[0].scan(&bytes).unwrap(), report);
}
