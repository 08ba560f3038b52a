//! The ways in that are measured, and the scanners.

use portcullis::{Backend, Builder, Category, Report, Scanner};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Bytes of a chunk, from that of an upload handler down to that of a slow line, with what figures call it.
pub const CHUNKS: [(usize, &str); 3] = [(64 << 10, "64k"), (4 << 10, "4k"), (1 << 10, "1k")];
/// Threads that shards are scanned by.
pub const THREADS: [usize; 2] = [1, 2];

/// Returns the scanner of some choices on a backend.
pub fn scanner(backend: Backend, choose: Choose) -> Scanner {
    let mut builder = Scanner::builder();
    choose(builder.backend(backend));
    builder.build().expect("the scanner can be built")
}

/// What a scan is asked, the one beside the other: what each costs shows where the time goes.
pub const STAGES: [(&str, Choose); 8] = [
    ("one-detector", |builder| _ = builder.detectors(["card.pan"])),
    ("30-detectors", |builder| _ = builder.detectors(THIRTY)),
    ("identifiers", |builder| _ = builder.exclude(DICTIONARIES)),
    ("dictionaries", |builder| _ = builder.detectors(DICTIONARIES)),
    ("default", |_| ()),
    ("everything", |builder| _ = builder.categories(Category::ALL.iter().copied())),
    ("positions", |builder| _ = builder.positions(true)),
    ("payload-digest", |builder| _ = builder.payload_digest(true)),
];

/// A choice at the builder.
pub type Choose = fn(&mut Builder);

/// What a payment service in the United States and Britain may ask for: thirty detectors.
const THIRTY: [&str; 5] = ["card.*", "bank.iban", "gov.us.*", "gov.gb.*", "gov.za.*"];
/// Every detector that is a list of terms.
const DICTIONARIES: [&str; 6] = [
    "health.terms.*",
    "ethnic.origin",
    "political.opinion",
    "religion.belief",
    "tradeunion.membership",
    "sexlife.orientation",
];

/// Scans where the payload lies.
pub fn slice(scanner: &Scanner, payload: &[u8]) -> Report {
    scanner.scan(payload).expect("every slice has a report")
}

/// Scans in chunks.
pub fn session(scanner: &Scanner, payload: &[u8], chunk: usize) -> Report {
    let mut session = scanner.session();
    for chunk in payload.chunks(chunk) {
        session.push(chunk).expect("a chunk in memory is taken");
    }
    session.finish().expect("a session that took every chunk has a report")
}

/// Scans in shards, on a pool.
pub fn sharded(scanner: &Scanner, payload: &[u8], pool: &ThreadPool) -> Report {
    pool.install(|| scanner.scan_sharded(payload)).expect("every slice has a report")
}

/// Returns a pool of so many threads.
pub fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
}

/// Returns the number of findings, listed or not.
pub fn findings(report: &Report) -> u64 {
    report.counts().values().sum()
}
