//! UTF-16 and UTF-32 to UTF-8 as it arrives, with a map back.

use std::collections::VecDeque;

use super::{Encoding, Origin};
use crate::wire::{Reader, Writer};

/// Decodes UTF-16 or UTF-32 that arrives in pieces cut anywhere.
#[derive(Debug)]
pub(crate) struct Decoder {
    encoding: Encoding,
    /// Bytes of a character that is not complete yet.
    pending: Vec<u8>,
    /// Offset of the next byte to decode, and of the next byte to write.
    from: u64,
    to: u64,
    map: OriginMap,
}

impl Decoder {
    pub(crate) fn new(encoding: Encoding) -> Decoder {
        let map = OriginMap::default();
        Decoder { encoding, pending: Vec::new(), from: 0, to: 0, map }
    }

    /// Appends the characters of a piece to `out`. Half a surrogate pair becomes U+FFFD; a byte order
    /// mark writes nothing.
    pub(crate) fn decode(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        let mut bytes = std::mem::take(&mut self.pending);
        bytes.extend_from_slice(piece);
        let mut rest = bytes.as_slice();
        while let Some(width) = self.character(rest, false, out) {
            rest = rest.get(width..).unwrap_or_default();
        }
        self.pending = rest.to_vec();
    }

    /// Appends what an unpaired surrogate at the end stands for. Returns how many bytes are left that
    /// are no whole unit.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) -> usize {
        let rest = std::mem::take(&mut self.pending);
        let width = self.character(&rest, true, out).unwrap_or(0);
        rest.len() - width
    }

    /// Decodes one character; `None` where more bytes are needed.
    fn character(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) -> Option<usize> {
        let (decoded, width) = match self.encoding {
            Encoding::Utf32Le | Encoding::Utf32Be => self.utf32(bytes)?,
            _ => self.utf16(bytes, last)?,
        };
        let is_mark = self.from == 0 && decoded == '\u{feff}';
        if !is_mark {
            let text = decoded.encode_utf8(&mut [0; 4]).len();
            self.map.push(self.to, self.from, text, width);
            out.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes());
            self.to += text as u64;
        }
        self.from += width as u64;
        Some(width)
    }

    fn utf32(&self, bytes: &[u8]) -> Option<(char, usize)> {
        let unit = *bytes.first_chunk::<4>()?;
        let code = match self.encoding {
            Encoding::Utf32Le => u32::from_le_bytes(unit),
            _ => u32::from_be_bytes(unit),
        };
        Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 4))
    }

    fn utf16(&self, bytes: &[u8], last: bool) -> Option<(char, usize)> {
        let unit = |at: usize| {
            let unit = *bytes.get(at..)?.first_chunk::<2>()?;
            Some(match self.encoding {
                Encoding::Utf16Le => u16::from_le_bytes(unit),
                _ => u16::from_be_bytes(unit),
            })
        };
        let first = unit(0)?;
        let is_high = (0xd800..0xdc00).contains(&first);
        let second = unit(2).filter(|_| is_high);
        if is_high && second.is_none() && !last {
            return None;
        }
        let pair = std::iter::once(first).chain(second);
        let decoded = char::decode_utf16(pair).next()?.unwrap_or(char::REPLACEMENT_CHARACTER);
        Some((decoded, decoded.len_utf16() * 2))
    }

    /// Returns how many bytes have been taken, those of a character that is not complete included.
    pub(crate) fn taken(&self) -> u64 {
        self.from + self.pending.len() as u64
    }

    /// Returns the length of the text so far.
    pub(crate) fn written(&self) -> u64 {
        self.to
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.bytes(&self.pending);
        out.number(self.from);
        out.number(self.to);
        self.map.write(out);
    }

    pub(crate) fn read(encoding: Encoding, input: &mut Reader<'_>) -> Option<Decoder> {
        let pending = input.bytes().filter(|pending| pending.len() < LONGEST_UNIT)?.to_vec();
        let (from, to) = (input.number()?, input.number()?);
        let map = OriginMap::read(input, from, to)?;
        Some(Decoder { encoding, pending, from, to, map })
    }

    /// Returns how many bytes have been decoded.
    pub(crate) fn consumed(&self) -> u64 {
        self.from
    }

    /// Returns the map back to the payload.
    pub(crate) fn map(&mut self) -> &mut OriginMap {
        &mut self.map
    }
}

/// Bytes of the longest character: a pair of surrogates, or a unit of UTF-32.
const LONGEST_UNIT: usize = 4;

/// Offsets in decoded text to offsets in the payload, as runs of characters of equal widths.
#[derive(Debug, Default)]
pub(crate) struct OriginMap {
    runs: VecDeque<Run>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    to: u64,
    from: u64,
    text: u64,
    width: u64,
}

impl Run {
    fn write_widths(&self, out: &mut Writer) {
        out.byte((self.text << 4 | self.width) as u8);
    }

