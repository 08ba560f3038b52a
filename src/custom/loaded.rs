//! Customers' definitions in TOML, each with what it names read from beside it.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use toml::Spanned;

use super::allow::Allow;
use super::checksum::{self, Checksum};
use super::dictionary::{self, Dictionary};
use super::exact::{ExactTable, Kinds, LONGEST_VALUE, Normal, SHORTEST_VALUE, kind_of};
use super::pattern::Pattern;
use super::{CustomDetector, Kind};
use crate::config::{Names, Source, Table};
use crate::error::{BuildError, BuildErrorKind};
use crate::finding::{Category, Confidence};

/// Where the files that a text names are looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Base<'p> {
    /// Nowhere: a text may name none.
    Nowhere,
    /// Beside the file that the text comes from.
    Folder(&'p Path),
}

/// What a text defines.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) detectors: Vec<CustomDetector>,
    pub(crate) allows: Vec<Allow>,
}

/// Bytes before and behind a match in which a keyword may count at the most; further words are not
/// looked for around every match.
const WIDEST_WINDOW: u64 = 120;
/// Characters of the longest id.
const LONGEST_ID: usize = 100;
/// Characters of the shortest prefix that an allow-list may name.
const SHORTEST_PREFIX: usize = 4;

impl Loaded {
    /// Reads definitions; `name` is what errors call the text.
    ///
    /// # Errors
    ///
    /// Text that is not TOML; a key, category or checksum that does not exist; a pattern, list or table
    /// that cannot be used; a sample that is not as it should be: each with its place.
    pub(crate) fn read(text: &str, name: &str, base: Base<'_>) -> Result<Loaded, BuildError> {
        let source = Source::new(name, text);
        let mut root = Table::parse(&source, &["detector", "dictionary", "exact", "allow"])?;
        let mut detectors = root.tables("detector", &DETECTOR_KEYS, detector)?;
        detectors.extend(root.tables("dictionary", &DICTIONARY_KEYS, |t| dictionary(t, base))?);
        detectors.extend(root.tables("exact", &EXACT_KEYS, |table| exact(table, base))?);
        let allows = root.tables("allow", &ALLOW_KEYS, allow)?;
        if detectors.is_empty() && allows.is_empty() {
            let message = "nothing is defined: write [[detector]], [[dictionary]], [[exact]] or \
                           [[allow]]";
            return Err(source.conflict(0..0, message));
        }
        Ok(Loaded { detectors, allows })
    }
}

fn detector(mut table: Table<'_>) -> Result<CustomDetector, BuildError> {
    let written = table.required_string("pattern")?;
    let checksum = table.string("checksum")?;
    let checksum = checksum.map(|name| find_checksum(table.source, &name)).transpose()?;
    let pattern = Pattern {
        source: written.get_ref().clone(),
        ignore_case: table.switch("ignore_case")?.unwrap_or(false),
        checksum,
        skip: usize::from(small(&mut table, "checksum_skip", 100)?.unwrap_or(0)),
    };
    let mut detector = common(&mut table, Kind::Pattern(pattern))?;
    detector.valid = texts(table.names("valid")?);
    detector.invalid = texts(table.names("invalid")?);
    detector.check().map_err(|error| table.source.place(error, written.span()))?;
    Ok(detector)
}

fn find_checksum(source: &Source, name: &Spanned<String>) -> Result<&'static Checksum, BuildError> {
    let known = checksum::ALL.iter().map(|checksum| checksum.name);
    let found = checksum::ALL.iter().find(|checksum| checksum.name == name.get_ref());
    found.ok_or_else(|| source.unknown("checksum", name, known))
}

fn dictionary(mut table: Table<'_>, base: Base<'_>) -> Result<CustomDetector, BuildError> {
    let (file, terms) = (table.string("file")?, table.names("terms")?);
    let terms = match (file, terms) {
        (Some(file), None) => terms_of(table.source, &file, base)?,
        (None, Some(terms)) => inline_terms(table.source, terms)?,
        _ => {
            let message = "a dictionary has either \"file\" or \"terms\"";
            return Err(table.source.conflict(table.span.clone(), message));
        }
    };
    let dictionary = Dictionary {
        terms,
        whole_words: table.switch("whole_words")?.unwrap_or(true),
        ignore_case: table.switch("ignore_case")?.unwrap_or(true),
    };
    let detector = common(&mut table, Kind::Dictionary(Arc::new(dictionary)))?;
    detector.check().map_err(|error| table.source.place(error, table.span.clone()))?;
    Ok(detector)
}

