//! Whether a dictionary's term speaks of a person.

mod grammar;
mod label;
mod listed;
mod speech;
mod subject;

use std::borrow::Cow;
use std::ops::Range;

use super::{Context, LONGEST_PHRASE, Weight};
use crate::finding::Evidence;
use crate::terms::Group;
use crate::terms::language::{Language, Languages};
use crate::terms::lexicon::{Hit, Role, Term, hits_in};
use grammar::Grammar;
use subject::{Subject, Word, last_word};

/// Bytes back to a label (`Diagnosis:`) that governs a term.
const LABEL_REACH: usize = 100;
/// Bytes between a phrase and the term that it ties to a person, a few short words.
const TIE_REACH: usize = 24;
/// Short words between a phrase and its term.
const MOST_BETWEEN: usize = 3;
/// Bytes between a copula and its term.
const COPULA_REACH: usize = 40;
/// Bytes back to a word for the person.
const SUBJECT_REACH: usize = 60;
/// Bytes between a weak word for a person and the phrase that it is the subject of.
const WEAK_REACH: usize = 20;
/// Subtracted where a proper noun is not written as one, where somebody in a story speaks, or where
/// running prose names nobody.
const DOUBT: u8 = 25;

/// How firmly a text ties a term to a person, and in which languages.
struct Tie {
    score: u8,
    /// Whether it names whom it speaks of, or stands in a field, so that prose would not say it.
    firm: bool,
    languages: Languages,
    evidence: Vec<Evidence>,
}

