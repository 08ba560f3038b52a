mod errors;
mod properties;

use std::collections::BTreeSet;

use super::*;
use crate::coverage::Gap;
use crate::error::BuildErrorKind;
use crate::finding::Confidence;

/// One detector of each category, and a few more of some.
const DETECTORS: &[(&str, Category)] = &[
    ("card.pan", Category::PaymentCard),
    ("card.track2", Category::CardSecurity),
    ("card.cvv", Category::CardSecurity),
    ("bank.iban", Category::BankAccount),
    ("financial.bic", Category::Financial),
    ("gov.us.ssn", Category::GovernmentId),
    ("gov.us.ein", Category::GovernmentId),
    ("gov.de.idnr", Category::GovernmentId),
    ("gov.de.passport", Category::GovernmentId),
    ("health.us.npi", Category::HealthId),
    ("health.icd10", Category::Health),
    ("ethnic.origin", Category::EthnicOrigin),
    ("political.opinion", Category::PoliticalOpinion),
    ("religion.belief", Category::ReligiousBelief),
    ("union.membership", Category::TradeUnion),
    ("sex.life", Category::SexLife),
    ("cred.jwt", Category::Credential),
    ("contact.email", Category::Contact),
];

const ACME: &str = r#"
[policy]
id = "acme/intake"
version = "2026-11-20"
title = "What the intake desk lets in"
extends = "heroku/private-space"
unscannable = { media = "quarantine", encrypted = "review" }
test_numbers = "ignore"

[parameters]
covered_entity = true
archive = false

[[rule]]
category = ["health"]
action = "redact"
cite = "Intake standard, 4.2"

[[rule]]
name = "many-people"
detector = ["gov.us.*", "bank.iban"]
except = ["gov.us.ein"]
action = "review"
min_confidence = "high"
min_count = 3
min_distinct = 2
cite = "Intake standard, 4.3"

[[rule]]
category = ["credential"]
action = "quarantine"
unless = "archive"

[[exception]]
what = "Samples in training material"
cite = "Intake standard, 7"

[[obligation]]
when = "archive"
text = "Delete after ten years"
"#;

fn acme() -> Policy {
    Policy::parse(ACME, "acme.toml").unwrap()
}

/// Reads a policy of a header with `default = "accept"` and `rest`.
fn policy(rest: &str) -> Policy {
    let header = "[policy]\nid = 'test'\nversion = '1'\ndefault = 'accept'\n";
    Policy::parse(&format!("{header}{rest}"), "test.toml").unwrap()
}

fn index(detector: &str) -> usize {
    DETECTORS.iter().position(|(id, _)| *id == detector).unwrap()
}

fn hit(detector: &str) -> Hit {
    let (detector, confidence) = (index(detector), Confidence::High);
    Hit { detector, confidence, test: false, value: [0; 32] }
}

fn decide(policy: &Policy, hits: &[Hit], gaps: &[Gap]) -> Decision {
    let compiled = policy.bind(DETECTORS);
    let mut tally = Tally::default();
    hits.iter().for_each(|hit| tally.add(&compiled, hit, &[]));
    let decision = tally.decide(&compiled, gaps);
    let by_hits_alone = tally.decide(&compiled, &[]);
    assert_eq!(by_hits_alone.action(), tally.action_so_far(&compiled));
    decision
}

fn action(policy: &Policy, hits: &[Hit]) -> Action {
    decide(policy, hits, &[]).action()
}

fn action_on(policy: &Policy, detector: &str) -> Action {
    action(policy, &[hit(detector)])
}

fn gap(reason: GapReason) -> Gap {
    Gap { path: String::new(), start: 0, end: 1, reason }
}

fn builtin(id: &str) -> Policy {
    Policy::builtin(id).unwrap()
}

/// Returns the categories that one high-confidence finding is refused for.
fn refused(policy: &Policy, with: Action) -> BTreeSet<Category> {
    let refused = DETECTORS.iter().filter(|(detector, _)| action_on(policy, detector) == with);
    refused.map(|(_, category)| *category).collect()
}

fn categories(names: &str) -> BTreeSet<Category> {
    names.split_whitespace().map(|name| name.parse().unwrap()).collect()
}

const CARDS: &str = "payment-card card-security";
const HEALTH: &str = "health health-id";
const SPECIAL: &str = "ethnic-origin political-opinion religious-belief trade-union sex-life";

