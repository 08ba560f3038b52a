//! One entry of the lexicon: its words, and where in a text it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::{decode, fold_onto, is_mark, step, wide};
use super::head::{HIGH, Head, Key, LETTERS, SHORT, first_bits, first_bytes};
use super::index::{Beginning, other};
use super::inflect::{Grammar, Paradigm, compound_tails};
use super::language::Language;
use super::lexicon::{Hit, Role};
use crate::engine::is_escape;
use crate::engine::sieve::WIDTH;

/// How an entry must be capitalised outside of a field that asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    Any,
    /// A proper noun: `Black`, `Equity`.
    Initial,
    /// An acronym that is a word as well: `INTO`.
    Capitals,
}

/// Whether the capitals of an entry are asked of the text too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capitals {
    Free,
    /// Of entries that are all capitals.
    Acronyms,
    /// Of proper nouns as well.
    Names,
}

/// A word or phrase with its meanings.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) text: Cow<'static, str>,
    pub(crate) roles: Vec<Role>,
    /// Which of all words are its own.
    words: Range<u32>,
    case: Case,
    /// The language whose compounds it may open.
    compounds: Option<Language>,
}

/// What an entry asks of what stands behind the stem of its first word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    /// What may follow the stem: an ending, the second word, or what a compound goes on with.
    next: Follow,
    /// Letters of the longest ending of the first word.
    longest: u8,
    /// Letters that the second word begins with, none where there is no second word.
    joined: Option<u8>,
    /// The first bytes of the second word, and how many they are.
    second: u64,
    told: u8,
}

impl Gate {
    fn new(first: Word<'_>, rest: Phrase<'_>, compounds: Option<Language>) -> Gate {
        let endings = || first.paradigm.endings().map(|(ending, _)| ending);
        let longest = endings().map(str::len).max().unwrap_or(0);
        let opens = compounds.is_some() || endings().any(|ending| !is_letters(ending.as_bytes()));
        let longest = if opens { u8::MAX } else { longest as u8 };
        let second = rest.first();
        // What is written in two ways, or behind an ending that is no letters, is not told by its first bytes.
        let told = second.filter(|second| second.wide.is_empty() && !opens);
        let told = told.map_or(&[][..], |second| second.stem);
        let told = told.get(..plain_bytes(told).min(WIDTH)).unwrap_or_default();
        let letters = |stem: &[u8]| stem.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        Gate {
            next: next_of(first, rest, compounds),
            longest,
            joined: second.map(|second| letters(second.stem) as u8),
            second: first_bytes(told),
            told: told.len() as u8,
        }
    }

    /// Returns whether the entry may stand before what is behind a stem.
    #[inline]
    pub(super) fn admits(self, behind: &Behind) -> bool {
        let taken = first_bits(self.told.into());
        let ends = behind.run <= self.longest;
        let fits = match self.joined {
            None => ends,
            Some(joined) => {
                let follows = (self.second ^ behind.after) & taken == 0;
                ends && follows || behind.run >= joined
            }
        };
        (fits || behind.is_odd(taken)) && self.next.meets(behind.next)
    }
}

/// The words of all entries.
#[derive(Debug, Default)]
pub(super) struct Words {
    places: Vec<Place>,
    /// Their stems, folded, one after the other.
    letters: Vec<u8>,
}

/// Where the stem of a word lies among all letters, its other spelling behind it, and what may follow it.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    len: u16,
    /// Bytes of the other spelling; 0 where there is none.
    wide: u16,
    paradigm: Paradigm,
}

/// Words of an entry in a row.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'w> {
    places: &'w [Place],
    letters: &'w [u8],
}

/// A word of an entry: its stem, folded, and what may follow it.
#[derive(Clone, Copy, Default)]
struct Word<'w> {
    stem: &'w [u8],
    /// The stem with `ae` for `ä` and the like; nothing where it has none of these.
    wide: &'w [u8],
    paradigm: Paradigm,
}

/// What may stand behind a stem: a bit for each letter, and one for anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Follow(u32);

