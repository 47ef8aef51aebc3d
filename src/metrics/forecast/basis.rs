//! What every forecast begins with: the history and its window, the work that remains, or why there is no forecast.

use std::borrow::Cow;

use super::past::{Past, Window, days_of_work, work_until};
use super::planned;
use super::settings::ForecastSettings;
use crate::metrics::{Exclusion, MetricResult, Query, Unit, stats::tidy, words};
use crate::model::{ItemSet, PreparedDataset, WorkDays, iso_from_day};
use throughline_simulation::{STEPS, Simulation};

/// Days with a finish below which a window tells nothing.
pub(super) const LEAST_ACTIVE: usize = 5;
/// The percentiles that are shown.
pub(super) const PERCENTILES: [u32; 4] = [50, 70, 85, 95];

/// The percentiles of a question, with the one to plan with first: it is the headline.
pub(super) fn shown(query: &Query) -> Vec<u32> {
    let mut shown: Vec<u32> = query.percentiles.or(&PERCENTILES.map(|p| p as u8)).into_iter().map(u32::from).collect();
    if let Some(place) = shown.iter().position(|&p| p == PLANNED) {
        shown[..=place].rotate_right(1);
    }
    shown
}

/// The chance to plan with.
const PLANNED: u32 = 85;

/// The history and what remains.
pub(super) struct Basis<'a> {
    pub(super) work_days: &'a WorkDays,
    /// Those of the question, with the capacity of the plan put in where it is asked for.
    pub(super) settings: Cow<'a, ForecastSettings>,
    /// How the capacity of the plan came about.
    plan: Option<String>,
    pub(super) unit: Unit,
    pub(super) past: Past,
    pub(super) window: Window,
    /// The days that are drawn from, in [`STEPS`].
    pub(super) days: Vec<i64>,
    /// The work that remains, in [`STEPS`].
    pub(super) work: i64,
}

impl<'a> Basis<'a> {
    /// Gathers it; the error is the metric's answer.
    pub(super) fn new(
        id: &str,
        data: &'a PreparedDataset,
        items: &ItemSet,
        query: &'a Query,
        unit: Unit,
    ) -> Result<Self, Box<MetricResult>> {
        let past = Past::new(data, items, query, unit);
        let mut settings = Cow::Borrowed(&query.forecast);
        let (first, last) = past.asked(query);
        let window = past.window(first, last, &data.work_days, &settings);
        if let Some((reason, needs)) = unusable(&past, &window, unit) {
            return Err(Box::new(MetricResult::not_computable(id, reason, needs)));
        }
        let mut plan = None;
        if settings.plan {
            match planned::percent(data, query, &window, past.today) {
                Ok((percent, line)) => {
                    settings.to_mut().capacity = percent;
                    plan = Some(line);
                }
                Err((reason, needs)) => return Err(Box::new(MetricResult::not_computable(id, reason, needs))),
            }
        }
        let days = window.days(settings.capacity, settings.growth);
        let work = settings.remaining.map_or(past.open_amount * 100, |remaining| i64::from(remaining) * STEPS);
        Ok(Self { work_days: &data.work_days, settings, plan, unit, past, window, days, work })
    }

