//! Sets of written forms, by their index in the list that the shapes were compiled from.

use super::classes::bits;

/// Forms that a word of a set holds.
const WORD: usize = u64::BITS as usize;

/// A set of forms.
#[derive(Debug, Default)]
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
        let word = self.words.get(usize::from(form) / WORD).copied().unwrap_or(0);
        word >> (usize::from(form) % WORD) & 1 != 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Returns whether all of three sets hold a form that this one does not.
    pub(crate) fn lacks_any_of(&self, [one, two, three]: [&FormSet; 3]) -> bool {
        let words = one.words.iter().zip(&two.words).zip(&three.words).zip(&self.words);
        words.map(|(((one, two), three), own)| one & two & three & !own).any(|bits| bits != 0)
    }

    /// Iterates over the forms that all of three sets hold, in order.
    pub(crate) fn all([one, two, three]: [&FormSet; 3]) -> impl Iterator<Item = u16> {
        let words = one.words.iter().zip(&two.words).zip(&three.words);
        (0..).step_by(WORD).zip(words).flat_map(|(first, ((one, two), three))| {
            bits(one & two & three).map(move |bit| first + bit as u16)
        })
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

/// Tells which forms are worth a try.
pub(crate) trait Asked {
    /// Returns the forms that may come to something where they begin at an index; of those that are not in
    /// both sets some may be left out.
    fn at(&mut self, at: usize, of: [&FormSet; 2]) -> &FormSet;

    /// Returns whether a form may come to something at an index.
    fn asks(&mut self, at: usize, form: u16) -> bool;
}
