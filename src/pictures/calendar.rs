//! A square for each day: a column is a week, a row a day of the week.

use maud::html;

use super::ink::Ink;
use super::numerals::Px;
use super::x_axis::Labels;
use super::{Drawn, WIDTH};
use crate::charts::{Categories, Look, Panel, fullness};
use crate::metrics::{MetricResult, Role, X};
use crate::model::{Granularity, period_start};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
/// The largest column, and the share of it that a square fills.
const COLUMN: f64 = 26.0;
const SQUARE: f64 = 0.86;

/// The calendar of a result.
pub(super) fn calendar(panel: &Panel, result: &MetricResult) -> Drawn {
    let weeks = Categories::in_frame(panel.frame, result);
    let column = ((WIDTH - LEFT - RIGHT) / weeks.list().len().max(1) as f64).min(COLUMN);
    let row = column.max(16.0);
    let side = column * SQUARE;
    let labels = Labels::of(&weeks, column);
    let x = |week: usize| LEFT + week as f64 * column;
    let cells = result
        .series
        .iter()
        .zip(Look::of_all(&result.series, panel.main))
        .filter(|(series, _)| series.role == Role::Cell);
    let bottom = 7.0 * row;
    let markup = html! {
        g class=(Ink::Muted.class()) color=(Ink::Muted.light()) fill="currentColor" text-anchor="end" {
            @for (number, name) in WEEKDAYS.iter().enumerate() {
                text x=(Px(LEFT - 8.0)) y=(Px(number as f64 * row + row / 2.0 + 4.0)) { (name) }
            }
        }
        @for (series, look) in cells {
            @let ink = Ink::of(look.slot);
            @let most = series.points.iter().filter_map(|point| point.y).filter(|y| y.is_finite()).fold(0.0, f64::max);
            g class=(ink.class()) color=(ink.light()) fill="currentColor" {
                @for point in &series.points {
                    @if let X::Day(day) = point.x {
                        @let weekday = f64::from(day - period_start(day, Granularity::Week));
                        rect x=(Px(x(weeks.week(day)) + (column - side) / 2.0)) y=(Px(weekday * row + (row - side) / 2.0))
                            width=(Px(side)) height=(Px(side)) fill-opacity=(fullness(point.y, most)) {}
                    }
                }
            }
        }
        (labels.markup(bottom, |week| x(week) + column / 2.0))
    };
    Drawn { markup, height: bottom + labels.height + 6.0 }
}
