//! Samples are found, and near misses are not, whatever text they stand in.

use portcullis::catalogue::Definition;

use super::{Planted, assert_none, is_term, keyword, over_samples, scanner};

/// A text around a sample, or `None` where nobody would write the sample so.
type Surrounding = fn(&Definition, &str) -> Option<Planted>;

const SURROUNDINGS: &[(&str, Surrounding)] = &[
    ("text", |d, s| Some(Planted::new(&words_before(d, " "), s, " and so on.\n"))),
    ("label", |d, s| Some(Planted::new(&words_before(d, ": "), s, "\n"))),
    ("start and end of the payload", |d, s| Some(Planted::new(&words_before(d, " "), s, ""))),
    ("JSON", json),
    ("JSON in JSON", nested_json),
    ("CSV", |d, s| csv(d, s, ",")),
    ("TSV", |d, s| csv(d, s, "\t")),
    ("XML", xml),
    ("form", form),
    ("log line", log_line),
    ("Windows line ends", windows),
];

/// The keyword with what parts it from the value; nothing for a term.
fn words_before(definition: &Definition, mark: &str) -> String {
    match is_term(definition) {
        true => String::new(),
        false => format!("{}{mark}", keyword(definition)),
    }
}

/// The keyword as the name of a field; terms stand in a text field.
fn field(definition: &Definition) -> String {
    match is_term(definition) {
        true => "text".to_owned(),
        false => keyword(definition).replace(' ', "_"),
    }
}

fn escaped(sample: &str) -> String {
    sample.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

fn json(definition: &Definition, sample: &str) -> Option<Planted> {
    let before = format!("{{\"row\": 7, \"{}\": \"", field(definition));
    Some(Planted::new(&before, &escaped(sample), "\", \"ok\": true}\n"))
}

fn nested_json(definition: &Definition, sample: &str) -> Option<Planted> {
    let before = format!("{{\"body\":\"{{\\\"{}\\\":\\\"", field(definition));
    let fits = !sample.contains(['\n', '"']);
    fits.then(|| Planted::new(&before, sample, "\\\"}\"}"))
}

fn csv(definition: &Definition, sample: &str, delimiter: &str) -> Option<Planted> {
    let quote = if sample.contains(['\n', ',']) { "\"" } else { "" };
    let name = field(definition);
    let before = format!("row{delimiter}{name}{delimiter}ok\n7{delimiter}{quote}");
    Some(Planted::new(&before, sample, &format!("{quote}{delimiter}yes\n")))
}

/// What holds `<` stands in a section of character data.
fn xml(definition: &Definition, sample: &str) -> Option<Planted> {
    let (open, close) = if sample.contains('<') { ("<![CDATA[", "]]>") } else { ("", "") };
    let name = field(definition);
    Some(Planted::new(&format!("<a><{name}>{open}"), sample, &format!("{close}</{name}></a>")))
}

/// Samples of characters that a form sends as they are.
fn form(definition: &Definition, sample: &str) -> Option<Planted> {
    let plain = sample.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    let before = format!("row=7&{}=", field(definition));
    plain.then(|| Planted::new(&before, sample, "&ok=true"))
}

fn log_line(definition: &Definition, sample: &str) -> Option<Planted> {
    let before = format!("2024-05-03T10:00:00.123Z info row=7 {}=", field(definition));
    let fits = !sample.contains('\n') && !is_term(definition);
    fits.then(|| Planted::new(&before, sample, " ok=true\n"))
}

fn windows(definition: &Definition, sample: &str) -> Option<Planted> {
    let before = format!("Dear all,\r\n{}", words_before(definition, "\r\n"));
    Some(Planted::new(&before, &sample.replace('\n', "\r\n"), "\r\nKind regards\r\n"))
}

#[test]
fn every_sample_is_found_in_every_surrounding() {
    let scanner = scanner();
    assert_none(over_samples(&scanner, |definition, sample| {
        let planted =
            SURROUNDINGS.iter().filter_map(|(n, around)| Some((n, around(definition, sample)?)));
        let missed = planted.filter(|(_, planted)| !planted.is_found(&scanner, definition));
        missed.map(|(name, _)| format!("{} in {name}: {sample}", definition.id())).collect()
    }));
}

#[test]
fn no_near_miss_is_found_in_any_surrounding() {
    let scanner = scanner();
    let mut complaints = Vec::new();
    for definition in scanner.detectors() {
        for (miss, reason) in definition.near_misses() {
            for (name, around) in SURROUNDINGS {
                let planted = around(definition, miss);
                if planted.is_some_and(|planted| planted.is_found(&scanner, definition)) {
                    complaints.push(format!("{} in {name}: {miss} ({reason})", definition.id()));
                }
            }
        }
    }
    assert_none(complaints);
}

#[test]
fn every_sample_is_found_in_utf16() {
    let scanner = scanner();
    let encodings: [fn(u16) -> [u8; 2]; 2] = [u16::to_le_bytes, u16::to_be_bytes];
    assert_none(over_samples(&scanner, |definition, sample| {
        let before = format!("A line of text.\n{}", words_before(definition, ": "));
        let mut plain = Planted::new(&before, sample, "\nAnother line of text.\n");
        let text = String::from_utf8(std::mem::take(&mut plain.payload)).unwrap();
        // Keywords may be of any script, so offsets count units, not characters or bytes.
        let units = |text: &str| text.encode_utf16().count() * 2;
        let (start, end) = (units(&text[..plain.start]), units(&text[..plain.end]));
        let mut missed = Vec::new();
        for (encoding, mark) in encodings.iter().flat_map(|e| [(e, ""), (e, "\u{feff}")]) {
            let payload = format!("{mark}{text}").encode_utf16().flat_map(encoding).collect();
            let (start, end) = (start + units(mark), end + units(mark));
            if !(Planted { payload, start, end }).is_found(&scanner, definition) {
                missed.push(format!("{}: {sample}, marked {}", definition.id(), !mark.is_empty()));
            }
        }
        missed
    }));
}

/// Whether a script is written without blanks, so that a keyword may stand within a run of letters.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}')
}

#[test]
fn keywords_count_within_letters_where_words_have_no_edges() {
    let scanner = scanner();
    let mut complaints = Vec::new();
    let mut asked = 0;
    for definition in scanner.detectors().iter().filter(|definition| !is_term(definition)) {
        let sample = definition.samples().first().copied().unwrap_or_default();
        for keyword in definition.keywords().filter(|word| word.chars().all(is_unspaced)) {
            asked += 1;
            let letter = keyword.chars().next().unwrap_or_default();
            let planted = Planted::new(&format!("{letter}{keyword}{letter} "), sample, "\n");
            if !planted.is_found(&scanner, definition) {
                complaints.push(format!("{}: {keyword}", definition.id()));
            }
        }
    }
    assert!(asked > 20, "{asked} keywords asked");
    assert_none(complaints);
}
