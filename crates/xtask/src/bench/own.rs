//! The sections about this library alone.

use measure::Figure;

use super::chart::{Lines, number};
use super::goals;
use super::instructions::Counts;
use super::page::{Goal, Page, SPEED, cell, over};
use super::set::{OURS, Set, Way};
use crate::eval::page::{heading, row};

impl Page {
    pub(super) fn contents(&mut self, set: Set<'_>) {
        let backends = set.backends();
        let ratio = format!("{} ÷ read", set.best());
        let columns =
            [vec!["content", "MB", "findings", "read"], backends.clone(), vec![&ratio, "goal"]];
        heading(&mut self.body, "By content", CONTENTS, &columns.concat());
        for corpus in set.corpora("default") {
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
        let speeds =
            |way: Way<'_>| set.corpora("default").iter().map(|c| set.speed(OURS, way, c)).collect();
        let backends = set.backends();
        let ours = backends.iter().map(|b| ((*b).to_owned(), speeds(Way("default", "slice", b))));
        let read = set.corpora("default").iter().map(|corpus| set.read(corpus)).collect();
        let series = ours.chain([("read only".to_owned(), read)]).collect();
        self.bars("contents", "A slice on one thread, by content", set.corpora("default"), series);
    }

    pub(super) fn chunks(&mut self, set: Set<'_>) {
        let columns = ["content", "slice", "64 KiB", "4 KiB", "1 KiB", "64 KiB ÷ slice", "goal"];
        heading(&mut self.body, "In chunks", CHUNKS, &columns);
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        for corpus in set.corpora("default") {
            let mut cells: Vec<String> =
                MODES.iter().map(|(_, mode)| cell(speed(mode, corpus))).collect();
            let share = over(speed("stream-64k", corpus), speed("slice", corpus));
            cells.extend(self.judged(
                &format!("{corpus}: 64 KiB ÷ slice"),
                share,
                Goal::Least(goals::STREAM),
            ));
            row(&mut self.body, corpus, &cells);
        }
        self.chunks_picture(set);
    }

    fn chunks_picture(&mut self, set: Set<'_>) {
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        let of = |mode| set.corpora("default").iter().map(|corpus| speed(mode, corpus)).collect();
        let series = MODES.iter().map(|(name, mode)| ((*name).to_owned(), of(mode))).collect();
        self.bars(
            "chunks",
            "A session on one thread, by size of chunks",
            set.corpora("default"),
            series,
        );
    }

    pub(super) fn threads(&mut self, set: Set<'_>) {
        let columns = ["content", "1 thread", "2 threads", "2 ÷ 1", "goal"];
        heading(&mut self.body, "By threads", THREADS, &columns);
        let speed = |mode, corpus: &str| set.speed(OURS, Way("default", mode, set.best()), corpus);
        for corpus in set.corpora("default") {
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
        let series =
            set.corpora("default").into_iter().map(|c| (c.to_owned(), points(c))).collect();
        let marks = vec![(1.0, "1".into()), (2.0, "2".into())];
        let title = "Shards, by threads";
        let chart = Lines { title: title.into(), measure: SPEED, along: "threads", marks, series };
        self.picture("threads", title, chart.svg());
    }

    pub(super) fn sizes(&mut self, set: Set<'_>) {
        let of = |corpus: &str| -> Vec<&Figure> {
            let all = set.all(OURS, Way("size", "slice", ""));
            all.filter(|figure| figure.corpus == corpus).collect()
        };
        let corpora = set.corpora("size");
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

    pub(super) fn lengths(&mut self, set: Set<'_>) {
        let way = || Way("length", "stream-64k", "");
        let of = |corpus: &str| -> Vec<&Figure> {
            set.all(OURS, way()).filter(|figure| figure.corpus == corpus).collect()
        };
        let corpora = set.corpora("length");
        let Some(measured) = corpora.first().map(|corpus| of(corpus)) else { return };
        let names: Vec<String> = measured.iter().map(|figure| size(figure.bytes)).collect();
        let names = names.iter().map(String::as_str);
        let columns: Vec<&str> =
            ["content"].into_iter().chain(names).chain(["longest ÷ shortest", "goal"]).collect();
        heading(&mut self.body, "By length", LENGTHS, &columns);
        for corpus in corpora {
            let speeds: Vec<f64> =
                of(corpus).iter().map(|figure| figure.gigabytes_per_second()).collect();
            let mut cells: Vec<String> = speeds.iter().map(|speed| number(*speed)).collect();
            let what = format!("{corpus}: time of a byte of the longest ÷ of the shortest");
            let times = over(speeds.first().copied(), speeds.last().copied());
            cells.extend(self.judged(&what, times, Goal::Most(goals::LENGTH)));
            row(&mut self.body, corpus, &cells);
        }
    }

    pub(super) fn asked(&mut self, set: Set<'_>) {
        let columns = [vec!["content"], ASKED.to_vec(), vec!["30 ÷ default", "goal"]].concat();
        heading(&mut self.body, "By what is asked", ASKED_TEXT, &columns);
        let speed = |task, corpus: &str| set.speed(OURS, Way(task, "slice", set.best()), corpus);
        for corpus in set.corpora("default") {
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
        let series =
            set.corpora("default").into_iter().map(|c| (c.to_owned(), points(c))).collect();
        let marks = counts.iter().map(|(count, _)| (*count, count.to_string())).collect();
        let title = "A slice on one thread, by number of detectors";
        let chart =
            Lines { title: title.into(), measure: SPEED, along: "detectors", marks, series };
        self.picture("detectors", title, chart.svg());
    }

    pub(super) fn density(&mut self, set: Set<'_>) {
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

    pub(super) fn small(&mut self, set: Set<'_>) {
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

    pub(super) fn building(&mut self, set: Set<'_>) {
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

    pub(super) fn instructions(&mut self, counts: &Counts) {
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

/// Returns a number of bytes as people write it.
fn size(bytes: u64) -> String {
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

/// Names and modes of what is set beside each other in chunks.
const MODES: [(&str, &str); 4] =
    [("slice", "slice"), ("64 KiB", "stream-64k"), ("4 KiB", "stream-4k"), ("1 KiB", "stream-1k")];
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
const LENGTHS: &str = "\
A session that is handed one MiB over and over in chunks of 64 KiB, so that nothing but the length differs and
nothing but the MiB is in memory. The last columns are about the time that a byte takes.

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
