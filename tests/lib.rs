//! All integration tests, one binary.

mod contract;
mod corpus;
mod memory;
mod splits;
mod tidy;
mod uploads;
