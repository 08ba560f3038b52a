//! `check`: what has to hold before a change goes in, run by developers and by CI alike.
//!
//! The steps go from cheap to dear, and the tests come last so that their summary is what the
//! terminal ends with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use serde::Deserialize;

use crate::bench::instructions;
use crate::{Outcome, cargo, eval, generate, root};

/// Runs every step in order, each announced on one line, and stops at the first that fails.
///
/// # Errors
///
/// Names the step that failed; what is wrong stands in that step's own output.
pub fn run() -> Outcome {
    let steps = steps()?;
    for (index, step) in steps.iter().enumerate() {
        eprintln!("check {}/{}: {}", index + 1, steps.len(), step.title());
        step.run().map_err(|reason| format!("check stopped at `{}`: {reason}", step.title()))?;
    }
    Ok(())
}

/// One thing to check.
enum Step {
    /// A command that has to succeed.
    Cargo(Cargo),
    /// The tables against their data, in this process.
    Generated,
    /// Precision and recall against the committed ones, in this process.
    Accuracy,
    /// Instructions against the committed ones, by other programs.
    Instructions,
}

/// A call of cargo.
struct Cargo {
    folder: PathBuf,
    arguments: Vec<String>,
    environment: Option<(&'static str, &'static str)>,
    folders: Vec<(PathBuf, Folder)>,
}

/// What becomes of a folder that a command expects, before it runs.
enum Folder {
    /// It is made where there is none.
    Kept,
    /// It is emptied too.
    Emptied,
}

impl Step {
    fn title(&self) -> String {
        match self {
            Step::Cargo(cargo) => cargo.title(),
            Step::Generated => "cargo xtask generate --check".to_owned(),
            Step::Accuracy => "cargo xtask eval --check".to_owned(),
            Step::Instructions => "cargo xtask bench --instructions".to_owned(),
        }
    }

    fn run(&self) -> Outcome {
        match self {
            Step::Cargo(cargo) => cargo.run(),
            Step::Generated => generate::check(),
            Step::Accuracy => eval::check(),
            Step::Instructions => instructions::check(),
        }
    }
}

impl Cargo {
    fn new(folder: PathBuf, arguments: &str) -> Cargo {
        let arguments = arguments.split_whitespace().map(str::to_owned).collect();
        Cargo { folder, arguments, environment: None, folders: Vec::new() }
    }

    /// Returns the command as one would type it at the project's root.
    fn title(&self) -> String {
        let variable = self.environment.map(|(name, value)| format!("{name}={value:?} "));
        let folder = self.folder.strip_prefix(root()).ok().filter(|f| *f != Path::new(""));
        let folder = folder.map(|folder| format!("cd {} && ", folder.display()));
        let arguments = self.arguments.join(" ");
        format!("{}{}cargo {arguments}", folder.unwrap_or_default(), variable.unwrap_or_default())
    }

    fn run(&self) -> Outcome {
        for (path, folder) in &self.folders {
            let failed = |error| format!("{}: {error}", path.display());
            if matches!(folder, Folder::Emptied) && path.exists() {
                fs::remove_dir_all(path).map_err(failed)?;
            }
            fs::create_dir_all(path).map_err(failed)?;
        }
        outcome(self.command().status())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(cargo());
        command.args(&self.arguments).envs(self.environment).current_dir(&self.folder);
        command
    }
}

