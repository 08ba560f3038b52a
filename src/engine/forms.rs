//! Sets of written forms, by their index in the list that the shapes were compiled from.

use std::ops::Range;

use super::classes::bits;
use super::openings::Shows;

/// Forms that a word of a set holds.
const WORD: usize = u64::BITS as usize;

/// A set of forms.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FormSet {
    words: Vec<u64>,
}

impl FormSet {
    /// Returns an empty set of forms out of `count`.
    pub(crate) fn of(count: usize) -> FormSet {
        FormSet { words: vec![0; count.div_ceil(WORD)] }
    }

    pub(crate) fn insert(&mut self, form: u16) {
        let word = self.words.get_mut(usize::from(form) / WORD);
        word.into_iter().for_each(|word| *word |= 1 << (usize::from(form) % WORD));
    }

    /// Adds the forms of another set.
    pub(crate) fn add(&mut self, other: &FewForms) {
        add(&mut self.words, other);
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Returns the same set by its words that hold any.
    pub(crate) fn few(&self) -> FewForms {
        let words = (0..).zip(&self.words).filter(|(_, word)| **word != 0);
        FewForms { words: words.map(|(index, word)| (index, *word)).collect() }
    }
}

impl Clone for FormSet {
    fn clone(&self) -> FormSet {
        FormSet { words: self.words.clone() }
    }

    fn clone_from(&mut self, other: &FormSet) {
        self.words.clone_from(&other.words);
    }
}

/// A word of a set that holds some form, and its index.
pub(crate) type FormWord = (u16, u64);

/// A set of few forms: its words that hold any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct FewForms {
    words: Vec<FormWord>,
}

impl FewForms {
    /// Returns the set of these forms.
    pub(crate) fn of(forms: &[u16]) -> FewForms {
        let mut words: Vec<FormWord> = Vec::new();
        for form in forms {
            let (index, bit) = (form / WORD as u16, 1 << (usize::from(*form) % WORD));
            match words.iter_mut().find(|(own, _)| *own == index) {
                Some((_, word)) => *word |= bit,
                None => words.push((index, bit)),
            }
        }
        words.sort_unstable();
        FewForms { words }
    }

    /// Adds the forms of another set.
    pub(crate) fn add(&mut self, other: &FewForms) {
        for (index, bits) in &other.words {
            match self.words.iter_mut().find(|(own, _)| own == index) {
                Some((_, word)) => *word |= bits,
                None => self.words.push((*index, *bits)),
            }
        }
    }

    pub(crate) fn holds(&self, form: u16) -> bool {
        let (own, bit) = (form / WORD as u16, 1 << (usize::from(form) % WORD));
        self.words.iter().any(|(index, word)| *index == own && word & bit != 0)
    }

    pub(crate) fn words(&self) -> &[FormWord] {
        &self.words
    }
}

fn add(words: &mut [u64], few: &FewForms) {
    for (index, bits) in &few.words {
        words.get_mut(usize::from(*index)).into_iter().for_each(|word| *word |= bits);
    }
}

/// What asks for forms in each stretch of a text, by number from 1 on, and the set of the forms: most stretches
/// share one.
#[derive(Debug, Default)]
pub(crate) struct Stretches {
    /// For each stretch what asks there, 0 behind the last.
    asking: Vec<[u16; MOST_ASKING]>,
    /// For each stretch which of the sets is its own; 0 is the shared one.
    slots: Vec<u16>,
    /// The sets one after the other.
    words: Vec<u64>,
    /// Words of a set.
    width: usize,
}

/// What asks for forms in a stretch, at the most, one by one.
const MOST_ASKING: usize = 8;
/// Stands last where more asks in a stretch than that.
const MANY: u16 = u16::MAX;

impl Stretches {
    /// Gives each of `count` stretches the same set.
    pub(crate) fn reset(&mut self, count: usize, shared: &FormSet) {
        self.asking.clear();
        self.asking.resize(count, [0; MOST_ASKING]);
        self.slots.clear();
        self.slots.resize(count, 0);
        self.words.clear();
        self.words.extend_from_slice(&shared.words);
        self.width = shared.words.len();
    }

    /// Lets a number ask for forms in a range of stretches, as far as there are any.
    pub(crate) fn add(&mut self, stretches: Range<usize>, number: u16, few: &FewForms) {
        let end = stretches.end.min(self.slots.len());
        for stretch in stretches.start..end {
            let asking = self.asking.get_mut(stretch);
            if asking.is_some_and(|asking| enter(asking, number)) {
                self.add_forms(stretch, few);
            }
        }
    }

    fn add_forms(&mut self, stretch: usize, few: &FewForms) {
        let Some(slot) = self.slots.get_mut(stretch) else { return };
        if *slot == 0 {
            *slot = (self.words.len() / self.width.max(1)) as u16;
            self.words.extend_from_within(..self.width);
        }
        let first = usize::from(*slot) * self.width;
        add(self.words.get_mut(first..).unwrap_or_default(), few);
    }

    /// Returns the words of a stretch's set.
    pub(crate) fn words(&self, stretch: usize) -> &[u64] {
        let first = self.slots.get(stretch).map_or(0, |slot| usize::from(*slot)) * self.width;
        self.words.get(first..first + self.width).unwrap_or_default()
    }

    /// Returns the number of stretches.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Returns the numbers that ask in a stretch, `None` where they are many.
    pub(crate) fn asking(&self, stretch: usize) -> Option<&[u16]> {
        let asking = self.asking.get(stretch).map_or(&[][..], |asking| asking.as_slice());
        let count = asking.iter().position(|number| *number == 0).unwrap_or(asking.len());
        asking.get(..count).filter(|asking| asking.last() != Some(&MANY))
    }
}

