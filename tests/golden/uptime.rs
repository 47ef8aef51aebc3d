//! Availability worked out by hand.

use throughline::metrics::{Counted, Filter, FilterField, Query, Status};
use throughline::model::{RecordField, RecordKind};

use crate::support::watched::{Watched, between, left_out, notes};
use crate::support::{as_of, figure, values};

#[test]
fn overlapping_outages_count_once() {
    // 10:00-11:00 and 10:30-12:00 = 2 h of the 31 x 24 = 744 h of January: 742 / 744 = 99.7311827957 %.
    let watched = Watched::default().incident("shop", "2024-01-10T10:00", "2024-01-10T11:00").incident(
        "shop",
        "2024-01-10T10:30",
        "2024-01-10T12:00",
    );
    let result = watched.ask("uptime", &between("2024-01-01", "2024-01-31"));
    assert_eq!(values(&result, "availability"), [Some(99.731_183)]);
    assert_eq!(figure(&result, "availability"), Some(99.731_183));
    assert_eq!(figure(&result, "downtime"), Some(120.0));
    assert_eq!(figure(&result, "outages"), Some(1.0));
    assert_eq!(result.counted, Counted::Records(RecordKind::Incident));
    assert_eq!(result.figures[0].items, [0, 1]);
    assert_eq!(result.summary, "shop was up 99.731 % of the time, with 120 minutes of downtime.");
    assert_eq!(result.working, ["shop: 100 % - 120 minutes down / 44640 minutes known = 99.731 %."]);
    assert!(notes(&result, "target-assumed") && notes(&result, "by-incidents"));
}

#[test]
fn incidents_alone_begin_with_the_first_of_them() {
    // From Tuesday 10:00 to "now", the end of the last incident on Wednesday 11:00: 25 h, of which 2 h down: 92 %.
    let watched = Watched::default().incident("shop", "2024-01-02T10:00", "2024-01-02T11:00").incident(
        "shop",
        "2024-01-03T10:00",
        "2024-01-03T11:00",
    );
    let result = watched.ask("uptime", &Query::default());
    assert_eq!(figure(&result, "availability"), Some(92.0));
    let note = result.notes.iter().find(|note| note.id == "by-incidents").unwrap();
    assert!(note.text.contains("what was before is unknown"), "{}", note.text);
}

#[test]
fn an_open_incident_runs_to_now_and_an_unknown_service_has_its_own_line() {
    // "Now" is the end of January 2. The shop is known from 12:00 on January 1, that is 36 h, and down from 18:00 on January 2:
    // 6 h; 30 / 36 = 83.33333333 %. The nameless one is known for 24 h and down for 6: 75 %.
    let watched = Watched::default()
        .incident("shop", "2024-01-01T12:00", "2024-01-01T12:00")
        .incident("shop", "2024-01-02T18:00", "")
        .incident("", "2024-01-02T00:00", "2024-01-02T06:00");
    let result = watched.ask("uptime", &as_of("2024-01-02"));
    assert_eq!(values(&result, "availability"), [Some(83.333_333), Some(75.0)]);
    assert_eq!(figure(&result, "availability"), Some(75.0));
    assert_eq!(result.figures[0].name, "Lowest availability (No service named)");
    assert!(notes(&result, "no-service"));
}

#[test]
fn maintenance_is_not_counted_and_said() {
    // Known from the maintenance on: 24 h of January 1 and 2 h of maintenance in it, which are no downtime; 1 h is: 23 / 24.
    let watched = Watched::default()
        .incident_as("shop", "2024-01-01T00:00", "2024-01-01T02:00", "maintenance")
        .incident("shop", "2024-01-01T04:00", "2024-01-01T05:00");
    let result = watched.ask("uptime", &as_of("2024-01-01"));
    assert_eq!(figure(&result, "availability"), Some(95.833_333));
    assert_eq!(left_out(&result, "planned maintenance, which is no outage"), [0]);
    assert_eq!((result.considered, result.candidates()), (1, 2));
    assert!(notes(&result, "maintenance"));
}

