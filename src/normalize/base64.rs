//! Runs of base64 that hold text. Source: RFC 4648, 4 and 5.

use std::ops::Range;

use super::Text;
use crate::engine::base64::{bytes, bytes_of, is_either};

/// Characters of the shortest run that is tried wherever it stands: nine bytes, the shortest number that
/// means something alone.
const SHORTEST_RUN: usize = 12;
/// Characters of the shortest value that is tried where something names it: three bytes, a security code.
const SHORTEST_VALUE: usize = 4;
/// Characters of the longest such value.
pub(super) const LONGEST_VALUE: usize = 128;
/// Characters of the shortest text that may be a table.
pub(super) const SHORTEST_TEXT: usize = 24;
/// Characters of a padded run from which on it is no number that a line end cuts.
const LONG_NUMBER: usize = 20;
/// Characters of the shortest line that goes on in the next one.
const SHORTEST_LINE: usize = 40;
/// Letters and digits in a row that every run holds that is tried wherever it stands.
pub(super) const SHORTEST_WORD: usize = 10;
/// Characters that pad a run.
const MOST_PADDING: usize = 2;
/// Characters from which on a run need hold no number: words are shorter.
const LONG_RUN: usize = 32;
/// Digits at the start of a short run.
const FEWEST_DIGITS: usize = 4;
/// Digits of a value that no padding shows to be base64.
const FEWEST_VALUE_DIGITS: usize = 2;
/// Characters that are looked at before a run is taken for text.
const GLIMPSE: usize = 32;
/// Characters of a run before its first quantum.
const PHASES: Range<usize> = 0..4;

/// Copies a text, with the runs of base64 in it that hold text decoded. Returns whether there was any.
///
/// A run whose beginning lies before the text may begin within a quantum: every phase is tried.
pub(super) fn decode(from: &Text, to: &mut Text) -> bool {
    to.clear();
    let (mut at, mut copied) = (0, 0);
    let mut last = 0..0;
    while let Some(ahead) = from.bytes.get(at..).and_then(|t| t.iter().position(is_either)) {
        let run = run(&from.bytes, at + ahead, usize::MAX);
        at = run.end;
        let folded = last.len() >= SHORTEST_LINE && is_fold(&from.bytes, last.end..run.start);
        let Some(phase) = phase(&from.bytes, &run, folded) else { continue };
        if !folded {
            to.copy(from, copied..run.start);
        }
        copied = run.end;
        decode_run(from, run.start + phase..run.end, to);
        last = run;
    }
    to.finish(from, copied)
}

/// Returns where the first run of base64 with text in it begins that has [`SHORTEST_TEXT`] characters or more.
pub(super) fn first_text(bytes: &[u8]) -> Option<usize> {
    let mut at = SHORTEST_TEXT - 1;
    while let Some(head) = bytes.get(at + 1 - SHORTEST_TEXT..=at) {
        let count = head.iter().rev().take_while(|byte| is_either(byte)).count();
        let start = at + 1 - count;
        // Words are shorter, and their length is told before anybody has read what they would write.
        let last = bytes.get(at + 1..start + SHORTEST_TEXT - MOST_PADDING).unwrap_or_default();
        let is_long = count > 0 && last.iter().all(is_either);
        let run = is_long.then(|| text_run(bytes, start, LONGEST_VALUE)).flatten();
        if let Some(run) = run.filter(|run| run.len() >= SHORTEST_TEXT) {
            return Some(run.start);
        }
        at += if count == SHORTEST_TEXT { LONGEST_VALUE } else { SHORTEST_TEXT };
    }
    None
}

/// Returns the run of base64 at `at` if it holds text, whatever its phase and whatever stands around it.
/// Of a long one no more is returned than `most` bytes.
pub(super) fn text_run(bytes: &[u8], at: usize, most: usize) -> Option<Range<usize>> {
    debug_assert!(most >= GLIMPSE + PHASES.end);
    let tail = bytes.get(at..).unwrap_or_default();
    // What is no text is told by its first bytes, before anybody has looked for its end.
    let mut phases = PHASES.filter(|phase| tail.get(*phase..).is_some_and(is_readable)).peekable();
    phases.peek()?;
    let run = run(bytes, at, most);
    let phase = |phase: usize| bytes.get(run.start + phase..run.end).unwrap_or_default();
    let holds = run.len() >= SHORTEST_RUN && phases.any(|at| is_told(phase(at)));
    holds.then_some(run)
}

