//! What is prohibited: one file per country (ISO 3166) or international scheme.
//!
//! A detector is a `static` with its facts and its check. Adding one is that static and its name in
//! the file's `ALL`; the tests over the whole catalogue then cover it.

use crate::finding::{Category, Evidence};

mod au;
mod br;
mod ca;
mod cn;
mod de;
mod es;
mod fr;
mod gb;
mod health;
mod in_;
mod it;
mod jp;
mod kr;
mod nl;
mod pl;
mod proof;
#[cfg(test)]
mod samples;
mod se;
mod sg;
mod us;
mod za;

/// A definition of one identifier: how it is written, checked, named and sourced.
#[derive(Debug)]
pub struct Detector {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) category: Category,
    /// ISO 3166-1 alpha-2, `None` for international schemes.
    pub(crate) country: Option<&'static str>,
    /// How it is written, in words.
    pub(crate) format: &'static str,
    /// The written forms; the first that fits at a place is taken.
    pub(crate) forms: &'static [Form],
    pub(crate) edges: Edges,
    /// Decides on the significant characters of one written form.
    pub(crate) check: fn(&Value<'_>) -> Option<Proof>,
    pub(crate) scores: Scores,
    /// Words that stand near it, lower case, blanks between words; a blank matches `_`, `-`, a line
    /// end or nothing as well.
    pub(crate) keywords: &'static [&'static str],
    /// How far a keyword may stand: bytes before the start, bytes after the end.
    pub(crate) window: (u16, u16),
    /// Share of random characters of the same classes that pass, measured over 200,000 draws.
    pub(crate) pass_rate: f64,
    pub(crate) sources: &'static [&'static str],
    /// Published samples or computed ones, never a real person's: whole written values.
    pub(crate) valid: &'static [&'static str],
    /// Near misses, each with the reason.
    pub(crate) invalid: &'static [(&'static str, &'static str)],
}

/// The score of a match by what stands around it; 0 means: not reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scores {
    /// Without separators and without any context.
    pub(crate) bare: u8,
    /// In its usual separators, without any context.
    pub(crate) separated: u8,
    /// With a keyword in the window.
    pub(crate) keyword: u8,
    /// With a keyword in the name of its own field or column.
    pub(crate) field: u8,
}

impl Scores {
    /// Check digit and structure carry it alone.
    pub(crate) const STRONG: Scores = Scores { bare: 85, separated: 88, keyword: 95, field: 98 };
    /// Reported alone only in its usual separators; a bare run of characters stays low.
    pub(crate) const MEDIUM: Scores = Scores { bare: 40, separated: 60, keyword: 85, field: 92 };
    /// Has a check digit, and still means nothing without a keyword.
    pub(crate) const CHECKED: Scores = Scores { bare: 0, separated: 0, keyword: 75, field: 88 };
    /// No check digit: the name beside it is everything.
    pub(crate) const NAMED: Scores = Scores { bare: 0, separated: 0, keyword: 55, field: 80 };
}

/// A written form that the engine looks for.
///
/// In a layout, `9` is a digit, `A` an ASCII letter, `X` either, each with `{n}` or `{n,m}` for a
/// count; ` ` is one blank (U+00A0, U+2007, U+2009, U+202F, U+3000 included), `-` one dash
/// (U+2010–U+2015, U+2212 included), `~` a blank, dash or dot and then the same kind throughout;
/// `*` at the end is any number of further letters and digits up to 34 significant characters in
/// all, in one run or in groups of four with one kind of separator; every other character stands
/// for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Layout(&'static str),
    /// Lines of 30, 36 or 44 characters out of `A-Z 0-9 <`, the first holding `<<`.
    Mrz,
    /// A digit run of 12 to 19 behind `B` or `b`, and everything up to 79 characters behind its `^`.
    Track1,
    /// A digit run of 12 to 19, and everything up to 40 characters behind its `=`.
    Track2,
}

/// What may not touch a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edges {
    /// No digit on either side.
    Digit,
    /// No letter or digit on either side.
    Alnum,
}

/// A candidate as its detector's check sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'v> {
    /// Letters and digits only (and `<` in an MRZ, everything in a track), letters in capitals.
    pub(crate) text: &'v [u8],
    /// Whether it was written with separators.
    pub(crate) separated: bool,
    /// The first separator, Unicode blanks as ` ` and dashes as `-`; `None` without separators.
    pub(crate) separator: Option<u8>,
}

/// What a check found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) evidence: Vec<Evidence>,
    /// How many significant characters the value takes; less than given only for `*` forms.
    pub(crate) len: usize,
    /// Added to the score where no keyword stands near.
    pub(crate) adjust: i8,
    /// A published test number.
    pub(crate) test: bool,
}
