//! The checks that a customer's detector may ask for, by name.

use crate::validators::{iso7064, luhn, verhoeff};

/// A check over the significant characters of a match.
#[derive(Debug)]
pub(super) struct Checksum {
    pub(super) name: &'static str,
    /// Letters are passed over: the arithmetic knows digits only.
    digits_only: bool,
    holds: fn(&[u8]) -> bool,
}

/// Every check that can be named.
pub(super) static ALL: &[Checksum] = &[
    Checksum { name: "luhn", digits_only: true, holds: luhn::is_valid },
    Checksum { name: "mod11-10", digits_only: true, holds: iso7064::is_mod11_10 },
    Checksum { name: "mod11-2", digits_only: false, holds: iso7064::is_mod11_2 },
    Checksum { name: "mod97-10", digits_only: false, holds: iso7064::is_mod97_10 },
    Checksum { name: "verhoeff", digits_only: true, holds: verhoeff::is_valid },
];

impl Checksum {
    /// Returns whether the check holds for what was written, its first `skip` letters and digits left
    /// out.
    pub(super) fn holds(&self, written: &[u8], skip: usize) -> bool {
        let significant = written.iter().filter(|byte| byte.is_ascii_alphanumeric()).skip(skip);
        let counted = significant.filter(|byte| !self.digits_only || byte.is_ascii_digit());
        let text: Vec<u8> = counted.map(u8::to_ascii_uppercase).collect();
        (self.holds)(&text)
    }
}
