//! A payload that arrives in chunks: constant memory, and the findings of the whole.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::collector::{Collector, Harvest, Origin, Same};
use crate::context::Table;
use crate::coverage::{Gap, GapReason};
use crate::engine::window::{AFTER, BEFORE, Haystack, cores};
use crate::error::ScanError;
use crate::extract::sniff::SNIFF_REACH;
use crate::extract::utf16::Decoder;
use crate::extract::{Content, Encoding};
use crate::policy::Action;
use crate::report::{Parts, Report};
use crate::scanner::{Plan, Scratch};

/// Bytes of a piece of UTF-16 that is decoded at a time.
const PIECE: usize = 8 * 1024;
/// Bytes of short chunks that are gathered before they are scanned.
const GATHERED: usize = 8 * 1024;

/// A scan of a payload that arrives in chunks, of any sizes.
///
/// The report is that of [`Scanner::scan`](crate::Scanner::scan) for every chunking. Chunks are
/// scanned where they lie; only the bytes around their seams are copied.
/// A session that is dropped has no report, so its payload cannot be taken for accepted.
///
/// # Examples
///
/// ```
/// use portcullis::{Action, Scanner};
///
/// let scanner = Scanner::builder().build()?;
/// let mut session = scanner.session();
/// session.push("card 4111 1111")?;
/// session.push(" 1111 1111, thank you")?;
/// let report = session.finish()?;
/// assert_eq!(report.findings()[0].span().start, 5);
/// assert_eq!(report.decision().action(), Action::Reject);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Session {
    plan: Arc<Plan>,
    /// The first bytes, until there are enough to tell what the payload is.
    head: Vec<u8>,
    body: Option<Body>,
    bytes: u64,
    hasher: Option<Sha256>,
    /// Offset of the first zero byte.
    zero: Option<u64>,
}

/// Shows lengths only: what a session carries are bytes of the payload.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("bytes", &self.bytes)
            .field("carried_bytes", &self.carried_bytes())
            .finish_non_exhaustive()
    }
}

/// What a session does once it knows what the payload is.
#[derive(Debug)]
struct Body {
    content: Content,
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    table: Option<Table>,
    seam: Seam,
    scratch: Scratch,
    harvest: Option<Harvest>,
    gap: Option<Gap>,
}

impl Session {
    pub(crate) fn new(plan: Arc<Plan>) -> Session {
        let hasher = plan.options.payload_digest.then(Sha256::new);
        Session { plan, head: Vec::new(), body: None, bytes: 0, hasher, zero: None }
    }

    /// Takes the next chunk. Returns the strictest action that has fired so far, so that a caller may
    /// stop early at `reject`; only [`Session::finish`] gives a report.
    ///
    /// # Complexity
    ///
    /// Linear in the chunk. At most 6 KiB of it are copied where it is longer than that; shorter
    /// ones are gathered.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn push(&mut self, chunk: impl AsRef<[u8]>) -> Result<Action, ScanError> {
        let chunk = chunk.as_ref();
        if let Some(hasher) = &mut self.hasher {
            hasher.update(chunk);
        }
        let room = self.plan.options.limits.payload_bytes.saturating_sub(self.bytes);
        let allowed = usize::try_from(room).unwrap_or(usize::MAX).min(chunk.len());
        let examined = chunk.get(..allowed).unwrap_or_default();
        if self.zero.is_none() {
            let zero = memchr::memchr(0, examined);
            self.zero = zero.map(|index| self.bytes + index as u64);
        }
        self.bytes += chunk.len() as u64;
        self.take(examined);
        Ok(self.action())
    }

    /// Ends the payload and returns its report.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn finish(mut self) -> Result<Report, ScanError> {
        let head = std::mem::take(&mut self.head);
        let body = self.body.take();
        let mut body = body.unwrap_or_else(|| Body::open(&self.plan, &head));
        body.finish(&self.plan);
        let gaps = self.gaps(&body);
        let sha256 = self.hasher.take().map(|hasher| hasher.finalize().into());
        Ok(report(&self.plan, body.into_harvest(&self.plan), self.bytes, sha256, gaps))
    }

    /// Returns how many bytes of past chunks the session holds.
    pub fn carried_bytes(&self) -> usize {
        self.head.len() + self.body.as_ref().map_or(0, |body| body.seam.carry.len())
    }

    fn take(&mut self, examined: &[u8]) {
        if let Some(body) = &mut self.body {
            body.push(&self.plan, examined);
            return;
        }
        let missing = (SNIFF_REACH - self.head.len()).min(examined.len());
        let (head, rest) = examined.split_at(missing);
        self.head.extend_from_slice(head);
        if self.head.len() == SNIFF_REACH {
            let head = std::mem::take(&mut self.head);
            let mut body = Body::open(&self.plan, &head);
            body.push(&self.plan, rest);
            self.body = Some(body);
        }
    }

    fn action(&self) -> Action {
        let harvest = self.body.as_ref().and_then(|body| body.harvest.as_ref());
        harvest.map_or(Action::Accept, |h| h.tally.action_so_far(&self.plan.compiled))
    }

    fn gaps(&self, body: &Body) -> Vec<Gap> {
        let examined = self.bytes.min(self.plan.options.limits.payload_bytes);
        let mut gaps: Vec<Gap> =
            content_gap(body.content, examined, self.zero).into_iter().collect();
        gaps.extend(body.gap.clone());
        gaps.extend(limit_gap(examined, self.bytes));
        gaps
    }
}

