//! Texts that are there, reordered until there is enough of them.

use crate::Random;

/// Bytes from which on paragraphs make a piece that is moved as one.
const PIECE: usize = 4096;

const ENGLISH: &str = include_str!("../../data/english.txt");
const MULTILINGUAL: &str = include_str!("../../data/multilingual.txt");
const SOURCE: &str = include_str!("../../data/source.txt");

/// Returns paragraphs of novels.
pub fn english(bytes: usize) -> Vec<u8> {
    reordered("english", pieces(ENGLISH, "\n\n"), bytes)
}

/// Returns lines in many languages.
pub fn multilingual(bytes: usize) -> Vec<u8> {
    reordered("multilingual", pieces(MULTILINGUAL, "\n"), bytes)
}

/// Returns items of C and Rust.
pub fn source(bytes: usize) -> Vec<u8> {
    reordered("source", pieces(SOURCE, "\n}\n"), bytes)
}

/// Returns the words of the novels that are written in small letters throughout, each once; without those that
/// would name what stands behind them.
pub fn words() -> Vec<&'static str> {
    let split = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-');
    let is_word = |word: &&str| {
        let is_long = (3..=11).contains(&word.len());
        is_long
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !NAMES.contains(&word.trim_end_matches('s'))
    };
    let mut words: Vec<&str> = ENGLISH.split(split).filter(is_word).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns sentences of the novels that a line of JSON can hold as they are.
pub fn sentences() -> Vec<&'static str> {
    let is_plain = |line: &&str| line.len() > 20 && !line.contains(['"', '\\', '\t']);
    ENGLISH.lines().map(str::trim).filter(is_plain).collect()
}

/// Words that name a value: `secret: lantern` would be a finding, and rightly.
const NAMES: &[&str] =
    &["secret", "password", "passport", "pin", "card", "account", "code", "token"];

/// Cuts a text behind separators, into pieces of at least [`PIECE`] bytes.
fn pieces<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(at) = cut(rest, separator) {
        let (piece, behind) = rest.split_at(at);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

/// Returns the first place behind a separator from which on a piece is long enough.
fn cut(text: &str, separator: &str) -> Option<usize> {
    let mut ends = text.match_indices(separator).map(|(at, separator)| at + separator.len());
    ends.find(|end| *end >= PIECE)
}

/// Returns the pieces in their order, then shuffled anew for each round, to the last line that fits.
fn reordered(name: &str, mut pieces: Vec<&str>, bytes: usize) -> Vec<u8> {
    let mut random = Random::of(1, &[name]);
    let mut text = Vec::with_capacity(bytes + 2 * PIECE);
    while text.len() <= bytes {
        for piece in &pieces {
            text.extend_from_slice(piece.as_bytes());
        }
        shuffle(&mut pieces, &mut random);
    }
    truncated(text, bytes)
}

/// Fisher and Yates' shuffle.
fn shuffle(pieces: &mut [&str], random: &mut Random) {
    for last in (1..pieces.len()).rev() {
        pieces.swap(last, random.below(last + 1));
    }
}

/// Cuts a text behind its last line that ends within so many bytes.
pub fn truncated(mut text: Vec<u8>, bytes: usize) -> Vec<u8> {
    text.truncate(bytes);
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(bytes, |at| at + 1);
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_there_once_before_any_comes_again() {
        let pieces = pieces(ENGLISH, "\n\n");
        assert!(pieces.len() > 40, "{} pieces", pieces.len());
        assert_eq!(pieces.concat(), ENGLISH);
        let text = String::from_utf8(english(2 * ENGLISH.len())).unwrap();
        let second = text.strip_prefix(ENGLISH).unwrap();
        assert_ne!(second, ENGLISH);
        assert!(pieces.iter().filter(|piece| second.contains(**piece)).count() + 2 > pieces.len());
    }

    #[test]
    fn the_words_are_many() {
        assert!(words().len() > 4000, "{} words", words().len());
        assert!(sentences().len() > 1000, "{} sentences", sentences().len());
    }
}
