//! `portcullis detectors`: the catalogue.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use portcullis::report::Printable;
use portcullis::{Category, Scanner, catalogue::Definition};
use serde::Serialize;

use crate::args::{DetectorsArgs, ListFormat};
use crate::{Failure, Status};

/// Writes the catalogue, or the detectors that the argument names.
pub fn run(args: &DetectorsArgs) -> Result<Status, Failure> {
    let mut builder = Scanner::builder();
    // The whole catalogue, with the categories that are off by default.
    builder.categories(Category::ALL.iter().copied());
    args.own.apply(&mut builder)?;
    let scanner = builder.build()?;
    let chosen: Vec<Entry<'_>> = scanner
        .detectors()
        .iter()
        .filter(|detector| args.id.as_deref().is_none_or(|id| fits(id, detector.id())))
        .map(Entry::new)
        .collect();
    if let (Some(id), true) = (&args.id, chosen.is_empty()) {
        return Err(Failure::new(format!(
            "unknown detector {id:?}; `portcullis detectors` lists them all"
        )));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let names_one = args.id.as_ref().is_some_and(|id| !id.ends_with('*'));
    match (args.format, chosen.as_slice()) {
        (ListFormat::Json, _) => json(&mut out, &chosen)?,
        (ListFormat::Text, [entry]) if names_one => one(&mut out, entry)?,
        (ListFormat::Text, _) => table(&mut out, &chosen)?,
    }
    out.flush()?;
    Ok(Status::Accepted)
}

/// Whether an id is the one asked for, or continues what stands before a trailing `*`.
fn fits(asked: &str, id: &str) -> bool {
    match asked.strip_suffix('*') {
        Some(start) => id.starts_with(start),
        None => id == asked,
    }
}

/// A detector as both forms show it, with the fields of the JSON in their order.
#[derive(Serialize)]
struct Entry<'d> {
    id: &'d str,
    name: &'d str,
    category: Category,
    country: Option<&'d str>,
    format: &'d str,
    keywords: Vec<Cow<'d, str>>,
    sources: Vec<&'d str>,
    samples: Vec<&'d str>,
    pass_rate: Option<f64>,
    wrong_digit_rate: Option<f64>,
}

impl<'d> Entry<'d> {
    fn new(detector: &'d Definition) -> Entry<'d> {
        let samples = detector.samples().iter().copied();
        let own = detector.own_samples().iter().map(String::as_str);
        Entry {
            id: detector.id(),
            name: detector.name(),
            category: detector.category(),
            country: detector.country(),
            format: detector.format(),
            keywords: detector.keywords().collect(),
            sources: detector.sources().to_vec(),
            samples: samples.chain(own).collect(),
            pass_rate: detector.pass_rate(),
            wrong_digit_rate: detector.wrong_digit_rate(),
        }
    }
}

fn json(out: &mut impl Write, detectors: &[Entry<'_>]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Catalogue<'d> {
        schema: u32,
        detectors: &'d [Entry<'d>],
    }
    serde_json::to_writer_pretty(&mut *out, &Catalogue { schema: 1, detectors })?;
    out.write_all(b"\n")
}

fn table(out: &mut impl Write, detectors: &[Entry<'_>]) -> io::Result<()> {
    let ids = detectors.iter().map(|one| one.id.len()).max().unwrap_or(0);
    let categories = detectors.iter().map(|one| one.category.as_str().len()).max().unwrap_or(0);
    for Entry { id, category, name, .. } in detectors {
        writeln!(out, "{id:<ids$}  {category:<categories$}  {name}")?;
    }
    Ok(())
}

fn one(out: &mut impl Write, entry: &Entry<'_>) -> io::Result<()> {
    writeln!(out, "{}: {}", entry.id, entry.name)?;
    list(out, "category", &[entry.category.as_str()])?;
    list(out, "country", entry.country.as_slice())?;
    list(out, "format", &[entry.format])?;
    if let Some(rate) = entry.pass_rate {
        list(out, "pass rate", &[&format!("{rate} of random characters of its classes")])?;
    }
    if let Some(rate) = entry.wrong_digit_rate {
        list(out, "one wrong", &[&format!("{rate} of samples with one wrong digit pass")])?;
    }
    list(out, "keywords", &entry.keywords)?;
    list(out, "sources", &entry.sources)?;
    list(out, "samples", &entry.samples)
}

/// Writes one entry a line, a sample that has several lines as one.
fn list(out: &mut impl Write, heading: &str, entries: &[impl AsRef<str>]) -> io::Result<()> {
    let mut heading = heading;
    for entry in entries {
        writeln!(out, "{heading:<9}  {}", Printable(entry.as_ref()))?;
        heading = "";
    }
    Ok(())
}
