//! What stands between the groups of a written form.

/// A kind of separator between groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Blank,
    Dash,
    Dot,
    Underscore,
    Slash,
}

impl Separator {
    /// Bytes of the widest separator; a line end takes two.
    pub(super) const WIDEST: usize = 3;
    /// All kinds, in order.
    pub(super) const KINDS: [Separator; 5] = [
        Separator::Blank,
        Separator::Dash,
        Separator::Dot,
        Separator::Underscore,
        Separator::Slash,
    ];

    /// Returns the separator that a byte of ASCII is.
    pub(super) const fn of_ascii(byte: u8) -> Option<Separator> {
        match byte {
            // `+` is a blank in a form-encoded body.
            b' ' | b'\t' | b'+' => Some(Separator::Blank),
            b'-' => Some(Separator::Dash),
            b'.' => Some(Separator::Dot),
            b'_' => Some(Separator::Underscore),
            b'/' => Some(Separator::Slash),
            _ => None,
        }
    }

    /// Returns the byte of ASCII that stands for this kind.
    pub(super) fn as_ascii(self) -> u8 {
        match self {
            Separator::Blank => b' ',
            Separator::Dash => b'-',
            Separator::Dot => b'.',
            Separator::Underscore => b'_',
            Separator::Slash => b'/',
        }
    }

    /// The bytes of every separator character outside of ASCII.
    const WIDE: [(&'static [u8], Separator); 13] = [
        ("\u{a0}".as_bytes(), Separator::Blank),
        ("\u{2007}".as_bytes(), Separator::Blank),
        ("\u{2009}".as_bytes(), Separator::Blank),
        ("\u{202f}".as_bytes(), Separator::Blank),
        ("\u{3000}".as_bytes(), Separator::Blank),
        ("\u{2010}".as_bytes(), Separator::Dash),
        ("\u{2011}".as_bytes(), Separator::Dash),
        ("\u{2012}".as_bytes(), Separator::Dash),
        ("\u{2013}".as_bytes(), Separator::Dash),
        ("\u{2014}".as_bytes(), Separator::Dash),
        ("\u{2015}".as_bytes(), Separator::Dash),
        ("\u{2212}".as_bytes(), Separator::Dash),
        // U+00A0 in Windows-1252 and ISO 8859-1.
        (b"\xa0", Separator::Blank),
    ];

    /// Returns the separator at the start of `bytes` and its width in bytes.
    pub(super) fn starting(bytes: &[u8]) -> Option<(Separator, usize)> {
        match bytes.first()? {
            first @ 0..0x80 => Separator::of_ascii(*first).map(|separator| (separator, 1)),
            _ => Separator::wide(|text| bytes.starts_with(text)),
        }
    }

    fn wide(is_there: impl Fn(&[u8]) -> bool) -> Option<(Separator, usize)> {
        let found = Separator::WIDE.iter().find(|(text, _)| is_there(text));
        found.map(|(text, separator)| (*separator, text.len()))
    }

    /// Returns the width of the separator at the start of `bytes` if it goes on with this kind. A line
    /// may end once where a blank would stand.
    pub(super) fn going_on(self, bytes: &[u8], broken: &mut bool) -> Option<usize> {
        let line_end = match bytes {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        if line_end > 0 && self == Separator::Blank && !*broken {
            *broken = true;
            return Some(line_end);
        }
        Separator::starting(bytes).filter(|(kind, _)| *kind == self).map(|(_, width)| width)
    }

    /// Returns the separator at the end of `bytes` and its width in bytes.
    pub(super) fn ending(bytes: &[u8]) -> Option<(Separator, usize)> {
        match bytes.last()? {
            last @ 0..0x80 => Separator::of_ascii(*last).map(|separator| (separator, 1)),
            _ => Separator::wide(|text| bytes.ends_with(text)),
        }
    }
}
