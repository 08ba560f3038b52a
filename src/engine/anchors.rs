//! Forms that are found by what stands there: fixed literals in a stretch, and words that name a value.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::grams::{Grams, Precision, Sought};
use super::kernel::Kernel;
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

impl Hash for Anchor {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self, state);
    }
}

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

impl Hash for Named {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self, state);
    }
}

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
#[derive(Debug)]
pub(crate) struct Anchors {
    literals: Vec<Literal>,
    search: Search,
}

/// How literals are searched for. All find the same.
#[derive(Debug)]
enum Search {
    /// The reference, the oracle of the others.
    Automata(Vec<Group>),
    Exact(Box<Grams<1>>),
    Products(Box<Grams<2>>),
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
    /// Compiles the literals of the anchored forms among `forms` for a kernel; a candidate's `shape` is the
    /// form's index there.
    ///
    /// # Errors
    ///
    /// [`BuildErrorKind::Conflict`] where an automaton does not take them.
    pub(crate) fn new(forms: &[Form], kernel: Kernel) -> Result<Anchors, BuildError> {
        let anchored = (0..).zip(forms).filter_map(|(shape, form)| match form {
            Form::Anchored(anchor) => Some((shape, *anchor)),
            _ => None,
        });
        let literals: Vec<Literal> = anchored
            .flat_map(|(shape, anchor)| {
                anchor.literals.iter().map(move |text| Literal { text, anchor, shape })
            })
            .collect();
        Ok(Anchors { search: Search::new(&literals, kernel)?, literals })
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
        if self.literals.is_empty() {
            return;
        }
        let mut stands = |index: usize, at: usize| {
            let literal = self.literals.get(index).filter(|l| l.sought().stands(haystack, at));
            literal.and_then(|l| l.candidate(haystack, at)).into_iter().for_each(&mut found);
        };
        match &self.search {
            Search::Automata(groups) => {
                groups.iter().for_each(|group| group.find(haystack, range, &mut found));
            }
            Search::Exact(grams) => grams.find(haystack, range, &mut stands),
            Search::Products(grams) => grams.find(haystack, range, &mut stands),
        }
    }
}

impl Search {
    fn new(literals: &[Literal], kernel: Kernel) -> Result<Search, BuildError> {
        let sought = || literals.iter().map(Literal::sought).collect::<Vec<_>>();
        Ok(match kernel.precision() {
            None => Search::Automata(Group::all(literals)?),
            Some(exact @ Precision::Exact) => {
                Search::Exact(Grams::new(kernel, exact, &sought()).into())
            }
            Some(rough @ Precision::Products) => {
                Search::Products(Grams::new(kernel, rough, &sought()).into())
            }
        })
    }
}

impl Group {
    /// Returns the groups of literals that one searcher takes each.
    fn all(literals: &[Literal]) -> Result<Vec<Group>, BuildError> {
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
        Ok(groups)
    }

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
    fn sought(&self) -> Sought {
        Sought { text: self.text.as_bytes(), folded: self.anchor.letters == Letters::Folded }
    }

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
    use super::super::Backend;
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
    fn itself(_: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
        Some(literal)
    }

    static LONG: &str = "-----BEGIN SOMETHING THAT IS AS LONG AS CAN BE--";
    static MIXED: Anchor = Anchor {
        literals: &[
            "@",
            ":",
            "0x",
            "AC",
            "L1",
            "\u{b0}",
            "\tA",
            "://",
            "abc",
            "bca",
            "bcab",
            "abcabcab",
            "\0",
            "DICM\u{2}\0",
            "ghp_",
            "gh",
            "_",
            "$2a$",
            "2a",
            "a$",
            LONG,
            "BEGIN",
            "\u{e9}t\u{e9}",
        ],
        letters: Letters::Exact,
        extent: itself,
    };
    static FOLDED: Anchor = Anchor {
        literals: &["k", "Ab", "aBc", "Bearer", "x-Api-Key", "cab\u{e9}", "[Z]"],
        letters: Letters::Folded,
        extent: itself,
    };
    static ALL: Anchor = Anchor { literals: &["@"], letters: Letters::Exact, extent: both_sides };

