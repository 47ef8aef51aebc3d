//! Outages worked out by hand.

use throughline::model::RecordKind;

use crate::support::watched::{Watched, between, left_out};
use crate::support::{as_of, figure, values};

#[test]
fn two_outages_that_overlap_are_one_of_two_hours() {
    let watched = Watched::default().incident("shop", "2024-01-10T10:00", "2024-01-10T11:00").incident(
        "shop",
        "2024-01-10T10:30",
        "2024-01-10T12:00",
    );
    let result = watched.ask("outages", &between("2024-01-09", "2024-01-11"));
    assert_eq!(values(&result, "service-1"), [Some(0.0), Some(120.0), Some(0.0)]);
    assert_eq!(result.series[0].points[1].items, [0, 1]);
    assert_eq!(figure(&result, "downtime"), Some(120.0));
    assert_eq!((figure(&result, "outages"), figure(&result, "longest")), (Some(1.0), Some(120.0)));
    assert_eq!(result.working, ["shop: 2024-01-10 10:00 to 2024-01-10 12:00, 120 minutes, 2 incidents."]);
    assert_eq!(result.summary, "1 outage of 1 service, 120 minutes of downtime.");
}

#[test]
fn minutes_count_on_the_days_on_which_they_fall() {
    // 23:00 to 01:30 on the second day after: 60 minutes, a whole day of 1440, 90 minutes.
    let watched = Watched::default().incident("shop", "2024-02-28T23:00", "2024-03-01T01:30");
    let result = watched.ask("outages", &between("2024-02-28", "2024-03-01"));
    assert_eq!(values(&result, "service-1"), [Some(60.0), Some(1440.0), Some(90.0)]);
    // Cut to the chosen days, but as long as it was.
    let result = watched.ask("outages", &between("2024-02-29", "2024-02-29"));
    assert_eq!(values(&result, "service-1"), [Some(1440.0)]);
    // At the end of that day it is not over: 25 h.
    assert_eq!((figure(&result, "open"), figure(&result, "longest")), (Some(1.0), Some(1500.0)));
    assert_eq!(result.working, ["shop: 2024-02-28 23:00 not over, 1500 minutes, 1 incident."]);
}

#[test]
fn services_are_bands_in_the_order_of_their_downtime() {
    let mut watched = Watched::default();
    for (place, name) in ["a", "b", "c", "d", "e", "f", "g"].iter().enumerate() {
        watched = watched.incident(name, "2024-01-01T00:00", &format!("2024-01-01T0{}:00", place + 1));
    }
    let result = watched.ask("outages", &as_of("2024-01-01"));
    let names: Vec<&str> = result.series.iter().map(|series| series.name.as_str()).collect();
    assert_eq!(names, ["g", "f", "e", "d", "c", "2 services more"]);
    // b with 2 h and a with 1 h.
    assert_eq!(values(&result, "other-services"), [Some(180.0)]);
    // 1 + 2 + ... + 7 = 28 h.
    assert_eq!(figure(&result, "downtime"), Some(1680.0));
}

#[test]
fn what_lies_outside_is_left_out_and_a_deployment_that_an_incident_names_is_told() {
    let mut watched = Watched::default()
        .incident("shop", "2024-01-01T10:00", "2024-01-01T11:00")
        .incident("shop", "2024-01-05T10:00", "2024-01-05T11:00")
        .incident("shop", "2024-01-09T10:00", "2024-01-09T11:00");
    let id = throughline::model::Cell::Text;
    let from = throughline::model::Cell::Moment(crate::support::moment("2024-01-06T10:00"));
    let to = throughline::model::Cell::Moment(crate::support::moment("2024-01-06T10:15"));
    let cells = [("id", id("I-9")), ("started-at", from), ("resolved-at", to), ("deployment-id", id("d-7"))];
    watched.data.records_mut(RecordKind::Incident).push(0, &cells);
    let result = watched.ask("outages", &between("2024-01-04", "2024-01-06"));
    assert_eq!(left_out(&result, "outside the chosen period"), [0, 2]);
    assert_eq!((result.considered, result.candidates()), (2, 4));
    assert!(
        result.working[0].ends_with("1 incident, after deployment d-7 (named by the incident)."),
        "{:?}",
        result.working
    );
}

#[test]
fn days_that_no_sample_covers_have_no_value() {
    let watched = Watched::default().span("shop", "2024-01-01T00:00", "2024-01-01T12:00", "down").span(
        "shop",
        "2024-01-03T00:00",
        "2024-01-04T00:00",
        "up",
    );
    let result = watched.ask("outages", &as_of("2024-01-03"));
    assert_eq!(values(&result, "service-1"), [Some(720.0), None, Some(0.0)]);
}

#[test]
fn the_deployment_that_caused_an_incident_is_told_beside_its_outage() {
    let mut watched = Watched::default().incident("shop", "2024-01-05T10:00", "2024-01-05T11:00");
    let (text, at) = (throughline::model::Cell::Text, throughline::model::Cell::Moment);
    for (id, when) in [("d-1", "2024-01-04T09:00"), ("d-2", "2024-01-05T09:00"), ("d-3", "2024-01-05T12:00")] {
        let when = at(crate::support::moment(when));
        let cells = [("id", text(id)), ("service", text("shop")), ("status", text("success")), ("deployed-at", when)];
        watched.data.records_mut(RecordKind::Deployment).push(0, &cells);
    }
    let result = watched.ask("outages", &between("2024-01-04", "2024-01-06"));
    // The latest before 10:00 is d-2 of 09:00.
    assert!(
        result.working[0].ends_with("1 incident, after deployment d-2 (the latest of its service before it began)."),
        "{:?}",
        result.working
    );
}
