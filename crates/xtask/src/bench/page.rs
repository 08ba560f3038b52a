//! `docs/PERFORMANCE.md` and its pictures, written from what was measured.

use std::fmt::Write as _;

use super::chart::{Bars, number};
use super::instructions::Counts;
use super::machine::Machine;
use super::set::Set;
use crate::eval::page::row;

/// What a page is written from.
pub struct Measured<'m> {
    /// Where and when.
    pub machine: &'m Machine,
    /// What this project's own program measured.
    pub own: Set<'m>,
    /// What the program `peers` measured, in one run of its own; nothing where it did not run.
    pub peers: Set<'m>,
    /// Instructions, as committed.
    pub instructions: Option<&'m Counts>,
}

/// A page and the pictures that it shows.
#[derive(Debug, Default)]
pub struct Page {
    /// What stands above everything.
    head: String,
    /// The sections.
    pub(super) body: String,
    /// Each picture by its file's name.
    pub pictures: Vec<(String, String)>,
    reached: usize,
    missed: Vec<[String; 3]>,
}

/// Which side of a goal is the right one.
#[derive(Clone, Copy)]
pub enum Goal {
    /// So much or more.
    Least(f64),
    /// So much or less.
    Most(f64),
}

impl Page {
    /// Writes the whole page.
    pub fn of(measured: &Measured<'_>) -> Page {
        let mut page = Page { head: head(measured.machine), ..Page::default() };
        page.contents(measured.own);
        page.others(measured.peers);
        page.chunks(measured.own);
        page.threads(measured.own);
        page.sizes(measured.own);
        page.lengths(measured.own);
        page.asked(measured.own);
        page.density(measured.own);
        page.small(measured.own);
        page.building(measured.own);
        if let Some(counts) = measured.instructions {
            page.instructions(counts);
        }
        page
    }

    /// Returns the page's text.
    pub fn text(&self) -> String {
        let all = self.reached + self.missed.len();
        let mut text = self.head.clone();
        let _ = writeln!(text, "\n## Goals\n\n{} of {all} goals are reached.", self.reached);
        if !self.missed.is_empty() {
            text.push_str("\n| short of its goal | measured | goal |\n| --- | --- | --- |\n");
            self.missed.iter().for_each(|[what, value, goal]| {
                row(&mut text, what, &[value.clone(), goal.clone()])
            });
        }
        text + &self.body
    }

    /// Returns a figure and its goal as cells, and keeps what falls short.
    pub(super) fn judged(&mut self, what: &str, value: Option<f64>, goal: Goal) -> [String; 2] {
        let (holds, sign, bound): (fn(f64, f64) -> bool, _, _) = match goal {
            Goal::Least(bound) => (|value, bound| value >= bound, "≥", bound),
            Goal::Most(bound) => (|value, bound| value <= bound, "≤", bound),
        };
        let goal = format!("{sign} {}", number(bound));
        match value {
            None => ["–".into(), goal],
            Some(value) if holds(value, bound) => {
                self.reached += 1;
                [number(value), goal]
            }
            Some(value) => {
                let value = short_of(value, bound);
                self.missed.push([what.into(), value.clone(), goal.clone()]);
                [format!("**{value}**"), goal]
            }
        }
    }

    /// Adds a picture, unless there is nothing in it.
    pub(super) fn picture(&mut self, file: &str, title: &str, svg: Option<String>) {
        if let Some(svg) = svg {
            let _ = writeln!(self.body, "\n![{title}](performance/{file}.svg)");
            self.pictures.push((format!("{file}.svg"), svg));
        }
    }

    /// Returns the cells of a figure that may have a goal.
    pub(super) fn goal(
        &mut self,
        what: &str,
        value: Option<f64>,
        goal: Option<Goal>,
    ) -> [String; 2] {
        match goal {
            Some(goal) => self.judged(what, value, goal),
            None => [cell(value), "–".into()],
        }
    }

    /// Adds a picture of speeds in groups.
    pub(super) fn bars(
        &mut self,
        file: &str,
        title: &str,
        groups: Vec<&str>,
        series: Vec<(String, Vec<Option<f64>>)>,
    ) {
        let groups = groups.into_iter().map(str::to_owned).collect();
        let chart = Bars { title: title.into(), measure: SPEED, groups, series };
        self.picture(file, title, chart.svg());
    }
}

/// Returns a number in digits enough to tell it from the bound that it misses.
fn short_of(value: f64, bound: f64) -> String {
    match number(value) {
        text if text == number(bound) => format!("{value:.4}"),
        text => text,
    }
}

/// Returns a figure as a cell.
pub fn cell(value: Option<f64>) -> String {
    value.map_or("–".into(), number)
}

/// Returns a ratio, where there is one.
pub fn over(value: Option<f64>, other: Option<f64>) -> Option<f64> {
    Some(value? / other?).filter(|ratio| ratio.is_finite())
}

