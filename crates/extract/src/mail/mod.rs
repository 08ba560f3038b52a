//! E-mail: messages and mailboxes.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Format, Members, Reader, Unread};

mod field;
mod leaf;
mod message;
#[cfg(test)]
mod tests;

use message::Message;

/// A message as it is sent (RFC 5322, RFC 2045 to 2049): `.eml`, and `.mht`.
///
/// Members: `headers` with encoded words decoded, `body` or `part 2: report.pdf` with transfer encodings and
/// character sets undone, `part 2 headers`, and where there is text between parts `preamble` and `epilogue`. Parts of
/// parts have numbers as IMAP gives them: `part 2.1`. A message in a message is read as such.
///
/// Read line by line as the bytes arrive, in constant memory: the headers of one part, which may be 1 MiB.
#[derive(Debug)]
pub struct Mail;

/// A mailbox (RFC 4155): messages, each behind a line that begins with `From `. Their members are those of [`Mail`]
/// behind `message 1: `, `message 2: ` and so on.
#[derive(Debug)]
pub struct Mbox;

/// Fields that a message begins with: RFC 5322 section 3.6, RFC 2045, and those of transports.
const FIELDS: &[&str] = &[
    "bcc",
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "received",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "x-mailer",
    "x-original-to",
];
/// So many different ones of them make a message; a single one may begin any text.
const FIELDS_NEEDED: usize = 2;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn begins(&self, head: &[u8]) -> bool {
        is_head(head)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(MailReader::new(Message::new(String::new())))
    }
}

impl Format for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn begins(&self, head: &[u8]) -> bool {
        let (first, rest) = split_line(head);
        is_postmark(first) && is_head(rest)
    }

    fn reader(&self) -> Box<dyn Reader> {
        let first = Message::new(String::new());
        Box::new(MailReader { boxed: Some(0), ..MailReader::new(first) })
    }
}

/// Whether this is the head of a message: nothing but fields to the first empty line, [`FIELDS_NEEDED`] of them known.
fn is_head(mut head: &[u8]) -> bool {
    let mut known = Vec::new();
    while !head.is_empty() {
        let (line, rest) = split_line(head);
        let is_cut = rest.is_empty() && !line.ends_with(b"\n");
        match field::name(line) {
            _ if is_blank(line) || is_cut => break,
            Some(name) => {
                let found = FIELDS.iter().find(|field| name.eq_ignore_ascii_case(field.as_bytes()));
                known.extend(found.filter(|field| !known.contains(field)));
            }
            None if line.starts_with(b" ") || line.starts_with(b"\t") => {}
            None => return false,
        }
        head = rest;
    }
    known.len() >= FIELDS_NEEDED
}

/// Whether a line ends one message of a mailbox and begins the next: `From`, a sender, and a date that ends with a
/// year (RFC 4155 appendix A); text may begin a line with the word alone.
fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_space = |byte: &u8| byte.is_ascii_whitespace();
    let mut words = rest.split(is_space).filter(|word| !word.is_empty()).rev().take(3);
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        word.len() >= 5 && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':')
    };
    // A zone may stand on either side of the year.
    words.clone().any(is_year) && words.any(|word| is_time(word) && word.contains(&b':'))
}

fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

/// Returns the first line with its end, and the rest.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes.split_at(end)
}

/// A longer line is read in pieces of this size; those after the first begin nothing.
const LINE_MAX: usize = 32 * 1024;

struct MailReader {
    /// The line that arrives, and whether it began within the line before it.
    line: Vec<u8>,
    is_inner: bool,
    message: Message,
    /// For a mailbox: how many messages have begun.
    boxed: Option<usize>,
    /// Whether the line before was empty, as before a postmark.
    is_after_blank: bool,
}

impl MailReader {
    fn new(message: Message) -> MailReader {
        let line = Vec::new();
        MailReader { line, is_inner: false, message, boxed: None, is_after_blank: true }
    }

    /// Takes bytes up to the end of the line; returns whether that has come.
    fn fill(&mut self, input: &mut &[u8]) -> bool {
        let room = LINE_MAX.saturating_sub(self.line.len()).min(input.len());
        let (within, _) = input.split_at(room);
        let (taken, _) = split_line(within);
        self.line.extend_from_slice(taken);
        *input = input.get(taken.len()..).unwrap_or_default();
        self.line.ends_with(b"\n") || self.line.len() >= LINE_MAX
    }

    fn line(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        let line = std::mem::take(&mut self.line);
        let is_inner = std::mem::replace(&mut self.is_inner, !line.ends_with(b"\n"));
        match self.boxed {
            Some(count) if !is_inner && self.is_after_blank && is_postmark(&line) => {
                self.postmark(count, &line, members)?;
            }
            Some(_) if !is_inner => self.message.line(unquoted(&line), true, members)?,
            _ => self.message.line(&line, !is_inner, members)?,
        }
        self.is_after_blank = !is_inner && is_blank(&line);
        self.line = line;
        self.line.clear();
        Ok(())
    }

    /// Begins the next message of a mailbox. The postmark is the first line of its headers.
    fn postmark(
        &mut self,
        count: usize,
        line: &[u8],
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        if !self.message.is_fresh() && !self.message.finish(members)? {
            members.gap(&format!("message {count}"), GapReason::Truncated);
        }
        self.boxed = Some(count + 1);
        self.message = Message::new(format!("message {}: ", count + 1));
        self.message.line(line, true, members)
    }
}

impl Reader for MailReader {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut input = bytes;
        while !input.is_empty() {
            if self.fill(&mut input) {
                self.line(members)?;
            }
        }
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if !self.line.is_empty() {
            self.line(members)?;
        }
        match self.message.finish(members)? {
            true => Ok(()),
            false => Err(Unread(GapReason::Truncated)),
        }
    }
}

/// A line of a mailbox without the mark that keeps it from being a postmark.
fn unquoted(line: &[u8]) -> &[u8] {
    let bare = line.iter().position(|byte| *byte != b'>').and_then(|at| line.get(at..));
    match (line, bare) {
        ([b'>', rest @ ..], Some(bare)) if bare.starts_with(b"From ") => rest,
        _ => line,
    }
}
