//! Which forms some word or structure names where: most numbers are named by nothing, and what a detector
//! reports only by name need not be tried there.

use std::ops::Range;
use std::sync::Arc;

use super::{Context, given, naming_reach, value};
use crate::engine::forms::{Asked, FewForms, FormSet, Quick, Stretches, Wanted};
use crate::engine::shapes::{Form, Shapes};
use crate::finding::Scores;
use crate::terms::lexicon::{Hit, Role};

/// Bytes that share a set of what keywords near name.
const STRETCH: usize = 128;
/// Bytes that share a set of what the structure may name.
const ZONE: usize = 512;

/// What each word and each detector asks for: forms by their index, and behind these the detectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Naming {
    shapes: Arc<Shapes>,
    /// Number of forms.
    forms: usize,
    none: FormSet,
    every: FewForms,
    /// Forms that some detector reports without a name, and where they show.
    always: FormSet,
    quick: Quick,
    /// For each detector its forms and itself.
    detectors: Vec<FewForms>,
    /// For each entry of the lexicon which of the names it is.
    entries: Vec<u16>,
    names: Vec<Names>,
}

/// What words of one meaning ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    forms: FewForms,
    /// Bytes before such a word, from its beginning, in which a value may begin that it names.
    before: usize,
    /// Bytes behind its beginning in which one may begin.
    behind: usize,
}

/// The forms of a detector, its window and its scores.
pub(crate) type Own<'o> = (&'o [u16], (u16, u16), Scores);

/// The forms that are asked for in a text: scratch lists that are filled for each.
#[derive(Debug, Default)]
pub(crate) struct Near {
    start: usize,
    end: usize,
    /// Forms that are asked for everywhere: those that need no name, and those of the columns.
    everywhere: FormSet,
    /// Where those show, if there are columns.
    quick: Option<Quick>,
    own: FormSet,
    /// What is asked for everywhere or named by a keyword near.
    near: Stretches,
    /// What keywords name from where the structure may give a name.
    beyond: Stretches,
    /// For each stretch whether keywords are near it or the one before, which words may go before a number from.
    named: Vec<bool>,
}

/// The forms that are asked for at one place after the other.
pub(crate) struct Asking<'a, 'c> {
    naming: &'a Naming,
    context: &'a Context<'c>,
    near: &'a Near,
}

impl Naming {
    /// Returns what the forms and the windows of detectors come to, and what the words of a lexicon mean; `always`
    /// are the forms that some detector reports without a name.
    pub(crate) fn new<'r>(
        shapes: Arc<Shapes>,
        forms: &[Form],
        always: impl Iterator<Item = u16>,
        detectors: &[Own<'_>],
        entries: impl Iterator<Item = &'r [Role]>,
    ) -> Naming {
        let count = forms.len() + detectors.len();
        let none = FormSet::of(count);
        let mut naming =
            Naming { forms: forms.len(), always: none.clone(), none, ..Naming::default() };
        always.for_each(|form| naming.always.insert(form));
        naming.quick = shapes.quick(&naming.always);
        naming.every = FewForms::of(&(0..count as u16).collect::<Vec<u16>>());
        let is_seeded = |form: &u16| forms.get(usize::from(*form)).is_some_and(|f| f.is_seeded());
        for (index, (own, ..)) in detectors.iter().enumerate() {
            let mut own: Vec<u16> = own.iter().copied().filter(is_seeded).collect();
            own.extend((!own.is_empty()).then_some((forms.len() + index) as u16));
            naming.detectors.push(FewForms::of(&own));
        }
        naming.names.push(Names::default());
        for roles in entries {
            let names = naming.names_of(&shapes, detectors, roles);
            let known = naming.names.iter().rposition(|known| *known == names);
            let index = known.unwrap_or_else(|| {
                naming.names.push(names);
                naming.names.len() - 1
            });
            naming.entries.push(index as u16);
        }
        Naming { shapes, ..naming }
    }

    /// Returns what a word with these roles asks for.
    fn names_of(&self, shapes: &Shapes, detectors: &[Own<'_>], roles: &[Role]) -> Names {
        let mut names = Names::default();
        for role in roles {
            let Role::Keyword(index) = *role else { continue };
            let own = self.detectors.get(usize::from(index));
            let own = own.filter(|own| !own.words().is_empty());
            let Some((own, (forms, window, scores))) = own.zip(detectors.get(usize::from(index)))
            else {
                continue;
            };
            let longest = forms.iter().map(|form| shapes.longest(*form)).max().unwrap_or(0);
            let after = usize::from(window.1);
            names.forms.add(own);
            names.behind = names.behind.max(naming_reach(window.0, *scores));
            names.before = names.before.max(longest + after.max(value::LONGEST_NAMING + 1));
        }
        names
    }

    /// Returns what a word asks for, if anything.
    fn named_by(&self, hit: Hit) -> Option<&Names> {
        let index = self.entries.get(usize::from(hit.entry)).filter(|index| **index > 0)?;
        self.names.get(usize::from(*index))
    }
}

impl<'a, 'c> Asking<'a, 'c> {
    /// Reads which forms are asked for within a range of a text, by the words within `words`.
    pub(crate) fn new(
        naming: &'a Naming,
        context: &'a Context<'c>,
        range: &Range<usize>,
        words: Range<usize>,
        near: &'a mut Near,
    ) -> Asking<'a, 'c> {
        // Structure is read off the payload, not off what it comes to.
        let is_payload = std::ptr::eq(context.haystack, context.rows.haystack.bytes);
        let words = if is_payload { words } else { 0..0 };
        near.fill(naming, context, range, words);
        Asking { naming, context, near }
    }

