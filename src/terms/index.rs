//! Which stems of entries may begin at a word, told from its first eight bytes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::entry::next_word;
use super::filter::Filter;
use super::fold::{letter, step};

/// Bytes of a text that an entry is told by.
const DEPTH: usize = 8;
/// Bytes that a beginning of some length is told by: as many of these as it has.
const WIDTHS: [usize; 3] = [TOLD_BY, 6, DEPTH];
/// Bytes that every longer word is told by first.
const TOLD_BY: usize = 4;
/// Bytes of the longest word that is told by its end and what stands behind it.
const SHORT: usize = TOLD_BY - 1;
/// What letters of Latin script with accents begin with in UTF-8: U+00C0 to U+017F.
const ACCENTED: [u8; 3] = [0xc3, 0xc4, 0xc5];
/// The bits that no byte of ASCII has.
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
/// Bits of the table, a power of two: 32 KiB, so that it stays in the first cache and most of it is clear.
const BITS: u32 = 18;

/// The stems of entries by what a text with one of these begins with.
#[derive(Debug)]
pub(crate) struct Index {
    /// A bit for each hash of a key that has stems or leads to such; most words end here.
    table: Filter,
    /// A bit for each byte that a letter outside of ASCII begins with in UTF-8, where an entry may begin
    /// with that letter.
    leads: [u64; 4],
    /// By the hash of their key, where stems stand in the list.
    buckets: HashMap<u64, Range<u32>, BuildHasherDefault<Hashed>>,
    stems: Vec<u16>,
}

/// What a text that holds an entry begins with, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Beginning {
    /// The letters of the first word, as far as all its inflections share them; up to three are all that
    /// stand before an edge.
    Word(Vec<u8>),
    /// A whole word of up to three letters, and what the next begins with.
    Words(Vec<u8>, [u8; 2]),
}

/// What a key is made of, so that keys of two kinds differ.
#[derive(Clone, Copy)]
enum Kind {
    Word,
    Words,
    /// The first four bytes of a word: longer ones are asked for where it is known.
    Head,
    /// A whole short word, alone or before another.
    Short,
}

impl Index {
    /// Makes the index of stems by the beginnings of their entries.
    pub(crate) fn new(beginnings: impl Iterator<Item = (Beginning, u16)>) -> Index {
        let mut index = Index {
            table: Filter::of_bits(BITS),
            leads: [0; 4],
            buckets: HashMap::default(),
            stems: Vec::new(),
        };
        ACCENTED.into_iter().for_each(|lead| index.add_lead(lead));
        let mut all: Vec<(u64, u16)> =
            beginnings.map(|(beginning, stem)| (index.add(&beginning), stem)).collect();
        all.sort_unstable();
        all.dedup();
        for alike in all.chunk_by(|one, next| one.0 == next.0) {
            let from = index.stems.len() as u32;
            index.stems.extend(alike.iter().map(|(_, stem)| *stem));
            let key = alike.first().map(|(key, _)| *key);
            index.buckets.extend(key.map(|key| (key, from..index.stems.len() as u32)));
        }
        index
    }

    /// Enters a beginning in the table and returns the hash of its key.
    fn add(&mut self, beginning: &Beginning) -> u64 {
        let (Beginning::Word(word) | Beginning::Words(word, _)) = beginning;
        let first = word.first().copied().unwrap_or(0);
        // Greek, Cyrillic, Armenian: a capital may begin with another byte than its small letter.
        let leads = if (0xcd..=0xd6).contains(&first) { 0xcd..=0xd6 } else { first..=first };
        leads.for_each(|lead| self.add_lead(lead));
        let short = word.len() <= SHORT;
        let told = if short { (word.len(), Kind::Short) } else { (TOLD_BY, Kind::Head) };
        self.add_key(word, told.0, told.1);
        match beginning {
            Beginning::Word(word) => self.add_key(word, width_of(word.len()), Kind::Word),
            Beginning::Words(first, next) => {
                let both = [first.as_slice(), next].concat();
                self.add_key(&both, both.len(), Kind::Words)
            }
        }
    }

    fn add_lead(&mut self, lead: u8) {
        let bits = self.leads.get_mut(usize::from(lead >> 6));
        bits.into_iter().for_each(|bits| *bits |= 1 << (lead & 63));
    }

    fn add_key(&mut self, bytes: &[u8], length: usize, kind: Kind) -> u64 {
        let mut key = [0; DEPTH];
        key.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
        let hash = hash(key_of(key), length, kind);
        self.table.insert(hash);
        hash
    }

