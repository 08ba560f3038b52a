//! Findings as they are made: masked, digested, counted, judged, and kept up to the limit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::catalogue::Definition;
use crate::coverage::GapReason;
use crate::engine::window::Haystack;
use crate::extract::Origin;
use crate::finding::{Category, Confidence, Digest, Evidence, Finding, Position, Span};
use crate::policy::{Action, Hit, Tally};
use crate::scanner::Plan;
use crate::sink::Sink;
use crate::wire::{Reader, Writer};

/// A finding on its way into a report; its span is still in the haystack.
#[derive(Debug)]
pub(crate) struct Found {
    definition: u16,
    span: Range<usize>,
    finding: Finding,
    /// The digest that tells values apart for the policy.
    value: [u8; 32],
}

/// Tells values apart where the customer gave no key; such a digest is never written anywhere.
const NO_KEY: &[u8] = b"";

impl Found {
    pub(crate) fn new(
        plan: &Plan,
        definition: u16,
        category: Category,
        span: &Range<usize>,
        text: &[u8],
        test: bool,
    ) -> Found {
        let key = plan.options.key.as_ref().map(|key| key.0.as_slice());
        let wanted = key.is_some() || plan.compiled.needs_distinct();
        let value = if wanted { digest(key.unwrap_or(NO_KEY), text) } else { [0; 32] };
        let defined = plan.definitions.get(usize::from(definition));
        let finding = Finding {
            detector: defined.map(|d| d.shared_id()).unwrap_or_default(),
            category,
            path: String::new(),
            span: Span { start: 0, end: 0 },
            position: None,
            score: 0,
            masked: mask(category, text),
            digest: key.map(|_| Digest(value)),
            test,
            evidence: Vec::new(),
        };
        Found { definition, span: span.clone(), finding, value }
    }

    /// Returns the digest that tells its value apart.
    pub(crate) fn value(&self) -> &[u8; 32] {
        &self.value
    }

    pub(crate) fn with_weight(mut self, score: u8, evidence: Vec<Evidence>) -> Found {
        self.finding.score = score;
        self.finding.evidence = evidence;
        self
    }
}

fn digest(key: &[u8], text: &[u8]) -> [u8; 32] {
    match <Hmac<Sha256> as Mac>::new_from_slice(key) {
        Ok(mac) => mac.chain_update(text).finalize().into_bytes().into(),
        Err(_) => [0; 32],
    }
}

/// Hides a value: a card shows its first six and last four digits (PCI DSS v4.0.1, 3.4.1), anything
/// else of eight characters or more its last two, shorter values nothing.
fn mask(category: Category, text: &[u8]) -> String {
    let length = text.len();
    let (head, tail) = match category {
        Category::PaymentCard if length >= 12 => (6, 4),
        _ if length >= 8 => (0, 2),
        _ => (0, 0),
    };
    let shown = |(index, byte): (usize, &u8)| {
        let keep = index < head || index + tail >= length;
        if keep && byte.is_ascii_graphic() { char::from(*byte) } else { '*' }
    };
    text.iter().enumerate().map(shown).collect()
}

/// What a stretch of a payload came to. Two neighbouring stretches join to what the whole comes to.
pub(crate) struct Collector<'o> {
    origin: &'o dyn Origin,
    sink: &'o mut dyn Sink,
    /// The place of the last hits, and those.
    place: Span,
    beside: Vec<Hit>,
    pub(crate) harvest: Harvest,
}

/// The findings of a stretch with everything that is counted.
#[derive(Debug)]
pub(crate) struct Harvest {
    /// The place inside a container that the stretch is of.
    pub(crate) path: Option<Arc<str>>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) omitted: u64,
    /// Places with findings.
    pub(crate) counts: BTreeMap<Category, u64>,
    pub(crate) tally: Tally,
    /// The sink asked to stop.
    pub(crate) stopped: bool,
    /// Where the scan ends because nothing can change the verdict any more.
    pub(crate) decided: Option<Decided>,
    lines: Lines,
}

/// How far a payload counts whose verdict is final, and the scanner was built to stop there: up to the end
/// of the finding that decided, whichever way the payload comes in. What begins before it is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    /// Offset in the text.
    text: u64,
    /// The same place in the payload.
    pub(crate) payload: u64,
}

/// Lines counted from the stretch's start.
#[derive(Clone, Copy, Debug)]
struct Lines {
    /// Offset up to which line ends are counted.
    counted: u64,
    /// Line ends seen.
    ended: u64,
    /// Offset of the present line's first byte, if that line began in this stretch.
    start: Option<u64>,
}

