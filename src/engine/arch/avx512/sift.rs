//! Words by eights: the first bytes of each in a lane of its own, then its hash, then what the table has there.

use std::arch::x86_64::*;

use super::{load, table};
use crate::engine::BLOCK;
use crate::engine::sieve::{
    CASELESS, GOLDEN, LETTERS, NEXT, OPENING, PUNCTUATION, SHORT, SPAN, STEP, Sieve, TABLE_BITS,
    WIDTH, WITH_NEXT, WORDS,
};

/// Words in a register.
const LANES: usize = BLOCK / WIDTH;
/// The first byte of each lane, in a mask of bytes and in a lane of bytes.
const FIRST: u64 = 0x0101_0101_0101_0101;
/// The bytes of each lane that a word is told by.
const TOLD: u64 = FIRST * ((1 << LETTERS) - 1);
/// The bits of the letters that a word is told by.
const KEY: u64 = u64::from_le_bytes([CASELESS; WIDTH]) >> (8 * (WIDTH - LETTERS));
/// The bit that small letters have and capitals have not.
const SMALL: u8 = 0x20;
/// Where the bytes of a key come from that have the next word's letters: those behind a blank.
const SHOWN: u64 = {
    let mut bytes = [0x80; WIDTH];
    let [first, second] = NEXT;
    (bytes[first], bytes[second]) = (1, 2);
    u64::from_le_bytes(bytes)
};

/// The first bytes of eight words, and what is told by them.
struct Words {
    text: __m512i,
    /// A bit for each byte that is a letter of ASCII.
    letters: u64,
    /// All bits of the bytes before the first that is none.
    before: __m512i,
    key: __m512i,
}

/// The starts of a block are pressed together, and each of eight takes its bytes out of the block and the one behind
/// it: no memory is read but these.
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
)]
pub(super) fn sift(sieve: Sieve<'_>, bytes: &[u8], starts: &mut [u64]) {
    let leads = table(sieve.leads);
    let within = each(0x0706_0504_0302_0100);
    let [a, b, c, d, e, f, g, h] = std::array::from_fn(|lane| (lane as u64 * FIRST) as i64);
    let lanes = _mm512_set_epi64(h, g, f, e, d, c, b, a);
    let places = _mm512_add_epi8(within, _mm512_slli_epi64::<3>(lanes));
    for (span, mask) in bytes.windows(SPAN).step_by(BLOCK).zip(starts) {
        let (blocks, _) = span.as_chunks::<BLOCK>();
        let [block, next] = blocks else { continue };
        let (block, next) = (load(block), load(next));
        let [low, high] = leads;
        let leading = _mm512_permutex2var_epi8(low, block, high);
        *mask &= _mm512_movepi8_mask(_mm512_or_si512(leading, block));
        let places = _mm512_maskz_compress_epi8(*mask, places);
        let mut kept = 0;
        for first in (0..mask.count_ones()).step_by(LANES) {
            let own = _mm512_add_epi8(lanes, _mm512_set1_epi8(first as i8));
            let own = _mm512_add_epi8(_mm512_permutexvar_epi8(own, places), within);
            let words = Words::new(_mm512_permutex2var_epi8(block, own, next));
            kept |= u64::from(words.passing(sieve.table)) << first;
        }
        *mask = _pdep_u64(kept, *mask);
    }
}

impl Words {
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
    )]
    fn new(text: __m512i) -> Words {
        let letters = letters(_mm512_or_si512(text, every(SMALL)));
        let others = _mm512_movm_epi8(!letters);
        // Less one: all bits below the lowest of these change.
        let before = _mm512_andnot_si512(others, _mm512_add_epi64(others, each(u64::MAX)));
        let key = _mm512_and_si512(_mm512_and_si512(text, each(KEY)), before);
        Words { text, letters, before, key }
    }

    /// Returns the lanes of the words that may begin something.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
    )]
    fn passing(&self, table: &[u64; WORDS]) -> __mmask8 {
        let passing = self.odd() | held(table, self.key);
        let short = _mm512_cmplt_epu64_mask(self.key, each(1 << (8 * SHORT))) & !passing;
        if short == 0 { passing } else { passing | short & held(table, self.opening()) }
    }

    /// Returns the lanes of the words that begin with no letter of ASCII, go on in letters outside of it, or have
    /// an edge among the letters that they are told by.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
    )]
    fn odd(&self) -> __mmask8 {
        let none = _mm512_testn_epi64_mask(self.key, self.key);
        let high = _mm512_movepi8_mask(self.text);
        let small = self.letters & _mm512_test_epi8_mask(self.text, every(SMALL));
        let edges = self.letters & !small & small << 1 & TOLD & !FIRST;
        if high & TOLD | edges == 0 {
            return none;
        }
        let before = _mm512_movepi8_mask(self.before);
        let ends = (before << 1 | FIRST) & !before & TOLD;
        let marks = _mm512_cmpeq_epi8_mask(self.text, every(PUNCTUATION)) & high >> 1;
        let odd = _mm512_movm_epi8(ends & high & !marks | edges & before);
        none | _mm512_test_epi64_mask(odd, odd)
    }

    /// Returns the keys of short words with the letters that the next word begins with behind one blank, or as
    /// those of words that something else goes on behind.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
    )]
    fn opening(&self) -> __m512i {
        let behind = _mm512_rolv_epi64(self.text, _mm512_lzcnt_epi64(self.before));
        let blank = _mm512_cmpeq_epi8_mask(behind, every(b' '));
        let behind = _mm512_or_si512(behind, every(SMALL));
        let letters = letters(behind);
        let follow = _mm512_movm_epi8(blank & letters >> 1 & letters >> 2 & FIRST);
        let follow = _mm512_test_epi64_mask(follow, follow);
        let shown = _mm_set_epi64x((SHOWN + 8 * FIRST) as i64, SHOWN as i64);
        let next = _mm512_shuffle_epi8(behind, _mm512_broadcast_i64x2(shown));
        let next = _mm512_or_si512(next, each(WITH_NEXT));
        _mm512_or_si512(self.key, _mm512_mask_blend_epi64(follow, each(OPENING), next))
    }
}

/// Returns the bits of the bytes that are small letters.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
)]
fn letters(lower: __m512i) -> u64 {
    _mm512_cmple_epu8_mask(_mm512_sub_epi8(lower, every(b'a')), every(b'z' - b'a'))
}

/// Returns the lanes of the keys whose hashes have both their bits in a table.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
)]
fn held(table: &[u64; WORDS], keys: __m512i) -> __mmask8 {
    const SHIFT: u32 = u64::BITS + STEP - TABLE_BITS;
    let hashes = _mm512_mullo_epi64(keys, each(GOLDEN));
    let indices = _mm512_srli_epi64::<SHIFT>(hashes);
    // SAFETY: what is left of each hash are as many bits as count the words of the table.
    let words = unsafe { _mm512_i64gather_epi64::<8>(indices, table.as_ptr().cast()) };
    // What words are rotated by is counted modulo 64.
    let one = _mm512_rorv_epi64(words, _mm512_srli_epi64::<{ SHIFT - STEP }>(hashes));
    let other = _mm512_rorv_epi64(words, _mm512_srli_epi64::<{ SHIFT - 2 * STEP }>(hashes));
    _mm512_test_epi64_mask(_mm512_and_si512(one, other), each(1))
}

/// Returns eight times a number.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
)]
fn each(lane: u64) -> __m512i {
    _mm512_set1_epi64(lane as i64)
}

/// Returns 64 times a byte.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2"
)]
fn every(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte as i8)
}
