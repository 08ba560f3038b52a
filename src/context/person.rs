//! Whether a dictionary's term speaks of a person.

use std::ops::Range;

use super::{Context, LONGEST_PHRASE, Weight};
use crate::finding::Evidence;
use crate::terms::Group;
use crate::terms::lexicon::{Hit, Role};

/// Bytes back to a label (`Diagnosis:`) that governs a term.
const LABEL_REACH: usize = 100;
/// Bytes between a phrase and the term that it ties to a person, two short words.
const TIE_REACH: usize = 16;
/// Bytes back to a word for the person.
const SUBJECT_REACH: usize = 60;
/// Bytes of a line that is too short to be wrapped prose.
const SHORT_LINE: usize = 40;
/// Bytes between a pronoun and the phrase that it is the subject of.
const PRONOUN_REACH: usize = 20;
/// Bytes of the longest pronoun.
const LONGEST_PRONOUN: usize = 4;
/// Bytes back to the quotation mark that opens a dialogue.
const DIALOGUE_REACH: usize = 160;
/// Subtracted where a proper noun is not written as one, or where somebody in a story speaks.
const DOUBT: u8 = 25;

/// Copulas in the present tense, and whether only a state of health follows them. In the past tense
/// they tell stories more often than they state facts.
const COPULAS: &[(&str, bool)] =
    &[("am", false), ("is", false), ("are", false), ("i'm", false), ("have", true), ("has", true)];

/// Words that may stand between a copula and the term.
const FILLERS: &[&[u8]] =
    &[b"a", b"an", b"openly", b"also", b"now", b"currently", b"severe", b"mild"];

/// Verbs behind a term that make it the sentence's topic.
const VERBS: &[&[u8]] = &[
    b"has", b"have", b"is", b"are", b"was", b"were", b"can", b"may", b"will", b"costs", b"remains",
];

/// How firmly a text ties a term to a person.
struct Tie {
    score: u8,
    evidence: Vec<Evidence>,
}

