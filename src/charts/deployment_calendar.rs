//! A square for each day: a column is a week, a row a day of the week, and the fuller a square the more deployments.
//!
//! Drawn as a scatter on two category axes: ECharts' own heatmap and calendar would cost every visitor their code, and squares need
//! neither.

use charming::component::{Aria, Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisLine, AxisTick, AxisType, ItemStyle, SplitLine, Symbol, Tooltip, Trigger};
use charming::series::Scatter;

use super::categories::Categories;
use super::parts::label;
use super::{ChartOption, Frame, Look, Mark, Palette, Panel, places};
use crate::metrics::{MetricResult, Role, Series, X, delivery};
use crate::model::{Granularity, iso_from_day, period_start};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "deployment-calendar",
    title: "Deployment calendar",
    about: &delivery::calendar::ABOUT,
    main: Mark::Dot,
    frame: Frame::Calendar,
};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Side of a square, in CSS pixels, in a chart of few weeks and of many.
const SIDES: [(usize, f64); 3] = [(26, 18.0), (60, 11.0), (usize::MAX, 6.0)];
/// How full a square is: without a deployment, and in four steps up to the most.
const EMPTY: f64 = 0.08;
const STEPS: [f64; 4] = [0.3, 0.5, 0.75, 1.0];

pub(super) fn draw(result: &MetricResult, palette: &Palette) -> ChartOption {
    let weeks = Categories::in_frame(PANEL.frame, result);
    let tooltip = Tooltip::new()
        .formatter("fn:escape")
        .trigger(Trigger::Item)
        .background_color(palette.background.as_str())
        .border_color(palette.grid.as_str())
        .border_width(1.0);
    let aria = Aria::new().enabled(true);
    let mut chart = ChartOption::new(palette.animate, &palette.background, aria, tooltip)
        .grid(Grid::new().id("grid").left(8).right(16).top(24).bottom(28))
        .x_axis(axis(palette).id("x").axis_label(label(palette).formatter("fn:dayMonth")).data(weeks.names().to_vec()))
        .y_axis(
            axis(palette).id("y").inverse(true).axis_label(label(palette)).data(WEEKDAYS.map(str::to_owned).to_vec()),
        );
    for (series, look) in result.series.iter().zip(Look::of_all(&result.series, PANEL.main)) {
        if series.role == Role::Cell {
            chart = chart.series(squares(series, look, palette, &weeks));
        }
    }
    chart
}

fn axis(palette: &Palette) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .axis_tick(AxisTick::new().show(false))
        .axis_line(AxisLine::new().show(false))
        .split_line(SplitLine::new().show(false))
        .name_text_style(charming::element::TextStyle::new().color(palette.muted.as_str()))
}

fn squares(series: &Series, look: Look, palette: &Palette, weeks: &Categories) -> Scatter {
    let colour = look.colour(palette);
    let most = series.points.iter().filter_map(|point| point.y).fold(0.0, f64::max);
    let side = SIDES.iter().find(|(number, _)| weeks.names().len() <= *number).map_or(6.0, |&(_, side)| side);
    let square = |place: &super::Place| {
        let day = if let X::Day(day) = place.x { day } else { 0 };
        let weekday = day - period_start(day, Granularity::Week);
        let at = [weeks.week(day) as f64, f64::from(weekday)].map(CompositeValue::from);
        let value = CompositeValue::Array(at.into_iter().chain([CompositeValue::from(place.y)]).collect());
        let item = DataPointItem::new(value).name(iso_from_day(day));
        DataPoint::Item(item.item_style(ItemStyle::new().color(colour.as_str()).opacity(fullness(place.y, most))))
    };
    Scatter::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .symbol(Symbol::Rect)
        .symbol_size(side)
        .data(places(series).iter().map(square).collect::<Vec<_>>())
}

/// How full the square of a value is, from 0 to 1, where `most` is the largest.
pub fn fullness(value: Option<f64>, most: f64) -> f64 {
    match value {
        Some(value) if value > 0.0 && most > 0.0 => {
            let step = (value / most * STEPS.len() as f64).ceil() as usize;
            STEPS[step.clamp(1, STEPS.len()) - 1]
        }
        _ => EMPTY,
    }
}

#[cfg(test)]
mod tests {
    use super::fullness;

    #[test]
    fn more_deployments_make_a_fuller_square() {
        let steps = [None, Some(0.0), Some(1.0), Some(4.0), Some(6.0), Some(8.0)].map(|value| fullness(value, 8.0));
        let percent = steps.map(|step| (step * 100.0).round() as u32);
        assert_eq!(percent, [8, 8, 30, 50, 75, 100]);
    }
}
