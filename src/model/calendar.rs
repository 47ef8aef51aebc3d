//! Days, weeks and months in the workspace time zone.

use super::civil::{date_of_day, day_of_date, days_in_month};
use super::zones::{self, ZoneOffsets};

const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// The length of a period on a time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Granularity {
    /// Calendar days.
    Day,
    /// ISO weeks, Monday first.
    #[default]
    Week,
    /// The sprints of the data. Where only the calendar is known, they are weeks.
    Sprint,
    /// Calendar months.
    Month,
}

impl Granularity {
    /// The name used in links and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Sprint => "sprint",
            Self::Month => "month",
        }
    }

    /// The granularity of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Sprint, Self::Month].into_iter().find(|granularity| granularity.id() == id)
    }
}

/// Moments to days and back, in one time zone. Days are counted from 1970-01-01.
///
/// The zone's offset changes are tabulated once, and so is the place of each stretch of time among them: a column of 100,000
/// moments costs two table look-ups each, no search.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    zone: String,
    offsets: ZoneOffsets,
    /// For each stretch of [`STRETCH_BITS`] from that of the first change on: the offset at its beginning, by position.
    places: Vec<u32>,
}

/// A stretch is 2^31 milliseconds, about 25 days: a zone changes at most once or twice in it.
const STRETCH_BITS: u32 = 31;

impl Default for Calendar {
    fn default() -> Self {
        Self { zone: "UTC".into(), offsets: vec![(i64::MIN, 0)], places: Vec::new() }
    }
}

impl Calendar {
    /// The calendar of an IANA zone; `None` when the name is not known.
    pub fn new(zone: &str) -> Option<Self> {
        if zone == "UTC" {
            return Some(Self::default());
        }
        let offsets = zones::offsets(zone)?;
        let places = places_of(&offsets);
        Some(Self { zone: zone.to_owned(), offsets, places })
    }

    /// The IANA name of the zone.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    fn offset_at(&self, moment: i64) -> i64 {
        let [(_, before_all), (first_change, _), ..] = self.offsets[..] else {
            return self.offsets.first().map_or(0, |&(_, offset)| offset);
        };
        if moment < first_change {
            return before_all;
        }
        let stretch = (moment >> STRETCH_BITS) - (first_change >> STRETCH_BITS);
        let Some(&place) = usize::try_from(stretch).ok().and_then(|stretch| self.places.get(stretch)) else {
            // After the last change that is known.
            return self.offsets.last().map_or(0, |&(_, offset)| offset);
        };
        let rest = &self.offsets[place as usize..];
        let later = rest.iter().skip(1).take_while(|&&(from, _)| from <= moment).last();
        later.or(rest.first()).map_or(0, |&(_, offset)| offset)
    }

    /// The local day of a moment (UTC milliseconds).
    pub fn day_of(&self, moment: i64) -> i32 {
        moment.saturating_add(self.offset_at(moment)).div_euclid(MILLISECONDS_A_DAY) as i32
    }

    /// The moment of a local clock reading given as milliseconds since 1970-01-01 00:00 on that clock. A reading that a
    /// clock change skipped is taken as the later moment, one that happened twice as the earlier.
    pub fn moment_of_local(&self, local: i64) -> i64 {
        if let [(_, offset)] = self.offsets[..] {
            return local - offset;
        }
        let before = self.offset_at(local - MILLISECONDS_A_DAY);
        let after = self.offset_at(local + MILLISECONDS_A_DAY);
        let fits = |offset: i64| self.offset_at(local - offset) == offset;
        if before == after || fits(before) || !fits(after) { local - before } else { local - after }
    }

    /// The moment a local day begins.
    pub fn start_of_day(&self, day: i32) -> i64 {
        self.moment_of_local(i64::from(day) * MILLISECONDS_A_DAY)
    }
}

/// The position of the offset that holds at the beginning of each stretch, from that of the first change to that of the last.
fn places_of(offsets: &ZoneOffsets) -> Vec<u32> {
    let (Some(&(first, _)), Some(&(last, _))) = (offsets.get(1), offsets.last()) else { return Vec::new() };
    let mut place = 0;
    ((first >> STRETCH_BITS)..=(last >> STRETCH_BITS))
        .map(|stretch| {
            while offsets.get(place + 1).is_some_and(|&(from, _)| from <= stretch << STRETCH_BITS) {
                place += 1;
            }
            place as u32
        })
        .collect()
}

