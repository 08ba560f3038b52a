//! What reads containers: archives, compressed streams, documents.

use std::fmt;

use crate::coverage::GapReason;

/// A format that holds other content: the members of an archive, the pages of a document.
///
/// A format is shared by all scans of a scanner; each content of it is read by a [`Reader`] of its own.
///
/// # Examples
///
/// A format of the embedder's own: members behind a mark, each ended by a line `--`.
///
/// ```
/// use portcullis::extract::{Flow, Format, Members, Reader, Unread};
///
/// #[derive(Debug)]
/// struct Cards;
///
/// struct CardReader(Vec<u8>);
///
/// impl Format for Cards {
///     fn name(&self) -> &'static str {
///         "cards"
///     }
///
///     fn begins(&self, head: &[u8]) -> bool {
///         head.starts_with(b"CARDS1\n")
///     }
///
///     fn reader(&self) -> Box<dyn Reader> {
///         Box::new(CardReader(Vec::new()))
///     }
/// }
///
/// impl Reader for CardReader {
///     fn push(&mut self, bytes: &[u8], _: &mut dyn Members) -> Result<Flow, Unread> {
///         self.0.extend_from_slice(bytes);
///         Ok(Flow::More)
///     }
///
///     fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
///         let text = String::from_utf8_lossy(&self.0).into_owned();
///         for (index, card) in text.split("\n--\n").enumerate() {
///             members.open(&format!("card {}", index + 1))?;
///             members.write(card.as_bytes())?;
///             members.close()?;
///         }
///         Ok(())
///     }
/// }
/// ```
pub trait Format: fmt::Debug + Send + Sync {
    /// Returns the format's name, in lower case.
    fn name(&self) -> &'static str;

    /// Returns whether content that begins with these bytes, 4 KiB or all of it, is of this format.
    fn begins(&self, head: &[u8]) -> bool;

    /// Returns a reader for one content.
    fn reader(&self) -> Box<dyn Reader>;
}

/// Reads one content of a [`Format`] as its bytes arrive, in chunks of any sizes.
///
/// What it reads goes to [`Members`] at once. A reader holds what it needs of its own format and no member as a
/// whole; one that cannot do without all bytes keeps them and reads them in [`finish`](Reader::finish), where
/// the scanner's limits tell it how many there may be ([`Members::room`]).
pub trait Reader: Send {
    /// Reads the next bytes.
    ///
    /// # Errors
    ///
    /// [`Unread`] where the rest cannot be read: it becomes a gap in the report.
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread>;

    /// Reads what is left, once all bytes have come.
    ///
    /// # Errors
    ///
    /// [`Unread`] where something is missing or cannot be read.
    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread>;
}

/// How a content goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// More bytes of the format may follow.
    More,
    /// The format has ended; so many of the last bytes were not part of it, and what follows them is not either.
    /// They are scanned as they lie.
    Ended(usize),
}

/// Where a reader puts what it finds: the scan of each member.
///
/// A member is sniffed and read as a payload is, so it may be a container itself.
pub trait Members {
    /// Begins a member. Its place in the report is this name behind that of its container: `a.zip!/b.txt`. The name
    /// is scanned too.
    ///
    /// # Errors
    ///
    /// [`Unread`] with [`GapReason::Limit`] once a budget of the scan has run out: the reader is to return it.
    fn open(&mut self, name: &str) -> Result<(), Unread>;

    /// Begins a member that is text of the format's own, such as headers or the text of a page, and holds nothing else,
    /// whatever it begins with.
    ///
    /// # Errors
    ///
    /// As for [`Members::open`].
    fn text(&mut self, name: &str) -> Result<(), Unread>;

    /// Hands on the next bytes of the member that was opened last.
    ///
    /// # Errors
    ///
    /// As for [`Members::open`].
    fn write(&mut self, bytes: &[u8]) -> Result<(), Unread>;

    /// Ends the member that was opened last.
    ///
    /// # Errors
    ///
    /// As for [`Members::open`].
    fn close(&mut self) -> Result<(), Unread>;

    /// Says why a member, or what was opened last and is not closed yet, could not be read; an empty name stands for
    /// the container itself.
    fn gap(&mut self, name: &str, reason: GapReason);

    /// Returns how many bytes a reader may keep of its content.
    fn room(&self) -> usize;
}

/// Why the rest of a container cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread(
    /// The reason as the report and policies name it.
    pub GapReason,
);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rest of the container was not read: {}", self.0.as_str())
    }
}

impl std::error::Error for Unread {}
