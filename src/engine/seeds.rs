//! From class masks to the places where an identifier may begin.

use std::ops::Range;

use super::{BLOCK, Masks, scalar};

/// A place where some written form may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seed {
    /// Index into the haystack.
    pub(crate) at: usize,
    pub(crate) kind: SeedKind,
}

/// What begins at a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SeedKind {
    /// A run of digits.
    Digits,
    /// A word that begins with a letter and holds a digit.
    Code,
    /// A word of capitals only.
    Capitals,
    /// The first `<<` of a run of `<`.
    Angles,
}

/// Words longer than this are not looked through for a digit: no identifier begins with so many
/// letters.
const CODE_LETTERS: usize = 16;
/// Lengths of the words of capitals that some form consists of (a BIC has 8 or 11).
const CAPITALS: Range<usize> = 8..12;

/// Appends the seeds of `haystack[range]` to `out`, in order.
///
/// A byte before the range decides whether the first byte begins a run, so the result for a range is
/// the same whatever the ranges around it are.
///
/// # Complexity
///
/// Linear in the range.
pub(crate) fn find(haystack: &[u8], range: Range<usize>, out: &mut Vec<Seed>) {
    let mut before = range.start.checked_sub(1).map_or(0, |i| class_of(haystack, i));
    for start in range.clone().step_by(BLOCK) {
        let masks = masks_at(haystack, start..range.end.min(start + BLOCK));
        collect(haystack, start, masks, before, out);
        before = class_of(haystack, start + BLOCK - 1);
    }
}

const WORD: u8 = 1;
const DIGIT: u8 = 2;
const ANGLE: u8 = 4;

/// Returns the classes of one byte, as the bits that flow from a block into the next.
fn class_of(haystack: &[u8], at: usize) -> u8 {
    match haystack.get(at) {
        Some(b'0'..=b'9') => WORD | DIGIT,
        Some(b'A'..=b'Z' | b'a'..=b'z') => WORD,
        Some(b'<') => ANGLE,
        _ => 0,
    }
}

/// Returns the masks of at most one block; bytes behind the range have no class.
fn masks_at(haystack: &[u8], range: Range<usize>) -> Masks {
    let mut block = [0; BLOCK];
    if let Some(bytes) = haystack.get(range) {
        block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    }
    scalar::classify(&block)
}

/// Reads one block's seeds off its masks.
fn collect(haystack: &[u8], start: usize, masks: Masks, before: u8, out: &mut Vec<Seed>) {
    let follows = |mask: u64, class: u8| (mask << 1) | u64::from(before & class != 0);
    let digits = masks.digit & !follows(masks.digit, DIGIT);
    let letters = (masks.upper | masks.lower) & !follows(masks.word(), WORD);
    let angles = masks.angle & !follows(masks.angle, ANGLE);
    for bit in Bits(digits | letters | angles) {
        let at = start + bit;
        let is = |mask: u64| mask >> bit & 1 != 0;
        let kind = match () {
            () if is(digits) => Some(SeedKind::Digits),
            () if is(letters) => kind_of_word(haystack, at),
            () => (haystack.get(at + 1) == Some(&b'<')).then_some(SeedKind::Angles),
        };
        out.extend(kind.map(|kind| Seed { at, kind }));
    }
}

/// Returns what a word that begins with a letter may be, if anything.
fn kind_of_word(haystack: &[u8], at: usize) -> Option<SeedKind> {
    let word = haystack.get(at..)?;
    let letters = word.iter().take(CODE_LETTERS + 1).take_while(|b| b.is_ascii_alphabetic());
    let count = letters.count();
    if count <= CODE_LETTERS && word.get(count).is_some_and(u8::is_ascii_digit) {
        return Some(SeedKind::Code);
    }
    let capitals = word.get(..count)?.iter().all(u8::is_ascii_uppercase);
    (CAPITALS.contains(&count) && capitals).then_some(SeedKind::Capitals)
}

/// Iterates over the indices of the set bits, lowest first.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (bit < BLOCK).then_some(bit)
    }
}
