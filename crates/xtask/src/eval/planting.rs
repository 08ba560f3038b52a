//! The generated corpora: every definition's numbers in every document and disguise.

use std::collections::BTreeMap;
use std::ops::Range;

use portcullis::catalogue::Definition;
use portcullis::{Confidence, Finding, Scanner};

use super::disguise::{self, Change, Disguise};
use super::grammar::{Document, Place, Planted, Written, capitalised};
use super::random::Random;
use super::scoring::{Ratio, Tallies, Truth, covers, merge};
use super::{numbers, scan};

/// What was counted over the generated corpora.
#[derive(Debug, Default)]
pub struct Counts {
    /// Findings in plain documents against what was planted.
    pub tallies: Tallies,
    /// Numbers found by kind of document, those that stand in it with a name.
    pub documents: BTreeMap<String, Ratio>,
    /// Numbers found by disguise.
    pub disguises: BTreeMap<&'static str, Disguised>,
    /// What is told of each definition besides.
    pub details: BTreeMap<String, Detail>,
    /// Texts in which a number was missed, or something else found, where they are asked for.
    pub examples: Vec<String>,
}

/// What was found of numbers in one disguise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disguised {
    /// Of all numbers.
    pub all: Ratio,
    /// Of those that have a check.
    pub checked: Ratio,
    /// Findings that are something else.
    pub others: u64,
}

impl std::ops::AddAssign for Disguised {
    fn add_assign(&mut self, other: Disguised) {
        self.all += other.all;
        self.checked += other.checked;
        self.others += other.others;
    }
}

/// What is told of a definition besides its tally.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Different numbers that were planted.
    pub numbers: u64,
    /// Found without any name, of those that the scores let through without one.
    pub alone: Ratio,
    /// Found in disguise.
    pub disguised: Ratio,
}

impl std::ops::AddAssign for Detail {
    fn add_assign(&mut self, other: Detail) {
        self.numbers += other.numbers;
        self.alone += other.alone;
        self.disguised += other.disguised;
    }
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.tallies.add(other.tallies);
        merge(&mut self.documents, other.documents);
        merge(&mut self.disguises, other.disguises);
        merge(&mut self.details, other.details);
    }
}

/// Plants the numbers of every definition of the scanner and counts what it finds.
///
/// # Errors
///
/// What a scan says.
pub fn count(scanner: &Scanner, documents: &[Document], seed: u64) -> Result<Counts, String> {
    let each = scan::over(scanner.detectors(), |definition| {
        let mut counter = Counter::new(scanner, definition, documents, seed);
        counter.count()?;
        Ok(counter.counts)
    })?;
    let mut counts = Counts::default();
    each.into_iter().for_each(|one| counts.add(one));
    Ok(counts)
}

/// Numbers that are made of each definition besides its samples.
const NUMBERS: usize = 40;
/// Documents of each kind with a number that holds.
const PLAIN: usize = 4;
/// Documents of each kind with a decoy.
const DECOYS: usize = 2;
/// Documents for each disguise.
const DISGUISED: usize = 8;

/// What is to be explained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question<'q> {
    /// All that goes wrong with the numbers of the detector with this id.
    Detector(&'q str),
    /// All that goes wrong in the disguise of this name, or of this kind.
    Disguise(&'q str),
}

/// Returns an example for everything that goes wrong with what is asked for.
///
/// # Errors
///
/// There is no such detector or disguise, or what a scan says.
pub fn explain(
    scanner: &Scanner,
    documents: &[Document],
    seed: u64,
    question: Question<'_>,
) -> Result<Vec<String>, String> {
    let is_asked = |definition: &&Definition| match question {
        Question::Detector(id) => definition.id() == id,
        Question::Disguise(name) => disguise::ALL.iter().any(|d| d.is_called(name)),
    };
    let asked: Vec<&Definition> = scanner.detectors().iter().filter(is_asked).collect();
    if asked.is_empty() {
        return Err(format!("{question:?}: there is no such thing"));
    }
    let examples = scan::over(&asked, |definition| {
        let mut counter = Counter::new(scanner, definition, documents, seed);
        counter.question = Some(question);
        counter.count()?;
        Ok(counter.counts.examples)
    })?;
    Ok(examples.into_iter().flatten().collect())
}

/// How many numbers are looked at for one that a disguise changes.
const LOOKED_AT: usize = 12;
/// The share of single wrong digits that pass from which on a definition has no check worth the name.
const UNCHECKED: f64 = 0.5;

/// The counting of one definition.
struct Counter<'c> {
    scanner: &'c Scanner,
    definition: &'c Definition,
    documents: &'c [Document],
    keywords: Vec<String>,
    random: Random,
    counts: Counts,
    question: Option<Question<'c>>,
}

