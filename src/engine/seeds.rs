//! From class masks to the places where an identifier may begin.

use std::ops::Range;

use super::classes::{Classes, bits, follows};

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

/// Writes the seeds within `range` to `out`, in order.
///
/// # Complexity
///
/// Linear in the bytes that were classified.
pub(crate) fn find(classes: &Classes, haystack: &[u8], range: &Range<usize>, out: &mut Vec<Seed>) {
    out.clear();
    for (start, masks, before) in classes.blocks() {
        let digits = masks.digit & !follows(masks.digit, before.digit);
        let letters = (masks.upper | masks.lower) & !follows(masks.word(), before.word());
        let angles = masks.angle & !follows(masks.angle, before.angle);
        for bit in bits(digits | letters | angles) {
            let at = start + bit;
            let is = |mask: u64| mask >> bit & 1 != 0;
            let kind = match () {
                () if is(digits) => Some(SeedKind::Digits),
                () if is(letters) => kind_of_word(haystack, at),
                () => (haystack.get(at + 1) == Some(&b'<')).then_some(SeedKind::Angles),
            };
            out.extend(kind.filter(|_| range.contains(&at)).map(|kind| Seed { at, kind }));
        }
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
