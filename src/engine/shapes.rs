//! Written forms: compiled once, then matched at seeds.

use std::iter::successors;
use std::ops::Range;

use super::anchors::{Anchor, LONGEST_SPAN, Named};
use super::classes::{Classes, Window};
use super::forms::{Asked, Behind, FewForms, Opens, Quick, Wanted, forms_in};
use super::layout::{Known, Layout, Opening, Stencil, run};
use super::open;
use super::openings::{Collected, Openings, Shown};
use super::outline::{Glyph, LookAlikes};
use super::seeds::{Seed, SeedKind};
use super::separators::Separator;

/// A shape found at a place, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Index of the form in the list the shapes were compiled from.
    pub(crate) shape: u16,
    /// Where it stands in the haystack.
    pub(crate) span: Range<usize>,
}

/// A written form.
///
/// In a layout, `9` is a digit, `A` an ASCII letter, `X` either, `Я` a Cyrillic capital (no part of the
/// significant characters), each with `{n}` or `{n,m}` for a count; ` ` is one blank (tab, `+`, U+00A0, U+2007, U+2009, U+202F, U+3000 included), `-` one dash
/// (U+2010–U+2015, U+2212 included), `~` a blank, dash, dot, slash or underscore and then the same
/// kind throughout;
/// `*` at the end is any number of further letters and digits up to 34 significant characters in
/// all, in one run or in groups of four with one kind of separator; every other character stands
/// for itself. Counts are greedy and never give back. A layout begins with a digit, a letter or what
/// stands for one; `#` goes behind a letter at the start only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// Fixed groups of characters.
    Layout(&'static str),
    /// Fixed groups of characters of which separators and the case of letters are part of the value.
    Verbatim(&'static str),
    /// Lines of 30, 36 or 44 characters out of `A-Z 0-9 <`, the first holding `<<`.
    Mrz,
    /// `B` or `b`, 12 to 19 digits, `^`, and what follows on the line up to 79 characters in all.
    Track1,
    /// 12 to 19 digits, `=`, and what follows on the line up to 40 characters in all.
    Track2,
    /// 12 to 19 digits anywhere within a run of more than 19.
    InRun,
    /// A number of one to four digits, perhaps with decimals, and what follows on the line up to 48
    /// bytes in all.
    Amount,
    /// 4 to 32 bytes between blanks, quotes or delimiters, with a digit in their first word.
    Word,
    /// 27 characters of base64 and `=`.
    Base64,
    /// What stands around a fixed literal; found by [`Anchors`](super::anchors::Anchors).
    Anchored(&'static Anchor),
    /// What a keyword of its detector names.
    Named(&'static Named),
}

impl Form {
    /// Returns whether the value is what is written, case and marks included.
    pub(crate) fn is_verbatim(self) -> bool {
        matches!(self, Form::Verbatim(_) | Form::Anchored(_) | Form::Named(_))
    }

    /// Returns whether it begins at a seed.
    pub(crate) fn is_seeded(self) -> bool {
        !matches!(self, Form::Anchored(_) | Form::Named(_))
    }

    /// Returns whether values are written with separators; `None` where both may be.
    pub(crate) fn is_separated(self) -> Option<bool> {
        match self {
            Form::InRun => Some(false),
            _ => Layout::parse(self.layout()?).is_separated(),
        }
    }

    /// Returns the layout of a form that has one.
    pub(crate) fn layout(self) -> Option<&'static str> {
        match self {
            Form::Layout(text) | Form::Verbatim(text) => Some(text),
            _ => None,
        }
    }
}

/// Digit runs longer than this begin no form; a Polish account number has 26.
const LONGEST_RUN: usize = 26;
/// Letter runs longer than this begin no form.
const LONGEST_LETTERS: usize = 16;
/// Groups of letters that may go before the first digit: `AB-CD-EF-G123HI`.
const MOST_LEADS: usize = 4;
/// Runs of Cyrillic letters longer than this begin no form.
const LONGEST_CYRILLIC: usize = 2;
/// Characters of a track, ISO/IEC 7813.
const TRACK1_LEN: usize = 79;
const TRACK2_LEN: usize = 40;
/// Digits that a track begins with, of which a check takes as many as a card has.
const TRACK_DIGITS: Range<usize> = 12..LONGEST_RUN + 2;
/// Digits of the longest number that an amount begins with.
const LONGEST_AMOUNT: usize = 4;

/// All forms, indexed by what a seed shows of them.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    /// By form.
    layouts: Vec<Option<Layout>>,
    /// By form.
    stencils: Vec<Stencil>,
    /// Layouts that begin with digits.
    digits: Openings,
    /// Layouts that begin with letters, a digit following.
    letters: Openings,
    /// Layouts of letters only.
    capitals: Openings,
    /// Layouts that begin with letters and a separator.
    leads: Openings,
    /// Layouts that begin with Cyrillic letters, by how many.
    cyrillic: Vec<Vec<u16>>,
    mrz: Option<u16>,
    track1: Option<u16>,
    track2: Option<u16>,
    in_run: Option<u16>,
    amount: Option<u16>,
    word: Option<u16>,
    base64: Option<u16>,
}

/// Where forms are tried, and which.
struct Place<'p, A> {
    haystack: &'p [u8],
    classes: &'p Classes,
    asked: &'p A,
}

