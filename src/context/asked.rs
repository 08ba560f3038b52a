//! Which forms some word or structure names where: most numbers are named by nothing, and what a detector
//! reports only by name need not be tried there.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Context, given, naming_reach, value};
use crate::engine::BLOCK;
use crate::engine::forms::{Asked, FewForms, FormSet, Gate, Look, Quick, Stretches, Wanted};
use crate::engine::shapes::{Form, Shapes};
use crate::finding::Scores;
use crate::terms::hash::WordHash;
use crate::terms::lexicon::{Hit, Role};

/// Bytes that share a set of what keywords near name.
const STRETCH: usize = 128;
/// Bytes that share a set of what the structure may name.
const ZONE: usize = 512;

/// Bytes before a range in which words are looked for, and behind it. So all are known that the structure may give to
/// a value in it; where they are not, every form is tried.
pub(crate) const WORDS_BEFORE: usize = given::REACHES.0 + BLOCK;
pub(crate) const WORDS_BEHIND: usize = given::REACHES.1 + ZONE;

/// What each word and each detector asks for: forms by their index, and behind these the detectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Naming {
    shapes: Arc<Shapes>,
    /// Number of forms.
    forms: usize,
    none: FormSet,
    every: FormSet,
    /// Forms that some detector reports without a name, and where they show.
    always: FormSet,
    quick: Quick,
    /// For each detector its forms and itself.
    detectors: Vec<FewForms>,
    /// For each entry of the lexicon the number of its names.
    entries: Vec<u16>,
    /// By number: none, then every form, then what words ask for.
    names: Vec<Names>,
}

/// The number of no names.
const NOTHING: u16 = 0;
/// The number of every name.
const EVERYTHING: u16 = 1;

/// What words of one meaning ask for.
#[derive(Clone, Debug, Default)]
struct Names {
    forms: FewForms,
    /// Where those show: made when such a word is met.
    quick: OnceLock<Quick>,
    /// Bytes before such a word, from its beginning, in which a value may begin that it names.
    before: usize,
    /// Bytes behind its beginning in which one may begin.
    behind: usize,
    /// Detectors with a form that a word names.
    named: Vec<u16>,
}

/// The forms of a detector, its window and its scores.
pub(crate) struct Own<'o> {
    pub(crate) forms: &'o [u16],
    pub(crate) window: (u16, u16),
    pub(crate) scores: Scores,
}

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
    /// For each stretch what runs of digits have to be followed by, and whether anything is asked for besides what
    /// is everywhere.
    gates: Vec<(Gate, bool)>,
}

