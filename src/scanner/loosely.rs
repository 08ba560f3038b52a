//! Values behind their names, read by the layouts of what the names stand for, however they are written.
//!
//! A name right before a value says what it has to look like; what stands between its letters and digits,
//! and which digits are written as letters, is then left to the writer: `SSN 536.22 8725`.

use std::ops::Range;

use super::scored::{Scored, holds, overlapping};
use super::{Claim, Plan, UNCHECKED};
use crate::catalogue::Source;
use crate::context::Context;
use crate::detectors::{Detector, Form, Proof};
use crate::engine::classes::Classes;
use crate::engine::outline::{Glyph, LookAlikes, has_word};
use crate::finding::{BROKEN_UP, Confidence, Evidence};
use crate::normalize::glyphs::{self, Extent};
use crate::terms::lexicon::Role;

/// Letters and digits of the shortest value whose letters may be small ones where its detector wants capitals.
const SHORTEST_SMALL: usize = 5;

/// Lists that are filled for each value.
#[derive(Debug, Default)]
pub(super) struct Loose {
    glyphs: Vec<Glyph>,
    text: Vec<u8>,
    found: Vec<Scored>,
}

/// A value as one of its detector's layouts has it.
struct Read {
    form: Form,
    /// What is meant.
    meant: Vec<u8>,
    span: Range<usize>,
    separated: bool,
    proof: Proof,
}

impl Plan {
    /// Appends to `matches` what names in a text lead up to and no form fits as it stands; those from
    /// `first` on are what forms fit in this text.
    pub(super) fn check_loosely(
        &self,
        context: &Context<'_>,
        range: &Range<usize>,
        classes: &Classes,
        loose: &mut Loose,
        (matches, first): (&mut Vec<Scored>, usize),
    ) {
        let known = matches.get_mut(first..).unwrap_or_default();
        known.sort_by_key(|found| found.span.start);
        self.check_behind_names(context, range, classes, loose, known);
        self.check_cells(context, range, loose, known);
        matches.append(&mut loose.found);
    }

    fn check_behind_names(
        &self,
        context: &Context<'_>,
        range: &Range<usize>,
        classes: &Classes,
        loose: &mut Loose,
        known: &[Scored],
    ) {
        for (hit, roles) in context.keywords() {
            if classes.digits_within(&glyphs::lead(hit.end)) == 0 {
                continue;
            }
            for at in glyphs::places_behind(context.haystack, hit.end) {
                if !range.contains(&at) {
                    continue;
                }
                glyphs::read(context.haystack, at, Extent::Lines, &mut loose.glyphs);
                for role in roles {
                    let Role::Keyword(detector) = *role else { continue };
                    self.read_loosely(context, detector, loose, known);
                }
            }
        }
    }

    fn check_cells(
        &self,
        context: &Context<'_>,
        range: &Range<usize>,
        loose: &mut Loose,
        known: &[Scored],
    ) {
        for at in context.cells(range) {
            glyphs::read(context.haystack, at, Extent::Cell, &mut loose.glyphs);
            if glyphs::is_plain(&loose.glyphs) {
                continue;
            }
            for detector in context.column_detectors(at) {
                self.read_loosely(context, detector, loose, known);
            }
        }
    }

    /// Keeps what the glyphs come to by the layouts of a detector, unless it is known.
    fn read_loosely(&self, context: &Context<'_>, index: u16, loose: &mut Loose, known: &[Scored]) {
        let Some(definition) = self.definitions.get(usize::from(index)) else { return };
        let Source::Identifier(detector) = &definition.source else { return };
        let Loose { glyphs, text, found } = loose;
        let Some(read) = self.by_layout(context.haystack, index, detector, glyphs, text) else {
            return;
        };
        if is_known(known, index, &read.span) {
            return;
        }
        let Proof { mut evidence, adjust, test, .. } = read.proof;
        evidence.push(Evidence::Written(BROKEN_UP.into()));
        let claim = self.claim(index, read.span);
        let claim = Claim { separated: read.separated, adjust, ..claim };
        let weight = context.weigh(&claim).map(|weight| weight.behind(evidence));
        let scored = self.scored(definition, claim, weight, Some(read.form), test);
        found.extend(scored.map(|found| Scored { meant: Some(read.meant.into()), ..found }));
    }

    /// Returns what glyphs come to by the first layout of a detector that they fill and its check lets pass.
    fn by_layout(
        &self,
        haystack: &[u8],
        index: u16,
        detector: &Detector,
        glyphs: &[Glyph],
        text: &mut Vec<u8>,
    ) -> Option<Read> {
        // Where no check confirms it, a letter that may stand there is no digit.
        let digits = (detector.pass_rate < UNCHECKED).then_some(LookAlikes::Digits);
        let alike = [Some(LookAlikes::Letters), digits];
        let shapes = self.layouts.get(usize::from(index))?.iter();
        let tries =
            shapes.flat_map(|shape| alike.into_iter().flatten().map(|alike| (*shape, alike)));
        let mut reads = tries.filter_map(|(shape, alike)| {
            let meant = self.shapes.outline(shape, glyphs, alike)?;
            let form = *self.forms.get(usize::from(shape))?;
            Read::of(detector, form, meant, glyphs, text)
        });
        reads.find(|read| haystack.get(read.span.clone()) != Some(&read.meant))
    }
}

impl Read {
    /// Returns the value that a form writes as `meant`, if its detector's check lets it pass and nothing else is
    /// as likely.
    fn of(
        detector: &Detector,
        form: Form,
        mut meant: Vec<u8>,
        glyphs: &[Glyph],
        text: &mut Vec<u8>,
    ) -> Option<Read> {
        let found = detector.check(form, &meant, 0..meant.len(), text)?;
        meant.truncate(found.span.end);
        let count = meant.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        let taken = glyphs.get(..count)?;
        let span = taken.first()?.start..taken.last()?.end;
        // A word stands before many a number, and only a check tells that it is a part of it.
        let is_word = detector.pass_rate >= UNCHECKED && has_word(taken);
        // `i32` is a type of integers rather than a diagnosis.
        let is_small = taken.len() < SHORTEST_SMALL && glyphs::is_capitalised(taken, &meant);
        let holds = !is_word && !is_small && !glyphs::is_other(taken, &meant);
        let (separated, proof) = (found.separated, found.proof);
        holds.then_some(Read { form, meant, span, separated, proof })
    }
}

/// Whether a detector finds most of what a range holds as it stands: no other reading of it is asked for, such as one
/// that goes on in the next line.
fn is_known(known: &[Scored], index: u16, span: &Range<usize>) -> bool {
    let counts = |other: &Scored| {
        let is_most = 2 * other.span.len() >= span.len();
        is_most && other.score >= Confidence::Medium.least_score()
    };
    let mut own = overlapping(known, span).filter(|other| other.definition == index);
    own.any(|other| counts(other) || holds(&other.span, span))
}
