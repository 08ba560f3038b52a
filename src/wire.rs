//! Numbers and bytes in a row, written and read back: what the state of a session is made of.

/// Writes values, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Writes a byte.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Writes a number: seven bits a byte, the lowest first, the top bit where more follow (LEB128).
    pub(crate) fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    /// Writes bytes whose number is known to whoever reads them.
    pub(crate) fn fixed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes bytes behind their number.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.fixed(bytes);
    }

    /// Writes a value that may be missing.
    pub(crate) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Writer, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// Writes values behind their number.
    pub(crate) fn list<T>(
        &mut self,
        values: impl ExactSizeIterator<Item = T>,
        mut write: impl FnMut(&mut Writer, T),
    ) {
        self.number(values.len() as u64);
        values.for_each(|value| write(self, value));
    }

    /// Writes which of all values one is.
    pub(crate) fn one_of<T: PartialEq>(&mut self, all: &[T], value: &T) {
        self.number(all.iter().position(|one| one == value).unwrap_or(all.len()) as u64);
    }

    /// Returns what has been written.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads what a [`Writer`] wrote; `None` wherever that cannot have been.
///
/// It takes memory for what is there and never for what a number claims.
#[derive(Debug)]
pub(crate) struct Reader<'r> {
    rest: &'r [u8],
}

/// The largest number that is read: longer than any payload, and far enough from overflow that sums of
/// several need no care.
const MOST: u64 = 1 << 60;

impl<'r> Reader<'r> {
    pub(crate) fn new(bytes: &'r [u8]) -> Reader<'r> {
        Reader { rest: bytes }
    }

    /// Returns whether everything has been read.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number).filter(|number| *number <= MOST);
            }
        }
        None
    }

    pub(crate) fn fixed(&mut self, length: usize) -> Option<&'r [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.fixed(N)?.first_chunk().copied()
    }

    pub(crate) fn bytes(&mut self) -> Option<&'r [u8]> {
        let length = self.number()?;
        self.fixed(usize::try_from(length).ok()?)
    }

    pub(crate) fn text(&mut self) -> Option<&'r str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(crate) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Reader<'r>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.flag()? {
            true => read(self).map(Some),
            false => Some(None),
        }
    }

    /// Reads a list of at most `most` values.
    pub(crate) fn list<T>(
        &mut self,
        most: usize,
        mut read: impl FnMut(&mut Reader<'r>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.number().filter(|count| *count <= most as u64)?;
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(read(self)?);
        }
        Some(values)
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::try_from(self.number()?).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), MOST];
        numbers.iter().for_each(|number| writer.number(*number));
        writer.bytes(b"abc");
        writer.option(Some(b"de"), |out, bytes| out.fixed(bytes));
        writer.option(None::<u8>, Writer::byte);
        writer.list([7u8, 8].into_iter(), Writer::byte);
        writer.one_of(&["x", "y"], &"y");
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes);
        numbers.iter().for_each(|number| assert_eq!(reader.number(), Some(*number)));
        assert_eq!(reader.text(), Some("abc"));
        assert_eq!(reader.option(Reader::array), Some(Some(*b"de")));
        assert_eq!(reader.option(Reader::byte), Some(None));
        assert_eq!(reader.list(2, Reader::byte), Some(vec![7, 8]));
        assert_eq!(reader.one_of(&["x", "y"]), Some("y"));
        assert!(reader.is_empty());
    }

    #[test]
    fn what_claims_more_than_there_is_is_refused() {
        let mut claims = Writer::default();
        claims.number(MOST);
        let claims = claims.into_bytes();
        assert_eq!(Reader::new(&claims).bytes(), None);
        assert_eq!(Reader::new(&claims).list(usize::MAX, Reader::byte), None);
        assert_eq!(Reader::new(&[5, 1, 2]).list(4, Reader::byte), None);
        assert_eq!(Reader::new(&[0xff; 11]).number(), None);
        assert_eq!(Reader::new(&[2]).flag(), None);
        assert_eq!(Reader::new(&[9]).one_of(&[1, 2]), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            let lists = reader.list(usize::MAX, |r| r.option(|r| r.text().map(str::len)));
            prop_assert!(lists.is_none_or(|lists| lists.len() <= bytes.len()));
        }
    }
}
