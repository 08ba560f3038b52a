//! The generated corpora: every definition's numbers in every document and disguise.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use measure::Random;
use portcullis::catalogue::Definition;
use portcullis::{Confidence, Finding, Scanner};

use super::disguise::{self, Change, Disguise};
use super::grammar::{Document, Place, Planted, Written, capitalised};
use super::scoring::{Besides, Ratio, Tallies, Truth, covers, merge};
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
        self.examples.extend(other.examples);
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
    /// All that goes wrong with the numbers of the detector with this id, of those that begin so where it
    /// ends in `*`.
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
        Question::Detector(id) => match id.strip_suffix('*') {
            Some(beginning) => definition.id().starts_with(beginning),
            None => definition.id() == id,
        },
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

/// The reason of a near miss that only its separators make one.
const GROUPING: &str = "grouping";
/// How many numbers are looked at for one that a disguise changes.
const LOOKED_AT: usize = 12;
/// The share of single wrong digits that pass from which on a definition has no check worth the name.
const UNCHECKED: f64 = 0.5;

/// Digits of the shortest number, a security code.
const FEWEST_DIGITS: usize = 3;

/// The counting of one definition.
struct Counter<'c> {
    scanner: &'c Scanner,
    definition: &'c Definition,
    documents: &'c [Document],
    keywords: Vec<Name>,
    /// What the number belongs to, with a line that has one.
    near: Option<(&'c str, String)>,
    random: Random,
    counts: Counts,
    question: Option<Question<'c>>,
}

/// A word for a number.
#[derive(Clone, Debug, Default)]
struct Name {
    text: String,
    /// The detectors that it names too.
    others: BTreeSet<String>,
}

/// A document with a number or a decoy in it.
struct Case<'c> {
    document: &'c Document,
    planted: Planted,
    name: Name,
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

impl<'c> Case<'c> {
    /// Returns what the document says besides, given what stands near.
    fn besides(&self, near: Option<&'c str>) -> Besides<'_> {
        let is_named = self.document.keyword != Place::None;
        Besides { same_name: is_named.then_some(&self.name.others), near }
    }
}

impl<'c> Counter<'c> {
    fn new(
        scanner: &'c Scanner,
        definition: &'c Definition,
        documents: &'c [Document],
        seed: u64,
    ) -> Counter<'c> {
        let keywords = names(scanner, definition);
        let near = near(scanner, definition);
        let random = Random::of(seed, &[definition.id()]);
        let counts = Counts::default();
        let question = None;
        Counter { scanner, definition, documents, keywords, near, random, counts, question }
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
        let misses = numbers::undisguised(&alone, definition, self.near_misses()?)?;
        let mut decoys = numbers::refused(&alone, definition, misses)?;
        if self.is_checked() {
            decoys.extend(numbers::one_wrong(&alone, definition, &valid, &mut self.random)?);
        }
        self.detail().numbers += valid.len() as u64;
        self.count_plain(&valid, &decoys)?;
        // What a name alone does not let through is no matter of disguises.
        if Confidence::from_score(definition.scores().field) < Confidence::Medium {
            return Ok(());
        }
        let is_number = definition.is_grouped() && definition.samples().iter().any(has_digits);
        let fits = |disguise: &&Disguise| is_number || !disguise.is_for_numbers();
        let mut disguises = disguise::ALL.iter().filter(fits);
        disguises.try_for_each(|disguise| self.count_disguised(disguise, &valid))
    }

    /// Returns the near misses but those that are another's numbers of the same category, as a social
    /// security number is a near miss of a taxpayer's: found where nothing names them. Nor is one a decoy
    /// for its grouping alone, which the disguises change on purpose.
    fn near_misses(&self) -> Result<Vec<String>, String> {
        let mut misses = Vec::new();
        for (miss, _) in self.definition.near_misses().iter().filter(|miss| miss.1 != GROUPING) {
            let text = format!("It says {miss} there.\n");
            let found = scan::findings(self.scanner, text.as_bytes())?;
            let is_theirs = |finding: &Finding| {
                let is_other = finding.detector() != self.definition.id();
                is_other && finding.category() == self.definition.category()
            };
            if !found.iter().any(is_theirs) {
                misses.push((*miss).to_owned());
            }
        }
        Ok(misses)
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
        let name = self.keyword();
        match document.plant(Written::Plain(value), &name.text, &mut self.random) {
            Some(planted) => {
                let planted = self.beside(planted);
                self.tally(Case { document, planted, name, kind })
            }
            None => Ok(()),
        }
    }

