//! The section that sets this library beside other engines.

use std::fmt::Write as _;

use measure::Figure;

use super::chart::COLOURS;
use super::goals::{self, Goals};
use super::page::{Goal, Page, cell, over};
use super::set::{OURS, Set, Way};
use crate::eval::page::{heading, row};

/// An engine with a task and a way in: what a row is of.
#[derive(Clone, Copy, PartialEq)]
struct Row<'r> {
    engine: &'r str,
    way: [&'r str; 3],
}

impl<'r> Row<'r> {
    fn of(figure: &'r Figure) -> Row<'r> {
        Row { engine: &figure.engine, way: [&figure.task, &figure.mode, &figure.backend] }
    }

    fn name(self) -> String {
        let parts = [&[self.engine][..], &self.way].concat();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn figure(self, set: Set<'r>, corpus: &str) -> Option<&'r Figure> {
        let mut all = set.0.iter().filter(|figure| Row::of(figure) == self);
        all.find(|figure| figure.corpus == corpus)
    }

    fn speed(self, set: Set<'r>, corpus: &str) -> Option<f64> {
        self.figure(set, corpus).map(Figure::gigabytes_per_second)
    }
}

/// Each row once, in the order they were measured.
fn rows(set: Set<'_>) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for row in set.0.iter().map(Row::of) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// The fastest of the engines that run Hyperscan's patterns, at a task, in one block.
fn fastest(set: Set<'_>, task: &str, corpus: &str) -> Option<f64> {
    let engines = ["hyperscan", "vectorscan"].into_iter();
    let speeds = engines.filter_map(|engine| set.speed(engine, Way(task, "block", ""), corpus));
    speeds.reduce(f64::max)
}

impl Page {
    /// Writes the section, nothing where no other engine was measured.
    pub(super) fn others(&mut self, set: Set<'_>) {
        if set.0.is_empty() {
            return;
        }
        let corpora = set.corpora("default");
        let rows = rows(set);
        heading(&mut self.body, "Beside others", OTHERS, &[vec!["GB/s"], corpora.clone()].concat());
        for one in &rows {
            let cells: Vec<String> = corpora.iter().map(|c| cell(one.speed(set, c))).collect();
            row(&mut self.body, &one.name(), &cells);
        }
        self.others_picture(set, &rows);
        self.times_each(set, &rows);
        self.times_as_fast(set, "realistic", |goals| goals.realistic);
        self.times_as_fast(set, "tuned", |goals| goals.tuned);
        self.found(set, &rows);
        self.engines(set, &rows);
    }

    /// The best backend and what else there is, but for what chunks and single steps take.
    fn others_picture(&mut self, set: Set<'_>, rows: &[Row<'_>]) {
        let is_shown = |row: &&Row<'_>| {
            let [task, mode, backend] = row.way;
            let is_best = row.engine != OURS || (task == "default" && backend == set.best());
            is_best && !mode.starts_with("stream") && !["ids", "terms", "read"].contains(&task)
        };
        let speeds =
            |row: &Row<'_>| set.corpora("default").iter().map(|c| row.speed(set, c)).collect();
        let shown = rows.iter().filter(is_shown).take(COLOURS.len());
        let series = shown.map(|row| (row.name(), speeds(row))).collect();
        self.bars(
            "others",
            "One thread, in one block, beside others",
            set.corpora("default"),
            series,
        );
    }

    /// How many times as fast the best backend is as everything else.
    fn times_each(&mut self, set: Set<'_>, rows: &[Row<'_>]) {
        let corpora = set.corpora("default");
        let columns = [vec!["times as fast as"], corpora.clone()].concat();
        heading(&mut self.body, "Times as fast as each", EACH, &columns);
        let ours = |corpus: &str| set.speed(OURS, Way("default", "slice", set.best()), corpus);
        for one in rows.iter().filter(|row| row.engine != OURS) {
            let times = |c: &&str| cell(over(ours(c), one.speed(set, c)));
            row(&mut self.body, &one.name(), &corpora.iter().map(times).collect::<Vec<_>>());
        }
    }

    /// How many times as fast each backend is as the faster of Hyperscan and Vectorscan.
    fn times_as_fast(&mut self, set: Set<'_>, task: &str, goal: fn(Goals) -> [f64; 2]) {
        let backends: Vec<&str> =
            ["avx512", "avx2"].into_iter().filter(|name| set.backends().contains(name)).collect();
        let columns = backends.iter().flat_map(|backend| [*backend, "goal"]);
        let columns: Vec<&str> = ["content"].into_iter().chain(columns).collect();
        heading(&mut self.body, &format!("Times as fast as Hyperscan, {task}"), TIMES, &columns);
        for corpus in set.corpora("default") {
            let other = fastest(set, task, corpus);
            let cells = backends.iter().flat_map(|backend| {
                let ours = set.speed(OURS, Way("default", "slice", backend), corpus);
                let at = usize::from(*backend == "avx2");
                let goal = goals::of(corpus).and_then(|goals| goal(goals).get(at).copied());
                let what = format!("{corpus}: {backend} ÷ Hyperscan, {task}");
                self.judged(&what, over(ours, other), Goal::Least(goal.unwrap_or_default()))
            });
            let cells: Vec<String> = cells.collect();
            row(&mut self.body, corpus, &cells);
        }
    }

    /// What each engine counted.
    fn found(&mut self, set: Set<'_>, rows: &[Row<'_>]) {
        let corpora = set.corpora("default");
        let columns = [vec!["found"], corpora.clone()].concat();
        heading(&mut self.body, "What was found", FOUND, &columns);
        for one in rows.iter().filter(|row| row.engine != "read") {
            let count = |corpus: &&str| {
                one.figure(set, corpus).map_or("–".to_owned(), |figure| figure.count.to_string())
            };
            row(&mut self.body, &one.name(), &corpora.iter().map(count).collect::<Vec<_>>());
        }
    }

