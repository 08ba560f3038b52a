//! What a payload may hold: findings and coverage in, an action with its reasons out.
//!
//! A policy is read in three steps: `parsed` keeps the text's places, `checked` gives every
//! name its meaning, `compiled` counts findings by index. None of them sees a byte of a payload.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Source;
use crate::coverage::GapReason;
use crate::error::{BuildError, UnknownName};
use crate::finding::{Category, named};
use crate::fingerprint::Fingerprint;

mod builtin;
mod checked;
mod compiled;
mod decision;
mod parsed;
mod rule;
#[cfg(test)]
mod tests;

pub(crate) use compiled::{Compiled, Hit, Tally};
pub use decision::{Decision, Reason};
pub use rule::Rule;

named! {
    /// What to do with a payload, from the mildest to the strictest. The spellings are stable.
    Action, "action" {
        /// Let it pass.
        Accept = "accept",
        /// Let it pass once the findings are masked.
        Redact = "redact",
        /// Let a person decide.
        Review = "review",
        /// Keep it apart.
        Quarantine = "quarantine",
        /// Refuse it.
        Reject = "reject",
    }
}

named! {
    /// What published test numbers count for.
    TestNumbers, "choice for test numbers" {
        /// The same as any other value.
        Count = "count",
        /// Nothing.
        Ignore = "ignore",
    }
}

/// Rules that decide what may be persisted, with the documents they were written from.
///
/// # Examples
///
/// ```
/// use portcullis::{Policy, policy::Action};
///
/// let text = r#"
///     [policy]
///     id = "acme/intake"
///     version = "2026-11-20"
///     extends = "heroku/private-space"
///
///     [[rule]]
///     category = ["health"]
///     action = "redact"
///     cite = "Intake standard, 4.2"
/// "#;
/// let policy = Policy::parse(text, "acme.toml")?;
/// assert_eq!(policy.rules()[0].name(), "acme/intake#1");
/// assert_eq!(policy.rules()[0].action(), Action::Redact);
///
/// let error = Policy::parse(&text.replace("health", "helth"), "acme.toml").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "acme.toml:8:17: unknown category \"helth\"; did you mean \"health\"?"
/// );
/// # Ok::<(), portcullis::BuildError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    definition: Arc<checked::Definition>,
    parameters: BTreeMap<String, bool>,
    /// In force, by rising layer.
    rules: Vec<Rule>,
    exceptions: Vec<Exception>,
    /// In force.
    obligations: Vec<Obligation>,
}

/// Something that a policy's rules do not apply to and that no scan can tell, such as its purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    what: String,
    cite: String,
}

/// Something that a policy asks of those who let a payload in, whatever it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    text: String,
    cite: String,
}

impl Policy {
    /// Returns the policy that ships under `id`.
    ///
    /// # Errors
    ///
    /// An id that is none of [`builtin_ids`](Policy::builtin_ids), with the nearest that is.
    pub fn builtin(id: &str) -> Result<Policy, BuildError> {
        match builtin::definition(id, builtin::COUNT) {
            Some(definition) => Ok(Policy::new(definition?)),
            None => Err(UnknownName::new("policy", id, Policy::builtin_ids()).into()),
        }
    }

