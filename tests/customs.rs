//! Customers' own definitions: the guide held to its word, and what a scan makes of each kind.

use std::fs;
use std::path::Path;

use portcullis::error::BuildErrorKind;
use portcullis::{BuildError, Builder, Category, CustomDetector, ExactTable, Report, Scanner};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../docs/CUSTOM.md");
const KEY: &[u8] = b"a key of the tests";
/// The values of the guide's table.
const MEMBERS: [&str; 2] = ["MEM-77120-4", "MEM-90013-8"];

/// The fenced block behind a mark in the guide.
fn block(mark: &str) -> &'static str {
    let (_, rest) = GUIDE.split_once(&format!("<!-- {mark} -->\n\n```")).unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    rest.split_once("\n```").unwrap().0
}

fn table(values: &[&str]) -> ExactTable {
    let mut table = ExactTable::builder(KEY);
    values.iter().for_each(|value| table.add(value.as_bytes()).unwrap());
    table.build().unwrap()
}

fn bytes(table: &ExactTable) -> Vec<u8> {
    let mut bytes = Vec::new();
    table.write_to(&mut bytes).unwrap();
    bytes
}

/// A folder with the files of the guide, the definitions as they are given.
fn folder(definitions: &str, projects: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("acme.toml"), definitions).unwrap();
    fs::write(folder.path().join("projects.txt"), projects).unwrap();
    fs::write(folder.path().join("members.table"), bytes(&table(&MEMBERS))).unwrap();
    folder
}

fn load(folder: &Path) -> Result<Scanner, BuildError> {
    let mut builder = only_own();
    builder.key(KEY).custom_file(folder.join("acme.toml"))?;
    builder.build()
}

/// A builder with nothing on but customers' own.
fn only_own() -> Builder {
    let mut builder = Scanner::builder();
    builder.detectors(["card.pan"]);
    builder
}

fn own(text: &str) -> Result<Scanner, BuildError> {
    let mut builder = only_own();
    builder.key(KEY).custom_toml(text, "own.toml")?;
    builder.build()
}

/// Detectors with confidence, as the guide spells them.
fn found(report: &Report) -> Vec<String> {
    let spell = |f: &portcullis::Finding| format!("`{}` {}", f.detector(), f.confidence());
    report.findings().iter().map(spell).collect()
}

fn scan(scanner: &Scanner, payload: &str) -> Vec<String> {
    found(&scanner.scan(payload.as_bytes()).unwrap())
}

#[test]
fn the_guide_finds_what_it_says() {
    let folder = folder(block("example"), block("list"));
    let scanner = load(folder.path()).unwrap();
    let (_, rows) = GUIDE.split_once("<!-- findings -->\n\n").unwrap();
    let rows = rows.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut count = 0;
    for row in rows {
        let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
        let payload = cells.next().unwrap().trim_matches('`');
        let expected = cells.next().unwrap();
        let found = scan(&scanner, payload);
        match expected.starts_with("nothing") {
            true => assert!(found.is_empty(), "{payload}: {found:?}"),
            false => assert_eq!(found, [expected], "{payload}"),
        }
        count += 1;
    }
    assert_eq!(count, 14);
    assert!(scanner.self_test().unwrap().failures().is_empty());
}

#[test]
fn the_errors_of_the_guide_are_literal() {
    let slips = [
        ("\"government-id\"", "\"goverment-id\""),
        ("ignore_case", "ignorecase"),
        ("\"luhn\"", "\"lunh\""),
        ("{6}\"", "+\""),
        ("{6}\"", "{500}\""),
        ("\"ACM-[0-9]{6}\"", "'\\bACM-[0-9]{6}'"),
        ("\"acm-123456\"", "\"acm-12345\""),
        ("\"49927394\"]", "\"49927395\"]"),
        ("Kestrel", "K"),
        ("projects.txt", "project.txt"),
        ("[\"acme.badge\"]", "[\"acme.bagde\"]"),
    ];
    let error = |(from, to): (&str, &str)| {
        let folder =
            folder(&block("example").replacen(from, to, 1), &block("list").replacen(from, to, 1));
        let error = load(folder.path()).unwrap_err().to_string();
        error.replace(&format!("{}/", folder.path().display()), "")
    };
    let expected: Vec<&str> = block("errors").lines().collect();
    let got: Vec<String> = slips.into_iter().map(error).collect();
    assert_eq!(got, expected);
}

