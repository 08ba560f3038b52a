//! What is asked of a scan, the one beside the other.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora::Corpus;
use portcullis::Backend;

use crate::ways::{self, STAGES};

/// Times slices with more and less to look for.
pub fn measure(criterion: &mut Criterion, corpora: &[Corpus]) {
    let mut group = criterion.benchmark_group("stages");
    for (name, choose) in STAGES {
        let scanner = ways::scanner(Backend::Auto, choose);
        for corpus in corpora {
            group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
            group.bench_function(BenchmarkId::new(&corpus.name, name), |bencher| {
                bencher.iter(|| ways::slice(&scanner, black_box(&corpus.bytes)));
            });
        }
    }
    group.finish();
}
