//! `bench`: how fast it is, beside memory and beside others, and how many instructions that takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{Figure, corpora};
use serde::{Deserialize, Serialize};

use crate::{Outcome, cargo, root};

mod chart;
mod goals;
pub mod instructions;
mod machine;
mod others;
mod own;
mod page;
mod set;

use instructions::Counts;
use machine::Machine;
use page::{COMMAND, Measured, Page};
use set::Set;

/// Runs the command with its arguments.
///
/// # Errors
///
/// Names the argument that is not understood, the program that fails or the file that cannot be read or
/// written; with `--instructions`, every count that grew.
pub fn run(arguments: &[&str]) -> Outcome {
    match arguments {
        ["--instructions"] => instructions::compare(),
        ["--instructions", "--write"] => instructions::write(),
        _ => measure(&Choice::parse(arguments)?, arguments),
    }
}

/// What the arguments ask for.
#[derive(Debug, Default, PartialEq)]
struct Choice<'a> {
    corpora: Option<PathBuf>,
    bytes: Option<&'a str>,
    longest: Option<&'a str>,
    beside_peers: bool,
    from: Option<PathBuf>,
}

impl<'a> Choice<'a> {
    fn parse(arguments: &[&'a str]) -> Result<Choice<'a>, String> {
        let mut choice = Choice::default();
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(format!("{argument} asks for a value"));
            match argument {
                "--corpora" => choice.corpora = Some(value()?.into()),
                "--bytes" => choice.bytes = Some(value()?),
                "--longest" => choice.longest = Some(value()?),
                "--peers" => choice.beside_peers = true,
                "--from" => choice.from = Some(value()?.into()),
                _ => return Err(format!("{argument}: not an option of `{COMMAND}`")),
            }
        }
        choice.bytes()?;
        choice.longest()?;
        Ok(choice)
    }

    /// Returns how many bytes of each payload are measured.
    fn bytes(&self) -> Result<usize, String> {
        self.bytes.map_or(Ok(BYTES), parse_bytes)
    }

    /// Returns how many bytes the longest payload has that a session is handed.
    fn longest(&self) -> Result<usize, String> {
        self.longest.map_or(Ok(LONGEST), parse_bytes)
    }
}

fn parse_bytes(bytes: &str) -> Result<usize, String> {
    bytes.parse().map_err(|_| format!("{bytes}: not a number of bytes"))
}

/// Bytes of a session's longest payload where none are asked for: some seconds for each content. 4294967296
/// takes minutes.
const LONGEST: usize = 256 << 20;
/// Bytes of each payload where none are asked for: more than the caches hold.
const BYTES: usize = 64 << 20;

/// Everything that was measured, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    machine: Machine,
    own: Vec<Figure>,
    peers: Vec<Figure>,
}

/// Measures, or takes what was measured, and writes the page.
fn measure(choice: &Choice<'_>, arguments: &[&str]) -> Outcome {
    let kept = match &choice.from {
        Some(path) => read(path)?,
        None => {
            let kept = taken(choice, shown(arguments))?;
            let text = serde_json::to_string(&kept).map_err(|error| error.to_string())?;
            write(&root().join(KEPT), &text)?;
            kept
        }
    };
    write_page(&kept, &root().join("docs"))
}

/// Returns the command as the page names it: where a machine keeps its payloads is its own matter.
fn shown(arguments: &[&str]) -> String {
    let before = [COMMAND].into_iter().chain(arguments.iter().copied());
    let named = before.zip(arguments).map(|(before, argument)| match before {
        "--corpora" => "DIR",
        _ => argument,
    });
    [COMMAND].into_iter().chain(named).collect::<Vec<_>>().join(" ")
}

/// Measures.
fn taken(choice: &Choice<'_>, command: String) -> Result<Kept, String> {
    let folder = match &choice.corpora {
        Some(folder) => folder.clone(),
        None => made(choice.bytes()?)?,
    };
    let folder = fs::canonicalize(&folder).map_err(|error| failed(&folder, &error))?;
    let own = own(&folder, choice)?;
    let peers = if choice.beside_peers { peers(&folder, choice.bytes()?)? } else { Vec::new() };
    Ok(Kept { machine: Machine::here(command), own, peers })
}

/// Writes the payloads that this project makes to files, so that every program takes the same ones.
fn made(bytes: usize) -> Result<PathBuf, String> {
    let folder = root().join("target/bench/corpora");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    for kind in corpora::Kind::ALL {
        let path = folder.join(kind.name());
        fs::write(&path, kind.corpus(bytes).bytes).map_err(|error| failed(&path, &error))?;
    }
    Ok(folder)
}