fn inline_terms(source: &Source, terms: Names) -> Result<Vec<String>, BuildError> {
    let check = |term: Spanned<String>| match dictionary::refusal(term.get_ref()) {
        Some(why) => Err(source.conflict(term.span(), format!("the term {why}"))),
        None => Ok(term.into_inner()),
    };
    terms.into_inner().into_iter().map(check).collect()
}

/// Returns the lines of a list; empty ones and those that begin with `#` are none.
fn terms_of(
    source: &Source,
    file: &Spanned<String>,
    base: Base<'_>,
) -> Result<Vec<String>, BuildError> {
    let text = String::from_utf8(read(source, file, base)?)
        .map_err(|_| source.conflict(file.span(), "the list is not UTF-8; convert it"))?;
    let list = Source::new(file.get_ref(), &text);
    let check = |(range, line): (Range<usize>, &str)| match dictionary::refusal(line) {
        Some(why) => Err(list.conflict(range, format!("the term {why}"))),
        None => Ok(line.to_owned()),
    };
    lines(&text).map(check).collect()
}

/// Iterates over the lines that say something, each with its place.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let at = start;
        start += line.len() + 1;
        let line = line.trim();
        (!line.is_empty() && !line.starts_with('#')).then_some((at..at, line))
    })
}

fn exact(mut table: Table<'_>, base: Base<'_>) -> Result<CustomDetector, BuildError> {
    let file = table.required_string("file")?;
    let bytes = read(table.source, &file, base)?;
    let rows = if ExactTable::is_table(&bytes) {
        if let Some(key) = SHAPE_KEYS.iter().find(|key| table.take(key).is_some()) {
            let message = format!("the table says by itself what {key:?} is; leave it out");
            return Err(table.source.conflict(table.span.clone(), message));
        }
        ExactTable::read(&bytes).map_err(|error| table.source.place(error, file.span()))?
    } else {
        let digests = digests(&file, bytes)?;
        let (normal, kinds) = shape(&mut table)?;
        ExactTable::of_digests(digests, normal, kinds)
    };
    common(&mut table, Kind::Exact(Arc::new(rows)))
}

/// Returns the digests of a plain list, one a line in hexadecimal.
fn digests(file: &Spanned<String>, bytes: Vec<u8>) -> Result<Vec<[u8; 32]>, BuildError> {
    let text = String::from_utf8(bytes).unwrap_or_default();
    let list = Source::new(file.get_ref(), &text);
    let read = |(range, line)| {
        digest(line).ok_or_else(|| {
            list.conflict(range, "a digest has 64 hexadecimal digits; hmac-sha256: may precede it")
        })
    };
    let digests: Vec<[u8; 32]> = lines(&text).map(read).collect::<Result<_, _>>()?;
    match digests.is_empty() {
        true => Err(list.conflict(0..0, "the file holds neither a table nor digests")),
        false => Ok(digests),
    }
}

/// Reads a digest as findings spell it, or without what precedes it there.
fn digest(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix("hmac-sha256:").unwrap_or(text);
    let nibble = |c: char| c.to_digit(16).map(|nibble| nibble as u8);
    let nibbles: Vec<u8> = digits.chars().map(nibble).collect::<Option<_>>()?;
    let (pairs, rest) = nibbles.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    bytes.try_into().ok().filter(|_| rest.is_empty())
}

