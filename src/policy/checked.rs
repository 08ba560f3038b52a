//! The typed tree to a definition in which every name stands for something.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use toml::Spanned;

use super::builtin;
use super::parsed::{self, Unscannable};
use super::rule::{self, Rule};
use super::{Action, Exception, Obligation, TestNumbers};
use crate::config::{Names, Source};
use crate::coverage::GapReason;
use crate::error::{BuildError, UnknownName};
use crate::finding::{Category, Confidence};

/// A policy whose names are resolved, before parameters decide what is in force.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) source: Source,
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: Option<String>,
    pub(super) base: Option<Arc<Definition>>,
    /// Own or inherited.
    pub(super) default: Action,
    /// Own or inherited; holds every reason.
    pub(super) unscannable: BTreeMap<GapReason, Action>,
    /// Own or inherited.
    pub(super) test_numbers: TestNumbers,
    /// Own and inherited, with the values that hold unless they are set.
    pub(super) parameters: BTreeMap<String, bool>,
    pub(super) rules: Vec<Conditional<Rule>>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) obligations: Vec<Conditional<Obligation>>,
    /// Every detector pattern as it stands in the text.
    pub(super) detectors: Vec<Spanned<String>>,
}

/// Something that parameters switch on and off.
#[derive(Debug)]
pub(super) struct Conditional<T> {
    pub(super) item: T,
    when: Option<String>,
    unless: Option<String>,
}

impl<T> Conditional<T> {
    /// Returns whether the parameters leave it in force.
    pub(super) fn holds(&self, parameters: &BTreeMap<String, bool>) -> bool {
        let is = |name: &Option<String>, wanted: bool| {
            name.as_ref().is_none_or(|name| parameters.get(name) == Some(&wanted))
        };
        is(&self.when, true) && is(&self.unless, false)
    }
}

impl Definition {
    /// Reads and checks a policy that may extend one of the first `bases` built-in policies.
    ///
    /// A built-in policy sees only those before it in the list, and nobody may take the id of one
    /// that he sees: so no chain of parents can be a circle.
    ///
    /// # Errors
    ///
    /// What [`parsed::parse`] refuses; names that stand for nothing; values that cannot hold
    /// together.
    pub(super) fn new(source: Source, bases: usize) -> Result<Definition, BuildError> {
        let document = parsed::parse(&source)?;
        let id = check_id(&source, &document.id, bases)?;
        let base = check_base(&source, &document, bases)?;
        let parameters = check_parameters(&source, &document, base.as_deref())?;
        let checker = Checker { source: &source, id: &id, parameters: &parameters };
        let rules = checker.rules(&document.rules)?;
        check_rule_names(&source, &document.rules, &rules, base.as_deref())?;
        Ok(Definition {
            version: checker.line("version", &document.version)?,
            title: checker.optional_line("title", document.title.as_ref())?,
            default: checker.default(&document, base.as_deref())?,
            unscannable: checker.unscannable(&document.unscannable, base.as_deref())?,
            test_numbers: checker.test_numbers(&document, base.as_deref())?,
            exceptions: checker.exceptions(&document.exceptions)?,
            obligations: checker.obligations(&document.obligations)?,
            detectors: detector_patterns(&document.rules),
            rules,
            base,
            id,
            parameters,
            source,
        })
    }

    /// Returns this definition, the one it extends, and so on.
    pub(super) fn chain(&self) -> impl Iterator<Item = &Definition> {
        std::iter::successors(Some(self), |definition| definition.base.as_deref())
    }

    /// Returns an error for the first detector pattern that matches none of `known`.
    pub(super) fn check_detectors(&self, known: &[&str]) -> Result<(), BuildError> {
        let stray = |pattern: &&Spanned<String>| {
            !known.iter().any(|id| rule::matches(pattern.get_ref(), id))
        };
        for definition in self.chain() {
            if let Some(pattern) = definition.detectors.iter().find(stray) {
                let families = families(known);
                let names = match pattern.get_ref().ends_with('*') {
                    true => families.iter().map(String::as_str).collect::<Vec<_>>(),
                    false => known.to_vec(),
                };
                let names = names.into_iter();
                return Err(definition.source.unknown("detector", pattern, names));
            }
        }
        Ok(())
    }
}

/// Checks what stands in one document, against the parameters it may use.
struct Checker<'c> {
    source: &'c Source,
    id: &'c str,
    parameters: &'c BTreeMap<String, bool>,
}

