//! What a measurement counts: findings against what was planted or labelled.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{AddAssign, Range};

use portcullis::{Category, Finding};

use super::grammar::Planted;

/// Findings against truth, of one detector or category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Planted and found.
    pub hits: u64,
    /// Found and not planted.
    pub false_findings: u64,
    /// Planted and not found.
    pub misses: u64,
}

impl Tally {
    /// Returns the share of findings that are right; `None` without findings.
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.hits + self.false_findings)
    }

    /// Returns the share of planted numbers that are found; `None` without any.
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.planted())
    }

    /// Returns the harmonic mean of both; `None` where either is none or nothing is right.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        let sum = precision + recall;
        if sum > 0.0 { Some(2.0 * precision * recall / sum) } else { Some(0.0) }
    }

    /// Returns how many numbers were planted.
    pub fn planted(&self) -> u64 {
        self.hits + self.misses
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.hits += other.hits;
        self.false_findings += other.false_findings;
        self.misses += other.misses;
    }
}

/// How many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// How many.
    pub hits: u64,
    /// Of so many.
    pub of: u64,
}

impl Ratio {
    /// Counts one more.
    pub fn count(&mut self, is_hit: bool) {
        self.hits += u64::from(is_hit);
        self.of += 1;
    }

    /// Returns the share, `None` of nothing.
    pub fn share(&self) -> Option<f64> {
        share(self.hits, self.of)
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Ratio) {
        self.hits += other.hits;
        self.of += other.of;
    }
}

fn share(some: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| some as f64 / all as f64)
}

/// Adds the entries of one map to those of another.
pub fn merge<K: Ord, V: AddAssign + Default>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>) {
    from.into_iter().for_each(|(key, value)| *into.entry(key).or_default() += value);
}

/// Returns how much of the longer of two stretches both have in common.
pub fn overlap(one: &Range<usize>, other: &Range<usize>) -> f64 {
    let common = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let longest = one.len().max(other.len());
    if longest == 0 { 0.0 } else { common as f64 / longest as f64 }
}

/// The least overlap with which two stretches are the same thing.
pub const SAME: f64 = 0.5;

/// Whether a finding covers what was planted, in the bytes that the finding's offsets count in.
pub fn covers(finding: &Finding, planted: &Planted) -> bool {
    place(finding, planted).is_some_and(|truth| overlap(&span(finding), truth) >= SAME)
}

/// Returns where something is planted, in the bytes that the finding's offsets count in.
fn place<'p>(finding: &Finding, planted: &'p Planted) -> Option<&'p Range<usize>> {
    match finding.path() {
        "" => Some(&planted.span),
        _ => planted.inner.as_ref(),
    }
}

/// Whether a finding lies within what was planted, as the bare number in one with its country does.
fn lies_within(finding: &Finding, planted: &Planted) -> bool {
    let found = span(finding);
    place(finding, planted)
        .is_some_and(|truth| truth.start <= found.start && found.end <= truth.end)
}

/// Returns where a finding stands.
pub fn span(finding: &Finding) -> Range<usize> {
    let at = finding.span();
    let place = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    place(at.start)..place(at.end)
}

/// What is planted in a document.
#[derive(Clone, Copy, Debug)]
pub struct Truth<'t> {
    /// The detector that has to find it.
    pub detector: &'t str,
    /// That detector's category.
    pub category: Category,
    /// Where it stands.
    pub planted: &'t Planted,
    /// What the document says besides.
    pub besides: Besides<'t>,
    /// Whether it is to be found; a decoy is not.
    pub holds: bool,
}

impl Truth<'_> {
    /// Whether a finding is neither right nor wrong: a part of what is planted, or beside it.
    fn counts_for_nothing(self, finding: &Finding) -> bool {
        // The card that the number belongs to, and the names and addresses that documents have.
        let is_near = self.besides.near == Some(finding.detector());
        let is_documents = is_near || finding.category() == Category::Contact;
        is_part(self.detector, finding.detector()) || is_documents && !covers(finding, self.planted)
    }

    /// Whether a finding is right beside that of the detector meant. Where that one found nothing, the
    /// word may name another that does: nobody could tell.
    fn fits_too(self, finding: &Finding, is_found: bool) -> bool {
        let is_there = is_found && covers(finding, self.planted);
        let is_named = is_there || self.besides.names(finding, self.planted);
        is_named && finding.category() == self.category
    }

    /// Returns how many findings are something else than what is planted.
    pub fn others(&self, findings: &[Finding], is_hit: bool) -> usize {
        let is_right = |finding: &&Finding| self.fits_too(finding, is_hit);
        findings.iter().filter(|f| !is_right(f) && !self.counts_for_nothing(f)).count()
    }
}