/// Tables of layouts while forms are compiled.
struct Tables {
    digits: Collected,
    letters: Collected,
    capitals: Collected,
    leads: Collected,
    cyrillic: Vec<Vec<u16>>,
}

impl Tables {
    fn new(forms: usize) -> Tables {
        let letters = || Collected::new(Known::Letter, LONGEST_LETTERS, forms);
        Tables {
            digits: Collected::new(Known::Digit, LONGEST_RUN, forms),
            letters: letters(),
            capitals: letters(),
            leads: letters(),
            cyrillic: vec![Vec::new(); LONGEST_CYRILLIC + 1],
        }
    }

    fn insert(&mut self, shape: u16, layout: &Layout) {
        for (opening, counts) in layout.openings() {
            let (table, most) = match opening {
                Opening::Digits => (&mut self.digits, LONGEST_RUN),
                Opening::Letters => (&mut self.letters, LONGEST_LETTERS),
                Opening::Capitals => (&mut self.capitals, LONGEST_LETTERS),
                Opening::Lead => (&mut self.leads, LONGEST_LETTERS),
                Opening::Cyrillic => {
                    let slots = self.cyrillic.iter_mut().enumerate();
                    let own = slots.filter(|(count, _)| counts.contains(count));
                    own.for_each(|(_, slot)| slot.push(shape));
                    continue;
                }
            };
            let counts = counts.start..counts.end.min(most + 1);
            counts.for_each(|count| table.insert(shape, layout, count));
        }
    }
}

impl Shapes {
    /// Compiles forms; a candidate's `shape` is the form's index here.
    pub(crate) fn new(forms: &[Form]) -> Shapes {
        let layouts = forms.iter().map(|form| form.layout().map(Layout::parse));
        let mut shapes = Shapes { layouts: layouts.collect(), ..Shapes::default() };
        let mut tables = Tables::new(forms.len());
        for (shape, layout) in (0..).zip(&shapes.layouts) {
            layout.iter().for_each(|layout| tables.insert(shape, layout));
        }
        let stencil =
            |layout: &Option<Layout>| layout.as_ref().map_or(Stencil::default(), |l| l.stencil);
        shapes.stencils = shapes.layouts.iter().map(stencil).collect();
        shapes.digits = tables.digits.compile();
        shapes.letters = tables.letters.compile();
        shapes.capitals = tables.capitals.compile();
        shapes.leads = tables.leads.compile();
        shapes.cyrillic = tables.cyrillic;
        let index = |own: Form| (0..).zip(forms).find(|(_, form)| **form == own).map(|(at, _)| at);
        Shapes {
            mrz: index(Form::Mrz),
            track1: index(Form::Track1),
            track2: index(Form::Track2),
            in_run: index(Form::InRun),
            amount: index(Form::Amount),
            word: index(Form::Word),
            base64: index(Form::Base64),
            ..shapes
        }
    }

