//! Hyperscan and Vectorscan: the same interface, each from its own library.

mod ffi;
mod numbers;

use std::path::Path;
use std::rc::Rc;

use ffi::{CASELESS, Database, Library, Mode, Syntax};
use numbers::{Numbers, TOKEN};

use crate::ids::{Id, Tally, is_word};
use crate::own::CHUNK;
use crate::peer::{Counts, Ids, Peer, Row, Terms};

/// What is asked of a library, and whose it is.
struct Task {
    row: Row,
    ids: Rc<[Id]>,
    work: Work,
}

/// How it is asked.
enum Work {
    /// Identifiers, then terms, as regular expressions in one database.
    Regexes { database: Database, mode: Mode },
    /// Terms as literals.
    Literals(Literals),
    /// Numbers in one pass, terms as literals in the next.
    Tuned { digits: Database, numbers: Box<Numbers>, literals: Literals },
}

/// Terms as literals, with their lengths.
struct Literals {
    database: Database,
    lengths: Vec<usize>,
}

/// Opens a library and returns its tasks.
///
/// # Errors
///
/// The library cannot be opened, or does not take an expression.
pub fn hyperscan(
    engine: &'static str,
    path: &Path,
    ids: &Rc<[Id]>,
    terms: &[String],
) -> Result<Vec<Box<dyn Peer>>, String> {
    let failed = |error: String| format!("{engine}: {error}");
    let library = Rc::new(Library::open(path).map_err(failed)?);
    let base = Row { engine, version: library.version(), ..Row::default() };
    let tasks = [
        realistic(&base, &library, ids, terms, Mode::Block),
        realistic(&base, &library, ids, terms, Mode::Stream),
        tuned(&base, &library, ids, terms),
        identifiers(&base, &library, ids),
        literal_terms(&base, &library, ids, terms),
    ];
    let tasks = tasks
        .into_iter()
        .map(|task| task.map(|task| Box::new(task) as Box<dyn Peer>).map_err(failed));
    tasks.collect()
}

fn realistic(
    base: &Row,
    library: &Rc<Library>,
    ids: &Rc<[Id]>,
    terms: &[String],
    mode: Mode,
) -> Result<Task, String> {
    let how = match mode {
        Mode::Block => "block mode",
        Mode::Stream => "streaming mode, chunks of 64 KiB",
    };
    let asked = format!(
        "{} id regexes, each match looked back from its end, separators dropped and checked in the \
         callback, and {} caseless \\bterm\\b, in one database; {how}",
        ids.len(),
        terms.len()
    );
    let bounded: Vec<String> = terms.iter().map(|term| format!(r"\b{term}\b")).collect();
    let mut expressions: Vec<_> = ids.iter().map(|id| (id.pattern.as_str(), 0)).collect();
    expressions.extend(bounded.iter().map(|term| (term.as_str(), CASELESS)));
    let database = Database::compile(library, &expressions, Syntax::Regex, mode)?;
    let counts = Counts { ids: Ids::AllEnds, terms: Terms::All };
    let row = Row { task: "realistic", mode: mode.name(), asked, counts, ..base.clone() };
    Ok(Task { row, ids: Rc::clone(ids), work: Work::Regexes { database, mode } })
}

fn identifiers(base: &Row, library: &Rc<Library>, ids: &Rc<[Id]>) -> Result<Task, String> {
    let asked =
        format!("the {} id regexes of `realistic` without the terms; block mode", ids.len());
    let expressions: Vec<_> = ids.iter().map(|id| (id.pattern.as_str(), 0)).collect();
    let mode = Mode::Block;
    let database = Database::compile(library, &expressions, Syntax::Regex, mode)?;
    let counts = Counts { ids: Ids::AllEnds, terms: Terms::Own };
    let row = Row { task: "ids", mode: "block", asked, counts, ..base.clone() };
    Ok(Task { row, ids: Rc::clone(ids), work: Work::Regexes { database, mode } })
}

fn literal_terms(
    base: &Row,
    library: &Rc<Library>,
    ids: &Rc<[Id]>,
    terms: &[String],
) -> Result<Task, String> {
    let asked = format!(
        "{} caseless literals, word boundaries checked in the callback; block mode",
        terms.len()
    );
    let counts = Counts { ids: Ids::Own, terms: Terms::All };
    let row = Row { task: "terms", mode: "block", asked, counts, ..base.clone() };
    let work = Work::Literals(Literals::compile(library, terms)?);
    Ok(Task { row, ids: Rc::clone(ids), work })
}