impl Context<'_> {
    /// Returns what a term weighs here, and in which language; `None` where nothing ties it to a person.
    ///
    /// # Complexity
    ///
    /// Constant: bounded look-back plus the hits within it.
    pub(crate) fn weigh_term(
        &self,
        hit: Hit,
        group: Group,
        term: Term,
    ) -> Option<(Weight, Language)> {
        if self.is_denied(hit.end) {
            return None;
        }
        let ahead = self.ahead(hit.start, group);
        let asked = self.label(hit, ahead, group, term).or_else(|| self.column(hit, group));
        let tie = match asked {
            Some(tie) if hit.cased || !self.is_acronym(hit) => tie,
            Some(_) => return None,
            None => self.lowered(hit, group, self.sentence(hit, ahead, group, term)?),
        };
        let both = tie.languages.and(term.languages);
        let language = both.first().or(term.languages.first())?;
        // The list whose language the surroundings speak names the term before the others.
        let foreign = u8::from(both.is_empty());
        let weight = Weight { score: tie.score - foreign.min(tie.score), evidence: tie.evidence };
        Some((weight, language))
    }

    /// Returns the words before a term from the first on that ties the terms of the group to a person; most
    /// terms have none.
    fn ahead(&self, term: usize, group: Group) -> &[Hit] {
        let reach = term.saturating_sub(LABEL_REACH + LONGEST_PHRASE);
        let hits = hits_in(self.hits, reach..term);
        let first = hits.iter().position(|hit| !self.phrase_languages(*hit, group).is_empty());
        first.and_then(|first| hits.get(first..)).unwrap_or_default()
    }

    /// Whether a term that ends at `end` is the name of a field that denies it: `disabled: false`.
    fn is_denied(&self, end: usize) -> bool {
        let until = self.haystack.len().min(end + LONGEST_DENIAL);
        let behind = self.haystack.get(end..until).unwrap_or_default();
        let mark = behind.strip_prefix(b"\"").unwrap_or(behind);
        let Some((b':' | b'=', value)) = mark.split_first() else { return false };
        DENIALS.iter().any(|denial| value.trim_ascii_start().starts_with(denial))
    }

    /// What the sentence or the list around a term says.
    fn sentence(&self, hit: Hit, ahead: &[Hit], group: Group, term: Term) -> Option<Tie> {
        let languages = term.languages;
        if !term.ambiguous {
            return self
                .phrase(hit, ahead, group, languages)
                .or_else(|| self.copula(hit, group, languages))
                .or_else(|| self.behind(hit, group, languages))
                .or_else(|| self.listed(hit, group));
        }
        // `Suffers from depression` is plain; `is blind to it` and `has faith in him` are not.
        let plain = group == Group::Health;
        plain.then(|| self.phrase(hit, ahead, group, languages)).flatten()
    }

    /// Lowers what a story or an article may say of anybody.
    fn lowered(&self, hit: Hit, group: Group, mut tie: Tie) -> Tie {
        let named = tie.evidence.contains(&Evidence::Subject(subject::NAME.into()));
        let doubts = [
            (!hit.cased, "capitals"),
            (self.in_dialogue(hit.start), "dialogue"),
            (!tie.firm && self.is_prose(hit.start..hit.end), "prose"),
            // What parties and churches somebody belongs to is told of public persons, by name.
            (named && group != Group::Health && !self.is_record(hit.start..hit.end), "name"),
        ];
        for (_, reason) in doubts.into_iter().filter(|(lowers, _)| *lowers) {
            tie.score = tie.score.saturating_sub(DOUBT);
            tie.evidence.push(Evidence::Lowered(reason.into()));
        }
        tie
    }

    /// Whether a term is spelled in capitals, so that the same letters in lower case are another word.
    fn is_acronym(&self, hit: Hit) -> bool {
        self.text(hit).is_some_and(|text| !text.chars().any(char::is_lowercase))
    }

    /// Returns the languages in which a word ties the terms of a group to a person.
    fn phrase_languages(&self, hit: Hit, group: Group) -> Languages {
        let roles = self.lexicon.entry(hit).map(|entry| entry.roles.as_slice());
        let own = roles.unwrap_or_default().iter().find_map(|role| match role {
            Role::Phrase(known, languages) if *known == group => Some(*languages),
            _ => None,
        });
        own.unwrap_or(Languages::NONE)
    }

    /// A phrase before the term: `diagnosed with asthma`, `member of the UNISON branch`.
    fn phrase(&self, hit: Hit, ahead: &[Hit], group: Group, languages: Languages) -> Option<Tie> {
        ahead.first()?;
        let from = hit.start.saturating_sub(LONGEST_PHRASE + SUBJECT_REACH);
        let speaks = |phrase: &Hit| {
            let shared = self.phrase_languages(*phrase, group).and(languages);
            !shared.is_empty() && phrase.end <= hit.start && !self.is_plural(*phrase)
        };
        let near = || ahead.iter().rev().copied().take_while(|phrase| phrase.start >= from);
        let phrases = || near().filter(speaks);
        let tied = phrases().find(|phrase| self.ties(phrase.end..hit.start));
        let tied = tied.map(|last| {
            let earlier = phrases().filter(|p| p.end >= last.start && p.end <= last.end);
            earlier.min_by_key(|phrase| phrase.start).unwrap_or(last)
        });
        let phrase = tied.or_else(|| phrases().next())?;
        let shared = self.phrase_languages(phrase, group).and(languages);
        match tied {
            Some(_) => self.tied(phrase, hit.end, group, shared),
            None => self.loose(phrase, hit, shared),
        }
    }

    /// A phrase that stands right before the term, weighed by whom the sentence speaks of.
    fn tied(
        &self,
        phrase: Hit,
        term_end: usize,
        group: Group,
        languages: Languages,
    ) -> Option<Tie> {
        let text = self.text(phrase)?;
        // A patient is a person of records, a candidate of a party is one of newspapers.
        let reach = if group == Group::Health { phrase.end } else { phrase.start };
        let subject = self.subject_before(reach, languages);
        let opens = || {
            self.opens_statement(phrase.start, languages)
                && !self.is_topic(term_end, languages)
                && !self.speaks_of_many(phrase.start, languages)
        };
        Some(self.told(text, phrase.start, subject, languages, opens))
    }

    /// Weighs what a phrase says of a subject, or of nobody.
    fn told(
        &self,
        phrase: Cow<'static, str>,
        at: usize,
        subject: Option<Subject>,
        languages: Languages,
        opens: impl Fn() -> bool,
    ) -> Tie {
        let (score, firm) = match &subject {
            Some(subject) if subject.is_noun => (70, true),
            Some(subject) if subject.end + WEAK_REACH >= at => (60, false),
            _ if opens() => (60, false),
            _ => (40, false),
        };
        let mut evidence = vec![Evidence::Phrase(phrase)];
        evidence.extend(subject.map(|subject| Evidence::Subject(subject.text)));
        Tie { score, firm, languages, evidence }
    }

    /// A phrase further off counts only in a sentence about a patient, an employee, …
    fn loose(&self, phrase: Hit, hit: Hit, languages: Languages) -> Option<Tie> {
        let near = phrase.end + SUBJECT_REACH >= hit.start;
        let subject = self.subject_before(hit.start, languages);
        let subject = subject.filter(|subject| subject.is_noun)?;
        let apart = subject.end <= phrase.start || subject.end > phrase.end;
        let one_sentence = near && apart && self.is_one_sentence(phrase.end..hit.start);
        let evidence = vec![Evidence::Phrase(self.text(phrase)?), Evidence::Subject(subject.text)];
        one_sentence.then_some(Tie { score: 55, firm: true, languages, evidence })
    }

    /// `She is pregnant`, `I have asthma`: a word for a person, a copula, and the term.
    fn copula(&self, hit: Hit, group: Group, languages: Languages) -> Option<Tie> {
        let from = hit.start.saturating_sub(COPULA_REACH);
        let last = last_word(self.haystack, from, hit.start)?;
        languages.iter().find_map(|language| self.copula_in(hit, last, group, language))
    }

    fn copula_in(
        &self,
        hit: Hit,
        last: (usize, Word),
        group: Group,
        language: Language,
    ) -> Option<Tie> {
        let grammar = grammar::of(language);
        let (copula, start) = self.copula_before(hit, last, group, grammar)?;
        let languages = language.alone();
        let own = grammar.first.contains(&copula);
        let subject =
            self.subject_before(start, languages).filter(|subject| subject.end + 2 >= start);
        let left_out = grammar.drops_pronouns && self.opens_statement(start, languages);
        let inverted = || self.subject_behind(start + copula.len(), hit.start, languages);
        let subject = subject.or_else(inverted);
        let opens = || own || left_out;
        (subject.is_some() || opens())
            .then(|| self.told(copula.into(), start, subject, languages, opens))
            .map(|tie| Tie { score: tie.score.min(60), ..tie })
    }

    /// Returns the copula before a term and where it starts: the last word before it, but for fillers.
    fn copula_before(
        &self,
        hit: Hit,
        last: (usize, Word),
        group: Group,
        grammar: &Grammar,
    ) -> Option<(&'static str, usize)> {
        let from = hit.start.saturating_sub(COPULA_REACH);
        let (mut start, mut word) = last;
        loop {
            if let Some(copula) = grammar.copula(&word, group) {
                return Some((copula, start));
            }
            word.is_one_of(grammar.fillers).then_some(())?;
            (start, word) = last_word(self.haystack, from, start)?;
        }
    }

    /// A verb behind the term, as in German: `dass er an Diabetes leidet`, `asthma diagnosed 2010`.
    fn behind(&self, hit: Hit, group: Group, languages: Languages) -> Option<Tie> {
        if group != Group::Health {
            return None;
        }
        languages.iter().find_map(|language| {
            let verb = self.verb_behind(hit.end, language)?;
            let languages = language.alone();
            let subject = self.subject_before(hit.start, languages);
            // `Asthma ist …` speaks of asthma, `Asthma diagnostiziert` of somebody.
            let topic = grammar::of(language).topics.contains(&verb);
            let opens = || !topic && self.opens_statement(hit.start, languages);
            let tie = self.told(verb.into(), hit.start, subject, languages, opens);
            (tie.score > 40).then_some(tie)
        })
    }

    /// Returns a verb among the words behind a term that ties it to a person.
    fn verb_behind(&self, at: usize, language: Language) -> Option<&'static str> {
        let tail = self.haystack.get(at..)?;
        let tail = tail.get(..TIE_REACH.min(tail.len())).unwrap_or_default();
        let sentence = tail.split(|b| b".,;:!?\n|".contains(b)).next().unwrap_or_default();
        let text = String::from_utf8_lossy(sentence);
        let verbs = grammar::of(language).behind;
        let mut words = text.split_whitespace().take(MOST_BETWEEN);
        words.find_map(|word| verbs.iter().find(|verb| is_lowered(word, verb))).copied()
    }

    /// Whether a phrase ends right before the term, with a few short words between at the most.
    fn ties(&self, between: Range<usize>) -> bool {
        let gap = self.haystack.get(between.clone()).unwrap_or_default();
        let part = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
        let words = gap.split(|b| !part(b)).filter(|word| !word.is_empty());
        let aside = gap.iter().any(|b| matches!(b, b'(' | b')' | b',' | b'/' | b'[' | b']'));
        gap.len() <= TIE_REACH
            && words.count() <= MOST_BETWEEN
            && !aside
            && self.is_one_sentence(between)
    }

    fn is_one_sentence(&self, range: Range<usize>) -> bool {
        self.sentence_start(range.clone()) == range.start
    }

    /// Returns from where on no sentence, cell or paragraph ends within a range.
    fn sentence_start(&self, range: Range<usize>) -> usize {
        let text = self.haystack.get(range.clone()).unwrap_or_default();
        let ends = |at: &usize| {
            let marks = text.get(*at..).unwrap_or_default();
            matches!(
                marks,
                [b'.' | b'!' | b'?' | b';' | b'|' | b'{' | b'}', ..] | [b'\n', b'\n' | b'\r', ..]
            )
        };
        (0..text.len()).rev().find(ends).map_or(range.start, |end| range.start + end + 1)
    }

    /// Whether a verb follows at `at`, so that the sentence speaks of the term: `Treatment for asthma has
    /// improved`.
    fn is_topic(&self, at: usize, languages: Languages) -> bool {
        let tail = self.haystack.get(at..).unwrap_or_default();
        let word = tail.strip_prefix(b" ").unwrap_or_default();
        let word = word.split(|b| !b.is_ascii_alphabetic() && *b < 0x80).next().unwrap_or_default();
        let mut topics = languages.iter().flat_map(|language| grammar::of(language).topics);
        topics.any(|verb| word.eq_ignore_ascii_case(verb.as_bytes()))
    }
}

/// Whether a word is, in lower case, another one.
fn is_lowered(word: &str, lower: &str) -> bool {
    if word.is_ascii() {
        return word.eq_ignore_ascii_case(lower);
    }
    word.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// Bytes of a mark, blanks and a value behind a term.
const LONGEST_DENIAL: usize = 12;
/// Values that deny what the name of their field says.
const DENIALS: [&[u8]; 4] = [b"false", b"False", b"null", b"None"];