/// Bytes of the shortest entry that may take a plural ending.
const SHORTEST_PLURAL: usize = 3;
/// Bytes of the shortest phrase that may be run together in letters of one case: `said` is no South
/// African identity number.
const SHORTEST_JOINED: usize = 6;
/// Bytes that marks between two words may take.
const WIDEST_GAP: usize = 4;
/// Bytes that white space between two words may take: a line end and the next line's indentation.
const WIDEST_BLANK: usize = 24;
/// Bytes of the shortest entry that opens a compound.
const SHORTEST_HEAD: usize = 4;
/// Bytes of the shortest rest of a compound.
const SHORTEST_TAIL: usize = 3;
/// What joins the parts of a compound.
const LINKS: &[&str] = &["", "s", "n", "e", "en", "es", "-"];

impl Case {
    /// Returns what a text asks for by its own capitals.
    pub(super) fn asked(text: &str, capitals: Capitals) -> Case {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        let own = if text.len() <= 6 && letters.clone().all(char::is_uppercase) {
            Case::Capitals
        } else if text.starts_with(char::is_uppercase) {
            Case::Initial
        } else {
            Case::Any
        };
        match (capitals, own) {
            (Capitals::Free, _) | (Capitals::Acronyms, Case::Initial) => Case::Any,
            (_, own) => own,
        }
    }
}

/// What stands behind the stem of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind {
    at: usize,
    next: Follow,
    /// Letters of ASCII that follow on the stem.
    run: u8,
    /// The first bytes of the next word behind these, in lower case.
    after: u64,
    /// Whether the word may end before these letters do, or goes on in others.
    odd: bool,
}

impl Behind {
    /// Returns what stands behind a stem, if a word begins with that at `start` and goes on as is asked.
    pub(super) fn stem(
        haystack: &[u8],
        start: usize,
        stem: &[u8],
        asked: [Follow; 2],
    ) -> Option<Behind> {
        let at = follow(haystack, start, stem)?;
        (goes_on(haystack, at, asked) && opens_word(haystack, start)).then_some(())?;
        let rest = Head::at(haystack, at);
        let end = at + rest.run();
        let last = haystack.get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_lowercase);
        let odd = rest.has_edge(last) || haystack.get(end).is_some_and(|byte| !byte.is_ascii());
        let after = end + gap(haystack.get(end..).unwrap_or_default());
        let after = Head::at(haystack, after).folded();
        Some(Behind { at, next: Follow::of(haystack, at), run: rest.run() as u8, after, odd })
    }

    /// Returns whether letters outside of ASCII, or an edge, are where an entry has these bits of its second word.
    #[inline]
    fn is_odd(&self, taken: u64) -> bool {
        self.odd || self.after & taken & HIGH != 0
    }
}

/// Returns whether a stem that ends at `at` goes on as is asked: right behind it, and behind a blank there.
#[inline]
pub(super) fn goes_on(haystack: &[u8], at: usize, [next, second]: [Follow; 2]) -> bool {
    let behind_blank = || match haystack.get(at..at + 2) {
        Some([b' ', letter]) if letter.is_ascii_alphabetic() => {
            second.meets(Follow::of(haystack, at + 1))
        }
        _ => true,
    };
    next.meets(Follow::of(haystack, at)) && behind_blank()
}

impl Follow {
    const EDGE: u32 = 1 << 26;
    pub(super) const ANYTHING: Follow = Follow(u32::MAX);

    /// Returns what stands at `at`. A capital may begin the next word.
    #[inline]
    fn of(haystack: &[u8], at: usize) -> Follow {
        match haystack.get(at) {
            Some(letter @ b'a'..=b'z') => Follow(1 << (letter - b'a')),
            Some(letter @ b'A'..=b'Z') => Follow(1 << (letter - b'A') | Follow::EDGE),
            Some(0x80..) => Follow::ANYTHING,
            _ => Follow(Follow::EDGE),
        }
    }

    /// Adds what is in another set.
    pub(super) fn join(&mut self, other: Follow) {
        self.0 |= other.0;
    }

