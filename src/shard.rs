//! A payload that is all there: scanned where it lies, whole or in shards.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::collector::{Collector, Harvest};
use crate::context::Table;
use crate::engine::arch::map;
use crate::engine::window::Haystack;
use crate::error::ScanError;
use crate::extract::sniff::SNIFF_REACH;
use crate::extract::{Content, Encoding, Same};
use crate::report::Report;
use crate::scanner::Plan;
use crate::sink::Ignore;
use crate::stream::{self, Session};

/// Bytes of a shard. Small enough that the shards of a payload keep all threads busy to the end.
const SHARD: usize = 1 << 20;
/// Shards for each thread that are scanned before it is asked whether they decide.
const WAVE: usize = 4;
/// Bytes of the longest file that is read, and of a chunk where a longer one cannot be mapped.
///
/// CPU time of opening a file in the page cache and adding its bytes up, mapped and read into one buffer
/// (Linux 6, x86-64): 9.3 and 4.9 µs for 1 KiB, 11.0 and 7.5 for 64 KiB, 17 to 21 and 15 for 256 KiB, 54 and 54 for
/// 1 MiB, 66 and 222 for 4 MiB. A mapped file has no copy to pay for and its shards read it at once; a file that is
/// read cannot end the process where another one truncates it. Of 128 MiB, reads of 64 KiB take 13.8 ms, of
/// 256 KiB 13.7, of 1 MiB 11.8, the map 11.8, and the pass itself 6.1.
const READ: u64 = 256 * 1024;

/// Scans a payload on this thread.
pub(crate) fn scan_whole(plan: &Arc<Plan>, payload: &[u8]) -> Result<Report, ScanError> {
    scan(plan, payload, |table, examined, opened| {
        let harvest = scan_shard(plan, examined, 0..examined.len(), table, opened);
        (harvest, payload_digest(plan, payload))
    })
}

/// Scans a payload on rayon's current thread pool, on this thread where it is no longer than a shard.
pub(crate) fn scan_sharded(plan: &Arc<Plan>, payload: &[u8]) -> Result<Report, ScanError> {
    match payload.len() {
        0..=SHARD => scan_whole(plan, payload),
        _ => scan_in_shards_of(plan, payload, SHARD),
    }
}

fn scan_in_shards_of(plan: &Arc<Plan>, payload: &[u8], size: usize) -> Result<Report, ScanError> {
    scan(plan, payload, |table, examined, opened| {
        let shards = Shards { plan, payload: examined, table, size };
        let harvest = || match plan.options.stop_when_decided {
            true => shards.until_decided(opened),
            false => shards.all(opened),
        };
        rayon::join(harvest, || payload_digest(plan, payload))
    })
}

/// A payload that threads share.
#[derive(Clone, Copy)]
struct Shards<'s> {
    plan: &'s Plan,
    payload: &'s [u8],
    table: Option<&'s Table>,
    /// Bytes of a shard.
    size: usize,
}

impl Shards<'_> {
    fn count(&self) -> usize {
        self.payload.len().div_ceil(self.size)
    }

    fn range(&self, shard: usize) -> Range<usize> {
        shard * self.size..self.payload.len().min((shard + 1) * self.size)
    }

    /// Scans a shard by itself.
    fn scan(&self, shard: usize) -> Harvest {
        let range = self.range(shard);
        let opened = Harvest::new(range.start as u64);
        scan_shard(self.plan, self.payload, range, self.table, opened)
    }

    /// Scans every shard.
    fn all(&self, opened: Harvest) -> Harvest {
        let join = |mut left: Harvest, right| {
            left.join(self.plan, right);
            left
        };
        let found = (0..self.count()).into_par_iter().map(|shard| self.scan(shard));
        found.reduce_with(join).unwrap_or(opened)
    }

    /// Scans shards up to where the verdict is final, as many at a time as keep the threads busy.
    ///
    /// Which shard decides is told by joining them in order; where in it, by scanning that one again behind
    /// all that stands before it, as a single scan would have come to it.
    fn until_decided(&self, mut so_far: Harvest) -> Harvest {
        let wave = WAVE * rayon::current_num_threads();
        for first in (0..self.count()).step_by(wave) {
            if so_far.is_over(self.range(first).start as u64) {
                break;
            }
            let wave = first..self.count().min(first + wave);
            for (shard, found) in wave.clone().zip(self.wave(wave)) {
                match found.filter(|found| !so_far.is_final_with(self.plan, found)) {
                    Some(found) => so_far.join(self.plan, found),
                    None => {
                        let rest = self.range(shard).start..self.payload.len();
                        return scan_shard(self.plan, self.payload, rest, self.table, so_far);
                    }
                }
            }
        }
        so_far
    }

    /// Scans some shards, but none behind one that decides by itself.
    fn wave(&self, shards: Range<usize>) -> Vec<Option<Harvest>> {
        let decisive = AtomicUsize::new(usize::MAX);
        let scan = |shard: usize| {
            // What it says is a hint: shards that were scanned for nothing are dropped all the same.
            if shard > decisive.load(Ordering::Relaxed) {
                return None;
            }
            let found = self.scan(shard);
            if found.decided.is_some() {
                decisive.fetch_min(shard, Ordering::Relaxed);
            }
            Some(found)
        };
        shards.into_par_iter().map(scan).collect()
    }
}

