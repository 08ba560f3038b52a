//! What a value's own neighbourhood says against it, whatever words stand near.

use std::ops::Range;

/// What lowers a score, by reason and points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Against {
    /// Counts whatever else is known.
    pub(crate) always: Option<(&'static str, i16)>,
    /// Counts only where no keyword names the value.
    pub(crate) only_alone: Option<(&'static str, i16)>,
    /// A piece of a longer number, or the word for one before a number: nothing but a check can make that a
    /// number of its own.
    pub(crate) piece: bool,
}

/// Letters and digits around a number that are read to tell a hexadecimal string.
const RUN_REACH: usize = 40;
/// Letters and digits around a number that make the whole an encoded string.
const LONG_RUN: usize = 16;
/// Bytes beyond a number in which further groups are looked for.
const GROUPS_REACH: usize = 16;
/// Digits of the longest group that numbers are printed in.
const LONGEST_GROUP: usize = 4;
/// Digits of the longest number that people write without separators.
const PRINTED: usize = 16;
/// Seconds since 1970 of 2001-09-09 and 2036-07-18, between which a number is taken for a time.
const EPOCH: Range<u64> = 1_000_000_000..2_100_000_000;

/// Returns what speaks against the value at `span`, or `None` where it cannot be an identifier:
/// inside a UUID, a hexadecimal or encoded string, before or behind a point and digits, or one digit
/// repeated.
///
/// Reads at most 48 bytes on either side.
pub(crate) fn of(haystack: &[u8], span: &Range<usize>) -> Option<Against> {
    let value = haystack.get(span.clone())?;
    let numeric = value.first()?.is_ascii_digit() && value.last()?.is_ascii_digit();
    let around = Around { haystack, span };
    let goes_on = value.last().is_some_and(u8::is_ascii_digit) && around.goes_on();
    if is_one_digit(value) || around.in_uuid() || numeric && around.in_fraction() || goes_on {
        return None;
    }
    let attached = around.attached()?;
    let always = attached
        .or_else(|| around.longer(value))
        .or_else(|| around.part_of_name(value))
        .or_else(|| around.telephone(numeric));
    let word = value.starts_with(b"NO ") || value.starts_with(b"NR ");
    let piece = word || numeric && (around.in_groups(value) || around.in_dashes(value));
    Some(Against { always, only_alone: timestamp(value), piece })
}

/// Fewer digits than this may well be all the same: a security code of 999.
const SHORT: usize = 7;

fn is_one_digit(value: &[u8]) -> bool {
    if value.len() < SHORT {
        return false;
    }
    let mut digits = value.iter().filter(|byte| byte.is_ascii_alphanumeric());
    digits.next().is_some_and(|first| first.is_ascii_digit() && digits.all(|other| other == first))
}

/// A count of seconds, milli-, micro- or nanoseconds since 1970.
fn timestamp(value: &[u8]) -> Option<(&'static str, i16)> {
    let plausible = matches!(value.len(), 10 | 13 | 16 | 19);
    let digits = std::str::from_utf8(value.get(..10)?).ok()?;
    let all_digits = value.iter().all(u8::is_ascii_digit);
    let seconds = digits.parse().ok().filter(|_| plausible && all_digits)?;
    EPOCH.contains(&seconds).then_some(("timestamp", 45))
}

struct Around<'a> {
    haystack: &'a [u8],
    span: &'a Range<usize>,
}

