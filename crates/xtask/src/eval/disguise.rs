//! The disguises that a number may stand in: what people, programs and evaders make of one.

use std::ops::Range;

use measure::Random;

use super::encode::{self, Unit};
use super::grammar::{Kind, Planted};

/// A way to write a number otherwise.
pub struct Disguise {
    /// What kind of disguise it is.
    pub group: &'static str,
    /// What the tables call it.
    pub name: &'static str,
    /// What it does.
    pub change: Change,
    /// The documents in which it is met.
    pub homes: &'static [Kind],
}

/// What a disguise does.
#[derive(Clone, Copy)]
pub enum Change {
    /// Nothing: what the others are compared with.
    Nothing,
    /// Digits become those of another script, which begin with this zero.
    Script(char),
    /// Every blank becomes this.
    Blanks(&'static str),
    /// Every dash becomes this.
    Dashes(&'static str),
    /// Every separator becomes this.
    Separators(&'static str),
    /// One separator becomes this.
    Separator(&'static str),
    /// This comes between two letters or digits somewhere.
    Inside(&'static str),
    /// This comes between all letters and digits, and nothing else does.
    Between(&'static str),
    /// This comes between all letters and digits that touch.
    Among(&'static str),
    /// Digits become something else.
    Digits(fn(char) -> String),
    /// The value becomes something else; nothing where it cannot.
    Value(fn(&str) -> Option<String>),
    /// The value is encoded, and nothing else of the document.
    Encoded(fn(&str) -> String),
    /// The document becomes something else.
    Document(fn(&str, &Range<usize>) -> Planted),
}

impl Disguise {
    /// Whether the disguise or its kind has this name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.group == name
    }

    /// Whether what it makes of a value is not to be escaped once more.
    pub fn is_escape(&self) -> bool {
        matches!(self.group, HTML | PERCENT | JSON | QUOTED)
    }

    /// Whether it writes a number otherwise, which makes another value of a key, an address or a name.
    pub fn is_for_numbers(&self) -> bool {
        matches!(self.group, DASHES | SEPARATORS | LINES | SPELLING) || self.name == TAB
    }

    /// Returns the value as the disguise writes it, `None` where it changes nothing of such a value.
    ///
    /// [`Change::Document`] leaves the value as it is.
    pub fn value(&self, value: &str, random: &mut Random) -> Option<String> {
        if matches!(self.change, Change::Nothing | Change::Document(_)) {
            return Some(value.to_owned());
        }
        let disguised = match self.change {
            _ if !is_plain(value) => return None,
            Change::Script(zero) => mapped(value, |c| shifted(c, zero)),
            _ if self.doubles_separators(value) => return None,
            Change::Blanks(other) => value.replace(' ', other),
            Change::Dashes(other) => value.replace('-', other),
            Change::Separators(other) => groups(value).join(other),
            Change::Separator(other) => one_replaced(value, other, random)?,
            Change::Inside(other) => inside(value, other, random)?,
            Change::Between(other) => between(value, other),
            Change::Among(other) => among(value, other),
            Change::Digits(other) => value
                .chars()
                .map(|c| if c.is_ascii_digit() { other(c) } else { c.to_string() })
                .collect(),
            Change::Value(other) => other(value)?,
            Change::Encoded(other) => other(value),
            Change::Nothing | Change::Document(_) => value.to_owned(),
        };
        (disguised != value).then_some(disguised)
    }

    /// Whether it would put a separator beside another, as in `5-/-1`, which nobody writes.
    fn doubles_separators(&self, value: &str) -> bool {
        let replaces = matches!(self.change, Change::Blanks(_) | Change::Dashes(_));
        replaces && self.group == SEPARATORS && value.split(is_separator).any(str::is_empty)
    }

    /// Returns the document as the disguise makes it of one that holds the disguised value.
    pub fn document(&self, planted: Planted, value: &str) -> Planted {
        match self.change {
            Change::Document(encode) => match std::str::from_utf8(&planted.bytes) {
                Ok(text) => encode(text, &planted.span),
                Err(_) => planted,
            },
            Change::Encoded(_) => Planted { inner: Some(0..value.len()), ..planted },
            _ => planted,
        }
    }
}

/// Whether a value is made of letters, digits and separators: one that people write in many ways.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || is_separator(c))
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '_')
}

/// Returns what stands between the separators.
fn groups(value: &str) -> Vec<&str> {
    value.split(is_separator).filter(|group| !group.is_empty()).collect()
}

fn mapped(value: &str, other: impl Fn(char) -> char) -> String {
    value.chars().map(other).collect()
}

/// Returns a digit of the script whose zero is given, any other character as it is.
fn shifted(c: char, zero: char) -> char {
    let digit = c.to_digit(10).and_then(|digit| char::from_u32(u32::from(zero) + digit));
    digit.unwrap_or(c)
}

fn one_replaced(value: &str, other: &str, random: &mut Random) -> Option<String> {
    let places: Vec<(usize, &str)> = value.match_indices(is_separator).collect();
    let (at, separator) = *random.pick(&places)?;
    let (before, after) = (value.get(..at)?, value.get(at + separator.len()..)?);
    Some(format!("{before}{other}{after}"))
}

fn inside(value: &str, other: &str, random: &mut Random) -> Option<String> {
    let bytes = value.as_bytes();
    let inner = |at: &usize| {
        let pair = (at.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(*at));
        matches!(pair, (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
    };
    let places: Vec<usize> = (1..value.len()).filter(inner).collect();
    let at = *random.pick(&places)?;
    Some(format!("{}{other}{}", value.get(..at)?, value.get(at..)?))
}

fn between(value: &str, other: &str) -> String {
    let kept: Vec<String> = value.chars().filter(|c| !is_separator(*c)).map(String::from).collect();
    kept.join(other)
}

fn among(value: &str, other: &str) -> String {
    let mut text = String::new();
    let mut touches = false;
    for c in value.chars() {
        let is_word = c.is_ascii_alphanumeric();
        text.push_str(if touches && is_word { other } else { "" });
        text.push(c);
        touches = is_word;
    }
    text
}

/// Returns what stands before and behind the place where a person would pause: the first separator,
/// which stays with what follows, else the middle.
fn halves(value: &str) -> Option<(&str, &str)> {
    let pause = value.find(is_separator).unwrap_or(value.len() / 2);
    value.split_at_checked(pause)
}

fn full_width(value: &str) -> Option<String> {
    // U+FF01 to U+FF5E stand in the order of ASCII.
    let wide =
        |c: char| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_alphanumeric());
    Some(mapped(value, |c| wide(c).unwrap_or(c)))
}

fn with_letter(value: &str, digit: char, letter: char) -> Option<String> {
    Some(value.replace(digit, &letter.to_string()))
}

/// Returns the value with blanks and dashes in turns where its separators are.
fn in_turns(value: &str) -> Option<String> {
    let mut turns = [" ", "-", "."].into_iter().cycle();
    let groups = groups(value);
    (groups.len() > 2).then_some(())?;
    let mut text = String::new();
    for (index, group) in groups.into_iter().enumerate() {
        let separator = if index == 0 { None } else { turns.next() };
        text.push_str(separator.unwrap_or_default());
        text.push_str(group);
    }
    Some(text)
}

fn mixed_case(value: &str) -> Option<String> {
    let turned = |(at, c): (usize, char)| match at % 2 {
        0 => c.to_ascii_lowercase(),
        _ => c.to_ascii_uppercase(),
    };
    Some(value.chars().enumerate().map(turned).collect())
}

fn bold_group(value: &str) -> Option<String> {
    let (first, rest) = halves(value)?;
    Some(format!("<b>{first}</b>{rest}"))
}

fn break_tag(value: &str) -> Option<String> {
    let (first, rest) = halves(value)?;
    Some(format!("{first}<wbr>{rest}"))
}

fn spans(value: &str) -> Option<String> {
    let groups = value.split_inclusive(is_separator).map(|group| {
        let pairs = encode::wrapped(group.trim_end_matches(is_separator), 2, "\n");
        let spans: String = pairs.lines().map(|pair| format!("<span>{pair}</span>")).collect();
        spans + group.get(group.trim_end_matches(is_separator).len()..).unwrap_or_default()
    });
    Some(groups.collect())
}

fn percent_separators(value: &str) -> Option<String> {
    let byte = |c: char| match is_separator(c) {
        true => format!("%{:02X}", u32::from(c)),
        false => c.to_string(),
    };
    Some(value.chars().map(byte).collect())
}

fn json_separators(value: &str) -> Option<String> {
    let unit = |c: char| match c {
        ' ' => "\\u00a0".to_owned(),
        c if is_separator(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    Some(value.chars().map(unit).collect())
}

fn backslashes(value: &str) -> Option<String> {
    let escaped = |c: char| if is_separator(c) { format!("\\{c}") } else { c.to_string() };
    Some(value.chars().map(escaped).collect())
}

/// Returns a whole document in units of more than a byte.
fn in_units(text: &str, span: &Range<usize>, unit: Unit, mark: &str) -> Planted {
    let marked = format!("{mark}{text}");
    let moved = span.start + mark.len()..span.end + mark.len();
    let (bytes, span) = encode::units(&marked, &moved, unit);
    Planted { bytes, span, inner: None }
}

/// Returns a whole document in base64, behind what is not encoded.
fn in_base64(head: &str, text: &str, span: &Range<usize>, lines: Option<&str>) -> Planted {
    encoded(head, text, span, encode::STANDARD, lines)
}

fn encoded(
    head: &str,
    text: &str,
    span: &Range<usize>,
    alphabet: &[u8; 64],
    lines: Option<&str>,
) -> Planted {
    let plain = encode::base64(text.as_bytes(), alphabet);
    let body = lines.map(|end| encode::wrapped(&plain, LINE, end)).unwrap_or(plain);
    let at = encode::base64_span(span, lines.map(|end| (LINE, end.len())));
    let outer = at.start + head.len()..at.end + head.len();
    Planted { bytes: format!("{head}{body}").into_bytes(), span: outer, inner: Some(span.clone()) }
}

/// Characters of a line of base64 in mail, RFC 2045.
const LINE: usize = 76;
const MARK: &str = "\u{feff}";
const MAIL: &str = "From: anna@example.org\r\nTo: office@example.com\r\nMIME-Version: 1.0\r\n\
                    Content-Type: text/plain; charset=utf-8\r\n\
                    Content-Transfer-Encoding: base64\r\n\r\n";

const SCRIPTS: &str = "digits of other scripts";
const BLANKS: &str = "blanks";
const DASHES: &str = "dashes";
const SEPARATORS: &str = "separators";
const INVISIBLE: &str = "invisible characters";
const LINES: &str = "line breaks";
const HTML: &str = "HTML";
const PERCENT: &str = "percent-encoding";
const JSON: &str = "JSON escapes";
const BACKSLASH: &str = "backslashes";
const QUOTED: &str = "quoted-printable";
const BASE64: &str = "base64";
const UNITS: &str = "encodings of the whole document";
const SPELLING: &str = "spelling";

/// Ends the cell of a table where it stands between words.
const TAB: &str = "tab";

const TEXT: &[Kind] = &[Kind::Prose, Kind::Table, Kind::Json, Kind::Config, Kind::Log, Kind::Html];
const TYPED: &[Kind] = &[Kind::Prose];
const RUNNING: &[Kind] = &[Kind::Prose, Kind::Markdown];
const MARKED_UP: &[Kind] = &[Kind::Html];
const ADDRESSES: &[Kind] = &[Kind::Form, Kind::Url];
const OBJECTS: &[Kind] = &[Kind::Json];
const MAILS: &[Kind] = &[Kind::Mail];

const fn new(
    group: &'static str,
    name: &'static str,
    change: Change,
    homes: &'static [Kind],
) -> Disguise {
    Disguise { group, name, change, homes }
}

const fn script(name: &'static str, zero: char) -> Disguise {
    new(SCRIPTS, name, Change::Script(zero), TEXT)
}

const fn whole(
    group: &'static str,
    name: &'static str,
    encode: fn(&str, &Range<usize>) -> Planted,
) -> Disguise {
    new(group, name, Change::Document(encode), TEXT)
}

/// Every disguise; the first is none.
pub static ALL: &[Disguise] = &[
    new("none", "as written", Change::Nothing, TEXT),
    new(SCRIPTS, "full width, letters too", Change::Value(full_width), TEXT),
    script("full width", '\u{ff10}'),
    script("Arabic-Indic", '\u{660}'),
    script("Arabic-Indic, extended", '\u{6f0}'),
    script("Devanagari", '\u{966}'),
    script("Bengali", '\u{9e6}'),
    script("Tamil", '\u{be6}'),
    script("Thai", '\u{e50}'),
    script("Tibetan", '\u{f20}'),
    script("Khmer", '\u{17e0}'),
    script("mathematical bold", '\u{1d7ce}'),
    script("mathematical double-struck", '\u{1d7d8}'),
    script("mathematical monospace", '\u{1d7f6}'),
    new(BLANKS, "no-break space", Change::Blanks("\u{a0}"), TEXT),
    new(BLANKS, "thin space", Change::Blanks("\u{2009}"), TEXT),
    new(BLANKS, "figure space", Change::Blanks("\u{2007}"), TEXT),
    new(BLANKS, "narrow no-break space", Change::Blanks("\u{202f}"), TEXT),
    new(BLANKS, "ideographic space", Change::Blanks("\u{3000}"), TEXT),
    new(BLANKS, "en quad", Change::Blanks("\u{2000}"), TEXT),
    new(BLANKS, TAB, Change::Blanks("\t"), RUNNING),
    new(DASHES, "en dash", Change::Dashes("\u{2013}"), TEXT),
    new(DASHES, "em dash", Change::Dashes("\u{2014}"), TEXT),
    new(DASHES, "figure dash", Change::Dashes("\u{2012}"), TEXT),
    new(DASHES, "hyphen", Change::Dashes("\u{2010}"), TEXT),
    new(DASHES, "non-breaking hyphen", Change::Dashes("\u{2011}"), TEXT),
    new(DASHES, "minus sign", Change::Dashes("\u{2212}"), TEXT),
    new(DASHES, "small hyphen-minus", Change::Dashes("\u{fe63}"), TEXT),
    new(DASHES, "full-width hyphen-minus", Change::Dashes("\u{ff0d}"), TEXT),
    new(SEPARATORS, "dots", Change::Separators("."), TEXT),
    new(SEPARATORS, "slashes", Change::Separators("/"), TEXT),
    new(SEPARATORS, "underscores", Change::Separators("_"), TEXT),
    new(SEPARATORS, "commas", Change::Separators(","), RUNNING),
    new(SEPARATORS, "middle dots", Change::Separators("\u{b7}"), TEXT),
    new(SEPARATORS, "blanks for dashes", Change::Dashes(" "), TEXT),
    new(SEPARATORS, "dashes for blanks", Change::Blanks("-"), TEXT),
    new(SEPARATORS, "two blanks", Change::Separators("  "), TEXT),
    new(SEPARATORS, "dash between blanks", Change::Separators(" - "), TEXT),
    new(SEPARATORS, "mixed", Change::Value(in_turns), TEXT),
    new(SEPARATORS, "blank between all", Change::Between(" "), TEXT),
    new(SEPARATORS, "dash between all", Change::Between("-"), TEXT),
    new(SEPARATORS, "dot between all", Change::Between("."), TEXT),
    new(INVISIBLE, "zero-width space", Change::Inside("\u{200b}"), TEXT),
    new(INVISIBLE, "zero-width non-joiner", Change::Inside("\u{200c}"), TEXT),
    new(INVISIBLE, "zero-width joiner", Change::Inside("\u{200d}"), TEXT),
    new(INVISIBLE, "word joiner", Change::Inside("\u{2060}"), TEXT),
    new(INVISIBLE, "soft hyphen", Change::Inside("\u{ad}"), TEXT),
    new(INVISIBLE, "byte order mark", Change::Inside("\u{feff}"), TEXT),
    new(INVISIBLE, "left-to-right mark", Change::Inside("\u{200e}"), TEXT),
    new(INVISIBLE, "zero-width space between all", Change::Among("\u{200b}"), TEXT),
    new(LINES, "LF for a separator", Change::Separator("\n"), TYPED),
    new(LINES, "CRLF for a separator", Change::Separator("\r\n"), TYPED),
    new(LINES, "LF behind a blank", Change::Separator(" \n"), TYPED),
    new(LINES, "LF and a quoted reply's mark", Change::Separator("\n> "), TYPED),
    new(LINES, "CRLF and two of those marks", Change::Separator("\r\n>> "), TYPED),
    new(LINES, "LF within a group", Change::Inside("\n"), TYPED),
    new(LINES, "CRLF within a group", Change::Inside("\r\n"), TYPED),
    new(LINES, "LF and a mark within a group", Change::Inside("\n> "), TYPED),
    new(HTML, "`&nbsp;`", Change::Blanks("&nbsp;"), MARKED_UP),
    new(HTML, "`&#160;`", Change::Blanks("&#160;"), MARKED_UP),
    new(HTML, "`&#x20;`", Change::Blanks("&#x20;"), MARKED_UP),
    new(HTML, "`&ndash;`", Change::Dashes("&ndash;"), MARKED_UP),
    new(HTML, "`&shy;`", Change::Inside("&shy;"), MARKED_UP),
    new(HTML, "digits in decimal", Change::Digits(|c| format!("&#{};", u32::from(c))), MARKED_UP),
    new(
        HTML,
        "digits in hexadecimal",
        Change::Digits(|c| format!("&#x{:x};", u32::from(c))),
        MARKED_UP,
    ),
    new(HTML, "`<b>` around a group", Change::Value(bold_group), MARKED_UP),
    new(HTML, "`<wbr>` in the middle", Change::Value(break_tag), MARKED_UP),
    new(HTML, "`<span>` around all pairs", Change::Value(spans), MARKED_UP),
    new(PERCENT, "separators in percent", Change::Value(percent_separators), ADDRESSES),
    new(
        PERCENT,
        "digits in percent",
        Change::Digits(|c| format!("%{:02X}", u32::from(c))),
        ADDRESSES,
    ),
    new(JSON, "digits as `\\u`", Change::Digits(|c| format!("\\u{:04x}", u32::from(c))), OBJECTS),
    new(JSON, "separators as `\\u`", Change::Value(json_separators), OBJECTS),
    new(BACKSLASH, "before separators", Change::Value(backslashes), RUNNING),
    new(QUOTED, "soft line break", Change::Inside("=\r\n"), MAILS),
    new(QUOTED, "blanks as `=20`", Change::Blanks("=20"), MAILS),
    new(QUOTED, "digits as `=34`", Change::Digits(|c| format!("={:02X}", u32::from(c))), MAILS),
    new(
        BASE64,
        "the value",
        Change::Encoded(|v| encode::base64(v.as_bytes(), encode::STANDARD)),
        TEXT,
    ),
    whole(BASE64, "the document", |text, span| in_base64("", text, span, None)),
    whole(BASE64, "the document, lines of 76", |text, span| {
        in_base64("", text, span, Some("\r\n"))
    }),
    whole(BASE64, "a mail's body", |text, span| in_base64(MAIL, text, span, Some("\r\n"))),
    whole(BASE64, "the document, URL-safe", |text, span| {
        encoded("", text, span, encode::URL_SAFE, None)
    }),
    whole(UNITS, "UTF-8 with mark", |text, span| Planted {
        bytes: format!("{MARK}{text}").into_bytes(),
        span: span.start + MARK.len()..span.end + MARK.len(),
        inner: None,
    }),
    whole(UNITS, "UTF-16 LE", |text, span| in_units(text, span, Unit::Utf16Le, "")),
    whole(UNITS, "UTF-16 BE", |text, span| in_units(text, span, Unit::Utf16Be, "")),
    whole(UNITS, "UTF-16 LE with mark", |text, span| in_units(text, span, Unit::Utf16Le, MARK)),
    whole(UNITS, "UTF-16 BE with mark", |text, span| in_units(text, span, Unit::Utf16Be, MARK)),
    whole(UNITS, "UTF-32 LE", |text, span| in_units(text, span, Unit::Utf32Le, "")),
    whole(UNITS, "UTF-32 BE", |text, span| in_units(text, span, Unit::Utf32Be, "")),
    whole(UNITS, "UTF-32 LE with mark", |text, span| in_units(text, span, Unit::Utf32Le, MARK)),
    whole(UNITS, "UTF-32 BE with mark", |text, span| in_units(text, span, Unit::Utf32Be, MARK)),
    new(SPELLING, "lower case", Change::Value(|v| Some(v.to_ascii_lowercase())), TEXT),
    new(SPELLING, "mixed case", Change::Value(mixed_case), TEXT),
    new(SPELLING, "O for 0", Change::Value(|v| with_letter(v, '0', 'O')), TEXT),
    new(SPELLING, "l for 1", Change::Value(|v| with_letter(v, '1', 'l')), TEXT),
    new(SPELLING, "I for 1", Change::Value(|v| with_letter(v, '1', 'I')), TEXT),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::grammar::documents;

    fn disguised(name: &str, value: &str) -> Option<String> {
        let disguise = ALL.iter().find(|disguise| disguise.name == name).unwrap();
        disguise.value(value, &mut Random::of(1, &[]))
    }

    fn kept(text: &str) -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect()
    }

    #[test]
    fn names_are_unique_and_homes_exist() {
        let documents = documents().unwrap();
        for (index, disguise) in ALL.iter().enumerate() {
            let name = |other: &&Disguise| other.name == disguise.name;
            assert_eq!(ALL.iter().position(|other| name(&other)), Some(index), "{}", disguise.name);
            for home in disguise.homes {
                assert!(documents.iter().any(|d| d.kind == *home), "{}: {home:?}", disguise.name);
            }
        }
        let scripts = ALL.iter().filter(|disguise| disguise.group == SCRIPTS).count();
        assert!(scripts >= 8);
    }

    #[test]
    fn separators_and_what_nobody_sees_leave_letters_and_digits_alone() {
        let value = "DE89 3704-0044 0532";
        for disguise in ALL {
            if [BLANKS, DASHES, SEPARATORS, INVISIBLE, LINES, BACKSLASH].contains(&disguise.group) {
                let disguised = disguise.value(value, &mut Random::of(1, &[])).unwrap();
                assert_ne!(disguised, value, "{}", disguise.name);
                assert_eq!(kept(&disguised), kept(value), "{}", disguise.name);
            }
        }
    }

    #[test]
    fn digits_of_other_scripts_have_the_same_worth() {
        for disguise in ALL {
            let Change::Script(zero) = disguise.change else { continue };
            let disguised = disguise.value("A 0123456789", &mut Random::of(1, &[])).unwrap();
            let digits: Vec<u32> =
                disguised.chars().skip(2).map(|c| c as u32 - zero as u32).collect();
            assert_eq!(digits, (0..10).collect::<Vec<u32>>(), "{}", disguise.name);
            assert!(disguised.starts_with("A "), "{}", disguise.name);
        }
        assert_eq!(
            disguised("full width, letters too", "D4 7").as_deref(),
            Some("\u{ff24}\u{ff14} \u{ff17}")
        );
    }

    #[test]
    fn escapes_are_those_of_their_syntax() {
        let cases = [
            ("`&nbsp;`", "41 11", "41&nbsp;11"),
            ("digits in decimal", "4-1", "&#52;-&#49;"),
            ("digits in hexadecimal", "4-1", "&#x34;-&#x31;"),
            ("`<b>` around a group", "41 11", "<b>41</b> 11"),
            ("`<b>` around a group", "4111", "<b>41</b>11"),
            ("`<wbr>` in the middle", "41 11", "41<wbr> 11"),
            (
                "`<span>` around all pairs",
                "41 11 2",
                "<span>41</span> <span>11</span> <span>2</span>",
            ),
            ("separators in percent", "4 1-1", "4%201%2D1"),
            ("digits in percent", "41", "%34%31"),
            ("digits as `\\u`", "4", "\\u0034"),
            ("separators as `\\u`", "4 1-1", "4\\u00a01\\u002d1"),
            ("before separators", "4-1 1", "4\\-1\\ 1"),
            ("digits as `=34`", "4", "=34"),
            ("blanks as `=20`", "4 1", "4=201"),
            ("soft line break", "41", "4=\r\n1"),
            ("the value", "foobar", "Zm9vYmFy"),
            ("mixed", "41 11 22 33", "41 11-22.33"),
            ("dots", "41-1 / 22", "41.1.22"),
            ("blank between all", "41-1", "4 1 1"),
            ("zero-width space between all", "41-1", "4\u{200b}1-1"),
            ("mixed case", "DE8A", "dE8A"),
            ("O for 0", "4070", "4O7O"),
            ("LF and a quoted reply's mark", "41 11", "41\n> 11"),
        ];
        for (name, value, expected) in cases {
            assert_eq!(disguised(name, value).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_changes_nothing_is_no_disguise() {
        assert_eq!(disguised("en dash", "41 11"), None);
        assert_eq!(disguised("O for 0", "4111"), None);
        assert_eq!(disguised("mixed case", "4111"), None);
        assert_eq!(disguised("thin space", "P<UTO 1"), None);
        assert_eq!(disguised("LF for a separator", "4111"), None);
        assert_eq!(disguised("mixed", "41 11"), None);
        assert_eq!(disguised("dashes for blanks", "41 / 11"), None);
        assert_eq!(disguised("as written", "P<UTO 1").as_deref(), Some("P<UTO 1"));
    }

    #[test]
    fn a_document_keeps_its_number_where_the_span_says() {
        let (text, span) = ("grüße: 4111 1111, 7", 9..18);
        for disguise in ALL {
            let Change::Document(encode) = disguise.change else { continue };
            let Planted { bytes, span: at, inner } = encode(text, &span);
            let stretch = &bytes[at];
            match disguise.group {
                BASE64 => {
                    let plain = encode::base64(&text.as_bytes()[9..18], encode::STANDARD);
                    assert_eq!(stretch, plain.as_bytes(), "{}", disguise.name);
                    assert_eq!(inner, Some(span.clone()));
                }
                _ => {
                    let ascii: Vec<u8> = stretch.iter().copied().filter(|b| *b != 0).collect();
                    assert_eq!(ascii, b"4111 1111", "{}", disguise.name);
                    assert_eq!(inner, None);
                }
            }
        }
    }
}
