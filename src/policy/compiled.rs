//! A policy bound to a list of detectors: findings go in by index, a decision comes out.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::decision::{Decision, Reason};
use super::rule::{self, Rule};
use super::{Action, Obligation, Policy, TestNumbers};
use crate::coverage::{Gap, GapReason};
use crate::finding::{Category, Confidence};
use crate::wire::{Reader, Writer};

/// A policy bound to a list of detectors; shared by all scans.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// The rules in force, and behind them one for what none of them speaks about.
    rules: Vec<Rule>,
    /// By rule, then by category.
    lanes: Vec<Lane>,
    /// For each detector the lanes its findings count in.
    routes: Vec<Vec<usize>>,
    unscannable: BTreeMap<GapReason, Action>,
    /// `None` where there are none, so that nothing is counted for each scan.
    obligations: Option<Arc<[Obligation]>>,
    test_numbers: TestNumbers,
}

impl Shared {
    /// Iterates over the lanes of the rules that a hit counts for.
    fn counted<'s>(&'s self, hit: &'s Hit) -> impl Iterator<Item = usize> + 's {
        let is_ignored = hit.test && self.test_numbers == TestNumbers::Ignore;
        let route = self.routes.get(hit.detector).filter(|_| !is_ignored);
        let reaches = |index: &&usize| {
            let rule = self.lanes.get(**index).and_then(|lane| self.rules.get(lane.rule));
            rule.is_some_and(|rule| hit.confidence >= rule.min_confidence)
        };
        route.into_iter().flatten().filter(reaches).copied()
    }
}

/// Where the findings of one category count for one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lane {
    rule: usize,
    category: Category,
}

/// A finding as far as a policy sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Index in the list that the policy was bound to.
    pub(crate) detector: usize,
    pub(crate) confidence: Confidence,
    /// A published test number.
    pub(crate) test: bool,
    /// A keyed digest of the value; read only where [`Compiled::needs_distinct`].
    pub(crate) value: [u8; 32],
}

/// What has been found so far. Two halves of a payload merge to the same as the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Places with findings by lane; none before the first finding that counts.
    counts: Vec<u64>,
    /// Different values by rule: sorted, up to the rule's threshold, none for a threshold of 1.
    distinct: Vec<Vec<[u8; 32]>>,
    /// Findings of detectors that the policy was not bound to.
    unbound: u64,
}

impl Compiled {
    /// Binds `policy` to `detectors`, ids with categories.
    ///
    /// # Complexity
    ///
    /// Time is the product of detectors and rules.
    pub(super) fn new(policy: &Policy, detectors: &[(&str, Category)]) -> Compiled {
        let rules: Vec<Rule> = policy.rules.iter().cloned().chain([default_rule(policy)]).collect();
        let routes: Vec<Vec<Lane>> =
            detectors.iter().map(|(id, category)| lanes(policy, id, *category)).collect();
        let mut lanes: Vec<Lane> = routes.iter().flatten().copied().collect();
        lanes.sort_unstable();
        lanes.dedup();
        let index = |lane: &Lane| lanes.binary_search(lane).ok();
        let routes = routes.iter().map(|route| route.iter().filter_map(index).collect()).collect();
        Compiled {
            shared: Arc::new(Shared {
                rules,
                lanes,
                routes,
                unscannable: policy.definition.unscannable.clone(),
                obligations: (!policy.obligations.is_empty())
                    .then(|| policy.obligations.clone().into()),
                test_numbers: policy.definition.test_numbers,
            }),
        }
    }

    /// Returns whether any rule counts different values, so that hits must bring their digests.
    pub(crate) fn needs_distinct(&self) -> bool {
        let mut rules =
            self.shared.lanes.iter().filter_map(|lane| self.shared.rules.get(lane.rule));
        rules.any(|rule| rule.min_distinct > 1)
    }

    fn lanes(&self) -> impl Iterator<Item = (&Lane, &Rule)> {
        let rules = &self.shared.rules;
        self.shared.lanes.iter().filter_map(|lane| Some((lane, rules.get(lane.rule)?)))
    }
}

