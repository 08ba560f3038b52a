//! Runs of base64 that hold text. Source: RFC 4648, 4 and 5.

use std::ops::Range;

use super::Text;

/// Characters of the shortest run that is tried: eleven bytes and more, an SSN with its dashes.
pub(super) const SHORTEST_RUN: usize = 16;
/// Characters of the shortest line that goes on in the next one.
const SHORTEST_LINE: usize = 40;
/// Letters and digits in a row that every such run holds.
pub(super) const SHORTEST_WORD: usize = 14;
/// Bytes that are looked at before a run is taken for text.
const GLIMPSE: usize = 12;

/// Copies a text, with the runs of base64 in it that hold text decoded. Returns whether there was any.
///
/// A run whose beginning lies before the text may begin within a quantum: every phase is tried.
pub(super) fn decode(from: &Text, to: &mut Text) -> bool {
    to.clear();
    let mut at = 0;
    let mut last_end = None;
    let mut any = false;
    while at < from.bytes.len() {
        let run = run(&from.bytes, at);
        let Some(phase) = phase(&from.bytes, &run) else {
            let end = run.end.max(at + 1);
            to.copy(from, at..end);
            at = end;
            continue;
        };
        if last_end.is_some_and(|end| is_fold(&from.bytes, end..at)) {
            to.drop_last_line_end();
        }
        decode_run(from, run.start + phase..run.end, to);
        any = true;
        last_end = Some(run.end).filter(|_| run.len() >= SHORTEST_LINE);
        at = run.end;
    }
    any
}

/// Returns whether a run of base64 that holds text begins at `at`, whatever its phase.
pub(super) fn holds_text(bytes: &[u8], at: usize) -> bool {
    let run = run(bytes, at);
    run.len() >= SHORTEST_RUN
        && (0..4).any(|phase| is_text(bytes.get(run.start + phase..run.end).unwrap_or_default()))
}

/// Returns the run of base64 at `at`, its padding included.
fn run(bytes: &[u8], at: usize) -> Range<usize> {
    let tail = bytes.get(at..).unwrap_or_default();
    let count = tail.iter().take_while(|byte| sextet(**byte).is_some()).count();
    let padding = tail.iter().skip(count).take(2).take_while(|byte| **byte == b'=').count();
    at..at + count + if (count + padding).is_multiple_of(4) { padding } else { 0 }
}

/// Returns at which character of a run its first quantum begins.
fn phase(bytes: &[u8], run: &Range<usize>) -> Option<usize> {
    (run.len() >= SHORTEST_RUN).then_some(())?;
    let phases = if run.start == 0 { 0..4 } else { 0..1 };
    let is_phase =
        |phase: &usize| is_text(bytes.get(run.start + phase..run.end).unwrap_or_default());
    phases.into_iter().find(is_phase)
}

/// Whether the first bytes are text: UTF-8 without control characters.
fn is_text(run: &[u8]) -> bool {
    let (quanta, _) = run.as_chunks::<4>();
    let mut glimpse = [0; GLIMPSE];
    let decoded = quanta.iter().flat_map(|quantum| bytes_of(quantum));
    let count = glimpse.iter_mut().zip(decoded).map(|(to, byte)| *to = byte).count();
    let glimpse = glimpse.get(..count).unwrap_or_default();
    let control = |byte: &u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127);
    // A character may be cut at the end.
    let is_utf8 =
        std::str::from_utf8(glimpse).map_or_else(|error| error.error_len().is_none(), |_| true);
    count > 0 && is_utf8 && !glimpse.iter().any(control)
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

/// Returns the bytes that up to four characters hold.
fn bytes_of(quantum: &[u8]) -> impl Iterator<Item = u8> + use<> {
    let sextets = quantum.iter().map_while(|byte| sextet(*byte));
    let count = sextets.clone().count();
    let sum = sextets.fold(0_u32, |sum, sextet| sum << 6 | u32::from(sextet));
    let [_, bytes @ ..] = (sum << (6 * (4 - count))).to_be_bytes();
    bytes.into_iter().take((count * 6) / 8)
}

/// Returns the value of a character of either alphabet.
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
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
    fn words_hashes_and_numbers_are_left() {
        for text in [
            "internationalisation and uncharacteristically",
            "d41d8cd98f00b204e9800998ecf8427e",
            "4111111111111111",
            "/usr/share/doc/portcullis",
            "short",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
