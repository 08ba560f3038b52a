//! Written forms: compiled once, then matched at seeds.

use std::ops::Range;

use super::seeds::{Seed, SeedKind};

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
/// for itself. Counts are greedy and never give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Fixed groups of characters.
    Layout(&'static str),
    /// Lines of 30, 36 or 44 characters out of `A-Z 0-9 <`, the first holding `<<`.
    Mrz,
    /// `B` or `b`, 12 to 19 digits, `^`, and what follows on the line up to 79 characters in all.
    Track1,
    /// 12 to 19 digits, `=`, and what follows on the line up to 40 characters in all.
    Track2,
}

/// Digit runs longer than this begin no form.
///
/// A Polish account number has 26 in one run.
const LONGEST_RUN: usize = 26;
/// Letter runs longer than this begin no form.
const LONGEST_LETTERS: usize = 16;
/// Runs of Cyrillic letters longer than this begin no form.
const LONGEST_CYRILLIC: usize = 2;
/// Significant characters of the longest `*` form, an IBAN.
const LONGEST_GROUPED: usize = 34;
/// Characters of a track, ISO/IEC 7813.
const TRACK1_LEN: usize = 79;
const TRACK2_LEN: usize = 40;

/// All forms, indexed by what a seed shows of them.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    layouts: Vec<(u16, Layout)>,
    /// Layouts by the length of the digit run that they begin with.
    by_digits: Vec<Vec<u16>>,
    /// Layouts by the number of letters that they begin with, a digit following.
    by_letters: Vec<Vec<u16>>,
    /// Layouts of letters only, by length.
    by_capitals: Vec<Vec<u16>>,
    /// Layouts that begin with this many letters and a separator.
    by_lead: Vec<Vec<u16>>,
    /// Layouts that begin with this many Cyrillic letters.
    by_cyrillic: Vec<Vec<u16>>,
    mrz: Option<u16>,
    track1: Option<u16>,
    track2: Option<u16>,
}

impl Shapes {
    /// Compiles forms; a candidate's `shape` is the form's index here.
    pub(crate) fn new(forms: &[Form]) -> Shapes {
        let table = |len: usize| vec![Vec::new(); len + 1];
        let mut shapes = Shapes {
            by_digits: table(LONGEST_RUN),
            by_letters: table(LONGEST_LETTERS),
            by_capitals: table(LONGEST_LETTERS),
            by_lead: table(LONGEST_LETTERS),
            by_cyrillic: table(LONGEST_CYRILLIC),
            ..Shapes::default()
        };
        for (shape, form) in (0..).zip(forms) {
            match form {
                Form::Layout(text) => shapes.insert(shape, Layout::parse(text)),
                Form::Mrz => shapes.mrz = Some(shape),
                Form::Track1 => shapes.track1 = Some(shape),
                Form::Track2 => shapes.track2 = Some(shape),
            }
        }
        shapes
    }

    fn insert(&mut self, shape: u16, layout: Layout) {
        let index = self.layouts.len() as u16;
        for (opening, counts) in layout.openings() {
            let table = match opening {
                Opening::Digits => &mut self.by_digits,
                Opening::Letters => &mut self.by_letters,
                Opening::Capitals => &mut self.by_capitals,
                Opening::Lead => &mut self.by_lead,
                Opening::Cyrillic => &mut self.by_cyrillic,
            };
            let end = counts.end.min(table.len());
            for slot in table.get_mut(counts.start..end).unwrap_or_default() {
                slot.push(index);
            }
        }
        self.layouts.push((shape, layout));
    }

    /// Appends every form that fits at a seed to `out`.
    ///
    /// Reads at most 128 bytes on either side of the seed.
    pub(crate) fn matches(&self, haystack: &[u8], seed: Seed, out: &mut Vec<Candidate>) {
        match seed.kind {
            SeedKind::Digits => self.at_digits(haystack, seed.at, out),
            SeedKind::Code => self.at_code(haystack, seed.at, out),
            SeedKind::Capitals => {
                let count = run(haystack, seed.at, LONGEST_LETTERS, u8::is_ascii_alphabetic);
                self.try_all(&self.by_capitals, count, haystack, seed.at, out);
            }
            SeedKind::Angles => out.extend(self.mrz_at(haystack, seed.at)),
        }
    }

    fn at_digits(&self, haystack: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let count = run(haystack, at, LONGEST_RUN + 1, u8::is_ascii_digit);
        self.try_all(&self.by_digits, count, haystack, at, out);
        self.with_leads(haystack, at, out);
        if count >= 12 && haystack.get(at + count) == Some(&b'=') {
            let start = at - usize::from(before(haystack, at) == Some(b';'));
            out.extend(self.track2.and_then(|s| track(haystack, s, start, TRACK2_LEN)));
        }
    }

