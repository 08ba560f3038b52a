//! The options, as the contract spells them.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use portcullis::{Backend, Category, Confidence, Limits};

use crate::Failure;

/// Finds prohibited sensitive data in an upload before it is persisted.
///
/// Exit status: 0 every payload accepted, 1 some payload not accepted, 2 usage, configuration or
/// I/O error.
#[derive(Debug, Parser)]
#[command(name = "portcullis", version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Scan files, folders, standard input.
    Scan(ScanArgs),
    /// List the catalogue, or show one detector with its sources, samples and pass rate.
    Detectors(DetectorsArgs),
    /// List, show, check and try policies.
    Policy(PolicyArgs),
    /// Make tables of your own values, as digests.
    Exact(ExactArgs),
    /// Run every sample of every detector on every backend of this CPU.
    SelfTest(OwnArgs),
}

/// What a customer brings along.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnArgs {
    /// Detectors, lists, tables and allow-lists of your own, a TOML file; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub custom: Vec<PathBuf>,

    /// The file with the key for the digests of values, 16 bytes or more.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Files, folders (walked whole, hidden files included) or `-` for standard input.
    #[arg(value_name = "PATH|-", required = true)]
    pub paths: Vec<PathBuf>,

    /// A policy that ships (see `portcullis policy list`), or a TOML file.
    #[arg(long, value_name = "ID|FILE", default_value = "default")]
    pub policy: String,

    /// The form of the report [default: text on a terminal, jsonl otherwise].
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Only these detectors; a trailing `*` stands for every continuation (`gov.de.*`).
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub detector: Vec<String>,

    /// Only these categories, and what `--detector` names.
    #[arg(long, value_name = "C,…", value_delimiter = ',')]
    pub category: Vec<Category>,

    /// Not these detectors; a trailing `*` stands for every continuation.
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub exclude: Vec<String>,

    #[command(flatten)]
    pub own: OwnArgs,

    /// The least confidence that is reported: low, medium or high.
    #[arg(long, value_name = "LEVEL", default_value = "medium")]
    pub min_confidence: Confidence,

    /// How many threads scan [default: one for each core].
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Read every payload in pieces of N bytes instead of mapping files.
    #[arg(long, value_name = "N")]
    pub chunk_size: Option<NonZeroUsize>,

    /// End the scan of a payload at what makes its verdict `reject`: the rest is a gap, `decided`.
    #[arg(long)]
    pub stop_early: bool,

    /// Open no archives, compressed streams and documents: each is a gap.
    #[arg(long)]
    pub no_unpack: bool,

    /// Bytes that the members of all containers of a payload may come to; what lies behind is a gap.
    #[arg(long, value_name = "N", default_value_t = Limits::default().unpacked_bytes)]
    pub max_unpacked: u64,

    /// The instructions to scan with: scalar, avx2, avx512, neon or auto.
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub backend: Backend,

    /// Show the evidence for each finding and the rules that decided.
    #[arg(long)]
    pub explain: bool,

    /// Recognised so that it can be refused with a reason.
    #[arg(long, value_name = "FILE", hide = true)]
    pub redact_to: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One document.
    Json,
    /// One object a line.
    Jsonl,
    #[value(hide = true)]
    Sarif,
    #[value(hide = true)]
    Ocsf,
}

impl Format {
    /// Returns the form that was asked for, or the one that fits standard output.
    ///
    /// # Errors
    ///
    /// Refuses the forms that this version does not write.
    pub fn resolve(asked: Option<Format>) -> Result<Format, Failure> {
        match asked {
            Some(Format::Sarif) => {
                Err(Failure::new("--format sarif is not in this version yet; use json"))
            }
            Some(Format::Ocsf) => {
                Err(Failure::new("--format ocsf is not in this version yet; use json"))
            }
            Some(format) => Ok(format),
            None if io::stdout().is_terminal() => Ok(Format::Text),
            None => Ok(Format::Jsonl),
        }
    }
}

#[derive(Debug, Args)]
pub struct DetectorsArgs {
    /// One detector, or several by a trailing `*`.
    #[arg(value_name = "ID")]
    pub id: Option<String>,

    /// The form of the list.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ListFormat,

    #[command(flatten)]
    pub own: OwnArgs,
}

#[derive(Debug, Args)]
pub struct ExactArgs {
    #[command(subcommand)]
    pub command: ExactCommand,
}

#[derive(Debug, Subcommand)]
pub enum ExactCommand {
    /// Write the table of a list of values, one a line, to standard output.
    Build {
        /// A file, or `-` for standard input.
        #[arg(value_name = "VALUES|-", default_value = "-")]
        values: PathBuf,

        /// The file with the key, 16 bytes or more; scans need the same.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,

        /// Marks that count for nothing between two other characters [default: blank - . /].
        #[arg(long, value_name = "MARKS")]
        drop: Option<String>,

        /// Tell `a` from `A`.
        #[arg(long)]
        keep_case: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// One document.
    Json,
}

#[derive(Debug, Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    pub command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// List the policies that ship.
    List,
    /// Print the text of a policy.
    Show {
        /// A policy that ships.
        id: String,
    },
    /// Check a policy file.
    Check {
        /// A TOML file.
        file: PathBuf,
    },
    /// Scan a payload under a policy and explain the decision.
    Test {
        /// A TOML file, or a policy that ships.
        file: String,
        /// A file, a folder or `-`.
        #[arg(value_name = "PAYLOAD")]
        payload: PathBuf,
    },
}

/// Returns the command, or `None` where help or version was asked for and has been printed.
///
/// # Errors
///
/// Returns what is wrong with the arguments, in one line.
pub fn parse() -> Result<Option<Command>, Failure> {
    let error = match Program::try_parse() {
        Ok(program) => return Ok(Some(program.command)),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            error.print()?;
            Ok(None)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::new("no command given; `portcullis --help` lists them"))
        }
        _ => Err(Failure::Said(one_line(&error.render().to_string()))),
    }
}

/// Folds an error of the parser, which has a paragraph for each part, into one line.
fn one_line(rendered: &str) -> String {
    let told = rendered.split("\nUsage:").next().unwrap_or(rendered);
    let told = told.split("\nFor more information").next().unwrap_or(told);
    let told = told.strip_prefix("error: ").unwrap_or(told);
    let words = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let paragraphs: Vec<String> =
        told.split("\n\n").map(words).filter(|paragraph| !paragraph.is_empty()).collect();
    format!("{}; see `portcullis --help`", paragraphs.join("; "))
}