#[test]
fn builtin_policies_are_whole() {
    for id in Policy::builtin_ids() {
        let policy = builtin(id);
        assert_eq!(policy.id(), id);
        assert!(policy.title().is_some_and(|title| !title.is_empty()), "{id}");
        assert!(policy.source().contains(&format!("id = {id:?}")), "{id}");
        assert!(!policy.rules().is_empty(), "{id}");
        for rule in policy.rules() {
            assert!(!rule.cite().is_empty(), "{}", rule.name());
        }
        let known: Vec<&str> = DETECTORS.iter().map(|(id, _)| *id).collect();
        policy.check_detectors(&known).unwrap();
    }
    assert_eq!(Policy::builtin_ids().count(), 8);
}

#[test]
fn builtin_policies_refuse_what_their_documents_name() {
    let table: &[(&str, &[&str])] = &[
        ("default", &[CARDS, "bank-account financial government-id", HEALTH, SPECIAL]),
        (
            "salesforce/agentforce-operations",
            &[CARDS, "bank-account financial government-id", HEALTH, SPECIAL],
        ),
        ("heroku/common-runtime", &[CARDS, "government-id bank-account", HEALTH]),
        ("heroku/private-space", &[CARDS, HEALTH]),
        ("heroku/shield", &[HEALTH]),
        ("pci-dss", &[CARDS]),
        ("gdpr-article-9", &[SPECIAL, HEALTH]),
    ];
    for (id, expected) in table {
        let expected = categories(&expected.join(" "));
        assert_eq!(refused(&builtin(id), Action::Reject), expected, "{id}");
    }
    // Of the categories of cards' secrets, the track holds an account number and the CVV does not.
    let hipaa = builtin("hipaa-safe-harbor");
    let expected = categories("contact government-id health-id bank-account health");
    let expected = &expected | &categories(CARDS);
    assert_eq!(refused(&hipaa, Action::Reject), expected);
    assert_eq!(action_on(&hipaa, "card.track2"), Action::Reject);
    assert_eq!(action_on(&hipaa, "card.cvv"), Action::Accept);
}

#[test]
fn builtin_policies_have_one_answer_beside_accept_and_reject() {
    assert_eq!(refused(&builtin("default"), Action::Review), categories("credential"));
    assert_eq!(refused(&builtin("default"), Action::Accept), categories("contact"));
    for id in Policy::builtin_ids().filter(|id| *id != "default") {
        let policy = builtin(id);
        for between in [Action::Redact, Action::Review, Action::Quarantine] {
            assert_eq!(refused(&policy, between), BTreeSet::new(), "{id}");
        }
    }
}

#[test]
fn covered_entity_decides_on_health_for_heroku() {
    for id in ["heroku/common-runtime", "heroku/private-space", "heroku/shield"] {
        let mut policy = builtin(id);
        assert_eq!(action_on(&policy, "health.icd10"), Action::Reject, "{id}");
        policy.with_parameter("covered_entity", false).unwrap();
        assert_eq!(action_on(&policy, "health.icd10"), Action::Accept, "{id}");
        assert_eq!(action_on(&policy, "health.us.npi"), Action::Accept, "{id}");
    }
}

#[test]
fn a_contract_permits_health_to_shield_only() {
    let mut shield = builtin("heroku/shield");
    shield.with_parameter("health_permitted_by_contract", true).unwrap();
    assert_eq!(refused(&shield, Action::Reject), BTreeSet::new());
    assert!(shield.obligations()[0].text().starts_with("Customer is responsible"));
    for id in Policy::builtin_ids().filter(|id| *id != "heroku/shield") {
        let error = builtin(id).with_parameter("health_permitted_by_contract", true).unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::UnknownName, "{id}");
    }
}

#[test]
fn the_french_obligation_is_reported_when_it_applies() {
    let ids = Policy::builtin_ids().filter(|id| id.contains('/'));
    for id in ids {
        let mut policy = builtin(id);
        assert_eq!(decide(&policy, &[], &[]).obligations(), &[], "{id}");
        policy.with_parameter("subject_to_pgssi_s", true).unwrap();
        let decision = decide(&policy, &[], &[]);
        let [obligation] = decision.obligations() else { panic!("{id}: one obligation") };
        assert!(obligation.text().contains("(PGSSI-S)"), "{id}");
        assert!(obligation.cite().contains("Sensitive Data, paragraph PGSSI-S"), "{id}");
        assert_eq!(decision.action(), Action::Accept, "{id}");
    }
}

