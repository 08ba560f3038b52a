//! Written forms: compiled once, then matched at seeds.

use std::iter::successors;
use std::ops::Range;

use super::anchors::{Anchor, Named};
use super::forms::{Asked, FormSet};
use super::layout::{FOLLOWERS, LONGEST_SECOND, Layout, Opening, follower, run};
use super::open;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// All forms, indexed by what a seed shows of them.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    /// By form.
    layouts: Vec<Option<Layout>>,
    /// Layouts by the length of the digit run that they begin with.
    by_digits: Vec<ByFollower>,
    /// Layouts by the number of letters that they begin with, a digit following.
    by_letters: Vec<ByFollower>,
    /// Layouts of letters only, by length.
    by_capitals: Vec<ByFollower>,
    /// Layouts that begin with this many letters and a separator.
    by_lead: Vec<ByFollower>,
    /// Layouts that begin with this many Cyrillic letters.
    by_cyrillic: Vec<ByFollower>,
    /// Layouts that may have this many digits, and no more, behind a first run and a separator.
    by_second: Vec<FormSet>,
    mrz: Option<u16>,
    track1: Option<u16>,
    track2: Option<u16>,
    in_run: Option<u16>,
    amount: Option<u16>,
    word: Option<u16>,
    base64: Option<u16>,
}

/// Layouts by [`follower`]: most end at what stands behind their first run.
type ByFollower = [FormSet; FOLLOWERS];

/// Where forms are tried, and which.
struct Place<'p, A> {
    haystack: &'p [u8],
    asked: &'p mut A,
}

impl Shapes {
    /// Compiles forms; a candidate's `shape` is the form's index here.
    pub(crate) fn new(forms: &[Form]) -> Shapes {
        let none = || std::array::from_fn(|_| FormSet::of(forms.len()));
        let table = |len: usize| (0..=len).map(|_| none()).collect::<Vec<ByFollower>>();
        let mut shapes = Shapes {
            layouts: forms.iter().map(|_| None).collect(),
            by_digits: table(LONGEST_RUN),
            by_letters: table(LONGEST_LETTERS),
            by_capitals: table(LONGEST_LETTERS),
            by_lead: table(LONGEST_LETTERS),
            by_cyrillic: table(LONGEST_CYRILLIC),
            by_second: (0..=LONGEST_SECOND).map(|_| FormSet::of(forms.len())).collect(),
            ..Shapes::default()
        };
        for (shape, form) in (0..).zip(forms) {
            match form {
                Form::Layout(text) | Form::Verbatim(text) => {
                    shapes.insert(shape, Layout::parse(text))
                }
                Form::Mrz => shapes.mrz = Some(shape),
                Form::Track1 => shapes.track1 = Some(shape),
                Form::Track2 => shapes.track2 = Some(shape),
                Form::InRun => shapes.in_run = Some(shape),
                Form::Amount => shapes.amount = Some(shape),
                Form::Word => shapes.word = Some(shape),
                Form::Base64 => shapes.base64 = Some(shape),
                Form::Anchored(_) | Form::Named(_) => {}
            }
        }
        shapes
    }

