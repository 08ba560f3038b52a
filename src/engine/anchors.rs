//! Forms that are found by what stands there: fixed literals in a stretch, and words that name a value.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::shapes::{Candidate, Form};
use crate::error::{BuildError, BuildErrorKind};

/// A written form that is found by a fixed literal in it or right before it.
///
/// Every occurrence of a literal is a place, whatever stands around it. Anchors are the same if they are
/// one `static`.
#[derive(Debug)]
pub(crate) struct Anchor {
    /// What is looked for, of at most [`LONGEST_LITERAL`] bytes each.
    pub(crate) literals: &'static [&'static str],
    pub(crate) letters: Letters,
    /// Returns the span of the form from the bytes around a literal and where it stands in them: up to
    /// [`REACH_BEFORE`] before it and [`REACH_BEHIND`] behind. It should give up early, since a hostile
    /// payload is nothing but literals.
    pub(crate) extent: fn(&[u8], Range<usize>) -> Option<Range<usize>>,
}

impl PartialEq for Anchor {
    fn eq(&self, other: &Anchor) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Anchor {}

/// A written form that nothing shows but the word that names it: a password, a person's name.
///
/// It is looked for behind each keyword of its detector and in the cells of columns with one in their
/// name. Such forms are the same if they are one `static`.
#[derive(Debug)]
pub(crate) struct Named {
    /// Returns how many bytes the value takes that a text begins with, from up to [`REACH_BEHIND`] bytes
    /// and what ties them to the word.
    pub(crate) extent: fn(&[u8], Tie) -> Option<usize>,
}

impl PartialEq for Named {
    fn eq(&self, other: &Named) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Named {}

impl Named {
    /// Returns the span of the value that begins at `at`, cut to [`LONGEST_SPAN`].
    pub(crate) fn span(&self, haystack: &[u8], at: usize, tie: Tie) -> Option<Range<usize>> {
        let until = haystack.len().min(at + REACH_BEHIND);
        let len = (self.extent)(haystack.get(at..until)?, tie)?;
        (len > 0).then(|| at..at + len.min(LONGEST_SPAN))
    }
}

/// What ties a value to the word that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// `:`, `=` or a tag.
    Mark,
    /// Blanks.
    Gap,
    /// The column that it stands in.
    Cell,
}

/// Which letters of a text a literal's letters stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// The same.
    Exact,
    /// Capitals and small letters of ASCII.
    Folded,
}

/// Bytes of the longest literal.
pub(crate) const LONGEST_LITERAL: usize = 48;
/// Bytes of the longest span; what goes on behind them is cut there. As long as a customer's longest
/// match, so that the windows' sum holds for both.
pub(crate) const LONGEST_SPAN: usize = 256;
/// Bytes before a literal that decide on it, and how far from its start a span may begin.
pub(crate) const REACH_BEFORE: usize = LONGEST_SPAN;
/// Bytes behind a literal that decide on it.
pub(crate) const REACH_BEHIND: usize = 400;
/// Literals that the packed searcher of `aho-corasick` takes at a time. With more it falls back to an
/// automaton that visits every byte.
const PACKED: usize = 64;
/// Bytes from which on a longer literal is no easier to tell from prose.
const TELLING: usize = 3;

/// The literals of all anchored forms.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    groups: Vec<Group>,
}

/// Literals that are looked for in one pass.
#[derive(Debug)]
struct Group {
    automaton: AhoCorasick,
    /// For each literal what opens where it is the longest: itself and all that it begins with.
    opened: Vec<Vec<Literal>>,
}

/// A literal of an anchored form.
#[derive(Clone, Copy, Debug)]
struct Literal {
    text: &'static str,
    anchor: &'static Anchor,
    shape: u16,
}

impl Anchors {
    /// Compiles the literals of the anchored forms among `forms`; a candidate's `shape` is the form's
    /// index there.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Conflict`] where the automaton does not take them.
    pub(crate) fn new(forms: &[Form]) -> Result<Anchors, BuildError> {
        let anchored = (0..).zip(forms).filter_map(|(shape, form)| match form {
            Form::Anchored(anchor) => Some((shape, *anchor)),
            _ => None,
        });
        let literals: Vec<Literal> = anchored
            .flat_map(|(shape, anchor)| {
                anchor.literals.iter().map(move |text| Literal { text, anchor, shape })
            })
            .collect();
        let kind = |literal: &Literal| (literal.anchor.letters, literal.text.len().min(TELLING));
        let mut groups = Vec::new();
        for letters in [Letters::Exact, Letters::Folded] {
            // The shortest literal of a group decides how many bytes its searcher tells them by.
            for length in 1..=TELLING {
                let alike = literals.iter().filter(|l| kind(l) == (letters, length));
                let alike: Vec<Literal> = alike.copied().collect();
                for few in alike.chunks(PACKED) {
                    groups.push(Group::new(few, letters)?);
                }
            }
        }
        Ok(Anchors { groups })
    }

