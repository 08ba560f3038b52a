//! What is prohibited: one file or folder per country (ISO 3166) or international scheme.
//!
//! A detector is a `static` with its facts and its check. Adding one is that static and its name in
//! the file's `ALL`; the tests over the whole catalogue then cover it.

mod ad;
mod ae;
mod al;
mod ao;
mod ar;
mod at;
mod au;
mod az;
mod bank;
mod bd;
mod be;
mod bg;
mod bh;
mod bo;
mod br;
mod by;
mod ca;
mod card;
mod ch;
mod cl;
mod cn;
mod co;
mod contact;
mod contact_device;
mod contact_net;
mod contact_phone;
mod contact_place;
mod cr;
mod credential_cloud;
mod credential_frame;
mod credential_named;
mod credential_token;
mod cu;
mod cy;
mod cz;
mod de;
mod dk;
mod do_;
mod dz;
mod ec;
mod ee;
mod eg;
mod es;
mod eu;
mod fi;
mod financial;
mod fr;
mod frames;
mod gb;
mod ge;
mod gh;
mod gr;
mod gt;
mod health;
mod hk;
mod hn;
mod hr;
mod hu;
mod id;
mod ie;
mod il;
mod in_;
mod iq;
mod ir;
mod is_;
mod it;
mod jo;
mod jp;
mod ke;
mod kr;
mod kw;
mod kz;
mod li;
mod lk;
mod lt;
mod lu;
mod lv;
mod ma;
mod md;
mod mm;
mod mn;
mod mo;
mod mrz;
mod mt;
mod mu;
mod mx;
mod my;
mod mz;
mod ng;
mod ni;
mod nl;
mod no;
mod np;
mod nz;
mod om;
mod pa;
mod passport;
mod pe;
mod ph;
mod pk;
mod pl;
mod placeholder;
mod proof;
mod pt;
mod py;
mod qa;
mod ro;
mod ru;
mod rw;
mod sa;
#[cfg(test)]
mod samples;
mod se;
mod sg;
mod si;
mod sk;
mod sv;
mod tables;
mod th;
mod tn;
mod tr;
mod tw;
mod tz;
mod ua;
mod ug;
mod us;
mod uy;
mod uz;
mod ve;
mod vn;
mod wallet;
mod yu;
mod za;
mod zw;

use std::ops::Range;

use crate::engine::anchors::LONGEST_SPAN;
pub(crate) use crate::engine::anchors::{Anchor, Letters, Named, Tie};
pub(crate) use crate::engine::shapes::Form;
use crate::engine::{is_escape, shapes};
pub(crate) use crate::finding::Scores;
use crate::finding::{Category, Evidence};

/// The detectors of every file, international schemes first.
static FILES: &[&[&Detector]] = &[
    card::ALL,
    bank::ALL,
    financial::ALL,
    wallet::ALL,
    mrz::ALL,
    ad::ALL,
    ae::ALL,
    al::ALL,
    ao::ALL,
    ar::ALL,
    at::ALL,
    au::ALL,
    az::ALL,
    bd::ALL,
    be::ALL,
    bg::ALL,
    bh::ALL,
    bo::ALL,
    br::ALL,
    by::ALL,
    ca::ALL,
    ch::ALL,
    cl::ALL,
    cn::ALL,
    co::ALL,
    cr::ALL,
    cu::ALL,
    cy::ALL,
    cz::ALL,
    de::ALL,
    dk::ALL,
    do_::ALL,
    dz::ALL,
    ec::ALL,
    ee::ALL,
    eg::ALL,
    es::ALL,
    eu::ALL,
    fi::ALL,
    fr::ALL,
    gb::ALL,
    ge::ALL,
    gh::ALL,
    gr::ALL,
    gt::ALL,
    hk::ALL,
    hn::ALL,
    hr::ALL,
    hu::ALL,
    id::ALL,
    ie::ALL,
    il::ALL,
    in_::ALL,
    iq::ALL,
    ir::ALL,
    is_::ALL,
    it::ALL,
    jo::ALL,
    jp::ALL,
    ke::ALL,
    kr::ALL,
    kw::ALL,
    kz::ALL,
    li::ALL,
    lk::ALL,
    lt::ALL,
    lu::ALL,
    lv::ALL,
    ma::ALL,
    md::ALL,
    mm::ALL,
    mn::ALL,
    mo::ALL,
    mt::ALL,
    mu::ALL,
    mx::ALL,
    my::ALL,
    mz::ALL,
    ng::ALL,
    ni::ALL,
    nl::ALL,
    no::ALL,
    np::ALL,
    nz::ALL,
    om::ALL,
    pa::ALL,
    pe::ALL,
    ph::ALL,
    pk::ALL,
    pl::ALL,
    pt::ALL,
    py::ALL,
    qa::ALL,
    ro::ALL,
    ru::ALL,
    rw::ALL,
    sa::ALL,
    se::ALL,
    sg::ALL,
    si::ALL,
    sk::ALL,
    sv::ALL,
    th::ALL,
    tn::ALL,
    tr::ALL,
    tw::ALL,
    tz::ALL,
    ua::ALL,
    ug::ALL,
    us::ALL,
    uy::ALL,
    uz::ALL,
    ve::ALL,
    vn::ALL,
    yu::ALL,
    za::ALL,
    zw::ALL,
    health::ALL,
    credential_cloud::ALL,
    credential_token::ALL,
    credential_frame::ALL,
    credential_named::ALL,
    contact::ALL,
    contact_phone::ALL,
    contact_net::ALL,
    contact_device::ALL,
    contact_place::ALL,
    passport::ALL,
];