    /// Returns whether one of the two sets holds what stands in the other.
    fn meets(self, other: Follow) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds what begins with folded letters.
    fn add(&mut self, letters: &[u8]) {
        self.0 |= Follow::of(letters, 0).0;
    }
}

impl Words {
    /// Adds the words of a text and returns which they are.
    fn add(&mut self, text: &str, grammar: Grammar) -> Range<u32> {
        let first = self.places.len();
        let mut words = words(text).peekable();
        while let Some(word) = words.next() {
            self.add_word(word, grammar, words.peek().is_some());
        }
        if self.places.len() == first {
            self.add_word(text, grammar, false);
        }
        first as u32..self.places.len() as u32
    }

    fn add_word(&mut self, word: &str, grammar: Grammar, inner: bool) {
        let (stem, paradigm) = grammar.stem(word, inner);
        let start = self.letters.len();
        fold_onto(stem, &mut self.letters);
        let len = self.letters.len() - start;
        wide(stem).into_iter().for_each(|wide| fold_onto(&wide, &mut self.letters));
        let wide = (self.letters.len() - start - len) as u16;
        self.places.push(Place { start: start as u32, len: len as u16, wide, paradigm });
    }

    /// Returns the words of an entry.
    pub(super) fn of(&self, entry: &Entry) -> Phrase<'_> {
        let places = entry.words.start as usize..entry.words.end as usize;
        let places = self.places.get(places).unwrap_or_default();
        Phrase { places, letters: &self.letters }
    }
}

impl<'w> Phrase<'w> {
    fn word(self, place: &Place) -> Word<'w> {
        let (start, len) = (place.start as usize, usize::from(place.len));
        let letters = self.letters.get(start..).unwrap_or_default();
        let (stem, behind) = letters.split_at_checked(len).unwrap_or_default();
        let wide = behind.get(..usize::from(place.wide)).unwrap_or_default();
        Word { stem, wide, paradigm: place.paradigm }
    }

    fn first(self) -> Option<Word<'w>> {
        self.places.first().map(|place| self.word(place))
    }

    /// Returns the first word, empty where there is none, and those behind it.
    fn split_first(self) -> (Word<'w>, Phrase<'w>) {
        let places = self.places.get(1..).unwrap_or_default();
        (self.first().unwrap_or_default(), Phrase { places, ..self })
    }

    fn split_last(self) -> Option<(Word<'w>, Phrase<'w>)> {
        let (last, places) = self.places.split_last()?;
        Some((self.word(last), Phrase { places, ..self }))
    }

    fn words(self) -> impl Iterator<Item = Word<'w>> {
        self.places.iter().map(move |place| self.word(place))
    }

    /// Returns the stems that it begins with, folded.
    pub(super) fn stems(self) -> impl Iterator<Item = &'w [u8]> {
        self.first().into_iter().flat_map(Word::spellings)
    }

    /// Returns where the words end, if they follow at `at` in an entry that began at `start`, and whether the last is
    /// a plural; `plural` is said of none.
    fn end(self, haystack: &[u8], start: usize, at: usize, plural: bool) -> Option<(usize, bool)> {
        let Some((last, inner)) = self.split_last() else {
            return closes_word(haystack, start, at).then_some((at, plural));
        };
        let at = inner.words().try_fold(at, |at, word| {
            let stem_end = word.stem_end(haystack, at + gap(haystack.get(at..)?))?;
            word.inflected(haystack, stem_end, |end, _| {
                let goes_on = gap(haystack.get(end..)?) > 0 || !continues(haystack, end);
                goes_on.then_some(end)
            })
            .or(Some(stem_end))
        })?;
        let stem_end = last.stem_end(haystack, at + gap(haystack.get(at..)?))?;
        last.inflected(haystack, stem_end, |end, plural| {
            closes_word(haystack, start, end).then_some((end, plural))
        })
    }
}

