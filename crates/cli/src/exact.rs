//! `portcullis exact build`: a table of digests from a list of values.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::Path;

use portcullis::ExactTable;
use portcullis::report::Printable;

use crate::args::{ExactArgs, ExactCommand};
use crate::{Failure, Status, complain, inputs, own};

/// Writes the table to standard output. Values are read line by line and not kept.
///
/// # Errors
///
/// Returns what cannot be read, and the number of the line whose value cannot stand in a table.
pub fn run(args: &ExactArgs) -> Result<Status, Failure> {
    let ExactCommand::Build { values, key, drop, keep_case } = &args.command;
    if io::stdout().is_terminal() {
        return Err(Failure::new("a table is no text; send standard output to a file"));
    }
    let mut table = ExactTable::builder(&own::read_key(key)?);
    table.keep_case(*keep_case);
    if let Some(marks) = drop {
        table.drop_marks(marks)?;
    }
    for (number, line) in (1..).zip(lines(values)?.split(b'\n')) {
        let line = line.map_err(|error| unread(values, &error))?;
        let value = line.trim_ascii();
        if !value.is_empty() {
            table.add(value).map_err(|error| Failure::new(format!("line {number}: {error}")))?;
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let rows = table.build()?.write_to(&mut out)?;
    out.flush()?;
    complain(&format!("{rows} values"));
    Ok(Status::Accepted)
}

fn lines(values: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if inputs::is_stdin(values) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(values).map_err(|error| unread(values, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

fn unread(values: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", Printable(&values.to_string_lossy())))
}
