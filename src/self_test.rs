//! The known answers of every detector: its samples, scanned.

use std::fmt;

use crate::Scanner;
use crate::catalogue::{Definition, Source};
use crate::custom::CustomDetector;
use crate::engine::Backend;
use crate::error::BuildError;
use crate::finding::{Confidence, Finding};

/// What [`Scanner::self_test`] came to.
#[must_use]
#[derive(Clone, Debug)]
pub struct SelfTest {
    backends: Vec<Backend>,
    samples: usize,
    failures: Vec<Failure>,
}

impl SelfTest {
    /// Returns the backends that ran.
    pub fn backends(&self) -> &[Backend] {
        &self.backends
    }

    /// Returns how many samples and near misses were scanned on each backend.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Returns the samples that were not found and the near misses that were.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }
}

/// A known answer that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    backend: Backend,
    detector: String,
    sample: usize,
    was_found: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { backend, detector, sample, was_found } = self;
        let what = if *was_found { "near miss found" } else { "sample not found" };
        write!(f, "{detector} sample {sample} on {backend}: {what}")
    }
}

impl Scanner {
    /// Scans every sample and near miss of every detector that is on, on every backend of this CPU.
    ///
    /// # Errors
    ///
    /// None that a scanner which was built can meet; building one per backend is fallible.
    pub fn self_test(&self) -> Result<SelfTest, BuildError> {
        let mut test = SelfTest { backends: Vec::new(), samples: 0, failures: Vec::new() };
        for backend in Backend::available() {
            let mut builder = Scanner::builder();
            builder.backend(*backend).min_confidence(Confidence::Low);
            for custom in self.own() {
                builder.custom(custom);
            }
            builder.key(self.plan.options.key.as_ref().map_or(&[], |key| key.0.as_slice()));
            let ids: Vec<&str> = self.detectors().iter().map(Definition::id).collect();
            let scanner = builder.detectors(ids).build()?;
            test.backends.push(*backend);
            test.samples = 0;
            for definition in scanner.detectors() {
                test.run(&scanner, definition, *backend);
            }
        }
        Ok(test)
    }
}

impl Scanner {
    fn own(&self) -> impl Iterator<Item = CustomDetector> {
        self.detectors().iter().filter_map(|definition| match &definition.source {
            Source::Custom(custom) => Some(custom.clone()),
            _ => None,
        })
    }
}

impl SelfTest {
    fn run(&mut self, scanner: &Scanner, definition: &Definition, backend: Backend) {
        let own = definition.own_samples().iter().map(String::as_str);
        let samples = definition.samples().iter().copied().chain(own).map(|text| (text, true));
        let own = definition.own_near_misses().iter().map(String::as_str);
        let misses = definition.near_misses().iter().map(|(miss, _)| *miss);
        let misses = misses.chain(own).map(|text| (text, false));
        for (index, (text, expected)) in samples.chain(misses).enumerate() {
            self.samples += 1;
            let was_found = is_found(scanner, definition, text);
            if was_found != expected {
                let detector = definition.id().to_owned();
                self.failures.push(Failure { backend, detector, sample: index, was_found });
            }
        }
    }
}

/// Whether a text is found as a whole, or a term in it, behind the definition's first keyword.
fn is_found(scanner: &Scanner, definition: &Definition, text: &str) -> bool {
    let is_term = matches!(definition.source, Source::Dictionary(_));
    let keyword = definition.keywords().next().unwrap_or_default();
    let prefix = if is_term { String::new() } else { format!("{keyword}: ") };
    let payload = format!("{prefix}{text}");
    let whole = |finding: &&Finding| {
        is_term
            || (finding.span().start, finding.span().end)
                == (prefix.len() as u64, payload.len() as u64)
                && !finding.is_joined()
    };
    let report = scanner.scan(payload.as_bytes());
    report.is_ok_and(|report| {
        report.findings().iter().filter(whole).any(|f| f.detector() == definition.id())
    })
}
