//! Where a text may be in disguise, read off the class masks.

use std::ops::Range;

use super::chars::{self, Folded};
use super::escapes::{self, Meaning, Unit};
use super::{FEWEST_APART, base64, block_of};
use crate::engine::classes::{Classes, bits, follows};
use crate::engine::utf8;
use crate::engine::window::Haystack;
use crate::engine::{BLOCK, Masks};

/// Bytes on either side of a disguise in which what it belongs to may begin.
const REACH: usize = 128;
/// Digits of the shortest number that is looked for wherever it stands.
const FEWEST_DIGITS: usize = 6;
/// Letters and digits of the shortest word with a digit that is looked for wherever it stands.
const FEWEST_IN_WORD: usize = 8;
/// Letters and digits of the shortest value behind a name that is itself written as something else.
const FEWEST_IN_VALUE: usize = 3;
/// Bytes before a disguise in which digits of its number are counted.
const DIGITS_REACH: usize = 24;
/// Characters that are looked at from a disguise on for the digits of its number.
const STEPS: usize = 24;
/// Bytes behind a keyword in which a blank in disguise is looked for.
const AFTER_KEYWORD: usize = 100;

/// Bytes between a disguise and a value behind it that may be named by what is in disguise, and
/// between a value and a disguise behind it.
const NEAR_BEFORE: usize = 100;
const NEAR_BEHIND: usize = 40;

/// Bytes before a disguise in which a word names its value, and behind it. Words are looked for that much
/// further out than values, [`NEAR_BEFORE`] included.
const NAMED_BEFORE: usize = 150;
const NAMED_BEHIND: usize = 60;

/// What is known of a haystack's numbers.
pub(crate) struct Numbers<'n> {
    /// Where the words stand that name what some detector finds, by start.
    pub(crate) keywords: &'n mut dyn Iterator<Item = Range<usize>>,
    /// Returns whether an index lies in a column that such a word names; `None` where no column is.
    pub(crate) cells: Option<&'n dyn Fn(usize) -> bool>,
}

/// Where values have names.
struct Names<'n> {
    /// The places near a word that names a value, by start, none touching the next.
    near: &'n [Range<usize>],
    cells: Option<&'n dyn Fn(usize) -> bool>,
}

impl Names<'_> {
    /// Returns whether a word stands so near to an index, or over its column, that a value there is named.
    fn name(&self, at: usize) -> bool {
        self.reach(&(at..at + 1)) || self.cells.is_some_and(|is_named| is_named(at))
    }

    /// Returns whether a value that begins within a range may be named.
    fn may_name(&self, range: &Range<usize>) -> bool {
        self.cells.is_some() || self.reach(range)
    }

    fn reach(&self, range: &Range<usize>) -> bool {
        let first = self.near.partition_point(|near| near.end <= range.start);
        self.near.get(first).is_some_and(|near| near.start < range.end)
    }
}

/// Where a haystack holds something in disguise.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    /// By start, none touching the next.
    ranges: Vec<Range<usize>>,
    /// Numbers of the blocks that have to be normalized.
    blocks: Vec<u64>,
    /// The places near a keyword, by start, none touching the next.
    named: Vec<Range<usize>>,
}

/// The words of a block of a haystack, and in the lower half of the masks those of the block before it.
struct Words<'w> {
    bytes: &'w [u8],
    /// Index of the block's first byte.
    start: usize,
    digits: u128,
    /// Digits as well.
    letters: u128,
}

impl Spots {
    /// Looks for encodings, other digits, single characters, and blanks in disguise behind keywords.
    ///
    /// # Complexity
    ///
    /// Linear in the bytes that were classified, in blocks of 64 where there is nothing.
    pub(crate) fn find(&mut self, haystack: Haystack<'_>, classes: &Classes, numbers: Numbers<'_>) {
        self.ranges.clear();
        self.blocks.clear();
        self.find_blanks(haystack.bytes, classes, numbers.keywords);
        let near = std::mem::take(&mut self.named);
        self.find_encoded(haystack.bytes, classes, &Names { near: &near, cells: numbers.cells });
        self.named = near;
        self.settle(haystack);
    }

