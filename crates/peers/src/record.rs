//! What is reported: a figure for each engine, task and corpus.

use std::fmt::Write as _;
use std::io::{self, Write};

use measure::Figure;
use measure::timer::Time;

use crate::peer::Row;

/// Returns the figure of a row.
pub fn figure(row: &Row, corpus: &str, bytes: usize, best: Time, count: u64) -> Figure {
    Figure {
        engine: row.engine.to_owned(),
        version: row.version.clone(),
        task: row.task.to_owned(),
        mode: row.mode.to_owned(),
        backend: row.backend.clone().unwrap_or_default(),
        corpus: corpus.to_owned(),
        bytes: bytes as u64,
        cpu_s: best.cpu_s,
        wall_s: best.wall_s,
        count,
        asked: row.asked.clone(),
    }
}

/// Writes figures as lines of JSON.
///
/// # Errors
///
/// Those of the writer.
pub fn write_lines(figures: &[Figure], mut out: impl Write) -> io::Result<()> {
    for figure in figures {
        serde_json::to_writer(&mut out, figure)?;
        writeln!(out)?;
    }
    out.flush()
}

/// Returns a table for people of what was measured over one corpus.
pub fn table(corpus: &str, figures: &[Figure]) -> String {
    let mut text = format!(
        "\n{corpus}\n{:<16}{:<11}{:<14}{:<9}{:>9}{:>10}{:>11}\n",
        "engine", "task", "mode", "backend", "GB/s cpu", "GB/s wall", "count"
    );
    for figure in figures {
        let Figure { engine, task, mode, count, .. } = figure;
        let backend = if figure.backend.is_empty() { "-" } else { &figure.backend };
        let [cpu, wall] =
            [figure.cpu_s, figure.wall_s].map(|s| speed(figure.bytes as f64 / s / 1e9));
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

    fn example(backend: Option<&str>) -> Figure {
        let row = Row {
            engine: "hyperscan",
            version: "5.4.0".to_owned(),
            task: "realistic",
            mode: "block",
            backend: backend.map(str::to_owned),
            asked: "all of it".to_owned(),
            ..Row::default()
        };
        figure(&row, "english", 2_000_000_000, Time { cpu_s: 4.0, wall_s: 8.0 }, 7)
    }

    #[test]
    fn a_line_of_json_is_as_agreed() {
        let mut lines = Vec::new();
        write_lines(&[example(None), example(Some("avx2"))], &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let (first, second) = lines.trim_end().split_once('\n').unwrap();
        assert_eq!(
            first,
            "{\"engine\":\"hyperscan\",\"version\":\"5.4.0\",\"task\":\"realistic\",\"mode\":\"block\",\
             \"backend\":\"\",\"corpus\":\"english\",\"bytes\":2000000000,\"cpu_s\":4.0,\"wall_s\":8.0,\
             \"count\":7,\"asked\":\"all of it\"}"
        );
        assert_eq!(serde_json::from_str::<Figure>(first).unwrap(), example(None));
        assert_eq!(serde_json::from_str::<Figure>(second).unwrap(), example(Some("avx2")));
    }

    #[test]
    fn the_table_has_speeds_and_counts() {
        let table = table("english", &[example(Some("avx2"))]);
        let line = table.lines().nth(3).unwrap();
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells, ["hyperscan", "realistic", "block", "avx2", "0.500", "0.250", "7"]);
        assert_eq!((speed(0.0000312), speed(41.04)), ("0.000031".to_owned(), "41.040".to_owned()));
    }
}
