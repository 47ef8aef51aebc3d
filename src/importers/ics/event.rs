//! One event of a calendar: what it says, and whether it is a holiday, an observance or somebody's time off.

use super::lines::ContentLine;
use super::when::{Repeats, When};
use crate::importers::durations;
use crate::importers::gathering::Gathering;
use crate::importers::table::DurationUnit;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Longer events are taken as this long.
const LONGEST: i64 = 3660 * DAY;
/// An absence of less than this on one day is half a day.
const HALF_DAY: i64 = 6 * HOUR;

/// Words that make an event an absence, lower case.
const ABSENCE: &[&str] = &[
    "vacation",
    "time off",
    "day off",
    "pto",
    "out of office",
    "ooo",
    "annual leave",
    "sick leave",
    "parental leave",
    "on leave",
    "absence",
    "absent",
    "urlaub",
    "abwesend",
    "abwesenheit",
    "krank",
    "elternzeit",
    "congé",
    "congés",
    "absence",
    "vacaciones",
    "férias",
    "ferie",
    "vakantie",
];
/// Words by which a holiday calendar marks days off for everybody.
const PUBLIC: &[&str] = &[
    "public holiday",
    "federal holiday",
    "bank holiday",
    "national holiday",
    "statutory holiday",
    "gesetzlicher feiertag",
    "jour férié",
    "día festivo",
];
/// Words by which it marks days on which people work.
const OBSERVED: &[&str] =
    &["observance", "not a public holiday", "optional holiday", "restricted holiday", "gedenktag"];

/// An event being read.
#[derive(Debug, Default)]
pub(super) struct Event {
    line: u64,
    uid: String,
    recurrence: String,
    summary: String,
    description: String,
    categories: String,
    person: String,
    start: Option<When>,
    end: Option<When>,
    /// Milliseconds.
    duration: Option<i64>,
    updated: Option<When>,
    repeats: Option<Repeats>,
    is_cancelled: bool,
    is_all_day: bool,
    is_out_of_office: bool,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A day off for everybody, and the calendar says so.
    Public,
    /// A day that is observed, and people work.
    Observance,
    /// A day of a calendar that does not say which of the two it is.
    Unmarked,
    /// Somebody is away.
    TimeOff,
}

/// A day or more off.
#[derive(Debug)]
pub(super) struct DaysOff {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) person: String,
    pub(super) reason: String,
    /// First and last day.
    pub(super) first: i32,
    pub(super) last: i32,
    pub(super) is_half_day: bool,
    pub(super) updated: Option<i64>,
    pub(super) repeats: Option<Repeats>,
}

