//! The person that a sentence speaks of.

use std::borrow::Cow;
use std::ops::Range;

use super::{Context, SUBJECT_REACH, grammar};
use crate::terms::fold::decode;
use crate::terms::language::{Language, Languages};
use crate::terms::lexicon::{Hit, Role};

/// Bytes of the longest word that is read.
const LONGEST_WORD: usize = 24;
/// What the evidence calls a name. The name itself is nobody's business.
pub(super) const NAME: &str = "name";
/// Articles and prepositions before a German `Patienten` of whom there is one.
const SINGULAR: &[&str] = &[
    "dem", "beim", "des", "einem", "eines", "vom", "zum", "unserem", "unseres", "seinem", "ihrem",
];

/// Small words within a surname.
const PARTICLES: &[&str] = &[
    "de", "van", "der", "den", "von", "zu", "da", "do", "dos", "di", "du", "del", "la", "le",
    "ter", "ten",
];

/// A word for a person.
pub(super) struct Subject {
    pub(super) text: Cow<'static, str>,
    pub(super) end: usize,
    /// A noun of records: a patient, an employee. Pronouns and names may be anybody's in a story.
    pub(super) is_noun: bool,
}

impl Context<'_> {
    /// Returns the word for a person before `at` in its sentence: the nearest noun, or else the nearest
    /// pronoun or name.
    pub(super) fn subject_before(&self, at: usize, languages: Languages) -> Option<Subject> {
        let ahead = self.hits_in(at.saturating_sub(SUBJECT_REACH)..at).rev();
        let mut nouns = ahead.filter(|hit| hit.end <= at && self.is_subject(*hit, languages));
        let noun = nouns.find(|hit| !self.is_plural(*hit) && self.is_one_sentence(hit.end..at));
        match noun {
            Some(noun) => Some(Subject { text: self.text(noun)?, end: noun.end, is_noun: true }),
            None => self.weak_before(at, languages),
        }
    }

    /// Returns the word for a person between a verb and a term: `Hat sie Diabetes`, `ist Frau Meier schwanger`.
    pub(super) fn subject_behind(
        &self,
        verb_end: usize,
        term: usize,
        languages: Languages,
    ) -> Option<Subject> {
        let between = self.hits_in(verb_end..term);
        let mut nouns = between.filter(|hit| self.is_subject(*hit, languages));
        let noun = nouns.find(|hit| !self.is_plural(*hit))?;
        Some(Subject { text: self.text(noun)?, end: noun.end, is_noun: true })
    }

    fn is_subject(&self, hit: Hit, languages: Languages) -> bool {
        let roles = self.lexicon.entry(hit).map(|entry| entry.roles.as_slice());
        let speaks =
            |role: &Role| matches!(role, Role::Subject(own) if !own.and(languages).is_empty());
        hit.cased && roles.unwrap_or_default().iter().any(speaks)
    }

    /// Whether a word has a plural ending: many people are no person. A German `Patienten` is one
    /// behind `dem`.
    pub(super) fn is_plural(&self, hit: Hit) -> bool {
        hit.plural && !(self.is_subject(hit, Language::German.alone()) && self.is_declined(hit))
    }

    /// Whether the ending of a German noun is that of a case, by the article before it.
    fn is_declined(&self, hit: Hit) -> bool {
        let from = hit.start.saturating_sub(LONGEST_WORD);
        let before = last_word(self.haystack, from, hit.start);
        before.is_some_and(|(_, word)| SINGULAR.contains(&word.as_str()))
    }

    /// Whether the sentence before `at` speaks of patients, employees, … in general.
    pub(super) fn speaks_of_many(&self, at: usize, languages: Languages) -> bool {
        let mut ahead = self.hits_in(at.saturating_sub(SUBJECT_REACH)..at);
        ahead.any(|hit| {
            let many = self.is_subject(hit, languages) && self.is_plural(hit);
            many && hit.end <= at && self.is_one_sentence(hit.end..at)
        })
    }

    /// Returns the nearest pronoun or name before `at` in its sentence.
    fn weak_before(&self, at: usize, languages: Languages) -> Option<Subject> {
        let from = at.saturating_sub(SUBJECT_REACH);
        let mut next: Option<Range<usize>> = None;
        let mut end = at;
        while let Some((start, word)) = last_word(self.haystack, from, end) {
            if !self.is_one_sentence_of_titles(start..at) {
                return None;
            }
            end = start;
            let range = start..start + word_width(self.haystack, start);
            if self.is_name(&range, next.as_ref(), &word, languages) {
                let end = next.filter(|next| self.is_capitalised(next)).unwrap_or(range).end;
                return Some(Subject { text: NAME.into(), end, is_noun: false });
            }
            if let Some(pronoun) = pronoun(&word, languages) {
                return Some(Subject { text: pronoun.into(), end: range.end, is_noun: false });
            }
            if !PARTICLES.contains(&word.as_str()) {
                next = Some(range);
            }
        }
        None
    }

    /// Whether no sentence ends within a range, the point behind a title (`Mr.`) aside.
    fn is_one_sentence_of_titles(&self, range: Range<usize>) -> bool {
        let title = self.haystack.get(range.clone()).unwrap_or_default();
        let point = title.iter().position(|b| *b == b'.').filter(|at| *at <= 4);
        let from = point.map_or(range.start, |at| range.start + at + 1);
        self.is_one_sentence(from..range.end)
    }

    /// Whether a word begins a person's name: a given name, or a title before a surname.
    fn is_name(
        &self,
        range: &Range<usize>,
        next: Option<&Range<usize>>,
        word: &str,
        languages: Languages,
    ) -> bool {
        let titled = || languages.iter().any(|own| grammar::of(own).titles.contains(&word));
        let before_surname = || next.is_some_and(|next| self.is_capitalised(next));
        self.is_capitalised(range) && self.lexicon.is_given_name(word)
            || before_surname() && titled()
    }

    /// Whether a word is written as names are: a capital, then small letters.
    pub(super) fn is_capitalised(&self, range: &Range<usize>) -> bool {
        let word = self.haystack.get(range.clone()).unwrap_or_default();
        let first = decode(word);
        let second = first.and_then(|(_, width)| decode(word.get(width..)?));
        first.is_some_and(|(first, _)| first.is_uppercase())
            && second.is_some_and(|(second, _)| second.is_lowercase())
    }
}

