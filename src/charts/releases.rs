//! Which releases a drawing marks: those on its days, as many as can be told apart, else gathered by week or month.

use super::annotations::DayAxis;
use crate::metrics::MetricResult;
use crate::model::{Granularity, period_start};

/// Marks that a chart has room for.
const MOST: usize = 24;

/// A mark for one release, or for those of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseMark {
    /// Its number, from 1: "R1".
    pub number: usize,
    /// The day of the release, or the first one of the period.
    pub day: i32,
    /// Positions in the list that was given.
    pub releases: Vec<usize>,
}

/// The marks for releases (their days, rising) that lie on the days of a result, and the period by which they are gathered.
pub fn release_marks(result: &MetricResult, days: &[i32]) -> (Granularity, Vec<ReleaseMark>) {
    let Some(axis) = (if days.is_empty() { None } else { DayAxis::of(result) }) else {
        return (Granularity::Day, Vec::new());
    };
    let inside: Vec<usize> = (0..days.len()).filter(|&position| axis.place(days[position]).is_some()).collect();
    let gathered = |granularity: Granularity| {
        let mut marks: Vec<ReleaseMark> = Vec::new();
        for &position in &inside {
            let start = period_start(days[position], granularity);
            match marks.last_mut() {
                Some(last) if period_start(last.day, granularity) == start => last.releases.push(position),
                _ => marks.push(ReleaseMark { number: marks.len() + 1, day: days[position], releases: vec![position] }),
            }
        }
        marks
    };
    let by = [Granularity::Day, Granularity::Week].into_iter().find(|&by| gathered(by).len() <= MOST);
    let by = by.unwrap_or(Granularity::Month);
    let mut marks = gathered(by);
    // More months than marks: as many neighbours share one as it takes.
    let share = marks.len().div_ceil(MOST).max(1);
    if share > 1 {
        marks = marks
            .chunks(share)
            .enumerate()
            .filter_map(|(position, chunk)| {
                let day = chunk.first()?.day;
                let releases = chunk.iter().flat_map(|mark| mark.releases.iter().copied()).collect();
                Some(ReleaseMark { number: position + 1, day, releases })
            })
            .collect();
    }
    (by, marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Point, Role, Series, X};

    fn result(first: i32, last: i32) -> MetricResult {
        let points = (first..=last).map(|day| Point { x: X::Day(day), y: Some(1.0), items: Vec::new() }).collect();
        MetricResult { series: vec![Series::new("s", "S", Role::Main, "items", points)], ..MetricResult::default() }
    }

    #[test]
    fn few_releases_are_marked_one_by_one_and_those_outside_not() {
        let (by, marks) = release_marks(&result(100, 120), &[99, 100, 110, 121, 130]);
        assert_eq!(by, Granularity::Day);
        assert_eq!(marks.iter().map(|mark| (mark.number, mark.day)).collect::<Vec<_>>(), [(1, 100), (2, 110)]);
    }

    #[test]
    fn many_releases_are_gathered_and_none_is_lost() {
        for (days, expected) in [(140, Granularity::Week), (700, Granularity::Month), (4000, Granularity::Month)] {
            let list: Vec<i32> = (0..days).collect();
            let (by, marks) = release_marks(&result(0, days - 1), &list);
            assert_eq!(by, expected);
            assert!(marks.len() <= MOST, "{}", marks.len());
            let all: Vec<usize> = marks.iter().flat_map(|mark| mark.releases.clone()).collect();
            assert_eq!(all, (0..list.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_marked_where_there_are_no_days() {
        assert!(release_marks(&MetricResult::default(), &[1]).1.is_empty());
    }
}