impl Checker<'_> {
    fn rules(&self, rules: &[parsed::Rule]) -> Result<Vec<Conditional<Rule>>, BuildError> {
        rules.iter().enumerate().map(|(index, rule)| self.rule(index, rule)).collect()
    }

    fn rule(&self, index: usize, rule: &parsed::Rule) -> Result<Conditional<Rule>, BuildError> {
        let name = match &rule.name {
            Some(name) => self.line("name", name)?,
            None => format!("{}#{}", self.id, index + 1),
        };
        let (categories, detectors) = self.selectors(rule)?;
        let except = rule.except.as_ref().map(|except| self.patterns("except", except));
        let item = Rule {
            name,
            layer: 0,
            categories,
            detectors,
            except: except.transpose()?.unwrap_or_default(),
            action: self.value(&rule.action)?,
            min_confidence: match &rule.min_confidence {
                Some(confidence) => self.value(confidence)?,
                None => Confidence::Medium,
            },
            min_count: self.at_least_one("min_count", &rule.min_count, u64::MAX)?,
            min_distinct: self.at_least_one("min_distinct", &rule.min_distinct, MAX_DISTINCT)?,
            cite: self.optional_line("cite", rule.cite.as_ref())?.unwrap_or_default(),
        };
        self.conditional(item, &rule.condition)
    }

    fn selectors(&self, rule: &parsed::Rule) -> Result<(Vec<Category>, Vec<String>), BuildError> {
        match (&rule.category, &rule.detector) {
            (Some(category), None) => Ok((self.categories(category)?, Vec::new())),
            (None, Some(detector)) => Ok((Vec::new(), self.patterns("detector", detector)?)),
            (None, None) => {
                let message = "a rule needs \"category\" or \"detector\"";
                Err(self.source.conflict(rule.span.clone(), message))
            }
            (Some(_), Some(detector)) => {
                let message = "a rule takes \"category\" or \"detector\", not both";
                Err(self.source.conflict(detector.span(), message))
            }
        }
    }

    fn categories(&self, names: &Names) -> Result<Vec<Category>, BuildError> {
        self.not_empty("category", names)?;
        let mut categories = BTreeSet::new();
        for name in names.get_ref() {
            match name.get_ref().as_str() {
                "*" => categories.extend(Category::ALL),
                _ => categories.extend([self.value::<Category>(name)?]),
            }
        }
        Ok(categories.into_iter().collect())
    }

    fn patterns(&self, key: &str, names: &Names) -> Result<Vec<String>, BuildError> {
        self.not_empty(key, names)?;
        let mut patterns = BTreeSet::new();
        for name in names.get_ref() {
            let pattern = name.get_ref();
            if pattern.strip_suffix('*').unwrap_or(pattern).contains('*') {
                let message = format!("a `*` can only stand at the end, unlike in {pattern:?}");
                return Err(self.source.conflict(name.span(), message));
            }
            patterns.insert(pattern.clone());
        }
        Ok(patterns.into_iter().collect())
    }

    fn not_empty(&self, key: &str, names: &Names) -> Result<(), BuildError> {
        match names.get_ref().is_empty() {
            true => Err(self.source.conflict(names.span(), format!("\"{key}\" names nothing"))),
            false => Ok(()),
        }
    }

    fn at_least_one(
        &self,
        key: &str,
        count: &Option<Spanned<u64>>,
        most: u64,
    ) -> Result<u64, BuildError> {
        let Some(count) = count else { return Ok(1) };
        let message = match *count.get_ref() {
            0 => format!("\"{key}\" must be at least 1"),
            n if n > most => format!("\"{key}\" can be at most {most}"),
            n => return Ok(n),
        };
        Err(self.source.conflict(count.span(), message))
    }

    fn exceptions(&self, list: &[parsed::Exception]) -> Result<Vec<Exception>, BuildError> {
        let check = |exception: &parsed::Exception| {
            Ok(Exception {
                what: self.line("what", &exception.what)?,
                cite: self.optional_line("cite", exception.cite.as_ref())?.unwrap_or_default(),
            })
        };
        list.iter().map(check).collect()
    }

    fn obligations(
        &self,
        list: &[parsed::Obligation],
    ) -> Result<Vec<Conditional<Obligation>>, BuildError> {
        let check = |obligation: &parsed::Obligation| {
            let item = Obligation {
                text: self.line("text", &obligation.text)?,
                cite: self.optional_line("cite", obligation.cite.as_ref())?.unwrap_or_default(),
            };
            self.conditional(item, &obligation.condition)
        };
        list.iter().map(check).collect()
    }

    fn conditional<T>(
        &self,
        item: T,
        condition: &parsed::Condition,
    ) -> Result<Conditional<T>, BuildError> {
        let names = [&condition.when, &condition.unless];
        for name in names.into_iter().flatten() {
            if !self.parameters.contains_key(name.get_ref()) {
                let known = self.parameters.keys().map(String::as_str);
                return Err(self.source.unknown("parameter", name, known));
            }
        }
        let [when, unless] = names.map(|name| name.as_ref().map(|name| name.get_ref().clone()));
        match (&condition.unless, when.is_some() && when == unless) {
            (Some(name), true) => {
                let message = "\"when\" and \"unless\" name the same parameter: it never holds";
                Err(self.source.conflict(name.span(), message))
            }
            _ => Ok(Conditional { item, when, unless }),
        }
    }

    fn default(
        &self,
        document: &parsed::Document,
        base: Option<&Definition>,
    ) -> Result<Action, BuildError> {
        match &document.default {
            Some(action) => self.value(action),
            None => Ok(base.map_or(Action::Reject, |base| base.default)),
        }
    }

    fn test_numbers(
        &self,
        document: &parsed::Document,
        base: Option<&Definition>,
    ) -> Result<TestNumbers, BuildError> {
        match &document.test_numbers {
            Some(choice) => self.value(choice),
            None => Ok(base.map_or(TestNumbers::Count, |base| base.test_numbers)),
        }
    }

    fn unscannable(
        &self,
        said: &Unscannable,
        base: Option<&Definition>,
    ) -> Result<BTreeMap<GapReason, Action>, BuildError> {
        let all =
            |action: Action| GapReason::of_policies().map(|reason| (reason, action)).collect();
        let inherited =
            || base.map_or_else(|| all(Action::Reject), |base| base.unscannable.clone());
        let entries = match said {
            Unscannable::Unsaid => return Ok(inherited()),
            Unscannable::All(action) => return Ok(all(self.gap_action(action)?)),
            Unscannable::ByReason(entries) => entries,
        };
        let default = entries.iter().find(|(reason, _)| reason.get_ref() == "default");
        let mut actions = match default {
            Some((_, action)) => all(self.gap_action(action)?),
            None => inherited(),
        };
        for (reason, action) in entries.iter().filter(|(reason, _)| reason.get_ref() != "default") {
            actions.insert(self.gap_reason(reason)?, self.gap_action(action)?);
        }
        Ok(actions)
    }

    fn gap_reason(&self, name: &Spanned<String>) -> Result<GapReason, BuildError> {
        let named = GapReason::of_policies().find(|reason| reason.as_str() == name.get_ref());
        let known = GapReason::of_policies().map(GapReason::as_str).chain(["default"]);
        named.ok_or_else(|| self.source.unknown("coverage reason", name, known))
    }

    fn gap_action(&self, name: &Spanned<String>) -> Result<Action, BuildError> {
        match self.value(name)? {
            Action::Redact => {
                let message = "what was not examined cannot be redacted";
                Err(self.source.conflict(name.span(), message))
            }
            action => Ok(action),
        }
    }

    fn value<T: FromStr<Err = UnknownName>>(
        &self,
        name: &Spanned<String>,
    ) -> Result<T, BuildError> {
        name.get_ref().parse().map_err(|unknown| self.source.place(unknown, name.span()))
    }

    fn optional_line(
        &self,
        key: &str,
        text: Option<&Spanned<String>>,
    ) -> Result<Option<String>, BuildError> {
        text.map(|text| self.line(key, text)).transpose()
    }

    /// Reports and logs print these texts: one line, and nothing that steers a terminal.
    fn line(&self, key: &str, text: &Spanned<String>) -> Result<String, BuildError> {
        let message = match text.get_ref() {
            empty if empty.trim().is_empty() => format!("\"{key}\" is empty"),
            text if text.contains(char::is_control) => {
                format!("\"{key}\" must be one line without control characters")
            }
            text => return Ok(text.clone()),
        };
        Err(self.source.conflict(text.span(), message))
    }
}