fn outcome(status: io::Result<ExitStatus>) -> Outcome {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

fn steps() -> Result<Vec<Step>, String> {
    let here = |arguments| Step::Cargo(Cargo::new(root(), arguments));
    let mut docs = Cargo::new(root(), "doc --workspace --no-deps");
    docs.environment = Some(("RUSTDOCFLAGS", "-D warnings"));
    let mut steps = vec![
        here("fmt --all --check"),
        here("clippy --workspace --all-targets -- -D warnings"),
        Step::Cargo(docs),
        Step::Generated,
        Step::Accuracy,
        here("build --workspace --examples --benches"),
        Step::Instructions,
    ];
    steps.extend(fuzz_steps()?);
    steps.push(here("test --workspace"));
    Ok(steps)
}

/// Returns the steps of the fuzz targets' own workspace.
fn fuzz_steps() -> Result<Vec<Step>, String> {
    let folder = root().join("fuzz");
    let commands = ["fmt --check", "clippy -- -D warnings", "build --release"];
    let commands = commands.into_iter().map(|arguments| Cargo::new(folder.clone(), arguments));
    let mut steps: Vec<Step> = commands.map(Step::Cargo).collect();
    for target in fuzz_targets(&folder.join("Cargo.toml"))? {
        let mut run = Cargo::new(folder.clone(), &fuzz_run(&target));
        run.folders.push((folder.join("target/check").join(&target), Folder::Emptied));
        run.folders.push((folder.join("artifacts").join(&target), Folder::Kept));
        steps.push(Step::Cargo(run));
    }
    Ok(steps)
}

/// Returns the command for a short run: what libFuzzer comes upon goes to a folder that nobody
/// keeps, since it writes to the first one, and a fixed seed makes runs alike.
fn fuzz_run(target: &str) -> String {
    format!(
        "run --release --quiet --bin {target} -- target/check/{target} seeds/{target} \
         -dict=dictionaries/{target}.dict -artifact_prefix=artifacts/{target}/ \
         -runs={FUZZ_RUNS} -seed=1 -max_len=4096 -timeout={FUZZ_TIMEOUT} \
         -max_total_time={FUZZ_TIME} -verbosity=0"
    )
}

/// Inputs that a short run tries.
const FUZZ_RUNS: u32 = 2000;
/// Seconds after which a short run ends, however far it came.
const FUZZ_TIME: u32 = 40;
/// Seconds that one input may take. A scan is linear, so an input of 4 KiB that takes this long is
/// a finding of its own.
const FUZZ_TIMEOUT: u32 = 10;

#[derive(Deserialize)]
struct Manifest {
    bin: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Returns the names of the fuzz targets, as their manifest lists them.
fn fuzz_targets(manifest: &Path) -> Result<Vec<String>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", manifest.display());
    let text = fs::read_to_string(manifest).map_err(|error| failed(&error))?;
    let manifest: Manifest = toml::from_str(&text).map_err(|error| failed(&error))?;
    Ok(manifest.bin.into_iter().map(|target| target.name).collect())
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn tests_come_last_and_fuzz_targets_are_all_there() {
        let titles: Vec<String> = steps().unwrap().iter().map(Step::title).collect();
        assert_eq!(titles.last().map(String::as_str), Some("cargo test --workspace"));
        for target in ["splits", "policy"] {
            let run = format!("cd fuzz && cargo run --release --quiet --bin {target} ");
            assert!(titles.iter().any(|title| title.starts_with(&run)), "{target}: {titles:?}");
        }
    }

    #[test]
    fn a_title_can_be_typed() {
        let mut docs = Cargo::new(root(), "doc --no-deps");
        docs.environment = Some(("RUSTDOCFLAGS", "-D warnings"));
        assert_eq!(docs.title(), "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps");
        assert_eq!(Cargo::new(root().join("fuzz"), "build").title(), "cd fuzz && cargo build");
    }

    #[test]
    fn a_failing_command_is_an_error() {
        let status = |arguments| {
            let output = Cargo::new(root(), arguments).command().output();
            outcome(output.map(|output| output.status))
        };
        assert_eq!(status("version"), Ok(()));
        assert_eq!(status("no-such-command"), Err("exit status: 101".to_owned()));
    }

    #[test]
    fn a_folder_is_emptied_only_where_asked() {
        let folder = env::temp_dir().join(format!("xtask-check-{}", std::process::id()));
        let (kept, emptied) = (folder.join("kept"), folder.join("emptied"));
        let mut version = Cargo::new(root(), "locate-project --quiet");
        for path in [&kept, &emptied] {
            fs::create_dir_all(path).unwrap();
            fs::write(path.join("input"), "").unwrap();
        }
        version.folders = vec![(kept.clone(), Folder::Kept), (emptied.clone(), Folder::Emptied)];
        assert_eq!(version.run(), Ok(()));
        assert!(kept.join("input").exists());
        assert!(emptied.exists() && !emptied.join("input").exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