impl<'w> Word<'w> {
    /// Returns the ways in which the stem is written, folded.
    fn spellings(self) -> impl Iterator<Item = &'w [u8]> {
        std::iter::once(self.stem).chain((!self.wide.is_empty()).then_some(self.wide))
    }

    /// Returns where the stem ends if it stands at `at`.
    fn stem_end(&self, haystack: &[u8], at: usize) -> Option<usize> {
        self.spellings().find_map(|stem| follow(haystack, at, stem))
    }

    /// Returns what `then` says of the first ending behind the stem of which it says anything.
    fn inflected<T>(
        &self,
        haystack: &[u8],
        stem_end: usize,
        then: impl Fn(usize, bool) -> Option<T>,
    ) -> Option<T> {
        self.paradigm.endings().find_map(|(ending, plural)| {
            then(follow(haystack, stem_end, ending.as_bytes())?, plural)
        })
    }
}

impl Entry {
    /// Makes the entry of a text, whose words are added to those of all.
    pub(super) fn new(
        text: Cow<'static, str>,
        (case, grammar): (Case, Grammar),
        role: Role,
        words: &mut Words,
    ) -> Entry {
        let own = words.add(&text, grammar);
        let compounds = match grammar {
            Grammar::Of(language) if text.len() >= SHORTEST_HEAD && own.len() == 1 => {
                Some(language)
            }
            _ => None,
        };
        let compounds = compounds.filter(|language| !compound_tails(*language).is_empty());
        Entry { text, roles: vec![role], words: own, case, compounds }
    }

    /// Appends what a text may begin with that holds this entry with one of its stems, folded.
    pub(super) fn beginnings(
        &self,
        words: &Words,
        stem: &[u8],
        tails: &Tails,
        out: &mut Vec<Beginning>,
    ) {
        if !stem.first().is_some_and(u8::is_ascii_alphabetic) {
            return out.push(other(stem));
        }
        write_beginnings(words.of(self).split_first(), stem, Joined::No, out);
        let tails =
            self.compounds.map(|language| tails.of(language, LETTERS.saturating_sub(stem.len())));
        let compounds =
            tails.into_iter().flatten().map(|tail| Opening::of([stem, tail.letters()], WIDTH));
        out.extend(compounds.map(|compound| Beginning::Word(Key::of(compound.letters()))));
    }

    /// Returns what it asks of what stands behind the stem of its first word; and what may stand right behind that stem,
    /// and behind a blank there.
    pub(super) fn gate(&self, words: &Words) -> (Gate, [Follow; 2]) {
        let (first, rest) = words.of(self).split_first();
        let gate = Gate::new(first, rest, self.compounds);
        let mut second = Follow::default();
        rest.stems().for_each(|stem| second.add(stem));
        (gate, [gate.next, if rest.places.is_empty() { Follow::ANYTHING } else { second }])
    }

    /// Returns the entry where it stands at `start`, given what is behind its stem there, which its gate admits;
    /// `entry` is its own index.
    pub(super) fn find(
        &self,
        words: &Words,
        haystack: &[u8],
        start: usize,
        behind: &Behind,
        entry: u16,
    ) -> Option<Hit> {
        let (first, rest) = words.of(self).split_first();
        let stem_end = behind.at;
        let hit = |end, plural| Hit {
            start,
            end,
            entry,
            cased: self.is_cased(haystack, start, end),
            plural,
        };
        let whole = first.inflected(haystack, stem_end, |at, plural| {
            let (end, plural) = rest.end(haystack, start, at, plural)?;
            let short = !rest.places.is_empty() && end - start < SHORTEST_JOINED;
            (!short || !is_run_together(haystack.get(start..end)?)).then(|| hit(end, plural))
        });
        whole.or_else(|| self.compound_end(haystack, stem_end).map(|end| hit(end, false)))
    }

