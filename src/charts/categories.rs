//! The categories of a chart's x axis, and of the axis beside it.

use std::collections::HashMap;

use charming::datatype::{CompositeValue, DataPoint};

use super::{Frame, Place, gathered_by, place_name};
use crate::metrics::{MetricResult, Role, Series, X};
use crate::model::{Granularity, period_start};

/// Names on an axis are cut here; tables and drawers have them whole.
const LABEL_LENGTH: usize = 22;
/// Names up to this many are all written.
pub(super) const FEW_NAMES: usize = 8;

/// The x axis of a chart: every category, and where each lies.
pub struct Categories {
    list: Vec<X>,
    names: Vec<String>,
    position: HashMap<X, usize>,
    /// The categories of the bars beside the course over days, on an axis of their own; mostly none.
    beside: Vec<String>,
    beside_position: HashMap<X, usize>,
}

/// The series of the main axis.
pub fn main_series(result: &MetricResult) -> impl Iterator<Item = &Series> {
    result.series.iter().filter(|series| series.role != Role::Beside)
}

impl Categories {
    /// The places that a frame shows.
    pub fn in_frame(frame: Frame, result: &MetricResult) -> Self {
        match frame {
            Frame::Days | Frame::DaysOfItems => Self::every_day(result),
            Frame::Calendar => Self::every_week(result),
            Frame::Places | Frame::PlacesOfItems | Frame::CloseUp => Self::of(result),
        }
    }

    /// The places of all series in rising order of days, names in the order met.
    pub fn of(result: &MetricResult) -> Self {
        let mut seen: Vec<X> = Vec::new();
        let mut position = HashMap::new();
        for x in main_series(result).flat_map(|series| &series.points).map(|point| &point.x) {
            if !position.contains_key(x) {
                position.insert(x.clone(), seen.len());
                seen.push(x.clone());
            }
        }
        crate::model::sort_by_key(&mut seen, |x| match x {
            X::Day(day) => (*day, 0),
            X::Name(_) => (i32::MAX, position.get(x).copied().unwrap_or(0)),
        });
        Self::from_list(seen).with_beside(result)
    }

    /// Every day between the first and the last, so that distances on the axis are true.
    pub fn every_day(result: &MetricResult) -> Self {
        // Gathered marks stand at the first day of their period, which may lie before the first point.
        let days: Vec<i32> = result
            .series
            .iter()
            .filter(|series| series.role != Role::Beside)
            .flat_map(|series| {
                let granularity = gathered_by(series);
                series.points.iter().filter_map(move |point| match point.x {
                    X::Day(day) => Some((period_start(day, granularity), day)),
                    X::Name(_) => None,
                })
            })
            .flat_map(|(start, day)| [start, day])
            .collect();
        match (days.iter().min(), days.iter().max()) {
            (Some(&first), Some(&last)) => Self::from_list((first..=last).map(X::Day).collect()).with_beside(result),
            _ => Self::of(result),
        }
    }

    /// The weeks between the first day and the last, by their Mondays.
    pub fn every_week(result: &MetricResult) -> Self {
        let mut weeks: Vec<i32> = main_series(result)
            .flat_map(|series| &series.points)
            .filter_map(|point| match point.x {
                X::Day(day) => Some(period_start(day, Granularity::Week)),
                X::Name(_) => None,
            })
            .collect();
        weeks.sort_unstable();
        weeks.dedup();
        Self::from_list(weeks.into_iter().map(X::Day).collect())
    }

    fn with_beside(mut self, result: &MetricResult) -> Self {
        let beside = result.series.iter().filter(|series| series.role == Role::Beside);
        for x in beside.flat_map(|series| &series.points).map(|point| &point.x) {
            if !self.beside_position.contains_key(x) {
                self.beside_position.insert(x.clone(), self.beside.len());
                self.beside.push(short_label(&place_name(x)));
            }
        }
        self
    }

    fn from_list(list: Vec<X>) -> Self {
        let names = list.iter().map(|x| short_label(&place_name(x))).collect();
        let position = list.iter().cloned().enumerate().map(|(position, x)| (x, position)).collect();
        Self { list, names, position, beside: Vec::new(), beside_position: HashMap::new() }
    }

    /// A mark of a series as a position on its axis and a height.
    pub(super) fn datum(&self, series: &Series, place: &Place) -> DataPoint {
        pair(self.position(series, place), place.y)
    }

    /// The position of a mark of a series on its axis, from 0.
    pub fn position(&self, series: &Series, place: &Place) -> usize {
        let positions = if series.role == Role::Beside { &self.beside_position } else { &self.position };
        positions.get(&place.x).copied().unwrap_or(0)
    }

    /// The places of the main axis, in its order.
    pub fn list(&self) -> &[X] {
        &self.list
    }

    /// The labels of the axis beside.
    pub fn beside(&self) -> &[String] {
        &self.beside
    }

    /// The labels.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The position of a day's week.
    pub fn week(&self, day: i32) -> usize {
        self.position.get(&X::Day(period_start(day, Granularity::Week))).copied().unwrap_or(0)
    }
}

pub(super) fn pair(position: usize, y: Option<f64>) -> DataPoint {
    DataPoint::Value(CompositeValue::Array(vec![CompositeValue::from(position as i64), CompositeValue::from(y)]))
}

/// A name as short as an axis can show it, without characters that would turn or break the line.
fn short_label(name: &str) -> String {
    let plain = |character: &char| {
        !character.is_control()
            && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let mut label: String = name.chars().filter(plain).take(LABEL_LENGTH + 1).collect();
    if label.chars().count() > LABEL_LENGTH {
        label = label.chars().take(LABEL_LENGTH - 1).collect();
        label.push('…');
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_plain() {
        assert_eq!(short_label("Sprint 12"), "Sprint 12");
        assert_eq!(short_label("a\u{202e}b\u{0}c"), "abc");
        assert_eq!(short_label(&"x".repeat(40)).chars().count(), LABEL_LENGTH);
    }
}
