//! SHA-256 of bytes that arrive in pieces, with a state that can be handed on: the hasher of `sha2` keeps
//! its own to itself, and only its compression function is open.

use sha2::compress256;
use sha2::digest::consts::U64;
use sha2::digest::generic_array::GenericArray;

use crate::wire::{Reader, Writer};

/// A digest under way (FIPS 180-4, 6.2).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sha {
    words: [u32; 8],
    /// Bytes behind the last whole block.
    tail: Vec<u8>,
    /// Bytes taken so far.
    length: u64,
}

/// Bytes that are compressed at a time.
const BLOCK: usize = 64;
/// Blocks that are copied side by side, as the compression function takes them.
const ROW: usize = 16;
/// The first 32 bits of the fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.3).
const FIRST: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

impl Sha {
    pub(crate) fn new() -> Sha {
        Sha { words: FIRST, tail: Vec::new(), length: 0 }
    }

    /// Takes the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u64);
        let mut rest = bytes;
        if !self.tail.is_empty() {
            let missing = (BLOCK - self.tail.len()).min(bytes.len());
            let (head, behind) = bytes.split_at(missing);
            self.tail.extend_from_slice(head);
            rest = behind;
        }
        if self.tail.len() == BLOCK {
            let block = std::mem::take(&mut self.tail);
            self.compress(&block);
        }
        if self.tail.is_empty() {
            let tail = self.compress(rest);
            self.tail.extend_from_slice(tail);
        }
    }

    /// Returns the digest of everything.
    pub(crate) fn finish(mut self) -> [u8; 32] {
        let bits = self.length.wrapping_mul(8).to_be_bytes();
        let mut last = std::mem::take(&mut self.tail);
        last.push(0x80);
        let padded = (last.len() + bits.len()).next_multiple_of(BLOCK);
        last.resize(padded - bits.len(), 0);
        last.extend_from_slice(&bits);
        self.compress(&last);
        let mut digest = [0; 32];
        for (four, word) in digest.chunks_exact_mut(4).zip(self.words) {
            four.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }

    /// Compresses whole blocks and returns what is behind them.
    fn compress<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let (blocks, tail) = bytes.as_chunks::<BLOCK>();
        let mut row: [GenericArray<u8, U64>; ROW] = Default::default();
        for blocks in blocks.chunks(ROW) {
            row.iter_mut().zip(blocks).for_each(|(place, block)| *place = (*block).into());
            compress256(&mut self.words, row.get(..blocks.len()).unwrap_or_default());
        }
        tail
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        self.words.iter().for_each(|word| out.fixed(&word.to_be_bytes()));
        out.fixed(&self.tail);
    }

    /// Reads the digest of so many bytes.
    pub(crate) fn read(input: &mut Reader<'_>, length: u64) -> Option<Sha> {
        let mut words = FIRST;
        for word in &mut words {
            *word = u32::from_be_bytes(input.array()?);
        }
        let tail = input.fixed((length % BLOCK as u64) as usize)?.to_vec();
        Some(Sha { words, tail, length })
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// A digest that is written and read back.
    fn handed_on(sha: &Sha) -> Sha {
        let mut out = Writer::default();
        sha.write(&mut out);
        let bytes = out.into_bytes();
        let mut input = Reader::new(&bytes);
        let read = Sha::read(&mut input, sha.length).unwrap();
        assert!(input.is_empty());
        read
    }

    #[test]
    fn digests_are_those_of_the_library_however_cut_and_handed_on() {
        let bytes: Vec<u8> = (0..5000u32).map(|at| (at * 7 % 251) as u8).collect();
        for length in (0..200).chain([1023, 1024, 1025, 4096, 5000]) {
            let bytes = &bytes[..length];
            let expected: [u8; 32] = Sha256::digest(bytes).into();
            for cut in [0, 1, 55, 63, 64, 65, 128, length].into_iter().filter(|cut| *cut <= length)
            {
                let mut sha = Sha::new();
                sha.update(&bytes[..cut]);
                let mut sha = handed_on(&sha);
                sha.update(&bytes[cut..]);
                assert_eq!(sha.finish(), expected, "{length} bytes cut at {cut}");
            }
        }
    }

    #[test]
    fn the_published_digest_comes() {
        let mut sha = Sha::new();
        b"abc".iter().for_each(|byte| sha.update(&[*byte]));
        let digest = sha.finish();
        assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(digest[28..], [0xf2, 0x00, 0x15, 0xad]);
    }
}
