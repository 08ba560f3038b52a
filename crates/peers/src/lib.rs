//! Measures Portcullis beside other engines: in one run, over the same bytes, on one thread.
//!
//! An engine with a task is a [`Peer`]. [`run`] builds those that the options ask for, runs
//! them in turn over each corpus, keeps the best of each, and compares the counts that have to agree.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::rc::Rc;

use measure::Figure;
use measure::corpora::{self, Corpus};
use portcullis::Backend;

pub mod agree;
pub mod checks;
mod hyperscan;
pub mod ids;
pub mod options;
mod own;
pub mod peer;
mod presidio;
mod reading;
pub mod record;
pub mod rounds;
mod rust_crates;
mod structured;

use ids::Id;
use options::Options;
use peer::{Peer, Row};

/// The identifiers.
pub const IDS: &str = include_str!("../data/ids.txt");
/// The terms.
pub const TERMS: &str = include_str!("../data/terms.txt");

/// Returns engines that another package adds, for the identifiers.
pub type More = fn(&Rc<[Id]>) -> Result<Vec<Box<dyn Peer>>, String>;

/// Measures what the options ask for, prints tables and writes figures. `lock` is the lock file that the
/// program was built with, which has the versions; `more` adds engines.
///
/// # Errors
///
/// A file cannot be read or written, an engine fails, or counts differ that have to agree; by then
/// everything has been measured and written.
pub fn run(options: &Options, lock: &str, more: More) -> Result<(), String> {
    let ids: Rc<[Id]> = list(options.ids.as_deref(), IDS, ids::parse_ids)?.into();
    let terms = list(options.terms.as_deref(), TERMS, ids::parse_terms)?;
    let mut peers = engines(options, lock, &ids, &terms)?;
    peers.extend(more(&ids)?);
    peers.retain(|peer| is_chosen(&options.only, &peer.row().name()));
    print!("{}", record::legend(&rows(&peers)));
    let (mut figures, mut differences) = (Vec::new(), Vec::new());
    for corpus in corpora(options)? {
        differences.extend(rounds::prefix(&mut peers, &corpus, &terms)?);
        let measured = rounds::measure(&mut peers, &corpus.bytes, options)?;
        differences.extend(rounds::compare(&peers, &corpus, &measured, &ids));
        let mut lines = rounds::figures(&peers, &corpus.name, &measured);
        lines.extend(presidio_figure(options, &corpus)?);
        print!("{}", record::table(&corpus.name, &lines));
        figures.extend(lines);
    }
    write(options, &figures)?;
    match differences.as_slice() {
        [] => Ok(()),
        some => Err(format!("counts differ\n{}", some.join("\n"))),
    }
}

/// Returns no more engines.
///
/// # Errors
///
/// None.
pub fn no_more(_ids: &Rc<[Id]>) -> Result<Vec<Box<dyn Peer>>, String> {
    Ok(Vec::new())
}

/// Returns the version of a package in a lock file, `?` where it has none.
pub fn locked_version(lock: &str, package: &str) -> String {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \""));
    version.map_or("?", |version| version.trim_end_matches('"')).to_owned()
}

/// Reads a list: that of the file, or the one that the project ships.
fn list<T>(
    file: Option<&Path>,
    shipped: &str,
    parse: fn(&str) -> Result<Vec<T>, String>,
) -> Result<Vec<T>, String> {
    let Some(path) = file else { return parse(shipped) };
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    parse(&text).map_err(|error| failed(path, &error))
}

/// Builds the engines of this package.
fn engines(
    options: &Options,
    lock: &str,
    ids: &Rc<[Id]>,
    terms: &[String],
) -> Result<Vec<Box<dyn Peer>>, String> {
    let mut peers: Vec<Box<dyn Peer>> =
        vec![Box::new(reading::Reading::of_memory(options.read_bytes)?)];
    for backend in backends(options) {
        let rows = own::portcullis(backend, &locked_version(lock, "portcullis"))?;
        peers.extend(rows.into_iter().map(|row| Box::new(row) as Box<dyn Peer>));
    }
    peers.push(Box::new(reading::Reading::in_place()));
    for (engine, path) in [("hyperscan", &options.hyperscan), ("vectorscan", &options.vectorscan)] {
        if let Some(path) = path {
            peers.extend(hyperscan::hyperscan(engine, path, ids, terms)?);
        }
    }
    peers.extend(rust_crates::rust_crates(ids, terms, &|package| locked_version(lock, package))?);
    peers.push(Box::new(structured::Structured::new()?));
    Ok(peers)
}

