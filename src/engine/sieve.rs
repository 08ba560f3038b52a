//! What tells the words that may begin something from all others: the hash of a word's first letters and a table of
//! bits. The words of a block are looked at side by side where the CPU can do that.
//!
//! Kernels mirror `terms/head.rs` and the hashes of `terms/index.rs` with these constants; the tests of the latter
//! hold all of them to `Index::may_begin`.

use super::BLOCK;

/// Bytes of a word that are looked at.
pub(crate) const WIDTH: usize = 8;
/// Letters that a word is told by.
pub(crate) const LETTERS: usize = 6;
/// Letters of the longest word that is told by the next one too.
pub(crate) const SHORT: usize = 3;
/// The bits of a letter that do not depend on its case.
pub(crate) const CASELESS: u8 = 0x1f;
/// The first byte of typographic quotes, dashes and blanks in UTF-8.
pub(crate) const PUNCTUATION: u8 = 0xe2;
/// Marks the key of a short word that something goes on behind.
pub(crate) const OPENING: u64 = 1 << 56;
/// Marks the key of a short word with the letters that the next one begins with.
pub(crate) const WITH_NEXT: u64 = 1 << 63;
/// The bytes of such a key that have those two letters.
pub(crate) const NEXT: [usize; 2] = [6, 4];
/// The golden ratio, for multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// Bits of a hash that tell one bit of a word of the table.
pub(crate) const STEP: u32 = u64::BITS.trailing_zeros();
/// Bits of the table, a power of two: 128 KiB. With a quarter of that, which stays in the first cache, three times as
/// many words of prose pass that begin nothing, and each costs more than it saves.
pub(crate) const TABLE_BITS: u32 = 20;
/// Words of the table; the highest bits of a hash are the index of its own.
pub(crate) const WORDS: usize = 1 << (TABLE_BITS - STEP);
/// Bits of the table for what begins with no letter of ASCII, and its words.
pub(crate) const OTHER_BITS: u32 = 13;
pub(crate) const OTHER_WORDS: usize = 1 << (OTHER_BITS - STEP);
/// Bytes that such a beginning is told by at the most: two letters of two bytes each, or one of three.
pub(crate) const TOLD_BY: usize = 4;
/// Bytes that are looked at for a block of starts.
pub(crate) const SPAN: usize = 2 * BLOCK;

/// What words are told by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sieve<'s> {
    /// Two bits for each hash of a key.
    pub(crate) table: &'s [u64; WORDS],
    /// The highest bit for each byte of ASCII that something begins with, all letters among these.
    pub(crate) leads: &'s [u8; 128],
    /// Two bits for each hash of what begins with no letter of ASCII.
    pub(crate) others: &'s [u64; OTHER_WORDS],
}
