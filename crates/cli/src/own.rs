//! What a customer brings along: definitions, and the key for digests.

use std::fs;
use std::path::Path;

use portcullis::Builder;
use portcullis::report::Printable;

use crate::Failure;
use crate::args::OwnArgs;

/// Bytes of the shortest key: digests under a shorter one are undone by trying all keys.
const SHORTEST_KEY: usize = 16;

impl OwnArgs {
    /// Hands everything that the arguments name to a builder.
    ///
    /// # Errors
    ///
    /// Returns what cannot be read or used, with line and column where it stands in a file.
    pub fn apply(&self, builder: &mut Builder) -> Result<(), Failure> {
        if let Some(file) = &self.key {
            builder.key(&read_key(file)?);
        }
        for file in &self.custom {
            builder.custom_file(file)?;
        }
        Ok(())
    }
}

/// Returns the key that a file holds: all of it, but for a line end at its end.
///
/// # Errors
///
/// Returns a file that cannot be read and a key that is too short.
pub fn read_key(file: &Path) -> Result<Vec<u8>, Failure> {
    let shown = file.to_string_lossy();
    let said = |why: String| Failure::new(format!("--key {}: {why}", Printable(&shown)));
    let mut key = fs::read(file).map_err(|error| said(error.to_string()))?;
    for end in [b'\n', b'\r'] {
        key.pop_if(|last| *last == end);
    }
    match key.len() < SHORTEST_KEY {
        true => Err(said(format!("a key has at least {SHORTEST_KEY} bytes"))),
        false => Ok(key),
    }
}