/// Returns the pronoun that a word is in one of these languages.
fn pronoun(word: &str, languages: Languages) -> Option<&'static str> {
    let pronouns = |language: Language| grammar::of(language).pronouns.iter();
    languages.iter().flat_map(pronouns).find(|pronoun| **pronoun == word).copied()
}

/// Returns the last word before `at` in lower case and where it starts, the blanks behind it left
/// out; `None` where something else stands there, or it began before `from`.
pub(super) fn last_word(haystack: &[u8], from: usize, at: usize) -> Option<(usize, String)> {
    let head = haystack.get(from..at)?;
    let mark = |b: &&u8| !is_letter(b) && !matches!(b, b'|' | b'{' | b'}');
    let skipped = head.iter().rev().take(LONGEST_GAP).take_while(mark).count();
    let head = head.get(..head.len() - skipped)?;
    let length = head.iter().rev().take_while(|b| is_letter(b)).count();
    let start = from + head.len() - length;
    let word = haystack.get(start..start + length).filter(|word| !word.is_empty())?;
    (length <= LONGEST_WORD).then(|| (start, lower(word)))
}

/// Bytes between two words of a sentence.
const LONGEST_GAP: usize = 12;

fn word_width(haystack: &[u8], start: usize) -> usize {
    haystack.get(start..).unwrap_or_default().iter().take_while(|b| is_letter(b)).count()
}

pub(super) fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'\'' || *byte >= 0x80
}

/// Returns a word in lower case; bytes that are not UTF-8 count as ISO 8859-1.
fn lower(word: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = word;
    while let Some((character, width)) = decode(rest) {
        let plain = if character == '’' { '\'' } else { character };
        text.extend(plain.to_lowercase());
        rest = rest.get(width..).unwrap_or_default();
    }
    text
}
