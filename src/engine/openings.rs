//! Layouts by what shows where they begin: the length of the first run, what follows it, and the length of
//! the second run.

use super::classes::{Window, bits as bits_of};
use super::forms::{Behind, FewForms, FormWord, Gate, forms_in};
use super::layout::{DIGIT, FOLLOWERS, Known, LETTER, LONGEST_SECOND, Layout, OTHER, Stencil};
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

    /// Writes what is known of the characters at such a place, where a run of `own` begins, to `text`.
    fn read(self, own: Known, text: &mut Vec<Known>) {
        text.clear();
        text.resize(self.count, own);
        let mark = Separator::KINDS.get(self.follower).map(|kind| Known::Mark(*kind));
        match self.follower {
            DIGIT => {}
            LETTER => text.push(Known::Letter),
            _ => text.push(mark.unwrap_or(Known::Other)),
        }
        if self.follower == DIGIT || mark.is_some() {
            text.resize(text.len() + self.second, Known::Digit);
            text.extend((self.second < LONGEST_SECOND).then_some(Known::NoDigit));
        }
    }

    /// Iterates over everything that may show where a run of `count` begins and such a thing follows.
    fn all(count: usize, follower: usize) -> impl Iterator<Item = Shown> {
        let first = if matches!(follower, LETTER | OTHER) { LONGEST_SECOND } else { 0 };
        (first..SECONDS).map(move |second| Shown { count, follower, second })
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
    /// For each layout the indices of where it shows.
    by_form: Vec<Vec<u16>>,
}

/// Layouts by [`Shown`], before they are compiled.
#[derive(Debug)]
pub(super) struct Collected {
    /// What the first run consists of.
    own: Known,
    slots: Vec<Vec<FormWord>>,
    by_form: Vec<Vec<u16>>,
}

impl Collected {
    /// Returns an empty table for first runs of `most` characters at the most.
    pub(super) fn new(own: Known, most: usize, forms: usize) -> Collected {
        let slots = vec![Vec::new(); (most + 1) * FOLLOWERS * SECONDS];
        Collected { own, slots, by_form: vec![Vec::new(); forms] }
    }

    /// Enters a layout wherever it may begin with a run of `count`. Layouts are entered in order.
    pub(super) fn insert(&mut self, form: u16, layout: &Layout, count: usize) {
        let mut text = Vec::new();
        // A first run is taken whole.
        let own = if self.own == Known::Digit { DIGIT } else { LETTER };
        let followers = (0..FOLLOWERS).filter(|follower| *follower != own);
        let followers = followers.filter(|follower| layout.may_go_on(count, *follower));
        for shown in followers.flat_map(|follower| Shown::all(count, follower)) {
            shown.read(self.own, &mut text);
            if !layout.may_begin(&text) {
                continue;
            }
            let known = self.by_form.get_mut(usize::from(form));
            known.into_iter().for_each(|known| known.push(shown.index() as u16));
            let Some(slot) = self.slots.get_mut(shown.index()) else { continue };
            let (index, bit) = (form / u64::BITS as u16, 1 << (u32::from(form) % u64::BITS));
            match slot.last_mut() {
                Some((last, word)) if *last == index => *word |= bit,
                _ => slot.push((index, bit)),
            }
        }
    }

    pub(super) fn compile(self) -> Openings {
        let words: Vec<FormWord> = self.slots.iter().flatten().copied().collect();
        let mut start = 0;
        let starts = self.slots.iter().map(|slot| {
            start += slot.len();
            (start - slot.len()) as u32
        });
        let mut starts: Vec<u32> = starts.collect();
        starts.push(words.len() as u32);
        Openings { starts, words, by_form: self.by_form }
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

    /// Returns where the layouts of a set show; `stencils` are those of all layouts, by form.
    pub(super) fn shows(&self, set: &FewForms, stencils: &[Stencil]) -> Shows {
        let mut common: Vec<Option<Stencil>> = vec![None; self.starts.len()];
        for form in set.words().iter().flat_map(|word| forms_in(*word)) {
            let stencil = stencils.get(usize::from(form)).copied().unwrap_or_default();
            for index in self.by_form.get(usize::from(form)).into_iter().flatten() {
                let Some(common) = common.get_mut(usize::from(*index)) else { continue };
                *common = Some(common.map_or(stencil, |common| common.and(stencil)));
            }
        }
        let mut shows = Shows::default();
        for seconds in common.chunks_exact(SECONDS) {
            let first = shows.stencils.len() as u16;
            let shown = (0..).zip(seconds).filter(|(_, stencil)| stencil.is_some());
            let bits = shown.fold(0, |bits, (second, _)| bits | 1 << second);
            shows.slots.push((bits, if bits == 0 { 0 } else { first }));
            shows.stencils.extend(seconds.iter().flatten());
        }
        shows
    }
}

/// Where layouts of a set show that begin with runs of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shows {
    /// By length of the first run and kind of what follows the lengths of the second run, as bits, and the first one's
    /// stencil.
    slots: Vec<(u16, u16)>,
    /// What all layouts have in common that show so.
    stencils: Vec<Stencil>,
}

