//! Drives the program itself.

use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use tempfile::TempDir;

/// The test number that Visa publishes, on line 2 at column 13.
const CARD: &str = "order 7\ncard number 4111111111111111\n";
const CLEAN: &str = "nothing to see in this line\n";

struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn new(output: Output) -> Ran {
        Ran {
            code: output.status.code().expect("ended by a signal"),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    fn lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).expect("a line is one object");
        self.stdout.lines().map(parse).collect()
    }

    /// The closing objects, one for each payload.
    fn reports(&self) -> Vec<Value> {
        self.lines().into_iter().filter(|line| line["type"] == "report").collect()
    }

    /// Payload names and verdicts.
    fn verdicts(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        self.reports().iter().map(|one| (text(&one["payload"]), text(&one["verdict"]))).collect()
    }

    fn without_seconds(&self) -> String {
        let cut = |line: &str| match line.split_once(",\"seconds\":") {
            Some((before, after)) => {
                let rest =
                    after.trim_start_matches(|c: char| c.is_ascii_digit() || ".e-".contains(c));
                format!("{before}{rest}\n")
            }
            None => format!("{line}\n"),
        };
        self.stdout.lines().map(cut).collect()
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Ran {
    Ran::new(command(folder.path(), args).output().expect("the program starts"))
}

fn run_with_stdin(folder: &TempDir, args: &[&str], stdin: &[u8]) -> Ran {
    let mut child = command(folder.path(), args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("piped").write_all(stdin).expect("the program reads");
    Ran::new(child.wait_with_output().expect("the program ends"))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect()
}

/// The keys of an object in the order in which they are written.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

fn keys(line: &str) -> Vec<String> {
    serde_json::from_str::<Keys>(line).expect("an object").0
}

#[test]
fn status_0_when_all_is_accepted() {
    let folder = folder(&[("a.txt", CLEAN), ("b.txt", "")]);
    let ran = run(&folder, &["scan", "a.txt", "b.txt"]);
    assert_eq!(ran.verdicts(), pairs(&[("a.txt", "accept"), ("b.txt", "accept")]));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn status_1_when_something_is_not_accepted() {
    let folder = folder(&[("a.txt", CLEAN), ("b.txt", CARD)]);
    let ran = run(&folder, &["scan", "b.txt", "a.txt"]);
    assert_eq!(ran.verdicts(), pairs(&[("b.txt", "reject"), ("a.txt", "accept")]));
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
}

#[test]
fn status_2_wins_and_what_cannot_be_read_is_never_accepted() {
    let folder = folder(&[("a.txt", CLEAN), ("b.txt", CARD)]);
    for format in ["text", "json", "jsonl"] {
        let ran = run(&folder, &["scan", "--format", format, "missing.txt", "a.txt", "b.txt"]);
        assert_eq!(ran.code, 2, "{format}");
        assert!(!ran.stdout.contains("missing.txt"), "{}", ran.stdout);
        assert!(ran.stdout.contains("a.txt") && ran.stdout.contains("b.txt"), "{}", ran.stdout);
        assert!(ran.stderr.starts_with("portcullis: missing.txt: "), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1);
    }
}

#[test]
fn usage_errors_are_one_line_with_the_mend() {
    let folder = folder(&[("a.txt", CLEAN)]);
    let told = [
        (&[][..], "--help"),
        (&["scan"], "<PATH|->"),
        (&["scan", "--threads", "0", "a.txt"], "--threads"),
        (&["scan", "--chunk-size", "0", "a.txt"], "--chunk-size"),
        (&["scan", "--chunk-size", "many", "a.txt"], "--chunk-size"),
        (&["scan", "--category", "helth", "a.txt"], "did you mean \"health\"?"),
        (&["scan", "--min-confidence", "hihg", "a.txt"], "did you mean \"high\"?"),
        (&["scan", "--backend", "avx3", "a.txt"], "did you mean \"avx2\"?"),
        (&["scan", "--detector", "card.pam", "a.txt"], "card.pam"),
        (&["scan", "--exclude", "card.pam", "a.txt"], "card.pam"),
        (&["scan", "--policy", "no-such-policy", "a.txt"], "default"),
        (&["scan", "--format", "sarif", "a.txt"], "not in this version yet"),
        (&["scan", "--format", "ocsf", "a.txt"], "not in this version yet"),
        (&["scan", "--format", "xml", "a.txt"], "jsonl"),
        (&["scan", "--redact-to", "out.txt", "a.txt"], "not available yet"),
        (&["scan", "--no-such-option", "a.txt"], "--no-such-option"),
        (&["scan", "-", "-"], "once"),
        (&["detectors", "card.pam"], "card.pam"),
        (&["policy"], "--help"),
        (&["policy", "show", "no-such-policy"], "default"),
        (&["policy", "check", "missing.toml"], "missing.toml"),
    ];
    for (args, mend) in told {
        let ran = run(&folder, args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(
            ran.stderr.starts_with("portcullis: ") && ran.stderr.contains(mend),
            "{}",
            ran.stderr
        );
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    }
    assert!(!folder.path().join("out.txt").exists());
}

#[test]
fn a_bad_policy_is_told_with_line_and_column_before_anything_is_scanned() {
    let rule = "\n[[rule]]\ncategory = [\"helth\"]\naction = \"reject\"\n";
    let head = "[policy]\nid = \"acme/intake\"\nversion = \"2026-11-20\"\n";
    let unknown = format!("{head}{rule}");
    let folder =
        folder(&[("unknown.toml", &unknown), ("broken.toml", "[policy\n"), ("a.txt", CLEAN)]);
    for args in
        [&["scan", "--policy", "unknown.toml", "a.txt"][..], &["policy", "check", "unknown.toml"]]
    {
        let ran = run(&folder, args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        let place = ran.stderr.strip_prefix("portcullis: unknown.toml:6:").expect("names line 6");
        let (column, message) = place.split_once(": ").expect("names a column");
        assert!((1..=20).contains(&column.parse::<usize>().expect("a number")), "{}", ran.stderr);
        assert_eq!(message, "unknown category \"helth\"; did you mean \"health\"?\n");
    }
    let ran = run(&folder, &["policy", "check", "broken.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("portcullis: broken.toml:1:"), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
}

#[test]
fn standard_input_is_scanned_as_a_file_is() {
    let folder = folder(&[("a.txt", CARD)]);
    let file = run(&folder, &["scan", "a.txt"]);
    for chunk in [None, Some("1"), Some("9"), Some("65536")] {
        let args: Vec<&str> =
            ["scan", "-"].into_iter().chain(chunk.map(|_| "--chunk-size")).chain(chunk).collect();
        let ran = run_with_stdin(&folder, &args, CARD.as_bytes());
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{args:?}");
        let named = ran.without_seconds().replace("\"payload\":\"-\"", "\"payload\":\"a.txt\"");
        assert_eq!(named, file.without_seconds(), "{args:?}");
    }
    let empty = run_with_stdin(&folder, &["scan", "-"], b"");
    assert_eq!((empty.code, empty.verdicts()), (0, pairs(&[("-", "accept")])));
}

#[test]
fn standard_input_that_cannot_be_read_is_not_accepted() {
    let folder = folder(&[]);
    let source = File::open(folder.path()).expect("a folder opens");
    let output = command(folder.path(), &["scan", "-"]).stdin(source).output().expect("starts");
    let ran = Ran::new(output);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("portcullis: -: "), "{}", ran.stderr);
}

#[test]
fn folders_are_walked_whole_and_in_order() {
    let folder = folder(&[
        ("up/b.txt", CARD),
        ("up/a/z.txt", CLEAN),
        ("up/a/.hidden/c.txt", CARD),
        ("up/.gitignore", "*\n"),
        ("up/.ignore", "*\n"),
        ("up/.git/config", CLEAN),
    ]);
    let ran = run(&folder, &["scan", "up"]);
    let expected = [
        ("up/.git/config", "accept"),
        ("up/.gitignore", "accept"),
        ("up/.ignore", "accept"),
        ("up/a/.hidden/c.txt", "reject"),
        ("up/a/z.txt", "accept"),
        ("up/b.txt", "reject"),
    ];
    assert_eq!(ran.verdicts(), pairs(&expected));
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
}

#[cfg(unix)]
#[test]
fn links_are_told_and_not_followed_unless_named() {
    use std::os::unix::fs::symlink;

    let folder = folder(&[("up/a.txt", CLEAN), ("card.txt", CARD)]);
    symlink("../card.txt", folder.path().join("up/link")).expect("a link");
    symlink("up", folder.path().join("alias")).expect("a link");
    let ran = run(&folder, &["scan", "up"]);
    assert_eq!((ran.code, ran.verdicts()), (0, pairs(&[("up/a.txt", "accept")])));
    assert!(
        ran.stderr.starts_with("portcullis: up/link: symbolic link, not followed"),
        "{}",
        ran.stderr
    );
    let named = run(&folder, &["scan", "up/link", "alias"]);
    assert_eq!(named.verdicts(), pairs(&[("up/link", "reject"), ("alias/a.txt", "accept")]));
    assert_eq!(named.code, 1);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_in_a_folder_ends_in_2() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;

    let folder = folder(&[("up/a.txt", CLEAN), ("up/locked.txt", CLEAN)]);
    let _listener = UnixListener::bind(folder.path().join("up/socket")).expect("a socket");
    let locked = folder.path().join("up/locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("own file");
    // The superuser reads it all the same; then it is a payload like any other.
    let opens = File::open(&locked).is_ok();
    let ran = run(&folder, &["scan", "up"]);
    let expected = [("up/a.txt", "accept"), ("up/locked.txt", "accept")];
    assert_eq!(ran.verdicts(), pairs(if opens { &expected } else { &expected[..1] }));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("portcullis: up/socket: not a regular file"), "{}", ran.stderr);
    assert_eq!(ran.stderr.contains("portcullis: up/locked.txt: "), !opens, "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_only_claims_to_be_empty_is_read() {
    let folder = folder(&[]);
    let ran = run(&folder, &["scan", "/proc/self/cmdline"]);
    let reports = ran.reports();
    assert_eq!(reports.len(), 1);
    assert!(reports[0]["bytes"].as_u64() > Some(0), "{}", ran.stdout);
}

#[test]
fn json_lines_have_the_fields_of_the_contract_in_its_order() {
    let folder = folder(&[("a.txt", CARD)]);
    let ran = run(&folder, &["scan", "a.txt"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let [finding, report] = lines[..] else { panic!("two lines: {}", ran.stdout) };
    let expected = [
        "type",
        "schema",
        "payload",
        "path",
        "detector",
        "category",
        "start",
        "end",
        "confidence",
        "score",
        "masked",
        "test",
        "evidence",
    ];
    assert_eq!(keys(finding), expected);
    let expected = [
        "type",
        "schema",
        "payload",
        "bytes",
        "sha256",
        "verdict",
        "coverage",
        "gaps",
        "counts",
        "policy",
        "policy_digest",
        "reasons",
        "seconds",
    ];
    assert_eq!(keys(report), expected);
    let start = "{\"type\":\"finding\",\"schema\":1,\"payload\":\"a.txt\",\"path\":\"\",\
        \"detector\":\"card.pan\",\"category\":\"payment-card\",\"start\":20,\"end\":36,\
        \"confidence\":\"high\",\"score\":";
    assert!(finding.starts_with(start), "{finding}");
    assert!(
        finding.contains(",\"masked\":\"411111******1111\",\"test\":true,\"evidence\":["),
        "{finding}"
    );
    let parsed = ran.lines();
    assert_eq!(parsed[1]["bytes"], CARD.len());
    assert_eq!(parsed[1]["counts"], serde_json::json!({ "payment-card": 1 }));
    assert_eq!(parsed[1]["reasons"][0]["category"], "payment-card");
    assert_eq!(parsed[1]["sha256"].as_str().map(str::len), Some(64));
    assert!(parsed[1]["seconds"].as_f64() >= Some(0.0));
}

#[test]
fn json_is_one_document_of_the_objects_of_the_lines() {
    let folder = folder(&[("a.txt", CARD), ("b.txt", CLEAN), ("c.txt", CARD)]);
    let document = run(&folder, &["scan", "--format", "json", "."]);
    let lines = run(&folder, &["scan", "--format", "jsonl", "."]);
    assert_eq!((document.code, lines.code), (1, 1));
    let timeless = |mut value: Value| {
        value.as_object_mut().expect("an object").remove("seconds");
        value
    };
    let of_type = |name: &str| -> Vec<Value> {
        lines.lines().into_iter().filter(|line| line["type"] == name).map(timeless).collect()
    };
    let parsed: Value = serde_json::from_str(&document.stdout).expect("one document");
    let list = |name: &str| -> Vec<Value> {
        parsed[name].as_array().expect("a list").iter().cloned().map(timeless).collect()
    };
    assert_eq!(keys(&document.stdout), ["schema", "findings", "reports"]);
    assert_eq!(list("findings"), of_type("finding"));
    assert_eq!(list("reports"), of_type("report"));
    assert_eq!((list("findings").len(), list("reports").len()), (2, 3));
}

#[test]
fn text_is_for_people() {
    let folder = folder(&[("a.txt", CARD), ("b.txt", CLEAN)]);
    let ran = run(&folder, &["scan", "--format", "text", "a.txt", "b.txt"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let (told, summary) = ran.stdout.split_at(ran.stdout.rfind("2 files").expect("a summary"));
    let expected = "\
a.txt: reject (payment-card 1)
  2:13  card.pan  high    411111******1111  test number
b.txt: accept
";
    assert_eq!(told, expected);
    let (before, rest) = summary.split_once(" bytes, ").expect("bytes");
    let (seconds, after) = rest.split_once(" s: ").expect("seconds");
    assert_eq!(before, format!("2 files, {}", CARD.len() + CLEAN.len()));
    assert!(seconds.parse::<f64>().expect("a number") >= 0.0);
    assert_eq!(after, "1 accepted, 1 refused\n");
}

#[test]
fn explain_adds_evidence_and_the_rule() {
    let folder = folder(&[("a.txt", CARD)]);
    let ran = run(&folder, &["scan", "--format", "text", "--explain", "a.txt"]);
    assert_eq!(ran.code, 1);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let [_, finding, evidence, reason, ..] = lines[..] else { panic!("{}", ran.stdout) };
    assert!(finding.starts_with("  2:13  card.pan"), "{finding}");
    assert!(evidence.starts_with("    score ") && evidence.contains("luhn"), "{evidence}");
    assert!(reason.starts_with("  reject: 1 payment-card by "), "{reason}");
}

#[cfg(unix)]
#[test]
fn a_file_name_cannot_drive_the_terminal() {
    let folder = folder(&[("a\u{1b}[2J\n.txt", CLEAN)]);
    let ran = run(&folder, &["scan", "--format", "text", "."]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.starts_with("./a\\u{1b}[2J\\n.txt: accept\n"), "{:?}", ran.stdout);
    let missing = run(&folder, &["scan", "b\u{1b}[2J\n.txt"]);
    assert_eq!((missing.code, missing.stderr.lines().count()), (2, 1));
    assert!(!missing.stderr.contains('\u{1b}'), "{:?}", missing.stderr);
}

/// Published examples: the test numbers of Visa and of American Express, and the IBANs of the
/// registry. Each is followed by how many of its characters a mask may show at either end.
const VALUES: [(&str, usize); 4] = [
    ("4111 1111 1111 1111", 6),
    ("378282246310005", 6),
    ("DE89370400440532013000", 2),
    ("GB82 WEST 1234 5698 7654 32", 2),
];

#[test]
fn no_value_is_in_any_output() {
    let written: String =
        VALUES.iter().map(|(value, _)| format!("card or iban: {value};\n")).collect();
    let folder = folder(&[("a.txt", &written)]);
    for format in ["text", "json", "jsonl"] {
        let args = [
            "scan",
            "--format",
            format,
            "--explain",
            "--min-confidence",
            "low",
            "a.txt",
            "missing",
        ];
        let ran = run(&folder, &args);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stdout.contains("card.pan") && ran.stdout.contains("bank.iban"),
            "{}",
            ran.stdout
        );
        let mut said = ran.without_seconds() + &ran.stderr;
        said.retain(|c| c.is_ascii_alphanumeric() || c == '*');
        for (value, shown) in VALUES {
            let value = value.replace(' ', "");
            let length = shown.max(4) + 1;
            for start in 0..=value.len() - length {
                let part = &value[start..start + length];
                assert!(!said.contains(part), "{format} shows {part} of {value}: {}", ran.stdout);
            }
        }
    }
}

#[test]
fn threads_and_chunks_change_nothing() {
    let long = format!("{}{CARD}{}{CARD}", CLEAN.repeat(3000), CLEAN.repeat(700));
    let folder =
        folder(&[("up/a.txt", CARD), ("up/b/long.txt", &long), ("up/c.txt", CLEAN), ("up/d", "")]);
    let reference = run(&folder, &["scan", "--format", "jsonl", "--threads", "1", "up"]);
    assert_eq!((reference.code, reference.reports().len()), (1, 4));
    assert_eq!(reference.lines().len(), 4 + 3);
    let options = [
        &["--threads", "2"][..],
        &["--threads", "5"],
        &["--chunk-size", "1"],
        &["--chunk-size", "7"],
        &["--chunk-size", "65536", "--threads", "3"],
        &["--chunk-size", "1000000"],
        &["--backend", "scalar"],
    ];
    for option in options {
        let args = [&["scan", "--format", "jsonl"], option, &["up"]].concat();
        let ran = run(&folder, &args);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{option:?}");
        assert_eq!(ran.without_seconds(), reference.without_seconds(), "{option:?}");
    }
}

#[test]
fn stopping_early_says_what_was_left_however_the_payload_comes_in() {
    let long = format!("{CARD}{}{CARD}", CLEAN.repeat(60_000));
    let folder = folder(&[("a.txt", &long)]);
    let reference = run(&folder, &["scan", "--stop-early", "--format", "jsonl", "a.txt"]);
    assert_eq!((reference.code, reference.lines().len()), (1, 2));
    let report = &reference.reports()[0];
    assert_eq!((&report["verdict"], &report["coverage"]), (&"reject".into(), &"partial".into()));
    let gap = serde_json::json!({"path": "", "start": 36, "end": long.len(), "reason": "decided"});
    assert_eq!((CARD.len() - 1, &report["gaps"]), (36, &serde_json::json!([gap])));
    for option in [&["--threads", "2"][..], &["--chunk-size", "7000"], &["--backend", "scalar"]] {
        let args = [&["scan", "--stop-early", "--format", "jsonl", "a.txt"], option].concat();
        let ran = run(&folder, &args);
        assert_eq!(ran.without_seconds(), reference.without_seconds(), "{option:?}");
    }
    let whole = run(&folder, &["scan", "--format", "jsonl", "a.txt"]);
    assert_eq!((whole.code, whole.lines().len()), (1, 3));
}

#[test]
fn selection_narrows_what_is_found() {
    let folder = folder(&[("a.txt", CARD)]);
    let counts = [
        (&["--detector", "bank.iban"][..], 0),
        (&["--detector", "bank.iban,card.*"], 1),
        (&["--category", "health"], 0),
        (&["--category", "health,payment-card"], 1),
        (&["--exclude", "card.*"], 0),
        (&["--exclude", "bank.*"], 1),
    ];
    for (option, count) in counts {
        let ran = run(&folder, &[&["scan", "a.txt"], option].concat());
        assert_eq!(ran.lines().len() - 1, count, "{option:?}: {}", ran.stdout);
        assert_eq!(ran.code, i32::from(count > 0), "{option:?}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly_and_not_with_0() {
    let folder = folder(&[]);
    for format in ["text", "json", "jsonl"] {
        let mut child = command(folder.path(), &["scan", "--format", format, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        child.stdin.take().expect("piped").write_all(CLEAN.as_bytes()).expect("the program reads");
        let ran = Ran::new(child.wait_with_output().expect("the program ends"));
        assert_eq!((ran.code, ran.stderr.as_str()), (2, ""), "{format}");
    }
}

#[test]
fn detectors_lists_the_catalogue_and_shows_one() {
    let folder = folder(&[]);
    let list = run(&folder, &["detectors"]);
    assert_eq!((list.code, list.stderr.as_str()), (0, ""));
    let ids: Vec<&str> =
        list.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(ids.contains(&"card.pan") && ids.contains(&"bank.iban"), "{}", list.stdout);
    let some = run(&folder, &["detectors", "card.*"]);
    assert!(some.stdout.lines().count() < ids.len());
    assert!(some.stdout.lines().all(|line| line.starts_with("card.")), "{}", some.stdout);
    let one = run(&folder, &["detectors", "card.pan"]);
    assert!(one.stdout.starts_with("card.pan: "), "{}", one.stdout);
    for part in ["\ncategory   payment-card\n", "\nsources  ", "\nsamples  ", "\npass rate  "] {
        assert!(one.stdout.contains(part), "{part:?} in {}", one.stdout);
    }
    let json = run(&folder, &["detectors", "--format", "json"]);
    let parsed: Value = serde_json::from_str(&json.stdout).expect("one document");
    let detectors = parsed["detectors"].as_array().expect("a list");
    assert_eq!((&parsed["schema"], detectors.len()), (&Value::from(1), ids.len()));
    assert!(detectors.iter().all(|detector| detector["sources"].is_array()));
}

#[test]
fn policies_are_listed_shown_checked_and_tried() {
    let head = "[policy]\nid = \"acme/intake\"\nversion = \"2026-11-20\"\nextends = \"default\"\n";
    let folder = folder(&[("acme.toml", head), ("a.txt", CARD), ("b.txt", CLEAN)]);
    let list = run(&folder, &["policy", "list"]);
    assert_eq!(list.code, 0);
    assert!(list.stdout.lines().any(|line| line.starts_with("default ")), "{}", list.stdout);
    for line in list.stdout.lines() {
        let id = line.split_whitespace().next().expect("an id");
        let shown = run(&folder, &["policy", "show", id]);
        assert_eq!(shown.code, 0);
        assert!(shown.stdout.contains("[policy]") && shown.stdout.contains(id), "{}", shown.stdout);
    }
    let checked = run(&folder, &["policy", "check", "acme.toml"]);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""));
    assert!(checked.stdout.starts_with("acme.toml: ok: policy acme/intake"), "{}", checked.stdout);
    let refused = run(&folder, &["policy", "test", "acme.toml", "a.txt"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stdout.contains("\n  reject: 1 payment-card by "), "{}", refused.stdout);
    let accepted = run(&folder, &["policy", "test", "acme.toml", "b.txt"]);
    assert_eq!(accepted.code, 0);
    assert!(accepted.stdout.starts_with("b.txt: accept\n"), "{}", accepted.stdout);
}

#[test]
fn the_program_passes_its_own_test() {
    let ran = run(&folder(&[]), &["self-test"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("scalar") && ran.stdout.ends_with(": all found\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder(&[]);
    let version = run(&folder, &["--version"]);
    assert_eq!((version.code, version.stderr.as_str()), (0, ""));
    assert_eq!(version.stdout, concat!("portcullis ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = run(&folder, &["scan", "--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    assert!(help.stdout.contains("--chunk-size"), "{}", help.stdout);
    for unavailable in ["redact", "sarif", "ocsf"] {
        assert!(!help.stdout.contains(unavailable), "{unavailable} in {}", help.stdout);
    }
}

/// A folder with a key, a table that the program made, and definitions that use it.
fn own() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("writes");
    write("own.key", "sixteen bytes or more\n");
    write("values.csv", "MEM-77120-4\nMEM-90013-8\n");
    write(
        "own.toml",
        "[[exact]]\nid = \"own.members\"\ncategory = \"health-id\"\nfile = \"own.table\"\n\
         [[detector]]\nid = \"own.badge\"\ncategory = \"government-id\"\n\
         pattern = \"ACM-[0-9]{6}\"\nvalid = [\"ACM-004711\"]\n\
         [[allow]]\ndetectors = [\"own.*\"]\npaths = [\"fixtures/**\"]\n",
    );
    let made = command(folder.path(), &["exact", "build", "--key", "own.key", "values.csv"])
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&made.stderr), "portcullis: 2 values\n");
    fs::write(folder.path().join("own.table"), made.stdout).expect("writes");
    folder
}

const OWN: [&str; 4] = ["--custom", "own.toml", "--key", "own.key"];

#[test]
fn definitions_of_ones_own_are_scanned_listed_and_tested() {
    let folder = own();
    fs::create_dir(folder.path().join("fixtures")).expect("a folder");
    for name in ["a.txt", "fixtures/a.txt"] {
        let text = "member mem 77120 4, badge ACM-004711\n";
        fs::write(folder.path().join(name), text).expect("writes");
    }
    let scan = [&["scan", "a.txt", "fixtures/a.txt", "--format", "jsonl"][..], &OWN].concat();
    for chunks in [&[][..], &["--chunk-size", "7"]] {
        let ran = run(&folder, &[&scan[..], chunks].concat());
        let detectors: Vec<String> = ran
            .lines()
            .iter()
            .filter(|l| l["type"] == "finding")
            .map(|l| l["detector"].to_string())
            .collect();
        assert_eq!(detectors, ["\"own.members\"", "\"own.badge\""], "{}", ran.stderr);
        let verdicts: Vec<String> =
            ran.verdicts().into_iter().map(|(_, verdict)| verdict).collect();
        assert_eq!(verdicts, ["reject", "accept"]);
        assert_eq!(ran.code, 1);
    }
    let listed = run(&folder, &[&["detectors", "own.*"][..], &OWN].concat());
    assert_eq!(listed.stdout.lines().count(), 2, "{}", listed.stderr);
    let tested = run(&folder, &[&["self-test"][..], &OWN].concat());
    assert!(tested.stdout.contains("all found"), "{}{}", tested.stdout, tested.stderr);
}

#[test]
fn what_is_wrong_with_definitions_is_said_in_one_line() {
    let folder = own();
    let refused = |args: &[&str], why: &str| {
        let ran = run(&folder, args);
        assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(why), "{}", ran.stderr);
        assert!(!ran.stderr.contains("MEM-"), "{}", ran.stderr);
    };
    refused(&["scan", "values.csv", "--custom", "own.toml"], "needs the key");
    refused(&["scan", "values.csv", "--custom", "none.toml"], "none.toml");
    refused(&["scan", "values.csv", "--custom", "own.table"], "own.table");
    fs::write(folder.path().join("short.key"), "short\n").expect("writes");
    refused(&["scan", "values.csv", "--key", "short.key"], "at least 16 bytes");
    fs::write(folder.path().join("bad.csv"), "MEM-77120-4\nMEM\n").expect("writes");
    refused(&["exact", "build", "--key", "own.key", "bad.csv"], "line 2: a value has 3 characters");
}
