//! `portcullis scan`: one report for each payload, in the order of the paths.

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

use portcullis::report::{Detail, Printable, Verdict};
use portcullis::{Limits, Report, Scanner};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::args::{Format, ScanArgs};
use crate::inputs::{self, Found, Input, Source};
use crate::progress::Progress;
use crate::render::Renderer;
use crate::{Failure, Status, complain, policy};

/// Scans what the arguments name.
///
/// # Errors
///
/// Returns a configuration that cannot be used and a standard output that cannot be written. A
/// payload that cannot be read is told on standard error and ends in [`Status::Failed`].
pub fn run(args: &ScanArgs) -> Result<Status, Failure> {
    refuse_what_is_missing(args)?;
    let format = Format::resolve(args.format)?;
    let scanner = scanner(args, format)?;
    let detail = if args.explain { Detail::Explained } else { Detail::Brief };
    let work = || {
        let job = Job { scanner: &scanner, chunk_size: args.chunk_size };
        job.run(args, Renderer::new(BufWriter::new(io::stdout().lock()), format, detail))
    };
    let Some(threads) = args.threads else { return work() };
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()
        .map_err(|error| Failure::new(format!("--threads {threads}: {error}; use fewer")))?;
    pool.install(work)
}

/// What a run did, and its summary as `Display`.
#[derive(Debug)]
pub struct Tally {
    started: Instant,
    bytes: u64,
    accepted: u64,
    refused: u64,
    unread: u64,
}

impl Tally {
    fn new() -> Tally {
        Tally { started: Instant::now(), bytes: 0, accepted: 0, refused: 0, unread: 0 }
    }

    fn count(&mut self, report: &Report) {
        self.bytes += report.bytes();
        match report.verdict() {
            Verdict::Accept(_) => self.accepted += 1,
            _ => self.refused += 1,
        }
    }

    fn status(&self) -> Status {
        match (self.unread, self.refused) {
            (0, 0) => Status::Accepted,
            (0, _) => Status::Refused,
            _ => Status::Failed,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { started, bytes, accepted, refused, unread } = self;
        let files = accepted + refused + unread;
        let plural = if files == 1 { "" } else { "s" };
        let seconds = started.elapsed().as_secs_f64();
        write!(f, "{files} file{plural}, {bytes} bytes, {seconds:.3} s: ")?;
        write!(f, "{accepted} accepted, {refused} refused")?;
        match unread {
            0 => Ok(()),
            _ => write!(f, ", {unread} not scanned"),
        }
    }
}

struct Job<'s> {
    scanner: &'s Scanner,
    chunk_size: Option<NonZeroUsize>,
}

/// What became of one path.
enum Outcome {
    Scanned { name: String, report: Box<Report>, seconds: f64 },
    Skipped(String),
    Unread(String),
}

impl Job<'_> {
    fn run<W: Write>(&self, args: &ScanArgs, mut out: Renderer<W>) -> Result<Status, Failure> {
        let progress = Progress::new(inputs::known_bytes(&args.paths));
        let mut tally = Tally::new();
        let mut inputs = inputs::found(&args.paths);
        loop {
            let batch = batch(&mut inputs);
            if batch.is_empty() {
                break;
            }
            let outcomes: Vec<Outcome> =
                batch.into_par_iter().map(|found| self.outcome(found, &progress)).collect();
            progress.aside(|| {
                outcomes.into_iter().try_for_each(|outcome| deliver(outcome, &mut out, &mut tally))
            })?;
        }
        drop(progress);
        out.finish(&tally)?;
        Ok(tally.status())
    }

    fn outcome(&self, found: Found, progress: &Progress) -> Outcome {
        let input = match found {
            Found::Payload(input) => input,
            Found::Skipped(note) => return Outcome::Skipped(note),
            Found::Unreadable(message) => return Outcome::Unread(message),
        };
        let started = Instant::now();
        match self.scan(&input, progress) {
            Ok(report) => {
                let seconds = round_to_micros(started.elapsed().as_secs_f64());
                Outcome::Scanned { name: input.name, report: Box::new(report), seconds }
            }
            Err(error) => Outcome::Unread(inputs::unreadable(Path::new(&input.name), &*error)),
        }
    }

    fn scan(&self, input: &Input, progress: &Progress) -> Result<Report, Error> {
        let scanner = self.scanner.for_path(&input.name);
        match (&input.source, self.chunk_size) {
            (Source::File(path), None) => {
                let report = scanner.scan_file(path)?;
                progress.advance(report.bytes());
                Ok(report)
            }
            (Source::File(path) | Source::Unsized(path), _) => {
                self.stream(&scanner, File::open(path)?, progress)
            }
            (Source::Stdin, _) => self.stream(&scanner, io::stdin().lock(), progress),
        }
    }

    /// Scans in pieces; memory is that of one piece and of the session.
    fn stream(
        &self,
        scanner: &Scanner,
        mut source: impl Read,
        progress: &Progress,
    ) -> Result<Report, Error> {
        let size = self.chunk_size.map_or(CHUNK, NonZeroUsize::get) as u64;
        let mut session = scanner.session();
        let mut chunk = Vec::new();
        while source.by_ref().take(size).read_to_end(&mut chunk)? > 0 {
            session.push(&chunk)?;
            progress.advance(chunk.len() as u64);
            chunk.clear();
        }
        Ok(session.finish()?)
    }
}

