//! Customers' own: patterns, dictionaries, tables of values known by their digests, and what of all
//! that is found is allowed.

mod allow;
mod checksum;
mod dictionary;
mod exact;
mod loaded;
mod pattern;
mod sip;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use allow::{Allow, Allowed};
pub use exact::{ExactTable, ExactTableBuilder};
pub(crate) use loaded::{Base, Loaded};

use crate::error::{BuildError, BuildErrorKind};
use crate::finding::{Category, Confidence, Evidence, Scores};
use crate::fingerprint::Fingerprint;
use dictionary::{Dictionary, Words};
use exact::Lookup;
use pattern::{Pattern, Patterns};

/// Bytes of the longest match that a customer's definition may have.
pub(crate) const LONGEST_CUSTOM: usize = 256;
/// Bytes of the longest keyword of a customer's definition; with its gaps it still lies within what is
/// searched around a match.
const LONGEST_KEYWORD: usize = 64;
/// Bytes before and behind a match in which a keyword counts, where nothing else is said.
const DEFAULT_WINDOW: (u16, u16) = (60, 40);
/// Definitions of customers in one scanner at the most.
const MOST_DEFINITIONS: usize = 1_000;

/// A customer's own detector: a pattern, a dictionary or a table of known values.
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
    pub(crate) name: Option<String>,
    pub(crate) category: Category,
    pub(crate) keywords: Vec<String>,
    pub(crate) window: (u16, u16),
    /// Confidence of a match without a keyword near; `None` is no finding.
    alone: Option<Confidence>,
    with_keyword: Confidence,
    pub(crate) valid: Vec<String>,
    pub(crate) invalid: Vec<String>,
    kind: Kind,
}

/// How a customer's detector finds.
#[derive(Clone, Debug)]
enum Kind {
    Pattern(Pattern),
    Dictionary(Arc<Dictionary>),
    Exact(Arc<ExactTable>),
}

impl CustomDetector {
    /// Returns a detector for what a regular expression (syntax of the `regex` crate) matches.
    pub fn new(id: &str, category: Category, pattern: &str) -> CustomDetector {
        CustomDetector::of(id, category, Kind::Pattern(Pattern::new(pattern)))
    }

    /// Returns a detector for the terms of a list, whole words of any case and accents.
    ///
    /// # Errors
    ///
    /// A term of fewer than two letters or digits, one that is too long, or more than a dictionary
    /// takes; the message says which by its number and never by its text.
    pub fn dictionary<'t>(
        id: &str,
        category: Category,
        terms: impl IntoIterator<Item = &'t str>,
    ) -> Result<CustomDetector, BuildError> {
        let dictionary = Dictionary::new(terms.into_iter().map(str::to_owned).collect());
        let kind = Kind::Dictionary(dictionary.into());
        let detector = CustomDetector::of(id, category, kind);
        detector.check()?;
        Ok(detector)
    }

    /// Returns a detector for the values of a table, which holds nothing but their digests under the
    /// key that the scanner is built with.
    pub fn exact(id: &str, category: Category, table: ExactTable) -> CustomDetector {
        CustomDetector::of(id, category, Kind::Exact(table.into()))
    }

    fn of(id: &str, category: Category, kind: Kind) -> CustomDetector {
        CustomDetector {
            id: id.to_owned(),
            name: None,
            category,
            keywords: Vec::new(),
            window: DEFAULT_WINDOW,
            alone: Some(Confidence::High),
            with_keyword: Confidence::High,
            valid: Vec::new(),
            invalid: Vec::new(),
            kind,
        }
    }

    /// Asks for one of these words near a match; blanks stand for `_`, `-` and line ends as well.
    #[must_use]
    pub fn with_keywords<'k>(mut self, words: impl IntoIterator<Item = &'k str>) -> CustomDetector {
        self.keywords.extend(words.into_iter().map(str::to_lowercase));
        self.alone = self.alone.filter(|_| self.keywords.is_empty());
        self
    }

    pub(crate) fn scores(&self) -> Scores {
        let alone = self.alone.map_or(0, score);
        let keyword = score(self.with_keyword);
        Scores { bare: alone, separated: alone, keyword, field: keyword + FIELD_BONUS }
    }

    /// Returns how it is written, for people.
    pub(crate) fn format(&self) -> &str {
        match &self.kind {
            Kind::Pattern(pattern) => &pattern.source,
            Kind::Dictionary(_) => "a term of a customer's list",
            Kind::Exact(_) => "a value of a customer's table",
        }
    }

    /// Returns whether the context has a say where no keyword is asked for: a listed value is one
    /// whatever stands beside it, a match of a pattern need not be.
    pub(crate) fn is_sure(&self) -> bool {
        self.keywords.is_empty() && !matches!(self.kind, Kind::Pattern(_))
    }

    /// Returns what speaks for a match.
    pub(crate) fn evidence(&self) -> Vec<Evidence> {
        match &self.kind {
            Kind::Pattern(pattern) => {
                let check = pattern.checksum.map(|checksum| Evidence::Check(checksum.name.into()));
                [Evidence::Check("pattern".into())].into_iter().chain(check).collect()
            }
            Kind::Dictionary(_) => vec![Evidence::List(self.id.clone().into())],
            Kind::Exact(_) => vec![Evidence::Check("exact".into())],
        }
    }

    /// Hands on everything that decides what it finds.
    pub(crate) fn fingerprint(&self, print: &mut Fingerprint) {
        print.bytes(self.id.as_bytes());
        print.texts(&self.keywords);
        match &self.kind {
            Kind::Pattern(pattern) => pattern.fingerprint(print),
            Kind::Dictionary(dictionary) => dictionary.fingerprint(print),
            Kind::Exact(table) => table.fingerprint(print),
        }
    }

    fn conflict(&self, why: impl std::fmt::Display) -> BuildError {
        let kind = match self.kind {
            Kind::Pattern(_) => BuildErrorKind::Pattern,
            _ => BuildErrorKind::Conflict,
        };
        BuildError::new(kind, format!("detector {:?}: {why}", self.id))
    }

    /// Refuses what cannot be found: by its keywords, its pattern, its samples or its terms.
    fn check(&self) -> Result<(), BuildError> {
        if let Some(keyword) = self.keywords.iter().find(|word| word.len() > LONGEST_KEYWORD) {
            let length = keyword.len();
            return Err(self.conflict(format!(
                "a keyword is {length} bytes long; at most {LONGEST_KEYWORD} bytes are allowed"
            )));
        }
        let checked = match &self.kind {
            Kind::Pattern(pattern) => {
                pattern.compile().and_then(|compiled| self.check_samples(pattern, &compiled))
            }
            Kind::Dictionary(dictionary) => dictionary.check(),
            Kind::Exact(_) => Ok(()),
        };
        checked.map_err(|why| self.conflict(why))
    }

    /// Tries the samples on the pattern and its checksum. They are named by their number only.
    fn check_samples(&self, pattern: &Pattern, compiled: &Patterns) -> Result<(), String> {
        let missed = self.valid.iter().position(|text| !pattern.finds(compiled, text));
        if let Some(index) = missed {
            return Err(format!("sample {} of \"valid\" is not matched as a whole", index + 1));
        }
        let found = self.invalid.iter().position(|text| pattern.finds(compiled, text));
        found.map_or(Ok(()), |index| {
            Err(format!("sample {} of \"invalid\" is matched as a whole", index + 1))
        })
    }
}

