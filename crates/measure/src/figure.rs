//! One measurement, as programs hand it on: an object of JSON on a line.

use serde::{Deserialize, Serialize};

/// What one engine took for one payload.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The engine: `portcullis`, `read` for a pass that only adds the bytes up, or another one's name.
    pub engine: String,
    /// The engine's version.
    #[serde(default)]
    pub version: String,
    /// What was asked of it, in a word.
    pub task: String,
    /// How the payload came in: `slice` or `block` for the whole of it, `stream-64k` for chunks, `shard-2` for
    /// two threads.
    #[serde(default)]
    pub mode: String,
    /// The instruction set, where it can be chosen.
    #[serde(default)]
    pub backend: String,
    /// The payload's name.
    pub corpus: String,
    /// The payload's length.
    pub bytes: u64,
    /// Seconds of the thread's own time, of the best run.
    pub cpu_s: f64,
    /// Seconds of the wall's clock, of the best run.
    pub wall_s: f64,
    /// What was found.
    #[serde(default)]
    pub count: u64,
    /// What was asked of it, in a sentence.
    #[serde(default)]
    pub asked: String,
}

impl Figure {
    /// Returns 10⁹ bytes a second of the thread's own time; of the wall's where several threads worked.
    pub fn gigabytes_per_second(&self) -> f64 {
        let seconds = if self.mode.starts_with("shard") { self.wall_s } else { self.cpu_s };
        self.bytes as f64 / seconds / 1e9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_of_the_clock_that_tells_it() {
        let figure = Figure { bytes: 3_000_000_000, cpu_s: 1.0, wall_s: 2.0, ..Figure::default() };
        assert_eq!(figure.gigabytes_per_second(), 3.0);
        let sharded = Figure { mode: "shard-2".into(), ..figure };
        assert_eq!(sharded.gigabytes_per_second(), 1.5);
    }
}
