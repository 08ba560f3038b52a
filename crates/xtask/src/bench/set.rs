//! Measurements, looked up.

use measure::Figure;
use measure::corpora::Kind;

/// The measurements of one run.
#[derive(Clone, Copy)]
pub struct Set<'f>(pub &'f [Figure]);

/// Which way a payload took: task, mode and backend, the last empty where any will do.
#[derive(Clone, Copy)]
pub struct Way<'w>(pub &'w str, pub &'w str, pub &'w str);

/// This library's name in figures.
pub const OURS: &str = "portcullis";

impl<'f> Set<'f> {
    /// Returns the figures of an engine and a way, in the order they were taken.
    pub fn all(self, engine: &str, way: Way<'_>) -> impl Iterator<Item = &'f Figure> {
        let Way(task, mode, backend) = way;
        self.0.iter().filter(move |figure| {
            let is_backend = backend.is_empty() || figure.backend == backend;
            figure.engine == engine && figure.task == task && figure.mode == mode && is_backend
        })
    }

    /// Returns the figure of one payload.
    pub fn one(self, engine: &str, way: Way<'_>, corpus: &str) -> Option<&'f Figure> {
        self.all(engine, way).find(|figure| figure.corpus == corpus)
    }

    /// Returns how fast one payload went, in 10⁹ bytes a second.
    pub fn speed(self, engine: &str, way: Way<'_>, corpus: &str) -> Option<f64> {
        self.one(engine, way, corpus).map(Figure::gigabytes_per_second)
    }

    /// Returns how fast one payload is read: out of memory where that was measured, else where it lies.
    pub fn read(self, corpus: &str) -> Option<f64> {
        let modes = ["memory", "slice"].into_iter();
        modes.filter_map(|mode| self.speed("read", Way("read", mode, ""), corpus)).next()
    }

    /// Returns what figures have of something, each once, in the order they were taken.
    pub fn each(self, of: impl Fn(&'f Figure) -> Option<&'f str>) -> Vec<&'f str> {
        let mut seen = Vec::new();
        for name in self.0.iter().filter_map(of) {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen
    }

    /// Returns the payloads that a task was measured on: the kinds in their order, then others.
    pub fn corpora(self, task: &str) -> Vec<&'f str> {
        let mut names = self.each(|figure| (figure.task == task).then_some(figure.corpus.as_str()));
        names.sort_by_key(|name| {
            Kind::ALL.iter().position(|kind| kind.name() == *name).unwrap_or(usize::MAX)
        });
        names
    }

    /// Returns this library's backends, the best last.
    pub fn backends(self) -> Vec<&'f str> {
        self.each(|figure| (figure.task == "default").then_some(figure.backend.as_str()))
    }

    /// Returns the best backend that was measured.
    pub fn best(self) -> &'f str {
        ["avx512", "avx2", "neon", "scalar"]
            .into_iter()
            .find_map(|name| self.backends().into_iter().find(|backend| *backend == name))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_by_what_they_are_of() {
        let figure = |engine: &str, mode: &str, backend: &str, cpu_s| Figure {
            engine: engine.into(),
            task: if engine == OURS { "default" } else { "read" }.into(),
            mode: mode.into(),
            backend: backend.into(),
            corpus: "english".into(),
            bytes: 1_000_000_000,
            cpu_s,
            ..Figure::default()
        };
        let figures = [
            figure("read", "slice", "", 0.01),
            figure("read", "memory", "", 0.02),
            figure(OURS, "slice", "scalar", 1.0),
            figure(OURS, "slice", "avx2", 0.5),
        ];
        let set = Set(&figures);
        assert_eq!(set.speed(OURS, Way("default", "slice", "avx2"), "english"), Some(2.0));
        assert_eq!(set.speed(OURS, Way("default", "slice", ""), "english"), Some(1.0));
        assert_eq!(set.speed(OURS, Way("default", "slice", ""), "dense"), None);
        assert_eq!(set.read("english"), Some(50.0));
        assert_eq!((set.corpora("default"), set.best()), (vec!["english"], "avx2"));
    }
}
