//! A loop over bytes that counts cards and social security numbers, as mail filters have one.
//!
//! Written from what the manual of ClamAV says of its structured data detection (`clamd.conf`:
//! `StructuredDataDetection`, `StructuredMinCreditCardCount`, `StructuredSSNFormatNormal`,
//! `StructuredSSNFormatStripped`): three passes over the text, one for card numbers of known issuers
//! that Luhn's formula accepts, one for numbers written `xxx-yy-zzzz`, one for `xxxyyzzzz`. It is not
//! ClamAV's code, which is under the GPL.

use crate::checks::{Check, check_of};
use crate::ids::Tally;
use crate::peer::{Peer, Row};

/// Bytes from the first digit of a card to its last.
const CARD_REACH: usize = 24;
/// Digits of the longest card that is looked for.
const LONGEST_CARD: usize = 16;

/// The loop.
pub struct Structured {
    row: Row,
    cards: Vec<(usize, Check)>,
    ssn: Check,
}

impl Structured {
    /// Returns the loop.
    ///
    /// # Errors
    ///
    /// A check is missing.
    pub fn new() -> Result<Structured, String> {
        let check = |name: &str| check_of(name).ok_or_else(|| format!("no check for {name}"));
        let asked = "cards (issuer, Luhn) and US SSN in both ways of writing: one pass over the bytes for \
            each of the three; after ClamAV's manual, not its code";
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let (engine, task, mode) = ("digit-loop", "cards+ssn", "clamav-style");
        let row = Row { engine, version, task, mode, asked: asked.to_owned(), ..Row::default() };
        let cards = CARDS.iter().map(|(length, name)| Ok((*length, check(name)?)));
        Ok(Structured { row, cards: cards.collect::<Result<_, String>>()?, ssn: check("us.ssn")? })
    }
}

/// Issuers by the number of their cards' digits.
const CARDS: &[(usize, &str)] = &[
    (16, "card.visa"),
    (16, "card.mastercard"),
    (15, "card.amex"),
    (16, "card.discover"),
    (14, "card.diners"),
    (16, "card.jcb"),
];

impl Peer for Structured {
    fn row(&self) -> &Row {
        &self.row
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        let cards = starts(payload, |text| card(text, &self.cards));
        let ssns = starts(payload, |text| ssn(text, b"ddd-dd-dddd", self.ssn));
        let bare = starts(payload, |text| ssn(text, b"ddddddddd", self.ssn));
        Ok(Tally { own: cards + ssns + bare, ..Tally::default() })
    }
}

/// Counts the places where a run of digits begins and a value is read; goes on behind the value.
fn starts(payload: &[u8], length_of: impl Fn(&[u8]) -> Option<usize>) -> u64 {
    let (mut count, mut at, mut before) = (0, 0, false);
    while let Some(byte) = payload.get(at) {
        let is_digit = byte.is_ascii_digit();
        let rest = payload.get(at..).filter(|_| is_digit && !before);
        match rest.and_then(&length_of) {
            Some(length) => {
                count += 1;
                at += length;
                before = true;
            }
            None => {
                at += 1;
                before = is_digit;
            }
        }
    }
    count
}

/// Returns the length of the card number that a text begins with.
fn card(text: &[u8], cards: &[(usize, Check)]) -> Option<usize> {
    if !matches!(text.first(), Some(b'2'..=b'6')) {
        return None;
    }
    let mut digits = [0; LONGEST_CARD];
    let (mut length, mut end) = (0, 0);
    for (at, byte) in text.iter().enumerate().take(CARD_REACH) {
        match byte {
            b'0'..=b'9' => *digits.get_mut(length)? = *byte,
            b' ' | b'-' => continue,
            _ => break,
        }
        (length, end) = (length + 1, at + 1);
        if length == LONGEST_CARD {
            break;
        }
    }
    let fits = |(length, check): &&(usize, Check)| digits.get(..*length).is_some_and(check);
    let known = cards.iter().filter(|(needed, _)| *needed == length).find(fits);
    known.filter(|_| !text.get(end).is_some_and(u8::is_ascii_digit)).map(|_| end)
}

/// Returns the length of the social security number that a text begins with, written like a template
/// where `d` is a digit.
fn ssn(text: &[u8], template: &[u8], check: Check) -> Option<usize> {
    let value = text.get(..template.len())?;
    let fits = |(byte, place): (&u8, &u8)| match place {
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    let ends = !text.get(template.len()).is_some_and(u8::is_ascii_digit);
    if !ends || !value.iter().zip(template).all(fits) {
        return None;
    }
    let mut digits = [0; 9];
    let kept = value.iter().filter(|byte| byte.is_ascii_digit());
    digits.iter_mut().zip(kept).for_each(|(slot, byte)| *slot = *byte);
    check(&digits).then_some(template.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> u64 {
        Structured::new().unwrap().scan(text.as_bytes()).unwrap().total()
    }

    #[test]
    fn cards_and_social_security_numbers_are_counted() {
        assert_eq!(count("4111 1111 1111 1111, 5555555555554444 and 3782-822463-10005"), 3);
        assert_eq!(count("536-90-4399 536904399"), 2);
        assert_eq!(count("4111 1111 1111 1112, 666-90-4399, 5369043990"), 0);
        assert_eq!(count("41111111111111111 x4111111111111111"), 1);
        assert_eq!(count(""), 0);
    }
}
