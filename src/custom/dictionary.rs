//! Customers' dictionaries: whole words by the hashes of their beginnings, word by word; parts of
//! words by an automaton.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::LONGEST_CUSTOM;
use crate::error::{BuildError, BuildErrorKind};
use crate::fingerprint::Fingerprint;
use crate::terms::entry::char_before;
use crate::terms::filter::Filter;
use crate::terms::fold::{decode, letter};
use crate::terms::hash::WordHash;

/// Terms of all dictionaries of a scanner at the most.
const MOST_TERMS: usize = 1_000_000;
/// Bytes of all terms that are found in parts of words at the most: each becomes a few states.
const MOST_PARTS: usize = 4 << 20;
/// Bytes of the longest term, which leaves room for gaps and for accents written in more bytes.
const LONGEST_TERM: usize = 120;
/// Letters and digits of the shortest term.
const SHORTEST_TERM: usize = 2;
/// Bytes that the gap between two words of a term may take.
const WIDEST_GAP: usize = 4;

/// A list of terms and how they are compared.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) terms: Vec<String>,
    pub(super) whole_words: bool,
    pub(super) ignore_case: bool,
}

impl Dictionary {
    pub(super) fn new(terms: Vec<String>) -> Dictionary {
        Dictionary { terms, whole_words: true, ignore_case: true }
    }

    pub(super) fn fingerprint(&self, print: &mut Fingerprint) {
        print.bytes(b"dictionary");
        print.texts(&self.terms);
        print.number(self.whole_words.into());
        print.number(self.ignore_case.into());
    }

    /// Refuses a list that cannot be found; a term is named by its number only.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.terms.is_empty() {
            return Err("the list has no terms".to_owned());
        }
        let refused = |(index, term): (usize, &String)| {
            refusal(term).map(|why| format!("term {} {why}", index + 1))
        };
        self.terms.iter().enumerate().find_map(refused).map_or(Ok(()), Err)
    }
}

/// Returns why a term cannot be found.
pub(super) fn refusal(term: &str) -> Option<String> {
    let letters = term.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < SHORTEST_TERM {
        return Some(format!("has fewer than {SHORTEST_TERM} letters or digits"));
    }
    let long = term.len() > LONGEST_TERM;
    long.then(|| format!("is longer than {LONGEST_TERM} bytes"))
}

/// All dictionaries, compiled.
#[derive(Debug)]
pub(super) struct Words {
    terms: Vec<Term>,
    /// By the hash of each beginning of a term that ends with one of its words.
    beginnings: HashMap<u64, Beginning, WordHash>,
    filter: Filter,
    parts: Option<AhoCorasick>,
    /// The terms of the automaton's patterns.
    by_part: Vec<u32>,
}

#[derive(Debug)]
struct Term {
    definition: usize,
    /// As it is compared: folded for those of any case.
    text: Box<str>,
    ignore_case: bool,
    /// Another term with the same hash.
    next: Option<u32>,
}

#[derive(Debug, Default)]
struct Beginning {
    /// The last term that ends here.
    term: Option<u32>,
    /// Whether terms go on from here.
    goes_on: bool,
}

impl Words {
    /// Compiles dictionaries, each with the index of its definition; `None` where there are none.
    ///
    /// # Errors
    ///
    /// More terms than a scanner takes.
    pub(super) fn new(lists: &[(usize, &Dictionary)]) -> Result<Option<Words>, BuildError> {
        let count: usize = lists.iter().map(|(_, list)| list.terms.len()).sum();
        if count == 0 {
            return Ok(None);
        }
        if count > MOST_TERMS {
            return Err(conflict(format!("dictionaries hold more than {MOST_TERMS} terms")));
        }
        let mut words = Words {
            terms: Vec::with_capacity(count),
            beginnings: HashMap::default(),
            filter: Filter::new([].into_iter()),
            parts: None,
            by_part: Vec::new(),
        };
        for (definition, list) in lists {
            list.terms.iter().for_each(|term| words.add(*definition, list, term));
        }
        words.filter = Filter::new(words.beginnings.keys().copied());
        words.compile_parts()?;
        Ok(Some(words))
    }

