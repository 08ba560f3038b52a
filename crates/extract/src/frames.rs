//! Compressed streams of frames, each of parts whose lengths stand in front of them.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Members, Reader, Unread};

use crate::content::{Content, write_pieces};

/// Undoes the compression of one frame.
pub(crate) trait Frame: Send + Sized {
    /// The four bytes that a frame begins with, as a little-endian number.
    const MARK: u32;

    /// Returns a decoder of one frame that keeps at most so many bytes.
    fn new(room: usize) -> Self;

    /// Returns how long the next part is, as far as its first bytes tell: once it is as long as what is there, the
    /// part is whole. The first part begins with the mark.
    ///
    /// # Errors
    ///
    /// The reason why the frame is not read on.
    fn needs(&self, part: &[u8]) -> Result<usize, GapReason>;

    /// Reads a whole part.
    fn read(&mut self, part: &[u8], to: &mut Out<'_>) -> Result<Part, Unread>;

    /// Hands on what the decoder holds back, once no more parts will come.
    fn give_up(&mut self, to: &mut Out<'_>) -> Result<(), Unread>;
}

/// How a frame stands after a part.
pub(crate) enum Part {
    Inner,
    Last,
    Failed(GapReason),
}

/// Where a frame's content goes.
pub(crate) struct Out<'a> {
    content: &'a mut Content,
    members: &'a mut dyn Members,
}

impl Out<'_> {
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        self.content.write(bytes, self.members)
    }
}

/// Frames that hold no content but bytes of the writer's own: zstd and lz4 have the same. Sources: RFC 8878 section
/// 3.1.2; LZ4 Frame Format Description 1.6.4, "Skippable Frames".
const SKIPPABLE: u32 = 0x184d_2a50;
const SKIPPABLE_MASK: u32 = 0xffff_fff0;
/// Own bytes that are too few for anything to stand in them. `pzstd` writes as many into each of its frames.
const FEW: usize = 4;

/// Where in a row of frames the next byte stands.
enum At<F> {
    /// In the mark of a frame.
    Mark,
    Frame(F),
    /// In the bytes of a skippable frame: how many are to come.
    Skippable(usize),
}

/// Reads frames that follow one another: their contents are one. The bytes of skippable frames are kept, up to the
/// room, and become a member of their own at the end.
pub(crate) struct FrameReader<F> {
    at: At<F>,
    /// The part that arrives.
    part: Vec<u8>,
    content: Content,
    aside: Vec<u8>,
    is_aside_cut: bool,
}

impl<F: Frame> FrameReader<F> {
    pub(crate) fn new() -> FrameReader<F> {
        let (part, content, aside) = (Vec::new(), Content::default(), Vec::new());
        FrameReader { at: At::Mark, part, content, aside, is_aside_cut: false }
    }

    /// Takes what the part still needs; returns whether it is whole.
    fn fill(&mut self, needs: usize, input: &mut &[u8]) -> bool {
        let missing = needs.saturating_sub(self.part.len());
        let (taken, rest) = input.split_at(missing.min(input.len()));
        self.part.extend_from_slice(taken);
        *input = rest;
        self.part.len() >= needs
    }

    /// Reads a mark; returns whether a frame begins or may begin.
    fn mark(&mut self, input: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        if !may_begin(F::MARK, &self.part) {
            return Ok(false);
        }
        if !self.fill(self.part.len() + 1, input) {
            return Ok(true);
        }
        if let Some((mark, length)) = words(&self.part) {
            if mark & SKIPPABLE_MASK == SKIPPABLE {
                if let Some(length) = length {
                    self.part.clear();
                    self.at = At::Skippable(length as usize);
                }
            } else if mark == F::MARK {
                self.content.open(members)?;
                self.at = At::Frame(F::new(members.room()));
            }
        }
        Ok(may_begin(F::MARK, &self.part))
    }

    /// Reads parts of the frame to the end of the input or of the frame.
    fn parts(&mut self, input: &mut &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        while let At::Frame(frame) = &self.at {
            let needs = match frame.needs(&self.part) {
                Ok(needs) => needs,
                Err(reason) => return self.fail(reason, members),
            };
            if self.part.len() < needs {
                if !self.fill(needs, input) {
                    return Ok(());
                }
            } else {
                self.part(members)?;
            }
        }
        Ok(())
    }

    /// Reads the part that is whole.
    fn part(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        let At::Frame(frame) = &mut self.at else { return Ok(()) };
        let mut out = Out { content: &mut self.content, members };
        let read = frame.read(&self.part, &mut out)?;
        self.part.clear();
        match read {
            Part::Inner => {}
            Part::Last => self.at = At::Mark,
            Part::Failed(reason) => return self.fail(reason, members),
        }
        Ok(())
    }

    fn skippable(&mut self, left: usize, input: &mut &[u8], room: usize) {
        let (taken, rest) = input.split_at(left.min(input.len()));
        let kept = taken.len().min(room.saturating_sub(self.aside.len() + self.part.len()));
        self.is_aside_cut |= kept < taken.len();
        self.part.extend_from_slice(taken.get(..kept).unwrap_or_default());
        *input = rest;
        self.at = At::Skippable(left - taken.len());
        if left == taken.len() {
            if self.part.len() > FEW {
                self.aside.append(&mut self.part);
                self.aside.push(b'\n');
            }
            self.part.clear();
            self.at = At::Mark;
        }
    }

    /// Ends the frames; what begins with the mark is none.
    fn behind(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        self.end(members)?;
        self.content.behind(&self.part, members)
    }

    fn fail(&mut self, reason: GapReason, members: &mut dyn Members) -> Result<(), Unread> {
        if let At::Frame(frame) = &mut self.at {
            frame.give_up(&mut Out { content: &mut self.content, members })?;
        }
        self.end(members)?;
        Err(Unread(reason))
    }

    /// Ends the content and hands on what stood beside it.
    fn end(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        const NAME: &str = "skippable frames";
        self.content.close(members)?;
        if matches!(self.at, At::Skippable(_)) {
            self.aside.append(&mut self.part);
        }
        if !self.aside.is_empty() {
            members.open(NAME)?;
            write_pieces(&self.aside, members)?;
            members.close()?;
        }
        if self.is_aside_cut {
            members.gap(NAME, GapReason::Limit);
        }
        Ok(())
    }
}

impl<F: Frame> Reader for FrameReader<F> {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut input = bytes;
        while !input.is_empty() && !self.content.is_over() {
            match self.at {
                At::Frame(_) => self.parts(&mut input, members)?,
                At::Skippable(left) => self.skippable(left, &mut input, members.room()),
                At::Mark => {
                    if !self.mark(&mut input, members)? {
                        self.behind(members)?;
                    }
                }
            }
        }
        write_pieces(input, members)?;
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        if self.content.is_over() {
            return self.content.close(members);
        }
        match self.at {
            At::Mark if self.part.is_empty() => self.end(members),
            At::Mark => {
                self.behind(members)?;
                self.content.close(members)
            }
            _ => self.fail(GapReason::Truncated, members),
        }
    }
}

/// Returns the first number of four bytes, and the second.
pub(crate) fn words(bytes: &[u8]) -> Option<(u32, Option<u32>)> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*first), rest.first_chunk().map(|second| u32::from_le_bytes(*second))))
}

/// Whether a frame, or a skippable one, may begin with these bytes.
fn may_begin(mark: u32, bytes: &[u8]) -> bool {
    let begins = |mark: u32| bytes.iter().zip(mark.to_le_bytes()).all(|(byte, own)| *byte == own);
    begins(mark) || (0..16).any(|kind| begins(SKIPPABLE | kind))
}
