//! Instructions that a scan takes, counted by Valgrind: the same on every run, where times are not.
//!
//! ```text
//! cargo xtask bench --instructions            compares with benches/instructions.toml
//! cargo xtask bench --instructions --write    writes that file
//! ```
//!
//! 64 KiB of every content, a form and a field are scanned, once each, on the reference and on AVX2, which is
//! as much as Valgrind knows. A scan before has warmed up whatever is made at the first.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod counted {
    use std::hint::black_box;

    use gungraun::{Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group};
    use measure::corpora::{self, Corpus, Kind};
    use portcullis::{Backend, Report, Scanner};

    /// Bytes of a corpus: several cores of the scanner, and little enough for an emulator.
    const BYTES: usize = 64 << 10;

    /// A scanner with its payload.
    type Ready = (Scanner, Vec<u8>);

    fn ready(backend: Backend, name: &str) -> Ready {
        let scanner =
            Scanner::builder().backend(backend).build().expect("the scanner can be built");
        let payload = payload(name).expect("a payload's name");
        let warm = scanner.scan(&payload.bytes).expect("every slice has a report");
        assert_eq!(warm.counts().values().sum::<u64>(), payload.findings.unwrap_or_default());
        (scanner, payload.bytes)
    }

    /// Makes one payload, since an emulator is slow at making them all.
    fn payload(name: &str) -> Option<Corpus> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        let small = || corpora::small().into_iter().find(|corpus| corpus.name == name);
        kind.map(|kind| kind.corpus(BYTES)).or_else(small)
    }

    /// Nothing but instructions: caches are those of a machine that nobody has.
    pub fn config() -> LibraryBenchmarkConfig {
        let mut config = LibraryBenchmarkConfig::default();
        config.tool(Callgrind::with_args(["--cache-sim=no"]));
        config
    }

    fn on_avx2(name: &str) -> Ready {
        ready(Backend::Avx2, name)
    }

    fn on_scalar(name: &str) -> Ready {
        ready(Backend::Scalar, name)
    }

    /// What is made ready goes out again, so that its end is not counted.
    fn scan(ready: Ready) -> (Report, Ready) {
        let report = ready.0.scan(black_box(&ready.1)).expect("every slice has a report");
        (report, ready)
    }

    #[library_benchmark(setup = on_avx2)]
    #[bench::english("english")]
    #[bench::logs("logs")]
    #[bench::records("records")]
    #[bench::api("api")]
    #[bench::source("source")]
    #[bench::random("random")]
    #[bench::dense("dense")]
    #[bench::multilingual("multilingual")]
    #[bench::form("form-1k")]
    #[bench::field("field-64")]
    fn avx2(ready: Ready) -> (Report, Ready) {
        scan(ready)
    }

    #[library_benchmark(setup = on_scalar)]
    #[bench::english("english")]
    #[bench::logs("logs")]
    #[bench::records("records")]
    #[bench::api("api")]
    #[bench::source("source")]
    #[bench::random("random")]
    #[bench::dense("dense")]
    #[bench::multilingual("multilingual")]
    #[bench::form("form-1k")]
    #[bench::field("field-64")]
    fn scalar(ready: Ready) -> (Report, Ready) {
        scan(ready)
    }

    library_benchmark_group!(name = scans, benchmarks = [avx2, scalar]);
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
use counted::{config, scans};

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
gungraun::main!(config = config(); library_benchmark_groups = scans);

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {
    eprintln!("instructions are counted on x86-64 Linux only");
}
