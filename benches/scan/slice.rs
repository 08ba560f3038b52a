//! Every content on every backend.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use measure::corpora::Corpus;
use measure::timer;
use portcullis::Backend;

use crate::ways;

/// Times slices.
pub fn measure(criterion: &mut Criterion, corpora: &[Corpus]) {
    let backends = Backend::available();
    let scanners = backends.iter().map(|backend| (backend, ways::scanner(*backend, |_| ())));
    let scanners: Vec<_> = scanners.collect();
    let mut group = criterion.benchmark_group("slice");
    for corpus in corpora {
        group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
        let id = |way: &str| BenchmarkId::new(&corpus.name, way);
        group.bench_function(id("read"), |bencher| bencher.iter(|| timer::read(&corpus.bytes)));
        for (backend, scanner) in &scanners {
            group.bench_function(id(&backend.to_string()), |bencher| {
                bencher.iter(|| ways::slice(scanner, black_box(&corpus.bytes)));
            });
        }
    }
    group.finish();
}
