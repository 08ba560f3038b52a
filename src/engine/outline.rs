//! Layouts read glyph by glyph, whatever stands between the glyphs: `536.22.8725` by `9{3}-9{2}-9{4}`.

use super::layout::{Class, LONGEST_GROUPED, Layout, Piece};
use super::separators::Separator;

/// A letter or digit of ASCII that is written, in whatever way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) byte: u8,
    /// Where it stands: from its first byte to behind its last.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What separates it from the glyph before.
    pub(crate) gap: Gap,
}

/// What separates two glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing that a reader sees.
    None,
    Blank,
    /// A mark, perhaps with blanks or the end of a line beside it.
    Mark(u8),
    /// The end of a line, perhaps with blanks or the quoting of a reply.
    Line,
}

/// What a letter stands for that looks like a digit, where a layout asks for either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookAlikes {
    Letters,
    Digits,
}

/// Choices that are tried before a layout is given up.
const MOST_STEPS: usize = 200;
/// Letters read as digits for each digit that is written as one, at most.
const MOST_ALIKE: usize = 4;

/// Returns the digit that a letter looks like.
fn digit_like(byte: u8) -> Option<u8> {
    match byte {
        b'O' | b'o' => Some(b'0'),
        b'I' | b'l' => Some(b'1'),
        _ => None,
    }
}

impl Layout {
    /// Returns what glyphs from the first on come to as this layout writes it, if they fill it: with
    /// something between them where it has separators, and nowhere else but for one line end, or where each
    /// glyph stands apart from the next.
    ///
    /// # Complexity
    ///
    /// Bounded by [`MOST_STEPS`] runs of glyphs.
    pub(super) fn outline(&self, glyphs: &[Glyph], alike: LookAlikes) -> Option<Vec<u8>> {
        let mut reading = Reading {
            glyphs,
            alike,
            parting: parting(glyphs, alike == LookAlikes::Digits),
            text: Vec::new(),
            same: None,
            steps: 0,
        };
        let taken = reading.fit(&self.pieces, 0, true)?;
        let read = glyphs.get(..taken)?;
        (taken > 0 && reading.is_number(read)).then_some(())?;
        // How letters are written is no part of a value, but it tells a word that stands before a number.
        if !has_word(read) {
            reading.text.make_ascii_uppercase();
        }
        Some(reading.text)
    }
}

/// Returns what may stand anywhere within a value: what parts the first glyphs that are parted, if `anywhere`
/// or if each glyph from there on stands apart from the next.
fn parting(glyphs: &[Glyph], anywhere: bool) -> Option<Gap> {
    let inner = glyphs.get(1..).unwrap_or_default();
    let first = inner.iter().position(|glyph| glyph.gap != Gap::None)?;
    let gap = inner.get(first).map(|glyph| glyph.gap);
    let is_apart = inner.get(first + 1).map(|glyph| glyph.gap) == gap;
    gap.filter(|_| anywhere || is_apart)
}

/// Returns whether letters, not all of them capitals, stand between blanks: the `no` of `no 1234567`.
pub(crate) fn has_word(glyphs: &[Glyph]) -> bool {
    let is_letter = |glyph: &Glyph| glyph.byte.is_ascii_alphabetic();
    let is_part = |_: &Glyph, next: &Glyph| !matches!(next.gap, Gap::Blank | Gap::Line);
    let mut groups = glyphs.chunk_by(is_part);
    let has_blank = groups.clone().nth(1).is_some();
    let is_small = |group: &[Glyph]| group.iter().any(|glyph| glyph.byte.is_ascii_lowercase());
    has_blank && groups.any(|group| group.iter().all(is_letter) && is_small(group))
}

/// A layout on its way along glyphs.
struct Reading<'g> {
    glyphs: &'g [Glyph],
    alike: LookAlikes,
    /// What may stand anywhere.
    parting: Option<Gap>,
    /// What the layout comes to so far.
    text: Vec<u8>,
    /// What stands for every separator that is to be the same.
    same: Option<u8>,
    steps: usize,
}

