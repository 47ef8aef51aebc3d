//! Serials: Excel's dates are days, and parts of a day, since a day that the workbook chooses.
//! Source: ECMA-376 part 1, 18.17.4 (dates and times); the false 29 February 1900 is Lotus 1-2-3's.

use super::styles::Shown;

/// The last day Excel shows, 31 December 9999, in the system of 1900.
const LAST_SERIAL: f64 = 2_958_466.0;
const SECONDS_OF_DAY: i64 = 86_400;
/// Days from 1 January 1900 to 1 January 1904 as serials: the false leap day is among them.
const BETWEEN_EPOCHS: f64 = 1_462.0;
/// The false 29 February 1900.
const FALSE_DAY: i64 = 60;

/// The day from which serials count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Serial 1 is 1 January 1900.
    From1900,
    /// Serial 0 is 1 January 1904.
    From1904,
}

/// A number as its style shows it: ISO for days and moments. A day keeps its time when it has one, so that nothing is
/// lost. `None` when no date belongs to the number: Excel shows hashes then.
pub(super) fn written(serial: f64, shown: Shown, epoch: Epoch) -> Option<String> {
    if shown == Shown::Span {
        return span(serial);
    }
    let serial = match epoch {
        Epoch::From1900 => serial,
        Epoch::From1904 => serial + BETWEEN_EPOCHS,
    };
    if shown == Shown::Number || !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let seconds = (serial * SECONDS_OF_DAY as f64).round() as i64;
    let (day, second) = (seconds.div_euclid(SECONDS_OF_DAY), seconds.rem_euclid(SECONDS_OF_DAY));
    let time = format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    if day == 0 {
        // No day: a time of day.
        return Some(time);
    }
    let date = date_of(day);
    Some(if shown == Shown::Day && second == 0 { date } else { format!("{date} {time}") })
}

/// Hours, minutes and seconds, past 24 hours too.
fn span(serial: f64) -> Option<String> {
    if !serial.is_finite() || serial.abs() > LAST_SERIAL {
        return None;
    }
    let seconds = (serial.abs() * SECONDS_OF_DAY as f64).round() as i64;
    let sign = if serial < 0.0 { "-" } else { "" };
    Some(format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
}

/// The date of a serial of the system of 1900.
fn date_of(serial: i64) -> String {
    if serial == FALSE_DAY {
        // It is no date, and is written as people see it: what reads it then says so.
        return "1900-02-29".to_owned();
    }
    let since_1900 = if serial > FALSE_DAY { serial - 2 } else { serial - 1 };
    let (year, month, day) = civil(since_1900 - DAYS_1900_TO_1970);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days from 1 January 1900 to 1 January 1970.
const DAYS_1900_TO_1970: i64 = 25_567;

/// Year, month and day of a day counted from 1 January 1970.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(serial: f64) -> String {
        written(serial, Shown::Day, Epoch::From1900).unwrap()
    }

    #[test]
    fn serials_of_1900_have_the_false_leap_day() {
        assert_eq!(day(1.0), "1900-01-01");
        assert_eq!(day(59.0), "1900-02-28");
        assert_eq!(day(60.0), "1900-02-29");
        assert_eq!(day(61.0), "1900-03-01");
        assert_eq!(day(25_569.0), "1970-01-01");
        assert_eq!(day(45_350.0), "2024-02-28");
        assert_eq!(day(45_351.0), "2024-02-29");
        assert_eq!(day(2_958_465.0), "9999-12-31");
    }

    #[test]
    fn serials_of_1904_are_1462_days_off() {
        assert_eq!(written(0.0, Shown::Day, Epoch::From1904).unwrap(), "1904-01-01");
        assert_eq!(written(45_351.0 - 1_462.0, Shown::Day, Epoch::From1904).unwrap(), "2024-02-29");
    }

    #[test]
    fn times_are_rounded_to_the_second_and_kept() {
        let moment = |serial| written(serial, Shown::Moment, Epoch::From1900).unwrap();
        assert_eq!(moment(43_469.607_620_289_39), "2019-01-04 14:34:58");
        assert_eq!(moment(45_351.0), "2024-02-29 00:00:00");
        assert_eq!(moment(0.5), "12:00:00");
        assert_eq!(day(45_351.999_999_9), "2024-03-01");
        assert_eq!(day(45_351.25), "2024-02-29 06:00:00");
    }

    #[test]
    fn hours_may_pass_a_day() {
        assert_eq!(written(1.5, Shown::Span, Epoch::From1904).unwrap(), "36:00:00");
        assert_eq!(written(-0.25, Shown::Span, Epoch::From1900).unwrap(), "-6:00:00");
    }

    #[test]
    fn what_is_no_date_stays_a_number() {
        for serial in [-1.0, 2_958_466.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(written(serial, Shown::Day, Epoch::From1900), None, "{serial}");
        }
        assert_eq!(written(1.0, Shown::Number, Epoch::From1900), None);
    }
}
