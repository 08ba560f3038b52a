//! From nothing to find to a violation on every line.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora::{self, Corpus};
use portcullis::Backend;

use crate::{TIMED, ways};

/// Returns log lines of which none, one in so many, and every one is a violation.
pub fn corpora(bytes: usize) -> Vec<Corpus> {
    let every = [None, Some(1000), Some(100), Some(10), Some(1)];
    every.iter().map(|every| corpora::with_violations(*every, bytes)).collect()
}

/// Times slices with more and less to find.
pub fn measure(criterion: &mut Criterion) {
    let scanner = ways::scanner(Backend::Auto, |_| ());
    let mut group = criterion.benchmark_group("density");
    for corpus in corpora(TIMED) {
        group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(&corpus.name), |bencher| {
            bencher.iter(|| ways::slice(&scanner, black_box(&corpus.bytes)));
        });
    }
    group.finish();
}
