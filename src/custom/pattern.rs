//! Customers' patterns: all of them in one automaton, entered where one of them may begin.

use std::ops::Range;

use regex_automata::dfa::dense::{self, DFA};
use regex_automata::dfa::{Automaton, StartKind};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::checksum::Checksum;
use super::{LONGEST_CUSTOM, is_within_word};
use crate::fingerprint::Fingerprint;

/// Bytes of one compiled pattern at the most, before states are merged.
const NFA_LIMIT: usize = 1 << 20;
/// Bytes of the automaton over all patterns at the most, and of what is needed while making it.
const DFA_LIMIT: usize = 32 << 20;
/// Bytes of the source of one pattern at the most.
const LONGEST_SOURCE: usize = 4096;

/// How a customer's detector is written, and what must hold for it.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) source: String,
    pub(super) ignore_case: bool,
    pub(super) checksum: Option<&'static Checksum>,
    /// Letters and digits before those that the checksum covers.
    pub(super) skip: usize,
}

impl Pattern {
    pub(super) fn new(source: &str) -> Pattern {
        Pattern { source: source.to_owned(), ignore_case: false, checksum: None, skip: 0 }
    }

    pub(super) fn fingerprint(&self, print: &mut Fingerprint) {
        print.texts(&["pattern", &self.source, self.checksum.map_or("", |checksum| checksum.name)]);
        print.number(self.ignore_case.into());
        print.number(self.skip as u64);
    }

    /// Compiles the pattern by itself, or says why it cannot be used and how to mend it.
    pub(super) fn compile(&self) -> Result<Patterns, String> {
        if self.source.len() > LONGEST_SOURCE {
            return Err(format!("the pattern is longer than {LONGEST_SOURCE} bytes; write two"));
        }
        self.check_bounds()?;
        Patterns::new(std::slice::from_ref(&self))
    }

    fn check_bounds(&self) -> Result<(), String> {
        let parsed = syntax::parse_with(&self.source, &self.syntax());
        let parsed = parsed.map_err(|error| error.to_string())?;
        let properties = parsed.properties();
        match (properties.minimum_len(), properties.maximum_len()) {
            (Some(1..), Some(..=LONGEST_CUSTOM)) => {}
            (Some(0) | None, _) => return Err("the pattern matches nothing at all".to_owned()),
            (_, longest) => return Err(too_long(longest)),
        }
        if properties.look_set().contains_word_unicode() {
            return Err(
                "a match begins and ends at a word edge by itself, so leave \\b out; within \
                        a pattern write (?-u:\\b)"
                    .to_owned(),
            );
        }
        if properties.look_set().contains_anchor_haystack() {
            return Err("a pattern cannot ask for the start or end of a payload; write (?m:^) or \
                        (?m:$) for those of a line"
                .to_owned());
        }
        Ok(())
    }

    /// Returns whether this pattern, compiled by itself, finds the whole of a text.
    pub(super) fn finds(&self, compiled: &Patterns, text: &str) -> bool {
        let text = text.as_bytes();
        let mut whole = false;
        compiled.at(text, 0, &mut |_, span| whole |= span == (0..text.len()));
        whole && self.holds(text)
    }

    /// Returns whether the checksum holds for what was matched, if there is one.
    pub(super) fn holds(&self, written: &[u8]) -> bool {
        self.checksum.is_none_or(|checksum| checksum.holds(written, self.skip))
    }

    fn syntax(&self) -> syntax::Config {
        syntax::Config::new().utf8(false).case_insensitive(self.ignore_case)
    }
}

fn too_long(longest: Option<usize>) -> String {
    match longest {
        None => format!(
            "a match may be without bound long, and is looked for in {LONGEST_CUSTOM} bytes at the \
             most, so write a count such as {{1,40}} for +, * or {{1,}}"
        ),
        Some(bytes) => format!(
            "a match may be {bytes} bytes long; at most {LONGEST_CUSTOM} bytes are allowed, so \
             write smaller counts"
        ),
    }
}

