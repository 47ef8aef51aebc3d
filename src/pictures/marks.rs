//! Bars, dots and the patterns that tell series apart.

use std::collections::HashSet;

use maud::{Markup, html};

use super::ink::Ink;
use super::numerals::{Path, Px};
use super::plot::Area;
use crate::charts::{Categories, Dash, Look, places};
use crate::metrics::{Role, Series};

/// Dots whose middles are nearer than this cannot be told apart: one is drawn.
const APART: f64 = 2.0;
/// Share of a slot that its bars take; width of the bars of one series, and of bars that mark additions.
const BARS: f64 = 0.76;
const BAR_GAP: f64 = 0.15;
const WIDEST_BAR: f64 = 44.0;
const NARROW_BAR: f64 = 6.0;

/// The `stroke-dasharray` of a pattern.
pub(super) const fn dashes(dash: Dash) -> Option<&'static str> {
    match dash {
        Dash::Solid => None,
        Dash::Dashed => Some("6 4"),
        Dash::Dotted => Some("2 3"),
    }
}

/// A dot in the shape of its pattern.
pub(super) fn dot(dash: Dash, x: f64, y: f64) -> Markup {
    let mut path = Path::default();
    match dash {
        Dash::Solid => return html! { circle cx=(Px(x)) cy=(Px(y)) r="3.5" fill="currentColor" {} },
        Dash::Dashed => {
            path.add('M', &[x, y - 5.0]);
            path.add('L', &[x + 5.0, y + 4.5]);
            path.add('H', &[x - 5.0]);
        }
        Dash::Dotted => {
            path.add('M', &[x, y - 5.5]);
            path.add('L', &[x + 5.5, y]);
            path.add('L', &[x, y + 5.5]);
            path.add('L', &[x - 5.5, y]);
        }
    }
    path.add('Z', &[]);
    html! { path d=(path.0) fill="currentColor" {} }
}

/// The dots of a series.
pub(super) fn dots(series: &Series, look: Look, area: &Area, categories: &Categories) -> Markup {
    let mut taken = HashSet::new();
    let mut middles = Vec::new();
    for place in places(series) {
        let Some(y) = place.y.filter(|y| y.is_finite()) else { continue };
        let at = (area.x(categories.position(series, &place)), area.y(y));
        if taken.insert(((at.0 / APART).round() as i64, (at.1 / APART).round() as i64)) {
            middles.push(at);
        }
    }
    let ink = Ink::of(look.slot);
    html! {
        g class=(ink.class()) color=(ink.light()) fill-opacity=".65" {
            @for (x, y) in middles { (dot(look.dash, x, y)) }
        }
    }
}

/// Where the bars of a series stand in their slots.
#[derive(Clone, Copy)]
pub(super) struct BarPlace {
    /// From the middle of the slot to the middle of the bar.
    offset: f64,
    width: f64,
}

/// The places of all bars in a plot: each series beside the others, those of a stack at one place. In the order of `bars`.
pub(super) fn bar_places(bars: &[&Series], slot: f64) -> Vec<BarPlace> {
    let is_stacked = |series: &Series| series.role == Role::Stacked;
    let groups =
        bars.iter().filter(|series| !is_stacked(series)).count() + usize::from(bars.iter().any(|one| is_stacked(one)));
    let is_narrow = |series: &Series| matches!(series.role, Role::Added | Role::Completed | Role::Removed);
    let room = slot * BARS;
    let even = room / (groups as f64 + BAR_GAP * (groups as f64 - 1.0)).max(1.0);
    let of = |series: &Series| even.min(if is_narrow(series) { NARROW_BAR } else { WIDEST_BAR }).max(0.6);
    // The stack counts once, where its first series stands.
    let mut widths = Vec::new();
    let mut stack = None;
    let mut group_of = Vec::new();
    for series in bars {
        let group = match stack {
            Some(group) if is_stacked(series) => group,
            _ => {
                widths.push(of(series));
                widths.len() - 1
            }
        };
        if is_stacked(series) {
            stack = Some(group);
        }
        group_of.push(group);
    }
    let gap = widths.iter().copied().fold(0.0, f64::max) * BAR_GAP;
    let all = widths.iter().sum::<f64>() + gap * (widths.len() as f64 - 1.0).max(0.0);
    let middle = |group: usize| {
        let before: f64 = widths.iter().take(group).map(|width| width + gap).sum();
        before + widths.get(group).copied().unwrap_or(0.0) / 2.0 - all / 2.0
    };
    group_of
        .into_iter()
        .map(|group| BarPlace { offset: middle(group), width: widths.get(group).copied().unwrap_or(1.0) })
        .collect()
}

/// The bars of a series; `floor` tells from where to where a bar goes: its place in a stack, or from 0.
pub(super) fn bars(
    series: &Series,
    look: Look,
    area: &Area,
    categories: &Categories,
    at: BarPlace,
    mut span: impl FnMut(usize, f64) -> (f64, f64),
) -> Markup {
    let ink = Ink::of(look.slot);
    let mut path = Path::default();
    for place in places(series) {
        let Some(y) = place.y.filter(|y| y.is_finite() && *y != 0.0) else { continue };
        let position = categories.position(series, &place);
        let (from, to) = span(position, y);
        let (top, bottom) = (area.y(from.max(to)), area.y(from.min(to)));
        // A hollow bar's border lies inside of it.
        let inset = if look.dash == Dash::Solid { 0.0 } else { (at.width / 4.0).min(1.0) };
        let left = area.x(position) + at.offset - at.width / 2.0 + inset;
        path.add('M', &[left, top + inset]);
        path.add('H', &[left + at.width - 2.0 * inset]);
        path.add('V', &[(bottom - inset).max(top + inset + 0.5)]);
        path.add('H', &[left]);
        path.add('Z', &[]);
    }
    html! {
        g class=(ink.class()) color=(ink.light()) {
            @if look.dash == Dash::Solid {
                path d=(path.0) fill="currentColor" {}
            } @else {
                // Hollow: told apart by its shape, not by its colour alone.
                path d=(path.0) fill="none" stroke="currentColor" stroke-width=(Px((at.width / 3.0).min(2.0))) stroke-dasharray=[(look.dash == Dash::Dotted).then_some("2 2")] {}
            }
        }
    }
}