    /// Returns where forms of a set show.
    pub(crate) fn quick(&self, set: &FewForms) -> Quick {
        let holds = |form: Option<u16>| form.is_some_and(|form| set.holds(form));
        let shows = |openings: &Openings| openings.shows(set, &self.stencils);
        let digits = shows(&self.digits);
        let opens = Opens {
            amount: holds(self.amount),
            word: holds(self.word),
            base64: holds(self.base64),
            track1: self.track1.is_some(),
            track2: self.track2.is_some(),
        };
        let mut gate = digits.gate();
        let longest = match opens {
            Opens { word: true, .. } | Opens { base64: true, .. } => LONGEST_RUN,
            Opens { amount: true, .. } => LONGEST_AMOUNT,
            _ => 0,
        };
        (1..=longest).for_each(|count| gate.let_pass(count, Behind::Anything));
        (opens.track2).then(|| gate.let_pass(TRACK_DIGITS.start, Behind::Anything));
        Quick { digits, letters: shows(&self.letters), leads: shows(&self.leads), opens, gate }
    }

    /// Returns the most bytes that the form of this index takes.
    pub(crate) fn longest(&self, shape: u16) -> usize {
        let layout = self.layouts.get(usize::from(shape)).and_then(Option::as_ref);
        layout.map_or(LONGEST_SPAN, Layout::longest)
    }

    /// Returns what glyphs come to as the form of this index writes it, if it has a layout and they fill
    /// that.
    pub(crate) fn outline(
        &self,
        shape: u16,
        glyphs: &[Glyph],
        alike: LookAlikes,
    ) -> Option<Vec<u8>> {
        self.layouts.get(usize::from(shape))?.as_ref()?.outline(glyphs, alike)
    }

    /// Appends every form that is asked for and fits at a seed to `out`.
    ///
    /// Reads at most 128 bytes on either side of the seed.
    pub(crate) fn matches(
        &self,
        haystack: &[u8],
        classes: &Classes,
        seed: Seed,
        asked: &impl Asked,
        out: &mut Vec<Candidate>,
    ) {
        let place = &Place { haystack, classes, asked };
        let ahead = || classes.ahead(seed.at);
        match seed.kind {
            SeedKind::Digits => self.at_digits(place, seed.at, out),
            SeedKind::Code => self.at_code(place, seed.at, out),
            SeedKind::Capitals => {
                self.try_all(&self.capitals, place, seed.at, Run::letters(ahead()), out)
            }
            SeedKind::Angles => out.extend(self.mrz_at(haystack, seed.at)),
            SeedKind::InRun => {
                self.open((self.in_run, asked.at(seed.at)), haystack, seed.at, open::in_run, out)
            }
            SeedKind::Short => {
                self.try_all(&self.leads, place, seed.at, Run::letters(ahead()), out)
            }
        }
    }

