//! The JSON of the reports: one object a line, or one document of the same objects.
//!
//! The order of the fields is part of the format; serde writes them in the order declared here.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::coverage::{Gap, GapReason};
use crate::finding::{Category, Confidence, Finding};
use crate::policy::{Action, Obligation, Reason};

/// Writes a report as JSON Lines: each finding in order of offset, then the report itself.
///
/// `payload` names the payload in every line, and `seconds` says how long its scan took.
///
/// # Errors
///
/// Returns the error of `out`. A reader that saw no line of type `report` has no verdict.
pub fn write_jsonl(
    out: &mut impl Write,
    payload: &str,
    report: &Report,
    seconds: Option<f64>,
) -> io::Result<()> {
    for finding in report.findings() {
        serde_json::to_writer(&mut *out, &FindingObject::new(payload, finding))?;
        out.write_all(b"\n")?;
    }
    serde_json::to_writer(&mut *out, &ReportObject::new(payload, report, seconds))?;
    out.write_all(b"\n")
}

/// Writes one document `{"schema":1,"findings":[…],"reports":[…]}` over several payloads, each
/// given as its name, its report and the seconds its scan took.
///
/// # Errors
///
/// Returns the error of `out`.
pub fn write_json<'r>(
    out: &mut impl Write,
    payloads: impl IntoIterator<Item = (&'r str, &'r Report, Option<f64>)>,
) -> io::Result<()> {
    let mut document = JsonDocument::new(out);
    for (payload, report, seconds) in payloads {
        document.push(payload, report, seconds)?;
    }
    document.finish().map(drop)
}

/// Writes the document of [`write_json`] payload by payload.
///
/// Findings are written at once; of a payload only its closing object is held back, so memory
/// grows with the number of payloads and not with what is found in them. A document that was not
/// finished is not JSON, so that a run that broke off cannot be read as a whole one.
#[derive(Debug)]
pub struct JsonDocument<W> {
    out: W,
    opened: bool,
    findings: u64,
    /// The objects for `reports`, separated by commas.
    reports: Vec<u8>,
}

impl<W: Write> JsonDocument<W> {
    /// Returns a document without payloads.
    pub fn new(out: W) -> JsonDocument<W> {
        JsonDocument { out, opened: false, findings: 0, reports: Vec::new() }
    }

    /// Adds a payload.
    ///
    /// # Errors
    ///
    /// Returns the error of the writer.
    pub fn push(&mut self, payload: &str, report: &Report, seconds: Option<f64>) -> io::Result<()> {
        self.open()?;
        for finding in report.findings() {
            self.out.write_all(if self.findings == 0 { b"\n" } else { b",\n" })?;
            self.findings += 1;
            serde_json::to_writer(&mut self.out, &FindingObject::new(payload, finding))?;
        }
        self.reports.extend_from_slice(if self.reports.is_empty() { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut self.reports, &ReportObject::new(payload, report, seconds))?;
        Ok(())
    }

    /// Ends the document and returns the writer.
    ///
    /// # Errors
    ///
    /// Returns the error of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        self.open()?;
        self.out.write_all(b"],\"reports\":[")?;
        self.out.write_all(&self.reports)?;
        self.out.write_all(b"]}\n")?;
        Ok(self.out)
    }

    fn open(&mut self) -> io::Result<()> {
        if self.opened {
            return Ok(());
        }
        self.opened = true;
        write!(self.out, "{{\"schema\":{SCHEMA},\"findings\":[")
    }
}

/// The version of both objects; it rises when a field changes its meaning or goes away.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct FindingObject<'r> {
    r#type: &'static str,
    schema: u32,
    payload: &'r str,
    path: &'r str,
    detector: &'r str,
    category: Category,
    start: u64,
    end: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<PositionObject>,
    confidence: Confidence,
    score: u8,
    masked: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    test: bool,
    evidence: Vec<String>,
}

impl<'r> FindingObject<'r> {
    fn new(payload: &'r str, finding: &'r Finding) -> FindingObject<'r> {
        FindingObject {
            r#type: "finding",
            schema: SCHEMA,
            payload,
            path: finding.path(),
            detector: finding.detector(),
            category: finding.category(),
            start: finding.span().start,
            end: finding.span().end,
            position: finding
                .position()
                .map(|at| PositionObject { line: at.line, column: at.column }),
            confidence: finding.confidence(),
            score: finding.score(),
            masked: finding.masked(),
            digest: finding.digest().map(|digest| digest.to_string()),
            test: finding.is_test(),
            evidence: finding.evidence().iter().map(ToString::to_string).collect(),
        }
    }
}

#[derive(Serialize)]
struct PositionObject {
    line: u64,
    column: u64,
}

#[derive(Serialize)]
struct ReportObject<'r> {
    r#type: &'static str,
    schema: u32,
    payload: &'r str,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    verdict: Action,
    coverage: &'static str,
    gaps: Vec<GapObject<'r>>,
    counts: &'r BTreeMap<Category, u64>,
    #[serde(skip_serializing_if = "is_zero")]
    omitted: u64,
    policy: &'r str,
    policy_digest: &'r str,
    reasons: Vec<ReasonObject<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    obligations: Vec<ObligationObject<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

impl<'r> ReportObject<'r> {
    fn new(payload: &'r str, report: &'r Report, seconds: Option<f64>) -> ReportObject<'r> {
        let decision = report.decision();
        ReportObject {
            r#type: "report",
            schema: SCHEMA,
            payload,
            bytes: report.bytes(),
            sha256: report.sha256().map(|sum| hex(sum)),
            verdict: report.verdict().action(),
            coverage: if report.is_complete() { "complete" } else { "partial" },
            gaps: report.gaps().iter().map(GapObject::new).collect(),
            counts: report.counts(),
            omitted: report.omitted(),
            policy: report.policy_id(),
            policy_digest: report.policy_digest(),
            reasons: decision.reasons().iter().map(ReasonObject::new).collect(),
            obligations: decision.obligations().iter().map(ObligationObject::new).collect(),
            seconds,
        }
    }
}

#[derive(Serialize)]
struct GapObject<'r> {
    path: &'r str,
    start: u64,
    end: u64,
    reason: GapReason,
}

impl<'r> GapObject<'r> {
    fn new(gap: &'r Gap) -> GapObject<'r> {
        GapObject { path: gap.path(), start: gap.start(), end: gap.end(), reason: gap.reason() }
    }
}

#[derive(Serialize)]
struct ReasonObject<'r> {
    rule: &'r str,
    cite: &'r str,
    /// Absent where parts that were not examined are the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Category>,
    /// Why they were not; stands in the place of `category`.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<GapReason>,
    count: u64,
}

impl<'r> ReasonObject<'r> {
    fn new(reason: &'r Reason) -> ReasonObject<'r> {
        ReasonObject {
            rule: reason.rule(),
            cite: reason.cite(),
            category: reason.category(),
            gap: reason.gap(),
            count: reason.count(),
        }
    }
}

#[derive(Serialize)]
struct ObligationObject<'r> {
    text: &'r str,
    cite: &'r str,
}

impl<'r> ObligationObject<'r> {
    fn new(obligation: &'r Obligation) -> ObligationObject<'r> {
        ObligationObject { text: obligation.text(), cite: obligation.cite() }
    }
}

/// Has the form that `skip_serializing_if` asks for.
fn is_zero(count: &u64) -> bool {
    *count == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
