//! The line, walked once from left to right: seeds → candidates → matches → context → findings.
//!
//! [`Scanner`] is immutable and shared. [`Plan::scan_core`] is the whole of detection; the slice, the
//! stream and the shards only feed it.

mod loosely;
mod pool;
mod scored;

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::Limits;
use crate::builder::Builder;
use crate::catalogue::{Definition, Source};
use crate::collector::{Collector, Found};
use crate::context::asked::{Asking, Naming, Near, WORDS_BEFORE, WORDS_BEHIND};
use crate::context::{Claim, Context, Rows, Table, Weight};
use crate::custom::{Allowed, Customs, LONGEST_CUSTOM};
use crate::detectors::{self, Detector, Form, Proof};
use crate::engine::BLOCK;
use crate::engine::anchors::{Anchors, LONGEST_SPAN, Named, Tie};
use crate::engine::classes::Classes;
use crate::engine::forms::Asked;
use crate::engine::kernel::Kernel;
use crate::engine::seeds;
use crate::engine::shapes::{Candidate, Shapes};
use crate::engine::window::{CORE, Haystack};
use crate::error::{ScanError, StateError};
use crate::extract::Format;
use crate::finding::{Confidence, Evidence};
use crate::normalize::{Numbers, Spots, View};
use crate::policy::{Compiled, Policy};
use crate::report::{Issuer, Report};
use crate::shard;
use crate::sink::Sink;
use crate::stream::Session;
use crate::terms::lexicon::{Hit, Lexicon, Role};
use loosely::Loose;
pub(crate) use pool::Pool;
use scored::{Scored, is_dominated, neighbours};

/// Finds prohibited data in payloads, and says what a policy makes of it.
///
/// Built once, then shared: it is immutable, and a clone is one more handle to the same tables.
///
/// # Examples
///
/// ```
/// use portcullis::{Scanner, Verdict};
///
/// let scanner = Scanner::builder().build()?;
/// let report = scanner.scan(b"card number 4111 1111 1111 1111")?;
/// assert!(matches!(report.verdict(), Verdict::Reject));
/// let finding = &report.findings()[0];
/// assert_eq!((finding.detector(), finding.span().start), ("card.pan", 12));
/// assert_eq!(finding.masked(), "411111******1111");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scanner {
    pub(crate) plan: Arc<Plan>,
}

impl Scanner {
    /// Returns a builder with every detector on but those of `contact`, and the policy `default`.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Scans a payload where it lies.
    ///
    /// # Complexity
    ///
    /// Time is linear in the payload; memory does not grow with it.
    ///
    /// # Errors
    ///
    /// None at present: every slice has a report.
    pub fn scan(&self, payload: &[u8]) -> Result<Report, ScanError> {
        shard::scan_whole(&self.plan, payload)
    }

    /// Scans a payload where it lies, in shards on rayon's current thread pool. The report is that of
    /// [`Scanner::scan`].
    ///
    /// # Errors
    ///
    /// None at present: every slice has a report.
    pub fn scan_sharded(&self, payload: &[u8]) -> Result<Report, ScanError> {
        shard::scan_sharded(&self.plan, payload)
    }