impl Context<'_> {
    /// Returns what a term weighs here, `None` where nothing ties it to a person.
    ///
    /// # Complexity
    ///
    /// Constant: bounded look-back plus the hits within it.
    pub(crate) fn weigh_term(&self, hit: Hit, group: Group) -> Option<Weight> {
        let asked = self.label(hit, group).or_else(|| self.column(hit, group));
        let Tie { mut score, mut evidence } = match asked {
            Some(tie) if hit.cased || !self.is_acronym(hit) => {
                return Some(Weight { score: tie.score, evidence: tie.evidence });
            }
            Some(_) => return None,
            None if !self.has_role(hit, Role::Ambiguous) => {
                self.phrase(hit, group).or_else(|| self.copula(hit, group))?
            }
            // `Suffers from depression` is plain; `is blind to it` and `has faith in him` are not.
            None if group == Group::Health => self.phrase(hit, group)?,
            None => return None,
        };
        for (lowers, reason) in
            [(!hit.cased, "capitals"), (self.in_dialogue(hit.start), "dialogue")]
        {
            if lowers {
                score = score.saturating_sub(DOUBT);
                evidence.push(Evidence::Lowered(reason));
            }
        }
        Some(Weight { score, evidence })
    }

    /// Whether a term is spelled in capitals, so that the same letters in lower case are another word.
    fn is_acronym(&self, hit: Hit) -> bool {
        self.text(hit).is_some_and(|text| !text.chars().any(char::is_lowercase))
    }

    /// A label before the term: `Religion: Muslim`, `"diagnosis": "asthma"`, `Medications:` and a list.
    fn label(&self, hit: Hit, group: Group) -> Option<Tie> {
        let from = hit.start.saturating_sub(LABEL_REACH);
        let ahead = self.hits_in(from.saturating_sub(LONGEST_PHRASE)..hit.start).rev();
        let phrases = ahead.filter(|phrase| (from..=hit.start).contains(&phrase.end));
        let label = phrases.filter(|phrase| self.has_role(*phrase, Role::Phrase(group))).find(
            |phrase| self.governs(phrase.end..hit.start) || self.holds(phrase.end..hit.start),
        )?;
        let evidence = vec![Evidence::Field(self.text(label)?)];
        Some(Tie { score: 82, evidence })
    }

    /// Whether the bytes between a name and a term begin with `:`, `=` or `>` and hold no further
    /// name, no blank line and no end of a field.
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
        matches!(mark, b':' | b'=' | b'>') && one_field && !is_unchecked(value)
    }

    /// Whether the bytes between a name and a term open an object or list of that name in which the
    /// term stands in a field that says nothing itself: `"diagnosis": { "text": "asthma"`.
    fn holds(&self, between: Range<usize>) -> bool {
        let own = super::field::name_before(self.haystack, between.end);
        let own = own.and_then(|name| self.haystack.get(name));
        let between = self.haystack.get(between).unwrap_or_default();
        let mut opening = between.iter().filter(|b| !b.is_ascii_whitespace());
        let opens = opening.next() == Some(&b'"')
            && opening.next() == Some(&b':')
            && opening.next().is_some_and(|b| matches!(b, b'{' | b'['));
        opens && own.is_some_and(super::words::is_generic) && !between.contains(&b'}')
    }

    /// A column whose header asks for the term.
    fn column(&self, hit: Hit, group: Group) -> Option<Tie> {
        let rows = Some(self.rows).filter(|rows| rows.names(Role::Phrase(group)))?;
        let columns = rows.column(hit.start)?;
        let named = columns.iter().find(|word| word.role == Role::Phrase(group))?;
        Some(Tie { score: 82, evidence: vec![Evidence::Header(named.text.clone())] })
    }

    /// A phrase before the term: `diagnosed with asthma`, `member of the UNISON branch`.
    fn phrase(&self, hit: Hit, group: Group) -> Option<Tie> {
        let from = hit.start.saturating_sub(LONGEST_PHRASE + SUBJECT_REACH);
        let ahead = self.hits_in(from..hit.start).rev();
        let phrases: Vec<Hit> = ahead
            .filter(|phrase| phrase.end <= hit.start)
            .filter(|phrase| {
                self.has_role(*phrase, Role::Phrase(group)) && !self.is_plural(*phrase)
            })
            .collect();
        let tied = phrases.iter().find(|phrase| self.ties(phrase.end..hit.start));
        let tied = tied.map(|last| {
            let earlier = phrases.iter().filter(|p| p.end >= last.start && p.end <= last.end);
            earlier.min_by_key(|phrase| phrase.start).unwrap_or(last)
        });
        match tied {
            Some(phrase) => self.tied(*phrase, hit),
            None => self.loose(phrases.first().copied()?, hit),
        }
    }

    /// A phrase that stands right before the term, weighed by whom the sentence speaks of.
    fn tied(&self, phrase: Hit, term: Hit) -> Option<Tie> {
        let subject = self.subject_before(phrase.end);
        let close = |subject: &Hit| subject.end + PRONOUN_REACH >= phrase.start;
        let score = match &subject {
            Some(subject) if self.is_noun(*subject) => 70,
            Some(subject) if close(subject) => 60,
            _ if self.opens_statement(phrase.start) && !self.is_topic(term.end) => 60,
            _ => 40,
        };
        let mut evidence = vec![Evidence::Phrase(self.text(phrase)?)];
        evidence.extend(subject.and_then(|subject| self.text(subject)).map(Evidence::Subject));
        Some(Tie { score, evidence })
    }

    /// A phrase further off counts only in a sentence about a patient, an employee, …
    fn loose(&self, phrase: Hit, hit: Hit) -> Option<Tie> {
        let near = phrase.end + SUBJECT_REACH >= hit.start;
        let subject = self.subject_before(hit.start).filter(|subject| self.is_noun(*subject))?;
        let one_sentence = near && self.is_one_sentence(phrase.end..hit.start);
        let evidence =
            vec![Evidence::Phrase(self.text(phrase)?), Evidence::Subject(self.text(subject)?)];
        one_sentence.then_some(Tie { score: 55, evidence })
    }

    /// `She is pregnant`, `I have asthma`: a word for a person, a copula, and the term.
    fn copula(&self, hit: Hit, group: Group) -> Option<Tie> {
        let head = self.haystack.get(hit.start.saturating_sub(TIE_REACH)..hit.start)?;
        let mut rest = head;
        let copula = loop {
            let (before, word) = last_word(rest)?;
            if let Some(copula) = copula_of(word, group) {
                rest = before;
                break copula;
            }
            FILLERS.iter().any(|filler| word.eq_ignore_ascii_case(filler)).then_some(())?;
            rest = before;
        };
        let at = hit.start - head.len() + rest.len();
        let subject = self.subject_before(at + copula.len())?;
        let evidence =
            vec![Evidence::Phrase(copula.into()), Evidence::Subject(self.text(subject)?)];
        (subject.end + 2 >= at).then_some(Tie { score: 60, evidence })
    }

    /// Whether a phrase ends right before the term, with two short words between at the most.
    fn ties(&self, between: Range<usize>) -> bool {
        let gap = self.haystack.get(between.clone()).unwrap_or_default();
        let words = gap.split(|b| !b.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let aside = gap.iter().any(|b| matches!(b, b'(' | b')' | b',' | b'/' | b'[' | b']'));
        gap.len() <= TIE_REACH && words.count() <= 2 && !aside && self.is_one_sentence(between)
    }

    fn is_one_sentence(&self, range: Range<usize>) -> bool {
        let text = self.haystack.get(range).unwrap_or_default();
        !text.iter().any(|b| matches!(b, b'.' | b'!' | b'?' | b';' | b'|' | b'{' | b'}'))
    }

    /// Whether a verb follows at `at`, so that the sentence speaks of the term: `Treatment for asthma has
    /// improved`.
    fn is_topic(&self, at: usize) -> bool {
        let tail = self.haystack.get(at..).unwrap_or_default();
        let word = tail.strip_prefix(b" ").unwrap_or_default();
        let word = word.split(|b| !b.is_ascii_alphabetic()).next().unwrap_or_default();
        VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb))
    }

    /// Returns the word for a person nearest before `at` in its sentence.
    fn subject_before(&self, at: usize) -> Option<Hit> {
        let ahead = self.hits_in(at.saturating_sub(SUBJECT_REACH)..at).rev();
        let mut subjects =
            ahead.filter(|hit| hit.end <= at && hit.cased && self.has_role(*hit, Role::Subject));
        subjects.find(|hit| !self.is_plural(*hit) && self.is_one_sentence(hit.end..at))
    }

    /// Whether a word has the plural ending that its entry has not: many people are no person.
    fn is_plural(&self, hit: Hit) -> bool {
        let singular = self.text(hit).is_some_and(|text| !text.ends_with('s'));
        let last = hit.end.checked_sub(1).and_then(|last| self.haystack.get(last));
        singular && matches!(last, Some(b's' | b'S'))
    }

    /// Whether a word for a person is a noun; pronouns are shorter.
    fn is_noun(&self, subject: Hit) -> bool {
        subject.end - subject.start > LONGEST_PRONOUN
    }

    /// Whether quotation marks opened before `at` and did not close: somebody in a story speaks.
    fn in_dialogue(&self, at: usize) -> bool {
        let head = self.haystack.get(at.saturating_sub(DIALOGUE_REACH)..at).unwrap_or_default();
        let marks = head.windows(3).enumerate().rev();
        let mut curly = marks.filter(|(_, bytes)| bytes.starts_with(b"\xe2\x80"));
        let last = curly.find(|(_, bytes)| matches!(bytes.last(), Some(0x98 | 0x9c | 0x9d)));
        if let Some((_, [.., kind])) = last {
            return *kind != 0x9d;
        }
        let Some(mark) = head.iter().rposition(|b| *b == b'"') else { return false };
        let before = head.get(..mark).unwrap_or_default();
        let opens = before.last().is_none_or(u8::is_ascii_whitespace);
        let value = before.trim_ascii_end().last().is_some_and(|b| b":=,[{(>".contains(b));
        opens && !value
    }

    /// Whether a statement begins at `at`: a line that is no wrapped prose, or behind a mark.
    fn opens_statement(&self, at: usize) -> bool {
        let head = self.haystack.get(at.saturating_sub(LABEL_REACH)..at).unwrap_or_default();
        let head = without_openers(head);
        let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'-' | b'*' | b'\r');
        let skipped = head.iter().rev().take_while(blank).count();
        let head = head.get(..head.len() - skipped).unwrap_or_default();
        match head.split_last() {
            None => true,
            Some((b'\n', lines)) => {
                let line = lines.rsplit(|b| *b == b'\n').next().unwrap_or_default();
                line.len() < SHORT_LINE || line.ends_with(b".") || line.ends_with(b":")
            }
            Some((mark, _)) => {
                matches!(mark, b':' | b';' | b'>' | b'(' | b',' | b'{' | b'|' | b'=')
            }
        }
    }
}

