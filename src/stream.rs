//! A payload that arrives in chunks: constant memory, and the findings of the whole.

mod state;
mod unpack;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bytes::Buf;

use crate::collector::{Collector, Harvest};
use crate::context::Table;
use crate::coverage::{Gap, GapReason};
use crate::engine::window::{Haystack, cores};
use crate::error::ScanError;
use crate::extract::sniff::SNIFF_REACH;
use crate::extract::wide::Decoder;
use crate::extract::{Content, Encoding, Origin, Same, Unread};
use crate::policy::Action;
use crate::report::{Parts, Report};
use crate::scanner::{Plan, Scratch};
use crate::seam::Seam;
use crate::sha::Sha;
use crate::sink::{Ignore, Sink};
use unpack::{Budget, Closed, Place, Unpacking};

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
    place: Place,
    /// The first bytes, until there are enough to tell what the payload is.
    head: Vec<u8>,
    /// What is scanned, once it is known to be no container.
    body: Option<Body>,
    /// What is read, once it is known to be one.
    unpacking: Option<Box<Unpacking>>,
    budget: Budget,
    /// Whether it is known to be no container.
    is_text: bool,
    bytes: u64,
    hasher: Option<Sha>,
    /// Offset of the first zero byte.
    zero: Option<u64>,
    /// False while a chunk is taken, and ever after where a sink ended that in a panic: what it held is lost.
    whole: bool,
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
    /// The first bytes, where they hold the header of a table: whoever goes on from this state reads it there.
    head: Vec<u8>,
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    table: Option<Table>,
    seam: Seam,
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
        let hasher = plan.options.payload_digest.then(Sha::new);
        Session { hasher, ..Session::at(plan, Place::payload()) }
    }

    /// Opens the session of what stands at a place.
    fn at(plan: Arc<Plan>, place: Place) -> Session {
        let budget = Budget::new(&plan.options.limits);
        Session {
            plan,
            place,
            head: Vec::new(),
            body: None,
            unpacking: None,
            budget,
            is_text: false,
            bytes: 0,
            hasher: None,
            zero: None,
            whole: true,
        }
    }

    /// Takes the next chunk. Returns the strictest action that has fired so far, for findings or for what the
    /// payload's first bytes say that it is, so that a caller may stop early at `reject`, which nothing takes
    /// back; only [`Session::finish`] gives a report.
    ///
    /// # Complexity
    ///
    /// Linear in the chunk. At most 8 KiB are copied of one that is longer than 16 KiB; shorter ones are
    /// gathered to 12 KiB.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) once a sink has stopped the scan.
    pub fn push(&mut self, chunk: impl AsRef<[u8]>) -> Result<Action, ScanError> {
        self.push_to(chunk, &mut Ignore)
    }

    /// Takes a buffer that may lie in several pieces, as bodies of requests do, without joining them.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) once a sink has stopped the scan.
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
        self.intact()?;
        let chunk = chunk.as_ref();
        if let Some(hasher) = &mut self.hasher {
            hasher.update(chunk);
        }
        let mut budget = self.budget.clone();
        self.whole = false;
        self.feed(chunk, &mut budget, sink);
        (self.whole, self.budget) = (true, budget);
        self.intact()?;
        Ok(self.action_so_far())
    }

    /// Takes the next bytes, those of them that the limit allows.
    fn feed(&mut self, chunk: &[u8], budget: &mut Budget, sink: &mut dyn Sink) {
        let room = self.plan.options.limits.payload_bytes.saturating_sub(self.bytes);
        let allowed = usize::try_from(room).unwrap_or(usize::MAX).min(chunk.len());
        let examined = chunk.get(..allowed).unwrap_or_default();
        if self.zero.is_none() {
            let zero = memchr::memchr(0, examined);
            self.zero = zero.map(|index| self.bytes + index as u64);
        }
        self.bytes += chunk.len() as u64;
        self.take(examined, budget, sink);
    }

    /// Ends the payload and returns its report.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) once a sink has stopped the scan.
    pub fn finish(self) -> Result<Report, ScanError> {
        self.finish_to(&mut Ignore)
    }

    /// Ends the payload as [`Session::finish`] does, and hands the last findings to a sink.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) where a sink has stopped the scan.
    pub fn finish_to(mut self, sink: &mut dyn Sink) -> Result<Report, ScanError> {
        self.intact()?;
        let (plan, bytes) = (Arc::clone(&self.plan), self.bytes);
        let sha256 = self.hasher.take().map(Sha::finish);
        let mut budget = self.budget.clone();
        let Closed { found, mut gaps } = self.close(&mut budget, sink);
        if found.stopped {
            return Err(ScanError::stopped());
        }
        gaps.sort_by_key(|gap| {
            (!gap.path.is_empty(), if gap.path.is_empty() { gap.start } else { 0 })
        });
        Ok(report(&plan, found, bytes, sha256, gaps))
    }

    /// Decides on everything that is left.
    fn close(mut self, budget: &mut Budget, sink: &mut dyn Sink) -> Closed {
        if self.body.is_none() && self.unpacking.is_none() {
            let head = std::mem::take(&mut self.head);
            self.open(&head, budget, sink);
        }
        let Session { plan, place, bytes, .. } = self;
        // What a format says of itself may well have zeros in it.
        let zero = self.zero.filter(|_| !self.is_text);
        if let Some(unpacking) = self.unpacking {
            let examined = bytes.min(plan.options.limits.payload_bytes);
            let mut closed = unpacking.finish(&plan, &place, examined, (budget, sink));
            let limit = Gap::new(place.path(), examined, bytes, GapReason::Limit);
            closed.gaps.extend(Some(limit).filter(|_| examined < bytes));
            return closed;
        }
        let Some(mut body) = self.body else {
            return Closed { found: Harvest::new(0), gaps: Vec::new() };
        };
        body.finish(&plan, sink);
        let found = body.harvest.unwrap_or_else(|| Harvest::new(0));
        let mut gaps = gaps(&plan, place.path(), body.content, bytes, &found, zero);
        gaps.extend(body.gap.filter(|_| found.decided.is_none()));
        Closed { found, gaps }
    }

    /// Returns how many bytes of past chunks the session holds.
    pub fn carried_bytes(&self) -> usize {
        let body = self.body.as_ref().map_or(0, |body| body.head.len() + body.seam.carried());
        self.head.len() + body + self.unpacking.as_ref().map_or(0, |unpacking| unpacking.carried())
    }

    /// Refuses to go on once a sink has stopped the scan, or ended it in a panic.
    fn intact(&self) -> Result<(), ScanError> {
        if self.whole && !self.is_stopped() { Ok(()) } else { Err(ScanError::stopped()) }
    }

    fn is_stopped(&self) -> bool {
        let harvest = self.body.as_ref().and_then(|body| body.harvest.as_ref());
        let unpacking = self.unpacking.as_ref();
        harvest.is_some_and(|harvest| harvest.stopped)
            || unpacking.is_some_and(|unpacking| unpacking.is_stopped())
    }

    fn action_so_far(&self) -> Action {
        if let Some(unpacking) = &self.unpacking {
            return unpacking.action_so_far(&self.plan);
        }
        let Some(Body { content, harvest: Some(harvest), .. }) = &self.body else {
            return Action::Accept;
        };
        let unread = content.gap.map(|reason| self.plan.policy.unscannable(reason));
        let found = harvest.tally.action_so_far(&self.plan.compiled);
        unread.unwrap_or(Action::Accept).max(found)
    }

    fn take(&mut self, examined: &[u8], budget: &mut Budget, sink: &mut dyn Sink) {
        if self.body.is_some() || self.unpacking.is_some() {
            return self.go_on(examined, budget, sink);
        }
        let missing = (SNIFF_REACH - self.head.len()).min(examined.len());
        let (head, rest) = examined.split_at(missing);
        self.head.extend_from_slice(head);
        if self.head.len() == SNIFF_REACH {
            let head = std::mem::take(&mut self.head);
            self.open(&head, budget, sink);
            self.go_on(rest, budget, sink);
        }
    }

    fn go_on(&mut self, bytes: &[u8], budget: &mut Budget, sink: &mut dyn Sink) {
        if let Some(unpacking) = &mut self.unpacking {
            unpacking.push(&self.plan, &self.place, bytes, (budget, sink));
        } else if let Some(body) = &mut self.body {
            body.push(&self.plan, bytes, sink);
        }
    }

    /// Opens what begins with these bytes, all that there are or as many as tell what it is.
    fn open(&mut self, head: &[u8], budget: &mut Budget, sink: &mut dyn Sink) {
        let mut content = Content::of(head);
        match Unpacking::open(&self.plan, &self.place, head, content.gap) {
            Ok(_) if self.is_text => content.gap = None,
            Ok(None) => {}
            Ok(Some(mut unpacking)) => {
                unpacking.push(&self.plan, &self.place, head, (budget, sink));
                self.unpacking = Some(unpacking.into());
                return;
            }
            Err(Unread(reason)) => content.gap = Some(reason).filter(|_| !self.is_text),
        }
        let path = self.place.path.clone();
        let mut body = Body::open(&self.plan, path, content, head, sink);
        if body.table.is_some() && head.len() == SNIFF_REACH {
            body.head = head.to_vec();
        }
        self.body = Some(body);
    }
}

