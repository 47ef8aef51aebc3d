//! Days and milliseconds of a calendar date, without a time zone.

use crate::model::day_of_date;

pub(super) const DAY: i64 = 86_400_000;

/// Days since 1970-01-01; `None` when there is no such date or the year is outside 1900 to 2199.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    if (1900..=2199).contains(&year) { day_of_date(year, month, day) } else { None }
}

/// Two-digit years: 00 to 68 are of this century.
pub(super) const fn full_year(year: i64, digits: usize) -> i64 {
    if digits > 2 {
        year
    } else if year <= 68 {
        2000 + year
    } else {
        1900 + year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_agree_with_the_calendar() {
        for (date, number) in [((1970, 1, 1), 0), ((2000, 3, 1), 11_017), ((2024, 2, 29), 19_782), ((1969, 12, 31), -1)]
        {
            assert_eq!(day_number(date.0, date.1, date.2), Some(number));
        }
        for date in [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0), (1899, 1, 1)] {
            assert_eq!(day_number(date.0, date.1, date.2), None);
        }
    }
}
