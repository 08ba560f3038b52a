//! AVX2: two halves of a block at a time.

use std::arch::x86_64::*;

use crate::engine::grams::{GRAM, SPAN, Sheet, shifted};
use crate::engine::{BLOCK, Masks};

/// Bytes of a register.
const HALF: usize = BLOCK / 2;

/// Proof that this CPU has AVX2 and BMI2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// Returns the proof, if it is true.
    pub(crate) fn detect() -> Option<Avx2> {
        let has = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi2");
        has.then_some(Avx2(()))
    }

    /// Appends the masks of blocks.
    pub(crate) fn classify(self, blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
        // SAFETY: a value of this type is made only where the CPU was found to have both features.
        unsafe { classify(blocks, out) }
    }

    /// Writes for each block the places where some bucket takes the three bytes; the classes are products.
    pub(crate) fn grams<const N: usize>(
        self,
        sheets: &[Sheet; N],
        bytes: &[u8],
        masks: &mut [u64],
    ) {
        // SAFETY: a value of this type is made only where the CPU was found to have both features.
        unsafe { grams(sheets, bytes, masks) }
    }
}

#[target_feature(enable = "avx2,bmi2")]
fn classify(blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
    out.reserve(blocks.len());
    for block in blocks {
        let (halves, _) = block.as_chunks::<HALF>();
        let [low, high] = halves else { continue };
        let (low, high) = (load(low), load(high));
        out.push(Masks {
            digit: both(low, high, |bytes| within(bytes, b'0', b'9')),
            upper: both(low, high, |bytes| within(bytes, b'A', b'Z')),
            lower: both(low, high, |bytes| within(bytes, b'a', b'z')),
            angle: both(low, high, |bytes| within(bytes, b'<', b'<')),
            backslash: both(low, high, |bytes| within(bytes, b'\\', b'\\')),
            mark: both(low, high, |bytes| marks(bytes)),
            high: both(low, high, |bytes| bytes),
            control: both(low, high, |bytes| controls(bytes)),
            lead: both(low, high, |bytes| within(bytes, 0xc0, 0xff)),
            two: both(low, high, |bytes| within(bytes, 0xc3, 0xdf)),
            pair: both(low, high, |bytes| {
                _mm256_or_si256(within(bytes, 0xc4, 0xc8), within(bytes, 0xd0, 0xd1))
            }),
        });
    }
}

#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn load(bytes: &[u8; HALF]) -> __m256i {
    // SAFETY: the reference is to as many bytes as are read, and the load asks for no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

/// Returns the highest bits of the bytes that a class makes of two halves.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn both(low: __m256i, high: __m256i, class: impl Fn(__m256i) -> __m256i) -> u64 {
    let bits = |bytes: __m256i| u64::from(_mm256_movemask_epi8(bytes) as u32);
    bits(class(low)) | bits(class(high)) << HALF
}

/// Returns all bits of the bytes `& % = >`: their last four bits tell them apart, so each byte is compared with
/// the one that ends alike.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn marks(bytes: __m256i) -> __m256i {
    let row = _mm_setr_epi8(-1, -1, -1, -1, -1, 0x25, 0x26, -1, -1, -1, -1, -1, -1, 0x3d, 0x3e, -1);
    _mm256_cmpeq_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(row), bytes), bytes)
}

/// Returns all bits of control characters but blanks and zeros.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn controls(bytes: __m256i) -> __m256i {
    let low = _mm256_or_si256(within(bytes, 1, 8), within(bytes, 0x0e, 0x1f));
    let single = _mm256_or_si256(within(bytes, 0x0b, 0x0b), within(bytes, 0x7f, 0x7f));
    _mm256_or_si256(low, single)
}

/// Returns all bits of the bytes from `first` to `last`.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn within(bytes: __m256i, first: u8, last: u8) -> __m256i {
    let above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first as i8));
    let most = _mm256_set1_epi8((last - first) as i8);
    _mm256_cmpeq_epi8(_mm256_min_epu8(above, most), above)
}

#[target_feature(enable = "avx2,bmi2")]
fn grams<const N: usize>(sheets: &[Sheet; N], bytes: &[u8], masks: &mut [u64]) {
    let tables = sheets.each_ref().map(|sheet| Tables {
        low: sheet.low.each_ref().map(|row| twice(row)),
        high: sheet.high.each_ref().map(|row| twice(row)),
    });
    for (block, mask) in bytes.windows(SPAN).step_by(BLOCK).zip(masks) {
        let Some(places) = shifted(block) else { continue };
        let [[a, b], [c, d], [e, f]] = places.map(|bytes| halves(bytes));
        *mask = taken(&tables, [a, c, e]) | taken(&tables, [b, d, f]) << HALF;
    }
}

/// The tables of a sheet in registers.
struct Tables {
    low: [__m256i; GRAM],
    high: [__m256i; GRAM],
}

/// Returns both halves of a block.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn halves(bytes: &[u8; BLOCK]) -> [__m256i; 2] {
    let (halves, _) = bytes.as_chunks::<HALF>();
    match halves {
        [low, high] => [load(low), load(high)],
        _ => [_mm256_setzero_si256(); 2],
    }
}

/// Returns a table of sixteen entries in both lanes.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn twice(row: &[u8; 16]) -> __m256i {
    let row = u128::from_le_bytes(*row);
    _mm256_broadcastsi128_si256(_mm_set_epi64x((row >> 64) as i64, row as i64))
}

/// Returns the bits of the places of which the tables of some sheet have a bucket in common.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn taken<const N: usize>(tables: &[Tables; N], places: [__m256i; GRAM]) -> u64 {
    let four = _mm256_set1_epi8(15);
    let last = places.map(|bytes| _mm256_and_si256(bytes, four));
    let first = places.map(|bytes| _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), four));
    let mut taken = _mm256_setzero_si256();
    for Tables { low, high } in tables {
        let [a, b, c] = shuffled(low, &last);
        let [d, e, f] = shuffled(high, &first);
        let two = _mm256_and_si256(_mm256_and_si256(a, d), _mm256_and_si256(b, e));
        taken = _mm256_or_si256(taken, _mm256_and_si256(two, _mm256_and_si256(c, f)));
    }
    let none = _mm256_cmpeq_epi8(taken, _mm256_setzero_si256());
    u64::from(!_mm256_movemask_epi8(none) as u32)
}

/// Looks up each of three registers in its own table.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn shuffled(tables: &[__m256i; GRAM], indices: &[__m256i; GRAM]) -> [__m256i; GRAM] {
    let ([a, b, c], [d, e, f]) = (tables, indices);
    [_mm256_shuffle_epi8(*a, *d), _mm256_shuffle_epi8(*b, *e), _mm256_shuffle_epi8(*c, *f)]
}
