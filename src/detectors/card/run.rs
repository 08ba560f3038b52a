//! Card numbers within a run of more digits than any card has.
//!
//! In a random run of forty digits one place in forty passes for a card, so more must speak for one:
//! cards that fill the run back to back, the same column in neighbouring records, or a word for a
//! card and a place that a card would have.

use std::ops::Range;

use super::pan::Card;
use crate::detectors::proof::NEVER_ALONE;
use crate::detectors::{Place, Proof};
use crate::finding::Evidence;
use crate::validators::{date, digits, luhn};

/// Digits of the cards that are looked for, the most frequent first.
const LENGTHS: [usize; 3] = [16, 15, 14];
/// The most that may speak against a card by itself: lengths that the network seldom issues and
/// doubtful ranges are left out.
const USUAL: i8 = -8;
/// Digits on either side that are read: seven cards.
const REACH: usize = 7 * 16;
/// Bytes of the longest record of fixed width, its line end included: of nine in a row the one in the
/// middle sees the others.
const LONGEST_RECORD: usize = 100;
/// Records in a row that show a card at one column. Where they all begin alike, with a date or an
/// issuer's digits, one number in ten passes.
const RECORDS: usize = 8;
/// The same where a date stands behind each card.
const DATED_RECORDS: usize = 5;
/// Bytes of a card and of a date behind it.
const DATED_LEN: usize = 16 + 8;

const _: () = assert!(4 * LONGEST_RECORD + DATED_LEN <= Place::REACH && REACH <= Place::REACH);

/// Returns the proof for the card that begins at `place`, where more than its digits speaks for one.
pub(super) fn proof(digits: &[u8], place: Place<'_>) -> Option<Proof> {
    let lengths = LENGTHS.iter().copied();
    let mut cards = lengths.filter_map(|len| Some((len, usual(digits.get(..len)?)?)));
    cards.find_map(|(len, card)| {
        let (reason, adjust) = Run::around(place, len).speaks()?;
        let mut evidence = card.evidence();
        evidence.push(Evidence::Check(reason.into()));
        Some(Proof { evidence, len, adjust, test: card.test })
    })
}

/// Returns the card that the digits number, if its network issues such numbers every day.
fn usual(digits: &[u8]) -> Option<Card> {
    // Nine of ten places end here.
    let card = luhn::is_valid(digits).then(|| Card::parse(digits))?;
    card.filter(|card| card.adjust(digits.len(), false) >= USUAL)
}

/// A card within its run.
struct Run<'r> {
    place: Place<'r>,
    len: usize,
    /// The digits before and behind the card, as far as they are read.
    ahead: &'r [u8],
    behind: &'r [u8],
}

/// What stands at an end of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The run ends as numbers do.
    Clear,
    /// Letters touch it, or it is the fraction of a number.
    Touched,
    /// It is too far away to be seen.
    Unseen,
}