impl Shows {
    /// Returns whether a layout may begin at such a place with these classes ahead.
    pub(super) fn fits(&self, shown: Shown, ahead: Window) -> bool {
        let slot = self.slots.get(shown.count * FOLLOWERS + shown.follower);
        let Some((bits, first)) = slot.filter(|(bits, _)| bits >> shown.second & 1 != 0) else {
            return false;
        };
        let before = bits & ((1 << shown.second) - 1);
        let stencil = self.stencils.get(usize::from(*first) + before.count_ones() as usize);
        stencil.is_some_and(|stencil| stencil.fits(ahead))
    }

    /// Returns what has to follow runs of digits that layouts begin with.
    pub(super) fn gate(&self) -> Gate {
        let mut gate = Gate::default();
        for (slot, (bits, _)) in self.slots.iter().enumerate().filter(|(_, (bits, _))| *bits != 0) {
            let (count, follower) = (slot / FOLLOWERS, slot % FOLLOWERS);
            let seconds = bits_of(u64::from(*bits)).map(Behind::Digits);
            match follower {
                LETTER => gate.let_pass(count, Behind::Letter),
                ..LETTER => seconds.for_each(|second| gate.let_pass(count, second)),
                _ => gate.let_pass(count, Behind::Anything),
            }
        }
        gate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::classes::Classes;
    use crate::engine::kernel::Kernel;
    use crate::engine::layout::{Opening, follower};

    #[test]
    fn kinds_are_those_of_followers() {
        for byte in 0..0x80 {
            let plain = follower(&[byte], Separator::starting(&[byte]));
            assert_eq!(usize::from(KINDS[usize::from(byte)]), plain, "{byte}");
        }
    }

    /// Layouts of every kind of opening, each fitting some of [`TEXTS`].
    const LAYOUTS: [&str; 16] = [
        "9{9}",
        "9{3}-9{2}-9{4}",
        "9{12,19}",
        "9{4}~9{4}~9{4}",
        "9{2}A9{3}",
        "9{1,3}.9{3}X",
        "9X{3}",
        "12-9{2}",
        "AA99*",
        "A{2}9{6}A",
        "A{1,3}-9{4}",
        "A{2} A{2}. 9{6}",
        "A#9{3}",
        "X{4}",
        "9{2} 9{2} A",
        "9{2}\u{2013}9",
    ];
    const TEXTS: [&str; 18] = [
        "123456789",
        "1234567890",
        "123-45-6789",
        "123-45-67890",
        "4111111111111",
        "4111 1111 1111",
        "4111 1111\n1111",
        "12a345",
        "1.234x",
        "1abc",
        "12-34",
        "DE89 3704 0044",
        "AB123456C",
        "AB-1234",
        "RT nr. 123456",
        "A#123",
        "AB1C",
        "12\u{a0}34\u{2009}x",
    ];

    #[test]
    fn what_fits_shows() {
        let mut fitting = 0;
        for layout in LAYOUTS {
            let parsed = Layout::parse(layout);
            for (at, text) in
                TEXTS.iter().flat_map(|text| text.char_indices().map(move |(at, _)| (at, *text)))
            {
                let mut classes = Classes::default();
                classes.fill(Kernel::Scalar, text.as_bytes(), 0..text.len());
                let ahead = classes.ahead(at);
                let (own, count) = match ahead.digits() {
                    0 => (Known::Letter, ahead.letters()),
                    digits => (Known::Digit, digits),
                };
                let begins = parsed.openings().iter().any(|(opening, counts)| {
                    let is_own = (*opening == Opening::Digits) == (own == Known::Digit);
                    is_own && counts.contains(&count)
                });
                let end = parsed.end_at(text.as_bytes(), at, count).filter(|_| begins);
                let touched =
                    |end: &usize| text.as_bytes().get(*end).is_some_and(u8::is_ascii_digit);
                if end.is_none_or(|end| touched(&end)) {
                    continue;
                }
                fitting += 1;
                assert!(parsed.stencil.fits(ahead), "{layout} in {text} at {at}");
                let shown = Shown::of(text.as_bytes(), at, count, ahead);
                let mut known = Vec::new();
                shown.read(own, &mut known);
                assert!(parsed.may_go_on(count, shown.follower), "{layout} in {text} at {at}");
                assert!(parsed.may_begin(&known), "{layout} in {text} at {at}: {known:?}");
            }
        }
        assert!(fitting > 20, "{fitting}");
    }
}