/// Returns the run of base64 around `at` if it is a value on its own.
pub(super) fn value_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let run = run_around(bytes, at)?;
    is_value(bytes, &run).then_some(run)
}

/// Returns whether the `=` at `at` pads a run of base64: a value, or more than a number has.
pub(super) fn is_padding(bytes: &[u8], at: usize) -> bool {
    let run = at.checked_sub(1).and_then(|last| run_around(bytes, last));
    run.filter(|run| run.end > at).is_some_and(|run| {
        let text = bytes.get(run.clone()).unwrap_or_default();
        is_value(bytes, &run)
            || text.len() >= LONG_NUMBER && text.iter().any(u8::is_ascii_alphabetic)
    })
}

/// Returns the run of base64 around `at`, its padding included.
fn run_around(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let head = bytes.get(at.saturating_sub(LONGEST_VALUE)..at)?;
    let count = head.iter().rev().take_while(|byte| is_either(byte)).count();
    Some(run(bytes, at - count, LONGEST_VALUE))
}

/// Returns the run of base64 at `at`, its padding included, cut to `most` characters.
fn run(bytes: &[u8], at: usize, most: usize) -> Range<usize> {
    let tail = bytes.get(at..).unwrap_or_default();
    let count = tail.iter().take(most).take_while(|byte| is_either(byte)).count();
    let padding =
        tail.iter().skip(count).take(MOST_PADDING).take_while(|byte| **byte == b'=').count();
    at..at + count + if (count + padding).is_multiple_of(4) { padding } else { 0 }
}

/// Returns at which character of a run its first quantum begins.
fn phase(bytes: &[u8], run: &Range<usize>, folded: bool) -> Option<usize> {
    let phases = if run.start == 0 { PHASES } else { 0..1 };
    let rest = |phase: usize| bytes.get(run.start + phase..run.end).unwrap_or_default();
    let is_phase = |phase: &usize| {
        let rest = rest(*phase);
        run.len() >= SHORTEST_RUN && is_text(rest) || folded && is_readable(rest)
    };
    let found = phases.into_iter().find(is_phase);
    found.or_else(|| is_value(bytes, run).then_some(0))
}

/// Whether a run is text; a short one has to begin with a number.
fn is_text(run: &[u8]) -> bool {
    is_readable(run) && is_told(run)
}

/// Whether a run that may be read is no word; a short one has to begin with a number.
fn is_told(run: &[u8]) -> bool {
    let digits = || bytes(glimpse(run)).filter(u8::is_ascii_digit).count();
    (run.len() >= LONG_RUN || digits() >= FEWEST_DIGITS) && !is_word(run)
}

/// Whether a run stands alone, in whole quanta, and is a short text: padded, or with digits in it.
fn is_value(text: &[u8], run: &Range<usize>) -> bool {
    let value = text.get(run.clone()).unwrap_or_default();
    let lengths = SHORTEST_VALUE..=LONGEST_VALUE;
    let fits = lengths.contains(&value.len()) && value.len().is_multiple_of(4);
    let ends = |byte: Option<&u8>| !byte.is_some_and(|b| is_either(b) || *b == b'=');
    let alone = || ends(run.start.checked_sub(1).and_then(|at| text.get(at)));
    let alone = || alone() && ends(text.get(run.end));
    let digits = || bytes(value).filter(u8::is_ascii_digit).count();
    let shown = || value.ends_with(b"=") || digits() >= FEWEST_VALUE_DIGITS;
    fits && alone() && is_readable(value) && shown() && !is_word(value) && is_printed(value)
}

/// Whether what a run's beginning writes is UTF-8 without control characters. A character may be cut at
/// either end.
fn is_readable(run: &[u8]) -> bool {
    let mut state = OPEN;
    bytes(glimpse(run)).all(|byte| {
        let next = NEXT.get(usize::from(state)).and_then(|row| row.get(usize::from(byte)));
        state = next.copied().unwrap_or(NO_TEXT);
        state != NO_TEXT
    })
}

