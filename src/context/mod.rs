//! What stands around a match: keywords, field names, column headers, and what speaks against it.
//!
//! Everything here reads a bounded stretch on either side of the match, so that a match weighs the
//! same in a slice, in a stream and in a shard.

pub(crate) mod asked;
mod field;
mod given;
mod person;
mod table;
mod value;
mod veto;
pub(crate) mod words;

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use crate::finding::{Evidence, Scores};
use crate::terms::lexicon::{Hit, Lexicon, Role, hits_in};
pub(crate) use table::{Rows, Table};

/// One meaning of a word, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    role: Role,
    text: Cow<'static, str>,
    at: Range<usize>,
}

type Words = Vec<Word>;

/// A match that asks what it weighs here.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Whose keywords count: the detector's index.
    pub(crate) detector: u16,
    pub(crate) span: Range<usize>,
    pub(crate) scores: Scores,
    /// How far a keyword may stand: bytes before the start, bytes after the end.
    pub(crate) window: (u16, u16),
    /// Written with separators.
    pub(crate) separated: bool,
    /// Added where no keyword stands near.
    pub(crate) adjust: i8,
    /// Within a run of digits that its check has looked at on either side.
    pub(crate) in_run: bool,
}

/// A score from 0 to 100 and what it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) score: u8,
    pub(crate) evidence: Vec<Evidence>,
}

impl Weight {
    /// Puts what speaks for a match by itself before what stands around it.
    pub(crate) fn behind(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Weight {
        self.evidence.splice(0..0, evidence);
        self
    }
}

/// The text with what is known of its words and columns.
pub(crate) struct Context<'c> {
    pub(crate) haystack: &'c [u8],
    lexicon: &'c Lexicon,
    /// Every word that means something, by start.
    pub(crate) hits: &'c [Hit],
    rows: Rows<'c>,
    /// The value whose names were asked for last, and these: many detectors ask for one value.
    given: Cell<Option<(usize, Names)>>,
}

/// The names that the structure gives to a value, if any, the likelier first.
type Names = Option<Rc<[Name]>>;

/// Bytes before a keyword in which a longer one that holds it may begin.
const LONGEST_WHOLE: usize = 64;
/// Bytes of the longest keyword or phrase, gaps included.
const LONGEST_PHRASE: usize = 128;
/// Subtracted where the field's own name or the word right before says that it is something else.
const NEGATIVE: i16 = 35;
/// Subtracted from a score without keyword in a field whose name says nothing for it.
const UNKNOWN_FIELD: i16 = 8;
/// Bytes of a number that a dash makes a part of the word before it.
const LONGEST_TIED: usize = 5;
/// The most doubt of a check that counts, by half beside a keyword and by a fifth in a field of that name.
/// What lacks the check digit that it may have then weighs as much as what has none.
const MOST_DOUBT: i8 = 40;
/// Subtracted from a keyword's score where the value stands in a field of another name.
const OTHER_FIELD: i16 = 15;