    /// Returns where the compound ends that the entry opens: `Diabeteserkrankung`.
    fn compound_end(&self, haystack: &[u8], stem_end: usize) -> Option<usize> {
        let language = self.compounds?;
        let behind = haystack.get(stem_end..)?.iter();
        if behind.take(SHORTEST_TAIL).any(|b| !b.is_ascii_alphabetic() && *b < 0x80 && *b != b'-') {
            return None;
        }
        let endings = Grammar::Of(language).stem("compound", false).1;
        LINKS.iter().find_map(|link| {
            let at = follow(haystack, stem_end, link.as_bytes())?;
            let tails = compound_tails(language).iter();
            tails.filter_map(|tail| follow(haystack, at, tail.as_bytes())).find_map(|at| {
                endings.endings().find_map(|(ending, _)| {
                    let end = follow(haystack, at, ending.as_bytes())?;
                    closes_word(haystack, stem_end, end).then_some(end)
                })
            })
        })
    }

    fn is_cased(&self, haystack: &[u8], start: usize, end: usize) -> bool {
        let text = haystack.get(start..end).unwrap_or_default();
        match self.case {
            Case::Any => true,
            Case::Initial => decode(text).is_some_and(|(first, _)| first.is_uppercase()),
            Case::Capitals => {
                text.iter().filter(|byte| byte.is_ascii_lowercase()).count()
                    <= text.ends_with(b"s").into()
            }
        }
    }
}

/// Whether a text of which a beginning is written has a word run together with the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joined {
    No,
    Yes,
}

/// Appends the beginnings of a text of which the stem of the first word is written, with the words behind it.
fn write_beginnings(
    (word, rest): (Word<'_>, Phrase<'_>),
    text: &[u8],
    joined: Joined,
    out: &mut Vec<Beginning>,
) {
    // What stands before a mark in a word is all that a text is told by: the `a` of `a/c`.
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if text.len() >= LETTERS || letters < text.len() {
        let key = Key::of(text);
        let marked = letters < text.len() && key.is_short();
        return out.push(if marked { Beginning::Marked(key) } else { Beginning::Word(key) });
    }
    let bare = (!word.paradigm.endings().any(|(ending, _)| ending.is_empty())).then_some("");
    for ending in word.paradigm.endings().map(|(ending, _)| ending).chain(bare) {
        let text = Opening::of([text, ending.as_bytes()], WIDTH);
        let text = text.letters();
        let next = rest.first().filter(|_| text.len() < LETTERS);
        let ends = joined == Joined::No || text.len() >= SHORTEST_JOINED;
        out.extend((next.is_none() && ends).then(|| Beginning::Word(Key::of(text))));
        for stem in next.into_iter().flat_map(Word::spellings) {
            out.push(before(text, stem));
            let whole = Opening::of([text, stem], WIDTH);
            write_beginnings(rest.split_first(), whole.letters(), Joined::Yes, out);
        }
    }
}

/// What two texts in a row begin with: as much as keys are made of, or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Opening {
    bytes: [u8; WIDTH],
    len: usize,
}

impl Opening {
    fn of(texts: [&[u8]; 2], most: usize) -> Opening {
        let mut opening = Opening { bytes: [0; WIDTH], len: 0 };
        let bytes = texts.into_iter().flatten().take(most);
        for (to, from) in opening.bytes.iter_mut().zip(bytes) {
            *to = *from;
            opening.len += 1;
        }
        opening
    }

