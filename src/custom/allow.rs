//! What is found and allowed all the same: values, beginnings of values, paths of payloads.

use std::sync::Arc;

use toml::Spanned;

use crate::config::Source;
use crate::error::BuildError;
use crate::finding::Category;
use crate::fingerprint::Fingerprint;

/// One allow-list as it is written: for the detectors and categories that it names, and no others.
#[derive(Clone, Debug)]
pub(crate) struct Allow {
    pub(super) source: Source,
    pub(super) detectors: Vec<Spanned<String>>,
    pub(super) categories: Vec<Category>,
    /// Digests under the scanner's key, and where they are written.
    pub(super) values: Spanned<Vec<[u8; 32]>>,
    pub(super) plain_values: Vec<String>,
    pub(super) prefixes: Vec<String>,
    pub(super) paths: Vec<String>,
}

/// Whether a pattern, which may end in `*`, names an id.
type Names = fn(&str, &str) -> bool;

impl Allow {
    /// Checks that every detector it names exists, and that there is a key for its digests.
    pub(crate) fn check(
        &self,
        known: &[&str],
        names: Names,
        has_key: bool,
    ) -> Result<(), BuildError> {
        let stray =
            |pattern: &&Spanned<String>| !known.iter().any(|id| names(pattern.as_ref(), id));
        if let Some(pattern) = self.detectors.iter().find(stray) {
            return Err(self.source.unknown("detector", pattern, known.iter().copied()));
        }
        if !has_key && !self.values.get_ref().is_empty() {
            let message = "digests are compared under the scanner's key, and it has none";
            return Err(self.source.conflict(self.values.span(), message));
        }
        Ok(())
    }

    fn names(&self, names: Names, id: &str, category: Category) -> bool {
        let named = |pattern: &Spanned<String>| names(pattern.as_ref(), id);
        self.categories.contains(&category) || self.detectors.iter().any(named)
    }
}

/// The allow-lists of a scanner, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowed {
    all: Vec<Arc<List>>,
    /// Those that hold for the payload: at first the ones that name no path.
    holding: Vec<Arc<List>>,
}

#[derive(Debug)]
struct List {
    /// For each definition whether the list speaks of it.
    named: Vec<bool>,
    /// Sorted.
    digests: Vec<[u8; 32]>,
    /// Written values as they are and as letters and digits only; sorted.
    values: Vec<Vec<u8>>,
    prefixes: Vec<Vec<u8>>,
    paths: Vec<String>,
}

impl Allowed {
    /// Binds allow-lists to the definitions, ids with categories, by whose index findings will come.
    pub(crate) fn new(lists: &[Allow], definitions: &[(&str, Category)], names: Names) -> Allowed {
        let bind = |list: &Allow| {
            let named = definitions.iter().map(|(id, category)| list.names(names, id, *category));
            let mut digests = list.values.get_ref().clone();
            digests.sort_unstable();
            let mut values = spellings(&list.plain_values);
            values.sort();
            Arc::new(List {
                named: named.collect(),
                digests,
                values,
                prefixes: spellings(&list.prefixes),
                paths: list.paths.clone(),
            })
        };
        let all: Vec<Arc<List>> = lists.iter().map(bind).collect();
        let holding = all.iter().filter(|list| list.paths.is_empty()).cloned().collect();
        Allowed { all, holding }
    }

    /// Returns the lists that hold for a payload of this path; `None` where no list names any path.
    pub(crate) fn for_path(&self, path: &str) -> Option<Allowed> {
        self.all.iter().any(|list| !list.paths.is_empty()).then(|| {
            let holds = |list: &&Arc<List>| {
                list.paths.is_empty() || list.paths.iter().any(|pattern| fits(pattern, path))
            };
            let holding = self.all.iter().filter(holds).cloned().collect();
            Allowed { all: self.all.clone(), holding }
        })
    }

    /// Hands on what the lists that hold allow.
    pub(crate) fn fingerprint(&self, print: &mut Fingerprint) {
        print.number(self.holding.len() as u64);
        for list in &self.holding {
            print.bytes(&list.named.iter().map(|named| u8::from(*named)).collect::<Vec<u8>>());
            print.texts(&list.digests);
            print.texts(&list.values);
            print.texts(&list.prefixes);
        }
    }

    /// Returns whether a finding is allowed: by its definition, its value and the value's digest.
    pub(crate) fn allows(&self, definition: u16, value: &[u8], digest: &[u8; 32]) -> bool {
        self.holding.iter().any(|list| list.allows(usize::from(definition), value, digest))
    }
}

