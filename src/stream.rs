//! A payload that arrives in chunks: constant memory, and the findings of the whole.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bytes::Buf;
use sha2::{Digest as _, Sha256};

use crate::collector::{Collector, Harvest};
use crate::context::Table;
use crate::coverage::{Gap, GapReason};
use crate::engine::window::{Haystack, cores};
use crate::error::ScanError;
use crate::extract::sniff::SNIFF_REACH;
use crate::extract::wide::Decoder;
use crate::extract::{Content, Encoding, Origin, Same};
use crate::policy::Action;
use crate::report::{Parts, Report};
use crate::scanner::{Plan, Scratch};
use crate::seam::Seam;
use crate::sink::{Ignore, Sink};

/// Bytes of a piece of UTF-16 or UTF-32 that is decoded at a time.
const PIECE: usize = 8 * 1024;

/// A scan of a payload that arrives in chunks, of any sizes.
///
/// The report is that of [`Scanner::scan`](crate::Scanner::scan) for every chunking. Chunks are
/// scanned where they lie; only the bytes around their seams are copied.
/// A session that is dropped has no report, so its payload cannot be taken for accepted.
///
/// # Examples
///
/// ```
/// use portcullis::{Scanner, policy::Action};
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

/// Whether more bytes follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch {
    More,
    Last,
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
    /// Linear in the chunk. At most 8 KiB are copied of one that is longer than 16 KiB; shorter ones are
    /// gathered to 12 KiB.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn push(&mut self, chunk: impl AsRef<[u8]>) -> Result<Action, ScanError> {
        self.push_to(chunk, &mut Ignore)
    }

    /// Takes a buffer that may lie in several pieces, as bodies of requests do, without joining them.
    ///
    /// # Errors
    ///
    /// None at present.
    ///
    /// # Examples
    ///
    /// ```
    /// use bytes::{Buf, Bytes};
    /// use portcullis::Scanner;
    ///
    /// let body = Bytes::from_static(b"card 4111 1111").chain(Bytes::from_static(b" 1111 1111"));
    /// let mut session = Scanner::builder().build()?.session();
    /// session.push_buf(body)?;
    /// assert_eq!(session.finish()?.findings()[0].span().start, 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push_buf(&mut self, mut buffer: impl Buf) -> Result<Action, ScanError> {
        let mut action = self.push([])?;
        while buffer.has_remaining() {
            let piece = buffer.chunk();
            let length = piece.len();
            action = self.push(piece)?;
            buffer.advance(length);
        }
        Ok(action)
    }

    /// Takes the next chunk as [`Session::push`] does, and hands each finding to a sink.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) once a sink has stopped the scan.
    pub fn push_to(
        &mut self,
        chunk: impl AsRef<[u8]>,
        sink: &mut dyn Sink,
    ) -> Result<Action, ScanError> {
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
        self.take(examined, sink);
        match self.harvest() {
            Some(harvest) if harvest.stopped => Err(ScanError::stopped()),
            Some(harvest) => Ok(harvest.tally.action_so_far(&self.plan.compiled)),
            None => Ok(Action::Accept),
        }
    }

    /// Ends the payload and returns its report.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn finish(self) -> Result<Report, ScanError> {
        self.finish_to(&mut Ignore)
    }

    /// Ends the payload as [`Session::finish`] does, and hands the last findings to a sink.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) where a sink has stopped the scan.
    pub fn finish_to(mut self, sink: &mut dyn Sink) -> Result<Report, ScanError> {
        let head = std::mem::take(&mut self.head);
        let body = self.body.take();
        let mut body = body.unwrap_or_else(|| Body::open(&self.plan, &head, sink));
        body.finish(&self.plan, sink);
        let gaps = self.gaps(&body);
        let sha256 = self.hasher.take().map(|hasher| hasher.finalize().into());
        let harvest = body.harvest.unwrap_or_else(|| Harvest::new(0));
        if harvest.stopped {
            return Err(ScanError::stopped());
        }
        Ok(report(&self.plan, harvest, self.bytes, sha256, gaps))
    }

    /// Returns how many bytes of past chunks the session holds.
    pub fn carried_bytes(&self) -> usize {
        self.head.len() + self.body.as_ref().map_or(0, |body| body.seam.carried())
    }

    fn take(&mut self, examined: &[u8], sink: &mut dyn Sink) {
        if let Some(body) = &mut self.body {
            body.push(&self.plan, examined, sink);
            return;
        }
        let missing = (SNIFF_REACH - self.head.len()).min(examined.len());
        let (head, rest) = examined.split_at(missing);
        self.head.extend_from_slice(head);
        if self.head.len() == SNIFF_REACH {
            let head = std::mem::take(&mut self.head);
            let mut body = Body::open(&self.plan, &head, sink);
            body.push(&self.plan, rest, sink);
            self.body = Some(body);
        }
    }

    fn harvest(&self) -> Option<&Harvest> {
        self.body.as_ref().and_then(|body| body.harvest.as_ref())
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
        issuer: Arc::clone(&plan.issuer),
    })
}

