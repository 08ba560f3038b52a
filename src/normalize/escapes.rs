//! Characters that transfer encodings and markup write with several: `%34`, `&nbsp;`, `\u0034`, `=34`, `<b>`.

use super::base64;

/// Some bytes and what they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) meaning: Meaning,
    /// How many bytes are written for it.
    pub(super) width: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Byte(u8),
    Char(char),
    Gone,
}

/// Bytes of the longest tag or comment that is looked through.
const LONGEST_TAG: usize = 128;
/// Bytes of the longest line of quoted-printable on either side of what is read. Source: RFC 2045, 6.7.
const LONGEST_LINE: usize = 80;
/// What the head of a mail calls its encoding.
const PRINTABLE: &[u8] = b"quoted-printable";
/// Digits on either side of the `=` in the second track of a card, from which on it is one. Source: ISO/IEC
/// 7813, 6.
const TRACK_DIGITS: (usize, usize) = (12, 7);
/// Bytes of the longest name of a character.
const LONGEST_NAME: usize = 20;

/// Elements of HTML that mark up a part of a word or line and do not end it. Source: HTML Living
/// Standard, 4.5 and 4.7.
const INLINE: [&[u8]; 31] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"del", b"em", b"font",
    b"i", b"ins", b"kbd", b"label", b"mark", b"nobr", b"o:p", b"q", b"s", b"samp", b"small",
    b"span", b"strike", b"strong", b"sub", b"sup", b"tt", b"u", b"wbr",
];

/// Letters of the longest of them.
const LONGEST_INLINE: usize = 6;