/// Reads what the values of a plain list look like.
fn shape(table: &mut Table<'_>) -> Result<(Normal, Kinds), BuildError> {
    let mut normal = Normal::default();
    if let Some(dropped) = table.string("drop")? {
        let dropped = (dropped.span(), normal.clone().with_dropped(dropped.get_ref()));
        normal = dropped.1.map_err(|why| table.source.conflict(dropped.0, why))?;
    }
    normal.ignore_case = table.switch("ignore_case")?.unwrap_or(true);
    let characters = table.required_string("characters")?;
    let kind = CHARACTERS.iter().find(|(name, _)| name == characters.get_ref());
    let known = CHARACTERS.iter().map(|(name, _)| *name);
    let kind = kind.ok_or_else(|| table.source.unknown("kind", &characters, known))?.1;
    let lengths = table.counts("lengths")?.ok_or_else(|| table.missing("lengths"))?;
    let mut kinds = [0; LONGEST_VALUE + 1];
    for length in lengths.get_ref() {
        let allowed = usize::try_from(*length).ok().filter(|length| *length >= SHORTEST_VALUE);
        let Some(place) = allowed.and_then(|length| kinds.get_mut(length)) else {
            let message = format!("lengths are {SHORTEST_VALUE} to {LONGEST_VALUE} characters");
            return Err(table.source.conflict(lengths.span(), message));
        };
        *place = kind;
    }
    Ok((normal, kinds))
}

/// What values consist of, as the kinds of a table.
static CHARACTERS: [(&str, u8); 4] = [
    ("digits", kind_of(true, false)),
    ("letters", kind_of(false, true)),
    ("letters-and-digits", kind_of(true, true)),
    ("any", kind_of(true, false) | kind_of(false, true) | kind_of(true, true)),
];

fn allow(mut table: Table<'_>) -> Result<Allow, BuildError> {
    let source = table.source;
    let (detectors, categories) = (table.names("detectors")?, table.names("categories")?);
    let (values, plain) = (table.names("values")?, table.names("plain_values")?);
    let (prefixes, paths) = (table.names("prefixes")?, table.names("paths")?);
    if detectors.is_none() && categories.is_none() {
        let message = "an allow-list names its \"detectors\" or \"categories\"";
        return Err(source.conflict(table.span.clone(), message));
    }
    if values.is_none() && plain.is_none() && prefixes.is_none() && paths.is_none() {
        let message = "an allow-list needs \"values\", \"plain_values\", \"prefixes\" or \"paths\"";
        return Err(source.conflict(table.span.clone(), message));
    }
    let categories = categories.into_iter().flat_map(Spanned::into_inner);
    Ok(Allow {
        source: source.clone(),
        detectors: detectors.map(Spanned::into_inner).unwrap_or_default(),
        categories: categories.map(|name| category(source, &name)).collect::<Result<_, _>>()?,
        values: listed_digests(source, values)?,
        plain_values: listed(source, plain, 1)?,
        prefixes: listed(source, prefixes, SHORTEST_PREFIX)?,
        paths: listed(source, paths, 1)?,
    })
}

fn listed_digests(
    source: &Source,
    values: Option<Names>,
) -> Result<Spanned<Vec<[u8; 32]>>, BuildError> {
    let Some(values) = values else { return Ok(Spanned::new(0..0, Vec::new())) };
    let span = values.span();
    let read = |value: Spanned<String>| {
        digest(value.get_ref()).ok_or_else(|| {
            let message = "a value is written as its digest, hmac-sha256: and 64 hexadecimal \
                           digits; plain ones stand in \"plain_values\"";
            source.conflict(value.span(), message)
        })
    };
    let digests = values.into_inner().into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Spanned::new(span, digests))
}

/// Returns texts of at least so many letters, digits or other characters.
fn listed(
    source: &Source,
    texts: Option<Names>,
    shortest: usize,
) -> Result<Vec<String>, BuildError> {
    let check = |text: Spanned<String>| match text.get_ref().chars().count() >= shortest {
        true => Ok(text.into_inner()),
        false => Err(source.conflict(text.span(), format!("at least {shortest} characters"))),
    };
    texts.into_iter().flat_map(Spanned::into_inner).map(check).collect()
}

