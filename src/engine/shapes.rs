//! Written forms: compiled once, then matched at seeds.

use std::iter::successors;
use std::ops::Range;

use super::anchors::{Anchor, Named};
use super::forms::{Asked, FormSet};
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
/// Digits of a second run that layouts are told by: those of longer ones are not counted.
const LONGEST_SECOND: usize = 14;
/// Letter runs longer than this begin no form.
const LONGEST_LETTERS: usize = 16;
/// Groups of letters that may go before the first digit: `AB-CD-EF-G123HI`.
const MOST_LEADS: usize = 4;
/// Letters and digits behind a first run that are counted to tell which layouts may fit.
const LONGEST_HEAD: usize = 64;
/// Runs of Cyrillic letters longer than this begin no form.
const LONGEST_CYRILLIC: usize = 2;
/// Significant characters of the longest `*` form, an IBAN.
pub(super) const LONGEST_GROUPED: usize = 34;
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
        let second = separator.map_or(LONGEST_SECOND, |(_, width)| {
            run(behind, width, LONGEST_SECOND, u8::is_ascii_digit)
        });
        let (Some(layouts), Some(seconds)) = (layouts, self.by_second.get(second)) else { return };
        let word = count + run(haystack, at + count, LONGEST_HEAD, u8::is_ascii_alphanumeric);
        let asked = place.asked.at(at, [layouts, seconds]);
        for shape in FormSet::all([layouts, seconds, asked]) {
            let layout = self.layouts.get(usize::from(shape)).and_then(Option::as_ref);
            let layout = layout.filter(|layout| layout.head <= word);
            if let Some(end) = layout.and_then(|layout| layout.end_at(haystack, at)) {
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

/// Returns how many bytes from `at` on are of a class, `most` at the most.
fn run(haystack: &[u8], at: usize, most: usize, class: impl Fn(&u8) -> bool) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    tail.iter().take(most).take_while(|byte| class(byte)).count()
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

/// Returns whether two bytes are a Cyrillic capital of Russian, Ukrainian or Mongolian.
fn is_cyrillic_capital(bytes: &[u8]) -> bool {
    // U+0401 to U+040F and U+0410 to U+042F; U+0490, the Ukrainian letter Ґ; U+04AE and U+04E8, the
    // Mongolian letters Ү and Ө.
    matches!(bytes, [0xd0, 0x81..=0xaf] | [0xd2, 0x90 | 0xae] | [0xd3, 0xa8])
}

/// Returns how many bytes from `at` on are Cyrillic capitals, `most` letters at the most.
fn cyrillic_run(haystack: &[u8], at: usize, most: usize) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    let letters = tail.chunks_exact(2).take(most);
    letters.take_while(|letter| is_cyrillic_capital(letter)).count() * 2
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

/// Kinds of what may stand behind a first run: see [`follower`].
const FOLLOWERS: usize = 8;
const LETTER: usize = 5;
const DIGIT: usize = 6;
const OTHER: usize = 7;

/// Returns the kind of what stands at the start of `bytes`: the separator there, one of five kinds, or a
/// letter, a digit, anything else.
fn follower(bytes: &[u8], separator: Option<(Separator, usize)>) -> usize {
    match (bytes.first(), separator) {
        (_, Some((kind, _))) => kind as usize,
        (Some(byte), _) if byte.is_ascii_alphabetic() => LETTER,
        (Some(byte), _) if byte.is_ascii_digit() => DIGIT,
        _ => OTHER,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Digit,
    Letter,
    Either,
    /// Capitals of two bytes each.
    Cyrillic,
}

impl Class {
    fn holds(self, byte: &u8) -> bool {
        match self {
            Class::Digit => byte.is_ascii_digit(),
            Class::Letter => byte.is_ascii_alphabetic(),
            Class::Either => byte.is_ascii_alphanumeric(),
            // The first of two bytes; what the second is shows in a run.
            Class::Cyrillic => !byte.is_ascii(),
        }
    }

    /// Returns the class that a symbol of the notation stands for.
    fn of_symbol(symbol: char) -> Option<Class> {
        match symbol {
            '9' => Some(Class::Digit),
            'A' => Some(Class::Letter),
            'X' => Some(Class::Either),
            'Я' => Some(Class::Cyrillic),
            _ => None,
        }
    }

    /// Returns how many bytes a run of this class takes from `at` on, `None` where it is shorter than
    /// `least` characters.
    fn run(self, haystack: &[u8], at: usize, least: usize, most: usize) -> Option<usize> {
        let (bytes, width) = match self {
            Class::Cyrillic => (cyrillic_run(haystack, at, most), 2),
            _ => (run(haystack, at, most, |byte| self.holds(byte)), 1),
        };
        (bytes >= least * width).then_some(bytes)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Run(Class, usize, usize),
    Only(Separator),
    Same,
    Byte(u8),
    Groups,
}

/// What a layout begins with; a range of counts goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// A run of digits.
    Digits,
    /// Letters, a digit following.
    Letters,
    /// Nothing but letters.
    Capitals,
    /// Letters, a separator following.
    Lead,
    /// Cyrillic letters, digits following, perhaps behind a separator.
    Cyrillic,
}

#[derive(Debug)]
pub(super) struct Layout {
    pub(super) pieces: Vec<Piece>,
    /// Letters and digits that it begins with, at least.
    head: usize,
}

impl Layout {
    pub(super) fn parse(text: &str) -> Layout {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            let Some(class) = Class::of_symbol(first) else {
                push_character(first, &mut pieces);
                continue;
            };
            let (counts, tail) = split_counts(rest);
            rest = tail;
            match pieces.last_mut() {
                Some(Piece::Run(last, least, most)) if *last == class => {
                    *least += counts.0;
                    *most += counts.1;
                }
                _ => pieces.push(Piece::Run(class, counts.0, counts.1)),
            }
        }
        let head = pieces.iter().map_while(|piece| match piece {
            Piece::Run(Class::Cyrillic, ..) => None,
            Piece::Run(_, least, _) => Some(*least),
            _ => None,
        });
        let head = head.sum();
        Layout { pieces, head }
    }

    /// Returns what a place that this layout fits begins with; `X` may be either, so there can be
    /// two answers.
    fn openings(&self) -> Vec<(Opening, Range<usize>)> {
        let literal = self.literal_digits().map(|counts| vec![(Opening::Digits, counts)]);
        literal.unwrap_or_else(|| self.openings_of_runs())
    }

    fn openings_of_runs(&self) -> Vec<(Opening, Range<usize>)> {
        let runs = self.leading_runs();
        if let Some((Class::Cyrillic, least, most)) = runs.first() {
            return vec![(Opening::Cyrillic, *least..most + 1)];
        }
        let digits = runs.first().is_some_and(|(class, ..)| *class == Class::Digit);
        let (own, other) = match digits {
            true => (Class::Digit, Class::Letter),
            false => (Class::Letter, Class::Digit),
        };
        let sure = runs.iter().take_while(|(class, ..)| *class == own);
        let least = sure.map(|(_, least, _)| least).sum::<usize>();
        let perhaps = runs.iter().take_while(|(class, ..)| *class != other);
        let most = perhaps.map(|(.., most)| most).sum::<usize>();
        let counts = least..most + 1;
        let all_letters = runs.iter().all(|(class, ..)| *class != Class::Digit);
        match (digits, runs.len() == self.pieces.len()) {
            (true, _) => vec![(Opening::Digits, counts)],
            (false, true) if runs.len() == 1 => vec![(Opening::Capitals, counts)],
            (false, true) if all_letters => {
                let whole = runs.iter().map(|(_, least, _)| least).sum::<usize>();
                vec![(Opening::Letters, counts), (Opening::Capitals, whole..most + 1)]
            }
            (false, false) if runs.len() == 1 && !self.ends_in_groups() => {
                vec![(Opening::Lead, counts)]
            }
            (false, _) => vec![(Opening::Letters, counts)],
        }
    }

    /// Returns the lengths of the digit run that begins with digits standing for themselves: `12-9`.
    fn literal_digits(&self) -> Option<Range<usize>> {
        let is_digit = |piece: &&Piece| matches!(piece, Piece::Byte(b'0'..=b'9'));
        let count = self.pieces.iter().take_while(is_digit).count();
        let (least, most) = match self.pieces.get(count) {
            Some(Piece::Run(Class::Digit, least, most)) => (*least, *most),
            Some(Piece::Run(Class::Either, _, most)) => (0, *most),
            _ => (0, 0),
        };
        (count > 0).then_some(count + least..count + most + 1)
    }

    /// Returns the runs of characters that the layout begins with.
    fn leading_runs(&self) -> Vec<(Class, usize, usize)> {
        let runs = self.pieces.iter().map_while(|piece| match piece {
            Piece::Run(class, least, most) => Some((*class, *least, *most)),
            _ => None,
        });
        runs.collect()
    }

    fn ends_in_groups(&self) -> bool {
        self.pieces.last() == Some(&Piece::Groups)
    }

    /// Returns whether what follows a first run of `count` can belong to what follows it in the layout.
    fn may_go_on(&self, count: usize, behind: usize) -> bool {
        let word = matches!(behind, LETTER | DIGIT);
        let (Some(Piece::Run(Class::Digit | Class::Letter | Class::Either, _, most)), Some(next)) =
            (self.pieces.first(), self.pieces.get(1))
        else {
            return true;
        };
        if count > *most {
            return word || count >= self.head;
        }
        match next {
            Piece::Byte(byte) => behind == follower(&[*byte], Separator::starting(&[*byte])),
            Piece::Run(Class::Digit, ..) => behind == DIGIT,
            Piece::Run(Class::Letter, ..) => behind == LETTER,
            Piece::Run(Class::Either, ..) => word,
            Piece::Run(Class::Cyrillic, ..) => behind == OTHER,
            Piece::Only(kind) => behind == *kind as usize,
            Piece::Same => behind < LETTER,
            Piece::Groups => true,
        }
    }

    /// Returns whether so many digits may stand behind a first run and a separator, if that is what follows
    /// the run; [`LONGEST_SECOND`] stands for more, and for no separator.
    fn may_have_second(&self, count: usize) -> bool {
        use Class::{Digit, Letter};
        let [
            Piece::Run(Digit | Letter, ..),
            Piece::Only(_) | Piece::Same,
            Piece::Run(class, least, most),
            rest @ ..,
        ] = self.pieces.as_slice()
        else {
            return true;
        };
        // More digits than a run takes are fine where some run of digits or of both goes on, or all ends.
        let goes_on = !matches!(rest, [Piece::Only(_) | Piece::Same | Piece::Run(Letter, ..), ..]);
        match class {
            _ if count == LONGEST_SECOND => true,
            Digit => count >= *least && (count <= *most || goes_on),
            Letter => count == 0,
            _ => true,
        }
    }

    /// Returns where the layout ends if it fits at `at`.
    fn end_at(&self, haystack: &[u8], at: usize) -> Option<usize> {
        let mut end = at;
        let mut bound: Option<Separator> = None;
        let mut broken = false;
        for piece in &self.pieces {
            let tail = haystack.get(end..)?;
            end += match *piece {
                Piece::Run(class, least, most) => class.run(haystack, end, least, most)?,
                Piece::Only(kind) => Separator::starting(tail).filter(|(is, _)| *is == kind)?.1,
                Piece::Same => match bound {
                    Some(kind) => kind.going_on(tail, &mut broken)?,
                    None => {
                        let (kind, width) = Separator::starting(tail)?;
                        bound = Some(kind);
                        width
                    }
                },
                Piece::Byte(byte) => (tail.first() == Some(&byte)).then_some(1)?,
                Piece::Groups => groups(haystack, at, end)? - end,
            };
        }
        Some(end)
    }
}

/// Appends what a character of a layout stands for when it is no class.
fn push_character(character: char, pieces: &mut Vec<Piece>) {
    match character {
        ' ' => pieces.push(Piece::Only(Separator::Blank)),
        '-' => pieces.push(Piece::Only(Separator::Dash)),
        '~' => pieces.push(Piece::Same),
        '*' => pieces.push(Piece::Groups),
        other => pieces.extend(other.encode_utf8(&mut [0; 4]).bytes().map(Piece::Byte)),
    }
}

/// Splits `{n}` or `{n,m}` off the front; no braces count once.
fn split_counts(text: &str) -> ((usize, usize), &str) {
    let braced = text.strip_prefix('{').and_then(|inner| inner.split_once('}'));
    let Some((counts, tail)) = braced else { return ((1, 1), text) };
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    let number = |text: &str| text.parse().unwrap_or(0);
    ((number(least), number(most)), tail)
}

/// Returns the end of the letters and digits from `end` on, in one run or in groups of four; `at` is
/// where the form begins.
fn groups(haystack: &[u8], at: usize, end: usize) -> Option<usize> {
    let mut count = end - at;
    let one_run = run(haystack, end, LONGEST_GROUPED - count, u8::is_ascii_alphanumeric);
    if one_run > 0 {
        return Some(end + one_run);
    }
    let (kind, _) = Separator::starting(haystack.get(end..)?)?;
    let mut broken = false;
    let mut end = end;
    while let Some(width) = haystack.get(end..).and_then(|tail| kind.going_on(tail, &mut broken)) {
        let group = run(haystack, end + width, 5, u8::is_ascii_alphanumeric);
        if !(1..=4).contains(&group) || count == LONGEST_GROUPED {
            break;
        }
        end += width + group;
        count = LONGEST_GROUPED.min(count + group);
        if group < 4 {
            break;
        }
    }
    Some(end)
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