/// Characters that HTML gives names. Source: HTML Living Standard, 13.5; those of blanks, marks and
/// the letters of ISO 8859-1.
const NAMED: [(&str, char); 121] = [
    ("AElig", '\u{c6}'),
    ("Aacute", '\u{c1}'),
    ("Acirc", '\u{c2}'),
    ("Agrave", '\u{c0}'),
    ("Aring", '\u{c5}'),
    ("Atilde", '\u{c3}'),
    ("Auml", '\u{c4}'),
    ("Ccedil", '\u{c7}'),
    ("ETH", '\u{d0}'),
    ("Eacute", '\u{c9}'),
    ("Ecirc", '\u{ca}'),
    ("Egrave", '\u{c8}'),
    ("Euml", '\u{cb}'),
    ("Iacute", '\u{cd}'),
    ("Icirc", '\u{ce}'),
    ("Igrave", '\u{cc}'),
    ("Iuml", '\u{cf}'),
    ("MediumSpace", '\u{205f}'),
    ("NewLine", '\u{a}'),
    ("NoBreak", '\u{2060}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("Ntilde", '\u{d1}'),
    ("OElig", '\u{152}'),
    ("Oacute", '\u{d3}'),
    ("Ocirc", '\u{d4}'),
    ("Ograve", '\u{d2}'),
    ("Oslash", '\u{d8}'),
    ("Otilde", '\u{d5}'),
    ("Ouml", '\u{d6}'),
    ("Scaron", '\u{160}'),
    ("THORN", '\u{de}'),
    ("Tab", '\u{9}'),
    ("ThinSpace", '\u{2009}'),
    ("Uacute", '\u{da}'),
    ("Ucirc", '\u{db}'),
    ("Ugrave", '\u{d9}'),
    ("Uuml", '\u{dc}'),
    ("Yacute", '\u{dd}'),
    ("Yuml", '\u{178}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("aacute", '\u{e1}'),
    ("acirc", '\u{e2}'),
    ("aelig", '\u{e6}'),
    ("agrave", '\u{e0}'),
    ("amp", '\u{26}'),
    ("apos", '\u{27}'),
    ("aring", '\u{e5}'),
    ("atilde", '\u{e3}'),
    ("auml", '\u{e4}'),
    ("bsol", '\u{5c}'),
    ("bull", '\u{2022}'),
    ("ccedil", '\u{e7}'),
    ("colon", '\u{3a}'),
    ("comma", '\u{2c}'),
    ("dash", '\u{2010}'),
    ("eacute", '\u{e9}'),
    ("ecirc", '\u{ea}'),
    ("egrave", '\u{e8}'),
    ("emsp", '\u{2003}'),
    ("emsp13", '\u{2004}'),
    ("emsp14", '\u{2005}'),
    ("ensp", '\u{2002}'),
    ("equals", '\u{3d}'),
    ("eth", '\u{f0}'),
    ("euml", '\u{eb}'),
    ("gt", '\u{3e}'),
    ("hairsp", '\u{200a}'),
    ("horbar", '\u{2015}'),
    ("hybull", '\u{2043}'),
    ("hyphen", '\u{2010}'),
    ("iacute", '\u{ed}'),
    ("icirc", '\u{ee}'),
    ("igrave", '\u{ec}'),
    ("iuml", '\u{ef}'),
    ("ldquo", '\u{201c}'),
    ("lowbar", '\u{5f}'),
    ("lpar", '\u{28}'),
    ("lrm", '\u{200e}'),
    ("lsqb", '\u{5b}'),
    ("lsquo", '\u{2018}'),
    ("lt", '\u{3c}'),
    ("mdash", '\u{2014}'),
    ("middot", '\u{b7}'),
    ("minus", '\u{2212}'),
    ("nbsp", '\u{a0}'),
    ("ndash", '\u{2013}'),
    ("ntilde", '\u{f1}'),
    ("num", '\u{23}'),
    ("numsp", '\u{2007}'),
    ("oacute", '\u{f3}'),
    ("ocirc", '\u{f4}'),
    ("oelig", '\u{153}'),
    ("ograve", '\u{f2}'),
    ("oslash", '\u{f8}'),
    ("otilde", '\u{f5}'),
    ("ouml", '\u{f6}'),
    ("percnt", '\u{25}'),
    ("period", '\u{2e}'),
    ("plus", '\u{2b}'),
    ("puncsp", '\u{2008}'),
    ("quot", '\u{22}'),
    ("rdquo", '\u{201d}'),
    ("rlm", '\u{200f}'),
    ("rpar", '\u{29}'),
    ("rsqb", '\u{5d}'),
    ("rsquo", '\u{2019}'),
    ("scaron", '\u{161}'),
    ("semi", '\u{3b}'),
    ("shy", '\u{ad}'),
    ("sol", '\u{2f}'),
    ("szlig", '\u{df}'),
    ("thinsp", '\u{2009}'),
    ("thorn", '\u{fe}'),
    ("uacute", '\u{fa}'),
    ("ucirc", '\u{fb}'),
    ("ugrave", '\u{f9}'),
    ("uuml", '\u{fc}'),
    ("yacute", '\u{fd}'),
    ("yuml", '\u{ff}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// Returns what the bytes at `at` are written for, `None` where they stand for themselves.
///
/// Reads at most [`LONGEST_TAG`] bytes. `=34` is read so only where a text is quoted-printable.
pub(super) fn unit(bytes: &[u8], at: usize, quoted_printable: bool) -> Option<Unit> {
    let tail = bytes.get(at..)?;
    match tail.first()? {
        b'&' => entity(tail),
        b'%' => hex_byte(tail.get(1..3)?, 3),
        b'\\' => escape(tail),
        b'<' => tag(tail),
        b'=' if quoted_printable && !is_track(bytes, at) && is_line_quoted(bytes, at) => {
            quoted(tail)
        }
        _ => None,
    }
}

/// Returns whether a text says that it is quoted-printable, or holds what only that writes: a soft line
/// break, or an encoded byte where no name of a field stands before the `=`. Source: RFC 2045, 6.7.
pub(super) fn is_quoted_printable(text: &[u8]) -> bool {
    let mut marks = memchr::memchr_iter(b'=', text).peekable();
    let says_so = || {
        let mut ends = memchr::memmem::find_iter(text, b"rintable");
        ends.any(|end| {
            let start = end.checked_sub(PRINTABLE.len() - b"rintable".len());
            let name = start.and_then(|start| text.get(start..start + PRINTABLE.len()));
            name.is_some_and(|name| name.eq_ignore_ascii_case(PRINTABLE))
        })
    };
    marks.peek().is_some() && (marks.any(|at| is_quoted(text, at)) || says_so())
}

/// Returns whether the `=` at `at` may be one of quoted-printable, if something says that the text is.
pub(super) fn may_be_quoted(text: &[u8], at: usize) -> bool {
    let tail = text.get(at..).unwrap_or_default();
    quoted(tail).is_some_and(|unit| matches!(unit.meaning, Meaning::Byte(b' '..=b'~')))
        && is_line_quoted(text, at)
}

/// Returns whether the `=` at `at` can only be one of quoted-printable.
pub(super) fn is_quoted(text: &[u8], at: usize) -> bool {
    let tail = text.get(at..).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    let is_name = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii() || b" _-]\"'".contains(b);
    let named = before.is_some_and(is_name);
    let soft = (tail.starts_with(b"=\n") || tail.starts_with(b"=\r\n")) && before != Some(&b'=');
    let byte = || quoted(tail).is_some_and(|unit| unit.width == 3);
    let evident = soft && !base64::is_padding(text, at)
        || byte() && (!named || is_character(tail) || is_within_word(text, at));
    evident && !is_track(text, at) && is_line_quoted(text, at)
}

/// Whether the `=` at `at` parts the second track of a card.
fn is_track(text: &[u8], at: usize) -> bool {
    let (before, behind) = TRACK_DIGITS;
    let is_number =
        |digits: Option<&[u8]>| digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit));
    let head = at.checked_sub(before).and_then(|start| text.get(start..at));
    is_number(head) && is_number(text.get(at + 1..at + 1 + behind))
}

/// Whether a text begins with a character of UTF-8 beyond ASCII, each byte of it encoded.
fn is_character(tail: &[u8]) -> bool {
    let mut bytes = tail.chunks(3).map_while(|unit| match unit {
        [b'=', first, second] => hex(*first, *second),
        _ => None,
    });
    let lead = bytes.next().filter(|lead| matches!(lead, 0xc2..=0xf4));
    lead.is_some() && bytes.next().is_some_and(|next| matches!(next, 0x80..0xc0))
}

/// Whether the byte at `at` is a letter of ISO 8859-1 among small letters.
fn is_within_word(text: &[u8], at: usize) -> bool {
    let is_small =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_lowercase);
    let letter = matches!(text.get(at + 1), Some(b'C'..=b'F'));
    letter && is_small(at.checked_sub(1)) && is_small(Some(at + 3))
}

/// Whether every `=` on the line around `at` is one of quoted-printable, which writes none plainly.
fn is_line_quoted(text: &[u8], at: usize) -> bool {
    let head = text.get(at.saturating_sub(LONGEST_LINE)..at).unwrap_or_default();
    let tail = text.get(at..text.len().min(at + LONGEST_LINE)).unwrap_or_default();
    let head = memchr::memrchr(b'\n', head).map_or(head.len(), |end| head.len() - end - 1);
    let tail = memchr::memchr(b'\n', tail).unwrap_or(tail.len());
    let line = at - head..at + tail;
    let mut marks = memchr::memchr_iter(b'=', text.get(line.clone()).unwrap_or_default());
    marks.all(|mark| match text.get(line.start + mark + 1..) {
        Some([b'\n', ..] | [b'\r', b'\n', ..] | []) => true,
        Some([first]) => hex(*first, b'0').is_some(),
        Some([first, second, ..]) => hex(*first, *second).is_some(),
        None => true,
    })
}

/// Returns the byte that two digits write, letters in capitals. Source: RFC 2045, 6.7.
fn hex(first: u8, second: u8) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'F' => char::from(byte).to_digit(16),
        _ => None,
    };
    u8::try_from(digit(first)? << 4 | digit(second)?).ok()
}

