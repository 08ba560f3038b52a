//! Scans a file's bytes and prints what was found: `cargo run --example scan_slice -- FILE`.

use portcullis::{Scanner, Verdict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: scan_slice FILE")?;
    let payload = std::fs::read(path)?;
    let scanner = Scanner::builder().build()?;
    let report = scanner.scan(&payload)?;
    for finding in report.findings() {
        let span = finding.span();
        let evidence: Vec<String> = finding.evidence().iter().map(ToString::to_string).collect();
        println!(
            "{}..{} {} {} {} [{}]",
            span.start,
            span.end,
            finding.detector(),
            finding.confidence(),
            finding.masked(),
            evidence.join(" ")
        );
    }
    match report.verdict() {
        Verdict::Accept(pass) => println!("accepted {} bytes", pass.bytes()),
        refused => println!("refused: {}", refused.action()),
    }
    Ok(())
}
