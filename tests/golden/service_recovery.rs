//! Recovery of services worked out by hand.

use crate::support::watched::{Watched, between, left_out, notes};
use crate::support::{as_of, figure, values};

#[test]
fn mean_and_median_length_and_the_time_between() {
    // Three outages in January: 30, 60 and 180 minutes. Mean 270 / 3 = 90, median 60. Up 744 h - 4.5 h = 739.5 h; / 3 = 246.5 h.
    let watched = Watched::default()
        .incident("shop", "2024-01-02T10:00", "2024-01-02T10:30")
        .incident("shop", "2024-01-10T10:00", "2024-01-10T13:00")
        .incident("shop", "2024-01-20T10:00", "2024-01-20T11:00");
    let result = watched.ask("service-recovery", &between("2024-01-01", "2024-01-31"));
    assert_eq!((figure(&result, "mttr-mean"), figure(&result, "mttr-median")), (Some(90.0), Some(60.0)));
    assert_eq!(figure(&result, "mtbf"), Some(246.5));
    assert_eq!((values(&result, "mean"), values(&result, "median")), (vec![Some(90.0)], vec![Some(60.0)]));
    assert_eq!(result.working, ["shop: MTTR = 270 minutes / 3 = 90 minutes; MTBF = 739.5 hours up / 3 = 246.5 hours."]);
    assert_eq!(result.summary, "Outages took 90 minutes on average, half of them at most 60 minutes (3 outages).");
    assert!(notes(&result, "few-outages"));
}

#[test]
fn what_is_not_over_has_no_length_and_what_began_before_is_left_out() {
    let watched = Watched::default()
        .incident("shop", "2024-01-01T23:00", "2024-01-02T01:00")
        .incident("shop", "2024-01-02T10:00", "2024-01-02T11:00")
        .incident("shop", "2024-01-03T12:00", "");
    let result = watched.ask("service-recovery", &between("2024-01-02", "2024-01-03"));
    assert_eq!(figure(&result, "mttr-mean"), Some(60.0));
    // Down 1 h of the first, 1 h of the second, 12 h of the third: up 48 - 14 = 34 h, two outages began.
    assert_eq!(figure(&result, "mtbf"), Some(17.0));
    assert_eq!(left_out(&result, "the outage began before the period"), [0]);
    assert_eq!(left_out(&result, "the outage is not over"), [2]);
    assert_eq!((result.considered, result.candidates()), (1, 3));
}

#[test]
fn only_open_outages_have_no_time_to_recover() {
    let watched = Watched::default().incident("shop", "2024-01-01T12:00", "");
    let result = watched.ask("service-recovery", &as_of("2024-01-01"));
    assert_eq!((figure(&result, "mttr-mean"), figure(&result, "mtbf")), (None, Some(0.0)));
    assert_eq!(result.summary, "1 outage began in the period, and none is over.");
}

#[test]
fn no_outage_is_no_recovery_of_zero() {
    let watched = Watched::default().span("shop", "2024-01-01T00:00", "2024-01-02T00:00", "up");
    let result = watched.ask("service-recovery", &as_of("2024-01-01"));
    assert!(!result.is_computed());
    assert_eq!(left_out(&result, "tells of no outage"), [0]);
}

#[test]
fn a_sum_of_minutes_is_no_outage_that_has_a_length() {
    let watched = Watched::default().sum("site", "2024-01-01T00:00", "2024-01-02T00:00", "down", 36.0).span(
        "site",
        "2024-01-02T00:00",
        "2024-01-02T01:00",
        "down",
    );
    let result = watched.ask("service-recovery", &as_of("2024-01-02"));
    assert_eq!(figure(&result, "mttr-mean"), Some(60.0));
    assert_eq!(left_out(&result, "only the sum of the downtime is known, not the outages"), [0]);
}