    fn read(to: u64, from: u64, input: &mut Reader<'_>) -> Option<Run> {
        let widths = input.byte()?;
        let (text, width) = (u64::from(widths >> 4), u64::from(widths & 0xf));
        let possible = (1..=4).contains(&text) && matches!(width, 2 | 4);
        possible.then_some(Run { to, from, text, width })
    }
}

impl OriginMap {
    fn push(&mut self, to: u64, from: u64, text: usize, width: usize) {
        let run = Run { to, from, text: text as u64, width: width as u64 };
        let same = |last: &Run| (last.text, last.width) == (run.text, run.width);
        if !self.runs.back().is_some_and(same) {
            self.runs.push_back(run);
        }
    }

    /// Writes the first run, and of each one behind it how many characters the one before it has.
    fn write(&self, out: &mut Writer) {
        out.option(self.runs.front(), |out, first| {
            out.number(first.to);
            out.number(first.from);
            first.write_widths(out);
            let pairs = self.runs.iter().zip(self.runs.iter().skip(1));
            let count = self.runs.len() - 1;
            out.number(count as u64);
            for (run, next) in pairs {
                out.number((next.to - run.to) / run.text);
                next.write_widths(out);
            }
        });
    }

    /// Reads the map of so many bytes to so many of text.
    fn read(input: &mut Reader<'_>, from: u64, to: u64) -> Option<OriginMap> {
        let first = input.option(|input| Run::read(input.number()?, input.number()?, input))?;
        let mut runs = VecDeque::from_iter(first);
        let Some(mut run) = first else { return (to == 0).then_some(OriginMap { runs }) };
        let behind = input.number()?;
        for _ in 0..behind {
            let characters = input.number().filter(|count| (1..=to).contains(count))?;
            let next = (run.to + characters * run.text, run.from + characters * run.width);
            run = Run::read(next.0, next.1, input)?;
            // Each run holds a character at the least.
            (run.to < to && run.from < from).then(|| runs.push_back(run))?;
        }
        (run.to <= to && run.from <= from).then_some(OriginMap { runs })
    }

    /// Forgets what lies before an offset of the text.
    pub(crate) fn forget_before(&mut self, to: u64) {
        while self.runs.get(1).is_some_and(|second| second.to <= to) {
            self.runs.pop_front();
        }
    }
}

impl Origin for OriginMap {
    /// Returns the payload's offset of the character that an offset of the text lies in.
    fn origin(&self, to: u64) -> u64 {
        let index = self.runs.partition_point(|run| run.to <= to);
        let run = index.checked_sub(1).and_then(|i| self.runs.get(i));
        run.map_or(0, |run| run.from + (to - run.to) / run.text * run.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_every_character_back_for_every_cut() {
        let text = "\u{feff}a€😀é4111\u{3000}z";
        let payload: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for cut in 0..payload.len() {
            let mut decoder = Decoder::new(Encoding::Utf16Le);
            let mut out = Vec::new();
            decoder.decode(&payload[..cut], &mut out);
            decoder.decode(&payload[cut..], &mut out);
            assert_eq!(decoder.finish(&mut out), 0);
            assert_eq!(String::from_utf8(out).unwrap(), &text[3..]);
            assert_eq!(decoder.map().origin(0), 2);
            assert_eq!(decoder.map().origin(1), 4, "the euro sign");
            assert_eq!(decoder.map().origin(4), 6, "the emoji");
            assert_eq!(decoder.map().origin(8), 10);
            assert_eq!(decoder.map().origin(10), 12, "the first digit");
            assert_eq!(decoder.map().origin(13), 18, "the last digit");
        }
    }

    #[test]
    fn utf32_is_decoded_in_both_orders() {
        let text = "\u{feff}a€😀4";
        for encoding in [Encoding::Utf32Le, Encoding::Utf32Be] {
            let bytes_of = |code: u32| match encoding {
                Encoding::Utf32Le => code.to_le_bytes(),
                _ => code.to_be_bytes(),
            };
            let payload: Vec<u8> = text.chars().flat_map(|c| bytes_of(u32::from(c))).collect();
            for cut in 0..payload.len() {
                let mut decoder = Decoder::new(encoding);
                let mut out = Vec::new();
                decoder.decode(&payload[..cut], &mut out);
                decoder.decode(&payload[cut..], &mut out);
                assert_eq!(decoder.finish(&mut out), 0);
                assert_eq!(String::from_utf8(out).unwrap(), &text[3..]);
                assert_eq!(decoder.map().origin(8), 16, "the digit");
            }
        }
    }

    #[test]
    fn says_what_is_left_over() {
        let mut decoder = Decoder::new(Encoding::Utf16Be);
        let mut out = Vec::new();
        decoder.decode(b"\0a\xd8\x00x", &mut out);
        assert_eq!(decoder.finish(&mut out), 1);
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{fffd}");
    }
}
