//! `eval`: how much is found of what is there, and of what is not.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use portcullis::{Confidence, Scanner};

use crate::{Outcome, generate, root};

mod clean;
mod disguise;
mod encode;
mod gold;
mod grammar;
pub mod numbers;
pub mod page;
mod planting;
pub mod scan;
mod scoring;

use clean::Cleanness;
use page::{Figures, Measured, figure};
use planting::{Counts, Question};

/// Runs the command with its arguments.
///
/// # Errors
///
/// Names the argument that is not understood, the file that cannot be read or written, or with
/// `--check` every figure that fell.
pub fn run(arguments: &[&str]) -> Outcome {
    let choice = Choice::parse(arguments)?;
    if !choice.gold.is_empty() || !choice.clean.is_empty() {
        return files(&choice);
    }
    if let Some(question) = choice.explain {
        return explain(question);
    }
    match choice.only_check {
        true => check(),
        false => write(),
    }
}

/// What the arguments ask for.
#[derive(Debug, Default, PartialEq)]
struct Choice<'a> {
    only_check: bool,
    explain: Option<Question<'a>>,
    gold: Vec<PathBuf>,
    clean: Vec<PathBuf>,
    set: Option<&'a str>,
    pairs: Vec<&'a str>,
    least: Option<Confidence>,
    shows: bool,
}

impl<'a> Choice<'a> {
    fn parse(arguments: &[&'a str]) -> Result<Choice<'a>, String> {
        let mut choice = Choice::default();
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(format!("{argument} asks for a value"));
            match argument {
                "--check" => choice.only_check = true,
                "--explain" => choice.explain = Some(Question::Detector(value()?)),
                "--disguise" => choice.explain = Some(Question::Disguise(value()?)),
                "--gold" => choice.gold.push(value()?.into()),
                "--clean" => choice.clean.push(value()?.into()),
                "--set" => choice.set = Some(value()?),
                "--show" => choice.shows = true,
                "--map" => choice.pairs.push(value()?),
                "--min-confidence" => {
                    choice.least = Some(value()?.parse().map_err(|e| format!("{e}"))?);
                }
                _ => return Err(format!("{argument}: not an option of `{}`", page::COMMAND)),
            }
        }
        Ok(choice)
    }
}

/// Measures and writes the page, and the catalogue's page with its figures.
fn write() -> Outcome {
    let started = Instant::now();
    let (page, summary) = measure()?;
    let path = page::path();
    fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))?;
    print!("{summary}");
    println!("{} written in {:.0} s", path.display(), started.elapsed().as_secs_f64());
    generate::write()
}

/// Measures and compares with the committed page.
///
/// # Errors
///
/// Names every figure that fell and every row that is not in the page.
pub fn check() -> Outcome {
    let committed = page::committed()?;
    let (page, _) = measure()?;
    let now = Figures::of(&page);
    let mut complaints = now.worse_than(&committed);
    let missing = now.rows_beyond(&committed).into_iter();
    complaints.extend(missing.map(|row| format!("{row}: not in the page yet")));
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "figures of docs/ACCURACY.md do not hold; if that is meant, run `{}`:\n  {}",
            page::COMMAND,
            complaints.join("\n  ")
        )),
    }
}

/// Prints a text for everything that goes wrong with a detector's numbers, or in a disguise.
fn explain(question: Question<'_>) -> Outcome {
    let scanner = scan::everything(Confidence::Medium)?;
    let examples = planting::explain(&scanner, &grammar::documents()?, SEED, question)?;
    examples.iter().for_each(|example| println!("{example}"));
    Ok(())
}

/// Returns the page and a summary of it.
fn measure() -> Result<(String, String), String> {
    let scanner = scan::everything(Confidence::Medium)?;
    let documents = grammar::documents()?;
    let counts = planting::count(&scanner, &documents, SEED)?;
    let mut corpora = clean::made(CLEAN_BYTES, SEED);
    corpora.push(clean::own_code(&root())?);
    let clean = clean::count(&scanner, &corpora)?;
    let measured = Measured {
        scanner: &scanner,
        documents: &documents,
        counts: &counts,
        clean: &clean,
        seed: SEED,
    };
    let page = measured.page();
    let summary = summary(&page, &counts, &clean);
    Ok((page, summary))
}

/// What the generators begin with.
const SEED: u64 = 1;
/// Bytes of each clean corpus.
const CLEAN_BYTES: usize = 4_000_000;

