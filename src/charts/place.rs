//! What is drawn of a series, mark by mark: the drawing, the click on it and the keyboard cursor count alike.

use crate::metrics::{Point, Role, Series, X};
use crate::model::iso_from_day;

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

/// The marks of a series. Points of a scatter that fall on one place are one mark with all their items: a chart of 100,000
/// items has far fewer places, and a click on the mark shows every item that lies there.
pub fn places(series: &Series) -> Vec<Place> {
    let of = |point: &Point| Place { x: point.x.clone(), y: point.y, items: point.items.clone() };
    if series.role != Role::Scatter {
        return series.points.iter().map(of).collect();
    }
    let mut sorted: Vec<&Point> = series.points.iter().collect();
    sorted.sort_by(|a, b| {
        order(&a.x)
            .cmp(&order(&b.x))
            .then_with(|| a.y.unwrap_or(f64::NEG_INFINITY).total_cmp(&b.y.unwrap_or(f64::NEG_INFINITY)))
    });
    let mut places: Vec<Place> = Vec::with_capacity(sorted.len());
    for point in sorted {
        match places.last_mut() {
            Some(last) if last.x == point.x && last.y == point.y => last.items.extend(&point.items),
            _ => places.push(of(point)),
        }
    }
    places
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
    fn other_series_keep_their_points() {
        assert_eq!(places(&series(Role::Main)).len(), 3);
    }
}
