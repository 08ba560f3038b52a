//! Lists in which terms stand beside the names of persons.

use std::ops::Range;

use super::subject::last_word;
use super::{Context, Tie};
use crate::finding::Evidence;
use crate::terms::Group;
use crate::terms::language::Languages;
use crate::terms::lexicon::{Hit, Role};

/// Bytes of the longest line of such a list before its term.
const LONGEST_LINE: usize = 96;
/// Words of the longest name.
const MOST_NAMES: usize = 4;
/// Bytes back to the heading of a list.
const HEADING_REACH: usize = 240;
/// Words between a name and its term.
const MOST_BETWEEN: usize = 1;
/// The same under a heading for persons.
const MOST_UNDER_HEADING: usize = 3;
/// Marks that part a name from what is said of it.
const PARTS: &[u8] = b"-:,;|\t(=";

impl Context<'_> {
    /// `Anna Schmidt – Diabetes`: a line that opens with a name, in a list of such lines or under a
    /// heading for persons.
    pub(super) fn listed(&self, hit: Hit, group: Group) -> Option<Tie> {
        let line = self.line_start(hit.start)?;
        let name = self.name_at(line)?;
        let heading = self.heading(line, group);
        let most = if heading.is_some() { MOST_UNDER_HEADING } else { MOST_BETWEEN };
        if !self.parts(name.end..hit.start, most) {
            return None;
        }
        let beside = heading.is_none() && (self.follows_name(line) || self.precedes_name(hit.end));
        let score = match &heading {
            Some(_) => 70,
            None if beside => 60,
            None => return None,
        };
        let mut evidence = vec![Evidence::Subject("list of names".into())];
        evidence.extend(heading.and_then(|heading| self.text(heading)).map(Evidence::Phrase));
        Some(Tie { score, firm: true, languages: Languages::NONE, evidence })
    }

    /// Returns where the line begins that holds `at`; `None` where it is too long for a list.
    fn line_start(&self, at: usize) -> Option<usize> {
        let from = at.saturating_sub(LONGEST_LINE);
        let head = self.haystack.get(from..at)?;
        match memchr::memrchr(b'\n', head) {
            Some(newline) => Some(from + newline + 1),
            // A haystack that begins within a segment begins long before the term.
            None => (from == 0).then_some(0),
        }
    }

    /// Returns the name that a line opens with, behind a number or bullet: a given name and a surname
    /// in either order.
    fn name_at(&self, line: usize) -> Option<Range<usize>> {
        let head = self.haystack.get(line..)?;
        let head = head.get(..LONGEST_LINE.min(head.len()))?;
        let bullet = |b: &&u8| !b.is_ascii_alphabetic() && **b < 0xc3 && **b != b'\n';
        let start = line + head.iter().take_while(bullet).count();
        let mut words: [Range<usize>; MOST_NAMES] = Default::default();
        let (mut at, mut count) = (start, 0);
        for slot in &mut words {
            let word = at..at + self.word_width(at);
            if !self.is_capitalised(&word) {
                break;
            }
            at = word.end;
            *slot = word;
            count += 1;
            match self.haystack.get(at..).unwrap_or_default() {
                [b' ', ..] => at += 1,
                [b',', b' ', ..] if count == 1 => at += 2,
                _ => break,
            }
        }
        let words = words.get(..count).filter(|words| words.len() >= 2)?;
        let end = words.last()?.end;
        words.iter().any(|word| self.is_given_name(word)).then_some(start..end)
    }

    fn is_given_name(&self, word: &Range<usize>) -> bool {
        let text = last_word(self.haystack, word.start, word.end);
        text.is_some_and(|(_, text)| self.lexicon.is_given_name(text.as_str()))
    }

    fn word_width(&self, at: usize) -> usize {
        let part = |b: &&u8| b.is_ascii_alphabetic() || **b >= 0x80 && **b != 0xe2;
        self.haystack.get(at..).unwrap_or_default().iter().take(24).take_while(part).count()
    }

    /// Whether a mark parts a name from a term, with a few words between at the most.
    fn parts(&self, between: Range<usize>, most: usize) -> bool {
        let gap = self.haystack.get(between).unwrap_or_default();
        let gap = gap.trim_ascii_start();
        let words = gap.split(|b| !b.is_ascii_alphanumeric() && *b < 0x80);
        let dash = gap.starts_with("–".as_bytes()) || gap.starts_with("—".as_bytes());
        let marked = dash || gap.first().is_some_and(|b| PARTS.contains(b));
        // A cell of digits, a date or a department may stand between.
        let cells = gap.iter().filter(|b| matches!(b, b',' | b';' | b'|' | b'\t')).count();
        marked && words.filter(|word| !word.is_empty()).count() <= most + cells
    }

    /// Returns the heading of a list of persons, on a line of its own that ends in a colon.
    fn heading(&self, line: usize, group: Group) -> Option<Hit> {
        let from = line.saturating_sub(HEADING_REACH);
        let ends_line = |hit: &Hit| {
            let tail = self.haystack.get(hit.end..line).unwrap_or_default();
            let rest = tail.split(|b| *b == b'\n').next().unwrap_or_default();
            rest.trim_ascii_end().ends_with(b":") && tail.contains(&b'\n')
        };
        let speaks = |hit: &Hit| {
            let roles = self.lexicon.entry(*hit).map(|entry| entry.roles.as_slice());
            roles.unwrap_or_default().iter().any(|role| match role {
                Role::Subject(_) => true,
                Role::Phrase(known, _) => *known == group,
                _ => false,
            })
        };
        self.hits_in(from..line).rev().find(|hit| hit.end < line && speaks(hit) && ends_line(hit))
    }

    /// Whether the line before opens with a name.
    fn follows_name(&self, line: usize) -> bool {
        let before = line.checked_sub(1).and_then(|end| self.line_start(end));
        before.is_some_and(|start| self.is_entry(start))
    }

    /// Whether the line behind opens with a name.
    fn precedes_name(&self, at: usize) -> bool {
        let tail = self.haystack.get(at..).unwrap_or_default();
        let tail = tail.get(..LONGEST_LINE.min(tail.len())).unwrap_or_default();
        let next = memchr::memchr(b'\n', tail).map(|newline| at + newline + 1);
        next.is_some_and(|start| self.is_entry(start))
    }

    /// Whether a line opens with a name and a mark behind it.
    fn is_entry(&self, line: usize) -> bool {
        self.name_at(line).is_some_and(|name| {
            let tail = self.haystack.get(name.end..).unwrap_or_default();
            let tail = tail.strip_prefix(b" ").unwrap_or(tail);
            let dash = tail.starts_with("–".as_bytes()) || tail.starts_with("—".as_bytes());
            dash || tail.first().is_some_and(|b| PARTS.contains(b))
        })
    }
}
