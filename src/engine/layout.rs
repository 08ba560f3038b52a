//! The notation of layouts: what it asks for, and where a text has it.

use std::ops::Range;

use super::separators::Separator;

/// Digits of a second run that layouts are told by: those of longer ones are not counted.
pub(super) const LONGEST_SECOND: usize = 14;
/// Significant characters of the longest `*` form, an IBAN.
pub(super) const LONGEST_GROUPED: usize = 34;

/// Kinds of what may stand behind a first run: see [`follower`].
pub(super) const FOLLOWERS: usize = 8;
const LETTER: usize = 5;
const DIGIT: usize = 6;
const OTHER: usize = 7;

/// Returns the kind of what stands at the start of `bytes`: the separator there, one of five kinds, or a
/// letter, a digit, anything else.
pub(super) fn follower(bytes: &[u8], separator: Option<(Separator, usize)>) -> usize {
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
pub(super) enum Opening {
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
    pub(super) head: usize,
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
    pub(super) fn openings(&self) -> Vec<(Opening, Range<usize>)> {
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
    pub(super) fn may_go_on(&self, count: usize, behind: usize) -> bool {
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
    pub(super) fn may_have_second(&self, count: usize) -> bool {
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

    /// Returns where the layout ends if it fits at `at`, where a run of `count` letters or digits begins that it
    /// may begin with.
    pub(super) fn end_at(&self, haystack: &[u8], at: usize, count: usize) -> Option<usize> {
        let (mut end, pieces) = match self.pieces.split_first() {
            Some((Piece::Run(Class::Digit | Class::Letter, _, most), rest)) => {
                (at + count.min(*most), rest)
            }
            _ => (at, self.pieces.as_slice()),
        };
        let mut bound: Option<Separator> = None;
        let mut broken = false;
        for piece in pieces {
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

/// Returns how many bytes from `at` on are of a class, `most` at the most.
pub(super) fn run(haystack: &[u8], at: usize, most: usize, class: impl Fn(&u8) -> bool) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    tail.iter().take(most).take_while(|byte| class(byte)).count()
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
