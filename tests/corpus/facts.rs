//! What a definition says of itself.

use std::collections::BTreeSet;

use portcullis::{Scanner, catalogue::Definition};

use super::{is_term, over_samples, scanner};

/// Whether an id reads `family.name` or `family.country.name`, lower case, words joined by dashes.
fn is_well_formed(id: &str) -> bool {
    let word = |part: &str| {
        let inner = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        inner && !part.starts_with('-') && !part.ends_with('-') && !part.is_empty()
    };
    let parts: Vec<&str> = id.split('.').collect();
    let letters =
        parts.first().is_some_and(|family| family.bytes().all(|b| b.is_ascii_lowercase()));
    letters && (1..=3).contains(&parts.len()) && parts.iter().all(|part| word(part))
}

/// What a definition leaves out, a line each.
fn missing(definition: &Definition) -> Vec<String> {
    let id = definition.id();
    let blank = |text: &str| text.trim().is_empty() || text.trim() != text;
    let misses = definition.near_misses();
    let country = definition.country();
    [
        (!is_well_formed(id) || !id.contains('.'), "its id is no family.country.name"),
        (blank(definition.name()), "no name"),
        (blank(definition.format()), "no format"),
        (definition.sources().is_empty(), "cites nothing"),
        (definition.sources().iter().any(|source| blank(source)), "an empty source"),
        (definition.samples().is_empty(), "no sample"),
        (definition.samples().iter().any(|sample| blank(sample)), "an empty sample"),
        (misses.is_empty(), "no near miss"),
        (misses.iter().any(|(miss, why)| blank(miss) || blank(why)), "an empty near miss"),
        (
            misses.iter().any(|(miss, _)| definition.samples().contains(miss)),
            "sample and near miss",
        ),
        (definition.keywords().any(|word| blank(&word)), "an empty keyword"),
        (definition.keywords().any(|word| *word != word.to_lowercase()), "a keyword in capitals"),
        (!is_term(definition) && definition.keywords().next().is_none(), "no keyword"),
        (definition.pass_rate().is_some_and(|rate| rate <= 0.0 || rate > 1.0), "no such pass rate"),
        (
            country
                .is_some_and(|code| !id.split(['.', '-']).any(|part| part == code.to_lowercase())),
            "its id lacks its country",
        ),
    ]
    .into_iter()
    .filter(|(is_wrong, _)| *is_wrong)
    .map(|(_, what)| format!("{id}: {what}"))
    .collect()
}

#[test]
fn facts_are_complete() {
    let scanner = scanner();
    let complaints: Vec<String> = scanner.detectors().iter().flat_map(missing).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(scanner.detectors().len() > 50, "{} definitions", scanner.detectors().len());
}

#[test]
fn ids_are_unique() {
    let scanner = scanner();
    let mut ids = BTreeSet::new();
    for definition in scanner.detectors() {
        assert!(ids.insert(definition.id()), "{} twice", definition.id());
    }
}

#[test]
fn samples_stand_once_in_a_definition() {
    let complaints = over_samples(&scanner(), |definition, sample| {
        let times = definition.samples().iter().filter(|other| **other == sample).count();
        Vec::from_iter((times > 1).then(|| format!("{}: {sample} twice", definition.id())))
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn malformed_ids_are_told() {
    for id in ["gov.us.ssn", "card.pan", "gov.it.codice-fiscale", "health.icd10"] {
        assert!(is_well_formed(id), "{id}");
    }
    for id in ["", "gov..ssn", "Gov.us.ssn", "gov.us.", "gov.us.ssn.x", "gov us", "gov.-x", "9.x"] {
        assert!(!is_well_formed(id), "{id}");
    }
}

#[test]
fn an_incomplete_definition_is_told() {
    let custom =
        portcullis::CustomDetector::new("Acme", portcullis::Category::GovernmentId, "ACM-[0-9]{6}");
    let scanner = Scanner::builder().custom(custom).build().unwrap();
    let complaints = missing(scanner.detectors().last().unwrap());
    assert!(complaints.contains(&"Acme: cites nothing".to_owned()), "{complaints:?}");
    assert!(complaints.contains(&"Acme: no near miss".to_owned()), "{complaints:?}");
    assert!(complaints.contains(&"Acme: its id is no family.country.name".to_owned()));
}