    fn tally(&mut self, case: Case<'_>) -> Result<(), String> {
        let findings = scan::findings(self.scanner, &case.planted.bytes)?;
        let truth = Truth {
            detector: self.definition.id(),
            category: self.definition.category(),
            planted: &case.planted,
            besides: case.besides(self.near.as_ref().map(|(id, _)| *id)),
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
        let name = self.keyword();
        let written = match disguise.is_escape() {
            true => Written::Raw(&written),
            false => Written::Plain(&written),
        };
        let home = self.random.pick(homes)?;
        let planted = home.plant(written, &name.text, &mut self.random)?;
        Some(disguise.document(self.beside(planted), value))
    }

    fn tally_disguised(&mut self, disguise: &Disguise, planted: Planted) -> Result<(), String> {
        let findings = scan::findings(self.scanner, &planted.bytes)?;
        let own = |finding: &&Finding| finding.detector() == self.definition.id();
        let hits = findings.iter().filter(own).filter(|f| covers(f, &planted)).count();
        let (detector, category) = (self.definition.id(), self.definition.category());
        let besides = Besides::default();
        let truth = Truth { detector, category, planted: &planted, besides, holds: true };
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
        let id = self.definition.id();
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
                let name = Name::default();
                self.tally(Case { document, planted, name, kind: CaseKind::Named })?;
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
    fn keyword(&mut self) -> Name {
        let name = self.random.pick(&self.keywords).cloned().unwrap_or_default();
        if self.random.below(2) == 0 {
            name
        } else {
            Name { text: capitalised(&name.text), ..name }
        }
    }

    /// Writes below a document the number that what is planted belongs to.
    fn beside(&self, mut planted: Planted) -> Planted {
        if let Some((_, line)) = &self.near {
            planted.bytes.extend_from_slice(line.as_bytes());
        }
        planted
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

/// Returns a definition's keywords, each with the detectors that it names too.
fn names(scanner: &Scanner, definition: &Definition) -> Vec<Name> {
    let of = |other: &Definition| other.keywords().map(|own| words(&own)).collect::<Vec<_>>();
    let others = scanner.detectors().iter().filter(|other| other.id() != definition.id());
    let all: Vec<(&str, Vec<String>)> = others.map(|other| (other.id(), of(other))).collect();
    let name = |text: String| {
        // `auth token` stands in `_authtoken` too, `pin` not in `spinal`.
        let whole = words(&text);
        let joined = whole.replace(' ', "");
        let holds = |part: &String| {
            let several = part.trim().contains(' ');
            whole.contains(part) || several && joined.contains(&part.replace(' ', ""))
        };
        let bears = |(_, own): &&(&str, Vec<String>)| own.iter().any(holds);
        let others = all.iter().filter(bears).map(|(id, _)| (*id).to_owned()).collect();
        Name { text, others }
    };
    definition.keywords().map(|keyword| name(keyword.into_owned())).collect()
}

/// Returns the words of a name, each between blanks.
fn words(name: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = name.split(is_mark).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Returns the detector beside whose numbers a definition's weigh more, with a line that has one;
/// `None` where a name is enough.
fn near<'s>(scanner: &'s Scanner, definition: &Definition) -> Option<(&'s str, String)> {
    let scores = definition.scores();
    let least = scores.keyword.min(scores.field);
    let is_enough = Confidence::from_score(least) >= Confidence::Medium;
    let id = definition.beside().filter(|_| !is_enough)?;
    let other = scanner.detectors().iter().find(|other| other.id() == id)?;
    let (name, sample) = (other.keywords().next()?, other.samples().first()?);
    Some((other.id(), format!("\n{name}: {sample}\n")))
}

/// Whether a sample holds the digits of a number, and not those of a blood group or a postcode.
fn has_digits(sample: &&str) -> bool {
    sample.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS
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
        let all = explain(&scanner, &documents, 1, Question::Detector("health.fhir")).unwrap();
        assert!(all.iter().all(|e| {
            ["missed: ", "more found: ", "decoy found: "].iter().any(|w| e.starts_with(w))
        }));
        let missed = all.iter().filter(|example| example.starts_with("missed: ")).count() as u64;
        let counts = count(&scanner, &documents, 1).unwrap();
        let (tally, detail) =
            (counts.tallies.detectors["health.fhir"], counts.details["health.fhir"]);
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
