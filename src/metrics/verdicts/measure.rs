//! The number that a verdict judges, with how it came about.

use super::{Answers, VerdictAbout, When, with_unit};
use crate::metrics::stats::{percent, tidy};
use crate::metrics::{Figure, MetricResult, Status, metric};
use crate::model::iso_from_day;

/// Which number of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A figure, as its view shows it.
    Figure(&'static str),
    /// The first figure, as its view shows it.
    First,
    /// A figure that counts, in percent of the points of a series.
    Share {
        /// The figure.
        figure: &'static str,
        /// The series.
        series: &'static str,
    },
    /// By how many percent a figure is higher in the last period than in the one before.
    Change(&'static str),
    /// By how many days the date that a figure tells in days from now is later than it was at the end of the period before.
    Slip(&'static str),
}

/// A number with its inputs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    pub(super) value: Result<f64, Gap>,
    pub(super) inputs: Vec<String>,
}

/// Why there is no number.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Gap {
    pub(super) reason: String,
    pub(super) needs: String,
}

impl Gap {
    fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), needs: String::new() }
    }
}

/// The number of a verdict.
pub(super) fn measure(answers: &mut Answers<'_>, about: &VerdictAbout) -> Measured {
    let mut inputs = Vec::new();
    let number = match about.measure {
        Measure::Figure(_) | Measure::First => figure(answers, about, &mut inputs),
        Measure::Share { figure, series } => share(answers, about.metric, (figure, series), &mut inputs),
        Measure::Change(figure) => change(answers, about.metric, figure, &mut inputs),
        Measure::Slip(figure) => slip(answers, about.metric, figure, &mut inputs),
    };
    Measured { value: number, inputs }
}

/// A computed answer, or why there is none.
pub(super) fn computed<'a>(
    answers: &'a mut Answers<'_>,
    id: &'static str,
    when: When,
) -> Result<&'a MetricResult, Gap> {
    let result = answers.get(id, when).ok_or_else(|| Gap::because("This version does not compute it."))?;
    match &result.status {
        Status::Computed => Ok(result),
        Status::NotComputable { reason, needs } => Err(Gap { reason: reason.clone(), needs: needs.clone() }),
    }
}

/// The value of a figure with its name; a figure without a value says how it would come about.
fn value_of(result: &MetricResult, id: &str) -> Result<(f64, Figure), Gap> {
    let Some(figure) = result.figure(id) else { return Err(Gap::because(missing(&result.id, id))) };
    match figure.value {
        Some(value) => Ok((value, figure.clone())),
        None => Err(Gap::because(format!("{}: {}.", figure.name, figure.how))),
    }
}

/// Why a result has no such figure.
fn missing(metric: &str, figure: &str) -> String {
    if figure == "chance-by-target" {
        return "No target date is set: type one in as \"Target\" in the Forecast view.".to_owned();
    }
    format!("The answer of {metric} has no figure \"{figure}\".")
}

fn figure(answers: &mut Answers<'_>, about: &VerdictAbout, inputs: &mut Vec<String>) -> Result<f64, Gap> {
    let result = computed(answers, about.metric, When::Asked)?;
    let id = match about.measure {
        Measure::Figure(id) => id.to_owned(),
        _ => result.figures.first().map(|figure| figure.id.clone()).unwrap_or_default(),
    };
    let (value, figure) = value_of(result, &id)?;
    let how = if figure.how.is_empty() { String::new() } else { format!(": {}", figure.how) };
    inputs.push(format!("{} is {}{how}.", figure.name, with_unit(value, &figure.unit)));
    in_unit(value, &figure.unit, about.unit)
        .ok_or_else(|| Gap::because(format!("It is told in {}, the rule is in {}.", figure.unit, about.unit)))
}

fn share(
    answers: &mut Answers<'_>,
    id: &'static str,
    (figure, series): (&str, &str),
    inputs: &mut Vec<String>,
) -> Result<f64, Gap> {
    let result = computed(answers, id, When::Asked)?;
    let (part, told) = value_of(result, figure)?;
    let whole = result.series(series).map_or(0, |series| series.points.len());
    inputs.push(format!(
        "{} is {} of {}.",
        told.name,
        with_unit(part, ""),
        with_unit(whole as f64, result.counted.words().1)
    ));
    percent(part, whole as f64).ok_or_else(|| Gap::because("There is nothing that it could be a share of."))
}

