//! What all charts share: axes, tooltip, and a series drawn by its look.
//!
//! Days are categories in ISO text, not ECharts' time axis: that one thinks in the zone of the reader, and would move the
//! bars of a team elsewhere by a day.

use charming::component::{Aria, Axis, Grid};
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisPointer, AxisPointerType, AxisTick, AxisType, BorderType, Color, Emphasis,
    ItemStyle, LineStyle, LineStyleType, NameLocation, SplitLine, Step, Symbol, TextStyle, Tooltip, Trigger,
};
use charming::series::{Bar, Line, Scatter};

use super::categories::{Categories, FEW_NAMES, main_series, pair};
use super::decals::decals;
use super::{ChartOption, Dash, Frame, Look, Mark, Palette, Panel, places};
use crate::metrics::{MetricResult, Role, Series, X};

/// Smallest text on a chart, in CSS pixels.
const FONT_SIZE: f64 = 12.0;
/// Length of a transition, where the user wants motion at all.
const ANIMATION_MS: i32 = 250;

/// Characters of a name that finds room beside its neighbours.
const SHORT_NAME: usize = 12;
/// Degrees by which long names are turned, so that none covers the next.
const NAME_ANGLE: f64 = 25.0;

/// A panel that has an axis of places and an axis of values.
pub(super) fn draw(panel: &Panel, result: &MetricResult, palette: &Palette) -> ChartOption {
    let categories = Categories::in_frame(panel.frame, result);
    with_series(chart(panel.frame, result, palette, &categories), result, palette, &categories, panel.main)
}

fn chart(frame: Frame, result: &MetricResult, palette: &Palette, categories: &Categories) -> ChartOption {
    let y_axis = y_axis(unit_of(main_series(result)), palette);
    let y_axis = if frame == Frame::CloseUp { y_axis.min_interval(0.0).scale(true) } else { y_axis };
    let of_days = result.series.iter().flat_map(|series| &series.points).any(|point| matches!(point.x, X::Day(_)));
    let chart = ChartOption::new(palette.animate, &palette.background, aria(palette), tooltip(palette, frame))
        .lasting(ANIMATION_MS)
        .x_axis(x_axis(palette, categories.names(), of_days).id("x"))
        .y_axis(y_axis.id("y"));
    let grid = Grid::new().id("grid").left(8).top(36).bottom(28);
    if categories.beside().is_empty() {
        return chart.grid(grid.right(16));
    }
    // The bars beside have a grid and axes of their own: days and names share no axis.
    let beside = result.series.iter().filter(|series| series.role == Role::Beside);
    chart
        .grid(grid.right("36%"))
        .grid(Grid::new().id("grid-beside").left("70%").right(16).top(36).bottom(28))
        .x_axis(x_axis(palette, categories.beside(), false).id("x-beside").grid_index(1))
        .y_axis(self::y_axis(unit_of(beside), palette).id("y-beside").grid_index(1))
}

fn aria(palette: &Palette) -> Aria {
    let aria = Aria::new().enabled(true);
    if palette.decals { aria.decal(decals(palette)) } else { aria }
}

fn unit_of<'a>(mut series: impl Iterator<Item = &'a Series>) -> &'a str {
    series.next().map_or("", |series| series.unit.as_str())
}

fn tooltip(palette: &Palette, frame: Frame) -> Tooltip {
    let tooltip = Tooltip::new()
        .formatter("fn:escape")
        .background_color(palette.background.as_str())
        .border_color(palette.grid.as_str())
        .border_width(1.0);
    match frame {
        Frame::PlacesOfItems | Frame::DaysOfItems => tooltip.trigger(Trigger::Item),
        _ => tooltip.trigger(Trigger::Axis).axis_pointer(
            AxisPointer::new()
                .type_(AxisPointerType::Line)
                .line_style(LineStyle::new().color(palette.guideline.as_str()).type_(LineStyleType::Dotted)),
        ),
    }
}

pub(super) fn label(palette: &Palette) -> AxisLabel {
    AxisLabel::new().color(palette.muted.as_str()).font_size(FONT_SIZE).font_family(palette.font.as_str())
}

fn x_axis(palette: &Palette, names: &[String], of_days: bool) -> Axis {
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let label = if of_days {
        label(palette).formatter("fn:dayMonth")
    } else if names.len() <= FEW_NAMES && longest > SHORT_NAME {
        // Left to itself the axis leaves out every other name: a bar without its name says nothing.
        label(palette).interval(0.0).rotate(NAME_ANGLE)
    } else {
        label(palette)
    };
    Axis::new()
        .type_(AxisType::Category)
        .axis_label(label)
        .axis_tick(AxisTick::new().show(false))
        .axis_line(AxisLine::new().show(true))
        .split_line(SplitLine::new().show(false))
        .data(names.to_vec())
}

fn y_axis(unit: &str, palette: &Palette) -> Axis {
    let axis = Axis::new()
        .type_(AxisType::Value)
        .name(unit)
        .name_location(NameLocation::End)
        .name_text_style(
            TextStyle::new()
                .color(palette.muted.as_str())
                .font_size(FONT_SIZE)
                .font_family(palette.font.as_str())
                .align("left"),
        )
        .axis_label(label(palette).formatter("fn:plain"))
        .axis_line(AxisLine::new().show(false))
        .split_line(SplitLine::new().show(true).line_style(LineStyle::new().color(palette.grid.as_str()).width(1.0)));
    // Half an item or half a day is no place to draw a line at.
    if unit == "points" { axis } else { axis.min_interval(1.0) }
}