/// The forms that are asked for at one place after the other.
pub(crate) struct Asking<'a, 'c> {
    naming: &'a Naming,
    context: &'a Context<'c>,
    near: &'a Near,
    quick: &'a Quick,
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
        naming.quick = shapes.quick(&naming.always.few());
        let is_seeded = |form: &u16| forms.get(usize::from(*form)).is_some_and(|f| f.is_seeded());
        for (index, own) in detectors.iter().enumerate() {
            let mut own: Vec<u16> = own.forms.iter().copied().filter(is_seeded).collect();
            own.extend((!own.is_empty()).then_some((forms.len() + index) as u16));
            naming.detectors.push(FewForms::of(&own));
        }
        let every = FewForms::of(&(0..count as u16).collect::<Vec<u16>>());
        naming.every.clone_from(&naming.none);
        naming.every.add(&every);
        naming.names.push(Names::default());
        naming.names.push(Names { forms: every, ..Names::default() });
        naming.shapes = shapes;
        naming.add_entries(forms, detectors, entries);
        naming
    }

    fn add_entries<'r>(
        &mut self,
        forms: &[Form],
        detectors: &[Own<'_>],
        entries: impl Iterator<Item = &'r [Role]>,
    ) {
        let mut known: HashMap<Vec<u16>, u16, WordHash> = HashMap::default();
        known.insert(Vec::new(), NOTHING);
        for roles in entries {
            let keywords = roles.iter().filter_map(|role| match role {
                Role::Keyword(detector) => Some(*detector),
                _ => None,
            });
            let meant: Vec<u16> = keywords.collect();
            let number = known.get(&meant).copied().unwrap_or_else(|| {
                self.names.push(self.names_of(forms, detectors, &meant));
                let number = (self.names.len() - 1) as u16;
                known.insert(meant, number);
                number
            });
            self.entries.push(number);
        }
    }

    /// Returns what a word asks for that names what these detectors find.
    fn names_of(&self, forms: &[Form], detectors: &[Own<'_>], meant: &[u16]) -> Names {
        let mut names = Names::default();
        let is_named = |form: &u16| matches!(forms.get(usize::from(*form)), Some(Form::Named(_)));
        for index in meant {
            let seeded = self.detectors.get(usize::from(*index));
            let Some((seeded, own)) = seeded.zip(detectors.get(usize::from(*index))) else {
                continue;
            };
            names.named.extend(own.forms.iter().any(is_named).then_some(*index));
            if seeded.words().is_empty() {
                continue;
            }
            let longest =
                own.forms.iter().map(|form| self.shapes.longest(*form)).max().unwrap_or(0);
            let after = usize::from(own.window.1).max(value::LONGEST_NAMING + 1);
            names.forms.add(seeded);
            names.behind = names.behind.max(naming_reach(own.window.0, own.scores));
            names.before = names.before.max(longest + after);
        }
        names
    }

    /// Returns what a word asks for, with its number, if anything.
    fn named_by(&self, hit: Hit) -> Option<(u16, &Names)> {
        let number = *self.entries.get(usize::from(hit.entry)).filter(|at| **at != NOTHING)?;
        Some((number, self.names.get(usize::from(number))?))
    }

    /// Iterates over the detectors that have a form which a word names.
    pub(crate) fn named_forms(&self, hit: Hit) -> impl Iterator<Item = u16> + use<'_> {
        let named = self.named_by(hit).map_or(&[][..], |(_, names)| names.named.as_slice());
        named.iter().copied()
    }

    /// Returns where the forms show that the names of a number ask for.
    fn quick(&self, number: u16) -> Option<&Quick> {
        let names = self.names.get(usize::from(number))?;
        Some(names.quick.get_or_init(|| self.shapes.quick(&names.forms)))
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
        let quick = near.quick.as_ref().unwrap_or(&naming.quick);
        Asking { naming, context, near, quick }
    }

    /// Returns whether a name may be given to a value at an index for a detector, near or from further off.
    pub(crate) fn may_name(&self, wanted: Wanted<'_>, detector: u16) -> bool {
        wanted.holds(self.naming.forms as u16 + detector)
    }

    /// Returns whether the structure may give a name to a value at an index that is known to be a keyword.
    fn may_be_given(&self, at: usize) -> bool {
        let is_read = self.context.rows.read.is_some();
        is_read || given::may_name(self.context.haystack, at)
    }

    /// Returns whether any of what asks in a stretch has forms that show.
    fn is_any(&self, asking: Option<&[u16]>, is: impl Fn(&Quick) -> bool) -> bool {
        let shows = |number: &u16| self.naming.quick(*number).is_some_and(&is);
        asking.is_none_or(|asking| asking.iter().any(shows))
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
        self.near.reset(range.len() / STRETCH + 1, &self.everywhere);
        self.beyond.reset(range.len() / ZONE + 1, &naming.none);
        for hit in context.hits {
            if let Some((number, names)) = naming.named_by(*hit) {
                self.name(number, names, hit.start);
            }
        }
        self.fill_unknown(naming, range, words, context.haystack.len());
        self.fill_gates(naming);
    }

    fn fill_gates(&mut self, naming: &Naming) {
        let shared = self.quick.as_ref().unwrap_or(&naming.quick).gate;
        let of = |gate: Gate, asking: Option<&[u16]>| match asking {
            Some(asking) => {
                let gates = asking.iter().filter_map(|number| naming.quick(*number));
                gates.fold(gate, |gate, quick| gate.or(quick.gate))
            }
            None => Gate::OPEN,
        };
        let (near, beyond) = (&self.near, &self.beyond);
        let gates = (0..near.len()).map(|stretch| {
            let zone = stretch * STRETCH / ZONE;
            let (near, beyond) = (near.asking(stretch), beyond.asking(zone));
            let is_quiet = near == Some(&[]) && beyond == Some(&[]);
            (of(of(shared, near), beyond), !is_quiet)
        });
        self.gates.clear();
        self.gates.extend(gates);
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
            self.quick = is_other.then(|| naming.shapes.quick(&self.own.few()));
        }
    }

    /// Enters what a keyword at an index names.
    fn name(&mut self, number: u16, names: &Names, at: usize) {
        if names.forms.words().is_empty() {
            return;
        }
        let start = self.start;
        let steps = |before: usize, behind: usize, step: usize| {
            let first = at.saturating_sub(before).saturating_sub(start) / step;
            let end = (at + behind).checked_sub(start).map_or(0, |last| last / step + 1);
            first..end
        };
        self.near.add(steps(names.before, names.behind, STRETCH), number, &names.forms);
        // What reaches back to a name from a value reaches forward from the name.
        let (before, behind) = given::REACHES;
        self.beyond.add(steps(behind, before, ZONE), number, &names.forms);
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
                let every = naming.names.get(usize::from(EVERYTHING));
                let forms = every.map(|names| &names.forms);
                forms.into_iter().for_each(|all| self.beyond.add(zone..zone + 1, EVERYTHING, all));
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
        if !self.near.knows(at) {
            return Wanted { near: self.naming.every.words(), beyond: &[] };
        }
        let near = self.near.near.words(self.near.stretch(at));
        let zone = self.near.zone(at);
        let asking = self.near.beyond.asking(zone);
        let given = asking.is_none_or(|asking| !asking.is_empty()) && self.may_be_given(at);
        let beyond = given.then(|| self.near.beyond.words(zone));
        Wanted { near, beyond: beyond.unwrap_or_default() }
    }

    fn shows(&self, at: usize, is: impl Fn(&Quick) -> bool) -> bool {
        if is(self.quick) || !self.near.knows(at) {
            return true;
        }
        let near = self.near.near.asking(self.near.stretch(at));
        let beyond = self.near.beyond.asking(self.near.zone(at));
        self.is_any(near, &is) || self.is_any(beyond, &is) && self.may_be_given(at)
    }

    fn look(&self, at: usize) -> Look<'_> {
        let stretch = |at: usize| self.near.gates.get(self.near.stretch(at)).copied();
        let (first, is_first) = stretch(at).unwrap_or_default();
        let (last, is_last) = stretch(at + BLOCK - 1).unwrap_or_default();
        let quick = Some(self.quick).filter(|_| !is_first && !is_last);
        Look { gate: first.or(last), quick }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ask_where_they_may_name() {
        let forms = [Form::Layout("9{9}"), Form::Layout("9{2}-9{4}")];
        let shapes: Arc<Shapes> = Shapes::new(&forms).into();
        let detectors = [
            Own { forms: &[0], window: (60, 40), scores: Scores::NAMED },
            Own { forms: &[1], window: (20, 0), scores: Scores::CHECKED },
        ];
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
        let hit = |entry| Hit { start: 5000, end: 5004, entry, cased: true, plural: false };
        assert!(naming.named_by(hit(1)).is_none());
        let (number, names) = naming.named_by(hit(0)).unwrap();
        near.name(number, names, 5000);
        let wants = |near: &Near, at: usize, form: u16| {
            Wanted { near: near.near.words(near.stretch(at)), beyond: &[] }.holds(form)
        };
        for at in 1000..9000 {
            let named = (5000 - 40 - 8..=5000 + naming_reach(60, Scores::NAMED)).contains(&at);
            assert!(!named || wants(&near, at, 0), "{at}");
            assert!(wants(&near, at, 1), "{at}");
        }
        assert!(!wants(&near, 4600, 0) && !wants(&near, 5400, 0));
        let names_beyond = |at: usize| near.beyond.asking(near.zone(at)) == Some(&[number][..]);
        assert!(names_beyond(6000) && !names_beyond(7000));
    }
}