impl Event {
    /// An event that begins on this line of the file.
    pub(super) fn begin(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// Takes a line of the event.
    pub(super) fn take(&mut self, line: &ContentLine<'_>, to: &mut Gathering) {
        match line.name.to_ascii_uppercase().as_str() {
            "UID" => self.uid = line.text(),
            "RECURRENCE-ID" => line.value.trim().clone_into(&mut self.recurrence),
            "SUMMARY" => self.summary = line.text(),
            "DESCRIPTION" => self.description = line.text(),
            "CATEGORIES" => self.categories = line.text(),
            "DTSTART" => self.start = When::parse(line, to),
            "DTEND" => self.end = When::parse(line, to),
            "DURATION" => {
                let hours = durations::hours(line.value, DurationUnit::Hours);
                self.duration = hours.map(|hours| (hours * HOUR as f64).clamp(0.0, LONGEST as f64) as i64);
            }
            "LAST-MODIFIED" => self.updated = When::parse(line, to),
            "DTSTAMP" if self.updated.is_none() => self.updated = When::parse(line, to),
            "RRULE" => self.repeats = Some(Repeats::parse(line.value)),
            "STATUS" => self.is_cancelled = line.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "X-MICROSOFT-CDO-ALLDAYEVENT" => self.is_all_day = line.value.trim().eq_ignore_ascii_case("TRUE"),
            "X-MICROSOFT-CDO-BUSYSTATUS" => self.is_out_of_office = line.value.trim().eq_ignore_ascii_case("OOF"),
            "ORGANIZER" | "ATTENDEE" if self.person.is_empty() => {
                line.parameter("CN").unwrap_or_default().clone_into(&mut self.person);
            }
            _ => {}
        }
    }

    /// The days off; an error is the reason why the event is none.
    pub(super) fn days_off(self, to: &Gathering) -> Result<DaysOff, String> {
        if self.is_cancelled {
            return Err(format!("the event \"{}\" is cancelled", self.summary));
        }
        let start = self.start.ok_or("the event has no DTSTART that can be read")?;
        let kind = self.kind();
        let (first, last, length) = self.span(start, to);
        if last < first {
            return Err(format!("the event \"{}\" ends before it begins", self.summary));
        }
        if kind != Kind::TimeOff && length.is_some() {
            return Err(format!("\"{}\" is an event of some hours, not a day off", self.summary));
        }
        let person = if kind == Kind::TimeOff { self.absent_person() } else { String::new() };
        if kind == Kind::TimeOff && person.is_empty() {
            return Err(format!("\"{}\" is time off, but does not tell whose", self.summary));
        }
        let day_moment = |when| match when {
            When::Day(day) => to.settings.calendar.start_of_day(day),
            When::Moment(moment, _) => moment,
        };
        Ok(DaysOff {
            line: self.line,
            id: format!("{} {}", self.uid, self.recurrence).trim().to_owned(),
            kind,
            person,
            reason: self.reason(),
            first,
            last,
            is_half_day: length.is_some_and(|length| length < HALF_DAY),
            updated: self.updated.map(day_moment),
            repeats: self.repeats,
        })
    }

    /// First and last day, and the length in milliseconds when the event is not of whole days. The end is exclusive.
    fn span(&self, start: When, to: &Gathering) -> (i32, i32, Option<i64>) {
        let day_of = |moment: i64| to.settings.calendar.day_of(moment);
        match (start, self.end) {
            (When::Day(first), Some(When::Day(end))) => (first, if end == first { first } else { end - 1 }, None),
            (When::Day(first), Some(When::Moment(end, _))) => (first, day_of(end - 1), None),
            (When::Day(first), None) => {
                let days = self.duration.map_or(1, |length| (length / DAY).max(1)) as i32;
                (first, first + days - 1, None)
            }
            (When::Moment(start, at_midnight), end) => {
                let (end, ends_at_midnight) = match end {
                    Some(When::Moment(end, at_midnight)) => (end, at_midnight),
                    Some(When::Day(day)) => (to.settings.calendar.start_of_day(day), true),
                    None => (start.saturating_add(self.duration.unwrap_or(0)), false),
                };
                let is_whole = self.is_all_day || (at_midnight && ends_at_midnight && end > start);
                let last = if end > start { day_of(end - 1) } else { day_of(end) };
                (day_of(start), last, (!is_whole).then_some(end - start))
            }
        }
    }

    fn kind(&self) -> Kind {
        let marks = format!("{}\n{}", self.categories, self.description).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| marks.contains(word));
        if self.is_out_of_office || has_word(&self.summary, ABSENCE) || has_word(&self.categories, ABSENCE) {
            Kind::TimeOff
        } else if says(OBSERVED) {
            Kind::Observance
        } else if says(PUBLIC) {
            Kind::Public
        } else {
            Kind::Unmarked
        }
    }

    /// Who is away: the person the event names, else what its title says beside the word for the absence.
    fn absent_person(&self) -> String {
        if !self.person.is_empty() {
            return self.person.clone();
        }
        let parts = self.summary.split([':', '-', '–', '—', '(', ')', '|', ',']);
        let named: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
        named.iter().find(|part| !has_word(part, ABSENCE)).map(|part| (*part).to_owned()).unwrap_or_default()
    }

    /// The title, and the calendar's categories where they say more.
    fn reason(&self) -> String {
        let known = self.summary.to_lowercase();
        if self.categories.is_empty() || known.contains(&self.categories.to_lowercase()) {
            self.summary.clone()
        } else {
            format!("{} ({})", self.summary, self.categories)
        }
    }
}

/// True when one of the words stands in the text as a whole word.
fn has_word(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let is_border = |mark: Option<char>| mark.is_none_or(|mark| !mark.is_alphanumeric());
    words.iter().any(|word| {
        text.match_indices(word).any(|(place, _)| {
            is_border(text[..place].chars().next_back()) && is_border(text[place + word.len()..].chars().next())
        })
    })
}
