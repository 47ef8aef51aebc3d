//! Calendars: the days on which nobody, or one person, works.

use super::Mspdi;
use super::tasks::cell;
use crate::importers::gathering::Gathering;
use crate::importers::xml::XmlElement;
use crate::model::{Cell, RecordKind, date_of_day, day_from_iso, iso_from_day};

/// Days off kept of a file; a hostile one could hold any number of repeating ones.
const MOST_SPANS: usize = 20_000;
/// Exceptions looked at.
const MOST_EXCEPTIONS: u64 = 5_000;
/// Days of a repeating exception that are looked at: twenty years and their leap days.
const LONGEST_REPEAT: i32 = 20 * 366;

/// Days without work, from first to last.
struct DaysOff {
    line: u64,
    name: String,
    first: i32,
    last: i32,
}

struct Calendar {
    uid: String,
    name: String,
    days_off: Vec<DaysOff>,
}

#[derive(Default)]
pub(super) struct Calendars {
    kept: Vec<Calendar>,
    spans: usize,
    exceptions: u64,
    /// Exceptions that are working days.
    working: u64,
    /// Exceptions that could not be read, or were over the limit.
    not_read: u64,
}

impl Calendars {
    pub(super) fn add(&mut self, line: u64, calendar: &XmlElement) {
        let mut days_off = Vec::new();
        // Project 2003 wrote exceptions as week days of the type 0; later versions write both.
        let exceptions: Vec<&XmlElement> = if calendar.child("Exceptions").is_some() {
            calendar.all_in("Exceptions", "Exception").collect()
        } else {
            calendar.all_in("WeekDays", "WeekDay").filter(|day| day.text_of("DayType") == "0").collect()
        };
        for exception in exceptions {
            if exception.text_of("DayWorking") != "0" {
                self.working += 1;
                continue;
            }
            self.exceptions += 1;
            let room = if self.exceptions > MOST_EXCEPTIONS { 0 } else { MOST_SPANS - self.spans };
            let spans = if room == 0 { Vec::new() } else { spans(exception) };
            if spans.is_empty() || spans.len() > room {
                self.not_read += 1;
            }
            let spans = spans.into_iter().take(room);
            let name = exception.text_of("Name");
            let before = days_off.len();
            days_off.extend(spans.map(|(first, last)| DaysOff { line, name: name.to_owned(), first, last }));
            self.spans += days_off.len() - before;
        }
        let (uid, name) = (calendar.text_of("UID").to_owned(), calendar.text_of("Name").to_owned());
        if !days_off.is_empty() {
            self.kept.push(Calendar { uid, name, days_off });
        }
    }
}

impl Mspdi {
    /// The project's calendar holds for everybody, a resource's own one for that person. Others are not used.
    pub(super) fn finish_days_off(&mut self, to: &mut Gathering) {
        let calendars = std::mem::take(&mut self.calendars.kept);
        for calendar in &calendars {
            if calendar.uid == self.project.calendar {
                self.days_off(calendar, "holiday", "", to);
            } else if let Some(person) = self.resources.by_calendar.get(&calendar.uid).cloned() {
                self.days_off(calendar, "time-off", &person, to);
            } else {
                let (name, count) = (&calendar.name, calendar.days_off.len());
                to.note(format!(
                    "Days off of the calendar \"{name}\" are not used ({count}): it is neither the project's calendar nor a person's own."
                ));
            }
        }
        let Calendars { working, not_read, .. } = self.calendars;
        if working > 0 {
            to.note(format!("Exceptional working days of the calendars are not used: {working}."));
        }
        if not_read > 0 {
            to.note(format!(
                "Exceptions of the calendars that could not be read as days, or are too many: {not_read}."
            ));
        }
    }

    fn days_off(&self, calendar: &Calendar, kind: &str, person: &str, to: &mut Gathering) {
        let saved = self.saved(to);
        for off in &calendar.days_off {
            to.begin_row(off.line);
            let first = iso_from_day(off.first);
            let (from, until) = (to.moment("FromDate", &first), to.moment("ToDate", &iso_from_day(off.last)));
            to.record(
                RecordKind::TimeOff,
                &[
                    ("source", Cell::Text(&self.project.source())),
                    ("id", Cell::Text(&format!("calendar {} {first} {}", calendar.uid, off.name))),
                    ("updated", cell(saved)),
                    ("kind", Cell::Text(kind)),
                    ("person", Cell::Text(person)),
                    ("from", cell(from)),
                    ("to", cell(until)),
                    ("reason", Cell::Text(&off.name)),
                ],
            );
            to.end_row(Ok(()));
        }
    }
}