/// A document with a number or a decoy in it.
struct Case<'c> {
    document: &'c Document,
    planted: Planted,
    kind: CaseKind,
}

#[derive(Clone, Copy, PartialEq)]
enum CaseKind {
    /// A number that is to be found, with a name for it.
    Named,
    /// A number that is to be found without one.
    Alone,
    /// Nothing is to be found.
    Decoy,
}

impl<'c> Counter<'c> {
    fn new(
        scanner: &'c Scanner,
        definition: &'c Definition,
        documents: &'c [Document],
        seed: u64,
    ) -> Counter<'c> {
        let keywords = definition.keywords().map(|keyword| keyword.into_owned()).collect();
        let random = Random::of(seed, &[definition.id()]);
        let counts = Counts::default();
        let question = None;
        Counter { scanner, definition, documents, keywords, random, counts, question }
    }

    fn count(&mut self) -> Result<(), String> {
        match scan::is_dictionary(self.definition) {
            true => self.count_sentences(),
            false => self.count_numbers(),
        }
    }

    fn count_numbers(&mut self) -> Result<(), String> {
        let alone = scan::only(self.definition.id())?;
        let (definition, random) = (self.definition, &mut self.random);
        let valid = numbers::valid(&alone, definition, NUMBERS, random)?;
        let mut decoys: Vec<String> =
            definition.near_misses().iter().map(|(miss, _)| (*miss).to_owned()).collect();
        if self.is_checked() {
            decoys.extend(numbers::one_wrong(&alone, definition, &valid, &mut self.random)?);
        }
        self.detail().numbers += valid.len() as u64;
        self.count_plain(&valid, &decoys)?;
        disguise::ALL.iter().try_for_each(|disguise| self.count_disguised(disguise, &valid))
    }

    /// Counts every document with numbers, and with decoys.
    fn count_plain(&mut self, valid: &[String], decoys: &[String]) -> Result<(), String> {
        for document in self.documents.iter().filter(|d| d.keyword != Place::Sentence) {
            for _ in 0..PLAIN {
                let Some(value) = self.random.pick(valid) else { break };
                let kind = match document.keyword {
                    Place::None if self.is_reported_alone(value) => CaseKind::Alone,
                    Place::None => CaseKind::Decoy,
                    _ => CaseKind::Named,
                };
                self.count_one(document, value, kind)?;
            }
            for _ in 0..DECOYS {
                let Some(decoy) = self.random.pick(decoys) else { break };
                self.count_one(document, decoy, CaseKind::Decoy)?;
            }
        }
        Ok(())
    }

    fn count_one(
        &mut self,
        document: &Document,
        value: &str,
        kind: CaseKind,
    ) -> Result<(), String> {
        let keyword = self.keyword();
        match document.plant(Written::Plain(value), &keyword, &mut self.random) {
            Some(planted) => self.tally(Case { document, planted, kind }),
            None => Ok(()),
        }
    }

    fn tally(&mut self, case: Case<'_>) -> Result<(), String> {
        let findings = scan::findings(self.scanner, &case.planted.bytes)?;
        let truth = Truth {
            detector: self.definition.id(),
            category: self.definition.category(),
            planted: &case.planted,
            holds: case.kind != CaseKind::Decoy,
        };
        let is_hit = self.counts.tallies.count(&findings, truth);
        if matches!(self.question, Some(Question::Detector(_))) {
            self.keep_example(&case.document.name, truth, is_hit, &findings);
        }
        match case.kind {
            CaseKind::Decoy => {}
            CaseKind::Alone => self.detail().alone.count(is_hit),
            CaseKind::Named => {
                let name = case.document.name.clone();
                self.counts.documents.entry(name).or_default().count(is_hit);
            }
        }
        Ok(())
    }

    /// Counts the numbers in one disguise, each with a name for it.
    fn count_disguised(&mut self, disguise: &Disguise, valid: &[String]) -> Result<(), String> {
        let is_home = |d: &&Document| {
            disguise.homes.contains(&d.kind) && matches!(d.keyword, Place::Before | Place::Field)
        };
        let homes: Vec<&Document> = self.documents.iter().filter(is_home).collect();
        for _ in 0..DISGUISED {
            if let Some(planted) = self.in_disguise(disguise, valid, &homes) {
                self.tally_disguised(disguise, planted)?;
            }
        }
        Ok(())
    }

    /// Returns a document with one of the numbers in disguise, `None` where it changes none of them
    /// or nobody would write it so.
    fn in_disguise(
        &mut self,
        disguise: &Disguise,
        valid: &[String],
        homes: &[&Document],
    ) -> Option<Planted> {
        let random = &mut self.random;
        let (value, written) = (0..LOOKED_AT).find_map(|_| {
            let value = random.pick(valid)?;
            Some((value, disguise.value(value, random)?))
        })?;
        let keyword = self.keyword();
        let written = match disguise.is_escape() {
            true => Written::Raw(&written),
            false => Written::Plain(&written),
        };
        let home = self.random.pick(homes)?;
        let planted = home.plant(written, &keyword, &mut self.random)?;
        Some(disguise.document(planted, value))
    }

    fn tally_disguised(&mut self, disguise: &Disguise, planted: Planted) -> Result<(), String> {
        let findings = scan::findings(self.scanner, &planted.bytes)?;
        let own = |finding: &&Finding| finding.detector() == self.definition.id();
        let hits = findings.iter().filter(own).filter(|f| covers(f, &planted)).count();
        let (detector, category) = (self.definition.id(), self.definition.category());
        let truth = Truth { detector, category, planted: &planted, holds: true };
        if self.is_asked(disguise) {
            self.keep_example(disguise.name, truth, hits > 0, &findings);
        }
        let is_checked = self.is_checked();
        let counted = self.counts.disguises.entry(disguise.name).or_default();
        counted.all.count(hits > 0);
        if is_checked {
            counted.checked.count(hits > 0);
        }
        counted.others += truth.others(&findings, hits > 0) as u64;
        if !matches!(disguise.change, Change::Nothing) {
            self.detail().disguised.count(hits > 0);
        }
        Ok(())
    }

    fn keep_example(&mut self, name: &str, truth: Truth<'_>, is_hit: bool, findings: &[Finding]) {
        let others = truth.others(findings, is_hit);
        if is_hit == truth.holds && others == 0 {
            return;
        }
        let what = match (truth.holds, is_hit) {
            (true, false) => "missed",
            (true, true) => "more found",
            (false, _) => "decoy found",
        };
        let found: Vec<String> =
            findings.iter().map(|f| format!("{} {}", f.detector(), f.score())).collect();
        let text = String::from_utf8_lossy(&truth.planted.bytes);
        let id = truth.detector;
        let example = format!("{what}: {id}: {name}: [{}] {text:?}", found.join(", "));
        self.counts.examples.push(example);
    }

    fn is_asked(&self, disguise: &Disguise) -> bool {
        match self.question {
            Some(Question::Disguise(name)) => disguise.is_called(name),
            Some(Question::Detector(_)) => true,
            None => false,
        }
    }

    /// Counts the samples of a dictionary, which are sentences, and its near misses.
    fn count_sentences(&mut self) -> Result<(), String> {
        let alone = scan::only(self.definition.id())?;
        let definition = self.definition;
        self.detail().numbers += definition.samples().len() as u64;
        for sample in definition.samples() {
            let findings = scan::findings(&alone, sample.as_bytes())?;
            let Some(term) = findings.first().map(super::scoring::span) else { continue };
            self.count_sentence(sample, &term)?;
        }
        let documents = self.documents.iter().filter(|d| d.keyword == Place::Sentence);
        for document in documents {
            for (miss, _) in definition.near_misses() {
                self.count_one(document, miss, CaseKind::Decoy)?;
            }
        }
        Ok(())
    }

    /// Counts one sentence, with a term somewhere in it, in every document and whole disguise.
    fn count_sentence(&mut self, sample: &str, term: &Range<usize>) -> Result<(), String> {
        let all = self.documents.iter();
        let homes: Vec<&Document> = all.filter(|d| d.keyword == Place::Sentence).collect();
        for document in &homes {
            if let Some(planted) = with_term(document, sample, term, &mut self.random) {
                self.tally(Case { document, planted, kind: CaseKind::Named })?;
            }
        }
        let is_whole = |d: &&Disguise| matches!(d.change, Change::Document(_));
        for disguise in disguise::ALL.iter().filter(is_whole) {
            let Some(home) = self.random.pick(&homes) else { break };
            if let Some(planted) = with_term(home, sample, term, &mut self.random) {
                self.tally_disguised(disguise, disguise.document(planted, sample))?;
            }
        }
        Ok(())
    }

    fn detail(&mut self) -> &mut Detail {
        self.counts.details.entry(self.definition.id().to_owned()).or_default()
    }

    /// Returns one of the definition's keywords, now and then with a capital.
    fn keyword(&mut self) -> String {
        let keyword = self.random.pick(&self.keywords).cloned().unwrap_or_default();
        if self.random.below(2) == 0 { keyword } else { capitalised(&keyword) }
    }

    /// Whether a wrong digit shows.
    fn is_checked(&self) -> bool {
        self.definition.wrong_digit_rate().is_some_and(|rate| rate < UNCHECKED)
    }

    /// Whether the scores let the number through where nothing names it.
    fn is_reported_alone(&self, value: &str) -> bool {
        let scores = self.definition.scores();
        let separated = value.contains(|c: char| !c.is_ascii_alphanumeric());
        let score = if separated { scores.separated } else { scores.bare };
        Confidence::from_score(score) >= Confidence::Medium
    }
}

