//! All words that mean something, found at the starts of words by hashes of what these begin with.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::entry::{Behind, Capitals, Case, Entry, Words};
use super::fold::folded;
use super::hash::WordHash;
use super::index::Index;
use super::inflect::{Grammar, romance_spelling};
use super::language::{Language, Languages};
use super::stems::Stems;
use super::{AMBIGUOUS, Dictionary, Group, List};
use crate::engine::BLOCK;
use crate::engine::classes::bits;
use crate::engine::kernel::Kernel;
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

impl Role {
    /// Returns whether it names what some detector finds.
    pub(crate) fn is_keyword(&self) -> bool {
        matches!(self, Role::Keyword(_))
    }
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

/// Texts in all dictionaries and lists of phrases, about: a table that grows hashes them anew each time.
const LISTED: usize = 15_000;
/// Blocks of which the words are sifted at a time.
const SIFTED: usize = 256;

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

/// All entries and the index over what they begin with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    words: Words,
    index: Index,
    /// What sifts the words.
    kernel: Kernel,
    /// Given names, folded.
    names: HashSet<Vec<u8>, WordHash>,
}

impl Lexicon {
    /// Compiles the entries, to be found by a kernel.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Conflict`] where there are more entries than can be counted.
    pub(crate) fn new(builder: LexiconBuilder, kernel: Kernel) -> Result<Lexicon, BuildError> {
        let LexiconBuilder { entries, words, known, names, .. } = builder;
        // Larger than anything that is made from here on.
        drop(known);
        let (stems, beginnings) = Stems::new(&entries, &words);
        let count = entries.len().max(stems.count());
        if u16::try_from(count).is_err() {
            let message = format!("{count} words are too many");
            return Err(BuildError::new(BuildErrorKind::Conflict, message));
        }
        let index = Index::new(beginnings, stems);
        Ok(Lexicon { entries, words, index, kernel, names })
    }

    /// Returns every entry, by index.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the entry of a hit.
    pub(crate) fn entry(&self, hit: Hit) -> Option<&Entry> {
        self.entries.get(usize::from(hit.entry))
    }

