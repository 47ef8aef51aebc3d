//! Dated notes as numbered lines across a drawing. Their text stands beside the chart, never in it.

use charming::Chart;
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, Symbol, Tooltip, Trigger};
use charming::series::Line;

use super::Palette;
use crate::metrics::{MetricResult, Role, X};
use crate::model::iso_from_day;

/// Size of the mark that holds the number, in CSS pixels.
const MARK_SIZE: f64 = 18.0;

/// The day on a result's axis at which a note of `day` stands; `None` when the axis is not of days or ends before.
pub fn annotation_place(result: &MetricResult, day: i32) -> Option<i32> {
    let mut days: Vec<i32> = Vec::new();
    for point in result.series.iter().flat_map(|series| &series.points) {
        if let X::Day(day) = point.x {
            days.push(day);
        }
    }
    days.sort_unstable();
    days.dedup();
    let (&first, &last) = (days.first()?, days.last()?);
    if result.series.iter().any(|series| series.role == Role::Scatter) {
        // The axis holds every day.
        return (first..=last).contains(&day).then_some(day);
    }
    let step = days.len().checked_sub(2).and_then(|position| days.get(position)).map_or(1, |before| last - before);
    let inside = day >= first && i64::from(day) < i64::from(last) + i64::from(step);
    inside.then(|| days.get(days.partition_point(|&start| start <= day) - 1).copied()).flatten()
}

/// Adds the notes that lie on the axis: number and day.
pub fn annotate(chart: Chart, result: &MetricResult, palette: &Palette, notes: &[(usize, i32)]) -> Chart {
    let placed: Vec<(usize, i32)> =
        notes.iter().filter_map(|&(number, day)| Some((number, annotation_place(result, day)?))).collect();
    if placed.is_empty() {
        return chart;
    }
    let heights = || result.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y);
    let (low, high) = (heights().fold(0.0, f64::min), heights().fold(0.0, f64::max));
    let at = |day: i32, y: Option<f64>| {
        CompositeValue::Array(vec![CompositeValue::from(iso_from_day(day)), CompositeValue::from(y)])
    };
    let strokes: Vec<DataPoint> = placed
        .iter()
        // The missing value keeps two notes from being joined.
        .flat_map(|&(_, day)| [Some(low), Some(high), None].map(|y| DataPoint::Value(at(day, y))))
        .collect();
    let marks: Vec<DataPoint> = placed
        .iter()
        .map(|&(number, day)| DataPoint::Item(DataPointItem::new(at(day, Some(high))).name(number.to_string())))
        .collect();
    chart
        .series(
            Line::new()
                .id("annotation-lines")
                .name("Notes")
                .line_style(LineStyle::new().color(palette.text.as_str()).width(1.0).type_(LineStyleType::Dashed))
                .symbol(Symbol::None)
                .connect_nulls(false)
                .silent(true)
                .tooltip(Tooltip::new().trigger(Trigger::None))
                .data(strokes),
        )
        .series(
            Line::new()
                .id("annotation-numbers")
                .name("Notes")
                // Only its symbols are seen.
                .line_style(LineStyle::new().color(palette.background.as_str()).width(0))
                .symbol(Symbol::Rect)
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