/// Returns the gaps of a payload with its first zero byte: content that is more than its bytes show, or a
/// text with zeros in it, and what lies behind the last byte that was looked at.
pub(crate) fn gaps(
    plan: &Plan,
    path: &str,
    content: Content,
    bytes: u64,
    harvest: &Harvest,
    zero: Option<u64>,
) -> Vec<Gap> {
    let allowed = bytes.min(plan.options.limits.payload_bytes);
    let (end, why) = match harvest.decided {
        Some(decided) => (decided.payload, GapReason::Decided),
        None => (allowed, GapReason::Limit),
    };
    let gap = |start, end, reason| Gap::new(path, start, end, reason);
    let zero = zero.filter(|zero| content.encoding == Encoding::Ascii && *zero < end);
    let known = content.gap.map(|reason| gap(0, allowed, reason));
    let unread = known.or_else(|| zero.map(|start| gap(start, end, GapReason::Binary)));
    let behind = (end < bytes).then(|| gap(end, bytes, why));
    unread.into_iter().chain(behind).collect()
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
    fn open(
        plan: &Plan,
        path: Option<Arc<str>>,
        content: Content,
        head: &[u8],
        sink: &mut dyn Sink,
    ) -> Body {
        let mut body = Body {
            content,
            head: Vec::new(),
            decoder: (content.encoding != Encoding::Ascii).then(|| Decoder::new(content.encoding)),
            decoded: Vec::new(),
            table: read_table(plan, content, head),
            seam: Seam::default(),
            harvest: Some(Harvest::of_payload(plan, path, content.gap)),
            gap: None,
        };
        body.push(plan, head, sink);
        body
    }

    /// Returns whether nothing that follows counts any more, and all that does has been decided on.
    fn is_over(&self) -> bool {
        self.harvest.as_ref().is_some_and(|harvest| harvest.is_over(self.seam.done()))
    }

    fn push(&mut self, plan: &Plan, bytes: &[u8], sink: &mut dyn Sink) {
        if self.is_over() {
            return;
        }
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
        let path = self.harvest.as_ref().map_or("", |harvest| harvest.path());
        let gap = Gap::new(path, start, start + left, reason);
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
        let Body { table, seam, harvest, .. } = self;
        let Some(held) = harvest.take() else { return };
        let mut collector = Collector::new(origin, held, sink);
        plan.pool.with(|scratch| {
            let mut scan = |haystack: Haystack<'_>, range: Range<usize>| {
                scan_range(plan, haystack, range, table.as_ref(), scratch, &mut collector);
            };
            seam.push(bytes, &mut scan);
            if stretch == Stretch::Last {
                seam.finish(&mut scan);
            }
        });
        *harvest = Some(collector.harvest);
    }
}

/// Reads the header of a table off a payload's first bytes.
fn read_table(plan: &Plan, content: Content, head: &[u8]) -> Option<Table> {
    if content.encoding == Encoding::Ascii {
        return plan.read_table(head);
    }
    let mut text = Vec::new();
    Decoder::new(content.encoding).decode(head, &mut text);
    plan.read_table(&text)
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
        let start = haystack.base + core.start as u64;
        if collector.harvest.stopped || collector.harvest.is_over(start) {
            return;
        }
        let end = core.end;
        plan.scan_core(haystack, core, table, scratch, collector);
        collector.pass(plan, haystack, end);
    }
}