#[test]
fn the_footnote_on_payment_checks_is_an_exception() {
    let policy = builtin("salesforce/agentforce-operations");
    let [exception] = policy.exceptions() else { panic!("one exception") };
    assert!(exception.what().contains("collecting payments from"));
    let cite = "Agentforce Operations Security, Privacy and Architecture, section Sensitive Data, \
                footnote 1, 22 May 2026";
    assert_eq!(exception.cite(), cite);
}

#[test]
fn what_nothing_read_is_refused_and_media_kept_apart_for_salesforce() {
    for id in Policy::builtin_ids() {
        let policy = builtin(id);
        for &reason in GapReason::ALL {
            let expected = match (id, reason) {
                ("salesforce/agentforce-operations", GapReason::Media) => Action::Quarantine,
                _ => Action::Reject,
            };
            let decision = decide(&policy, &[], &[gap(reason), gap(reason)]);
            assert_eq!(decision.action(), expected, "{id} {reason}");
            assert_eq!(policy.unscannable(reason), expected, "{id} {reason}");
            let [why] = decision.reasons() else { panic!("one reason") };
            assert_eq!((why.rule(), why.gap(), why.count()), ("unscannable", Some(reason), 2));
            assert_eq!(
                why.to_string(),
                format!("{expected}: 2 not examined ({reason}) by unscannable")
            );
        }
    }
}

#[test]
fn an_unknown_builtin_names_the_nearest() {
    let error = Policy::builtin("heroku/sheild").unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"unknown policy "heroku/sheild"; did you mean "heroku/shield"?"#
    );
    let mut policy = builtin("heroku/shield");
    let error = policy.with_parameter("covered_entty", true).unwrap_err();
    let message = r#"unknown parameter "covered_entty"; did you mean "covered_entity"?"#;
    assert_eq!(error.to_string(), message);
}

#[test]
fn an_own_policy_reads_as_written() {
    let policy = acme();
    assert_eq!((policy.id(), policy.version()), ("acme/intake", "2026-11-20"));
    assert_eq!(policy.extends(), Some("heroku/private-space"));
    assert_eq!(policy.default_action(), Action::Accept);
    assert!(policy.ignores_test_numbers());
    let names: Vec<_> = policy.rules().iter().map(Rule::name).collect();
    let expected = [
        "acme/intake#1",
        "many-people",
        "acme/intake#3",
        "heroku/private-space#1",
        "heroku/private-space#2",
        "heroku/private-space#3",
    ];
    assert_eq!(names, expected);
    let many = &policy.rules()[1];
    assert_eq!(many.detectors(), ["bank.iban", "gov.us.*"]);
    assert_eq!(many.except(), ["gov.us.ein"]);
    assert_eq!((many.min_confidence(), many.min_count()), (Confidence::High, 3));
    assert_eq!((many.min_distinct(), many.action()), (2, Action::Review));
    assert_eq!(many.cite(), "Intake standard, 4.3");
    // The base keeps what the own rules do not name.
    assert_eq!(policy.rules()[4].categories(), [Category::HealthId]);
    assert_eq!(policy.exceptions().len(), 2);
    assert_eq!(policy.obligations(), []);
    let parameters: Vec<_> = policy.parameters().collect();
    let expected = [("archive", false), ("covered_entity", true), ("subject_to_pgssi_s", false)];
    assert_eq!(parameters, expected);
}

#[test]
fn gap_actions_left_unsaid_are_inherited() {
    let policy = acme();
    assert_eq!(policy.unscannable(GapReason::Media), Action::Quarantine);
    assert_eq!(policy.unscannable(GapReason::Encrypted), Action::Review);
    assert_eq!(policy.unscannable(GapReason::Archive), Action::Reject);
    let text = "[policy]\nid='t'\nversion='1'\nextends='salesforce/agentforce-operations'\n";
    let policy = Policy::parse(text, "t").unwrap();
    assert_eq!(policy.unscannable(GapReason::Media), Action::Quarantine);
    let text = text.to_owned() + "unscannable = { default = 'review', limit = 'accept' }";
    let policy = Policy::parse(&text, "t").unwrap();
    assert_eq!(policy.unscannable(GapReason::Media), Action::Review);
    assert_eq!(policy.unscannable(GapReason::Limit), Action::Accept);
}