    fn letters(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// What compounds go on with behind the word that opens them, cut to so many letters as a key may have left.
#[derive(Debug, Default)]
pub(super) struct Tails(Vec<(Language, Vec<Vec<Opening>>)>);

impl Tails {
    /// Reads the compounds of some languages.
    pub(super) fn new(languages: impl Iterator<Item = Language>) -> Tails {
        let cut = |language, length: usize| {
            let tails = compound_tails(language).iter();
            let both = tails.flat_map(|tail| LINKS.iter().map(move |link| [*link, tail]));
            let cut = both.map(|both| Opening::of(both.map(str::as_bytes), length));
            let mut cut: Vec<Opening> = cut.collect();
            cut.sort_unstable();
            cut.dedup();
            cut
        };
        let by_length =
            |language| (language, (0..LETTERS).map(|length| cut(language, length)).collect());
        Tails(languages.map(by_length).collect())
    }

    /// Iterates over the tails of a language, cut to a length; none where that is 0.
    fn of(&self, language: Language, length: usize) -> impl Iterator<Item = &Opening> {
        let own = self.0.iter().find(|(known, _)| *known == language);
        let cut = own.and_then(|(_, cut)| cut.get(length)).filter(|_| length > 0);
        cut.into_iter().flatten()
    }
}

/// Returns how a text begins in which a gap stands between a word and one with this stem.
fn before(word: &[u8], next: &[u8]) -> Beginning {
    match next {
        [first, second, ..] if word.len() <= SHORT => {
            Beginning::Words(Key::of(word), [*first, *second])
        }
        _ => Beginning::Word(Key::of(word)),
    }
}

/// Splits a phrase where a gap may stand.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '-', '_']).filter(|word| !word.is_empty())
}

/// Returns what may follow the stem of the first word of an entry.
fn next_of(first: Word<'_>, rest: Phrase<'_>, compounds: Option<Language>) -> Follow {
    let mut next = Follow::default();
    first.paradigm.endings().for_each(|(ending, _)| next.add(ending.as_bytes()));
    rest.first().into_iter().for_each(|word| next.add(word.stem));
    if let Some(language) = compounds {
        LINKS.iter().for_each(|link| next.add(link.as_bytes()));
        compound_tails(language).iter().for_each(|tail| next.add(tail.as_bytes()));
    }
    next
}

/// Returns whether a text is letters of ASCII only.
fn is_letters(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_alphabetic)
}

/// Returns how many bytes of ASCII a text begins with.
fn plain_bytes(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii()).count()
}

/// Returns whether nothing shows where the words of a phrase begin: no gap, digit or capital.
fn is_run_together(phrase: &[u8]) -> bool {
    let camel = |pair: &[u8]| matches!(pair, [last, next] if last.is_ascii_lowercase() && next.is_ascii_uppercase());
    phrase.iter().all(u8::is_ascii_alphabetic) && !phrase.windows(2).any(camel)
}

/// Returns where folded letters end, if they follow at `at`.
fn follow(haystack: &[u8], at: usize, letters: &[u8]) -> Option<usize> {
    let end = at + letters.len();
    let text = haystack.get(at..end);
    if text.is_some_and(|text| text.eq_ignore_ascii_case(letters)) {
        let marked = !letters.is_empty() && matches!(haystack.get(end), Some(0xcc | 0xcd));
        return if marked { follow_by_letters(haystack, at, letters) } else { Some(end) };
    }
    let first = *haystack.get(at)?;
    let differs = first.is_ascii() && letters.first() != Some(&first.to_ascii_lowercase());
    let plain = differs || text.is_some_and(<[u8]>::is_ascii);
    if plain { None } else { follow_by_letters(haystack, at, letters) }
}

/// Returns where folded letters end, whatever accents they have in the haystack.
fn follow_by_letters(haystack: &[u8], at: usize, letters: &[u8]) -> Option<usize> {
    let (mut at, mut letters) = (at, letters);
    while !letters.is_empty() {
        let mut same = true;
        at += step(haystack, at, |byte| {
            let first = letters.split_off_first();
            same &= first == Some(&byte);
        })?;
        if !same {
            return None;
        }
    }
    Some(at)
}

/// Returns the folded letters that the next word would begin with behind one that ends at `at`, 0 for the
/// second where the first takes more than a byte; and whether a gap is between.
pub(super) fn next_word(haystack: &[u8], at: usize) -> ([u8; 2], bool) {
    let tail = haystack.get(at..).unwrap_or_default();
    let width = gap(tail);
    let mut letters = [0; 2];
    let mut next = letters.iter_mut();
    let mut take = |byte| next.next().into_iter().for_each(|to| *to = byte);
    let first = step(tail, width, &mut take);
    first.and_then(|first| step(tail, width + first, &mut take));
    (letters, width > 0)
}