/// Returns the SHA-256 of a payload if it is wanted.
fn payload_digest(plan: &Plan, payload: &[u8]) -> Option<[u8; 32]> {
    plan.options.payload_digest.then(|| Sha256::digest(payload).into())
}

/// Scans a file in shards: mapped where it is long, else read.
pub(crate) fn scan_file(plan: &Arc<Plan>, path: &Path) -> Result<Report, ScanError> {
    let file = File::open(path).map_err(ScanError::io)?;
    // Files under /proc say that they are empty and are not, so no length is believed but a long one.
    let length = file.metadata().map_err(ScanError::io)?.len();
    match (length > READ).then(|| map::read_only(&file)) {
        Some(Ok(mapped)) => scan_sharded(plan, &mapped),
        _ => scan_reader(plan, file, length),
    }
}

/// Reads what says that it is of a length, and scans it as a whole where it is short.
fn scan_reader(plan: &Arc<Plan>, mut reader: impl Read, said: u64) -> Result<Report, ScanError> {
    // One byte more tells the end without another buffer.
    let most = READ + 1;
    let mut head = Vec::with_capacity(said.saturating_add(1).min(most) as usize);
    reader.by_ref().take(most).read_to_end(&mut head).map_err(ScanError::io)?;
    match head.len() as u64 {
        0..=READ => scan_sharded(plan, &head),
        _ => scan_rest(plan, &head, reader),
    }
}

/// Scans what is read behind its first bytes, in chunks.
fn scan_rest(plan: &Arc<Plan>, head: &[u8], mut reader: impl Read) -> Result<Report, ScanError> {
    let mut session = Session::new(Arc::clone(plan));
    session.push(head)?;
    let mut buffer = vec![0; READ as usize];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return session.finish(),
            Ok(count) => session.push(buffer.get(..count).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(ScanError::io(error)),
        };
    }
}

/// Wraps a scan of the bytes that the limit allows into a report.
fn scan(
    plan: &Arc<Plan>,
    payload: &[u8],
    harvest: impl FnOnce(Option<&Table>, &[u8], Harvest) -> (Harvest, Option<[u8; 32]>),
) -> Result<Report, ScanError> {
    let limit = usize::try_from(plan.options.limits.payload_bytes).unwrap_or(usize::MAX);
    let examined = payload.get(..limit.min(payload.len())).unwrap_or_default();
    let head = examined.get(..SNIFF_REACH.min(examined.len())).unwrap_or_default();
    let content = Content::of(head);
    if content.encoding != Encoding::Ascii || plan.format(head).is_some() {
        let mut session = Session::new(Arc::clone(plan));
        session.push(payload)?;
        return session.finish();
    }
    let table = plan.read_table(head);
    let opened = Harvest::of_payload(plan, None, content.gap);
    let (harvest, sha256) = harvest(table.as_ref(), examined, opened);
    let looked_at = harvest.decided.map_or(examined.len(), |decided| decided.payload as usize);
    let text = examined.get(..looked_at).unwrap_or(examined);
    let zero = memchr::memchr(0, text).map(|index| index as u64);
    let bytes = payload.len() as u64;
    let gaps = stream::gaps(plan, "", content, bytes, &harvest, zero);
    Ok(stream::report(plan, harvest, bytes, sha256, gaps))
}

