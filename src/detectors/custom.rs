//! Customers' own detectors: a pattern with a bounded length, and words that stand near.

use std::ops::Range;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, PatternSet};

use crate::error::{BuildError, BuildErrorKind};
use crate::finding::{Category, Scores};

/// Bytes of the longest match that a customer's pattern may have.
pub(crate) const LONGEST_CUSTOM: usize = 256;
/// Bytes of the longest keyword of a customer's detector; with its gaps it still lies within what is
/// searched around a match.
const LONGEST_KEYWORD: usize = 64;
/// Bytes of the compiled pattern at the most.
const SIZE_LIMIT: usize = 1 << 20;

/// A customer's own detector.
///
/// A match begins and ends at a word edge. Without keywords every match is a finding of high
/// confidence; with keywords one of them has to stand within 60 bytes before or 40 behind.
///
/// # Examples
///
/// ```
/// use portcullis::{Category, CustomDetector, Scanner};
///
/// let badge = CustomDetector::new("acme.badge", Category::GovernmentId, "ACM-[0-9]{6}");
/// let scanner = Scanner::builder().custom(badge).build()?;
/// let report = scanner.scan(b"badge ACM-004711 lost")?;
/// assert_eq!(report.findings()[0].detector(), "acme.badge");
/// assert_eq!(report.findings()[0].span().start, 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CustomDetector {
    pub(crate) id: String,
    pub(crate) category: Category,
    pub(crate) pattern: String,
    pub(crate) keywords: Vec<String>,
}

impl CustomDetector {
    /// Returns a detector for what a regular expression (syntax of the `regex` crate) matches.
    pub fn new(id: &str, category: Category, pattern: &str) -> CustomDetector {
        let (id, pattern) = (id.to_owned(), pattern.to_owned());
        CustomDetector { id, category, pattern, keywords: Vec::new() }
    }

    /// Asks for one of these words near a match; blanks stand for `_`, `-` and line ends as well.
    #[must_use]
    pub fn with_keywords<'k>(mut self, words: impl IntoIterator<Item = &'k str>) -> CustomDetector {
        self.keywords.extend(words.into_iter().map(str::to_lowercase));
        self
    }

    pub(crate) fn scores(&self) -> Scores {
        let alone = if self.keywords.is_empty() { 85 } else { 0 };
        Scores { bare: alone, separated: alone, keyword: 85, field: 95 }
    }

    fn conflict(&self, why: impl std::fmt::Display) -> BuildError {
        BuildError::new(BuildErrorKind::Pattern, format!("detector {:?}: {why}", self.id))
    }

    fn compile(&self) -> Result<Regex, BuildError> {
        if let Some(keyword) = self.keywords.iter().find(|word| word.len() > LONGEST_KEYWORD) {
            let length = keyword.len();
            return Err(self.conflict(format!(
                "a keyword is {length} bytes long; at most {LONGEST_KEYWORD} bytes are allowed"
            )));
        }
        let parsed = syntax::parse(&self.pattern).map_err(|error| self.conflict(error))?;
        match (parsed.properties().minimum_len(), parsed.properties().maximum_len()) {
            (Some(1..), Some(..=LONGEST_CUSTOM)) => {}
            (Some(0) | None, _) => return Err(self.conflict("the pattern matches nothing at all")),
            (_, longest) => {
                let longest = longest.map_or("without bound".to_owned(), |n| format!("{n} bytes"));
                return Err(self.conflict(format!(
                    "a match may be {longest} long; at most {LONGEST_CUSTOM} bytes are allowed, \
                     so write a count such as {{1,40}} for + or *"
                )));
            }
        }
        many(&[&self.pattern]).map_err(|error| self.conflict(error))
    }
}

fn many(patterns: &[&str]) -> Result<Regex, Box<regex_automata::meta::BuildError>> {
    let config = Regex::config().nfa_size_limit(Some(SIZE_LIMIT)).utf8_empty(false);
    let syntax = syntax::Config::new().utf8(false);
    Regex::builder().configure(config).syntax(syntax).build_many(patterns).map_err(Box::new)
}

/// Every customer's pattern: one automaton that tells which of them match at a place, and one each
/// that tells how far.
#[derive(Debug)]
pub(crate) struct Customs {
    all: Regex,
    each: Vec<Regex>,
}

impl Customs {
    /// Compiles the patterns; `None` where there are none.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Pattern`] for a pattern that is malformed, empty, unbounded or too large.
    pub(crate) fn new(customs: &[CustomDetector]) -> Result<Option<Customs>, BuildError> {
        if customs.is_empty() {
            return Ok(None);
        }
        let each = customs.iter().map(CustomDetector::compile).collect::<Result<_, _>>()?;
        let patterns: Vec<&str> = customs.iter().map(|custom| custom.pattern.as_str()).collect();
        let all = many(&patterns)
            .map_err(|error| BuildError::new(BuildErrorKind::Pattern, error.to_string()))?;
        Ok(Some(Customs { all, each }))
    }

    /// Calls `found` with the index and the span of each pattern that matches at `at`.
    pub(crate) fn at(
        &self,
        haystack: &[u8],
        at: usize,
        mut found: impl FnMut(usize, Range<usize>),
    ) {
        let inside = |at: usize| {
            let word = |i: usize| haystack.get(i).is_some_and(u8::is_ascii_alphanumeric);
            at > 0 && word(at - 1) && word(at)
        };
        if inside(at) {
            return;
        }
        let end = haystack.len().min(at + LONGEST_CUSTOM);
        let input = Input::new(haystack).range(at..end).anchored(Anchored::Yes);
        // Nearly always nothing matches, and the set below is an allocation.
        if !self.all.is_match(input.clone()) {
            return;
        }
        let mut matching = PatternSet::new(self.each.len());
        self.all.which_overlapping_matches(&input, &mut matching);
        for index in matching.iter().map(|pattern| pattern.as_usize()) {
            let span = self.each.get(index).and_then(|regex| regex.search(&input));
            let span = span.map(|found| found.range()).filter(|span| !inside(span.end));
            span.into_iter().for_each(|span| found(index, span));
        }
    }
}
