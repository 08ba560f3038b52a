//! `generate`: writes the registries under `src/detectors/tables` from the facts in `data`.
//!
//! The output is what rustfmt makes of it, so that `cargo fmt` and `generate --check` agree.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Outcome, root};

mod cards;
mod catalogue;
mod countries;
mod ibans;
mod words;

/// Writes every table.
///
/// # Errors
///
/// Names the file that cannot be read, understood or written.
pub fn write() -> Outcome {
    for (path, text) in tables()? {
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// Compares every table with what [`write()`] would write.
///
/// # Errors
///
/// Names each file that differs or cannot be read.
pub fn check() -> Outcome {
    let mut stale = String::new();
    for (path, text) in tables()? {
        if fs::read_to_string(&path).is_ok_and(|committed| committed == text) {
            continue;
        }
        let shown = path.strip_prefix(root()).unwrap_or(&path).display();
        let _ = write!(stale, "\n  {shown}");
    }
    match stale.as_str() {
        "" => Ok(()),
        _ => Err(format!("these tables differ from their data; run `{COMMAND}`:{stale}")),
    }
}

/// Where a table's facts come from, as its header tells.
#[derive(Debug, Deserialize)]
struct Origin {
    source: String,
    as_of: String,
}

/// Returns path and text of every generated file.
fn tables() -> Result<Vec<(PathBuf, String)>, String> {
    let folder = root().join("src/detectors/tables");
    let bodies = [
        ("bip39", words::table(&read("bip39")?)?),
        ("card_networks", cards::table(&read("card_networks")?)?),
        ("countries", countries::table(&read("countries")?)),
        ("iban_countries", ibans::table(&read("iban_countries")?)?),
    ];
    let tables = bodies.into_iter().map(|(name, body)| {
        let text = format!("{}{body}", header(name, &read(name)?));
        Ok((folder.join(name).with_extension("rs"), rustfmt(&text)?))
    });
    let page = catalogue::page().map_err(|error| error.to_string())?;
    let page =
        format!("<!-- GENERATED from src/detectors by `{COMMAND}`; do not edit. -->\n\n{page}");
    tables.chain([Ok((root().join("docs/DETECTORS.md"), page))]).collect()
}

fn header(name: &str, origin: &Origin) -> String {
    let Origin { source, as_of } = origin;
    format!(
        "// GENERATED from crates/xtask/data/{name}.toml by `{COMMAND}`; do not edit.\n\
         // Source: {source}.\n\
         // As of: {as_of}.\n\n"
    )
}

fn read<T: DeserializeOwned>(name: &str) -> Result<T, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name).with_extension("toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn rustfmt(text: &str) -> Result<String, String> {
    let failed = |error| format!("cannot run rustfmt: {error}");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}")),
        false => Err(format!("rustfmt: {}", output.status)),
    }
}

const COMMAND: &str = "cargo xtask generate";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committed_tables_are_current() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn every_table_says_where_it_comes_from() {
        for (path, text) in tables().unwrap() {
            let header: Vec<&str> = text.lines().take(3).collect();
            assert!(header[0].contains(COMMAND), "{}", path.display());
            if path.extension().is_some_and(|extension| extension == "md") {
                continue;
            }
            assert!(header[1].starts_with("// Source: "), "{}", path.display());
            assert!(header[2].starts_with("// As of: 20"), "{}", path.display());
        }
    }
}
