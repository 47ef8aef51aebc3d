//! The headline of each area: its number, its sentence, how it moved, and its course.

use serde::{Deserialize, Serialize};

use super::measure::{Gap, computed, relative_change, title_of};
use super::{Answers, When, with_unit};
use crate::metrics::quality::view_of;
use crate::metrics::{MetricResult, Role, X, words};
use crate::model::iso_from_day;

/// Points of a course; the latest are kept.
const MOST_POINTS: usize = 26;

/// What an area says in short.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Headline {
    /// The area: "Throughput".
    pub area: String,
    /// Id of the metric.
    pub metric: String,
    /// Id of the view that shows it; empty when none does.
    pub view: String,
    /// What the number is: "Median per week".
    pub name: String,
    /// The number; `None` = unknown.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// What is shown: the number with its unit, or a date where that says more. Empty when unknown.
    pub text: String,
    /// The takeaway of the metric, a sentence.
    pub takeaway: String,
    /// How it moved against the period before, in few words: "up 12 % against the 90 days before". Empty when unknown.
    pub change: String,
    /// The same as a sentence with both numbers; empty when unknown.
    pub change_sentence: String,
    /// Its last values in order of time; `None` = unknown. Empty when it has no course.
    pub course: Vec<Option<f64>>,
    /// Why there is no number; else empty.
    pub reason: String,
    /// Which data would make it known; else empty.
    pub needs: String,
}