fn too_large() -> String {
    format!(
        "the compiled form needs more than {} MiB; write [0-9] for \\d and [A-Za-z0-9_] for \\w, \
         fewer counts within counts, or fewer patterns",
        DFA_LIMIT >> 20
    )
}

/// All patterns, compiled.
///
/// What is found from a place on does not depend on what is found anywhere else: there is no search
/// that one match could lead past another, so every chunking finds the same.
#[derive(Debug)]
pub(super) struct Patterns {
    dfa: DFA<Vec<u32>>,
    /// Where the automaton begins, by the byte before; last, where there is none.
    starts: Vec<StateID>,
    /// A bit for each two bytes that some match begins with.
    pairs: Vec<u64>,
}

impl Patterns {
    /// Compiles patterns into one automaton.
    pub(super) fn new(patterns: &[&Pattern]) -> Result<Patterns, String> {
        let parse = |pattern: &&Pattern| {
            syntax::parse_with(&pattern.source, &pattern.syntax()).map_err(|why| why.to_string())
        };
        let parsed = patterns.iter().map(parse).collect::<Result<Vec<_>, String>>()?;
        let config = thompson::Config::new()
            .utf8(false)
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(NFA_LIMIT.saturating_mul(patterns.len())));
        let nfa = thompson::Compiler::new()
            .configure(config)
            .build_many_from_hir(&parsed)
            .map_err(|_| too_large())?;
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::All)
            .accelerate(false)
            .dfa_size_limit(Some(DFA_LIMIT))
            .determinize_size_limit(Some(DFA_LIMIT));
        let dfa = dense::Builder::new().configure(config).build_from_nfa(&nfa);
        let dfa = dfa.map_err(|_| too_large())?;
        let starts = starts(&dfa).ok_or_else(too_large)?;
        Ok(Patterns { pairs: pairs(&dfa, &starts), dfa, starts })
    }

    /// Calls `found` with each pattern that matches from a word edge within `range` on, and its span.
    ///
    /// Of the ends that a pattern allows, the furthest at a word edge counts.
    ///
    /// # Complexity
    ///
    /// One bit is looked up for each byte; at places where a match may begin, at most
    /// [`LONGEST_CUSTOM`] bytes are read, however many patterns there are.
    pub(super) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let end = haystack.len().min(range.end.saturating_add(1));
        let bytes = haystack.get(range.start..end).unwrap_or_default();
        for (pair, at) in bytes.windows(2).zip(range.clone()) {
            let &[first, second] = pair else { continue };
            if self.may_begin(first, second) && !is_within_word(haystack, at) {
                self.at(haystack, at, found);
            }
        }
        if range.end == haystack.len() && !range.is_empty() {
            let last = range.end - 1;
            if !is_within_word(haystack, last) {
                self.at(haystack, last, found);
            }
        }
    }

    fn may_begin(&self, first: u8, second: u8) -> bool {
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs.get(pair / 64).is_some_and(|bits| bits >> (pair % 64) & 1 != 0)
    }

    fn at(&self, haystack: &[u8], at: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        let before = at.checked_sub(1).and_then(|i| haystack.get(i));
        let start = self.starts.get(before.map_or(NONE_BEFORE, |byte| usize::from(*byte)));
        let Some(mut state) = start.copied() else { return };
        let mut ends: Vec<(usize, usize)> = Vec::new();
        // The automaton tells that a match has ended one byte later.
        for end in at.. {
            state = match haystack.get(end) {
                Some(byte) => self.dfa.next_state(state, *byte),
                None => self.dfa.next_eoi_state(state),
            };
            if self.dfa.is_match_state(state) && !is_within_word(haystack, end) {
                self.keep_ends(state, end, &mut ends);
            }
            if self.dfa.is_dead_state(state) || end >= haystack.len() {
                break;
            }
        }
        ends.into_iter().for_each(|(pattern, end)| found(pattern, at..end));
    }

    fn keep_ends(&self, state: StateID, end: usize, ends: &mut Vec<(usize, usize)>) {
        for index in 0..self.dfa.match_len(state) {
            let pattern = self.dfa.match_pattern(state, index).as_usize();
            match ends.iter_mut().find(|(known, _)| *known == pattern) {
                Some((_, kept)) => *kept = end,
                None => ends.push((pattern, end)),
            }
        }
    }
}

