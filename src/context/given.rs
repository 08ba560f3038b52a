//! The names that a document's structure gives to a value from further off than right before it: the
//! key of the object or list that holds it, a sibling that names it, the column of a tuple, the
//! attributes and label of an element, the heading or question on the line above.

mod line;
mod markup;

use std::ops::Range;

use super::field::{self, name_ending};

/// Bytes back from a value that are read, names at the far end aside.
const REACH: usize = 1024;
/// Bytes on from a value in which its object or tag closes.
const AHEAD: usize = 256;
/// Bytes of the longest name or label that is read.
const LONGEST_NAME: usize = 96;
/// Bytes before a value, and behind it, in which names of it may stand.
pub(super) const REACHES: (usize, usize) =
    (REACH + 2 * LONGEST_JOIN + LONGEST_NAME, AHEAD + LONGEST_NAME);
/// Bytes of a line before its value: a speaker, an indentation.
const LONGEST_LEAD: usize = 64;
/// Bytes back in which a question begins.
const QUESTION_REACH: usize = 128;
/// Bytes before a value in which the question begins that it answers.
pub(super) const QUESTION_BEGINS: usize = LONGEST_LEAD + QUESTION_REACH;
/// Bytes of blanks, quotes and line ends between a mark and its value.
const LONGEST_JOIN: usize = 64;

/// Keys and attributes whose value is the name of what stands beside it.
const NAMING: &[&[u8]] = &[
    b"name",
    b"key",
    b"label",
    b"field",
    b"id",
    b"title",
    b"type",
    b"system",
    b"code",
    b"question",
    b"property",
    b"itemprop",
    b"headers",
    b"for",
    b"param",
    b"attribute",
    b"column",
    b"data-label",
    b"data-name",
    b"data-field",
    b"data-title",
    b"aria-label",
    b"placeholder",
    b"autocomplete",
    b"display",
    b"n",
    b"k",
];

/// Returns where the names stand that the structure of a text gives to the value at `at`, the likelier
/// first.
///
/// # Complexity
///
/// Constant: reads at most [`REACH`] bytes and a name before `at`, and [`AHEAD`] bytes behind it.
pub(super) fn names(text: &[u8], at: usize) -> Vec<Range<usize>> {
    let place = Place { text, from: at.saturating_sub(REACH), at };
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'\\');
    let near = place.skip_back(at, blank);
    match place.byte_before(near) {
        Some(b':' | b'=') => place.of_field(near - 1),
        Some(b'>') => place.of_element(near - 1),
        Some(b',') => place.of_list(near - 1),
        Some(b'[' | b'(') => place.of_list(near),
        Some(b'-' | b'*' | b'\n' | b'\r') => place.of_own_line(near),
        _ => Vec::new(),
    }
}

/// Returns whether [`names`] may come to anything, from what stands right before the value.
pub(super) fn may_name(text: &[u8], at: usize) -> bool {
    let place = Place { text, from: at.saturating_sub(REACH), at };
    let near = place.skip_back(at, |b| matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'\\'));
    match place.byte_before(near) {
        Some(b':' | b'=' | b'>' | b',' | b'[' | b'(' | b'\n' | b'\r') => true,
        // The mark of a list stands first in its line.
        Some(b'-' | b'*') => {
            place.byte_before(near - 1).is_none_or(|byte| byte.is_ascii_whitespace())
                || place.from == near - 1
        }
        _ => false,
    }
}

/// Returns the line above the value at `at` if that asks a question and somebody's name stands right
/// before the value.
///
/// Reads at most 192 bytes before `at`.
pub(super) fn question(text: &[u8], at: usize) -> Option<Range<usize>> {
    let place = Place { text, from: at.saturating_sub(QUESTION_BEGINS), at };
    let mark = place.skip_back(at, |b| *b == b' ').checked_sub(1)?;
    (text.get(mark) == Some(&b':')).then(|| place.asked(mark))?
}

/// A value in its text.
#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t [u8],
    /// Where reading ends.
    from: usize,
    at: usize,
}

