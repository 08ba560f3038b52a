//! Canada.

mod bank;
mod documents;
mod health;

use super::Detector;
pub(crate) use bank::{ACCOUNT, TRANSIT};
pub(crate) use documents::{BN, DRIVER_LICENCE, PASSPORT, SIN, UCI};
pub(crate) use health::{BC, ON, PROVINCIAL, QC};

/// Every detector of this folder.
pub(crate) static ALL: &[&Detector] =
    &[&SIN, &BN, &PASSPORT, &DRIVER_LICENCE, &UCI, &TRANSIT, &ACCOUNT, &ON, &BC, &QC, &PROVINCIAL];
