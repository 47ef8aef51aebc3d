//! Wall-clock times as a tracker prints them.

use crate::model::date_of_day;

const MINUTES_A_DAY: i64 = 1440;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A reading of the project's wall clock: minutes since 1970-01-01 00:00 on that clock. It has no time zone, as in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WallMinute(i64);

impl WallMinute {
    /// A minute of a day.
    pub(super) fn of_day(day: i32, minute: i32) -> Self {
        Self(i64::from(day) * MINUTES_A_DAY + i64::from(minute))
    }

    /// The day, from 1970-01-01.
    pub(super) fn day(self) -> i32 {
        self.0.div_euclid(MINUTES_A_DAY) as i32
    }

    /// Midnight of the same day: what a tracker prints for fields without a time.
    pub(super) fn midnight(self) -> Self {
        Self::of_day(self.day(), 0)
    }

    /// So many minutes later.
    pub(super) fn plus(self, minutes: i32) -> Self {
        Self(self.0 + i64::from(minutes))
    }

    /// Minutes from an earlier reading to this one.
    pub(super) const fn minutes_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0) as i32
    }

    /// As plain tables have it: `2026-02-02 16:58`.
    pub(super) fn sortable(self) -> String {
        let minute = self.0.rem_euclid(MINUTES_A_DAY);
        format!("{} {:02}:{:02}", date(self.day()), minute / 60, minute % 60)
    }

    /// As plain tables have a moment of UTC: `2026-02-02T16:58Z`.
    pub(super) fn instant(self) -> String {
        format!("{}Z", self.sortable().replace(' ', "T"))
    }

    /// As programs write it, read as UTC: `2026-02-02T16:58:00.000+0000`.
    pub(super) fn iso(self) -> String {
        let (year, month, day) = date_of_day(i64::from(self.day()));
        let minute = self.0.rem_euclid(MINUTES_A_DAY);
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:00.000+0000", minute / 60, minute % 60)
    }

    /// In the tracker's default shape: `02/Feb/26 4:58 PM`.
    pub(super) fn text(self) -> String {
        let (year, month, day) = date_of_day(i64::from(self.day()));
        let minute = self.0.rem_euclid(MINUTES_A_DAY);
        let half = if minute < MINUTES_A_DAY / 2 { "AM" } else { "PM" };
        let hour = match minute / 60 % 12 {
            0 => 12,
            hour => hour,
        };
        let (month, year) = (MONTHS[month as usize - 1], year % 100);
        format!("{day:02}/{month}/{year:02} {hour}:{:02} {half}", minute % 60)
    }
}

/// A day as plain tables have it: `2026-02-02`.
pub(super) fn date(day: i32) -> String {
    let (year, month, day) = date_of_day(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// 0 = Monday … 6 = Sunday.
pub(super) const fn weekday(day: i32) -> i32 {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_printed_in_the_default_shape() {
        let day = 20_486; // Monday 2026-02-02
        assert_eq!(date_of_day(i64::from(day)), (2026, 2, 2));
        assert_eq!(WallMinute::of_day(day, 16 * 60 + 58).text(), "02/Feb/26 4:58 PM");
        assert_eq!(WallMinute::of_day(day, 16 * 60 + 58).iso(), "2026-02-02T16:58:00.000+0000");
        assert_eq!(WallMinute::of_day(day, 5).text(), "02/Feb/26 12:05 AM");
        assert_eq!(WallMinute::of_day(day, 12 * 60).text(), "02/Feb/26 12:00 PM");
        assert_eq!(weekday(day), 0);
    }
}