/// Returns every detector that comes built in.
pub(crate) fn all() -> impl Iterator<Item = &'static Detector> {
    FILES.iter().copied().flatten().copied()
}

/// What raises a score when it stands near: the detector, and the one whose match it belongs to.
pub(crate) static NEAR: &[(&str, &str)] = &[
    ("card.expiry", "card.pan"),
    ("card.cvv", "card.pan"),
    ("card.pin", "card.pan"),
    ("card.pin-block", "card.pan"),
    ("card.password", "card.pan"),
    ("card.service-code", "card.pan"),
    ("card.cavv", "card.pan"),
    ("bank.us.account", "bank.us.aba"),
];
/// Bytes between the two.
pub(crate) const NEAR_REACH: usize = 200;

/// The checks that add to a score, and what they add at the most; all others only take off.
static PRAISING: &[(&str, i8)] = &[("health.es.cip", 25), ("financial.ethereum-address", 30)];

/// Returns what a detector's check adds to a score at the most.
pub(crate) fn most_praise(id: &str) -> i8 {
    PRAISING.iter().find(|(own, _)| *own == id).map_or(0, |(_, most)| *most)
}

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
    /// Letters and digits only (and `<` in an MRZ, everything in a track), letters in capitals; of
    /// verbatim, anchored and named forms everything as it is written.
    pub(crate) text: &'v [u8],
    /// Whether its letters were written as capitals.
    pub(crate) capitals: bool,
    /// Whether it was written with separators.
    pub(crate) separated: bool,
    /// The first separator, Unicode blanks as ` ` and dashes as `-`; `None` without separators.
    pub(crate) separator: Option<u8>,
    /// Where it stands, for [`Form::InRun`] alone: what speaks for it stands around it.
    pub(crate) place: Option<Place<'v>>,
}

/// Where a candidate begins in the haystack. What is read around it stays within
/// [`REACH`](Place::REACH) bytes on either side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'h> {
    pub(crate) haystack: &'h [u8],
    pub(crate) at: usize,
}

impl Place<'_> {
    /// Bytes on either side of its beginning that a check may read; the windows allow for them.
    pub(crate) const REACH: usize = 448;
}

/// What a check found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) evidence: Vec<Evidence>,
    /// How many significant characters the value takes; less than given only for `*` forms and those
    /// whose end the check decides.
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
        self.check_written(&Written::read(form, haystack, span, text)?)
    }

    /// Returns the match of a candidate that is read already.
    pub(crate) fn check_written(&self, written: &Written<'_>) -> Option<Match> {
        let Written { form, haystack, span, bytes, value } = written;
        let in_run = *form == Form::InRun;
        (in_run || self.edges.opens(haystack, span.start)).then_some(())?;
        let proof = (self.check)(value)?;
        let whole = proof.len == value.text.len();
        let cut = || written_len(*form, bytes, proof.len).map(|len| span.start + len);
        let end = if whole { span.end } else { cut()? };
        let is_cut = form.is_verbatim() && bytes.len() == LONGEST_SPAN;
        (in_run || is_cut || self.edges.closes(haystack, end)).then_some(())?;
        Some(Match { span: span.start..end, proof, separated: value.separated })
    }
}

/// A candidate that is read once for all the detectors of its form.
#[derive(Debug)]
pub(crate) struct Written<'w> {
    form: Form,
    haystack: &'w [u8],
    span: Range<usize>,
    bytes: &'w [u8],
    value: Value<'w>,
}

impl<'w> Written<'w> {
    /// Reads a candidate of a form; `text` is scratch space.
    pub(crate) fn read(
        form: Form,
        haystack: &'w [u8],
        span: Range<usize>,
        text: &'w mut Vec<u8>,
    ) -> Option<Written<'w>> {
        let bytes = haystack.get(span.clone())?;
        significant(form, bytes, text);
        let separator = shapes::first_separator(bytes);
        let capitals = !bytes.iter().any(u8::is_ascii_lowercase);
        let place = (form == Form::InRun).then_some(Place { haystack, at: span.start });
        let value = Value { text, capitals, separated: separator.is_some(), separator, place };
        Some(Written { form, haystack, span, bytes, value })
    }

    /// Returns where it stands.
    pub(crate) fn span(&self) -> &Range<usize> {
        &self.span
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

/// Writes the significant characters of a written form to `text`, letters in capitals unless their
/// case is part of the value, as it is of a key.
pub(crate) fn significant(form: Form, written: &[u8], text: &mut Vec<u8>) {
    text.clear();
    text.resize(written.len(), 0);
    let kept = written.iter().filter(|byte| is_significant(form, byte));
    let verbatim = form.is_verbatim();
    let pairs = text.iter_mut().zip(kept).map(|(to, byte)| {
        *to = if verbatim { *byte } else { byte.to_ascii_uppercase() };
    });
    let count = pairs.count();
    text.truncate(count);
}

/// Returns how many written bytes hold the first `len` significant characters.
fn written_len(form: Form, written: &[u8], len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    let mut kept = written.iter().enumerate().filter(|(_, byte)| is_significant(form, byte));
    kept.nth(last).map(|(index, _)| index + 1)
}

fn is_significant(form: Form, byte: &u8) -> bool {
    match form {
        Form::Layout(_) | Form::InRun => byte.is_ascii_alphanumeric(),
        Form::Mrz => shapes::is_mrz(byte),
        _ => true,
    }
}
