//! NEON: a block is four registers.

use std::arch::aarch64::*;
use std::arch::is_aarch64_feature_detected;

use crate::engine::{BLOCK, Masks};

/// Bytes of a register.
const QUARTER: usize = BLOCK / 4;

/// Proof that this CPU has NEON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neon(());

impl Neon {
    /// Returns the proof, if it is true.
    pub(crate) fn detect() -> Option<Neon> {
        is_aarch64_feature_detected!("neon").then_some(Neon(()))
    }

    /// Appends the masks of blocks.
    pub(crate) fn classify(self, blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
        // SAFETY: a value of this type is made only where the CPU was found to have the feature.
        unsafe { classify(blocks, out) }
    }
}

#[target_feature(enable = "neon")]
fn classify(blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
    out.reserve(blocks.len());
    for block in blocks {
        let (quarters, _) = block.as_chunks::<QUARTER>();
        let [a, b, c, d] = quarters else { continue };
        let bytes = [load(a), load(b), load(c), load(d)];
        out.push(Masks {
            digit: mask(bytes, |bytes| within(bytes, b'0', b'9')),
            upper: mask(bytes, |bytes| within(bytes, b'A', b'Z')),
            lower: mask(bytes, |bytes| within(bytes, b'a', b'z')),
            angle: mask(bytes, |bytes| within(bytes, b'<', b'<')),
            backslash: mask(bytes, |bytes| within(bytes, b'\\', b'\\')),
            mark: mask(bytes, |bytes| {
                vorrq_u8(within(bytes, b'%', b'&'), within(bytes, b'=', b'>'))
            }),
            high: mask(bytes, |bytes| within(bytes, 0x80, 0xff)),
            control: mask(bytes, |bytes| {
                let low = vorrq_u8(within(bytes, 1, 8), within(bytes, 0x0e, 0x1f));
                let single = vorrq_u8(within(bytes, 0x0b, 0x0b), within(bytes, 0x7f, 0x7f));
                vorrq_u8(low, single)
            }),
            lead: mask(bytes, |bytes| within(bytes, 0xc0, 0xff)),
            two: mask(bytes, |bytes| within(bytes, 0xc3, 0xdf)),
            pair: mask(bytes, |bytes| {
                vorrq_u8(within(bytes, 0xc4, 0xc8), within(bytes, 0xd0, 0xd1))
            }),
        });
    }
}

#[target_feature(enable = "neon")]
fn load(bytes: &[u8; QUARTER]) -> uint8x16_t {
    // SAFETY: the reference is to as many bytes as are read, and the load asks for no alignment.
    unsafe { vld1q_u8(bytes.as_ptr()) }
}

/// Returns one bit for each byte that a class makes of four registers: each keeps the bit of its place, and
/// pairs are added up until eight bytes are left.
#[target_feature(enable = "neon")]
fn mask(bytes: [uint8x16_t; 4], class: impl Fn(uint8x16_t) -> uint8x16_t) -> u64 {
    let places = vreinterpretq_u8_u64(vdupq_n_u64(0x8040_2010_0804_0201));
    let [a, b, c, d] = bytes.map(|bytes| vandq_u8(class(bytes), places));
    let pairs = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
    vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(pairs, pairs)))
}

/// Returns all bits of the bytes from `first` to `last`.
#[target_feature(enable = "neon")]
fn within(bytes: uint8x16_t, first: u8, last: u8) -> uint8x16_t {
    vcleq_u8(vsubq_u8(bytes, vdupq_n_u8(first)), vdupq_n_u8(last - first))
}
