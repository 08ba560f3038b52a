//! All integration tests, one binary.

mod corpus;
mod splits;
mod uploads;