fn check_id(source: &Source, id: &Spanned<String>, bases: usize) -> Result<String, BuildError> {
    let name = id.get_ref();
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c);
    if name.is_empty() || !name.chars().all(valid) {
        let message =
            format!("policy id {name:?} must be of lower-case letters, digits and `-_./`");
        return Err(source.conflict(id.span(), message));
    }
    if builtin::ids(bases).any(|taken| taken == name) {
        let message = format!("{name:?} is the id of a built-in policy, choose another");
        return Err(source.conflict(id.span(), message));
    }
    Ok(name.clone())
}

fn check_base(
    source: &Source,
    document: &parsed::Document,
    bases: usize,
) -> Result<Option<Arc<Definition>>, BuildError> {
    let Some(base) = &document.extends else { return Ok(None) };
    if base.get_ref() == document.id.get_ref() {
        let message = format!("policy {:?} cannot extend itself", base.get_ref());
        return Err(source.conflict(base.span(), message));
    }
    match builtin::definition(base.get_ref(), bases) {
        Some(definition) => Ok(Some(Arc::new(definition?))),
        None => Err(source.unknown("policy", base, builtin::ids(bases))),
    }
}

/// Returns the inherited parameters and the document's own.
///
/// A parameter that nothing uses is an error: it is a slip of the pen in the name of one that
/// something does use, and would leave that one at its default.
fn check_parameters(
    source: &Source,
    document: &parsed::Document,
    base: Option<&Definition>,
) -> Result<BTreeMap<String, bool>, BuildError> {
    let mut parameters = base.map(|base| base.parameters.clone()).unwrap_or_default();
    let rules = document.rules.iter().map(|rule| &rule.condition);
    let conditions = rules.chain(document.obligations.iter().map(|item| &item.condition));
    let mut used: BTreeSet<String> = parameters.keys().cloned().collect();
    for name in conditions.flat_map(|condition| [&condition.when, &condition.unless]).flatten() {
        used.insert(name.get_ref().clone());
    }
    for (name, on) in &document.parameters {
        if !used.contains(name.get_ref()) {
            return Err(unused_parameter(source, name, &used));
        }
        parameters.insert(name.get_ref().clone(), *on);
    }
    Ok(parameters)
}

