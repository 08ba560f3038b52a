//! Instructions of a scan, counted by Valgrind through the bench `instructions`, against those that are
//! committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::machine::rustc;
use crate::{Outcome, cargo, root};

/// Counts by backend and payload, and the compiler that made what was counted.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Counts {
    rustc: String,
    #[serde(flatten)]
    backends: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Counts, and compares with what is committed.
///
/// # Errors
///
/// Valgrind or the runner is not there, or a payload takes more instructions than are committed.
pub fn compare() -> Outcome {
    let committed = Counts::committed()?;
    let now = count()?;
    let Difference { worse, notes } = now.against(&committed);
    notes.iter().for_each(|note| eprintln!("{note}"));
    match worse.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "more instructions than in {FILE}; if that is meant, run `{COMMAND} --write`:\n  {}",
            worse.join("\n  ")
        )),
    }
}

/// Counts where that is possible, and says so where it is not.
///
/// # Errors
///
/// Those of [`compare`], but for tools that are missing.
pub fn check() -> Outcome {
    match missing() {
        Some(reason) => {
            eprintln!("instructions are not counted: {reason}");
            Ok(())
        }
        None => compare(),
    }
}

/// Counts, and writes the committed file.
///
/// # Errors
///
/// Those of [`compare`], and a file that cannot be written.
pub fn write() -> Outcome {
    let path = root().join(FILE);
    let text = count()?.text();
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{} written", path.display());
    Ok(())
}

/// What is missing on this machine.
fn missing() -> Option<String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Some("Valgrind does so on x86-64 Linux only".into());
    }
    if !has_avx2() {
        return Some("this CPU has no AVX2".into());
    }
    let install = format!("cargo install gungraun-runner --version ={RUNNER} --locked");
    let tools = [("valgrind", "the package valgrind"), ("gungraun-runner", install.as_str())];
    let runs = |tool: &str| {
        let command = Command::new(tool).arg("--version").stdout(Stdio::null()).status();
        command.is_ok_and(|status| status.success())
    };
    let absent = tools.iter().find(|(tool, _)| !runs(tool));
    absent.map(|(tool, source)| format!("{tool} is missing: {source}"))
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi2")
}

#[cfg(not(target_arch = "x86_64"))]
fn has_avx2() -> bool {
    false
}

fn count() -> Result<Counts, String> {
    if let Some(reason) = missing() {
        return Err(reason);
    }
    let home = root().join("target/bench/gungraun");
    // Summaries of other days stay otherwise.
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    }
    let mut command = Command::new(cargo());
    command.args(["bench", "--quiet", "--bench", "instructions", "--", "--save-summary=json"]);
    command.env("GUNGRAUN_HOME", &home).stdout(Stdio::null()).current_dir(root());
    match command.status() {
        Ok(status) if status.success() => Counts::of_folder(&home),
        Ok(status) => Err(format!("the bench `instructions` ends in {status}")),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// What differs between two counts.
#[derive(Debug, Default, PartialEq)]
struct Difference {
    /// What has to be mended, or meant.
    worse: Vec<String>,
    /// What is good to know.
    notes: Vec<String>,
}

impl Counts {
    /// Returns the committed counts.
    ///
    /// # Errors
    ///
    /// The file cannot be read or understood.
    pub fn committed() -> Result<Counts, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{FILE}: {error}");
        let text = fs::read_to_string(root().join(FILE)).map_err(|error| failed(&error))?;
        Counts::parse(&text).map_err(|error| failed(&error))
    }

    /// Returns the counts of a file's text.
    pub fn parse(text: &str) -> Result<Counts, toml::de::Error> {
        toml::from_str(text)
    }

    /// Returns the backends.
    pub fn backends(&self) -> Vec<&str> {
        self.backends.keys().map(String::as_str).collect()
    }

    /// Returns the payloads.
    pub fn payloads(&self) -> Vec<&str> {
        let payloads = self.backends.values().next().into_iter();
        payloads.flat_map(|counts| counts.keys().map(String::as_str)).collect()
    }

    /// Returns the instructions that a payload takes on a backend.
    pub fn of(&self, backend: &str, payload: &str) -> Option<u64> {
        self.backends.get(backend)?.get(payload).copied()
    }

    fn text(&self) -> String {
        let mut text = format!("{HEAD}rustc = {:?}\n", self.rustc);
        for (backend, counts) in &self.backends {
            let _ = writeln!(text, "\n[{backend}]");
            for (payload, count) in counts {
                let _ = writeln!(text, "{payload} = {count}");
            }
        }
        text
    }

    /// Reads the summaries in a folder and below.
    fn of_folder(folder: &Path) -> Result<Counts, String> {
        let mut counts = Counts { rustc: rustc(), backends: BTreeMap::new() };
        for path in summaries(folder)? {
            let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
            let summary: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
            let (backend, payload, count) =
                counted(&summary).ok_or_else(|| failed(&"not a summary that has instructions"))?;
            counts.backends.entry(backend).or_default().insert(payload, count);
        }
        match counts.backends.is_empty() {
            true => Err(format!("{}: no summaries", folder.display())),
            false => Ok(counts),
        }
    }

    /// Compares with earlier counts. Those of another compiler are told and not judged, since its code is not
    /// this project's.
    fn against(&self, before: &Counts) -> Difference {
        let mut difference = Difference::default();
        let is_judged = self.rustc == before.rustc;
        if !is_judged {
            let (here, there) = (&self.rustc, &before.rustc);
            difference.notes.push(format!("counted with {here}, committed with {there}"));
        }
        let names: BTreeSet<_> = self.names().chain(before.names()).collect();
        for (backend, payload) in names {
            let pair = (before.of(backend, payload), self.of(backend, payload));
            let name = format!("{backend} {payload}");
            match verdict(&name, pair) {
                Some(Err(worse)) if is_judged => difference.worse.push(worse),
                Some(Ok(note) | Err(note)) => difference.notes.push(note),
                None => {}
            }
        }
        difference
    }

    fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let backends = self.backends.iter();
        backends.flat_map(|(backend, counts)| counts.keys().map(|c| (backend.as_str(), c.as_str())))
    }
}

