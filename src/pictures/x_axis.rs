//! The labels of the axis of places: as many as find room, none over another.

use maud::{Markup, html};

use super::ink::Ink;
use super::numerals::Px;
use super::{WIDTH, text};
use crate::charts::Categories;
use crate::metrics::X;
use crate::model::date_of_day;

/// Size of the labels, in CSS pixels.
pub(super) const SIZE: f64 = 12.0;
/// Room between two labels.
const GAP: f64 = 12.0;
/// From one line to the next.
const LINE: f64 = 15.0;
/// The slant of names that find no room side by side: degrees, sine and cosine.
const SLANT: (f64, f64, f64) = (30.0, 0.5, 0.866);
/// Width of names that are left out rather than slanted.
const SHORT: f64 = 26.0;
/// Places between slanted names, so that none covers the next.
const SLANTED_GAP: f64 = 26.0;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// One label: at which place, and its lines.
struct Label {
    position: usize,
    lines: Vec<String>,
}

/// The labels of an axis.
pub(super) struct Labels {
    shown: Vec<Label>,
    slanted: bool,
    /// Room below the plot, in CSS pixels.
    pub(super) height: f64,
    /// Room that the first label takes to the left of its place.
    pub(super) before: f64,
}

impl Labels {
    /// Labels of places in slots of this width.
    pub(super) fn of(categories: &Categories, slot: f64) -> Self {
        let days: Option<Vec<i32>> =
            categories.list().iter().map(|x| if let X::Day(day) = x { Some(*day) } else { None }).collect();
        match days {
            Some(days) if !days.is_empty() => Self::days(&days, slot),
            _ => Self::names(categories.names(), slot),
        }
    }

    fn days(days: &[i32], slot: f64) -> Self {
        let written: Vec<(i64, String)> = days.iter().map(|&day| day_month(day)).collect();
        let widest = written.iter().map(|(_, text)| text::width(text, SIZE)).fold(0.0, f64::max);
        let least = ((widest + GAP) / slot.max(f64::MIN_POSITIVE)).ceil().max(1.0) as usize;
        let mut year = None;
        let shown = chosen(days, least)
            .into_iter()
            .filter_map(|position| {
                let (of, text) = written.get(position)?;
                // The year stands where it begins to hold.
                let is_new = year.replace(*of) != Some(*of);
                let lines = if is_new { vec![text.clone(), of.to_string()] } else { vec![text.clone()] };
                Some(Label { position, lines })
            })
            .collect();
        Self { shown, slanted: false, height: 2.0 * LINE + 6.0, before: widest / 2.0 }
    }

    /// Names as they are: for the axis beside.
    pub(super) fn names(names: &[String], slot: f64) -> Self {
        let widths = || names.iter().map(|name| text::width(name, SIZE));
        let widest = widths().fold(0.0, f64::max);
        let (slanted, step) = if widest + GAP / 2.0 <= slot {
            (false, 1)
        } else if widest <= SHORT {
            // Numbers in their order: some of them tell the others.
            (false, ((widest + GAP) / slot.max(f64::MIN_POSITIVE)).ceil().max(1.0) as usize)
        } else {
            (true, (SLANTED_GAP / slot.max(f64::MIN_POSITIVE)).ceil().max(1.0) as usize)
        };
        let shown = names
            .iter()
            .enumerate()
            .step_by(step)
            .map(|(position, name)| Label { position, lines: vec![name.clone()] })
            .collect();
        let (_, sine, cosine) = SLANT;
        let before = widths().next().unwrap_or(0.0);
        Self {
            shown,
            slanted,
            height: if slanted { widest * sine + LINE + 4.0 } else { LINE + 6.0 },
            before: if slanted { before * cosine } else { before / 2.0 },
        }
    }

    /// False for a label that would be cut off by the edge of the picture.
    fn fits(&self, label: &Label, x: f64) -> bool {
        let widest = label.lines.iter().map(|line| text::width(line, SIZE)).fold(0.0, f64::max);
        self.slanted || x + widest / 2.0 <= WIDTH
    }