#[test]
fn a_policy_that_says_nothing_refuses_everything() {
    let policy = Policy::parse("policy = { id = 'none', version = '1' }", "none").unwrap();
    assert_eq!(refused(&policy, Action::Reject).len(), Category::ALL.len());
    assert!(GapReason::ALL.iter().all(|reason| policy.unscannable(*reason) == Action::Reject));
    let decision = decide(&policy, &[hit("contact.email")], &[]);
    assert_eq!(decision.reasons()[0].rule(), "default");
    assert_eq!(decide(&policy, &[], &[]).action(), Action::Accept);
    // As with a rule that says nothing of it, low confidence does not count.
    let low = Hit { confidence: Confidence::Low, ..hit("contact.email") };
    assert_eq!(action(&policy, &[low]), Action::Accept);
}

#[test]
fn the_strictest_rule_decides_and_all_that_fired_are_reasons() {
    let policy = policy(
        "[[rule]]\ncategory = ['government-id']\naction = 'redact'\ncite = 'A'\n\
         [[rule]]\ndetector = ['gov.us.ssn']\naction = 'reject'\ncite = 'B'\n\
         [[rule]]\ncategory = ['*']\naction = 'review'\n",
    );
    let hits = [hit("gov.us.ssn"), hit("gov.us.ein"), hit("gov.us.ssn"), hit("bank.iban")];
    let decision = decide(&policy, &hits, &[gap(GapReason::Limit)]);
    assert_eq!(decision.action(), Action::Reject);
    let reasons: Vec<_> = decision.reasons().iter().map(Reason::to_string).collect();
    let expected = [
        "reject: 2 government-id by test#2 (B)",
        "reject: 1 not examined (limit) by unscannable",
        "review: 1 bank-account by test#3",
        "review: 3 government-id by test#3",
        "redact: 3 government-id by test#1 (A)",
    ];
    assert_eq!(reasons, expected);
    // An `accept` beside it makes nothing milder.
    assert_eq!(action(&policy, &[hit("gov.us.ein")]), Action::Review);
}

#[test]
fn a_place_counts_once_for_a_rule() {
    let policy =
        policy("[[rule]]\ncategory = ['government-id']\naction = 'reject'\nmin_count = 2\n");
    let compiled = policy.bind(DETECTORS);
    let (first, second) = (hit("gov.us.ssn"), hit("gov.us.ein"));
    let mut tally = Tally::default();
    tally.add(&compiled, &first, &[]);
    tally.add(&compiled, &second, &[first]);
    assert_eq!(tally.action_so_far(&compiled), Action::Accept);
    tally.add(&compiled, &second, &[]);
    assert_eq!(tally.action_so_far(&compiled), Action::Reject);
}

#[test]
fn thresholds_count_over_all_that_a_rule_names() {
    let policy = policy(
        "[[rule]]\ncategory = ['government-id', 'bank-account']\naction = 'reject'\n\
         min_confidence = 'high'\nmin_count = 3\n",
    );
    let medium = || Hit { confidence: Confidence::Medium, ..hit("bank.iban") };
    let two = [hit("gov.us.ssn"), hit("bank.iban")];
    assert_eq!(action(&policy, &two), Action::Accept);
    assert_eq!(action(&policy, &[two[0], two[1], medium(), medium()]), Action::Accept);
    let decision = decide(&policy, &[two[0], two[1], two[1]], &[]);
    assert_eq!(decision.action(), Action::Reject);
    let counts: Vec<_> =
        decision.reasons().iter().map(|why| (why.category().unwrap(), why.count())).collect();
    assert_eq!(counts, [(Category::BankAccount, 2), (Category::GovernmentId, 1)]);
}

#[test]
fn different_values_are_counted_by_digest() {
    let policy =
        policy("[[rule]]\ndetector = ['gov.*']\naction = 'quarantine'\nmin_distinct = 2\n");
    assert!(policy.bind(DETECTORS).needs_distinct());
    assert!(!builtin("default").bind(DETECTORS).needs_distinct());
    let same = [hit("gov.us.ssn"), hit("gov.us.ssn"), hit("gov.de.idnr")];
    assert_eq!(action(&policy, &same), Action::Accept);
    let other = Hit { value: [7; 32], ..hit("gov.us.ssn") };
    assert_eq!(action(&policy, &[same[0], other]), Action::Quarantine);
    let unsure = Hit { confidence: Confidence::Low, ..other };
    assert_eq!(action(&policy, &[same[0], unsure]), Action::Accept);
}