impl Tally {
    /// Counts a finding.
    ///
    /// # Complexity
    ///
    /// Memory is 8 bytes for each rule and category, and 32 bytes for each different value up to
    /// the threshold of a rule that has one, all of it taken for the first finding that counts.
    /// Time is linear in the rules that speak about the detector; a rule with a threshold of
    /// different values adds the logarithm of it, and moves at most that many digests until it is
    /// reached.
    pub(crate) fn add(&mut self, compiled: &Compiled, hit: &Hit, others: &[Hit]) {
        let shared = &*compiled.shared;
        let is_ignored = hit.test && shared.test_numbers == TestNumbers::Ignore;
        if !is_ignored && shared.routes.len() <= hit.detector {
            self.unbound = self.unbound.saturating_add(1);
        }
        for index in shared.counted(hit) {
            let Some(lane) = shared.lanes.get(index) else { continue };
            self.open(shared);
            let again = others.iter().any(|other| shared.counted(other).any(|lane| lane == index));
            if let Some(count) = self.counts.get_mut(index).filter(|_| !again) {
                *count = count.saturating_add(1);
            }
            let rule = shared.rules.get(lane.rule);
            if let Some((distinct, rule)) = self.distinct.get_mut(lane.rule).zip(rule) {
                insert(distinct, rule, hit.value);
            }
        }
    }

    /// Takes the memory for all that may be counted, unless that is done.
    fn open(&mut self, shared: &Shared) {
        if !self.counts.is_empty() {
            return;
        }
        let capacity = |rule: &Rule| match rule.min_distinct {
            1 => Vec::new(),
            threshold => Vec::with_capacity(usize::try_from(threshold).unwrap_or(0)),
        };
        self.counts = vec![0; shared.lanes.len()];
        self.distinct = shared.rules.iter().map(capacity).collect();
    }

    /// Adds what another part of the payload held, in any order.
    pub(crate) fn merge(&mut self, compiled: &Compiled, other: &Tally) {
        if !other.counts.is_empty() {
            self.open(&compiled.shared);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        let rules = &compiled.shared.rules;
        for ((distinct, more), rule) in self.distinct.iter_mut().zip(&other.distinct).zip(rules) {
            more.iter().for_each(|value| insert(distinct, rule, *value));
        }
        self.unbound = self.unbound.saturating_add(other.unbound);
    }

    /// Returns whether a hit that was counted made the policy reject the payload: nothing is stricter.
    ///
    /// # Complexity
    ///
    /// Linear in the rules that speak about its detector, and in all where one of these rejects.
    pub(crate) fn is_final_with(&self, compiled: &Compiled, hit: &Hit) -> bool {
        let shared = &*compiled.shared;
        let rule =
            |index: usize| shared.lanes.get(index).and_then(|lane| shared.rules.get(lane.rule));
        let rejects = |index| rule(index).is_some_and(|rule| rule.action == Action::Reject);
        shared.counted(hit).any(rejects) && self.action_so_far(compiled) == Action::Reject
    }

    /// Returns whether the policy rejects a payload that holds this and what another part held.
    pub(crate) fn is_final_beside(&self, compiled: &Compiled, other: &Tally) -> bool {
        let mut both = self.clone();
        both.merge(compiled, other);
        both.action_so_far(compiled) == Action::Reject
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.list(self.counts.iter(), |out, count| out.number(*count));
        for distinct in &self.distinct {
            out.list(distinct.iter(), |out, value| out.fixed(value));
        }
        out.number(self.unbound);
    }

    /// Reads what was counted for the same rules and categories.
    pub(crate) fn read(input: &mut Reader<'_>, compiled: &Compiled) -> Option<Tally> {
        let shared = &*compiled.shared;
        let counts = input.list(shared.lanes.len(), Reader::number)?;
        let mut tally = Tally::default();
        if !counts.is_empty() {
            (counts.len() == shared.lanes.len()).then_some(())?;
            tally.open(shared);
            tally.counts = counts;
        }
        for (distinct, rule) in tally.distinct.iter_mut().zip(&shared.rules) {
            let most = if rule.min_distinct == 1 { 0 } else { rule.min_distinct };
            let values = input.list(usize::try_from(most).ok()?, Reader::array::<32>)?;
            values.is_sorted_by(|a, b| a < b).then(|| distinct.extend(values))?;
        }
        tally.unbound = input.number()?;
        Some(tally)
    }

    /// Returns the strictest action that has fired. More findings never make it milder.
    pub(crate) fn action_so_far(&self, compiled: &Compiled) -> Action {
        let unbound = (self.unbound > 0).then_some(Action::Reject);
        let fired = self.fired(compiled).map(|(_, rule, _)| rule.action);
        fired.chain(unbound).max().unwrap_or(Action::Accept)
    }

    /// Decides on a payload that held these findings and gaps.
    pub(crate) fn decide(&self, compiled: &Compiled, gaps: &[Gap]) -> Decision {
        let mut reasons: Vec<Reason> = self
            .fired(compiled)
            .map(|(lane, rule, count)| Reason {
                rule: rule.name.clone(),
                cite: rule.cite.clone(),
                category: Some(lane.category),
                gap: None,
                count,
                action: rule.action,
            })
            .collect();
        reasons.extend(gap_reasons(compiled, gaps));
        reasons.extend(self.unbound_reason());
        reasons.sort_by_key(|reason| Reverse(reason.action));
        Decision {
            action: reasons.first().map_or(Action::Accept, |reason| reason.action),
            reasons,
            obligations: compiled.shared.obligations.clone(),
        }
    }

    /// Returns the lanes that hold findings of rules that fire, with their counts.
    fn fired<'t>(
        &'t self,
        compiled: &'t Compiled,
    ) -> impl Iterator<Item = (&'t Lane, &'t Rule, u64)> {
        let rules = if self.counts.is_empty() { 0 } else { compiled.shared.rules.len() };
        let mut totals = vec![0u64; rules];
        for ((lane, _), count) in compiled.lanes().zip(&self.counts) {
            if let Some(total) = totals.get_mut(lane.rule) {
                *total = total.saturating_add(*count);
            }
        }
        let lanes = compiled.lanes().zip(&self.counts).filter(|(_, count)| **count > 0);
        lanes.map(|((lane, rule), count)| (lane, rule, *count)).filter(move |(lane, rule, _)| {
            let values = self.distinct.get(lane.rule).map_or(0, |values| values.len() as u64);
            let enough = totals.get(lane.rule).is_some_and(|total| *total >= rule.min_count);
            enough && (rule.min_distinct == 1 || values >= rule.min_distinct)
        })
    }

