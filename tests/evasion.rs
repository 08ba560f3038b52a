//! docs/EVASION.md, row by row: what it says is found is found, and what it says is not is not.

use std::fs;
use std::path::Path;

use portcullis::{Category, Report, Scanner};

/// A row of a table.
struct Row {
    name: String,
    /// The detector, or why nothing is found.
    second: String,
    payload: String,
}

/// Returns the rows of the table under a heading.
fn rows(heading: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/EVASION.md");
    let page = fs::read_to_string(path).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let lines = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let row = |line: &str| match cells(line).as_slice() {
        [_, name, second, payload, _] => {
            let second = second.trim_matches('`').to_owned();
            Row { name: name.clone(), second, payload: unescaped(payload.trim_matches('`')) }
        }
        other => panic!("{other:?} is no row"),
    };
    lines.map(row).collect()
}

/// Reads `\u{…}`, `\n`, `\r` and `\\`.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        rest = match escape.split_at(1) {
            ("n", tail) => (out.push('\n'), tail).1,
            ("r", tail) => (out.push('\r'), tail).1,
            ("\\", tail) => (out.push('\\'), tail).1,
            ("u", tail) => {
                let (code, tail) = tail.strip_prefix('{').unwrap().split_once('}').unwrap();
                out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
                tail
            }
            (other, _) => panic!("{other} is no escape of this page"),
        };
    }
    out + rest
}

fn scanner() -> Scanner {
    Scanner::builder().build().unwrap()
}

fn byte_by_byte(scanner: &Scanner, payload: &str) -> Report {
    let mut session = scanner.session();
    payload.as_bytes().chunks(1).for_each(|byte| {
        let _ = session.push(byte).unwrap();
    });
    session.finish().unwrap()
}

#[test]
fn what_is_said_to_be_found_is_found_where_it_stands() {
    let scanner = scanner();
    let rows = rows("Found");
    assert!(rows.len() > 40, "{} rows", rows.len());
    let mut missed = Vec::new();
    for row in rows {
        let start = row.payload.find('»').unwrap();
        let payload = row.payload.replacen('»', "", 1);
        let end = payload.find('«').unwrap();
        let payload = payload.replacen('«', "", 1);
        let report = scanner.scan(payload.as_bytes()).unwrap();
        let fills = report.findings().iter().any(|finding| {
            let span = finding.span();
            let inside = start <= span.start as usize && span.end as usize <= end;
            let whole = (span.start as usize, span.end as usize) == (start, end);
            let is_base64 = row.name.contains("base64");
            finding.detector() == row.second && inside && (whole || is_base64)
        });
        if !fills {
            missed.push(format!("{}: {payload:?}: {:?}", row.name, report.findings()));
        }
        assert_eq!(byte_by_byte(&scanner, &payload), report, "{}", row.name);
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_said_not_to_be_found_is_not() {
    let scanner = scanner();
    let rows = rows("Not found");
    assert!(rows.len() > 5, "{} rows", rows.len());
    for row in rows {
        let report = scanner.scan(row.payload.as_bytes()).unwrap();
        let numbers = [Category::PaymentCard, Category::GovernmentId, Category::BankAccount];
        let found = report.findings().iter().find(|f| numbers.contains(&f.category()));
        assert!(found.is_none(), "{} is found after all: {}", row.name, row.second);
    }
}
