//! Dates of the Gregorian calendar, as national numbers carry them.
//!
//! Months and days come without the offsets that some countries add for centuries, women or
//! foreigners. Dates in the future are dates: clocks are no business of a check.

use super::digits;

/// Returns whether the day exists in that year.
///
/// # Complexity
///
/// Constant.
pub(crate) fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    is_day_of(month, day, leap)
}

/// Returns whether the day exists in a year of which the last two digits are known.
///
/// 29 February is taken where `year` is divisible by four; of the century years only every fourth
/// has one, and a year written 00 is given the benefit of the doubt. `year` above 99 is no date.
///
/// # Complexity
///
/// Constant.
pub(crate) fn is_short_date(year: u32, month: u32, day: u32) -> bool {
    year < 100 && is_day_of(month, day, year.is_multiple_of(4))
}

/// Returns whether six digits write a day as YYMMDD, in the sense of [`is_short_date`].
///
/// # Complexity
///
/// Constant.
pub(crate) fn is_yymmdd(text: &[u8]) -> bool {
    pairs(text).is_some_and(|[year, month, day]| is_short_date(year, month, day))
}

/// Returns whether six digits write a day as DDMMYY, in the sense of [`is_short_date`].
///
/// # Complexity
///
/// Constant.
pub(crate) fn is_ddmmyy(text: &[u8]) -> bool {
    pairs(text).is_some_and(|[day, month, year]| is_short_date(year, month, day))
}

/// Returns whether eight digits write a day of the years 1900 to 2099 as YYYYMMDD.
///
/// # Complexity
///
/// Constant.
pub(crate) fn is_yyyymmdd(text: &[u8]) -> bool {
    let Some(number) = digits::number(text).filter(|_| text.len() == 8) else { return false };
    let year = number / 10_000;
    (1900..2100).contains(&year) && is_date(year, number / 100 % 100, number % 100)
}

/// Returns the century in which someone was born whose number begins with a digit for century and
/// sex: 1 and 2 the 1800s, 3 and 4 the 1900s, 5 and 6 the 2000s, odd for men.
///
/// Estonia, Lithuania, Kazakhstan and Uzbekistan count so.
///
/// # Complexity
///
/// Constant.
pub(crate) fn century(digit: u8) -> Option<u32> {
    match digit {
        b'1' | b'2' => Some(1800),
        b'3' | b'4' => Some(1900),
        b'5' | b'6' => Some(2000),
        _ => None,
    }
}

/// Returns the three numbers that six digits write.
fn pairs(text: &[u8]) -> Option<[u32; 3]> {
    let number = digits::number(text).filter(|_| text.len() == 6)?;
    Some([number / 10_000, number / 100 % 100, number % 100])
}

/// Returns whether the month has that day.
fn is_day_of(month: u32, day: u32, leap: bool) -> bool {
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_years_of_the_gregorian_calendar() {
        assert!(is_date(2024, 2, 29) && is_date(2000, 2, 29));
        assert!(!is_date(2023, 2, 29) && !is_date(1900, 2, 29) && !is_date(2024, 2, 30));
        assert!(is_short_date(0, 2, 29) && is_short_date(24, 2, 29));
        assert!(!is_short_date(23, 2, 29));
    }

    #[test]
    fn every_month_ends() {
        let days: u32 = (0..=13)
            .flat_map(|month| (0..=32).map(move |day| (month, day)))
            .map(|(month, day)| u32::from(is_date(2023, month, day)))
            .sum();
        assert_eq!(days, 365);
    }

    #[test]
    fn two_digits_for_each_century() {
        assert_eq!(b"0123456789".iter().filter_map(|&digit| century(digit)).sum::<u32>(), 11_400);
        assert_eq!((century(b'2'), century(b'3')), (Some(1800), Some(1900)));
    }

    #[test]
    fn dates_in_text() {
        assert!(is_yymmdd(b"991231") && !is_yymmdd(b"311299") && !is_yymmdd(b"99123"));
        assert!(is_ddmmyy(b"311299") && !is_ddmmyy(b"991231") && !is_ddmmyy(b"3112990"));
        assert!(is_yyyymmdd(b"20240229") && !is_yyyymmdd(b"20230229"));
        assert!(!is_yyyymmdd(b"18991231") && !is_yyyymmdd(b"2024022") && !is_yyyymmdd(b"x0240229"));
    }

    #[test]
    fn short_years_have_two_digits() {
        assert!(is_short_date(99, 12, 31));
        assert!(!is_short_date(100, 12, 31));
    }
}
