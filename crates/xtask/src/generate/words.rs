//! The table of the words of recovery phrases.

use serde::Deserialize;

/// Words of the list, each standing for eleven bits.
const WORDS: usize = 1 << 11;

/// `data/bip39.toml`.
#[derive(Debug, Deserialize)]
pub struct Facts {
    words: String,
}

/// Returns the table's text, words in the order that gives them their values.
///
/// # Errors
///
/// Says so where the words are not as many as there are values, or do not rise.
pub fn table(facts: &Facts) -> Result<String, String> {
    let words: Vec<&str> = facts.words.split_whitespace().collect();
    if words.len() != WORDS || !words.is_sorted_by(|left, right| left < right) {
        return Err(format!("bip39: {} words, or out of order", words.len()));
    }
    Ok(format!("pub(crate) static WORDS: &[&str] = &{words:?};\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_another_length_or_order_is_refused() {
        let list = |range: std::ops::Range<usize>| range.map(|n| format!("w{n:04} ")).collect();
        assert!(table(&Facts { words: list(0..WORDS) }).is_ok());
        assert!(table(&Facts { words: list(0..WORDS - 1) }).is_err());
        let turned: String = (0..WORDS).rev().map(|n| format!("w{n:04} ")).collect();
        assert!(table(&Facts { words: turned }).is_err());
    }
}
