//! What holds for every policy.

use proptest::prelude::*;

use super::*;

fn any_action() -> impl Strategy<Value = Action> {
    proptest::sample::select(Action::ALL)
}

fn any_rule() -> impl Strategy<Value = String> {
    let patterns = ["gov.*", "gov.us.*", "gov.us.ssn", "card.*", "health.icd10", "*"];
    let categories = Category::ALL.iter().map(|category| category.as_str()).chain(["*"]);
    let selector = prop_oneof![
        proptest::sample::select(patterns.to_vec()).prop_map(|p| format!("detector = ['{p}']")),
        proptest::sample::subsequence(categories.collect::<Vec<_>>(), 1..4)
            .prop_map(|names| format!("category = {names:?}")),
    ];
    let except = proptest::option::of(proptest::sample::select(patterns.to_vec()));
    let confidence = proptest::sample::select(Confidence::ALL);
    (selector, except, any_action(), confidence, 1..4u64, 1..4u64, any::<bool>()).prop_map(
        |(selector, except, action, confidence, count, distinct, on)| {
            let except = except.map_or(String::new(), |except| format!("except = ['{except}']"));
            format!(
                "[[rule]]\n{selector}\n{except}\naction = '{action}'\nwhen = '{}'\n\
                 min_confidence = '{confidence}'\nmin_count = {count}\nmin_distinct = {distinct}\n",
                if on { "on" } else { "off" },
            )
        },
    )
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let ids: Vec<&str> = Policy::builtin_ids().collect();
    let base = proptest::option::of(proptest::sample::select(ids));
    let rules = proptest::collection::vec(any_rule(), 0..6);
    (base, any_action(), any::<bool>(), rules).prop_map(|(base, default, ignore, rules)| {
        let base = base.map_or(String::new(), |base| format!("extends = '{base}'\n"));
        let ignore = if ignore { "ignore" } else { "count" };
        let text = format!(
            "[policy]\nid = 'any'\nversion = '1'\ndefault = '{default}'\n{base}\
             test_numbers = '{ignore}'\n[parameters]\non = true\noff = false\n{}\
             [[obligation]]\ntext = 'a'\nwhen = 'on'\n[[obligation]]\ntext = 'b'\nwhen = 'off'\n",
            rules.concat()
        );
        Policy::parse(&text, "any.toml").unwrap()
    })
}

fn any_hit() -> impl Strategy<Value = Hit> {
    let confidence = proptest::sample::select(Confidence::ALL);
    (0..DETECTORS.len(), confidence, any::<bool>(), 0..4u8).prop_map(
        |(detector, confidence, test, value)| Hit {
            detector,
            confidence,
            test,
            value: [value; 32],
        },
    )
}

fn any_gaps() -> impl Strategy<Value = Vec<Gap>> {
    proptest::collection::vec(proptest::sample::select(GapReason::ALL).prop_map(gap), 0..3)
}

/// Returns the rules in force without taking away what the rules of nearer layers replace.
fn whole_layers(policy: &Policy) -> Vec<Rule> {
    let layers = policy.definition.chain().enumerate();
    let rules = layers.flat_map(|(layer, definition)| {
        let on = definition.rules.iter().filter(|rule| rule.holds(&policy.parameters));
        on.map(move |rule| Rule { layer, ..rule.item.clone() })
    });
    rules.collect()
}

proptest! {
    #[test]
    fn more_findings_never_give_a_milder_verdict(
        policy in any_policy(),
        hits in proptest::collection::vec(any_hit(), 0..40),
        gaps in any_gaps(),
    ) {
        let compiled = policy.bind(DETECTORS);
        let mut tally = Tally::default();
        let mut before = Action::Accept;
        let mut before_with_gaps = tally.decide(&compiled, &gaps).action();
        for hit in &hits {
            tally.add(&compiled, hit, &[]);
            let now = tally.action_so_far(&compiled);
            prop_assert!(now >= before);
            let with_gaps = tally.decide(&compiled, &gaps).action();
            prop_assert!(with_gaps >= before_with_gaps && with_gaps >= now);
            (before, before_with_gaps) = (now, with_gaps);
        }
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order(
        policy in any_policy(),
        hits in proptest::collection::vec(any_hit(), 0..40),
        cuts in proptest::collection::vec(0..40usize, 0..4),
        gaps in any_gaps(),
    ) {
        let compiled = policy.bind(DETECTORS);
        let mut whole = Tally::default();
        hits.iter().for_each(|hit| whole.add(&compiled, hit, &[]));
        let mut parts = vec![Tally::default(); cuts.len() + 1];
        for (i, hit) in hits.iter().enumerate() {
            let part = cuts.iter().filter(|cut| **cut <= i).count();
            parts[part].add(&compiled, hit, &[]);
        }
        let merged = |order: &mut dyn Iterator<Item = &Tally>| {
            let mut sum = Tally::default();
            order.for_each(|part| sum.merge(&compiled, part));
            sum.decide(&compiled, &gaps)
        };
        let expected = whole.decide(&compiled, &gaps);
        prop_assert_eq!(merged(&mut parts.iter()), expected.clone());
        prop_assert_eq!(merged(&mut parts.iter().rev()), expected);
    }

    #[test]
    fn shown_rules_mean_what_is_counted(policy in any_policy(), hit in any_hit()) {
        let (id, category) = DETECTORS[hit.detector];
        // What is left of the base's rules decides the same as all of them with their layers.
        let names = |rules: &[Rule]| -> Vec<String> {
            let applying = rule::applying(rules, id, category);
            applying.iter().map(|rule| rules[*rule].name().to_owned()).collect()
        };
        prop_assert_eq!(names(policy.rules()), names(&whole_layers(&policy)));
        let rules = rule::applying(policy.rules(), id, category);
        let hit = Hit { test: false, confidence: Confidence::High, ..hit };
        let mut hits = Vec::new();
        for value in 0..4 {
            hits.push(Hit { value: [value; 32], ..hit });
        }
        let strictest = rules.iter().map(|rule| policy.rules()[*rule].action()).max();
        let expected = strictest.unwrap_or(policy.default_action());
        prop_assert_eq!(action(&policy, &hits), expected);
        prop_assert_eq!(policy.heeds(id, category), expected > Action::Accept);
    }

    #[test]
    fn any_text_is_a_policy_or_an_error(text in "[a-z\\[\\]\"'={}\n. *#0-9-]{0,120}") {
        if let Err(error) = Policy::parse(&text, "any.toml") {
            prop_assert!(error.line_column().is_some());
        }
    }
}