    /// What each kernel that is here finds, which must be the same.
    fn spans(anchors: &[&'static Anchor], text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found = kernels().map(|kernel| {
            let found = candidates(&compiled(anchors, kernel), text.as_bytes(), &range);
            found.into_iter().map(|(span, _)| span).collect::<Vec<_>>()
        });
        let expected = found.next().unwrap();
        found.for_each(|spans| assert_eq!(spans, expected));
        expected
    }

    fn kernels() -> impl Iterator<Item = Kernel> {
        Backend::available().iter().map(|backend| Kernel::of(*backend).unwrap())
    }

    fn compiled(anchors: &[&'static Anchor], kernel: Kernel) -> Anchors {
        let forms: Vec<Form> = anchors.iter().map(|anchor| Form::Anchored(anchor)).collect();
        Anchors::new(&forms, kernel).unwrap()
    }

    /// The spans and shapes in one order.
    fn candidates(
        anchors: &Anchors,
        text: &[u8],
        range: &Range<usize>,
    ) -> Vec<(Range<usize>, u16)> {
        let mut found = Vec::new();
        anchors.find(text, range, |candidate| found.push((candidate.span, candidate.shape)));
        found.sort_by_key(|(span, shape)| (span.start, span.end, *shape));
        found
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
    fn literals_cut_and_overlapping_are_found_by_every_search() {
        let literals = || MIXED.literals.iter().chain(FOLDED.literals);
        let cut = literals().map(|literal| &literal.as_bytes()[literal.len() / 3..]);
        let whole: Vec<u8> = literals().flat_map(|literal| literal.bytes()).collect();
        let text = [cut.flatten().copied().collect(), whole.to_ascii_uppercase(), whole].concat();
        let [reference, others] = both(&[&MIXED, &FOLDED]);
        assert!(candidates(&reference[0], &text, &(0..text.len())).len() > literals().count() * 2);
        for pad in 0..=2 * super::super::BLOCK {
            let text = [vec![b'-'; pad], text.clone()].concat();
            for range in [0..text.len(), pad..text.len() - pad, pad / 2..pad + 90, 70..70 + pad] {
                let expected = candidates(&reference[0], &text, &range);
                for other in &others {
                    assert_eq!(candidates(other, &text, &range), expected, "{pad} {range:?}");
                }
            }
        }
    }

    #[test]
    fn literals_are_found_wherever_a_text_ends() {
        let [reference, others] = both(&[&MIXED, &FOLDED]);
        for literal in MIXED.literals.iter().chain(FOLDED.literals) {
            for pad in 0..=super::super::BLOCK {
                let text = [&[b' '].repeat(pad), literal.as_bytes()].concat();
                for end in pad + 1..=text.len() {
                    let expected = candidates(&reference[0], &text[..end], &(0..end));
                    for other in &others {
                        let found = candidates(other, &text[..end], &(0..end));
                        assert_eq!(found, expected, "{literal:?} from {pad} to {end}");
                    }
                }
            }
        }
    }

    #[test]
    fn texts_of_more_than_one_stretch_are_searched_to_their_end() {
        let [reference, others] = both(&[&MIXED, &FOLDED]);
        let parts: Vec<&str> = MIXED.literals.iter().chain(FOLDED.literals).copied().collect();
        // Steps that have no divisor in common with the count reach every order of two neighbours.
        let text = (0..4000usize).map(|at| parts[at * (1 + at / 29) % parts.len()]);
        let text: Vec<u8> = text.flat_map(|part| part.bytes()).collect();
        for range in [0..text.len(), 100..5000, 4095..4097, 4000..16_000] {
            let expected = candidates(&reference[0], &text, &range);
            assert_eq!(expected.is_empty(), range.len() < 3, "{range:?}");
            others.iter().for_each(|o| assert_eq!(candidates(o, &text, &range), expected));
        }
    }

    /// The reference alone, and what the other kernels search by.
    fn both(anchors: &[&'static Anchor]) -> [Vec<Anchors>; 2] {
        let mut compiled = kernels().map(|kernel| compiled(anchors, kernel));
        [compiled.by_ref().take(1).collect(), compiled.collect()]
    }

    #[test]
    fn nothing_is_compiled_where_nothing_is_anchored() {
        let anchors = Anchors::new(&[Form::Mrz, Form::Layout("9{3}")], Kernel::Scalar).unwrap();
        assert!(matches!(anchors.search, Search::Automata(groups) if groups.is_empty()));
    }
}
