//! Scans standard input as it arrives, and reads no further than a refusal:
//! `cargo run --example scan_stream < FILE`.
//!
//! What `push` returns can refuse a payload before its end, and can never accept one: the rest may
//! hold anything. Only the report of a finished session accepts.

use std::io::{self, Read};
use std::process::ExitCode;

use portcullis::{Report, Scanner, Verdict, policy::Action};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let scanner = Scanner::builder().build()?;
    match scan(&scanner, io::stdin().lock())? {
        Outcome::StoppedAt(bytes) => {
            println!("refused: reject, after {bytes} bytes; the rest was not read");
            Ok(ExitCode::FAILURE)
        }
        Outcome::Finished(report) => Ok(tell(&report)),
    }
}

/// How a scan ended. Stopping early has no report, so it cannot be taken for acceptance.
enum Outcome {
    /// A finding demanded a refusal within this many bytes.
    StoppedAt(u64),
    /// Every byte was read.
    Finished(Box<Report>),
}

fn scan(scanner: &Scanner, mut reader: impl Read) -> Result<Outcome, Box<dyn std::error::Error>> {
    let mut session = scanner.session();
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => return Ok(Outcome::Finished(session.finish()?.into())),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        bytes += count as u64;
        if session.push(&buffer[..count])? == Action::Reject {
            return Ok(Outcome::StoppedAt(bytes));
        }
    }
}

fn tell(report: &Report) -> ExitCode {
    for finding in report.findings() {
        println!("{} {} {}", finding.span().start, finding.detector(), finding.masked());
    }
    match report.verdict() {
        Verdict::Accept(pass) => {
            println!("accepted: {} bytes", pass.bytes());
            ExitCode::SUCCESS
        }
        refused => {
            println!("refused: {}", refused.action());
            ExitCode::FAILURE
        }
    }
}
