//! Which words no entry can begin with, told from their first four bytes.

use super::fold::letter;

/// Bytes of a word that the filter looks at.
const DEPTH: usize = 4;
/// Bits of the table, a power of two: 8 KiB, so that it stays in the first cache.
const BITS: u32 = 16;

/// A table of hashed beginnings. It passes every word that an entry begins with, and few others.
#[derive(Debug)]
pub(crate) struct Filter {
    table: Vec<u64>,
}

impl Filter {
    /// Makes the table of the folded beginnings of entries. What is shorter than four bytes is a
    /// whole word.
    pub(crate) fn new(words: impl Iterator<Item = Vec<u8>>) -> Filter {
        let mut filter = Filter { table: vec![0; 1 << (BITS - 6)] };
        for word in words {
            let length = word.len().min(DEPTH);
            let mut key = [0; DEPTH];
            key.iter_mut().zip(word).for_each(|(to, byte)| *to = byte);
            let (cell, bit) = cell(key_of(key), length);
            filter.table.get_mut(cell).into_iter().for_each(|bits| *bits |= bit);
        }
        filter
    }

    /// Returns whether an entry may begin at `start`.
    #[inline]
    pub(crate) fn may_begin(&self, haystack: &[u8], start: usize) -> bool {
        let Some(mut head) = haystack.get(start..).and_then(<[u8]>::first_chunk::<DEPTH>).copied()
        else {
            return true;
        };
        if !head.is_ascii() {
            // The second to the fourth byte of a character begin nothing.
            if (0x80..0xc0).contains(&head[0]) {
                return false;
            }
            head = folded_head(haystack, start);
        }
        let key = key_of(head);
        self.holds(key, DEPTH) || self.is_short(head, key)
    }

    /// Whether the first bytes are a whole short word, up to an edge or a digit.
    #[inline]
    fn is_short(&self, head: [u8; DEPTH], key: u32) -> bool {
        for (length, pair) in (1..).zip(head.windows(2)) {
            let [last, next] = pair else { return false };
            let camel = next.is_ascii_uppercase() && last.is_ascii_lowercase();
            if (camel || !next.is_ascii_alphabetic()) && self.holds(key, length) {
                return true;
            }
            if !next.is_ascii_alphanumeric() {
                return false;
            }
        }
        false
    }

    #[inline]
    fn holds(&self, key: u32, length: usize) -> bool {
        let (cell, bit) = cell(key, length);
        self.table.get(cell).is_some_and(|bits| bits & bit != 0)
    }
}

/// Returns the first bytes of a word, folded; blanks where the haystack ends.
fn folded_head(haystack: &[u8], start: usize) -> [u8; DEPTH] {
    let mut head = [b' '; DEPTH];
    let (mut at, mut length) = (start, 0);
    while let Some(letter) = letter(haystack, at).filter(|_| length < DEPTH) {
        let to = head.iter_mut().skip(length);
        to.zip(letter.folded()).for_each(|(to, byte)| *to = *byte);
        length += letter.folded().len();
        at += letter.width;
    }
    head
}

/// Returns four bytes as one number in which letters have no case.
fn key_of(head: [u8; DEPTH]) -> u32 {
    u32::from_le_bytes(head) | 0x2020_2020
}

/// Returns the word and bit of the table for the first bytes of a key (multiplicative hashing with
/// the golden ratio: Knuth, The Art of Computer Programming, volume 3, section 6.4).
#[inline]
fn cell(key: u32, length: usize) -> (usize, u64) {
    let kept = key & (u32::MAX >> (8 * (DEPTH - length)));
    let hash = (kept ^ length as u32).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_what_begins_an_entry_and_little_else() {
        let words = [&b"diabete"[..], b"ssn", b"ssns", b"no", b"nokp", b"d66"];
        let filter = Filter::new(words.iter().map(|word| word.to_vec()));
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
            "di",
        ] {
            assert!(filter.may_begin(text.as_bytes(), 0), "{text}");
        }
        assert!(filter.may_begin(b"di\xe1bete", 0));
        for text in ["the diabetes", "ssh: x", "nob5", "\u{301}abc", "été du"] {
            assert!(!filter.may_begin(text.as_bytes(), 0), "{text}");
        }
    }
}