/// Index of the start where no byte stands before.
const NONE_BEFORE: usize = 256;

/// Returns where the automaton begins, by the byte before.
fn starts(dfa: &DFA<Vec<u32>>) -> Option<Vec<StateID>> {
    let before = (0..=u8::MAX).map(Some).chain([None]);
    let start = |byte| {
        let config = start::Config::new().anchored(Anchored::Yes).look_behind(byte);
        dfa.start_state(&config).ok()
    };
    before.map(start).collect()
}

/// Returns a bit for each two bytes behind which some match may go on.
fn pairs(dfa: &DFA<Vec<u32>>, starts: &[StateID]) -> Vec<u64> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    starts.dedup();
    let mut pairs = vec![0u64; (1 << 16) / 64];
    for (first, words) in (0..=u8::MAX).zip(pairs.chunks_mut(4)) {
        let behind = starts.iter().map(|start| dfa.next_state(*start, first));
        let behind: Vec<StateID> = behind.filter(|state| !dfa.is_dead_state(*state)).collect();
        let goes_on = |second: u8| {
            let mut states = behind.iter().map(|state| dfa.next_state(*state, second));
            states.any(|state| !dfa.is_dead_state(state))
        };
        for second in (0..=u8::MAX).filter(|second| goes_on(*second)) {
            let word = words.get_mut(usize::from(second / 64));
            word.into_iter().for_each(|word| *word |= 1 << (second % 64));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_automata::Input;
    use regex_automata::meta::Regex;

    use super::*;

    const SOURCES: [&str; 8] = [
        "AB-[0-9]{2,4}",
        "[A-Z]{1,3}",
        "(?i)ab|AB-[0-9]{3}|b",
        "[a-b ]{1,6}-",
        "[0-9]{1,5}?",
        "(?m:^)[A-Z][0-9](?m:$)",
        "é[a-z]{0,2}",
        "x(?-u:\\b).{1,2}y",
    ];

    /// Every match by its definition: from each word edge on the furthest end at one such that the
    /// pattern matches exactly what lies between.
    fn by_definition(whole: &[Regex], text: &[u8]) -> Vec<(usize, Range<usize>)> {
        let edges: Vec<usize> = (0..=text.len()).filter(|at| !is_within_word(text, *at)).collect();
        let mut found = Vec::new();
        for start in &edges {
            for (index, regex) in whole.iter().enumerate() {
                // A search for the longest ends where the input does if anything ends there.
                let fits = |end: &&usize| {
                    let input = Input::new(text).span(*start..**end).anchored(Anchored::Yes);
                    regex.search(&input).is_some_and(|found| found.end() == **end)
                };
                let end = edges.iter().rev().take_while(|end| *end > start).find(fits);
                found.extend(end.map(|end| (index, *start..*end)));
            }
        }
        found
    }

    fn regex(source: &str) -> Regex {
        let config = Regex::config().match_kind(MatchKind::All).utf8_empty(false);
        let syntax = syntax::Config::new().utf8(false);
        Regex::builder().configure(config).syntax(syntax).build(source).unwrap()
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_each_pattern_defines(text in "[ABab01xyé \n-]{0,40}") {
            let patterns = SOURCES.map(Pattern::new);
            patterns.iter().for_each(|pattern| pattern.check_bounds().unwrap());
            let all = Patterns::new(&patterns.iter().collect::<Vec<_>>()).unwrap();
            let text = text.as_bytes();
            let mut found = Vec::new();
            all.find(text, &(0..text.len()), &mut |index, span| found.push((index, span)));
            found.sort_by_key(|(index, span)| (span.start, *index));
            prop_assert_eq!(found, by_definition(&SOURCES.map(regex), text));
        }
    }
}