    fn insert(&mut self, shape: u16, layout: Layout) {
        for (opening, counts) in layout.openings() {
            let table = match opening {
                Opening::Digits => &mut self.by_digits,
                Opening::Letters => &mut self.by_letters,
                Opening::Capitals => &mut self.by_capitals,
                Opening::Lead => &mut self.by_lead,
                Opening::Cyrillic => &mut self.by_cyrillic,
            };
            for (count, slot) in table.iter_mut().enumerate().filter(|(n, _)| counts.contains(n)) {
                let followed = slot.iter_mut().enumerate();
                let fits = followed.filter(|(follower, _)| layout.may_go_on(count, *follower));
                fits.for_each(|(_, layouts)| layouts.insert(shape));
            }
        }
        let second = self.by_second.iter_mut().enumerate();
        let fits = second.filter(|(count, _)| layout.may_have_second(*count));
        fits.for_each(|(_, layouts)| layouts.insert(shape));
        if let Some(slot) = self.layouts.get_mut(usize::from(shape)) {
            *slot = Some(layout);
        }
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
        seed: Seed,
        asked: &mut impl Asked,
        out: &mut Vec<Candidate>,
    ) {
        let place = &mut Place { haystack, asked };
        match seed.kind {
            SeedKind::Digits => self.at_digits(place, seed.at, out),
            SeedKind::Code => self.at_code(place, seed.at, out),
            SeedKind::Capitals => {
                let count = run(haystack, seed.at, LONGEST_LETTERS, u8::is_ascii_alphabetic);
                self.try_all(&self.by_capitals, count, place, seed.at, out);
            }
            SeedKind::Angles => out.extend(self.mrz_at(haystack, seed.at)),
            SeedKind::InRun => self.open(self.in_run, place, seed.at, open::in_run, out),
            SeedKind::Short => {
                let count = run(haystack, seed.at, LONGEST_LETTERS, u8::is_ascii_alphabetic);
                self.try_all(&self.by_lead, count, place, seed.at, out);
            }
        }
    }

    /// Appends the stretch that a form without a layout takes at `at`, if that form is asked for.
    fn open(
        &self,
        shape: Option<u16>,
        place: &mut Place<'_, impl Asked>,
        at: usize,
        form: fn(&[u8], usize) -> Option<Range<usize>>,
        out: &mut Vec<Candidate>,
    ) {
        let shape = shape.filter(|shape| place.asked.asks(at, *shape));
        let span = shape.and_then(|shape| Some((shape, form(place.haystack, at)?)));
        out.extend(span.map(|(shape, span)| Candidate { shape, span }));
    }

    fn at_digits(&self, place: &mut Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        let haystack = place.haystack;
        let count = run(haystack, at, LONGEST_RUN + 1, u8::is_ascii_digit);
        self.try_all(&self.by_digits, count, place, at, out);
        self.with_leads(place, at, out);
        self.open(self.amount.filter(|_| count <= 4), place, at, open::amount, out);
        self.open(self.word, place, at, open::word, out);
        self.open(self.base64, place, at, open::base64, out);
        if count >= 12 && haystack.get(at + count) == Some(&b'=') {
            let start = at - usize::from(before(haystack, at) == Some(b';'));
            out.extend(self.track2.and_then(|s| track(haystack, s, start, TRACK2_LEN)));
        }
    }

    fn at_code(&self, place: &mut Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        let haystack = place.haystack;
        let count = run(haystack, at, LONGEST_LETTERS + 1, u8::is_ascii_alphabetic);
        self.try_all(&self.by_letters, count, place, at, out);
        self.with_leads(place, at, out);
        self.open(self.word, place, at, open::word, out);
        self.open(self.base64, place, at, open::base64, out);
        if count == 1 && matches!(haystack.get(at), Some(b'B' | b'b')) {
            let digits = run(haystack, at + 1, LONGEST_RUN + 1, u8::is_ascii_digit);
            if digits >= 12 && haystack.get(at + 1 + digits) == Some(&b'^') {
                let start = at - usize::from(before(haystack, at) == Some(b'%'));
                out.extend(self.track1.and_then(|s| track(haystack, s, start, TRACK1_LEN)));
            }
        }
    }

    /// Tries what begins with a few short groups of letters before `at`: `JG 10 37 59 A`.
    fn with_leads(&self, place: &mut Place<'_, impl Asked>, at: usize, out: &mut Vec<Candidate>) {
        let haystack = place.haystack;
        let leads = successors(lead(haystack, at), |letters| lead(haystack, letters.start));
        for letters in leads.take(MOST_LEADS) {
            self.try_all(&self.by_lead, letters.len(), place, letters.start, out);
        }
        if let Some((start, count)) = cyrillic_lead(haystack, at) {
            self.try_all(&self.by_cyrillic, count, place, start, out);
        }
    }