impl Body {
    /// Opens the body of a payload with its first bytes.
    fn open(plan: &Plan, head: &[u8], sink: &mut dyn Sink) -> Body {
        let content = Content::of(head);
        let mut body = Body {
            content,
            decoder: (content.encoding != Encoding::Ascii).then(|| Decoder::new(content.encoding)),
            decoded: Vec::new(),
            table: None,
            seam: Seam::default(),
            scratch: Scratch::default(),
            harvest: Some(Harvest::new(0)),
            gap: None,
        };
        if let Some(decoder) = &mut body.decoder {
            decoder.decode(head, &mut body.decoded);
            body.table = plan.read_table(&body.decoded);
            body.scan_decoded(plan, sink);
        } else {
            body.table = plan.read_table(head);
            body.push(plan, head, sink);
        }
        body
    }

    fn push(&mut self, plan: &Plan, bytes: &[u8], sink: &mut dyn Sink) {
        if self.decoder.is_none() {
            return self.scan(plan, bytes, Stretch::More, &Same, sink);
        }
        for piece in bytes.chunks(PIECE) {
            if let Some(decoder) = &mut self.decoder {
                decoder.decode(piece, &mut self.decoded);
            }
            self.scan_decoded(plan, sink);
        }
    }

    fn scan_decoded(&mut self, plan: &Plan, sink: &mut dyn Sink) {
        let Some(mut decoder) = self.decoder.take() else { return };
        let mut decoded = std::mem::take(&mut self.decoded);
        self.scan(plan, &decoded, Stretch::More, decoder.map(), sink);
        decoder.map().forget_before(self.seam.done());
        decoded.clear();
        (self.decoded, self.decoder) = (decoded, Some(decoder));
    }

    /// Decides on everything that is left.
    fn finish(&mut self, plan: &Plan, sink: &mut dyn Sink) {
        let Some(mut decoder) = self.decoder.take() else {
            return self.scan(plan, &[], Stretch::Last, &Same, sink);
        };
        let mut last = std::mem::take(&mut self.decoded);
        let left = decoder.finish(&mut last) as u64;
        let (start, reason) = (decoder.consumed(), GapReason::Truncated);
        let gap = Gap { path: String::new(), start, end: start + left, reason };
        self.gap = (left > 0).then_some(gap);
        self.scan(plan, &last, Stretch::Last, decoder.map(), sink);
    }

    fn scan(
        &mut self,
        plan: &Plan,
        bytes: &[u8],
        stretch: Stretch,
        origin: &dyn Origin,
        sink: &mut dyn Sink,
    ) {
        let Body { table, scratch, seam, harvest, .. } = self;
        let Some(held) = harvest.take() else { return };
        let mut collector = Collector::new(origin, held, sink);
        let mut scan = |haystack: Haystack<'_>, range: Range<usize>| {
            scan_range(plan, haystack, range, table.as_ref(), scratch, &mut collector);
        };
        seam.push(bytes, &mut scan);
        if stretch == Stretch::Last {
            seam.finish(&mut scan);
        }
        *harvest = Some(collector.harvest);
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
        if collector.harvest.stopped {
            return;
        }
        let end = core.end;
        plan.scan_core(haystack, core, table, scratch, collector);
        collector.pass(plan, haystack, end);
    }
}
