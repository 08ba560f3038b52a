//! What a word begins with, read off its first eight bytes at once.

use super::fold::Latin;
use crate::engine::sieve::{CASELESS, OPENING, PUNCTUATION, WIDTH};
pub(super) use crate::engine::sieve::{LETTERS, SHORT};

/// The highest bit of every byte, by which a byte is marked.
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;
/// The marks of the bytes that a word is told by.
const TOLD: u64 = HIGH >> (8 * (WIDTH - LETTERS));

/// The first bytes of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    text: u64,
    /// A mark at each letter of ASCII.
    letters: u64,
}

/// The first letters of a word without their case, five bits each in a byte of their own; nothing behind the
/// first byte that is no letter of ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(super) u64);

impl Head {
    /// Returns the first bytes of what begins at `start`, with blanks behind the end of the haystack.
    #[inline]
    pub(super) fn at(haystack: &[u8], start: usize) -> Head {
        let tail = haystack.get(start..).unwrap_or_default();
        Head::of(tail.first_chunk().copied().unwrap_or_else(|| padded(tail)))
    }

    #[inline]
    fn of(bytes: [u8; WIDTH]) -> Head {
        let text = u64::from_le_bytes(bytes);
        let seven = (text | each(0x20)) & !HIGH;
        // Seven bits and no more than 0x1f added: nothing is carried into the next byte.
        let least = seven + each(0x80 - b'a');
        let beyond = seven + each(0x7f - b'z');
        Head { text, letters: least & !beyond & !text & HIGH }
    }

    /// Returns the letters that the word is told by.
    #[inline]
    pub(super) fn key(self) -> Key {
        Key(self.text & each(CASELESS) & self.before_end() & (u64::MAX >> (8 * (WIDTH - LETTERS))))
    }

    /// Returns the bits of the bytes before the first that is no letter.
    #[inline]
    fn before_end(self) -> u64 {
        (lowest(!self.letters & HIGH) >> 7).wrapping_sub(1)
    }

    /// Returns whether the word may be another than its key: it goes on in letters outside of ASCII, or an
    /// edge is among its letters.
    #[inline]
    pub(super) fn is_odd(self) -> bool {
        self.goes_on_outside() || self.edges() != 0
    }

    /// Returns whether a letter outside of ASCII follows the first letters.
    #[inline]
    pub(super) fn goes_on_outside(self) -> bool {
        let end = lowest(!self.letters & HIGH) & TOLD;
        end & self.text != 0 && !self.is_punctuation(end)
    }

    /// Returns whether the first byte outside of ASCII is no character of UTF-8 with the one behind it.
    #[inline]
    pub(super) fn is_single(self) -> bool {
        let outside = self.text & HIGH;
        let [lead, next, ..] = (self.text >> (outside.trailing_zeros() & 56)).to_le_bytes();
        outside != 0 && !(lead >= 0xc2 && matches!(next, 0x80..0xc0))
    }

    /// Returns whether a marked byte begins a quote, dash or blank: no byte of ISO 8859-1 that is text of that
    /// kind is followed by one beyond ASCII that is none.
    fn is_punctuation(self, mark: u64) -> bool {
        let behind = self.text >> (mark.trailing_zeros() & !7);
        behind as u8 == PUNCTUATION && behind & 0x8000 != 0
    }

    /// Returns the marks of the capitals that stand behind a small letter, of those that the word is told by.
    #[inline]
    fn edges(self) -> u64 {
        let small = self.letters & self.text << 2;
        let capitals = self.letters & !(self.text << 2);
        capitals & small << 8 & self.before_end() & TOLD
    }

    /// Returns how many letters stand first.
    #[inline]
    pub(super) fn run(self) -> usize {
        (!self.letters & HIGH).trailing_zeros() as usize / 8
    }

    /// Returns whether a capital stands behind a small letter among the first letters; `last` is whether the
    /// byte before them is one.
    #[inline]
    pub(super) fn has_edge(self, last: bool) -> bool {
        let small = (self.letters & self.text << 2) << 8 | if last { 0x80 } else { 0 };
        self.letters & !(self.text << 2) & small & self.before_end() != 0
    }

