//! All integration tests, one binary.

mod contract;
mod corpus;
mod customs;
mod evasion;
mod memory;
mod policy;
mod splits;
mod terms;
mod tidy;
mod uploads;
