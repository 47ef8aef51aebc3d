//! Which days are worked on: the work week without holidays.

use super::{Calendar, Dataset, NO_MOMENT, RecordKind, date_of_day, day_of_date};

/// Working days of the workspace: Monday to Friday without the holidays that hold for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkDays {
    /// Holidays on weekdays, rising, once each.
    holidays: Vec<i32>,
}

impl WorkDays {
    /// The holidays of the dataset's records that hold for everybody: they name no person, the whole day is off, and all of
    /// them are of one region.
    pub fn new(dataset: &Dataset, calendar: &Calendar) -> Self {
        let mut holidays = Vec::new();
        let Some(records) = dataset.records(RecordKind::TimeOff) else { return Self::default() };
        let (from, to) = (records.moments("from"), records.moments("to"));
        let holds = |row: usize| {
            records.text("kind", row) == "holiday"
                && records.text("person", row).is_empty()
                && records.text("half-day", row) != "yes"
                && from[row] != NO_MOMENT
        };
        let rows: Vec<usize> = (0..records.len()).filter(|&row| holds(row)).collect();
        let region = |row: usize| records.text("region", row);
        if rows.windows(2).any(|pair| region(pair[0]) != region(pair[1])) {
            return Self::default();
        }
        for row in rows {
            let first = calendar.day_of(from[row]);
            let last = if to[row] == NO_MOMENT { first } else { calendar.day_of(to[row]) };
            // A holiday of more than a year is a mistake of the file.
            let days = (last - first).clamp(0, 366);
            for start in starts(first, records.text("repeats", row) == "yearly") {
                holidays.extend((start..=start + days).filter(|&day| is_weekday(day)));
            }
        }
        holidays.sort_unstable();
        holidays.dedup();
        Self { holidays }
    }

    /// True when the day is worked on.
    pub fn is_working(&self, day: i32) -> bool {
        is_weekday(day) && self.holidays.binary_search(&day).is_err()
    }

    /// Number of working days from `first` to `last`, both counted; 0 when `last` lies before `first`.
    pub fn count(&self, first: i32, last: i32) -> u32 {
        if last < first {
            return 0;
        }
        let holidays =
            self.holidays.partition_point(|&day| day <= last) - self.holidays.partition_point(|&day| day < first);
        (weekdays_before(last + 1) - weekdays_before(first)) as u32 - holidays as u32
    }

    /// Number of holidays on weekdays that are known.
    pub fn holidays(&self) -> usize {
        self.holidays.len()
    }
}

/// The first days of a holiday: one, or one in each year that data of this age can be about.
fn starts(first: i32, is_yearly: bool) -> Vec<i32> {
    const YEARS: i64 = 30;
    if !is_yearly {
        return vec![first];
    }
    let (year, month, day) = date_of_day(i64::from(first));
    (year - YEARS..=year + YEARS).filter_map(|year| day_of_date(year, month, day)).map(|day| day as i32).collect()
}

/// Monday to Friday.
fn is_weekday(day: i32) -> bool {
    // 1970-01-01 was a Thursday: with Monday as 0, Saturday is 5.
    (day + 3).rem_euclid(7) < 5
}

/// Weekdays from Monday 1969-12-29 up to and without `day`; negative before.
fn weekdays_before(day: i32) -> i32 {
    let days = day + 3;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_agrees_with_looking_at_each_day() {
        let work = WorkDays { holidays: vec![19_723, 19_730] };
        for first in 19_700..19_720 {
            for last in first - 2..first + 40 {
                let counted = (first..=last).filter(|&day| work.is_working(day)).count();
                assert_eq!(work.count(first, last) as usize, counted, "{first} to {last}");
            }
        }
        assert!(work.is_working(19_724) && !work.is_working(19_723), "2024-01-01 is a holiday, the day after is none");
        assert!(!work.is_working(19_728), "2024-01-06 is a Saturday");
    }
}