    /// Appends the stretch that a form without a layout takes at `at`, if that form is asked for.
    fn open(
        &self,
        (shape, wanted): (Option<u16>, Wanted<'_>),
        haystack: &[u8],
        at: usize,
        form: fn(&[u8], usize) -> Option<Range<usize>>,
        out: &mut Vec<Candidate>,
    ) {
        let shape = shape.filter(|shape| wanted.holds(*shape));
        let span = shape.and_then(|shape| Some((shape, form(haystack, at)?)));
        out.extend(span.map(|(shape, span)| Candidate { shape, span }));
    }

    fn at_digits(&self, place: &Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        let ahead = place.classes.ahead(at);
        let count = ahead.digits();
        let led = place.may_be_led(at);
        if !(self.shows_digits(place, at, ahead) || led && self.shows_leads(place, at)) {
            return;
        }
        self.try_all(&self.digits, place, at, Run { count, ahead }, out);
        if led {
            self.with_leads(place, at, out);
        }
        let (haystack, wanted) = (place.haystack, place.asked.at(at));
        let amount = self.amount.filter(|_| count <= LONGEST_AMOUNT);
        self.open((amount, wanted), haystack, at, open::amount, out);
        self.open((self.word, wanted), haystack, at, open::word, out);
        self.open((self.base64, wanted), haystack, at, open::base64, out);
        if opens_track2(place.haystack, at, count) {
            let start = at - usize::from(before(place.haystack, at) == Some(b';'));
            out.extend(self.track2.and_then(|s| track(place.haystack, s, start, TRACK2_LEN)));
        }
    }

    fn at_code(&self, place: &Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        let ahead = place.classes.ahead(at);
        let count = ahead.letters();
        let led = place.may_be_led(at);
        if !(self.shows_code(place, at, ahead) || led && self.shows_leads(place, at)) {
            return;
        }
        self.try_all(&self.letters, place, at, Run { count, ahead }, out);
        if led {
            self.with_leads(place, at, out);
        }
        let (haystack, wanted) = (place.haystack, place.asked.at(at));
        self.open((self.word, wanted), haystack, at, open::word, out);
        self.open((self.base64, wanted), haystack, at, open::base64, out);
        if place.opens_track1(at, count) {
            let start = at - usize::from(before(place.haystack, at) == Some(b'%'));
            out.extend(self.track1.and_then(|s| track(place.haystack, s, start, TRACK1_LEN)));
        }
    }

    /// Returns whether anything may begin with the digits at `at`.
    fn shows_digits(&self, place: &Place<'_, impl Asked>, at: usize, ahead: Window) -> bool {
        place.asked.shows(at, |quick| quick.shows_digits(place.haystack, at, ahead))
    }

    /// Returns whether anything may begin with the letters at `at`.
    fn shows_code(&self, place: &Place<'_, impl Asked>, at: usize, ahead: Window) -> bool {
        let count = ahead.letters();
        let shown = Shown::of(place.haystack, at, count, ahead);
        place.asked.shows(at, |quick| {
            let Opens { word, base64, track1, .. } = quick.opens;
            word || base64
                || quick.letters.fits(shown, ahead)
                || track1 && place.opens_track1(at, count)
        })
    }

    /// Returns whether a layout shows that begins with letters before `at`.
    fn shows_leads(&self, place: &Place<'_, impl Asked>, at: usize) -> bool {
        let mut leads = place.leads(at).map(|letters| {
            let ahead = place.classes.ahead(letters.start);
            let shown = Shown::of(place.haystack, letters.start, letters.len(), ahead);
            place.asked.shows(letters.start, |quick| quick.leads.fits(shown, ahead))
        });
        leads.any(|shows| shows) || cyrillic_lead(place.haystack, at).is_some()
    }

    /// Tries what begins with a few short groups of letters before `at`: `JG 10 37 59 A`.
    fn with_leads(&self, place: &Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        for letters in place.leads(at) {
            let ahead = place.classes.ahead(letters.start);
            self.try_all(
                &self.leads,
                place,
                letters.start,
                Run { count: letters.len(), ahead },
                out,
            );
        }
        if let Some((start, count)) = cyrillic_lead(place.haystack, at) {
            let wanted = place.asked.at(start);
            let shapes = self.cyrillic.get(count).into_iter().flatten();
            for shape in shapes.filter(|shape| wanted.holds(**shape)) {
                out.extend(self.fitting(*shape, place.haystack, start, count));
            }
        }
    }

    fn try_all(
        &self,
        table: &Openings,
        place: &Place<'_, impl Asked>,
        at: usize,
        Run { count, ahead }: Run,
        out: &mut Vec<Candidate>,
    ) {
        let fitting = table.at(Shown::of(place.haystack, at, count, ahead));
        if fitting.is_empty() {
            return;
        }
        let (wanted, word) = (place.asked.at(at), ahead.word());
        for (index, forms) in fitting {
            for shape in forms_in((*index, wanted.of((*index, *forms)))) {
                if !self.stencils.get(usize::from(shape)).is_some_and(|own| own.fits(ahead)) {
                    continue;
                }
                let layout = self.layouts.get(usize::from(shape)).and_then(Option::as_ref);
                let layout = layout.filter(|layout| layout.head <= word);
                let end = layout.and_then(|layout| layout.end_at(place.haystack, at, count));
                out.extend(end.map(|end| Candidate { shape, span: at..end }));
            }
        }
    }

    /// Returns the candidate of a layout at `at`, where a run of `count` characters begins.
    fn fitting(&self, shape: u16, haystack: &[u8], at: usize, count: usize) -> Option<Candidate> {
        let layout = self.layouts.get(usize::from(shape))?.as_ref()?;
        layout.end_at(haystack, at, count).map(|end| Candidate { shape, span: at..end })
    }

    /// Finds the lines of a machine readable zone whose first line holds the `<<` at `angles`.
    fn mrz_at(&self, haystack: &[u8], angles: usize) -> Option<Candidate> {
        let head = haystack.get(angles.saturating_sub(44)..angles)?;
        let start = angles - head.iter().rev().take_while(|b| is_mrz(b)).count();
        let opens_line = !haystack.get(start..angles)?.windows(2).any(|pair| pair == b"<<");
        let width = run(haystack, start, 45, is_mrz);
        let lines = match width {
            30 => 3,
            36 | 44 => 2,
            _ => return None,
        };
        let mut end = start + width;
        for _ in 1..lines {
            let next = end + line_end(haystack, end);
            (next > end && run(haystack, next, width + 1, is_mrz) == width).then_some(())?;
            end = next + width;
        }
        let shape = self.mrz.filter(|_| opens_line)?;
        Some(Candidate { shape, span: start..end })
    }
}

/// A run of letters or digits, and the classes of the bytes from its beginning on.
struct Run {
    count: usize,
    ahead: Window,
}

impl Run {
    fn letters(ahead: Window) -> Run {
        Run { count: ahead.letters(), ahead }
    }
}

impl<A: Asked> Place<'_, A> {
    /// Iterates over the short groups of letters that stand before `at`, the nearest first.
    fn leads(&self, at: usize) -> impl Iterator<Item = Range<usize>> {
        successors(self.lead(at), |letters| self.lead(letters.start)).take(MOST_LEADS)
    }