/// Returns a document with a sentence and the place of the term in it; `None` where the document's
/// syntax writes the sentence otherwise, so that the term is no longer where it was.
fn with_term(
    document: &Document,
    sample: &str,
    term: &Range<usize>,
    random: &mut Random,
) -> Option<Planted> {
    let planted = document.plant(Written::Plain(sample), "", random)?;
    let start = planted.span.start + term.start;
    let span = start..start + term.len();
    (planted.span.len() == sample.len()).then_some(Planted { span, ..planted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::grammar::documents;

    fn counts(ids: &[&str]) -> Counts {
        let mut builder = Scanner::builder();
        let scanner = builder.detectors(ids.iter().copied()).build().unwrap();
        count(&scanner, &documents().unwrap(), 1).unwrap()
    }

    #[test]
    fn a_strong_detector_is_counted_everywhere() {
        let counts = counts(&["bank.iban"]);
        let tally = counts.tallies.detectors["bank.iban"];
        assert!(tally.planted() > 60, "{tally:?}");
        assert!(tally.recall().unwrap() > 0.9, "{tally:?}");
        let detail = counts.details["bank.iban"];
        assert!(detail.numbers > NUMBERS as u64 && detail.alone.of > 0, "{detail:?}");
        let plain = counts.disguises["as written"];
        assert_eq!((plain.all.of, plain.checked.of), (DISGUISED as u64, DISGUISED as u64));
        // Its samples hold no dash, so disguises of dashes are not for it.
        assert!(counts.disguises.len() > 80);
        assert!(counts.documents.contains_key("JSON"));
    }

    #[test]
    fn what_goes_wrong_has_an_example() {
        let scanner = scan::everything(Confidence::Medium).unwrap();
        let documents = documents().unwrap();
        let all = explain(&scanner, &documents, 1, Question::Detector("gov.nl.bsn")).unwrap();
        assert!(all.iter().all(|e| {
            ["missed: ", "more found: ", "decoy found: "].iter().any(|w| e.starts_with(w))
        }));
        let missed = all.iter().filter(|example| example.starts_with("missed: ")).count() as u64;
        let counts = count(&scanner, &documents, 1).unwrap();
        let (tally, detail) =
            (counts.tallies.detectors["gov.nl.bsn"], counts.details["gov.nl.bsn"]);
        let plain = counts.disguises["as written"].all;
        let most =
            tally.misses + detail.disguised.of - detail.disguised.hits + plain.of - plain.hits;
        assert!(missed > 0 && missed <= most);
        assert!(counts.examples.is_empty());
        for question in [Question::Detector("no.such"), Question::Disguise("no such")] {
            assert!(explain(&scanner, &documents, 1, question).is_err());
        }
    }

    #[test]
    fn runs_are_alike() {
        let figures = |counts: Counts| {
            let disguised: Vec<_> = counts.disguises.iter().map(|(n, d)| (*n, d.all)).collect();
            (counts.tallies.detectors, counts.documents, disguised)
        };
        assert_eq!(figures(counts(&["gov.nl.bsn"])), figures(counts(&["gov.nl.bsn"])));
    }

    #[test]
    fn without_a_check_a_number_alone_is_a_decoy() {
        let counts = counts(&["health.mrn"]);
        assert_eq!(counts.details["health.mrn"].alone, Ratio::default());
        assert!(counts.tallies.detectors["health.mrn"].planted() > 0);
    }

    #[test]
    fn terms_stand_in_sentences() {
        let scanner = Scanner::builder().build().unwrap();
        let dictionary = scanner.detectors().iter().find(|d| scan::is_dictionary(d)).unwrap();
        let counts = counts(&[dictionary.id()]);
        assert!(counts.documents["sentence alone"].of > 0);
        assert!(counts.disguises["UTF-16 LE"].all.of > 0);
        assert!(!counts.documents.contains_key("JSON"));
    }
}
