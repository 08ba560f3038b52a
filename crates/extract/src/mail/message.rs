//! A message, line by line: its parts and the parts of these.

use portcullis::coverage::GapReason;
use portcullis::extract::{Members, Unread};

use super::field::{Head, Kind};
use super::is_blank;
use super::leaf::{Leaf, Transfer};
use crate::content::write_pieces;

/// Bytes of headers that are kept, many times what mail servers take; what goes on behind them is read as text.
const HEAD_MAX: usize = 1 << 20;
/// Parts within parts; what is deeper is read as text.
const DEPTH_MAX: usize = 32;

/// A message as it arrives.
pub(crate) struct Message {
    /// What its members' names begin with.
    prefix: String,
    /// The parts that the next line is in, from the outermost.
    levels: Vec<Level>,
    /// The number of the part that is read; empty for the message itself.
    number: String,
    at: At,
}

/// A part that has parts.
struct Level {
    /// What stands between its parts; none for a message, which has but one.
    boundary: Option<Vec<u8>>,
    number: String,
    parts: usize,
    is_digest: bool,
}

/// What the next line is.
enum At {
    /// One of the headers, which are these so far.
    Head(Vec<u8>),
    /// One of a part's content, whose member is open.
    Leaf(Box<Leaf>),
    /// One before the first or behind the last part of a part.
    Between(&'static str),
}

impl Message {
    pub(crate) fn new(prefix: String) -> Message {
        Message { prefix, levels: Vec::new(), number: String::new(), at: At::Head(Vec::new()) }
    }

    /// Reads a line, or a piece of one that is not its start.
    pub(crate) fn line(
        &mut self,
        line: &[u8],
        is_start: bool,
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        match self.delimits(line).filter(|_| is_start) {
            Some((level, is_last)) => self.turn(level, is_last, members),
            None => self.inner_line(line, is_start, members),
        }
    }

    /// Reads a line that divides nothing.
    fn inner_line(
        &mut self,
        line: &[u8],
        is_start: bool,
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        match &mut self.at {
            At::Leaf(leaf) => leaf.line(line, members),
            At::Head(_) if is_start && is_blank(line) => self.end_head(members),
            At::Head(head) if head.len() + line.len() <= HEAD_MAX => {
                head.extend_from_slice(line);
                Ok(())
            }
            At::Head(_) => {
                members.gap(&self.name("headers", None), GapReason::Limit);
                self.end_head(members)?;
                self.inner_line(line, is_start, members)
            }
            At::Between(_) if is_blank(line) => Ok(()),
            &mut At::Between(place) => {
                self.leaf(&self.name(place, None), Leaf::new(Transfer::Plain, None), members)?;
                self.inner_line(line, is_start, members)
            }
        }
    }

    /// Returns whether nothing of the message has come.
    pub(crate) fn is_fresh(&self) -> bool {
        self.levels.is_empty() && matches!(&self.at, At::Head(head) if head.is_empty())
    }

    /// Ends the message; returns whether all its parts had ended.
    pub(crate) fn finish(&mut self, members: &mut dyn Members) -> Result<bool, Unread> {
        self.end_part(members)?;
        Ok(self.levels.iter().all(|level| level.boundary.is_none()))
    }

    /// Returns the level that a line divides, and whether it ends it (RFC 2046 section 5.1.1).
    fn delimits(&self, line: &[u8]) -> Option<(usize, bool)> {
        let line = line.strip_prefix(b"--")?;
        self.levels.iter().enumerate().rev().find_map(|(at, level)| {
            let rest = line.strip_prefix(level.boundary.as_deref()?)?;
            let last = rest.strip_prefix(b"--");
            let is_end = last.unwrap_or(rest).iter().all(u8::is_ascii_whitespace);
            is_end.then_some((at, last.is_some()))
        })
    }

    /// Goes on with the next part of a level, or behind it.
    fn turn(
        &mut self,
        level: usize,
        is_last: bool,
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        self.end_part(members)?;
        self.levels.truncate(level + 1);
        if is_last {
            self.number = self.levels.pop().map(|level| level.number).unwrap_or_default();
            self.at = At::Between("epilogue");
        } else {
            self.begin_part();
        }
        Ok(())
    }

    /// Begins the next part of the innermost level.
    fn begin_part(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.parts += 1;
            let dot = if level.number.is_empty() { "" } else { "." };
            self.number = format!("{}{dot}{}", level.number, level.parts);
        }
        self.at = At::Head(Vec::new());
    }

    fn end_part(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if matches!(self.at, At::Head(_)) {
            self.end_head(members)?;
        }
        if let At::Leaf(leaf) = &mut self.at {
            leaf.finish(members)?;
            members.close()?;
        }
        self.at = At::Between("epilogue");
        Ok(())
    }

    /// Reads the headers and begins what they are of.
    fn end_head(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        let At::Head(bytes) = &self.at else { return Ok(()) };
        let head = Head::read(bytes);
        if !head.text.is_empty() {
            members.text(&self.name("headers", None))?;
            write_pieces(head.text.as_bytes(), members)?;
            members.close()?;
        }
        let is_digest = self.levels.last().is_some_and(|level| level.is_digest);
        let is_plain = matches!(Transfer::named(&head.transfer), Some(Transfer::Plain));
        let is_deep = self.levels.len() >= DEPTH_MAX;
        match head.kind {
            Kind::Multipart { boundary, is_digest } if !is_deep => {
                self.push(Some(boundary), is_digest);
                self.at = At::Between("preamble");
            }
            Kind::Message if is_plain && !is_deep => self.begin_message(),
            Kind::Unsaid if is_plain && is_digest && !is_deep => self.begin_message(),
            _ => self.begin_leaf(&head, is_deep, members)?,
        }
        Ok(())
    }

    fn push(&mut self, boundary: Option<Vec<u8>>, is_digest: bool) {
        self.levels.push(Level { boundary, number: self.number.clone(), parts: 0, is_digest });
    }

    fn begin_message(&mut self) {
        self.push(None, false);
        self.begin_part();
    }

    fn begin_leaf(
        &mut self,
        head: &Head,
        is_deep: bool,
        members: &mut dyn Members,
    ) -> Result<(), Unread> {
        let name = self.name("", head.file_name.as_deref());
        let transfer = Transfer::named(&head.transfer);
        if transfer.is_none() {
            members.gap(&name, GapReason::Binary);
        }
        if is_deep && matches!(head.kind, Kind::Multipart { .. } | Kind::Message) {
            members.gap(&name, GapReason::Limit);
        }
        let charset = head.charset.as_deref().filter(|_| head.kind == Kind::Text);
        let leaf = Leaf::new(transfer.unwrap_or(Transfer::Plain), charset);
        self.leaf(&name, leaf, members)
    }

    fn leaf(&mut self, name: &str, leaf: Leaf, members: &mut dyn Members) -> Result<(), Unread> {
        members.open(name)?;
        self.at = At::Leaf(Box::new(leaf));
        Ok(())
    }

    /// Returns the name of a member: what part, which of its texts, and the name of its file.
    fn name(&self, text: &str, file: Option<&str>) -> String {
        let mut name = match (self.number.as_str(), text) {
            ("", "") => "body".to_owned(),
            ("", text) => text.to_owned(),
            (number, "") => format!("part {number}"),
            (number, text) => format!("part {number} {text}"),
        };
        if let Some(file) = file {
            name.push_str(": ");
            name.push_str(file);
        }
        format!("{}{name}", self.prefix)
    }
}
