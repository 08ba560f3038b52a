//! Which forms some word or structure names where: most numbers are named by nothing, and what a detector
//! reports only by name need not be tried there.

use std::ops::Range;

use super::{Context, LONGEST_PHRASE, Word, given, value};
use crate::engine::forms::{Asked, FormSet};
use crate::terms::lexicon::Role;

/// Bytes that share a set of forms.
const BLOCK: usize = 512;
/// Bytes that a value may have before a keyword behind it.
const LONGEST_VALUE: usize = 256;

/// What each detector's keywords ask for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Naming {
    none: FormSet,
    /// Forms that some detector reports without a name.
    always: FormSet,
    /// For each detector its forms and how far from a value a keyword may stand.
    detectors: Vec<(Vec<u16>, (u16, u16))>,
}

/// The forms that are asked for in a text: scratch lists that are filled for each.
#[derive(Debug, Default)]
pub(crate) struct Near {
    start: usize,
    everywhere: FormSet,
    /// Forms that some keyword of the text names.
    anywhere: FormSet,
    /// For each block the forms that a keyword may name there, and those that are asked for everywhere.
    blocks: Vec<FormSet>,
    here: FormSet,
}

/// The forms that are asked for at one place after the other.
pub(crate) struct Asking<'a, 'c> {
    naming: &'a Naming,
    context: &'a Context<'c>,
    near: &'a mut Near,
    /// The place that `here` holds, and whether it holds what the structure names there.
    at: Option<(usize, bool)>,
    /// The stretch whose keywords are known.
    words: Range<usize>,
}

impl Naming {
    /// Returns what the forms of each detector, out of `count`, its window, and whether it reports without a
    /// name come to.
    pub(crate) fn new(
        count: usize,
        detectors: impl Iterator<Item = (Vec<u16>, (u16, u16), bool)>,
    ) -> Naming {
        let none = FormSet::of(count);
        let mut naming = Naming { always: none.clone(), none, detectors: Vec::new() };
        for (own, window, alone) in detectors {
            if alone {
                own.iter().for_each(|form| naming.always.insert(*form));
            }
            naming.detectors.push((own, window));
        }
        naming
    }

    fn add(&self, role: Role, to: &mut FormSet) {
        let Role::Keyword(detector) = role else { return };
        let own = self.detectors.get(usize::from(detector));
        own.into_iter().flat_map(|(forms, _)| forms).for_each(|form| to.insert(*form));
    }
}

impl<'a, 'c> Asking<'a, 'c> {
    /// Reads which forms are asked for within a range of a text.
    pub(crate) fn new(
        naming: &'a Naming,
        context: &'a Context<'c>,
        range: &Range<usize>,
        words: Range<usize>,
        near: &'a mut Near,
    ) -> Asking<'a, 'c> {
        near.fill(naming, context, range);
        // Structure is read off the payload, not off what it comes to.
        let is_payload = std::ptr::eq(context.haystack, context.rows.haystack.bytes);
        let words = if is_payload { words } else { 0..0 };
        Asking { naming, context, near, at: None, words }
    }

    /// Enters the forms that keywords near an index name.
    fn go_to(&mut self, at: usize) {
        if self.at.is_none_or(|(known, _)| known != at) {
            self.at = Some((at, false));
            let block = at.saturating_sub(self.near.start) / BLOCK;
            let near = self.near.blocks.get(block).unwrap_or(&self.near.everywhere);
            self.near.here.clone_from(near);
        }
    }

    /// Enters the forms that the structure names at an index.
    fn add_given(&mut self, at: usize) {
        self.at = Some((at, true));
        let given = self.context.given(at);
        let words = given.iter().flat_map(|names| names.iter()).flat_map(|name| &name.words);
        words.for_each(|word: &Word| self.naming.add(word.role, &mut self.near.here));
    }

    /// Returns whether every keyword is known that the structure may give to the value at an index.
    fn knows(&self, at: usize) -> bool {
        let (before, behind) = given::REACHES;
        let is_known = |start: usize| start == 0 || start + before <= at;
        is_known(self.words.start)
            && (at + behind <= self.words.end || self.words.end == self.context.haystack.len())
    }
}

impl Near {
    fn fill(&mut self, naming: &Naming, context: &Context<'_>, range: &Range<usize>) {
        self.start = range.start;
        self.everywhere.clone_from(&naming.always);
        let columns = context.rows.roles().iter();
        columns.for_each(|role| naming.add(*role, &mut self.everywhere));
        let count = range.len() / BLOCK + 1;
        self.blocks.resize_with(count.max(self.blocks.len()), FormSet::default);
        let blocks = self.blocks.iter_mut().take(count);
        blocks.for_each(|block| block.clone_from(&self.everywhere));
        self.anywhere.clone_from(&naming.none);
        for hit in context.hits {
            let roles = context.lexicon.entry(*hit).map(|entry| entry.roles.as_slice());
            for role in roles.unwrap_or_default() {
                self.name(naming, hit.start, *role);
            }
        }
    }

    /// Enters the forms that a keyword at an index may name.
    fn name(&mut self, naming: &Naming, at: usize, role: Role) {
        let Role::Keyword(detector) = role else { return };
        let Some((_, (before, after))) = naming.detectors.get(usize::from(detector)) else {
            return;
        };
        let block = |at: usize| at.saturating_sub(self.start) / BLOCK;
        let after = usize::from(*after).max(value::LONGEST_NAMING + 1);
        let first = block(at.saturating_sub(LONGEST_VALUE + after));
        let end = at + LONGEST_PHRASE + usize::from(*before);
        let blocks = self.blocks.get_mut(first..).unwrap_or_default().iter_mut();
        let count = if end < self.start { 0 } else { block(end) + 1 - first };
        blocks.take(count).for_each(|block| naming.add(role, block));
        naming.add(role, &mut self.anywhere);
    }
}

impl Asked for Asking<'_, '_> {
    fn at(&mut self, at: usize, of: [&FormSet; 2]) -> &FormSet {
        self.go_to(at);
        let [one, two] = of;
        let anywhere = if self.knows(at) { &self.near.anywhere } else { one };
        let missing = self.near.here.lacks_any_of([one, two, anywhere]);
        if missing && self.at == Some((at, false)) {
            self.add_given(at);
        }
        &self.near.here
    }

    fn asks(&mut self, at: usize, form: u16) -> bool {
        self.go_to(at);
        let may_be_given = !self.knows(at) || self.near.anywhere.holds(form);
        if may_be_given && !self.near.here.holds(form) && self.at == Some((at, false)) {
            self.add_given(at);
        }
        self.near.here.holds(form)
    }
}