fn head(machine: &Machine) -> String {
    let Machine { cpu, threads, system, rustc, date, command } = machine;
    format!(
        "<!-- GENERATED by `{COMMAND}`; do not edit. -->\n\n# Performance\n\n\
         Measured by `{command}` on {date}: {cpu}, {threads} threads, {system}, {rustc}.\n\n{INTRODUCTION}"
    )
}

/// The command that writes the page.
pub const COMMAND: &str = "cargo xtask bench";
/// What the pictures of speeds show.
pub const SPEED: &str = "GB/s, logarithmic";

const INTRODUCTION: &str = "\
Speeds are in GB/s of 10⁹ bytes, of the best of several runs, in the thread's own time (shards: on the wall).
Everything that the default scanner does is on, findings are made, unless a table says otherwise. *Read* is a
pass over the same bytes in the same run that does nothing but add them up; ratios to it compare machines better
than speeds do. Figures in bold are short of a goal. Payloads are made by `crates/measure`, or lie in the folder
that the command names.
";
#[cfg(test)]
mod tests {
    use measure::Figure;

    use super::super::set::OURS;
    use super::*;

    fn figure(task: &str, mode: &str, corpus: &str, cpu_s: f64) -> Figure {
        Figure {
            engine: OURS.into(),
            task: task.into(),
            mode: mode.into(),
            backend: "avx512".into(),
            corpus: corpus.into(),
            bytes: 1 << 20,
            cpu_s,
            wall_s: cpu_s,
            count: 3,
            asked: "350 detectors".into(),
            ..Figure::default()
        }
    }

    /// English at a quarter of reading and dense far below it, and a little of everything else.
    fn figures() -> Vec<Figure> {
        let read =
            |corpus| Figure { engine: "read".into(), ..figure("read", "slice", corpus, 1e-4) };
        let modes = ["stream-64k", "stream-4k", "stream-1k", "shard-1", "shard-2"];
        let modes = modes.map(|mode| figure("default", mode, "english", 5e-4));
        let mut figures = vec![
            read("english"),
            read("dense"),
            figure("default", "slice", "english", 4e-4),
            figure("default", "slice", "dense", 0.1),
            figure("30-detectors", "slice", "english", 4e-4),
            figure("size", "slice", "english", 5e-4),
            figure("length", "stream-64k", "english", 5e-4),
            Figure { bytes: 1 << 28, ..figure("length", "stream-64k", "english", 0.16) },
            figure("density", "slice", "1-in-10", 1e-3),
            figure("small", "slice", "form-1k", 2e-6),
            figure("build", "default", "", 0.01),
        ];
        figures.extend(modes);
        figures
    }

    fn page() -> Page {
        let machine =
            Machine { cpu: "A CPU".into(), command: COMMAND.into(), ..Machine::default() };
        let instructions = Counts::parse("[english]\navx2 = 5\n").unwrap_or_default();
        let own = figures();
        let (own, peers) = (Set(&own), Set(&[]));
        Page::of(&Measured { machine: &machine, own, peers, instructions: Some(&instructions) })
    }

    #[test]
    fn figures_stand_beside_their_goals() {
        let page = page();
        let text = page.text();
        let line =
            |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or("none");
        assert_eq!(line("| english | 1.05"), "| english | 1.05 | 3 | 10.5 | 2.62 | 0.25 | ≥ 0.2 |");
        assert_eq!(
            line("| dense | 1.05"),
            "| dense | 1.05 | 3 | 10.5 | 0.0105 | **0.001** | ≥ 0.045 |"
        );
        assert_eq!(line("| dense: avx512 ÷ read"), "| dense: avx512 ÷ read | 0.001 | ≥ 0.045 |");
        assert_eq!(line("| form-1k | "), "| form-1k | 1048576 | – | **2** | ≤ 1 |");
        assert_eq!(line("| english | 2.1 | 1.68"), "| english | 2.1 | 1.68 | **1.25** | ≤ 1.1 |");
        assert_eq!(line("| default |"), "| default | 3 | 10 | ≤ 20 |");
        assert!(text.contains("A CPU") && text.contains(" goals are reached."), "{text}");
    }

    #[test]
    fn every_picture_is_shown_and_well_formed() {
        let page = page();
        let text = page.text();
        assert!(page.pictures.len() >= 5, "{}", page.pictures.len());
        for (file, svg) in &page.pictures {
            assert!(text.contains(&format!("(performance/{file})")), "{file}");
            assert!(roxmltree::Document::parse(svg).is_ok(), "{file}\n{svg}");
        }
    }

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        let (text, mut columns) = (page().text(), 0);
        for line in text.lines() {
            let cells = line.matches('|').count();
            assert!(cells == 0 || columns == 0 || cells == columns, "{line}");
            columns = cells;
        }
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}
