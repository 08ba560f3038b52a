//! Where the value begins that a word names: behind `:`, `=`, a tag, a gap or a question, before the
//! word, or in a cell below it.

use std::ops::Range;

use super::{Context, Rows};
use crate::engine::anchors::Tie;
use crate::terms::lexicon::{Hit, Role};

/// Bytes that may stand in a name behind its keyword: `password_confirmation`, `password (again)`.
const LONGEST_TAIL: usize = 32;
/// Bytes of blanks, quotation marks and brackets between a name's mark and its value.
const LONGEST_JOIN: usize = 12;
/// Bytes of blanks between a word and its value where no mark stands between them.
const LONGEST_GAP: usize = 4;
/// Bytes of tags between a label and its value.
const LONGEST_TAGS: usize = 96;
/// Bytes of whose something is, between a word and the verb before its value.
const LONGEST_OWNER: usize = 32;
/// Bytes of the name of who answers a question.
const LONGEST_SPEAKER: usize = 24;
/// Bytes of a value before the word that names it.
const LONGEST_BEFORE: usize = 64;
/// Bytes from the beginning of a word to the cells below it: words further off may not be known.
const CELLS_REACH: usize = 250;
/// Cells below a word that are looked at.
const MOST_CELLS: usize = 16;
/// Bytes of the longest tag that is passed over.
const LONGEST_TAG: usize = 64;
/// Elements that close behind a name, and that open before its value.
const MOST_TAGS: usize = 2;
/// What ends the name of something that is no value itself but leads to one: `secretName`, `password_file`.
const POINTING: [&[u8]; 10] =
    [b"name", b"ref", b"url", b"uri", b"file", b"path", b"arn", b"id", b"policy", b"length"];
/// Words that lead from a name to its value.
const LEADING: [&str; 12] =
    ["is ", "was ", "ist ", "war ", "lautet ", "est ", "es ", "è ", "é ", "jest ", "är ", "er "];
/// Words that begin what says whose the value is.
const OWNING: [&str; 11] =
    ["of ", "for ", "van ", "voor ", "des ", "der ", "von ", "für ", "del ", "de ", "di "];
/// What ties a value to the word behind it that names it. A bracket closes behind the word.
const NAMING: [&[u8]; 8] =
    [b" (", b" as the ", b" as my ", b" as ", b" als ", b" comme ", b" como ", b" come "];
/// Bytes of the longest of them.
pub(super) const LONGEST_NAMING: usize = 8;

/// Returns where the value begins behind the word that ends at `word`, and what ties it to the word.
///
/// Reads at most 176 bytes behind the word.
pub(crate) fn value_behind(haystack: &[u8], word: usize) -> Option<(usize, Tie)> {
    let tail = haystack.get(word..)?;
    let in_tail = |b: &u8| b.is_ascii_alphanumeric() || b" _-.()*\\\"']".contains(b) || *b >= 0x80;
    let name = tail.iter().take(LONGEST_TAIL).take_while(|byte| in_tail(byte)).count();
    let mark = word + name;
    if points(tail.get(..name)?) {
        return None;
    }
    match haystack.get(mark) {
        Some(b':' | b'=') => Some((behind_mark(haystack, mark)?, Tie::Mark)),
        Some(b'>') => Some((behind_tag(haystack, mark), Tie::Mark)),
        Some(b'<') if haystack.get(mark + 1) == Some(&b'/') => {
            Some((behind_tags(haystack, mark)?, Tie::Mark))
        }
        Some(b'?') => Some((answer(haystack, mark + 1)?, Tie::Mark)),
        _ => behind_gap(haystack, word).map(|at| (at, Tie::Gap)),
    }
}

/// Returns where the one word begins that stands before a word that says what it is: `x7!k (password)`.
fn value_before(haystack: &[u8], word: &Range<usize>) -> Option<usize> {
    let head = haystack.get(..word.start)?;
    let naming = NAMING.iter().find(|naming| head.ends_with(naming))?;
    let end = word.start - naming.len();
    let value = haystack.get(end.saturating_sub(LONGEST_BEFORE)..end)?;
    let len = value.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let closed = !naming.ends_with(b"(") || haystack.get(word.end) == Some(&b')');
    (closed && len > 0).then_some(end - len)
}

/// Whether a word behind a value, which ends at `end`, says what the value is.
pub(super) fn names_before(haystack: &[u8], end: usize, word: &Range<usize>) -> bool {
    let gap = haystack.get(end..word.start).unwrap_or_default();
    NAMING.contains(&gap) && (!gap.ends_with(b"(") || haystack.get(word.end) == Some(&b')'))
}

