//! The crates that Rust programs search with: aho-corasick and regex-automata.

use std::rc::Rc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use crate::ids::{Id, Tally, is_word};
use crate::peer::{Ids, Peer, Row, Terms};

/// Bytes that the cache of a lazy automaton may take: more than it needs here.
const CACHE: usize = 64 << 20;

/// Terms in an automaton of Aho and Corasick.
struct Automaton {
    row: Row,
    automaton: AhoCorasick,
}

/// Regular expressions.
struct Expressions {
    row: Row,
    ids: Rc<[Id]>,
    /// Each with the identifier that its first pattern stands for.
    regexes: Vec<Regex>,
    what: What,
}

/// What the patterns of a regular expression stand for.
#[derive(Clone, Copy)]
enum What {
    /// One identifier for each pattern of the only one.
    PatternIsId,
    /// One identifier for each expression.
    RegexIsId,
    /// Terms.
    Terms,
}

/// Returns the crates' tasks; `version_of` returns the version of a crate.
///
/// # Errors
///
/// An expression that a crate does not take.
pub fn rust_crates(
    ids: &Rc<[Id]>,
    terms: &[String],
    version_of: &dyn Fn(&str) -> String,
) -> Result<Vec<Box<dyn Peer>>, String> {
    let searching = version_of("aho-corasick");
    let matching = version_of("regex-automata");
    Ok(vec![
        Box::new(automaton(terms, None, &searching)?),
        Box::new(automaton(terms, Some(AhoCorasickKind::DFA), &searching)?),
        Box::new(alternation(ids, terms, &matching)?),
        Box::new(one_regex(ids, &matching)?),
        Box::new(one_regex_each(ids, &matching)?),
    ])
}

fn automaton(
    terms: &[String],
    kind: Option<AhoCorasickKind>,
    version: &str,
) -> Result<Automaton, String> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).kind(kind);
    let automaton = builder.build(terms).map_err(|error| format!("aho-corasick: {error}"))?;
    let asked = format!(
        "{} caseless terms, overlapping matches, word boundaries checked by the caller; {:?}",
        terms.len(),
        automaton.kind()
    );
    let mode = if kind.is_some() { "dfa" } else { "auto" };
    let mut row = row("aho-corasick", version, "terms", mode, asked);
    row.counts.terms = Terms::All;
    Ok(Automaton { row, automaton })
}

impl Peer for Automaton {
    fn row(&self) -> &Row {
        &self.row
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        let found = self.automaton.try_find_overlapping_iter(payload).map_err(|e| e.to_string())?;
        let whole = found.filter(|found| is_word(payload, found.start(), found.end()));
        Ok(Tally { terms: whole.count() as u64, ..Tally::default() })
    }
}

fn regex(patterns: &[&str], is_caseless: bool) -> Result<Regex, String> {
    let syntax = syntax::Config::new().unicode(false).utf8(false).case_insensitive(is_caseless);
    let config =
        Regex::config().utf8_empty(false).nfa_size_limit(None).hybrid_cache_capacity(CACHE);
    let built = Regex::builder().configure(config).syntax(syntax).build_many(patterns);
    built.map_err(|error| format!("regex-automata: {error}"))
}

fn row(
    engine: &'static str,
    version: &str,
    task: &'static str,
    mode: &'static str,
    asked: String,
) -> Row {
    Row { engine, version: version.to_owned(), task, mode, asked, ..Row::default() }
}

fn alternation(ids: &Rc<[Id]>, terms: &[String], version: &str) -> Result<Expressions, String> {
    let mut longest_first: Vec<&str> = terms.iter().map(String::as_str).collect();
    longest_first.sort_by_key(|term| std::cmp::Reverse(term.len()));
    let pattern = format!(r"\b(?:{})\b", longest_first.join("|"));
    let asked = format!("\\b(?:{} terms)\\b, caseless, meta engine, find_iter", terms.len());
    let mut row = row("regex-automata", version, "terms", "meta", asked);
    row.counts.terms = Terms::Longest;
    let regexes = vec![regex(&[&pattern], true)?];
    Ok(Expressions { row, ids: Rc::clone(ids), regexes, what: What::Terms })
}

fn one_regex(ids: &Rc<[Id]>, version: &str) -> Result<Expressions, String> {
    let asked = format!(
        "{} id regexes in one, meta engine, find_iter; each match checked by the caller",
        ids.len()
    );
    let mut row = row("regex-automata", version, "ids", "meta", asked);
    row.counts.ids = Ids::OneAtATime;
    let patterns: Vec<&str> = ids.iter().map(|id| id.pattern.as_str()).collect();
    let regexes = vec![regex(&patterns, false)?];
    Ok(Expressions { row, ids: Rc::clone(ids), regexes, what: What::PatternIsId })
}

fn one_regex_each(ids: &Rc<[Id]>, version: &str) -> Result<Expressions, String> {
    let asked = format!(
        "{} id regexes, a pass of find_iter for each; each match checked by the caller",
        ids.len()
    );
    let mut row = row("regex-automata", version, "ids", "each", asked);
    row.counts.ids = Ids::EachAlone;
    let regexes = ids.iter().map(|id| regex(&[id.pattern.as_str()], false));
    let regexes = regexes.collect::<Result<_, _>>()?;
    Ok(Expressions { row, ids: Rc::clone(ids), regexes, what: What::RegexIsId })
}

impl Peer for Expressions {
    fn row(&self) -> &Row {
        &self.row
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        let mut tally = Tally::of(self.ids.len());
        for (index, regex) in self.regexes.iter().enumerate() {
            for found in regex.find_iter(payload) {
                let id = match self.what {
                    What::PatternIsId => found.pattern().as_usize(),
                    What::RegexIsId => index,
                    What::Terms => {
                        tally.terms += 1;
                        continue;
                    }
                };
                let value = payload.get(found.range()).unwrap_or_default();
                if self.ids.get(id).is_some_and(|id| id.holds(value)) {
                    tally.add(id);
                }
            }
        }
        Ok(tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::parse_ids;

    fn tallies(text: &[u8]) -> Vec<Tally> {
        let ids: Rc<[Id]> = parse_ids(crate::IDS).unwrap().into();
        let terms = ["asthma", "asthma attack", "attack"].map(str::to_owned);
        let mut peers = rust_crates(&ids, &terms, &|_| "1".to_owned()).unwrap();
        peers.iter_mut().map(|peer| peer.scan(text).unwrap()).collect()
    }

    #[test]
    fn terms_are_counted_overlapping_or_longest() {
        let counts = tallies(b"An ASTHMA attack, asthma, asthmatic; \xffasthma");
        assert_eq!(counts.iter().map(|tally| tally.terms).collect::<Vec<_>>(), [5, 5, 3, 0, 0]);
    }

    #[test]
    fn identifiers_are_counted_by_pattern() {
        let counts =
            tallies(b"4111 1111 1111 1111, 4111 1111 1111 1112, GB29NWBK60161331926819 021000021");
        let ids = parse_ids(crate::IDS).unwrap();
        let count = |tally: &Tally, name: &str| {
            tally.ids[ids.iter().position(|id| id.name == name).unwrap()]
        };
        for tally in &counts[3..] {
            assert_eq!((count(tally, "card.visa"), count(tally, "iban")), (1, 1));
        }
        assert_eq!(count(&counts[4], "us.aba"), 1);
        assert_eq!(count(&counts[3], "us.aba"), 0, "the first pattern that fits takes the place");
    }
}
