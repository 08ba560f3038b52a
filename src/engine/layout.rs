//! The notation of layouts: what it asks for, and where a text has it.

use std::ops::Range;

use super::classes::Window;
use super::separators::Separator;

/// Digits of a second run that layouts are told by: those of longer ones are not counted.
pub(super) const LONGEST_SECOND: usize = 14;
/// Significant characters of the longest `*` form, an IBAN.
pub(super) const LONGEST_GROUPED: usize = 34;

/// Kinds of what may stand behind a first run: see [`follower`].
pub(super) const FOLLOWERS: usize = 8;
pub(super) const LETTER: usize = 5;
pub(super) const DIGIT: usize = 6;
pub(super) const OTHER: usize = 7;

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

/// What is known of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Digit,
    Letter,
    Mark(Separator),
    /// No digit, no letter and no separator of ASCII.
    Other,
    /// No digit.
    NoDigit,
}

/// How much of what is known of a text a piece takes.
enum Taken {
    /// The piece does not fit.
    None,
    Some(usize),
    /// So much that nothing more can be told.
    All,
}

impl Known {
    /// Returns whether a character can be of a class, `None` where that is open.
    fn is(self, class: Class) -> Option<bool> {
        match (self, class) {
            (Known::Digit, Class::Digit | Class::Either) => Some(true),
            (Known::Letter, Class::Letter | Class::Either) => Some(true),
            (Known::NoDigit, Class::Letter | Class::Either | Class::Cyrillic) => None,
            (Known::Other, Class::Cyrillic) => None,
            _ => Some(false),
        }
    }
}

impl Piece {
    /// Returns how much this piece takes of a text that is known.
    fn taken(&self, text: &[Known]) -> Taken {
        match *self {
            Piece::Run(class, least, most) => {
                let mut run = text.iter().take(most);
                let end = run.position(|known| known.is(class) != Some(true));
                let count = end.unwrap_or(most.min(text.len()));
                let open = text.get(count).is_none_or(|known| known.is(class).is_none());
                match () {
                    () if count < most && open => Taken::All,
                    () if count < least => Taken::None,
                    () => Taken::Some(count),
                }
            }
            Piece::Only(kind) => Known::takes(text, |own| own == kind, |_| false),
            Piece::Same => Known::takes(text, |_| true, |_| false),
            Piece::Byte(byte) => {
                let is_mark = |kind| Separator::of_ascii(byte) == Some(kind);
                Known::takes(text, is_mark, |known| match known {
                    Known::Digit => byte.is_ascii_digit(),
                    Known::Letter => byte.is_ascii_alphabetic(),
                    _ => !byte.is_ascii_alphanumeric() && Separator::of_ascii(byte).is_none(),
                })
            }
            Piece::Groups => Taken::All,
        }
    }
}

impl Known {
    /// Returns whether one character is taken: a separator of a kind, or something else.
    fn takes(
        text: &[Known],
        mark: impl Fn(Separator) -> bool,
        other: impl Fn(Known) -> bool,
    ) -> Taken {
        let fits = match text.first() {
            None | Some(Known::NoDigit) => return Taken::All,
            Some(Known::Mark(kind)) => mark(*kind),
            Some(known) => other(*known),
        };
        if fits { Taken::Some(1) } else { Taken::None }
    }
}

/// Which of the 64 bytes from its beginning on a layout asks to be digits, and which to be none, as far as
/// all before them take one byte each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stencil {
    digits: u64,
    others: u64,
}