fn unused_parameter(
    source: &Source,
    name: &Spanned<String>,
    used: &BTreeSet<String>,
) -> BuildError {
    let near = UnknownName::new("parameter", name.get_ref(), used.iter().map(String::as_str));
    let hint = near.nearest().map_or(String::new(), |near| format!("; did you mean {near:?}?"));
    let message = format!("no rule and no obligation uses parameter {:?}{hint}", name.get_ref());
    source.conflict(name.span(), message)
}

/// Names stand in reports, so each must lead to one rule.
fn check_rule_names(
    source: &Source,
    parsed: &[parsed::Rule],
    rules: &[Conditional<Rule>],
    base: Option<&Definition>,
) -> Result<(), BuildError> {
    let inherited = base.into_iter().flat_map(Definition::chain).flat_map(|base| &base.rules);
    let mut names: BTreeSet<&str> = RESERVED_NAMES.into_iter().collect();
    names.extend(inherited.map(|rule| rule.item.name()));
    for (parsed, rule) in parsed.iter().zip(rules) {
        let span = parsed.name.as_ref().map_or(parsed.span.clone(), Spanned::span);
        if !names.insert(rule.item.name()) {
            let message = format!("rule name {:?} is taken", rule.item.name());
            return Err(source.conflict(span, message));
        }
    }
    Ok(())
}

fn detector_patterns(rules: &[parsed::Rule]) -> Vec<Spanned<String>> {
    let lists = rules.iter().flat_map(|rule| [&rule.detector, &rule.except]).flatten();
    let mut patterns: Vec<_> = lists.flat_map(|names| names.get_ref()).cloned().collect();
    patterns.sort_by_key(|pattern| pattern.span().start);
    patterns
}

/// Returns `gov.*`, `gov.us.*`, … for `gov.us.ssn`.
fn families(known: &[&str]) -> BTreeSet<String> {
    let dots = known.iter().flat_map(|id| id.match_indices('.').map(move |(dot, _)| (id, dot)));
    dots.filter_map(|(id, dot)| Some(format!("{}.*", id.get(..dot)?))).collect()
}

/// A session keeps one digest of 32 bytes for each different value up to a rule's threshold; this
/// bounds it at 32 KB a rule.
const MAX_DISTINCT: u64 = 1_000;

/// What reports call the reasons that are no rule's.
const RESERVED_NAMES: [&str; 3] = [rule::DEFAULT, rule::UNSCANNABLE, rule::UNBOUND];
