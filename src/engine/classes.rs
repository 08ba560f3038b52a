//! The class masks of a stretch, made once and read by everything that looks for beginnings.

use std::ops::Range;

use super::kernel::Kernel;
use super::{BLOCK, Masks};

/// Bytes before a byte that is no UTF-8, and from it on, that tell whether it stands in text.
pub(crate) const TEXT_REACH: usize = 16;

/// The masks of a stretch of a haystack, block by block.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    start: usize,
    end: usize,
    /// The byte before the stretch as the last bit of a block, then the blocks.
    blocks: Vec<Masks>,
}

impl Classes {
    /// Classifies `haystack[range]`. The byte before it decides whether the first byte begins a run, so
    /// what begins within a range is the same whatever the ranges around it are.
    ///
    /// # Complexity
    ///
    /// Linear in the range; keeps 64 bytes for each 64.
    pub(crate) fn fill(&mut self, kernel: Kernel, haystack: &[u8], range: Range<usize>) {
        (self.start, self.end) = (range.start, range.end);
        self.blocks.clear();
        let mut last = [0; BLOCK];
        if let (Some(to), Some(from)) = (last.last_mut(), range.start.checked_sub(1)) {
            *to = haystack.get(from).copied().unwrap_or(0);
        }
        kernel.classify(&[last], &mut self.blocks);
        let bytes = haystack.get(range).unwrap_or_default();
        let (whole, rest) = bytes.as_chunks::<BLOCK>();
        kernel.classify(whole, &mut self.blocks);
        if !rest.is_empty() {
            let mut block = [0; BLOCK];
            block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            kernel.classify(&[block], &mut self.blocks);
        }
    }

    /// Iterates over the blocks: index of the first byte, the masks, and those of the block before.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (usize, Masks, Masks)> + '_ {
        let pairs = self.blocks.windows(2).zip((self.start..).step_by(BLOCK));
        pairs.filter_map(|(pair, start)| match pair {
            [before, masks] => Some((start, *masks, *before)),
            _ => None,
        })
    }

    /// Returns the stretch that is classified.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the classes of the bytes from an index on; those outside of the stretch are of none.
    pub(crate) fn ahead(&self, at: usize) -> Window {
        let Some(from) = at.checked_sub(self.start) else { return Window::default() };
        let (block, shift) = (1 + from / BLOCK, from % BLOCK);
        let (own, next) = match self.blocks.get(block..) {
            Some([own, next, ..]) => (*own, *next),
            Some([own]) => (*own, Masks::default()),
            _ => return Window::default(),
        };
        // Shifted in two steps, since no shift by the whole width is allowed.
        let joined = |own: u64, next: u64| own >> shift | next << 1 << (BLOCK - 1 - shift);
        Window {
            digit: joined(own.digit, next.digit),
            letter: joined(own.letter(), next.letter()),
            high: joined(own.high, next.high),
        }
    }

    /// Returns the classes of the bytes before an index, that of the last one in the highest bit.
    pub(crate) fn before(&self, at: usize) -> Window {
        let Some(from) = at.checked_sub(self.start) else { return Window::default() };
        let (block, shift) = (1 + from / BLOCK, from % BLOCK);
        let masks = |block: usize| self.blocks.get(block).copied().unwrap_or_default();
        let (own, last) = (masks(block), masks(block - 1));
        let joined = |own: u64, last: u64| own << 1 << (BLOCK - 1 - shift) | last >> shift;
        Window {
            digit: joined(own.digit, last.digit),
            letter: joined(own.letter(), last.letter()),
            high: joined(own.high, last.high),
        }
    }

    /// Returns how many digits stand in the blocks that a range lies in.
    pub(crate) fn digits_within(&self, range: &Range<usize>) -> usize {
        self.around(range).iter().map(|masks| masks.digit.count_ones() as usize).sum()
    }

    /// Returns whether bytes outside of ASCII stand in the blocks that a range lies in.
    pub(crate) fn has_high(&self, range: &Range<usize>) -> bool {
        self.around(range).iter().any(|masks| masks.high != 0)
    }

    /// Returns the blocks that a range lies in.
    fn around(&self, range: &Range<usize>) -> &[Masks] {
        let block = |at: usize| 1 + at.saturating_sub(self.start) / BLOCK;
        let last = block(range.end).min(self.blocks.len().saturating_sub(1));
        self.blocks.get(block(range.start)..=last).unwrap_or_default()
    }

    /// Iterates over the places where a word may begin, block by block: a letter or digit behind anything
    /// else, a capital behind a small letter, what follows an escape, and every letter outside of ASCII.
    pub(crate) fn word_starts(&self) -> impl Iterator<Item = u64> + '_ {
        let next = self.blocks.iter().skip(2).copied().chain([Masks::default()]);
        self.blocks().zip(next).map(|((_, masks, before), next)| {
            let opens = masks.word() & !follows(masks.word(), before.word());
            let camel = masks.upper & follows(masks.lower, before.lower);
            let escaped = masks.backslash << 2 | before.backslash >> (BLOCK - 2);
            let outside = masks.lead & !continued(masks, before) & !odd(masks, before, next);
            opens | camel | escaped & masks.word() | outside
        })
    }
}

