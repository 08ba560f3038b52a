//! Numbers without a pattern, the same in every run.

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
pub struct Random(u64);

impl Random {
    /// Returns the generator for what a seed and names stand for, so that one detector's numbers do
    /// not depend on which others there are.
    pub fn of(seed: u64, names: &[&str]) -> Random {
        // FNV-1a, 64 bits.
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
        let hash = bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Random(hash)
    }

    /// Returns any number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`, 0 where nothing is.
    pub fn below(&mut self, end: usize) -> usize {
        // The remainder is less than any usize, so nothing is lost.
        (self.draw() % (end.max(1) as u64)) as usize
    }

    /// Returns one of the items, `None` where there are none.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }

    /// Returns one of the words, nothing where there are none.
    pub fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        self.pick(words).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_give_equal_numbers_and_others_do_not() {
        let first = |names: &[&str]| Random::of(1, names).draw();
        assert_eq!(first(&["a", "b"]), first(&["a", "b"]));
        assert_ne!(first(&["a", "b"]), first(&["ab"]));
        assert_ne!(Random::of(1, &[]).draw(), Random::of(2, &[]).draw());
    }

    #[test]
    fn below_stays_below_and_reaches_everything() {
        let mut random = Random::of(1, &[]);
        let mut seen = [false; 7];
        (0..200).for_each(|_| seen[random.below(7)] = true);
        assert_eq!(seen, [true; 7]);
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
    }
}