impl Reading<'_> {
    /// Returns the glyph behind the last one that pieces take from `at` on; `is_parted` tells whether a
    /// separator went before.
    fn fit(&mut self, pieces: &[Piece], at: usize, is_parted: bool) -> Option<usize> {
        self.steps += 1;
        let Some((piece, rest)) = pieces.split_first() else {
            return self.ends(at).then_some(at);
        };
        (self.steps <= MOST_STEPS).then_some(())?;
        let is_next = is_parted || self.glyphs.get(at).is_some_and(|next| self.is_joined(next.gap));
        match *piece {
            Piece::Run(..) | Piece::Byte(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') if !is_next => {
                None
            }
            Piece::Run(class, least, most) => self.fit_run(class, least..=most, rest, at),
            Piece::Only(kind) => self.fit_gap(kind.as_ascii(), rest, at),
            Piece::Same => {
                let same = self.same.unwrap_or(self.separator(at));
                self.same = Some(same);
                self.fit_gap(same, rest, at)
            }
            Piece::Byte(byte) if byte.is_ascii_alphanumeric() => self.fit_byte(byte, rest, at),
            Piece::Byte(byte) if byte.is_ascii() => self.fit_gap(byte, rest, at),
            Piece::Byte(_) => None,
            Piece::Groups => Some(self.fit_groups(at)),
        }
    }

    /// Takes as many glyphs of a class as it may, those up to a gap at best.
    fn fit_run(
        &mut self,
        class: Class,
        counts: std::ops::RangeInclusive<usize>,
        rest: &[Piece],
        at: usize,
    ) -> Option<usize> {
        let glyphs = self.glyphs.get(at..)?;
        let goes_on = |index: usize, glyph: &Glyph| index == 0 || self.is_joined(glyph.gap);
        let run = glyphs.iter().take(*counts.end()).enumerate();
        let run = run.take_while(|(index, glyph)| goes_on(*index, glyph));
        let digits: Vec<u8> = run.map_while(|(_, glyph)| self.read(class, glyph.byte)).collect();
        let known = self.text.len();
        let ends = |count: usize| glyphs.get(count).is_none_or(|next| next.gap != Gap::None);
        let counts = (*counts.start()..=digits.len()).rev();
        for count in counts.clone().filter(|n| ends(*n)).chain(counts.filter(|n| !ends(*n))) {
            self.text.extend(digits.iter().take(count));
            if let Some(end) = self.fit(rest, at + count, false) {
                return Some(end);
            }
            self.text.truncate(known);
        }
        None
    }

    /// Takes everything up to a second line end, as far as the longest value goes: the check says where
    /// it ends.
    fn fit_groups(&mut self, at: usize) -> usize {
        let mut lines = 0;
        let glyphs = self.glyphs.get(at..LONGEST_GROUPED.min(self.glyphs.len()));
        let groups = glyphs.unwrap_or_default().iter().take_while(|glyph| {
            lines += usize::from(glyph.gap == Gap::Line);
            lines <= 1
        });
        let mut end = at;
        for glyph in groups {
            self.text.extend((glyph.gap != Gap::None).then_some(b' '));
            self.text.extend(self.read(Class::Either, glyph.byte));
            end += 1;
        }
        end
    }

    /// Takes what stands where the layout has a separator.
    fn fit_gap(&mut self, separator: u8, rest: &[Piece], at: usize) -> Option<usize> {
        let known = self.text.len();
        (self.glyphs.get(at)?.gap != Gap::None).then_some(())?;
        self.text.push(separator);
        let end = self.fit(rest, at, true);
        if end.is_none() {
            self.text.truncate(known);
        }
        end
    }

    /// Takes a letter or digit that stands for itself.
    fn fit_byte(&mut self, byte: u8, rest: &[Piece], at: usize) -> Option<usize> {
        let glyph = self.glyphs.get(at)?.byte;
        let fits = glyph.eq_ignore_ascii_case(&byte) || digit_like(glyph) == Some(byte);
        let known = self.text.len();
        self.text.push(fits.then_some(byte)?);
        let end = self.fit(rest, at + 1, false);
        if end.is_none() {
            self.text.truncate(known);
        }
        end
    }

    /// Returns what a glyph stands for where a layout asks for a class.
    fn read(&self, class: Class, glyph: u8) -> Option<u8> {
        let digit = Some(glyph).filter(u8::is_ascii_digit).or(digit_like(glyph));
        match class {
            Class::Digit => digit,
            Class::Letter => Some(glyph).filter(u8::is_ascii_alphabetic),
            Class::Either if self.alike == LookAlikes::Digits => digit.or(Some(glyph)),
            Class::Either => Some(glyph),
            Class::Cyrillic => None,
        }
    }

    /// Whether a group may go on behind a gap.
    fn is_joined(&self, gap: Gap) -> bool {
        matches!(gap, Gap::None | Gap::Line) || self.parting == Some(gap)
    }

    /// Returns the separator that stands before a glyph, a dash where a layout has none like it.
    fn separator(&self, at: usize) -> u8 {
        match self.glyphs.get(at).map(|glyph| glyph.gap) {
            Some(Gap::Blank | Gap::Line) => b' ',
            Some(Gap::Mark(mark)) if Separator::of_ascii(mark).is_some() => mark,
            _ => b'-',
        }
    }

    /// Whether the value may end before the glyph at `at`: another number may follow, but no further part
    /// of this one.
    fn ends(&self, at: usize) -> bool {
        let Some(next) = self.glyphs.get(at) else { return true };
        let is_used = |gap: Gap| {
            self.glyphs.get(1..at).is_some_and(|read| read.iter().any(|glyph| glyph.gap == gap))
        };
        match next.gap {
            Gap::None => false,
            Gap::Line => true,
            Gap::Mark(_) => !next.byte.is_ascii_digit(),
            Gap::Blank => !next.byte.is_ascii_digit() || !is_used(Gap::Blank),
        }
    }

    /// Whether the glyphs that were read hold enough digits that are written as such, and at most one line
    /// end.
    fn is_number(&self, read: &[Glyph]) -> bool {
        let digits = read.iter().filter(|glyph| glyph.byte.is_ascii_digit()).count();
        let significant = self.text.iter().filter(|byte| byte.is_ascii_digit()).count();
        let mut within = read.iter().skip(1).map(|glyph| glyph.gap);
        let lines = within.clone().filter(|gap| *gap == Gap::Line).count();
        let is_apart = within.all(|gap| gap == Gap::Line) && significant > 0;
        digits > 0 && significant - digits <= MOST_ALIKE * digits && (lines <= 1 || is_apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let mut gap = Gap::None;
        let mut glyphs = Vec::new();
        for (start, byte) in text.bytes().enumerate() {
            match byte {
                b' ' => gap = Gap::Blank,
                b'\n' => gap = Gap::Line,
                byte if byte.is_ascii_alphanumeric() => {
                    glyphs.push(Glyph { byte, start, end: start + 1, gap });
                    gap = Gap::None;
                }
                mark => gap = Gap::Mark(mark),
            }
        }
        glyphs
    }

    fn outline(layout: &str, text: &str) -> Option<String> {
        let outline = Layout::parse(layout).outline(&glyphs(text), LookAlikes::Letters)?;
        String::from_utf8(outline).ok()
    }

    #[test]
    fn values_are_written_as_their_layout_has_them() {
        for (layout, text, read) in [
            ("9{3}-9{2}-9{4}", "536.22.8725", "536-22-8725"),
            ("9{3}-9{2}-9{4}", "536 22\n8725 and", "536-22-8725"),
            ("9{3}-9{2}-9{4}", "53\n6-22-8725", "536-22-8725"),
            ("9{3}~9{2}~9{4}", "536/22-8725", "536/22/8725"),
            ("9{9}", "5 3 6 2 2 8 7 2 5", "536228725"),
            ("9{9}", "536228\n725", "536228725"),
            ("9{9}", "536O2l725", "536021725"),
            ("A{2}9{6} X", "ab123456-c", "AB123456 C"),
            ("A{2}-9{6}", "no 123456", "no-123456"),
            ("9{1,3}.9{3}-9", "12/345 6", "12.345-6"),
            ("A{2}9{2}*", "DE89/3704/0044", "DE89 3704 0044"),
            ("V-9{3}", "v 123", "V-123"),
        ] {
            assert_eq!(outline(layout, text).as_deref(), Some(read), "{layout}: {text}");
        }
    }

    #[test]
    fn gaps_stand_where_a_layout_has_them() {
        for (layout, text) in [
            ("9{9}", "536 228 725"),
            ("9{3}-9{2}-9{4}", "536228725"),
            ("9{3}-9{2}-9{4}", "5362 2 8725"),
            ("9{3}-9{2}-9{4}", "536 22 8725 123"),
            ("9{3}-9{2}-9{4}", "536 22 8725-1"),
            ("9{3}-9{2}-9{4}", "536 22 87251"),
            ("9{8}", "12\n34\n5678"),
            ("A{8}", "of the bank"),
            ("A{2}9{6}", "no 123456"),
            ("9{4}", "lool"),
        ] {
            assert_eq!(outline(layout, text), None, "{layout}: {text}");
        }
    }
}