    /// Scans a file in shards: one of more than 256 KiB mapped, others read. What is longer and cannot be
    /// mapped (a pipe, a device) is streamed.
    ///
    /// A mapped file that another process truncates meanwhile ends this process with SIGBUS on Unix. For
    /// files that others write to, read them into a [`Session`].
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Io`](crate::error::ScanErrorKind::Io) where the file cannot be opened or read.
    pub fn scan_file(&self, path: impl AsRef<Path>) -> Result<Report, ScanError> {
        shard::scan_file(&self.plan, path.as_ref())
    }

    /// Scans a payload where it lies and hands each finding to a sink as it is made.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) where the sink stops the scan.
    pub fn scan_to(&self, payload: &[u8], sink: &mut dyn Sink) -> Result<Report, ScanError> {
        let mut session = self.session();
        session.push_to(payload, sink)?;
        session.finish_to(sink)
    }

    /// Opens a session for a payload that arrives in chunks.
    pub fn session(&self) -> Session {
        Session::new(Arc::clone(&self.plan))
    }

    /// Returns the session whose state [`Session::export`] wrote, in this process or another one. It goes on
    /// behind the last byte that was pushed then, and its report is the one that the first would have had.
    ///
    /// The scanner has to be built as the one that wrote the state, by the same version of this library: with
    /// the same detectors, policy, options and [`path`](Scanner::for_path); its backend is its own matter.
    ///
    /// # Complexity
    ///
    /// Linear in the state, whatever it claims.
    ///
    /// # Errors
    ///
    /// Bytes that are no state, or not a whole one as it was written; a state of another version of this
    /// library, of a scanner built otherwise, or under another key.
    ///
    /// # Examples
    ///
    /// ```
    /// use portcullis::{Scanner, error::StateErrorKind};
    ///
    /// let scanner = Scanner::builder().key(b"a key of this deployment").build()?;
    /// let mut session = scanner.session();
    /// session.push("card 4111 1111")?;
    /// let mut state = session.export()?;
    ///
    /// // Later, or elsewhere.
    /// let mut session = scanner.import(&state)?;
    /// session.push(" 1111 1111, thank you")?;
    /// assert_eq!(session.finish()?.findings()[0].span().start, 5);
    ///
    /// state[100] ^= 1;
    /// assert_eq!(scanner.import(&state).unwrap_err().kind(), StateErrorKind::Damaged);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn import(&self, state: &[u8]) -> Result<Session, StateError> {
        Session::import(&self.plan, state)
    }

    /// Returns a scanner for a payload of this path: with the customer's allow-lists that are bound to
    /// paths which fit it. A scanner that has not been told a path uses none of them, since whoever
    /// sends a payload chooses its name.
    ///
    /// # Complexity
    ///
    /// One more handle where no allow-list is bound to paths; else linear in the definitions.
    #[must_use]
    pub fn for_path(&self, path: &str) -> Scanner {
        match self.plan.allowed.for_path(path) {
            Some(allowed) => {
                let plan = Plan { allowed, ..Plan::clone(&self.plan) };
                Scanner { plan: plan.into() }
            }
            None => self.clone(),
        }
    }

    /// Returns every definition that is on, in the catalogue's order.
    pub fn detectors(&self) -> &[Definition] {
        &self.plan.definitions
    }

    /// Returns the policy that decides.
    pub fn policy(&self) -> &Policy {
        &self.plan.policy
    }

    /// Returns the backend that runs.
    pub fn backend(&self) -> crate::Backend {
        self.plan.options.backend
    }
}

/// What a caller chose, apart from detectors and policy.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) backend: crate::Backend,
    pub(crate) kernel: Kernel,
    pub(crate) min_score: u8,
    pub(crate) limits: Limits,
    pub(crate) positions: bool,
    pub(crate) payload_digest: bool,
    pub(crate) stop_when_decided: bool,
    pub(crate) key: Option<Key>,
}

/// The key for the digests of values. Its `Debug` hides it.
#[derive(Clone)]
pub(crate) struct Key(pub(crate) Vec<u8>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Everything that a scan reads and none changes.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) definitions: Vec<Definition>,
    pub(crate) forms: Vec<Form>,
    /// For each form the definitions that are written so.
    pub(crate) by_form: Vec<Vec<Written>>,
    pub(crate) shapes: Arc<Shapes>,
    pub(crate) anchors: Arc<Anchors>,
    pub(crate) lexicon: Arc<Lexicon>,
    pub(crate) customs: Option<Arc<Customs>>,
    pub(crate) allowed: Allowed,
    /// Index of the first customer's definition.
    pub(crate) first_custom: usize,
    /// Which forms a word asks for.
    pub(crate) naming: Arc<Naming>,
    /// For each definition the forms of its own that have a layout.
    pub(crate) layouts: Vec<Vec<u16>>,
    /// For each definition the form that its keywords name, with its index.
    pub(crate) named: Vec<Option<(u16, &'static Named)>>,
    /// For each definition the one beside which it weighs more, by index and id.
    pub(crate) near: Vec<Option<(u16, &'static str)>>,
    pub(crate) policy: Policy,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) compiled: Compiled,
    pub(crate) options: Options,
    /// What reads containers, the first that fits.
    pub(crate) formats: Arc<[Arc<dyn Format>]>,
    /// One for all clones.
    pub(crate) pool: Arc<Pool>,
    /// Tells this plan from others, but for what is allowed; made when a session's state first needs it.
    pub(crate) fingerprint: Arc<OnceLock<[u8; 32]>>,
}

