//! Making the scanner that others scan with.

use criterion::Criterion;
use portcullis::Backend;

use crate::ways::{self, STAGES};

/// Times builders.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    for (name, choose) in STAGES {
        group.bench_function(name, |bencher| bencher.iter(|| ways::scanner(Backend::Auto, choose)));
    }
    group.finish();
}