impl List {
    fn allows(&self, definition: usize, value: &[u8], digest: &[u8; 32]) -> bool {
        self.named.get(definition) == Some(&true)
            && (self.allows_all()
                || self.digests.binary_search(digest).is_ok()
                || self.values.binary_search_by(|known| known.as_slice().cmp(value)).is_ok()
                || self.prefixes.iter().any(|prefix| value.starts_with(prefix)))
    }

    /// A list of paths only.
    fn allows_all(&self) -> bool {
        self.digests.is_empty() && self.values.is_empty() && self.prefixes.is_empty()
    }
}

/// Returns texts as they are written, and as they are compared where a detector knows what of a value
/// counts: letters and digits, in capitals.
fn spellings(texts: &[String]) -> Vec<Vec<u8>> {
    let significant = |text: &String| {
        let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
        kept.map(|byte| byte.to_ascii_uppercase()).collect::<Vec<u8>>()
    };
    let both = texts.iter().flat_map(|text| [text.clone().into_bytes(), significant(text)]);
    let mut both: Vec<Vec<u8>> = both.filter(|text| !text.is_empty()).collect();
    both.dedup();
    both
}

/// A part of a pattern for paths.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `**`: any characters.
    Across,
    /// `*`: any characters of one name.
    Run,
    /// `?`: one character of a name.
    One,
    Byte(u8),
}

/// Returns whether a pattern fits a whole path. One that climbs with `..` fits none: what it leads to is
/// not what it begins with.
fn fits(pattern: &str, path: &str) -> bool {
    let path = path.replace('\\', "/");
    if path.split('/').any(|name| name == "..") {
        return false;
    }
    let parts = parts(pattern);
    let mut places = vec![false; parts.len() + 1];
    places.first_mut().into_iter().for_each(|first| *first = true);
    skip_runs(&parts, &mut places);
    for byte in path.bytes() {
        places = step(&parts, &places, byte);
        skip_runs(&parts, &mut places);
    }
    places.last() == Some(&true)
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut rest = pattern.as_bytes();
    let mut parts = Vec::new();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        parts.push(match (first, rest.strip_prefix(b"*")) {
            (b'*', Some(behind)) => {
                rest = behind;
                Part::Across
            }
            (b'*', None) => Part::Run,
            (b'?', _) => Part::One,
            (byte, _) => Part::Byte(*byte),
        });
    }
    parts
}

/// Returns the places in a pattern that one more byte of the path leads to.
fn step(parts: &[Part], places: &[bool], byte: u8) -> Vec<bool> {
    let mut next = vec![false; places.len()];
    for (at, part) in parts.iter().enumerate().filter(|(at, _)| places.get(*at) == Some(&true)) {
        let to = match part {
            Part::Across => Some(at),
            Part::Run => Some(at).filter(|_| byte != b'/'),
            Part::One => Some(at + 1).filter(|_| byte != b'/'),
            Part::Byte(own) => Some(at + 1).filter(|_| *own == byte),
        };
        to.and_then(|to| next.get_mut(to)).into_iter().for_each(|place| *place = true);
    }
    next
}

/// Steps over what may match nothing.
fn skip_runs(parts: &[Part], places: &mut [bool]) {
    for (at, part) in parts.iter().enumerate() {
        let may_skip = matches!(part, Part::Across | Part::Run) && places.get(at) == Some(&true);
        let next = places.get_mut(at + 1).filter(|_| may_skip);
        next.into_iter().for_each(|place| *place = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_paths() {
        let fitting = [
            ("fixtures/**", "fixtures/a/b.csv"),
            ("fixtures/*.csv", "fixtures/b.csv"),
            ("**.csv", "a/b.csv"),
            ("a?c", "abc"),
            ("a/**/d", "a/b/c/d"),
            ("fixtures/**", "fixtures\\b.csv"),
        ];
        for (pattern, path) in fitting {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        let others = [
            ("fixtures/*", "fixtures/a/b.csv"),
            ("fixtures/**", "other/fixtures/a"),
            ("fixtures/**", "fixtures/../secret"),
            ("a?c", "a/c"),
            ("*.csv", "b.csv.zip"),
            ("", "a"),
        ];
        for (pattern, path) in others {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn hostile_patterns_take_no_longer() {
        let pattern = "*a".repeat(200);
        assert!(!fits(&pattern, &"a".repeat(199)));
        assert!(fits(&pattern, &"a".repeat(200)));
    }
}