    /// The labels below a plot that ends at `bottom`; `x` tells the middle of a place.
    pub(super) fn markup(&self, bottom: f64, x: impl Fn(usize) -> f64) -> Markup {
        let (degrees, ..) = SLANT;
        html! {
            g class=(Ink::Muted.class()) color=(Ink::Muted.light()) fill="currentColor"
                text-anchor=(if self.slanted { "end" } else { "middle" }) {
                @for (Label { lines, .. }, x) in self.shown.iter().map(|label| (label, x(label.position))).filter(|(label, x)| self.fits(label, *x)) {
                    @let y = bottom + LINE + 1.0;
                    @if self.slanted {
                        text x=(Px(x + 4.0)) y=(Px(y)) transform={ "rotate(-" (Px(degrees)) " " (Px(x + 4.0)) " " (Px(y)) ")" } {
                            (text::plain(&lines.concat()))
                        }
                    } @else {
                        @for (number, line) in lines.iter().enumerate() {
                            text x=(Px(x)) y=(Px(y + number as f64 * LINE)) { (text::plain(line)) }
                        }
                    }
                }
            }
        }
    }
}

/// Its year, and "3 Mar".
fn day_month(day: i32) -> (i64, String) {
    let (year, month, of_month) = date_of_day(i64::from(day));
    let name = MONTHS.get((month - 1) as usize).copied().unwrap_or_default();
    (year, format!("{of_month} {name}"))
}

/// Positions with at least `least` places between them: first days of years, quarters or months, or Mondays, where every day
/// has a place; else every so many.
fn chosen(days: &[i32], least: usize) -> Vec<usize> {
    let is_daily = days.len() > 1 && days.windows(2).all(|pair| pair[1] - pair[0] == 1);
    if least <= 1 || !is_daily {
        return (0..days.len()).step_by(least).collect();
    }
    let first_of = |months: i64, years: i64| {
        move |day: i32| {
            let (year, month, of_month) = date_of_day(i64::from(day));
            of_month == 1 && (month - 1) % months == 0 && year % years == 0
        }
    };
    // 1970-01-01 was a Thursday.
    let monday = |weeks: i32| move |day: i32| (day + 3).rem_euclid(7 * weeks) == 0;
    let rules: [&dyn Fn(i32) -> bool; 9] = [
        &monday(1),
        &monday(2),
        &first_of(1, 1),
        &first_of(3, 1),
        &first_of(12, 1),
        &first_of(12, 2),
        &first_of(12, 5),
        &first_of(12, 10),
        &first_of(12, 50),
    ];
    let at = |rule: &dyn Fn(i32) -> bool| -> Vec<usize> {
        days.iter().enumerate().filter(|(_, day)| rule(**day)).map(|(position, _)| position).collect()
    };
    rules
        .into_iter()
        .map(at)
        .find(|positions| positions.len() >= 2 && positions.windows(2).all(|pair| pair[1] - pair[0] >= least))
        .unwrap_or_else(|| (0..days.len()).step_by(least).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize, length: usize) -> Vec<String> {
        (0..count).map(|_| "x".repeat(length)).collect()
    }

    #[test]
    fn labels_of_days_keep_their_distance_and_name_each_year_once() {
        let days: Vec<i32> = (19_700..20_400).collect();
        for slot in [0.5, 1.0, 3.0, 40.0, 100.0] {
            let labels = Labels::days(&days, slot);
            assert!(labels.shown.len() >= 2, "{slot}");
            for pair in labels.shown.windows(2) {
                let room = (pair[1].position - pair[0].position) as f64 * slot;
                assert!(room >= text::width("30 Nov", SIZE), "{slot}: {room}");
            }
            let years: Vec<&String> = labels.shown.iter().filter_map(|label| label.lines.get(1)).collect();
            let mut once = years.clone();
            once.dedup();
            assert_eq!(years, once);
        }
        // Months, where weeks find no room.
        let monthly = Labels::days(&days, 2.0);
        assert!(monthly.shown.iter().all(|label| label.lines[0].starts_with("1 ")));
    }

    #[test]
    fn names_stand_straight_where_they_find_room_and_slanted_where_not() {
        assert!(!Labels::names(&names(3, 6), 200.0).slanted);
        let many = Labels::names(&names(60, 12), 10.0);
        assert!(many.slanted);
        assert!(many.shown.windows(2).all(|pair| (pair[1].position - pair[0].position) as f64 * 10.0 >= SLANTED_GAP));
    }
}
