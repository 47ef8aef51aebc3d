//! A plot: an axis of places, an axis of values, and the series between them; beside it, where the result has them, bars by
//! name with axes of their own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::ink::Ink;
use super::marks::{bar_places, bars, dots};
use super::numerals::Px;
use super::scale::Scale;
use super::x_axis::{Labels, SIZE};
use super::{Drawn, WIDTH, lines, text};
use crate::charts::{Categories, Frame, Look, Mark, Panel, annotation_place};
use crate::metrics::{MetricResult, Role, Series, X};
use crate::numbers;

/// Height between the lowest and the highest value.
const HEIGHT: f64 = 236.0;
/// Above the highest line stands the unit.
const ABOVE: f64 = 30.0;
const MARGIN: f64 = 12.0;
/// Where the bars beside begin and what the main plot leaves free for them, as shares of the width.
const BESIDE: f64 = 0.66;
const MAIN: f64 = 0.62;

/// Where values and places lie.
pub(super) struct Area {
    /// Left edge, in CSS pixels.
    pub(super) left: f64,
    top: f64,
    /// Width, in CSS pixels.
    pub(super) width: f64,
    slots: usize,
    scale: Scale,
}

impl Area {
    fn slot(&self) -> f64 {
        self.width / self.slots.max(1) as f64
    }

    /// The middle of a place.
    pub(super) fn x(&self, position: usize) -> f64 {
        self.left + (position as f64 + 0.5) * self.slot()
    }

    /// The height of a value.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.top + HEIGHT * (1.0 - self.scale.share(value))
    }

    fn bottom(&self) -> f64 {
        self.top + HEIGHT
    }
}

/// One of the two plots of a picture.
struct Part<'a> {
    series: Vec<(&'a Series, Look)>,
    names: usize,
    scale: Scale,
    unit: &'a str,
    /// Left and right edge of what it may take.
    room: (f64, f64),
}

/// The plot of a result.
pub(super) fn plot(panel: &Panel, result: &MetricResult, notes: &[(usize, i32)]) -> Drawn {
    let categories = Categories::in_frame(panel.frame, result);
    let looks = Look::of_all(&result.series, panel.main);
    let (beside, main): (Vec<_>, Vec<_>) =
        result.series.iter().zip(looks).partition(|(series, _)| series.role == Role::Beside);
    let right = if beside.is_empty() { WIDTH - MARGIN } else { WIDTH * MAIN };
    let main = part(main, categories.list().len(), (MARGIN, right), panel.frame);
    let slot = |part: &Part<'_>, left: f64| (part.room.1 - left) / part.names.max(1) as f64;
    let mut left = main.room.0 + y_width(main.scale);
    let mut labels = Labels::of(&categories, slot(&main, left));
    // The first name may reach further to the left than the numbers do.
    let needed = labels.before - slot(&main, left) / 2.0;
    if needed > left - 2.0 {
        left = needed.min(WIDTH / 3.0) + 2.0;
        labels = Labels::of(&categories, slot(&main, left));
    }
    let area = |part: &Part<'_>, left: f64| Area {
        left,
        top: ABOVE,
        width: part.room.1 - left,
        slots: part.names,
        scale: part.scale,
    };
    let main_area = area(&main, left);
    let mut height = labels.height;
    let second = (!beside.is_empty()).then(|| {
        let part = part(beside, categories.beside().len(), (WIDTH * BESIDE, WIDTH - MARGIN), Frame::Places);
        let left = part.room.0 + y_width(part.scale);
        let labels = Labels::names(categories.beside(), slot(&part, left));
        height = height.max(labels.height);
        let area = area(&part, left);
        html! { (axes(&part, &area)) (labels.markup(area.bottom(), |position| area.x(position))) (marks(&part, &area, &categories)) }
    });
    let markup = html! {
        (axes(&main, &main_area))
        (labels.markup(main_area.bottom(), |position| main_area.x(position)))
        (marks(&main, &main_area, &categories))
        (noted(result, notes, &main_area, &categories))
        @if let Some(second) = second { (second) }
    };
    Drawn { markup, height: ABOVE + HEIGHT + height + 6.0 }
}

fn part(series: Vec<(&Series, Look)>, names: usize, room: (f64, f64), frame: Frame) -> Part<'_> {
    let unit = series.first().map_or("", |(series, _)| series.unit.as_str());
    let is_close = frame == Frame::CloseUp;
    let scale = Scale::of(heights(&series).into_iter(), !is_close, !is_close && unit != "points");
    Part { series, names, scale, unit, room }
}