fn glimpse(run: &[u8]) -> &[u8] {
    run.get(..GLIMPSE).unwrap_or(run)
}

/// What may follow in a text: states in which a byte is read.
const NO_TEXT: u8 = 0;
/// A character begins.
const WHOLE: u8 = 1;
/// One, two or three more bytes of a character follow; the state less [`WHOLE`] is their number.
const LAST: u8 = 2;
const TWO_MORE: u8 = 3;
const THREE_MORE: u8 = 4;
/// The second byte follows of a character whose first leaves it less choice.
const AFTER_E0: u8 = 5;
const AFTER_ED: u8 = 6;
const AFTER_F0: u8 = 7;
const AFTER_F4: u8 = 8;
/// The beginning: of the last bytes of a character none, one or two have been read.
const OPEN: u8 = 9;
const OPEN_TWO: u8 = 10;
const OPEN_ONE: u8 = 11;
const STATES: usize = 12;

/// The state behind each state and byte.
static NEXT: [[u8; 256]; STATES] = {
    let mut next = [[NO_TEXT; 256]; STATES];
    let mut state = 0;
    while state < STATES {
        let mut byte = 0;
        while byte < 256 {
            next[state][byte] = next_state(state as u8, byte as u8);
            byte += 1;
        }
        state += 1;
    }
    next
};

/// Source: Unicode 16.0, table 3-7.
const fn next_state(state: u8, byte: u8) -> u8 {
    match (state, byte) {
        (OPEN, 0x80..0xc0) => OPEN_TWO,
        (OPEN_TWO, 0x80..0xc0) => OPEN_ONE,
        (OPEN_ONE | LAST, 0x80..0xc0) => WHOLE,
        (TWO_MORE, 0x80..0xc0) | (AFTER_E0, 0xa0..0xc0) | (AFTER_ED, 0x80..0xa0) => LAST,
        (THREE_MORE, 0x80..0xc0) | (AFTER_F0, 0x90..0xc0) | (AFTER_F4, 0x80..0x90) => TWO_MORE,
        (WHOLE | OPEN | OPEN_TWO | OPEN_ONE, _) => match byte {
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => WHOLE,
            0xc2..=0xdf => LAST,
            0xe0 => AFTER_E0,
            0xe1..=0xec | 0xee..=0xef => TWO_MORE,
            0xed => AFTER_ED,
            0xf0 => AFTER_F0,
            0xf1..=0xf3 => THREE_MORE,
            0xf4 => AFTER_F4,
            _ => NO_TEXT,
        },
        _ => NO_TEXT,
    }
}

/// Whether a value has no line ends, and is no rest of a character.
fn is_printed(value: &[u8]) -> bool {
    let mut written = [0; LONGEST_VALUE];
    let count = written.iter_mut().zip(bytes(value)).map(|(to, byte)| *to = byte).count();
    std::str::from_utf8(written.get(..count).unwrap_or_default())
        .is_ok_and(|text| !text.is_empty() && !text.chars().any(char::is_control))
}

/// Whether all letters behind the first are small ones.
fn is_word(run: &[u8]) -> bool {
    run.iter().skip(1).all(u8::is_ascii_lowercase)
}

/// Returns whether two runs are one that a line end folds.
fn is_fold(bytes: &[u8], between: Range<usize>) -> bool {
    matches!(bytes.get(between), Some(b"\n" | b"\r\n"))
}