/// A definition that is written in some form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) definition: u16,
    /// Whether a value in this form may come to count without a name.
    pub(crate) alone: bool,
}

/// Reusable lists, one set for each scan at a time.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    lists: Lists,
    /// Those for normalized text.
    view_lists: Lists,
    view: View,
    spots: Spots,
    matches: Vec<Scored>,
}

/// The lists that one text fills.
#[derive(Debug, Default)]
struct Lists {
    classes: Classes,
    candidates: Vec<Candidate>,
    hits: Vec<Hit>,
    near: Near,
    text: Vec<u8>,
    loose: Loose,
}

/// Bytes that are looked through.
#[derive(Clone, Copy)]
struct Text<'t> {
    bytes: &'t [u8],
    rows: Rows<'t>,
}

/// Bytes on either side of a core in which matches are looked for too: those that a match in the core
/// may be near to, or overlap with. Longest match and [`detectors::NEAR_REACH`], twice for what is near to it.
const MARGIN: usize = 512;
/// Bytes further out in which words are looked for where few numbers stand.
const WORDS_REACH: usize = 256;
/// Digits at the edges of a range from which on it is dearer to try every form there than to look for words further
/// out. An edge is as long as names of values reach.
const MANY_DIGITS: usize = 64;
/// Bytes of the longest match, whatever finds it.
const LONGEST_MATCH: usize = LONGEST_CUSTOM;
const _: () = assert!(LONGEST_SPAN <= LONGEST_MATCH, "windows are sums of the longest match");
/// Share of random values that pass, from which on a check says nothing.
const UNCHECKED: f64 = 0.2;
/// Share of single wrong digits that pass, from which on a check verifies nothing.
const UNVERIFIED: f64 = 0.5;
/// The most that a neighbour adds to a score.
pub(crate) const NEAR_BONUS: u8 = 25;

/// Returns where words are looked for: in a range and so far around it that they may name what is in it. Where
/// numbers are many, all are looked for that the structure may give to a value: every form is tried else.
fn words_around(haystack: Haystack<'_>, around: &Range<usize>) -> Range<usize> {
    let bytes = haystack.bytes.get(around.clone()).unwrap_or_default();
    let first = bytes.get(..WORDS_BEFORE).unwrap_or(bytes);
    let last = bytes.get(bytes.len().saturating_sub(WORDS_BEHIND)..).unwrap_or_default();
    // By sums of bytes, which are added sixteen at a time.
    let few = |edge: &[u8]| edge.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>();
    let digits = |edge: &[u8]| edge.chunks(BLOCK).map(|edge| usize::from(few(edge))).sum::<usize>();
    if digits(first) + digits(last) < MANY_DIGITS {
        return haystack.widened(around, WORDS_REACH);
    }
    let start = around.start.saturating_sub(WORDS_BEFORE);
    start..haystack.bytes.len().min(around.end + WORDS_BEHIND)
}

impl Plan {
    /// Returns the format that reads what begins with these bytes.
    pub(crate) fn format(&self, head: &[u8]) -> Option<&dyn Format> {
        self.formats.iter().find(|format| format.begins(head)).map(Arc::as_ref)
    }

    /// Reads the header of a table off the first bytes of a segment, or off the text that they encode.
    pub(crate) fn read_table(&self, head: &[u8]) -> Option<Table> {
        Table::read(&self.lexicon, head).or_else(|| {
            let view = View::of_encoded(head)?;
            let table = Table::read(&self.lexicon, view.bytes())?;
            Some(table.encoded(|index| view.origin(&(index..index + 1)).start))
        })
    }

    /// Finds everything that begins within a core of at most [`CORE`] bytes and hands it to the
    /// collector, by offset.
    pub(crate) fn scan_core(
        &self,
        haystack: Haystack<'_>,
        core: Range<usize>,
        table: Option<&Table>,
        scratch: &mut Scratch,
        collector: &mut Collector<'_>,
    ) {
        debug_assert!(core.len() <= CORE);
        let around = haystack.widened(&core, MARGIN);
        scratch.matches.clear();
        self.scan_text(haystack, &around, table, scratch);
        self.scan_views(haystack, &around, table, scratch);
        let Scratch { lists, matches, .. } = scratch;
        self.settle(matches);
        for (index, found) in matches.iter().enumerate() {
            if core.contains(&found.span.start) && !is_dominated(matches, index) {
                let made = self.found(found, haystack, &mut lists.text);
                if !self.allowed.allows(found.definition, &lists.text, made.value()) {
                    collector.add(self, haystack, made);
                }
            }
        }
    }

