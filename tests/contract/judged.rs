//! How a policy judges what is found: order, thresholds, test numbers, and what is not listed.

use portcullis::{Limits, Policy, Scanner, Verdict, policy::Action};

use super::{action, scanner_under};

const CARD: &str = "card 4111111111111111\n";
const OTHER_CARD: &str = "card 5555-5555-5555-4444\n";
const SSN: &str = "ssn 536-90-4399\n";

fn under(rules: &str, payload: &str) -> Action {
    action(&scanner_under(rules).scan(payload.as_bytes()).unwrap())
}

fn rule(category: &str, action: &str, more: &str) -> String {
    format!("[[rule]]\ncategory = [\"{category}\"]\naction = \"{action}\"\n{more}\n")
}

#[test]
fn actions_rise_in_their_order() {
    let names: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
    assert_eq!(names, ["accept", "redact", "review", "quarantine", "reject"]);
    assert!(Action::ALL.is_sorted());
}

#[test]
fn the_strictest_rule_that_fires_decides() {
    for first in Action::ALL {
        for second in Action::ALL {
            let rules = rule("payment-card", first.as_str(), "")
                + &rule("government-id", second.as_str(), "");
            let strictest = *first.max(second);
            assert_eq!(under(&rules, &format!("{CARD}{SSN}")), strictest, "{first} and {second}");
            assert_eq!(under(&rules, &format!("{SSN}{CARD}")), strictest, "{second} and {first}");
            assert_eq!(under(&rules, CARD), *first);
        }
    }
}

#[test]
fn a_verdict_carries_the_action_of_its_policy() {
    for expected in Action::ALL {
        let scanner = scanner_under(&rule("payment-card", expected.as_str(), ""));
        let report = scanner.scan(CARD.as_bytes()).unwrap();
        let matching = matches!(
            (report.verdict(), expected),
            (Verdict::Accept(_), Action::Accept)
                | (Verdict::Redact, Action::Redact)
                | (Verdict::Review, Action::Review)
                | (Verdict::Quarantine, Action::Quarantine)
                | (Verdict::Reject, Action::Reject)
        );
        assert!(matching, "{expected}");
        assert_eq!(report.into_pass().is_ok(), *expected == Action::Accept, "{expected}");
    }
}

#[test]
fn min_count_counts_findings() {
    let rules = rule("payment-card", "reject", "min_count = 3");
    assert_eq!(under(&rules, &CARD.repeat(2)), Action::Accept);
    assert_eq!(under(&rules, &CARD.repeat(3)), Action::Reject);
}

/// With a key and without, since findings carry a digest only with one.
#[test]
fn min_distinct_counts_different_values() {
    let rules = rule("payment-card", "reject", "min_distinct = 2");
    let keyless = scanner_under(&rules);
    let mut builder = Scanner::builder();
    let keyed = builder.policy(keyless.policy().clone()).key(b"key").build().unwrap();
    for scanner in [keyless, keyed] {
        let act = |payload: &str| action(&scanner.scan(payload.as_bytes()).unwrap());
        assert_eq!(act(&CARD.repeat(5)), Action::Accept);
        let written_twice = format!("{CARD}card 4111 1111 1111 1111\n");
        assert_eq!(act(&written_twice), Action::Accept, "one value in two ways of writing");
        assert_eq!(act(&format!("{CARD}{OTHER_CARD}")), Action::Reject);
        let sharded = format!("{CARD}{}{OTHER_CARD}", "x y z\n".repeat(500_000));
        assert_eq!(action(&scanner.scan_sharded(sharded.as_bytes()).unwrap()), Action::Reject);
    }
}

#[test]
fn test_numbers_count_unless_the_policy_ignores_them() {
    let number = "card 4539578763621486\n";
    for (line, on_test) in [("", Action::Reject), ("test_numbers = \"ignore\"\n", Action::Accept)] {
        let rules = format!("{line}{}", rule("payment-card", "reject", ""));
        let report = scanner_under(&rules).scan(CARD.as_bytes()).unwrap();
        assert!(report.findings()[0].is_test(), "reported all the same");
        assert_eq!(action(&report), on_test);
        let report = scanner_under(&rules).scan(number.as_bytes()).unwrap();
        assert!(!report.findings()[0].is_test());
        assert_eq!(action(&report), Action::Reject);
    }
}

#[test]
fn what_is_not_listed_is_counted_and_judged() {
    let rules =
        rule("payment-card", "reject", "min_count = 40") + &rule("government-id", "review", "");
    let policy = scanner_under(&rules).policy().clone();
    let payload = CARD.repeat(40) + SSN;
    let report = |findings: usize| {
        let mut limits = Limits::default();
        limits.findings = findings;
        let scanner = Scanner::builder().policy(policy.clone()).limits(limits).build().unwrap();
        let whole = scanner.scan(payload.as_bytes()).unwrap();
        assert_eq!(scanner.scan_sharded(payload.as_bytes()).unwrap(), whole);
        let mut session = scanner.session();
        for chunk in payload.as_bytes().chunks(100) {
            session.push(chunk).unwrap();
        }
        assert_eq!(session.finish().unwrap(), whole);
        whole
    };
    let all = report(1000);
    assert_eq!((all.findings().len(), all.omitted()), (41, 0));
    for listed in [0, 1, 40, 41] {
        let some = report(listed);
        assert_eq!((some.findings().len(), some.omitted()), (listed, 41 - listed as u64));
        assert_eq!(some.findings(), &all.findings()[..listed]);
        assert_eq!((some.counts(), some.decision()), (all.counts(), all.decision()));
        assert_eq!(action(&some), Action::Reject);
    }
}

#[test]
fn a_rule_names_what_it_counted() {
    let scanner = Scanner::builder().build().unwrap();
    let report = scanner.scan(format!("{CARD}{OTHER_CARD}{SSN}").as_bytes()).unwrap();
    let reasons = report.decision().reasons().iter();
    let counted: Vec<_> = reasons.map(|r| (r.category().unwrap().as_str(), r.count())).collect();
    assert_eq!(counted, [("payment-card", 2), ("government-id", 1)]);
    assert!(report.decision().reasons().iter().all(|reason| !reason.cite().is_empty()));
    assert_eq!(report.policy_digest(), Policy::builtin("default").unwrap().digest());
}
