//! Bytes to candidates. This room knows shapes, never a detector, a country or a checksum.
//!
//! A backend turns 64 bytes into [`Masks`]; everything behind the masks is shared safe code:
//! [`seeds`] reads from them where something may begin, [`shapes`] matches written forms there;
//! [`anchors`] finds the forms that begin with a fixed literal or hold one, by the masks of [`grams`].

pub(crate) mod anchors;
pub(crate) mod arch;
pub(crate) mod base64;
mod buckets;
pub(crate) mod classes;
pub(crate) mod forms;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "no kernel there asks for it yet")
)]
mod grams;
pub(crate) mod kernel;
mod layout;
mod open;
mod openings;
pub(crate) mod outline;
pub(crate) mod scalar;
pub(crate) mod seeds;
mod separators;
pub(crate) mod shapes;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "no kernel there sifts words yet")
)]
pub(crate) mod sieve;
pub(crate) mod utf8;
pub(crate) mod window;

use std::fmt;
use std::str::FromStr;

use kernel::Kernel;

use crate::error::{BuildError, BuildErrorKind, UnknownName};

/// Bytes that one block's masks cover.
pub(crate) const BLOCK: usize = 64;

/// One bit per byte of a block: bit 0 is the first byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    /// `0-9`.
    pub(crate) digit: u64,
    /// `A-Z`.
    pub(crate) upper: u64,
    /// `a-z`.
    pub(crate) lower: u64,
    /// `<`, the filler of machine readable zones.
    pub(crate) angle: u64,
    /// `\\`, which may open an escape.
    pub(crate) backslash: u64,
    /// `&`, `%` and `=`, which may too, and `>`, which quotes replies.
    pub(crate) mark: u64,
    /// Bytes outside of ASCII.
    pub(crate) high: u64,
    /// Control characters but blanks and zeros: none stands in text.
    pub(crate) control: u64,
    /// Those that begin a letter: in UTF-8 all others of it are below.
    pub(crate) lead: u64,
    /// Those that begin a letter of two bytes: U+00C0 to U+07FF.
    pub(crate) two: u64,
    /// Those of them that begin nothing but letters of scripts whose words have edges: U+0100 to U+023F and
    /// U+0400 to U+047F.
    pub(crate) pair: u64,
}

impl Masks {
    /// Returns the bits of letters and digits.
    pub(crate) fn word(self) -> u64 {
        self.digit | self.letter()
    }

    /// Returns the bits of letters.
    pub(crate) fn letter(self) -> u64 {
        self.upper | self.lower
    }
}

/// Returns whether a byte is a control character but no blank and no zero.
pub(crate) fn is_control(byte: u8) -> bool {
    matches!(byte, 1..=8 | 0x0b | 0x0e..=0x1f | 0x7f)
}

/// Returns whether the letter before `at` belongs to `\n`, `\r` or `\t` written as an escape, so that
/// what follows begins a word.
pub(crate) fn is_escape(haystack: &[u8], at: usize) -> bool {
    at >= 2 && matches!(haystack.get(at - 2..at), Some([b'\\', b'n' | b'r' | b't']))
}

/// Which instruction set classifies the bytes. Every backend gives identical reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// The best that this build has for this CPU.
    #[default]
    Auto,
    /// The reference: plain Rust, on every CPU.
    Scalar,
    /// AVX2 and BMI2 (x86-64).
    Avx2,
    /// AVX-512 with BW, CD, DQ, VL, VBMI and VBMI2 (x86-64).
    Avx512,
    /// NEON (aarch64).
    Neon,
}

impl Backend {
    const ALL: [(Backend, &'static str); 5] = [
        (Backend::Auto, "auto"),
        (Backend::Scalar, "scalar"),
        (Backend::Avx2, "avx2"),
        (Backend::Avx512, "avx512"),
        (Backend::Neon, "neon"),
    ];

    /// Returns the backends that this build can run on this CPU, slowest first.
    pub fn available() -> &'static [Backend] {
        const ORDER: &[Backend] = if cfg!(target_arch = "aarch64") {
            &[Backend::Scalar, Backend::Neon]
        } else {
            &[Backend::Scalar, Backend::Avx2, Backend::Avx512]
        };
        let count = ORDER.iter().take_while(|backend| Kernel::of(**backend).is_some()).count();
        ORDER.get(..count).unwrap_or_default()
    }

    /// Returns the backend that a choice comes down to on this CPU.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Unsupported`] where this build or this CPU does not have it.
    pub(crate) fn resolve(self) -> Result<(Backend, Kernel), BuildError> {
        let best = || Backend::available().last().copied().unwrap_or(Backend::Scalar);
        let chosen = if self == Backend::Auto { best() } else { self };
        let kernel = Kernel::of(chosen).ok_or_else(|| {
            let message = format!("backend {chosen} is not available here; use auto or scalar");
            BuildError::new(BuildErrorKind::Unsupported, message)
        })?;
        Ok((chosen, kernel))
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Backend::ALL.iter().find(|(backend, _)| backend == self);
        f.pad(named.map_or("", |(_, name)| name))
    }
}

impl FromStr for Backend {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Backend, UnknownName> {
        let named = Backend::ALL.iter().find(|(_, name)| *name == text);
        named.map(|(backend, _)| *backend).ok_or_else(|| {
            UnknownName::new("backend", text, Backend::ALL.iter().map(|(_, name)| *name))
        })
    }
}