/// Iterates over where the cells of a table in HTML or the values of rows in SQL begin that may stand
/// below a word; which of them do is not decided here.
fn cells_below<'h>(
    haystack: &'h [u8],
    word: &Range<usize>,
) -> impl Iterator<Item = usize> + use<'h> {
    let rest = word.end..haystack.len().min(word.start + CELLS_REACH);
    let head = haystack.get(word.start.saturating_sub(LONGEST_TAIL)..word.start);
    let head = head.unwrap_or_default().to_ascii_lowercase();
    let is_header = memchr::memrchr(b'<', &head)
        .is_some_and(|open| head.get(open..).is_some_and(|tag| tag.starts_with(b"<th")));
    let is_listed = !is_header && lists_columns(haystack, rest.clone());
    let bytes = haystack.get(rest.clone()).unwrap_or_default();
    let begins = move |at: &usize| match haystack.get(at - 1) {
        Some(b'>') => is_header && opens_cell(haystack, at - 1),
        _ => is_listed && opens_value(haystack, at - 1),
    };
    let marks = memchr::memchr2_iter(b'>', b'\'', bytes).map(move |mark| rest.start + mark + 1);
    let open = marks.filter(begins).map(|at| skip(haystack, at, b" \t\r\n", LONGEST_JOIN));
    open.take(if is_header || is_listed { MOST_CELLS } else { 0 })
}

/// Whether the list that a range begins in ends before `VALUES`.
fn lists_columns(haystack: &[u8], rest: Range<usize>) -> bool {
    let rest = haystack.get(rest).unwrap_or_default();
    let close = memchr::memchr2(b'(', b')', rest).filter(|at| rest.get(*at) == Some(&b')'));
    let behind = close.and_then(|close| rest.get(close + 1..)).unwrap_or_default();
    let word = behind.trim_ascii_start().get(..b"values".len());
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"values"))
}

/// Whether the tag that ends at `close` opens a cell.
fn opens_cell(haystack: &[u8], close: usize) -> bool {
    let head = haystack.get(close.saturating_sub(LONGEST_TAGS)..close).unwrap_or_default();
    let tag = memchr::memrchr(b'<', head).and_then(|open| head.get(open + 1..open + 3));
    tag.is_some_and(|tag| tag.eq_ignore_ascii_case(b"td"))
}

/// Whether the quote at `quote` opens a value of a row.
fn opens_value(haystack: &[u8], quote: usize) -> bool {
    let head = haystack.get(quote.saturating_sub(LONGEST_JOIN)..quote).unwrap_or_default();
    matches!(head.trim_ascii_end().last(), Some(b',' | b'('))
}

/// Returns whether the rest of a name, joined to its keyword without a blank, says that it only points.
fn points(rest: &[u8]) -> bool {
    let small = rest.to_ascii_lowercase();
    let word = small.trim_ascii_end().iter().rposition(|byte| byte.is_ascii_alphanumeric());
    let word = small.get(..word.map_or(0, |last| last + 1)).unwrap_or_default();
    !rest.starts_with(b" ") && POINTING.iter().any(|end| word.ends_with(end))
}

fn behind_mark(haystack: &[u8], mark: usize) -> Option<usize> {
    let marks = skip(haystack, mark, b":=>", 3);
    behind_tags(haystack, skip(haystack, marks, b" \t\r\n\"'\\[", LONGEST_JOIN))
}

/// Returns where the value begins behind the tags at `at`, if any: those that close around its name, and those that
/// open behind it, unless they are of another name. `None` where a tag follows on all of them.
fn behind_tags(haystack: &[u8], at: usize) -> Option<usize> {
    let (mut name, mut at) = (&b""[..], at);
    for _ in 0..MOST_TAGS {
        let Some((closed, end)) = tag(haystack, at) else { break };
        let Some(closed) = closed.strip_prefix(b"/") else { break };
        (name, at) = (closed, skip(haystack, end, b" \t\r\n", LONGEST_JOIN));
    }
    for _ in 0..MOST_TAGS {
        let Some((opened, end)) = tag(haystack, at) else { break };
        let is_beside = !opened.starts_with(b"/") && opened != b"tr" && opened != b"th";
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

/// Returns where the answer begins to the question that ends before `at`: on the next line, behind
/// the name of who answers.
fn answer(haystack: &[u8], at: usize) -> Option<usize> {
    let line = skip(haystack, at, b" \t\r\n\"", LONGEST_GAP);
    let breaks = haystack.get(at..line)?.contains(&b'\n');
    let speaker = haystack.get(line..haystack.len().min(line + LONGEST_SPEAKER))?;
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b" []._-".contains(b) || *b >= 0x80;
    let name = speaker.iter().take_while(|byte| in_name(byte)).count();
    let is_speaker = speaker.get(name..name + 2) == Some(b": ");
    breaks.then_some(if is_speaker { line + name + 2 } else { line })
}

fn behind_gap(haystack: &[u8], word: usize) -> Option<usize> {
    let at = skip(haystack, word, b" \t\r\n", LONGEST_GAP);
    let tail = haystack.get(at..)?;
    let lead = lead(tail).or_else(|| {
        let owner = OWNING.iter().find(|owner| tail.starts_with(owner.as_bytes()))?;
        let until = tail.len().min(owner.len() + LONGEST_OWNER);
        let blanks = memchr::memchr_iter(b' ', tail.get(owner.len()..until)?);
        let text = |end: &usize| {
            let between = tail.get(owner.len()..*end).unwrap_or_default();
            between.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | 0x80..))
        };
        let mut ends = blanks.map(|blank| owner.len() + blank + 1).take_while(text);
        ends.find_map(|end| Some(end + lead(tail.get(end..)?)?))
    });
    (at > word).then(|| skip(haystack, at + lead.unwrap_or(0), b"\"'", 1))
}

