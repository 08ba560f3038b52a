//! Hashes that are in a table, told from nearly all that are not by two bits of one word (a blocked Bloom
//! filter: Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2009).

use crate::engine::sieve::STEP;

/// Bits for each hash; of those that are in no table one in 50 passes at the most.
const BITS_EACH: usize = 16;

/// A set of 64-bit hashes that says `no`, or `perhaps`.
#[derive(Debug)]
pub(crate) struct Filter {
    bits: Vec<u64>,
    /// How far a hash is shifted to leave the index of its word.
    shift: u32,
}

impl Filter {
    /// Makes the set of some hashes.
    ///
    /// # Complexity
    ///
    /// Linear; keeps two to four bytes for each hash.
    pub(crate) fn new(hashes: impl ExactSizeIterator<Item = u64>) -> Filter {
        let size = (hashes.len() * BITS_EACH).next_power_of_two().max(128);
        let mut filter = Filter::of_bits(size.trailing_zeros());
        hashes.for_each(|hash| filter.insert(hash));
        filter
    }

    /// Returns an empty set with two to the power of `bits` bits, 7 to 32.
    pub(crate) fn of_bits(bits: u32) -> Filter {
        Filter { bits: vec![0; 1 << (bits - STEP)], shift: u64::BITS + STEP - bits }
    }

    pub(crate) fn insert(&mut self, hash: u64) {
        let (word, bits) = self.place(hash);
        self.bits.get_mut(word).into_iter().for_each(|word| *word |= bits);
    }

    /// Returns the bits, 64 in a word.
    pub(crate) fn words(&self) -> &[u64] {
        &self.bits
    }

    /// Returns whether a hash may be in the set.
    #[inline]
    pub(crate) fn has(&self, hash: u64) -> bool {
        let (word, bits) = self.place(hash);
        self.bits.get(word).is_some_and(|word| word & bits == bits)
    }

    /// Returns the index of a hash's word, from its highest bits, and the bits there, from those next to them.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = |shift: u32| 1 << (hash >> shift & 63);
        ((hash >> self.shift) as usize, bit(self.shift - STEP) | bit(self.shift - 2 * STEP))
    }
}
