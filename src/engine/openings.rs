//! Layouts by what shows where they begin: the length of the first run, what follows it, and the length of
//! the second run.

use super::classes::Window;
use super::forms::{FormSet, FormWord, Wanted};
use super::layout::{DIGIT, FOLLOWERS, Known, LETTER, LONGEST_SECOND, Layout, OTHER};
use super::separators::Separator;

/// Lengths of a second run that are told apart, [`LONGEST_SECOND`] and all above as one.
const SECONDS: usize = LONGEST_SECOND + 1;
/// Bytes outside of ASCII, which may be separators.
const WIDE: u8 = FOLLOWERS as u8;
/// The kind of what a byte is, by [`follower`](super::layout::follower).
const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [OTHER as u8; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT as u8,
            b'A'..=b'Z' | b'a'..=b'z' => LETTER as u8,
            0x80.. => WIDE,
            ascii => match Separator::of_ascii(ascii) {
                Some(kind) => kind as u8,
                None => OTHER as u8,
            },
        };
        byte += 1;
    }
    kinds
}

/// What shows of a place where a layout may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Length of the first run.
    pub(super) count: usize,
    /// Kind of what follows it.
    pub(super) follower: usize,
    /// Digits behind a separator that follows, or right behind letters; [`LONGEST_SECOND`] for more and for
    /// none of both.
    pub(super) second: usize,
}

impl Shown {
    /// Reads what shows where a run of `count` begins.
    pub(super) fn of(haystack: &[u8], at: usize, count: usize, ahead: Window) -> Shown {
        let digits = |skipped: usize| {
            let rest = ahead.digit.checked_shr(skipped as u32).unwrap_or(0);
            LONGEST_SECOND.min(rest.trailing_ones() as usize)
        };
        let byte = haystack.get(at + count).copied().unwrap_or(0);
        let kind = KINDS.get(usize::from(byte)).map_or(OTHER, |kind| usize::from(*kind));
        let (follower, second) = match kind {
            ..LETTER => (kind, digits(count + 1)),
            DIGIT => (DIGIT, digits(count)),
            LETTER | OTHER => (kind, LONGEST_SECOND),
            _ => match Separator::starting(haystack.get(at + count..).unwrap_or_default()) {
                Some((kind, width)) => (kind as usize, digits(count + width)),
                None => (OTHER, LONGEST_SECOND),
            },
        };
        Shown { count, follower, second }
    }

    /// Returns what is known of the characters at such a place, where a run of `own` begins.
    fn text(self, own: Known) -> Vec<Known> {
        let mut text = vec![own; self.count];
        let digits = match self.follower {
            DIGIT => true,
            LETTER => {
                text.push(Known::Letter);
                false
            }
            mark => {
                let mark = Separator::KINDS.get(mark).map(|kind| Known::Mark(*kind));
                text.push(mark.unwrap_or(Known::Other));
                mark.is_some()
            }
        };
        if digits {
            text.extend([Known::Digit].repeat(self.second));
            text.extend((self.second < LONGEST_SECOND).then_some(Known::NoDigit));
        }
        text
    }

    /// Iterates over everything that may show where a run of `count` begins.
    fn all(count: usize) -> impl Iterator<Item = Shown> {
        (0..FOLLOWERS).flat_map(move |follower| {
            let first = if matches!(follower, LETTER | OTHER) { LONGEST_SECOND } else { 0 };
            (first..SECONDS).map(move |second| Shown { count, follower, second })
        })
    }

    fn index(self) -> usize {
        (self.count * FOLLOWERS + self.follower) * SECONDS + self.second
    }
}

/// Layouts of one kind of opening.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// For each [`Shown`] where its words lie, and behind the last one their end.
    starts: Vec<u32>,
    words: Vec<FormWord>,
}

/// Layouts by [`Shown`], before they are compiled.
#[derive(Debug)]
pub(super) struct Collected {
    /// What the first run consists of.
    own: Known,
    slots: Vec<Vec<FormWord>>,
}

impl Collected {
    /// Returns an empty table for first runs of `most` characters at the most.
    pub(super) fn new(own: Known, most: usize) -> Collected {
        Collected { own, slots: vec![Vec::new(); (most + 1) * FOLLOWERS * SECONDS] }
    }

    /// Enters a layout wherever it may begin with a run of `count`. Layouts are entered in order.
    pub(super) fn insert(&mut self, form: u16, layout: &Layout, count: usize) {
        for shown in Shown::all(count) {
            let fits =
                layout.may_go_on(count, shown.follower) && layout.may_begin(&shown.text(self.own));
            let Some(slot) = self.slots.get_mut(shown.index()).filter(|_| fits) else { continue };
            let (index, bit) = (form / u64::BITS as u16, 1 << (u32::from(form) % u64::BITS));
            match slot.last_mut() {
                Some((last, word)) if *last == index => *word |= bit,
                _ => slot.push((index, bit)),
            }
        }
    }

    pub(super) fn compile(&self) -> Openings {
        let words: Vec<FormWord> = self.slots.iter().flatten().copied().collect();
        let mut start = 0;
        let starts = self.slots.iter().map(|slot| {
            start += slot.len();
            (start - slot.len()) as u32
        });
        let mut starts: Vec<u32> = starts.collect();
        starts.push(words.len() as u32);
        Openings { starts, words }
    }
}

impl Openings {
    /// Returns the layouts that may begin at such a place.
    pub(super) fn at(&self, shown: Shown) -> &[FormWord] {
        let index = shown.index();
        let range = match self.starts.get(index..index + 2) {
            Some([start, end]) => *start as usize..*end as usize,
            _ => return &[],
        };
        self.words.get(range).unwrap_or_default()
    }

    /// Returns, by length of the first run and kind of what follows, the lengths of the second run as bits with
    /// which some layout of a set may begin.
    pub(super) fn quick(&self, set: &FormSet) -> Vec<u16> {
        let wanted = Wanted { near: set.words(), beyond: &[] };
        let count = self.starts.len() / (FOLLOWERS * SECONDS);
        let mut quick = vec![0; count * FOLLOWERS];
        for shown in (0..count).flat_map(Shown::all) {
            let holds = self.at(shown).iter().any(|word| wanted.of(*word) != 0);
            let slot = quick.get_mut(shown.count * FOLLOWERS + shown.follower);
            slot.into_iter().for_each(|bits| *bits |= u16::from(holds) << shown.second);
        }
        quick
    }
}

/// Returns whether a table by [`Openings::quick`] has layouts at such a place.
pub(super) fn shows(quick: &[u16], shown: Shown) -> bool {
    let bits = quick.get(shown.count * FOLLOWERS + shown.follower);
    bits.is_some_and(|bits| bits >> shown.second & 1 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::layout::follower;

    #[test]
    fn kinds_are_those_of_followers() {
        for byte in 0..0x80 {
            let plain = follower(&[byte], Separator::starting(&[byte]));
            assert_eq!(usize::from(KINDS[usize::from(byte)]), plain, "{byte}");
        }
    }
}