impl<'c> Context<'c> {
    /// Returns a text with its words, in order, and the rows that it was read from.
    pub(crate) fn new(
        haystack: &'c [u8],
        lexicon: &'c Lexicon,
        hits: &'c [Hit],
        rows: Rows<'c>,
    ) -> Context<'c> {
        Context { haystack, lexicon, hits, rows, given: Cell::new(None) }
    }

    /// Returns what a claim weighs here, `None` where it weighs nothing.
    ///
    /// # Complexity
    ///
    /// Constant: bounded look-back plus the hits within the window.
    pub(crate) fn weigh(&self, claim: &Claim) -> Option<Weight> {
        let against = match claim.in_run {
            true => veto::Against::default(),
            false => veto::of(self.haystack, &claim.span)?,
        };
        if against.piece && claim.scores.is_named_only() {
            return None;
        }
        let own = self.own_name(claim);
        let own = own.as_ref();
        let named = own.and_then(|name| name.keyword(claim.detector));
        let near = || self.keyword(claim, own);
        let mut evidence: Vec<Evidence> = named.clone().or_else(near).into_iter().collect();
        let mut score = match (named, evidence.is_empty()) {
            (Some(_), _) => self.named(claim, own, &mut evidence),
            (None, false) => self.beside_keyword(claim, own, &mut evidence),
            (None, true) => self.alone(claim, own, &mut evidence),
        };
        let alone_only = against.only_alone.filter(|_| !has_keyword(&evidence));
        for (reason, by) in against.always.into_iter().chain(alone_only) {
            evidence.push(Evidence::Lowered(reason.into()));
            score -= by;
        }
        let score = u8::try_from(score.clamp(0, 100)).unwrap_or(0);
        (score > 0).then_some(Weight { score, evidence })
    }

    /// Returns the score of a match in a field or column that has a keyword in its name; a name such
    /// as `account_ref` or `ssn_hash` says two things.
    fn named(&self, claim: &Claim, own: Option<&Name>, evidence: &mut Vec<Evidence>) -> i16 {
        let lowered = own.and_then(|name| name.negative_beside(claim.detector));
        evidence.extend(lowered.map(|reason| Evidence::Lowered(reason.into())));
        let doubt = i16::from(claim.adjust.clamp(-MOST_DOUBT, 0)) / 5;
        i16::from(claim.scores.field) + doubt - lowered.map_or(0, |_| NEGATIVE)
    }

    /// Returns the score of a match without any keyword.
    fn alone(&self, claim: &Claim, own: Option<&Name>, evidence: &mut Vec<Evidence>) -> i16 {
        let alone = claim.scores.alone(claim.separated, claim.adjust);
        match self.negative(claim, own) {
            Some(reason) if alone > 0 => {
                evidence.push(Evidence::Lowered(reason.into()));
                alone - NEGATIVE
            }
            _ if own.is_some_and(|name| !name.is_generic) => alone - UNKNOWN_FIELD,
            _ => alone,
        }
    }

    /// Returns the score of a match with a keyword in its window, but not in its own field's name.
    fn beside_keyword(
        &self,
        claim: &Claim,
        own: Option<&Name>,
        evidence: &mut Vec<Evidence>,
    ) -> i16 {
        let lowered = if let Some(reason) = self.negative(claim, own) {
            evidence.push(Evidence::Lowered(reason.into()));
            NEGATIVE
        } else {
            own.filter(|name| !name.is_generic).map_or(0, |_| OTHER_FIELD)
        };
        let alone = claim.scores.alone(claim.separated, claim.adjust);
        let doubt = i16::from(claim.adjust.clamp(-MOST_DOUBT, 0)) / 2;
        let keyword = i16::from(claim.scores.keyword) + doubt;
        keyword.max(alone) - lowered
    }

    /// Returns whether a keyword of a detector stands where it could count for a value at `span`. Most
    /// numbers end here where a detector reports nothing without one.
    pub(crate) fn may_be_named(
        &self,
        detector: u16,
        span: &Range<usize>,
        window: (u16, u16),
        scores: Scores,
    ) -> bool {
        let reach = naming_reach(window.0, scores);
        let end = span.end + usize::from(window.1).max(value::LONGEST_NAMING + 1);
        let role = Role::Keyword(detector);
        let mut around = self.hits_in(span.start.saturating_sub(reach)..end);
        around.any(|hit| self.has_role(hit, role))
            || self.rows.names(|own| own == role)
            || self.is_given(detector, span.start)
    }

    /// Returns the name of the field or column that holds a value: the nearest that says something.
    /// Names further off are looked up only where they could change the score.
    fn own_name(&self, claim: &Claim) -> Option<Name> {
        let near = field::name_before(self.haystack, claim.span.start).map(|at| self.near(&at));
        if near.as_ref().is_some_and(|name| !name.is_generic && !name.words.is_empty()) {
            let asked = near.as_ref().is_some_and(|name| !name.has(claim.detector));
            return asked.then(|| self.asked(claim)).flatten().or(near);
        }
        let matters = claim.scores.alone(claim.separated, claim.adjust) > 0
            || self.rows.names(|role| role == Role::Keyword(claim.detector))
            || self.keyword(claim, None).is_some()
            || self.is_given(claim.detector, claim.span.start);
        if !matters {
            return near;
        }
        // A field of some other name, such as a speaker's, may well say something else of the value.
        let is_other = near.as_ref().is_some_and(|name| !name.is_generic);
        let given = self.given(claim.span.start);
        let given = given.iter().flat_map(|names| names.iter());
        let named = given.clone().find(|name| name.has(claim.detector));
        let column = self.header(claim).filter(|name| near.is_none() || !name.words.is_empty());
        let asked = column.as_ref().is_some_and(|name| name.has(claim.detector));
        let named = named.or_else(|| given.clone().next().filter(|_| !is_other)).cloned();
        named.filter(|_| !asked).or(column).or(near)
    }

    /// Returns the question on the line above that a value answers, if it asks for this one: what stands
    /// right before the value is the name of who answers.
    fn asked(&self, claim: &Claim) -> Option<Name> {
        let question = given::question(self.haystack, claim.span.start)?;
        let words = self.words_within(&question);
        let name = Name { words, is_header: false, is_generic: false };
        Some(name).filter(|name| name.has(claim.detector))
    }

    /// Returns the name that stands at a range right before a value.
    fn near(&self, at: &Range<usize>) -> Name {
        let is_generic = words::is_generic(self.haystack.get(at.clone()).unwrap_or_default());
        Name { words: self.words_within(at), is_header: false, is_generic }
    }

    /// Returns the name of the column that a value stands in.
    fn header(&self, claim: &Claim) -> Option<Name> {
        let words = self.rows.column(claim.span.start)?.clone();
        Some(Name { words, is_header: true, is_generic: false })
    }

    /// Returns whether the structure gives the value at an index a name with a detector's keyword.
    fn is_given(&self, detector: u16, at: usize) -> bool {
        self.given(at).is_some_and(|names| names.iter().any(|name| name.has(detector)))
    }

    /// Returns the names that the structure of the payload gives to the value at an index; only those
    /// that say something.
    fn given(&self, at: usize) -> Names {
        let known = self.given.take().filter(|(known, _)| *known == at);
        let (at, names) = known.unwrap_or_else(|| (at, self.read_given(at)));
        self.given.set(Some((at, names.clone())));
        names
    }

    /// What the text says goes before what the bytes say that it was read from, which reach further.
    fn read_given(&self, at: usize) -> Names {
        let beyond = || (self.rows.haystack.bytes, self.rows.origin(at));
        let names = self.names_in(self.haystack, at);
        names.or_else(|| {
            let (bytes, at) = self.rows.read.map(|_| beyond())?;
            self.names_in(bytes, at)
        })
    }

    fn names_in(&self, text: &[u8], at: usize) -> Names {
        let places = given::names(text, at);
        let names = places.into_iter().map(|place| {
            let mut hits = Vec::new();
            self.lexicon.find_anywhere(text, place.clone(), &mut hits);
            let words = words_of(self.lexicon, &hits, place.end);
            Name { words, is_header: false, is_generic: false }
        });
        let names: Vec<Name> = names.filter(|name| !name.words.is_empty()).collect();
        (!names.is_empty()).then(|| names.into())
    }

    /// Returns what the words within a range mean.
    fn words_within(&self, range: &Range<usize>) -> Words {
        words_of(self.lexicon, self.hits_from(range.start), range.end)
    }

    /// Returns the hits that begin at or behind an index.
    fn hits_from(&self, start: usize) -> &'c [Hit] {
        let first = self.hits.partition_point(|hit| hit.start < start);
        self.hits.get(first..).unwrap_or_default()
    }

    /// Returns the hits that begin within a range.
    fn hits_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Hit> + use<'c> {
        hits_in(self.hits, range).iter().copied()
    }

    /// Returns the nearest keyword of a claim's detector within its window, one before preferred.
    fn keyword(&self, claim: &Claim, own: Option<&Name>) -> Option<Evidence> {
        let (before, after) = claim.window;
        let Range { start, end } = claim.span;
        let reach = start.saturating_sub(usize::from(before));
        let role = Role::Keyword(claim.detector);
        let is_keyword = |hit: &Hit| {
            self.has_role(*hit, role) && !self.is_part(*hit, role) && !self.is_prefix(*hit, start)
        };
        let ahead = self.hits_in(start.saturating_sub(LONGEST_PHRASE + usize::from(before))..start);
        let sure = !claim.scores.is_named_only() || own.is_some_and(|name| name.is_generic);
        let leads = |hit: &Hit| sure || self.leads_to(hit.end, &claim.span);
        let nearest = ahead
            .filter(|hit| (reach..=start).contains(&hit.end))
            .filter(|hit| is_keyword(hit) && leads(hit))
            .max_by_key(|hit| (hit.end, start - hit.start));
        if let Some(hit) = nearest {
            return Some(Evidence::Keyword(self.text(hit)?, -distance(hit.start, start)));
        }
        let after = usize::from(after).max(value::LONGEST_NAMING + 1);
        let mut behind = self.hits_in(end..end + after);
        let behind = behind.find(|hit| is_keyword(hit) && self.names_behind(claim, hit, sure))?;
        Some(Evidence::Keyword(self.text(behind)?, distance(end, behind.start)))
    }

    /// Returns whether a keyword behind a claim names it; `sure` where more than its name speaks for it.
    fn names_behind(&self, claim: &Claim, hit: &Hit, sure: bool) -> bool {
        let end = claim.span.end;
        let near = hit.start < end + usize::from(claim.window.1);
        near && (sure || self.follows(end, hit))
            || value::names_before(self.haystack, end, &(hit.start..hit.end))
    }

    /// Returns whether a dash ties a keyword to another number than the value at `start`, as part numbers
    /// have it: `UTR-36236`.
    fn is_prefix(&self, hit: Hit, start: usize) -> bool {
        let tied = matches!(self.haystack.get(hit.end..hit.end + 2), Some([b'-', b'0'..=b'9']));
        tied && hit.end + 1 != start
    }

    /// Returns whether a keyword is a part of a longer one that names something else: the `card` of
    /// `identity card`.
    fn is_part(&self, hit: Hit, own: Role) -> bool {
        let Some(short) = self.lexicon.entry(hit) else { return false };
        let mut around = self.hits_in(hit.start.saturating_sub(LONGEST_WHOLE)..hit.end);
        around.any(|other| {
            let longer = holds(&(other.start..other.end), &(hit.start..hit.end));
            let entry = self.lexicon.entry(other).filter(|_| longer);
            entry.is_some_and(|long| {
                is_other(&long.roles, own) && !only_numbers(&long.text, &short.text)
            })
        })
    }

    /// Returns whether a keyword leads up to a value for which nothing else speaks: text between, no number,
    /// cell or sentence, four words at the most, and no short number tied on by a dash (`CVE-2026`).
    fn leads_to(&self, keyword_end: usize, value: &Range<usize>) -> bool {
        let gap = self.haystack.get(keyword_end..value.start).unwrap_or_default();
        let ends = |b: &u8| b.is_ascii_digit() || matches!(b, b',' | b';' | b'|' | b'!' | b'?');
        let words = gap.split(|b| !b.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        let tied = gap == b"-" && value.len() <= LONGEST_TIED;
        let control = |b: &u8| b.is_ascii_control() && !b.is_ascii_whitespace();
        // ISO 8859-1 has controls where UTF-8 goes on.
        let is_latin = || !gap.iter().any(|byte| (0x80..0xa0).contains(byte));
        let is_text = !gap.iter().any(control) && (std::str::from_utf8(gap).is_ok() || is_latin());
        is_text && !tied && !gap.iter().any(ends) && words.count() <= 4
    }

    /// Returns whether a keyword follows on a value for which nothing else speaks: in the same paragraph,
    /// and with no mark behind it, which would lead on to what it names.
    fn follows(&self, value_end: usize, keyword: &Hit) -> bool {
        let gap = self.haystack.get(value_end..keyword.start).unwrap_or_default();
        let lines = gap.iter().filter(|byte| **byte == b'\n').count();
        let leads_on = matches!(self.haystack.get(keyword.end), Some(b':' | b'='));
        lines < 2 && !leads_on && self.leads_to(value_end, &(keyword.start..keyword.end))
    }

    /// Iterates over the words that name what some detector finds, with all that they mean.
    pub(crate) fn keywords(&self) -> impl Iterator<Item = (Hit, &'c [Role])> + use<'c> {
        self.lexicon.keywords(self.hits)
    }

    /// Returns why the value is likely something else, from its field's name or the word before it.
    fn negative(&self, claim: &Claim, own: Option<&Name>) -> Option<&'static str> {
        if let Some(reason) = own.and_then(Name::negative) {
            return Some(reason);
        }
        let start = claim.span.start;
        let ahead = self.hits_in(start.saturating_sub(LONGEST_PHRASE)..start).rev();
        let near: Vec<Hit> = ahead
            .take_while(|hit| hit.end + words::NEGATIVE_REACH >= start)
            .filter(|hit| hit.end <= start && self.is_bare_gap(hit.end..start))
            .collect();
        let reason = near.iter().find_map(|hit| negative_of(&self.lexicon.entry(*hit)?.roles))?;
        // The `id` of a keyword such as `tax id` says nothing against it.
        let named = near.iter().any(|hit| self.has_role(*hit, Role::Keyword(claim.detector)));
        (!named).then_some(reason)
    }

    /// Returns whether nothing stands between a word and a value but blanks, marks and `no`.
    fn is_bare_gap(&self, range: Range<usize>) -> bool {
        let gap = self.haystack.get(range).unwrap_or_default();
        let mut letters = gap.iter().filter(|byte| byte.is_ascii_alphanumeric());
        let first = letters.next().map(u8::to_ascii_lowercase);
        first.is_none() || (first == Some(b'n') && letters.count() <= 1)
    }

    fn has_role(&self, hit: Hit, role: Role) -> bool {
        self.lexicon.entry(hit).is_some_and(|entry| entry.roles.contains(&role))
    }

    fn text(&self, hit: Hit) -> Option<Cow<'static, str>> {
        self.lexicon.entry(hit).map(|entry| entry.text.clone())
    }
}