/// How an area moved.
#[derive(Clone, Copy)]
enum Moved {
    /// Not told: the number is of one sprint or of a plan.
    Untold,
    /// A figure of the last period against that of the period before, in percent.
    Relative(&'static str),
    /// The same as a difference, for numbers that are percentages themselves.
    Difference(&'static str),
    /// A date against the date that was told at the end of the period before.
    Date,
}

/// What an area is told by.
struct Area {
    title: &'static str,
    metric: &'static str,
    /// The figure; the first when the result has none of this id.
    figure: &'static str,
    moved: Moved,
    /// Metric whose first measured series over days is the course.
    course: Option<&'static str>,
}

const fn area(
    (title, metric): (&'static str, &'static str),
    figure: &'static str,
    moved: Moved,
    course: Option<&'static str>,
) -> Area {
    Area { title, metric, figure, moved, course }
}

/// In the order of the page.
static AREAS: &[Area] = &[
    area(("Forecast", "forecast-when"), "p85", Moved::Date, None),
    area(("Scope", "scope-change"), "scope-creep", Moved::Untold, None),
    area(("Throughput", "throughput"), "median", Moved::Relative("mean"), Some("throughput")),
    area(("Cycle time", "cycle-time"), "p50", Moved::Relative("p50"), Some("cycle-time-trend")),
    area(
        ("Deployments", "deployment-frequency"),
        "per-week",
        Moved::Relative("per-week"),
        Some("deployment-frequency"),
    ),
    area(("Bugs", "bugs"), "open", Moved::Relative("open"), Some("bugs")),
    area(("Technical debt", "technical-debt"), "open", Moved::Relative("open"), Some("technical-debt-flow")),
    area(("Capacity", "utilisation"), "utilisation", Moved::Untold, None),
    area(("Uptime", "uptime"), "availability", Moved::Difference("availability"), Some("uptime-trend")),
];

/// The headline of every area, known or not, in a fixed order.
pub fn headlines(answers: &mut Answers<'_>) -> Vec<Headline> {
    AREAS.iter().map(|area| headline(area, answers)).collect()
}

fn headline(area: &Area, answers: &mut Answers<'_>) -> Headline {
    let mut headline = Headline {
        area: area.title.to_owned(),
        metric: area.metric.to_owned(),
        view: view_of(area.metric).unwrap_or_default().to_owned(),
        name: title_of(area.metric).to_owned(),
        ..Headline::default()
    };
    match computed(answers, area.metric, When::Asked) {
        Err(Gap { reason, needs }) => (headline.reason, headline.needs) = (reason, needs),
        Ok(result) => {
            result.summary.clone_into(&mut headline.takeaway);
            if let Some(figure) = result.figure(area.figure).or_else(|| result.figures.first()) {
                figure.name.clone_into(&mut headline.name);
                headline.value = figure.value;
                figure.unit.clone_into(&mut headline.unit);
                headline.text = figure.value.map(|value| with_unit(value, &figure.unit)).unwrap_or_default();
                if figure.value.is_none() {
                    headline.reason = format!("{}: {}.", figure.name, figure.how);
                }
            }
        }
    }
    if headline.value.is_some() {
        tell_date(area, answers, &mut headline);
        tell_change(area, answers, &mut headline);
        headline.course = area.course.map(|id| course(answers, id)).unwrap_or_default();
    }
    headline
}

/// A forecast is a date, not a number of days.
fn tell_date(area: &Area, answers: &Answers<'_>, headline: &mut Headline) {
    if let (Moved::Date, Some(days)) = (area.moved, headline.value) {
        headline.text = iso_from_day(answers.forecast_day(area.metric, When::Asked).saturating_add(days as i32));
        "Done by, with a chance of 85 %".clone_into(&mut headline.name);
    }
}

fn tell_change(area: &Area, answers: &mut Answers<'_>, headline: &mut Headline) {
    let (recent, before) = answers.periods(area.metric);
    let against = format!("against the {} days before", before.days());
    let mut both = |figure: &str| -> Option<(f64, f64, String, String)> {
        let of = |result: &MetricResult| {
            let figure = result.figure(figure)?;
            Some((figure.value?, figure.name.clone(), figure.unit.clone()))
        };
        let (now, name, unit) = computed(answers, area.metric, When::Recent).ok().and_then(of)?;
        let (then, ..) = computed(answers, area.metric, When::Before).ok().and_then(of)?;
        Some((now, then, name, unit))
    };
    let told = match area.moved {
        Moved::Untold => None,
        Moved::Relative(figure) => both(figure).and_then(|(now, then, name, unit)| {
            let by = relative_change(now, then)?;
            Some((direction(by, "%"), (now, then, name, unit)))
        }),
        Moved::Difference(figure) => both(figure)
            .map(|(now, then, name, unit)| (direction(now - then, "percentage points"), (now, then, name, unit))),
        Moved::Date => return tell_moved_date(area, answers, headline),
    };
    let Some((moved, (now, then, name, unit))) = told else { return };
    headline.change = format!("{moved} {against}");
    headline.change_sentence = format!(
        "{}, {}: {} in {}, {} in the {} days before ({moved}).",
        area.title,
        lowered(&name),
        with_unit(now, &unit),
        recent.in_words(),
        with_unit(then, &unit),
        before.days()
    );
}

fn tell_moved_date(area: &Area, answers: &mut Answers<'_>, headline: &mut Headline) {
    let Some(now) = headline.value else { return };
    let of = |result: &MetricResult| result.figure(area.figure).and_then(|figure| figure.value);
    let Some(then) = computed(answers, area.metric, When::Then).ok().and_then(of) else { return };
    let (today, then_day) =
        (answers.forecast_day(area.metric, When::Asked), answers.forecast_day(area.metric, When::Then));
    let (now, then) = (today.saturating_add(now as i32), then_day.saturating_add(then as i32));
    let moved = match now - then {
        0 => "unmoved".to_owned(),
        later @ 1.. => format!("{} later", words::days(f64::from(later))),
        earlier => format!("{} earlier", words::days(f64::from(-earlier))),
    };
    headline.change = format!("{moved} than told on {}", iso_from_day(then_day));
    if now == then {
        headline.change = format!("as told on {}", iso_from_day(then_day));
    }
    headline.change_sentence = format!(
        "{}: done by {}; on {} that was {} ({moved}).",
        area.title,
        iso_from_day(now),
        iso_from_day(then_day),
        iso_from_day(then)
    );
}

/// "up 12 %", "down 0.5 percentage points", "unchanged". Whole percent say enough; the verdict has the decimals.
fn direction(by: f64, unit: &str) -> String {
    let is_whole = unit == "%" && by.abs() >= 1.0;
    let size = words::number(if is_whole { by.abs().round() } else { by.abs() });
    match size.as_str() {
        "0" => "unchanged".to_owned(),
        _ if by > 0.0 => format!("up {size} {unit}"),
        _ => format!("down {size} {unit}"),
    }
}

/// A name inside a sentence: "Median per week" is "median per week", but "SLO" stays.
fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

/// The last values of the first measured series over days.
fn course(answers: &mut Answers<'_>, id: &'static str) -> Vec<Option<f64>> {
    let Ok(result) = computed(answers, id, When::Asked) else { return Vec::new() };
    let is_course = |series: &&crate::metrics::Series| {
        series.role == Role::Main && series.points.iter().all(|point| matches!(point.x, X::Day(_)))
    };
    let Some(series) = result.series.iter().find(is_course) else { return Vec::new() };
    let from = series.points.len().saturating_sub(MOST_POINTS);
    series.points[from..].iter().map(|point| point.y).collect()
}