fn quoted(tail: &[u8]) -> Option<Unit> {
    match tail {
        [_, b'\n', ..] => Some(Unit { meaning: Meaning::Gone, width: 2 }),
        [_, b'\r', b'\n', ..] => Some(Unit { meaning: Meaning::Gone, width: 3 }),
        [_, first, second, ..] => {
            Some(Unit { meaning: Meaning::Byte(hex(*first, *second)?), width: 3 })
        }
        _ => None,
    }
}

fn hex_byte(digits: &[u8], width: usize) -> Option<Unit> {
    let byte = u8::try_from(number(digits, 16)?).ok()?;
    Some(Unit { meaning: Meaning::Byte(byte), width })
}

/// Returns the number that digits of a base write, `None` where one is none.
fn number(digits: &[u8], base: u32) -> Option<u32> {
    let add = |sum: u32, byte: &u8| {
        let digit = char::from(*byte).to_digit(base)?;
        sum.checked_mul(base)?.checked_add(digit)
    };
    digits.iter().try_fold(0, add).filter(|_| !digits.is_empty())
}

fn character(code: u32, width: usize) -> Option<Unit> {
    let decoded = char::from_u32(code)?;
    let ascii = u8::try_from(code).ok().filter(u8::is_ascii);
    let meaning = ascii.map_or(Meaning::Char(decoded), Meaning::Byte);
    Some(Unit { meaning, width })
}

