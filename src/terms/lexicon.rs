//! All words that mean something, found in one pass of an Aho-Corasick automaton that is entered at the
//! starts of words only.

use std::borrow::Cow;
use std::collections::HashMap;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::Group;
use super::fold::{decode, fold, spellings};
use crate::engine::is_escape;
use crate::error::{BuildError, BuildErrorKind};

/// What a word or phrase means where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It names what the detector with this index finds.
    Keyword(u16),
    /// It is a term of the dictionary with this index.
    Term(u16),
    /// It is a term that counts only where a label or header asks for it.
    Ambiguous,
    /// It ties a term of the group to a person.
    Phrase(Group),
    /// It speaks of a person.
    Subject,
    /// It names something that is no identifier; the reason is the evidence's spelling.
    Negative(&'static str),
}

/// How a term must be capitalised outside of a field that asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    /// A proper noun: `Black`, `Equity`.
    Initial,
    /// An acronym that is a word as well: `INTO`.
    Capitals,
}

/// Whether the capitals of an entry are asked of the text too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capitals {
    Free,
    /// Of entries that are all capitals.
    Acronyms,
    /// Of proper nouns as well.
    Names,
}

/// A word or phrase with its meanings.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) text: Cow<'static, str>,
    pub(crate) roles: Vec<Role>,
    /// The folded words behind the first.
    rest: Vec<Vec<char>>,
    case: Case,
}

/// An entry at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Index of the entry.
    pub(crate) entry: u16,
    /// Whether it is capitalised as its entry asks.
    pub(crate) cased: bool,
}

/// Bytes of the shortest entry that may take a plural ending.
const SHORTEST_PLURAL: usize = 3;
/// Bytes that one gap between two words may take.
const WIDEST_GAP: usize = 4;

/// All entries and the automaton over the words that they begin with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    automaton: NFA,
    /// Per pattern the entries that begin with it, and whether the pattern is the whole entry.
    anchors: Vec<Vec<(u16, bool)>>,
}

impl Lexicon {
    /// Compiles the entries.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Conflict`] where there are more entries or words than the automaton takes.
    pub(crate) fn new(words: LexiconBuilder) -> Result<Lexicon, BuildError> {
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut anchors: Vec<Vec<(u16, bool)>> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for (index, entry) in (0..).zip(&words.entries) {
            for (pattern, whole) in entry.anchors() {
                let at = *known.entry(pattern.clone()).or_insert_with(|| {
                    patterns.push(pattern);
                    anchors.push(Vec::new());
                    anchors.len() - 1
                });
                anchors.get_mut(at).into_iter().for_each(|list| list.push((index, whole)));
            }
        }
        let automaton = NFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .map_err(|error| BuildError::new(BuildErrorKind::Conflict, error.to_string()))?;
        Ok(Lexicon { entries: words.entries, automaton, anchors })
    }

    /// Returns the entry of a hit.
    pub(crate) fn entry(&self, hit: Hit) -> Option<&Entry> {
        self.entries.get(usize::from(hit.entry))
    }

    /// Appends every hit that begins at one of `starts` and ends by `end` to `out`, by start.
    ///
    /// Words begin and end at word edges: no letter or digit outside, or a change to a capital, or a
    /// digit behind a letter; plural endings are allowed.
    ///
    /// # Complexity
    ///
    /// Linear in the starts and the lengths of the first words there, plus the hits of those.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        starts: impl Iterator<Item = usize>,
        end: usize,
        out: &mut Vec<Hit>,
    ) {
        for start in starts {
            self.anchors_at(haystack, start, |word_end, (index, whole)| {
                let entry = self.entries.get(usize::from(index));
                let hit =
                    entry.and_then(|entry| entry.hit(haystack, start, word_end, index, whole));
                out.extend(hit.filter(|hit| hit.end <= end));
            });
        }
        out.sort_unstable();
        out.dedup();
    }

    /// Walks the automaton from the start of a word, and calls `found` with the end of each first word.
    fn anchors_at(&self, haystack: &[u8], start: usize, mut found: impl FnMut(usize, (u16, bool))) {
        let automaton = &self.automaton;
        let Ok(mut state) = automaton.start_state(Anchored::Yes) else { return };
        for (length, byte) in (1..).zip(haystack.get(start..).unwrap_or_default()) {
            state = automaton.next_state(Anchored::Yes, state, *byte);
            if !automaton.is_special(state) {
                continue;
            }
            if automaton.is_dead(state) {
                return;
            }
            let matching = if automaton.is_match(state) { automaton.match_len(state) } else { 0 };
            let patterns = (0..matching).map(|nth| automaton.match_pattern(state, nth));
            let whole = patterns.filter(|pattern| automaton.pattern_len(*pattern) == length);
            for pattern in whole.filter(|_| opens_word(haystack, start)) {
                let anchored = self.anchors.get(pattern.as_usize()).into_iter().flatten();
                anchored.for_each(|anchor| found(start + length, *anchor));
            }
        }
    }
}

/// Collects entries; one text may have several roles.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    entries: Vec<Entry>,
    known: HashMap<String, usize>,
}