    /// Looks for blanks in disguise behind keywords, and keeps what is near to one of these.
    fn find_blanks(
        &mut self,
        bytes: &[u8],
        classes: &Classes,
        keywords: &mut dyn Iterator<Item = Range<usize>>,
    ) {
        self.named.clear();
        for Range { start, end } in keywords {
            let near = (start + 1).saturating_sub(NAMED_BEHIND)..start + 1 + NAMED_BEFORE;
            match self.named.last_mut().filter(|last| near.start <= last.end) {
                Some(last) => last.end = near.end,
                None => self.named.push(near),
            }
            let behind = end..bytes.len().min(end + AFTER_KEYWORD);
            let blank = classes.has_high(&behind).then(|| blank_between(bytes, &behind));
            self.ranges.extend(blank.flatten());
        }
    }

    fn find_encoded(&mut self, bytes: &[u8], classes: &Classes, names: &Names<'_>) {
        let end = classes.range().end;
        for (start, masks, before) in classes.blocks() {
            let ascii = masks.mark | masks.angle | masks.backslash;
            if ascii | masks.high != 0 {
                let characters = characters(&masks, &before, end - start);
                let folded = bits(characters).filter(|bit| may_fold(bytes, start + bit));
                self.find_marks(bytes, bits(ascii).chain(folded).map(|bit| start + bit), names);
            }
            let (signs_before, signs) = signs(&masks, &before);
            if signs_before | signs != 0 {
                let words = Words::of(bytes, start, &masks, &before);
                self.find_words(&words, both(signs_before, signs), names);
            }
        }
        // A word that ends with the last block ends before none.
        self.find_values(bytes, end.checked_sub(1).into_iter(), names);
    }

    /// Looks for disguises at some marks.
    fn find_marks(&mut self, bytes: &[u8], marks: impl Iterator<Item = usize>, names: &Names<'_>) {
        let disguises = marks.filter(|at| {
            Disguise::at(bytes, *at).is_some_and(|disguise| {
                disguise.is_sure(bytes, *at)
                    || names.may_name(&(*at..*at + 1))
                        && disguise.may_be_named(bytes, *at)
                        && names.name(*at)
            })
        });
        self.ranges.extend(disguises.map(|at| at..at + 1));
    }

    /// Looks for single characters and for words that may be encoded text in a block.
    fn find_words(&mut self, words: &Words<'_>, signs: u128, names: &Names<'_>) {
        let Words { bytes, start, digits, letters } = *words;
        let places = |mask: u64| bits(mask).map(move |bit| start + bit);
        self.ranges.extend(places(own(singles(digits, letters))).map(|at| at..at + 1));
        let (coded, long) = (own(coded(signs)), own(long_words(letters)));
        // A run that goes on is looked at in every block, since no look reaches further.
        self.find_runs(words, long & !(long << 1) & coded, names);
        let first = start.saturating_sub(base64::LONGEST_VALUE + 1);
        if names.may_name(&(first..start + BLOCK)) {
            let ends = places(own(values(letters)) & coded);
            self.find_values(bytes, ends.map(|end| end - 1), names);
        }
    }

    /// Looks for the runs of base64 that words begin with the tenth letter at some places.
    fn find_runs(&mut self, words: &Words<'_>, places: u64, names: &Names<'_>) {
        let bytes = words.bytes;
        let runs = bits(places).filter_map(|bit| {
            let at = words.start + bit;
            let near = at.saturating_sub(base64::LONGEST_VALUE)..at + 1;
            let value = || base64::value_at(bytes, at).filter(|value| names.name(value.start));
            base64::text_run(bytes, words.begin(bit), REACH)
                .or_else(|| names.may_name(&near).then(value)?)
        });
        self.ranges.extend(runs);
    }

    /// Looks for the values in base64 that the words at some places are.
    fn find_values(
        &mut self,
        bytes: &[u8],
        places: impl Iterator<Item = usize>,
        names: &Names<'_>,
    ) {
        let values = places.filter_map(|at| base64::value_at(bytes, at));
        self.ranges.extend(values.filter(|value| names.name(value.start)));
    }