    /// Returns the keys that the word has if it ends at one of its edges, and that of the whole.
    pub(super) fn keys(self) -> impl Iterator<Item = Key> {
        let whole = self.key();
        let mut edges = self.edges();
        let cut = std::iter::from_fn(move || {
            let edge = lowest(edges);
            edges ^= edge;
            (edge != 0).then(|| Key(whole.0 & (edge >> 7).wrapping_sub(1)))
        });
        cut.chain([whole])
    }

    /// Returns the two letters that the next word begins with behind a short one and one blank; `None` where
    /// anything else stands there.
    #[inline]
    pub(super) fn next(self, word: Key) -> Option<[u8; 2]> {
        let behind = 8 * word.len() as u32;
        let [blank, first, second, ..] = (self.text >> behind).to_le_bytes();
        let are_letters = self.letters >> behind & 0x80_8000 == 0x80_8000;
        (blank == b' ' && are_letters).then_some([first | 0x20, second | 0x20])
    }

    /// Returns the first bytes.
    #[inline]
    pub(super) fn bytes(self) -> [u8; WIDTH] {
        self.text.to_le_bytes()
    }

    /// Returns the first bytes as one number, letters in lower case.
    #[inline]
    pub(super) fn folded(self) -> u64 {
        self.text | each(0x20)
    }

    /// Returns the first bytes as one number, letters in lower case; `None` where not all are of ASCII.
    #[inline]
    pub(super) fn lower(self) -> Option<u64> {
        (self.text & HIGH == 0).then_some(self.folded())
    }
}

impl Key {
    /// Returns the key of a word that is folded.
    pub(super) fn of(word: &[u8]) -> Key {
        Head::of(word.first_chunk().copied().unwrap_or_else(|| padded(word))).key()
    }

    /// Returns the number of letters.
    #[inline]
    pub(super) fn len(self) -> usize {
        WIDTH - self.0.leading_zeros() as usize / 8
    }

    /// Returns whether the word is so short that it is told by the next one too.
    #[inline]
    pub(super) fn is_short(self) -> bool {
        self.0 >> (8 * SHORT) == 0
    }

    /// Returns the key of a short word as one that others go on from.
    pub(super) fn opening(self) -> Key {
        Key(self.0 | OPENING)
    }
}

/// The first letters of a word, folded.
pub(super) struct Folded {
    key: Key,
    /// For each letter of the key the bytes of the text up to its end.
    ends: [u8; WIDTH],
    /// A bit for each number of letters behind which the word may end in a capital.
    edges: u8,
}

impl Folded {
    /// Reads the first letters of what begins at `start`, accents taken off.
    pub(super) fn at(haystack: &[u8], start: usize, latin: &Latin) -> Folded {
        let (mut head, mut ends, mut edges) = ([b' '; WIDTH], [0; WIDTH], 0);
        let (mut at, mut length) = (start, 0);
        while let Some(letter) = latin.letter(haystack, at).filter(|_| length < LETTERS) {
            edges |= if may_be_capital(haystack, at) { 1 << length } else { 0 };
            at += letter.width;
            let to = head.iter_mut().zip(&mut ends).skip(length);
            for ((byte, end), folded) in to.zip(letter.folded()) {
                (*byte, *end) = (*folded, (at - start) as u8);
            }
            length += letter.folded().len();
        }
        Folded { key: Head::of(head).key(), ends, edges }
    }

    /// Iterates over the keys that the word has if it ends before one of its capitals, and that of the whole, with
    /// the bytes that each takes.
    pub(super) fn keys(self) -> impl Iterator<Item = (Key, usize)> {
        let Folded { key, ends, edges } = self;
        let letters = 1..=key.len();
        let cut = letters.filter(move |length| *length == key.len() || edges >> length & 1 != 0);
        cut.map(move |length| {
            let end = ends.get(length - 1).copied().unwrap_or(0);
            (Key(key.0 & u64::MAX >> (8 * (WIDTH - length))), usize::from(end))
        })
    }
}

