//! From class masks to the places where an identifier may begin.

use std::ops::Range;

use super::classes::{Classes, Window, bits, follows};
use super::forms::Look;
use super::separators::Separator;
use super::{BLOCK, Masks};

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
    /// A digit in a run of more digits than any number has.
    InRun,
    /// A word of one or two capitals, a sign or a blank following.
    Short,
}

/// Words longer than this are not looked through for a digit: no identifier begins with so many
/// letters.
const CODE_LETTERS: usize = 16;
/// Lengths of the words of capitals that some form consists of (a BIC has 8 or 11).
const CAPITALS: Range<usize> = 8..12;

/// Digits of the longest number that stands within a longer run, a card's.
pub(crate) const LONGEST_IN_RUN: usize = 19;
/// Letters of the longest [`SeedKind::Short`], the blood group AB.
const SHORT_LETTERS: usize = 2;

/// Calls `found` with the seeds within `range`, by the block in which they show, but for runs of digits at which
/// nothing begins by how `look` looks at a block.
///
/// # Complexity
///
/// Linear in the bytes that were classified.
pub(crate) fn find<'l>(
    classes: &Classes,
    haystack: &[u8],
    range: &Range<usize>,
    look: impl Fn(usize) -> Look<'l>,
    mut found: impl FnMut(Seed),
) {
    for (start, masks, before) in classes.blocks() {
        let digits = match masks.digit & !follows(masks.digit, before.digit) {
            0 => 0,
            first => {
                let next = classes.ahead(start + BLOCK);
                passing(haystack, start, first, [before, masks], next, look(start))
            }
        };
        let opens = !follows(masks.word(), before.word());
        // Words of capitals only; what the last one's next letter is stands in the next block.
        let letters = masks.upper & opens & !(masks.lower >> 1);
        let angles = masks.angle & !follows(masks.angle, before.angle);
        let long = in_long_runs(haystack, start, masks.digit);
        let codes = codes(start, (masks, before)).filter(|seed| range.contains(&seed.at));
        codes.for_each(&mut found);
        for bit in bits(digits | letters | angles | long) {
            let at = start + bit;
            let is = |mask: u64| mask >> bit & 1 != 0;
            let within = is(long).then_some(SeedKind::InRun);
            let kind = match () {
                () if is(digits) => Some(SeedKind::Digits),
                () if is(letters) => kind_of_capitals(haystack, at),
                () if is(long) => None,
                () => (haystack.get(at + 1) == Some(&b'<')).then_some(SeedKind::Angles),
            };
            let kinds = within.into_iter().chain(kind).filter(|_| range.contains(&at));
            kinds.for_each(|kind| found(Seed { at, kind }));
        }
    }
}

/// Returns those of the first digits of runs in a block at which something may begin, or that letters may go before.
fn passing(
    haystack: &[u8],
    start: usize,
    first: u64,
    [before, masks]: [Masks; 2],
    next: Window,
    look: Look<'_>,
) -> u64 {
    if masks.high | next.high != 0 {
        // Separators outside of ASCII take more than a byte.
        return first;
    }
    let behind = |own: u64, before: u64, by: usize| own << by | before >> (BLOCK - by);
    let letter = |by: usize| behind(masks.letter(), before.letter(), by);
    let high = |by: usize| behind(masks.high, before.high, by);
    let led = (letter(2) | letter(3)) & !behind(masks.word(), before.word(), 1);
    let led = bits(first & led).filter(|bit| may_lead(haystack, start + bit));
    let led = led.fold(0, |led, bit| led | 1 << bit);
    let led = led | first & (high(1) | high(2) | high(3) | high(4));
    let joined = |own: u64, next: u64| u128::from(own) | u128::from(next) << BLOCK;
    let digits = joined(masks.digit, next.digit);
    let passing = look.gate.passing(first & !led, digits, joined(masks.letter(), next.letter));
    let Some(quick) = look.quick else { return passing | led };
    let shows = bits(passing).filter(|bit| {
        let ahead = Window { digit: (digits >> bit) as u64, ..Window::default() };
        quick.shows_digits(haystack, start + bit, ahead)
    });
    shows.fold(led, |shows, bit| shows | 1 << bit)
}

/// Returns whether the byte before `at` may stand between letters and the digits there.
fn may_lead(haystack: &[u8], at: usize) -> bool {
    let mark = at.checked_sub(1).and_then(|before| haystack.get(before));
    mark.is_some_and(|mark| *mark == b'#' || Separator::of_ascii(*mark).is_some())
}

/// Returns the bits of the digits that lie in runs longer than [`LONGEST_IN_RUN`]; the block begins
/// at `start`.
///
/// Reads so many bytes beyond either end of the block, and those only where a run reaches that end.
fn in_long_runs(haystack: &[u8], start: usize, digit: u64) -> u64 {
    let pairs = digit & digit >> 1;
    let fours = pairs & pairs >> 2;
    let eights = fours & fours >> 4;
    let sixteens = eights & eights >> 8;
    let at_an_end = digit & (1 | 1 << (BLOCK - 1));
    if sixteens | at_an_end == 0 {
        return 0;
    }
    let (mut rest, mut long) = (digit, 0);
    while rest != 0 {
        let first = rest.trailing_zeros() as usize;
        let count = (rest >> first).trailing_ones() as usize;
        let run = u64::MAX >> (BLOCK - count) << first;
        rest &= !run;
        let ahead = if first == 0 { digits_before(haystack, start) } else { 0 };
        let ends_block = first + count == BLOCK;
        let behind = if ends_block { digits_from(haystack, start + BLOCK) } else { 0 };
        long |= if ahead + count + behind > LONGEST_IN_RUN { run } else { 0 };
    }
    long
}

