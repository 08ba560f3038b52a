//! The clock: the best of several runs, in the thread's own time and on the wall.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

/// What the best run took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    /// Seconds of this thread's own time.
    pub cpu_s: f64,
    /// Seconds of the wall's clock.
    pub wall_s: f64,
}

impl Time {
    /// Returns the lesser of each.
    pub fn least(self, other: Time) -> Time {
        Time { cpu_s: self.cpu_s.min(other.cpu_s), wall_s: self.wall_s.min(other.wall_s) }
    }
}

/// Does some work once and returns what it took and what came of it.
pub fn once<T>(work: impl FnOnce() -> T) -> (Time, T) {
    let (cpu, wall) = (ThreadTime::now(), Instant::now());
    let done = work();
    let [cpu_s, wall_s] = [cpu.elapsed(), wall.elapsed()].map(|time| time.as_secs_f64());
    (Time { cpu_s, wall_s }, done)
}

/// Returns what the best run of some work took, of as many as fit into a budget and three at the least.
///
/// The best and not the mean: whatever else the machine does can only add to a run. Work that is over
/// at once is done so often in a run that the clock can tell.
pub fn best(budget: Duration, mut work: impl FnMut()) -> Time {
    let times = (run(1, &mut work).wall_s * 1e9) as u64;
    let times = (SHORTEST_RUN.as_nanos() as u64 / times.max(1)).max(1);
    let started = Instant::now();
    let mut best = run(times, &mut work);
    let mut runs = 1;
    while runs < LEAST_RUNS || started.elapsed() < budget {
        best = best.least(run(times, &mut work));
        runs += 1;
    }
    best
}

/// What a run of so many times took for each.
fn run(times: u64, work: &mut impl FnMut()) -> Time {
    let (all, ()) = once(|| (0..times).for_each(|_| work()));
    Time { cpu_s: all.cpu_s / times as f64, wall_s: all.wall_s / times as f64 }
}

/// Adds up a payload's words of eight bytes, and what bytes are left: what reading it costs at the least.
pub fn read(payload: &[u8]) -> u64 {
    let (words, tail) = black_box(payload).as_chunks::<8>();
    let (blocks, words) = words.as_chunks::<LANES>();
    let mut lanes = [0u64; LANES];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block) {
            *lane = lane.wrapping_add(u64::from_le_bytes(*word));
        }
    }
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = words.chain(tail.iter().map(|byte| u64::from(*byte)));
    lanes.into_iter().chain(rest).fold(0, u64::wrapping_add)
}

/// Words that are added up side by side. Eight registers of two words are what the instructions that every
/// x86-64 has can hold, and enough to wait for memory and not for additions.
const LANES: usize = 16;
/// How long a run is at the least: a thousand times what the clock of a thread tells apart.
const SHORTEST_RUN: Duration = Duration::from_millis(1);
const LEAST_RUNS: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_is_counted_and_the_best_is_told() {
        let mut done = 0u64;
        let time = best(Duration::from_millis(5), || done += black_box(1));
        assert!(done > 1000, "{done}");
        assert!(time.wall_s > 0.0 && time.wall_s < 1e-3, "{time:?}");
    }

    #[test]
    fn sleep_is_the_walls_time_alone() {
        let time = best(Duration::ZERO, || std::thread::sleep(Duration::from_millis(2)));
        assert!(time.wall_s >= 0.002 && time.cpu_s < time.wall_s, "{time:?}");
    }

    #[test]
    fn the_lesser_of_each_is_kept() {
        let (time, done) = once(|| 7);
        assert!(time.wall_s >= 0.0 && done == 7);
        let (left, right) = (Time { cpu_s: 1.0, wall_s: 4.0 }, Time { cpu_s: 2.0, wall_s: 3.0 });
        assert_eq!(left.least(right), Time { cpu_s: 1.0, wall_s: 3.0 });
    }

    #[test]
    fn every_byte_is_read() {
        assert_eq!(read(&[1; 11]), 0x0101_0101_0101_0101 + 3);
        let words: Vec<u8> = (1..=1000u64).flat_map(u64::to_le_bytes).collect();
        assert_eq!(read(&words), 500_500);
    }
}
