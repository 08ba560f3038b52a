//! Hashes that are in a table, told from nearly all that are not by one bit each.

/// Bits for each hash; of those that are in no table one in 16 passes at the most.
const BITS_EACH: usize = 16;

/// A set of 64-bit hashes that says `no`, or `perhaps`.
#[derive(Debug)]
pub(super) struct Filter {
    bits: Vec<u64>,
    /// How far a hash is shifted to leave the index of its bit.
    shift: u32,
}

impl Filter {
    /// Makes the set of some hashes.
    ///
    /// # Complexity
    ///
    /// Linear; keeps two to four bytes for each hash.
    pub(super) fn new(hashes: impl ExactSizeIterator<Item = u64>) -> Filter {
        let size = (hashes.len() * BITS_EACH).next_power_of_two().max(64);
        let mut filter = Filter { bits: vec![0; size / 64], shift: 64 - size.trailing_zeros() };
        for hash in hashes {
            let (word, bit) = filter.place(hash);
            filter.bits.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        filter
    }

    /// Returns whether a hash may be in the set.
    pub(super) fn has(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let index = (hash >> self.shift) as usize;
        (index / 64, 1 << (index % 64))
    }
}