    /// Returns the short run of letters that stands before `at` with one separator between, or the dot
    /// of an abbreviation and a blank: `nr. 123456`.
    fn lead(&self, at: usize) -> Option<Range<usize>> {
        // `A#123456789`: what stands before a number sign, which separates nothing else.
        let (blank, width) = match before(self.haystack, at)? {
            b'#' => (false, 1),
            ascii @ ..0x80 => (Separator::of_ascii(ascii)? == Separator::Blank, 1),
            _ => {
                let head = self.haystack.get(at.saturating_sub(Separator::WIDEST)..at)?;
                Separator::ending(head).map(|(kind, width)| (kind == Separator::Blank, width))?
            }
        };
        let dotted = blank && before(self.haystack, at - width) == Some(b'.');
        let end = at - width - usize::from(dotted);
        let behind = self.classes.before(end);
        let count = behind.letter.leading_ones() as usize;
        let whole = behind.digit << count.min(LONGEST_LETTERS) >> (u64::BITS - 1) == 0;
        (whole && (1..=LONGEST_LETTERS).contains(&count)).then(|| end - count..end)
    }

    /// Returns whether letters may go before what begins at `at`: one separator stands between, or the dot of an
    /// abbreviation and a blank, or characters outside of ASCII.
    fn may_be_led(&self, at: usize) -> bool {
        let before = self.classes.before(at);
        let last = |mask: u64, count: u32| mask >> (u64::BITS - count) != 0;
        let parted = !last(before.digit | before.letter, 1);
        parted && last(before.letter, 3) || last(before.high, 4)
    }

    fn opens_track1(&self, at: usize, count: usize) -> bool {
        let opens = count == 1 && matches!(self.haystack.get(at), Some(b'B' | b'b'));
        let digits = || self.classes.ahead(at + 1).digits();
        opens
            && TRACK_DIGITS.contains(&digits())
            && self.haystack.get(at + 1 + digits()) == Some(&b'^')
    }
}

