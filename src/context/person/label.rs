//! Fields, labels and columns that ask for a term.

use std::ops::Range;

use super::{Context, LABEL_REACH, Tie};
use crate::context::{field, words};
use crate::finding::Evidence;
use crate::terms::Group;
use crate::terms::language::Languages;
use crate::terms::lexicon::{Hit, Role, Term};

/// What a label or header that asks for a term makes it weigh.
const ASKED: u8 = 82;
/// Words between the last mark of a list behind a label and a term.
const MOST_WORDS: usize = 3;
/// Bytes back to a field that holds a person's name.
const RECORD_REACH: usize = 200;
/// Names of fields that hold the name of a person.
const NAMES: &[&[u8]] = &[
    b"name",
    b"full name",
    b"fullname",
    b"full_name",
    b"first_name",
    b"last_name",
    b"firstname",
    b"lastname",
    b"surname",
    b"vorname",
    b"nachname",
    b"nom",
    b"prenom",
    "prénom".as_bytes(),
    b"nombre",
    b"apellido",
    b"apellidos",
    b"nome",
    b"cognome",
    b"apelido",
    b"naam",
    b"voornaam",
    b"achternaam",
    b"patient",
    b"employee",
    b"mitarbeiter",
    b"patientin",
    b"paciente",
    b"paziente",
    "salarié".as_bytes(),
];

impl Context<'_> {
    /// A label before the term: `Religion: Muslim`, `"diagnosis": "asthma"`, `Medications:` and a list.
    pub(super) fn label(&self, hit: Hit, ahead: &[Hit], group: Group, term: Term) -> Option<Tie> {
        let Some(label) = self.label_before(hit, ahead, group, term) else {
            return self.beside_name(hit, group);
        };
        let languages = self.phrase_languages(label, group);
        (!is_many(hit, group)).then_some(asked(languages, Evidence::Field(self.text(label)?)))
    }

    /// Returns the nearest label that governs a term; of several that are the same word in different
    /// languages, that of the term's.
    fn label_before(&self, hit: Hit, ahead: &[Hit], group: Group, term: Term) -> Option<Hit> {
        let from = hit.start.saturating_sub(LABEL_REACH);
        let ahead = ahead.iter().rev().copied();
        let languages = |phrase: &Hit| self.phrase_languages(*phrase, group);
        let mut labels = ahead
            .filter(|phrase| (from..=hit.start).contains(&phrase.end))
            .filter(|phrase| !languages(phrase).is_empty() && !is_many(*phrase, group))
            .filter(|phrase| {
                self.governs(phrase.end..hit.start) || self.holds(phrase.end..hit.start)
            });
        let nearest = labels.next()?;
        let own = |label: &Hit| !languages(label).and(term.languages).is_empty();
        let mut same = labels.filter(|label| label.end == nearest.end);
        if own(&nearest) { Some(nearest) } else { same.find(own).or(Some(nearest)) }
    }

    /// A column whose header asks for the term.
    pub(super) fn column(&self, hit: Hit, group: Group) -> Option<Tie> {
        let asks = |role: Role| matches!(role, Role::Phrase(known, _) if known == group);
        let rows = Some(self.rows).filter(|rows| rows.names(asks))?;
        let columns = rows.column(hit.start)?;
        let named = columns.iter().find(|word| asks(word.role))?;
        let Role::Phrase(_, languages) = named.role else { return None };
        Some(asked(languages, Evidence::Header(named.text.clone())))
    }

    /// A field that says nothing itself, behind one that holds a person's name: `Name: …`, `Notes: asthma`.
    fn beside_name(&self, hit: Hit, group: Group) -> Option<Tie> {
        if group != Group::Health {
            return None;
        }
        let own = field::name_before(self.haystack, hit.start)?;
        if !self.haystack.get(own.clone()).is_some_and(words::is_generic) {
            return None;
        }
        let from = own.start.saturating_sub(RECORD_REACH);
        let head = self.haystack.get(from..own.start).unwrap_or_default();
        let marks = head.iter().enumerate().filter(|(_, b)| matches!(b, b':' | b'=' | b'>'));
        let names = marks.filter_map(|(at, _)| field::name_before(self.haystack, from + at + 1));
        let mut named = names.filter_map(|name| {
            let name = self.haystack.get(name)?.trim_ascii();
            NAMES.iter().find(|known| name.eq_ignore_ascii_case(known))
        });
        let name = named.next_back()?;
        let name = String::from_utf8_lossy(name);
        Some(Tie { score: 60, ..asked(Languages::NONE, Evidence::Field(name)) })
    }

    /// Whether the bytes between a name and a term begin with `:`, `=` or `>` and hold no further
    /// name, no blank line, no end of a field and no sentence.
    fn governs(&self, between: Range<usize>) -> bool {
        let between = self.haystack.get(between).unwrap_or_default();
        let closing =
            |b: &&u8| matches!(b, b' ' | b'"' | b'\'' | b')' | b'*' | b'_' | b'\\' | b's');
        let skipped = between.iter().take(4).take_while(closing).count();
        let Some((mark, value)) = between.get(skipped..).and_then(<[u8]>::split_first) else {
            return false;
        };
        let ends = |b: &u8| matches!(b, b':' | b'=' | b'<' | b'{' | b'}' | b'&');
        let blank_line = value.windows(2).any(|pair| pair == b"\n\n" || pair == b"\n\r");
        let one_field = !blank_line && !value.iter().any(ends);
        let item = value.rsplit(|b| b",;/\n|[]+-".contains(b)).next().unwrap_or_default();
        let words = item.split(|b| b.is_ascii_whitespace()).filter(|word| !word.is_empty());
        matches!(mark, b':' | b'=' | b'>')
            && one_field
            && words.count() <= MOST_WORDS
            && !is_unchecked(value)
    }

    /// Whether the bytes between a name and a term open an object or list of that name in which the
    /// term stands in a field that says nothing itself: `"diagnosis": { "text": "asthma"`.
    fn holds(&self, between: Range<usize>) -> bool {
        let own = field::name_before(self.haystack, between.end);
        let own = own.and_then(|name| self.haystack.get(name));
        let between = self.haystack.get(between).unwrap_or_default();
        let mut opening = between.iter().filter(|b| !b.is_ascii_whitespace());
        let opens = opening.next() == Some(&b'"')
            && opening.next() == Some(&b':')
            && opening.next().is_some_and(|b| matches!(b, b'{' | b'['));
        opens && own.is_some_and(words::is_generic) && !between.contains(&b'}')
    }
}

/// Whether a word speaks of many: `Parties: Greens, Liberals` tells of parties; `Diagnoses: …` of a patient.
fn is_many(word: Hit, group: Group) -> bool {
    group != Group::Health && word.plural
}

fn asked(languages: Languages, evidence: Evidence) -> Tie {
    Tie { score: ASKED, firm: true, languages, evidence: vec![evidence] }
}

/// Whether the last box before a term in a form is not ticked: `[x] White [ ] Black`.
fn is_unchecked(value: &[u8]) -> bool {
    let mut boxes = value.windows(3).rev().filter(|three| matches!(three, [b'[', _, b']']));
    boxes.next().is_some_and(|last| last == b"[ ]")
}
