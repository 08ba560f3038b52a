//! Instructions that a scan takes, and building a scanner, counted by Valgrind: the same on every run, where times are not.
//!
//! ```text
//! cargo xtask bench --instructions            compares with benches/instructions.toml
//! cargo xtask bench --instructions --write    writes that file
//! ```
//!
//! 64 KiB of every content, a form and a field are scanned, once each, on the reference and on AVX2, which is
//! as much as Valgrind knows. A scan before has warmed up whatever is made at the first. Of the default scanner it is
//! counted what building takes.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod counted {
    use std::hint::black_box;

    use gungraun::{Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group};
    use measure::corpora::{self, Corpus, Kind};
    use portcullis::{Backend, Builder, Report, Scanner};

    /// Bytes of a corpus: several cores of the scanner, and little enough for an emulator.
    const BYTES: usize = 64 << 10;

    /// What is counted.
    pub enum Task {
        Scan(Scanner, Vec<u8>),
        Build(Box<Builder>),
    }

    /// What comes of it, and what was made ready: so that its end is not counted.
    pub type Done = (Option<Report>, Task);

    /// Stands for building among the names of payloads.
    const BUILDING: &str = "building";

    fn ready(backend: Backend, name: &str) -> Task {
        let mut builder = Scanner::builder();
        builder.backend(backend);
        if name == BUILDING {
            return Task::Build(builder.into());
        }
        let scanner = build(&builder);
        let payload = payload(name).expect("a payload's name");
        let warm = scanner.scan(&payload.bytes).expect("every slice has a report");
        assert_eq!(warm.counts().values().sum::<u64>(), payload.findings.unwrap_or_default());
        Task::Scan(scanner, payload.bytes)
    }

    fn build(builder: &Builder) -> Scanner {
        builder.build().expect("the scanner can be built")
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

    fn on_avx2(name: &str) -> Task {
        ready(Backend::Avx2, name)
    }

    fn on_scalar(name: &str) -> Task {
        ready(Backend::Scalar, name)
    }

    fn run(task: Task) -> Done {
        match task {
            Task::Scan(scanner, payload) => {
                let report = scanner.scan(black_box(&payload)).expect("every slice has a report");
                (Some(report), Task::Scan(scanner, payload))
            }
            Task::Build(builder) => (None, Task::Scan(build(black_box(&builder)), Vec::new())),
        }
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
    #[bench::building("building")]
    fn avx2(task: Task) -> Done {
        run(task)
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
    #[bench::building("building")]
    fn scalar(task: Task) -> Done {
        run(task)
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
