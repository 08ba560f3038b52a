//! What the project wants to reach, for each content.

/// Goals of one content: how many times as fast as others, with AVX-512 and with AVX2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goals {
    /// Against Hyperscan with 27 patterns of identifiers and 2,000 terms, validated.
    pub realistic: [f64; 2],
    /// Against Hyperscan with one pattern for all numbers and 2,000 terms as literals.
    pub tuned: [f64; 2],
    /// Against a pass that only reads, with AVX-512.
    pub read: f64,
}

/// Returns the goals for a content, `None` where none are set.
pub fn of(corpus: &str) -> Option<Goals> {
    BY_CORPUS.iter().find(|(name, _)| *name == corpus).map(|(_, goals)| *goals)
}

const fn goals(realistic: [f64; 2], tuned: [f64; 2], read: f64) -> Goals {
    Goals { realistic, tuned, read }
}

const BY_CORPUS: [(&str, Goals); 8] = [
    ("english", goals([40.0, 16.0], [8.0, 3.0], 0.20)),
    ("logs", goals([35.0, 18.0], [9.0, 5.0], 0.14)),
    ("records", goals([35.0, 18.0], [8.0, 5.0], 0.10)),
    ("api", goals([30.0, 16.0], [8.0, 4.0], 0.14)),
    ("source", goals([40.0, 18.0], [8.0, 4.0], 0.23)),
    ("random", goals([40.0, 28.0], [11.0, 8.0], 0.30)),
    ("dense", goals([30.0, 10.0], [5.0, 2.0], 0.045)),
    ("multilingual", goals([26.0, 14.0], [6.0, 3.0], 0.30)),
];

/// Share of a slice's speed that chunks of 64 KiB have at the least.
pub const STREAM: f64 = 0.9;
/// How many times as long a byte of the longest payload takes as one of the shortest, at the most.
pub const LENGTH: f64 = 1.1;
/// How many times as fast two threads are at the least.
pub const SHARD: f64 = 1.8;
/// How many times as long all detectors take as thirty, in prose, at the most.
pub const DETECTORS: f64 = 1.15;
/// Microseconds that a payload takes at the most.
pub const SMALL: [(&str, f64); 2] = [("form-1k", 1.0), ("field-64", 0.1)];
/// Milliseconds that building the default scanner takes at the most.
pub const BUILD: f64 = 20.0;

#[cfg(test)]
mod tests {
    use measure::corpora::Kind;

    use super::*;

    #[test]
    fn every_content_has_goals() {
        for kind in Kind::ALL {
            let goals = of(kind.name()).unwrap_or_else(|| panic!("{kind:?}"));
            assert!(goals.realistic[0] > goals.tuned[0] && goals.read < 1.0, "{kind:?}");
        }
        assert_eq!(of("elsewhere"), None);
    }
}