impl<'r> Run<'r> {
    fn around(place: Place<'r>, len: usize) -> Run<'r> {
        let (head, tail) = place.haystack.split_at_checked(place.at).unwrap_or_default();
        let tail = tail.get(len..).unwrap_or_default();
        let digit = |byte: &&u8| byte.is_ascii_digit();
        let before = head.iter().rev().take(REACH).take_while(digit).count();
        let after = tail.iter().take(REACH).take_while(digit).count();
        Run {
            place,
            len,
            ahead: head.get(head.len() - before..).unwrap_or_default(),
            behind: tail.get(..after).unwrap_or_default(),
        }
    }

    /// Returns what speaks for the card, and what to add to its score where no word does.
    fn speaks(&self) -> Option<(&'static str, i8)> {
        let ends = [self.opening(), self.closing()];
        let back_to_back = || (!ends.contains(&End::Touched)).then(|| self.back_to_back(ends))?;
        let record = || self.in_records().then_some(("fixed-width", 0));
        let placed = || (!ends.contains(&End::Touched)).then(|| self.placed(ends))?;
        back_to_back().or_else(record).or_else(placed)
    }

    fn opening(&self) -> End {
        let start = self.place.at - self.ahead.len();
        let mut head = self.place.haystack.get(..start).unwrap_or_default().iter().rev();
        end(self.ahead, head.next(), head.next())
    }

    fn closing(&self) -> End {
        let behind = self.place.at + self.len + self.behind.len();
        let mut tail = self.place.haystack.get(behind..).unwrap_or_default().iter();
        end(self.behind, tail.next(), tail.next())
    }

    /// Cards that follow each other without a gap: the more of them, the less the ends of the run need
    /// to say. One random run of 32 digits in 1,500 is two cards; 48 digits are three in 50,000.
    fn back_to_back(&self, ends: [End; 2]) -> Option<(&'static str, i8)> {
        let (before, rest_before) = cards_before(self.ahead);
        let (after, rest_after) = cards_from(self.behind);
        let rests = ends.into_iter().zip([rest_before, rest_after]);
        let filled = rests.filter(|(end, rest)| *end == End::Clear && *rest == 0).count();
        let cards = before + 1 + after;
        let least = match filled {
            2 => 2,
            1 => 3,
            _ => 5,
        };
        (cards >= least).then_some(("back-to-back", if cards == 2 { -7 } else { 0 }))
    }

    /// Cards at one column of lines of one width.
    fn in_records(&self) -> bool {
        let Some(line) = self.line() else { return false };
        let (mut cards, mut dated) = (1, usize::from(is_date(self.behind)));
        for back in [true, false] {
            for count in 1..=(Place::REACH - DATED_LEN) / line.len() {
                let Some(at) = self.neighbour(&line, line.len() * count, back) else { break };
                let tail = self.place.haystack.get(at + self.len..).unwrap_or_default();
                cards += 1;
                dated += usize::from(is_date(tail));
            }
        }
        cards >= RECORDS || dated == cards && dated >= DATED_RECORDS
    }

    /// Returns where another card stands in the line that is `distance` bytes away.
    fn neighbour(&self, line: &Range<usize>, distance: usize, back: bool) -> Option<usize> {
        let shift = |at: usize| if back { at.checked_sub(distance) } else { Some(at + distance) };
        let start = shift(line.start)?;
        let opens = start == 0 || self.place.haystack.get(start - 1) == Some(&b'\n');
        let at = shift(self.place.at)?;
        let own = self.place.haystack.get(self.place.at..self.place.at + self.len);
        let other = self.place.haystack.get(at..at + self.len)?;
        (opens && Some(other) != own && usual(other).is_some()).then_some(at)
    }

    /// Returns the line that holds the card, its end included.
    fn line(&self) -> Option<Range<usize>> {
        let Place { haystack, at } = self.place;
        let from = at.saturating_sub(LONGEST_RECORD);
        let start = haystack.get(from..at)?.iter().rposition(|byte| *byte == b'\n');
        let start = start.map(|index| from + index + 1).or((from == 0).then_some(0))?;
        let rest = haystack.get(at..)?.iter().take(LONGEST_RECORD);
        let end = at + rest.clone().position(|byte| *byte == b'\n').unwrap_or(rest.len()) + 1;
        (end - start <= LONGEST_RECORD).then_some(start..end)
    }

    /// A card at an end of the run, or with an expiry date behind it: enough beside a word for a card.
    fn placed(&self, [opening, closing]: [End; 2]) -> Option<(&'static str, i8)> {
        if is_date(self.behind) {
            return Some(("date", DATED));
        }
        let at_end = |rest: &[u8], end: End| rest.is_empty() && end == End::Clear;
        let holds =
            at_end(self.ahead, opening) || at_end(self.behind, closing) || is_expiry(self.behind);
        holds.then_some(("structure", NEVER_ALONE))
    }
}

/// Added for a card with a whole date behind it: other numbers end in dates as well, so that it is of
/// low confidence alone.
const DATED: i8 = -22;

/// Returns what an end of a run is from the digits read up to it and the two bytes beyond.
fn end(digits: &[u8], next: Option<&u8>, beyond: Option<&u8>) -> End {
    let fraction = next == Some(&b'.') && beyond.is_some_and(u8::is_ascii_digit);
    match next {
        _ if digits.len() == REACH => End::Unseen,
        Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'_' || fraction => End::Touched,
        _ => End::Clear,
    }
}

/// Returns how many cards end the digits, and how many digits remain before them.
fn cards_before(digits: &[u8]) -> (usize, usize) {
    let (mut rest, mut cards) = (digits, 0);
    let is_card = |rest: &[u8], start: usize| rest.get(start..).and_then(usual).is_some();
    while let Some(start) = LENGTHS
        .iter()
        .filter_map(|len| rest.len().checked_sub(*len))
        .find(|start| is_card(rest, *start))
    {
        rest = rest.get(..start).unwrap_or_default();
        cards += 1;
    }
    (cards, rest.len())
}

/// Returns how many cards begin the digits, and how many digits remain behind them.
fn cards_from(digits: &[u8]) -> (usize, usize) {
    let (mut rest, mut cards) = (digits, 0);
    let is_card = |rest: &[u8], len: usize| rest.get(..len).and_then(usual).is_some();
    while let Some(len) = LENGTHS.iter().copied().find(|len| is_card(rest, *len)) {
        rest = rest.get(len..).unwrap_or_default();
        cards += 1;
    }
    (cards, rest.len())
}

/// Returns whether the digits begin with a day of the years 2000 to 2049, YYYYMMDD.
fn is_date(digits: &[u8]) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(digits::number);
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    (2000..2050).contains(&year) && date::is_date(year, month, day)
}

/// Returns whether the digits begin with an expiry date, MMYY or YYMM.
fn is_expiry(digits: &[u8]) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(digits::number);
    let (Some(first), Some(second)) = (part(0..2), part(2..4)) else { return false };
    let fits = |month: u32, year: u32| (1..=12).contains(&month) && (20..50).contains(&year);
    fits(first, second) || fits(second, first)
}
