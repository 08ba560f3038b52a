use std::collections::BTreeMap;
use std::io;
use std::slice;
use std::sync::Arc;

use crate::coverage::{Gap, GapReason};
use crate::finding::{Category, Confidence, Digest, Evidence, Finding, Position, Span};
use crate::policy::{Action, Decision, Hit, Policy, Tally};

use super::{
    Detail, Issuer, JsonDocument, Paint, Parts, Plain, Printable, Report, Style, Verdict,
    write_json, write_jsonl, write_text,
};

/// Decides under a policy whose text continues after its head, on so many cards and these gaps.
fn decide(rest: &str, cards: usize, gaps: &[Gap]) -> Decision {
    let text = format!("[policy]\nid = \"t\"\nversion = \"1\"\n{rest}");
    let compiled =
        Policy::parse(&text, "t.toml").unwrap().bind(&[("card.pan", Category::PaymentCard)]);
    let confidence = Confidence::High;
    let hit = Hit { detector: 0, confidence, test: true, value: [0; 32] };
    let mut tally = Tally::default();
    (0..cards).for_each(|_| tally.add(&compiled, &hit, &[]));
    tally.decide(&compiled, gaps)
}

/// Decides on one card under a rule of this action.
fn decision(action: Action) -> Decision {
    let rule = format!(
        "[[rule]]\nname = \"cards\"\ncategory = [\"payment-card\"]\naction = \"{action}\"\n\
         cite = \"Intake standard, 4.2\"\n"
    );
    decide(&rule, 1, &[])
}

fn card() -> Finding {
    Finding {
        detector: "card.pan".into(),
        category: Category::PaymentCard,
        path: String::new(),
        span: Span { start: 118, end: 137 },
        position: None,
        score: 95,
        masked: "411111******1111".to_owned(),
        digest: None,
        test: true,
        evidence: vec![
            Evidence::Check("luhn".into()),
            Evidence::Issuer("visa".into()),
            Evidence::Keyword("card".into(), -6),
        ],
    }
}

fn term(path: &str) -> Finding {
    Finding {
        detector: "health.terms.conditions".into(),
        category: Category::Health,
        path: path.to_owned(),
        span: Span { start: 7, end: 13 },
        position: Some(Position { line: 4, column: 17 }),
        score: 55,
        masked: "****ma".to_owned(),
        digest: None,
        test: false,
        evidence: vec![
            Evidence::Phrase("diagnosed with".into()),
            Evidence::Subject("patient".into()),
        ],
    }
}

fn parts(decision: Decision, findings: Vec<Finding>) -> Parts {
    let mut counts = BTreeMap::new();
    for finding in &findings {
        *counts.entry(finding.category).or_insert(0) += 1;
    }
    Parts {
        bytes: 20480,
        sha256: None,
        findings,
        omitted: 0,
        counts,
        gaps: Vec::new(),
        decision,
        issuer: Arc::new(Issuer {
            policy_id: "default".to_owned(),
            policy_digest: "sha256:ab".to_owned(),
        }),
    }
}

fn accepted() -> Report {
    Report::new(parts(decide("", 0, &[]), Vec::new()))
}

fn rejected() -> Report {
    Report::new(parts(decision(Action::Reject), vec![card()]))
}

/// Rejects every finding, puts apart what cannot be read, and reminds of an obligation.
const QUARANTINE_AND_HOST: &str = "default = \"reject\"\nunscannable = \"quarantine\"\n\
    [[obligation]]\ntext = \"Host it in France\"\ncite = \"PGSSI-S\"\n";

fn jsonl(report: &Report, seconds: Option<f64>) -> String {
    let mut out = Vec::new();
    write_jsonl(&mut out, "uploads/a.csv", report, seconds).unwrap();
    String::from_utf8(out).unwrap()
}

