//! All integration tests, one binary.

mod backends;
mod containers;
mod contract;
mod corpus;
mod customs;
mod decided;
mod evasion;
mod memory;
mod policy;
mod splits;
mod state;
mod terms;
mod tidy;
mod uploads;
