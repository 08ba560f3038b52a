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
/// Subtracted where a proper noun is not written as one.
const UNCASED: u8 = 30;

/// Copulas in the present tense; in the past tense they tell stories more often than they state facts.
const PRESENT: &[&str] = &["am", "have", "has", "is", "are", "i'm"];

/// How firmly a text ties a term to a person.
struct Tie {
    score: u8,
    evidence: Vec<Evidence>,
    /// A label or header asks for the term, so its capitals do not matter.
    asked: bool,
}

impl Context<'_> {
    /// Returns what a term weighs here, `None` where nothing ties it to a person.
    ///
    /// # Complexity
    ///
    /// Constant: bounded look-back plus the hits within it.
    pub(crate) fn weigh_term(&self, hit: Hit, group: Group) -> Option<Weight> {
        let tie = self.label(hit, group).or_else(|| self.column(hit, group));
        let tie = tie.or_else(|| self.phrase(hit, group)).or_else(|| self.copula(hit))?;
        let uncased = !hit.cased && !tie.asked;
        let score = if uncased { tie.score.saturating_sub(UNCASED) } else { tie.score };
        let mut evidence = tie.evidence;
        if uncased {
            evidence.push(Evidence::Lowered("capitals"));
        }
        Some(Weight { score, evidence })
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
        Some(Tie { score: 82, evidence, asked: true })
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
        matches!(mark, b':' | b'=' | b'>') && !blank_line && !value.iter().any(ends)
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
        let columns = self.table?.column(self.haystack, self.base, hit.start)?;
        let named = columns.iter().find(|word| word.role == Role::Phrase(group))?;
        Some(Tie { score: 82, evidence: vec![Evidence::Header(named.text.clone())], asked: true })
    }

    /// A phrase before the term: `diagnosed with asthma`, `member of the UNISON branch`.
    fn phrase(&self, hit: Hit, group: Group) -> Option<Tie> {
        let from = hit.start.saturating_sub(LONGEST_PHRASE + SUBJECT_REACH);
        let ahead = self.hits_in(from..hit.start).rev();
        let phrases: Vec<Hit> = ahead
            .filter(|phrase| phrase.end <= hit.start)
            .filter(|phrase| self.has_role(*phrase, Role::Phrase(group)))
            .collect();
        let tied = phrases.iter().find(|phrase| self.ties(phrase.end..hit.start));
        let tied = tied.map(|last| {
            let earlier = phrases.iter().filter(|p| p.end >= last.start && p.end <= last.end);
            earlier.min_by_key(|phrase| phrase.start).unwrap_or(last)
        });
        match tied {
            Some(phrase) => self.tied(*phrase),
            None => self.loose(phrases.first().copied()?, hit),
        }
    }

    /// A phrase that stands right before the term, weighed by whom the sentence speaks of.
    fn tied(&self, phrase: Hit) -> Option<Tie> {
        let mut evidence = vec![Evidence::Phrase(self.text(phrase)?)];
        let subject = self.subject(phrase.end);
        let score = match &subject {
            Some(_) => 70,
            None if self.opens_statement(phrase.start) => 60,
            None => 40,
        };
        evidence.extend(subject);
        Some(Tie { score, evidence, asked: false })
    }

    /// A phrase further off counts only in a sentence about a patient, an employee, …
    fn loose(&self, phrase: Hit, hit: Hit) -> Option<Tie> {
        let near =
            phrase.end + SUBJECT_REACH >= hit.start && self.is_one_sentence(phrase.end..hit.start);
        let subject = self.subject(hit.start).filter(|_| near)?;
        let is_noun = matches!(&subject, Evidence::Subject(word) if word.len() > 4);
        let evidence = vec![Evidence::Phrase(self.text(phrase)?), subject];
        Some(Tie { score: if is_noun { 55 } else { 40 }, evidence, asked: false })
    }

    /// `She is pregnant`, `I have asthma`: a pronoun or noun, a copula, and the term.
    fn copula(&self, hit: Hit) -> Option<Tie> {
        let head = self.haystack.get(hit.start.saturating_sub(TIE_REACH)..hit.start)?;
        let words = head.rsplit(|b| !b.is_ascii_alphabetic() && *b != b'\'');
        let mut words = words.filter(|word| !word.is_empty()).take(3);
        let is_present =
            |word: &[u8]| PRESENT.iter().any(|p| word.eq_ignore_ascii_case(p.as_bytes()));
        let copula = words.find(|word| is_present(word))?;
        let at = hit.start - head.len() + offset_of(head, copula);
        let subject =
            self.subject(at + copula.len()).filter(|_| self.is_one_sentence(at..hit.start))?;
        let close = self.subject_end(at + copula.len())? + 2 >= at;
        let evidence = vec![Evidence::Phrase(lowered(copula)), subject];
        close.then_some(Tie { score: 60, evidence, asked: false })
    }

    /// Whether a phrase ends right before the term, with two short words between at the most.
    fn ties(&self, between: Range<usize>) -> bool {
        let gap = self.haystack.get(between.clone()).unwrap_or_default();
        let words = gap.split(|b| !b.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        gap.len() <= TIE_REACH && words.count() <= 2 && self.is_one_sentence(between)
    }

    fn is_one_sentence(&self, range: Range<usize>) -> bool {
        let text = self.haystack.get(range).unwrap_or_default();
        !text.iter().any(|b| matches!(b, b'.' | b'!' | b'?' | b';' | b'|' | b'{' | b'}'))
    }

    /// Returns the word for a person nearest before `at` in its sentence.
    fn subject(&self, at: usize) -> Option<Evidence> {
        let hit = self.subject_hit(at)?;
        Some(Evidence::Subject(self.text(hit)?))
    }

    fn subject_end(&self, at: usize) -> Option<usize> {
        self.subject_hit(at).map(|hit| hit.end)
    }

    fn subject_hit(&self, at: usize) -> Option<Hit> {
        let ahead = self.hits_in(at.saturating_sub(SUBJECT_REACH)..at).rev();
        let mut subjects = ahead.filter(|hit| hit.end <= at && self.has_role(*hit, Role::Subject));
        subjects.find(|hit| self.is_one_sentence(hit.end..at))
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

fn offset_of(head: &[u8], word: &[u8]) -> usize {
    word.as_ptr() as usize - head.as_ptr() as usize
}

fn lowered(word: &[u8]) -> std::borrow::Cow<'static, str> {
    let known = PRESENT.iter().find(|p| word.eq_ignore_ascii_case(p.as_bytes()));
    std::borrow::Cow::Borrowed(known.copied().unwrap_or(""))
}
