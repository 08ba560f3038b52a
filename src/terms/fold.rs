//! Letters without case and accents.

use std::ops::Range;

pub(crate) use crate::engine::utf8::decode;

/// Combining marks that one letter may carry.
const MOST_MARKS: usize = 4;

/// A letter of a text as it is compared, and the bytes that it takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    bytes: [u8; 4],
    length: usize,
    /// Bytes of the text, combining marks behind the letter included.
    pub(crate) width: usize,
}

impl Letter {
    /// Returns the letter in lower case and without accents: one byte for each Latin letter of it,
    /// UTF-8 for any other.
    pub(crate) fn folded(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Returns the letter that begins at `at`; `ß`, `œ` and `æ` are two.
pub(crate) fn letter(haystack: &[u8], at: usize) -> Option<Letter> {
    let tail = haystack.get(at..)?;
    let first = *tail.first()?;
    let mut bytes = [first.to_ascii_lowercase(), 0, 0, 0];
    let (length, width) = if first < 0x80 {
        (1, 1)
    } else {
        let (character, width) = decode(tail)?;
        (fold(character, &mut bytes), width)
    };
    Some(Letter { bytes, length, width: width + marks(tail.get(width..).unwrap_or_default()) })
}

/// Hands the folded bytes of the letter at `at` to `each` and returns its width; `None` at the end.
#[inline]
pub(crate) fn step(haystack: &[u8], at: usize, mut each: impl FnMut(u8)) -> Option<usize> {
    let first = *haystack.get(at)?;
    let marked = matches!(haystack.get(at + 1), Some(0xcc | 0xcd));
    if first < 0x80 && !marked {
        each(first.to_ascii_lowercase());
        return Some(1);
    }
    let letter = letter(haystack, at)?;
    letter.folded().iter().copied().for_each(each);
    Some(letter.width)
}

/// Returns the width of the combining marks that bytes begin with: U+0300 to U+036F, the accents of
/// decomposed text.
fn marks(bytes: &[u8]) -> usize {
    let is_mark = |pair: &&[u8]| matches!(pair, [0xcc, 0x80..=0xbf] | [0xcd, 0x80..0xb0]);
    match bytes.first() {
        Some(0xcc | 0xcd) => bytes.chunks(2).take(MOST_MARKS).take_while(is_mark).count() * 2,
        _ => 0,
    }
}

/// Returns whether a character is a combining mark of the letter before it.
pub(crate) fn is_mark(character: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&character)
}

/// Writes a character in lower case and without its accent, and returns the bytes that this takes.
fn fold(character: char, to: &mut [u8; 4]) -> usize {
    if let Some([length, first, second]) = latin1(character) {
        *to = [first, second, 0, 0];
        return usize::from(length);
    }
    if UNCASED.contains(&character) {
        return character.encode_utf8(to).len();
    }
    let lower = character.to_lowercase().next().unwrap_or(character);
    let folded = plain(lower);
    if folded.is_empty() {
        return lower.encode_utf8(to).len();
    }
    to.iter_mut().zip(folded.bytes()).for_each(|(to, byte)| *to = byte);
    folded.len()
}

/// Letters without case or accents: Chinese and Japanese, from the radicals to the last unified ideograph.
const UNCASED: Range<char> = '\u{2e80}'..'\u{a000}';

/// Returns how many bytes a character of U+0080 to U+00FF takes, folded, and these; `None` for any other.
fn latin1(character: char) -> Option<[u8; 3]> {
    const FOLDED: [[u8; 3]; 0x80] = {
        let mut table = [[0; 3]; 0x80];
        let mut index = 0;
        while index < table.len() {
            table[index] = folded_latin1(0x80 + index as u8);
            index += 1;
        }
        table
    };
    let index = (character as usize).checked_sub(0x80)?;
    FOLDED.get(index).copied()
}

const fn folded_latin1(code: u8) -> [u8; 3] {
    // Of these letters the small ones stand 32 behind the others; U+00D7 is a sign.
    let lower = if matches!(code, 0xc0..=0xd6 | 0xd8..=0xde) { code + 32 } else { code };
    match *plain(lower as char).as_bytes() {
        [one] => [1, one, 0],
        [one, two] => [2, one, two],
        _ => [2, 0xc0 | lower >> 6, 0x80 | lower & 0x3f],
    }
}

/// Returns what a small letter is without its accent; nothing for any other character. Typographic
/// apostrophes become `'`; U+0080 to U+009F are what ISO 8859-1 makes of Windows-1252.
const fn plain(lower: char) -> &'static str {
    match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' | '\u{8c}' | '\u{9c}' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | '\u{8a}' | '\u{9a}' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' | '\u{9f}' => "y",
        'ź' | 'ż' | 'ž' | '\u{8e}' | '\u{9e}' => "z",
        '’' | '‘' | '\u{91}' | '\u{92}' => "'",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        _ => "",
    }
}