/// What a document says besides the number that is planted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Besides<'t> {
    /// The detectors that the word for the number names too.
    pub same_name: Option<&'t BTreeSet<String>>,
    /// The detector whose number stands near.
    pub near: Option<&'t str>,
}

impl Besides<'_> {
    /// Whether the document's own word for what is planted says that a finding there, or in it, is right.
    fn names(self, finding: &Finding, planted: &Planted) -> bool {
        let is_there = covers(finding, planted) || lies_within(finding, planted);
        is_there && self.same_name.is_some_and(|ids| ids.contains(finding.detector()))
    }
}

/// What holds another number by its nature: finding that one in it is neither right nor wrong.
const PARTS: &[(&str, &str)] = &[
    ("card.track1", "card.pan"),
    ("card.track2", "card.pan"),
    // The claim number of Medicare was the wage earner's with a letter.
    ("health.us.hicn", "gov.us.ssn"),
];

fn is_part(whole: &str, part: &str) -> bool {
    PARTS.contains(&(whole, part))
}

/// Tallies by detector and by category, and what planted numbers were taken for.
#[derive(Debug, Default)]
pub struct Tallies {
    /// By detector.
    pub detectors: BTreeMap<String, Tally>,
    /// By category.
    pub categories: BTreeMap<Category, Tally>,
    /// False findings by the detector that was planted, or its decoy, and the one that found it.
    pub mistaken: BTreeMap<(String, String), u64>,
}

impl Tallies {
    /// Counts the findings in one document, and returns whether the detector found what is planted.
    pub fn count(&mut self, findings: &[Finding], truth: Truth<'_>) -> bool {
        let hit = |finding: &Finding| truth.holds && covers(finding, truth.planted);
        let own = findings.iter().position(|f| f.detector() == truth.detector && hit(f));
        let same = findings.iter().position(|f| f.category() == truth.category && hit(f));
        if truth.holds {
            self.settle(truth, own.is_some(), same.is_some());
        }
        for (index, finding) in findings.iter().enumerate() {
            let fits_too = truth.fits_too(finding, own.is_some());
            if truth.counts_for_nothing(finding) {
                continue;
            }
            if Some(index) != own && !fits_too {
                let names = (truth.detector.to_owned(), finding.detector().to_owned());
                self.detectors.entry(names.1.clone()).or_default().false_findings += 1;
                *self.mistaken.entry(names).or_default() += 1;
            }
            // The detector meant and another of its category may both have found it.
            let excused = Some(index) == own || Some(index) == same || fits_too;
            if !excused {
                self.categories.entry(finding.category()).or_default().false_findings += 1;
            }
        }
        own.is_some()
    }

    fn settle(&mut self, truth: Truth<'_>, own: bool, same: bool) {
        let tally = |is_hit: bool| Tally {
            hits: u64::from(is_hit),
            misses: u64::from(!is_hit),
            ..Tally::default()
        };
        *self.detectors.entry(truth.detector.to_owned()).or_default() += tally(own);
        *self.categories.entry(truth.category).or_default() += tally(same);
    }

