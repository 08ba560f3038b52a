//! Text that lies between other bytes, in eight bits or in UTF-16.

/// Characters of a run that is text and no accident.
const SHORTEST: usize = 4;

/// How the characters of a run are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// ISO 8859-1.
    Bytes,
    /// UTF-16, little endian.
    Units,
}

/// Hands each run of text to `to`, in pieces, each run on a line of its own.
///
/// # Errors
///
/// What `to` returns.
pub(crate) fn each<E>(
    bytes: &[u8],
    width: Width,
    mut to: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut run = Run::default();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let next = character(rest, width, run.length > 0);
        at += if next.is_some() && width == Width::Units { 2 } else { 1 };
        match next {
            Some(character) => run.push(character, &mut to)?,
            None => run.end(&mut to)?,
        }
    }
    run.end(&mut to)
}

/// Characters in a row.
#[derive(Default)]
struct Run {
    text: String,
    /// How many they are, those that have been handed on among them.
    length: usize,
}

impl Run {
    fn push<E>(
        &mut self,
        character: char,
        to: &mut impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.text.push(character);
        self.length += 1;
        if self.length.is_multiple_of(LONGEST) {
            to(&self.text)?;
            self.text.clear();
        }
        Ok(())
    }

    fn end<E>(&mut self, to: &mut impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let is_text = std::mem::take(&mut self.length) >= SHORTEST;
        self.text.push('\n');
        let handed = if is_text { to(&self.text) } else { Ok(()) };
        self.text.clear();
        handed
    }
}

/// Characters of a run that are held.
const LONGEST: usize = 4096;

/// The character that stands at the start, where it may be one of a text.
fn character(bytes: &[u8], width: Width, is_within: bool) -> Option<char> {
    let first = *bytes.first()?;
    let is_text = matches!(first, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xa0..);
    if width == Width::Bytes {
        return is_text.then(|| char::from(first));
    }
    match *bytes.get(1)? {
        0 => is_text.then(|| char::from(first)),
        // Further letters of Latin, Greek, Cyrillic, and dashes; bytes between texts look like them too.
        high @ (1..=5 | 0x20) if is_within => {
            char::from_u32(u32::from(u16::from_le_bytes([first, high])))
        }
        _ => None,
    }
}