    fn try_all(
        &self,
        table: &[ByFollower],
        count: usize,
        place: &mut Place<'_, impl Asked>,
        at: usize,
        out: &mut Vec<Candidate>,
    ) {
        let haystack = place.haystack;
        let behind = haystack.get(at + count..).unwrap_or_default();
        let separator = Separator::starting(behind);
        let follower = follower(behind, separator);
        let layouts = table.get(count).and_then(|by_follower| by_follower.get(follower));
        let layouts = layouts.filter(|layouts| !layouts.is_empty());
        let second = || {
            separator.map_or(LONGEST_SECOND, |(_, width)| {
                run(behind, width, LONGEST_SECOND, u8::is_ascii_digit)
            })
        };
        let seconds = layouts.and_then(|_| self.by_second.get(second()));
        let (Some(layouts), Some(seconds)) = (layouts, seconds) else { return };
        let is_word = |rest: usize| run(behind, 0, rest, u8::is_ascii_alphanumeric) == rest;
        let asked = place.asked.at(at, [layouts, seconds]);
        for shape in FormSet::all([layouts, seconds, asked]) {
            let layout = self.layouts.get(usize::from(shape)).and_then(Option::as_ref);
            let layout = layout.filter(|layout| is_word(layout.head.saturating_sub(count)));
            if let Some(end) = layout.and_then(|layout| layout.end_at(haystack, at, count)) {
                out.push(Candidate { shape, span: at..end });
            }
        }
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

/// Returns the short run of letters that stands before `at` with one separator between, or the dot
/// of an abbreviation and a blank: `nr. 123456`.
fn lead(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let head = haystack.get(at.saturating_sub(LONGEST_LETTERS + 5)..at)?;
    // `A#123456789`: what stands before a number sign, which separates nothing else.
    let (blank, width) = match head.last()? {
        b'#' => (false, 1),
        _ => Separator::ending(head).map(|(kind, width)| (kind == Separator::Blank, width))?,
    };
    let head = head.get(..head.len() - width)?;
    let dotted = head.strip_suffix(b".").filter(|_| blank);
    let end = at - width - usize::from(dotted.is_some());
    let letters = dotted.unwrap_or(head).iter().rev();
    let count = letters.take_while(|b| b.is_ascii_alphabetic()).count();
    let start = end - count;
    let whole = before(haystack, start).is_none_or(|b| !b.is_ascii_alphanumeric());
    (whole && (1..=LONGEST_LETTERS).contains(&count)).then_some(start..end)
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
    use super::*;

    /// Asks for the first form everywhere.
    struct First(FormSet);

    impl First {
        fn new() -> First {
            let mut set = FormSet::of(1);
            set.insert(0);
            First(set)
        }
    }

    impl Asked for First {
        fn at(&mut self, _: usize, _: [&FormSet; 2]) -> &FormSet {
            &self.0
        }

        fn asks(&mut self, _: usize, form: u16) -> bool {
            self.0.holds(form)
        }
    }

    /// Returns the stretches of a text that a layout fits at a seed.
    fn found<'t>(layout: &'static str, text: &'t str, kind: SeedKind, at: usize) -> Vec<&'t str> {
        let mut candidates = Vec::new();
        let shapes = Shapes::new(&[Form::Layout(layout)]);
        shapes.matches(text.as_bytes(), Seed { at, kind }, &mut First::new(), &mut candidates);
        candidates.into_iter().filter_map(|found| text.get(found.span)).collect()
    }

    /// Returns what a layout takes of a text when the first digit is a seed.
    fn taken<'t>(layout: &'static str, text: &'t str) -> Option<&'t str> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let mut found = Vec::new();
        let seed = Seed { at, kind: SeedKind::Digits };
        let shapes = Shapes::new(&[Form::Layout(layout)]);
        shapes.matches(text.as_bytes(), seed, &mut First::new(), &mut found);
        found.pop().and_then(|candidate| text.get(candidate.span))
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
}