    /// Joins ranges that touch, and tells the blocks that they reach into.
    fn settle(&mut self, haystack: Haystack<'_>) {
        self.ranges.sort_unstable_by_key(|range| range.start);
        self.ranges.dedup_by(|next, kept| {
            let touch = next.start <= kept.end;
            kept.end = if touch { kept.end.max(next.end) } else { kept.end };
            touch
        });
        for range in &self.ranges {
            let first = block_of(haystack, range.start.saturating_sub(REACH));
            let from = self.blocks.last().map_or(first, |last| first.max(last + 1));
            self.blocks.extend(from..=block_of(haystack, range.end + REACH));
        }
    }

    /// Returns the numbers of the blocks that may hold a value in disguise.
    pub(crate) fn blocks(&self) -> &[u64] {
        &self.blocks
    }

    /// Returns whether something in disguise stands in a range or near it.
    pub(crate) fn touch(&self, range: &Range<usize>) -> bool {
        let first = self.ranges.partition_point(|spot| spot.end + NEAR_BEFORE < range.start);
        self.ranges.get(first).is_some_and(|spot| spot.start <= range.end + NEAR_BEHIND)
    }
}

impl Words<'_> {
    fn of<'w>(bytes: &'w [u8], start: usize, masks: &Masks, before: &Masks) -> Words<'w> {
        let digits = both(before.digit, masks.digit);
        Words { bytes, start, digits, letters: both(before.word(), masks.word()) }
    }

    /// Returns where the letters and digits begin of which one stands at a bit of the block, at most a
    /// stretch back.
    fn begin(&self, bit: usize) -> usize {
        let at = self.start + bit;
        let count = (own(self.letters) << (BLOCK - 1 - bit)).leading_ones() as usize;
        if count <= bit {
            return at + 1 - count;
        }
        let head = self.bytes.get(at.saturating_sub(REACH)..=at).unwrap_or_default();
        at + 1 - head.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count()
    }
}

/// Returns the masks of a block and the one before it in one.
fn both(before: u64, own: u64) -> u128 {
    u128::from(before) | u128::from(own) << BLOCK
}

/// Returns the half that is the block's own.
fn own(both: u128) -> u64 {
    (both >> BLOCK) as u64
}

/// Returns the bits of what ordinary words have not, digits and capitals within, in the block before and in
/// the block itself.
fn signs(masks: &Masks, before: &Masks) -> (u64, u64) {
    let inner = masks.upper & follows(masks.word(), before.word());
    (before.digit | before.upper & before.word() << 1, masks.digit | inner)
}

/// Returns where characters outside of ASCII begin in a block: a first byte with another behind it, and any
/// other byte that stands for itself; those from 0xc0 on are letters. Nothing is known behind `length` bytes.
fn characters(masks: &Masks, before: &Masks, length: usize) -> u64 {
    let next = masks.high & !masks.lead;
    let last = 1 << length.min(BLOCK).saturating_sub(1);
    masks.lead & (next >> 1 | last) | next & !follows(masks.high, before.high)
}

/// Returns whether the character at an index may come to something.
fn may_fold(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..).is_some_and(chars::may_begin_folded)
}

/// Returns where blanks outside of ASCII stand between two words or numbers, the first in a range: values of
/// words such as names and amounts are looked for behind their own keywords only.
fn blank_between(bytes: &[u8], range: &Range<usize>) -> Option<Range<usize>> {
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let blank = |at: usize| {
        let tail =
            bytes.get(at..).filter(|tail| tail.first().is_some_and(|byte| !byte.is_ascii()))?;
        let (character, width) = utf8::decode(tail)?;
        (chars::fold(character) == Folded::Byte(b' ')).then_some(at + width)
    };
    let mut words = range.clone().filter(|at| is_word(*at) && !is_word(at + 1));
    words.find_map(|last| {
        let first = blank(last + 1)?;
        let end = std::iter::successors(Some(first), |end| blank(*end)).take(STEPS).last()?;
        is_word(end).then_some(last + 1..end)
    })
}

/// Returns the ends of eight single digits with one byte between each and the next.
fn singles(digits: u128, words: u128) -> u128 {
    let mut ends = digits & !(words << 1) & !(words >> 1);
    if ends.count_ones() < FEWEST_APART as u32 {
        return 0;
    }
    let mut count = 1;
    while count < FEWEST_APART {
        ends &= ends << (2 * count);
        count *= 2;
    }
    ends
}

