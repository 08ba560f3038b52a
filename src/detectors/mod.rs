//! What is prohibited: one file per country (ISO 3166) or international scheme.
//!
//! A detector is a `static` with its facts and its check. Adding one is that static and its name in
//! the file's `ALL`; the tests over the whole catalogue then cover it.

mod au;
mod bank;
mod br;
mod ca;
mod card;
mod cn;
mod de;
mod es;
mod financial;
mod fr;
mod gb;
mod health;
mod in_;
mod it;
mod jp;
mod kr;
mod mrz;
mod nl;
mod pl;
mod proof;
#[cfg(test)]
mod samples;
mod se;
mod sg;
mod tables;
mod us;
mod za;

use std::ops::Range;

pub(crate) use crate::engine::shapes::Form;
use crate::engine::{is_escape, shapes};
pub(crate) use crate::finding::Scores;
use crate::finding::{Category, Evidence};

/// The detectors of every file, international schemes first.
static FILES: &[&[&Detector]] = &[
    card::ALL,
    bank::ALL,
    financial::ALL,
    mrz::ALL,
    au::ALL,
    br::ALL,
    ca::ALL,
    cn::ALL,
    de::ALL,
    es::ALL,
    fr::ALL,
    gb::ALL,
    in_::ALL,
    it::ALL,
    jp::ALL,
    kr::ALL,
    nl::ALL,
    pl::ALL,
    se::ALL,
    sg::ALL,
    us::ALL,
    za::ALL,
    health::ALL,
];

/// Returns every detector that comes built in.
pub(crate) fn all() -> impl Iterator<Item = &'static Detector> {
    FILES.iter().copied().flatten().copied()
}

/// What raises a score when it stands near: the detector, and the one whose match it belongs to.
pub(crate) static NEAR: &[(&str, &str)] =
    &[("card.cvv", "card.pan"), ("card.pin", "card.pan"), ("bank.us.account", "bank.us.aba")];
/// Bytes between the two.
pub(crate) const NEAR_REACH: usize = 200;

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
    /// Share of the valid samples' single wrong digits that pass, measured over all of them.
    pub(crate) wrong_digit_rate: f64,
    pub(crate) sources: &'static [&'static str],
    /// Published samples or computed ones, never a real person's: whole written values.
    pub(crate) valid: &'static [&'static str],
    /// Near misses, each with the reason.
    pub(crate) invalid: &'static [(&'static str, &'static str)],
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
    /// Whether its letters were written as capitals.
    pub(crate) capitals: bool,
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

/// A candidate whose check passed.
#[derive(Debug)]
pub(crate) struct Match {
    pub(crate) span: Range<usize>,
    pub(crate) proof: Proof,
    pub(crate) separated: bool,
}

impl Detector {
    /// Returns the match of a candidate of one of this detector's forms, `None` where its edges or
    /// its check refuse. `text` is scratch space.
    ///
    /// # Complexity
    ///
    /// Linear in the candidate.
    pub(crate) fn check(
        &self,
        form: Form,
        haystack: &[u8],
        span: Range<usize>,
        text: &mut Vec<u8>,
    ) -> Option<Match> {
        self.edges.opens(haystack, span.start).then_some(())?;
        let written = haystack.get(span.clone())?;
        significant(form, written, text);
        let separator = shapes::first_separator(written);
        let capitals = !written.iter().any(u8::is_ascii_lowercase);
        let value = Value { text, capitals, separated: separator.is_some(), separator };
        let proof = (self.check)(&value)?;
        let whole = proof.len == text.len();
        let cut = || written_len(form, written, proof.len).map(|len| span.start + len);
        let end = if whole { span.end } else { cut()? };
        self.edges.closes(haystack, end).then_some(())?;
        Some(Match { span: span.start..end, proof, separated: value.separated })
    }
}

impl Edges {
    fn opens(self, haystack: &[u8], start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|i| haystack.get(i));
        !self.is_touched(before) || is_escape(haystack, start)
    }

    fn closes(self, haystack: &[u8], end: usize) -> bool {
        !self.is_touched(haystack.get(end))
    }

    fn is_touched(self, neighbour: Option<&u8>) -> bool {
        neighbour.is_some_and(|byte| match self {
            Edges::Digit => byte.is_ascii_digit(),
            Edges::Alnum => byte.is_ascii_alphanumeric(),
        })
    }
}

/// Writes the significant characters of a written form to `text`, letters in capitals.
pub(crate) fn significant(form: Form, written: &[u8], text: &mut Vec<u8>) {
    text.clear();
    let kept = written.iter().filter(|byte| is_significant(form, byte));
    text.extend(kept.map(u8::to_ascii_uppercase));
}

/// Returns how many written bytes hold the first `len` significant characters.
fn written_len(form: Form, written: &[u8], len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    let mut kept = written.iter().enumerate().filter(|(_, byte)| is_significant(form, byte));
    kept.nth(last).map(|(index, _)| index + 1)
}

fn is_significant(form: Form, byte: &u8) -> bool {
    match form {
        Form::Layout(_) => byte.is_ascii_alphanumeric(),
        Form::Mrz => shapes::is_mrz(byte),
        Form::Track1 | Form::Track2 => true,
    }
}
