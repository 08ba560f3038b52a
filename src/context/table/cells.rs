//! The cells of a line of delimited text.

use std::ops::Range;

/// Iterates over the cells of a line. A cell that begins with a double quote goes on to the quote that
/// closes it, so delimiters within do not count; doubled quotes and stray ones stay within (RFC 4180).
///
/// # Complexity
///
/// Linear in the line.
pub(super) fn cells(line: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let cell = line.get(start..)?;
        let closed = if is_open(cell) { closing(cell, delimiter) } else { Some(0) };
        let delimited = closed.and_then(|from| {
            let more = memchr::memchr(delimiter, cell.get(from..)?)?;
            Some(from + more)
        });
        next = delimited.map(|length| start + length + 1);
        Some(start..start + delimited.unwrap_or(cell.len()))
    })
}

/// Whether a cell begins with a double quote, blanks before it left out.
pub(super) fn is_open(cell: &[u8]) -> bool {
    cell.iter().find(|byte| **byte != b' ') == Some(&b'"')
}

/// Returns where the quoted cell that a text begins with has closed: behind the first quote that a
/// delimiter or the text's end follows and that is no half of a doubled one.
fn closing(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = memchr::memchr(b'"', text)? + 1;
    loop {
        let quote = at + memchr::memchr(b'"', text.get(at..)?)?;
        match text.get(quote + 1) {
            Some(b'"') => at = quote + 2,
            Some(b' ' | b'\r') | None => return Some(quote + 1),
            Some(next) if *next == delimiter => return Some(quote + 1),
            Some(_) => at = quote + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_quoted_cells() {
        for (line, expected) in [
            ("a,\"b,c\",,d", vec!["a", "\"b,c\"", "", "d"]),
            ("a, \"b,c\",d", vec!["a", " \"b,c\"", "d"]),
            ("\"a \"\"b\"\", c\",d", vec!["\"a \"\"b\"\", c\"", "d"]),
            ("5\" disk,b,6\" disk,d", vec!["5\" disk", "b", "6\" disk", "d"]),
            ("\"a \"stray\" b\",c", vec!["\"a \"stray\" b\"", "c"]),
            ("a,\"not closed, b", vec!["a", "\"not closed, b"]),
            ("", vec![""]),
            ("a,", vec!["a", ""]),
        ] {
            let found: Vec<_> = cells(line.as_bytes(), b',').map(|cell| &line[cell]).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
