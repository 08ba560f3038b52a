//! The identifiers and terms that every engine is asked for, and what came of a scan.

use crate::checks::{self, Check};

/// Bytes of the longest value, without its separators.
const LONGEST: usize = 96;
/// Bytes before an address's domain in which its `@` stands.
const ADDRESS: usize = 256;

/// An identifier: how it is written, and what makes a value valid.
#[derive(Debug)]
pub struct Id {
    /// What reports call it.
    pub name: String,
    /// A regular expression over ASCII, in what the engines' notations have in common.
    pub pattern: String,
    /// The groups that its digits come in, one list for each way to write it.
    pub groups: Vec<Vec<usize>>,
    /// What tells where a value ends that was found by its end.
    extent: Extent,
    check: Check,
}

/// How much of the text before its end belongs to a value.
#[derive(Clone, Copy, Debug)]
enum Extent {
    /// So many letters and digits.
    Of(usize),
    /// As many as its country gives it.
    Country,
    /// What stands around an `@`.
    Address,
}

/// What a scan came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Valid values, for each identifier that was asked for.
    pub ids: Vec<u64>,
    /// Terms.
    pub terms: u64,
    /// What the engine finds by definitions of its own.
    pub own: u64,
}

impl Tally {
    /// Returns a tally with a place for each of so many identifiers.
    pub fn of(ids: usize) -> Tally {
        Tally { ids: vec![0; ids], ..Tally::default() }
    }

    /// Counts one more value of an identifier.
    pub fn add(&mut self, id: usize) {
        if let Some(count) = self.ids.get_mut(id) {
            *count += 1;
        }
    }

    /// Returns everything together.
    pub fn total(&self) -> u64 {
        self.ids.iter().sum::<u64>() + self.terms + self.own
    }
}

impl Id {
    /// Tells whether what its regular expression found is valid. Of an IBAN, the letters of the next
    /// word may have been taken for its end.
    pub fn holds(&self, value: &[u8]) -> bool {
        let mut kept = [0; LONGEST];
        let significant = value.iter().filter(|byte| !is_filler(**byte));
        let length = kept.iter_mut().zip(significant).map(|(slot, byte)| *slot = *byte).count();
        let kept = kept.get(..length).unwrap_or_default();
        match self.extent {
            Extent::Address => true,
            Extent::Of(length) => kept.len() == length && (self.check)(kept),
            Extent::Country => {
                let length = kept.first_chunk().and_then(|country| checks::iban_length(*country));
                length.and_then(|length| kept.get(..length)).is_some_and(self.check)
            }
        }
    }

    /// Tells whether digits, in groups that it is written in, are a valid value.
    pub fn holds_digits(&self, digits: &[u8]) -> bool {
        (self.check)(digits)
    }

    /// Returns where the valid value begins that ends before `end`, `None` where there is none. This is
    /// what an engine has to do that tells where a match ends and not where it begins.
    pub fn ending_at(&self, bytes: &[u8], end: usize) -> Option<usize> {
        let before = bytes.get(..end)?;
        match self.extent {
            Extent::Address => {
                let nearby = before.len().saturating_sub(ADDRESS);
                before.get(nearby..)?.iter().rposition(|byte| *byte == b'@').map(|at| nearby + at)
            }
            Extent::Of(length) => {
                self.backwards(before, |kept| (kept.len() == length).then(|| (self.check)(kept)))
            }
            Extent::Country => self.backwards(before, |kept| {
                let length =
                    kept.first_chunk().and_then(|country| checks::iban_length(*country))?;
                (length == kept.len() && (self.check)(kept)).then_some(true)
            }),
        }
    }

    /// Takes letters and digits from the end on until `verdict` has one, or something else stands there.
    fn backwards(&self, before: &[u8], verdict: impl Fn(&[u8]) -> Option<bool>) -> Option<usize> {
        let mut kept = [0; LONGEST];
        let mut first = LONGEST;
        for (at, byte) in before.iter().enumerate().rev() {
            if is_filler(*byte) {
                continue;
            }
            if !byte.is_ascii_alphanumeric() && *byte != b'<' {
                break;
            }
            first = first.checked_sub(1)?;
            *kept.get_mut(first)? = *byte;
            if let Some(is_valid) = verdict(kept.get(first..)?) {
                return is_valid.then_some(at);
            }
        }
        None
    }
}

/// Reads the identifiers from their file.
///
/// # Errors
///
/// Names the first line that cannot be read, or that names an identifier without a check.
pub fn parse_ids(text: &str) -> Result<Vec<Id>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let ids = lines.map(|(index, line)| {
        parse_id(line).ok_or_else(|| format!("identifiers, line {}: cannot be read", index + 1))
    });
    ids.collect()
}

