//! Compressed streams whose decoders take input cut anywhere.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Members, Reader, Unread};

use crate::content::{Content, PIECE, write_pieces};

/// Undoes the compression of one stream.
pub(crate) trait Decoder: Send + Sized {
    /// Returns a decoder that keeps at most so many bytes.
    fn new(room: usize) -> Self;

    /// Reads from the front of `input` and writes to the front of `out`.
    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Step;

    /// Writes what is left once all input has come.
    fn last(&mut self, out: &mut [u8]) -> Step;

    /// Tells what begins with these bytes, which stand behind a stream or at the start.
    fn follows(bytes: &[u8]) -> Follows;
}

/// What one step of a [`Decoder`] did.
pub(crate) struct Step {
    /// Bytes of the input that it took.
    pub(crate) read: usize,
    /// Bytes of the output that it filled, also where it failed.
    pub(crate) written: usize,
    pub(crate) state: State,
}

/// How a stream stands after a step.
pub(crate) enum State {
    Going,
    /// It has ended; these bytes, which it had taken, were not part of it.
    Ended(Vec<u8>),
    Failed(GapReason),
}

/// What may stand behind a stream.
pub(crate) enum Follows {
    /// Another stream.
    Stream,
    /// Bytes that mean nothing.
    Padding,
    /// Too few bytes to tell.
    Unclear,
    /// What is not of the format.
    Other,
}

/// Reads streams that follow one another: their contents are one.
///
/// Holds one decoder, a piece of output and the few bytes of a mark.
pub(crate) struct StreamReader<D> {
    decoder: Option<D>,
    /// Bytes behind the last stream that do not tell yet what they begin.
    mark: Vec<u8>,
    /// Whether no stream can follow.
    is_last: bool,
    piece: Vec<u8>,
    content: Content,
}

impl<D: Decoder> StreamReader<D> {
    pub(crate) fn new() -> StreamReader<D> {
        let (mark, content) = (Vec::new(), Content::default());
        StreamReader { decoder: None, mark, is_last: false, piece: vec![0; PIECE], content }
    }

    /// Decodes to the end of the input or of the stream, whose decoder it then drops.
    fn decode(&mut self, input: &mut &[u8], members: &mut dyn Members) -> Result<(), Unread> {
        while let Some(decoder) = &mut self.decoder {
            let step = decoder.step(input, &mut self.piece);
            *input = input.get(step.read..).unwrap_or_default();
            let is_full = step.written == self.piece.len();
            let is_stuck = step.read + step.written == 0;
            self.take(step, members)?;
            match self.decoder {
                Some(_) if is_full => {}
                Some(_) if input.is_empty() => return Ok(()),
                Some(_) if is_stuck => return self.fail(GapReason::Damaged, members),
                _ => {}
            }
        }
        Ok(())
    }

    /// Decodes what the decoder still holds once all input has come.
    fn decode_last(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        while let Some(decoder) = &mut self.decoder {
            let step = decoder.last(&mut self.piece);
            let is_stuck = step.written == 0;
            self.take(step, members)?;
            if is_stuck && self.decoder.is_some() {
                return self.fail(GapReason::Truncated, members);
            }
        }
        Ok(())
    }

    /// Hands on what a step wrote and notes how the stream stands.
    fn take(&mut self, step: Step, members: &mut dyn Members) -> Result<(), Unread> {
        let written = self.piece.get(..step.written).unwrap_or_default();
        self.content.write(written, members)?;
        match step.state {
            State::Going => {}
            State::Failed(reason) => return self.fail(reason, members),
            State::Ended(surplus) => {
                self.is_last = !surplus.is_empty();
                self.mark = surplus;
                self.decoder = None;
            }
        }
        Ok(())
    }

    fn fail(&mut self, reason: GapReason, members: &mut dyn Members) -> Result<(), Unread> {
        self.content.close(members)?;
        Err(Unread(reason))
    }

    /// Reads up to the start of a stream and the mark that it begins with; returns whether the format goes on.
    fn begin(&mut self, input: &mut &[u8], members: &mut dyn Members) -> Result<bool, Unread> {
        loop {
            match D::follows(&self.mark) {
                Follows::Other => return Ok(false),
                Follows::Padding => self.mark.clear(),
                Follows::Stream => {
                    self.content.open(members)?;
                    self.decoder = Some(D::new(members.room()));
                    let mark = std::mem::take(&mut self.mark);
                    self.decode(&mut mark.as_slice(), members)?;
                    return Ok(true);
                }
                Follows::Unclear => {
                    let Some((first, rest)) = input.split_first() else { return Ok(true) };
                    self.mark.push(*first);
                    *input = rest;
                }
            }
        }
    }
}

impl<D: Decoder> Reader for StreamReader<D> {
    fn push(&mut self, bytes: &[u8], members: &mut dyn Members) -> Result<Flow, Unread> {
        let mut input = bytes;
        while !input.is_empty() && !self.content.is_over() {
            self.decode(&mut input, members)?;
            let goes_on =
                self.decoder.is_some() || !self.is_last && self.begin(&mut input, members)?;
            if !goes_on {
                self.content.behind(&self.mark, members)?;
            }
        }
        write_pieces(input, members)?;
        Ok(Flow::More)
    }

    fn finish(&mut self, members: &mut dyn Members) -> Result<(), Unread> {
        self.decode_last(members)?;
        if !self.content.is_over() && !self.mark.is_empty() {
            self.content.behind(&self.mark, members)?;
        }
        self.content.close(members)
    }
}
