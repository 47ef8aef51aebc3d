//! iCalendar (`.ics`): holiday calendars and calendars of absences, as every calendar program exports them.
//!
//! One record per event that is a day off: all-day events, and events of hours whose title says that somebody is away. An
//! event's end is exclusive. Holiday calendars also hold observances on which people work: where the calendar marks them
//! (`Observance`, `Public holiday`), only public holidays become holidays and the rest observances; where it marks
//! neither these nor absences, every all-day event counts as a holiday and the import says so. Yearly events repeat; other rules of repetition
//! (weekly, "the fourth Thursday") and their exceptions are not read, and the import says that only the first date is used.
//! Meetings are refused, each with its reason. Source: RFC 5545, and calendars of holiday services.
//!
//! Read by hand: four properties and a date need no calendar library of 125 KB, and events stream.

mod event;
mod lines;
mod when;

use super::gathering::Gathering;
use super::{Confidence, FileHead, ImportError, ImportSettings, Imported, Importer, Reading};
use crate::model::{Cell, NO_MOMENT, RecordKind};
use event::{DaysOff, Event, Kind};
use lines::{ContentLine, Unfolder};
use when::Repeats;

/// The importer.
pub(super) static ICS: Importer = Importer { id: "ics", title: "iCalendar file", detect, start };

fn detect(head: &FileHead<'_>) -> Confidence {
    const BEGIN: &str = "BEGIN:VCALENDAR";
    let is_calendar = head.text.trim_start().get(..BEGIN.len()).is_some_and(|text| text.eq_ignore_ascii_case(BEGIN));
    if is_calendar { Confidence { score: 98, evidence: format!("first line \"{BEGIN}\"") } } else { Confidence::NONE }
}

#[expect(clippy::unnecessary_wraps, reason = "the contract of all importers")]
fn start(_: &FileHead<'_>, settings: &ImportSettings) -> Result<Box<dyn Reading>, ImportError> {
    Ok(Box::new(CalendarReading { unfolder: Unfolder::default(), content: Content::new(settings) }))
}

struct CalendarReading {
    unfolder: Unfolder,
    content: Content,
}

impl Reading for CalendarReading {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        let Self { unfolder, content } = self;
        unfolder.push(chunk, &mut |line, text| content.take(line, text));
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.content.gathering.report.rows_read
    }

    fn finish(mut self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { unfolder, content } = &mut *self;
        unfolder.finish(&mut |line, text| content.take(line, text));
        self.content.finish()
    }
}

/// What was read so far.
struct Content {
    gathering: Gathering,
    calendar: String,
    /// Components that the line is inside of, `VEVENT` not counted.
    depth: usize,
    event: Option<Event>,
    days_off: Vec<DaysOff>,
}

impl Content {
    fn new(settings: &ImportSettings) -> Self {
        let gathering = Gathering::new(settings);
        Self { gathering, calendar: String::new(), depth: 0, event: None, days_off: Vec::new() }
    }

    fn take(&mut self, place: u64, text: &str) {
        let Some(line) = ContentLine::parse(text) else { return };
        let component = line.value.trim();
        if line.is("BEGIN") {
            if component.eq_ignore_ascii_case("VEVENT") {
                self.end_event(Some("the event is not ended before the next one begins"));
                self.depth = 0;
                self.event = Some(Event::begin(place));
                self.gathering.begin_row(place);
            } else {
                self.depth += 1;
            }
        } else if line.is("END") {
            if component.eq_ignore_ascii_case("VEVENT") {
                self.end_event(None);
                self.depth = 0;
            } else {
                self.depth = self.depth.saturating_sub(1);
            }
        } else if let Some(event) = &mut self.event {
            // An alarm inside an event has a description of its own.
            if self.depth == 0 {
                event.take(&line, &mut self.gathering);
            }
        } else if line.is("X-WR-CALNAME") {
            self.calendar = line.text();
        }
    }

    /// Ends the event being read; `damage` is a reason to refuse it.
    fn end_event(&mut self, damage: Option<&str>) {
        let Some(event) = self.event.take() else { return };
        let days_off = match damage {
            Some(damage) => Err(damage.to_owned()),
            None => event.days_off(&self.gathering),
        };
        let outcome = days_off.map(|days_off| self.days_off.push(days_off));
        self.gathering.end_row(outcome);
    }

    fn finish(mut self) -> Result<Imported, ImportError> {
        self.end_event(Some("the file ends inside this event. Export it again"));
        let Self { mut gathering, calendar, days_off, .. } = self;
        // Beside marked holidays or absences, an unmarked event is no holiday of everybody.
        let tells_kinds = days_off.iter().any(|days| matches!(days.kind, Kind::Public | Kind::TimeOff));
        let unmarked = days_off.iter().filter(|days| days.kind == Kind::Unmarked).count();
        let observances = days_off.iter().filter(|days| days.kind == Kind::Observance).count();
        let otherwise = days_off.iter().filter(|days| days.repeats == Some(Repeats::Otherwise)).count();
        if tells_kinds && observances + unmarked > 0 {
            let left = observances + unmarked;
            gathering.note(format!("The calendar tells public holidays or absences; its other all-day events ({left}) were read as observances, on which people work."));
        } else if unmarked > 0 {
            gathering.note(format!("All-day events that do not say whether they are public holidays were read as holidays of everybody: {unmarked}. Take out those on which people work."));
        }
        if otherwise > 0 {
            gathering.note(format!(
                "Events that repeat by a rule other than a yearly date are used on their first date only: {otherwise}."
            ));
        }
        let source = format!("ics {calendar}");
        for days in &days_off {
            keep(days, source.trim(), tells_kinds, &mut gathering);
        }
        gathering.finish()
    }
}

fn keep(days: &DaysOff, source: &str, tells_kinds: bool, to: &mut Gathering) {
    let kind = match days.kind {
        Kind::TimeOff => "time-off",
        Kind::Observance => "observance",
        Kind::Unmarked if tells_kinds => "observance",
        Kind::Public | Kind::Unmarked => "holiday",
    };
    let firsts = days.repeats.map_or_else(|| vec![days.first], |repeats| repeats.days(days.first));
    for (occurrence, &first) in firsts.iter().enumerate() {
        let last = first.saturating_add(days.last.saturating_sub(days.first));
        let id = match (days.id.as_str(), occurrence) {
            (id, 0) => id.to_owned(),
            ("", _) => String::new(),
            (id, _) => format!("{id} {occurrence}"),
        };
        let cells = [
            ("source", Cell::Text(source)),
            ("id", Cell::Text(&id)),
            ("updated", Cell::Moment(days.updated.unwrap_or(NO_MOMENT))),
            ("kind", Cell::Text(kind)),
            ("person", Cell::Text(&days.person)),
            ("from", Cell::Moment(to.settings.calendar.start_of_day(first))),
            ("to", Cell::Moment(to.settings.calendar.start_of_day(last))),
            ("half-day", Cell::Text(if days.is_half_day { "yes" } else { "" })),
            ("reason", Cell::Text(&days.reason)),
            ("repeats", Cell::Text(if days.repeats == Some(Repeats::Yearly) { "yearly" } else { "" })),
        ];
        to.dataset.records_mut(RecordKind::TimeOff).push(days.line, &cells);
    }
}
