//! Days and milliseconds of a calendar date, without a time zone.

pub(super) const DAY: i64 = 86_400_000;

/// Days since 1970-01-01; `None` when there is no such date or the year is outside 1900 to 2199.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if !(1900..=2199).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year / 400;
    let year_of_era = shifted_year % 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
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