#[test]
fn patterns_that_could_run_away_are_refused_with_the_reason() {
    let refused = [
        ("(a+)+$", "without bound"),
        ("a{5,}", "without bound"),
        (".*secret", "without bound"),
        ("(?:a{1,20}){1,20}", "400 bytes long"),
        ("a*", "matches nothing"),
        ("", "matches nothing"),
        ("(a", "unclosed group"),
        ("(a)\\1", "backreferences"),
        ("(?=a)b", "look-around"),
        ("^ACM", "start or end of a payload"),
        ("ACM\\z", "start or end of a payload"),
        ("\\bACM", "leave \\b out"),
        ("[ab]{0,100}a[ab]{60}", "more than 32 MiB"),
    ];
    for (pattern, why) in refused {
        let custom = CustomDetector::new("own.x", Category::Contact, pattern);
        let error = only_own().custom(custom).build().unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::Pattern, "{pattern}");
        assert!(error.to_string().contains(why), "{pattern}: {error}");
    }
    let lines = CustomDetector::new("own.x", Category::Contact, "(?m:^)ACM[0-9]{2}(?-u:\\b)");
    let scanner = only_own().custom(lines).build().unwrap();
    assert_eq!(scan(&scanner, "ACM12\nACM13 ACM14"), ["`own.x` high"; 2]);
}

#[test]
fn of_the_ends_that_a_pattern_allows_the_furthest_counts() {
    let custom = CustomDetector::new("own.x", Category::Contact, "AB|AB-[0-9]{2,4}?|AB-9999-");
    let scanner = only_own().custom(custom).build().unwrap();
    let spans = |payload: &str| -> Vec<(u64, u64)> {
        let report = scanner.scan(payload.as_bytes()).unwrap();
        report.findings().iter().map(|f| (f.span().start, f.span().end)).collect()
    };
    assert_eq!(spans("AB-1234"), [(0, 7)]);
    assert_eq!(spans("AB-12345"), [(0, 2)]);
    assert_eq!(spans("AB-9999-x"), [(0, 8)]);
    assert_eq!(spans("xAB ABx AB"), [(8, 10)]);
}

#[test]
fn a_definition_that_cannot_hold_is_refused_with_its_place() {
    let detector = "[[detector]]\nid = \"own.x\"\ncategory = \"contact\"\npattern = \"x1{3}\"\n";
    let slips = [
        ("id = \"Own X\"", "own.toml:2:6: an id is up to 100"),
        ("window = [200, 2]", "own.toml:5:10: a window is"),
        ("window = [-1, 2]", "own.toml:5:11: \"window\" must be a whole number"),
        ("alone = \"none\"", "own.toml:5:9: without keywords nothing"),
        ("alone = \"hihg\"", "own.toml:5:9: unknown confidence \"hihg\"; did you mean \"high\"?"),
        ("keywords = \"x\"", "own.toml:5:12: \"keywords\" must be an array of strings"),
        ("checksum_skip = 500", "own.toml:5:17: \"checksum_skip\" is 100 at the most"),
        (
            "[[dictionary]]\nid = \"own.y\"\ncategory = \"contact\"",
            "own.toml:5:1: a dictionary has",
        ),
        (
            "[[dictionary]]\nid = \"own.y\"\ncategory = \"contact\"\nfile = \"x\"",
            "own.toml:8:8: a text that comes from no file cannot name one",
        ),
        ("[[allow]]\nvalues = []", "own.toml:5:1: an allow-list names its"),
        ("[[allow]]\ndetectors = [\"own.x\"]", "own.toml:5:1: an allow-list needs"),
        (
            "[[allow]]\ndetectors = [\"own.x\"]\nprefixes = [\"x\"]",
            "own.toml:7:13: at least 4 characters",
        ),
        (
            "[[allow]]\ndetectors = [\"own.x\"]\nvalues = [\"x111\"]",
            "own.toml:7:11: a value is written as its digest",
        ),
    ];
    for (slip, expected) in slips {
        let text = match slip.strip_prefix("id = ") {
            Some(_) => detector.replacen("id = \"own.x\"", slip, 1),
            None => format!("{detector}{slip}\n"),
        };
        let error = own(&text).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{slip}: {error}");
        assert!(!error.to_string().contains("x111"), "{error}");
    }
    assert!(own("").unwrap_err().to_string().contains("nothing is defined"));
    let twice = own(&format!("{detector}{detector}")).unwrap_err();
    assert_eq!(twice.to_string(), "detector id \"own.x\" is taken");
}