/// Reads terms, one to a line, in small letters.
///
/// # Errors
///
/// Names the first line that has something else in it than letters and single blanks.
pub fn parse_terms(text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let terms = lines.map(|(index, line)| {
        let words = line.split(' ');
        let is_plain =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        match words.clone().all(is_plain) {
            true => Ok(line.to_ascii_lowercase()),
            false => Err(format!("terms, line {}: only letters and single blanks", index + 1)),
        }
    });
    terms.collect()
}

/// Tells whether a term or value has no letter, digit or `_` of ASCII on either side: what `\b` asks for.
pub fn is_word(bytes: &[u8], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| bytes.get(at));
    !before.is_some_and(is_word_byte) && !bytes.get(to).is_some_and(is_word_byte)
}

/// Tells whether `\w` stands for a byte.
pub fn is_word_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}

/// Tells whether a byte may stand between the groups of a number.
pub fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/')
}

/// Tells whether a byte stands between letters and digits of a value that has several groups or lines.
fn is_filler(byte: u8) -> bool {
    is_separator(byte) || matches!(byte, b'\r' | b'\n')
}

/// Reads a line: name, length, groups, pattern (which may have blanks in it).
fn parse_id(line: &str) -> Option<Id> {
    let (name, rest) = line.split_once(' ')?;
    let (length, rest) = rest.trim_start().split_once(' ')?;
    let (groups, pattern) = rest.trim_start().split_once(' ')?;
    let extent = match (name, length.parse()) {
        (_, Ok(length)) => Extent::Of(length),
        ("iban", _) => Extent::Country,
        ("email", _) => Extent::Address,
        _ => return None,
    };
    let (name, pattern) = (name.to_owned(), pattern.trim().to_owned());
    let check = checks::check_of(&name)?;
    Some(Id { name, pattern, groups: parse_groups(groups)?, extent, check })
}

fn parse_groups(text: &str) -> Option<Vec<Vec<usize>>> {
    if text == "-" {
        return Some(Vec::new());
    }
    text.split('|').map(|way| way.split('+').map(|group| group.parse().ok()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Vec<Id> {
        parse_ids(crate::IDS).unwrap()
    }

    fn id(name: &str) -> Id {
        ids().into_iter().find(|id| id.name == name).unwrap()
    }

    #[test]
    fn the_lists_are_whole() {
        let (ids, terms) = (ids(), parse_terms(crate::TERMS).unwrap());
        assert_eq!((ids.len(), terms.len()), (27, 2000));
        assert!(ids.iter().all(|id| !id.pattern.is_empty()));
        let grouped = ids.iter().filter(|id| !id.groups.is_empty()).count();
        assert_eq!(grouped, 19);
        assert!(terms.windows(2).all(|pair| pair[0] < pair[1]), "sorted, and none twice");
    }

    #[test]
    fn a_value_is_checked_without_its_separators() {
        assert!(id("card.visa").holds(b"4111-1111 11111111"));
        assert!(!id("card.visa").holds(b"4111-1111 11111112"));
        assert!(id("iban").holds(b"GB29 NWBK 6016 1331 9268 19 AND"));
        assert!(!id("iban").holds(b"ZZ29 NWBK 6016 1331 9268 19"));
        assert!(id("email").holds(b"a@b.example"));
    }

    #[test]
    fn a_value_is_found_by_its_end() {
        let text = b"to 4111 1111 1111 1111, GB29NWBK60161331926819 or a@b.example";
        assert_eq!(id("card.visa").ending_at(text, 22), Some(3));
        assert_eq!(id("card.visa").ending_at(text, 21), None);
        assert_eq!(id("iban").ending_at(text, 46), Some(24));
        assert_eq!(id("email").ending_at(text, text.len()), Some(51));
        assert_eq!(id("email").ending_at(text, 40), None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let unknown = parse_ids("# head\nno.such 3 3 a\n").unwrap_err();
        assert_eq!(unknown, "identifiers, line 2: cannot be read");
        assert!(parse_terms("two  blanks").unwrap_err().contains("line 1"));
        assert_eq!(parse_terms("# head\nAsthma\n").unwrap(), ["asthma"]);
    }

    #[test]
    fn a_tally_adds_up() {
        let mut tally = Tally { terms: 2, own: 1, ..Tally::of(2) };
        tally.add(1);
        tally.add(9);
        assert_eq!((tally.ids.as_slice(), tally.total()), ([0, 1].as_slice(), 4));
    }
}