/// The spans of days of an exception; empty when it has no dates.
fn spans(exception: &XmlElement) -> Vec<(i32, i32)> {
    let Some(period) = exception.child("TimePeriod") else { return Vec::new() };
    let day = |name: &str| period.text_of(name).get(..10).and_then(day_from_iso);
    let (Some(first), Some(last)) = (day("FromDate"), day("ToDate")) else { return Vec::new() };
    if last < first {
        return Vec::new();
    }
    let number = |name: &str| exception.text_of(name).parse::<i32>().ok();
    let every = number("Period").unwrap_or(1).max(1);
    let kind = number("Type").unwrap_or(1);
    if kind == 1 && every == 1 {
        return vec![(first, last)];
    }
    let rule = Rule {
        kind,
        every,
        first: Date::of(first),
        weekdays: number("DaysOfWeek").unwrap_or(0),
        // January is 0.
        month: number("Month").map_or(0, |month| month.saturating_add(1)),
        month_day: number("MonthDay").unwrap_or(0),
        item: number("MonthItem").unwrap_or(0),
        position: number("MonthPosition").unwrap_or(0),
    };
    let count = match exception.text_of("EnteredByOccurrences") {
        "1" => number("Occurrences").and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    let days = first..=last.min(first.saturating_add(LONGEST_REPEAT));
    days.filter(|&day| rule.fits(Date::of(day))).take(count).map(|day| (day, day)).collect()
}

/// A day of the calendar.
#[derive(Clone, Copy)]
struct Date {
    /// Since 1970-01-01.
    number: i32,
    year: i32,
    month: i32,
    day: i32,
}

impl Date {
    fn of(number: i32) -> Self {
        let (year, month, day) = date_of_day(i64::from(number));
        Self { number, year: year as i32, month: month as i32, day: day as i32 }
    }

    /// 0 = Sunday.
    const fn weekday(self) -> i32 {
        (self.number + 4).rem_euclid(7)
    }
}

/// How an exception repeats.
struct Rule {
    /// 1 every some days, 2 and 3 yearly, 4 and 5 monthly, 6 weekly; 2 and 4 on a day of the month, 3 and 5 on "the third
    /// Monday".
    kind: i32,
    every: i32,
    first: Date,
    /// Sunday is 1, Monday 2, Tuesday 4…
    weekdays: i32,
    /// From 1.
    month: i32,
    month_day: i32,
    /// 0 any day, 1 Monday to Friday, 2 weekend, 3 Sunday to 9 Saturday.
    item: i32,
    /// 0 first to 3 fourth, 4 last.
    position: i32,
}

impl Rule {
    fn fits(&self, date: Date) -> bool {
        let months = (date.year - self.first.year) * 12 + date.month - self.first.month;
        let in_month = months % self.every == 0;
        match self.kind {
            1 => (date.number - self.first.number) % self.every == 0,
            2 => date.month == self.month && date.day == self.month_day,
            3 => date.month == self.month && self.is_in_position(date),
            4 => in_month && date.day == self.month_day,
            5 => in_month && self.is_in_position(date),
            6 => {
                let week = |date: Date| (date.number - date.weekday()).div_euclid(7);
                self.weekdays & (1 << date.weekday()) != 0 && (week(date) - week(self.first)) % self.every == 0
            }
            _ => false,
        }
    }

    fn is_item(&self, weekday: i32) -> bool {
        let weekend = matches!(weekday, 0 | 6);
        match self.item {
            0 => true,
            1 => !weekend,
            2 => weekend,
            item => item - 3 == weekday,
        }
    }

    fn is_in_position(&self, date: Date) -> bool {
        let fits = |day: i32| self.is_item((date.weekday() + day - date.day).rem_euclid(7));
        if !fits(date.day) {
            return false;
        }
        if self.position == 4 {
            let days = (28..=31).rev().find(|&day| Date::of(date.number + day - date.day).month == date.month);
            return (date.day + 1..=days.unwrap_or(28)).all(|day| !fits(day));
        }
        (1..date.day).filter(|&day| fits(day)).count() as i32 == self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str, rule: &Rule) -> Vec<String> {
        let day = |iso: &str| day_from_iso(iso).unwrap_or(0);
        let rule = Rule { first: Date::of(day(from)), ..*rule };
        (day(from)..=day(to)).filter(|&day| rule.fits(Date::of(day))).map(iso_from_day).collect()
    }

    const RULE: Rule = Rule {
        kind: 1,
        every: 1,
        first: Date { number: 0, year: 1970, month: 1, day: 1 },
        weekdays: 0,
        month: 0,
        month_day: 0,
        item: 0,
        position: 0,
    };

    #[test]
    fn repeating_exceptions_fall_on_their_days() {
        assert_eq!(
            days("2024-05-01", "2024-05-07", &Rule { every: 3, ..RULE }),
            ["2024-05-01", "2024-05-04", "2024-05-07"]
        );
        let christmas = Rule { kind: 2, month: 12, month_day: 25, ..RULE };
        assert_eq!(days("2024-01-01", "2025-12-31", &christmas), ["2024-12-25", "2025-12-25"]);
        let thanksgiving = Rule { kind: 3, month: 11, item: 7, position: 3, ..RULE };
        assert_eq!(days("2024-01-01", "2025-12-31", &thanksgiving), ["2024-11-28", "2025-11-27"]);
        let last_weekday = Rule { kind: 5, every: 2, item: 1, position: 4, ..RULE };
        assert_eq!(days("2024-01-10", "2024-05-31", &last_weekday), ["2024-01-31", "2024-03-29", "2024-05-31"]);
        let tuesdays = Rule { kind: 6, every: 2, weekdays: 4, ..RULE };
        assert_eq!(days("2024-05-01", "2024-05-31", &tuesdays), ["2024-05-14", "2024-05-28"]);
        let first_of_month = Rule { kind: 4, month_day: 1, ..RULE };
        assert_eq!(days("2024-02-01", "2024-03-31", &first_of_month), ["2024-02-01", "2024-03-01"]);
    }
}
