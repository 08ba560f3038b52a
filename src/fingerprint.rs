//! A digest over values with their lengths, so that no two different lists read the same.

use sha2::{Digest as _, Sha256};

/// Takes values and returns their digest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Takes bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// Takes texts, behind their number.
    pub(crate) fn texts<T: AsRef<[u8]>>(&mut self, texts: &[T]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|text| self.bytes(text.as_ref()));
    }

    /// Takes a number.
    pub(crate) fn number(&mut self, number: u64) {
        self.bytes(&number.to_be_bytes());
    }

    /// Returns the digest of everything.
    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_read_the_same_side_by_side_differ() {
        let of = |lists: &[&[&str]]| {
            let mut print = Fingerprint::default();
            lists.iter().for_each(|texts| print.texts(texts));
            print.finish()
        };
        assert_eq!(of(&[&["ab", "c"]]), of(&[&["ab", "c"]]));
        assert_ne!(of(&[&["ab", "c"]]), of(&[&["a", "bc"]]));
        assert_ne!(of(&[&["ab"], &["c"]]), of(&[&["ab", "c"]]));
        assert_ne!(of(&[&[]]), of(&[]));
    }
}