impl Quick {
    /// Returns whether a form of the set may begin with the digits at `at`, the classes from there on being these.
    pub(super) fn shows_digits(&self, haystack: &[u8], at: usize, ahead: Window) -> bool {
        let count = ahead.digits();
        let Opens { amount, word, base64, track2, .. } = self.opens;
        self.digits.fits(Shown::of(haystack, at, count, ahead), ahead)
            || word
            || base64
            || amount && count <= LONGEST_AMOUNT
            || track2 && opens_track2(haystack, at, count)
    }
}

fn opens_track2(haystack: &[u8], at: usize, count: usize) -> bool {
    TRACK_DIGITS.contains(&count) && haystack.get(at + count) == Some(&b'=')
}

/// Returns whether a byte belongs to the alphabet of machine readable zones.
pub(crate) fn is_mrz(byte: &u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'<'
}

/// Returns how many bytes at `at` end a line: line ends and blanks, or the escapes that JSON and
/// logs write for them.
fn line_end(haystack: &[u8], at: usize) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    let escape = [&br"\r\n"[..], br"\n"].into_iter().find(|escape| tail.starts_with(escape));
    let plain = || run(haystack, at, 3, |b| matches!(b, b' ' | b'\r' | b'\n'));
    escape.map_or_else(plain, <[u8]>::len)
}

fn before(haystack: &[u8], at: usize) -> Option<u8> {
    haystack.get(at.checked_sub(1)?).copied()
}

/// Returns where the Cyrillic capitals begin that stand before `at`, perhaps with one separator
/// between, and how many they are; `None` where there is none, or a word of more.
fn cyrillic_lead(haystack: &[u8], at: usize) -> Option<(usize, usize)> {
    let head = haystack.get(at.saturating_sub(2 * LONGEST_CYRILLIC + 5)..at)?;
    // Four bytes of any text in ASCII are no letters of another script: most places end here.
    let nearest = head.get(head.len().saturating_sub(4)..)?;
    if nearest.is_ascii() {
        return None;
    }
    let width = Separator::ending(head).map_or(0, |(_, width)| width);
    let end = head.len() - width;
    let mut start = end;
    let mut count = 0;
    while let Some([.., first, second]) = head.get(..start) {
        if !is_cyrillic(&[*first, *second]) {
            break;
        }
        start -= 2;
        count += 1;
    }
    (1..=LONGEST_CYRILLIC).contains(&count).then(|| (at - (head.len() - start), count))
}

/// Returns whether two bytes are a Cyrillic letter: U+0400 to U+04FF in UTF-8.
fn is_cyrillic(bytes: &[u8]) -> bool {
    matches!(bytes, [0xd0..=0xd3, 0x80..=0xbf])
}

/// Returns the first separator within a written form, Unicode blanks as ` ` and dashes as `-`.
pub(crate) fn first_separator(written: &[u8]) -> Option<u8> {
    let at = written.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
    let tail = written.get(at..)?;
    match Separator::starting(tail) {
        Some((Separator::Blank, _)) => Some(b' '),
        Some((Separator::Dash, _)) => Some(b'-'),
        _ => tail.first().copied(),
    }
}