/// The name of a field or column.
#[derive(Clone, Debug)]
struct Name {
    words: Words,
    is_header: bool,
    /// A name that says nothing, such as `value`.
    is_generic: bool,
}

impl Name {
    fn keyword(&self, detector: u16) -> Option<Evidence> {
        let word = self.longest(detector)?;
        let evidence = if self.is_header { Evidence::Header } else { Evidence::Field };
        Some(evidence(word.text.clone()))
    }

    fn has(&self, detector: u16) -> bool {
        self.longest(detector).is_some()
    }

    fn longest(&self, detector: u16) -> Option<&Word> {
        let own = Role::Keyword(detector);
        let named = self.words.iter().filter(|word| word.role == own && !self.is_part(word));
        named.max_by_key(|word| word.at.len())
    }

    /// Returns whether a keyword is a part of a longer one that names something else.
    fn is_part(&self, short: &Word) -> bool {
        let mut longer = self.words.iter().filter(|long| holds(&long.at, &short.at));
        longer.any(|long| {
            let same = self.words.iter().filter(|word| word.at == long.at);
            let roles: Vec<Role> = same.map(|word| word.role).collect();
            is_other(&roles, short.role) && !only_numbers(&long.text, &short.text)
        })
    }

    fn negative(&self) -> Option<&'static str> {
        self.words.iter().find_map(|word| negative_of(&[word.role]))
    }

    /// Returns the reason of a negative word behind a detector's keyword and no part of it.
    fn negative_beside(&self, detector: u16) -> Option<&'static str> {
        let keyword = self.longest(detector)?;
        let mut behind = self.words.iter().filter(|word| word.at.start >= keyword.at.end);
        behind.find_map(|word| negative_of(&[word.role]))
    }
}