/// Enters a number among those that ask in a stretch, if it is not known to.
fn enter(asking: &mut [u16; MOST_ASKING], number: u16) -> bool {
    match asking.iter_mut().find(|known| **known == 0 || **known == number) {
        Some(known) if *known == number => false,
        Some(free) => {
            *free = number;
            true
        }
        None => {
            asking.last_mut().into_iter().for_each(|last| *last = MANY);
            true
        }
    }
}

/// Forms that may come to something at a place: those of either set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    pub(crate) near: &'w [u64],
    pub(crate) beyond: &'w [u64],
}

impl Wanted<'_> {
    /// Returns the forms of a word of another set that are wanted.
    pub(crate) fn of(&self, (index, forms): FormWord) -> u64 {
        let word = |words: &[u64]| words.get(usize::from(index)).copied().unwrap_or(0);
        forms & (word(self.near) | word(self.beyond))
    }

    pub(crate) fn holds(&self, form: u16) -> bool {
        self.of((form / WORD as u16, 1 << (usize::from(form) % WORD))) != 0
    }
}

/// Iterates over the forms of a word of a set.
pub(crate) fn forms_in((index, forms): FormWord) -> impl Iterator<Item = u16> {
    bits(forms).map(move |bit| index * WORD as u16 + bit as u16)
}

/// Tells which forms are worth a try.
pub(crate) trait Asked {
    /// Returns the forms that may come to something where they begin at an index.
    fn at(&self, at: usize) -> Wanted<'_>;

    /// Returns whether such forms are among those that [`at`](Asked::at) returns: `is` tells it of a set by where
    /// its forms show.
    fn shows(&self, at: usize, is: impl Fn(&Quick) -> bool) -> bool;

    /// Returns how runs of digits are looked at within the 64 bytes from an index on.
    fn look(&self, at: usize) -> Look<'_>;
}

/// How runs of digits are looked at in a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'l> {
    /// What has to follow them.
    pub(crate) gate: Gate,
    /// Where the forms show that are asked for, if nothing else is.
    pub(crate) quick: Option<&'l Quick>,
}

impl Look<'_> {
    /// Lets every run pass.
    #[cfg(test)]
    pub(super) const OPEN: Look<'static> = Look { gate: Gate::OPEN, quick: None };
}

/// Where forms of a set show: for each opening those layouts, and what else there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quick {
    pub(super) digits: Shows,
    pub(super) letters: Shows,
    pub(super) leads: Shows,
    pub(super) opens: Opens,
    pub(crate) gate: Gate,
}

/// Forms of a set that the lengths of runs say nothing of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opens {
    pub(super) amount: bool,
    pub(super) word: bool,
    pub(super) base64: bool,
    pub(super) track1: bool,
    pub(super) track2: bool,
}

/// By the length of a run of digits what has to stand behind it where any form begins there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gate {
    /// The least number of digits behind one byte more.
    least: [u8; GATED + 1],
    /// Bits for the lengths behind which a letter may stand.
    letter: u8,
    /// Behind which one byte may stand and then no digit.
    mark: u8,
    /// Behind which anything may stand.
    open: u8,
}

/// Lengths of runs that are told apart; those that are longer count as one, and pass.
const GATED: usize = 7;
/// Stands for runs behind which no digits are enough.
const NEVER: u8 = u8::MAX;

/// What may stand behind a run of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// One byte and so many digits.
    Digits(usize),
    Letter,
    Anything,
}

impl Gate {
    /// Lets every run pass.
    pub(crate) const OPEN: Gate =
        Gate { least: [NEVER; GATED + 1], letter: 0, mark: 0, open: u8::MAX };

    /// Lets runs of a length pass with something behind them, besides those that pass already.
    pub(super) fn let_pass(&mut self, count: usize, behind: Behind) {
        let bit = 1 << count.min(GATED);
        match behind {
            _ if count >= GATED => self.open |= bit,
            Behind::Anything => self.open |= bit,
            Behind::Letter => self.letter |= bit,
            Behind::Digits(0) => self.mark |= bit,
            Behind::Digits(second) => {
                let least = self.least.get_mut(count);
                least.into_iter().for_each(|least| *least = (*least).min(second as u8));
            }
        }
    }

    /// Lets pass what either gate does.
    pub(crate) fn or(self, other: Gate) -> Gate {
        let mut both = self;
        let pairs = both.least.iter_mut().zip(other.least);
        pairs.for_each(|(own, other)| *own = (*own).min(other));
        both.letter |= other.letter;
        both.mark |= other.mark;
        both.open |= other.open;
        both
    }

    /// Returns those of the first digits of runs that pass: bits of a block, whose digits and letters are the lower
    /// halves of `digits` and `letters`, the higher ones those of the next block.
    pub(super) fn passing(&self, starts: u64, digits: u128, letters: u128) -> u64 {
        let (mut rest, mut passing) = (starts, 0);
        let behind = |mask: u128, count: usize| (mask >> count) as u64;
        for (count, least) in self.least.iter().enumerate().take(GATED).skip(1) {
            let longer = behind(digits, count);
            let exact = rest & !longer;
            rest &= longer;
            let holds = |lengths: u8| if lengths >> count & 1 != 0 { exact } else { 0 };
            passing |= holds(self.open) | holds(self.letter) & behind(letters, count);
            passing |= holds(self.mark) & !behind(digits, count + 1);
            if *least != NEVER {
                let seconds = 1..=usize::from(*least);
                passing |=
                    seconds.fold(exact, |exact, second| exact & behind(digits, count + second));
            }
        }
        passing | if self.open >> GATED != 0 { rest } else { 0 }
    }
}

impl Default for Gate {
    fn default() -> Gate {
        Gate { least: [NEVER; GATED + 1], letter: 0, mark: 0, open: 0 }
    }
}