/// `&nbsp;`, `&#52;` and `&#x34;`, the last two with or without the semicolon.
fn entity(tail: &[u8]) -> Option<Unit> {
    let name = tail.get(1..)?;
    let Some(numeric) = name.strip_prefix(b"#") else {
        let length = name.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric());
        let length = length.count();
        (name.get(length) == Some(&b';')).then_some(())?;
        let name = std::str::from_utf8(name.get(..length)?).ok()?;
        let index = NAMED.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        let (_, named) = NAMED.get(index)?;
        return character(u32::from(*named), length + 2);
    };
    let hex = matches!(numeric.first(), Some(b'x' | b'X'));
    let (digits, base, prefix) = if hex { (numeric.get(1..)?, 16, 3) } else { (numeric, 10, 2) };
    let is_digit = |byte: &&u8| char::from(**byte).is_digit(base);
    let count = digits.iter().take(7).take_while(is_digit).count();
    let code = number(digits.get(..count)?, base)?;
    let closed = usize::from(digits.get(count) == Some(&b';'));
    character(code, prefix + count + closed)
}

/// The escapes of JSON, JavaScript, C and Markdown.
fn escape(tail: &[u8]) -> Option<Unit> {
    let byte = |byte: u8| Some(Unit { meaning: Meaning::Byte(byte), width: 2 });
    match *tail.get(1)? {
        b'u' => unicode_escape(tail),
        b'U' => character(number(tail.get(2..10)?, 16)?, 10),
        b'x' => hex_byte(tail.get(2..4)?, 4),
        b'n' => byte(b'\n'),
        b'r' => byte(b'\r'),
        b't' => byte(b'\t'),
        b'0'..=b'3' => character(number(tail.get(1..4)?, 8)?, 4),
        mark @ (b' ' | b'-' | b'.' | b'/' | b'_' | b'\\' | b'"') => byte(mark),
        b'\n' => Some(Unit { meaning: Meaning::Gone, width: 2 }),
        _ => None,
    }
}

/// `\u0034`, `\u{34}`, and two halves of a surrogate pair.
fn unicode_escape(tail: &[u8]) -> Option<Unit> {
    if tail.get(2) == Some(&b'{') {
        let digits = tail.get(3..tail.len().min(9))?;
        let count = digits.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        (tail.get(3 + count) == Some(&b'}')).then_some(())?;
        return character(number(digits.get(..count)?, 16)?, count + 4);
    }
    let first = number(tail.get(2..6)?, 16)?;
    if !(0xd800..0xdc00).contains(&first) {
        return character(first, 6);
    }
    let low = tail.get(6..12)?.strip_prefix(b"\\u")?;
    let low = number(low, 16).filter(|low| (0xdc00..0xe000).contains(low))?;
    character(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00), 12)
}

