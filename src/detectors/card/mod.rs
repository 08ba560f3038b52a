//! Payment cards: the number, the magnetic stripe, what proves that the holder is present.
//!
//! ISO/IEC 7812-1 gives the number its prefix and check digit, ISO/IEC 7813 lays out the tracks.

mod codes;
mod encoded;
mod pan;
mod run;
mod track;

use crate::detectors::Detector;

/// Every detector of this folder.
pub(crate) static ALL: &[&Detector] = &[
    &pan::PAN,
    &track::TRACK1,
    &track::TRACK2,
    &track::TRACK2_EQUIVALENT,
    &codes::EXPIRY,
    &codes::CVV,
    &codes::PIN,
    &codes::SERVICE_CODE,
    &codes::PASSWORD,
    &encoded::PIN_BLOCK,
    &encoded::CAVV,
];
