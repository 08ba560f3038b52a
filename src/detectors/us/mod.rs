//! United States.

mod bank;
mod documents;
mod driver_license;
mod health;
mod tax;

use super::Detector;
pub(crate) use bank::{ABA, ACCOUNT, CHECK_MICR};
pub(crate) use documents::{ALIEN_NUMBER, DOD_ID, PASSPORT, USCIS_RECEIPT};
pub(crate) use driver_license::DRIVER_LICENSE;
pub(crate) use health::{HICN, MEMBER_ID};
pub(crate) use tax::{ATIN, EIN, ITIN, PTIN, SSN};

/// Every detector of this folder.
pub(crate) static ALL: &[&Detector] = &[
    &SSN,
    &ITIN,
    &ATIN,
    &EIN,
    &PTIN,
    &PASSPORT,
    &DRIVER_LICENSE,
    &ALIEN_NUMBER,
    &USCIS_RECEIPT,
    &DOD_ID,
    &ABA,
    &ACCOUNT,
    &CHECK_MICR,
    &HICN,
    &MEMBER_ID,
];
