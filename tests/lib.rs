//! All integration tests, one binary.

mod contract;
mod corpus;
mod memory;
mod policy;
mod splits;
mod tidy;
mod uploads;
