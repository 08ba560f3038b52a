//! A rule in force, and which detectors it speaks about.

use super::Action;
use crate::finding::{Category, Confidence};

/// A rule of a policy, in force under its parameters.
///
/// It fires when at least [`min_count`](Rule::min_count) findings with at least
/// [`min_distinct`](Rule::min_distinct) different values match its selectors and reach
/// [`min_confidence`](Rule::min_confidence).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(super) name: String,
    /// 0 for the policy's own, 1 for those of the policy it extends, and so on.
    pub(super) layer: usize,
    pub(super) categories: Vec<Category>,
    pub(super) detectors: Vec<String>,
    pub(super) except: Vec<String>,
    pub(super) action: Action,
    pub(super) min_confidence: Confidence,
    pub(super) min_count: u64,
    pub(super) min_distinct: u64,
    pub(super) cite: String,
}

impl Rule {
    /// Returns the name it was given, or the id of the policy it stands in and its number there,
    /// such as `heroku/private-space#2`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the categories it speaks about, in rising order; empty for a rule about detectors.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Returns the detectors it speaks about, sorted, each perhaps with a `*` at the end; empty
    /// for a rule about categories.
    pub fn detectors(&self) -> &[String] {
        &self.detectors
    }

    /// Returns the detectors that it leaves to other rules, sorted, each perhaps with a `*` at the
    /// end.
    pub fn except(&self) -> &[String] {
        &self.except
    }

    /// Returns what it asks for when it fires.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Returns the confidence from which a finding counts.
    pub fn min_confidence(&self) -> Confidence {
        self.min_confidence
    }

    /// Returns how many findings it takes, at least 1.
    pub fn min_count(&self) -> u64 {
        self.min_count
    }

    /// Returns how many different values it takes, at least 1.
    pub fn min_distinct(&self) -> u64 {
        self.min_distinct
    }

    /// Returns the document, section and date it was written from; empty where none is given.
    pub fn cite(&self) -> &str {
        &self.cite
    }

    /// Returns how the rule speaks about a detector of this category, if it does.
    fn address(&self, detector: &str, category: Category) -> Option<Address> {
        if any_matches(&self.except, detector) {
            return None;
        }
        match any_matches(&self.detectors, detector) {
            true => Some(Address::Detector),
            false => self.categories.contains(&category).then_some(Address::Category),
        }
    }

    /// Takes away what the rules of an extending policy say instead.
    ///
    /// A rule with exceptions leaves those to this one, which a list of selectors cannot tell:
    /// then the selectors stay, and [`applying`] decides for each detector.
    pub(super) fn yield_to(&mut self, extending: &[Rule]) {
        for over in extending.iter().filter(|over| over.except.is_empty()) {
            self.categories.retain(|category| !over.categories.contains(category));
            self.detectors.retain(|pattern| !over.detectors.iter().any(|o| covers(o, pattern)));
            let new = over.detectors.iter().filter(|pattern| self.may_name(pattern));
            let new: Vec<String> = new.cloned().collect();
            self.except.extend(new);
        }
        self.except.sort_unstable();
        self.except.dedup();
    }

    /// Returns whether some detector may match the rule and `pattern`. What category a detector has
    /// is not known here, so a rule about categories may name any.
    fn may_name(&self, pattern: &str) -> bool {
        let overlaps = |own: &String| covers(own, pattern) || covers(pattern, own);
        !self.categories.is_empty() || self.detectors.iter().any(overlaps)
    }

    pub(super) fn names_nothing(&self) -> bool {
        self.categories.is_empty() && self.detectors.is_empty()
    }
}

/// Returns the indices of the rules that decide about a detector; none means the default does.
///
/// `rules` stand by rising layer. A rule that names the detector replaces all that lower layers
/// say about it; one that names its category replaces what they say about the category.
pub(super) fn applying(rules: &[Rule], detector: &str, category: Category) -> Vec<usize> {
    let mut applying = Vec::new();
    let mut nearest_naming_detector = None;
    let mut nearest_naming_any = None;
    for (index, rule) in rules.iter().enumerate() {
        let Some(address) = rule.address(detector, category) else { continue };
        let replacing = match address {
            Address::Detector => nearest_naming_detector,
            Address::Category => nearest_naming_any,
        };
        if replacing.is_some_and(|layer| layer < rule.layer) {
            continue;
        }
        applying.push(index);
        nearest_naming_any.get_or_insert(rule.layer);
        if address == Address::Detector {
            nearest_naming_detector.get_or_insert(rule.layer);
        }
    }
    applying
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    Detector,
    Category,
}

/// Returns whether `pattern`, an id or the beginning of one and `*`, matches `detector`.
pub(super) fn matches(pattern: &str, detector: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => detector.starts_with(beginning),
        None => pattern == detector,
    }
}

fn any_matches(patterns: &[String], detector: &str) -> bool {
    patterns.iter().any(|pattern| matches(pattern, detector))
}

/// Returns whether `wide` matches all that `narrow` matches.
fn covers(wide: &str, narrow: &str) -> bool {
    matches(wide, narrow.strip_suffix('*').unwrap_or(narrow))
        && (wide.ends_with('*') || wide == narrow)
}

/// What reports call the default for what no rule speaks about.
pub(super) const DEFAULT: &str = "default";

/// What reports call the action on parts that were not examined.
pub(super) const UNSCANNABLE: &str = "unscannable";

/// What reports call a finding of a detector that the policy was not bound to.
pub(super) const UNBOUND: &str = "unbound-detector";
