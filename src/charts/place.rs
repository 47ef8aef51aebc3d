//! What is drawn of a series, mark by mark: the drawing, the click on it and the keyboard cursor count alike.

use crate::metrics::{Point, Role, Series, X};
use crate::model::{Granularity, iso_from_day, period_start};

/// One mark of a chart. Its position in [`places`] is the data index that a click on the chart reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub x: X,
    /// How much; `None` = unknown.
    pub y: Option<f64>,
    /// Items behind it.
    pub items: Vec<u32>,
}

/// Marks of a scatter beyond which neighbours are gathered: more cannot be told apart, and drawing them takes the page's time.
const MOST_MARKS: usize = 4000;

/// The marks of a series. Points of a scatter that fall on one place are one mark with all their items: a chart of 100,000
/// items has far fewer places, and a click on the mark shows every item that lies there.
pub fn places(series: &Series) -> Vec<Place> {
    if series.role != Role::Scatter {
        let of = |point: &Point| Place { x: point.x.clone(), y: point.y, items: point.items.clone() };
        return series.points.iter().map(of).collect();
    }
    let granularity = gathered_by(series);
    let at = |point: &Point| match point.x {
        X::Day(day) => X::Day(period_start(day, granularity)),
        X::Name(_) => point.x.clone(),
    };
    let mut sorted: Vec<(X, &Point)> = series.points.iter().map(|point| (at(point), point)).collect();
    sorted.sort_by(|(a_x, a), (b_x, b)| order(a_x).cmp(&order(b_x)).then_with(|| height(a).total_cmp(&height(b))));
    let mut places: Vec<Place> = Vec::new();
    for (x, point) in sorted {
        match places.last_mut() {
            Some(last) if last.x == x && last.y == point.y => last.items.extend(&point.items),
            _ => places.push(Place { x, y: point.y, items: point.items.clone() }),
        }
    }
    places
}

/// The period whose points of one height share a mark: the day, unless that made too many marks.
pub fn gathered_by(series: &Series) -> Granularity {
    if series.role != Role::Scatter || series.points.len() <= MOST_MARKS {
        return Granularity::Day;
    }
    let marks = |granularity| {
        let mut seen: Vec<(i32, u64)> = series
            .points
            .iter()
            .filter_map(|point| match point.x {
                X::Day(day) => Some((period_start(day, granularity), height(point).to_bits())),
                X::Name(_) => None,
            })
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    [Granularity::Day, Granularity::Week]
        .into_iter()
        .find(|&granularity| marks(granularity) <= MOST_MARKS)
        .unwrap_or(Granularity::Month)
}

fn height(point: &Point) -> f64 {
    point.y.unwrap_or(f64::NEG_INFINITY)
}

fn order(x: &X) -> (i32, &str) {
    match x {
        X::Day(day) => (*day, ""),
        X::Name(name) => (i32::MAX, name),
    }
}

/// A place on the x axis in words: an ISO date or the name.
pub fn place_name(x: &X) -> String {
    match x {
        X::Day(day) => iso_from_day(*day),
        X::Name(name) => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(role: Role) -> Series {
        let point = |day, y, item| Point { x: X::Day(day), y: Some(y), items: vec![item] };
        Series {
            id: "s".into(),
            name: "S".into(),
            role,
            unit: "days".into(),
            points: vec![point(5, 2.0, 1), point(3, 1.0, 2), point(5, 2.0, 3)],
        }
    }

    #[test]
    fn items_at_one_place_share_a_mark_of_a_scatter() {
        let marks = places(&series(Role::Scatter));
        assert_eq!(marks.iter().map(|mark| mark.items.clone()).collect::<Vec<_>>(), [vec![2], vec![1, 3]]);
    }

    #[test]
    fn too_many_marks_are_gathered_and_none_is_lost() {
        let mut crowded = series(Role::Scatter);
        let point =
            |item: u32| Point { x: X::Day((item % 900) as i32), y: Some(f64::from(item % 7)), items: vec![item] };
        crowded.points = (0..6300).map(point).collect();
        assert_eq!(gathered_by(&crowded), Granularity::Week);
        let marks = places(&crowded);
        assert!(marks.len() <= MOST_MARKS);
        let mut items: Vec<u32> = marks.iter().flat_map(|mark| mark.items.clone()).collect();
        items.sort_unstable();
        assert_eq!(items, (0..6300).collect::<Vec<_>>());
        crowded.points.truncate(MOST_MARKS);
        assert_eq!(gathered_by(&crowded), Granularity::Day);
    }

    #[test]
    fn other_series_keep_their_points() {
        assert_eq!(places(&series(Role::Main)).len(), 3);
    }
}
