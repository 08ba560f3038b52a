//! Finds a company's own numbers beside the built-in detectors:
//! `cargo run --example custom_detector`.

use portcullis::{Category, CustomDetector, Policy, Scanner};

/// Badges are kept apart wherever they turn up; everything else is as in `default`.
const POLICY: &str = r#"
    [policy]
    id = "acme/intake"
    version = "2026-11-21"
    extends = "default"

    [[rule]]
    detector = ["acme.badge", "acme.member"]
    action = "quarantine"
    cite = "Acme intake standard, 4.2"
"#;

const PAYLOAD: &[u8] = b"Visitor badge ACM-004711 was lost at the gate.\n\
    Member no. 7734120 reported it.\n\
    Card 4111 1111 1111 1111 stays on file.\n\
    A new reader, part 7734121, is on order.\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Its form says enough: every match counts.
    let badge = CustomDetector::new("acme.badge", Category::GovernmentId, "ACM-[0-9]{6}");
    // Seven digits may be anything, so a word has to stand near.
    let member = CustomDetector::new("acme.member", Category::GovernmentId, "77[0-9]{5}")
        .with_keywords(["member no", "member number"]);

    let scanner = Scanner::builder()
        .policy(Policy::parse(POLICY, "acme.toml")?)
        .custom(badge)
        .custom(member)
        .build()?;
    let report = scanner.scan(PAYLOAD)?;
    for finding in report.findings() {
        let evidence: Vec<String> = finding.evidence().iter().map(ToString::to_string).collect();
        let start = finding.span().start;
        println!("{start:>4} {} {} [{}]", finding.detector(), finding.masked(), evidence.join(" "));
    }
    for reason in report.decision().reasons() {
        println!("{reason}");
    }
    println!("verdict: {}", report.verdict().action());
    Ok(())
}