impl LexiconBuilder {
    /// Adds a meaning of a text.
    pub(crate) fn add(&mut self, text: Cow<'static, str>, role: Role, capitals: Capitals) {
        let case = match (capitals, case_of(&text)) {
            (Capitals::Free, _) | (Capitals::Acronyms, Case::Initial) => Case::Any,
            (_, case) => case,
        };
        let folded: String = text.chars().map(fold).collect();
        let index = *self.known.entry(folded).or_insert_with(|| {
            let rest = words(&text).skip(1).map(|word| word.chars().map(fold).collect()).collect();
            self.entries.push(Entry { text, roles: Vec::new(), rest, case });
            self.entries.len() - 1
        });
        if let Some(entry) = self.entries.get_mut(index) {
            entry.roles.push(role);
            if case != Case::Any {
                entry.case = case;
            }
        }
    }
}

/// Splits a phrase where a gap may stand.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '-', '_']).filter(|word| !word.is_empty())
}

fn case_of(text: &str) -> Case {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    if text.len() <= 6 && letters.clone().all(char::is_uppercase) {
        Case::Capitals
    } else if text.starts_with(char::is_uppercase) {
        Case::Initial
    } else {
        Case::Any
    }
}

impl Entry {
    /// Returns the byte patterns that find this entry: its first word, or all words run together.
    fn anchors(&self) -> Vec<(Vec<u8>, bool)> {
        let first = words(&self.text).next().unwrap_or(&self.text);
        let mut anchors: Vec<_> =
            spellings(first).into_iter().map(|word| (word, self.rest.is_empty())).collect();
        if !self.rest.is_empty() {
            let joined: String = words(&self.text).collect();
            anchors.extend(spellings(&joined).into_iter().map(|word| (word, true)));
        }
        anchors
    }

    fn hit(
        &self,
        haystack: &[u8],
        start: usize,
        end: usize,
        entry: u16,
        whole: bool,
    ) -> Option<Hit> {
        let end = if whole { end } else { self.end_of_rest(haystack, end)? };
        let end = closes_word(haystack, start, end)?;
        Some(Hit { start, end, entry, cased: self.is_cased(haystack, start, end) })
    }

    /// Returns where the words behind the first end, if they follow at `at`.
    fn end_of_rest(&self, haystack: &[u8], at: usize) -> Option<usize> {
        self.rest.iter().try_fold(at, |at, word| {
            let start = at + gap(haystack.get(at..)?);
            word.iter().try_fold(start, |at, letter| {
                let (character, width) = decode(haystack.get(at..)?)?;
                (fold(character) == *letter).then_some(at + width)
            })
        })
    }

    fn is_cased(&self, haystack: &[u8], start: usize, end: usize) -> bool {
        let text = haystack.get(start..end).unwrap_or_default();
        match self.case {
            Case::Any => true,
            Case::Initial => decode(text).is_some_and(|(first, _)| first.is_uppercase()),
            Case::Capitals => !text.iter().any(u8::is_ascii_lowercase),
        }
    }
}

/// Returns the width of the gap between two words: blanks, line ends, `_`, `-`, `+`, `.`, or none
/// between words that are run together.
fn gap(bytes: &[u8]) -> usize {
    let joins =
        |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'_' | b'-' | b'+' | b'.');
    match bytes {
        [0xc2, 0xa0, ..] => 2,
        _ => bytes.iter().take(WIDEST_GAP).take_while(joins).count(),
    }
}

fn opens_word(haystack: &[u8], start: usize) -> bool {
    let Some(before) = char_before(haystack, start) else { return true };
    let first = haystack.get(start..).and_then(decode);
    let Some((first, _)) = first else { return true };
    let camel = before.is_ascii_lowercase() && first.is_ascii_uppercase();
    let goes_on = before.is_alphanumeric() && !is_unspaced(before) && !is_unspaced(first);
    !goes_on || camel || is_escape(haystack, start)
}

/// Returns whether a character's script is written without blanks, so that words have no edges.
fn is_unspaced(character: char) -> bool {
    character >= '\u{2e80}'
}

/// Returns the character that ends at `at`.
pub(crate) fn char_before(haystack: &[u8], at: usize) -> Option<char> {
    let head = haystack.get(at.saturating_sub(4)..at)?;
    let last = *head.last()?;
    let from = head.iter().rposition(|byte| *byte >= 0xc0).filter(|_| last >= 0x80);
    let decoded = from.and_then(|from| decode(head.get(from..)?));
    Some(decoded.map_or(char::from(last), |(character, _)| character))
}

/// Returns where the word that an entry ends in really ends, a plural ending included; `None` where
/// the word goes on.
fn closes_word(haystack: &[u8], start: usize, end: usize) -> Option<usize> {
    let last = char_before(haystack, end)?;
    let tail = haystack.get(end..).unwrap_or_default();
    let long = end - start >= SHORTEST_PLURAL;
    let is_edge = |at: usize| {
        let next = tail.get(at..).and_then(decode);
        next.is_none_or(|(next, _)| match next {
            '0'..='9' => long && !last.is_ascii_digit(),
            'A'..='Z' => last.is_ascii_lowercase(),
            _ => !next.is_alphanumeric() || is_unspaced(next),
        })
    };
    match tail {
        _ if !last.is_alphanumeric() || is_unspaced(last) || is_edge(0) => Some(end),
        [b's' | b'S', ..] if long && is_edge(1) => Some(end + 1),
        [b'e' | b'E', b's' | b'S', ..] if long && is_edge(2) => Some(end + 2),
        _ => None,
    }
}