/// Adds every series of the result, measured values as `main`.
fn with_series(
    mut chart: ChartOption,
    result: &MetricResult,
    palette: &Palette,
    categories: &Categories,
    main: Mark,
) -> ChartOption {
    for (series, look) in result.series.iter().zip(Look::of_all(&result.series, main)) {
        chart = match (series.role, look.mark) {
            (Role::Level, _) => chart.series(level(series, look, palette, categories)),
            (_, Mark::Line) => chart.series(line(series, look, palette, categories)),
            (_, Mark::Bar) => chart.series(bar(series, look, palette, categories)),
            (_, Mark::Area) => chart.series(band(series, look, palette, categories)),
            (_, Mark::Dot) => chart.series(dots(series, look, palette, categories)),
        };
    }
    chart
}

/// The edges of a range are thinner than what is measured or expected. In CSS pixels.
pub const fn line_width(role: Role) -> f64 {
    match role {
        Role::Main => 2.5,
        Role::RangeLow | Role::RangeHigh => 1.0,
        _ => 1.5,
    }
}

const fn line_type(dash: Dash) -> LineStyleType {
    match dash {
        Dash::Solid => LineStyleType::Solid,
        Dash::Dashed => LineStyleType::Dashed,
        Dash::Dotted => LineStyleType::Dotted,
    }
}

fn line(series: &Series, look: Look, palette: &Palette, categories: &Categories) -> Line {
    let colour = look.colour(palette);
    let is_main = series.role == Role::Main;
    let line = Line::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .line_style(LineStyle::new().color(colour.as_str()).width(line_width(series.role)).type_(line_type(look.dash)))
        .item_style(ItemStyle::new().color(colour.as_str()))
        .symbol(if is_main { Symbol::Circle } else { Symbol::None })
        .symbol_size(6.0)
        .show_symbol(is_main && series.points.len() <= 60)
        .connect_nulls(false)
        .data(places(series).iter().map(|place| categories.datum(series, place)).collect::<Vec<_>>());
    match series.role {
        // Work is done at some moment of a day and stays done: the course between two days is a step, not a slope.
        Role::Main => line.step(Step::End).area_style(AreaStyle::new().color(colour.as_str()).opacity(0.08)),
        Role::Scope => line.step(Step::End),
        _ => line,
    }
}

/// A band of a stack.
fn band(series: &Series, look: Look, palette: &Palette, categories: &Categories) -> Line {
    let colour = look.colour(palette);
    Line::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .stack("bands")
        .line_style(LineStyle::new().color(colour.as_str()).width(1.0).type_(line_type(look.dash)))
        .item_style(ItemStyle::new().color(colour.as_str()))
        .area_style(AreaStyle::new().color(colour.as_str()).opacity(0.55))
        .symbol(Symbol::None)
        .data(places(series).iter().map(|place| categories.datum(series, place)).collect::<Vec<_>>())
}

/// A constant level, drawn over the whole width even when the metric names it once.
fn level(series: &Series, look: Look, palette: &Palette, categories: &Categories) -> Line {
    let colour = look.colour(palette);
    let data = match series.points.as_slice() {
        [only] => (0..categories.names().len()).map(|position| pair(position, only.y)).collect(),
        _ => places(series).iter().map(|place| categories.datum(series, place)).collect::<Vec<_>>(),
    };
    Line::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .line_style(LineStyle::new().color(colour.as_str()).width(1.5).type_(line_type(look.dash)))
        .item_style(ItemStyle::new().color(colour.as_str()))
        .symbol(Symbol::None)
        .show_symbol(false)
        .silent(true)
        .data(data)
}

fn bar(series: &Series, look: Look, palette: &Palette, categories: &Categories) -> Bar {
    let colour = look.colour(palette);
    let style = match look.dash {
        Dash::Solid => ItemStyle::new().color(colour.as_str()),
        // A pattern tells it apart, and needs something to lie on.
        _ if palette.decals => ItemStyle::new().color(colour.as_str()),
        // Hollow: told apart by its shape, not by its colour alone.
        dash => ItemStyle::new()
            .color(palette.background.as_str())
            .border_color(colour.as_str())
            .border_width(2.0)
            .border_type(if dash == Dash::Dotted { BorderType::Dotted } else { BorderType::Solid }),
    };
    let bar = Bar::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .item_style(style)
        .emphasis(Emphasis::new().item_style(ItemStyle::new().border_color(palette.text.as_str()).border_width(1.5)))
        .data(places(series).iter().map(|place| categories.datum(series, place)).collect::<Vec<_>>());
    match series.role {
        Role::Added | Role::Completed | Role::Removed => bar.bar_width(6),
        Role::Stacked => bar.stack("bands"),
        Role::Beside => bar.x_axis_index(1).y_axis_index(1),
        _ => bar.bar_gap("15%"),
    }
}

fn dots(series: &Series, look: Look, palette: &Palette, categories: &Categories) -> Scatter {
    Scatter::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .symbol(match look.dash {
            Dash::Solid => Symbol::Circle,
            Dash::Dashed => Symbol::Triangle,
            Dash::Dotted => Symbol::Diamond,
        })
        .symbol_size(if look.dash == Dash::Solid { 7.0 } else { 10.0 })
        .item_style(
            ItemStyle::new()
                .color(Color::Value(look.colour(palette)))
                .opacity(0.65)
                .border_color(palette.background.as_str())
                .border_width(0.5),
        )
        .data(places(series).iter().map(|place| categories.datum(series, place)).collect::<Vec<_>>())
}
