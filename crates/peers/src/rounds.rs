//! Runs engines in turn and keeps the best of each.

use std::hint::black_box;

use measure::Figure;
use measure::corpora::Corpus;
use measure::timer::{self, Time};

use crate::agree::{self, PREFIX};
use crate::ids::{Id, Tally};
use crate::options::Options;
use crate::peer::{Peer, Row, Terms};
use crate::record::figure;

/// What an engine came to over a corpus.
#[derive(Debug)]
pub struct Measured {
    bytes: usize,
    best: Option<Time>,
    spent: f64,
    tally: Tally,
}

/// Runs every engine over a payload, one after the other and then again from the first on, so that a
/// neighbour's busy second falls on all of them.
///
/// # Errors
///
/// An engine fails, or counts otherwise than the time before.
pub fn measure(
    peers: &mut [Box<dyn Peer>],
    payload: &[u8],
    options: &Options,
) -> Result<Vec<Measured>, String> {
    let prepared = peers.iter_mut().map(|peer| Measured::new(peer.prepare(payload)));
    let mut all: Vec<Measured> = prepared.collect();
    for _ in 0..options.runs {
        for (peer, measured) in peers.iter_mut().zip(&mut all) {
            if measured.spent < options.seconds {
                measured.run(peer.as_mut(), payload)?;
            }
        }
    }
    Ok(all)
}

/// Counts the terms in the first bytes of a corpus one by one, and says whose count is another.
///
/// # Errors
///
/// An engine fails.
pub fn prefix(
    peers: &mut [Box<dyn Peer>],
    corpus: &Corpus,
    terms: &[String],
) -> Result<Vec<String>, String> {
    let prefix = corpus.bytes.get(..PREFIX).unwrap_or(&corpus.bytes);
    let (all, longest) = agree::terms_one_by_one(prefix, terms);
    let mut differences = Vec::new();
    for peer in peers {
        let expected = match peer.row().counts.terms {
            Terms::Own => continue,
            Terms::All => all,
            Terms::Longest => longest,
        };
        peer.prepare(prefix);
        let (count, name) = (peer.scan(prefix)?.terms, peer.row().name());
        if count != expected {
            let text =
                format!("{}: {expected} terms in the first bytes, {count} by {name}", corpus.name);
            differences.push(text);
        }
    }
    Ok(differences)
}

/// Compares the counts that have to agree: with each other, and with what is known of a corpus.
pub fn compare(
    peers: &[Box<dyn Peer>],
    corpus: &Corpus,
    measured: &[Measured],
    ids: &[Id],
) -> Vec<String> {
    let rows = peers.iter().map(|peer| peer.row());
    let counted: Vec<(&Row, &Tally)> =
        rows.zip(measured).map(|(row, measured)| (row, &measured.tally)).collect();
    let mut differences = agree::disagreements(ids, &corpus.name, &counted);
    let own = counted.iter().find(|(row, _)| row.engine == "portcullis" && row.task == "default");
    if let (Some(known), Some((_, tally))) = (corpus.findings, own)
        && tally.total() != known
    {
        differences.push(format!("{}: {known} findings, {} counted", corpus.name, tally.total()));
    }
    differences
}

/// Returns the figures of a corpus.
pub fn figures(peers: &[Box<dyn Peer>], corpus: &str, measured: &[Measured]) -> Vec<Figure> {
    let pairs = peers.iter().zip(measured);
    let figures = pairs.filter_map(|(peer, measured)| {
        let count = measured.tally.total();
        Some(figure(peer.row(), corpus, measured.bytes, measured.best?, count))
    });
    figures.collect()
}

impl Measured {
    fn new(bytes: usize) -> Measured {
        Measured { bytes, best: None, spent: 0.0, tally: Tally::default() }
    }

    fn run(&mut self, peer: &mut dyn Peer, payload: &[u8]) -> Result<(), String> {
        let (seconds, tally) = timer::once(|| peer.scan(black_box(payload)));
        let tally = tally.map_err(|error| format!("{}: {error}", peer.row().name()))?;
        if self.best.is_some() && tally != self.tally {
            return Err(format!("{} counts differently each time", peer.row().name()));
        }
        self.best = Some(self.best.map_or(seconds, |best| best.least(seconds)));
        self.spent += seconds.wall_s;
        self.tally = tally;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    /// Counts runs, and tells one or the other count.
    struct Fickle {
        row: Row,
        runs: u64,
        changes: bool,
    }

    impl Peer for Fickle {
        fn row(&self) -> &Row {
            &self.row
        }

        fn scan(&mut self, _payload: &[u8]) -> Result<Tally, String> {
            self.runs += 1;
            Ok(Tally { own: if self.changes { self.runs } else { 1 }, ..Tally::default() })
        }
    }

    fn measured(changes: bool, seconds: &str) -> Result<(Vec<Measured>, Vec<Figure>), String> {
        let row = Row { engine: "fickle", ..Row::default() };
        let mut peers: Vec<Box<dyn Peer>> = vec![Box::new(Fickle { row, runs: 0, changes })];
        let options = Options::try_parse_from(["peers", "--seconds", seconds]).unwrap();
        let measured = measure(&mut peers, b"payload", &options)?;
        let figures = figures(&peers, "corpus", &measured);
        Ok((measured, figures))
    }

    #[test]
    fn the_best_run_is_kept() {
        let (measured, figures) = measured(false, "20").unwrap();
        let best = measured[0].best.unwrap();
        assert!(best.wall_s * 5.0 <= measured[0].spent);
        assert_eq!(
            (figures[0].bytes, figures[0].count, figures[0].corpus.as_str()),
            (7, 1, "corpus")
        );
    }

    #[test]
    fn an_engine_that_changes_its_mind_is_named() {
        let error = measured(true, "20").unwrap_err();
        assert!(error.contains("fickle") && error.contains("differently"), "{error}");
    }
}