/// Returns a text without the adverbs and particles that it ends in.
fn without_openers(mut head: &[u8]) -> &[u8] {
    loop {
        let trimmed = head.trim_ascii_end();
        let is_open = |opener: &&&[u8]| {
            let start = trimmed.len().checked_sub(opener.len());
            let word = start.and_then(|start| trimmed.get(start..));
            let edge = start.and_then(|start| start.checked_sub(1)).and_then(|i| trimmed.get(i));
            word.is_some_and(|word| word.eq_ignore_ascii_case(opener))
                && edge.is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        match OPENERS.iter().find(is_open) {
            Some(opener) => head = trimmed.get(..trimmed.len() - opener.len()).unwrap_or_default(),
            None => return head,
        }
    }
}

/// Words with which a note opens a statement whose subject it leaves out: `Formerly in treatment for`.
const OPENERS: &[&[u8]] = &[
    b"formerly",
    b"previously",
    b"currently",
    b"now",
    b"still",
    b"in",
    b"on",
    b"under",
    b"been",
    b"has",
];

/// Whether the last box before a term in a form is not ticked: `[x] White [ ] Black`.
fn is_unchecked(value: &[u8]) -> bool {
    let mut boxes = value.windows(3).rev().filter(|three| matches!(three, [b'[', _, b']']));
    boxes.next().is_some_and(|last| last == b"[ ]")
}

/// Splits the last word off a text, the blanks around it left out.
fn last_word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.trim_ascii_end();
    let part_of_word = |b: &&u8| b.is_ascii_alphabetic() || **b == b'\'';
    let length = text.iter().rev().take_while(part_of_word).count();
    let (before, word) = text.split_at(text.len() - length);
    (!word.is_empty()).then_some((before, word))
}

/// Returns the copula that a word is; a person *has* an illness, and *is* anything.
fn copula_of(word: &[u8], group: Group) -> Option<&'static str> {
    let possible = COPULAS.iter().filter(|(_, health)| !health || group == Group::Health);
    let mut named = possible.map(|(copula, _)| *copula);
    named.find(|copula| word.eq_ignore_ascii_case(copula.as_bytes()))
}
