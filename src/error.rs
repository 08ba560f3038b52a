//! The two ways to fail: while building (configuration) and while scanning (bytes and their source).

use std::fmt;
use std::io;
use std::ops::Range;

/// A configuration that cannot be used, with the place and the mend.
///
/// `Display` reads `acme.toml:7:11: unknown category "helth"; did you mean "health"?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    kind: BuildErrorKind,
    place: Option<Place>,
    message: String,
}

/// What is wrong with a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// The text is not TOML, or a value has the wrong type.
    Syntax,
    /// A key, category, detector, action or policy that does not exist.
    UnknownName,
    /// Values that are well formed and cannot hold together.
    Conflict,
    /// A customer's pattern that cannot be used.
    Pattern,
    /// A file that a configuration names and that cannot be read.
    Io,
    /// A choice this machine cannot carry out.
    Unsupported,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    source: String,
    line: usize,
    column: usize,
}

impl BuildError {
    pub(crate) fn new(kind: BuildErrorKind, message: impl Into<String>) -> BuildError {
        BuildError { kind, place: None, message: message.into() }
    }

    /// Names the place of the error: `range` in bytes of `text`, which came from `source`.
    pub(crate) fn at(mut self, source: &str, text: &str, range: Range<usize>) -> BuildError {
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.place = Some(Place {
            source: source.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        });
        self
    }

    /// Returns what is wrong.
    pub fn kind(&self) -> BuildErrorKind {
        self.kind
    }

    /// Returns line and column, both from 1, where the error stands in a file.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        self.place.as_ref().map(|place| (place.line, place.column))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { source, line, column }) = &self.place {
            write!(f, "{source}:{line}:{column}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for BuildError {}

/// A name that stands for nothing, with the nearest one that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    what: &'static str,
    name: String,
    nearest: Option<String>,
}

impl UnknownName {
    pub(crate) fn new<'k>(
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> UnknownName {
        UnknownName { what, name: name.to_owned(), nearest: nearest(name, known) }
    }

    /// Returns the nearest valid name, where one is near enough to suggest.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} {:?}", self.what, self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest:?}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownName {}

impl From<UnknownName> for BuildError {
    fn from(unknown: UnknownName) -> BuildError {
        BuildError::new(BuildErrorKind::UnknownName, unknown.to_string())
    }
}

/// Returns the known name with the least edit distance, if that is at most half of its length.
fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    known
        .map(|candidate| (edit_distance(name, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(2))
        .map(|(_, candidate)| candidate.to_owned())
}

/// Levenshtein distance in characters. Time is the product of both lengths; names are short.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let substituted = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = substituted.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// A session's state that a scanner does not go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateError {
    kind: StateErrorKind,
}

/// Why a scanner does not go on from a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateErrorKind {
    /// The bytes begin as no session's state does.
    NotAState,
    /// Another version of this library wrote it.
    OtherVersion,
    /// A scanner with other detectors, another policy or other options wrote it.
    OtherScanner,
    /// It is not as it was written, or was written under another key.
    Damaged,
}

impl StateError {
    /// Returns why.
    pub fn kind(&self) -> StateErrorKind {
        self.kind
    }
}

impl From<StateErrorKind> for StateError {
    fn from(kind: StateErrorKind) -> StateError {
        StateError { kind }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            StateErrorKind::NotAState => f.write_str("these bytes are no session's state"),
            StateErrorKind::OtherVersion => {
                let own = env!("CARGO_PKG_VERSION");
                write!(f, "the state is of another version of this library than {own}; scan again")
            }
            StateErrorKind::OtherScanner => f.write_str(
                "the state is of a scanner with other detectors, another policy or other options; \
                 go on with that one or scan again",
            ),
            StateErrorKind::Damaged => f.write_str(
                "the state is not as it was written, or was written under another key; scan again",
            ),
        }
    }
}

impl std::error::Error for StateError {}

/// A scan that could not be carried out. It is never a report.
#[derive(Debug)]
pub struct ScanError {
    kind: ScanErrorKind,
    source: Option<io::Error>,
}

/// Why a scan ended without a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScanErrorKind {
    /// The payload's source failed.
    Io,
    /// The sink asked to stop, or ended in a panic.
    Stopped,
    /// The payload is a container that is being read, and the state of that cannot be exported.
    Unpacking,
}

impl ScanError {
    pub(crate) fn unpacking() -> ScanError {
        ScanError { kind: ScanErrorKind::Unpacking, source: None }
    }

    pub(crate) fn io(source: io::Error) -> ScanError {
        ScanError { kind: ScanErrorKind::Io, source: Some(source) }
    }

    pub(crate) fn stopped() -> ScanError {
        ScanError { kind: ScanErrorKind::Stopped, source: None }
    }

    /// Returns why there is no report.
    pub fn kind(&self) -> ScanErrorKind {
        self.kind
    }
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.source) {
            (ScanErrorKind::Io, Some(source)) => write!(f, "cannot read the payload: {source}"),
            (ScanErrorKind::Io, None) => f.write_str("cannot read the payload"),
            (ScanErrorKind::Unpacking, _) => {
                f.write_str("a container is being read, which no state of a session holds")
            }
            (ScanErrorKind::Stopped, _) => f.write_str("the sink stopped the scan"),
        }
    }
}

impl std::error::Error for ScanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
