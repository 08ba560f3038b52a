//! TOML text to a tree in which every value keeps its place. Names are still unresolved text.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::config::{Names, Source, Table, in_order};
use crate::error::BuildError;

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
    let known = ["policy", "parameters", "rule", "exception", "obligation"];
    let mut root = Table::parse(source, &known)?;
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
