//! What a scan answers with, and how it is written down: text, JSON, JSON Lines.
//!
//! A [`Report`] holds offsets, counts, masks and keyed digests, so nothing in this module can write
//! a value out: there is none to write.

mod json;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::coverage::Gap;
use crate::finding::{Category, Finding};
use crate::policy::{Action, Decision};

pub use json::{JsonDocument, write_json, write_jsonl};
pub use text::{Detail, Paint, Plain, Printable, Style, write_text};

/// What a scan found in one payload, what it could not examine, and what the policy decided.
///
/// It is made by a completed scan alone and is a pure function of the configuration and the
/// payload. It has no `Default` and is no collection: a scan that failed cannot be written as an
/// empty, clean one.
#[must_use = "a report decides whether the payload may be stored"]
#[derive(Debug, PartialEq)]
pub struct Report {
    bytes: u64,
    sha256: Option<[u8; 32]>,
    findings: Vec<Finding>,
    omitted: u64,
    counts: BTreeMap<Category, u64>,
    gaps: Vec<Gap>,
    decision: Decision,
    issuer: Arc<Issuer>,
    /// `Some` exactly where `decision` accepts; [`Report::new`] alone sets it.
    pass: Option<Pass>,
}

/// The policy that decided: one for all reports of a scanner.
#[derive(Debug, PartialEq)]
pub(crate) struct Issuer {
    pub(crate) policy_id: String,
    pub(crate) policy_digest: String,
}

/// What a scan hands to [`Report::new`].
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) bytes: u64,
    pub(crate) sha256: Option<[u8; 32]>,
    /// In order of path, then offset.
    pub(crate) findings: Vec<Finding>,
    /// Findings that were counted and decided on, and not kept because of `Limits`.
    pub(crate) omitted: u64,
    /// Findings by category, those that were not kept included.
    pub(crate) counts: BTreeMap<Category, u64>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) decision: Decision,
    pub(crate) issuer: Arc<Issuer>,
}

impl Report {
    /// Returns the report of a completed scan, with a pass where the decision accepts.
    pub(crate) fn new(parts: Parts) -> Report {
        let Parts { bytes, sha256, findings, omitted, counts, gaps, decision, issuer } = parts;
        let pass = (decision.action() == Action::Accept).then_some(Pass { bytes, sha256 });
        Report { bytes, sha256, findings, omitted, counts, gaps, decision, issuer, pass }
    }

    /// Returns what is to happen to the payload.
    pub fn verdict(&self) -> Verdict<'_> {
        match (self.decision.action(), &self.pass) {
            (Action::Accept, Some(pass)) => Verdict::Accept(pass),
            (Action::Redact, _) => Verdict::Redact,
            (Action::Review, _) => Verdict::Review,
            (Action::Quarantine, _) => Verdict::Quarantine,
            _ => Verdict::Reject,
        }
    }

    /// Returns the proof of acceptance.
    ///
    /// # Errors
    ///
    /// Gives the report back where the policy did not accept the payload.
    pub fn into_pass(mut self) -> Result<Pass, Box<Report>> {
        self.pass.take().ok_or_else(|| Box::new(self))
    }

    /// Returns the length of the payload in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the SHA-256 of the payload where the scanner was built to compute it.
    pub fn sha256(&self) -> Option<&[u8; 32]> {
        self.sha256.as_ref()
    }

    /// Returns the findings that were kept, in order of path, then offset.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns how many findings were counted and decided on, but not kept because of `Limits`.
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// Returns the number of places with findings by category, those that were not kept included. Where
    /// several detectors of a category fit one place equally well, each has a finding, and the place
    /// counts once.
    pub fn counts(&self) -> &BTreeMap<Category, u64> {
        &self.counts
    }

    /// Returns the parts that were not examined.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Returns whether every byte was examined.
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty()
    }

    /// Returns the policy's decision with its reasons.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// Returns the id of the policy that decided.
    pub fn policy_id(&self) -> &str {
        &self.issuer.policy_id
    }

    /// Returns the digest of the policy that decided.
    pub fn policy_digest(&self) -> &str {
        &self.issuer.policy_digest
    }
}

/// What is to happen to a payload, in rising order of strictness.
#[must_use = "a payload may be stored on `Accept` only"]
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Verdict<'r> {
    /// It may be stored; here is the proof.
    Accept(&'r Pass),
    /// It may be stored once the findings are taken out.
    Redact,
    /// A person decides.
    Review,
    /// It is kept apart, out of reach of its readers.
    Quarantine,
    /// It is not stored.
    Reject,
}

impl Verdict<'_> {
    /// Returns the policy's action that this verdict carries out.
    pub fn action(&self) -> Action {
        match self {
            Verdict::Accept(_) => Action::Accept,
            Verdict::Redact => Action::Redact,
            Verdict::Review => Action::Review,
            Verdict::Quarantine => Action::Quarantine,
            Verdict::Reject => Action::Reject,
        }
    }
}

/// Proof that a completed scan accepted a payload.
///
/// It cannot be made or cloned outside of this module: a function that takes a `Pass` by value
/// stores nothing that was not scanned, and stores it once.
///
/// ```compile_fail
/// fn twice(pass: portcullis::Pass) -> (portcullis::Pass, portcullis::Pass) {
///     (pass.clone(), pass)
/// }
/// ```
#[derive(Debug, PartialEq)]
pub struct Pass {
    bytes: u64,
    sha256: Option<[u8; 32]>,
}

impl Pass {
    /// Returns the length in bytes of the payload that was accepted.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the SHA-256 of the payload that was accepted, where the scanner computes it.
    pub fn sha256(&self) -> Option<&[u8; 32]> {
        self.sha256.as_ref()
    }
}