/// Says what became of a count: an error where it grew or is on one side only, else a note or nothing.
fn verdict(name: &str, pair: (Option<u64>, Option<u64>)) -> Option<Result<String, String>> {
    let (before, now) = match pair {
        (Some(before), Some(now)) => (before, now),
        (None, _) => return Some(Err(format!("{name}: not committed"))),
        (_, None) => return Some(Err(format!("{name}: committed, and not counted"))),
    };
    let change = now as f64 / before as f64 - 1.0;
    let line = format!("{name}: {before} before, {now} now, {:+.1} %", 100.0 * change);
    if change > WORSE {
        return Some(Err(line));
    }
    (change < BETTER).then(|| Ok(format!("{line}; `{COMMAND} --write` would hold it there")))
}

/// Returns backend, payload and instructions of a summary.
fn counted(summary: &Value) -> Option<(String, String, u64)> {
    let text = |name: &str| Some(summary.get(name)?.as_str()?.to_owned());
    let values = summary.pointer("/profiles/0/data/total/metrics/Ir/values")?;
    Some((text("function_name")?, text("id")?, values.get("new")?.as_u64()?))
}

/// Returns every `summary.json` in a folder and below.
fn summaries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.extend(summaries(&path)?);
        } else if path.file_name().is_some_and(|name| name == "summary.json") {
            found.push(path);
        }
    }
    Ok(found)
}

/// Where counts are committed.
const FILE: &str = "benches/instructions.toml";
const COMMAND: &str = "cargo xtask bench --instructions";
/// The version of the library that the bench is written with; its runner has to be the same.
const RUNNER: &str = "0.20.0";
/// Share by which a count may grow.
const WORSE: f64 = 0.05;
/// Share from which on a count that fell ought to be committed.
const BETTER: f64 = -0.05;

const HEAD: &str = "\
# Instructions that one scan takes, by backend and payload, and building a scanner. GENERATED by
# `cargo xtask bench --instructions --write`; `cargo xtask check` fails where a count grows by more than 5 %.
# Compared only where the compiler is the same.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rustc: &str, english: u64, form: u64) -> Counts {
        let text = format!("rustc = {rustc:?}\n[avx2]\nenglish = {english}\nform = {form}\n");
        Counts::parse(&text).unwrap()
    }

    #[test]
    fn growth_is_refused_and_shrinking_is_told() {
        let before = counts("1", 1000, 1000);
        assert_eq!(counts("1", 1049, 951).against(&before), Difference::default());
        let difference = counts("1", 1051, 900).against(&before);
        assert_eq!(difference.worse, ["avx2 english: 1000 before, 1051 now, +5.1 %"]);
        assert_eq!(difference.notes.len(), 1, "{difference:?}");
        assert!(difference.notes[0].contains("avx2 form: 1000 before, 900 now, -10.0 %"));
    }

    #[test]
    fn another_compiler_is_told_and_not_judged() {
        let difference = counts("2", 2000, 1000).against(&counts("1", 1000, 1000));
        assert_eq!((difference.worse.len(), difference.notes.len()), (0, 2), "{difference:?}");
    }

    #[test]
    fn what_is_on_one_side_only_is_refused() {
        let mut more = counts("1", 1000, 1000);
        more.backends.entry("scalar".into()).or_default().insert("english".into(), 5);
        let fewer = counts("1", 1000, 1000);
        assert_eq!(more.against(&fewer).worse, ["scalar english: not committed"]);
        assert_eq!(fewer.against(&more).worse, ["scalar english: committed, and not counted"]);
    }

    #[test]
    fn a_written_file_is_read_back() {
        let counts = counts("rustc 1", 12, 34);
        assert_eq!(Counts::parse(&counts.text()).unwrap(), counts);
        assert_eq!((counts.backends(), counts.payloads()), (vec!["avx2"], vec!["english", "form"]));
        assert_eq!(counts.of("avx2", "form"), Some(34));
    }

    #[test]
    fn a_summary_says_backend_payload_and_count() {
        let text = r#"{"function_name": "avx2", "id": "english", "profiles": [{"data": {"total":
            {"metrics": {"Ir": {"values": {"new": 8086075}}}}}}]}"#;
        let summary = serde_json::from_str(text).unwrap();
        assert_eq!(counted(&summary), Some(("avx2".into(), "english".into(), 8_086_075)));
        assert_eq!(counted(&Value::Null), None);
    }

    #[test]
    fn the_committed_file_has_every_payload_on_both_backends() {
        let committed = Counts::committed().unwrap();
        assert_eq!(committed.backends(), ["avx2", "scalar"]);
        for kind in measure::corpora::Kind::ALL {
            for backend in committed.backends() {
                assert!(committed.of(backend, kind.name()) > Some(0), "{backend} {kind:?}");
            }
        }
        assert!(committed.of("avx2", "form") > committed.of("avx2", "field"));
    }

    #[test]
    fn the_runner_is_of_the_librarys_version() {
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("gungraun = \"={RUNNER}\"")));
        let script = fs::read_to_string(root().join(".ci/run")).unwrap();
        assert!(script.contains(&format!("gungraun-runner --version ={RUNNER}")));
    }
}