impl<'t> Place<'t> {
    fn bytes(&self, range: Range<usize>) -> &'t [u8] {
        self.text.get(range).unwrap_or_default()
    }

    fn byte_before(&self, at: usize) -> Option<u8> {
        self.text.get(at.checked_sub(1)?).copied()
    }

    /// Returns where the bytes of a class begin that end at `at`.
    fn skip_back(&self, at: usize, class: impl Fn(&u8) -> bool) -> usize {
        let head = self.bytes(at.saturating_sub(LONGEST_JOIN)..at);
        at - head.iter().rev().take_while(|byte| class(byte)).count()
    }

    /// Returns the range without blanks at its ends and without its beginning where it is long; `None`
    /// where nothing is left.
    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = self.bytes(range.clone());
        let start = range.start + (text.len() - text.trim_ascii_start().len());
        let end = start + text.trim_ascii().len();
        (start < end).then(|| start.max(end.saturating_sub(LONGEST_NAME))..end)
    }

    /// Returns where the bracket stands that is open at `at`.
    fn opener(&self, open: u8, close: u8, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        let mut brackets = memchr::memrchr2_iter(open, close, self.bytes(self.from..at));
        let opener = brackets.find(|index| {
            let opens = self.text.get(self.from + index) == Some(&open);
            let found = opens && depth == 0;
            depth = if opens { depth.saturating_sub(1) } else { depth + 1 };
            found
        });
        opener.map(|index| self.from + index)
    }

    /// The names of a field whose own says nothing: those beside it and that of what holds it.
    fn of_field(&self, mark: usize) -> Vec<Range<usize>> {
        if let Some(tag) = self.open_tag(mark) {
            return self.of_attribute(tag);
        }
        let Some(open) = self.opener(b'{', b'}', mark) else { return self.of_line(mark) };
        let ahead = self.bytes(self.at..self.text.len().min(self.at + AHEAD));
        let end = memchr::memchr2(b'{', b'}', ahead).map_or(self.at, |end| self.at + end);
        let mut names = self.naming(open + 1..mark);
        names.extend(self.naming(self.at..end));
        names.extend(self.key_before(open));
        names
    }

    /// Returns the key of the object or list that opens at `open`.
    fn key_before(&self, open: usize) -> Option<Range<usize>> {
        let opening = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'[' | b'{' | b'"');
        let mark = self.skip_back(open, opening).checked_sub(1)?;
        let is_mark = matches!(self.text.get(mark), Some(b':' | b'='));
        is_mark.then(|| name_ending(self.text, mark))?
    }

    /// Returns the values within a range that name something: the `ssn` of `"name": "ssn"`.
    fn naming(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let marks = memchr::memchr2_iter(b':', b'=', self.bytes(range.clone()));
        let values = marks.filter_map(|index| {
            let mark = range.start + index;
            let name =
                field::name_ending(self.text, mark).filter(|name| name.start >= range.start)?;
            let name = self.bytes(name).trim_ascii();
            let name = name.rsplit(|b| matches!(b, b' ' | b'\n')).next()?;
            let is_naming = NAMING.iter().any(|naming| name.eq_ignore_ascii_case(naming));
            is_naming.then(|| self.value_behind(mark, range.end))?
        });
        values.collect()
    }

    /// Returns the value behind a mark, without its quotes.
    fn value_behind(&self, mark: usize, end: usize) -> Option<Range<usize>> {
        let rest = self.bytes(mark + 1..end);
        let opening = |b: &&u8| matches!(b, b' ' | b'"' | b'\'' | b'\\');
        let start = mark + 1 + rest.iter().take_while(opening).count();
        let quoted = self.byte_before(start).is_some_and(|b| matches!(b, b'"' | b'\''));
        let ends = |b: &&u8| match quoted {
            true => !matches!(b, b'"' | b'\'' | b'\\' | b'\n'),
            false if *b == &b' ' => self.text.get(mark) != Some(&b'='),
            false => !matches!(b, b',' | b'}' | b'>' | b'&' | b';' | b'\n' | b'\r'),
        };
        let length = self.bytes(start..end).iter().take(LONGEST_NAME).take_while(ends).count();
        (length > 0).then_some(start..start + length)
    }

    /// The key of a list, or the column of a tuple: what is open where the element begins, a comma or
    /// the bracket itself before it.
    fn of_list(&self, mark: usize) -> Vec<Range<usize>> {
        let list = self.opener(b'[', b']', mark);
        let tuple = self.opener(b'(', b')', mark);
        let name = match (list, tuple) {
            (Some(list), tuple) if tuple.is_none_or(|tuple| tuple < list) => self.key_before(list),
            (_, Some(tuple)) => self.column_of(tuple),
            _ => None,
        };
        name.into_iter().collect()
    }

    /// Returns the column of an `INSERT` that the value in the tuple belongs to.
    fn column_of(&self, tuple: usize) -> Option<Range<usize>> {
        let before = self.skip_back(tuple, u8::is_ascii_whitespace);
        let values = self.last_word(b"values", before)?;
        let follows = before == values + b"values".len() || self.byte_before(before) == Some(b',');
        let close = self.skip_back(values, u8::is_ascii_whitespace).checked_sub(1)?;
        let lists = follows && self.text.get(close) == Some(&b')');
        let open = lists.then(|| self.opener(b'(', b')', close))?? + 1;
        let index = elements(self.bytes(tuple + 1..self.at));
        let mut start = open;
        let columns = self.bytes(open..close).split(|b| *b == b',').map(|column| {
            let range = start..start + column.len();
            start = range.end + 1;
            range
        });
        columns.collect::<Vec<_>>().get(index).and_then(|column| self.trimmed(column.clone()))
    }

    /// Returns where the last word of that spelling, in lower case here, begins that ends by `end`.
    fn last_word(&self, word: &[u8], end: usize) -> Option<usize> {
        let (first, text) = (*word.first()?, self.bytes(self.from..end));
        let mut starts = memchr::memrchr2_iter(first, first.to_ascii_uppercase(), text);
        let is_word = |start: &usize| {
            text.get(*start..start + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
        };
        starts.find(is_word).map(|start| self.from + start)
    }
}