/// Returns the gap of content that is more than its bytes show, or of a text with zeros in it.
pub(crate) fn content_gap(content: Content, examined: u64, zero: Option<u64>) -> Option<Gap> {
    let gap = |start, reason| Gap { path: String::new(), start, end: examined, reason };
    let zero = zero.filter(|_| content.encoding == Encoding::Ascii);
    let known = content.gap.map(|reason| gap(0, reason));
    known.or_else(|| zero.map(|start| gap(start, GapReason::Binary)))
}

/// Returns the gap behind the last byte that the limit allows.
pub(crate) fn limit_gap(examined: u64, bytes: u64) -> Option<Gap> {
    let gap = Gap { path: String::new(), start: examined, end: bytes, reason: GapReason::Limit };
    (examined < bytes).then_some(gap)
}

/// Returns the report of a harvest.
pub(crate) fn report(
    plan: &Plan,
    harvest: Harvest,
    bytes: u64,
    sha256: Option<[u8; 32]>,
    gaps: Vec<Gap>,
) -> Report {
    let decision = harvest.tally.decide(&plan.compiled, &gaps);
    Report::new(Parts {
        bytes,
        sha256,
        findings: harvest.findings,
        omitted: harvest.omitted,
        counts: harvest.counts,
        gaps,
        decision,
        policy_id: plan.policy.id().to_owned(),
        policy_digest: plan.policy.digest(),
    })
}

impl Body {
    /// Opens the body of a payload with its first bytes.
    fn open(plan: &Plan, head: &[u8]) -> Body {
        let content = Content::of(head);
        let decoder = (content.encoding != Encoding::Ascii).then(|| Decoder::new(content.encoding));
        let mut body = Body {
            content,
            decoder,
            decoded: Vec::new(),
            table: None,
            seam: Seam::default(),
            scratch: Scratch::default(),
            harvest: Some(Harvest::new(plan, 0)),
            gap: None,
        };
        match &mut body.decoder {
            None => body.table = Table::read(&plan.lexicon, head),
            Some(decoder) => {
                decoder.decode(head, &mut body.decoded);
                body.table = Table::read(&plan.lexicon, &body.decoded);
                body.scan_decoded(plan);
                return body;
            }
        }
        body.push(plan, head);
        body
    }

    fn push(&mut self, plan: &Plan, bytes: &[u8]) {
        if self.decoder.is_none() {
            return self.scan(plan, bytes, &Same);
        }
        for piece in bytes.chunks(PIECE) {
            if let Some(decoder) = &mut self.decoder {
                decoder.decode(piece, &mut self.decoded);
            }
            self.scan_decoded(plan);
        }
    }

    fn scan_decoded(&mut self, plan: &Plan) {
        let Some(mut decoder) = self.decoder.take() else { return };
        let mut decoded = std::mem::take(&mut self.decoded);
        self.scan(plan, &decoded, decoder.map());
        decoder.map().forget_before(self.seam.done);
        decoded.clear();
        (self.decoded, self.decoder) = (decoded, Some(decoder));
    }

