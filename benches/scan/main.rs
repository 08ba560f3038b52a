//! How fast payloads are scanned: by content, backend, way in, number of findings and size.
//!
//! ```text
//! cargo bench --bench scan                                   everything
//! cargo bench --bench scan -- stream/dense                   what has this in its name
//! PORTCULLIS_CORPORA=DIR cargo bench --bench scan            the files of a folder in place of what is made
//! ```
//!
//! | group | beside each other |
//! | --- | --- |
//! | `slice` | contents, backends, and a pass `read` that only adds the bytes up |
//! | `stages` | what is asked of a scan |
//! | `stream` | contents, sizes of chunks |
//! | `shard` | contents, threads |
//! | `density` | one line in so many a violation |
//! | `small` | a form and a field |
//! | `build` | making the scanner |
//!
//! The ratio of a scan's speed to that of `read` compares machines better than bytes per second do. (The
//! corpora fit in most caches, so it is a cache that is read; `cargo xtask bench` measures larger ones.)
//! Before anything is timed, the findings are counted, and every way in has to give the same report; `cargo
//! test` does that alone.

use std::env;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use measure::corpora::{self, Corpus};

mod build;
mod counts;
mod density;
mod shard;
mod slice;
mod small;
mod stages;
mod stream;
#[path = "../ways.rs"]
mod ways;

/// Bytes of a corpus: several shards.
const TIMED: usize = 4 << 20;

fn main() {
    counts::check();
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    let corpora = corpora();
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    slice::measure(&mut criterion, &corpora);
    stages::measure(&mut criterion, &corpora);
    stream::measure(&mut criterion, &corpora);
    shard::measure(&mut criterion, &corpora);
    density::measure(&mut criterion);
    small::measure(&mut criterion);
    build::measure(&mut criterion);
    criterion.final_summary();
}

/// Returns the files of the folder that the environment names, else what is made.
fn corpora() -> Vec<Corpus> {
    match env::var_os("PORTCULLIS_CORPORA") {
        Some(folder) => {
            corpora::files_of(Path::new(&folder)).expect("PORTCULLIS_CORPORA is readable")
        }
        None => corpora::made(TIMED),
    }
}