#[test]
fn a_rule_counts_different_values_only_for_detectors_that_are_bound() {
    let policy =
        policy("[[rule]]\ndetector = ['gov.*']\naction = 'quarantine'\nmin_distinct = 2\n");
    let without = [("card.pan", Category::PaymentCard)];
    assert!(!policy.bind(&without).needs_distinct());
}

#[test]
fn test_numbers_count_unless_told_otherwise() {
    let number = Hit { test: true, ..hit("card.pan") };
    assert_eq!(action(&builtin("pci-dss"), &[number]), Action::Reject);
    assert_eq!(action(&acme(), &[number]), Action::Accept);
    assert_eq!(action(&acme(), &[hit("card.pan")]), Action::Reject);
}

#[test]
fn an_extending_rule_replaces_what_the_base_says_of_its_categories() {
    let policy = acme();
    assert_eq!(action_on(&policy, "health.icd10"), Action::Redact);
    assert_eq!(action_on(&policy, "health.us.npi"), Action::Reject);
    assert_eq!(action_on(&policy, "card.pan"), Action::Reject);
    // Government ids: the base accepts, the own rule needs three.
    assert_eq!(action_on(&policy, "gov.us.ssn"), Action::Accept);
}

fn extending(base: &str, rest: &str) -> Policy {
    let header = format!("[policy]\nid = 'own'\nversion = '1'\nextends = '{base}'\n");
    Policy::parse(&(header + rest), "own.toml").unwrap()
}

#[test]
fn an_extending_rule_replaces_what_the_base_says_of_its_detectors() {
    let policy = extending(
        "heroku/common-runtime",
        "[[rule]]\ndetector = ['gov.us.ein']\naction = 'accept'\n",
    );
    assert_eq!(action_on(&policy, "gov.us.ein"), Action::Accept);
    assert_eq!(action_on(&policy, "gov.us.ssn"), Action::Reject);
    // A rule on the category leaves the base's rule on a detector in it.
    let policy = extending(
        "hipaa-safe-harbor",
        "[[rule]]\ncategory = ['card-security']\naction = 'review'\n",
    );
    assert_eq!(action_on(&policy, "card.cvv"), Action::Review);
    assert_eq!(action_on(&policy, "card.track2"), Action::Reject);
    let rest = "[[rule]]\ndetector = ['card.*']\naction = 'review'\n";
    let policy = extending("hipaa-safe-harbor", rest);
    assert_eq!(action_on(&policy, "card.track2"), Action::Review);
    assert!(policy.rules().iter().all(|rule| rule.detectors() != ["card.track*"]));
}

#[test]
fn an_excepted_detector_is_left_to_the_base_and_then_to_the_default() {
    let rest = "[[rule]]\ncategory = ['government-id']\nexcept = ['gov.us.*']\naction = 'redact'\n";
    let policy = extending("heroku/common-runtime", rest);
    assert_eq!(action_on(&policy, "gov.de.idnr"), Action::Redact);
    assert_eq!(action_on(&policy, "gov.us.ssn"), Action::Reject);
    let text = format!("[policy]\nid = 'own'\nversion = '1'\ndefault = 'quarantine'\n{rest}");
    let policy = Policy::parse(&text, "own.toml").unwrap();
    assert_eq!(action_on(&policy, "gov.de.idnr"), Action::Redact);
    assert_eq!(action_on(&policy, "gov.us.ssn"), Action::Quarantine);
}

#[test]
fn a_rule_that_is_off_replaces_nothing() {
    let rest = "[parameters]\nlenient = false\n\
                [[rule]]\ncategory = ['*']\naction = 'accept'\nwhen = 'lenient'\n";
    let mut policy = extending("heroku/common-runtime", rest);
    assert_eq!(
        refused(&policy, Action::Reject),
        refused(&builtin("heroku/common-runtime"), Action::Reject)
    );
    policy.with_parameter("lenient", true).unwrap();
    assert_eq!(refused(&policy, Action::Reject), BTreeSet::new());
    assert_eq!(policy.rules().len(), 1);
}