/// Reads what every definition has.
fn common(table: &mut Table<'_>, kind: Kind) -> Result<CustomDetector, BuildError> {
    let id = table.required_string("id")?;
    check_id(table.source, &id)?;
    let category = category(table.source, &table.required_string("category")?)?;
    let mut custom = CustomDetector::of(id.get_ref(), category, kind);
    custom.name = table.string("name")?.map(Spanned::into_inner);
    let keywords = texts(table.names("keywords")?);
    custom = custom.with_keywords(keywords.iter().map(String::as_str));
    if let Some(window) = table.counts("window")? {
        custom.window = read_window(table.source, &window)?;
    }
    if let Some(with_keyword) = table.string("with_keyword")? {
        custom.with_keyword = confidence(table.source, &with_keyword)?;
    }
    if let Some(alone) = table.string("alone")? {
        let none = alone.get_ref() == "none";
        if none && custom.keywords.is_empty() {
            let message = "without keywords nothing would ever be found";
            return Err(table.source.conflict(alone.span(), message));
        }
        custom.alone = if none { None } else { Some(confidence(table.source, &alone)?) };
    }
    Ok(custom)
}

fn check_id(source: &Source, id: &Spanned<String>) -> Result<(), BuildError> {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    let text = id.get_ref();
    match !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(allowed) {
        true => Ok(()),
        false => Err(source.conflict(
            id.span(),
            format!("an id is up to {LONGEST_ID} lower-case letters, digits and -_."),
        )),
    }
}

fn category(source: &Source, name: &Spanned<String>) -> Result<Category, BuildError> {
    Category::from_str(name.get_ref()).map_err(|error| source.place(error, name.span()))
}

fn confidence(source: &Source, name: &Spanned<String>) -> Result<Confidence, BuildError> {
    Confidence::from_str(name.get_ref()).map_err(|error| source.place(error, name.span()))
}

fn read_window(source: &Source, window: &Spanned<Vec<u64>>) -> Result<(u16, u16), BuildError> {
    match window.get_ref().as_slice() {
        [before @ ..=WIDEST_WINDOW, after @ ..=WIDEST_WINDOW] => {
            Ok((*before as u16, *after as u16))
        }
        _ => {
            let message = format!("a window is [before, behind], up to {WIDEST_WINDOW} bytes each");
            Err(source.conflict(window.span(), message))
        }
    }
}

/// Takes a number up to a small bound.
fn small(table: &mut Table<'_>, key: &str, most: u8) -> Result<Option<u8>, BuildError> {
    let Some(count) = table.count(key)? else { return Ok(None) };
    let fits = u8::try_from(*count.get_ref()).ok().filter(|count| *count <= most);
    let message = || format!("{key:?} is {most} at the most");
    fits.map(Some).ok_or_else(|| table.source.conflict(count.span(), message()))
}

fn texts(names: Option<Names>) -> Vec<String> {
    names.into_iter().flat_map(Spanned::into_inner).map(Spanned::into_inner).collect()
}

/// Reads a file that a text names.
fn read(source: &Source, file: &Spanned<String>, base: Base<'_>) -> Result<Vec<u8>, BuildError> {
    let Base::Folder(folder) = base else {
        let message = "a text that comes from no file cannot name one; load it from its file";
        return Err(source.conflict(file.span(), message));
    };
    fs::read(folder.join(file.get_ref())).map_err(|error| {
        source.error(BuildErrorKind::Io, file.span(), format!("{:?}: {error}", file.get_ref()))
    })
}

const DETECTOR_KEYS: [&str; 13] = [
    "id",
    "name",
    "category",
    "pattern",
    "ignore_case",
    "checksum",
    "checksum_skip",
    "keywords",
    "window",
    "alone",
    "with_keyword",
    "valid",
    "invalid",
];

const DICTIONARY_KEYS: [&str; 11] = [
    "id",
    "name",
    "category",
    "file",
    "terms",
    "whole_words",
    "ignore_case",
    "keywords",
    "window",
    "alone",
    "with_keyword",
];

const EXACT_KEYS: [&str; 12] = [
    "id",
    "name",
    "category",
    "file",
    "keywords",
    "window",
    "alone",
    "with_keyword",
    "drop",
    "ignore_case",
    "characters",
    "lengths",
];

/// Those of them that a table says by itself.
const SHAPE_KEYS: [&str; 4] = ["drop", "ignore_case", "characters", "lengths"];

const ALLOW_KEYS: [&str; 6] =
    ["detectors", "categories", "values", "plain_values", "prefixes", "paths"];