    /// Calls `found` with a candidate for every literal that begins within `range` and has a span there.
    ///
    /// # Complexity
    ///
    /// Linear in the range and in the literals in it.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        mut found: impl FnMut(Candidate),
    ) {
        for group in &self.groups {
            group.find(haystack, range, &mut found);
        }
    }
}

impl Group {
    fn new(literals: &[Literal], letters: Letters) -> Result<Group, BuildError> {
        let folded = letters == Letters::Folded;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(folded)
            .build(literals.iter().map(|literal| literal.text))
            .map_err(|error| BuildError::new(BuildErrorKind::Conflict, error.to_string()))?;
        let begins_with = |whole: &str, start: &str| {
            let head = whole.as_bytes().get(..start.len());
            head.is_some_and(|head| match letters {
                Letters::Exact => head == start.as_bytes(),
                Letters::Folded => head.eq_ignore_ascii_case(start.as_bytes()),
            })
        };
        let opened = literals.iter().map(|whole| {
            literals.iter().filter(|start| begins_with(whole.text, start.text)).copied().collect()
        });
        Ok(Group { automaton, opened: opened.collect() })
    }

    /// Every start is looked at, so that overlapping literals are found wherever the search begins.
    fn find(&self, haystack: &[u8], range: &Range<usize>, found: &mut impl FnMut(Candidate)) {
        let end = haystack.len().min(range.end + LONGEST_LITERAL);
        let mut from = range.start;
        while from < range.end {
            let input = Input::new(haystack).range(from..end);
            let longest = self.automaton.find(input).filter(|at| at.start() < range.end);
            let Some(longest) = longest else { return };
            let opened = self.opened.get(longest.pattern().as_usize()).into_iter().flatten();
            let candidates = opened.filter_map(|l| l.candidate(haystack, longest.start()));
            candidates.for_each(&mut *found);
            from = longest.start() + 1;
        }
    }
}

impl Literal {
    /// Returns the candidate around the literal at `at`, cut to [`LONGEST_SPAN`].
    fn candidate(&self, haystack: &[u8], at: usize) -> Option<Candidate> {
        let from = at.saturating_sub(REACH_BEFORE);
        let behind = at + self.text.len();
        let until = haystack.len().min(behind + REACH_BEHIND);
        let span = (self.anchor.extent)(haystack.get(from..until)?, at - from..behind - from)?;
        let near = span.start < span.end && span.start + from <= at + REACH_BEFORE;
        let len = span.len().min(LONGEST_SPAN);
        let start = from + span.start;
        near.then(|| Candidate { shape: self.shape, span: start..start + len })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
        let tail = &haystack[literal.end..];
        let count = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then(|| literal.start..literal.end + count)
    }

    fn both_sides(haystack: &[u8], _: Range<usize>) -> Option<Range<usize>> {
        Some(0..haystack.len())
    }

    static KEY: Anchor =
        Anchor { literals: &["key", "keykey", "x-"], letters: Letters::Exact, extent: run };
    static NAME: Anchor = Anchor { literals: &["NaMe"], letters: Letters::Folded, extent: run };
    static ALL: Anchor = Anchor { literals: &["@"], letters: Letters::Exact, extent: both_sides };

    fn spans(anchors: &[&'static Anchor], text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let forms: Vec<Form> = anchors.iter().map(|anchor| Form::Anchored(anchor)).collect();
        let mut spans = Vec::new();
        let anchors = Anchors::new(&forms).unwrap();
        anchors.find(text.as_bytes(), &range, |found| spans.push(found.span));
        spans.sort_by_key(|span| (span.start, span.end));
        spans
    }

    #[test]
    fn every_occurrence_is_a_place_from_wherever_the_search_begins() {
        let text = "keykeykey12 x-3";
        for start in 0..=6 {
            assert_eq!(spans(&[&KEY], text, start..15).last(), Some(&(12..15)), "from {start}");
            assert!(spans(&[&KEY], text, start..15).contains(&(6..11)), "from {start}");
        }
        assert!(spans(&[&KEY], text, 3..15).contains(&(3..11)), "the longer literal too");
        assert!(spans(&[&KEY], text, 7..12).is_empty());
    }

    #[test]
    fn letters_are_folded_where_the_anchor_says_so() {
        assert_eq!(spans(&[&NAME, &KEY], "name1 NAME2 KEY3", 0..16), [0..5, 6..11]);
    }

    #[test]
    fn a_span_reads_and_takes_no_more_than_its_bounds() {
        let text = format!("{}@{}", "a".repeat(2000), "b".repeat(2000));
        let found = spans(&[&ALL], &text, 0..4001);
        assert_eq!(found.first(), Some(&(2000 - REACH_BEFORE..2000)));
    }

    #[test]
    fn nothing_is_compiled_where_nothing_is_anchored() {
        assert!(Anchors::new(&[Form::Mrz, Form::Layout("9{3}")]).unwrap().groups.is_empty());
    }
}