    /// The trials of the settings.
    pub(super) fn simulation(&self) -> Simulation<'_> {
        Simulation {
            days: &self.days,
            risks: &self.settings.risks,
            split: self.settings.split,
            seed: self.settings.seed,
            trials: self.settings.trials,
        }
    }

    /// The calendar day of the `number`-th day of work from now.
    pub(super) fn date(&self, number: u32) -> i32 {
        days_of_work(self.past.today, self.work_days, &self.settings).nth(number as usize).unwrap_or(self.past.today)
    }

    /// Days of work from now up to a calendar day.
    pub(super) fn days_until(&self, day: i32) -> u32 {
        work_until(self.past.today, day, self.work_days, &self.settings)
    }

    /// "1 item", "2.5 points" of an amount in [`STEPS`].
    pub(super) fn in_words(&self, amount: i64) -> String {
        words::amount(in_units(amount), self.unit)
    }

    /// "40 open items", "1 open item", "12.5 open points"; "40 items" when the number was typed in.
    pub(super) fn remaining_in_words(&self) -> String {
        let text = self.in_words(self.work);
        let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
        if self.settings.remaining.is_some() { text.clone() } else { format!("{number} open {unit}") }
    }

    /// An answer with the items that it rests on, what was left out and what the reader must know.
    pub(super) fn answer(&self, id: &str) -> MetricResult {
        let (past, window) = (&self.past, &self.window);
        let is_inside = |day: i32| (window.first..=window.last).contains(&day);
        // In rising order, as the items were walked.
        let outside: Vec<u32> = past.done.iter().filter(|(_, day)| !is_inside(*day)).map(|&(item, _)| item).collect();
        let inside = past.done.len() - outside.len();
        let is_typed = self.settings.remaining.is_some();
        let open_used = if is_typed { 0 } else { past.open.len() };
        let open_unused = if is_typed { past.open.clone() } else { Vec::new() };
        let mut result = MetricResult { id: id.to_owned(), ..MetricResult::default() };
        result.considered = (inside + open_used) as u64;
        result.excluded = Exclusion::list([
            ("finished, but no finish date".to_owned(), past.undated.clone()),
            ("finished outside the history window".to_owned(), outside),
            ("open, but the remaining work was typed in".to_owned(), open_unused),
            ("closed without being delivered".to_owned(), past.dropped.clone()),
        ]);
        result.working = self.working();
        if !is_typed {
            result.note_unestimated(past.unestimated, self.unit);
        }
        let off = window.finished_on_days_off;
        if off > 0 {
            let (was, counts) = (words::verb(off, "was", "were"), words::verb(off, "counts", "count"));
            let items = words::capitalised(&words::items(off));
            result.note(
                "days-off",
                format!("{items} {was} finished on days off and {counts} on the day of work before it."),
            );
        }
        result
    }

    fn working(&self) -> Vec<String> {
        let (window, settings) = (&self.window, &self.settings);
        let days = window.finished.len();
        let off = if settings.skip_days_off {
            format!(" without {}", words::count(window.days_off, "day off", "days off").replace("no days", "any days"))
        } else {
            " with days off".to_owned()
        };
        let zeros = days - window.active;
        let mut lines = vec![format!(
            "History: {}, {}{off}, {} finished; {} without a finish {} drawn like the others.",
            words::day_range(window.first, window.last),
            words::count(days, "day of work", "days of work"),
            self.in_words(window.total() * 100),
            words::count(zeros, "day", "days"),
            words::verb(zeros, "is", "are"),
        )];
        lines.extend(self.plan.clone());
        if settings.capacity != 100 {
            lines.push(format!("Each drawn day counts {} % of what it was: the capacity.", settings.capacity));
        }
        if settings.growth {
            let arrived: i64 = window.arrived.iter().sum();
            lines
                .push(format!("Each drawn day brings its own new work, too: {} in all.", self.in_words(arrived * 100)));
        }
        if let Some((low, high)) = settings.split {
            let number = |hundredths: u32| words::number(f64::from(hundredths) / 100.0);
            let pieces = if low == high { number(low) } else { format!("{} to {}", number(low), number(high)) };
            lines.push(format!("Each open item is done in {pieces} pieces, drawn evenly once a trial."));
        }
        for risk in &settings.risks {
            let chance = words::number(f64::from(risk.permille) / 10.0);
            let amount = words::amount(f64::from(risk.high), self.unit);
            lines.push(format!("In {chance} % of the trials a risk brings {} to {amount} more.", risk.low));
        }
        lines.push(format!(
            "{}, seed {}; the same seed gives the same numbers on every machine.",
            words::capitalised(&words::count(settings.trials as usize, "trial", "trials")),
            settings.seed
        ));
        lines
    }
}

/// Why a history gives no forecast, and what would help.
fn unusable(past: &Past, window: &Window, unit: Unit) -> Option<(String, &'static str)> {
    let needs_dates = "Items with a done status and a Resolved, Closed or Completed date.";
    if past.done.is_empty() {
        return Some(("No item in this selection is finished and dated.".to_owned(), needs_dates));
    }
    if window.finished.is_empty() {
        return Some((
            "The history window holds no day of work that the data covers.".to_owned(),
            "A window inside the dates of the data.",
        ));
    }
    if window.active < LEAST_ACTIVE {
        let days = words::count(window.active, "day", "days");
        let has = words::verb(window.active, "has", "have");
        let range = words::day_range(window.first, window.last);
        return Some((
            format!("In the history window {range} {days} {has} a finished item; a forecast needs {LEAST_ACTIVE}."),
            "A longer history window, or fewer filters.",
        ));
    }
    (window.total() == 0).then(|| {
        (
            format!("No item finished in the history window has {}.", unit.id()),
            "Estimates on finished items, or items as unit.",
        )
    })
}

/// An amount in [`STEPS`] as a number.
pub(super) fn in_units(amount: i64) -> f64 {
    tidy(amount as f64 / STEPS as f64)
}

/// A chance in percent, from 1 to 99, and in words. Nothing that was drawn is certain or impossible.
pub(super) fn chance(part: u32, trials: u32) -> (f64, String) {
    let percent = f64::from(part) * 100.0 / f64::from(trials.max(1));
    let text = if percent > 99.0 {
        "more than 99 %".to_owned()
    } else if percent < 1.0 {
        "less than 1 %".to_owned()
    } else {
        format!("{} %", words::number(percent))
    };
    (tidy(percent.clamp(1.0, 99.0)), text)
}

/// "by 2024-05-03", "not within ten years".
pub(super) fn by_date(day: Option<i32>) -> String {
    day.map_or_else(|| "not within ten years".to_owned(), |day| format!("by {}", iso_from_day(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chance_is_certain_or_impossible() {
        assert_eq!(chance(0, 1000), (1.0, "less than 1 %".to_owned()));
        assert_eq!(chance(1000, 1000), (99.0, "more than 99 %".to_owned()));
        assert_eq!(chance(10, 1000), (1.0, "1 %".to_owned()));
        assert_eq!(chance(995, 1000), (99.0, "more than 99 %".to_owned()));
        assert_eq!(chance(855, 1000), (85.5, "85.5 %".to_owned()));
    }
}
