//! How fast payloads are scanned, by content and by the way they come in.
//!
//! ```text
//! cargo bench --bench scan                                   every corpus
//! cargo bench --bench scan -- dense                          one of them
//! PORTCULLIS_CORPORA=DIR cargo bench --bench scan            the files of a folder too
//! ```
//!
//! Each group has a pass named `read` that only adds up the bytes: the ratio of its speed to that of
//! a scan compares machines better than bytes per second do. (The corpora fit in most caches, so it
//! is a cache that is read.) Before anything is timed, the findings are counted, and every way in has
//! to give the same report; `cargo test` does that alone.

use std::env;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use portcullis::{Report, Scanner};

mod corpora;

use corpora::Corpus;

/// A way in.
type Scan = fn(&Scanner, &[u8]) -> Report;

/// Bytes of a chunk, as an upload handler may read them.
const CHUNK: usize = 64 * 1024;
/// Bytes of a corpus: several shards.
const TIMED: usize = 4 << 20;
/// Bytes of a corpus whose findings are only counted: a shard and a bit.
const COUNTED: usize = (1 << 20) + (1 << 18);

fn main() {
    let is_timed = env::args().any(|argument| argument == "--bench");
    let mut all = corpora::made(if is_timed { TIMED } else { COUNTED });
    if let Some(folder) = env::var_os("PORTCULLIS_CORPORA") {
        all.extend(corpora::files_of(Path::new(&folder)).expect("PORTCULLIS_CORPORA is readable"));
    }
    let scanner = Scanner::builder().build().expect("the default scanner can be built");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for corpus in &all {
        check(&scanner, corpus);
        let mut group = criterion.benchmark_group(&corpus.name);
        group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
        measure(&mut group, &scanner, &corpus.bytes);
        group.finish();
    }
    criterion.final_summary();
}

/// Counts the findings, and compares the reports of every way in.
fn check(scanner: &Scanner, corpus: &Corpus) {
    let report = slice(scanner, &corpus.bytes);
    let found: u64 = report.counts().values().sum();
    let first: Vec<_> = report.findings().iter().take(3).collect();
    assert_eq!(found, corpus.findings.unwrap_or(found), "{}: {first:?}", corpus.name);
    assert_eq!(session(scanner, &corpus.bytes), report, "{}, in chunks", corpus.name);
    assert_eq!(sharded(scanner, &corpus.bytes), report, "{}, in shards", corpus.name);
}

fn measure(group: &mut BenchmarkGroup<'_, WallTime>, scanner: &Scanner, payload: &[u8]) {
    group.bench_function("read", |bencher| bencher.iter(|| read(black_box(payload))));
    let scans: [(&str, Scan); 3] = [("slice", slice), ("session", session), ("sharded", sharded)];
    for (name, scan) in scans {
        group.bench_function(name, |bencher| bencher.iter(|| scan(scanner, black_box(payload))));
    }
}

/// Adds up the payload's words of eight bytes: what reading it costs at the least.
fn read(payload: &[u8]) -> u64 {
    let (words, rest) = payload.as_chunks::<8>();
    let sum = words.iter().fold(0, |sum: u64, word| sum.wrapping_add(u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| sum.wrapping_add(u64::from(*byte)))
}

fn slice(scanner: &Scanner, payload: &[u8]) -> Report {
    scanner.scan(payload).expect("every slice has a report")
}

fn session(scanner: &Scanner, payload: &[u8]) -> Report {
    let mut session = scanner.session();
    for chunk in payload.chunks(CHUNK) {
        session.push(chunk).expect("a chunk in memory is taken");
    }
    session.finish().expect("a session that took every chunk has a report")
}

fn sharded(scanner: &Scanner, payload: &[u8]) -> Report {
    scanner.scan_sharded(payload).expect("every slice has a report")
}