/// The first day of the period that holds `day`.
pub fn period_start(day: i32, granularity: Granularity) -> i32 {
    match granularity {
        Granularity::Day => day,
        // 1970-01-01 was a Thursday: day -3 was a Monday.
        Granularity::Week | Granularity::Sprint => day - (day + 3).rem_euclid(7),
        Granularity::Month => day - (date_of_day(i64::from(day)).2 - 1) as i32,
    }
}

/// The first day of the period after the one that starts on `start`.
pub fn next_period_start(start: i32, granularity: Granularity) -> i32 {
    match granularity {
        Granularity::Day => start + 1,
        Granularity::Week | Granularity::Sprint => start + 7,
        Granularity::Month => {
            let (year, month, day) = date_of_day(i64::from(start));
            start + (days_in_month(year, month) - day + 1) as i32
        }
    }
}

/// The day as `2024-01-31`.
pub fn iso_from_day(day: i32) -> String {
    let (year, month, day) = date_of_day(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of `2024-01-31`; `None` when the text is no such date.
pub fn day_from_iso(text: &str) -> Option<i32> {
    let number = |digits: &str, length: usize| {
        let is_number = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = day_of_date(number(year, 4)?, number(month, 2)?, number(day, 2)?)?;
    parts.next().is_none().then_some(day as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn utc(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn days_follow_the_zone() {
        let calendar = Calendar::new("Europe/Berlin").unwrap();
        let day = day_from_iso("2024-03-31").unwrap();
        assert_eq!(calendar.day_of(utc("2024-03-30T23:30:00Z")), day);
        assert_eq!(calendar.day_of(utc("2024-03-31T21:59:00Z")), day);
        assert_eq!(calendar.day_of(utc("2024-03-31T22:00:00Z")), day + 1);
        assert_eq!(calendar.start_of_day(day + 1) - calendar.start_of_day(day), 23 * 3_600_000);
    }

    #[test]
    fn skipped_readings_go_later_and_repeated_ones_earlier() {
        let calendar = Calendar::new("Europe/Berlin").unwrap();
        let local = |text: &str| utc(text);
        assert_eq!(calendar.moment_of_local(local("2024-03-31T02:30:00Z")), utc("2024-03-31T01:30:00Z"));
        assert_eq!(calendar.moment_of_local(local("2024-10-27T02:30:00Z")), utc("2024-10-27T00:30:00Z"));
        assert_eq!(calendar.moment_of_local(local("2024-07-01T12:00:00Z")), utc("2024-07-01T10:00:00Z"));
    }

    #[test]
    fn periods_start_on_mondays_and_firsts() {
        let day = |text| day_from_iso(text).unwrap();
        assert_eq!(period_start(day("2024-01-07"), Granularity::Week), day("2024-01-01"));
        assert_eq!(period_start(day("2024-01-08"), Granularity::Week), day("2024-01-08"));
        assert_eq!(period_start(day("2024-02-29"), Granularity::Month), day("2024-02-01"));
        assert_eq!(next_period_start(day("2024-02-01"), Granularity::Month), day("2024-03-01"));
        assert_eq!(iso_from_day(day("1969-12-31")), "1969-12-31");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for day in [-700_000, -1, 0, 19_782, 700_000] {
            assert_eq!(day_from_iso(&iso_from_day(day)), Some(day));
        }
        for text in ["", "2024", "2024-1-1", "2024-02-30", "2024-01-01-", "2024-01-01T00:00", "+024-01-01"] {
            assert_eq!(day_from_iso(text), None, "{text}");
        }
    }

    /// Against a plain search, at each change and beside it, in zones with many changes and few, and where no table reaches.
    #[test]
    fn the_offset_is_that_of_the_last_change_before_a_moment() {
        for zone in ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca", "UTC"] {
            let calendar = Calendar::new(zone).unwrap();
            let changes = calendar.offsets.iter().map(|&(from, _)| from);
            let moments = changes.flat_map(|from| [from.saturating_sub(1), from, from.saturating_add(1)]);
            for moment in moments.chain([i64::MIN, -4_000_000_000_000, 0, 9_000_000_000_000, i64::MAX]) {
                let next = calendar.offsets.partition_point(|&(from, _)| from <= moment);
                assert_eq!(calendar.offset_at(moment), calendar.offsets[next - 1].1, "{zone} at {moment}");
            }
        }
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert_eq!(Calendar::new("Mars/Olympus"), None);
    }
}
