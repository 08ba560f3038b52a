//! Presidio, which is Python: a program of its own, started for each corpus.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use measure::Figure;

/// What Python runs.
const SCRIPT: &str = include_str!("../presidio.py");

/// Has Presidio measured over a payload.
///
/// # Errors
///
/// Python cannot be started, lacks Presidio, or prints something else than a figure.
pub fn presidio(python: &Path, corpus: &str, payload: &[u8], runs: u32) -> Result<Figure, String> {
    let failed = |reason: String| format!("{}: {reason}", python.display());
    let mut command = Command::new(python);
    command.args(["-c", SCRIPT, "--corpus", corpus, "--runs", &runs.to_string()]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A script that ends before it has read everything says why on standard error.
        let _ = stdin.write_all(payload);
    }
    let output = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(format!("presidio.py ended with {}", output.status)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| failed(format!("no figure: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_that_is_not_there_is_named() {
        let error = presidio(Path::new("no/such/python"), "prose", b"text", 1).unwrap_err();
        assert!(error.starts_with("no/such/python: "), "{error}");
    }
}