impl Lines {
    /// Returns line and column of an index at or behind what is counted. On a line that began before
    /// the stretch the column counts from the segment's start, until the stretches join.
    fn position(&mut self, haystack: Haystack<'_>, index: usize) -> Position {
        self.count(haystack, index);
        let offset = haystack.base + index as u64;
        Position { line: self.ended + 1, column: offset - self.start.unwrap_or(0) + 1 }
    }

    fn count(&mut self, haystack: Haystack<'_>, end: usize) {
        let from = usize::try_from(self.counted.saturating_sub(haystack.base)).unwrap_or(end);
        let Some(bytes) = haystack.bytes.get(from..end) else { return };
        for newline in memchr::memchr_iter(b'\n', bytes) {
            self.ended += 1;
            self.start = Some(haystack.base + (from + newline) as u64 + 1);
        }
        self.counted = haystack.base + end as u64;
    }
}

impl Harvest {
    /// Opens the harvest of a stretch that begins at an offset.
    pub(crate) fn new(start: u64) -> Harvest {
        Harvest {
            path: None,
            findings: Vec::new(),
            omitted: 0,
            counts: BTreeMap::new(),
            tally: Tally::default(),
            stopped: false,
            decided: None,
            lines: Lines { counted: start, ended: 0, start: (start == 0).then_some(0) },
        }
    }

    /// Opens the harvest of a payload; its first bytes may say why it cannot be examined, and that may decide.
    pub(crate) fn of_payload(
        plan: &Plan,
        path: Option<Arc<str>>,
        gap: Option<GapReason>,
    ) -> Harvest {
        let refused = gap.is_some_and(|gap| plan.policy.unscannable(gap) == Action::Reject);
        let stops = refused && plan.options.stop_when_decided;
        let decided = stops.then_some(Decided { text: 0, payload: 0 });
        Harvest { path, decided, ..Harvest::new(0) }
    }

    /// Returns the place inside a container, nothing for the payload itself.
    pub(crate) fn path(&self) -> &str {
        self.path.as_deref().unwrap_or_default()
    }

    /// Returns whether nothing that begins at an offset of the text or behind counts any more.
    pub(crate) fn is_over(&self, offset: u64) -> bool {
        self.decided.is_some_and(|decided| offset >= decided.text)
    }

    /// Returns whether the verdict is final with what the stretch behind this one came to.
    pub(crate) fn is_final_with(&self, plan: &Plan, next: &Harvest) -> bool {
        self.tally.is_final_beside(&plan.compiled, &next.tally)
    }

    /// Writes what a session has come to; the findings that it lists are named by their detectors' indices.
    pub(crate) fn write(&self, plan: &Plan, out: &mut Writer) {
        out.number(self.omitted);
        out.list(self.counts.iter(), |out, (category, count)| {
            out.one_of(Category::ALL, category);
            out.number(*count);
        });
        self.tally.write(out);
        out.option(self.decided, |out, decided| {
            out.number(decided.text);
            out.number(decided.payload);
        });
        let Lines { counted, ended, start } = self.lines;
        out.number(counted);
        out.number(ended);
        out.option(start, Writer::number);
        let ids: Vec<&str> = plan.definitions.iter().map(Definition::id).collect();
        out.list(self.findings.iter(), |out, finding| {
            out.one_of(&ids, &finding.detector());
            finding.write(out);
        });
    }

    /// Reads what a session of the same plan had come to.
    pub(crate) fn read(plan: &Plan, input: &mut Reader<'_>) -> Option<Harvest> {
        let omitted = input.number()?;
        let counts = input.list(Category::ALL.len(), |input| {
            Some((input.one_of(Category::ALL)?, input.number()?))
        })?;
        let tally = Tally::read(input, &plan.compiled)?;
        let decided = input.option(|input| {
            let (text, payload) = (input.number()?, input.number()?);
            Some(Decided { text, payload })
        })?;
        let (counted, ended, start) =
            (input.number()?, input.number()?, input.option(Reader::number)?);
        let lines = Lines { counted, ended, start };
        let findings = input.list(plan.options.limits.findings, |input| {
            let definition = plan.definitions.get(usize::try_from(input.number()?).ok()?)?;
            Finding::read(input, definition.shared_id(), definition.category())
        })?;
        let counts = counts.into_iter().collect();
        Some(Harvest {
            path: None,
            findings,
            omitted,
            counts,
            tally,
            stopped: false,
            decided,
            lines,
        })
    }

