//! SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of short texts that is quick to compute.
//!
//! It chooses which texts are worth an HMAC, and no more; the standard library has none that takes a
//! key and is stable.

/// The two halves of a key.
#[derive(Clone, Copy)]
pub(super) struct SipKey(u64, u64);

impl SipKey {
    /// Reads a key, least significant bytes first.
    pub(super) fn new(key: [u8; 16]) -> SipKey {
        let key = u128::from_le_bytes(key);
        SipKey(key as u64, (key >> 64) as u64)
    }

    /// Returns the hash of a text.
    ///
    /// # Complexity
    ///
    /// Linear, no allocation.
    pub(super) fn hash(self, text: &[u8]) -> u64 {
        let mut state = State {
            v0: self.0 ^ 0x736f_6d65_7073_6575,
            v1: self.1 ^ 0x646f_7261_6e64_6f6d,
            v2: self.0 ^ 0x6c79_6765_6e65_7261,
            v3: self.1 ^ 0x7465_6462_7974_6573,
        };
        let (words, rest) = text.as_chunks::<8>();
        words.iter().for_each(|word| state.take(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        state.take(u64::from_le_bytes(last) | (text.len() as u64) << 56);
        state.v2 ^= 0xff;
        (0..4).for_each(|_| state.round());
        state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    }
}

struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    fn take(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.round();
        self.v0 ^= word;
    }

    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the reference implementation: key 00 to 0f, texts 00, 01, … of rising length.
    #[test]
    fn published_hashes() {
        let key = SipKey::new(std::array::from_fn(|index| index as u8));
        let text: Vec<u8> = (0..64).collect();
        let known = [
            (0, 0x726f_db47_dd0e_0e31),
            (1, 0x74f8_39c5_93dc_67fd),
            (7, 0xab02_00f5_8b01_d137),
            (8, 0x93f5_f579_9a93_2462),
            (15, 0xa129_ca61_49be_45e5),
        ];
        for (length, hash) in known {
            assert_eq!(key.hash(&text[..length]), hash, "{length}");
        }
    }
}