    /// Calls `found` with every stem whose entries may begin at `start`, and few others.
    ///
    /// # Complexity
    ///
    /// Constant for most words, whatever the number of entries; else linear in those that begin alike.
    #[inline]
    pub(crate) fn find(&self, haystack: &[u8], start: usize, found: &mut impl FnMut(u16)) {
        let tail = haystack.get(start..).unwrap_or_default();
        let head: [u8; DEPTH] = tail.first_chunk().copied().unwrap_or_else(|| padded(tail));
        let plain = u64::from_le_bytes(head) & NOT_ASCII == 0;
        let is_known = match plain {
            true => {
                let key = key_of(head);
                self.table.has(hash(key, TOLD_BY, Kind::Head)) || self.is_short(head, key)
            }
            false => head[0].is_ascii() || self.may_lead(head),
        };
        if is_known && plain {
            self.look_up(haystack, start, head, found);
        } else if is_known {
            self.look_up_folded(haystack, start, head, found);
        }
    }

    /// Returns whether the first bytes may be a whole short word that an entry begins with.
    #[inline]
    fn is_short(&self, head: [u8; DEPTH], key: u64) -> bool {
        let known = |length: &usize| self.table.has(hash(key, *length, Kind::Short));
        !begins_long(head) && short_ends(head).any(|length| known(&length))
    }

    /// Returns whether the first bytes may be a letter outside of ASCII that an entry begins with.
    fn may_lead(&self, head: [u8; DEPTH]) -> bool {
        let [first, second, ..] = head;
        let bits = self.leads.get(usize::from(first >> 6)).copied().unwrap_or(0);
        // One byte that is no UTF-8 may be a letter of ISO 8859-1.
        bits >> (first & 63) & 1 != 0 || second.is_ascii() && first >= 0xc0
    }

    /// Looks up a word that has letters outside of ASCII in its first bytes, or behind it.
    fn look_up_folded(
        &self,
        haystack: &[u8],
        start: usize,
        head: [u8; DEPTH],
        found: &mut impl FnMut(u16),
    ) {
        let plain = u64::from_le_bytes(head) & NOT_ASCII & kept(TOLD_BY) == 0;
        let first = if plain { head } else { folded_head(haystack, start, TOLD_BY) };
        let known = self.table.has(hash(key_of(first), TOLD_BY, Kind::Head));
        if known || self.is_short(first, key_of(first)) {
            self.look_up(haystack, start, folded_head(haystack, start, DEPTH), found);
        }
    }

    fn look_up(
        &self,
        haystack: &[u8],
        start: usize,
        head: [u8; DEPTH],
        found: &mut impl FnMut(u16),
    ) {
        let key = key_of(head);
        if self.table.has(hash(key, TOLD_BY, Kind::Head)) {
            WIDTHS.iter().for_each(|width| self.bucket(hash(key, *width, Kind::Word), found));
        }
        for length in short_ends(head) {
            if self.table.has(hash(key, length, Kind::Short)) {
                self.bucket(hash(key, length, Kind::Word), found);
                self.words(haystack, start, (key, length), found);
            }
        }
    }

    /// Calls `found` with the entries of several words that begin with a whole short one.
    fn words(
        &self,
        haystack: &[u8],
        start: usize,
        (key, length): (u64, usize),
        found: &mut impl FnMut(u16),
    ) {
        let ([first, second], _) = next_word(haystack, end_of(haystack, start, length));
        let next = u64::from(u16::from_le_bytes([first, second]) | 0x2020);
        let both = key & kept(length) | next << (8 * length);
        self.bucket(hash(both, length + 2, Kind::Words), found);
    }

    fn bucket(&self, hash: u64, found: &mut impl FnMut(u16)) {
        let range = self.table.has(hash).then(|| self.buckets.get(&hash)).flatten();
        let entries = range.map(|range| range.start as usize..range.end as usize);
        let entries = entries.and_then(|range| self.stems.get(range)).unwrap_or_default();
        entries.iter().copied().for_each(found);
    }
}

