//! Lines, steps, levels and the bands of a stack.

use maud::{Markup, html};

use super::ink::Ink;
use super::marks::dashes;
use super::numerals::{Path, Px};
use super::plot::Area;
use crate::charts::{Categories, Look, line_width, places};
use crate::metrics::{Role, Series};

/// Marks up to which a line shows each of them.
const MARKED: usize = 60;
/// A line with more points than this for each pixel is drawn by its highest and lowest ones.
const POINTS_A_PIXEL: f64 = 2.0;

type Spot = (f64, f64);

/// The points of a series in runs without a gap.
fn runs(series: &Series, area: &Area, categories: &Categories) -> Vec<Vec<Spot>> {
    let mut runs: Vec<Vec<Spot>> = vec![Vec::new()];
    for place in places(series) {
        match place.y.filter(|y| y.is_finite()) {
            Some(y) => {
                let spot = (area.x(categories.position(series, &place)), area.y(y));
                if let Some(run) = runs.last_mut() {
                    run.push(spot);
                }
            }
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A run with as many points as can be told apart: of those in one column of pixels the first, the highest, the lowest and
/// the last.
fn told_apart(run: Vec<Spot>, area: &Area) -> Vec<Spot> {
    if (run.len() as f64) < area.width * POINTS_A_PIXEL {
        return run;
    }
    let mut kept: Vec<Spot> = Vec::new();
    for column in run.chunk_by(|a, b| a.0.round().total_cmp(&b.0.round()).is_eq()) {
        let extreme = |pick: fn(f64, f64) -> bool| {
            column.iter().copied().reduce(|best, spot| if pick(spot.1, best.1) { spot } else { best })
        };
        let (high, low) = (extreme(|spot, best| spot < best), extreme(|spot, best| spot > best));
        let mut of_column: Vec<Spot> =
            [column.first().copied(), high, low, column.last().copied()].into_iter().flatten().collect();
        of_column.sort_by(|a, b| a.0.total_cmp(&b.0));
        of_column.dedup();
        kept.extend(of_column);
    }
    kept
}

/// A path through a run. Work is done at some moment of a day and stays done: the course of what is counted is a step.
fn trace(path: &mut Path, run: &[Spot], is_step: bool) {
    let Some((first, rest)) = run.split_first() else { return };
    path.add('M', &[first.0, first.1]);
    for spot in rest {
        if is_step {
            path.add('H', &[spot.0]);
            path.add('V', &[spot.1]);
        } else {
            path.add('L', &[spot.0, spot.1]);
        }
    }
}

/// A line through the points of a series.
pub(super) fn line(series: &Series, look: Look, area: &Area, categories: &Categories) -> Markup {
    let is_main = series.role == Role::Main;
    let is_step = is_main || series.role == Role::Scope;
    let runs: Vec<Vec<Spot>> = runs(series, area, categories).into_iter().map(|run| told_apart(run, area)).collect();
    let is_marked = is_main && series.points.len() <= MARKED;
    // A point between two gaps has no line: without a dot it would not be seen.
    let alone = || runs.iter().filter(|run| run.len() == 1).flatten();
    let marked: Vec<Spot> =
        if is_marked { runs.iter().flatten().copied().collect() } else { alone().copied().collect() };
    let (mut stroke, mut fill) = (Path::default(), Path::default());
    let floor = area.y(0.0);
    for run in &runs {
        trace(&mut stroke, run, is_step);
        if let (true, [first, .., last]) = (is_main, run.as_slice()) {
            trace(&mut fill, run, is_step);
            fill.add('L', &[last.0, floor]);
            fill.add('L', &[first.0, floor]);
            fill.add('Z', &[]);
        }
    }
    let ink = Ink::of(look.slot);
    html! {
        g class=(ink.class()) color=(ink.light()) fill="none" {
            @if !fill.0.is_empty() { path d=(fill.0) fill="currentColor" fill-opacity=".08" {} }
            path d=(stroke.0) stroke="currentColor" stroke-width=(Px(line_width(series.role))) stroke-linejoin="round" stroke-dasharray=[dashes(look.dash)] {}
            @for (x, y) in marked { circle cx=(Px(x)) cy=(Px(y)) r="3" fill="currentColor" {} }
        }
    }
}

/// A constant level, drawn over the whole width even where the metric names it once.
pub(super) fn level(series: &Series, look: Look, area: &Area, categories: &Categories) -> Markup {
    let mut path = Path::default();
    if let [only] = series.points.as_slice() {
        if let Some(y) = only.y.filter(|y| y.is_finite()) {
            path.add('M', &[area.left, area.y(y)]);
            path.add('H', &[area.left + area.width]);
        }
    } else {
        for run in runs(series, area, categories) {
            trace(&mut path, &run, false);
        }
    }
    let ink = Ink::of(look.slot);
    html! {
        path class=(ink.class()) color=(ink.light()) d=(path.0) fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray=[dashes(look.dash)] {}
    }
}

/// A band on top of those before it; `below` is what lies under it, place by place, and grows by the band.
pub(super) fn band(series: &Series, look: Look, area: &Area, categories: &Categories, below: &mut [f64]) -> Markup {
    let (mut top, mut bottom): (Vec<Spot>, Vec<Spot>) = (Vec::new(), Vec::new());
    for place in places(series) {
        let position = categories.position(series, &place);
        let Some(height) = below.get_mut(position) else { continue };
        let x = area.x(position);
        bottom.push((x, area.y(*height)));
        *height += place.y.filter(|y| y.is_finite()).unwrap_or(0.0);
        top.push((x, area.y(*height)));
    }
    let (mut edge, mut fill) = (Path::default(), Path::default());
    trace(&mut edge, &top, false);
    trace(&mut fill, &top, false);
    bottom.iter().rev().for_each(|spot| fill.add('L', &[spot.0, spot.1]));
    if !fill.0.is_empty() {
        fill.add('Z', &[]);
    }
    let ink = Ink::of(look.slot);
    html! {
        g class=(ink.class()) color=(ink.light()) {
            path d=(fill.0) fill="currentColor" fill-opacity=".55" {}
            path d=(edge.0) fill="none" stroke="currentColor" stroke-width="1" stroke-dasharray=[dashes(look.dash)] {}
        }
    }
}