    fn add(&mut self, definition: usize, list: &Dictionary, term: &str) {
        let index = self.terms.len() as u32;
        let ignore_case = list.ignore_case;
        let next = if list.whole_words {
            self.add_words(term, index)
        } else {
            self.by_part.push(index);
            None
        };
        let text = match list.whole_words {
            true => comparable(term.as_bytes(), ignore_case),
            false => term.to_owned(),
        };
        self.terms.push(Term { definition, text: text.into(), ignore_case, next });
    }

    /// Enters the beginnings of a term and returns the term that was there before it.
    fn add_words(&mut self, term: &str, index: u32) -> Option<u32> {
        let bytes = term.as_bytes();
        let (mut at, mut hash) = (skip_gap(bytes, 0, bytes.len()), SEED);
        loop {
            (hash, at) = hash_word(hash, bytes, at);
            let next = skip_gap(bytes, at, bytes.len());
            let beginning = self.beginnings.entry(hash).or_default();
            if next >= bytes.len() {
                return beginning.term.replace(index);
            }
            beginning.goes_on = true;
            (hash, at) = (step(hash, GAP), next);
        }
    }

    fn compile_parts(&mut self) -> Result<(), BuildError> {
        let texts = self.by_part.iter().filter_map(|index| self.terms.get(*index as usize));
        let texts: Vec<&str> = texts.map(|term| term.text.as_ref()).collect();
        if texts.is_empty() {
            return Ok(());
        }
        if texts.iter().map(|text| text.len()).sum::<usize>() > MOST_PARTS {
            return Err(conflict(format!(
                "terms that are found within words take more than {} MiB; use whole_words = true",
                MOST_PARTS >> 20
            )));
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(texts);
        self.parts = Some(automaton.map_err(|error| conflict(error.to_string()))?);
        Ok(())
    }

    /// Calls `found` with the definition and the span of each term that begins within `range`.
    ///
    /// # Complexity
    ///
    /// Linear in the range, whatever the number of terms.
    pub(super) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        if !self.beginnings.is_empty() {
            let mut before = range.start.checked_sub(1).and_then(|i| haystack.get(i)).copied();
            let bytes = haystack.get(range.clone()).unwrap_or_default();
            for (byte, at) in bytes.iter().zip(range.clone()) {
                // Nearly every byte is told by these two alone.
                let goes_on = before.is_some_and(|before| before.is_ascii_alphanumeric());
                let may_begin = !goes_on && (byte.is_ascii_alphanumeric() || !byte.is_ascii());
                if may_begin && begins_word(haystack, at) {
                    self.at(haystack, at, found);
                }
                before = Some(*byte);
            }
        }
        if let Some(parts) = &self.parts {
            self.find_parts(parts, haystack, range, found);
        }
    }

    /// Walks on word by word while some term begins so.
    fn at(&self, haystack: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        let (mut hash, mut at) = (SEED, start);
        let limit = haystack.len().min(start + LONGEST_CUSTOM);
        loop {
            (hash, at) = hash_word(hash, haystack, at);
            if at > limit || !self.filter.has(hash) {
                return;
            }
            let Some(beginning) = self.beginnings.get(&hash) else { return };
            self.tell(beginning.term, haystack, start..at, found);
            let next = skip_gap(haystack, at, WIDEST_GAP);
            if !beginning.goes_on || next == at || !begins_word(haystack, next) {
                return;
            }
            (hash, at) = (step(hash, GAP), next);
        }
    }

    /// Tells each term of a chain that is really what is written.
    fn tell(
        &self,
        mut term: Option<u32>,
        haystack: &[u8],
        span: Range<usize>,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let written = haystack.get(span.clone()).unwrap_or_default();
        while let Some(known) = term.and_then(|index| self.terms.get(index as usize)) {
            if *known.text == comparable(written, known.ignore_case) {
                found(known.definition, span.clone());
            }
            term = known.next;
        }
    }