/// Returns the backends that were asked for, else all that run here.
fn backends(options: &Options) -> Vec<Backend> {
    match options.backend.as_slice() {
        [] => Backend::available().to_vec(),
        chosen => chosen.to_vec(),
    }
}

fn corpora(options: &Options) -> Result<Vec<Corpus>, String> {
    let mut all = match &options.corpora {
        None => corpora::made(options.bytes),
        Some(folder) => corpora::files_of(folder).map_err(|error| failed(folder, &error))?,
    };
    all.iter_mut().for_each(|corpus| corpus.bytes.truncate(options.bytes));
    all.retain(|corpus| is_chosen(&options.corpus, &corpus.name) && !corpus.bytes.is_empty());
    if all.is_empty() { Err("there is no such corpus".to_owned()) } else { Ok(all) }
}

fn presidio_figure(options: &Options, corpus: &Corpus) -> Result<Option<Figure>, String> {
    let python = options.presidio.as_ref().filter(|_| is_chosen(&options.only, "presidio"));
    let length = corpus.bytes.len().min(options.presidio_bytes);
    let prefix = corpus.bytes.get(..length).unwrap_or_default();
    let measured = python.map(|python| {
        presidio::presidio(python, &corpus.name, prefix, options.runs.min(PRESIDIO_RUNS))
    });
    measured.transpose()
}

/// Runs of Presidio at most: it takes seconds for each.
const PRESIDIO_RUNS: u32 = 3;

fn write(options: &Options, figures: &[Figure]) -> Result<(), String> {
    let Some(path) = &options.json else { return Ok(()) };
    let written =
        File::create(path).and_then(|file| record::write_lines(figures, BufWriter::new(file)));
    written.map_err(|error| failed(path, &error))
}

/// Whether a name contains one of some texts, or there are none.
fn is_chosen(texts: &[String], name: &str) -> bool {
    texts.is_empty() || texts.iter().any(|text| name.contains(text.as_str()))
}

fn rows(peers: &[Box<dyn Peer>]) -> Vec<&Row> {
    peers.iter().map(|peer| peer.row()).collect()
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    const LOCK: &str = include_str!("../../../Cargo.lock");

    #[test]
    fn versions_are_those_of_the_lock_file() {
        assert_eq!(locked_version("name = \"a\"\nversion = \"1.2\"\n", "a"), "1.2");
        assert_eq!(locked_version("name = \"ab\"\nversion = \"1.2\"\n", "a"), "?");
        assert!(locked_version(LOCK, "regex-automata").starts_with("0.4."));
    }

    #[test]
    fn every_engine_runs_over_every_corpus_and_the_counts_agree() {
        let arguments = ["peers", "--bytes", "20000", "--runs", "1", "--read-bytes", "65536"];
        let mut options = Options::try_parse_from(arguments).unwrap();
        let path = std::env::temp_dir().join(format!("peers-{}.jsonl", std::process::id()));
        options.json = Some(path.clone());
        run(&options, LOCK, no_more).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let figures: Vec<Figure> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let made = corpora::made(1000).len();
        let rows = 3 * Backend::available().len() + 8;
        assert_eq!(figures.len(), made * rows);
        let dense = |engine: &str, task: &str| {
            let is_it = |r: &&Figure| r.corpus == "dense" && r.engine == engine && r.task == task;
            figures.iter().find(is_it).unwrap().count
        };
        assert!(dense("portcullis", "default") > 500);
        assert!(dense("regex-automata", "ids") >= dense("digit-loop", "cards+ssn"));
        assert!(dense("digit-loop", "cards+ssn") > 250);
        assert!(figures.iter().all(|figure| figure.bytes >= 19_000 && figure.cpu_s > 0.0));
    }

    #[test]
    fn what_is_missing_is_named() {
        let options = |option, value| Options::try_parse_from(["peers", option, value]).unwrap();
        let missing = run(&options("--corpora", "no/such"), LOCK, no_more).unwrap_err();
        assert!(missing.starts_with("no/such: "), "{missing}");
        let missing = run(&options("--terms", "no/such"), LOCK, no_more).unwrap_err();
        assert!(missing.starts_with("no/such: "), "{missing}");
        assert!(run(&options("--corpus", "no such"), LOCK, no_more).is_err());
    }
}