/// Scans what begins within a range of a payload, on top of what has been found before it.
fn scan_shard(
    plan: &Plan,
    payload: &[u8],
    range: Range<usize>,
    table: Option<&Table>,
    opened: Harvest,
) -> Harvest {
    let haystack = Haystack { bytes: payload, base: 0 };
    let mut sink = Ignore;
    let mut collector = Collector::new(&Same, opened, &mut sink);
    plan.pool.with(|scratch| {
        stream::scan_range(plan, haystack, range, table, scratch, &mut collector);
    });
    collector.harvest
}

#[cfg(test)]
mod tests {
    use crate::coverage::GapReason;
    use crate::{Confidence, Policy, Scanner};

    use super::*;

    /// Every sample behind its first keyword, one a line, so that seams cut each of them.
    fn samples(scanner: &Scanner) -> Vec<u8> {
        let lines = scanner.detectors().iter().flat_map(|definition| {
            let keyword = definition.keywords().next().unwrap_or_default();
            definition.samples().iter().map(move |sample| format!("{keyword}: {sample}\n"))
        });
        lines.collect::<String>().into_bytes()
    }

    #[test]
    fn shards_of_any_size_make_the_same_report() {
        let mut builder = Scanner::builder();
        let scanner =
            builder.min_confidence(Confidence::Low).positions(true).key(b"k").build().unwrap();
        let payload = samples(&scanner);
        let whole = scanner.scan(&payload).unwrap();
        assert!(whole.findings().len() > 200, "{} findings", whole.findings().len());
        for size in (53..153).chain([777, 4096, 8191, 8192, 8193, payload.len() - 1]) {
            let sharded = scan_in_shards_of(&scanner.plan, &payload, size).unwrap();
            assert_eq!(sharded, whole, "shards of {size} bytes");
        }
    }

    #[test]
    fn shards_of_any_size_end_where_the_slice_does() {
        let policy = |count: u64, distinct: u64| {
            let rule = format!(
                "[policy]\nid = \"t\"\nversion = \"1\"\ndefault = \"review\"\n[[rule]]\n\
                 category = [\"government-id\"]\naction = \"reject\"\nmin_count = {count}\n\
                 min_distinct = {distinct}\n"
            );
            Policy::parse(&rule, "t.toml").unwrap()
        };
        for (count, distinct) in [(1, 1), (20, 1), (150, 100)] {
            let mut builder = Scanner::builder();
            builder.policy(policy(count, distinct)).stop_when_decided(true).positions(true);
            let scanner = builder.key(b"k").build().unwrap();
            let payload = samples(&scanner);
            let whole = scanner.scan(&payload).unwrap();
            assert_eq!(whole.gaps()[0].reason(), GapReason::Decided);
            for size in (53..153).step_by(7).chain([777, 4096, 8192, payload.len() - 1]) {
                let sharded = scan_in_shards_of(&scanner.plan, &payload, size).unwrap();
                assert_eq!(sharded, whole, "{count} in shards of {size} bytes");
            }
        }
    }

    #[test]
    fn shards_behind_one_that_decides_are_left_out() {
        let scanner = Scanner::builder().stop_when_decided(true).build().unwrap();
        let payload = "card 4111 1111 1111 1111\n".repeat(4000);
        let shards =
            Shards { plan: &scanner.plan, payload: payload.as_bytes(), table: None, size: 1000 };
        // One thread takes them in turn.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let found = pool.install(|| shards.wave(0..100));
        assert!(found[0].as_ref().is_some_and(|harvest| harvest.decided.is_some()));
        assert!(found[1..].iter().all(Option::is_none));
    }

    #[test]
    fn what_is_read_has_the_report_of_its_bytes_whatever_length_it_says() {
        let scanner = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
        let payload = samples(&scanner).repeat(20);
        assert!(payload.len() as u64 > 2 * READ, "{} bytes", payload.len());
        for length in [0, 1, READ as usize, READ as usize + 1, payload.len()] {
            let payload = &payload[..length];
            let whole = scanner.scan(payload).unwrap();
            for said in [0, 1, length as u64, u64::MAX] {
                let read = scan_reader(&scanner.plan, payload, said).unwrap();
                assert_eq!(read, whole, "{length} bytes that say {said}");
            }
        }
    }
}
