//! Which days are worked on: the work week without holidays.

use super::days_off::DaysOff;

/// Days of the week that are worked on, from Monday, where nobody says otherwise.
pub const USUAL_WEEK: [bool; 7] = [true, true, true, true, true, false, false];

/// Working days of the workspace: the work week without the days that are off for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkDays {
    /// Days of the week that are worked on, from Monday.
    week: [bool; 7],
    /// Days off inside the work week, rising, once each.
    holidays: Vec<i32>,
}

impl Default for WorkDays {
    fn default() -> Self {
        Self { week: USUAL_WEEK, holidays: Vec::new() }
    }
}

impl WorkDays {
    /// The work week that the user decided on, else Monday to Friday, without the days that are off entirely for everybody.
    pub(super) fn new(week: Option<[bool; 7]>, days_off: &DaysOff) -> Self {
        let week = week.unwrap_or(USUAL_WEEK);
        let mut holidays = days_off.everybody.whole_days();
        holidays.retain(|&day| is_in_week(week, day));
        Self { week, holidays }
    }

    /// True when the day is worked on.
    pub fn is_working(&self, day: i32) -> bool {
        is_in_week(self.week, day) && self.holidays.binary_search(&day).is_err()
    }

    /// Number of working days from `first` to `last`, both counted; 0 when `last` lies before `first`.
    pub fn count(&self, first: i32, last: i32) -> u32 {
        if last < first {
            return 0;
        }
        let holidays =
            self.holidays.partition_point(|&day| day <= last) - self.holidays.partition_point(|&day| day < first);
        (self.before(last + 1) - self.before(first)) as u32 - holidays as u32
    }

    /// Number of days off for everybody that are known and lie in the work week.
    pub fn holidays(&self) -> usize {
        self.holidays.len()
    }

    /// Days of the week that are worked on, from Monday.
    pub const fn week(&self) -> [bool; 7] {
        self.week
    }

    /// Days of the work week from Monday 1969-12-29 up to and without `day`; negative before.
    fn before(&self, day: i32) -> i32 {
        let days = day + 3;
        let of = |number: i32| self.week.iter().take(number as usize).filter(|&&is_worked| is_worked).count() as i32;
        days.div_euclid(7) * of(7) + of(days.rem_euclid(7))
    }
}

/// True when a day lies in the work week.
pub(super) const fn is_in_week(week: [bool; 7], day: i32) -> bool {
    // 1970-01-01 was a Thursday: with Monday as 0, it is 3.
    week[(day + 3).rem_euclid(7) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_agrees_with_looking_at_each_day() {
        let sunday_to_thursday = [true, true, true, true, false, false, true];
        for week in [USUAL_WEEK, sunday_to_thursday, [true; 7]] {
            let work = WorkDays { week, holidays: vec![19_723, 19_730] };
            for first in 19_700..19_720 {
                for last in first - 2..first + 40 {
                    let counted = (first..=last).filter(|&day| work.is_working(day)).count();
                    assert_eq!(work.count(first, last) as usize, counted, "{first} to {last}");
                }
            }
        }
        let work = WorkDays { holidays: vec![19_723, 19_730], ..WorkDays::default() };
        assert!(work.is_working(19_724) && !work.is_working(19_723), "2024-01-01 is a holiday, the day after is none");
        assert!(!work.is_working(19_728), "2024-01-06 is a Saturday");
    }
}