/// Passes on a key that is a hash already.
#[derive(Debug, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        // Multiplication mixes upwards, and tables look at the lowest bits.
        self.0.rotate_left(32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Returns whether a word goes on in small letters behind its first three bytes.
#[inline]
fn begins_long(head: [u8; DEPTH]) -> bool {
    let [_, a, b, c, ..] = head;
    let within = u32::from_le_bytes([a, b, c, b'a']) | 0x8080_8080;
    let (least, most) = (0x6161_6161, 0x7a7a_7a7a);
    // The high bits stay where nothing is borrowed: where a byte lies within the bounds.
    (within - least) & ((most | 0x8080_8080) - (within & 0x7f7f_7f7f)) & 0x8080_8080 == 0x8080_8080
}

/// Returns the lengths at which a short word may end: before an edge, a digit, a capital behind a small
/// letter.
fn short_ends(head: [u8; DEPTH]) -> impl Iterator<Item = usize> {
    let [_, a, b, ..] = head;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric();
    let last = if !is_part(a) {
        1
    } else if !is_part(b) {
        2
    } else {
        SHORT
    };
    let ends = move |length: &usize| match head.get(length - 1..=*length) {
        Some([last, next]) => {
            !next.is_ascii_alphabetic() || next.is_ascii_uppercase() && last.is_ascii_lowercase()
        }
        _ => false,
    };
    (1..=last).filter(ends)
}

/// Returns how many bytes a beginning of some length is told by.
fn width_of(length: usize) -> usize {
    WIDTHS.iter().rev().copied().find(|width| *width <= length).unwrap_or(length)
}

/// Returns the last bytes of a haystack with blanks behind them.
fn padded(tail: &[u8]) -> [u8; DEPTH] {
    let mut head = [b' '; DEPTH];
    head.iter_mut().zip(tail).for_each(|(to, byte)| *to = *byte);
    head
}

/// Returns so many of the first bytes of a word, folded; blanks behind them.
fn folded_head(haystack: &[u8], start: usize, most: usize) -> [u8; DEPTH] {
    let mut head = [b' '; DEPTH];
    let (mut at, mut length) = (start, 0);
    while let Some(letter) = letter(haystack, at).filter(|_| length < most) {
        let to = head.iter_mut().skip(length);
        to.zip(letter.folded()).for_each(|(to, byte)| *to = *byte);
        length += letter.folded().len();
        at += letter.width;
    }
    head
}

/// Returns where so many folded bytes end in a haystack.
fn end_of(haystack: &[u8], start: usize, length: usize) -> usize {
    let (mut at, mut folded) = (start, 0);
    while let Some(width) = step(haystack, at, |_| folded += 1).filter(|_| folded <= length) {
        at += width;
    }
    at
}

/// Returns eight bytes as one number in which letters have no case.
fn key_of(head: [u8; DEPTH]) -> u64 {
    u64::from_le_bytes(head) | 0x2020_2020_2020_2020
}

/// Returns the mask of the first bytes of a key.
fn kept(length: usize) -> u64 {
    u64::MAX >> (8 * (DEPTH - length))
}

/// Returns the hash of the first bytes of a key (multiplicative hashing with the golden ratio: Knuth,
/// The Art of Computer Programming, volume 3, section 6.4).
#[inline]
fn hash(key: u64, length: usize, kind: Kind) -> u64 {
    let salt = (length as u64) << 2 | kind as u64;
    (key & kept(length) ^ salt << 57).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_what_begins_an_entry_and_little_else() {
        let words = [&b"diabete"[..], b"ssn", b"ssns", b"no", b"nokp", b"d66"];
        let words = words.iter().map(|word| Beginning::Word(word.to_vec()));
        let phrases = [Beginning::Words(b"in".to_vec(), *b"th")];
        let index = Index::new(words.chain(phrases).zip(0..));
        let may_begin = |text: &[u8]| {
            let mut any = false;
            index.find(text, 0, &mut |_| any = true);
            any
        };
        for text in [
            "Diabetes",
            "DIABETE",
            "DIABE\u{301}TE",
            "diábete",
            "ssn:",
            "SSNs: 5",
            "no. 5",
            "noX",
            "D66 ",
            "NoKp",
            "in therapy",
            "inTherapy",
            "in  \n therapy",
            "in thé",
        ] {
            assert!(may_begin(text.as_bytes()), "{text}");
        }
        assert!(may_begin(b"di\xe1bete"));
        for text in [
            "the diabetes",
            "ssh: x = 5",
            "nob5 to be",
            "\u{301}abcdefg",
            "été du jour",
            "diabolical",
            "in time",
            "inner time",
        ] {
            assert!(!may_begin(text.as_bytes()), "{text}");
        }
    }
}