    /// Finds what stands in the text as it lies.
    fn scan_text(
        &self,
        haystack: Haystack<'_>,
        around: &Range<usize>,
        table: Option<&Table>,
        scratch: &mut Scratch,
    ) {
        let rows = Rows { table, haystack, read: None };
        let text = Text { bytes: haystack.bytes, rows };
        let words = words_around(haystack, around);
        self.find_matches(text, around, words, &mut scratch.lists, &mut scratch.matches);
    }

    /// Finds what stands in disguise: in each block that holds some, in each text that it comes to.
    fn scan_views(
        &self,
        haystack: Haystack<'_>,
        around: &Range<usize>,
        table: Option<&Table>,
        scratch: &mut Scratch,
    ) {
        let Scratch { lists, view_lists, view, spots, matches } = scratch;
        self.find_spots(haystack, table, lists, spots);
        if spots.blocks().is_empty() {
            return;
        }
        let plain = matches.len();
        for block in spots.blocks() {
            view.readings(haystack, *block, |view| {
                let origin = |index: usize| view.origin(&(index..index + 1)).start;
                let rows = Rows { table, haystack, read: Some((view.bytes(), &origin)) };
                let text = Text { bytes: view.bytes(), rows };
                let first = matches.len();
                let own = view.within(around);
                if own.is_empty() {
                    return;
                }
                self.find_matches(text, &own, 0..text.bytes.len(), view_lists, matches);
                let added = matches.iter_mut().skip(first);
                added.for_each(|found| found.read_from(view, haystack));
            });
        }
        let mut index = 0..;
        matches.retain(|found| index.next() < Some(plain) || spots.touch(&found.span));
    }

    /// Tells where something stands in disguise.
    fn find_spots(
        &self,
        haystack: Haystack<'_>,
        table: Option<&Table>,
        lists: &Lists,
        spots: &mut Spots,
    ) {
        let rows = Rows { table, haystack, read: None };
        let cells = |index: usize| rows.is_named(index);
        let keywords = self.lexicon.keywords(&lists.hits);
        let numbers = Numbers {
            keywords: &mut keywords.map(|(hit, _)| hit.start..hit.end),
            cells: rows.are_named().then_some(&cells),
        };
        spots.find(haystack, &lists.classes, numbers);
    }

    /// Bytes to candidates to matches: what begins within `range`, by the words within `words`.
    fn find_matches(
        &self,
        text: Text<'_>,
        range: &Range<usize>,
        words: Range<usize>,
        lists: &mut Lists,
        matches: &mut Vec<Scored>,
    ) {
        let first = matches.len();
        let Lists { classes, candidates, hits, near, text: scratch, loose } = lists;
        self.find_words(text.bytes, words.clone(), classes, hits);
        let Text { bytes, rows } = text;
        let context = Context::new(bytes, &self.lexicon, hits, rows);
        let asking = &Asking::new(&self.naming, &context, range, words, near);
        seeds::find(
            classes,
            bytes,
            range,
            |at| asking.look(at),
            |seed| {
                self.shapes.matches(bytes, classes, seed, asking, candidates);
                for candidate in candidates.drain(..) {
                    self.check(&context, asking, candidate, scratch, matches);
                }
            },
        );
        self.anchors.find(bytes, range, |candidate| {
            self.check(&context, asking, candidate, scratch, matches);
        });
        self.check_named(&context, asking, range, scratch, matches);
        self.check_terms(&context, range, matches);
        self.check_customs(&context, range, matches);
        self.check_loosely(&context, range, classes, loose, (matches, first));
    }

    /// Bytes to class masks to words: one pass for all that mean something.
    fn find_words(
        &self,
        bytes: &[u8],
        words: Range<usize>,
        classes: &mut Classes,
        hits: &mut Vec<Hit>,
    ) {
        classes.fill(self.options.kernel, bytes, words.clone());
        hits.clear();
        self.lexicon.find(bytes, words, classes.word_starts(), hits);
    }