fn text(report: &Report, detail: Detail) -> String {
    let mut out = Vec::new();
    write_text(&mut out, &Plain, "a.csv", report, detail).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn only_an_accepting_decision_makes_a_pass() {
    let report = accepted();
    let Verdict::Accept(pass) = report.verdict() else {
        panic!("not accepted: {report:?}");
    };
    assert_eq!((pass.bytes(), pass.sha256()), (20480, None));
    assert_eq!(accepted().into_pass().unwrap().bytes(), 20480);
    for &action in Action::ALL.iter().filter(|action| **action != Action::Accept) {
        let report = Report::new(parts(decision(action), Vec::new()));
        assert_eq!(report.verdict().action(), action);
        let back = report.into_pass().unwrap_err();
        assert_eq!(back.verdict().action(), action);
    }
}

#[test]
fn a_pass_carries_the_digest_of_the_payload() {
    let accept = decide("", 0, &[]);
    let report = Report::new(Parts { sha256: Some([0xab; 32]), ..parts(accept, Vec::new()) });
    assert_eq!(report.into_pass().unwrap().sha256(), Some(&[0xab; 32]));
}

#[test]
fn json_lines_are_literal() {
    let expected = concat!(
        r#"{"type":"finding","schema":1,"payload":"uploads/a.csv","path":"","#,
        r#""detector":"card.pan","#,
        r#""category":"payment-card","start":118,"end":137,"confidence":"high","score":95,"#,
        r#""masked":"411111******1111","test":true,"#,
        r#""evidence":["luhn","issuer:visa","keyword:card@-6"]}"#,
        "\n",
        r#"{"type":"report","schema":1,"payload":"uploads/a.csv","bytes":20480,"#,
        r#""verdict":"reject","coverage":"complete","gaps":[],"counts":{"payment-card":1},"#,
        r#""policy":"default","policy_digest":"sha256:ab","reasons":[{"rule":"cards","#,
        r#""cite":"Intake standard, 4.2","category":"payment-card","count":1}],"#,
        r#""seconds":0.0002}"#,
        "\n",
    );
    assert_eq!(jsonl(&rejected(), Some(0.0002)), expected);
}

#[test]
fn json_lines_hold_what_is_optional_in_its_place() {
    let finding = Finding { digest: Some(Digest([1; 32])), ..term("b.xlsx!/Sheet1!C7") };
    let gap = Gap { path: "b.xlsx".to_owned(), start: 3, end: 9, reason: GapReason::Encrypted };
    let decision = decide(QUARANTINE_AND_HOST, 0, slice::from_ref(&gap));
    let report = Report::new(Parts {
        sha256: Some([0x0f; 32]),
        omitted: 2,
        gaps: vec![gap],
        ..parts(decision, vec![finding])
    });
    let expected = format!(
        concat!(
            r#"{{"type":"finding","schema":1,"payload":"uploads/a.csv","#,
            r#""path":"b.xlsx!/Sheet1!C7","#,
            r#""detector":"health.terms.conditions","category":"health","start":7,"end":13,"#,
            r#""position":{{"line":4,"column":17}},"confidence":"medium","score":55,"#,
            r#""masked":"****ma","digest":"hmac-sha256:{}","test":false,"#,
            r#""evidence":["phrase:diagnosed with","subject:patient"]}}"#,
            "\n",
            r#"{{"type":"report","schema":1,"payload":"uploads/a.csv","#,
            r#""bytes":20480,"sha256":"{}","#,
            r#""verdict":"quarantine","coverage":"partial","#,
            r#""gaps":[{{"path":"b.xlsx","start":3,"end":9,"reason":"encrypted"}}],"#,
            r#""counts":{{"health":1}},"omitted":2,"#,
            r#""policy":"default","policy_digest":"sha256:ab","#,
            r#""reasons":[{{"rule":"unscannable","cite":"","gap":"encrypted","count":1}}],"#,
            r#""obligations":[{{"text":"Host it in France","cite":"PGSSI-S"}}]}}"#,
            "\n",
        ),
        "01".repeat(32),
        "0f".repeat(32),
    );
    assert_eq!(jsonl(&report, None), expected);
}

#[test]
fn a_payload_cannot_break_out_of_its_line() {
    let mut out = Vec::new();
    write_jsonl(&mut out, "a\"\n\u{1b}[31m.csv", &accepted(), None).unwrap();
    let line = String::from_utf8(out).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
    assert!(line.contains(r#""payload":"a\"\n\u001b[31m.csv""#), "{line}");
}

#[test]
fn the_document_holds_the_objects_of_the_lines() {
    let (first, second) = (rejected(), accepted());
    let mut out = Vec::new();
    write_json(&mut out, [("a", &first, Some(0.5)), ("b", &second, None), ("c", &first, None)])
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let lines = |name: &str, report: &Report, seconds| {
        let mut out = Vec::new();
        write_jsonl(&mut out, name, report, seconds).unwrap();
        serde_json::Deserializer::from_slice(&out)
            .into_iter::<serde_json::Value>()
            .map(Result::unwrap)
            .collect::<Vec<_>>()
    };
    let (a, b, c) =
        (lines("a", &first, Some(0.5)), lines("b", &second, None), lines("c", &first, None));
    assert_eq!(document["schema"], 1);
    assert_eq!(document["findings"], serde_json::json!([a[0], c[0]]));
    assert_eq!(document["reports"], serde_json::json!([a[1], b[0], c[1]]));
    assert!(out.starts_with(b"{\"schema\":1,\"findings\":[") && out.ends_with(b"]}\n"));
}

#[test]
fn a_document_without_payloads_is_whole_and_one_broken_off_is_not_json() {
    let empty = JsonDocument::new(Vec::new()).finish().unwrap();
    assert_eq!(empty, b"{\"schema\":1,\"findings\":[],\"reports\":[]}\n");
    let mut out = Vec::new();
    JsonDocument::new(&mut out).push("a", &accepted(), None).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&out).is_err());
}

#[test]
fn text_of_an_accepted_payload_is_one_line() {
    assert_eq!(text(&accepted(), Detail::Explained), "a.csv: accept\n");
}

#[test]
fn text_aligns_findings_and_counts_them_by_category() {
    let report = Report::new(Parts {
        omitted: 3,
        ..parts(decision(Action::Reject), vec![card(), term(""), term("Sheet1!C7")])
    });
    let expected = "\
a.csv: reject (payment-card 1, health 2)
  @118            card.pan                 high    411111******1111  test number
  4:17            health.terms.conditions  medium  ****ma
  Sheet1!C7 4:17  health.terms.conditions  medium  ****ma
  and 3 more, counted but not listed
";
    assert_eq!(text(&report, Detail::Brief), expected);
}

#[test]
fn text_explains_evidence_rules_gaps_and_obligations() {
    let gap =
        |path: &str| Gap { path: path.to_owned(), start: 3, end: 9, reason: GapReason::Archive };
    let gaps = vec![gap(""), gap("b.zip")];
    let decision = decide(QUARANTINE_AND_HOST, 1, &gaps);
    let report = Report::new(Parts { gaps, ..parts(decision, vec![card()]) });
    let expected = "\
a.csv: reject (payment-card 1)
  @118  card.pan  high    411111******1111  test number
    score 95: luhn, issuer:visa, keyword:card@-6
  not examined: bytes 3 to 9: archive
  not examined: bytes 3 to 9 of b.zip: archive
  reject: 1 payment-card by default
  quarantine: 2 not examined (archive) by unscannable
  obligation: Host it in France (PGSSI-S)
";
    assert_eq!(text(&report, Detail::Explained), expected);
}

#[test]
fn text_styles_begin_and_end_around_their_text() {
    struct Tags;
    impl Paint for Tags {
        fn begin(&self, out: &mut dyn io::Write, style: Style) -> io::Result<()> {
            write!(out, "<{style:?}>")
        }
        fn end(&self, out: &mut dyn io::Write, style: Style) -> io::Result<()> {
            write!(out, "</{style:?}>")
        }
    }
    let mut out = Vec::new();
    write_text(&mut out, &Tags, "a.csv", &rejected(), Detail::Brief).unwrap();
    let expected = "<Payload>a.csv</Payload>: <Refused>reject</Refused> (payment-card 1)\n  \
        <Place>@118</Place>  <Detector>card.pan</Detector>  high    \
        <Masked>411111******1111</Masked>  <Remark>test number</Remark>\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn names_cannot_drive_a_terminal() {
    let name = "a\u{1b}]0;x\u{7}\r\n\u{9b}2J\u{202e}gpj.exe é漢";
    assert_eq!(Printable(name).to_string(), r"a\u{1b}]0;x\u{7}\r\n\u{9b}2J\u{202e}gpj.exe é漢");
    let mut out = Vec::new();
    write_text(&mut out, &Plain, name, &accepted(), Detail::Brief).unwrap();
    assert!(!out.contains(&0x1b) && out.iter().filter(|byte| **byte == b'\n').count() == 1);
}

#[test]
fn an_error_of_the_writer_comes_back() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::BrokenPipe))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let broken = |result: io::Result<()>| result.unwrap_err().kind() == io::ErrorKind::BrokenPipe;
    assert!(broken(write_jsonl(&mut Full, "a", &rejected(), None)));
    assert!(broken(write_text(&mut Full, &Plain, "a", &rejected(), Detail::Brief)));
    assert!(broken(write_json(&mut Full, [("a", &rejected(), None)])));
}