fn change(answers: &mut Answers<'_>, id: &'static str, figure: &str, inputs: &mut Vec<String>) -> Result<f64, Gap> {
    let (recent, before) = answers.periods(id);
    let (now, told) = value_of(computed(answers, id, When::Recent)?, figure)?;
    let then = computed(answers, id, When::Before).and_then(|result| value_of(result, figure));
    let (then, _) = then.map_err(|gap| {
        let why = gap.reason;
        Gap { reason: format!("Nothing is known of the period before, {}: {why}", before.in_words()), needs: gap.needs }
    })?;
    inputs.push(format!(
        "{} is {} in {}; in the {} days before ({}) it was {}.",
        told.name,
        with_unit(now, &told.unit),
        recent.in_words(),
        before.days(),
        before.in_words(),
        with_unit(then, &told.unit)
    ));
    relative_change(now, then).ok_or_else(|| Gap::because("It was 0 in the period before: no percentage of 0."))
}

/// By how many percent a number is higher than before; no change is 0, also from 0.
pub(super) fn relative_change(now: f64, before: f64) -> Option<f64> {
    if (now - before).abs() < f64::EPSILON {
        return Some(0.0);
    }
    percent(tidy(now - before), before.abs())
}

fn slip(answers: &mut Answers<'_>, id: &'static str, figure: &str, inputs: &mut Vec<String>) -> Result<f64, Gap> {
    let mut date = |when: When| -> Result<(i32, i32), Gap> {
        let (days, _) = value_of(computed(answers, id, when)?, figure)?;
        let from = answers.forecast_day(id, when);
        Ok((from, from.saturating_add(days as i32)))
    };
    let (today, now) = date(When::Asked)?;
    let (then_day, then) = date(When::Then).map_err(|gap| Gap {
        reason: format!("No forecast of the period before to compare with: {}", gap.reason),
        needs: gap.needs,
    })?;
    inputs.push(format!(
        "The date with a chance of 85 % is {} as of {}; as of {} it was {}.",
        iso_from_day(now),
        iso_from_day(today),
        iso_from_day(then_day),
        iso_from_day(then)
    ));
    Ok(f64::from(now) - f64::from(then))
}

/// Minutes of a unit of time.
fn minutes(unit: &str) -> Option<f64> {
    match unit {
        "minutes" => Some(1.0),
        "hours" => Some(60.0),
        "days" => Some(1440.0),
        "weeks" => Some(10_080.0),
        _ => None,
    }
}

/// A value in another unit; `None` when one is no measure of the other. A rule without a unit takes any that counts.
fn in_unit(value: f64, from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    match (minutes(from), minutes(to)) {
        (Some(from), Some(to)) => Some(tidy(value * from / to)),
        (None, None) if from != "%" && to != "%" => Some(value),
        _ => None,
    }
}

/// Title of a metric for people; its id when there is none.
pub(super) fn title_of(id: &str) -> &str {
    metric(id).map_or(id, |metric| metric.about.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_converted_and_nothing_else() {
        assert_eq!(in_unit(36.0, "hours", "days"), Some(1.5));
        assert_eq!(in_unit(2.0, "days", "hours"), Some(48.0));
        assert_eq!(in_unit(90.0, "minutes", "hours"), Some(1.5));
        assert_eq!(in_unit(3.0, "deployments", ""), Some(3.0));
        assert_eq!(in_unit(3.0, "hours", "%"), None);
        assert_eq!(in_unit(3.0, "%", ""), None);
    }

    #[test]
    fn a_change_is_relative_to_the_number_before() {
        assert_eq!(relative_change(12.0, 10.0), Some(20.0));
        assert_eq!(relative_change(0.0, 10.0), Some(-100.0));
        assert_eq!(relative_change(0.0, 0.0), Some(0.0));
        assert_eq!(relative_change(1.0, 0.0), None);
    }
}
