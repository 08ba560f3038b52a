//! The content of one part: its transfer encoding and its character set undone.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use portcullis::extract::{Members, Unread};

use crate::content::{PIECE, write_pieces};

/// Decodes a part line by line and hands it on. The end of the last line is not of the part (RFC 2046 section 5.1.1).
pub(crate) struct Leaf {
    transfer: Transfer,
    charset: Option<Decoder>,
    /// The end of the last line.
    line_end: Vec<u8>,
    decoded: Vec<u8>,
    out: Vec<u8>,
}

impl Leaf {
    /// Returns a decoder, for text also of its character set.
    pub(crate) fn new(transfer: Transfer, charset: Option<&str>) -> Leaf {
        let known = |label: &str| Encoding::for_label_no_replacement(label.as_bytes());
        // Whether text is UTF-16 its bytes tell the scan; where the label is false it would hide what they say.
        let as_it_lies = [UTF_8, UTF_16LE, UTF_16BE];
        let charset = charset.and_then(known).filter(|charset| !as_it_lies.contains(charset));
        let charset = charset.map(Encoding::new_decoder_without_bom_handling);
        let (line_end, decoded, out) = (Vec::new(), Vec::new(), Vec::new());
        Leaf { transfer, charset, line_end, decoded, out }
    }

    pub(crate) fn line(&mut self, line: &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        let end = [&b"\r\n"[..], b"\n"].into_iter().find(|end| line.ends_with(end));
        let (line, end) = line.split_at(line.len() - end.map_or(0, <[u8]>::len));
        self.transfer.decode(&self.line_end, &mut self.decoded);
        self.transfer.decode(line, &mut self.decoded);
        self.line_end.clear();
        self.line_end.extend_from_slice(end);
        self.convert(false);
        if self.out.len() >= PIECE { self.flush(members) } else { Ok(()) }
    }

    pub(crate) fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        self.transfer.finish(&mut self.decoded);
        self.convert(true);
        self.flush(members)
    }

    /// Turns what is decoded into UTF-8, where the character set is known.
    fn convert(&mut self, is_last: bool) {
        let Some(charset) = &mut self.charset else {
            self.out.append(&mut self.decoded);
            return;
        };
        let most = charset.max_utf8_buffer_length(self.decoded.len());
        let mut text = String::with_capacity(most.unwrap_or(self.decoded.len()));
        let _ = charset.decode_to_string(&self.decoded, &mut text, is_last);
        self.out.extend_from_slice(text.as_bytes());
        self.decoded.clear();
    }

    fn flush(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        write_pieces(&self.out, members)?;
        self.out.clear();
        Ok(())
    }
}

/// How the bytes of a part are written in a message (RFC 2045 section 6).
#[derive(Debug)]
pub(crate) enum Transfer {
    /// As they are.
    Plain,
    /// Quoted-printable; the start of an escape that is not whole yet.
    Quoted(Vec<u8>),
    /// Base64: the digits of a group that is not whole yet.
    Base64(Vec<u8>),
}

impl Transfer {
    /// Returns the encoding of a name, nothing if it is of another kind.
    pub(crate) fn named(name: &str) -> Option<Transfer> {
        match name {
            "" | "7bit" | "8bit" | "binary" => Some(Transfer::Plain),
            "quoted-printable" => Some(Transfer::Quoted(Vec::new())),
            "base64" => Some(Transfer::Base64(Vec::new())),
            _ => None,
        }
    }

    fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            Transfer::Plain => out.extend_from_slice(bytes),
            Transfer::Quoted(escape) => bytes.iter().for_each(|byte| quoted(escape, *byte, out)),
            // A line that is not base64 is read as it lies: a false label hides nothing.
            Transfer::Base64(group) if bytes.iter().any(|byte| !is_base64(*byte)) => {
                drain(group, out);
                out.extend_from_slice(bytes);
                out.push(b'\n');
            }
            Transfer::Base64(group) => bytes.iter().for_each(|byte| base64(group, *byte, out)),
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        match self {
            Transfer::Plain => {}
            Transfer::Quoted(escape) => out.append(escape),
            Transfer::Base64(group) => drain(group, out),
        }
    }
}

/// Blanks that a mail program may have put behind the `=` at the end of a line.
const BLANKS_MAX: usize = 80;

/// Reads a byte of quoted-printable: `=` with two hexadecimal digits is a byte, with the end of a line nothing.
fn quoted(escape: &mut Vec<u8>, byte: u8, out: &mut Vec<u8>) {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let are_blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
    match (escape.as_slice(), byte) {
        ([], b'=') => escape.push(byte),
        ([], _) => out.push(byte),
        ([_, rest @ ..], b'\n') if are_blank(rest) => escape.clear(),
        ([_, rest @ ..], b' ' | b'\t' | b'\r') if rest.len() < BLANKS_MAX && are_blank(rest) => {
            escape.push(byte);
        }
        ([_], _) if digit(byte).is_some() => escape.push(byte),
        ([_, high], low) if let (Some(high), Some(low)) = (digit(*high), digit(low)) => {
            escape.clear();
            out.extend(u8::try_from(high << 4 | low));
        }
        _ => {
            out.append(escape);
            quoted(escape, byte, out);
        }
    }
}

fn is_base64(byte: u8) -> bool {
    sextet(byte).is_some() || byte == b'=' || byte.is_ascii_whitespace()
}

/// Returns the value of a digit (RFC 4648 section 4).
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn base64(group: &mut Vec<u8>, byte: u8, out: &mut Vec<u8>) {
    match sextet(byte) {
        Some(value) => group.push(value),
        None if byte == b'=' => drain(group, out),
        None => {}
    }
    if group.len() == 4 {
        drain(group, out);
    }
}

/// Writes the bytes that the digits of a group make.
fn drain(group: &mut Vec<u8>, out: &mut Vec<u8>) {
    let pairs = group.iter().zip(group.iter().skip(1));
    // The digits at 0, 1 and 2 give their lower 6, 4 and 2 bits, those behind them the rest.
    for (at, (left, right)) in pairs.enumerate() {
        let shift = 2 * at as u32 + 2;
        out.push(left.checked_shl(shift).unwrap_or(0) | right.checked_shr(6 - shift).unwrap_or(0));
    }
    group.clear();
}