    fn scan(&mut self, plan: &Plan, bytes: &[u8], origin: &dyn Origin) {
        let Body { table, scratch, seam, harvest, .. } = self;
        let Some(held) = harvest.take() else { return };
        let mut collector = Collector::new(origin, held);
        seam.push(bytes, &mut |haystack, range| {
            scan_range(plan, haystack, range, table.as_ref(), scratch, &mut collector);
        });
        *harvest = Some(collector.harvest);
    }

    fn finish(&mut self, plan: &Plan) {
        let mut decoder = self.decoder.take();
        let mut last = std::mem::take(&mut self.decoded);
        if let Some(decoder) = &mut decoder {
            let left = decoder.finish(&mut last) as u64;
            let end = decoder.consumed();
            let gap = Gap {
                path: String::new(),
                start: end,
                end: end + left,
                reason: GapReason::Truncated,
            };
            self.gap = (left > 0).then_some(gap);
        }
        let Body { table, scratch, seam, harvest, .. } = self;
        let Some(held) = harvest.take() else { return };
        let origin: &dyn Origin = match &mut decoder {
            Some(decoder) => decoder.map(),
            None => &Same,
        };
        let mut collector = Collector::new(origin, held);
        let mut scan = |haystack: Haystack<'_>, range: Range<usize>| {
            scan_range(plan, haystack, range, table.as_ref(), scratch, &mut collector);
        };
        seam.push(&last, &mut scan);
        seam.finish(&mut scan);
        *harvest = Some(collector.harvest);
    }

    fn into_harvest(self, plan: &Plan) -> Harvest {
        self.harvest.unwrap_or_else(|| Harvest::new(plan, 0))
    }
}

/// Scans a range, core by core.
pub(crate) fn scan_range(
    plan: &Plan,
    haystack: Haystack<'_>,
    range: Range<usize>,
    table: Option<&Table>,
    scratch: &mut Scratch,
    collector: &mut Collector<'_>,
) {
    for core in cores(range) {
        let end = core.end;
        plan.scan_core(haystack, core, table, scratch, collector);
        collector.pass(plan, haystack, end);
    }
}

/// The bytes around the seams of chunks: what is left of past chunks until it can be decided on, with
/// as much before it as decisions read.
#[derive(Debug, Default)]
struct Seam {
    carry: Vec<u8>,
    /// Offset of the carry's first byte.
    base: u64,
    /// Offset up to which everything is decided.
    done: u64,
}

impl Seam {
    /// Takes the next bytes and calls `scan` with stretches in which a range can be decided on.
    fn push(&mut self, bytes: &[u8], scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        if bytes.len() <= BEFORE + AFTER {
            return self.gather(bytes, scan);
        }
        let start = self.base + self.carry.len() as u64;
        let (head, _) = bytes.split_at(BEFORE + AFTER);
        self.carry.extend_from_slice(head);
        self.decide_carry(BEFORE + AFTER, scan);
        let end = bytes.len() - AFTER;
        let from = (self.done - start) as usize;
        scan(Haystack { bytes, base: start }, from..end);
        let kept = end.saturating_sub(BEFORE);
        self.carry.clear();
        self.carry.extend_from_slice(bytes.get(kept..).unwrap_or_default());
        self.base = start + kept as u64;
        self.done = start + end as u64;
    }

    /// Gathers a short chunk.
    fn gather(&mut self, bytes: &[u8], scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        self.carry.extend_from_slice(bytes);
        if self.carry.len() >= BEFORE + AFTER + GATHERED {
            self.decide_carry(0, scan);
        }
    }

    /// Decides on the carry but for its last [`AFTER`] bytes, and drops what no decision reads any
    /// more, but keeps the last `keep` bytes in any case.
    fn decide_carry(&mut self, keep: usize, scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        let end = self.carry.len().saturating_sub(AFTER);
        let from = (self.done - self.base) as usize;
        if end <= from {
            return;
        }
        scan(Haystack { bytes: &self.carry, base: self.base }, from..end);
        self.done = self.base + end as u64;
        let spare = end.saturating_sub(BEFORE).min(self.carry.len().saturating_sub(keep));
        self.carry.drain(..spare);
        self.base += spare as u64;
    }

    /// Decides on all that is left.
    fn finish(&mut self, scan: &mut dyn FnMut(Haystack<'_>, Range<usize>)) {
        let from = (self.done - self.base) as usize;
        scan(Haystack { bytes: &self.carry, base: self.base }, from..self.carry.len());
    }
}
