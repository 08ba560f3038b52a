//! Configuration texts: TOML in which every value keeps its place, so that every error can name it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{BuildError, BuildErrorKind, UnknownName};

/// A text and what to call it in errors.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    name: Arc<str>,
    text: Arc<str>,
}

impl Source {
    pub(crate) fn new(name: &str, text: &str) -> Source {
        Source { name: name.into(), text: text.into() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns values that are well formed and cannot hold together, at their place.
    pub(crate) fn conflict(&self, range: Range<usize>, message: impl Into<String>) -> BuildError {
        self.error(BuildErrorKind::Conflict, range, message)
    }

    /// Returns the error for a name that stands for nothing, with the nearest of `known`.
    pub(crate) fn unknown<'k>(
        &self,
        what: &'static str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str>,
    ) -> BuildError {
        self.place(UnknownName::new(what, name.get_ref(), known), name.span())
    }

    /// Returns `error` with the place `range` of this text.
    pub(crate) fn place(&self, error: impl Into<BuildError>, range: Range<usize>) -> BuildError {
        error.into().at(&self.name, &self.text, range)
    }

    pub(crate) fn error(
        &self,
        kind: BuildErrorKind,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> BuildError {
        self.place(BuildError::new(kind, message), range)
    }
}

/// A list of names, each with its place, and the place of the list.
pub(crate) type Names = Spanned<Vec<Spanned<String>>>;

/// A list of whole numbers with its place.
pub(crate) type Counts = Spanned<Vec<u64>>;

/// Returns a table's entries as they stand in the text; the parser sorts them by key.
pub(crate) fn in_order<'t>(entries: DeTable<'t>) -> Vec<(Spanned<String>, Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = entries
        .into_iter()
        .map(|(key, value)| (Spanned::new(key.span(), key.into_inner().into_owned()), value))
        .collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A table whose keys are all known; values are taken out one by one.
pub(crate) struct Table<'t> {
    pub(crate) source: &'t Source,
    pub(crate) span: Range<usize>,
    entries: DeTable<'t>,
}

impl<'t> Table<'t> {
    /// Reads a text in whose outermost table these keys may stand.
    ///
    /// # Errors
    ///
    /// Text that is not TOML and a key that does not exist, with the place.
    pub(crate) fn parse(
        source: &'t Source,
        known: &[&'static str],
    ) -> Result<Table<'t>, BuildError> {
        let root = DeTable::parse(source.text()).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            source.error(BuildErrorKind::Syntax, range, error.message())
        })?;
        Table::open(source, root, known)
    }

    fn open(
        source: &'t Source,
        table: Spanned<DeTable<'t>>,
        known: &[&'static str],
    ) -> Result<Table<'t>, BuildError> {
        let table = Table { source, span: table.span(), entries: table.into_inner() };
        let unknown = table.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        match unknown.min_by_key(|key| key.span().start) {
            None => Ok(table),
            Some(key) => {
                let key = Spanned::new(key.span(), key.get_ref().clone().into_owned());
                Err(source.unknown("key", &key, known.iter().copied()))
            }
        }
    }

    /// Takes a value out, whatever its type.
    pub(crate) fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        self.entries.remove(key)
    }

    /// Takes a text.
    pub(crate) fn string(&mut self, key: &str) -> Result<Option<Spanned<String>>, BuildError> {
        self.take(key).map(|value| self.as_string(key, value)).transpose()
    }

    /// Takes a text that may not be missing.
    pub(crate) fn required_string(&mut self, key: &str) -> Result<Spanned<String>, BuildError> {
        self.string(key)?.ok_or_else(|| self.missing(key))
    }

    /// Takes `true` or `false`.
    pub(crate) fn switch(&mut self, key: &str) -> Result<Option<bool>, BuildError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let span = value.span();
        match value.into_inner() {
            DeValue::Boolean(on) => Ok(Some(on)),
            other => Err(self.mistyped(key, "true or false", &other, span)),
        }
    }

    /// Takes a list of texts.
    pub(crate) fn names(&mut self, key: &str) -> Result<Option<Names>, BuildError> {
        self.list(key, "an array of strings", |fields, item| fields.as_string(key, item))
    }

    /// Takes a list whose items `each` makes of values.
    fn list<T>(
        &mut self,
        key: &str,
        wanted: &str,
        each: impl Fn(&Self, Spanned<DeValue<'t>>) -> Result<T, BuildError>,
    ) -> Result<Option<Spanned<Vec<T>>>, BuildError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items,
            other => return Err(self.mistyped(key, wanted, &other, span)),
        };
        let items = items.into_iter().map(|item| each(self, item));
        Ok(Some(Spanned::new(span, items.collect::<Result<_, _>>()?)))
    }

    /// Takes a whole number. Negative and oversized ones are errors here already.
    pub(crate) fn count(&mut self, key: &str) -> Result<Option<Spanned<u64>>, BuildError> {
        self.take(key).map(|value| self.as_count(key, value)).transpose()
    }

    /// Takes a list of whole numbers.
    pub(crate) fn counts(&mut self, key: &str) -> Result<Option<Counts>, BuildError> {
        let count = |fields: &Self, item| Ok(fields.as_count(key, item)?.into_inner());
        self.list(key, "an array of integers", count)
    }

    fn as_count(&self, key: &str, value: Spanned<DeValue<'t>>) -> Result<Spanned<u64>, BuildError> {
        let span = value.span();
        let integer = match value.into_inner() {
            DeValue::Integer(integer) => integer,
            other => return Err(self.mistyped(key, "an integer", &other, span)),
        };
        match u64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(count) => Ok(Spanned::new(span, count)),
            Err(_) => {
                let message = format!("\"{key}\" must be a whole number from 1, not {integer}");
                Err(self.source.conflict(span, message))
            }
        }
    }

    /// Takes a table that may not be missing.
    pub(crate) fn required_table(
        &mut self,
        key: &str,
        known: &[&'static str],
    ) -> Result<Table<'t>, BuildError> {
        let Some(value) = self.take(key) else { return Err(self.missing(key)) };
        Table::open(self.source, self.as_table(key, value)?, known)
    }

    /// Takes an array of tables and reads each.
    pub(crate) fn tables<T>(
        &mut self,
        key: &str,
        known: &[&'static str],
        read: impl Fn(Table<'t>) -> Result<T, BuildError>,
    ) -> Result<Vec<T>, BuildError> {
        let Some(value) = self.take(key) else { return Ok(Vec::new()) };
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items,
            other => {
                let wanted = format!("an array of tables, each under [[{key}]]");
                return Err(self.mistyped(key, &wanted, &other, span));
            }
        };
        let open = |item| Table::open(self.source, self.as_table(key, item)?, known);
        items.into_iter().map(|item| read(open(item)?)).collect()
    }

    /// Reads a value as a text.
    pub(crate) fn as_string(
        &self,
        key: &str,
        value: Spanned<DeValue<'t>>,
    ) -> Result<Spanned<String>, BuildError> {
        let span = value.span();
        match value.into_inner() {
            DeValue::String(text) => Ok(Spanned::new(span, text.into_owned())),
            other => Err(self.mistyped(key, "a string", &other, span)),
        }
    }

    /// Reads a value as a table.
    pub(crate) fn as_table(
        &self,
        key: &str,
        value: Spanned<DeValue<'t>>,
    ) -> Result<Spanned<DeTable<'t>>, BuildError> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(entries) => Ok(Spanned::new(span, entries)),
            other => Err(self.mistyped(key, "a table", &other, span)),
        }
    }

    /// Returns the error for a key that is missing.
    pub(crate) fn missing(&self, key: &str) -> BuildError {
        let message = format!("\"{key}\" is missing");
        self.source.error(BuildErrorKind::Syntax, self.span.clone(), message)
    }

    /// Returns the error for a value of the wrong type.
    pub(crate) fn mistyped(
        &self,
        key: &str,
        wanted: &str,
        found: &DeValue<'_>,
        span: Range<usize>,
    ) -> BuildError {
        let article = if matches!(found.type_str(), "array" | "integer") { "an" } else { "a" };
        let message = format!("{key:?} must be {wanted}, not {article} {}", found.type_str());
        self.source.error(BuildErrorKind::Syntax, span, message)
    }
}
