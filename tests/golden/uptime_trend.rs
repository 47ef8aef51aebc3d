//! Availability per period worked out by hand.

use throughline::metrics::Query;
use throughline::model::Granularity;

use crate::support::watched::{Watched, between, notes};
use crate::support::{figure, values};

#[test]
fn each_month_has_its_own_share() {
    // January: 2 h of 744. February of a leap year: 29 x 24 = 696 h without an outage. March, asked for up to the 10th, 240 h:
    // the outage from March 10 12:00 on is 12 h of it, and would go on.
    let watched = Watched::default().incident("shop", "2024-01-10T10:00", "2024-01-10T12:00").incident(
        "shop",
        "2024-03-10T12:00",
        "2024-03-11T12:00",
    );
    let query = Query { granularity: Granularity::Month, ..between("2024-01-01", "2024-03-10") };
    let result = watched.ask("uptime-trend", &query);
    assert_eq!(values(&result, "lowest"), [Some(99.731_183), Some(100.0), Some(95.0)]);
    assert_eq!(result.series[0].points[2].items, [1]);
    assert_eq!((figure(&result, "worst"), figure(&result, "downtime")), (Some(95.0), Some(840.0)));
    assert_eq!(result.summary, "shop was down for a time in 2 of 3 months.");
}

#[test]
fn a_period_that_nobody_watched_has_no_share() {
    let watched = Watched::default()
        .span("shop", "2024-01-01T00:00", "2024-01-02T00:00", "up")
        .span("shop", "2024-01-03T00:00", "2024-01-03T18:00", "up")
        .span("shop", "2024-01-03T18:00", "2024-01-04T00:00", "down");
    let query = Query { granularity: Granularity::Day, ..between("2024-01-01", "2024-01-03") };
    assert_eq!(values(&watched.ask("uptime-trend", &query), "lowest"), [Some(100.0), None, Some(75.0)]);
}

#[test]
fn the_services_that_were_up_least_are_shown() {
    let watched =
        ["a", "b", "c"].iter().zip(["01:00", "03:00", "02:00"]).fold(Watched::default(), |watched, (name, end)| {
            watched.incident(name, "2024-01-01T00:00", &format!("2024-01-01T{end}"))
        });
    let result = watched.ask("uptime-trend", &between("2024-01-01", "2024-01-01"));
    assert_eq!(result.series.iter().map(|series| series.name.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    // 21 / 24 and 22 / 24 of the one day.
    assert_eq!(
        (values(&result, "lowest"), values(&result, "second-lowest")),
        (vec![Some(87.5)], vec![Some(91.666_667)])
    );
    assert!(notes(&result, "services-shown"));
}
