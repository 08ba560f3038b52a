//! AVX-512 (BW, CD, DQ, VL, VBMI, VBMI2): a block is one register, and a class one comparison into a mask.

use std::arch::x86_64::*;

use crate::engine::grams::{GRAM, SPAN, Sheet, shifted};
use crate::engine::sieve::Sieve;
use crate::engine::{BLOCK, Masks};

mod sift;

/// Proof that this CPU has AVX-512 with BW, CD, DQ, VL, VBMI and VBMI2, BMI2 and POPCNT.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    /// Returns the proof, if it is true.
    pub(crate) fn detect() -> Option<Avx512> {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512cd")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt");
        has.then_some(Avx512(()))
    }

    /// Appends the masks of blocks.
    pub(crate) fn classify(self, blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
        // SAFETY: a value of this type is made only where the CPU was found to have these features.
        unsafe { classify(blocks, out) }
    }

    /// Writes for each block the places where some bucket takes the three bytes.
    pub(crate) fn grams<const N: usize>(
        self,
        sheets: &[Sheet; N],
        bytes: &[u8],
        masks: &mut [u64],
    ) {
        // SAFETY: a value of this type is made only where the CPU was found to have these features.
        unsafe { grams(sheets, bytes, masks) }
    }

    /// Clears the starts of words that a sieve holds back; behind each block stands another one.
    pub(crate) fn sift(self, sieve: Sieve<'_>, bytes: &[u8], starts: &mut [u64]) {
        // SAFETY: a value of this type is made only where the CPU was found to have these features.
        unsafe { sift::sift(sieve, bytes, starts) }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn classify(blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
    out.reserve(blocks.len());
    for block in blocks {
        let bytes = load(block);
        out.push(Masks {
            digit: within(bytes, b'0', b'9'),
            upper: within(bytes, b'A', b'Z'),
            lower: within(bytes, b'a', b'z'),
            angle: within(bytes, b'<', b'<'),
            backslash: within(bytes, b'\\', b'\\'),
            mark: within(bytes, b'%', b'&') | within(bytes, b'=', b'>'),
            high: _mm512_movepi8_mask(bytes),
            control: within(bytes, 1, 8)
                | within(bytes, 0x0b, 0x0b)
                | within(bytes, 0x0e, 0x1f)
                | within(bytes, 0x7f, 0x7f),
            lead: within(bytes, 0xc0, 0xff),
            two: within(bytes, 0xc3, 0xdf),
            pair: within(bytes, 0xc4, 0xc8) | within(bytes, 0xd0, 0xd1),
        });
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn load(block: &[u8; BLOCK]) -> __m512i {
    // SAFETY: the reference is to as many bytes as are read, and the load asks for no alignment.
    unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
}

/// Returns the bits of the bytes from `first` to `last`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn within(bytes: __m512i, first: u8, last: u8) -> u64 {
    let above = _mm512_sub_epi8(bytes, _mm512_set1_epi8(first as i8));
    _mm512_cmple_epu8_mask(above, _mm512_set1_epi8((last - first) as i8))
}

/// The table of all bytes is two registers, and what it says of 64 bytes is one instruction, which does not
/// look at their highest bits.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn grams<const N: usize>(sheets: &[Sheet; N], bytes: &[u8], masks: &mut [u64]) {
    let tables = sheets.each_ref().map(|sheet| sheet.takes.each_ref().map(|takes| table(takes)));
    for (block, mask) in bytes.windows(SPAN).step_by(BLOCK).zip(masks) {
        let Some(places) = shifted(block) else { continue };
        let places = places.map(|bytes| load(bytes));
        *mask = 0;
        for tables in &tables {
            *mask |= taken(tables, &places);
        }
    }
}

/// Returns the two halves of a table.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn table(takes: &[u8; 2 * BLOCK]) -> [__m512i; 2] {
    let (halves, _) = takes.as_chunks::<BLOCK>();
    match halves {
        [low, high] => [load(low), load(high)],
        _ => [_mm512_setzero_si512(); 2],
    }
}

/// Returns the bits of the places of which the three tables have some bucket in common.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")]
fn taken(tables: &[[__m512i; 2]; GRAM], places: &[__m512i; GRAM]) -> u64 {
    let [[a, b], [c, d], [e, f]] = *tables;
    let [first, second, third] = *places;
    let first = _mm512_permutex2var_epi8(a, first, b);
    let second = _mm512_permutex2var_epi8(c, second, d);
    let third = _mm512_permutex2var_epi8(e, third, f);
    _mm512_test_epi8_mask(_mm512_and_si512(first, second), third)
}