/// Returns the bits that have enough letters and digits before them to be encoded text.
fn long_words(words: u128) -> u128 {
    let two = words & words << 1;
    let four = two & two << 2;
    let eight = four & four << 4;
    eight & eight << (base64::SHORTEST_WORD - 8)
}

/// Returns the bits that have before them, within the length of a short value, a digit or a capital within a
/// word: ordinary words have none.
fn coded(marks: u128) -> u128 {
    let two = marks << 1 | marks << 2;
    let four = two | two << 2;
    let eight = four | four << 4;
    eight | eight << 8
}

/// Returns the bits behind words whose length is that of three or six bytes in base64, which no padding
/// shows.
fn values(words: u128) -> u128 {
    let two = words & words << 1;
    let four = two & two << 2;
    let eight = four & four << 4;
    let three = four << 1 & !(words << 5);
    let six = eight << 1 & !(words << 9);
    (three | six) & !words
}

/// What may stand for something else.
#[derive(Clone, Copy, Debug)]
enum Disguise {
    /// `>`, which may quote a reply.
    Quoting,
    /// `=`, which may pad base64 or write a byte.
    Equals,
    Unit(Unit),
    /// What a character comes to, and how many bytes it takes.
    Character(Folded, usize),
}

/// What a character is to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    /// A letter that is written as something else.
    Hidden,
    /// A separator, or nothing that a reader sees.
    Between,
    Other,
}

impl Disguise {
    /// Returns what may be in disguise at a mark.
    fn at(bytes: &[u8], at: usize) -> Option<Disguise> {
        let tail = bytes.get(at..)?;
        match tail.first()? {
            b'>' => Some(Disguise::Quoting),
            b'=' if !escapes::is_quoted(bytes, at) => Some(Disguise::Equals),
            0x80.. => {
                let (character, width) = utf8::decode(tail)?;
                Some(Disguise::Character(chars::fold(character), width))
            }
            _ => escapes::unit(bytes, at, true).map(Disguise::Unit),
        }
    }

    /// Returns whether it shows itself that a digit or letter is in disguise, or something that takes room
    /// within a number or a word.
    fn is_sure(self, bytes: &[u8], at: usize) -> bool {
        match self {
            Disguise::Quoting => is_within_number(bytes, at, 1),
            Disguise::Equals | Disguise::Character(Folded::Same, _) => false,
            Disguise::Unit(unit) => is_hidden(bytes, at, unit),
            Disguise::Character(Folded::Byte(byte), width) if byte.is_ascii_alphanumeric() => {
                is_in_number(bytes, at, width)
            }
            Disguise::Character(Folded::Byte(_), width) => is_within_number(bytes, at, width),
            // A byte of its own is a soft hyphen in ISO 8859-1 only where the rest is text of that kind.
            Disguise::Character(Folded::Gone, width) => {
                is_within_number(bytes, at, width) || width > 1 && is_within_word(bytes, at, width)
            }
        }
    }

    /// Returns whether it may be one if it stands beside a name for a value.
    fn may_be_named(self, bytes: &[u8], at: usize) -> bool {
        match self {
            Disguise::Quoting => false,
            Disguise::Equals => escapes::may_be_quoted(bytes, at) || base64::is_padding(bytes, at),
            Disguise::Unit(unit) => may_be_unit(bytes, at, unit),
            // In bytes that are no text every name is chance.
            Disguise::Character(Folded::Same, _) | Disguise::Character(_, 1) => false,
            Disguise::Character(Folded::Gone, width) => touches_word(bytes, at, width),
            Disguise::Character(Folded::Byte(byte), width) => match byte {
                b' ' | b'\n' => is_within_word(bytes, at, width),
                // Dashes stand between words too.
                _ => byte.is_ascii_alphanumeric() || parts_number(bytes, at, width),
            },
        }
    }
}