    /// Puts matches in order, one per definition and place, raises those that stand near what they
    /// belong to, and drops those below the least score.
    fn settle(&self, matches: &mut Vec<Scored>) {
        matches.sort_by_key(|m| (m.span.start, m.span.end, m.definition, Reverse(m.score)));
        matches
            .dedup_by(|next, kept| (&next.span, next.definition) == (&kept.span, kept.definition));
        self.heed_neighbours(matches);
        matches.retain(|found| found.score >= self.options.min_score);
    }

    /// Candidate to matches: the check of each detector that is written in this form.
    fn check(
        &self,
        context: &Context<'_>,
        asking: &Asking<'_, '_>,
        candidate: Candidate,
        text: &mut Vec<u8>,
        matches: &mut Vec<Scored>,
    ) {
        let Candidate { shape, span } = candidate;
        let shape = usize::from(shape);
        let (Some(form), Some(all)) = (self.forms.get(shape), self.by_form.get(shape)) else {
            return;
        };
        let wanted = form.is_seeded().then(|| asking.at(span.start));
        let may_name = |index| wanted.is_none_or(|wanted| asking.may_name(wanted, index));
        let mut worth = all.iter().filter(|one| one.alone || may_name(one.definition)).peekable();
        if worth.peek().is_none() {
            return;
        }
        let written = detectors::Written::read(*form, context.haystack, span.clone(), text);
        let Some(written) = written else { return };
        worth.for_each(|one| matches.extend(self.checked(context, *one, *form, &written)));
    }

    /// The check of one detector, and where its value has to be named, whether it may be.
    fn checked(
        &self,
        context: &Context<'_>,
        one: Written,
        form: Form,
        written: &detectors::Written<'_>,
    ) -> Option<Scored> {
        let definition = self.definitions.get(usize::from(one.definition))?;
        let Source::Identifier(detector) = &definition.source else { return None };
        let Detector { window, scores, .. } = detector;
        let span = written.span();
        let named = || one.alone || context.may_be_named(one.definition, span, *window, *scores);
        // What a seed shows is checked first, since names are dearer; of other forms the check is.
        let found = match form.is_seeded() {
            true => detector.check_written(written).filter(|_| named())?,
            false => named().then(|| detector.check_written(written))??,
        };
        self.weighed(context, form, (one.definition, definition), found)
    }

    /// Match to what it weighs where it stands.
    fn weighed(
        &self,
        context: &Context<'_>,
        form: Form,
        (index, definition): (u16, &Definition),
        found: detectors::Match,
    ) -> Option<Scored> {
        let Proof { evidence, adjust, test, .. } = found.proof;
        debug_assert!(adjust <= detectors::most_praise(definition.id()), "{}", definition.id());
        let in_run = form == Form::InRun;
        let claim = self.claim(index, found.span);
        let claim = Claim { separated: found.separated, adjust, in_run, ..claim };
        let weight = context.weigh(&claim).map(|weight| weight.behind(evidence));
        self.scored(definition, claim, weight, Some(form), test)
    }

    /// Words to candidates to matches: what a keyword of a detector names, or a column.
    fn check_named(
        &self,
        context: &Context<'_>,
        asking: &Asking<'_, '_>,
        around: &Range<usize>,
        text: &mut Vec<u8>,
        matches: &mut Vec<Scored>,
    ) {
        let naming = |index: u16| self.named.get(usize::from(index)).copied().flatten();
        let mut candidate = |shape: u16, named: &Named, at: usize, tie: Tie| {
            let span =
                around.contains(&at).then(|| named.span(context.haystack, at, tie)).flatten();
            let candidate = span.map(|span| Candidate { shape, span });
            candidate
                .into_iter()
                .for_each(|found| self.check(context, asking, found, text, matches));
        };
        for hit in context.hits {
            for index in self.naming.named_forms(*hit) {
                let Some((shape, named)) = naming(index) else { continue };
                let values = context.values_of(*hit);
                values.for_each(|(at, tie)| candidate(shape, named, at, tie));
            }
        }
        // Most payloads have no columns, and detectors are many.
        let columns = if context.has_columns() { self.named.as_slice() } else { &[] };
        for (index, named) in (0..).zip(columns) {
            let Some((shape, named)) = *named else { continue };
            context.cells_of(index, around).for_each(|at| candidate(shape, named, at, Tie::Cell));
        }
    }

