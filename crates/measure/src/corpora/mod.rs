//! Payloads to measure a scanner with, made here: the same in every run and on every machine, so that a count
//! of findings belongs to each of them.
//!
//! Eight kinds of content; lines of which every so many is a violation; and payloads of the size of a form.
//! Text is that of old books, of a declaration and of source code that are free to use (`data/README.md`
//! says which), reordered until there is enough; the rest is generated from a seed. No number is anybody's.

use std::path::Path;
use std::{fs, io};

mod generated;
mod numbers;
mod template;
mod text;

/// A payload to scan.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// What reports call it.
    pub name: String,
    /// The payload.
    pub bytes: Vec<u8>,
    /// Findings of medium confidence that it holds, where that is known.
    pub findings: Option<u64>,
}

/// A kind of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Novels in English.
    English,
    /// Lines of several programs' logs: half letters, a quarter digits.
    Logs,
    /// An export of orders: half digits, none of which is an identifier.
    Records,
    /// Answers of programs in JSON, one a line.
    Api,
    /// C and Rust.
    Source,
    /// Bytes of every value.
    Random,
    /// A card, a social security number and an IBAN on every line: what a scan costs at the most.
    Dense,
    /// The Declaration of Human Rights in twenty-six languages, mixed.
    Multilingual,
}

impl Kind {
    /// Every kind, in the order of reports.
    pub const ALL: [Kind; 8] = [
        Kind::English,
        Kind::Logs,
        Kind::Records,
        Kind::Api,
        Kind::Source,
        Kind::Random,
        Kind::Dense,
        Kind::Multilingual,
    ];

    /// Returns what reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::English => "english",
            Kind::Logs => "logs",
            Kind::Records => "records",
            Kind::Api => "api",
            Kind::Source => "source",
            Kind::Random => "random",
            Kind::Dense => "dense",
            Kind::Multilingual => "multilingual",
        }
    }

    /// Returns a corpus of this kind: the last whole line that fits ends it, random bytes fill it.
    ///
    /// # Complexity
    ///
    /// Linear in `bytes`.
    pub fn corpus(self, bytes: usize) -> Corpus {
        let corpus = |bytes, findings| Corpus { name: self.name().into(), bytes, findings };
        match self {
            Kind::English => corpus(text::english(bytes), Some(0)),
            Kind::Logs => corpus(generated::logs(bytes), Some(0)),
            Kind::Records => corpus(generated::records(bytes), Some(0)),
            Kind::Api => corpus(generated::api(bytes), Some(0)),
            Kind::Source => corpus(text::source(bytes), Some(0)),
            Kind::Random => corpus(generated::random(bytes), Some(0)),
            Kind::Dense => {
                let text = generated::dense(bytes);
                let findings = 3 * lines(&text);
                corpus(text, Some(findings))
            }
            Kind::Multilingual => corpus(text::multilingual(bytes), Some(0)),
        }
    }
}

/// Returns a corpus of every kind, each of at most `bytes` bytes.
pub fn made(bytes: usize) -> Vec<Corpus> {
    Kind::ALL.iter().map(|kind| kind.corpus(bytes)).collect()
}

/// Returns log lines of which every `every`th is replaced by a violation, none where it is `None`.
pub fn with_violations(every: Option<usize>, bytes: usize) -> Corpus {
    let name = every.map_or("clean".into(), |every| format!("1-in-{every}"));
    let (bytes, findings) = generated::violations(every, bytes);
    Corpus { name, bytes, findings: Some(findings) }
}

/// Returns payloads of the sizes that forms and their fields have: 1 KiB of JSON, and 64 bytes of text.
pub fn small() -> Vec<Corpus> {
    let corpus =
        |name: &str, bytes: Vec<u8>| Corpus { name: name.into(), bytes, findings: Some(0) };
    vec![corpus("form-1k", generated::form()), corpus("field-64", generated::field())]
}

/// Returns the files of a folder, by name.
///
/// # Errors
///
/// The folder or one of its files cannot be read.
pub fn files_of(folder: &Path) -> io::Result<Vec<Corpus>> {
    let mut corpora = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            corpora.push(Corpus { name, bytes: fs::read(&path)?, findings: None });
        }
    }
    corpora.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(corpora)
}

fn lines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_is_the_same_every_time_and_as_long_as_asked() {
        for kind in Kind::ALL {
            let corpus = kind.corpus(100_000);
            let length = corpus.bytes.len();
            assert!((98_000..=100_000).contains(&length), "{}: {length}", corpus.name);
            assert_eq!(corpus.bytes, kind.corpus(100_000).bytes, "{}", corpus.name);
        }
    }

    /// Shares of digits and of letters, in hundredths, as in files from the world.
    #[test]
    fn a_corpus_is_made_of_what_its_kind_is_made_of() {
        let bounds = [
            (Kind::English, 0..=1, 74..=82),
            (Kind::Logs, 20..=35, 40..=56),
            (Kind::Records, 45..=58, 22..=36),
            (Kind::Api, 12..=28, 36..=62),
            (Kind::Source, 1..=4, 52..=68),
            (Kind::Random, 3..=5, 18..=22),
            (Kind::Dense, 50..=70, 10..=30),
            (Kind::Multilingual, 0..=1, 15..=45),
        ];
        for (kind, digits, letters) in bounds {
            let bytes = kind.corpus(400_000).bytes;
            let share = |is: fn(&u8) -> bool| {
                100 * bytes.iter().filter(|byte| is(byte)).count() / bytes.len()
            };
            let found = (share(u8::is_ascii_digit), share(u8::is_ascii_alphabetic));
            assert!(digits.contains(&found.0) && letters.contains(&found.1), "{kind:?}: {found:?}");
        }
    }

    #[test]
    fn violations_stand_as_often_as_asked() {
        for (every, least) in [(None, 0), (Some(100), 1), (Some(10), 10), (Some(1), 100)] {
            let corpus = with_violations(every, 40_000);
            let text = String::from_utf8(corpus.bytes).unwrap();
            let found = text.lines().filter(|line| line.contains("card number")).count() as u64;
            assert_eq!(corpus.findings, Some(found), "{}", corpus.name);
            let expected = every.map_or(0, |every| text.lines().count() / every) as u64;
            assert!(found == expected && found >= least, "{}: {found}", corpus.name);
        }
    }

    #[test]
    fn small_payloads_have_their_sizes() {
        let sizes: Vec<usize> = small().iter().map(|corpus| corpus.bytes.len()).collect();
        assert_eq!(sizes, [1024, 64]);
        assert!(small().into_iter().all(|corpus| String::from_utf8(corpus.bytes).is_ok()));
    }
}