/// Returns whether a unit may hide something of a value that a name stands beside.
fn may_be_unit(bytes: &[u8], at: usize, unit: Unit) -> bool {
    let touches = || touches_word(bytes, at, unit.width);
    match unit.meaning {
        Meaning::Byte(byte) if byte.is_ascii_alphanumeric() => true,
        Meaning::Byte(b'\n' | b'\r' | b'\t' | b'\\') => false,
        Meaning::Byte(b'"') => bytes.get(at) != Some(&b'\\') && touches(),
        Meaning::Byte(_) => touches(),
        Meaning::Char(character) => chars::fold(character) != Folded::Same && touches(),
        Meaning::Gone => is_between_words(bytes, at, unit.width),
    }
}

fn is_hidden(bytes: &[u8], at: usize, unit: Unit) -> bool {
    let next = bytes.get(at + unit.width);
    match unit.meaning {
        Meaning::Char(character) => is_hidden_letter(bytes, at, character, unit.width),
        Meaning::Byte(byte) if byte.is_ascii_digit() => is_in_number(bytes, at, unit.width),
        // Nobody encodes plain letters for need; `=41` may be a field's value.
        Meaning::Byte(byte) if byte.is_ascii_alphabetic() => {
            bytes.get(at) != Some(&b'=') || next == Some(&b'=')
        }
        // The first byte of a letter of Latin script in UTF-8.
        Meaning::Byte(0xc3..=0xc5) => is_hidden_letter(bytes, at, 'é', 2 * unit.width),
        Meaning::Byte(0x80..) => leads_to_value(bytes, at),
        Meaning::Byte(b'&') => next == Some(&b'#'),
        Meaning::Byte(b'%') => next.is_some_and(u8::is_ascii_hexdigit),
        Meaning::Byte(b'\\') => matches!(next, Some(b'u' | b'x')),
        Meaning::Byte(b'\n' | b'\r' | b'\t') => is_within_number(bytes, at, unit.width),
        Meaning::Byte(_) => {
            is_within_number(bytes, at, unit.width) || is_glued(bytes, at, unit.width)
        }
        Meaning::Gone => {
            is_within_number(bytes, at, unit.width) || is_within_word(bytes, at, unit.width)
        }
    }
}

/// Whether a letter outside of ASCII belongs to a word of Latin letters, or to a number or the name of one.
fn is_hidden_letter(bytes: &[u8], at: usize, character: char, width: usize) -> bool {
    let is_letter = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphabetic);
    let in_word = || at.checked_sub(1).is_some_and(is_letter) || is_letter(at + width);
    let leads = || chars::fold(character) == Folded::Same && leads_to_value(bytes, at);
    (character < '\u{250}' && in_word()) || is_in_number(bytes, at, width) || leads()
}

/// Bytes that an identifier may have before its first digit: the country of an IBAN.
const LONGEST_PREFIX: usize = 3;

/// Whether what is written at `at` ends in a letter or digit and so hides where a number begins: `%204111`,
/// `%20DE89`.
fn is_glued(bytes: &[u8], at: usize, width: usize) -> bool {
    let last = bytes.get(at + width - 1);
    let tail = bytes.get(at + width..).unwrap_or_default();
    let letters = tail.iter().take(LONGEST_PREFIX).take_while(|b| b.is_ascii_alphabetic()).count();
    let fewest = if letters == 0 { FEWEST_DIGITS } else { LONGEST_PREFIX - 1 };
    last.is_some_and(u8::is_ascii_alphanumeric)
        && digits_behind(bytes, at + width + letters) >= fewest
}

/// Whether letters or digits touch what stands at `at`.
fn touches_word(bytes: &[u8], at: usize, width: usize) -> bool {
    let is_word = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
    at.checked_sub(1).is_some_and(is_word) || is_word(at + width)
}

/// Whether what touches what stands at `at` is no ordinary word: one with a digit, a short one of capitals
/// before it, one with capitals within behind it.
fn parts_number(bytes: &[u8], at: usize, width: usize) -> bool {
    let head = bytes.get(at.saturating_sub(DIGITS_REACH)..at).unwrap_or_default();
    let before = || head.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
    let behind = bytes.get(at + width..).unwrap_or_default().iter().take(DIGITS_REACH);
    let behind = || behind.clone().take_while(|byte| byte.is_ascii_alphanumeric());
    let digits = || word_behind(bytes, at + width).0 > 0 || before().any(u8::is_ascii_digit);
    let capitals = || before().all(u8::is_ascii_uppercase) && before().count() <= LONGEST_PREFIX;
    let coded = || behind().skip(1).any(|byte| !byte.is_ascii_lowercase());
    touches_word(bytes, at, width) && (digits() || capitals() || coded())
}

