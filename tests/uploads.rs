//! The example uploads: exact findings, and the verdict under each built-in policy.

use std::collections::BTreeMap;
use std::path::Path;

use portcullis::{Policy, Report, Scanner};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expectations {
    file: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    path: String,
    findings: Vec<Planted>,
    gaps: Vec<String>,
    verdict: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Planted {
    detector: String,
    start: u64,
    end: u64,
    /// Told only where it matters: cards and tracks.
    test: Option<bool>,
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/uploads"))
}

fn expectations() -> Vec<Expected> {
    let text = std::fs::read_to_string(folder().join("EXPECTED.toml")).unwrap();
    toml::from_str::<Expectations>(&text).unwrap().file
}

/// What differs, a line each: `+` is found and not expected, `-` is expected and not found.
fn differences(expected: &Expected, report: &Report) -> Vec<String> {
    let name = |detector: &str, start, end| format!("{detector} {start}..{end}");
    let mut found: Vec<String> = report
        .findings()
        .iter()
        .map(|f| name(f.detector(), f.span().start, f.span().end))
        .collect();
    let mut lines = Vec::new();
    for planted in expected.findings.iter().map(|p| name(&p.detector, p.start, p.end)) {
        match found.iter().position(|f| *f == planted) {
            Some(index) => drop(found.remove(index)),
            None => lines.push(format!("- {planted}")),
        }
    }
    lines.extend(found.iter().map(|f| format!("+ {f}")));
    let gaps: Vec<&str> = report.gaps().iter().map(|gap| gap.reason().as_str()).collect();
    if gaps != expected.gaps {
        lines.push(format!("gaps {gaps:?}, expected {:?}", expected.gaps));
    }
    for planted in &expected.findings {
        let same = |f: &&portcullis::Finding| {
            (f.detector(), f.span().start) == (planted.detector.as_str(), planted.start)
        };
        let found = report.findings().iter().find(same).map(portcullis::Finding::is_test);
        if planted.test.is_some_and(|test| found.is_some_and(|found| found != test)) {
            lines.push(format!("{} {}: test is {found:?}", planted.detector, planted.start));
        }
    }
    lines.into_iter().map(|line| format!("{}: {line}", expected.path)).collect()
}

#[test]
fn every_upload_has_exactly_its_findings() {
    let scanner = Scanner::builder().build().unwrap();
    let mut lines = Vec::new();
    for expected in expectations() {
        let report = scanner.scan_file(folder().join(&expected.path)).unwrap();
        lines.extend(differences(&expected, &report));
    }
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_upload_has_its_verdict_under_each_policy() {
    let expectations = expectations();
    let mut lines = Vec::new();
    for id in Policy::builtin_ids() {
        let policy = Policy::builtin(id).unwrap();
        let scanner = Scanner::builder().policy(policy).build().unwrap();
        for expected in &expectations {
            let report = scanner.scan_file(folder().join(&expected.path)).unwrap();
            let action = report.verdict().action().to_string();
            if expected.verdict.get(id) != Some(&action) {
                lines.push(format!("{} under {id}: {action}", expected.path));
            }
        }
    }
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn no_upload_is_left_out() {
    let mut listed: Vec<String> = expectations().into_iter().map(|e| e.path).collect();
    let mut found: Vec<String> = ["clean", "refused"]
        .iter()
        .flat_map(|part| {
            let files = std::fs::read_dir(folder().join(part)).unwrap();
            files.map(move |f| format!("{part}/{}", f.unwrap().file_name().to_string_lossy()))
        })
        .collect();
    listed.sort();
    found.sort();
    assert_eq!(listed, found);
    assert!(listed.len() >= 25);
}