/// Returns how far before a value the keywords begin that may name it.
fn naming_reach(window: u16, scores: Scores) -> usize {
    let reach = LONGEST_PHRASE + usize::from(window);
    // What may count without a name counts wherever it has one.
    if scores.reports_alone() { reach.max(given::QUESTION_BEGINS) } else { reach }
}

fn has_keyword(evidence: &[Evidence]) -> bool {
    let names = |e: &Evidence| {
        matches!(e, Evidence::Keyword(..) | Evidence::Field(_) | Evidence::Header(_))
    };
    evidence.iter().any(names)
}

/// Whether a range is a part of another.
fn holds(long: &Range<usize>, short: &Range<usize>) -> bool {
    long.start <= short.start && short.end <= long.end && long.len() > short.len()
}

/// Whether a word is a keyword, but not the own one.
fn is_other(roles: &[Role], own: Role) -> bool {
    roles.iter().any(Role::is_keyword) && !roles.contains(&own)
}

/// Whether a longer keyword only says `number` behind a shorter one, and means the same.
fn only_numbers(long: &str, short: &str) -> bool {
    let rest = long.strip_prefix(short).map(str::trim_start);
    rest.is_some_and(|rest| matches!(rest, "" | "s" | "number" | "no" | "num" | "nr" | "id"))
}

fn negative_of(roles: &[Role]) -> Option<&'static str> {
    roles.iter().find_map(|role| match role {
        Role::Negative(reason) => Some(*reason),
        _ => None,
    })
}

/// Returns what the hits up to `end` mean.
fn words_of(lexicon: &Lexicon, hits: &[Hit], end: usize) -> Words {
    let within = hits.iter().take_while(|hit| hit.start < end).filter(|hit| hit.end <= end);
    let entries = within.filter_map(|hit| Some((hit, lexicon.entry(*hit)?)));
    let words = entries.flat_map(|(hit, entry)| {
        let word =
            |role: &Role| Word { role: *role, text: entry.text.clone(), at: hit.start..hit.end };
        entry.roles.iter().map(word)
    });
    words.collect()
}

fn distance(from: usize, to: usize) -> i32 {
    i32::try_from(to.saturating_sub(from)).unwrap_or(i32::MAX)
}
