//! `oracle`: every mapped detector against a module of python-stdnum.
//!
//! A developer's tool: it needs Python and the network, and is no part of `check`. The library
//! takes nothing from python-stdnum; it is asked what it accepts, and answers.
//!
//! Three shares are judged: of the module's numbers, those found behind a keyword and, where the
//! detector is sure of a number without one, those found alone; and of these with one wrong digit, those
//! that the detector takes although the module does not. One under its bar fails the command, unless the
//! table says why.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use measure::Random;
use portcullis::catalogue::Definition;
use portcullis::{Confidence, Finding, Scanner};
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::eval::numbers;
use crate::eval::scan;
use crate::python::Environment;

/// Compares the detectors that are named, all that are mapped where none is.
///
/// # Errors
///
/// Says what is missing to ask the modules, or which detectors miss what they should find.
pub fn run(arguments: &[&str]) -> Outcome {
    let show = arguments.contains(&"--show");
    let ids: Vec<&str> = arguments.iter().copied().filter(|a| *a != "--show").collect();
    let scanner = scan::everything(Confidence::Medium)?;
    let chosen = chosen(&ids)?;
    let (mut pairs, mut absent) = (Vec::new(), Vec::new());
    for mapped in &chosen {
        match scanner.detectors().iter().find(|definition| definition.id() == mapped.id) {
            Some(definition) => pairs.push((mapped, definition)),
            None => absent.push(mapped.id.as_str()),
        }
    }
    let answers = ask(&pairs)?;
    let compared = scan::over(&pairs, |(mapped, definition)| {
        let answer = answers.get(&mapped.id).ok_or(format!("{}: no answer", mapped.id))?;
        Compared::new(&scanner, mapped, definition, answer)
    })?;
    println!("{HEAD}");
    compared.iter().for_each(|compared| compared.print(show));
    println!("\n{} compared; mapped and not built: {}", compared.len(), absent.join(" "));
    judged(&compared)
}

/// Returns the rows of the table with these ids, all where there are none.
fn chosen(ids: &[&str]) -> Result<Vec<Mapped>, String> {
    let mut mapped = mapped()?;
    if let Some(unknown) = ids.iter().find(|id| !mapped.iter().any(|m| m.id == **id)) {
        return Err(format!("{unknown}: no module is mapped to it in data/oracles.toml"));
    }
    mapped.retain(|mapped| ids.is_empty() || ids.contains(&mapped.id.as_str()));
    Ok(mapped)
}

/// Returns an error that names each detector below the bar.
fn judged(compared: &[Compared<'_>]) -> Outcome {
    let complaints: Vec<String> = compared.iter().flat_map(Compared::complaints).collect();
    match complaints.as_slice() {
        [] => Ok(()),
        complaints => Err(format!("\n  {}", complaints.join("\n  "))),
    }
}

/// A row of `data/oracles.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapped {
    id: String,
    module: String,
    #[serde(default)]
    strip: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    keep: usize,
    /// The table in `data` whose examples are samples too.
    examples: Option<String>,
    /// Why the module takes numbers that the detector refuses.
    wider: Option<String>,
    /// The least share that is found all the same.
    least: Option<f64>,
    /// Why the module refuses numbers that the detector takes.
    narrower: Option<String>,
}

impl Mapped {
    /// Returns the samples that numbers are made of.
    fn samples(&self, definition: &Definition) -> Result<Vec<String>, String> {
        let own = definition.samples().iter().map(|sample| (*sample).to_owned());
        let further = self.examples.as_deref().map_or(Ok(Vec::new()), examples)?;
        Ok(own.chain(further).collect())
    }
}

/// Returns every row of the table.
fn mapped() -> Result<Vec<Mapped>, String> {
    #[derive(Deserialize)]
    struct Table {
        oracle: Vec<Mapped>,
    }
    let table: Table = toml::from_str(MAPPED).map_err(|error| error.to_string())?;
    Ok(table.oracle)
}