/// Returns the bits of the letters of two bytes, of scripts whose words have edges, that stand behind a letter or
/// digit: what follows a letter of ASCII, or one that is of two bytes too and no sign.
fn continued(masks: Masks, before: Masks) -> u64 {
    let pair = masks.pair << 2 | before.pair >> (BLOCK - 2);
    let within = |masks: Masks| masks.high & !masks.lead;
    masks.two
        & (follows(masks.word(), before.word()) | pair & follows(within(masks), within(before)))
}

/// Returns the bits of bytes that are no UTF-8 and have a control character within [`TEXT_REACH`] bytes.
fn odd(masks: Masks, before: Masks, next: Masks) -> u64 {
    let within = |masks: Masks| masks.high & !masks.lead;
    let single = masks.lead & !(within(masks) >> 1 | within(next) << (BLOCK - 1));
    if single == 0 || before.control | masks.control | next.control == 0 {
        return 0;
    }
    let joined = |low: u64, high: u64| u128::from(low) | u128::from(high) << BLOCK;
    let steps = || (0..TEXT_REACH.trailing_zeros()).map(|step| 1 << step);
    let behind = joined(before.control, masks.control);
    let behind = steps().fold(behind << 1, |near, by: u32| near | near << by);
    let ahead = joined(masks.control, next.control);
    let ahead = steps().fold(ahead, |near, by: u32| near | near >> by);
    single & ((behind >> BLOCK) as u64 | ahead as u64)
}

/// The classes of 64 bytes wherever they begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) digit: u64,
    pub(crate) letter: u64,
    pub(crate) high: u64,
}

impl Window {
    /// Returns how many letters and digits stand first in a row.
    pub(crate) fn word(&self) -> usize {
        (self.digit | self.letter).trailing_ones() as usize
    }

    pub(crate) fn digits(&self) -> usize {
        self.digit.trailing_ones() as usize
    }

    pub(crate) fn letters(&self) -> usize {
        self.letter.trailing_ones() as usize
    }
}

/// Returns the bits whose predecessor is set, in this block or at the end of the one before.
pub(crate) fn follows(mask: u64, before: u64) -> u64 {
    mask << 1 | before >> (BLOCK - 1)
}

/// Iterates over the indices of the set bits, lowest first.
pub(crate) fn bits(mask: u64) -> impl Iterator<Item = usize> {
    let mut rest = mask;
    std::iter::from_fn(move || {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (bit < BLOCK).then_some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str, range: Range<usize>) -> Vec<usize> {
        let mut classes = Classes::default();
        classes.fill(Kernel::Scalar, text.as_bytes(), range.clone());
        let masks = (range.start..).step_by(BLOCK).zip(classes.word_starts());
        masks.flat_map(|(start, mask)| bits(mask).map(move |bit| start + bit)).collect()
    }

    #[test]
    fn words_begin_at_edges_capitals_and_escapes() {
        assert_eq!(starts("ab cardNo a\\ncard", 0..17), [0, 3, 7, 10, 12, 13]);
        assert_eq!(starts("é", 0..2), [0]);
        assert_eq!(starts("Rostóv номер", 0..17), [0, 6, 8]);
        assert_eq!(starts("×é —é 身份", 0..17), [0, 2, 5, 8, 11, 14]);
    }

    #[test]
    fn bytes_that_are_no_utf8_begin_words_in_text_only() {
        for control in 40..100 {
            for letter in (40..100).filter(|letter| *letter != control) {
                let mut text = [b' '; 200];
                (text[control], text[letter]) = (2, 0xe9);
                let mut classes = Classes::default();
                classes.fill(Kernel::Scalar, &text, 0..text.len());
                let is_start = classes.word_starts().any(|mask| mask != 0);
                let near = control < letter + TEXT_REACH && letter <= control + TEXT_REACH;
                assert_eq!(is_start, !near, "{letter} by {control}");
                text[letter + 1] = 0xa9;
                classes.fill(Kernel::Scalar, &text, 0..text.len());
                let starts: u32 = classes.word_starts().map(u64::count_ones).sum();
                assert_eq!(
                    starts,
                    u32::from(control != letter + 1 || near),
                    "{letter} by {control}"
                );
            }
        }
    }

    #[test]
    fn windows_begin_anywhere() {
        let text: Vec<u8> = (0..400u32).map(|at| b"1a-\xc3"[(at * at % 7 % 4) as usize]).collect();
        for start in [0, 3, 64, 70] {
            let mut classes = Classes::default();
            classes.fill(Kernel::Scalar, &text, start..text.len());
            for at in start + BLOCK..text.len() {
                let bytes = |range: Range<usize>| {
                    let mut block = [0; BLOCK];
                    let known = text.get(range.start..range.end.min(text.len())).unwrap();
                    block[..known.len()].copy_from_slice(known);
                    let mut blocks = Vec::new();
                    Kernel::Scalar.classify(&[block], &mut blocks);
                    let Masks { digit, high, .. } = blocks[0];
                    Window { digit, letter: blocks[0].letter(), high }
                };
                assert_eq!(classes.ahead(at), bytes(at..at + BLOCK), "{at} from {start}");
                assert_eq!(classes.before(at), bytes(at - BLOCK..at), "{at} from {start}");
            }
        }
    }

    #[test]
    fn a_range_that_opens_within_a_word_begins_nothing_there() {
        let text = format!("{}card", "x".repeat(100));
        for start in 1..100 {
            assert!(starts(&text, start..104).is_empty(), "{start}");
        }
        assert_eq!(starts(&text, 0..104), [0]);
    }
}
