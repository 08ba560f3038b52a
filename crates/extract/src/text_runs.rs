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

/// Hands each run of text to `to`, up to `most` characters at a time.
///
/// # Errors
///
/// What `to` returns.
pub(crate) fn each<E>(
    bytes: &[u8],
    width: Width,
    mut to: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut run = String::new();
    let mut length = 0;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let next = character(rest, width, length > 0);
        if let Some(character) = next {
            run.push(character);
            length += 1;
        }
        at += if next.is_some() && width == Width::Units { 2 } else { 1 };
        if next.is_none() || length >= LONGEST {
            if length >= SHORTEST {
                run.extend(next.is_none().then_some('\n'));
                to(&run)?;
            }
            // What goes on is a run whatever its length.
            length = if next.is_some() { SHORTEST } else { 0 };
            run.clear();
        }
    }
    if length >= SHORTEST && !run.is_empty() { to(&run) } else { Ok(()) }
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
