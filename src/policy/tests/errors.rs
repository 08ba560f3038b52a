//! Policies that cannot be used, each with its error.

use super::*;

#[test]
fn errors_name_the_place_and_the_mend() {
    let cases: &[(&str, &str, &str)] = &[
        ("title =", "tittle =", r#"5:1: unknown key "tittle"; did you mean "title"?"#),
        ("min_count =", "minimum =", r#"25:1: unknown key "minimum"; did you mean "min_count"?"#),
        ("[parameters]", "[params]", r#"10:2: unknown key "params"; did you mean "parameters"?"#),
        ("\"health\"", "\"helth\"", r#"15:13: unknown category "helth"; did you mean "health"?"#),
        ("\"redact\"", "\"redcat\"", r#"16:10: unknown action "redcat"; did you mean "redact"?"#),
        ("\"high\"", "\"hihg\"", r#"24:18: unknown confidence "hihg"; did you mean "high"?"#),
        (
            "private-space\"",
            "private\"",
            r#"6:11: unknown policy "heroku/private"; did you mean "heroku/private-space"?"#,
        ),
        (
            "heroku/private-space",
            "acme/intake",
            r#"6:11: policy "acme/intake" cannot extend itself"#,
        ),
        (
            "id = \"acme/intake\"",
            "id = \"heroku/private-space\"",
            r#"3:6: "heroku/private-space" is the id of a built-in policy, choose another"#,
        ),
        (
            "id = \"acme/intake\"",
            "id = \"Acme\"",
            r#"3:6: policy id "Acme" must be of lower-case letters, digits and `-_./`"#,
        ),
        ("min_count = 3", "min_count = 0", r#"25:13: "min_count" must be at least 1"#),
        ("min_distinct = 2", "min_distinct = 0", r#"26:16: "min_distinct" must be at least 1"#),
        ("min_distinct = 2", "min_distinct = 1001", r#"26:16: "min_distinct" can be at most 1000"#),
        (
            "min_count = 3",
            "min_count = -3",
            r#"25:13: "min_count" must be a whole number from 1, not -3"#,
        ),
        (
            "min_count = 3",
            "min_count = \"3\"",
            r#"25:13: "min_count" must be an integer, not a string"#,
        ),
        (
            "category = [\"health\"]",
            "category = \"health\"",
            r#"15:12: "category" must be an array of strings, not a string"#,
        ),
        (
            "category = [\"health\"]",
            "category = [\"health\", 7]",
            r#"15:23: "category" must be a string, not an integer"#,
        ),
        ("category = [\"health\"]", "category = []", r#"15:12: "category" names nothing"#),
        (
            "archive = false",
            "archive = \"no\"",
            r#"12:11: "archive" must be true or false, not a string"#,
        ),
        (
            "category = [\"health\"]",
            "detector = [\"gov.*.ssn\"]",
            r#"15:13: a `*` can only stand at the end, unlike in "gov.*.ssn""#,
        ),
        ("category = [\"health\"]\n", "", r#"14:1: a rule needs "category" or "detector""#),
        (
            "category = [\"health\"]",
            "category = [\"health\"]\ndetector = [\"gov.us.ssn\"]",
            r#"16:12: a rule takes "category" or "detector", not both"#,
        ),
        ("action = \"redact\"\n", "", r#"14:1: "action" is missing"#),
        ("version = \"2026-11-20\"\n", "", r#"2:1: "version" is missing"#),
        (
            "category = [\"credential\"]",
            "name = \"many-people\"\ncategory = [\"credential\"]",
            r#"30:8: rule name "many-people" is taken"#,
        ),
        (
            "\"many-people\"",
            "\"heroku/private-space#1\"",
            r#"20:8: rule name "heroku/private-space#1" is taken"#,
        ),
        ("\"many-people\"", "\"default\"", r#"20:8: rule name "default" is taken"#),
        ("\"many-people\"", "\" \"", r#"20:8: "name" is empty"#),
        (
            "\"many-people\"",
            "\"many\\u001b[2J\"",
            r#"20:8: "name" must be one line without control characters"#,
        ),
        (
            "unless = \"archive\"",
            "unless = \"archiv\"",
            r#"32:10: unknown parameter "archiv"; did you mean "archive"?"#,
        ),
        (
            "unless = \"archive\"",
            "unless = \"archive\"\nwhen = \"archive\"",
            r#"32:10: "when" and "unless" name the same parameter: it never holds"#,
        ),
        (
            "covered_entity",
            "covered_entty",
            "11:1: no rule and no obligation uses parameter \"covered_entty\"; \
             did you mean \"covered_entity\"?",
        ),
        ("media =", "medai =", r#"7:17: unknown coverage reason "medai"; did you mean "media"?"#),
        (
            "media = \"quarantine\"",
            "media = \"redact\"",
            "7:25: what was not examined cannot be redacted",
        ),
        (
            "\"ignore\"",
            "\"ignored\"",
            r#"8:16: unknown choice for test numbers "ignored"; did you mean "ignore"?"#,
        ),
        (
            "[[exception]]",
            "[exception]",
            r#"34:1: "exception" must be an array of tables, each under [[exception]], not a table"#,
        ),
        ("what =", "wath =", r#"35:1: unknown key "wath"; did you mean "what"?"#),
        ("[policy]", "[policy", "2:8: unclosed table, expected `]`"),
        ("id = \"acme/intake\"", "id = \"a\"\nid = \"b\"", "4:1: duplicate key"),
    ];
    for (from, to, expected) in cases {
        assert!(ACME.contains(from), "{from}");
        let error = Policy::parse(&ACME.replacen(from, to, 1), "acme.toml").unwrap_err();
        assert_eq!(error.to_string(), format!("acme.toml:{expected}"), "{from} → {to}");
    }
    let error = Policy::parse("", "empty.toml").unwrap_err();
    assert_eq!(error.to_string(), "empty.toml:1:1: \"policy\" is missing");
}
