//! The documents that numbers are planted in: texts of `data/documents.toml`, filled in.

use std::ops::Range;

use measure::Random;
use serde::Deserialize;

/// A payload with the stretch of it that a finding has to cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Planted {
    /// The payload.
    pub bytes: Vec<u8>,
    /// Where the number stands.
    pub span: Range<usize>,
    /// Where it stands in the decoded bytes, if something of the payload is encoded as a whole.
    pub inner: Option<Range<usize>>,
}

/// A document with a place for a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What the tables call it.
    pub name: String,
    /// What kind of syntax it is in.
    pub kind: Kind,
    /// Where it names what the number is.
    pub keyword: Place,
    /// What its syntax does to characters that it keeps for itself.
    #[serde(default)]
    pub escape: Escape,
    /// Its texts, each with every placeholder.
    pub texts: Vec<String>,
}

/// What syntax a document is in; disguises choose their documents by it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Prose,
    Mail,
    Table,
    Json,
    /// XML, and HTML with the value in an attribute.
    Markup,
    /// HTML with the value in text.
    Html,
    Config,
    Log,
    Form,
    Url,
    Sql,
    Fixed,
    Markdown,
}

/// Where a document names the number.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Before,
    After,
    Field,
    None,
    /// What is planted is a sentence that speaks for itself.
    Sentence,
}

/// What becomes of characters that a syntax keeps for itself.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Escape {
    #[default]
    None,
    Csv,
    Ssv,
    Quotes,
    Json,
    Xml,
    Yaml,
    Form,
    Sql,
    QuotedPrintable,
}

/// A number as it is to be written.
#[derive(Clone, Copy, Debug)]
pub enum Written<'v> {
    /// The document's syntax escapes it.
    Plain(&'v str),
    /// It is escaped already.
    Raw(&'v str),
}

/// Returns every document.
///
/// # Errors
///
/// What the data's parser says.
pub fn documents() -> Result<Vec<Document>, String> {
    #[derive(Deserialize)]
    struct Documents {
        document: Vec<Document>,
    }
    let read: Documents = toml::from_str(DOCUMENTS).map_err(|error| error.to_string())?;
    Ok(read.document)
}

const DOCUMENTS: &str = include_str!("../../data/documents.toml");

impl Document {
    /// Returns one of its texts with everything filled in; `None` where nobody would write the number
    /// or the keyword so.
    pub fn plant(&self, value: Written<'_>, keyword: &str, random: &mut Random) -> Option<Planted> {
        let value = match value {
            Written::Plain(value) => self.escape.apply(value)?,
            Written::Raw(value) => value.to_owned(),
        };
        let mut rest = random.pick(&self.texts)?.trim_start_matches('\n');
        let (mut text, mut span) = (String::new(), None);
        while let Some((before, name, after)) = placeholder(rest) {
            text.push_str(before);
            let (name, width) = name.split_once(':').unwrap_or((name, "0"));
            let start = text.len();
            let filling = match name {
                "value" => value.clone(),
                name => filling(name, keyword, random)?,
            };
            if name == "value" {
                span = Some(start..start + filling.len());
            }
            text.push_str(&padded(filling, width.parse().ok()?)?);
            rest = after;
        }
        text.push_str(rest);
        Some(Planted { bytes: text.into_bytes(), span: span?, inner: None })
    }
}

/// Splits a text at its first `[[placeholder]]`.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[[")?;
    let (name, after) = rest.split_once("]]")?;
    Some((before, name, after))
}

/// Returns the text with blanks up to `width` characters; `None` where it would leave none.
fn padded(text: String, width: usize) -> Option<String> {
    let len = text.chars().count();
    match width {
        0 => Some(text),
        _ => (len < width).then(|| format!("{text}{}", " ".repeat(width - len))),
    }
}

/// Returns what a placeholder stands for; `None` where the keyword cannot be written so.
fn filling(name: &str, keyword: &str, random: &mut Random) -> Option<String> {
    let number = |least: usize, end: usize, random: &mut Random| {
        (least + random.below(end - least)).to_string()
    };
    Some(match name {
        "keyword" => keyword.to_owned(),
        "field" => field(keyword)?,
        "tag" => field(keyword).filter(|name| !name.starts_with(|c: char| c.is_ascii_digit()))?,
        "name" => format!("{} {}", random.word(FIRST), random.word(LAST)),
        "first" => random.word(FIRST).to_lowercase(),
        "noun" => random.word(NOUNS).to_owned(),
        "sentence" => sentence(random),
        "day" => format!("2026-0{}-{}", 1 + random.below(9), 10 + random.below(19)),
        "n2" => number(10, 60, random),
        "n3" => number(100, 1000, random),
        "hex" => format!("{:016x}", random.draw()),
        _ => return None,
    })
}

/// Returns the keyword as the name of a field, `None` where it holds other characters than names do.
fn field(keyword: &str) -> Option<String> {
    let fits = keyword.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    fits.then(|| keyword.replace([' ', '-'], "_"))
}