/// Returns whether the letter at `at` may be a capital, of those outside of ASCII too.
fn may_be_capital(haystack: &[u8], at: usize) -> bool {
    match haystack.get(at..at + 2) {
        Some([b'A'..=b'Z', _] | [0xc4..=0xff, _]) => true,
        Some([0xc0..=0xc3, second]) => !(0xa0..0xc0).contains(second),
        _ => false,
    }
}

/// Returns the first bytes of a folded text as [`Head::lower`] would.
pub(super) fn first_bytes(text: &[u8]) -> u64 {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| padded(text));
    u64::from_le_bytes(bytes) | each(0x20)
}

/// Returns the bits that so many bytes take at the beginning.
pub(super) fn first_bits(count: usize) -> u64 {
    match WIDTH.saturating_sub(count) {
        WIDTH => 0,
        missing => u64::MAX >> (8 * missing),
    }
}

/// Returns a word's last bytes with blanks behind them.
fn padded(tail: &[u8]) -> [u8; WIDTH] {
    let mut head = [b' '; WIDTH];
    head.iter_mut().zip(tail).for_each(|(to, byte)| *to = *byte);
    head
}

/// Returns eight times a byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; WIDTH])
}

/// Returns the lowest bit that is set.
#[inline]
fn lowest(bits: u64) -> u64 {
    bits & bits.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &[u8]) -> Vec<String> {
        let letter = |byte: &u8| char::from(byte | 0x60);
        let bytes = |key: Key| key.0.to_le_bytes();
        let word = |key: Key| bytes(key).iter().take(key.len()).map(letter).collect();
        Head::at(text, 0).keys().map(word).collect()
    }

    #[test]
    fn a_key_is_the_first_six_letters_without_case() {
        assert_eq!(keys(b"Diabetes mellitus"), ["diabet"]);
        assert_eq!(keys(b"SSN: 5"), ["ssn"]);
        assert_eq!(keys(b"no"), ["no"]);
        assert_eq!(keys(b"a/c"), ["a"]);
        assert_eq!(keys(b"1st"), [""]);
        for (byte, before) in (0..=255u8).zip(std::iter::repeat(b'x')) {
            let text = [before, byte, b'y', b' '];
            let expected = match byte {
                b'A'..=b'Z' => {
                    vec!["x".to_owned(), format!("x{}y", byte.to_ascii_lowercase() as char)]
                }
                b'a'..=b'z' => vec![format!("x{}y", byte as char)],
                _ => vec!["x".to_owned()],
            };
            assert_eq!(keys(&text), expected, "{byte:02x}");
        }
    }

    #[test]
    fn a_key_is_cut_at_each_edge() {
        assert_eq!(keys(b"cardNo"), ["card", "cardno"]);
        assert_eq!(keys(b"aBcDeFgH"), ["a", "abc", "abcde", "abcdef"]);
        assert_eq!(keys(b"cardholderName"), ["cardho"]);
        assert_eq!(keys(b"ABc"), ["abc"]);
    }

    #[test]
    fn what_goes_on_outside_of_ascii_is_odd_and_punctuation_is_not() {
        let is_odd = |text: &str| Head::at(text.as_bytes(), 0).is_odd();
        for text in ["présent", "cardNo", "n°", "diabeˆ", "e\u{301}"] {
            assert!(is_odd(text), "{text}");
        }
        for text in ["don’t", "a—b", "abcdefé", "plain", "a é", "SSN"] {
            assert!(!is_odd(text), "{text}");
        }
        assert!(Head::at(b"b\xe2timent", 0).is_odd(), "ISO 8859-1");
    }

    #[test]
    fn folds_what_it_is_asked_to() {
        let keys =
            |text: &str| Folded::at(text.as_bytes(), 0, &Latin::new()).keys().collect::<Vec<_>>();
        assert_eq!(keys("Présenté"), [(Key::of(b"presen"), 7)]);
        assert_eq!(keys("éÉa"), [(Key::of(b"e"), 2), (Key::of(b"eea"), 5)]);
        assert_eq!(keys("№").len(), 0);
    }
}