#[test]
fn a_hundred_thousand_terms_are_found_and_never_shown() {
    let terms: Vec<String> = (0..100_000).map(|i| format!("Varnholt{i} Trading")).collect();
    let list = terms.iter().map(String::as_str);
    let custom = CustomDetector::dictionary("own.firms", Category::Credential, list).unwrap();
    let scanner = only_own().custom(custom).build().unwrap();
    for index in [0, 7, 999, 54_321, 99_999] {
        let payload = format!("offer to VARNHOLT{index}\n trading, in June");
        let report = scanner.scan(payload.as_bytes()).unwrap();
        let finding = &report.findings()[0];
        assert_eq!((finding.span().start, finding.detector()), (9, "own.firms"));
        assert_eq!(finding.evidence()[0].to_string(), "list:own.firms");
        let shown = format!("{report:?}").to_lowercase();
        assert!(!shown.contains("varnholt"), "{shown}");
    }
    for payload in [
        "Varnholt100000 Trading",
        "Varnholt7 ... . Trading",
        "Varnholt7 Trad",
        "xVarnholt7 trading",
    ] {
        assert!(scan(&scanner, payload).is_empty(), "{payload}");
    }
}

#[test]
fn terms_share_beginnings_and_words() {
    let list = ["north", "North Sea", "north sea bed", "Sea Bed"];
    let custom = CustomDetector::dictionary("own.x", Category::Contact, list).unwrap();
    let scanner = only_own().custom(custom).build().unwrap();
    let report = scanner.scan("the north-sea bed; north, sea bend".as_bytes()).unwrap();
    let spans: Vec<_> = report.findings().iter().map(|f| (f.span().start, f.span().end)).collect();
    assert_eq!(spans, [(4, 17), (19, 29)]);
    let error = CustomDetector::dictionary("own.x", Category::Contact, ["ok", "-"]).unwrap_err();
    assert!(error.to_string().contains("term 2 has fewer than 2"), "{error}");
}

#[test]
fn known_values_are_found_however_they_are_written() {
    let custom =
        CustomDetector::exact("own.x", Category::HealthId, table(&["AB 1234-567", "99887766"]));
    let scanner = only_own().key(KEY).custom(custom).build().unwrap();
    for written in ["AB1234567", "ab-123 45/67", "AB 1234567", "9988.7766", "x-99887766-y"] {
        let report = scanner.scan(format!("number: {written};").as_bytes()).unwrap();
        assert_eq!(found(&report), ["`own.x` high"], "{written}");
        let finding = &report.findings()[0];
        assert_eq!(finding.evidence()[0].to_string(), "exact");
        assert!(finding.digest().is_some());
    }
    for written in ["AB12345678", "AB  1234567", "AB:1234567", "998877665", "9988776", "99 887 76"]
    {
        assert!(scan(&scanner, written).is_empty(), "{written}");
    }
}