    /// What each engine was asked to do.
    fn engines(&mut self, set: Set<'_>, rows: &[Row<'_>]) {
        let _ = writeln!(self.body, "\n## What was asked\n");
        for one in rows {
            let figure = set.0.iter().find(|figure| Row::of(figure) == *one);
            if let Some(Figure { version, asked, .. }) = figure {
                let name = format!("**{}** {version}", one.name());
                let _ = writeln!(self.body, "- {}: {asked}", name.trim_end());
            }
        }
    }
}

const OTHERS: &str = "\
The program `peers` measured these in a run of its own, this library among them, so that ratios are between
figures of one run. What each was asked to do stands below; no two do the same, and this library does more than
any: context, findings, a verdict.

";
const EACH: &str = "\
The default scanner on the best backend, a slice.

";
const TIMES: &str = "\
Beside the faster of Hyperscan and Vectorscan, in one block.

";
const FOUND: &str = "\
Counts of engines that count alike agree; the program `peers` fails where they do not.

";

#[cfg(test)]
mod tests {
    use super::super::machine::Machine;
    use super::super::page::Measured;
    use super::*;

    fn figure(engine: &str, task: &str, mode: &str, backend: &str, cpu_s: f64) -> Figure {
        Figure {
            engine: engine.into(),
            version: "5.4".into(),
            task: task.into(),
            mode: mode.into(),
            backend: backend.into(),
            corpus: "english".into(),
            bytes: 1_000_000_000,
            cpu_s,
            count: 7,
            asked: format!("to do {task}"),
            ..Figure::default()
        }
    }

    fn text() -> (String, Vec<(String, String)>) {
        let figures = [
            figure("read", "read", "memory", "", 0.025),
            figure(OURS, "default", "slice", "avx512", 0.125),
            figure(OURS, "default", "slice", "avx2", 0.25),
            figure("hyperscan", "realistic", "block", "", 4.0),
            figure("vectorscan", "realistic", "block", "", 5.0),
            figure("hyperscan", "realistic", "stream", "", 6.0),
            figure("hyperscan", "tuned", "block", "", 0.5),
        ];
        let machine = Machine::default();
        let (own, peers) = (Set(&[]), Set(&figures));
        let page = Page::of(&Measured { machine: &machine, own, peers, instructions: None });
        (page.text(), page.pictures)
    }

    #[test]
    fn ratios_are_to_the_faster_and_beside_their_goals() {
        let (text, _) = text();
        for line in [
            "| english | **32** | ≥ 40 | 16 | ≥ 16 |",
            "| english | **4** | ≥ 8 | **2** | ≥ 3 |",
            "| hyperscan realistic stream | 0.167 |",
            "| hyperscan tuned block | 7 |",
            "| hyperscan tuned block | 4 |",
            "| read read memory | 0.2 |",
            "- **portcullis default slice avx2** 5.4: to do default",
            "| english: avx512 ÷ Hyperscan, realistic | 32 | ≥ 40 |",
        ] {
            assert!(text.lines().any(|own| own == line), "{line}\n{text}");
        }
    }

    #[test]
    fn the_picture_has_one_way_of_ours_and_no_streams() {
        let (_, pictures) = text();
        let (_, svg) = pictures.iter().find(|(file, _)| file == "others.svg").unwrap();
        assert!(roxmltree::Document::parse(svg).is_ok(), "{svg}");
        for (name, is_there) in [
            ("portcullis default slice avx512", true),
            ("portcullis default slice avx2", false),
            ("hyperscan realistic block", true),
            ("hyperscan realistic stream", false),
            ("read read", false),
        ] {
            assert_eq!(svg.contains(&format!(">{name}</text>")), is_there, "{name}");
        }
    }
}