/// Whether a tag or the like at `at` may stand within a value: a word before it, and a word behind it, or
/// tags and a blank between.
fn is_between_words(bytes: &[u8], at: usize, width: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    let behind = bytes.get(at + width);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
    let is_part = |byte: &u8| is_word(byte) || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_');
    before.is_some_and(|byte| is_part(byte) || *byte == b'>')
        && behind.is_some_and(|byte| is_part(byte) || *byte == b'<')
}

/// Whether letters or digits touch what stands at `at` on both sides.
fn is_within_word(bytes: &[u8], at: usize, width: usize) -> bool {
    let is_word = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
    at.checked_sub(1).is_some_and(is_word) && is_word(at + width)
}

/// Whether what stands at `at` belongs to a number, whichever of its digits it is, or to a word with digits
/// that is as long.
fn is_in_number(bytes: &[u8], at: usize, width: usize) -> bool {
    let digits = || 1 + digits_before(bytes, at) + digits_behind(bytes, at + width);
    is_in_word(bytes, at) || digits() >= FEWEST_DIGITS
}

/// Whether the letters and digits at `at`, in disguise or not, are a long word with a digit.
fn is_in_word(bytes: &[u8], at: usize) -> bool {
    let head = bytes.get(at.saturating_sub(FEWEST_IN_WORD)..at).unwrap_or_default();
    let before = || head.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
    let (digits, length) = word_behind(bytes, at);
    let has_digit = digits > 0 || before().any(u8::is_ascii_digit);
    has_digit && length + before().count() >= FEWEST_IN_WORD
}

/// Whether letters that are written as something else stand at `at`, and a short value with a digit behind
/// them.
fn leads_to_value(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..STEPS {
        let (kind, width) = kind_at(bytes, at);
        match kind {
            Kind::Other => return false,
            Kind::Digit | Kind::Letter => break,
            Kind::Hidden | Kind::Between => at += width,
        }
    }
    let (digits, length) = word_behind(bytes, at);
    digits > 0 && length >= FEWEST_IN_VALUE
}

/// Returns how many digits the word at `at` has, and how many letters and digits, in disguise or not.
fn word_behind(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut digits = 0;
    for length in 0..FEWEST_IN_WORD {
        let (kind, width) = kind_at(bytes, at);
        match kind {
            Kind::Digit => digits += 1,
            Kind::Letter => {}
            _ => return (digits, length),
        }
        at += width;
    }
    (digits, FEWEST_IN_WORD)
}

/// Whether digits of a number stand on both sides of what is at `at`.
fn is_within_number(bytes: &[u8], at: usize, width: usize) -> bool {
    let before = digits_before(bytes, at);
    if before == 0 {
        return false;
    }
    let behind = digits_behind(bytes, at + width);
    behind > 0 && before + behind >= FEWEST_DIGITS
}

/// Returns how many digits stand before `at`, with nothing but separators between.
fn digits_before(bytes: &[u8], at: usize) -> usize {
    let head = bytes.get(at.saturating_sub(DIGITS_REACH)..at).unwrap_or_default();
    let part = head.iter().rev().take_while(|byte| byte.is_ascii_digit() || is_separator(**byte));
    part.filter(|byte| byte.is_ascii_digit()).count()
}

/// Returns how many digits follow at `at`, in disguise or not, up to what is no part of a number.
fn digits_behind(bytes: &[u8], mut at: usize) -> usize {
    let mut digits = 0;
    for _ in 0..STEPS {
        let (kind, width) = kind_at(bytes, at);
        match kind {
            Kind::Other | Kind::Letter => break,
            Kind::Digit => digits += 1,
            Kind::Hidden | Kind::Between => {}
        }
        if digits == FEWEST_DIGITS {
            break;
        }
        at += width;
    }
    digits
}

