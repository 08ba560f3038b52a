//! The project's chores: `cargo xtask <command>`.
//!
//! Each command lives in its own module and returns what went wrong; this file only dispatches.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod bench;
mod check;
mod eval;
mod formats;
mod generate;
mod oracle;
mod python;

/// What a command returns: nothing, or the reason for people to read.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["bench", arguments @ ..] => bench::run(arguments),
        ["check"] => check::run(),
        ["eval", arguments @ ..] => eval::run(arguments),
        ["formats"] => formats::run(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["oracle", arguments @ ..] => oracle::run(arguments),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the folder of the workspace, two above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(2).take(1).collect()
}

/// Returns the cargo that runs this program, so that one toolchain does everything.
fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

const USAGE: &str = "\
usage: cargo xtask <command>

  check               run everything that has to hold before a change goes in; stops at the
                      first step that fails:
                        formatting      cargo fmt --all --check
                        lints           cargo clippy --workspace --all-targets, no warnings
                        documentation   cargo doc --workspace --no-deps, no warnings
                        tables          cargo xtask generate --check
                        accuracy        cargo xtask eval --check
                        programs        examples and benches build
                        instructions    cargo xtask bench --instructions; left out, and said so,
                                        where Valgrind or gungraun-runner is not installed
                        fuzz targets    formatting, lints, build, and a short run of each
                                        (stable toolchain; needs a C++ compiler)
                        tests           cargo test --workspace: unit, integration and
                                        documentation tests, and the benches' finding counts
  bench               measure speed in a release build, write docs/PERFORMANCE.md and its pictures
                      to docs/performance; takes some minutes
                      --corpora DIR   the files of a folder, in place of what crates/measure makes
                      --bytes N       of each payload [67108864]
                      --peers         other engines too, by the program `peers`
                      --from FILE     measure nothing, take what was kept in target/bench/figures.json
  bench --instructions
                      count the instructions of scans with Valgrind, and name what takes more than
                      benches/instructions.toml says; --write writes that file
  generate            write src/detectors/tables from crates/xtask/data,
                      and docs/DETECTORS.md from the catalogue
  generate --check    name what differs from what would be written, write nothing
  eval                measure precision and recall over generated documents, write
                      docs/ACCURACY.md, and docs/DETECTORS.md with its figures
  eval --check        name what fell below docs/ACCURACY.md, write nothing
  eval --explain ID   print a text for everything that goes wrong with a detector's numbers,
                      with those of all that begin so where ID ends in *
  eval --disguise NAME  print one for everything that goes wrong in a disguise, or in a kind of them
  eval --gold FILE    score a labelled set (JSON Lines of text and spans) and print;
                      --set NAME   its documents of this set only
                      --map ENTITY=DETECTOR   what an entity is; DETECTOR may end in *
                      --show       what was missed, and what is none
  eval --clean DIR    count what is found in the files of a folder where nothing is
                      --min-confidence low|medium|high   for --gold and --clean
  formats             scan the same records in every form that uploads come in, and write
                      docs/FORMATS.md; needs Python 3 and the network
  oracle [ID]...      compare detectors with the modules of python-stdnum, which is installed to
                      a temporary folder; needs Python 3 and the network; --show lists numbers
  help                print this
";