    /// Returns whether nothing is counted behind an offset of the text.
    pub(crate) fn ends_before(&self, offset: u64) -> bool {
        let Lines { counted, start, .. } = self.lines;
        counted <= offset && start.is_none_or(|start| start <= counted)
    }

    /// Joins the harvest of the stretch behind this one.
    pub(crate) fn join(&mut self, plan: &Plan, next: Harvest) {
        let before = self.lines;
        for mut finding in next.findings {
            if let Some(position) = &mut finding.position {
                if position.line == 1 {
                    position.column -= before.start.unwrap_or(0);
                }
                position.line += before.ended;
            }
            self.keep(plan, finding);
        }
        self.omitted += next.omitted;
        self.add_counts(plan, next.counts, &next.tally);
        let start = next.lines.start.or(before.start);
        let ended = before.ended + next.lines.ended;
        self.lines = Lines { counted: next.lines.counted, ended, start };
    }

    fn add_counts(&mut self, plan: &Plan, counts: BTreeMap<Category, u64>, tally: &Tally) {
        for (category, count) in counts {
            *self.counts.entry(category).or_default() += count;
        }
        self.tally.merge(&plan.compiled, tally);
    }

    /// Adds what a member of the container came to, whose places are its own.
    pub(crate) fn absorb(&mut self, plan: &Plan, member: Harvest) {
        let Harvest { findings, omitted, counts, tally, stopped, decided, .. } = member;
        findings.into_iter().for_each(|finding| self.keep(plan, finding));
        self.omitted += omitted;
        self.add_counts(plan, counts, &tally);
        self.stopped |= stopped;
        self.decided = self.decided.or(decided);
    }

    fn keep(&mut self, plan: &Plan, finding: Finding) {
        if self.findings.len() < plan.options.limits.findings {
            self.findings.push(finding);
        } else {
            self.omitted += 1;
        }
    }
}

impl<'o> Collector<'o> {
    pub(crate) fn new(
        origin: &'o dyn Origin,
        harvest: Harvest,
        sink: &'o mut dyn Sink,
    ) -> Collector<'o> {
        Collector { origin, sink, place: Span { start: 0, end: 0 }, beside: Vec::new(), harvest }
    }

    /// Takes a finding; they come by offset.
    pub(crate) fn add(&mut self, plan: &Plan, haystack: Haystack<'_>, found: Found) {
        let Found { definition, span, mut finding, value } = found;
        let absolute = |index: usize| haystack.base + index as u64;
        if self.harvest.is_over(absolute(span.start)) {
            return;
        }
        let end =
            Decided { text: absolute(span.end), payload: self.origin.origin(absolute(span.end)) };
        finding.path.push_str(self.harvest.path());
        finding.span = Span { start: self.origin.origin(absolute(span.start)), end: end.payload };
        if plan.options.positions {
            finding.position = Some(self.harvest.lines.position(haystack, span.start));
        }
        let hit = Hit {
            detector: usize::from(definition),
            confidence: Confidence::from_score(finding.score),
            test: finding.test,
            value,
        };
        self.count(plan, finding.span, finding.category, hit);
        self.decide(plan, &hit, end);
        self.harvest.stopped = self.harvest.stopped || self.sink.found(&finding).is_break();
        self.harvest.keep(plan, finding);
    }

    /// Counts a hit: a place counts once for each rule and category, however many detectors fit there.
    fn count(&mut self, plan: &Plan, span: Span, category: Category, hit: Hit) {
        if self.place != span {
            self.place = span;
            self.beside.clear();
        }
        self.harvest.tally.add(&plan.compiled, &hit, &self.beside);
        let category_of = |hit: &Hit| plan.definitions.get(hit.detector).map(Definition::category);
        let again = self.beside.iter().any(|other| category_of(other) == Some(category));
        *self.harvest.counts.entry(category).or_default() += u64::from(!again);
        self.beside.push(hit);
    }

    /// Ends the scan behind a hit that makes the verdict final, where that is wanted.
    fn decide(&mut self, plan: &Plan, hit: &Hit, end: Decided) {
        let Harvest { decided, tally, .. } = &mut self.harvest;
        let wanted = plan.options.stop_when_decided && decided.is_none();
        if wanted && tally.is_final_with(&plan.compiled, hit) {
            *decided = Some(end);
        }
    }

    /// Counts the lines up to an index.
    pub(crate) fn pass(&mut self, plan: &Plan, haystack: Haystack<'_>, end: usize) {
        if plan.options.positions {
            self.harvest.lines.count(haystack, end);
        }
    }
}
