//! Digits in groups, typed and checked in a callback: how an engine for expressions is used best.

use crate::ids::{Id, Tally, is_separator, is_word_byte};

/// Nine or more digits with at most one separator between any two. The end of a word at the end spares
/// a callback for each digit from the ninth on, and the library is faster with it.
pub const TOKEN: &str = r"\d(?:[ ./-]?\d){8,}\b";

/// Groups that a window holds at most, one for every hexadecimal digit of its code.
const GROUPS: usize = 16;
/// Digits of the longest identifier that has no letters.
const LONGEST: usize = 16;

/// Identifiers by the groups that they are written in.
pub struct Numbers {
    /// For each number of digits, the codes of groups and who is written so.
    ways: [Vec<(u64, Vec<usize>)>; LONGEST + 1],
    /// Groups of the token at hand.
    groups: Vec<Group>,
}

/// A stretch of digits: where it begins and ends.
type Group = (usize, usize);

impl Numbers {
    /// Files identifiers under their groups.
    pub fn of(ids: &[Id]) -> Numbers {
        let mut ways = [const { Vec::<(u64, Vec<usize>)>::new() }; LONGEST + 1];
        for (index, id) in ids.iter().enumerate() {
            for groups in &id.groups {
                let code = groups.iter().fold(0, |code, length| coded(code, *length));
                let Some(listed) = ways.get_mut(groups.iter().sum::<usize>()) else { continue };
                match listed.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, who)) => who.push(index),
                    None => listed.push((code, vec![index])),
                }
            }
        }
        Numbers { ways, groups: Vec::new() }
    }

    /// Counts the values in the token around the digit that ends at `to`, and returns where it ends.
    pub fn token(&mut self, bytes: &[u8], to: usize, ids: &[Id], tally: &mut Tally) -> usize {
        let (first, end) = extent(bytes, to);
        self.groups.clear();
        let mut begin = first;
        for at in first..=end {
            if at == end || bytes.get(at).is_some_and(|byte| is_separator(*byte)) {
                self.groups.push((begin, at));
                begin = at + 1;
            }
        }
        if bytes.get(end).is_some_and(is_word_byte) {
            self.groups.pop();
        }
        let before = first.checked_sub(1).and_then(|at| bytes.get(at));
        let is_glued = before.is_some_and(is_word_byte);
        for first in usize::from(is_glued)..self.groups.len() {
            self.from(bytes, self.groups.get(first..).unwrap_or_default(), ids, tally);
        }
        end
    }

    /// Counts the values that begin with the first of these groups.
    fn from(&self, bytes: &[u8], groups: &[Group], ids: &[Id], tally: &mut Tally) {
        let (mut digits, mut length, mut code) = ([0; LONGEST], 0, 0);
        for (begin, end) in groups.iter().take(GROUPS) {
            let group = bytes.get(*begin..*end).unwrap_or_default();
            let Some(slots) = digits.get_mut(length..length + group.len()) else { return };
            slots.copy_from_slice(group);
            length += group.len();
            code = coded(code, group.len());
            let value = digits.get(..length).unwrap_or_default();
            for (_, who) in self.ways.get(length).into_iter().flatten().filter(|(c, _)| *c == code)
            {
                let valid =
                    |index: &&usize| ids.get(**index).is_some_and(|id| id.holds_digits(value));
                who.iter().filter(valid).for_each(|index| tally.add(*index));
            }
        }
    }
}

/// Appends a group to a code. A group has at most sixteen digits, and sixteen stands alone.
fn coded(code: u64, length: usize) -> u64 {
    code << 4 | (length as u64 & 15)
}

/// Returns where the token of digits and single separators begins and ends that a match lies in.
fn extent(bytes: &[u8], to: usize) -> (usize, usize) {
    let is_part = |at: usize, inner: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii_digit() => true,
        Some(byte) => is_separator(*byte) && bytes.get(inner).is_some_and(u8::is_ascii_digit),
        None => false,
    };
    let mut first = to.saturating_sub(1);
    while first > 0 && is_part(first - 1, first.wrapping_sub(2)) {
        first -= 1;
    }
    let mut end = to;
    while is_part(end, end + 1) {
        end += 1;
    }
    (first, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::parse_ids;

    fn counted(text: &str, to: usize) -> (usize, Vec<(String, u64)>) {
        let ids = parse_ids(crate::IDS).unwrap();
        let mut tally = Tally::of(ids.len());
        let end = Numbers::of(&ids).token(text.as_bytes(), to, &ids, &mut tally);
        let counts = ids.iter().zip(&tally.ids).filter(|(_, count)| **count > 0);
        (end, counts.map(|(id, count)| (id.name.clone(), *count)).collect())
    }

    #[test]
    fn a_token_is_taken_whole_and_typed_by_its_groups() {
        let text = "pan 4111 1111 1111 1111, next";
        assert_eq!(extent(text.as_bytes(), 14), (4, 23));
        assert_eq!(counted(text, 14), (23, vec![("card.visa".to_owned(), 1)]));
        assert_eq!(counted("4111111111111111", 9).1, [("card.visa".to_owned(), 1)]);
        assert_eq!(counted("536-90-4399.", 11).1, [("us.ssn".to_owned(), 1)]);
        assert_eq!(counted("4111 1111 1111 1112", 11).1, []);
    }

    #[test]
    fn values_beside_each_other_are_all_seen() {
        let (end, counts) = counted("536-90-4399 4111 1111 1111 1111 30", 11);
        assert_eq!(end, 34);
        assert_eq!(counts, [("card.visa".to_owned(), 1), ("us.ssn".to_owned(), 1)]);
    }

    #[test]
    fn a_letter_beside_a_number_ends_no_word() {
        assert_eq!(counted("x536-90-4399", 12).1, []);
        assert_eq!(counted("536-90-4399x", 11).1, []);
        assert_eq!(counted("536-90-4399-", 11), (11, vec![("us.ssn".to_owned(), 1)]));
    }

    #[test]
    fn what_is_too_long_is_nothing() {
        assert_eq!(counted(&"4111111111111111".repeat(40), 300), (640, vec![]));
        assert_eq!(counted(&"1 ".repeat(400), 99).0, 799);
    }
}