/// What the characters of Latin script come to, U+0080 to U+017F: the bytes and how many they are.
#[derive(Debug)]
pub(crate) struct Latin(Vec<[u8; 5]>);

/// No letter.
const NONE: u8 = 0;

impl Latin {
    pub(crate) fn new() -> Latin {
        let folded = |character| {
            let mut bytes = [0; 4];
            let length = fold(character, &mut bytes) as u8;
            let [first, second, third, fourth] = bytes;
            [length, first, second, third, fourth]
        };
        Latin(('\u{80}'..'\u{180}').map(folded).collect())
    }

    /// Returns the numbers in the alphabet of the first three letters of ISO 8859-1, none behind the first byte that is
    /// no letter, and which of them are capitals; `None` where the bytes may be of another encoding, or letters
    /// that come to two.
    #[inline]
    pub(crate) fn codes(&self, bytes: [u8; 8]) -> Option<([u8; 3], [bool; 3])> {
        let (mut codes, mut capitals) = ([NONE; 3], [false; 3]);
        let places = codes.iter_mut().zip(&mut capitals);
        for ((code, capital), pair) in places.zip(bytes.windows(2)) {
            let [byte, next] = pair else { continue };
            let is_alone = *byte < 0x80 || !(0x80..0xc0).contains(next);
            let combines = matches!(next, 0xcc | 0xcd);
            *code = self.code(*byte).filter(|_| is_alone && !combines)?;
            *capital = matches!(byte, b'A'..=b'Z' | 0xc0..0xe0);
            if *code == NONE {
                break;
            }
        }
        Some((codes, capitals))
    }

    /// Returns the number of a letter; `None` where it comes to two.
    fn code(&self, byte: u8) -> Option<u8> {
        let folded = match byte.checked_sub(0x80) {
            None => byte.to_ascii_lowercase(),
            Some(place) => {
                let [length, first, ..] = *self.0.get(usize::from(place))?;
                (length == 1 || first >= 0x80).then_some(first)?
            }
        };
        Some(if folded.is_ascii_lowercase() { folded & 0x1f } else { NONE })
    }

    /// Returns the letter that begins at `at` as [`letter`] does; `None` where none of Latin script stands.
    #[inline]
    pub(crate) fn letter(&self, haystack: &[u8], at: usize) -> Option<Letter> {
        let first = *haystack.get(at)?;
        let second = haystack.get(at + 1).copied().unwrap_or(b' ');
        let (code, width) = match (first, second) {
            (0..0x80, _) => return Some(plain_letter(haystack, at, first)),
            (0xc2..0xc6, 0x80..0xc0) => {
                (usize::from(first - 0xc2) << 6 | usize::from(second & 0x3f), 2)
            }
            (0xc6..0xe0, 0x80..0xc0) => return None,
            // What is no UTF-8 is ISO 8859-1.
            (0xe0.., 0x80..0xc0) if decode(haystack.get(at..)?)?.1 > 1 => return None,
            _ => (usize::from(first - 0x80), 1),
        };
        let [length, bytes @ ..] = *self.0.get(code)?;
        let marks = marks(haystack.get(at + width..).unwrap_or_default());
        Some(Letter { bytes, length: usize::from(length), width: width + marks })
    }
}

fn plain_letter(haystack: &[u8], at: usize, letter: u8) -> Letter {
    let width = 1 + marks(haystack.get(at + 1..).unwrap_or_default());
    Letter { bytes: [letter.to_ascii_lowercase(), 0, 0, 0], length: 1, width }
}

/// The ways in which folded characters are written.
pub(crate) struct Inverse(Vec<(char, char)>);

impl Inverse {
    /// Folds every character of two bytes in UTF-8.
    pub(crate) fn new() -> Inverse {
        let folded = |written| {
            let mut bytes = [0; 4];
            let length = fold(written, &mut bytes);
            let folded = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
            folded.and_then(|folded| folded.chars().next()).unwrap_or(written)
        };
        let written = '\u{80}'..'\u{800}';
        let mut inverse: Vec<_> = written.map(|written| (folded(written), written)).collect();
        inverse.sort_unstable();
        Inverse(inverse)
    }

