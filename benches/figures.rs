//! The measurements that `docs/PERFORMANCE.md` is written from, as lines of JSON.
//!
//! ```text
//! cargo bench --bench figures -- [--bytes N] [--corpora DIR] [--longest N] [--lengths]
//! ```
//!
//! `--longest` says how long the longest payload is that a session is handed; `--lengths` measures that alone.
//!
//! Each line is a [`Figure`]: the best of several runs, in the thread's own time and on the wall. The pass
//! `read`, which only adds a payload's bytes up, stands beside every payload, since a ratio to it compares
//! machines.

use std::env;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use measure::Figure;
use measure::corpora::{self, Corpus};
use measure::timer::{self, Time};
use portcullis::{Backend, Report, Scanner};

mod ways;

use ways::{CHUNKS, STAGES, THREADS};

fn main() {
    let asked = Asked::parse();
    let scanner = ways::scanner(Backend::Auto, |_| ());
    for payload in asked.payloads() {
        let is_sized = SIZED.contains(&payload.name.as_str());
        if !asked.only_lengths {
            in_all_ways(&scanner, &payload);
            stages(&payload);
        }
        if !asked.only_lengths && is_sized {
            sizes(&scanner, &payload);
        }
        if is_sized {
            lengths(&scanner, &payload, asked.longest);
        }
    }
    if !asked.only_lengths {
        densities(&scanner, asked.bytes);
        small(&scanner);
        build();
    }
}

/// What the arguments ask for.
struct Asked {
    /// Bytes of each corpus.
    bytes: usize,
    /// Where they lie, if they are not made.
    folder: Option<PathBuf>,
    /// Bytes of the longest payload of a session.
    longest: usize,
    only_lengths: bool,
}

impl Asked {
    fn parse() -> Asked {
        let mut asked = Asked { bytes: BYTES, folder: None, longest: LONGEST, only_lengths: false };
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().unwrap_or_else(|| panic!("{argument} asks for a value"));
            match argument.as_str() {
                "--bytes" => asked.bytes = value().parse().expect("--bytes asks for a number"),
                "--corpora" => asked.folder = Some(PathBuf::from(value())),
                "--longest" => {
                    asked.longest = value().parse().expect("--longest asks for a number");
                }
                "--lengths" => asked.only_lengths = true,
                // Cargo's own.
                "--bench" => {}
                _ => panic!("{argument}: not an option of this bench"),
            }
        }
        asked
    }

    /// Returns the payloads to measure with, one after the other.
    fn payloads(&self) -> impl Iterator<Item = Corpus> + use<> {
        let payloads = match &self.folder {
            Some(folder) => corpora::files_of(folder).expect("the folder of corpora is readable"),
            None => corpora::made(self.bytes),
        };
        let bytes = self.bytes;
        payloads.into_iter().map(move |mut payload| {
            payload.bytes.truncate(bytes);
            payload
        })
    }
}

/// Bytes of a corpus where none are asked for: more than the caches hold.
const BYTES: usize = 64 << 20;
/// Bytes of the longest payload that a session is handed where nothing else is asked for.
const LONGEST: usize = 256 << 20;
/// Bytes that such a payload repeats.
const BLOCK: usize = 1 << 20;
/// Times that every length is measured.
const ROUNDS: usize = 2;
/// Bytes of all sessions together for each length at the least.
const LEAST: usize = 64 << 20;
/// How long a measurement goes on at the least.
const BUDGET: Duration = Duration::from_millis(400);
/// The corpora that are measured in every size, from the cheapest to the dearest.
const SIZED: [&str; 4] = ["english", "logs", "records", "dense"];

/// Measures some work on a payload, prints it and returns its count.
fn print(mut figure: Figure, payload: &Corpus, mut work: impl FnMut(&[u8]) -> u64) -> u64 {
    let time = timer::best(BUDGET, || figure.count = work(&payload.bytes));
    let count = figure.count;
    say(Figure { bytes: payload.bytes.len() as u64, ..figure }, &payload.name, time);
    count
}

/// Prints what a payload of this name took.
fn say(figure: Figure, corpus: &str, Time { cpu_s, wall_s }: Time) {
    let figure = Figure { corpus: corpus.into(), cpu_s, wall_s, ..figure };
    println!("{}", serde_json::to_string(&figure).expect("a figure is JSON"));
}

/// Returns what a figure of this library begins with.
fn ours(task: &str, mode: &str, scanner: &Scanner) -> Figure {
    Figure {
        engine: "portcullis".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        task: task.into(),
        mode: mode.into(),
        backend: scanner.backend().to_string(),
        asked: format!("{} detectors", scanner.detectors().len()),
        ..Figure::default()
    }
}

fn read(task: &str, payload: &Corpus) {
    let figure = Figure {
        engine: "read".into(),
        task: task.into(),
        mode: "slice".into(),
        ..Figure::default()
    };
    print(figure, payload, |bytes| {
        black_box(timer::read(bytes));
        0
    });
}

fn slice(task: &str, scanner: &Scanner, payload: &Corpus) -> u64 {
    let scan = |bytes: &[u8]| ways::findings(&ways::slice(scanner, bytes));
    print(ours(task, "slice", scanner), payload, scan)
}

