//! Upptime: `history/summary.json` of a status repository.
//!
//! One site per element, with the minutes it was down on each day that had any. A day is one of UTC. Days between the first and
//! the last that are listed, and are not listed themselves, had no downtime; what was before and after them is not told,
//! because the file has no date of its own. Source: real files of two repositories.

use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, plain};
use super::json::reading::{JsonFormat, Shape, no_rest};
use super::{Importer, Problem};
use crate::model::{Cell, RecordKind, day_from_iso, iso_from_day};

/// The importer.
pub(super) static UPPTIME_SUMMARY: Importer = Importer {
    id: "upptime-summary",
    title: "Upptime summary",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat =
    JsonFormat { shapes: &[Shape::of(97, &["slug", "dailyMinutesDown"])], arrays: &[""], element, finish: no_rest };

const DAY: i64 = 86_400_000;
const MINUTES_A_DAY: f64 = 1440.0;

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let service = row.first(&["name", "slug"]);
    if service.is_empty() {
        return Err("the site has neither \"name\" nor \"slug\"".into());
    }
    let mut down: Vec<(i32, f64)> = Vec::new();
    for (day, minutes) in row.value("dailyMinutesDown").and_then(|days| days.as_object()).into_iter().flatten() {
        let (date, text) = (day_from_iso(day), plain(minutes));
        match (date, text.parse::<f64>()) {
            (None, _) => to.warn("dailyMinutesDown", day, Problem::NotADate),
            (Some(day), Ok(minutes)) if (0.0..=MINUTES_A_DAY).contains(&minutes) => down.push((day, minutes)),
            _ => to.warn("dailyMinutesDown", &text, Problem::NotANumber),
        }
    }
    down.sort_by_key(|(day, _)| *day);
    let mut last_day = None;
    for (day, minutes) in down {
        if let Some(up_from) = last_day.map(|last: i32| last + 1).filter(|&from| from < day) {
            span(&row, &service, "up", (up_from, day), f64::NAN, to);
        }
        let sum = if minutes >= MINUTES_A_DAY { f64::NAN } else { minutes };
        span(&row, &service, "down", (day, day + 1), sum, to);
        last_day = Some(day);
    }
    if last_day.is_none() {
        to.note("Sites without any downtime are left out: the file does not tell since when they are watched.".into());
    }
    Ok(())
}

/// A span from one day to before another. `minutes`: the sum of it, NaN for all of it.
fn span(row: &Fields, service: &str, state: &str, (from, end): (i32, i32), minutes: f64, to: &mut Gathering) {
    let id = format!("{} {} {state}", row.first(&["slug", "name"]), iso_from_day(from));
    to.record(
        RecordKind::Uptime,
        &[
            ("source", Cell::Text("upptime")),
            ("id", Cell::Text(&id)),
            ("service", Cell::Text(service)),
            ("state", Cell::Text(state)),
            ("from", Cell::Moment(i64::from(from) * DAY)),
            ("to", Cell::Moment(i64::from(end) * DAY)),
            ("minutes", Cell::Number(minutes)),
        ],
    );
}