    /// Words to matches: the terms that speak of a person.
    fn check_terms(&self, context: &Context<'_>, around: &Range<usize>, matches: &mut Vec<Scored>) {
        for hit in context.hits.iter().filter(|hit| around.contains(&hit.start)) {
            let roles = self.lexicon.entry(*hit).map(|entry| entry.roles.as_slice());
            for role in roles.unwrap_or_default() {
                let Role::Term(term) = *role else { continue };
                let index = term.detector;
                let Some(definition) = self.definitions.get(usize::from(index)) else { continue };
                let Source::Dictionary(dictionary) = &definition.source else { continue };
                let told = context.weigh_term(*hit, dictionary.group, term);
                let Some((weight, language)) = told else { continue };
                let weight = weight.behind([Evidence::List(dictionary.list(language).into())]);
                let claim = self.claim(index, hit.start..hit.end);
                matches.extend(self.scored(definition, claim, Some(weight), None, false));
            }
        }
    }

    /// What customers define: patterns, dictionaries, known values.
    fn check_customs(
        &self,
        context: &Context<'_>,
        around: &Range<usize>,
        matches: &mut Vec<Scored>,
    ) {
        let Some(customs) = &self.customs else { return };
        customs.find(context.haystack, around, &mut |index, span, value| {
            let index = self.first_custom + index;
            let Some(definition) = self.definitions.get(index) else { return };
            let Source::Custom(custom) = &definition.source else { return };
            let claim = self.claim(index as u16, span);
            let weight = match custom.is_sure() {
                true => Some(Weight { score: claim.scores.bare, evidence: Vec::new() }),
                false => context.weigh(&claim),
            };
            let weight = weight.map(|weight| weight.behind(custom.evidence()));
            let scored = self.scored(definition, claim, weight, None, false);
            matches.extend(scored.map(|found| Scored { meant: value.map(Into::into), ..found }));
        });
    }

    fn claim(&self, detector: u16, span: Range<usize>) -> Claim {
        let definition = self.definitions.get(usize::from(detector));
        let (scores, window) = definition.map(|d| (d.scores(), d.window())).unwrap_or_default();
        Claim { detector, span, scores, window, separated: false, adjust: 0, in_run: false }
    }

    /// Keeps a match whose score may still come to count.
    fn scored(
        &self,
        definition: &Definition,
        claim: Claim,
        weight: Option<Weight>,
        form: Option<Form>,
        test: bool,
    ) -> Option<Scored> {
        let Weight { score, evidence } = weight?;
        let counts = score.saturating_add(NEAR_BONUS) >= self.options.min_score;
        counts.then_some(Scored {
            definition: claim.detector,
            category: definition.category(),
            span: claim.span,
            score,
            evidence,
            test,
            form,
            checked: definition.pass_rate().is_none_or(|rate| rate < UNCHECKED),
            verified: definition.wrong_digit_rate().is_some_and(|rate| rate < UNVERIFIED),
            meant: None,
        })
    }

    /// Raises matches that stand near what belongs to them: a security code near its card.
    fn heed_neighbours(&self, matches: &mut [Scored]) {
        let counts = |found: &Scored| Confidence::from_score(found.score) >= Confidence::Medium;
        let raised: Vec<(usize, &'static str)> = matches
            .iter()
            .enumerate()
            .filter_map(|(index, found)| {
                let (other, id) = (*self.near.get(usize::from(found.definition))?)?;
                let near = neighbours(matches, index).any(|n| n.definition == other && counts(n));
                near.then_some((index, id))
            })
            .collect();
        for (index, other) in raised {
            if let Some(found) = matches.get_mut(index) {
                found.score = found.score.saturating_add(NEAR_BONUS).min(100);
                found.evidence.push(Evidence::Near(other.into()));
            }
        }
    }

    /// Match to finding: the value is masked and digested here and goes no further.
    fn found(&self, found: &Scored, haystack: Haystack<'_>, text: &mut Vec<u8>) -> Found {
        let written = haystack.bytes.get(found.span.clone()).unwrap_or_default();
        let written = found.meant.as_deref().unwrap_or(written);
        match found.form {
            Some(form) => detectors::significant(form, written, text),
            None => {
                text.clear();
                text.extend_from_slice(written);
            }
        }
        Found::new(self, found.definition, found.category, &found.span, text, found.test)
            .with_weight(found.score, found.evidence.clone())
    }
}
