//! Counts that have to agree: figures of engines that do different work are no comparison.

use std::collections::BTreeMap;

use crate::ids::{Id, Tally, is_word, is_word_byte};
use crate::peer::{Ids, Row, Terms};

/// Bytes of a corpus in which terms are also counted one by one.
pub const PREFIX: usize = 64 * 1024;

/// Returns where the counts over one corpus differ that may not.
pub fn disagreements(ids: &[Id], corpus: &str, counted: &[(&Row, &Tally)]) -> Vec<String> {
    let mut found = Vec::new();
    let mut agree = |what: &str, counts: Vec<(String, u64)>| {
        found.extend(differing(&counts).map(|counts| format!("{corpus}: {what}: {counts}")));
    };
    let rows = |is_one: &dyn Fn(&Row) -> bool, count: &dyn Fn(&Tally) -> u64| {
        let rows = counted.iter().filter(|(row, _)| is_one(row));
        rows.map(|(row, tally)| (row.name(), count(tally))).collect::<Vec<_>>()
    };
    agree("terms", rows(&|row| row.counts.terms == Terms::All, &|tally| tally.terms));
    let is_default = |row: &Row| row.engine == "portcullis" && row.task == "default";
    agree("findings", rows(&is_default, &Tally::total));
    for (index, id) in ids.iter().enumerate() {
        let count = |tally: &Tally| tally.ids.get(index).copied().unwrap_or(0);
        agree(&id.name, rows(&|row| row.counts.ids == Ids::AllEnds, &count));
    }
    if corpus.starts_with("dense") {
        let by_prefix = |prefix: &'static str| move |tally: &Tally| sum_of(ids, tally, prefix);
        for prefix in ["card.", "us.ssn", "us.itin"] {
            agree(prefix, rows(&counts_groups, &by_prefix(prefix)));
        }
        agree("iban", rows(&counts_letters, &by_prefix("iban")));
    }
    found
}

/// Returns how often a text holds a term between word boundaries, and how often if nothing may overlap
/// the longest one; by looking for each term at each place.
pub fn terms_one_by_one(text: &[u8], terms: &[String]) -> (u64, u64) {
    let (mut all, mut longest, mut free_from) = (0, 0, 0);
    for from in 0..text.len() {
        if from.checked_sub(1).and_then(|at| text.get(at)).is_some_and(is_word_byte) {
            continue;
        }
        let is_here = |term: &&String| {
            let to = from + term.len();
            let same = text.get(from..to).is_some_and(|t| t.eq_ignore_ascii_case(term.as_bytes()));
            same && is_word(text, from, to)
        };
        let lengths: Vec<usize> = terms.iter().filter(is_here).map(String::len).collect();
        all += lengths.len() as u64;
        if let Some(length) = lengths.iter().max().filter(|_| from >= free_from) {
            longest += 1;
            free_from = from + length;
        }
    }
    (all, longest)
}

/// What counts every number in groups, also one that begins within another.
fn counts_groups(row: &Row) -> bool {
    matches!(row.counts.ids, Ids::AllEnds | Ids::Groups)
}

/// What counts values with letters in them.
fn counts_letters(row: &Row) -> bool {
    matches!(row.counts.ids, Ids::AllEnds | Ids::EachAlone | Ids::OneAtATime)
}

fn sum_of(ids: &[Id], tally: &Tally, prefix: &str) -> u64 {
    let named = ids.iter().zip(&tally.ids).filter(|(id, _)| id.name.starts_with(prefix));
    named.map(|(_, count)| count).sum()
}

/// Returns who counts what, if not all count the same.
fn differing(counts: &[(String, u64)]) -> Option<String> {
    let mut by_count = BTreeMap::<u64, Vec<&str>>::new();
    for (name, count) in counts {
        by_count.entry(*count).or_default().push(name);
    }
    let groups = by_count.iter().map(|(count, names)| format!("{count} by {}", names.join(", ")));
    (by_count.len() > 1).then(|| groups.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::parse_ids;
    use crate::peer::Counts;

    fn row(engine: &'static str, ids: Ids, terms: Terms) -> Row {
        let counts = Counts { ids, terms };
        Row { engine, task: "t", mode: "m", counts, ..Row::default() }
    }

    #[test]
    fn terms_are_found_one_by_one() {
        let terms = ["asthma", "asthma attack", "attack"].map(str::to_owned);
        assert_eq!(terms_one_by_one(b"ASTHMA attack; asthmatic, attack", &terms), (4, 2));
        assert_eq!(terms_one_by_one(b"", &terms), (0, 0));
    }

    #[test]
    fn differences_are_named() {
        let ids = parse_ids(crate::IDS).unwrap();
        let (all, own) = (row("a", Ids::AllEnds, Terms::All), row("b", Ids::Own, Terms::Own));
        let each = row("c", Ids::Groups, Terms::All);
        let mut tally = Tally { terms: 3, ..Tally::of(ids.len()) };
        tally.add(0);
        let other = Tally { terms: 4, ..Tally::of(ids.len()) };
        let counted = [(&all, &tally), (&own, &other), (&each, &other)];
        assert_eq!(
            disagreements(&ids, "prose", &counted),
            ["prose: terms: 3 by a/t/m; 4 by c/t/m"]
        );
        let dense = disagreements(&ids, "dense", &counted);
        assert_eq!(dense.last().unwrap(), "dense: card.: 0 by c/t/m; 1 by a/t/m");
        assert_eq!(disagreements(&ids, "dense", &counted[..2]), Vec::<String>::new());
    }

    #[test]
    fn findings_are_the_same_for_every_way_in() {
        let own = |mode| Row { engine: "portcullis", task: "default", mode, ..Row::default() };
        let (slice, stream) = (own("slice"), own("stream"));
        let (one, two) =
            (Tally { own: 1, ..Tally::default() }, Tally { own: 2, ..Tally::default() });
        let found = disagreements(&[], "logs", &[(&slice, &one), (&stream, &two)]);
        assert_eq!(
            found,
            ["logs: findings: 1 by portcullis/default/slice; 2 by portcullis/default/stream"]
        );
    }
}
