//! Bytes to masks of classes and of grams, by whatever the CPU has.

#[cfg(target_arch = "aarch64")]
use super::arch::neon::Neon;
#[cfg(target_arch = "x86_64")]
use super::arch::{avx2::Avx2, avx512::Avx512};
use super::grams::{self, Precision, Sheet};
use super::sieve::Sieve;
use super::{BLOCK, Backend, Masks, scalar};

/// A backend with the proof that this CPU has it. All make the same masks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kernel {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    #[cfg(target_arch = "aarch64")]
    Neon(Neon),
}

impl Kernel {
    /// Returns the kernel of a backend, `None` where this build or this CPU has it not.
    pub(crate) fn of(backend: Backend) -> Option<Kernel> {
        match backend {
            Backend::Scalar => Some(Kernel::Scalar),
            #[cfg(target_arch = "x86_64")]
            Backend::Avx2 => Avx2::detect().map(Kernel::Avx2),
            #[cfg(target_arch = "x86_64")]
            Backend::Avx512 => Avx512::detect().map(Kernel::Avx512),
            #[cfg(target_arch = "aarch64")]
            Backend::Neon => Neon::detect().map(Kernel::Neon),
            _ => None,
        }
    }

    /// Appends the masks of blocks.
    ///
    /// # Complexity
    ///
    /// Linear in the blocks.
    pub(crate) fn classify(self, blocks: &[[u8; BLOCK]], out: &mut Vec<Masks>) {
        match self {
            Kernel::Scalar => out.extend(blocks.iter().map(scalar::classify)),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2(avx2) => avx2.classify(blocks, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512(avx512) => avx512.classify(blocks, out),
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon(neon) => neon.classify(blocks, out),
        }
    }

    /// Returns how well this kernel tells grams, `None` where literals are better searched for by an
    /// automaton.
    pub(crate) fn precision(self) -> Option<Precision> {
        match self {
            Kernel::Scalar => None,
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2(_) => Some(Precision::Products),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512(_) => Some(Precision::Exact),
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon(_) => None,
        }
    }

    /// Writes one mask for each block of a text: the places where some bucket takes the three bytes. What
    /// the text lacks of its last blocks counts as zeros.
    ///
    /// # Complexity
    ///
    /// Linear in the masks.
    pub(crate) fn grams<const N: usize>(
        self,
        sheets: &[Sheet; N],
        bytes: &[u8],
        masks: &mut [u64],
    ) {
        let run = |bytes: &[u8], masks: &mut [u64]| self.whole_grams(sheets, bytes, masks);
        filled([0; grams::SPAN], bytes, masks, run);
    }

    /// Clears the bits of a text's bytes, one mask for each block, at which no word stands that passes a
    /// sieve. Returns `false`, and nothing is done, where words are better looked at one by one.
    ///
    /// # Complexity
    ///
    /// Linear in the masks and their bits.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn sift(self, sieve: Sieve<'_>, bytes: &[u8], starts: &mut [u64]) -> bool {
        match self {
            // For less than two blocks the rows cost more than they save.
            Kernel::Avx512(avx512) if starts.len() > 1 => {
                let run = |bytes: &[u8], starts: &mut [u64]| avx512.sift(sieve, bytes, starts);
                filled([b' '; super::sieve::SPAN], bytes, starts, run);
                true
            }
            _ => false,
        }
    }

    /// Returns `false`: no backend here looks at several words at a time.
    #[cfg(not(target_arch = "x86_64"))]
    pub(crate) fn sift(self, _: Sieve<'_>, _: &[u8], _: &mut [u64]) -> bool {
        false
    }

    /// Writes the masks of blocks that are all there with the bytes behind them.
    fn whole_grams<const N: usize>(self, sheets: &[Sheet; N], bytes: &[u8], masks: &mut [u64]) {
        match self {
            Kernel::Scalar => scalar::grams(sheets, bytes, masks),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2(avx2) => avx2.grams(sheets, bytes, masks),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512(avx512) => avx512.grams(sheets, bytes, masks),
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon(_) => scalar::grams(sheets, bytes, masks),
        }
    }
}

/// Runs over the masks of blocks that are all there with the bytes behind them, then over each of the others with
/// its bytes on the filling.
fn filled<const SPAN: usize>(
    filling: [u8; SPAN],
    bytes: &[u8],
    masks: &mut [u64],
    run: impl Fn(&[u8], &mut [u64]),
) {
    let whole = bytes.len().saturating_sub(SPAN - BLOCK) / BLOCK;
    let (whole, rest) = masks.split_at_mut(whole.min(masks.len()));
    if !whole.is_empty() {
        run(bytes, whole);
    }
    for (mask, start) in rest.iter_mut().zip((whole.len() * BLOCK..).step_by(BLOCK)) {
        let mut span = filling;
        let behind = bytes.get(start..).unwrap_or_default();
        span.iter_mut().zip(behind).for_each(|(to, from)| *to = *from);
        run(&span, std::slice::from_mut(mask));
    }
}