/// A comment or an inline tag, which show nothing, or a line break.
fn tag(tail: &[u8]) -> Option<Unit> {
    let tail = tail.get(..tail.len().min(LONGEST_TAG))?;
    let gone = |width: usize| Some(Unit { meaning: Meaning::Gone, width });
    if tail.starts_with(b"<!--") {
        return gone(memchr::memmem::find(tail, b"-->")? + 3);
    }
    let name = tail.get(1..)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let length = name.iter().take_while(|b| b.is_ascii_alphabetic() || **b == b':').count();
    let mut lower = [0; LONGEST_INLINE];
    let lower = lower.get_mut(..length)?;
    lower.copy_from_slice(name.get(..length)?);
    lower.make_ascii_lowercase();
    let is_break = lower == b"br";
    (is_break || INLINE.contains(&&*lower)).then_some(())?;
    let inside = tail.get(1..)?.iter().take_while(|b| !matches!(b, b'<' | b'>')).count();
    (tail.get(1 + inside) == Some(&b'>')).then_some(())?;
    let width = inside + 2;
    if is_break { Some(Unit { meaning: Meaning::Byte(b'\n'), width }) } else { gone(width) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> Option<(Meaning, usize)> {
        unit(text.as_bytes(), 0, true).map(|unit| (unit.meaning, unit.width))
    }

    #[test]
    fn every_encoding_of_a_digit_is_read() {
        for text in [
            "%34",
            "&#52;",
            "&#x34;",
            "&#X34;",
            "&#0052;",
            "&#52",
            "\\u0034",
            "\\u{34}",
            "\\x34",
            "\\064",
            "\\U00000034",
            "=34",
        ] {
            assert_eq!(meaning(text), Some((Meaning::Byte(b'4'), text.len())), "{text}");
            assert_eq!(meaning(&format!("{text} 1")).map(|(_, width)| width), Some(text.len()));
        }
    }

    #[test]
    fn names_pairs_and_tags_are_read() {
        assert_eq!(meaning("&nbsp;"), Some((Meaning::Char('\u{a0}'), 6)));
        assert_eq!(meaning("&eacute;"), Some((Meaning::Char('é'), 8)));
        assert_eq!(meaning("\\ud835\\udfd2"), Some((Meaning::Char('𝟒'), 12)));
        assert_eq!(meaning("<b>4"), Some((Meaning::Gone, 3)));
        assert_eq!(meaning("</SPAN >"), Some((Meaning::Gone, 8)));
        assert_eq!(meaning("<span class=\"x\">4"), Some((Meaning::Gone, 16)));
        assert_eq!(meaning("<!-- x -->4"), Some((Meaning::Gone, 10)));
        assert_eq!(meaning("<br/>"), Some((Meaning::Byte(b'\n'), 5)));
        assert_eq!(meaning("=\r\n4"), Some((Meaning::Gone, 3)));
    }

    #[test]
    fn what_stands_for_itself_is_left() {
        for text in [
            "%3",
            "%zz",
            "& b",
            "&unknown;",
            "&#;",
            "&#xg",
            "\\u00",
            "\\ud835x",
            "\\q",
            "<td>",
            "<b",
            "a < b",
            "<bold>",
            "=3",
            "4",
        ] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_sorted() {
        assert!(NAMED.is_sorted());
    }

    #[test]
    fn fields_are_not_quoted_printable() {
        for text in [
            "a=34&b=20",
            "year=2026 id=41",
            "<a href=\"41\">",
            "name=anna&abn=83 914 571 641",
            "abn=83%20914&passport=99",
            "x=ABC123 y=F0",
            "1=20&b=c",
            "x==41",
            "MTExNDExMTExMTExMTExMQ==\nso",
            "AAABKEg0VhI0VniQGjRWAAAAAAA=\nso",
            "4242424242424242=75056011000000020000",
            "OTExMTExMTExMTExMTE=\nso",
        ] {
            assert!(!is_quoted_printable(text.as_bytes()), "{text}");
        }
        for text in ["4111=201111", "Diab=C3=A8te", "Diab=E8te", "so=\r\nft", "=34=31"] {
            assert!(is_quoted_printable(text.as_bytes()), "{text}");
        }
    }
}
