//! All words that mean something, found in one pass of an Aho-Corasick automaton that is entered at the
//! starts of words only, and only of those that a filter does not rule out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind, PatternID};

use super::entry::{Capitals, Case, Entry, Follow, next_word, opens_word};
use super::filter::Filter;
use super::fold::{folded, step};
use super::inflect::{Grammar, romance_spelling};
use super::language::{Language, Languages};
use super::{Dictionary, Group, List};
use crate::error::{BuildError, BuildErrorKind};

/// What a word or phrase means where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It names what the detector with this index finds.
    Keyword(u16),
    /// It is a term of a dictionary.
    Term(Term),
    /// It ties a term of the group to a person, in these languages.
    Phrase(Group, Languages),
    /// It is a noun for a person whom records are about, in these languages.
    Subject(Languages),
    /// It says that a text is a record or letter.
    Record,
    /// It names something that is no identifier; the reason is the evidence's spelling.
    Negative(&'static str),
}

/// What an entry is as a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// Index of the dictionary among the detectors.
    pub(crate) detector: u16,
    /// Those whose lists hold it.
    pub(crate) languages: Languages,
    /// It counts only where a label or header asks for it.
    pub(crate) ambiguous: bool,
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
    /// Whether it ends as the plural of its entry does.
    pub(crate) plural: bool,
}

/// An entry that begins with a pattern.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    entry: u16,
    /// The letter that its second word begins with, folded; 0 where it has none.
    second: u8,
    /// What may follow the stem of its first word.
    next: Follow,
}

/// All entries and the automaton over the stems of the words that they begin with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    automaton: NFA,
    filter: Filter,
    /// Per pattern the entries that begin with it.
    anchors: Vec<Vec<Anchor>>,
    /// Given names, folded.
    names: HashSet<Vec<u8>>,
}

impl Lexicon {
    /// Compiles the entries.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Conflict`] where there are more entries or words than the automaton takes.
    pub(crate) fn new(words: LexiconBuilder) -> Result<Lexicon, BuildError> {
        let conflict = |message| BuildError::new(BuildErrorKind::Conflict, message);
        if u16::try_from(words.entries.len()).is_err() {
            return Err(conflict(format!("{} words are too many", words.entries.len())));
        }
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut anchors: Vec<Vec<Anchor>> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for (index, entry) in (0..).zip(&words.entries) {
            let anchor = Anchor { entry: index, second: entry.second_letter(), next: entry.next() };
            for pattern in entry.first.spellings() {
                let at = *known.entry(pattern.to_vec()).or_insert_with(|| {
                    patterns.push(pattern.to_vec());
                    anchors.push(Vec::new());
                    anchors.len() - 1
                });
                anchors.get_mut(at).into_iter().for_each(|list| list.push(anchor));
            }
        }
        let filter = Filter::new(words.entries.iter().flat_map(Entry::beginnings));
        let automaton = NFA::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .map_err(|error| conflict(error.to_string()))?;
        Ok(Lexicon { entries: words.entries, automaton, filter, anchors, names: words.names })
    }

    /// Returns the entry of a hit.
    pub(crate) fn entry(&self, hit: Hit) -> Option<&Entry> {
        self.entries.get(usize::from(hit.entry))
    }

    /// Returns whether a word, written as it may be, is a given name.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        self.names.contains(&folded(word))
    }

    /// Appends every hit that begins at one of `starts` and ends by `end` to `out`, by start.
    ///
    /// Words begin and end at word edges: no letter or digit outside, or a change to a capital, or a
    /// digit behind a letter; inflections are allowed.
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
        for start in starts.filter(|start| self.filter.may_begin(haystack, *start)) {
            self.anchors_at(haystack, start, |stem_end, index| {
                let entry = self.entries.get(usize::from(index));
                let hit = entry.and_then(|entry| entry.hit(haystack, start, stem_end, index));
                out.extend(hit.filter(|hit| hit.end <= end));
            });
        }
        out.sort_unstable();
        out.dedup();
    }

    /// Walks the automaton along the letters of a word, and calls `found` with the end of each stem
    /// that an entry begins with.
    fn anchors_at(&self, haystack: &[u8], start: usize, mut found: impl FnMut(usize, u16)) {
        let automaton = &self.automaton;
        let Ok(mut state) = automaton.start_state(Anchored::Yes) else { return };
        let (mut at, mut length) = (start, 0);
        while let Some(width) = step(haystack, at, |byte| {
            state = automaton.next_state(Anchored::Yes, state, byte);
            length += 1;
        }) {
            at += width;
            if !automaton.is_special(state) {
                continue;
            }
            if automaton.is_dead(state) || !automaton.is_match(state) {
                return;
            }
            let patterns =
                (0..automaton.match_len(state)).map(|i| automaton.match_pattern(state, i));
            let whole = patterns.filter(|pattern| automaton.pattern_len(*pattern) == length);
            for pattern in whole.filter(|_| opens_word(haystack, start)) {
                self.fitting(haystack, at, pattern).for_each(|entry| found(at, entry));
            }
        }
    }

    /// Returns the entries of a pattern that what stands behind it at `at` does not rule out.
    fn fitting(
        &self,
        haystack: &[u8],
        at: usize,
        pattern: PatternID,
    ) -> impl Iterator<Item = u16> + '_ {
        let next = Follow::of(haystack, at);
        let second = next_word(haystack, at);
        let anchors = self.anchors.get(pattern.as_usize()).into_iter().flatten();
        let fitting = anchors.filter(move |anchor| {
            let goes_on = anchor.second == 0 || second == 0 || anchor.second == second;
            goes_on && anchor.next.meets(next)
        });
        fitting.map(|anchor| anchor.entry)
    }
}