    /// A finding that nobody can place is refused, whatever the policy.
    fn unbound_reason(&self) -> Option<Reason> {
        (self.unbound > 0).then(|| Reason {
            rule: rule::UNBOUND.to_owned(),
            cite: String::new(),
            category: None,
            gap: None,
            count: self.unbound,
            action: Action::Reject,
        })
    }
}

fn lanes(policy: &Policy, detector: &str, category: Category) -> Vec<Lane> {
    match rule::applying(&policy.rules, detector, category) {
        none if none.is_empty() => vec![Lane { rule: policy.rules.len(), category }],
        rules => rules.into_iter().map(|rule| Lane { rule, category }).collect(),
    }
}

/// The rule for what no rule speaks about; it has no selectors, [`lanes`] sends to it.
fn default_rule(policy: &Policy) -> Rule {
    Rule {
        name: rule::DEFAULT.to_owned(),
        layer: 0,
        categories: Vec::new(),
        detectors: Vec::new(),
        except: Vec::new(),
        action: policy.definition.default,
        min_confidence: Confidence::Medium,
        min_count: 1,
        min_distinct: 1,
        cite: String::new(),
    }
}

/// Keeps the digest of a value, unless the rule has as many as it asks for.
fn insert(distinct: &mut Vec<[u8; 32]>, rule: &Rule, value: [u8; 32]) {
    if rule.min_distinct == 1 || distinct.len() as u64 >= rule.min_distinct {
        return;
    }
    if let Err(place) = distinct.binary_search(&value) {
        distinct.insert(place, value);
    }
}

fn gap_reasons(compiled: &Compiled, gaps: &[Gap]) -> Vec<Reason> {
    let mut counts: BTreeMap<GapReason, u64> = BTreeMap::new();
    for gap in gaps {
        *counts.entry(gap.reason()).or_default() += 1;
    }
    let unscannable = &compiled.shared.unscannable;
    let reason = |(gap, count): (GapReason, u64)| Reason {
        rule: rule::UNSCANNABLE.to_owned(),
        cite: String::new(),
        category: None,
        gap: Some(gap),
        count,
        action: unscannable.get(&gap).copied().unwrap_or(Action::Reject),
    };
    counts.into_iter().map(reason).collect()
}
