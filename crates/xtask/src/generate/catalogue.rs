//! `docs/DETECTORS.md`: every detector, as the library itself tells it.

use std::fmt::Write as _;

use portcullis::catalogue::Definition;
use portcullis::{BuildError, Category, Scanner};

use crate::eval::page::{self as accuracy, Figures};

/// Returns the page's text, without its header.
///
/// # Errors
///
/// What building a scanner of the whole catalogue says.
pub fn page() -> Result<String, BuildError> {
    // Where nothing has been measured yet, the cells stay empty.
    let figures = accuracy::committed().unwrap_or_default();
    let scanner = Scanner::builder().categories(Category::ALL.iter().copied()).build()?;
    let mut page = String::from(INTRODUCTION);
    for category in Category::ALL {
        let in_category = |definition: &&Definition| definition.category() == *category;
        let mut definitions = scanner.detectors().iter().filter(in_category).peekable();
        if definitions.peek().is_some() {
            let _ = write!(page, "\n## {category}\n\n{HEAD}");
            definitions.for_each(|definition| page.push_str(&row(definition, &figures)));
        }
    }
    Ok(page)
}

const INTRODUCTION: &str = "\
# Detectors

What is found, by category. *Passes* is the share of random characters of the right classes that pass
structure and check: the smaller, the less a match needs beside it. *One wrong* is the share of valid
numbers that still pass with one wrong digit. *Scores* are those of a match alone, alone in its usual
separators, with a keyword near it, and in a field or column named so: from 50 on confidence is medium, from
80 on high, and what scores 0 is not reported; terms of dictionaries are weighed by what ties them to a
person. *Precision* and *recall* are measured at medium confidence, as [ACCURACY.md](ACCURACY.md) tells.
`portcullis detectors ID` shows keywords and samples; how scores come about is in [DESIGN.md](DESIGN.md).
";

const HEAD: &str = "\
| id | what | written | passes | one wrong | scores | precision | recall | sources |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

fn row(definition: &Definition, figures: &Figures) -> String {
    let share = |rate: Option<f64>| rate.map_or(String::new(), |rate| format!("{rate}"));
    let measured = |column| {
        let figure = figures.of_detector(definition.id(), column);
        figure.map_or(String::new(), |figure| format!("{figure:.3}"))
    };
    let cells = [
        format!("`{}`", definition.id()),
        escaped(definition.name()),
        escaped(definition.format()),
        share(definition.pass_rate()),
        share(definition.wrong_digit_rate()),
        scores(definition),
        measured("precision"),
        measured("recall"),
        escaped(&definition.sources().join("; ")),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// Returns the scores by what is known of a match, nothing where they say nothing.
fn scores(definition: &Definition) -> String {
    let scores = definition.scores();
    match scores.field {
        0 => String::new(),
        field => format!("{} / {} / {} / {field}", scores.bare, scores.separated, scores.keyword),
    }
}

/// Returns a text that a cell of a table can hold.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<").replace('*', "\\*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detector_has_a_row() {
        let page = page().unwrap();
        let rows = page.lines().filter(|line| line.starts_with("| `")).count();
        let mut builder = Scanner::builder();
        builder.categories(Category::ALL.iter().copied());
        assert_eq!(rows, builder.build().unwrap().detectors().len());
        assert!(page.contains("| `gov.us.ssn` |"));
    }
}