    /// Adds what others counted.
    pub fn add(&mut self, other: Tallies) {
        merge(&mut self.detectors, other.detectors);
        merge(&mut self.categories, other.categories);
        merge(&mut self.mistaken, other.mistaken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::scan;

    fn tally(hits: u64, false_findings: u64, misses: u64) -> Tally {
        Tally { hits, false_findings, misses }
    }

    #[test]
    fn precision_recall_and_f1_are_what_they_are() {
        let some = tally(6, 2, 4);
        assert_eq!((some.precision(), some.recall()), (Some(0.75), Some(0.6)));
        assert!((some.f1().unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(tally(0, 0, 0).precision(), None);
        assert_eq!(tally(0, 0, 3).f1(), None);
        assert_eq!(tally(0, 1, 3).f1(), Some(0.0));
    }

    #[test]
    fn half_of_the_longer_one_has_to_overlap() {
        assert_eq!(overlap(&(0..10), &(0..10)), 1.0);
        assert_eq!(overlap(&(0..10), &(5..15)), 0.5);
        assert_eq!(overlap(&(0..4), &(0..10)), 0.4);
        assert_eq!(overlap(&(0..4), &(4..8)), 0.0);
        assert_eq!(overlap(&(4..4), &(4..4)), 0.0);
    }

    #[test]
    fn what_is_found_elsewhere_or_by_another_is_false() {
        let scanner = scan::everything(portcullis::Confidence::Medium).unwrap();
        let text = "card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19";
        let found = scan::findings(&scanner, text.as_bytes()).unwrap();
        let detectors: Vec<&str> = found.iter().map(Finding::detector).collect();
        assert_eq!(detectors, ["card.pan", "bank.iban"]);
        let planted = Planted { bytes: text.into(), span: 5..24, inner: None };
        let truth = Truth {
            detector: "card.pan",
            category: Category::PaymentCard,
            planted: &planted,
            besides: Besides::default(),
            holds: true,
        };
        let mut tallies = Tallies::default();
        assert!(tallies.count(&found, truth));
        assert_eq!(tallies.detectors["card.pan"], tally(1, 0, 0));
        assert_eq!(tallies.detectors["bank.iban"], tally(0, 1, 0));
        assert_eq!(tallies.categories[&Category::BankAccount], tally(0, 1, 0));
        assert_eq!(tallies.mistaken.len(), 1);

        assert!(!tallies.count(&found, Truth { holds: false, ..truth }));
        assert_eq!(tallies.detectors["card.pan"], tally(1, 1, 0));
        assert!(!tallies.count(&[], truth));
        assert_eq!(tallies.detectors["card.pan"], tally(1, 1, 1));
        assert_eq!(tallies.categories[&Category::PaymentCard], tally(1, 1, 1));
    }

    #[test]
    fn what_stands_near_or_bears_the_same_name_is_no_mistake() {
        let scanner = scan::everything(portcullis::Confidence::Medium).unwrap();
        let text = "card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19";
        let found = scan::findings(&scanner, text.as_bytes()).unwrap();
        let planted = Planted { bytes: text.into(), span: 5..24, inner: None };
        let same_name = BTreeSet::from(["card.pan".to_owned()]);
        let besides = Besides { same_name: Some(&same_name), near: Some("bank.iban") };
        let truth = Truth {
            detector: "card.other",
            category: Category::PaymentCard,
            planted: &planted,
            besides,
            holds: false,
        };
        let mut tallies = Tallies::default();
        assert!(!tallies.count(&found, truth));
        assert!(tallies.detectors.is_empty() && tallies.categories.is_empty());
        assert!(!tallies.count(&found, Truth { category: Category::Health, ..truth }));
        assert_eq!(tallies.detectors["card.pan"], tally(0, 1, 0));
        assert_eq!(tallies.detectors.len(), 1);
        let alone = Besides { same_name: None, ..besides };
        assert!(!tallies.count(&found, Truth { besides: alone, ..truth }));
        assert_eq!(tallies.detectors["card.pan"], tally(0, 2, 0));
    }

    #[test]
    fn a_card_number_in_a_track_is_no_mistake() {
        let scanner = scan::everything(portcullis::Confidence::Medium).unwrap();
        let text = "track 2: ;4111111111111111=29121011000012345678?";
        let found = scan::findings(&scanner, text.as_bytes()).unwrap();
        assert_eq!(found.len(), 2);
        let planted = Planted { bytes: text.into(), span: 9..text.len(), inner: None };
        let truth = Truth {
            detector: "card.track2",
            category: Category::CardSecurity,
            planted: &planted,
            besides: Besides::default(),
            holds: true,
        };
        let mut tallies = Tallies::default();
        assert!(tallies.count(&found, truth));
        assert_eq!(tallies.detectors.len(), 1);
        assert_eq!(tallies.detectors["card.track2"], tally(1, 0, 0));
    }

    #[test]
    fn counts_add_up() {
        let (mut one, mut other) = (Tallies::default(), Tallies::default());
        one.detectors.insert("a".into(), tally(1, 2, 3));
        other.detectors.insert("a".into(), tally(1, 1, 1));
        other.detectors.insert("b".into(), tally(5, 0, 0));
        one.add(other);
        assert_eq!(one.detectors["a"], tally(2, 3, 4));
        assert_eq!(one.detectors["b"], tally(5, 0, 0));
        let mut ratio = Ratio::default();
        ratio.count(true);
        ratio.count(false);
        assert_eq!((ratio, ratio.share()), (Ratio { hits: 1, of: 2 }, Some(0.5)));
    }
}