#[test]
fn samples_win_over_incidents_and_unknown_time_is_no_uptime() {
    // Samples tell of 10 h up and 2 h down, 12 h of the day are unknown: 10 / 12 = 83.333333 %. The incident, which says 6 h,
    // is left out. Degraded 09:00-10:00 is up and told apart.
    let watched = Watched::default()
        .span("shop", "2024-01-01T00:00", "2024-01-01T09:00", "up")
        .span("shop", "2024-01-01T09:00", "2024-01-01T10:00", "degraded")
        .span("shop", "2024-01-01T10:00", "2024-01-01T12:00", "down")
        .span("shop", "2024-01-01T12:00", "2024-01-01T18:00", "unknown")
        .incident("shop", "2024-01-01T10:00", "2024-01-01T16:00");
    let result = watched.ask("uptime", &as_of("2024-01-01"));
    assert_eq!(figure(&result, "availability"), Some(83.333_333));
    assert_eq!((figure(&result, "downtime"), figure(&result, "degraded")), (Some(120.0), Some(60.0)));
    assert_eq!(result.counted, Counted::Records(RecordKind::Uptime));
    assert_eq!(left_out(&result, "the state is not known"), [3]);
    assert_eq!((result.considered, result.candidates()), (3, 4));

    // Beside a service of which only incidents tell, incidents are counted, and those of the shop are left out.
    let both = watched.incident("mail", "2024-01-01T00:00", "2024-01-01T06:00");
    let result = both.ask("uptime", &as_of("2024-01-01"));
    assert_eq!(values(&result, "availability"), [Some(75.0), Some(83.333_333)]);
    assert_eq!(result.counted, Counted::Records(RecordKind::Incident));
    let reason = "incident of a service whose uptime is told by samples, which are used instead";
    assert_eq!(left_out(&result, reason), [0]);
    assert!(result.series[0].points[1].items.is_empty() && notes(&result, "spans-not-listed"));
}

#[test]
fn a_sum_of_minutes_is_spread_over_its_span() {
    // 36 minutes of January 1 and a whole January 2 that was up: 2844 / 2880 minutes = 98.75 %. Of the first half of the first
    // day alone 18 of 720 minutes would be down; as a period of days it is whole: 1404 / 1440 = 97.5 %.
    let watched = Watched::default().sum("site", "2024-01-01T00:00", "2024-01-02T00:00", "down", 36.0).span(
        "site",
        "2024-01-02T00:00",
        "2024-01-03T00:00",
        "up",
    );
    let result = watched.ask("uptime", &as_of("2024-01-02"));
    assert_eq!(figure(&result, "availability"), Some(98.75));
    assert_eq!(figure(&result, "outages"), Some(0.0));
    assert!(notes(&result, "sums-only"));
    assert_eq!(figure(&watched.ask("uptime", &between("2024-01-01", "2024-01-01")), "availability"), Some(97.5));
}

#[test]
fn a_filter_on_service_keeps_the_incidents_of_several() {
    let watched = Watched::default().incident("shop;mail", "2024-01-01T00:00", "2024-01-01T06:00").incident(
        "mail",
        "2024-01-01T12:00",
        "2024-01-01T18:00",
    );
    let asked = |exclude| {
        let field = FilterField::Record(RecordField::Service);
        let filters = vec![Filter { field, exclude, contains: false, values: vec!["shop".into()] }];
        watched.ask("uptime", &Query { filters, ..as_of("2024-01-01") })
    };
    // The shop alone: 6 of 24 h. All but the shop: the mail was down in both, 12 of 24 h.
    assert_eq!(values(&asked(false), "availability"), [Some(75.0)]);
    assert_eq!(values(&asked(true), "availability"), [Some(50.0)]);
    assert_eq!((asked(false).considered, asked(true).considered), (1, 2));
}

#[test]
fn targets_are_shown_beside_it() {
    let watched = Watched::default()
        .incident("mail", "2024-01-01T00:00", "2024-01-01T06:00")
        .incident("shop", "2024-01-01T00:00", "2024-01-01T06:00")
        .target("shop", 50.0)
        .target("", 99.0);
    let result = watched.ask("uptime", &as_of("2024-01-01"));
    assert_eq!(values(&result, "target"), [Some(99.0), Some(50.0)]);
    assert_eq!(figure(&result, "below-target"), Some(1.0));
    assert!(!notes(&result, "target-assumed"));
}

#[test]
fn a_service_that_was_not_watched_has_no_availability() {
    // One incident that has just begun: nothing is known of any time.
    let result = Watched::default().incident("shop", "2024-01-01T10:00", "").ask("uptime", &Query::default());
    assert!(matches!(result.status, Status::NotComputable { .. }));
    assert!(result.series.is_empty());
    // Samples of another year tell nothing of this one.
    let old = Watched::default().span("shop", "2023-01-01", "2023-01-05", "up");
    assert!(!old.ask("uptime", &between("2024-01-01", "2024-01-31")).is_computed());
}