/// Returns what stands at `at`, and how many bytes it takes.
fn kind_at(bytes: &[u8], at: usize) -> (Kind, usize) {
    let Some(byte) = bytes.get(at) else { return (Kind::Other, 0) };
    match byte {
        b'0'..=b'9' => (Kind::Digit, 1),
        b'A'..=b'Z' | b'a'..=b'z' => (Kind::Letter, 1),
        b'&' | b'%' | b'\\' | b'<' | b'=' => {
            let unit = escapes::unit(bytes, at, true);
            unit.map_or((Kind::Other, 1), |unit| (kind_of(unit.meaning), unit.width))
        }
        0x80.. => kind_of_character(bytes.get(at..).unwrap_or_default()),
        _ if is_separator(*byte) => (Kind::Between, 1),
        _ => (Kind::Other, 1),
    }
}

fn kind_of(meaning: Meaning) -> Kind {
    match meaning {
        Meaning::Byte(byte) if byte.is_ascii_digit() => Kind::Digit,
        Meaning::Byte(byte) if byte.is_ascii_alphabetic() => Kind::Letter,
        Meaning::Byte(0x80..) => Kind::Hidden,
        Meaning::Char(character) if chars::fold(character) == Folded::Same => Kind::Hidden,
        _ => Kind::Between,
    }
}

/// Returns what the character is that a text begins with, one outside of ASCII, and its bytes.
fn kind_of_character(tail: &[u8]) -> (Kind, usize) {
    let (character, width) = utf8::decode(tail).unwrap_or(('\0', 1));
    let kind = match chars::fold(character) {
        Folded::Same => Kind::Other,
        Folded::Byte(byte) if byte.is_ascii_digit() => Kind::Digit,
        Folded::Byte(byte) if byte.is_ascii_alphabetic() => Kind::Letter,
        Folded::Byte(_) | Folded::Gone => Kind::Between,
    };
    (kind, width)
}

fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'-' | b'.' | b'/' | b'_' | b'\r' | b'\n' | b'>' | b'+' | b':' | b'"'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kernel::Kernel;

    fn is_spotted(text: &str) -> bool {
        let haystack = Haystack { bytes: text.as_bytes(), base: 0 };
        let mut classes = Classes::default();
        classes.fill(Kernel::Scalar, haystack.bytes, 0..text.len());
        let mut spots = Spots::default();
        let nothing = Numbers { keywords: &mut std::iter::empty(), cells: None };
        spots.find(haystack, &classes, nothing);
        !spots.blocks().is_empty()
    }

    #[test]
    fn disguises_are_spotted_at_every_place_of_a_block() {
        for text in [
            "４１１１１１",
            "4111 1１",
            "4111\u{200b}11",
            "&#52;111&nbsp;11",
            "4111&nbsp;1111",
            "4111</b> <i>1111",
            "%34111%2011",
            "4111%201111",
            "x%20DE893704",
            "4111\\u00a01111",
            "4111=201111",
            "4111\n> 1111",
            "4 1 1 1 1 1 1 1",
            "NDExMSAxMTExIA==",
            "di\u{ad}abetes",
            "4111\\-1111",
            "diab&egrave;te",
            "diab%C3%A8te",
            "diab\\u00e8te",
            "\\u5361\\u53f7: 411111",
            "%25%34111111",
            "&#99;ard",
        ] {
            for pad in 0..130 {
                assert!(is_spotted(&format!("{}{text} ", " ".repeat(pad))), "{text} at {pad}");
            }
        }
    }

    #[test]
    fn plain_text_is_not() {
        for text in [
            "In 1990 “curly quotes” — and dashes – stood, naïvely.",
            "<td>12</td><td>13</td> <p>text</p> a < b && c > d",
            "GET /a?b=1&c=2&d=50% HTTP/1.1",
            "{\"a\": \"line\\nnext\", \"path\": \"C:\\\\dir\"}",
            "d41d8cd98f00b204e9800998ecf8427e internationalisation",
            "1, 2, 3, 4, 5, 6, 7, 8, 9",
            "brightness =38\n03-17,永遠の０ （40秒）ｗｗ 46回～, {\"q\": \"%E4%B8%80&a\"}",
            "<b>12</b> of 1&nbsp;299 &mdash; &copy; 2026, sufficiently Mademoiselle",
        ] {
            assert!(!is_spotted(text), "{text}");
        }
    }
}