impl Around<'_> {
    fn head(&self) -> &[u8] {
        self.haystack.get(..self.span.start).unwrap_or_default()
    }

    fn tail(&self) -> &[u8] {
        self.haystack.get(self.span.end..).unwrap_or_default()
    }

    fn before(&self, back: usize) -> Option<u8> {
        self.haystack.get(self.span.start.checked_sub(back)?).copied()
    }

    fn after(&self, on: usize) -> Option<u8> {
        self.haystack.get(self.span.end + on - 1).copied()
    }

    /// Whether digits and a point stand before.
    fn in_fraction(&self) -> bool {
        self.before(1) == Some(b'.') && self.before(2).is_some_and(|b| b.is_ascii_digit())
    }

    /// Whether a point and digits stand behind.
    fn goes_on(&self) -> bool {
        self.after(1) == Some(b'.') && self.after(2).is_some_and(|b| b.is_ascii_digit())
    }

    /// Whether further groups stand beyond dashes: two, or one where the value has dashes itself.
    fn in_dashes(&self, value: &[u8]) -> bool {
        let groups = |left: bool| {
            let beyond = self.beyond(left);
            let digit = |group: &&[u8]| group.first().is_some_and(u8::is_ascii_digit);
            beyond.split(|byte| *byte == b'-').skip(1).take(2).take_while(digit).count()
        };
        let joined = |mark: Option<u8>| mark == Some(b'-');
        let left = if joined(self.before(1)) { groups(true) } else { 0 };
        let right = if joined(self.after(1)) { groups(false) } else { 0 };
        left + right > usize::from(!value.contains(&b'-'))
    }

    /// Whether the value lies within 8-4-4-4-12 hexadecimal digits.
    fn in_uuid(&self) -> bool {
        let is_part = |b: &u8| b.is_ascii_hexdigit() || *b == b'-';
        let left = self.head().iter().rev().take(37).take_while(|b| is_part(b)).count();
        let right = self.tail().iter().take(37).take_while(|b| is_part(b)).count();
        let whole = self.haystack.get(self.span.start - left..self.span.end + right);
        let is_uuid = |run: &[u8]| {
            let dashes = |i: usize| matches!(i, 8 | 13 | 18 | 23);
            run.iter().enumerate().all(|(i, b)| (*b == b'-') == dashes(i) && is_part(b))
        };
        left + right > 0 && whole.is_some_and(|run| run.len() == 36 && is_uuid(run))
    }

    /// Letters that touch the value: `None` where the whole is a hexadecimal or encoded string.
    fn attached(&self) -> Option<Option<(&'static str, i16)>> {
        let word = |b: &&u8| b.is_ascii_alphanumeric();
        let left: Vec<u8> =
            self.head().iter().rev().take(RUN_REACH).take_while(word).copied().collect();
        let right = self.tail().iter().take(RUN_REACH).take_while(word);
        let escape = crate::engine::is_escape(self.haystack, self.span.start);
        let track = matches!(left.as_slice(), [b'B' | b'b']) && self.after(1) == Some(b'^');
        let left = if escape || track { &[] } else { left.as_slice() };
        let letters: Vec<u8> = left.iter().chain(right).copied().collect();
        if letters.is_empty() {
            return Some(None);
        }
        let hexadecimal = letters.iter().all(u8::is_ascii_hexdigit);
        let prefixed = matches!(left, [b'x' | b'X', b'0', ..]);
        let encoded = letters.len() > LONG_RUN;
        (!hexadecimal && !prefixed && !encoded).then_some(Some(("attached", 15)))
    }

    /// Further groups with the value's own separator before or behind it: one may be a year or an
    /// expiry date, more of the same length make a table of numbers.
    fn longer(&self, value: &[u8]) -> Option<(&'static str, i16)> {
        let separator = value.iter().find(|byte| !byte.is_ascii_alphanumeric()).copied();
        let joins = |mark: Option<u8>, beyond: Option<u8>| {
            let digit = beyond.is_some_and(|b| b.is_ascii_digit());
            digit && (mark == Some(b'-') || mark.is_some() && mark == separator)
        };
        let left = joins(self.before(1), self.before(2)) && !self.is_dated(true);
        let right = joins(self.after(1), self.after(2)) && !self.is_dated(false);
        let equal = |left: bool| self.equal_groups(value, left);
        let by = match (left, right) {
            (false, false) => return None,
            (true, true) if separator != Some(b' ') || equal(true) + equal(false) > 0 => 40,
            _ if separator != Some(b' ') || left && right => 25,
            _ if equal(left) > 1 => 40,
            _ => 15,
        };
        Some(("longer-number", by))
    }

    /// Returns the bytes beyond one end of the value, nearest first.
    fn beyond(&self, left: bool) -> Vec<u8> {
        match left {
            true => self.head().iter().rev().take(GROUPS_REACH).copied().collect(),
            false => self.tail().iter().take(GROUPS_REACH).copied().collect(),
        }
    }

    /// Returns whether the group behind the blank beyond one end belongs to a date, a time or an amount
    /// and so to a value of its own: `12:30 4111 1111 1111 1111 12/27`.
    fn is_dated(&self, left: bool) -> bool {
        let beyond = self.beyond(left);
        let mut group = beyond.iter().skip(1).skip_while(|byte| byte.is_ascii_digit());
        let marked = group.next().is_some_and(|byte| b":/.,-".contains(byte));
        beyond.first() == Some(&b' ') && marked && group.next().is_some_and(u8::is_ascii_digit)
    }

    /// Returns how many groups stand beyond one end of the value, up to two, that are as long as its
    /// group there.
    fn equal_groups(&self, value: &[u8], left: bool) -> usize {
        let digits = |byte: &&u8| byte.is_ascii_digit();
        let beyond = self.beyond(left);
        let own = match left {
            true => value.iter().take_while(digits).count(),
            false => value.iter().rev().take_while(digits).count(),
        };
        let groups = beyond.split(|byte| *byte == b' ').skip(1).take(2);
        let equal = |group: &[u8]| group.len() == own && group.iter().all(u8::is_ascii_digit);
        groups.take_while(|group| equal(group)).count()
    }

    /// Whether two groups as long as its first stand before or behind it, each beyond one blank or dash:
    /// `61 1090 1014 0000 0712`. Longer groups are numbers in columns.
    fn in_groups(&self, value: &[u8]) -> bool {
        let own = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_mark = |byte: &u8| matches!(byte, b' ' | b'-');
        let groups = |left: bool| {
            let beyond = self.beyond(left);
            let joined = beyond.first().is_some_and(is_mark);
            let groups = beyond.split(is_mark).skip(1).take(2);
            let equal = |group: &[u8]| group.len() == own && group.iter().all(u8::is_ascii_digit);
            if joined { groups.take_while(|group| equal(group)).count() } else { 0 }
        };
        own <= LONGEST_GROUP && groups(true) + groups(false) > 1
    }

    /// A bare number in a name or a path: `blk_-5195120009388265`, `/497760886795153410/`.
    fn part_of_name(&self, value: &[u8]) -> Option<(&'static str, i16)> {
        let path = |byte: Option<u8>| matches!(byte, Some(b'/' | b'-')) && value.len() > PRINTED;
        let name = |byte: Option<u8>| byte == Some(b'_');
        let negative = self.before(1) == Some(b'-') && name(self.before(2));
        let joined = [self.before(1), self.after(1)].into_iter().any(|b| path(b) || name(b));
        let bare = value.iter().all(u8::is_ascii_digit);
        (bare && (joined || negative)).then_some(("part-of-name", 15))
    }

    /// A `+` that opens a telephone number.
    fn telephone(&self, numeric: bool) -> Option<(&'static str, i16)> {
        let opens = self.before(2).is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'=');
        (numeric && self.before(1) == Some(b'+') && opens).then_some(("telephone", 40))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(text: &str, value: &str) -> Option<Against> {
        let start = text.find(value).unwrap();
        of(text.as_bytes(), &(start..start + value.len()))
    }

    const PAN: &str = "4111111111111111";

    #[test]
    fn lets_a_plain_number_stand() {
        for text in [PAN, "pan=4111111111111111;", "x\\n4111111111111111", "(4111111111111111)."] {
            assert_eq!(against(text, PAN), Some(Against::default()), "{text}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_an_identifier() {
        for (text, value) in [
            ("0.4111111111111111", PAN),
            ("4111111111111111.25", PAN),
            ("M54.5X", "M54"),
            ("0x4111111111111111", PAN),
            ("a4111111111111111f", PAN),
            ("0000000000000000", "0000000000000000"),
            ("41111111-1111-1111-1111-111111111111", "1111-1111-1111"),
        ] {
            assert_eq!(against(text, value), None, "{text}");
        }
    }

    #[test]
    fn lowers_what_looks_like_something_else() {
        let always = |text, value| against(text, value).and_then(|a| a.always);
        assert_eq!(always("USD4111111111111111", PAN), Some(("attached", 15)));
        assert_eq!(always("12-4111111111111111", PAN), Some(("longer-number", 25)));
        assert_eq!(always("+4111111111111111", PAN), Some(("telephone", 40)));
        let piece = |text, value| against(text, value).is_some_and(|a| a.piece);
        assert!(piece("61 1090 1014 0000 0712", "1014") && piece("1090-1014-0000", "1090"));
        assert!(
            piece("2024-01-15", "2024-01")
                && piece("2024-01-15", "2024")
                && piece("no. NO 1234567", "NO 1234567")
        );
        assert!(!piece("12345678-01", "12345678"));
        assert!(!piece("61 1090 1014 x", "1090") && !piece("11111 22222 33333", "22222"));
        let alone = against("t 1700000000000 x", "1700000000000").and_then(|a| a.only_alone);
        assert_eq!(alone, Some(("timestamp", 45)));
    }
}
