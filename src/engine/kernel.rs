//! Bytes to class masks, by whatever the CPU has.

#[cfg(target_arch = "aarch64")]
use super::arch::neon::Neon;
#[cfg(target_arch = "x86_64")]
use super::arch::{avx2::Avx2, avx512::Avx512};
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
