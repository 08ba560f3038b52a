//! A hash that is quick to compute for the tables of words that come with the library or from its owner: nobody is
//! kept from choosing words that collide, as the standard library's hash does at four times the cost.

use std::hash::{BuildHasherDefault, Hasher};

use crate::engine::sieve::GOLDEN;

/// Makes such hashes.
pub(crate) type WordHash = BuildHasherDefault<Product>;

/// What was hashed so far: each eight bytes are added, and the sum multiplied.
#[derive(Debug, Default)]
pub(crate) struct Product(u64);

impl Hasher for Product {
    fn finish(&self) -> u64 {
        // Multiplication mixes upwards, and tables look at the lowest bits.
        self.0.rotate_left(u64::BITS / 2)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        self.write_u64(
            rest.iter().fold(bytes.len() as u64, |word, byte| word << 8 | u64::from(*byte)),
        );
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(byte.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(u64::BITS / 2) ^ word).wrapping_mul(GOLDEN);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn words_that_differ_little_differ_in_the_bits_that_tables_look_at() {
        let hashes =
            (0..10_000).map(|number| WordHash::default().hash_one(format!("word {number}")));
        let mut low: Vec<u64> = hashes.map(|hash| hash & 0xffff | hash >> 57 << 16).collect();
        low.sort_unstable();
        low.dedup();
        assert!(low.len() > 9_950, "{}", low.len());
    }
}
