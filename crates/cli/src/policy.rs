//! `portcullis policy`: what ships, and the check of a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use portcullis::report::Printable;
use portcullis::{Backend, Confidence, Limits, Policy, Scanner};

use crate::args::{Format, OwnArgs, PolicyArgs, PolicyCommand, ScanArgs};
use crate::{Failure, Status, scan};

/// Carries out one of the four commands.
pub fn run(args: &PolicyArgs) -> Result<Status, Failure> {
    match &args.command {
        PolicyCommand::List => list(),
        PolicyCommand::Show { id } => show(id),
        PolicyCommand::Check { file } => check(file),
        PolicyCommand::Test { file, payload } => test(file, payload),
    }
}

/// Returns the policy that ships under the name, else the one in the file of that name.
///
/// # Errors
///
/// Returns what stands in the way, with line and column where the file was read.
pub fn load(name: &str) -> Result<Policy, Failure> {
    if ships(name) { Ok(Policy::builtin(name)?) } else { from_file(Path::new(name)) }
}

fn ships(name: &str) -> bool {
    Policy::builtin_ids().any(|id| id == name)
}

fn from_file(file: &Path) -> Result<Policy, Failure> {
    let name = Printable(&file.to_string_lossy()).to_string();
    let text = fs::read_to_string(file).map_err(|error| {
        let ids = Policy::builtin_ids().collect::<Vec<_>>().join(", ");
        Failure::new(format!("{name}: {error}; give a policy file, or one that ships: {ids}"))
    })?;
    Ok(Policy::parse(&text, &name)?)
}

fn list() -> Result<Status, Failure> {
    let width = Policy::builtin_ids().map(str::len).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for id in Policy::builtin_ids() {
        let policy = Policy::builtin(id)?;
        writeln!(out, "{id:<width$}  {}  {}", policy.version(), policy.title().unwrap_or(""))?;
    }
    out.flush()?;
    Ok(Status::Accepted)
}

fn show(id: &str) -> Result<Status, Failure> {
    let policy = load(id)?;
    let mut out = io::stdout().lock();
    out.write_all(policy.source().as_bytes())?;
    out.flush()?;
    Ok(Status::Accepted)
}

/// Building a scanner checks what a policy alone cannot know, such as the ids of detectors.
fn check(file: &Path) -> Result<Status, Failure> {
    let policy = from_file(file)?;
    let mut builder = Scanner::builder();
    builder.policy(policy);
    let scanner = builder.build()?;
    let policy = scanner.policy();
    let mut out = io::stdout().lock();
    let name = file.to_string_lossy();
    write!(out, "{}: ok: policy {}", Printable(&name), policy.id())?;
    write!(out, ", version {}, {} rules", policy.version(), policy.rules().len())?;
    writeln!(out, ", digest {}", policy.digest())?;
    out.flush()?;
    Ok(Status::Accepted)
}

fn test(policy: &str, payload: &Path) -> Result<Status, Failure> {
    scan::run(&ScanArgs {
        paths: vec![payload.to_owned()],
        policy: policy.to_owned(),
        format: Some(Format::Text),
        detector: Vec::new(),
        category: Vec::new(),
        exclude: Vec::new(),
        own: OwnArgs::default(),
        min_confidence: Confidence::Medium,
        threads: None,
        chunk_size: None,
        backend: Backend::Auto,
        stop_early: false,
        no_unpack: false,
        max_unpacked: Limits::default().unpacked_bytes,
        explain: true,
        redact_to: None,
    })
}
