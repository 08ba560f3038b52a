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
        before.is_some_and(|(_, word)| word.is_one_of(SINGULAR))
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
        let sentence = self.sentence_start(from..at);
        let mut next: Option<Range<usize>> = None;
        let mut end = at;
        while let Some((start, word)) = last_word(self.haystack, from, end) {
            if self.behind_title(start..at) < sentence {
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
            if !word.is_one_of(PARTICLES) {
                next = Some(range);
            }
        }
        None
    }

    /// Returns where a range goes on behind the point of the title that it begins with (`Mr.`), or where it
    /// begins.
    fn behind_title(&self, range: Range<usize>) -> usize {
        let title = self.haystack.get(range.clone()).unwrap_or_default();
        let point = title.iter().take(LONGEST_TITLE + 1).position(|b| *b == b'.');
        point.map_or(range.start, |at| range.start + at + 1)
    }

    /// Whether a word begins a person's name: a given name, or a title before a surname.
    fn is_name(
        &self,
        range: &Range<usize>,
        next: Option<&Range<usize>>,
        word: &Word,
        languages: Languages,
    ) -> bool {
        let titled = || languages.iter().any(|own| word.is_one_of(grammar::of(own).titles));
        let before_surname = || next.is_some_and(|next| self.is_capitalised(next));
        self.is_capitalised(range) && self.lexicon.is_given_name(word.as_str())
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
fn pronoun(word: &Word, languages: Languages) -> Option<&'static str> {
    let pronouns = |language: Language| grammar::of(language).pronouns.iter();
    languages.iter().flat_map(pronouns).find(|pronoun| word.is(pronoun)).copied()
}

/// Returns the last word before `at` in lower case and where it starts, the blanks behind it left
/// out; `None` where something else stands there, or it began before `from`.
pub(super) fn last_word(haystack: &[u8], from: usize, at: usize) -> Option<(usize, Word)> {
    let head = haystack.get(from..at)?;
    let mark = |b: &&u8| !is_letter(b) && !matches!(b, b'|' | b'{' | b'}');
    let skipped = head.iter().rev().take(LONGEST_GAP).take_while(mark).count();
    let head = head.get(..head.len() - skipped)?;
    let length = head.iter().rev().take_while(|b| is_letter(b)).count();
    let start = from + head.len() - length;
    let word = haystack.get(start..start + length).filter(|word| !word.is_empty())?;
    (length <= LONGEST_WORD).then(|| (start, Word::lower(word)))
}

/// A word in lower case.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// UTF-8.
    bytes: [u8; MOST_LOWER],
    length: usize,
}

/// Bytes of the longest word in lower case: of one byte in ISO 8859-1 become two.
const MOST_LOWER: usize = 2 * LONGEST_WORD;

impl Word {
    /// Returns a word in lower case; bytes that are not UTF-8 count as ISO 8859-1.
    fn lower(word: &[u8]) -> Word {
        let mut lower = Word { bytes: [0; MOST_LOWER], length: 0 };
        if word.is_ascii() {
            let letters = lower.bytes.iter_mut().zip(word);
            letters.for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
            return Word { length: word.len(), ..lower };
        }
        let mut rest = word;
        while let Some((character, width)) = decode(rest) {
            let plain = if character == '’' { '\'' } else { character };
            plain.to_lowercase().for_each(|c| lower.push(c.encode_utf8(&mut [0; 4]).as_bytes()));
            rest = rest.get(width..).unwrap_or_default();
        }
        lower
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = self.bytes.get_mut(self.length..self.length + bytes.len());
        debug_assert!(room.is_some(), "no letter takes more than twice its bytes in lower case");
        if let Some(room) = room {
            room.copy_from_slice(bytes);
            self.length += bytes.len();
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.bytes() == text.as_bytes()
    }

    pub(super) fn is_one_of(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }
}

/// Bytes of the longest title before its point.
const LONGEST_TITLE: usize = 4;
/// Bytes between two words of a sentence.
const LONGEST_GAP: usize = 12;

fn word_width(haystack: &[u8], start: usize) -> usize {
    haystack.get(start..).unwrap_or_default().iter().take_while(|b| is_letter(b)).count()
}

pub(super) fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'\'' || *byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_backwards_in_lower_case() {
        let word = |text: &[u8]| {
            let word = last_word(text, 0, text.len());
            word.map(|(at, word)| (at, word.as_str().to_owned()))
        };
        for (text, at, expected) in [
            ("He IS ", 3, "is"),
            ("ÉTÉ", 0, "été"),
            ("Qu’Il", 0, "qu'il"),
            ("İ", 0, "i\u{307}"),
            ("a ÀÀÀÀÀÀÀÀÀÀÀÀ, ", 2, "àààààààààààà"),
        ] {
            assert_eq!(word(text.as_bytes()), Some((at, expected.to_owned())), "{text}");
        }
        assert_eq!(word(&[0xc9; 24]), Some((0, "é".repeat(24))));
        assert_eq!(word(&[0xc9; 25]), None);
        assert_eq!(word("Ⱥ".repeat(12).as_bytes()), Some((0, "ⱥ".repeat(12))));
        assert_eq!(word(b"cell | "), None);
    }
}