const MAPPED: &str = include_str!("../data/oracles.toml");
const SCRIPT: &str = include_str!("../data/oracle.py");
/// The version that the reasons in the table were found with.
const PACKAGE: &str = "python-stdnum==2.2";
/// Numbers that are made for each detector, by either side.
const WANTED: usize = 200;
/// What the generators begin with.
const SEED: u64 = 1;

/// What the script is asked.
#[derive(Serialize)]
struct Request<'r> {
    seed: u64,
    wanted: usize,
    asked: Vec<Asked<'r>>,
}

#[derive(Serialize)]
struct Asked<'r> {
    id: &'r str,
    module: &'r str,
    strip: &'r str,
    prefix: &'r str,
    keep: usize,
    samples: Vec<String>,
    ours: Vec<String>,
}

/// What the script answers for one detector.
#[derive(Debug, Default, Deserialize)]
struct Answer {
    /// Numbers that the module takes.
    made: Vec<String>,
    /// Those with one wrong digit, and whether the module takes them still.
    flips: Vec<(String, bool)>,
    /// Whether the module takes each of the numbers that the detector takes.
    ours: Vec<bool>,
    error: Option<String>,
    /// The numbers that were asked about.
    #[serde(skip)]
    asked: Vec<String>,
}

/// Returns what the modules answer, by detector.
fn ask(pairs: &[(&Mapped, &Definition)]) -> Result<BTreeMap<String, Answer>, String> {
    let asked = scan::over(pairs, |(mapped, definition)| {
        let alone = scan::only(definition.id())?;
        let mut random = Random::of(SEED, &["oracle", definition.id()]);
        let ours = numbers::valid(&alone, definition, WANTED, &mut random)?;
        let Mapped { id, module, strip, prefix, keep, .. } = mapped;
        let samples = mapped.samples(definition)?;
        Ok(Asked { id, module, strip, prefix, keep: *keep, samples, ours })
    })?;
    let request = Request { seed: SEED, wanted: WANTED, asked };
    let environment = Environment::new("oracle", &[PACKAGE])?;
    let text = serde_json::to_vec(&request).map_err(|error| error.to_string())?;
    let answers = environment.run(SCRIPT, &text)?;
    let mut answers: BTreeMap<String, Answer> = serde_json::from_slice(&answers)
        .map_err(|error| format!("the script's answer is not understood: {error}"))?;
    for asked in request.asked {
        if let Some(answer) = answers.get_mut(asked.id) {
            answer.asked = asked.ours;
        }
    }
    Ok(answers)
}

/// Returns the examples and test numbers in the rows of a table of `data`.
fn examples(table: &str) -> Result<Vec<String>, String> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(table).with_extension("toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| error.to_string())?;
    let rows = table.values().filter_map(toml::Value::as_array).flatten();
    let lists = rows.flat_map(|row| {
        let one = row.get("example").cloned().into_iter();
        let many = row.get("test_numbers").and_then(toml::Value::as_array).cloned();
        one.chain(many.into_iter().flatten())
    });
    Ok(lists.filter_map(|example| example.as_str().map(str::to_owned)).collect())
}

/// A detector and a module, compared.
struct Compared<'c> {
    mapped: &'c Mapped,
    answer: &'c Answer,
    /// Whether the scores let its numbers through with high confidence where nothing names them.
    is_strong: bool,
    /// Numbers of the module that are found with a name.
    named: Found,
    /// Numbers of the module that are found without.
    alone: Found,
    /// Numbers with a wrong digit that the detector takes and the module does not.
    flips: Vec<String>,
    /// Numbers that the detector takes and the module does not.
    refused: Vec<String>,
}

/// How many were found, and which were not.
struct Found {
    hits: usize,
    missed: Vec<String>,
}

impl Found {
    fn share(&self) -> f64 {
        let all = self.hits + self.missed.len();
        if all == 0 { 1.0 } else { self.hits as f64 / all as f64 }
    }
}

