//! All integration tests, one binary.

mod contract;
mod corpus;
mod customs;
mod memory;
mod policy;
mod splits;
mod terms;
mod tidy;
mod uploads;