/// Returns the length of the word that leads to a value, if the text begins with one.
fn lead(text: &[u8]) -> Option<usize> {
    LEADING.iter().find(|lead| text.starts_with(lead.as_bytes())).map(|lead| lead.len())
}

fn skip(haystack: &[u8], at: usize, set: &[u8], most: usize) -> usize {
    let tail = haystack.get(at..).unwrap_or_default();
    at + tail.iter().take(most).take_while(|byte| set.contains(byte)).count()
}

impl<'c> Context<'c> {
    /// Iterates over where values begin that a hit may name.
    pub(crate) fn values_of(&self, hit: Hit) -> impl Iterator<Item = (usize, Tie)> + use<'c> {
        let word = hit.start..hit.end;
        let before = value_before(self.haystack, &word).map(|at| (at, Tie::Gap));
        let cells = cells_below(self.haystack, &word).map(|at| (at, Tie::Cell));
        value_behind(self.haystack, word.end).into_iter().chain(before).chain(cells)
    }

    /// Iterates over where cells begin within a range, where some column has a detector's name.
    pub(crate) fn cells(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + use<'c> {
        let rows = Some(self.rows).filter(Rows::are_named);
        rows.into_iter().flat_map({
            let (text, range) = (self.haystack, range.clone());
            move |rows| rows.cells(text, range.clone())
        })
    }

    /// Iterates over the detectors that the name of the column at an index names.
    pub(crate) fn column_detectors(&self, at: usize) -> impl Iterator<Item = u16> + use<'c> {
        let words = self.rows.column(at).map_or(&[][..], |words| words.as_slice());
        words.iter().filter_map(|word| match word.role {
            Role::Keyword(detector) => Some(detector),
            _ => None,
        })
    }

    /// Returns whether some column has a name with a keyword of some detector.
    pub(crate) fn has_columns(&self) -> bool {
        self.rows.are_named()
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
            ("name:</label> <span>v", Some(("v", Tie::Mark))),
            ("name</dt><dd>v", Some(("v", Tie::Mark))),
            ("name</th><th>v", None),
            ("name <unk> v", Some(("<unk> v", Tie::Gap))),
            ("name?\nben: v", Some(("v", Tie::Mark))),
            ("name?\nv", Some(("v", Tie::Mark))),
            ("name? v", None),
            ("name lautet v", Some(("v", Tie::Gap))),
            ("name è v", Some(("v", Tie::Gap))),
            ("name van de klant is v", Some(("v", Tie::Gap))),
            ("name of 2 is v", Some(("of 2 is v", Tie::Gap))),
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

    #[test]
    fn reads_values_before_their_name_and_cells_below_it() {
        let word = |text: &str| text.find("name").map(|at| at..at + "name".len()).unwrap();
        for (text, expected) in [
            ("the v1 (name) here", Some("v1 (name) here")),
            ("v1 as the name", Some("v1 as the name")),
            ("v1 (name 2)", None),
            ("v1, name", None),
        ] {
            let at = value_before(text.as_bytes(), &word(text));
            assert_eq!(at.map(|at| &text[at..]), expected, "{text}");
        }
        assert!(
            names_before(b"v1 (name)", 2, &(4..8)) && !names_before(b"v1 (name 2)", 2, &(4..8))
        );
        for (text, expected) in [
            ("<th>name</th></tr><tr><td>v1</td><td>v2", vec!["v1</td><td>v2", "v2"]),
            ("<td>name</td><td>v1", vec![]),
            ("(id, name) VALUES (1, 'v1')", vec!["v1')"]),
            ("f(name) + ('v1')", vec![]),
        ] {
            let cells = cells_below(text.as_bytes(), &word(text));
            assert_eq!(cells.map(|at| &text[at..]).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
