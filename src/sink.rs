//! Findings as they are made.

use std::ops::ControlFlow;

use crate::finding::Finding;

/// Takes findings as they are made, in payload order; closures are sinks.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use portcullis::{Finding, Scanner, error::ScanErrorKind};
///
/// let scanner = Scanner::builder().build()?;
/// let mut first = None;
/// let mut sink = |finding: &Finding| {
///     first = Some(finding.span().start);
///     ControlFlow::Break(())
/// };
/// let stopped = scanner.scan_to(b"card 4111111111111111, card 5555555555554444", &mut sink);
/// assert_eq!(stopped.unwrap_err().kind(), ScanErrorKind::Stopped);
/// assert_eq!(first, Some(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Sink {
    /// Takes a finding. `Break` stops the scan, which then has no report.
    fn found(&mut self, finding: &Finding) -> ControlFlow<()>;
}

impl<F: FnMut(&Finding) -> ControlFlow<()>> Sink for F {
    fn found(&mut self, finding: &Finding) -> ControlFlow<()> {
        self(finding)
    }
}

/// Takes nothing and never stops.
pub(crate) struct Ignore;

impl Sink for Ignore {
    fn found(&mut self, _: &Finding) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