#[test]
fn a_rule_that_is_off_leaves_its_categories_to_the_default() {
    let text = "[policy]\nid = 'own'\nversion = '1'\ndefault = 'review'\n[parameters]\non = true\n\
                [[rule]]\ncategory = ['contact']\naction = 'accept'\nwhen = 'on'\n";
    let mut policy = Policy::parse(text, "own.toml").unwrap();
    assert_eq!(action_on(&policy, "contact.email"), Action::Accept);
    policy.with_parameter("on", false).unwrap();
    assert_eq!(action_on(&policy, "contact.email"), Action::Review);
}

#[test]
fn heeds_tells_which_detectors_matter() {
    let default = builtin("default");
    assert!(!default.heeds("contact.email", Category::Contact));
    assert!(default.heeds("cred.jwt", Category::Credential));
    assert!(builtin("hipaa-safe-harbor").heeds("contact.email", Category::Contact));
    assert!(!builtin("pci-dss").heeds("bank.iban", Category::BankAccount));
}

#[test]
fn the_digest_covers_the_meaning_and_not_the_text() {
    let policy = acme();
    let digest = policy.digest();
    assert_eq!(digest.len(), "sha256:".len() + 64);
    assert!(digest.strip_prefix("sha256:").unwrap().bytes().all(|b| b.is_ascii_hexdigit()));
    let commented = ACME.replace("[[rule]]", "# a remark\n[[rule]]");
    assert_eq!(Policy::parse(&commented, "elsewhere.toml").unwrap().digest(), digest);
    let reordered = ACME.replace(
        r#"detector = ["gov.us.*", "bank.iban"]"#,
        r#"detector = ["bank.iban", "gov.us.*", "bank.iban"]"#,
    );
    assert_eq!(Policy::parse(&reordered, "acme.toml").unwrap().digest(), digest);
    let changes = [
        ("2026-11-20", "2026-11-21"),
        ("action = \"redact\"", "action = \"review\""),
        ("min_count = 3", "min_count = 4"),
        ("4.2", "4.2a"),
        ("covered_entity = true", "covered_entity = false"),
        ("media = \"quarantine\"", "media = \"reject\""),
        ("test_numbers = \"ignore\"", ""),
        ("except = [\"gov.us.ein\"]", ""),
    ];
    for (from, to) in changes {
        let changed = Policy::parse(&ACME.replace(from, to), "acme.toml").unwrap();
        assert_ne!(changed.digest(), digest, "{from}");
    }
    let mut set = acme();
    set.with_parameter("covered_entity", false).unwrap();
    assert_ne!(set.digest(), digest);
    set.with_parameter("covered_entity", true).unwrap();
    assert_eq!(set.digest(), digest);
    let all: BTreeSet<_> = Policy::builtin_ids().map(|id| builtin(id).digest()).collect();
    assert_eq!(all.len(), 8);
}

#[test]
fn detectors_are_checked_against_the_known_ones() {
    let known: Vec<&str> = DETECTORS.iter().map(|(id, _)| *id).collect();
    acme().check_detectors(&known).unwrap();
    let cases = [
        (
            "bank.iban",
            r#"21:25: unknown detector "bank.iabn"; did you mean "bank.iban"?"#,
            "bank.iabn",
        ),
        (
            "gov.us.*",
            r#"21:13: unknown detector "gov.uss.*"; did you mean "gov.us.*"?"#,
            "gov.uss.*",
        ),
        (
            "gov.us.ein",
            r#"22:11: unknown detector "gov.us.eni"; did you mean "gov.us.ein"?"#,
            "gov.us.eni",
        ),
    ];
    for (from, expected, to) in cases {
        let policy = Policy::parse(&ACME.replace(from, to), "acme.toml").unwrap();
        let error = policy.check_detectors(&known).unwrap_err();
        assert_eq!(error.to_string(), format!("acme.toml:{expected}"));
        assert_eq!(error.kind(), BuildErrorKind::UnknownName);
    }
}

#[test]
fn a_builtin_sees_only_those_before_it() {
    // So no chain of parents is a circle: the first sees none.
    assert!(builtin::definition("heroku/shield", 1).is_none());
    let source = crate::config::Source::new("self", &ACME.replace("acme/intake", "heroku/shield"));
    let error = checked::Definition::new(source, 1).unwrap_err();
    assert_eq!(error.to_string(), "self:6:11: unknown policy \"heroku/private-space\"");
}

