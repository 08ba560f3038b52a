//! Every definition's samples, in every surrounding that a payload gives them.
//!
//! Nothing here names a detector: a new one is covered by its own samples, near misses, keywords and
//! pass rate.

mod facts;
mod places;
mod rates;
mod surroundings;

use portcullis::finding::Evidence;
use portcullis::{Backend, Builder, Category, Confidence, Finding, Scanner, catalogue::Definition};

/// A scanner of everything, down to low confidence.
pub fn scanner() -> Scanner {
    everything().build().unwrap()
}

fn everything() -> Builder {
    let mut builder = Scanner::builder();
    builder.categories(Category::ALL.iter().copied()).min_confidence(Confidence::Low);
    builder
}

/// A scanner of everything, down to low confidence, on each backend that this CPU has.
fn scanners() -> impl Iterator<Item = Scanner> {
    Backend::available().iter().map(|backend| everything().backend(*backend).build().unwrap())
}

/// Whether a definition is a list of terms: its samples are sentences, which need no keyword and are
/// found in part.
fn is_term(definition: &Definition) -> bool {
    definition.pass_rate().is_none()
}

/// The word that a sample stands behind.
fn keyword(definition: &Definition) -> String {
    definition.keywords().next().unwrap_or_default().into_owned()
}

/// A payload with the stretch of it that a definition's finding has to fill.
struct Planted {
    payload: Vec<u8>,
    start: usize,
    end: usize,
}

impl Planted {
    fn new(before: &str, written: &str, after: &str) -> Planted {
        let payload = format!("{before}{written}{after}").into_bytes();
        Planted { payload, start: before.len(), end: before.len() + written.len() }
    }

    /// Whether a finding of the definition fills the stretch; one of a term stands within it.
    fn is_found(&self, scanner: &Scanner, definition: &Definition) -> bool {
        let report = scanner.scan(&self.payload).unwrap();
        let own = report.findings().iter().filter(|f| f.detector() == definition.id());
        own.into_iter().any(|finding| self.is_filled(finding, is_term(definition)))
    }

    fn is_filled(&self, finding: &Finding, is_term: bool) -> bool {
        if is_put_together(finding) {
            return false;
        }
        let (start, end) = (finding.span().start as usize, finding.span().end as usize);
        match is_term {
            true => self.start <= start && end <= self.end,
            false => (start, end) == (self.start, self.end),
        }
    }
}

/// Whether a value was put together out of its parts, which is not what its forms are about.
fn is_put_together(finding: &Finding) -> bool {
    finding.evidence().contains(&Evidence::Written("broken-up".into()))
}

/// Calls `test` with every sample of every definition and returns what it complains of, a line each.
fn over_samples(scanner: &Scanner, test: impl Fn(&Definition, &str) -> Vec<String>) -> Vec<String> {
    let definitions = scanner.detectors().iter();
    let samples = definitions.flat_map(|d| d.samples().iter().map(move |sample| (d, *sample)));
    samples.flat_map(|(definition, sample)| test(definition, sample)).collect()
}

fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_known_answer_comes() {
    let outcome = scanner().self_test().unwrap();
    assert!(outcome.samples() > 300, "{} samples", outcome.samples());
    assert_eq!(outcome.backends(), Backend::available());
    let failures: Vec<String> = outcome.failures().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
