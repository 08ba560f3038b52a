//! What each policy that ships makes of each category: the documents' own tables, scanned.

use portcullis::{Category, CustomDetector, Policy, Report, Scanner, policy::Action};

/// The columns of [`VERDICTS`].
const POLICIES: [&str; 8] = [
    "default",
    "salesforce/agentforce-operations",
    "heroku/common-runtime",
    "heroku/private-space",
    "heroku/shield",
    "pci-dss",
    "hipaa-safe-harbor",
    "gdpr-article-9",
];

/// A category, a payload that holds nothing else, and the verdict of each policy: `r` rejects, `v`
/// asks for a review, `.` accepts.
const VERDICTS: &[(Category, &str, &str)] = &[
    (Category::PaymentCard, "card 4539 5787 6362 1486", "r r r r . r r ."),
    (Category::CardSecurity, "CVV: 123", "r r r r . r . ."),
    (Category::BankAccount, "IBAN: GB29 NWBK 6016 1331 9268 19", "r r r . . . r ."),
    (Category::Financial, "BIC: DEUTDEFF500", "r r . . . . . ."),
    (Category::GovernmentId, "SSN: 536-90-4399", "r r r . . . r ."),
    (Category::HealthId, "NHS number: 943 476 5919", "r r r r r . r r"),
    (Category::Health, "Patient diagnosed with type 2 diabetes", "r r r r r . r r"),
    (Category::EthnicOrigin, "Ethnic group: Black Caribbean", "r r . . . . . r"),
    (Category::PoliticalOpinion, "he is a member of the Liberal Democrats", "r r . . . . . r"),
    (Category::ReligiousBelief, "Religion: Muslim", "r r . . . . . r"),
    (Category::TradeUnion, "member of UNISON since 2011", "r r . . . . . r"),
    (Category::SexLife, "he came out as bisexual", "r r . . . . . r"),
    (Category::Credential, "SECRET-abcdefgh", "v . . . . . . ."),
    (Category::Contact, "MAILBOX-abcdefgh", ". . . . . . r ."),
];

/// Every definition that is on under a policy, and stand-ins for the two categories that have none.
fn scanner(policy: Policy) -> Scanner {
    let mut builder = Scanner::builder();
    builder.policy(policy);
    builder.custom(CustomDetector::new("own.secret", Category::Credential, "SECRET-[a-z]{8}"));
    builder.custom(CustomDetector::new("own.mailbox", Category::Contact, "MAILBOX-[a-z]{8}"));
    builder.build().unwrap()
}

fn scan(scanner: &Scanner, payload: &str) -> Report {
    scanner.scan(payload.as_bytes()).unwrap()
}

fn expected(row: &str, column: usize) -> Action {
    match row.split(' ').nth(column).unwrap() {
        "r" => Action::Reject,
        "v" => Action::Review,
        "." => Action::Accept,
        other => panic!("{other:?} is no verdict"),
    }
}

/// The categories whose verdict under a policy is not that of the table, a line each.
fn differences(policy: Policy, verdict: impl Fn(Category, &str) -> Action) -> Vec<String> {
    let id = policy.id().to_owned();
    let scanner = scanner(policy);
    let rows = VERDICTS.iter().map(|(category, payload, row)| {
        let action = scan(&scanner, payload).verdict().action();
        (category, action, verdict(*category, row))
    });
    let wrong = rows.filter(|(_, action, expected)| action != expected);
    wrong
        .map(|(category, action, expected)| format!("{id}: {category} {action}, not {expected}"))
        .collect()
}

#[test]
fn the_table_has_every_policy_and_every_category() {
    let mut ids: Vec<&str> = Policy::builtin_ids().collect();
    let mut columns = POLICIES.to_vec();
    ids.sort_unstable();
    columns.sort_unstable();
    assert_eq!(ids, columns);
    let categories: Vec<Category> = VERDICTS.iter().map(|(category, ..)| *category).collect();
    assert_eq!(categories, Category::ALL);
    assert!(VERDICTS.iter().all(|(.., row)| row.split(' ').count() == POLICIES.len()));
}

#[test]
fn each_payload_holds_its_category_and_no_other() {
    let scanner = scanner(Policy::builtin("default").unwrap());
    for (category, payload, _) in VERDICTS {
        let report = scan(&scanner, payload);
        let found: Vec<_> = report.counts().keys().collect();
        assert_eq!(found, [category], "{payload}");
        assert!(report.is_complete());
    }
}

#[test]
fn each_policy_decides_as_its_document_says() {
    let mut wrong = Vec::new();
    for (column, id) in POLICIES.iter().enumerate() {
        wrong.extend(differences(Policy::builtin(id).unwrap(), |_, row| expected(row, column)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn health_is_free_for_those_who_are_no_covered_entity() {
    let is_health = |category| matches!(category, Category::Health | Category::HealthId);
    for (column, id) in POLICIES.iter().enumerate() {
        let mut policy = Policy::builtin(id).unwrap();
        let changed = policy.with_parameter("covered_entity", false).is_ok();
        assert_eq!(changed, id.starts_with("heroku/"), "{id}");
        let wrong = differences(policy, |category, row| match changed && is_health(category) {
            true => Action::Accept,
            false => expected(row, column),
        });
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn a_contract_permits_health_on_shield_alone() {
    for id in POLICIES {
        let mut policy = Policy::builtin(id).unwrap();
        let permitted = policy.with_parameter("health_permitted_by_contract", true).is_ok();
        assert_eq!(permitted, id == "heroku/shield", "{id}");
        if permitted {
            let wrong = differences(policy, |_, _| Action::Accept);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    }
}

#[test]
fn the_french_obligation_is_reported_with_every_verdict() {
    for id in POLICIES.iter().filter(|id| id.contains('/')) {
        let obligations = |subject: bool, payload: &str| {
            let mut policy = Policy::builtin(id).unwrap();
            policy.with_parameter("subject_to_pgssi_s", subject).unwrap();
            let report = scan(&scanner(policy), payload);
            let obligations = report.decision().obligations().iter();
            obligations.filter(|obligation| obligation.text().contains("PGSSI-S")).count()
        };
        for payload in ["nothing", "Patient diagnosed with type 2 diabetes"] {
            assert_eq!(obligations(true, payload), 1, "{id}");
            assert_eq!(obligations(false, payload), 0, "{id}");
        }
    }
}

#[test]
fn every_rejection_cites_its_document() {
    for id in POLICIES {
        let scanner = scanner(Policy::builtin(id).unwrap());
        for (_, payload, _) in VERDICTS {
            let report = scan(&scanner, payload);
            for reason in report.decision().reasons() {
                let refuses = reason.action() > Action::Accept;
                assert!(!refuses || !reason.cite().is_empty(), "{id}: {reason}");
            }
        }
    }
}

#[test]
fn a_parameter_changes_the_digest_that_the_report_names() {
    let mut policy = Policy::builtin("heroku/shield").unwrap();
    let before = scan(&scanner(policy.clone()), "nothing").policy_digest().to_owned();
    policy.with_parameter("covered_entity", false).unwrap();
    let after = scan(&scanner(policy), "nothing").policy_digest().to_owned();
    assert_ne!(before, after);
}