impl<'c> Compared<'c> {
    fn new(
        scanner: &Scanner,
        mapped: &'c Mapped,
        definition: &Definition,
        answer: &'c Answer,
    ) -> Result<Compared<'c>, String> {
        let keyword = definition.keywords().next().unwrap_or_default();
        let named =
            found(scanner, definition, &answer.made, &format!("Please note the {keyword}: "))?;
        let alone = found(scanner, definition, &answer.made, "Please note ")?;
        let flips: Vec<String> = answer.flips.iter().map(|(number, _)| number.clone()).collect();
        let taken = scan::accepted(&scan::only(definition.id())?, definition, &flips)?;
        let flips = answer.flips.iter().zip(taken);
        let flips = flips.filter(|((_, theirs), ours)| *ours && !theirs);
        let refused = answer.asked.iter().zip(&answer.ours).filter(|(_, theirs)| !**theirs);
        Ok(Compared {
            mapped,
            answer,
            is_strong: Confidence::from_score(definition.scores().bare) == Confidence::High,
            named,
            alone,
            flips: flips.map(|((number, _), _)| number.clone()).collect(),
            refused: refused.map(|(number, _)| number.clone()).collect(),
        })
    }

    /// Returns the share of wrong digits that the detector alone takes.
    fn flipped(&self) -> f64 {
        self.flips.len() as f64 / self.answer.flips.len().max(1) as f64
    }

    fn print(&self, show: bool) {
        let Compared { mapped, answer, named, alone, .. } = self;
        println!(
            "{:32} {:24} {:>5} {:>7.3} {:>7.3}{} {:>7.3} {:>7} {}",
            mapped.id,
            mapped.module,
            answer.made.len(),
            named.share(),
            alone.share(),
            if self.is_strong { "*" } else { " " },
            self.flipped(),
            format!("{}/{}", self.refused.len(), answer.ours.len()),
            self.reasons(),
        );
        let shown = [("missed", &named.missed), ("refused", &self.refused), ("flips", &self.flips)];
        for (what, numbers) in shown.iter().filter(|(_, numbers)| show && !numbers.is_empty()) {
            let some: Vec<&str> = numbers.iter().take(SHOWN).map(String::as_str).collect();
            println!("    {what}: {}", some.join(", "));
        }
    }

    /// Returns the reasons for what differs.
    fn reasons(&self) -> String {
        let takes_more = !self.refused.is_empty() || !self.flips.is_empty();
        let differs = [!self.named.missed.is_empty(), takes_more];
        let reasons = [self.mapped.wider.as_deref(), self.mapped.narrower.as_deref()];
        let both = reasons.into_iter().zip(differs);
        let named: Vec<&str> = both
            .filter(|(_, differs)| *differs)
            .map(|(reason, _)| reason.unwrap_or("unexplained"))
            .collect();
        named.join("; ")
    }

    /// Returns what is below the bar.
    fn complaints(&self) -> Vec<String> {
        let Mapped { id, module, wider, least, narrower, .. } = self.mapped;
        let mut complaints = Vec::new();
        if let Some(error) = &self.answer.error {
            complaints.push(format!("{id}: {error}"));
        } else if self.answer.made.is_empty() {
            complaints.push(format!("{id}: {module} takes none of its samples"));
        }
        let (named, alone) = match wider {
            Some(_) => (least.unwrap_or(0.0), 0.0),
            None => (NAMED, ALONE),
        };
        if self.named.share() < named {
            complaints.push(format!("{id}: {:.3} of {module} found by name", self.named.share()));
        }
        if self.is_strong && self.alone.share() < alone {
            complaints.push(format!("{id}: {:.3} of {module} found alone", self.alone.share()));
        }
        if self.is_strong && self.flipped() > FLIPPED && narrower.is_none() {
            complaints.push(format!("{id}: {:.3} taken with a wrong digit", self.flipped()));
        }
        complaints
    }
}

/// The least share of a module's numbers that are found behind a keyword.
const NAMED: f64 = 0.99;
/// The least share that a detector of high confidence finds without one.
const ALONE: f64 = 0.95;
/// The largest share with a wrong digit that such a detector takes and the module does not.
const FLIPPED: f64 = 0.01;
/// How many numbers of a difference are shown.
const SHOWN: usize = 5;
const HEAD: &str = "\
named: found behind a keyword; alone: without (* judged); flips: one wrong digit, taken by the detector\n\
and not by the module (judged with *); refused: numbers the detector takes and the module does not\n\n\
detector                         module                    made   named  alone    flips refused";

