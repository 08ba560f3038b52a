//! The measurements that `docs/PERFORMANCE.md` is written from, as lines of JSON.
//!
//! ```text
//! cargo bench --bench figures -- [--bytes N] [--corpora DIR]
//! ```
//!
//! Each line is a [`Figure`]: the best of several runs, in the thread's own time and on the wall. The pass
//! `read`, which only adds a payload's bytes up, stands beside every payload, since a ratio to it compares
//! machines.

use std::env;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use measure::corpora::{self, Corpus};
use measure::{Figure, timer};
use portcullis::{Backend, Scanner};

mod ways;

use ways::{CHUNKS, STAGES, THREADS};

fn main() {
    let (bytes, folder) = arguments();
    let payloads = match &folder {
        Some(folder) => corpora::files_of(folder).expect("the folder of corpora is readable"),
        None => corpora::made(bytes),
    };
    let scanner = ways::scanner(Backend::Auto, |_| ());
    for mut payload in payloads {
        payload.bytes.truncate(bytes);
        in_all_ways(&scanner, &payload);
        stages(&payload);
        if SIZED.contains(&payload.name.as_str()) {
            sizes(&scanner, &payload);
        }
    }
    for every in [None, Some(1000), Some(100), Some(10), Some(1)] {
        let payload = corpora::with_violations(every, bytes);
        slice("density", &scanner, &payload);
    }
    small(&scanner);
    build();
}

/// Returns how many bytes of each corpus are measured, and the folder to take them from.
fn arguments() -> (usize, Option<PathBuf>) {
    let (mut bytes, mut folder) = (BYTES, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value =
            || arguments.next().unwrap_or_else(|| panic!("{argument} asks for a value"));
        match argument.as_str() {
            "--bytes" => bytes = value().parse().expect("--bytes asks for a number"),
            "--corpora" => folder = Some(PathBuf::from(value())),
            // Cargo's own.
            "--bench" => {}
            _ => panic!("{argument}: not an option of this bench"),
        }
    }
    (bytes, folder)
}

/// Bytes of a corpus where none are asked for: more than the caches hold.
const BYTES: usize = 64 << 20;
/// How long a measurement goes on at the least.
const BUDGET: Duration = Duration::from_millis(400);
/// The corpora that are measured in every size, from the cheapest to the dearest.
const SIZED: [&str; 4] = ["english", "logs", "records", "dense"];

/// Measures some work on a payload, prints it and returns its count.
fn print(mut figure: Figure, payload: &Corpus, mut work: impl FnMut(&[u8]) -> u64) -> u64 {
    let time = timer::best(BUDGET, || figure.count = work(&payload.bytes));
    (figure.cpu_s, figure.wall_s) = (time.cpu_s, time.wall_s);
    figure.corpus.clone_from(&payload.name);
    figure.bytes = payload.bytes.len() as u64;
    println!("{}", serde_json::to_string(&figure).expect("a figure is JSON"));
    figure.count
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

/// Every backend, size of chunk and number of threads; all have to find as much.
fn in_all_ways(scanner: &Scanner, payload: &Corpus) {
    read("read", payload);
    let backends = Backend::available().iter();
    let slices = backends.map(|b| slice("default", &ways::scanner(*b, |_| ()), payload));
    let mut counts: Vec<u64> = slices.collect();
    for (size, name) in CHUNKS {
        let figure = ours("default", &format!("stream-{name}"), scanner);
        let scan = |bytes: &[u8]| ways::findings(&ways::session(scanner, bytes, size));
        counts.push(print(figure, payload, scan));
    }
    for threads in THREADS {
        let pool = ways::pool(threads);
        let figure = ours("default", &format!("shard-{threads}"), scanner);
        let scan = |bytes: &[u8]| ways::findings(&ways::sharded(scanner, bytes, &pool));
        counts.push(print(figure, payload, scan));
    }
    assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{}: {counts:?}", payload.name);
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
