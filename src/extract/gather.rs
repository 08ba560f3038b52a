//! Bytes of a fixed count that arrive in pieces: headers.

/// Gathers bytes until there are as many as are asked for.
#[derive(Debug, Default)]
pub(super) struct Gather {
    bytes: Vec<u8>,
}

impl Gather {
    /// Takes bytes off the front of `rest` until `count` are there, and returns these; `None` where more are needed.
    ///
    /// What is gathered grows with what arrives, whatever `count` says.
    pub(super) fn take(&mut self, rest: &mut &[u8], count: usize) -> Option<&[u8]> {
        let missing = count.saturating_sub(self.bytes.len()).min(rest.len());
        let (own, behind) = rest.split_at(missing);
        self.bytes.extend_from_slice(own);
        *rest = behind;
        self.bytes.get(..count)
    }

    /// Takes bytes up to and with the first that is `last`, and returns those before it; `None` where it has not come.
    pub(super) fn take_until(&mut self, rest: &mut &[u8], last: u8) -> Option<&[u8]> {
        let found = memchr::memchr(last, rest);
        let (own, behind) = rest.split_at(found.map_or(rest.len(), |at| at + 1));
        self.bytes.extend_from_slice(own);
        *rest = behind;
        found.map(|_| self.bytes.split_last().map_or(&[][..], |(_, text)| text))
    }

    /// Returns what is gathered.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Goes on with these bytes alone.
    pub(super) fn keep(&mut self, bytes: &[u8]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
    }

    /// Forgets what was gathered.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// Takes as many bytes off the front of `rest` as there are, `most` at the most.
pub(super) fn some_of<'b>(rest: &mut &'b [u8], most: u64) -> &'b [u8] {
    let count = usize::try_from(most).unwrap_or(usize::MAX).min(rest.len());
    let (own, behind) = rest.split_at(count);
    *rest = behind;
    own
}

/// Returns the number of two, four or eight bytes at an offset, the least significant first; 0 beyond the end.
pub(super) fn number<const N: usize>(bytes: &[u8], at: usize) -> u64 {
    let own = bytes.get(at..at + N).unwrap_or_default();
    own.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Returns a name as text: UTF-8, or each byte by ISO 8859-1.
pub(super) fn name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
