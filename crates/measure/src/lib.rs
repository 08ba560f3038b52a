//! What a scanner's speed is measured with: payloads, a clock, and the form that a measurement is handed on in.
//!
//! The benches, the project's chores and the comparison with other engines share it, so that all of them
//! take the same bytes by the same clock.

pub mod corpora;
pub mod figure;
mod random;
pub mod timer;

pub use figure::Figure;
pub use random::Random;
