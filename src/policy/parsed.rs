//! TOML text to a tree in which every value keeps its place. Names are still unresolved text.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{BuildError, BuildErrorKind, UnknownName};

/// A policy's text and what to call it in errors.
#[derive(Clone, Debug)]
pub(super) struct Source {
    name: Arc<str>,
    text: Arc<str>,
}

impl Source {
    pub(super) fn new(name: &str, text: &str) -> Source {
        Source { name: name.into(), text: text.into() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns values that are well formed and cannot hold together, at their place.
    pub(super) fn conflict(&self, range: Range<usize>, message: impl Into<String>) -> BuildError {
        self.error(BuildErrorKind::Conflict, range, message)
    }

    /// Returns the error for a name that stands for nothing, with the nearest of `known`.
    pub(super) fn unknown<'k>(
        &self,
        what: &'static str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str>,
    ) -> BuildError {
        self.place(UnknownName::new(what, name.get_ref(), known), name.span())
    }

    /// Returns `error` with the place `range` of this text.
    pub(super) fn place(&self, error: impl Into<BuildError>, range: Range<usize>) -> BuildError {
        error.into().at(&self.name, &self.text, range)
    }

    fn error(
        &self,
        kind: BuildErrorKind,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> BuildError {
        self.place(BuildError::new(kind, message), range)
    }
}

/// A policy as it is written: the right keys with the right types.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) id: Spanned<String>,
    pub(super) version: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) extends: Option<Spanned<String>>,
    pub(super) default: Option<Spanned<String>>,
    pub(super) unscannable: Unscannable,
    pub(super) test_numbers: Option<Spanned<String>>,
    pub(super) parameters: Vec<(Spanned<String>, bool)>,
    pub(super) rules: Vec<Rule>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) obligations: Vec<Obligation>,
}

/// The action for parts that were not examined.
#[derive(Debug)]
pub(super) enum Unscannable {
    Unsaid,
    All(Spanned<String>),
    /// Reason, or `default`, and action.
    ByReason(Vec<(Spanned<String>, Spanned<String>)>),
}

/// One `[[rule]]`.
#[derive(Debug)]
pub(super) struct Rule {
    /// Where the rule begins.
    pub(super) span: Range<usize>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) category: Option<Names>,
    pub(super) detector: Option<Names>,
    pub(super) except: Option<Names>,
    pub(super) action: Spanned<String>,
    pub(super) min_confidence: Option<Spanned<String>>,
    pub(super) min_count: Option<Spanned<u64>>,
    pub(super) min_distinct: Option<Spanned<u64>>,
    pub(super) condition: Condition,
    pub(super) cite: Option<Spanned<String>>,
}

/// A list of names, each with its place, and the place of the list.
pub(super) type Names = Spanned<Vec<Spanned<String>>>;

/// The parameters that switch a rule or an obligation.
#[derive(Debug, Default)]
pub(super) struct Condition {
    pub(super) when: Option<Spanned<String>>,
    pub(super) unless: Option<Spanned<String>>,
}

/// One `[[exception]]`.
#[derive(Debug)]
pub(super) struct Exception {
    pub(super) what: Spanned<String>,
    pub(super) cite: Option<Spanned<String>>,
}

/// One `[[obligation]]`.
#[derive(Debug)]
pub(super) struct Obligation {
    pub(super) text: Spanned<String>,
    pub(super) cite: Option<Spanned<String>>,
    pub(super) condition: Condition,
}

/// Reads a policy's text.
///
/// # Errors
///
/// Text that is not TOML, a key that does not exist, a value of the wrong type, a key that is
/// missing: each with its place.
pub(super) fn parse(source: &Source) -> Result<Document, BuildError> {
    let root = DeTable::parse(source.text()).map_err(|error| {
        let range = error.span().unwrap_or(0..0);
        source.error(BuildErrorKind::Syntax, range, error.message())
    })?;
    let known = ["policy", "parameters", "rule", "exception", "obligation"];
    let mut root = Table::open(source, root, &known)?;
    let mut policy = root.required_table("policy", &HEADER_KEYS)?;
    Ok(Document {
        id: policy.required_string("id")?,
        version: policy.required_string("version")?,
        title: policy.string("title")?,
        extends: policy.string("extends")?,
        default: policy.string("default")?,
        unscannable: unscannable(&mut policy)?,
        test_numbers: policy.string("test_numbers")?,
        parameters: parameters(&mut root)?,
        rules: root.tables("rule", &RULE_KEYS, rule)?,
        exceptions: root.tables("exception", &["what", "cite"], exception)?,
        obligations: root.tables("obligation", &OBLIGATION_KEYS, obligation)?,
    })
}

fn rule(mut table: Table<'_>) -> Result<Rule, BuildError> {
    Ok(Rule {
        span: table.span.clone(),
        name: table.string("name")?,
        category: table.names("category")?,
        detector: table.names("detector")?,
        except: table.names("except")?,
        action: table.required_string("action")?,
        min_confidence: table.string("min_confidence")?,
        min_count: table.count("min_count")?,
        min_distinct: table.count("min_distinct")?,
        condition: condition(&mut table)?,
        cite: table.string("cite")?,
    })
}

