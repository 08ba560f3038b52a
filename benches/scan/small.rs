//! Payloads of the size of a form and of a field.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora;
use portcullis::Backend;

use crate::ways;

/// Times slices, and sessions of one chunk.
pub fn measure(criterion: &mut Criterion) {
    let scanner = ways::scanner(Backend::Auto, |_| ());
    let mut group = criterion.benchmark_group("small");
    for corpus in corpora::small() {
        let payload = &corpus.bytes;
        group.throughput(Throughput::Bytes(payload.len() as u64));
        group.bench_function(BenchmarkId::new(&corpus.name, "slice"), |bencher| {
            bencher.iter(|| ways::slice(&scanner, black_box(payload)));
        });
        group.bench_function(BenchmarkId::new(&corpus.name, "session"), |bencher| {
            bencher.iter(|| ways::session(&scanner, black_box(payload), payload.len()));
        });
    }
    group.finish();
}