/// Measures scans as [`print`] does, and returns what they report.
fn reported(figure: Figure, payload: &Corpus, scan: impl Fn(&[u8]) -> Report) -> Report {
    let mut last = None;
    print(figure, payload, |bytes| ways::findings(last.insert(scan(bytes))));
    last.expect("what is measured is done at least once")
}

/// Every backend, size of chunk and number of threads; all have to give the same report.
fn in_all_ways(scanner: &Scanner, payload: &Corpus) {
    read("read", payload);
    let mut reports = Vec::new();
    for backend in Backend::available() {
        let on = ways::scanner(*backend, |_| ());
        let figure = ours("default", "slice", &on);
        reports.push(reported(figure, payload, |bytes| ways::slice(&on, bytes)));
    }
    for (size, name) in CHUNKS {
        let figure = ours("default", &format!("stream-{name}"), scanner);
        reports.push(reported(figure, payload, |bytes| ways::session(scanner, bytes, size)));
    }
    for threads in THREADS {
        let pool = ways::pool(threads);
        let figure = ours("default", &format!("shard-{threads}"), scanner);
        reports.push(reported(figure, payload, |bytes| ways::sharded(scanner, bytes, &pool)));
    }
    let differing = reports.windows(2).position(|pair| pair[0] != pair[1]);
    assert_eq!(differing, None, "{}: another report", payload.name);
}

/// From 1 MiB on, each sixteen times as long as the one before, and the longest: the same MiB over and over, so
/// that nothing but the length differs, and no more of it is in memory than that.
///
/// Short payloads are scanned until as much has been read as of long ones, and all lengths in turn, so that none
/// has the better of what else the machine does.
fn lengths(scanner: &Scanner, payload: &Corpus, longest: usize) {
    let Some(block) = payload.bytes.get(..BLOCK) else { return };
    let steps = (0..).map(|step| BLOCK << (4 * step)).take_while(|length| *length < longest);
    let lengths: Vec<usize> = steps.chain([longest]).collect();
    let mut best: Vec<Option<(Time, u64)>> = vec![None; lengths.len()];
    for _ in 0..ROUNDS {
        for (length, best) in lengths.iter().zip(&mut best) {
            let (time, count) = mean(scanner, block, *length);
            *best = Some((best.map_or(time, |(other, _)| time.least(other)), count));
        }
    }
    for (length, (time, count)) in lengths.into_iter().zip(best.into_iter().flatten()) {
        let figure = ours("length", "stream-64k", scanner);
        say(Figure { bytes: length as u64, count, ..figure }, &payload.name, time);
    }
}

/// Returns what one of many sessions takes that scan so many bytes each, and what it finds.
fn mean(scanner: &Scanner, block: &[u8], length: usize) -> (Time, u64) {
    let times = (LEAST / length.max(1)).max(1);
    let mut count = 0;
    let mut scan = || count = ways::findings(&repeated(scanner, block, length));
    let (all, ()) = timer::once(|| (0..times).for_each(|_| scan()));
    (Time { cpu_s: all.cpu_s / times as f64, wall_s: all.wall_s / times as f64 }, count)
}

/// Scans so many bytes of a block that repeats, in chunks of 64 KiB of which none is copied.
fn repeated(scanner: &Scanner, block: &[u8], length: usize) -> Report {
    let mut session = scanner.session();
    let mut left = length;
    for chunk in block.chunks(CHUNKS[0].0).cycle() {
        let chunk = &chunk[..chunk.len().min(left)];
        session.push(chunk).expect("a chunk in memory is taken");
        left -= chunk.len();
        if left == 0 {
            break;
        }
    }
    session.finish().expect("a session that took every chunk has a report")
}

/// Whatever else a scan may be asked.
fn stages(payload: &Corpus) {
    for (name, choose) in STAGES.iter().filter(|(name, _)| *name != "default") {
        slice(name, &ways::scanner(Backend::Auto, *choose), payload);
    }
}

/// From 1 KiB on, each four times as long as the one before.
fn sizes(scanner: &Scanner, payload: &Corpus) {
    let lengths = (0..).map(|step| 1024usize << (2 * step));
    for length in lengths.take_while(|length| *length <= payload.bytes.len()) {
        let bytes = payload.bytes.iter().take(length).copied().collect();
        let part = Corpus { name: payload.name.clone(), bytes, findings: None };
        read("size", &part);
        slice("size", scanner, &part);
    }
}

/// Log lines of which every so many is a violation.
fn densities(scanner: &Scanner, bytes: usize) {
    for every in [None, Some(1000), Some(100), Some(10), Some(1)] {
        slice("density", scanner, &corpora::with_violations(every, bytes));
    }
}

/// Forms and fields.
fn small(scanner: &Scanner) {
    for payload in corpora::small() {
        slice("small", scanner, &payload);
        let session = |bytes: &[u8]| ways::findings(&ways::session(scanner, bytes, bytes.len()));
        print(ours("small", "session", scanner), &payload, session);
    }
}

/// Scanners.
fn build() {
    let nothing = Corpus { name: String::new(), bytes: Vec::new(), findings: None };
    for (name, choose) in STAGES {
        let scanner = ways::scanner(Backend::Auto, choose);
        let build = |_: &[u8]| ways::scanner(Backend::Auto, choose).detectors().len() as u64;
        print(ours("build", name, &scanner), &nothing, build);
    }
}
