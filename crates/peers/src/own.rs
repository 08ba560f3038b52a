//! Portcullis itself.

use portcullis::{Backend, Builder, Report, Scanner};

use crate::ids::Tally;
use crate::peer::{Peer, Row};

/// Bytes of a chunk, as an upload handler may read them.
pub const CHUNK: usize = 64 * 1024;

/// A scanner and a way in.
pub struct Portcullis {
    row: Row,
    scanner: Scanner,
    scan: fn(&Scanner, &[u8]) -> Result<Report, String>,
}

/// Returns the rows of a backend: everything that is on by default, as a slice and in chunks, and the
/// numbers alone.
///
/// # Errors
///
/// The backend is not available here.
pub fn portcullis(backend: Backend, version: &str) -> Result<Vec<Portcullis>, String> {
    let all = build(Scanner::builder().backend(backend))?;
    let definitions = all.detectors().iter().filter(|definition| definition.is_grouped());
    let numbers: Vec<&str> = definitions.map(|definition| definition.id()).collect();
    let count = numbers.len();
    let numbers = build(Scanner::builder().backend(backend).detectors(numbers))?;
    let row = |task, mode, asked| Row {
        engine: "portcullis",
        version: version.to_owned(),
        task,
        mode,
        backend: Some(all.backend().to_string()),
        asked,
        ..Row::default()
    };
    let default =
        format!("everything the default scanner is on for: {} detectors", all.detectors().len());
    let chunked = format!("{default}; in chunks of 64 KiB");
    let only = format!("the {count} detectors of numbers in groups, no terms, names or keys");
    Ok(vec![
        Portcullis { row: row("default", "slice", default), scanner: all.clone(), scan: slice },
        Portcullis { row: row("default", "stream", chunked), scanner: all.clone(), scan: chunks },
        Portcullis { row: row("ids", "slice", only), scanner: numbers, scan: slice },
    ])
}

fn build(builder: &Builder) -> Result<Scanner, String> {
    builder.build().map_err(|error| error.to_string())
}

impl Peer for Portcullis {
    fn row(&self) -> &Row {
        &self.row
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        let report = (self.scan)(&self.scanner, payload)?;
        Ok(Tally { own: report.counts().values().sum(), ..Tally::default() })
    }
}

fn slice(scanner: &Scanner, payload: &[u8]) -> Result<Report, String> {
    scanner.scan(payload).map_err(|error| error.to_string())
}

fn chunks(scanner: &Scanner, payload: &[u8]) -> Result<Report, String> {
    let mut session = scanner.session();
    for chunk in payload.chunks(CHUNK) {
        session.push(chunk).map_err(|error| error.to_string())?;
    }
    session.finish().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_in_count_alike_and_numbers_are_fewer() {
        let text =
            b"card 4111 1111 1111 1111, diagnosis: diabetes, IBAN GB29 NWBK 6016 1331 9268 19";
        let mut rows = portcullis(Backend::Scalar, "0").unwrap();
        let counts: Vec<u64> = rows.iter_mut().map(|row| row.scan(text).unwrap().total()).collect();
        assert_eq!(counts[0], counts[1]);
        assert_eq!(counts[2], 2);
        let names: Vec<String> = rows.iter().map(|row| row.row().name()).collect();
        assert_eq!(names[0], "portcullis/default/slice/scalar");
    }
}