/// Returns how many commas stand between the elements of a tuple that begins before `text`.
fn elements(text: &[u8]) -> usize {
    let (mut quote, mut depth, mut commas) = (None, 0usize, 0);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match (quote, byte) {
            (Some(_), b'\\') => {
                bytes.next();
            }
            (Some(open), _) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => quote = Some(*byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, b',') if depth == 0 => commas += 1,
            _ => {}
        }
    }
    commas
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the value `5…` in a text.
    fn given(text: &str) -> Vec<&str> {
        let at = text.find("536").unwrap();
        names(text.as_bytes(), at).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn reads_what_holds_a_value() {
        for (text, expected) in [
            (r#"{"ssn": {"type": "text", "value": "536"}}"#, vec!["text", "ssn"]),
            (r#"{"name":"ssn","value":"536"}"#, vec!["ssn"]),
            (r#"{"value":"536","name":"ssn"}"#, vec!["ssn"]),
            (r#"{\"name\":\"ssn\",\"value\":\"536\"}"#, vec!["ssn"]),
            (r#""ssn": ["x", "y", "536"]"#, vec!["ssn"]),
            ("\"ssn\": [\n  \"x\",\n  \"536\"]", vec!["ssn"]),
            (r#""ssn": ["x"], "y": [1], "z": "536""#, vec![]),
            ("INSERT INTO t (id, ssn) VALUES (1, '536')", vec!["ssn"]),
            ("insert into t(id,`ssn`,x)values(1,'a,b',2),('O''Brien, (x)','536',3)", vec!["`ssn`"]),
            ("INSERT INTO t (id, at, ssn) VALUES (1, now(1, 2), 536)", vec!["ssn"]),
            ("f(id, ssn); g(1, 536)", vec![]),
            ("a, 536", vec![]),
        ] {
            assert_eq!(given(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_attributes_and_labels() {
        for (text, expected) in [
            (r#"<input name="ssn" value="536">"#, vec!["ssn"]),
            (r#"<input value="536" type=text name=ssn>"#, vec!["text", "ssn"]),
            (r#"<label for="f">SSN</label> <input value="536">"#, vec!["SSN"]),
            ("<tr><td>SSN</td><td>536</td></tr>", vec!["SSN"]),
            ("<tr><th>A</th><th>SSN</th></tr>\n<tr><td>x</td><td>536</td></tr>", vec!["SSN", "x"]),
            ("<tr><td>A</td><td>SSN</td></tr><tr><td></td><td>536</td></tr>", vec![]),
            ("<dl><dt>SSN</dt><dd>536</dd></dl>", vec!["SSN"]),
            ("<b>SSN:</b> 536", vec!["SSN:"]),
            ("<field name=\"ssn\">536</field>", vec!["ssn"]),
            ("<ssn>\n <value>536</value></ssn>", vec!["ssn"]),
            ("<div>Hello</div><p>Name 536</p>", vec![]),
        ] {
            assert_eq!(given(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_the_line_above() {
        for (text, expected) in [
            ("SSN:\n536", vec!["SSN:"]),
            ("SSN\r\n---\r\n536\r\n", vec!["SSN"]),
            ("a: what is your SSN?\nb: 536\n", vec!["a: what is your SSN?"]),
            ("ssn:\n  - 1\n  - 536\n", vec!["ssn"]),
            ("- name: ssn\n  value: 536\n", vec!["ssn"]),
            ("ssn:\n  value: 536\n", vec!["ssn"]),
            ("Content-Disposition: form-data; name=\"ssn\"\r\n\r\n536\r\n", vec!["ssn"]),
            ("We spoke of it at length yesterday, and so.\n536 it was.", vec![]),
            ("1234\n536\n", vec![]),
        ] {
            assert_eq!(given(text), expected, "{text}");
        }
    }
}
