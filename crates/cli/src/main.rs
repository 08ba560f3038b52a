//! The `portcullis` program: arguments in, the library's reports out. No detection lives here.

mod args;
mod detectors;
mod exact;
mod inputs;
mod own;
mod policy;
mod progress;
mod render;
mod scan;
mod self_test;

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use portcullis::BuildError;

use args::Command;

fn main() -> ExitCode {
    let outcome = match args::parse() {
        Ok(Some(command)) => run(&command),
        Ok(None) => Ok(Status::Accepted),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(status) => status.into(),
        Err(Failure::Quiet) => Status::Failed.into(),
        Err(Failure::Said(message)) => {
            complain(&message);
            Status::Failed.into()
        }
    }
}

fn run(command: &Command) -> Result<Status, Failure> {
    match command {
        Command::Scan(args) => scan::run(args),
        Command::Detectors(args) => detectors::run(args),
        Command::Policy(args) => policy::run(args),
        Command::Exact(args) => exact::run(args),
        Command::SelfTest(own) => self_test::run(own),
    }
}

/// How a run ends; the worst of what happened decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Every payload was accepted.
    Accepted,
    /// Some payload was not accepted, or a self-test failed.
    Refused,
    /// Usage, configuration or I/O.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Accepted => 0,
            Status::Refused => 1,
            Status::Failed => 2,
        })
    }
}

/// What ends a run before its work is done.
#[derive(Debug)]
enum Failure {
    /// One line for standard error.
    Said(String),
    /// Nobody reads standard output any more.
    Quiet,
}

impl Failure {
    fn new(message: impl fmt::Display) -> Failure {
        Failure::Said(message.to_string())
    }
}

/// Errors of standard output; those of payloads are told one by one and never end a run.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Quiet,
            _ => Failure::Said(format!(
                "cannot write the report: {error}; free or change its target"
            )),
        }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Failure {
        Failure::new(error)
    }
}

/// Writes one line to standard error. Where that is closed there is nobody left to tell.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "portcullis: {message}");
}