    fn at_code(&self, haystack: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let count = run(haystack, at, LONGEST_LETTERS + 1, u8::is_ascii_alphabetic);
        self.try_all(&self.by_letters, count, haystack, at, out);
        self.with_leads(haystack, at, out);
        if count == 1 && matches!(haystack.get(at), Some(b'B' | b'b')) {
            let digits = run(haystack, at + 1, LONGEST_RUN + 1, u8::is_ascii_digit);
            if digits >= 12 && haystack.get(at + 1 + digits) == Some(&b'^') {
                let start = at - usize::from(before(haystack, at) == Some(b'%'));
                out.extend(self.track1.and_then(|s| track(haystack, s, start, TRACK1_LEN)));
            }
        }
    }

    /// Tries what begins with one or two short groups of letters before `at`: `JG 10 37 59 A`.
    fn with_leads(&self, haystack: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let first = lead(haystack, at);
        let second = first.as_ref().and_then(|letters| lead(haystack, letters.start));
        for letters in first.into_iter().chain(second) {
            self.try_all(&self.by_lead, letters.len(), haystack, letters.start, out);
        }
        if let Some((start, count)) = cyrillic_lead(haystack, at) {
            self.try_all(&self.by_cyrillic, count, haystack, start, out);
        }
    }

    fn try_all(
        &self,
        table: &[Vec<u16>],
        count: usize,
        haystack: &[u8],
        at: usize,
        out: &mut Vec<Candidate>,
    ) {
        let layouts = table.get(count).into_iter().flatten();
        let behind = Behind::new(haystack.get(at + count..).unwrap_or_default());
        for (shape, layout) in layouts.filter_map(|index| self.layouts.get(usize::from(*index))) {
            if !layout.may_go_on(count, behind) {
                continue;
            }
            if let Some(end) = layout.end_at(haystack, at) {
                out.push(Candidate { shape: *shape, span: at..end });
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
    let (separator, width) = Separator::ending(head)?;
    let head = head.get(..head.len() - width)?;
    let dotted = head.strip_suffix(b".").filter(|_| separator == Separator::Blank);
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

/// A kind of separator between groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Blank,
    Dash,
    Dot,
    Underscore,
    Slash,
}

impl Separator {
    /// Returns the separator that a byte of ASCII is.
    fn of_ascii(byte: u8) -> Option<Separator> {
        match byte {
            // `+` is a blank in a form-encoded body.
            b' ' | b'\t' | b'+' => Some(Separator::Blank),
            b'-' => Some(Separator::Dash),
            b'.' => Some(Separator::Dot),
            b'_' => Some(Separator::Underscore),
            b'/' => Some(Separator::Slash),
            _ => None,
        }
    }

    /// The bytes of every separator character outside of ASCII.
    const WIDE: [(&'static [u8], Separator); 13] = [
        ("\u{a0}".as_bytes(), Separator::Blank),
        ("\u{2007}".as_bytes(), Separator::Blank),
        ("\u{2009}".as_bytes(), Separator::Blank),
        ("\u{202f}".as_bytes(), Separator::Blank),
        ("\u{3000}".as_bytes(), Separator::Blank),
        ("\u{2010}".as_bytes(), Separator::Dash),
        ("\u{2011}".as_bytes(), Separator::Dash),
        ("\u{2012}".as_bytes(), Separator::Dash),
        ("\u{2013}".as_bytes(), Separator::Dash),
        ("\u{2014}".as_bytes(), Separator::Dash),
        ("\u{2015}".as_bytes(), Separator::Dash),
        ("\u{2212}".as_bytes(), Separator::Dash),
        // U+00A0 in Windows-1252 and ISO 8859-1.
        (b"\xa0", Separator::Blank),
    ];

    /// Returns the separator at the start of `bytes` and its width in bytes.
    fn starting(bytes: &[u8]) -> Option<(Separator, usize)> {
        match bytes.first()? {
            first @ 0..0x80 => Separator::of_ascii(*first).map(|separator| (separator, 1)),
            _ => Separator::wide(|text| bytes.starts_with(text)),
        }
    }

    fn wide(is_there: impl Fn(&[u8]) -> bool) -> Option<(Separator, usize)> {
        let found = Separator::WIDE.iter().find(|(text, _)| is_there(text));
        found.map(|(text, separator)| (*separator, text.len()))
    }

    /// Returns the width of the separator at the start of `bytes` if it goes on with this kind. A line
    /// may end once where a blank would stand.
    fn going_on(self, bytes: &[u8], broken: &mut bool) -> Option<usize> {
        let line_end = match bytes {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        if line_end > 0 && self == Separator::Blank && !*broken {
            *broken = true;
            return Some(line_end);
        }
        Separator::starting(bytes).filter(|(kind, _)| *kind == self).map(|(_, width)| width)
    }

    /// Returns the separator at the end of `bytes` and its width in bytes.
    fn ending(bytes: &[u8]) -> Option<(Separator, usize)> {
        match bytes.last()? {
            last @ 0..0x80 => Separator::of_ascii(*last).map(|separator| (separator, 1)),
            _ => Separator::wide(|text| bytes.ends_with(text)),
        }
    }
}

/// What stands behind a first run.
#[derive(Clone, Copy, Debug)]
struct Behind {
    byte: Option<u8>,
    separator: Option<Separator>,
}

impl Behind {
    fn new(tail: &[u8]) -> Behind {
        let separator = Separator::starting(tail).map(|(separator, _)| separator);
        Behind { byte: tail.first().copied(), separator }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Either,
}

impl Class {
    fn holds(self, byte: &u8) -> bool {
        match self {
            Class::Digit => byte.is_ascii_digit(),
            Class::Letter => byte.is_ascii_alphabetic(),
            Class::Either => byte.is_ascii_alphanumeric(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Run(Class, usize, usize),
    /// Letters of two bytes each.
    Cyrillic(usize, usize),
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
struct Layout {
    pieces: Vec<Piece>,
}

impl Layout {
    fn parse(text: &str) -> Layout {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            let class = match first {
                '9' => Class::Digit,
                'A' => Class::Letter,
                'X' => Class::Either,
                'Я' => {
                    let (counts, tail) = split_counts(rest);
                    rest = tail;
                    pieces.push(Piece::Cyrillic(counts.0, counts.1));
                    continue;
                }
                other => {
                    pieces.extend(literal_pieces(other));
                    continue;
                }
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
        Layout { pieces }
    }

    /// Returns what a place that this layout fits begins with; `X` may be either, so there can be
    /// two answers.
    fn openings(&self) -> Vec<(Opening, Range<usize>)> {
        if let Some(Piece::Cyrillic(least, most)) = self.pieces.first() {
            return vec![(Opening::Cyrillic, *least..most + 1)];
        }
        let runs = self.pieces.iter().map_while(|piece| match piece {
            Piece::Run(class, least, most) => Some((*class, *least, *most)),
            _ => None,
        });
        let runs: Vec<_> = runs.collect();
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

    fn ends_in_groups(&self) -> bool {
        self.pieces.last() == Some(&Piece::Groups)
    }

    /// Returns whether the byte behind a first run of `count` can belong to what follows it in the
    /// layout; most layouts end here.
    fn may_go_on(&self, count: usize, behind: Behind) -> bool {
        let (Some(Piece::Run(_, _, most)), Some(next)) = (self.pieces.first(), self.pieces.get(1))
        else {
            return true;
        };
        let fits = match next {
            Piece::Byte(byte) => behind.byte == Some(*byte),
            Piece::Run(class, ..) => behind.byte.is_some_and(|byte| class.holds(&byte)),
            Piece::Only(kind) => behind.separator == Some(*kind),
            Piece::Same => behind.separator.is_some(),
            Piece::Cyrillic(..) => behind.byte.is_some_and(|byte| !byte.is_ascii()),
            Piece::Groups => true,
        };
        fits || count > *most
    }

    /// Returns where the layout ends if it fits at `at`.
    fn end_at(&self, haystack: &[u8], at: usize) -> Option<usize> {
        let mut end = at;
        let mut bound: Option<Separator> = None;
        let mut broken = false;
        for piece in &self.pieces {
            let tail = haystack.get(end..)?;
            end += match *piece {
                Piece::Run(class, least, most) => {
                    let count = run(haystack, end, most, |byte| class.holds(byte));
                    Some(count).filter(|count| *count >= least)?
                }
                Piece::Cyrillic(least, most) => {
                    let width = cyrillic_run(haystack, end, most);
                    Some(width).filter(|width| width / 2 >= least)?
                }
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

/// Returns the pieces that a character of a layout stands for when it is no class: its bytes, unless
/// it is a mark.
fn literal_pieces(character: char) -> Vec<Piece> {
    match character {
        ' ' => vec![Piece::Only(Separator::Blank)],
        '-' => vec![Piece::Only(Separator::Dash)],
        '~' => vec![Piece::Same],
        '*' => vec![Piece::Groups],
        other => other.encode_utf8(&mut [0; 4]).bytes().map(Piece::Byte).collect(),
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
    use super::super::seeds::{Seed, SeedKind};
    use super::*;

    /// Returns what a layout takes of a text when the first digit is a seed.
    fn taken<'t>(layout: &'static str, text: &'t str) -> Option<&'t str> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let mut found = Vec::new();
        let seed = Seed { at, kind: SeedKind::Digits };
        Shapes::new(&[Form::Layout(layout)]).matches(text.as_bytes(), seed, &mut found);
        found.pop().and_then(|candidate| text.get(candidate.span))
    }

    #[test]
    fn cyrillic_letters_lead_digits() {
        assert_eq!(taken("Я{2} 9{6}", "паспорт АБ 123456"), Some("АБ 123456"));
        assert_eq!(taken("Я{2} 9{6}", "АБ\u{a0}123456"), Some("АБ\u{a0}123456"));
        assert_eq!(taken("Я{2}9{6}", "ІҐ123456"), Some("ІҐ123456"));
        assert_eq!(taken("Я{2}9{8}", "ӨҮ12345678"), Some("ӨҮ12345678"));
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
    fn characters_outside_of_ascii_stand_for_themselves() {
        assert_eq!(taken("9{4} №9{6}", "4510 №654321"), Some("4510 №654321"));
        assert_eq!(taken("9{4} №9{6}", "4510 ™654321"), None);
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