/// Returns the width of the gap between two words: white space with one line end at the most; or
/// blanks, `_`, `-`, `+`, `.`; or none between words that are run together.
fn gap(bytes: &[u8]) -> usize {
    match bytes {
        [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => 0,
        [b' ', b'a'..=b'z' | b'A'..=b'Z', ..] => 1,
        _ => wide_gap(bytes),
    }
}

fn wide_gap(bytes: &[u8]) -> usize {
    let mut lines = 0;
    let is_blank = |byte: &&u8| {
        lines += usize::from(**byte == b'\n');
        lines < 2 && matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
    };
    let blanks = bytes.iter().take(WIDEST_BLANK).take_while(is_blank).count();
    let joins =
        |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'_' | b'-' | b'+' | b'.');
    let marks = bytes.iter().take(WIDEST_GAP).take_while(joins).count();
    match bytes {
        [0xc2, 0xa0, ..] => 2,
        [0xe2, 0x80, 0xaf | 0x89 | 0x93 | 0x90 | 0x91, ..] => 3,
        [0xa0, ..] => 1,
        _ => blanks.max(marks),
    }
}

/// Returns whether a word goes on at `at` in small letters.
fn continues(haystack: &[u8], at: usize) -> bool {
    haystack.get(at..).and_then(decode).is_some_and(|(next, _)| next.is_lowercase())
}

/// Returns whether a word may begin at `start`.
pub(super) fn opens_word(haystack: &[u8], start: usize) -> bool {
    if let Some([before @ 0..0x80, first @ 0..0x80]) = haystack.get(start.wrapping_sub(1)..=start) {
        let camel = before.is_ascii_lowercase() && first.is_ascii_uppercase();
        return !before.is_ascii_alphanumeric() || camel || is_escape(haystack, start);
    }
    let Some(before) = char_before(haystack, start) else { return true };
    let first = haystack.get(start..).and_then(decode);
    let Some((first, _)) = first else { return true };
    let camel = before.is_ascii_lowercase() && first.is_ascii_uppercase();
    let is_part = before.is_alphanumeric() || is_mark(before);
    let goes_on = is_part && !is_unspaced(before) && !is_unspaced(first);
    !goes_on || camel || is_escape(haystack, start)
}

/// Returns whether a character's script is written without blanks, so that words have no edges:
/// Thai and Lao, Tibetan, Myanmar, Khmer, those of East Asia. Korean, which hangs its particles on to
/// words, counts with them.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..)
}

/// Returns the character that ends at `at`.
pub(crate) fn char_before(haystack: &[u8], at: usize) -> Option<char> {
    let head = haystack.get(at.saturating_sub(4)..at)?;
    let last = *head.last()?;
    let from = head.iter().rposition(|byte| *byte >= 0xc0).filter(|_| last >= 0x80);
    let decoded = from.and_then(|from| decode(head.get(from..)?));
    Some(decoded.map_or(char::from(last), |(character, _)| character))
}

/// Returns whether a word that began at `start` ends at `end`.
fn closes_word(haystack: &[u8], start: usize, end: usize) -> bool {
    if let Some([last @ 0..0x80, next @ 0..0x80]) = haystack.get(end.wrapping_sub(1)..=end) {
        return !last.is_ascii_alphanumeric()
            || match next {
                b'0'..=b'9' => end - start >= SHORTEST_PLURAL && !last.is_ascii_digit(),
                b'A'..=b'Z' => last.is_ascii_lowercase(),
                _ => !next.is_ascii_alphanumeric(),
            };
    }
    let Some(last) = char_before(haystack, end) else { return false };
    let long = end - start >= SHORTEST_PLURAL;
    let next = haystack.get(end..).and_then(decode);
    !last.is_alphanumeric() && !is_mark(last)
        || is_unspaced(last)
        || next.is_none_or(|(next, _)| match next {
            '0'..='9' => long && !last.is_ascii_digit(),
            'A'..='Z' => last.is_ascii_lowercase(),
            _ => !next.is_alphanumeric() || is_unspaced(next),
        })
}
