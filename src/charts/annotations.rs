//! Dated notes as numbered lines across a drawing. Their text stands beside the chart, never in it.

use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, Symbol, Tooltip, Trigger};
use charming::series::Line;

use super::{ChartOption, Palette};
use crate::metrics::{MetricResult, Role, X};
use crate::model::{Granularity, iso_from_day, period_start};

/// Size of the mark that holds the number, in CSS pixels.
const MARK_SIZE: f64 = 18.0;

/// The day on a result's axis at which a note of `day` stands; `None` when the axis is not of days or ends before.
pub fn annotation_place(result: &MetricResult, day: i32) -> Option<i32> {
    DayAxis::of(result)?.place(day)
}

/// The days of a result's axis, and the heights of what is drawn over them: read once for all the marks of a drawing.
pub(super) struct DayAxis {
    days: Vec<i32>,
    /// The axis holds every day between the first and the last.
    is_whole: bool,
    /// A calendar: a column for each week.
    is_calendar: bool,
    low: f64,
    high: f64,
}

impl DayAxis {
    /// `None` when the axis is not of days.
    pub(super) fn of(result: &MetricResult) -> Option<Self> {
        let has = |role: Role| result.series.iter().any(|series| series.role == role);
        let is_calendar = has(Role::Cell);
        let mut axis =
            Self { days: Vec::new(), is_whole: has(Role::Scatter) || is_calendar, is_calendar, low: 0.0, high: 0.0 };
        for point in result.series.iter().filter(|series| series.role != Role::Beside).flat_map(|series| &series.points)
        {
            if let X::Day(day) = point.x {
                axis.days.push(day);
            }
            if let Some(y) = point.y {
                (axis.low, axis.high) = (axis.low.min(y), axis.high.max(y));
            }
        }
        if is_calendar {
            // The rows of a calendar are the days of the week.
            (axis.low, axis.high) = (0.0, 6.0);
        }
        axis.days.sort_unstable();
        axis.days.dedup();
        (!axis.days.is_empty()).then_some(axis)
    }

    /// The day at which a mark of `day` stands.
    pub(super) fn place(&self, day: i32) -> Option<i32> {
        let (&first, &last) = (self.days.first()?, self.days.last()?);
        if self.is_whole {
            let day = (first..=last).contains(&day).then_some(day)?;
            return Some(if self.is_calendar { period_start(day, Granularity::Week) } else { day });
        }
        let before = self.days.len().checked_sub(2).and_then(|position| self.days.get(position));
        let step = before.map_or(1, |before| last - before);
        let inside = day >= first && i64::from(day) < i64::from(last) + i64::from(step);
        inside.then(|| self.days.get(self.days.partition_point(|&start| start <= day) - 1).copied()).flatten()
    }
}

/// Adds the notes that lie on the axis: number and day.
pub fn annotate(chart: ChartOption, result: &MetricResult, palette: &Palette, notes: &[(usize, i32)]) -> ChartOption {
    let names = notes.iter().map(|&(number, day)| (number.to_string(), day)).collect();
    with_marks(chart, result, palette, names, &NOTES)
}

/// Adds the releases that lie on the axis, as [`super::release_marks`] gathers them: "R1" and day.
pub fn mark_releases(
    chart: ChartOption,
    result: &MetricResult,
    palette: &Palette,
    releases: &[(usize, i32)],
) -> ChartOption {
    let names = releases.iter().map(|&(number, day)| (format!("R{number}"), day)).collect();
    with_marks(chart, result, palette, names, &RELEASES)
}

/// What sets one kind of mark apart.
struct Kind {
    lines: &'static str,
    numbers: &'static str,
    name: &'static str,
    dash: LineStyleType,
    symbol: Symbol,
    /// Releases stand at the foot, notes at the head: neither covers the other.
    is_at_foot: bool,
}

const NOTES: Kind = Kind {
    lines: "annotation-lines",
    numbers: "annotation-numbers",
    name: "Notes",
    dash: LineStyleType::Dashed,
    symbol: Symbol::Rect,
    is_at_foot: false,
};
const RELEASES: Kind = Kind {
    lines: "release-lines",
    numbers: "release-numbers",
    name: "Releases",
    dash: LineStyleType::Dotted,
    symbol: Symbol::RoundRect,
    is_at_foot: true,
};

fn with_marks(
    chart: ChartOption,
    result: &MetricResult,
    palette: &Palette,
    names: Vec<(String, i32)>,
    kind: &Kind,
) -> ChartOption {
    let axis = if names.is_empty() { None } else { DayAxis::of(result) };
    let Some(axis) = axis else { return chart };
    let placed: Vec<(String, i32)> =
        names.into_iter().filter_map(|(name, day)| Some((name, axis.place(day)?))).collect();
    if placed.is_empty() {
        return chart;
    }
    let (low, high) = (axis.low, axis.high);
    let foot = if kind.is_at_foot { low } else { high };
    let at = |day: i32, y: Option<f64>| {
        CompositeValue::Array(vec![CompositeValue::from(iso_from_day(day)), CompositeValue::from(y)])
    };
    let strokes: Vec<DataPoint> = placed
        .iter()
        // The missing value keeps two notes from being joined.
        .flat_map(|&(_, day)| [Some(low), Some(high), None].map(|y| DataPoint::Value(at(day, y))))
        .collect();
    let marks: Vec<DataPoint> = placed
        .into_iter()
        .map(|(name, day)| DataPoint::Item(DataPointItem::new(at(day, Some(foot))).name(name)))
        .collect();
    chart
        .series(
            Line::new()
                .id(kind.lines)
                .name(kind.name)
                .line_style(LineStyle::new().color(palette.text.as_str()).width(1.0).type_(kind.dash))
                .symbol(Symbol::None)
                .connect_nulls(false)
                .silent(true)
                .tooltip(Tooltip::new().trigger(Trigger::None))
                .data(strokes),
        )
        .series(
            Line::new()
                .id(kind.numbers)
                .name(kind.name)
                // Only its symbols are seen.
                .line_style(LineStyle::new().color(palette.background.as_str()).width(0))
                .symbol(kind.symbol.clone())
                .symbol_size(MARK_SIZE)
                .show_symbol(true)
                .item_style(
                    ItemStyle::new()
                        .color(palette.background.as_str())
                        .border_color(palette.text.as_str())
                        .border_width(1.0),
                )
                .label(
                    Label::new()
                        .show(true)
                        .position(LabelPosition::Inside)
                        .formatter("fn:mark")
                        .color(palette.text.as_str()),
                )
                .silent(true)
                .tooltip(Tooltip::new().trigger(Trigger::None))
                .data(marks),
        )
}