    /// Iterates over the hits that name what some detector finds, with all that they mean.
    pub(crate) fn keywords<'l>(
        &'l self,
        hits: &'l [Hit],
    ) -> impl Iterator<Item = (Hit, &'l [Role])> + use<'l> {
        let means = hits.iter().filter_map(|hit| Some((*hit, self.entry(*hit)?.roles.as_slice())));
        means.filter(|(_, roles)| roles.iter().any(Role::is_keyword))
    }

    /// Returns whether a word, written as it may be, is a given name.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        self.names.contains(&folded(word))
    }

    /// Appends every hit within a range that begins at one of `starts`, a bit for each byte of it, to `out`, by
    /// start.
    ///
    /// Words begin and end at word edges: no letter or digit outside, or a change to a capital, or a
    /// digit behind a letter; inflections are allowed.
    ///
    /// # Complexity
    ///
    /// Linear in the starts, whatever the number of entries, plus what the entries take that begin like the
    /// words there.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        range: Range<usize>,
        starts: impl Iterator<Item = u64>,
        out: &mut Vec<Hit>,
    ) {
        let mut starts = starts.fuse();
        let mut sifted = [0; SIFTED];
        for from in range.clone().step_by(SIFTED * BLOCK) {
            let masks = sifted.iter_mut().zip(starts.by_ref());
            let read = masks.map(|(to, mask)| *to = mask).count();
            let sifted = sifted.get_mut(..read).unwrap_or_default();
            self.index.sift(self.kernel, haystack.get(from..).unwrap_or_default(), sifted);
            for (block, mask) in (from..).step_by(BLOCK).zip(sifted) {
                for bit in bits(*mask) {
                    self.find_at(haystack, block + bit, range.end, out);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
    }

    /// Appends every hit within a range, whether words begin there or not.
    pub(crate) fn find_anywhere(&self, haystack: &[u8], range: Range<usize>, out: &mut Vec<Hit>) {
        let bytes = range.len();
        let all = (0..bytes).step_by(BLOCK).map(|at| u64::MAX >> (BLOCK - (bytes - at).min(BLOCK)));
        self.find(haystack, range, all, out);
    }

    /// Appends every hit that begins at a place and ends by `end`.
    fn find_at(&self, haystack: &[u8], start: usize, end: usize, out: &mut Vec<Hit>) {
        self.index.find(haystack, start, |stem, letters, entries| {
            let Some(behind) = Behind::stem(haystack, start, letters, stem.next()) else { return };
            for (_, index) in entries.iter().filter(|(gate, _)| gate.admits(&behind)) {
                let Some(entry) = self.entries.get(usize::from(*index)) else { continue };
                let hit = entry.find(&self.words, haystack, start, &behind, *index);
                out.extend(hit.filter(|hit| hit.end <= end));
            }
        });
    }
}

/// Returns the hits that begin within a range.
pub(crate) fn hits_in(hits: &[Hit], range: Range<usize>) -> &[Hit] {
    let first = hits.partition_point(|hit| hit.start < range.start);
    let from = hits.get(first..).unwrap_or_default();
    let count = from.partition_point(|hit| hit.start < range.end);
    from.get(..count).unwrap_or_default()
}

/// Collects entries; one text may have several roles.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    entries: Vec<Entry>,
    /// By text in lower case, how it must be capitalised, and how it is inflected.
    known: HashMap<(Cow<'static, str>, Case, u8), u32, WordHash>,
    words: Words,
    /// Ambiguous terms with the languages in which they are.
    ambiguous: HashMap<&'static str, Languages, WordHash>,
    names: HashSet<Vec<u8>, WordHash>,
}

impl LexiconBuilder {
    /// Adds a keyword or negative word, in any capitals.
    pub(crate) fn add_word(&mut self, text: Cow<'static, str>, role: Role) {
        self.add(text, role, Capitals::Free, Grammar::Plain);
    }

    /// Adds the terms of a dictionary.
    pub(crate) fn add_dictionary(&mut self, detector: u16, dictionary: &'static Dictionary) {
        let names = dictionary.group != Group::Health;
        if self.ambiguous.is_empty() {
            self.add_ambiguous();
        }
        for list in dictionary.lists {
            let german = list.language == Language::German.alone();
            let capitals = if names && !german { Capitals::Names } else { Capitals::Acronyms };
            for text in list.lines() {
                let vague = self.ambiguous.get(text);
                let ambiguous = vague.is_some_and(|vague| !vague.and(list.language).is_empty());
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

    fn add_ambiguous(&mut self) {
        self.known.reserve(LISTED);
        for list in AMBIGUOUS {
            for text in list.lines() {
                let languages = self.ambiguous.entry(text).or_default();
                *languages = languages.or(list.language);
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
        let key = (lower(text.clone()), case, grammar.index());
        let index = *self.known.entry(key).or_insert_with(|| {
            self.entries.push(Entry::new(text, (case, grammar), role, &mut self.words));
            (self.entries.len() - 1) as u32
        });
        if let Some(entry) = self.entries.get_mut(index as usize) {
            merge(&mut entry.roles, role);
        }
    }
}

/// Returns a text in lower case, itself where it is nothing else.
fn lower(text: Cow<'static, str>) -> Cow<'static, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { text } else { text.to_lowercase().into() }
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

#[cfg(test)]
mod tests {
    use super::super::ALL;
    use super::*;
    use crate::engine::Backend;
    use crate::engine::classes::Classes;

    /// All dictionaries, found by a backend.
    fn lexicon(backend: Backend) -> Lexicon {
        let mut words = LexiconBuilder::default();
        (0..).zip(ALL).for_each(|(index, dictionary)| words.add_dictionary(index, dictionary));
        words.add_word("payment card".into(), Role::Record);
        Lexicon::new(words, Kernel::of(backend).unwrap()).unwrap()
    }

    /// Every term, in what may stand around it, and words that are none.
    fn text() -> Vec<u8> {
        let around = [" ", ", ", "_", "—", "’", "\\n", " the ", " été ", " 20", "; paymentCard "];
        let lists = ALL.iter().flat_map(|dictionary| dictionary.lists);
        let lines = lists.flat_map(List::lines).zip(around.into_iter().cycle());
        lines.flat_map(|(line, around)| line.bytes().chain(around.bytes())).collect()
    }

    #[test]
    fn every_backend_finds_the_same_words() {
        let text = text();
        let mut expected = Vec::new();
        for backend in Backend::available() {
            let lexicon = lexicon(*backend);
            let (mut hits, mut classes) = (Vec::new(), Classes::default());
            let parts = (0..text.len()).step_by(9_973).map(|at| at..text.len().min(at + 9_973));
            for part in parts {
                classes.fill(lexicon.kernel, &text, part.clone());
                lexicon.find(&text, part, classes.word_starts(), &mut hits);
            }
            lexicon.find_anywhere(&text, 100..5_000, &mut hits);
            assert!(hits.len() > 5_000, "{}", hits.len());
            if expected.is_empty() {
                expected = hits;
            } else {
                assert!(hits == expected, "{backend}");
            }
        }
    }
}
