//! `portcullis self-test`: the known answers of every detector on this CPU.

use std::io::{self, Write};

use portcullis::{Category, Scanner};

use crate::args::OwnArgs;
use crate::{Failure, Status};

/// Scans every sample of every detector on every backend that this CPU runs.
pub fn run(own: &OwnArgs) -> Result<Status, Failure> {
    let mut builder = Scanner::builder();
    builder.categories(Category::ALL.iter().copied());
    own.apply(&mut builder)?;
    let outcome = builder.build()?.self_test()?;
    let mut out = io::stdout().lock();
    for failure in outcome.failures() {
        writeln!(out, "failed: {failure}")?;
    }
    let backends: Vec<String> = outcome.backends().iter().map(ToString::to_string).collect();
    let failed = outcome.failures().len();
    writeln!(
        out,
        "{} samples on {}: {}",
        outcome.samples(),
        backends.join(", "),
        if failed == 0 { "all found".to_owned() } else { format!("{failed} failures") }
    )?;
    out.flush()?;
    Ok(if failed == 0 { Status::Accepted } else { Status::Refused })
}
