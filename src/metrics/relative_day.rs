//! A day told from the present or by a sprint, so that a link stays right as the data goes on.

use serde::{Deserialize, Serialize};

use crate::model::{PreparedDataset, date_of_day, day_of_date};

/// Counts beyond this are mistakes: a hundred years of days.
const MOST: u32 = 36_525;

/// A day relative to "now" (the question's `as_of`, else the data's last moment).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelativeDay {
    /// So many units before now; 0 is the present day.
    Ago {
        /// How many.
        count: u32,
        /// Of what.
        unit: DateUnit,
    },
    /// A sprint, counted back from the one that runs or, between two, the one that ran last: 0 is that one.
    Sprint(u32),
}

/// What is counted back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateUnit {
    /// Days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months; from the 31st to the last day of a shorter month.
    Month,
    /// Calendar years.
    Year,
}

/// Which end of a period a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodEnd {
    /// Its first day: of a sprint, the first.
    First,
    /// Its last day: of a sprint, the last.
    Last,
}

impl DateUnit {
    const ALL: [(Self, &'static str); 4] = [(Self::Day, "d"), (Self::Week, "w"), (Self::Month, "m"), (Self::Year, "y")];
}

impl RelativeDay {
    /// Reads `now`, `now-90d` (`d`, `w`, `m`, `y`), `sprint:current` or `sprint:-3`.
    pub fn read(text: &str) -> Option<Self> {
        let count = |text: &str| text.parse::<u32>().ok().filter(|&count| (1..=MOST).contains(&count));
        if let Some(sprint) = text.strip_prefix("sprint:") {
            return match sprint {
                "current" => Some(Self::Sprint(0)),
                _ => sprint.strip_prefix('-').and_then(count).map(Self::Sprint),
            };
        }
        match text.strip_prefix("now")? {
            "" => Some(Self::Ago { count: 0, unit: DateUnit::Day }),
            ago => {
                let ago = ago.strip_prefix('-')?;
                let (unit, letter) = DateUnit::ALL.into_iter().find(|(_, letter)| ago.ends_with(letter))?;
                Some(Self::Ago { count: count(ago.strip_suffix(letter)?)?, unit })
            }
        }
    }

    /// As [`RelativeDay::read`] reads it.
    pub fn text(self) -> String {
        match self {
            Self::Sprint(0) => "sprint:current".to_owned(),
            Self::Sprint(back) => format!("sprint:-{back}"),
            Self::Ago { count: 0, .. } => "now".to_owned(),
            Self::Ago { count, unit } => {
                let letter =
                    DateUnit::ALL.into_iter().find(|(known, _)| *known == unit).map_or("d", |(_, letter)| letter);
                format!("now-{count}{letter}")
            }
        }
    }

    /// In words: "90 days before", "sprint 3 before the present one".
    pub fn words(self) -> String {
        let counted = |count: u32, one: &str| format!("{count} {one}{} before now", if count == 1 { "" } else { "s" });
        match self {
            Self::Sprint(0) => "the present sprint".to_owned(),
            Self::Sprint(1) => "the sprint before".to_owned(),
            Self::Sprint(back) => format!("{back} sprints before"),
            Self::Ago { count: 0, .. } => "now".to_owned(),
            Self::Ago { count, unit } => match unit {
                DateUnit::Day => counted(count, "day"),
                DateUnit::Week => counted(count, "week"),
                DateUnit::Month => counted(count, "month"),
                DateUnit::Year => counted(count, "year"),
            },
        }
    }

    /// The day it is, in the workspace zone. `now` is UTC milliseconds. `None` when it names a sprint and no sprint has dates;
    /// with fewer sprints than are counted back it is the first.
    pub fn day(self, data: &PreparedDataset, now: i64, end: PeriodEnd) -> Option<i32> {
        let today = data.calendar.day_of(now);
        match self {
            Self::Ago { count, unit } => Some(before(today, count, unit)),
            Self::Sprint(back) => {
                let mut windows: Vec<_> =
                    data.iterations.list().iter().filter_map(|iteration| iteration.window).collect();
                crate::model::sort_by_key(&mut windows, |window| window.start);
                let begun = windows.iter().rposition(|window| data.calendar.day_of(window.start) <= today).unwrap_or(0);
                let window = windows.get(begun.saturating_sub(back as usize))?;
                Some(match end {
                    PeriodEnd::First => data.calendar.day_of(window.start),
                    PeriodEnd::Last => data.calendar.day_of(window.end - 1),
                })
            }
        }
    }
}

fn before(day: i32, count: u32, unit: DateUnit) -> i32 {
    let months = match unit {
        DateUnit::Day => return day.saturating_sub_unsigned(count),
        DateUnit::Week => return day.saturating_sub_unsigned(count.saturating_mul(7)),
        DateUnit::Month => i64::from(count),
        DateUnit::Year => i64::from(count) * 12,
    };
    let (year, month, of_month) = date_of_day(i64::from(day));
    let months = year * 12 + (month - 1) - months;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    // The 31st of a shorter month is its last day.
    let found = (0..4).find_map(|less| day_of_date(year, month, of_month - less));
    found.map_or(day, |found| found as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{day_from_iso, iso_from_day};

    #[test]
    fn what_is_written_reads_back() {
        for text in ["now", "now-90d", "now-1w", "now-6m", "now-2y", "sprint:current", "sprint:-3"] {
            assert_eq!(RelativeDay::read(text).map(RelativeDay::text).as_deref(), Some(text));
        }
        for text in
            ["", "now+1d", "now-d", "now-0d", "now-1h", "now-99999d", "sprint:3", "sprint:", "sprint:-0", "now-é"]
        {
            assert_eq!(RelativeDay::read(text), None, "{text}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let ago = |day: &str, text: &str| {
            let Some(RelativeDay::Ago { count, unit }) = RelativeDay::read(text) else { panic!("{text}") };
            iso_from_day(before(day_from_iso(day).unwrap(), count, unit))
        };
        assert_eq!(ago("2024-03-31", "now-1m"), "2024-02-29");
        assert_eq!(ago("2024-02-29", "now-1y"), "2023-02-28");
        assert_eq!(ago("2024-01-15", "now-2m"), "2023-11-15");
        assert_eq!(ago("2024-01-15", "now-2w"), "2024-01-01");
    }
}