/// Returns a sentence in which nothing is to be found.
pub fn sentence(random: &mut Random) -> String {
    let [adjective, other] = [random.word(ADJECTIVES), random.word(ADJECTIVES)];
    let [noun, thing, place] = [random.word(NOUNS), random.word(NOUNS), random.word(NOUNS)];
    let verb = random.word(VERBS);
    let text = format!("the {adjective} {noun} {verb} the {other} {thing} near the {place}.");
    capitalised(&text)
}

/// Returns the text with its first letter as a capital.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

pub const FIRST: &[&str] =
    &["Anna", "Ben", "Chiara", "Diego", "Elif", "Femke", "Goran", "Hana", "Ines", "Jakub"];
const LAST: &[&str] = &[
    "Archer", "Baker", "Conti", "Dubois", "Evers", "Fischer", "Garcia", "Horvat", "Ito", "Jansen",
];
pub const NOUNS: &[&str] = &[
    "garden", "window", "harbour", "meadow", "lantern", "ladder", "river", "orchard", "engine",
    "bridge", "kettle", "basket", "mirror", "saddle", "anchor", "barrel",
];
const ADJECTIVES: &[&str] =
    &["quiet", "narrow", "bright", "heavy", "distant", "gentle", "hollow", "patient", "rusty"];
const VERBS: &[&str] = &["follows", "carries", "covers", "repairs", "watches", "crosses", "paints"];

impl Escape {
    /// Returns the value as the syntax writes it, `None` where it cannot.
    pub fn apply(self, value: &str) -> Option<String> {
        let quoted = |value: &str| format!("\"{}\"", value.replace('"', "\"\""));
        let lines = value.contains('\n');
        match self {
            Escape::None => Some(value.to_owned()),
            Escape::Csv if value.contains([',', '"', '\n']) => Some(quoted(value)),
            Escape::Ssv if value.contains([';', '"', '\n']) => Some(quoted(value)),
            Escape::Csv | Escape::Ssv => Some(value.to_owned()),
            Escape::Quotes => Some(value.replace('"', "\"\"")),
            Escape::Json => {
                let text = serde_json::to_string(value).ok()?;
                text.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
            }
            Escape::Xml => {
                Some(value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"))
            }
            Escape::Yaml => (!lines && !value.contains(['"', '\\'])).then(|| value.to_owned()),
            Escape::Form => (!lines).then(|| form(value)),
            Escape::Sql => Some(value.replace('\'', "''")),
            Escape::QuotedPrintable => Some(value.replace('=', "=3D")),
        }
    }
}

/// Returns the value as a form sends it (WHATWG URL standard, application/x-www-form-urlencoded).
fn form(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'*' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_holds_its_number_exactly_once() {
        for document in documents().unwrap() {
            assert!(!document.texts.is_empty(), "{}", document.name);
            for text in &document.texts {
                let values = text.matches("[[value").count();
                assert_eq!(values, 1, "{}: {text}", document.name);
                let named = text.contains("[[keyword")
                    || text.contains("[[field")
                    || text.contains("[[tag");
                let names = !matches!(document.keyword, Place::None | Place::Sentence);
                assert_eq!(named, names, "{}: {text}", document.name);
            }
        }
    }

    #[test]
    fn every_text_can_be_filled_in_and_its_span_holds_the_number() {
        for document in documents().unwrap() {
            let mut random = Random::of(7, &[&document.name]);
            for _ in 0..20 {
                let planted = document.plant(Written::Plain("QX-73"), "some key", &mut random);
                let Planted { bytes, span, inner } =
                    planted.unwrap_or_else(|| panic!("{}", document.name));
                assert_eq!(&bytes[span], b"QX-73", "{}", document.name);
                assert_eq!(inner, None);
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(text.matches("QX-73").count(), 1, "{}: {text}", document.name);
                assert!(!text.contains("[["), "{}: {text}", document.name);
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<String> = documents().unwrap().into_iter().map(|d| d.name).collect();
        names.sort();
        let len = names.len();
        names.dedup();
        assert_eq!(names.len(), len);
    }

    #[test]
    fn a_syntax_escapes_what_it_keeps_for_itself() {
        let cases = [
            (Escape::Csv, "a,b", Some("\"a,b\"")),
            (Escape::Csv, "a;b", Some("a;b")),
            (Escape::Ssv, "a;b", Some("\"a;b\"")),
            (Escape::Quotes, "a\"b", Some("a\"\"b")),
            (Escape::Json, "a\"\n", Some("a\\\"\\n")),
            (Escape::Xml, "P<&", Some("P&lt;&amp;")),
            (Escape::Yaml, "a\nb", None),
            (Escape::Form, "a b/1", Some("a+b%2F1")),
            (Escape::Sql, "a'b", Some("a''b")),
            (Escape::QuotedPrintable, "1=2", Some("1=3D2")),
        ];
        for (escape, value, written) in cases {
            assert_eq!(escape.apply(value).as_deref(), written, "{escape:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_not_written() {
        assert_eq!(padded("abc".into(), 3), None);
        assert_eq!(padded("abc".into(), 5).as_deref(), Some("abc  "));
        assert_eq!(field("ss #"), None);
        assert_eq!(field("social security").as_deref(), Some("social_security"));
        assert_eq!(filling("no such", "", &mut Random::of(1, &[])), None);
    }
}