#[cfg(test)]
mod tests {
    use super::super::buckets;
    use super::super::grams::{SPAN, Sought};
    use super::*;

    /// Every backend that searches by grams, with the precision that it asks for.
    fn of_grams() -> impl Iterator<Item = (Kernel, Precision)> {
        let kernels = Backend::available().iter().map(|backend| Kernel::of(*backend).unwrap());
        kernels.filter_map(|kernel| Some((kernel, kernel.precision()?)))
    }

    /// Two sheets of classes that no rule made, but for what a precision asks of them.
    fn sheets(precision: Precision) -> [Sheet; 2] {
        let bytes: Vec<[u8; 3]> =
            (0..64u8).map(|n| [n.wrapping_mul(37), n.wrapping_mul(101) ^ 0x55, n * 2]).collect();
        let texts: Vec<Sought> = bytes
            .iter()
            .map(|text| Sought { text: text.to_vec().leak(), folded: text[0] & 1 == 1 })
            .collect();
        let (buckets, _) = buckets::arrange(&texts, 16, precision);
        assert!(buckets.len() > 8);
        [Sheet::new(&buckets[..8]), Sheet::new(&buckets[8..])]
    }

    #[test]
    fn every_backend_makes_the_masks_of_the_reference() {
        let every_byte = (0..=255).map(|byte| [byte; BLOCK]);
        let mixed = (0..256usize).map(|start| {
            // Steps of all odd lengths reach each byte at each place.
            std::array::from_fn(|at| (start + at * (2 * start + 1)) as u8)
        });
        let blocks: Vec<[u8; BLOCK]> = every_byte.chain(mixed).collect();
        let expected: Vec<Masks> = blocks.iter().map(scalar::classify).collect();
        for backend in Backend::available() {
            let mut masks = Vec::new();
            let kernel = Kernel::of(*backend).unwrap();
            kernel.classify(&blocks, &mut masks);
            assert_eq!(masks, expected, "{backend}");
            kernel.classify(&[], &mut masks);
            assert_eq!(masks.len(), blocks.len(), "{backend}");
        }
    }

    #[test]
    fn every_backend_finds_the_grams_of_the_reference() {
        for (kernel, precision) in of_grams() {
            let sheets = sheets(precision);
            let [first, _] = &sheets;
            let text: Vec<u8> = (0..65_536u64).map(|at| ((at * at * 31) >> 7) as u8).collect();
            let text = [text, (0..=255).flat_map(|byte| [byte; BLOCK + 1]).collect()].concat();
            let count = text.len() / BLOCK + 1;
            let [mut masks, mut expected] = [vec![0; count], vec![u64::MAX; count]];
            kernel.grams(&sheets, &text, &mut masks);
            Kernel::Scalar.grams(&sheets, &text, &mut expected);
            assert_eq!(masks, expected, "{kernel:?}");
            assert!(masks.iter().any(|mask| *mask != 0 && *mask != u64::MAX));
            kernel.grams(std::array::from_ref(first), &text, &mut masks);
            Kernel::Scalar.grams(std::array::from_ref(first), &text, &mut expected);
            assert_eq!(masks, expected, "{kernel:?}, one sheet");
        }
    }

    #[test]
    fn every_byte_is_told_at_each_place_of_a_gram() {
        for (kernel, precision) in of_grams() {
            let [sheet, _] = &sheets(precision);
            for byte in 0..=255u8 {
                for place in 0..BLOCK + 2 {
                    let mut text = [b'a'; SPAN];
                    text[place] = byte;
                    let [mut masks, mut expected] = [[0], [0]];
                    kernel.grams(std::array::from_ref(sheet), &text, &mut masks);
                    Kernel::Scalar.grams(std::array::from_ref(sheet), &text, &mut expected);
                    assert_eq!(masks, expected, "{kernel:?}: {byte} at {place}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_ends_within_a_block_goes_on_with_zeros() {
        let [sheet, other] = sheets(Precision::Exact);
        let kernels = Backend::available().iter().map(|backend| Kernel::of(*backend).unwrap());
        for kernel in kernels.filter(|kernel| kernel.precision() != Some(Precision::Products)) {
            let text: Vec<u8> = (0..200usize).map(|at| ((at * 37) >> 1) as u8).collect();
            for len in 0..=text.len() {
                let [mut masks, mut expected] = [[0; 4]; 2];
                kernel.grams(&[sheet.clone(), other.clone()], &text[..len], &mut masks);
                let filled = [&text[..len], &[0; 5 * BLOCK]].concat();
                for at in 0..4 * BLOCK {
                    let gram = &filled[at..at + 3];
                    let taken = sheet.takes(gram) || other.takes(gram);
                    expected[at / BLOCK] |= u64::from(taken) << (at % BLOCK);
                }
                assert_eq!(masks, expected, "{kernel:?}: {len}");
            }
        }
    }
}
