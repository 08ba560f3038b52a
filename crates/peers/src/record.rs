//! What is reported: one record for each engine, task and corpus.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::clock::Seconds;
use crate::peer::Row;

/// A measurement, as a line of JSON has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The engine's name.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// The task's name.
    pub task: String,
    /// How the engine goes about it.
    pub mode: String,
    /// The instructions that it uses, where it can be told to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub backend: Option<String>,
    /// The corpus's name.
    pub corpus: String,
    /// Bytes that one run goes over.
    pub bytes: u64,
    /// The thread's seconds of the best run.
    pub cpu_s: f64,
    /// The seconds that passed in the best run, which may be another one.
    pub wall_s: f64,
    /// What was found.
    pub count: u64,
    /// The task in words.
    pub asked: String,
}

impl Record {
    /// Returns the record of a row.
    pub fn new(row: &Row, corpus: &str, bytes: usize, best: Seconds, count: u64) -> Record {
        Record {
            engine: row.engine.to_owned(),
            version: row.version.clone(),
            task: row.task.to_owned(),
            mode: row.mode.to_owned(),
            backend: row.backend.clone(),
            corpus: corpus.to_owned(),
            bytes: bytes as u64,
            cpu_s: best.cpu,
            wall_s: best.wall,
            count,
            asked: row.asked.clone(),
        }
    }

    /// Returns 10⁹ bytes a second, by the thread's time.
    pub fn cpu_speed(&self) -> f64 {
        self.bytes as f64 / self.cpu_s / 1e9
    }

    /// Returns 10⁹ bytes a second, by the time that passed.
    pub fn wall_speed(&self) -> f64 {
        self.bytes as f64 / self.wall_s / 1e9
    }
}

/// Writes records as lines of JSON.
///
/// # Errors
///
/// Those of the writer.
pub fn write_lines(records: &[Record], mut out: impl Write) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut out, record)?;
        writeln!(out)?;
    }
    out.flush()
}

/// Returns a table for people of what was measured over one corpus.
pub fn table(corpus: &str, records: &[Record]) -> String {
    let mut text = format!(
        "\n{corpus}\n{:<16}{:<11}{:<14}{:<9}{:>9}{:>10}{:>11}\n",
        "engine", "task", "mode", "backend", "GB/s cpu", "GB/s wall", "count"
    );
    for record in records {
        let Record { engine, task, mode, count, .. } = record;
        let backend = record.backend.as_deref().unwrap_or("-");
        let (cpu, wall) = (speed(record.cpu_speed()), speed(record.wall_speed()));
        let _ = writeln!(
            text,
            "{engine:<16}{task:<11}{mode:<14}{backend:<9}{cpu:>9}{wall:>10}{count:>11}"
        );
    }
    text
}

/// Writes a speed with as many digits as say something.
fn speed(speed: f64) -> String {
    let digits = if speed < 0.1 { 6 } else { 3 };
    format!("{speed:.digits$}")
}

/// Returns what every row is asked to do.
pub fn legend(rows: &[&Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let _ = writeln!(text, "{} {}: {}", row.name(), row.version, row.asked);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(backend: Option<&str>) -> Record {
        let row = Row {
            engine: "hyperscan",
            version: "5.4.0".to_owned(),
            task: "realistic",
            mode: "block",
            backend: backend.map(str::to_owned),
            asked: "all of it".to_owned(),
            ..Row::default()
        };
        Record::new(&row, "english", 2_000_000_000, Seconds { cpu: 4.0, wall: 8.0 }, 7)
    }

    #[test]
    fn a_line_of_json_is_as_agreed() {
        let mut lines = Vec::new();
        write_lines(&[record(None), record(Some("avx2"))], &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let (first, second) = lines.trim_end().split_once('\n').unwrap();
        assert_eq!(
            first,
            "{\"engine\":\"hyperscan\",\"version\":\"5.4.0\",\"task\":\"realistic\",\"mode\":\"block\",\
             \"corpus\":\"english\",\"bytes\":2000000000,\"cpu_s\":4.0,\"wall_s\":8.0,\"count\":7,\
             \"asked\":\"all of it\"}"
        );
        assert_eq!(serde_json::from_str::<Record>(first).unwrap(), record(None));
        assert_eq!(serde_json::from_str::<Record>(second).unwrap(), record(Some("avx2")));
    }

    #[test]
    fn the_table_has_speeds_and_counts() {
        let table = table("english", &[record(Some("avx2"))]);
        let line = table.lines().nth(3).unwrap();
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells, ["hyperscan", "realistic", "block", "avx2", "0.500", "0.250", "7"]);
        assert_eq!((speed(0.0000312), speed(41.04)), ("0.000031".to_owned(), "41.040".to_owned()));
    }
}
