//! Every definition's samples, in every surrounding that a payload gives them.

use portcullis::{Confidence, Scanner};

/// A scanner of everything, down to low confidence.
pub fn scanner() -> Scanner {
    Scanner::builder().min_confidence(Confidence::Low).build().unwrap()
}

#[test]
fn every_known_answer_comes() {
    let outcome = scanner().self_test().unwrap();
    assert!(outcome.samples() > 300, "{} samples", outcome.samples());
    let failures: Vec<String> = outcome.failures().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