fn tuned(
    base: &Row,
    library: &Rc<Library>,
    ids: &Rc<[Id]>,
    terms: &[String],
) -> Result<Task, String> {
    let asked = format!(
        "best tuned, two passes: one regex for 9 or more digits with single separators, the token taken \
         apart in the callback and its groups typed and checked (no e-mail, MRZ, IBAN or other ids with \
         letters: less work); then {} caseless literals with word boundaries checked; block mode",
        terms.len()
    );
    let digits = Database::compile(library, &[(TOKEN, 0)], Syntax::Regex, Mode::Block)?;
    let counts = Counts { ids: Ids::Groups, terms: Terms::All };
    let row = Row { task: "tuned", mode: "block", asked, counts, ..base.clone() };
    let (numbers, literals) = (Box::new(Numbers::of(ids)), Literals::compile(library, terms)?);
    Ok(Task { row, ids: Rc::clone(ids), work: Work::Tuned { digits, numbers, literals } })
}

impl Peer for Task {
    fn row(&self) -> &Row {
        &self.row
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        let mut tally = Tally::of(self.ids.len());
        match &mut self.work {
            Work::Regexes { database, mode } => {
                let mut counting = Counting::new(&self.ids, payload, &mut tally);
                let found = |id: usize, to: usize| counting.found(id, to);
                match mode {
                    Mode::Block => database.scan(payload, found)?,
                    Mode::Stream => database.scan_stream(payload.chunks(CHUNK), found)?,
                }
            }
            Work::Literals(literals) => tally.terms = literals.count(payload)?,
            Work::Tuned { digits, numbers, literals } => {
                let mut done = 0;
                digits.scan(payload, |_, to| {
                    if to > done {
                        done = numbers.token(payload, to, &self.ids, &mut tally);
                    }
                })?;
                tally.terms = literals.count(payload)?;
            }
        }
        Ok(tally)
    }
}

impl Literals {
    fn compile(library: &Rc<Library>, terms: &[String]) -> Result<Literals, String> {
        let expressions: Vec<_> = terms.iter().map(|term| (term.as_str(), CASELESS)).collect();
        let database = Database::compile(library, &expressions, Syntax::Literal, Mode::Block)?;
        Ok(Literals { database, lengths: terms.iter().map(String::len).collect() })
    }

    fn count(&mut self, payload: &[u8]) -> Result<u64, String> {
        let (mut count, lengths) = (0, &self.lengths);
        self.database.scan(payload, |term, to| {
            let from = lengths.get(term).and_then(|length| to.checked_sub(*length));
            count += u64::from(from.is_some_and(|from| is_word(payload, from, to)));
        })?;
        Ok(count)
    }
}

/// The callback for regular expressions: checks what ends at each match, and counts each value once.
struct Counting<'s> {
    ids: &'s [Id],
    payload: &'s [u8],
    tally: &'s mut Tally,
    /// Where the last value of each identifier begins, and one more.
    last: Vec<usize>,
}

impl<'s> Counting<'s> {
    fn new(ids: &'s [Id], payload: &'s [u8], tally: &'s mut Tally) -> Counting<'s> {
        Counting { ids, payload, tally, last: vec![0; ids.len()] }
    }

    fn found(&mut self, index: usize, to: usize) {
        let (Some(id), Some(last)) = (self.ids.get(index), self.last.get_mut(index)) else {
            self.tally.terms += 1;
            return;
        };
        let Some(from) = id.ending_at(self.payload, to) else { return };
        if *last != from + 1 {
            *last = from + 1;
            self.tally.add(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] =
        b"Card 4111 1111 1111 1111, SSN 536-90-4399, IBAN GB29 NWBK 6016 1331 9268 19: \
        a@b.example has ASTHMA and asthmatic asthma.";

    /// Where a loader looks for a library by its name alone.
    const INSTALLED: &str = "libhs.so.5";

    #[test]
    fn a_library_that_is_not_there_is_named() {
        let ids: Rc<[Id]> = crate::ids::parse_ids(crate::IDS).unwrap().into();
        let error = hyperscan("hyperscan", Path::new("no/such/libhs.so"), &ids, &[]).err().unwrap();
        assert!(error.starts_with("hyperscan: no/such/libhs.so: "), "{error}");
    }

    /// Where the library is installed, every task counts the same text as expected; elsewhere the error
    /// says which file is missing.
    #[test]
    fn tasks_count_the_same() {
        let ids: Rc<[Id]> = crate::ids::parse_ids(crate::IDS).unwrap().into();
        let mut tasks = match hyperscan("hyperscan", Path::new(INSTALLED), &ids, &["asthma".into()])
        {
            Ok(tasks) => tasks,
            Err(error) => return assert!(error.contains(INSTALLED), "{error}"),
        };
        let counts: Vec<Tally> = tasks.iter_mut().map(|task| task.scan(TEXT).unwrap()).collect();
        assert_eq!(counts.iter().map(|tally| tally.terms).collect::<Vec<_>>(), [2, 2, 2, 0, 2]);
        assert_eq!(counts[0], counts[1]);
        assert_eq!(counts[0].ids, counts[3].ids);
        assert_eq!(counts.iter().map(|tally| tally.ids[0]).collect::<Vec<_>>(), [1, 1, 1, 1, 0]);
    }
}
