//! `portcullis detectors`: the catalogue.

use std::io::{self, BufWriter, Write};

use portcullis::{Category, Detector, Scanner};
use serde::Serialize;

use crate::args::{DetectorsArgs, ListFormat};
use crate::{Failure, Status};

/// Writes the catalogue, or the detectors that the argument names.
pub fn run(args: &DetectorsArgs) -> Result<Status, Failure> {
    let mut builder = Scanner::builder();
    // The whole catalogue, with the categories that are off by default.
    builder.categories(Category::ALL);
    let scanner = builder.build()?;
    let chosen: Vec<&Detector> = scanner
        .detectors()
        .filter(|detector| args.id.as_deref().is_none_or(|id| fits(id, detector.id())))
        .collect();
    if let (Some(id), true) = (&args.id, chosen.is_empty()) {
        return Err(Failure::new(format!(
            "unknown detector {id:?}; `portcullis detectors` lists them all"
        )));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match (args.format, chosen.as_slice()) {
        (ListFormat::Json, _) => json(&mut out, &chosen)?,
        (ListFormat::Text, [detector]) if args.id.is_some() => one(&mut out, detector)?,
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

fn table(out: &mut impl Write, detectors: &[&Detector]) -> io::Result<()> {
    let width = |text: fn(&Detector) -> &str| {
        detectors.iter().map(|detector| text(detector).len()).max().unwrap_or(0)
    };
    let (id, category) = (width(|one| one.id()), width(|one| one.category().as_str()));
    for one in detectors {
        writeln!(out, "{:<id$}  {:<category$}  {}", one.id(), one.category(), one.name())?;
    }
    Ok(())
}

fn one(out: &mut impl Write, detector: &Detector) -> io::Result<()> {
    writeln!(out, "{}: {}", detector.id(), detector.name())?;
    writeln!(out, "category   {}", detector.category())?;
    if let Some(country) = detector.country() {
        writeln!(out, "country    {country}")?;
    }
    writeln!(out, "format     {}", detector.format())?;
    writeln!(out, "pass rate  {}", detector.pass_rate())?;
    list(out, "keywords", detector.keywords())?;
    list(out, "sources", detector.sources())?;
    list(out, "samples", detector.samples())
}

fn list(out: &mut impl Write, heading: &str, entries: &[&str]) -> io::Result<()> {
    let mut heading = heading;
    for entry in entries {
        writeln!(out, "{heading:<9}  {entry}")?;
        heading = "";
    }
    Ok(())
}

fn json(out: &mut impl Write, detectors: &[&Detector]) -> io::Result<()> {
    let detectors = detectors.iter().map(|detector| DetectorObject::new(detector)).collect();
    serde_json::to_writer_pretty(&mut *out, &Catalogue { schema: 1, detectors })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Catalogue<'d> {
    schema: u32,
    detectors: Vec<DetectorObject<'d>>,
}

#[derive(Serialize)]
struct DetectorObject<'d> {
    id: &'d str,
    name: &'d str,
    category: Category,
    country: Option<&'d str>,
    format: &'d str,
    keywords: &'d [&'d str],
    sources: &'d [&'d str],
    samples: &'d [&'d str],
    pass_rate: f64,
}

impl<'d> DetectorObject<'d> {
    fn new(detector: &'d Detector) -> DetectorObject<'d> {
        DetectorObject {
            id: detector.id(),
            name: detector.name(),
            category: detector.category(),
            country: detector.country(),
            format: detector.format(),
            keywords: detector.keywords(),
            sources: detector.sources(),
            samples: detector.samples(),
            pass_rate: detector.pass_rate(),
        }
    }
}
