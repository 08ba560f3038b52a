//! Sets of written forms, by their index in the list that the shapes were compiled from.

use std::ops::Range;

use super::classes::bits;

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

    pub(crate) fn holds(&self, form: u16) -> bool {
        Wanted { near: &self.words, beyond: &[] }.holds(form)
    }

    /// Adds the forms of another set.
    pub(crate) fn add(&mut self, other: &FewForms) {
        add(&mut self.words, other);
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
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

    pub(crate) fn words(&self) -> &[FormWord] {
        &self.words
    }
}

fn add(words: &mut [u64], few: &FewForms) {
    for (index, bits) in &few.words {
        words.get_mut(usize::from(*index)).into_iter().for_each(|word| *word |= bits);
    }
}

/// A set of forms for each stretch of a text: most stretches share one.
#[derive(Debug, Default)]
pub(crate) struct Stretches {
    /// For each stretch which of the sets is its own; 0 is the shared one.
    slots: Vec<u16>,
    /// The sets one after the other.
    words: Vec<u64>,
    /// Words of a set.
    width: usize,
}

impl Stretches {
    /// Gives each of `count` stretches the same set.
    pub(crate) fn reset(&mut self, count: usize, shared: &FormSet) {
        self.slots.clear();
        self.slots.resize(count, 0);
        self.words.clear();
        self.words.extend_from_slice(&shared.words);
        self.width = shared.words.len();
    }

    /// Adds forms to the sets of a range of stretches, as far as there are any.
    pub(crate) fn add(&mut self, stretches: Range<usize>, few: &FewForms) {
        let end = stretches.end.min(self.slots.len());
        for slot in self.slots.get_mut(stretches.start..end).unwrap_or_default() {
            if *slot == 0 {
                *slot = (self.words.len() / self.width.max(1)) as u16;
                self.words.extend_from_within(..self.width);
            }
            let first = usize::from(*slot) * self.width;
            add(self.words.get_mut(first..).unwrap_or_default(), few);
        }
    }

    /// Returns the words of a stretch's set.
    pub(crate) fn words(&self, stretch: usize) -> &[u64] {
        let first = self.slots.get(stretch).map_or(0, |slot| usize::from(*slot)) * self.width;
        self.words.get(first..first + self.width).unwrap_or_default()
    }

    /// Returns whether a stretch has a set of its own.
    pub(crate) fn is_own(&self, stretch: usize) -> bool {
        self.slots.get(stretch).is_some_and(|slot| *slot > 0)
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

    /// Returns where the forms show that may come to something at an index and in the groups of letters before
    /// it, unless something more is named there by a keyword near.
    fn quick(&self, at: usize) -> Option<&Quick>;

    /// Returns whether more forms may be named by the structure around an index.
    fn may_be_given(&self, at: usize) -> bool;
}

/// Which layouts of a set show at a place: for each opening, length of the first run and kind of what follows a bit
/// for each length of the second run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quick {
    pub(super) digits: Vec<u16>,
    pub(super) letters: Vec<u16>,
    pub(super) leads: Vec<u16>,
    /// Whether the set holds a form that may begin at any number: without a layout, or behind Cyrillic letters.
    pub(super) opens: Opens,
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
