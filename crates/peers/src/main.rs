//! `peers`: Portcullis beside other engines. What is measured and how stands in the README.

use std::process::ExitCode;

use clap::Parser;
use peers::options::Options;

fn main() -> ExitCode {
    match peers::run(&Options::parse(), include_str!("../../../Cargo.lock"), peers::no_more) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("peers: {reason}");
            ExitCode::FAILURE
        }
    }
}
