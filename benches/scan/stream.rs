//! Chunks of every size.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora::Corpus;
use portcullis::Backend;

use crate::ways::{self, CHUNKS};

/// Times sessions, and slices beside them.
pub fn measure(criterion: &mut Criterion, corpora: &[Corpus]) {
    let scanner = ways::scanner(Backend::Auto, |_| ());
    let mut group = criterion.benchmark_group("stream");
    for corpus in corpora {
        let payload = &corpus.bytes;
        group.throughput(Throughput::Bytes(payload.len() as u64));
        group.bench_function(BenchmarkId::new(&corpus.name, "slice"), |bencher| {
            bencher.iter(|| ways::slice(&scanner, black_box(payload)));
        });
        for (size, name) in CHUNKS {
            group.bench_function(BenchmarkId::new(&corpus.name, name), |bencher| {
                bencher.iter(|| ways::session(&scanner, black_box(payload), size));
            });
        }
    }
    group.finish();
}
