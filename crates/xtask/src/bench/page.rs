//! `docs/PERFORMANCE.md` and its pictures, written from what was measured.

use std::fmt::Write as _;

use measure::Figure;

use super::chart::{Bars, Lines, number};
use super::goals;
use super::instructions::Counts;
use super::machine::Machine;
use super::set::{OURS, Set, Way};
use crate::eval::page::{heading, row};

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
                self.missed.push([what.into(), number(value), goal.clone()]);
                [format!("**{}**", number(value)), goal]
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

    fn contents(&mut self, set: Set<'_>) {
        let backends = set.backends();
        let ratio = format!("{} ÷ read", set.best());
        let columns =
            [vec!["content", "MB", "findings", "read"], backends.clone(), vec![&ratio, "goal"]];
        heading(&mut self.body, "By content", CONTENTS, &columns.concat());
        for corpus in set.corpora() {
            let speed = |backend| set.speed(OURS, Way("default", "slice", backend), corpus);
            let figure = set.one(OURS, Way("default", "slice", ""), corpus);
            let size = figure.map_or(0.0, |figure| figure.bytes as f64 / 1e6);
            let found = figure.map_or(0, |figure| figure.count);
            let mut cells = vec![number(size), found.to_string(), cell(set.read(corpus))];
            cells.extend(backends.iter().map(|backend| cell(speed(backend))));
            let share = over(speed(set.best()), set.read(corpus));
            let goal = goals::of(corpus).filter(|_| set.best() == "avx512");
            cells.extend(self.goal(
                &format!("{corpus}: {ratio}"),
                share,
                goal.map(|g| Goal::Least(g.read)),
            ));
            row(&mut self.body, corpus, &cells);
        }
        self.contents_picture(set);
    }

    fn contents_picture(&mut self, set: Set<'_>) {
        let speeds = |way: Way<'_>| set.corpora().iter().map(|c| set.speed(OURS, way, c)).collect();
        let backends = set.backends();
        let ours = backends.iter().map(|b| ((*b).to_owned(), speeds(Way("default", "slice", b))));
        let read = set.corpora().iter().map(|corpus| set.read(corpus)).collect();
        let series = ours.chain([("read only".to_owned(), read)]).collect();
        self.bars("contents", "A slice on one thread, by content", set.corpora(), series);
    }

    /// Returns the cells of a figure that may have a goal.
    fn goal(&mut self, what: &str, value: Option<f64>, goal: Option<Goal>) -> [String; 2] {
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

    fn chunks(&mut self, set: Set<'_>) {
        let columns = ["content", "slice", "64 KiB", "4 KiB", "1 KiB", "64 KiB ÷ slice", "goal"];
        heading(&mut self.body, "In chunks", CHUNKS, &columns);
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        let modes = [
            ("slice", "slice"),
            ("64 KiB", "stream-64k"),
            ("4 KiB", "stream-4k"),
            ("1 KiB", "stream-1k"),
        ];
        for corpus in set.corpora() {
            let mut cells: Vec<String> =
                modes.iter().map(|(_, mode)| cell(speed(mode, corpus))).collect();
            let share = over(speed("stream-64k", corpus), speed("slice", corpus));
            cells.extend(self.judged(
                &format!("{corpus}: 64 KiB ÷ slice"),
                share,
                Goal::Least(goals::STREAM),
            ));
            row(&mut self.body, corpus, &cells);
        }
        let of = |mode| set.corpora().iter().map(|corpus| speed(mode, corpus)).collect();
        let series = modes.iter().map(|(name, mode)| ((*name).to_owned(), of(mode))).collect();
        self.bars("chunks", "A session on one thread, by size of chunks", set.corpora(), series);
    }

    fn threads(&mut self, set: Set<'_>) {
        let columns = ["content", "1 thread", "2 threads", "2 ÷ 1", "goal"];
        heading(&mut self.body, "By threads", THREADS, &columns);
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        for corpus in set.corpora() {
            let (one, two) = (speed("shard-1", corpus), speed("shard-2", corpus));
            let goal = Goal::Least(goals::SHARD);
            let judged = self.judged(&format!("{corpus}: two threads ÷ one"), over(two, one), goal);
            row(&mut self.body, corpus, &[vec![cell(one), cell(two)], judged.to_vec()].concat());
        }
        self.threads_picture(set);
    }

    fn threads_picture(&mut self, set: Set<'_>) {
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        let points = |corpus: &str| {
            let points = [(1.0, speed("shard-1", corpus)), (2.0, speed("shard-2", corpus))];
            points.into_iter().filter_map(|(x, y)| Some((x, y?))).collect()
        };
        let series = set.corpora().into_iter().map(|c| (c.to_owned(), points(c))).collect();
        let marks = vec![(1.0, "1".into()), (2.0, "2".into())];
        let title = "Shards, by threads";
        let chart = Lines { title: title.into(), measure: SPEED, along: "threads", marks, series };
        self.picture("threads", title, chart.svg());
    }

    fn sizes(&mut self, set: Set<'_>) {
        let of = |corpus: &str| -> Vec<&Figure> {
            let all = set.all(OURS, Way("size", "slice", ""));
            all.filter(|figure| figure.corpus == corpus).collect()
        };
        let corpora = set.each(|figure| (figure.task == "size").then_some(figure.corpus.as_str()));
        heading(&mut self.body, "By size", SIZES, &[vec!["size"], corpora.clone()].concat());
        let longest = corpora.iter().map(|corpus| of(corpus)).max_by_key(Vec::len);
        let marks =
            longest.unwrap_or_default().into_iter().map(|f| (f.bytes as f64, size(f.bytes)));
        let marks: Vec<(f64, String)> = marks.collect();
        for (step, (_, name)) in marks.iter().enumerate() {
            let speed = |c: &&str| cell(of(c).get(step).map(|f| f.gigabytes_per_second()));
            row(&mut self.body, name, &corpora.iter().map(speed).collect::<Vec<_>>());
        }
        let points =
            |c: &str| of(c).iter().map(|f| (f.bytes as f64, f.gigabytes_per_second())).collect();
        let series = corpora.iter().map(|c| ((*c).to_owned(), points(c))).collect();
        let title = "A slice on one thread, by size";
        let chart = Lines { title: title.into(), measure: SPEED, along: "bytes", marks, series };
        self.picture("sizes", title, chart.svg());
    }

    fn asked(&mut self, set: Set<'_>) {
        let columns = [vec!["content"], ASKED.to_vec(), vec!["30 ÷ default", "goal"]].concat();
        heading(&mut self.body, "By what is asked", ASKED_TEXT, &columns);
        let speed = |task, corpus: &str| set.speed(OURS, Way(task, "slice", set.best()), corpus);
        for corpus in set.corpora() {
            let mut cells: Vec<String> =
                ASKED.iter().map(|task| cell(speed(task, corpus))).collect();
            let times = over(speed("30-detectors", corpus), speed("default", corpus));
            let goal = (corpus == "english").then_some(Goal::Most(goals::DETECTORS));
            cells.extend(self.goal(
                &format!("{corpus}: time for all ÷ time for thirty"),
                times,
                goal,
            ));
            row(&mut self.body, corpus, &cells);
        }
        self.detectors_picture(set);
    }

    fn detectors_picture(&mut self, set: Set<'_>) {
        let speed = |task, corpus: &str| set.speed(OURS, Way(task, "slice", set.best()), corpus);
        let detectors = |task: &str| {
            let figure = set.all(OURS, Way(task, "slice", "")).next()?;
            figure.asked.split(' ').next()?.parse::<f64>().ok()
        };
        let counts: Vec<(f64, &str)> = ["one-detector", "30-detectors", "default"]
            .into_iter()
            .filter_map(|t| Some((detectors(t)?, t)))
            .collect();
        let points = |corpus: &str| {
            counts.iter().filter_map(|(count, task)| Some((*count, speed(task, corpus)?))).collect()
        };
        let series = set.corpora().into_iter().map(|c| (c.to_owned(), points(c))).collect();
        let marks = counts.iter().map(|(count, _)| (*count, count.to_string())).collect();
        let title = "A slice on one thread, by number of detectors";
        let chart =
            Lines { title: title.into(), measure: SPEED, along: "detectors", marks, series };
        self.picture("detectors", title, chart.svg());
    }

    fn density(&mut self, set: Set<'_>) {
        heading(&mut self.body, "By density", DENSITY, &["violations", "findings", "GB/s"]);
        let figures: Vec<&Figure> = set.all(OURS, Way("density", "slice", "")).collect();
        for figure in &figures {
            let cells = [figure.count.to_string(), number(figure.gigabytes_per_second())];
            row(&mut self.body, &figure.corpus, &cells);
        }
        let names = figures.iter().map(|figure| figure.corpus.as_str()).collect();
        let speeds = figures.iter().map(|figure| Some(figure.gigabytes_per_second())).collect();
        let title = "Log lines, by how many of them are violations";
        self.bars("density", title, names, vec![("slice".into(), speeds)]);
    }

    fn small(&mut self, set: Set<'_>) {
        let columns = ["payload", "bytes", "session, µs", "slice, µs", "goal"];
        heading(&mut self.body, "Small payloads", SMALL, &columns);
        for (name, goal) in goals::SMALL {
            let figure = |mode| set.one(OURS, Way("small", mode, ""), name);
            let time = |mode| figure(mode).map(|figure: &Figure| figure.cpu_s * 1e6);
            let bytes = figure("slice").map_or(0, |figure| figure.bytes).to_string();
            let judged = self.judged(&format!("{name}: µs"), time("slice"), Goal::Most(goal));
            row(
                &mut self.body,
                name,
                &[vec![bytes, cell(time("session"))], judged.to_vec()].concat(),
            );
        }
    }

    fn building(&mut self, set: Set<'_>) {
        heading(
            &mut self.body,
            "Building a scanner",
            BUILDING,
            &["scanner", "detectors", "ms", "goal"],
        );
        for figure in set.0.iter().filter(|figure| figure.task == "build") {
            let goal = (figure.mode == "default").then_some(Goal::Most(goals::BUILD));
            let time = Some(figure.cpu_s * 1e3);
            let judged = self.goal(&format!("building `{}`: ms", figure.mode), time, goal);
            let cells = [vec![figure.count.to_string()], judged.to_vec()].concat();
            row(&mut self.body, &figure.mode, &cells);
        }
    }

    fn instructions(&mut self, counts: &Counts) {
        let backends = counts.backends();
        let columns = [vec!["payload"], backends.clone()].concat();
        heading(&mut self.body, "Instructions", INSTRUCTIONS, &columns);
        for payload in counts.payloads() {
            let count =
                |backend: &&str| cell(counts.of(backend, payload).map(|count| count as f64));
            row(&mut self.body, payload, &backends.iter().map(count).collect::<Vec<_>>());
        }
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

/// Returns a number of bytes as people write it.
fn size(bytes: u64) -> String {
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
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
const SPEED: &str = "GB/s, logarithmic";

const INTRODUCTION: &str = "\
Speeds are in GB/s of 10⁹ bytes, of the best of several runs, in the thread's own time (shards: on the wall).
Everything that the default scanner does is on, findings are made, unless a table says otherwise. *Read* is a
pass over the same bytes in the same run that does nothing but add them up; ratios to it compare machines better
than speeds do. Figures in bold are short of a goal. Payloads are made by `crates/measure`, or lie in the folder
that the command names.
";
const CONTENTS: &str = "\
A payload in memory, scanned where it lies, by instruction set.

";
const CHUNKS: &str = "\
A session that is handed the payload in pieces, as uploads arrive.

";
const THREADS: &str = "\
One payload in shards.

";
const SIZES: &str = "\
The beginning of a payload. Short ones lie in a cache, long ones do not; what each scan costs once shows in the
shortest.

";
const ASKED: [&str; 7] = [
    "one-detector",
    "30-detectors",
    "identifiers",
    "dictionaries",
    "default",
    "everything",
    "positions",
];
const ASKED_TEXT: &str = "\
One detector: cards alone. Thirty: cards, IBAN, and the identifiers of three countries. Identifiers are all
without lists of terms, dictionaries those lists alone, everything is the default and contact data, positions
the default with lines and columns.

";
const DENSITY: &str = "\
Lines of logs, of which one in so many is replaced by a card number with its name.

";
const SMALL: &str = "\
What a form and a field of it take.

";
const BUILDING: &str = "\
Once in a program's life: a scanner is shared.

";
const INSTRUCTIONS: &str = "\
Of one scan of 64 KiB of a content, of a form and of a field; counted by Valgrind, the same on every run.
`cargo xtask check` fails where a count grows by more than 5 %.

";

#[cfg(test)]
mod tests {
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
            "| dense | 1.05 | 3 | 10.5 | 0.01 | **0.001** | ≥ 0.045 |"
        );
        assert_eq!(line("| dense: avx512 ÷ read"), "| dense: avx512 ÷ read | 0.001 | ≥ 0.045 |");
        assert_eq!(line("| form-1k | "), "| form-1k | 1048576 | – | **2** | ≤ 1 |");
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
