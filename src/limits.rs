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
    /// Bytes that all members of containers may come to, at every depth; behind them a container is not read any
    /// further. Default: 1 GiB.
    pub unpacked_bytes: u64,
    /// Members that are opened, at every depth. Default: 10,000.
    pub members: u64,
    /// Containers within each other that are opened; what lies deeper is scanned as it lies, and a gap. Default: 8.
    pub depth: u32,
    /// Bytes of a container that its reader may keep where it cannot do without all of them. Default: 64 MiB.
    pub kept_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            payload_bytes: u64::MAX,
            findings: 1_000,
            unpacked_bytes: 1 << 30,
            members: 10_000,
            depth: 8,
            kept_bytes: 64 << 20,
        }
    }
}