fn decode_run(from: &Text, run: Range<usize>, to: &mut Text) {
    let mut at = run.start;
    while at < run.end {
        let end = run.end.min(at + 4);
        let quantum = from.bytes.get(at..end).unwrap_or_default();
        for (index, byte) in bytes_of(quantum).enumerate() {
            to.push(byte, from.place(at + index..(at + index + 2).min(end)));
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<String> {
        let from = Text::of(text.as_bytes());
        let mut to = Text::default();
        decode(&from, &mut to).then(|| String::from_utf8_lossy(&to.bytes).into_owned())
    }

    #[test]
    fn text_is_decoded_where_it_stands() {
        assert_eq!(
            decoded("card: NDExMSAxMTExIDExMTEgMTExMQ== x").unwrap(),
            "card: 4111 1111 1111 1111 x"
        );
        assert_eq!(decoded("(MjE5LTA5LTk5OTk=)").unwrap(), "(219-09-9999)");
        assert_eq!(decoded("NDExMTExMTExMTExMTExMQ").unwrap(), "4111111111111111");
    }

    #[test]
    fn a_run_that_begins_before_the_text_is_decoded_in_every_phase() {
        let whole = "c29tZSB0ZXh0IGJlZm9yZSA0MTExIDExMTEgMTExMSAxMTExIGFuZCBiZWhpbmQ=";
        for cut in 0..16 {
            assert!(decoded(&whole[cut..]).unwrap().contains("4111 1111 1111 1111"), "{cut}");
        }
    }

    #[test]
    fn folded_lines_are_one_run() {
        let text = "QSBsZXR0ZXIgdGhhdCBpcyBsb25nIGVub3VnaCB0byBiZSBmb2xkZWQ6IDQxMTEg\r\n\
                    MTExMSAxMTExIDExMTEsIHRoYW5rIHlvdQ==";
        assert!(decoded(text).unwrap().contains("4111 1111 1111 1111"));
    }

    #[test]
    fn short_values_are_decoded_that_stand_alone() {
        for (text, value) in [
            ("MTIz", "123"),
            ("NzM3Mw==", "7373"),
            ("OTU3NzI0", "957724"),
            ("MTBtbCBQTyBxOGg=", "10ml PO q8h"),
            ("0JDQkTYyMzI1Mw==", "АБ623253"),
        ] {
            assert_eq!(decoded(&format!("\"{text}\"")).unwrap(), format!("\"{value}\""));
        }
        for text in ["MTIzx", "NzM3Mw==x", "=OTU3NzI0", "TyBSaEQt"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_may_begin_within_a_character() {
        let text = "0YLQtdC70LXRhNC+0L0g0Lgg0LDQtNGA0LXRgSDQutC70LjQtdC90YLQ\
                    sCDQvdC40LbQtSwg0YHQvC4gMTIz";
        // The first whole quantum begins with the second byte of a letter.
        assert!(decoded(&text[1..]).unwrap().contains("адрес клиента"));
    }

    #[test]
    fn words_hashes_and_numbers_are_left() {
        for text in [
            "internationalisation and uncharacteristically",
            "d41d8cd98f00b204e9800998ecf8427e",
            "4111111111111111",
            "/usr/share/doc/portcullis",
            "Mademoiselle_sufficiently",
            "setSystemUiVisibility.FSNamesystem-rightnessIn",
            "INFO dfs.FSNamesystem: BLOCK*",
            "short",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }

    /// Whether bytes end in another state than [`NO_TEXT`], read from a state on.
    fn takes(state: u8, bytes: &[u8]) -> bool {
        bytes.iter().fold(state, |state, byte| NEXT[usize::from(state)][usize::from(*byte)]) != 0
    }

    #[test]
    fn states_take_what_is_utf8_without_controls() {
        let is_text = |bytes: &[u8]| {
            let control = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r');
            let is_utf8 = |error: std::str::Utf8Error| error.error_len().is_none();
            !bytes.iter().any(control) && std::str::from_utf8(bytes).map_or_else(is_utf8, |_| true)
        };
        let edges = [b'a', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xe0, 0xf4];
        for pair in 0..=u16::MAX {
            let [first, second] = pair.to_be_bytes();
            for third in edges {
                for fourth in edges {
                    let bytes = [first, second, third, fourth];
                    assert_eq!(takes(WHOLE, &bytes), is_text(&bytes), "{bytes:x?}");
                }
            }
        }
    }

    #[test]
    fn a_text_may_open_with_three_last_bytes_of_a_character() {
        for (count, expected) in [(0, true), (1, true), (2, true), (3, true), (4, false)] {
            let bytes = [&[0xbf; 4][..count], "é1".as_bytes()].concat();
            assert_eq!(takes(OPEN, &bytes), expected, "{count}");
        }
        assert!(!takes(OPEN, b"\xbf\xff"));
    }
}
