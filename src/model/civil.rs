//! Calendar dates as day numbers and back, without a time zone.
//!
//! Twenty lines of our own instead of a date library, because the page and the hot path of an import need nothing else: the
//! library, with its zones and its errors, stays in the worker. Its answers are the test's reference.
//! Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

/// Days since 1970-01-01; `None` when there is no such date.
pub fn day_of_date(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// Year, month and day of a number of days since 1970-01-01.
pub fn date_of_day(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

/// Number of days of a month; 0 when there is no such month.
pub(super) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::Date;

    #[test]
    fn every_day_of_six_centuries_agrees_with_the_library() {
        let epoch = Date::constant(1970, 1, 1);
        for day in -110_000..110_000_i64 {
            let date = epoch.checked_add(day.days()).unwrap();
            let parts = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
            assert_eq!(date_of_day(day), parts);
            assert_eq!(day_of_date(parts.0, parts.1, parts.2), Some(day));
        }
    }

    #[test]
    fn dates_that_do_not_exist_have_no_day() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0), (2024, 0, 1)]
        {
            assert_eq!(day_of_date(year, month, day), None);
        }
    }
}