impl Stencil {
    fn of(pieces: &[Piece]) -> Stencil {
        let (mut stencil, mut at, mut bound) = (Stencil::default(), 0, false);
        for piece in pieces {
            let (digits, others, len) = match *piece {
                Piece::Run(Class::Digit, least, most) => {
                    (least, 0, (least == most).then_some(least))
                }
                Piece::Run(Class::Letter, least, most) => {
                    (0, least, (least == most).then_some(least))
                }
                Piece::Run(Class::Either, least, most) => (0, 0, (least == most).then_some(least)),
                // A line end may stand here, which takes two bytes.
                Piece::Same => (0, 1, (!bound).then_some(1)),
                Piece::Only(_) => (0, 1, Some(1)),
                Piece::Byte(byte) if byte.is_ascii_digit() => (1, 0, Some(1)),
                Piece::Byte(byte) => (0, 1, byte.is_ascii().then_some(1)),
                Piece::Run(Class::Cyrillic, ..) | Piece::Groups => (0, 0, None),
            };
            bound |= *piece == Piece::Same;
            stencil.ask(at, digits, others);
            let Some(len) = len else { return stencil };
            at += len;
        }
        // A digit that touches the end makes it a part of a longer number.
        stencil.ask(at, 0, 1);
        stencil
    }

    /// Returns what both ask for.
    pub(super) fn and(self, other: Stencil) -> Stencil {
        Stencil { digits: self.digits & other.digits, others: self.others & other.others }
    }

    /// Asks for digits or others at `at`.
    fn ask(&mut self, at: usize, digits: usize, others: usize) {
        self.digits |= ones(digits).checked_shl(at as u32).unwrap_or(0);
        self.others |= ones(others).checked_shl(at as u32).unwrap_or(0);
    }

    /// Returns whether digits stand where they have to, or where they stand cannot be told, since characters of
    /// several bytes are among those before the last.
    pub(super) fn fits(&self, ahead: Window) -> bool {
        if ahead.digit & (self.digits | self.others) == self.digits {
            return true;
        }
        let reach = u64::MAX.checked_shr((self.digits | self.others).leading_zeros()).unwrap_or(0);
        ahead.high & reach != 0
    }
}

/// Returns so many bits, the lowest.
fn ones(count: usize) -> u64 {
    u64::MAX.checked_shr(64u32.saturating_sub(count as u32)).unwrap_or(0)
}

#[derive(Debug)]
pub(super) struct Layout {
    pub(super) pieces: Vec<Piece>,
    /// Letters and digits that it begins with, at least.
    pub(super) head: usize,
    pub(super) stencil: Stencil,
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
        let stencil = Stencil::of(&pieces);
        Layout { pieces, head, stencil }
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
            return matches!(next, Piece::Run(..) | Piece::Groups | Piece::Byte(b'0'..=b'9'));
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

    /// Returns whether the layout can fit where a text begins with these characters, no digit right behind it.
    pub(super) fn may_begin(&self, text: &[Known]) -> bool {
        let mut rest = text;
        for piece in &self.pieces {
            if rest.is_empty() {
                return true;
            }
            match piece.taken(rest) {
                Taken::None => return false,
                Taken::All => return true,
                Taken::Some(count) => rest = rest.get(count..).unwrap_or_default(),
            }
        }
        rest.first() != Some(&Known::Digit)
    }

    /// Returns whether anything but letters and digits of ASCII stands in what the layout takes; `None` where both may
    /// be.
    pub(super) fn is_separated(&self) -> Option<bool> {
        let is_mark = |piece: &Piece| match piece {
            Piece::Byte(byte) => !byte.is_ascii_alphanumeric(),
            Piece::Run(class, ..) => *class == Class::Cyrillic,
            Piece::Only(_) | Piece::Same => true,
            Piece::Groups => false,
        };
        (!self.ends_in_groups()).then(|| self.pieces.iter().any(is_mark))
    }

    /// Returns how many bytes the layout takes at the most.
    pub(super) fn longest(&self) -> usize {
        let longest = self.pieces.iter().map(|piece| match piece {
            Piece::Run(Class::Cyrillic, _, most) => 2 * most,
            Piece::Run(_, _, most) => *most,
            Piece::Only(_) | Piece::Same => Separator::WIDEST,
            Piece::Byte(_) => 1,
            Piece::Groups => LONGEST_GROUPED + LONGEST_GROUPED.div_ceil(4) * Separator::WIDEST,
        });
        longest.sum()
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
