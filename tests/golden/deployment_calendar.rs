//! The deployment calendar worked out by hand, over the deployments of the frequency.

use throughline::metrics::X;
use throughline::model::Decisions;

use super::deployment_frequency::DEPLOYMENTS;
use crate::support::tables::tables;
use crate::support::{as_of, ask, day, figure};

#[test]
fn every_day_from_the_first_deployment_is_there() {
    // Jan 2 to Jan 24 are 23 days. Successful: A B on the 2nd, C on the 4th, E on the 16th, F on the 18th, G on the 23rd.
    let data = tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default());
    let result = ask(&data, "deployment-calendar", &as_of("2024-01-24"));
    let points = &result.series[0].points;
    assert_eq!((points.len(), &points[0].x, points[0].y), (23, &X::Day(day("2024-01-02")), Some(2.0)));
    assert_eq!(points.iter().filter_map(|point| point.y).sum::<f64>(), 6.0);
    assert_eq!(points.last().map(|point| (&point.x, point.y)), Some((&X::Day(day("2024-01-24")), Some(0.0))));
    // Days with one: 5 of 23 = 21.739130 %.
    let figures = ["active-days", "share", "total", "busiest"].map(|id| figure(&result, id));
    assert_eq!(figures, [Some(5.0), Some(21.739_13), Some(6.0), Some(2.0)]);
    // Tuesdays: Jan 2 (twice), 16 and 23.
    assert_eq!(result.summary, "6 deployments on 5 of 23 days, most of them on Tuesdays.");
    assert_eq!((result.considered, result.candidates()), (6, 10));
}

#[test]
fn the_days_asked_for_bound_it() {
    let mut query = as_of("2024-01-24");
    query.set("from", "2024-01-15").unwrap();
    query.set("to", "2024-01-18").unwrap();
    let data = tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default());
    let result = ask(&data, "deployment-calendar", &query);
    let values: Vec<f64> = result.series[0].points.iter().filter_map(|point| point.y).collect();
    assert_eq!(values, [0.0, 1.0, 0.0, 1.0], "Monday to Thursday");
    assert_eq!(result.candidates(), 10);
}