    fn find_parts(
        &self,
        parts: &AhoCorasick,
        haystack: &[u8],
        range: &Range<usize>,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let end = haystack.len().min(range.end + LONGEST_TERM);
        let bytes = haystack.get(range.start..end).unwrap_or_default();
        for hit in parts.find_overlapping_iter(bytes) {
            let span = range.start + hit.start()..range.start + hit.end();
            let index = self.by_part.get(hit.pattern().as_usize());
            let term = index.and_then(|index| self.terms.get(*index as usize));
            let Some(term) = term.filter(|_| range.contains(&span.start)) else { continue };
            if term.ignore_case || haystack.get(span.clone()) == Some(term.text.as_bytes()) {
                found(term.definition, span);
            }
        }
    }
}

fn conflict(message: String) -> BuildError {
    BuildError::new(BuildErrorKind::Conflict, message)
}

/// What hashing begins with.
const SEED: u64 = 0x243f_6a88_85a3_08d3;

fn step(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// What stands for the gap between two words.
const GAP: u64 = 0x9e37_79b9_7f4a_7c15;
/// Makes small letters of capitals in eight bytes of letters and digits; what it does to bytes outside
/// of ASCII makes hashes alike and no terms.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Hashes the word that begins at `at`, folded, and returns where it ends.
fn hash_word(hash: u64, bytes: &[u8], at: usize) -> (u64, usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let letters = rest.iter().take(LONGEST_CUSTOM + 1).take_while(|b| b.is_ascii_alphanumeric());
    let plain = letters.count();
    if rest.get(plain).is_none_or(u8::is_ascii) {
        return (hash_bytes(hash, rest.get(..plain).unwrap_or_default()), at + plain);
    }
    let (mut text, mut end) = (String::new(), at);
    while let Some((character, width)) = bytes.get(end..).and_then(decode) {
        if !character.is_alphanumeric() || end > at + LONGEST_CUSTOM {
            break;
        }
        text.push(folded(character));
        end += width;
    }
    (hash_bytes(hash, text.as_bytes()), end)
}

/// Hashes letters and digits of any case, eight at a time.
fn hash_bytes(hash: u64, text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let hash = words.iter().fold(hash, |hash, w| step(hash, u64::from_le_bytes(*w) | LOWER));
    let last = rest.iter().fold(text.len() as u64, |last, byte| last << 8 | u64::from(byte | 0x20));
    step(hash, last)
}

fn folded(character: char) -> char {
    let mut bytes = [0; 4];
    let folded = letter(character.encode_utf8(&mut bytes).as_bytes(), 0);
    let first = folded.and_then(|letter| decode(letter.folded()));
    first.map_or(character, |(first, _)| first)
}

/// Returns where the next letter or digit stands, if no more than `widest` bytes lie before it.
fn skip_gap(bytes: &[u8], at: usize, widest: usize) -> usize {
    let mut end = at;
    while let Some((character, width)) = bytes.get(end..).and_then(decode) {
        if character.is_alphanumeric() || end + width > at + widest {
            break;
        }
        end += width;
    }
    end
}

/// Returns whether a letter or digit begins a word at `at`.
fn begins_word(haystack: &[u8], at: usize) -> bool {
    let Some(first) = haystack.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|i| haystack.get(i));
    if first.is_ascii() && before.is_none_or(u8::is_ascii) {
        let goes_on = before.is_some_and(u8::is_ascii_alphanumeric);
        return first.is_ascii_alphanumeric() && !goes_on;
    }
    let begins = haystack.get(at..).and_then(decode).is_some_and(|(c, _)| c.is_alphanumeric());
    begins && !char_before(haystack, at).is_some_and(char::is_alphanumeric)
}

/// Writes words with one blank between them, folded where case does not matter.
fn comparable(written: &[u8], ignore_case: bool) -> String {
    let (mut text, mut at) = (String::new(), 0);
    while let Some((character, width)) = written.get(at..).and_then(decode) {
        at += width;
        if character.is_alphanumeric() {
            text.push(if ignore_case { folded(character) } else { character });
        } else if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    text
}