    /// Returns whether a name may be given to a value at an index for a detector, near or from further off.
    pub(crate) fn may_name(&self, wanted: Wanted<'_>, detector: u16) -> bool {
        wanted.holds(self.naming.forms as u16 + detector)
    }
}

impl Near {
    fn fill(
        &mut self,
        naming: &Naming,
        context: &Context<'_>,
        range: &Range<usize>,
        words: Range<usize>,
    ) {
        (self.start, self.end) = (range.start, range.end);
        self.fill_everywhere(naming, context);
        let stretches = range.len() / STRETCH + 1;
        self.near.reset(stretches, &self.everywhere);
        self.beyond.reset(range.len() / ZONE + 1, &naming.none);
        self.named.clear();
        self.named.resize(stretches, false);
        for hit in context.hits {
            if let Some(names) = naming.named_by(*hit) {
                self.name(names, hit.start);
            }
        }
        self.fill_unknown(naming, range, words, context.haystack.len());
    }

    fn fill_everywhere(&mut self, naming: &Naming, context: &Context<'_>) {
        self.own.clone_from(&naming.always);
        for role in context.rows.roles() {
            let Role::Keyword(detector) = *role else { continue };
            let own = naming.detectors.get(usize::from(detector));
            own.into_iter().for_each(|own| self.own.add(own));
        }
        if self.own != self.everywhere {
            self.everywhere.clone_from(&self.own);
            let is_other = self.own != naming.always;
            self.quick = is_other.then(|| naming.shapes.quick(&self.own));
        }
    }

    /// Enters what a keyword at an index names.
    fn name(&mut self, names: &Names, at: usize) {
        let start = self.start;
        let steps = |before: usize, behind: usize, step: usize| {
            let first = at.saturating_sub(before).saturating_sub(start) / step;
            let end = (at + behind).checked_sub(start).map_or(0, |last| last / step + 1);
            first..end
        };
        let own = steps(names.before, names.behind, STRETCH);
        let loud = own.start..(own.end + 1).min(self.named.len());
        let loud = self.named.get_mut(loud).filter(|_| !own.is_empty()).unwrap_or_default();
        loud.fill(true);
        self.near.add(own, &names.forms);
        // What reaches back to a name from a value reaches forward from the name.
        let (before, behind) = given::REACHES;
        self.beyond.add(steps(behind, before, ZONE), &names.forms);
    }

    /// Enters every form where not all keywords are known that the structure may give.
    fn fill_unknown(
        &mut self,
        naming: &Naming,
        range: &Range<usize>,
        words: Range<usize>,
        len: usize,
    ) {
        let (before, behind) = given::REACHES;
        let count = range.len() / ZONE + 1;
        let from = if words.start == 0 { 0 } else { words.start + before };
        let until = if words.end == len { usize::MAX } else { words.end.saturating_sub(behind) };
        for zone in 0..count {
            let first = range.start + zone * ZONE;
            if first < from || first + ZONE > until {
                self.beyond.add(zone..zone + 1, &naming.every);
            }
        }
    }

    /// Returns whether an index lies in what was filled.
    fn knows(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }

    fn zone(&self, at: usize) -> usize {
        at.saturating_sub(self.start) / ZONE
    }

    fn stretch(&self, at: usize) -> usize {
        at.saturating_sub(self.start) / STRETCH
    }
}

impl Asked for Asking<'_, '_> {
    fn at(&self, at: usize) -> Wanted<'_> {
        let near = self.near.near.words(self.near.stretch(at));
        let given = self.may_be_given(at).then(|| self.near.beyond.words(self.near.zone(at)));
        Wanted { near, beyond: given.unwrap_or_default() }
    }

    fn quick(&self, at: usize) -> Option<&Quick> {
        let named = self.near.named.get(self.near.stretch(at)).is_none_or(|named| *named);
        let quick = || self.near.quick.as_ref().unwrap_or(&self.naming.quick);
        (!named && self.near.knows(at)).then(quick)
    }

    fn may_be_given(&self, at: usize) -> bool {
        let is_read = self.context.rows.read.is_some();
        self.near.beyond.is_own(self.near.zone(at))
            && (is_read || given::may_name(self.context.haystack, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ask_where_they_may_name() {
        let forms = [Form::Layout("9{9}"), Form::Layout("9{2}-9{4}")];
        let shapes: Arc<Shapes> = Shapes::new(&forms).into();
        let detectors: [Own<'_>; 2] =
            [(&[0], (60, 40), Scores::NAMED), (&[1], (20, 0), Scores::CHECKED)];
        let roles = [vec![Role::Keyword(0)], vec![Role::Record], vec![Role::Keyword(1)]];
        let naming = Naming::new(
            shapes,
            &forms,
            [1].into_iter(),
            &detectors,
            roles.iter().map(Vec::as_slice),
        );
        let mut near = Near { start: 1000, end: 9000, ..Near::default() };
        near.near.reset(80, &naming.always);
        near.beyond.reset(20, &naming.none);
        near.named.resize(80, false);
        let hit = |entry| Hit { start: 5000, end: 5004, entry, cased: true, plural: false };
        assert!(naming.named_by(hit(1)).is_none());
        near.name(naming.named_by(hit(0)).unwrap(), 5000);
        let wants = |near: &Near, at: usize, form: u16| {
            Wanted { near: near.near.words(near.stretch(at)), beyond: &[] }.holds(form)
        };
        for at in 1000..9000 {
            let named = (5000 - 40 - 8..=5000 + naming_reach(60, Scores::NAMED)).contains(&at);
            assert!(!named || wants(&near, at, 0), "{at}");
            assert!(wants(&near, at, 1), "{at}");
        }
        assert!(!wants(&near, 4600, 0) && !wants(&near, 5400, 0));
        assert!(near.beyond.is_own(near.zone(6000)) && !near.beyond.is_own(near.zone(7000)));
    }
}