/// Returns what to look at first: everything but the table of detectors, what was mistaken most
/// often, and what was found where nothing is.
fn summary(page: &str, counts: &Counts, clean: &[Cleanness]) -> String {
    let mut text = page.split("\n## By detector").next().unwrap_or_default().to_owned();
    let mut mistaken: Vec<_> = counts.tallies.mistaken.iter().collect();
    mistaken.sort_by_key(|(names, count)| (std::cmp::Reverse(**count), *names));
    text.push_str("\nPlanted, found as, how often:\n");
    for ((planted, found), count) in mistaken.into_iter().take(MISTAKEN) {
        let _ = writeln!(text, "  {planted:32} {found:32} {count}");
    }
    push_clean(&mut text, clean);
    let few = counts.details.iter().filter(|(_, detail)| detail.numbers < FEW);
    let few: Vec<String> = few.map(|(id, detail)| format!("{id} {}", detail.numbers)).collect();
    let _ = writeln!(text, "\nFewer than {FEW} numbers: {}", few.join(", "));
    text
}

/// How many mistakes a summary shows.
const MISTAKEN: usize = 40;
/// From how many different numbers on a detector is measured well.
const FEW: u64 = 12;

fn push_clean(text: &mut String, clean: &[Cleanness]) {
    text.push_str("\nFound where nothing is:\n");
    for corpus in clean {
        let list: Vec<String> = corpus.findings.iter().map(|(id, n)| format!("{id} {n}")).collect();
        let per = corpus.per_ten_megabytes();
        let _ = writeln!(text, "  {:32} {per:8.1} in 10 MB: {}", corpus.name, list.join(", "));
    }
}

/// Measures over the files that the arguments name, and prints.
fn files(choice: &Choice<'_>) -> Outcome {
    let scanner = scan::everything(choice.least.unwrap_or(Confidence::Medium))?;
    let mapping = gold::Mapping::new(&choice.pairs)?;
    for file in &choice.gold {
        let documents = gold::read(file, choice.set)?;
        let score = gold::score(&scanner, &documents, &mapping)?;
        print!("{}", gold_table(&file.display().to_string(), &score));
        score.examples.iter().filter(|_| choice.shows).for_each(|example| println!("{example}"));
    }
    for folder in &choice.clean {
        print!("{}", clean_table(&scanner, folder)?);
    }
    Ok(())
}

fn clean_table(scanner: &Scanner, folder: &std::path::Path) -> Result<String, String> {
    let mut text = String::new();
    push_clean(&mut text, &clean::count(scanner, &clean::folder(folder)?)?);
    Ok(text)
}

fn gold_table(name: &str, score: &gold::Score) -> String {
    let mut text = format!("{name}: {} documents, {} bytes\n", score.documents, score.bytes);
    let _ = writeln!(
        text,
        "{:32} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7} {:>7} {:>9}",
        "entity", "labels", "hits", "false", "missed", "precision", "recall", "F1", "decoys"
    );
    for (entity, counted) in &score.entities {
        let (tally, decoys) = (counted.tally, counted.decoys);
        let _ = writeln!(
            text,
            "{entity:32} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7} {:>7} {:>9}",
            tally.planted(),
            tally.hits,
            tally.false_findings,
            tally.misses,
            figure(tally.precision()),
            figure(tally.recall()),
            figure(tally.f1()),
            format!("{}/{}", decoys.0, decoys.1),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read() {
        assert_eq!(Choice::parse(&[]), Ok(Choice::default()));
        let choice = Choice::parse(&["--gold", "a", "--map", "A=b", "--min-confidence", "low"]);
        let choice = choice.unwrap();
        assert_eq!(choice.gold, [PathBuf::from("a")]);
        assert_eq!((choice.pairs, choice.least), (vec!["A=b"], Some(Confidence::Low)));
        assert!(Choice::parse(&["--gold"]).is_err());
        assert!(Choice::parse(&["--min-confidence", "most"]).is_err());
        assert!(Choice::parse(&["--no-such"]).is_err());
    }

    #[test]
    fn the_committed_page_has_every_detector() {
        let committed = page::committed().unwrap();
        let scanner = scan::everything(Confidence::Medium).unwrap();
        for definition in scanner.detectors() {
            let recall = committed.of_detector(definition.id(), "recall");
            assert!(recall.is_some(), "{}: run `{}`", definition.id(), page::COMMAND);
        }
    }
}
