//! Check-digit arithmetic: digits in, yes or no out.
//!
//! Every function here is pure, takes characters without separators, and says no to the empty text
//! and to characters outside its alphabet. Lengths, ranges and allotted blocks are the detectors'.

pub(crate) mod base58;
pub(crate) mod bech32;
pub(crate) mod crc32;
pub(crate) mod date;
pub(crate) mod digits;
pub(crate) mod iso7064;
pub(crate) mod keccak;
pub(crate) mod luhn;
pub(crate) mod verhoeff;
pub(crate) mod weighted;
