//! How checks put into words what they found.

use super::{Proof, Value};
use crate::finding::Evidence;

/// An adjustment that takes every score to zero: without a keyword the match is not reported.
pub(super) const NEVER_ALONE: i8 = -100;

impl Proof {
    /// Returns the proof that the named checks hold for the whole value.
    pub(super) fn whole(value: &Value<'_>, checks: &[&'static str]) -> Proof {
        let evidence = checks.iter().map(|&check| Evidence::Check(check.into())).collect();
        Proof { evidence, len: value.text.len(), adjust: 0, test: false }
    }

    /// Returns the proof with points added where no keyword stands near.
    pub(super) fn adjusted(self, adjust: i8) -> Proof {
        Proof { adjust, ..self }
    }

    /// Returns the proof, marked as that of a published test number where it is one.
    pub(super) fn marked_test(self, test: bool) -> Proof {
        Proof { test, ..self }
    }
}