/// Returns the score that stands for a confidence which a customer asks for.
fn score(confidence: Confidence) -> u8 {
    match confidence {
        Confidence::Low => 30,
        Confidence::Medium => 65,
        Confidence::High => 85,
    }
}

/// Added where a keyword stands in the name of the value's own field.
const FIELD_BONUS: u8 = 10;

/// Everything that customers define, compiled: one automaton for all patterns, one table for all
/// dictionaries, one for each table of values. Definitions are named by their index.
#[derive(Debug)]
pub(crate) struct Customs {
    patterns: Option<Patterns>,
    /// For each pattern of the automaton its definition.
    by_pattern: Vec<(usize, Pattern)>,
    words: Option<Words>,
    lookups: Vec<(usize, Lookup)>,
}

impl Customs {
    /// Compiles the definitions; `None` where there are none.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Pattern`] for a pattern that is malformed, empty, unbounded or too large,
    /// [`BuildErrorKind::Conflict`] for tables without the key that they were made with.
    pub(crate) fn new(
        customs: &[CustomDetector],
        key: Option<&[u8]>,
    ) -> Result<Option<Customs>, BuildError> {
        if customs.is_empty() {
            return Ok(None);
        }
        check_all(customs)?;
        let mut compiled =
            Customs { patterns: None, by_pattern: Vec::new(), words: None, lookups: Vec::new() };
        let mut dictionaries = Vec::new();
        for (index, custom) in customs.iter().enumerate() {
            match &custom.kind {
                Kind::Pattern(pattern) => compiled.by_pattern.push((index, pattern.clone())),
                Kind::Dictionary(dictionary) => dictionaries.push((index, dictionary.as_ref())),
                Kind::Exact(table) => {
                    let lookup = Lookup::new(Arc::clone(table), key);
                    compiled.lookups.push((index, lookup.map_err(|why| custom.conflict(why))?));
                }
            }
        }
        compiled.words = Words::new(&dictionaries)?;
        compiled.compile_patterns()?;
        Ok(Some(compiled))
    }

    fn compile_patterns(&mut self) -> Result<(), BuildError> {
        let patterns: Vec<&Pattern> = self.by_pattern.iter().map(|(_, pattern)| pattern).collect();
        if !patterns.is_empty() {
            let conflict =
                |why: String| BuildError::new(BuildErrorKind::Pattern, format!("together: {why}"));
            self.patterns = Some(Patterns::new(&patterns).map_err(conflict)?);
        }
        Ok(())
    }

    /// Calls `found` with the index of the definition and the span of each match that begins within
    /// `range`, and with the value where it is not what is written there.
    ///
    /// # Complexity
    ///
    /// Linear in the range, and nearly the same for one definition as for hundreds of one kind: but
    /// tables of values are looked up one by one.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        found: &mut impl FnMut(usize, Range<usize>, Option<&[u8]>),
    ) {
        if let Some(patterns) = &self.patterns {
            patterns.find(haystack, range, &mut |pattern, span| {
                let Some((index, pattern)) = self.by_pattern.get(pattern) else { return };
                if haystack.get(span.clone()).is_some_and(|written| pattern.holds(written)) {
                    found(*index, span, None);
                }
            });
        }
        if let Some(words) = &self.words {
            words.find(haystack, range, &mut |index, span| found(index, span, None));
        }
        for (index, lookup) in &self.lookups {
            lookup.find(haystack, range, &mut |span, value| found(*index, span, Some(value)));
        }
    }
}

fn check_all(customs: &[CustomDetector]) -> Result<(), BuildError> {
    if customs.len() > MOST_DEFINITIONS {
        let message = format!("more than {MOST_DEFINITIONS} definitions of customers");
        return Err(BuildError::new(BuildErrorKind::Conflict, message));
    }
    customs.iter().try_for_each(CustomDetector::check)
}

/// Returns whether a place lies between two letters or digits.
fn is_within_word(haystack: &[u8], at: usize) -> bool {
    let word = |i: usize| haystack.get(i).is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && word(at - 1) && word(at)
}