/// A track from its start sentinel to the end of the line, `most` characters at the most.
fn track(haystack: &[u8], shape: u16, start: usize, most: usize) -> Option<Candidate> {
    let printable = |byte: &u8| (b' '..=b'~').contains(byte);
    let end = start + run(haystack, start, most, printable);
    Some(Candidate { shape, span: start..end })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::forms::{FormSet, Look};
    use crate::engine::kernel::Kernel;
    use crate::engine::seeds;

    /// Asks for every form everywhere, and looks nowhere quickly.
    struct Every([u64; 1]);

    impl Asked for Every {
        fn at(&self, _: usize) -> Wanted<'_> {
            Wanted { near: &self.0, beyond: &[] }
        }

        fn shows(&self, _: usize, _: impl Fn(&Quick) -> bool) -> bool {
            true
        }

        fn look(&self, _: usize) -> Look<'_> {
            Look::OPEN
        }
    }

    /// Returns the stretches of a text that a layout fits at a seed.
    fn found<'t>(layout: &'static str, text: &'t str, kind: SeedKind, at: usize) -> Vec<&'t str> {
        let mut candidates = Vec::new();
        let shapes = Shapes::new(&[Form::Layout(layout)]);
        let mut classes = Classes::default();
        classes.fill(Kernel::Scalar, text.as_bytes(), 0..text.len());
        let (text_bytes, seed) = (text.as_bytes(), Seed { at, kind });
        shapes.matches(text_bytes, &classes, seed, &Every([1]), &mut candidates);
        candidates.into_iter().filter_map(|found| text.get(found.span)).collect()
    }

    /// Returns what a layout takes of a text when the first digit is a seed.
    fn taken<'t>(layout: &'static str, text: &'t str) -> Option<&'t str> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        found(layout, text, SeedKind::Digits, at).pop()
    }

    #[test]
    fn cyrillic_letters_lead_digits() {
        assert_eq!(taken("Я{2} 9{6}", "паспорт АБ 123456"), Some("АБ 123456"));
        assert_eq!(taken("Я{2} 9{6}", "АБ\u{a0}123456"), Some("АБ\u{a0}123456"));
        assert_eq!(taken("Я{2}9{6}", "ІҐ123456"), Some("ІҐ123456"));
        // A word, small letters, one letter, and a letter more before them.
        for text in ["серия 123456", "аб 123456", "Б 123456", "ВАБ 123456", "ÀÉ 123456", "№ 123456"]
        {
            assert_eq!(taken("Я{2} 9{6}", text), None, "{text}");
        }
    }

    #[test]
    fn cyrillic_letters_stand_between_digits() {
        assert_eq!(taken("9{2} Я{2} 9{6}", "77 АВ 123456"), Some("77 АВ 123456"));
        assert_eq!(taken("9{2}Я{2}9{6}", "77АВ123456"), Some("77АВ123456"));
        assert_eq!(taken("9{2}Я{2}9{6}", "77А1123456"), None);
        assert_eq!(taken("9{2}Я{2}9{6}", "77А"), None);
    }

    #[test]
    fn digits_that_stand_for_themselves_may_begin_a_layout() {
        assert_eq!(found("12-9{2,4}", "12-345", SeedKind::Digits, 0), ["12-345"]);
        assert_eq!(found("129{2}", "1234", SeedKind::Digits, 0), ["1234"]);
        assert!(found("12-9{2,4}", "13-345", SeedKind::Digits, 0).is_empty());
        assert!(found("12-9{2,4}", "123-45", SeedKind::Digits, 0).is_empty());
    }

    #[test]
    fn characters_outside_of_ascii_stand_for_themselves() {
        assert_eq!(found("9{2}⑆9{2}", "12⑆34", SeedKind::Digits, 0), ["12⑆34"]);
        assert!(found("9{2}⑆9{2}", "12⑈34", SeedKind::Digits, 0).is_empty());
    }

    #[test]
    fn groups_of_letters_go_before_the_first_digit() {
        let four = "AB-CD-EF-GH-123";
        let layout = "A{2}-A{2}-A{2}-A{2}-9{3}";
        assert_eq!(found(layout, four, SeedKind::Digits, 12), [four]);
        assert_eq!(found("A#9{3}", "A#123", SeedKind::Digits, 2), ["A#123"]);
        assert!(found("A#9{3}", "A-123", SeedKind::Digits, 2).is_empty());
        assert!(found("A-9{3}", "A#123", SeedKind::Digits, 2).is_empty());
    }

    #[test]
    fn a_group_of_letters_may_end_in_a_dot() {
        assert_eq!(taken("A{2} A{2}. 9{6}", "seria RT nr. 123456"), Some("RT nr. 123456"));
        assert_eq!(taken("A{2} A{2}. 9{6}", "seria RT nr: 123456"), None);
    }

    #[test]
    fn runs_of_digits_have_a_limit() {
        let run = "1".repeat(LONGEST_RUN);
        assert_eq!(taken("9{26}", &run), Some(run.as_str()));
        assert_eq!(taken("9{26}", &format!("{run}1")), None);
    }

    /// Asks for the forms of a set everywhere.
    struct Only(Quick, FormSet);

    impl Asked for Only {
        fn at(&self, _: usize) -> Wanted<'_> {
            Wanted { near: self.1.words(), beyond: &[] }
        }

        fn shows(&self, _: usize, is: impl Fn(&Quick) -> bool) -> bool {
            is(&self.0)
        }

        fn look(&self, _: usize) -> Look<'_> {
            Look { gate: self.0.gate, quick: Some(&self.0) }
        }
    }

    /// What fits at the first character of a run, by trying every layout of the text there.
    fn by_trying(layouts: &[Layout], text: &[u8], classes: &Classes) -> Vec<Candidate> {
        let mut fitting = Vec::new();
        for at in 0..text.len() {
            let (ahead, last) = (classes.ahead(at), before(text, at));
            let (opening, count) = match (ahead.digits(), ahead.letters()) {
                (0, letters) => (Opening::Letters, letters),
                (digits, _) => (Opening::Digits, digits),
            };
            let begins = match opening {
                Opening::Digits => last.is_none_or(|last| !last.is_ascii_digit()),
                _ => last.is_none_or(|last| !last.is_ascii_alphanumeric()),
            };
            let coded = text.get(at + count).is_some_and(u8::is_ascii_digit);
            if !begins || opening == Opening::Letters && !coded {
                continue;
            }
            for (shape, layout) in (0..).zip(layouts) {
                let opens = layout.openings().iter().any(|(own, counts)| {
                    *own == opening && counts.contains(&count) && layout.head <= ahead.word()
                });
                let end = layout.end_at(text, at, count).filter(|_| opens);
                let end = end.filter(|end| !text.get(*end).is_some_and(u8::is_ascii_digit));
                fitting.extend(end.map(|end| Candidate { shape, span: at..end }));
            }
        }
        fitting
    }

    const LAYOUTS: [&str; 20] = [
        "9{5}",
        "9{3}-9{2}-9{4}",
        "9{6,9}",
        "9{4}~9{4}~9{4}",
        "9{2}A9{3}",
        "9{1,2}.9{3}X",
        "9X{3}",
        "12-9{2}",
        "AA99*",
        "A{2}9{3}A",
        "A{1,3}9{1,4}",
        "X{4}",
        "9{2} 9{2} A",
        "9{2}/A{1,2}",
        "9{2}~9{2}",
        "9{1,2}(9)",
        "9{3}Я9",
        "9",
        "9{2}.9{2}.9{2}-9{2}",
        "9{4}A{2}-X{2}",
    ];

    proptest! {
        #[test]
        fn what_is_looked_up_is_what_fits(
            parts in prop::collection::vec("[0-9]{1,5}|1234|[A-Z]{1,3}|[ ./_(-]|\u{a0}|\u{2013}|Я|\n|\r\n", 1..24),
            chosen in prop::collection::vec(any::<bool>(), LAYOUTS.len()),
        ) {
            let text = parts.concat().into_bytes();
            let mut classes = Classes::default();
            classes.fill(Kernel::Scalar, &text, 0..text.len());
            let shapes = Shapes::new(&LAYOUTS.map(Form::Layout));
            let own: Vec<u16> = (0..).zip(&chosen).filter(|(_, own)| **own).map(|(at, _)| at).collect();
            let (few, mut set) = (FewForms::of(&own), FormSet::of(LAYOUTS.len()));
            set.add(&few);
            let asked = Only(shapes.quick(&few), set);
            let mut found = Vec::new();
            seeds::find(&classes, &text, &(0..text.len()), |at| asked.look(at), |seed| {
                shapes.matches(&text, &classes, seed, &asked, &mut found);
            });
            let layouts: Vec<Layout> = LAYOUTS.iter().map(|layout| Layout::parse(layout)).collect();
            let plain = by_trying(&layouts, &text, &classes);
            for candidate in plain.iter().filter(|candidate| own.contains(&candidate.shape)) {
                prop_assert!(found.contains(candidate), "{candidate:?} in {:?}", parts.concat());
            }
            prop_assert!(found.iter().all(|candidate| own.contains(&candidate.shape)));
        }
    }
}