fn exception(mut table: Table<'_>) -> Result<Exception, BuildError> {
    Ok(Exception { what: table.required_string("what")?, cite: table.string("cite")? })
}

fn obligation(mut table: Table<'_>) -> Result<Obligation, BuildError> {
    Ok(Obligation {
        text: table.required_string("text")?,
        cite: table.string("cite")?,
        condition: condition(&mut table)?,
    })
}

fn condition(table: &mut Table<'_>) -> Result<Condition, BuildError> {
    Ok(Condition { when: table.string("when")?, unless: table.string("unless")? })
}

fn unscannable(policy: &mut Table<'_>) -> Result<Unscannable, BuildError> {
    let Some(value) = policy.take("unscannable") else { return Ok(Unscannable::Unsaid) };
    let span = value.span();
    let entries = match value.into_inner() {
        DeValue::String(text) => {
            return Ok(Unscannable::All(Spanned::new(span, text.into_owned())));
        }
        DeValue::Table(entries) => entries,
        other => return Err(policy.mistyped("unscannable", "a string or a table", &other, span)),
    };
    let entries = in_order(entries).into_iter().map(|(key, value)| {
        let action = policy.as_string(key.get_ref(), value)?;
        Ok((key, action))
    });
    Ok(Unscannable::ByReason(entries.collect::<Result<_, BuildError>>()?))
}

fn parameters(root: &mut Table<'_>) -> Result<Vec<(Spanned<String>, bool)>, BuildError> {
    let Some(value) = root.take("parameters") else { return Ok(Vec::new()) };
    let entries = root.as_table("parameters", value)?.into_inner();
    let entries = in_order(entries).into_iter().map(|(key, value)| {
        let span = value.span();
        match value.into_inner() {
            DeValue::Boolean(on) => Ok((key, on)),
            other => Err(root.mistyped(key.get_ref(), "true or false", &other, span)),
        }
    });
    entries.collect()
}

/// Returns a table's entries as they stand in the text; the parser sorts them by key.
fn in_order<'t>(entries: DeTable<'t>) -> Vec<(Spanned<String>, Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = entries
        .into_iter()
        .map(|(key, value)| (Spanned::new(key.span(), key.into_inner().into_owned()), value))
        .collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A table whose keys are all known; values are taken out one by one.
struct Table<'t> {
    source: &'t Source,
    span: Range<usize>,
    entries: DeTable<'t>,
}

impl<'t> Table<'t> {
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

    fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        self.entries.remove(key)
    }

    fn string(&mut self, key: &str) -> Result<Option<Spanned<String>>, BuildError> {
        self.take(key).map(|value| self.as_string(key, value)).transpose()
    }

    fn required_string(&mut self, key: &str) -> Result<Spanned<String>, BuildError> {
        self.string(key)?.ok_or_else(|| self.missing(key))
    }

    fn names(&mut self, key: &str) -> Result<Option<Names>, BuildError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items,
            other => return Err(self.mistyped(key, "an array of strings", &other, span)),
        };
        let names = items.into_iter().map(|item| self.as_string(key, item));
        Ok(Some(Spanned::new(span, names.collect::<Result<_, _>>()?)))
    }

    /// Takes a whole number. Negative and oversized ones are errors here already.
    fn count(&mut self, key: &str) -> Result<Option<Spanned<u64>>, BuildError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let span = value.span();
        let integer = match value.into_inner() {
            DeValue::Integer(integer) => integer,
            other => return Err(self.mistyped(key, "an integer", &other, span)),
        };
        match u64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(count) => Ok(Some(Spanned::new(span, count))),
            Err(_) => {
                let message = format!("\"{key}\" must be a whole number from 1, not {integer}");
                Err(self.source.conflict(span, message))
            }
        }
    }

    fn required_table(
        &mut self,
        key: &str,
        known: &[&'static str],
    ) -> Result<Table<'t>, BuildError> {
        let Some(value) = self.take(key) else { return Err(self.missing(key)) };
        Table::open(self.source, self.as_table(key, value)?, known)
    }

    /// Takes an array of tables and reads each.
    fn tables<T>(
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

    fn as_string(
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

    fn as_table(
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

    fn missing(&self, key: &str) -> BuildError {
        let message = format!("\"{key}\" is missing");
        self.source.error(BuildErrorKind::Syntax, self.span.clone(), message)
    }

    fn mistyped(
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

const HEADER_KEYS: [&str; 7] =
    ["id", "version", "title", "extends", "default", "unscannable", "test_numbers"];

const RULE_KEYS: [&str; 11] = [
    "name",
    "category",
    "detector",
    "except",
    "action",
    "min_confidence",
    "min_count",
    "min_distinct",
    "when",
    "unless",
    "cite",
];

const OBLIGATION_KEYS: [&str; 4] = ["text", "cite", "when", "unless"];