/// Collects entries; one text may have several roles.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    entries: Vec<Entry>,
    /// By text in lower case, how it must be capitalised, and how it is inflected.
    known: HashMap<(String, Case, u8), usize>,
    names: HashSet<Vec<u8>>,
}

impl LexiconBuilder {
    /// Adds a keyword or negative word, in any capitals.
    pub(crate) fn add_word(&mut self, text: Cow<'static, str>, role: Role) {
        self.add(text, role, Capitals::Free, Grammar::Plain);
    }

    /// Adds the terms of a dictionary.
    pub(crate) fn add_dictionary(&mut self, detector: u16, dictionary: &'static Dictionary) {
        let names = dictionary.group != Group::Health;
        for list in dictionary.lists {
            let vague: HashSet<&str> = list.ambiguous().collect();
            let german = list.language == Language::German.alone();
            let capitals = if names && !german { Capitals::Names } else { Capitals::Acronyms };
            for text in list.lines() {
                let ambiguous = vague.contains(text);
                let role = Role::Term(Term { detector, languages: list.language, ambiguous });
                let grammar = list.language.first().map_or(Grammar::Plain, Grammar::Of);
                if list.language != Languages::ALL {
                    self.add(text.into(), role, capitals, grammar);
                    continue;
                }
                self.add(text.into(), role, capitals, Grammar::Substance);
                if let Some(spelling) = romance_spelling(text) {
                    self.add(spelling.into(), role, capitals, Grammar::Substance);
                }
            }
        }
    }

    /// Adds phrases that tie the terms of a group to a person.
    pub(crate) fn add_phrases(&mut self, group: Group, list: &'static List) {
        let grammar = list.language.first().map_or(Grammar::Plain, Grammar::Of);
        for text in list.lines() {
            self.add(text.into(), Role::Phrase(group, list.language), Capitals::Free, grammar);
        }
    }

    /// Adds nouns for a person.
    pub(crate) fn add_subjects(&mut self, language: Language, texts: &'static [&'static str]) {
        for text in texts {
            let role = Role::Subject(language.alone());
            self.add((*text).into(), role, Capitals::Free, Grammar::Of(language));
        }
    }

    /// Adds given names.
    pub(crate) fn add_names(&mut self, names: impl Iterator<Item = &'static str>) {
        self.names.extend(names.map(folded));
    }

    fn add(&mut self, text: Cow<'static, str>, role: Role, capitals: Capitals, grammar: Grammar) {
        let case = Case::asked(&text, capitals);
        let grammar = if case == Case::Capitals { Grammar::Acronym } else { grammar };
        let key = (text.to_lowercase(), case, grammar.index());
        let index = *self.known.entry(key).or_insert_with(|| {
            self.entries.push(Entry::new(text, case, grammar));
            self.entries.len() - 1
        });
        if let Some(entry) = self.entries.get_mut(index) {
            merge(&mut entry.roles, role);
        }
    }
}

/// Adds a role, or its languages to one that is the same but for these.
fn merge(roles: &mut Vec<Role>, role: Role) {
    let joined = roles.iter_mut().any(|known| match (known, role) {
        (Role::Term(known), Role::Term(term))
            if (known.detector, known.ambiguous) == (term.detector, term.ambiguous) =>
        {
            known.languages = known.languages.or(term.languages);
            true
        }
        (Role::Phrase(known, languages), Role::Phrase(group, more)) if *known == group => {
            *languages = languages.or(more);
            true
        }
        (Role::Subject(languages), Role::Subject(more)) => {
            *languages = languages.or(more);
            true
        }
        (known, role) => *known == role,
    });
    if !joined {
        roles.push(role);
    }
}
