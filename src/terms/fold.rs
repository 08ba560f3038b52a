//! Letters without case and accents.

/// Returns the character at the start of `bytes` and its width.
///
/// Bytes that are not UTF-8 count as ISO 8859-1, one character each, so text in Windows-1252 is
/// compared by its letters too.
pub(crate) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let width = match first {
        0..0x80 => return Some((char::from(first), 1)),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let decoded = bytes.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let character = decoded.and_then(|text| text.chars().next());
    Some(character.map_or((char::from(first), 1), |character| (character, width)))
}

/// Returns a letter in lower case and without its accent; typographic apostrophes become `'`.
pub(crate) fn fold(character: char) -> char {
    let lower = character.to_lowercase().next().unwrap_or(character);
    match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' | '‘' => '\'',
        other => other,
    }
}

/// Returns the spellings of a word that a search without regard to ASCII case has to look for: as it
/// is, in capitals, without accents, and in ISO 8859-1.
pub(crate) fn spellings(word: &str) -> Vec<Vec<u8>> {
    let lower = word.to_lowercase();
    let mut spellings = vec![lower.clone().into_bytes()];
    if lower.contains('\'') {
        spellings.push(lower.replace('\'', "’").into_bytes());
    }
    if !lower.is_ascii() {
        let upper = word.to_uppercase();
        spellings.push(capitalised(&lower).into_bytes());
        spellings.push(lower.chars().map(fold).collect::<String>().into_bytes());
        spellings.extend([lower.as_str(), upper.as_str()].iter().filter_map(|text| latin1(text)));
        spellings.push(upper.into_bytes());
    }
    spellings.sort();
    spellings.dedup();
    spellings
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(character).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        let folded: String = "DiabÈte ŁÓDŹ Sjögren’s".chars().map(fold).collect();
        assert_eq!(folded, "diabete lodz sjogren's");
    }

    #[test]
    fn decodes_latin1_where_utf8_fails() {
        assert_eq!(decode("é!".as_bytes()), Some(('é', 2)));
        assert_eq!(decode(b"\xe9!"), Some(('é', 1)));
        assert_eq!(decode(b""), None);
    }

    #[test]
    fn spells_accented_words_every_way() {
        let spellings = spellings("numéro");
        for spelling in ["numéro".as_bytes(), "NUMÉRO".as_bytes(), b"numero", b"num\xe9ro"] {
            assert!(spellings.iter().any(|known| known == spelling), "{spelling:?}");
        }
    }
}