#[test]
fn a_finding_that_nobody_can_place_is_refused() {
    let stray = Hit { detector: DETECTORS.len(), ..hit("contact.email") };
    let decision = decide(&builtin("pci-dss"), &[stray], &[]);
    assert_eq!(decision.action(), Action::Reject);
    assert_eq!(decision.reasons()[0].to_string(), "reject: 1 unbound-detector");
    let mut sum = Tally::default();
    let compiled = builtin("pci-dss").bind(DETECTORS);
    let mut part = Tally::default();
    part.add(&compiled, &stray, &[]);
    sum.merge(&compiled, &part);
    assert_eq!(sum.action_so_far(&compiled), Action::Reject);
}

#[test]
fn counting_allocates_for_the_first_finding_only() {
    let policy =
        policy("[[rule]]\ndetector = ['gov.*']\naction = 'quarantine'\nmin_distinct = 100\n");
    let compiled = policy.bind(DETECTORS);
    let mut tally = Tally::default();
    tally.add(&compiled, &hit("gov.us.ssn"), &[]);
    let allocated = allocation_counter::measure(|| {
        for value in 0..=255 {
            tally.add(&compiled, &Hit { value: [value; 32], ..hit("gov.us.ssn") }, &[]);
        }
    });
    assert_eq!(allocated.count_total, 0);
    assert_eq!(tally.action_so_far(&compiled), Action::Quarantine);
}

/// Returns the worked example of the guide.
fn example() -> &'static str {
    let (_, rest) = GUIDE.split_once("<!-- example -->\n\n```toml\n").unwrap();
    rest.split_once("```").unwrap().0
}

const GUIDE: &str = include_str!("../../docs/POLICIES.md");

#[test]
fn the_example_in_the_guide_does_as_it_says() {
    let policy = Policy::parse(example(), "acme.toml").unwrap();
    let known: Vec<&str> = DETECTORS.iter().map(|(id, _)| *id).collect();
    policy.check_detectors(&known).unwrap();
    let fifty = |detector, values: u8| -> Vec<Hit> {
        (0..50u8).map(|i| Hit { value: [i % values; 32], ..hit(detector) }).collect()
    };
    let table: &[(Vec<Hit>, Action, Option<&str>)] = &[
        (vec![hit("card.pan")], Action::Reject, Some("heroku/private-space#1")),
        (vec![hit("health.icd10")], Action::Redact, Some("mask-health")),
        (vec![hit("health.us.npi")], Action::Reject, Some("heroku/private-space#2")),
        (fifty("gov.us.ssn", 1), Action::Accept, None),
        (fifty("gov.us.ssn", 49), Action::Accept, None),
        (fifty("gov.us.ssn", 50), Action::Quarantine, Some("lists-of-people")),
        (fifty("gov.us.ein", 50), Action::Accept, Some("heroku/private-space#3")),
        (vec![hit("cred.jwt")], Action::Review, Some("acme/intake#3")),
    ];
    for (hits, expected, reason) in table {
        let decision = decide(&policy, hits, &[]);
        assert_eq!(decision.action(), *expected, "{reason:?}");
        assert_eq!(decision.reasons().first().map(Reason::rule), *reason);
    }
    let gaps = [gap(GapReason::Media)];
    assert_eq!(decide(&policy, &[], &gaps).action(), Action::Review);
    assert_eq!(decide(&policy, &[hit("card.pan")], &gaps).action(), Action::Reject);
    assert!(Policy::builtin_ids().all(|id| GUIDE.contains(&format!("| `{id}` |"))));
}

#[test]
fn the_errors_in_the_guide_are_literal() {
    let known: Vec<&str> = DETECTORS.iter().map(|(id, _)| *id).collect();
    let slips = [
        ("\"health\"]", "\"helth\"]"),
        ("\"redact\"", "\"redcat\""),
        ("min_distinct", "min_distnct"),
        ("private-space\"", "private\""),
        ("\"gov.*\"", "\"gov.uss.*\""),
        ("min_distinct = 50", "min_count = 0"),
        ("min_distinct = 50", "min_count = \"50\""),
        ("category = [\"health\"]\n", ""),
        ("covered_entity", "covered_entty"),
    ];
    let error = |(from, to): (&str, &str)| {
        let policy = Policy::parse(&example().replacen(from, to, 1), "acme.toml");
        policy.and_then(|policy| policy.check_detectors(&known)).unwrap_err().to_string()
    };
    let expected = slips.map(error).join("\n");
    let (_, rest) = GUIDE.split_once("```text\n").unwrap();
    assert_eq!(rest.split_once("\n```").unwrap().0, expected);
}
