//! Every budget of a scan. What a budget cuts off is a coverage gap or counted, never silence.

/// How much a scan may take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the payload that are examined; what lies behind is a gap with the reason `limit`.
    /// Default: no limit, since memory does not grow with the payload.
    pub payload_bytes: u64,
    /// Findings that a report keeps. Further ones are counted and judged, not listed.
    /// Default: 1,000, which keeps a session under 1 MiB.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { payload_bytes: u64::MAX, findings: 1_000 }
    }
}
