//! What a document's structure says of a number: headers, keys, attributes, labels, lines above; each
//! with a twin in which the same words name something else.

use std::sync::LazyLock;

use portcullis::{Finding, Report, Scanner};

/// A made-up Social Security number, which only its name tells from any nine digits.
const SSN: &str = "536904399";
/// A published test number.
const VISA: &str = "4111111111111111";

fn scan(text: &[u8]) -> Report {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::builder().build().unwrap());
    SCANNER.scan(text).unwrap()
}

/// What names the number that stands for `$` in a text, `None` where it is not found.
fn name(text: &str) -> Option<String> {
    let at = text.find('$').unwrap() as u64;
    let report = scan(text.replace('$', SSN).as_bytes());
    let own = |finding: &&Finding| finding.detector() == "gov.us.ssn";
    let found = report.findings().iter().filter(own).find(|finding| finding.span().start == at)?;
    Some(naming(found))
}

/// The evidence of what names a finding.
fn naming(finding: &Finding) -> String {
    let spelled = finding.evidence().iter().map(ToString::to_string);
    let mut names = spelled
        .filter(|why| ["header:", "field:", "keyword:"].iter().any(|kind| why.starts_with(kind)));
    names.next().unwrap_or_default()
}

/// Asserts that every text names its number so, and none of the twins with another name does.
fn assert_named(texts: &[&str], expected: &str) {
    let wrong: Vec<_> = texts
        .iter()
        .map(|text| {
            (text.to_string(), name(text), name(&text.to_lowercase().replace("ssn", "sum")))
        })
        .filter(|(_, found, twin)| found.as_deref() != Some(expected) || twin.is_some())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const COLUMNS: &[&str] = &[
    "id,ssn,name\n1,$,Ann\n",
    "id;ssn;name\n1;$;Ann\n",
    "id\tssn\tname\n1\t$\tAnn\n",
    "id|ssn|name\n1|$|Ann\n",
    "id^ssn^name\n1^$^Ann\n",
    "id~ssn~name\n1~$~Ann\n",
    "name:ssn:id\nann:$:1\n",
    "name,ssn\r\nAnn,$\r\n",
    "name,ssn\rAnn,$\rBen,\r",
    "name,ssn\nAnn,$",
    "\u{feff}ssn,name\n$,Ann\n",
    "\u{feff}\"id\",\"ssn\"\n\"1\",\"$\"\n",
    "sep=;\nid;ssn\n1;$\n",
    "\"name, first\",\"ssn\",\"since\"\n\"Archer, \"\"A.\"\", Ann\",\"$\",\"May\"\n",
    "name,ssn\n5\" disk,$\n",
    "name,address,ssn,town\nAnn,\"12 Road\nTown\",$,Ulm\n",
    "# made by a program\n# on a day\n\nid,ssn,name\n1,$,Ann\n",
    "#id\tssn\tname\n1\t$\tAnn\n",
    "List of customers\n\nid,ssn,name\n1,$,Ann\n",
    "Customers, all of them\nid;ssn;name\n1;$;Ann\n",
    "| name | ssn | since |\n| --- | --- | --- |\n| Ann | $ | May |\n",
    "# Customers\n\nSome text.\n\n| name | ssn |\n|:---|---:|\n| Ben | |\n| Ann | $ |\n\nMore text.\n",
    "+------+-----------+\n| name | ssn       |\n+------+-----------+\n| Ann  | $ |\n+------+-----------+\n",
    " name | ssn\n------+-----------\n Ann  | $\n",
    "ID    NAME                SSN         SINCE\n1     Anna Archer         $   May\n",
    "NAME                SSN\n------------------  ---------\nAnna Archer         $\n",
    "NAME                      SSN\nAnna Archer         $\n",
    "NAME         SSN         SINCE\nJürgen Böhm  $   May\n",
    "ssn\n536904398\n$\n",
    "SSN\n---\n$\n",
    "id,ssn,amount\n\n1,$,2\n",
];

#[test]
fn a_column_names_its_cells() {
    assert_named(COLUMNS, "header:ssn");
}

const FIELDS: &[&str] = &[
    "INSERT INTO people (id, name, ssn, since) VALUES (1, 'O''Brien, Ann (x)', '$', 'May');",
    "insert into people(`id`,`ssn`)\nvalues\n(1,'1'),\n(2, $);",
    "INSERT INTO [people] ([id], [at], [ssn]) VALUES (1, DATEADD(day, 1, now()), $)",
    "<table><tr><th>Name</th><th>SSN</th></tr>\n<tr><td>Ann</td><td>$</td></tr></table>",
    "<TABLE><TR><TH>Name<TH><b>SSN</b></TR>\n<TR><TD>Ann</TD><TD><B>$</B></TD></TR></TABLE>",
    "<tr><th>SSN</th><td>$</td></tr>",
    "<tr><td>Name</td><td>Ann</td></tr>\n<tr><td>SSN</td><td>\n  $\n</td></tr>",
    "<dl><dt>SSN</dt><dd>$</dd></dl>",
    "<label for=\"f7\">SSN</label> <input id=\"f7\" type=\"text\" value=\"$\">",
    "<label>SSN <input type='text' value='$'></label>",
    "<input type=\"text\" name=\"ssn\" value=\"$\">",
    "<input value=\"$\" class=\"wide\" name=\"ssn\">",
    "<td data-label=\"SSN\">$</td>",
    "<p><b>SSN</b>: <span>$</span></p>",
    "<ssn>$</ssn>",
    "<c:ssn xmlns:c=\"urn:example:some:company:of:customers:2026\">$</c:ssn>",
    "<customer ssn=\"$\"/>",
    "<field name=\"ssn\">$</field>",
    "<field name=\"ssn\">\n  <value>$</value>\n</field>",
    "<entry key=\"ssn\" value=\"$\"/>",
    r#"{"ssn": "$"}"#,
    r#"{"ssn": {"type": "string", "value": "$"}}"#,
    r#"{"ssn": [{"value": "$"}]}"#,
    r#"{"ssn": ["1", "$"]}"#,
    "{\"ssn\": [\n    \"1\",\n    \"$\"\n  ]\n}",
    r#"{"name": "ssn", "value": "$"}"#,
    r#"{"value": "$", "name": "ssn"}"#,
    r#"{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "$"}"#,
    r#"{"body": "{\"ssn\": \"$\"}"}"#,
    r#"{"body": "{\"name\": \"ssn\", \"value\": \"$\"}"}"#,
    "customer:\n  ssn: $\n",
    "ssn:\n  - 1\n  - $\n",
    "ssn:\n- \"$\"\n",
    "ssn:\n  value: $\n",
    "- name: ssn\n  required: true\n  value: $\n",
    "[person]\nssn = $\n",
    "export SSN=$\n",
    "ts=1 level=info ssn=$ ms=3\n",
    "ts=1 level=info ssn=\"$\" ms=3\n",
    "a=1&ssn=$&b=2",
    "GET /people?a=1&ssn=$ HTTP/1.1\n",
    "X-SSN: $\r\n",
    "--x\r\nContent-Disposition: form-data; name=\"ssn\"\r\n\r\n$\r\n--x--\r\n",
    "--x\r\nContent-Disposition: form-data; name=\"ssn\"\r\nContent-Type: text/plain\r\n\r\n$\r\n",
    "SSN:\n$\n",
    "ann: what is your SSN?\nben: $\n",
    "[10:12] ann: and the SSN, please?\n[10:13] ben: $\n",
];

#[test]
fn a_structure_names_its_values() {
    assert_named(FIELDS, "field:ssn");
}

/// The same where several hundred bytes stand between the name and its value.
#[test]
fn a_name_may_stand_a_few_hundred_bytes_off() {
    let cells = "'lorem ipsum', ".repeat(40);
    let names = "some_column, ".repeat(40);
    for text in [
        format!("INSERT INTO t ({names}ssn) VALUES ({})", cells.replace("ipsum", "i") + "$"),
        format!("{{\"ssn\": {{\"text\": \"{}\", \"value\": \"$\"}}}}", "lorem ".repeat(100)),
        format!("{{\"ssn\": [{}\"$\"]}}", "\"12\", ".repeat(100)),
        format!("<tr><th>a<th>ssn<tr><td>{}<td>$</td>", "lorem ".repeat(100)),
    ] {
        let found = name(&text);
        let near = text.find('$').unwrap() - text.find("ssn").unwrap() < 1000;
        assert_eq!(found.is_some(), near, "{text}");
    }
}

#[test]
fn what_stands_in_another_place_has_another_name() {
    for text in [
        "id,ssn,amount\n1,,$\n",
        "ID    SSN         AMOUNT\n1                 $\n",
        "INSERT INTO t (id, ssn, amount) VALUES (1, '', '$')",
        "<tr><th>SSN</th><th>Amount</th></tr><tr><td></td><td>$</td></tr>",
        r#"{"ssn": ["1"], "amounts": ["2", "$"]}"#,
        "# List\n\n| name | ssn |\n| --- | --- |\n| Ann | |\n\nA line of text that is no row, and long enough to be one.\n\nThe parts | are | $\n",
    ] {
        assert_eq!(name(text), None, "{text}");
    }
}

#[test]
fn the_names_of_other_things_lower() {
    for header in [
        "order_id",
        "tracking",
        "imei",
        "timestamp",
        "Bestellnummer",
        "Sendungsnummer",
        "numéro de commande",
        "número de pedido",
        "numero ordine",
        "bestelnummer",
        "número de encomenda",
        "Rechnungsnummer",
        "facture",
        "factura",
        "Telefon",
        "téléphone",
        "teléfono",
        "telefoon",
    ] {
        for text in [
            format!("name,{header}\nAnn,{VISA}\n"),
            format!("{{\"{header}\": \"{VISA}\"}}"),
            format!("<dt>{header}</dt><dd>{VISA}</dd>"),
            format!("INSERT INTO t (name, {header}) VALUES ('Ann', '{VISA}')"),
        ] {
            assert!(scan(text.as_bytes()).findings().is_empty(), "{text}");
        }
    }
    assert_eq!(scan(format!("name,note\nAnn,{VISA}\n").as_bytes()).findings().len(), 1);
}

/// The `card` of an identity card is no payment card.
#[test]
fn a_longer_name_of_something_else_holds_no_shorter_one() {
    let by_name = |text: &str| {
        let report = scan(text.as_bytes());
        let named = |finding: &Finding| {
            finding.detector() == "card.pan"
                && finding.evidence().iter().any(|why| why.to_string().ends_with(":card"))
        };
        report.findings().iter().any(named)
    };
    assert!(by_name(&format!("card: {VISA}")));
    assert!(!by_name(&format!("identity card: {VISA}")));
}

#[test]
fn a_header_names_the_last_of_two_hundred_thousand_rows() {
    let quoted = |row: usize| format!("\"customer; {row}\";\"\";\"{row}\"\n");
    let rows = 200_000;
    let mut commas = String::from("name,SSN,row\n");
    commas.extend((0..rows).map(|row| format!("customer {row},,{row}\n")));
    let mut semicolons = String::from("\"name\";\"SSN\";\"row\"\n");
    semicolons.extend((0..rows).map(quoted));
    commas.push_str(&format!("Ann,{SSN},1\n"));
    semicolons.push_str(&format!("\"Ann; B.\";\"{SSN}\";\"1\"\n"));
    let scanner = Scanner::builder().build().unwrap();
    for csv in [commas, semicolons] {
        let whole = scanner.scan(csv.as_bytes()).unwrap();
        let evidence: Vec<_> = whole.findings().iter().map(naming).collect();
        assert_eq!(evidence, ["header:ssn"]);
        assert_eq!(whole.findings()[0].span().start, csv.find(SSN).unwrap() as u64);
        let mut session = scanner.session();
        for (chunk, size) in csv.as_bytes().chunks(10_007).zip((1..).step_by(97)) {
            let (left, right) = chunk.split_at(size % chunk.len());
            session.push(left).unwrap();
            session.push(right).unwrap();
        }
        assert_eq!(session.finish().unwrap(), whole);
        assert_eq!(scanner.scan_sharded(csv.as_bytes()).unwrap(), whole);
    }
}

/// A cell further in than is read back has its column by the row's end, if that is near.
#[test]
fn a_long_row_is_counted_from_its_nearer_end() {
    let (far, near) = ("x".repeat(1500), "x".repeat(200));
    let header = "name,note,ssn,rest\n";
    assert_eq!(name(&format!("{header}Ann,{far},$,{near}\n")).as_deref(), Some("header:ssn"));
    assert_eq!(name(&format!("{header}Ann,{near},$,{far}\n")).as_deref(), Some("header:ssn"));
    assert_eq!(name(&format!("{header}Ann,{far},$,{far}\n")), None);
}
