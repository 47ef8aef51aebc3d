//! Which part of which day is off, for everybody and for single persons: what the files say, and what the user decided.

use std::collections::BTreeMap;

use super::{Calendar, Dataset, Decisions, NO_MOMENT, RecordKind, Records, date_of_day, day_from_iso, day_of_date};

/// Days of one absence beyond which a date is a mistake of the file: ten years.
const MOST_DAYS: i32 = 3_653;
/// Years before and after the date of a yearly holiday in which it is known.
const YEARS: i64 = 30;

/// The days off of everybody, or of one person.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct OffDays {
    /// First day, last day and the share of each that is off, above 0, as the files say. Where they overlap the greater share
    /// holds: what is off twice is off once.
    spans: Vec<(i32, i32, f64)>,
    /// Days that the user decided on, rising: their share holds whatever the files say.
    decided: Vec<(i32, f64)>,
}

impl OffDays {
    /// Takes the days off from the shares worked of the days from `first` on; `is_worked` = in the work week.
    pub(super) fn take_from(&self, first: i32, worked: &mut [f64], is_worked: impl Fn(i32) -> bool) {
        self.take_told_from(first, worked);
        let end = i64::from(first) + worked.len() as i64;
        let begin = self.decided.partition_point(|&(day, _)| day < first);
        for &(day, share) in self.decided[begin..].iter().take_while(|&&(day, _)| i64::from(day) < end) {
            worked[(day - first) as usize] = if is_worked(day) { 1.0 - share } else { 0.0 };
        }
    }

    /// The same without what the user decided.
    pub(super) fn take_told_from(&self, first: i32, worked: &mut [f64]) {
        let place = |day: i32| (i64::from(day) - i64::from(first)).clamp(0, worked.len() as i64) as usize;
        let parts: Vec<_> =
            self.spans.iter().map(|&(from, to, share)| (place(from), place(to.saturating_add(1)), share)).collect();
        for (from, to, share) in parts {
            worked[from..to].iter_mut().for_each(|worked| *worked = worked.min(1.0 - share));
        }
    }

    /// The days that are off entirely, rising, once each.
    pub(super) fn whole_days(&self) -> Vec<i32> {
        let is_decided = |day: &i32| self.is_decided(*day);
        let spans = self.spans.iter().filter(|&&(_, _, share)| share >= 1.0);
        let mut days: Vec<i32> = spans.flat_map(|&(from, to, _)| from..=to).filter(|day| !is_decided(day)).collect();
        days.extend(self.decided.iter().filter(|&&(_, share)| share >= 1.0).map(|&(day, _)| day));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// True when the user decided on a day.
    pub(super) fn is_decided(&self, day: i32) -> bool {
        self.decided.binary_search_by_key(&day, |&(day, _)| day).is_ok()
    }
}

/// All days off.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct DaysOff {
    /// Those of everybody.
    pub(super) everybody: OffDays,
    /// Those of single persons, by name.
    pub(super) own: BTreeMap<String, OffDays>,
    /// Holidays of regions that hold for nobody, because there are several and nothing says who lives where.
    pub(super) unused: usize,
}

impl DaysOff {
    /// A holiday without a region holds for everybody; one of a region, too, as long as all regions are the same. A record with
    /// a person holds for that person. Observances, and absences that name nobody, hold for nobody.
    pub(super) fn new(dataset: &Dataset, calendar: &Calendar, decisions: &Decisions) -> Self {
        let mut all = Self::default();
        if let Some(records) = dataset.records(RecordKind::TimeOff) {
            all.read(records, calendar);
        }
        for (person, days) in &decisions.days_off {
            let decided = days.iter().filter_map(|(day, &share)| Some((day_from_iso(day)?, share.clamp(0.0, 1.0))));
            let mut decided: Vec<(i32, f64)> = decided.collect();
            decided.sort_unstable_by_key(|&(day, _)| day);
            if person.is_empty() {
                all.everybody.decided = decided;
            } else {
                all.own.entry(person.clone()).or_default().decided = decided;
            }
        }
        all
    }

    fn read(&mut self, records: &Records, calendar: &Calendar) {
        let (from, to) = (records.moments("from"), records.moments("to"));
        let is_holiday = |row: usize| records.text("kind", row) == "holiday" && records.text("person", row).is_empty();
        let region = |row: usize| records.text("region", row);
        let mut regions = (0..records.len()).filter(|&row| is_holiday(row)).map(region).filter(|name| !name.is_empty());
        let first_region = regions.next().unwrap_or_default();
        let is_one_region = regions.all(|name| name == first_region);
        // One list for each distinct person, not a look-up by name for each row.
        let people = records.category("person");
        let mut own = vec![OffDays::default(); people.map_or(0, |people| people.values().len())];
        for row in (0..records.len()).filter(|&row| from[row] != NO_MOMENT) {
            let person = people.map_or(0, |people| people.code(row)) as usize;
            let days = match records.text("kind", row) {
                "holiday" if person == 0 && (is_one_region || region(row).is_empty()) => &mut self.everybody,
                "holiday" if person == 0 => {
                    self.unused += 1;
                    continue;
                }
                "holiday" | "time-off" if person != 0 => &mut own[person],
                _ => continue,
            };
            let share = if records.text("half-day", row) == "yes" { 0.5 } else { 1.0 };
            let first = calendar.day_of(from[row]);
            let last = if to[row] == NO_MOMENT { first } else { calendar.day_of(to[row]) };
            let length = last.saturating_sub(first).clamp(0, MOST_DAYS);
            for start in starts(first, records.text("repeats", row) == "yearly") {
                days.spans.push((start, start + length, share));
            }
        }
        for (code, days) in own.into_iter().enumerate().filter(|(_, days)| !days.spans.is_empty()) {
            let name = people.map_or("", |people| people.value(code as u32));
            self.own.insert(name.to_owned(), days);
        }
    }
}

/// The first days of a holiday: one, or one in each year that data of this age can be about.
fn starts(first: i32, is_yearly: bool) -> Vec<i32> {
    if !is_yearly {
        return vec![first];
    }
    let (year, month, day) = date_of_day(i64::from(first));
    (year - YEARS..=year + YEARS).filter_map(|year| day_of_date(year, month, day)).map(|day| day as i32).collect()
}