    /// Returns the ids of the policies that ship.
    pub fn builtin_ids() -> impl Iterator<Item = &'static str> {
        builtin::ids(builtin::COUNT)
    }

    /// Reads a policy in TOML; `source` is what errors call the text.
    ///
    /// Whether the detectors it names exist is checked when a scanner is built with it.
    ///
    /// # Errors
    ///
    /// Text that is not TOML; a key, category, action, parameter or parent that does not exist; a
    /// value of the wrong type; values that cannot hold together: each with line and column.
    pub fn parse(text: &str, source: &str) -> Result<Policy, BuildError> {
        let source = Source::new(source, text);
        Ok(Policy::new(checked::Definition::new(source, builtin::COUNT)?))
    }

    fn new(definition: checked::Definition) -> Policy {
        let mut policy = Policy {
            parameters: definition.parameters.clone(),
            rules: Vec::new(),
            exceptions: exceptions(&definition),
            obligations: Vec::new(),
            definition: Arc::new(definition),
        };
        policy.put_in_force();
        policy
    }

    /// Sets a parameter that the policy or one that it extends has.
    ///
    /// # Errors
    ///
    /// A name that is none of [`parameters`](Policy::parameters), with the nearest that is.
    pub fn with_parameter(&mut self, name: &str, value: bool) -> Result<&mut Policy, BuildError> {
        match self.parameters.get_mut(name) {
            Some(parameter) => *parameter = value,
            None => {
                let known = self.parameters.keys().map(String::as_str);
                return Err(UnknownName::new("parameter", name, known).into());
            }
        }
        self.put_in_force();
        Ok(self)
    }

    /// Returns the policy's id, such as `heroku/shield`.
    pub fn id(&self) -> &str {
        &self.definition.id
    }

    /// Returns the policy's version; for those that ship the date or the version of
    /// the text behind it.
    pub fn version(&self) -> &str {
        &self.definition.version
    }

    /// Returns what the policy is called, where it says so.
    pub fn title(&self) -> Option<&str> {
        self.definition.title.as_deref()
    }

    /// Returns the id of the policy that it extends.
    pub fn extends(&self) -> Option<&str> {
        self.definition.base.as_ref().map(|base| base.id.as_str())
    }

    /// Returns the TOML text that it was read from.
    pub fn source(&self) -> &str {
        self.definition.source.text()
    }

    /// Returns the parameters by name, inherited ones included.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, bool)> {
        self.parameters.iter().map(|(name, on)| (name.as_str(), *on))
    }

    /// Returns the rules in force: its own, then what is left of those of the policy it extends.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns what happens to findings that no rule in force speaks about.
    pub fn default_action(&self) -> Action {
        self.definition.default
    }

    /// Returns what happens to a payload with a part that was not examined for this reason.
    pub fn unscannable(&self, reason: GapReason) -> Action {
        self.definition.unscannable.get(&reason).copied().unwrap_or(Action::Reject)
    }

    /// Returns whether published test numbers count for nothing.
    pub fn ignores_test_numbers(&self) -> bool {
        self.definition.test_numbers == TestNumbers::Ignore
    }

    /// Returns the exceptions, inherited ones included.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// Returns the obligations in force, inherited ones included.
    pub fn obligations(&self) -> &[Obligation] {
        &self.obligations
    }

    /// Returns `sha256:` and the digest of what the policy means in hexadecimal.
    ///
    /// It covers id, version, default, the rules, exceptions and obligations in force with their
    /// citations and names, and nothing of how the text is laid out.
    pub fn digest(&self) -> String {
        let mut canonical = Canonical(Fingerprint::default());
        canonical.field("portcullis-policy", "1");
        canonical.policy(self);
        let digest = canonical.0.finish();
        digest.iter().fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
    }

    /// Checks that every detector pattern names at least one of `known`.
    ///
    /// # Errors
    ///
    /// The first pattern that does not, with its place and the nearest that would.
    pub(crate) fn check_detectors(&self, known: &[&str]) -> Result<(), BuildError> {
        self.definition.check_detectors(known)
    }

    /// Binds the policy to the detectors, ids with categories, by whose index findings will come.
    pub(crate) fn bind(&self, detectors: &[(&str, Category)]) -> Compiled {
        Compiled::new(self, detectors)
    }

    /// Returns whether findings of a detector can lead to anything but `accept`.
    pub(crate) fn heeds(&self, detector: &str, category: Category) -> bool {
        let applying = rule::applying(&self.rules, detector, category);
        let mut actions =
            applying.iter().filter_map(|rule| self.rules.get(*rule)).map(Rule::action);
        match applying.is_empty() {
            true => self.default_action() > Action::Accept,
            false => actions.any(|action| action > Action::Accept),
        }
    }

    /// Works out what the parameters leave, and what an extending policy replaces.
    ///
    /// Replacing comes after switching: a rule that is off replaces nothing.
    fn put_in_force(&mut self) {
        let (parameters, mut rules) = (&self.parameters, Vec::new());
        for (layer, definition) in self.definition.chain().enumerate() {
            let own = definition.rules.iter().filter(|rule| rule.holds(parameters));
            let own = own.map(|rule| {
                let mut rule = Rule { layer, ..rule.item.clone() };
                rule.yield_to(&rules);
                rule
            });
            let own: Vec<Rule> = own.filter(|rule| !rule.names_nothing()).collect();
            rules.extend(own);
        }
        let all = self.definition.chain().flat_map(|definition| &definition.obligations);
        let obligations = all.filter(|item| item.holds(parameters)).map(|item| item.item.clone());
        self.obligations = obligations.collect();
        self.rules = rules;
    }
}

impl Exception {
    /// Returns what the rules do not apply to.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Returns the document, section and date it was written from; empty where none is given.
    pub fn cite(&self) -> &str {
        &self.cite
    }
}

impl Obligation {
    /// Returns what is asked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the document, section and date it was written from; empty where none is given.
    pub fn cite(&self) -> &str {
        &self.cite
    }
}

fn exceptions(definition: &checked::Definition) -> Vec<Exception> {
    definition.chain().flat_map(|definition| &definition.exceptions).cloned().collect()
}

/// A digest over fields with their names.
struct Canonical(Fingerprint);

impl Canonical {
    fn field(&mut self, name: &str, value: &str) {
        self.0.bytes(name.as_bytes());
        self.0.bytes(value.as_bytes());
    }

    fn policy(&mut self, policy: &Policy) {
        self.field("id", policy.id());
        self.field("version", policy.version());
        self.field("default", policy.default_action().as_str());
        self.field("test_numbers", policy.definition.test_numbers.as_str());
        for (reason, action) in &policy.definition.unscannable {
            self.field(reason.as_str(), action.as_str());
        }
        policy.rules.iter().for_each(|rule| self.rule(rule));
        for exception in &policy.exceptions {
            self.field("exception", &exception.what);
            self.field("cite", &exception.cite);
        }
        for obligation in &policy.obligations {
            self.field("obligation", &obligation.text);
            self.field("cite", &obligation.cite);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.field("rule", rule.name());
        self.field("layer", &rule.layer.to_string());
        rule.categories().iter().for_each(|category| self.field("category", category.as_str()));
        rule.detectors().iter().for_each(|detector| self.field("detector", detector));
        rule.except().iter().for_each(|detector| self.field("except", detector));
        self.field("action", rule.action().as_str());
        self.field("min_confidence", rule.min_confidence().as_str());
        self.field("min_count", &rule.min_count().to_string());
        self.field("min_distinct", &rule.min_distinct().to_string());
        self.field("cite", rule.cite());
    }
}
