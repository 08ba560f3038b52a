//! The name of the field that holds a value: `ssn=`, `"ssn": "`, `<ssn>`, `SSN: `.

use std::ops::Range;

/// Bytes that quotes, blanks and brackets between a name and its value may take.
const LONGEST_JOIN: usize = 8;
/// Characters of the longest name that is read, and bytes: letters of most scripts take two.
const LONGEST_NAME: usize = 48;
const LONGEST_BYTES: usize = 2 * LONGEST_NAME;
/// Bytes of the longest tag that is read.
const LONGEST_TAG: usize = 128;

/// Returns where the name of the field stands whose value begins at `at`.
///
/// Reads at most 160 bytes before `at`.
pub(crate) fn name_before(haystack: &[u8], at: usize) -> Option<Range<usize>> {
    let value =
        skip_back(haystack, at, |b| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'[' | b'\\'));
    let mark = value.checked_sub(1)?;
    match haystack.get(mark)? {
        b':' | b'=' => name_ending(haystack, mark),
        b'>' => tag_ending(haystack, mark),
        _ => None,
    }
}

/// Returns the name before a `:` or `=`, quotes and blanks around it left out.
pub(super) fn name_ending(haystack: &[u8], mark: usize) -> Option<Range<usize>> {
    let end =
        skip_back(haystack, mark, |b| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'\\' | b'*'));
    let head = haystack.get(end.saturating_sub(LONGEST_BYTES)..end)?;
    let mut characters = 0;
    let is_name = |at: &usize| {
        characters += usize::from(head.get(*at).is_some_and(|byte| byte & 0xc0 != 0x80));
        characters <= LONGEST_NAME && !ends_name(head, *at)
    };
    let name = (0..head.len()).rev().take_while(is_name).count();
    let is_version = ends_in_version(head);
    named(haystack, end - name..end).filter(|_| !is_version)
}

/// Returns whether digits behind a dot and a digit stand last: a section, or a version as in the
/// reference `NM_007294.4:`, is no name of a field.
fn ends_in_version(head: &[u8]) -> bool {
    let digits = head.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let mut before = head.iter().rev().skip(digits);
    digits > 0 && before.next() == Some(&b'.') && before.next().is_some_and(u8::is_ascii_digit)
}

/// Returns whether the byte at `at` is no part of a name; an apostrophe between letters, as in
/// `carte d'identité`, is.
fn ends_name(head: &[u8], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        let byte = at.and_then(|at| head.get(at));
        byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
    };
    match head.get(at) {
        Some(b'\'') => !letter(at.checked_sub(1)) || !letter(Some(at + 1)),
        byte => byte.is_none_or(|byte| b"\n\r,;&?{}<>|\t\":=".contains(byte)),
    }
}

/// Returns the name in the tag that ends at `mark`.
fn tag_ending(haystack: &[u8], mark: usize) -> Option<Range<usize>> {
    let from = mark.saturating_sub(LONGEST_TAG);
    let open = memchr::memrchr(b'<', haystack.get(from..mark)?)?;
    let start = from + open + 1;
    let name = haystack.get(start..mark)?.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    named(haystack, start..start + name)
}

/// Returns the range if it holds a letter: a name, not the hours of a time.
fn named(haystack: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let name = haystack.get(range.clone())?;
    name.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80).then_some(range)
}

fn skip_back(haystack: &[u8], at: usize, class: impl Fn(&u8) -> bool) -> usize {
    let head = haystack.get(at.saturating_sub(LONGEST_JOIN)..at).unwrap_or_default();
    at - head.iter().rev().take_while(|byte| class(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&str> {
        let at = text.find('5').unwrap_or(text.len());
        name_before(text.as_bytes(), at).map(|range| &text[range])
    }

    #[test]
    fn reads_the_names_of_common_formats() {
        for (text, expected) in [
            ("ssn=536", Some("ssn")),
            ("a=1&ssn=536", Some("ssn")),
            (r#"{"name":"x","ssn" : "536"}"#, Some("ssn")),
            (r#"{\"ssn\":\"536\"}"#, Some("ssn")),
            (r#"{"cards":["536"]}"#, Some("cards")),
            ("<ssn kind='a'>536</ssn>", Some("ssn")),
            ("<c:ssn xmlns:c='urn:example:customers:of:some:company:1'>536</c:ssn>", Some("c:ssn")),
            ("&カード番号=536", Some("カード番号")),
            ("Name: x\nSocial Security Number (SSN): 536", Some("Social Security Number (SSN)")),
            ("Carte d'identité : 536", Some("Carte d'identité")),
            ("{'a':'x','ssn': '536'}", Some("ssn")),
            ("Αριθμός δελτίου ταυτότητας: 536", Some("Αριθμός δελτίου ταυτότητας")),
            ("ssn 536", None),
            ("10:536", None),
            ("see NM_00.4:536", None),
            ("a,536", None),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }
}
