//! Any text is a policy or an error with its place, and every policy can be put to use.

#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis::{Category, Policy, Scanner, error::BuildErrorKind};

/// Found by the detectors below, which keep the building of a scanner short.
const PAYLOAD: &[u8] = b"card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19";

fuzz_target!(|text: &str| {
    match Policy::parse(text, "fuzz.toml") {
        Ok(policy) => check_policy(policy),
        Err(error) => {
            let (line, column) = error.line_column().expect("an error in a text has a place");
            assert!(line <= text.matches('\n').count() + 1, "{error}");
            assert!(column > 0, "{error}");
        }
    }
});

fn check_policy(mut policy: Policy) {
    let again = Policy::parse(policy.source(), "again.toml").expect("its own text parses again");
    assert_eq!(again.digest(), policy.digest());
    build_and_scan(&policy);
    let parameters: Vec<(String, bool)> =
        policy.parameters().map(|(name, on)| (name.to_owned(), on)).collect();
    for (name, on) in &parameters {
        policy.with_parameter(name, !on).expect("it has this parameter");
    }
    build_and_scan(&policy);
}

/// A policy that was parsed can be built, unless it names a detector that does not exist.
fn build_and_scan(policy: &Policy) {
    let mut builder = Scanner::builder();
    builder.policy(policy.clone()).detectors(["card.pan", "bank.iban"]);
    match builder.categories([Category::GovernmentId]).build() {
        Ok(scanner) => {
            let report = scanner.scan(PAYLOAD).expect("every slice has a report");
            assert_eq!(report.findings().len(), 2);
            assert_eq!(report.policy_digest(), policy.digest());
            let action = report.decision().action();
            assert!(report.decision().reasons().iter().all(|reason| reason.action() <= action));
            assert_eq!(report.into_pass().is_ok(), action == portcullis::policy::Action::Accept);
        }
        Err(error) => assert_eq!(error.kind(), BuildErrorKind::UnknownName, "{error}"),
    }
}