/// Scans each number behind a text and says which the definition finds.
fn found(
    scanner: &Scanner,
    definition: &Definition,
    numbers: &[String],
    before: &str,
) -> Result<Found, String> {
    let mut found = Found { hits: 0, missed: Vec::new() };
    for number in numbers {
        let payload = format!("{before}{number}\nThank you.\n");
        let (start, end) = (before.len() as u64, (before.len() + number.len()) as u64);
        let whole = |f: &Finding| {
            f.detector() == definition.id() && f.span().start <= start && f.span().end >= end
        };
        match scan::findings(scanner, payload.as_bytes())?.iter().any(whole) {
            true => found.hits += 1,
            false => found.missed.push(number.clone()),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str) -> Mapped {
        mapped().unwrap().into_iter().find(|mapped| mapped.id == id).unwrap()
    }

    fn answer(made: &[&str], flips: &[(&str, bool)]) -> Answer {
        let flips = flips.iter().map(|(number, taken)| ((*number).to_owned(), *taken)).collect();
        Answer { made: made.iter().map(|n| (*n).to_owned()).collect(), flips, ..Answer::default() }
    }

    #[test]
    fn the_table_names_each_detector_once() {
        let mapped = mapped().unwrap();
        let mut ids: Vec<&str> = mapped.iter().map(|mapped| mapped.id.as_str()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(all > 100);
        for mapped in &mapped {
            let reasons = mapped.wider.iter().chain(&mapped.narrower);
            assert!(reasons.into_iter().all(|reason| !reason.is_empty()), "{}", mapped.id);
            assert!(mapped.least.is_none() || mapped.wider.is_some(), "{}", mapped.id);
        }
    }

    #[test]
    fn examples_are_those_of_the_tables() {
        assert!(examples("iban_countries").unwrap().contains(&"AD1200012030200359100100".into()));
        assert!(examples("card_networks").unwrap().contains(&"4111111111111111".into()));
        assert!(examples("no_such_table").is_err());
    }

    #[test]
    fn most_built_detectors_of_the_table_are_there() {
        let scanner = scan::everything(Confidence::Medium).unwrap();
        let mapped = mapped().unwrap();
        let built = mapped.iter().filter(|m| scanner.detectors().iter().any(|d| d.id() == m.id));
        assert!(built.count() >= 20);
    }

    #[test]
    fn what_a_module_takes_and_we_do_not_is_a_complaint() {
        let scanner = scan::everything(Confidence::Medium).unwrap();
        let definition = scanner.detectors().iter().find(|d| d.id() == "bank.iban").unwrap();
        let mapped = Mapped { wider: None, narrower: None, ..row("bank.iban") };
        let right = "GB29 NWBK 6016 1331 9268 19";
        let answer = answer(&[right, "GB29 NWBK 6016 1331 9268 18"], &[(right, false)]);
        let compared = Compared::new(&scanner, &mapped, definition, &answer).unwrap();
        assert_eq!(compared.named.share(), 0.5);
        assert!(compared.is_strong);
        assert_eq!(compared.flips, [right]);
        assert_eq!(compared.complaints().len(), 3);
        let reason = || Some("a reason".to_owned());
        let excused =
            Mapped { wider: reason(), narrower: reason(), least: None, ..row("bank.iban") };
        assert!(Compared { mapped: &excused, ..compared }.complaints().is_empty());
    }

    #[test]
    fn what_is_missing_is_said() {
        let none =
            Answer { error: Some("No module named 'stdnum.xx'".into()), ..Answer::default() };
        let mapped = row("bank.iban");
        let definition = scan::only("bank.iban").unwrap();
        let compared =
            Compared::new(&definition, &mapped, &definition.detectors()[0], &none).unwrap();
        assert_eq!(compared.complaints(), ["bank.iban: No module named 'stdnum.xx'"]);
    }
}
