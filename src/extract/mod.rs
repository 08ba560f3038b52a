//! From a payload to plain bytes: what kind of content it is, and text encodings that are not ASCII's.

pub(crate) mod sniff;
pub(crate) mod utf16;

pub(crate) use sniff::{Content, Encoding};
