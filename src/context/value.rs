//! Where the value begins that a word names: behind `:`, `=`, a tag, a gap, or in a cell below it.

use std::ops::Range;

use super::Context;
use crate::engine::anchors::Tie;
use crate::terms::lexicon::{Hit, Role};

/// Bytes that may stand in a name behind its keyword: `password_confirmation`, `password (again)`.
const LONGEST_TAIL: usize = 32;
/// Bytes of blanks, quotation marks and brackets between a name's mark and its value.
const LONGEST_JOIN: usize = 12;
/// Bytes of blanks between a word and its value where no mark stands between them.
const LONGEST_GAP: usize = 4;
/// Bytes of the longest tag that is passed over.
const LONGEST_TAG: usize = 64;
/// Elements that open between a name's and its value.
const MOST_OPENED: usize = 2;
/// What ends the name of something that is no value itself but leads to one: `secretName`, `password_file`.
const POINTING: [&[u8]; 10] =
    [b"name", b"ref", b"url", b"uri", b"file", b"path", b"arn", b"id", b"policy", b"length"];
/// Words that may lead from a name to its value.
const LEADING: [&[u8]; 4] = [b"is ", b"was ", b"ist ", b"est "];

/// Returns where the value begins that the word ending at `word` names, and what ties it to the word.
///
/// Reads at most 64 bytes behind the word.
pub(crate) fn value_behind(haystack: &[u8], word: usize) -> Option<(usize, Tie)> {
    let tail = haystack.get(word..)?;
    let in_tail = |b: &u8| b.is_ascii_alphanumeric() || b" _-.()*\\\"']".contains(b) || *b >= 0x80;
    let name = tail.iter().take(LONGEST_TAIL).take_while(|byte| in_tail(byte)).count();
    let mark = word + name;
    if points(tail.get(..name)?) {
        return None;
    }
    match haystack.get(mark) {
        Some(b':' | b'=') => Some((behind_mark(haystack, mark), Tie::Mark)),
        Some(b'>') => Some((behind_tag(haystack, mark), Tie::Mark)),
        Some(b'<') => behind_element(haystack, mark).map(|at| (at, Tie::Mark)),
        _ => behind_gap(haystack, word).map(|at| (at, Tie::Gap)),
    }
}

/// Returns whether the rest of a name, joined to its keyword without a blank, says that it only points.
fn points(rest: &[u8]) -> bool {
    let small = rest.to_ascii_lowercase();
    let word = small.trim_ascii_end().iter().rposition(|byte| byte.is_ascii_alphanumeric());
    let word = small.get(..word.map_or(0, |last| last + 1)).unwrap_or_default();
    !rest.starts_with(b" ") && POINTING.iter().any(|end| word.ends_with(end))
}

fn behind_mark(haystack: &[u8], mark: usize) -> usize {
    let marks = skip(haystack, mark, b":=>", 3);
    let element = behind_element(haystack, marks);
    element.unwrap_or_else(|| skip(haystack, marks, b" \t\r\n\"'\\[", LONGEST_JOIN))
}

/// Returns where the value begins whose name an element holds that ends at `at`: in the element behind it, if
/// that is no other of its kind, or behind it without one.
fn behind_element(haystack: &[u8], at: usize) -> Option<usize> {
    let (name, end) = tag(haystack, at)?;
    let name = name.strip_prefix(b"/")?;
    let mut at = skip(haystack, end, b" \t\r\n", LONGEST_JOIN);
    for _ in 0..MOST_OPENED {
        let Some((opened, end)) = tag(haystack, at) else { break };
        let is_beside = !opened.starts_with(b"/") && opened != b"tr";
        (is_beside && (opened != name || name == b"td")).then_some(())?;
        at = skip(haystack, end, b" \t\r\n", LONGEST_JOIN);
    }
    (haystack.get(at) != Some(&b'<')).then_some(at)
}

/// Returns the name in the tag at `at`, with the `/` of one that closes, and where the tag ends.
fn tag(haystack: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let tail = haystack.get(at..haystack.len().min(at + LONGEST_TAG))?.strip_prefix(b"<")?;
    let inside = tail.get(..memchr::memchr(b'>', tail)?)?;
    let name = inside.split(u8::is_ascii_whitespace).next()?;
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"/:-_".contains(b);
    (!name.is_empty() && name.iter().all(is_name)).then_some((name, at + inside.len() + 2))
}

fn behind_tag(haystack: &[u8], mark: usize) -> usize {
    const CDATA: &[u8] = b"<![CDATA[";
    let at = skip(haystack, mark + 1, b" \t\r\n", LONGEST_JOIN);
    let wrapped = haystack.get(at..).is_some_and(|tail| tail.starts_with(CDATA));
    if wrapped { at + CDATA.len() } else { at }
}

fn behind_gap(haystack: &[u8], word: usize) -> Option<usize> {
    let at = skip(haystack, word, b" \t\r\n", LONGEST_GAP);
    let tail = haystack.get(at..)?;
    let lead = LEADING.iter().find(|lead| tail.starts_with(lead)).map_or(0, |lead| lead.len());
    (at > word).then(|| skip(haystack, at + lead, b"\"'", 1))
}

fn skip(haystack: &[u8], at: usize, set: &[u8], most: usize) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    at + tail.iter().take(most).take_while(|byte| set.contains(byte)).count()
}

impl<'c> Context<'c> {
    /// Returns where the value begins that a hit names.
    pub(crate) fn value_of(&self, hit: Hit) -> Option<(usize, Tie)> {
        value_behind(self.haystack, hit.end)
    }

    /// Iterates over where the cells within a range begin whose column a detector names.
    pub(crate) fn cells_of(
        &self,
        detector: u16,
        range: &Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'c> {
        let rows =
            Some(self.rows).filter(|rows| rows.names(|role| role == Role::Keyword(detector)));
        rows.into_iter().flat_map({
            let (text, range) = (self.haystack, range.clone());
            move |rows| rows.cells_named(text, range.clone(), Role::Keyword(detector))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(&str, Tie)> {
        value_behind(text.as_bytes(), "name".len()).map(|(at, tie)| (&text[at..], tie))
    }

    #[test]
    fn reads_the_values_of_common_formats() {
        for (text, expected) in [
            ("name: v", Some(("v", Tie::Mark))),
            ("name=v", Some(("v", Tie::Mark))),
            ("name\" : \"v", Some(("v", Tie::Mark))),
            ("name\\\":\\\"v", Some(("v", Tie::Mark))),
            ("name_again => 'v", Some(("v", Tie::Mark))),
            ("name (required): v", Some(("v", Tie::Mark))),
            ("name>v", Some(("v", Tie::Mark))),
            ("name><![CDATA[v", Some(("v", Tie::Mark))),
            ("name v", Some(("v", Tie::Gap))),
            ("name\r\nv", Some(("v", Tie::Gap))),
            ("name is v", Some(("v", Tie::Gap))),
            ("nameFile: v", None),
            ("name_ref: v", None),
            ("name</th><td>v", Some(("v", Tie::Mark))),
            ("name:</label> <span class=\"x\">v", Some(("v", Tie::Mark))),
            ("name</b> v", Some(("v", Tie::Mark))),
            ("name</td><td>v", Some(("v", Tie::Mark))),
            ("name</th></tr><tr><td>v", None),
            ("name</th><th>v", None),
            ("name</li><li>v", None),
            ("name,v", None),
            ("namely", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