/// Runs this project's own program.
fn own(folder: &Path, choice: &Choice<'_>) -> Result<Vec<Figure>, String> {
    let mut command = Command::new(cargo());
    command.args(["bench", "--quiet", "--bench", "figures", "--", "--corpora"]).arg(folder);
    command.arg("--bytes").arg(choice.bytes()?.to_string());
    command.arg("--longest").arg(choice.longest()?.to_string());
    let output = command.current_dir(root()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
    match output.status.success() {
        true => figures(&String::from_utf8_lossy(&output.stdout)),
        false => Err(format!("the bench `figures` ends in {}", output.status)),
    }
}

/// Runs the program that measures other engines.
fn peers(folder: &Path, bytes: usize) -> Result<Vec<Figure>, String> {
    let path = root().join("target/bench/peers.jsonl");
    let mut command = Command::new(cargo());
    command.args(["run", "--release", "--quiet", "--package", "peers", "--", "--json"]).arg(&path);
    command.arg("--corpora").arg(folder).arg("--bytes").arg(bytes.to_string());
    let status = command.current_dir(root()).status();
    match status.map_err(|error| format!("cannot run cargo: {error}"))? {
        status if status.success() => {
            let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
            figures(&text)
        }
        status => Err(format!("the program `peers` ends in {status}")),
    }
}

/// Returns the figures in lines of JSON, and passes over what else a program says.
fn figures(text: &str) -> Result<Vec<Figure>, String> {
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let parse = |line: &str| {
        serde_json::from_str(line).map_err(|error| format!("not a figure: {error}: {line}"))
    };
    lines.map(parse).collect()
}

fn read(path: &Path) -> Result<Kept, String> {
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    serde_json::from_str(&text).map_err(|error| failed(path, &error))
}

/// Writes the page and its pictures below a folder.
fn write_page(kept: &Kept, docs: &Path) -> Outcome {
    let instructions = Counts::committed().ok();
    let page = Page::of(&Measured {
        machine: &kept.machine,
        own: Set(&kept.own),
        peers: Set(&kept.peers),
        instructions: instructions.as_ref(),
    });
    for (file, svg) in &page.pictures {
        write(&docs.join("performance").join(file), svg)?;
    }
    let path = docs.join("PERFORMANCE.md");
    write(&path, &page.text())?;
    println!("{} written, with {} pictures", path.display(), page.pictures.len());
    Ok(())
}

/// Writes a file, and the folder that it lies in.
fn write(path: &Path, text: &str) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    fs::write(path, text).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// Where figures are kept, to write the page from again.
const KEPT: &str = "target/bench/figures.json";

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn arguments_are_read() {
        assert_eq!(Choice::parse(&[]), Ok(Choice::default()));
        let choice = Choice::parse(&["--corpora", "a", "--bytes", "12", "--peers"]).unwrap();
        assert_eq!((choice.bytes(), choice.beside_peers), (Ok(12), true));
        assert_eq!(choice.corpora, Some(PathBuf::from("a")));
        assert_eq!(choice.longest(), Ok(LONGEST));
        assert_eq!(Choice::parse(&["--longest", "99"]).unwrap().longest(), Ok(99));
        assert!(Choice::parse(&["--bytes", "many"]).is_err());
        assert!(Choice::parse(&["--corpora"]).is_err());
        assert!(Choice::parse(&["--no-such"]).is_err());
        assert_eq!(
            shown(&["--corpora", "a", "--peers"]),
            format!("{COMMAND} --corpora DIR --peers")
        );
    }

    #[test]
    fn lines_of_other_programs_are_read() {
        let text = "peers 0.1\n{\"engine\":\"hyperscan\",\"version\":\"5.4.0\",\"task\":\"realistic\",\
                    \"mode\":\"block\",\"corpus\":\"english\",\"bytes\":8,\"cpu_s\":0.5,\"wall_s\":0.6,\
                    \"count\":1,\"asked\":\"all\"}\n";
        let figures = figures(text).unwrap();
        assert_eq!((figures.len(), figures[0].engine.as_str()), (1, "hyperscan"));
        assert!(super::figures("{\"engine\":1}").is_err());
    }

    #[test]
    fn a_page_and_its_pictures_are_written() {
        let folder = env::temp_dir().join(format!("xtask-bench-{}", std::process::id()));
        let figure = Figure {
            engine: "portcullis".into(),
            task: "default".into(),
            mode: "slice".into(),
            backend: "avx2".into(),
            corpus: "english".into(),
            bytes: 8,
            cpu_s: 1e-9,
            ..Figure::default()
        };
        let kept = Kept { own: vec![figure], ..Kept::default() };
        assert_eq!(write_page(&kept, &folder), Ok(()));
        let page = fs::read_to_string(folder.join("PERFORMANCE.md")).unwrap();
        assert!(page.contains("| english |"), "{page}");
        assert!(folder.join("performance/contents.svg").exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