/// Every height that is drawn: values, and the tops of stacks.
fn heights(series: &[(&Series, Look)]) -> Vec<f64> {
    let mut heights = Vec::new();
    let mut tops: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (series, _) in series {
        for point in &series.points {
            let Some(y) = point.y.filter(|y| y.is_finite()) else { continue };
            if series.role == Role::Stacked {
                let (up, down) = tops.entry(crate::charts::place_name(&point.x)).or_default();
                *(if y > 0.0 { up } else { down }) += y;
            } else {
                heights.push(y);
            }
        }
    }
    heights.extend(tops.into_values().flat_map(|(up, down)| [up, down]));
    heights
}

/// Room for the numbers beside the lines.
fn y_width(scale: Scale) -> f64 {
    scale.lines().map(|value| text::width(&numbers::number(value), SIZE)).fold(0.0, f64::max) + 8.0
}

fn axes(part: &Part<'_>, area: &Area) -> Markup {
    let right = area.left + area.width;
    let (grid, muted) = (Ink::Grid, Ink::Muted);
    let zero = area.y(part.scale.low.max(0.0).min(part.scale.high));
    html! {
        g class=(grid.class()) color=(grid.light()) {
            @for value in part.scale.lines() {
                path d={ "M" (Px(area.left)) " " (Px(area.y(value))) "H" (Px(right)) } stroke="currentColor" {}
            }
        }
        g class=(muted.class()) color=(muted.light()) fill="currentColor" {
            path d={ "M" (Px(area.left)) " " (Px(zero)) "H" (Px(right)) } stroke="currentColor" {}
            g text-anchor="end" {
                @for value in part.scale.lines() {
                    text x=(Px(area.left - 6.0)) y=(Px(area.y(value) + 4.0)) { (numbers::number(value)) }
                }
            }
            text x=(Px(part.room.0)) y=(Px(area.top - 14.0)) { (text::plain(part.unit)) }
        }
    }
}

fn marks(part: &Part<'_>, area: &Area, categories: &Categories) -> Markup {
    let is_bar = |(series, look): &&(&Series, Look)| look.mark == Mark::Bar && series.role != Role::Level;
    let bar_series: Vec<&Series> = part.series.iter().filter(is_bar).map(|(series, _)| *series).collect();
    let mut places = bar_places(&bar_series, area.slot()).into_iter();
    let mut below = vec![0.0; area.slots];
    // Bars above 0 and bars below it are stacked apart.
    let (mut up, mut down) = (vec![0.0; area.slots], vec![0.0; area.slots]);
    let drawn = part.series.iter().map(|(series, look)| match (series.role, look.mark) {
        (Role::Level, _) => lines::level(series, *look, area, categories),
        (_, Mark::Line) => lines::line(series, *look, area, categories),
        (_, Mark::Area) => lines::band(series, *look, area, categories, &mut below),
        (_, Mark::Dot) => dots(series, *look, area, categories),
        (role, Mark::Bar) => places.next().map_or_else(Markup::default, |at| {
            bars(series, *look, area, categories, at, |position, y| {
                let stack = if y > 0.0 { &mut up } else { &mut down };
                match stack.get_mut(position) {
                    Some(top) if role == Role::Stacked => {
                        let from = *top;
                        *top += y;
                        (from, *top)
                    }
                    _ => (0.0, y),
                }
            })
        }),
    });
    let drawn: Vec<Markup> = drawn.collect();
    html! { @for one in &drawn { (one) } }
}

/// Numbered lines at the days of notes.
fn noted(result: &MetricResult, notes: &[(usize, i32)], area: &Area, categories: &Categories) -> Markup {
    let ink = Ink::Muted;
    let at = |day: i32| categories.list().iter().position(|x| *x == X::Day(day)).map(|position| area.x(position));
    let marks: Vec<(usize, f64)> =
        notes.iter().filter_map(|&(number, day)| Some((number, at(annotation_place(result, day)?)?))).collect();
    html! {
        g class=(ink.class()) color=(ink.light()) {
            @for (number, x) in marks {
                path d={ "M" (Px(x)) " " (Px(area.top - 4.0)) "V" (Px(area.bottom())) } stroke="currentColor" stroke-dasharray="2 3" {}
                text x=(Px(x)) y=(Px(area.top - 7.0)) text-anchor="middle" font-size="11" fill="currentColor" { (number) }
            }
        }
    }
}
