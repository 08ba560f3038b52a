//! Shards by one thread and by two.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora::Corpus;
use portcullis::Backend;

use crate::ways::{self, THREADS};

/// Times shards.
pub fn measure(criterion: &mut Criterion, corpora: &[Corpus]) {
    let scanner = ways::scanner(Backend::Auto, |_| ());
    let mut group = criterion.benchmark_group("shard");
    for threads in THREADS {
        let pool = ways::pool(threads);
        for corpus in corpora {
            group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
            group.bench_function(BenchmarkId::new(&corpus.name, threads), |bencher| {
                bencher.iter(|| ways::sharded(&scanner, black_box(&corpus.bytes), &pool));
            });
        }
    }
    group.finish();
}
