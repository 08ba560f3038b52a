//! AVX2: two halves of a block at a time.

use std::arch::x86_64::*;

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

/// Returns all bits of the bytes from `first` to `last`.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn within(bytes: __m256i, first: u8, last: u8) -> __m256i {
    let above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first as i8));
    let most = _mm256_set1_epi8((last - first) as i8);
    _mm256_cmpeq_epi8(_mm256_min_epu8(above, most), above)
}