/// A payload that could not be read, for one line of standard error.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// Bytes read at a time where `--chunk-size` does not say.
const CHUNK: usize = 64 << 10;

/// A batch is scanned in parallel and written in order. It ends at either bound, so that small
/// files keep every core busy while large ones, which are sharded by themselves, come one by one
/// and their reports are written soon.
const BATCH_PAYLOADS: usize = 64;
const BATCH_BYTES: u64 = 64 << 20;

fn batch(inputs: &mut impl Iterator<Item = Found>) -> Vec<Found> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_PAYLOADS && bytes < BATCH_BYTES {
        let Some(found) = inputs.next() else { break };
        if let Found::Payload(Input { bytes: length, .. }) = &found {
            bytes = length.saturating_add(bytes);
        }
        batch.push(found);
    }
    batch
}

fn deliver<W: Write>(
    outcome: Outcome,
    out: &mut Renderer<W>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    match outcome {
        Outcome::Scanned { name, report, seconds } => {
            tally.count(&report);
            out.report(&name, &report, seconds)?;
        }
        Outcome::Skipped(note) => complain(&note),
        Outcome::Unread(message) => {
            tally.unread += 1;
            complain(&message);
        }
    }
    Ok(())
}

fn refuse_what_is_missing(args: &ScanArgs) -> Result<(), Failure> {
    if let Some(target) = &args.redact_to {
        let target = target.to_string_lossy();
        return Err(Failure::new(format!(
            "--redact-to {}: writing redacted copies is not available yet; scan without it",
            Printable(&target)
        )));
    }
    if args.paths.iter().filter(|path| inputs::is_stdin(path)).count() > 1 {
        return Err(Failure::new("standard input can be read once; give `-` once"));
    }
    Ok(())
}

/// Findings of a payload that are listed, about 10 MiB of them; further ones are counted and judged.
const LISTED: usize = 20_000;

/// Lines and columns cost a count of the line ends and the digest a pass over the payload: each is
/// kept only for the forms that show it.
fn scanner(args: &ScanArgs, format: Format) -> Result<Scanner, Failure> {
    let mut builder = Scanner::builder();
    builder.policy(policy::load(&args.policy)?);
    args.own.apply(&mut builder)?;
    builder.min_confidence(args.min_confidence);
    builder.backend(args.backend);
    builder.stop_when_decided(args.stop_early);
    builder.positions(format == Format::Text);
    builder.payload_digest(format != Format::Text);
    let mut limits = Limits::default();
    limits.findings = LISTED;
    limits.unpacked_bytes = args.max_unpacked;
    builder.limits(limits).formats(portcullis_extract::formats()).unpack(!args.no_unpack);
    builder.detectors(args.detector.iter().map(String::as_str));
    builder.categories(args.category.iter().copied());
    builder.exclude(args.exclude.iter().map(String::as_str));
    Ok(builder.build()?)
}

fn round_to_micros(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}
