//! The stems that entries begin with, laid so that what most words end at is on one line of the cache.

use std::collections::HashMap;

use super::entry::{Entry, Follow, Gate, Tails, Words, goes_on};
use super::hash::WordHash;
use super::head::{first_bits, first_bytes};
use super::index::Beginning;
use super::language::Languages;
use crate::engine::sieve::WIDTH;

/// What an entry asks of what is behind its stem, and its index.
pub(super) type Asking = (Gate, u16);

/// A stem, with what tells at once whether it stands somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stem {
    /// Its first bytes as one number.
    first: u64,
    /// What may stand behind it in some entry, and behind a blank there.
    next: [Follow; 2],
    /// Where its letters begin, and how many it has.
    letters: u32,
    length: u16,
    /// How many entries begin with it, and where these begin.
    count: u16,
    entries: u32,
}

/// The stems, by their index.
#[derive(Debug, Default)]
pub(super) struct Stems {
    all: Vec<Stem>,
    /// Folded.
    letters: Vec<u8>,
    /// Most get no further than what an entry asks.
    entries: Vec<Asking>,
}

impl Stem {
    pub(super) fn next(&self) -> [Follow; 2] {
        self.next
    }

    /// Returns whether it may stand at a word with these first bytes.
    #[inline]
    pub(super) fn may_stand(&self, haystack: &[u8], start: usize, lower: u64) -> bool {
        let length = usize::from(self.length);
        (lower ^ self.first) & first_bits(length) == 0
            && (length > WIDTH || goes_on(haystack, start + length, self.next))
    }
}

impl Stems {
    /// Returns the stems of entries, and what texts begin with that hold one of these, each with its stem.
    pub(super) fn new(entries: &[Entry], words: &Words) -> (Stems, Vec<(Beginning, u16)>) {
        let (texts, pairs) = stems(entries, words);
        let tails = Tails::new(Languages::ALL.iter());
        let mut all = Stems::default();
        let (mut beginnings, mut own) = (Vec::new(), Vec::new());
        for (text, pairs) in texts.iter().zip(pairs.chunk_by(|one, next| one.0 == next.0)) {
            let index = all.add(text);
            let own_entries =
                pairs.iter().filter_map(|(_, at)| entries.get(usize::from(*at)).zip(Some(*at)));
            for (entry, at) in own_entries {
                let (gate, next) = entry.gate(words);
                all.join(next, (gate, at));
                entry.beginnings(words, text, &tails, &mut own);
            }
            // Of a long stem all are the same.
            own.dedup();
            beginnings.extend(own.drain(..).map(|beginning| (beginning, index)));
        }
        (all, beginnings)
    }

    /// Adds a stem of no entries, and returns its index.
    fn add(&mut self, text: &[u8]) -> u16 {
        self.all.push(Stem {
            first: first_bytes(text),
            next: [Follow::default(); 2],
            letters: self.letters.len() as u32,
            length: text.len() as u16,
            count: 0,
            entries: self.entries.len() as u32,
        });
        self.letters.extend_from_slice(text);
        (self.all.len() - 1) as u16
    }

    /// Adds an entry to the last stem, with what may stand behind it there.
    fn join(&mut self, next: [Follow; 2], entry: Asking) {
        let Some(stem) = self.all.last_mut() else { return };
        stem.next.iter_mut().zip(next).for_each(|(all, own)| all.join(own));
        stem.count += 1;
        self.entries.push(entry);
    }

    /// Returns stems behind which anything may stand.
    #[cfg(test)]
    pub(super) fn of_texts(texts: &[&str]) -> Stems {
        let mut stems = Stems::default();
        for text in texts {
            stems.add(text.as_bytes());
        }
        stems.all.iter_mut().for_each(|stem| stem.next = [Follow::ANYTHING; 2]);
        stems
    }

    /// Returns the number of stems.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    #[inline]
    pub(super) fn get(&self, index: u16) -> Option<&Stem> {
        self.all.get(usize::from(index))
    }

    /// Returns the letters of a stem and its entries.
    #[inline]
    pub(super) fn of(&self, stem: &Stem) -> (&[u8], &[Asking]) {
        let (letters, entries) = (stem.letters as usize, stem.entries as usize);
        let letters = self.letters.get(letters..letters + usize::from(stem.length));
        let entries = self.entries.get(entries..entries + usize::from(stem.count));
        (letters.unwrap_or_default(), entries.unwrap_or_default())
    }
}

/// Returns the stems that entries begin with, and the index of each beside that of every entry, in order.
fn stems<'w>(entries: &[Entry], words: &'w Words) -> (Vec<&'w [u8]>, Vec<(u16, u16)>) {
    let mut known: HashMap<&[u8], u16, WordHash> = HashMap::default();
    let (mut texts, mut pairs) = (Vec::new(), Vec::new());
    for (index, entry) in (0..=u16::MAX).zip(entries) {
        for text in words.of(entry).stems() {
            let stem = *known.entry(text).or_insert_with(|| {
                texts.push(text);
                (texts.len() - 1) as u16
            });
            pairs.push((stem, index));
        }
    }
    pairs.sort_unstable_by_key(|(stem, index)| u32::from(*stem) << 16 | u32::from(*index));
    (texts, pairs)
}