    /// Returns a folded character, its capital, and every character of two bytes that comes to it.
    pub(crate) fn of(&self, folded: char) -> impl Iterator<Item = char> + Clone {
        let mut capital = folded.to_uppercase().filter(|capital| *capital != folded);
        let first = self.0.partition_point(|(known, _)| *known < folded);
        let known = self.0.iter().skip(first).take_while(move |(known, _)| *known == folded);
        let written = known.map(|(_, written)| *written);
        [Some(folded), capital.next()].into_iter().flatten().chain(written)
    }
}

/// Returns a text in its folded bytes.
pub(crate) fn folded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    fold_onto(text, &mut out);
    out
}

/// Appends a text in its folded bytes.
pub(super) fn fold_onto(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    if text.is_ascii() {
        out.extend_from_slice(text.as_bytes());
        return out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    }
    let mut at = 0;
    while let Some(letter) = letter(text.as_bytes(), at) {
        out.extend_from_slice(letter.folded());
        at += letter.width;
    }
}

/// Returns a word with the letters that stand for others where there are no accents to type (`ae` for `ä`), if
/// it has any of these.
pub(super) fn wide(word: &str) -> Option<String> {
    let pair = |letter| match letter {
        'ä' | 'Ä' => Some("ae"),
        'ö' | 'Ö' | 'ø' | 'Ø' => Some("oe"),
        'ü' | 'Ü' => Some("ue"),
        'å' | 'Å' => Some("aa"),
        _ => None,
    };
    if word.is_ascii() || !word.chars().any(|letter| pair(letter).is_some()) {
        return None;
    }
    let mut wide = String::with_capacity(word.len());
    for letter in word.chars() {
        match pair(letter) {
            Some(pair) => wide.push_str(pair),
            None => wide.push(letter),
        }
    }
    Some(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        for (text, expected) in [
            ("DiabÈte ŁÓDŹ Sjögren’s", "diabete lodz sjogren's"),
            ("Œdème STRAßE", "oedeme strasse"),
            ("αριθμός ΦΟΡΟΛΟΓΙΚΟΎ", "αριθμοσ φορολογικου"),
            ("diabe\u{300}te", "diabete"),
            ("Å\u{301}\u{301}", "a"),
        ] {
            assert_eq!(folded(text), expected.as_bytes());
        }
    }

    #[test]
    fn the_table_of_latin1_is_what_the_letters_fold_to() {
        for character in '\u{80}'..='\u{ff}' {
            let small = character.to_lowercase().next().unwrap();
            let text = plain(small);
            let expected = if text.is_empty() { small.to_string() } else { text.to_owned() };
            assert_eq!(folded(&character.to_string()), expected.as_bytes(), "{character}");
        }
    }

    #[test]
    fn letters_of_latin_script_are_read_off_a_table() {
        let latin = Latin::new();
        let texts = ('\u{1}'..'\u{180}').map(|c| format!("{c}x").into_bytes());
        let lone = (0x80..=0xff).flat_map(|first| [b'x', 0x85, 0xe9].map(|next| vec![first, next]));
        let marked = ('a'..='é').map(|c| format!("{c}\u{301}\u{302}").into_bytes());
        for text in texts.chain(lone).chain(marked) {
            let expected = letter(&text, 0);
            let is_latin = |found: &Letter| {
                std::str::from_utf8(found.folded())
                    .is_ok_and(|folded| folded.chars().all(|c| c < '\u{180}'))
            };
            assert_eq!(latin.letter(&text, 0), expected.filter(is_latin), "{text:x?}");
        }
        for text in ["№", "ж", "身"] {
            assert_eq!(latin.letter(text.as_bytes(), 0), None);
        }
    }

    #[test]
    fn letters_without_case_are_their_own_small_ones() {
        assert!(
            UNCASED
                .clone()
                .all(|letter| letter.to_lowercase().eq([letter]) && plain(letter).is_empty())
        );
    }

    #[test]
    fn a_mark_belongs_to_its_letter() {
        let e = letter("e\u{301}!".as_bytes(), 0).unwrap();
        assert_eq!((e.folded(), e.width), (&b"e"[..], 3));
        let i = letter("ı".as_bytes(), 0).unwrap();
        assert_eq!((i.folded(), i.width), (&b"i"[..], 2));
        assert_eq!(letter(b"", 0), None);
    }

    #[test]
    fn spells_umlauts_both_ways() {
        assert_eq!(folded("Hämophilie"), b"hamophilie");
        assert_eq!(wide("Hämophilie").as_deref(), Some("Haemophilie"));
        assert_eq!((wide("numéro"), wide("number")), (None, None));
    }
}
