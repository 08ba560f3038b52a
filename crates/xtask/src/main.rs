//! The project's chores: `cargo xtask <command>`.
//!
//! Each command lives in its own module and returns what went wrong; this file only dispatches.

use std::env;
use std::process::ExitCode;

mod generate;

/// What a command returns: nothing, or the reason for people to read.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "\
usage: cargo xtask <command>

  generate            write src/detectors/tables from crates/xtask/data
  generate --check    name the tables that differ from crates/xtask/data, write nothing
";