fn digits_before(haystack: &[u8], at: usize) -> usize {
    let head = haystack.get(at.saturating_sub(LONGEST_IN_RUN)..at).unwrap_or_default();
    head.iter().rev().take_while(|byte| byte.is_ascii_digit()).count()
}

fn digits_from(haystack: &[u8], at: usize) -> usize {
    let tail = haystack.get(at..).unwrap_or_default().iter().take(LONGEST_IN_RUN);
    tail.take_while(|byte| byte.is_ascii_digit()).count()
}

/// Returns the words that begin with letters, up to [`CODE_LETTERS`], before a digit of a block; the block
/// begins at `start`.
fn codes(start: usize, (masks, before): (Masks, Masks)) -> impl Iterator<Item = Seed> {
    let letters = u128::from(before.letter()) | u128::from(masks.letter()) << BLOCK;
    let digits = u128::from(before.digit) | u128::from(masks.digit) << BLOCK;
    bits(masks.digit & follows(masks.letter(), before.letter())).filter_map(move |bit| {
        let behind = BLOCK - bit;
        let count = (letters << behind).leading_ones() as usize;
        let is_inner = || digits << (behind + count) >> (2 * BLOCK - 1) != 0;
        let is_code = count <= CODE_LETTERS && !is_inner();
        is_code.then(|| Seed { at: start + bit - count, kind: SeedKind::Code })
    })
}

/// Returns what a word that begins with a capital may be, if anything.
fn kind_of_capitals(haystack: &[u8], at: usize) -> Option<SeedKind> {
    let word = haystack.get(at..)?;
    let letters = word.iter().take(CAPITALS.end).take_while(|b| b.is_ascii_uppercase());
    let count = letters.count();
    let next = word.get(count);
    if next.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let signed = || matches!(next, Some(b' ' | b'+' | b'-'));
    match count {
        1..=SHORT_LETTERS => signed().then_some(SeedKind::Short),
        _ => CAPITALS.contains(&count).then_some(SeedKind::Capitals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::forms::{Behind, Gate};
    use crate::engine::kernel::Kernel;

    /// The seeds of a kind in a text.
    fn places(text: &[u8], kind: SeedKind) -> Vec<usize> {
        let (mut classes, mut places) = (Classes::default(), Vec::new());
        classes.fill(Kernel::Scalar, text, 0..text.len());
        find(
            &classes,
            text,
            &(0..text.len()),
            |_| Look::OPEN,
            |seed| {
                places.extend((seed.kind == kind).then_some(seed.at));
            },
        );
        places
    }

    /// The places in runs of twenty digits and more, by counting.
    fn by_counting(text: &[u8]) -> Vec<usize> {
        let is_digit = |at: &usize| text[*at].is_ascii_digit();
        let run = |at: usize| {
            let left = (0..at).rev().take_while(is_digit).count();
            left + (at..text.len()).take_while(is_digit).count()
        };
        (0..text.len()).filter(|at| is_digit(at) && run(*at) > LONGEST_IN_RUN).collect()
    }

    #[test]
    fn codes_begin_with_few_letters_wherever_blocks_begin() {
        for letters in [1, 2, CODE_LETTERS, CODE_LETTERS + 1, 63, 64, 127, 128, 129, 200] {
            for before in (0..130).chain([190, 191, 192]) {
                let text = format!("{}{}1", "-".repeat(before), "x".repeat(letters)).into_bytes();
                let found = places(&text, SeedKind::Code);
                let expected = if letters <= CODE_LETTERS { vec![before] } else { vec![] };
                assert_eq!(found, expected, "{letters} letters behind {before}");
            }
        }
        assert_eq!(places(b"1ab2 ab3", SeedKind::Code), [5]);
    }

    #[test]
    fn gates_let_pass_what_is_long_enough_behind_them() {
        let mut gate = Gate::default();
        gate.let_pass(3, Behind::Digits(2));
        gate.let_pass(9, Behind::Digits(0));
        gate.let_pass(4, Behind::Letter);
        gate.let_pass(5, Behind::Digits(0));
        for (text, passes) in [
            ("123-45", true),
            ("123-4-", false),
            ("123", false),
            ("12-345", false),
            ("1234x", true),
            ("1234-x", false),
            ("12345-x", true),
            ("12345-1", false),
            ("123456", false),
            ("1234567", true),
            ("ab 12", true),
            ("ab. 12", true),
            ("ab12-3", false),
            ("é 1", true),
            ("1\u{2013}2", true),
        ] {
            for before in 0..130 {
                let text = format!("{}{text}", "-".repeat(before)).into_bytes();
                let (mut classes, mut seeds) = (Classes::default(), 0);
                classes.fill(Kernel::Scalar, &text, 0..text.len());
                let first = text.iter().position(u8::is_ascii_digit);
                find(
                    &classes,
                    &text,
                    &(0..text.len()),
                    |_| Look { gate, quick: None },
                    |seed| {
                        let is_first = seed.kind == SeedKind::Digits && Some(seed.at) == first;
                        seeds += usize::from(is_first);
                    },
                );
                assert_eq!(seeds == 1, passes, "{:?}", String::from_utf8(text));
            }
        }
    }

    #[test]
    fn runs_are_long_wherever_blocks_begin() {
        for run in [18, 19, 20, 21, 63, 64, 65, 200] {
            for before in 0..130 {
                let text = format!("{}{}x12", "-".repeat(before), "7".repeat(run)).into_bytes();
                let found = places(&text, SeedKind::InRun);
                assert_eq!(found, by_counting(&text), "{run} digits behind {before}");
            }
        }
    }
}
