//! Dates, moments and yearly repetition of a calendar event.

use super::lines::ContentLine;
use crate::importers::gathering::Gathering;
use crate::model::day_of_date;

const DAY: i64 = 86_400_000;
/// A yearly event is written out at most so often.
const MOST_YEARS: u32 = 100;

/// A date, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Days since 1970-01-01.
    Day(i32),
    /// UTC milliseconds, and whether the clock of its own zone shows midnight.
    Moment(i64, bool),
}

impl When {
    /// Reads `20240501`, `20240501T080000Z`, `20240501T080000` with or without a `TZID`.
    pub(super) fn parse(line: &ContentLine<'_>, to: &mut Gathering) -> Option<Self> {
        let text = line.value.trim();
        let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
        let day = day_of_compact(date)?;
        if time.is_empty() {
            return Some(Self::Day(day));
        }
        let (clock, is_utc) = match time.strip_suffix(['Z', 'z']) {
            Some(clock) => (clock, true),
            None => (time, false),
        };
        let local = i64::from(day) * DAY + clock_of_compact(clock)?;
        let is_midnight = local.rem_euclid(DAY) == 0;
        if is_utc {
            return Some(Self::Moment(local, false));
        }
        let moment = match line.parameter("TZID") {
            None => to.clock.moment(local).0,
            Some(zone) => {
                if let Some(moment) = to.moment_in_zone(zone, local) {
                    moment
                } else {
                    let own = to.settings.calendar.zone().to_owned();
                    to.note(format!("The time zone \"{zone}\" is not known; its times were read in {own}."));
                    to.clock.moment(local).0
                }
            }
        };
        Some(Self::Moment(moment, is_midnight))
    }
}

/// Days since 1970-01-01 of `20240501`.
fn day_of_compact(text: &str) -> Option<i32> {
    let text = text.trim();
    if text.len() != 8 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let year = part(0, 4).filter(|year| (1900..=2199).contains(year))?;
    i32::try_from(day_of_date(year, part(4, 6)?, part(6, 8)?)?).ok()
}

/// Milliseconds since midnight of `080000`.
fn clock_of_compact(text: &str) -> Option<i64> {
    if text.len() != 6 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize, below: i64| text[from..to].parse::<i64>().ok().filter(|&value| value < below);
    Some((part(0, 2, 24)? * 3600 + part(2, 4, 60)? * 60 + part(4, 6, 61)?) * 1000)
}

/// How an event repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// On its date of every year, without end.
    Yearly,
    /// On its date, so many years on, none after the given day.
    YearlyUntil(u32, i32),
    /// By a rule that is not read.
    Otherwise,
}

impl Repeats {
    /// Reads the value of `RRULE`.
    pub(super) fn parse(rule: &str) -> Self {
        let (mut is_yearly, mut count, mut until) = (false, None, None);
        for part in rule.split(';').filter(|part| !part.trim().is_empty()) {
            let Some((name, value)) = part.split_once('=') else { return Self::Otherwise };
            match (name.trim().to_ascii_uppercase().as_str(), value.trim()) {
                ("FREQ", value) => is_yearly = value.eq_ignore_ascii_case("YEARLY"),
                ("COUNT", value) => count = value.parse::<u32>().ok(),
                ("UNTIL", value) => until = value.get(..8).and_then(day_of_compact),
                ("INTERVAL", "1") | ("WKST" | "BYMONTH" | "BYMONTHDAY", _) => {}
                // BYDAY: the fourth Thursday, say, which is another date each year.
                _ => return Self::Otherwise,
            }
        }
        match (is_yearly, count, until) {
            (false, ..) => Self::Otherwise,
            (true, None, None) => Self::Yearly,
            (true, count, until) => {
                Self::YearlyUntil(count.unwrap_or(MOST_YEARS).min(MOST_YEARS), until.unwrap_or(i32::MAX))
            }
        }
    }

    /// The days on which an event that first falls on `first` falls, first one included; a 29 February only in leap years.
    pub(super) fn days(self, first: i32) -> Vec<i32> {
        let Self::YearlyUntil(count, until) = self else { return vec![first] };
        let (year, month, day) = crate::model::date_of_day(i64::from(first));
        (0..i64::from(MOST_YEARS))
            .filter_map(|years| i32::try_from(day_of_date(year + years, month, day)?).ok())
            .take(count as usize)
            .take_while(|&day| day <= until)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yearly_rules_are_read_and_others_named() {
        assert_eq!(Repeats::parse("FREQ=YEARLY"), Repeats::Yearly);
        assert_eq!(Repeats::parse("FREQ=YEARLY;INTERVAL=1;BYMONTH=5;BYMONTHDAY=1"), Repeats::Yearly);
        assert_eq!(Repeats::parse("FREQ=YEARLY;COUNT=3"), Repeats::YearlyUntil(3, i32::MAX));
        for rule in ["FREQ=WEEKLY", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=YEARLY;INTERVAL=4", "", "nonsense"] {
            assert_eq!(Repeats::parse(rule), Repeats::Otherwise, "{rule}");
        }
    }

    #[test]
    fn a_leap_day_comes_in_leap_years_only() {
        let Some(first) = day_of_compact("20240229") else { panic!("a date") };
        let days = Repeats::YearlyUntil(2, i32::MAX).days(first);
        assert_eq!(days, [first, first + 4 * 365 + 1]);
        assert_eq!(Repeats::YearlyUntil(u32::MAX, first).days(first), [first]);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2024-05-01", "20241301", "2024050", "202405011", "18990101", "２０２４"] {
            assert_eq!(day_of_compact(text), None, "{text}");
        }
        assert_eq!(clock_of_compact("240000"), None);
        assert_eq!(clock_of_compact("235959"), Some(86_399_000));
    }
}