#[test]
fn one_value_has_one_digest_in_every_writing() {
    let custom = CustomDetector::exact("own.x", Category::HealthId, table(&["99887766"]));
    let scanner = only_own().key(KEY).custom(custom).build().unwrap();
    let digests = |payload: &str| {
        let report = scanner.scan(payload.as_bytes()).unwrap();
        report.findings().iter().map(|f| f.digest().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(digests("99887766"), digests("9988-7766"));
    let text = "[[exact]]\nid = \"own.y\"\ncategory = \"health-id\"\nfile = \"list\"\n\
         characters = \"digits\"\nlengths = [8]\n";
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.toml"), text).unwrap();
    fs::write(folder.path().join("list"), digests("99887766").join("\n")).unwrap();
    let mut builder = only_own();
    builder.key(KEY).custom_file(folder.path().join("own.toml")).unwrap();
    assert_eq!(scan(&builder.build().unwrap(), "9988 7766 99887767"), ["`own.y` high"]);
}

#[test]
fn a_table_holds_no_value_and_knows_its_key() {
    let values: Vec<String> = (0..500).map(|i| format!("MEMBER{:06}", i * 37)).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let whole = bytes(&table(&values));
    assert!(!whole.windows(6).any(|window| window == b"MEMBER"));
    for cut in [0, 24, 60, whole.len() - 1] {
        assert!(ExactTable::read(&whole[..cut]).is_err(), "{cut}");
    }
    let read = ExactTable::read(&whole).unwrap();
    assert_eq!(read.rows(), 500);
    let custom = CustomDetector::exact("own.x", Category::HealthId, read);
    let scanner = only_own().key(KEY).custom(custom.clone()).build().unwrap();
    assert_eq!(scan(&scanner, "member000037 MEMBER000038 MEMBER-018463"), ["`own.x` high"; 2]);
    let error = only_own().key(b"another key").custom(custom.clone()).build().unwrap_err();
    assert!(error.to_string().contains("made with another key"), "{error}");
    let error = only_own().custom(custom).build().unwrap_err();
    assert!(error.to_string().contains("needs the key"), "{error}");
    for value in ["1234", "A;B;C;D;E", &"9".repeat(65)] {
        let error = ExactTable::builder(KEY).add(value.as_bytes()).unwrap_err();
        assert!(!error.to_string().contains(value), "{error}");
    }
}

/// What an allow-list leaves of a payload with two test cards and an unread part.
fn left(allow: &str, path: Option<&str>) -> Vec<String> {
    let text = format!("[[allow]]\ncategories = [\"payment-card\"]\n{allow}\n");
    let scanner = own(&text).unwrap();
    let scanner = path.map_or(scanner.clone(), |path| scanner.for_path(path));
    let payload = b"card 4111 1111 1111 1111, card 5500-0000-0000-0004\0";
    let report = scanner.scan(payload).unwrap();
    assert_eq!(report.gaps().len(), 1, "a gap stays");
    assert_eq!(report.decision().action().as_str(), "reject");
    report.findings().iter().map(|f| f.masked().to_owned()).collect()
}

#[test]
fn allow_lists_speak_of_what_they_name_and_of_nothing_else() {
    let (visa, master) = ("411111******1111", "550000******0004");
    let scanner = own("[[allow]]\ndetectors = [\"card.pan\"]\nprefixes = [\"0000\"]").unwrap();
    let report = scanner.scan(b"card 4111111111111111").unwrap();
    let digest = report.findings()[0].digest().unwrap().to_string();
    assert_eq!(left("prefixes = [\"9999\"]", None), [visa, master]);
    assert_eq!(left(&format!("values = [\"{digest}\"]"), None), [master]);
    assert_eq!(left("plain_values = [\"4111 1111 1111 1111\"]", None), [master]);
    assert_eq!(left("prefixes = [\"5500-00\"]", None), [visa]);
    assert_eq!(left("paths = [\"fixtures/**\"]", None), [visa, master]);
    assert_eq!(left("paths = [\"fixtures/**\"]", Some("other/a.csv")), [visa, master]);
    assert!(left("paths = [\"fixtures/**\"]", Some("fixtures/a.csv")).is_empty());
    let both = "paths = [\"fixtures/**\"]\nprefixes = [\"4111\"]";
    assert_eq!(left(both, Some("fixtures/a.csv")), [master]);
    assert_eq!(left(both, None), [visa, master]);
    let other = own("[[allow]]\ncategories = [\"contact\"]\nprefixes = [\"4111\"]").unwrap();
    assert_eq!(scan(&other, "card 4111111111111111").len(), 1);
}

#[test]
fn digests_need_the_key() {
    let text = format!(
        "[[allow]]\ndetectors = [\"card.pan\"]\nvalues = [\"hmac-sha256:{}\"]",
        "0f".repeat(32)
    );
    let mut builder = only_own();
    let error = builder.custom_toml(&text, "own.toml").unwrap().build().unwrap_err();
    assert!(error.to_string().starts_with("own.toml:3:10: digests are compared"), "{error}");
    assert!(builder.key(KEY).build().is_ok());
}
