//! Failed deployment recovery time worked out by hand, over the incidents of the change failure rate.

use throughline::metrics::Status;
use throughline::model::{Decisions, RecordKind};

use super::change_failure_rate::{DEPLOYMENTS, FILES};
use crate::support::tables::{left_out, tables};
use crate::support::{as_of, ask, figure, values};

#[test]
fn it_runs_from_the_deployment_to_the_end_of_the_incident() {
    // i1: d1 on Jan 2 10:00 to Jan 3 12:00 = 26 h. i2: d3 on Jan 3 10:00 to 13:00 = 3 h. i4: d5 10:00 to 12:00 = 2 h.
    // i6: d6 10:00 to 22:30 = 12.5 h. Rising 2, 3, 12.5, 26: the median is the 2nd smallest of 4.
    let data = tables(&FILES, &Decisions::default());
    let result = ask(&data, "failed-deployment-recovery-time", &as_of("2024-01-14"));
    assert_eq!(figure(&result, "median"), Some(3.0));
    assert_eq!(figure(&result, "p85"), None, "four incidents are too few");
    let mut hours: Vec<f64> = values(&result, "incidents").into_iter().flatten().collect();
    hours.sort_by(f64::total_cmp);
    assert_eq!(hours, [2.0, 3.0, 12.5, 26.0]);
    // By the service of the deployment: cart d5 2; shop 3, 12.5, 26.
    assert_eq!(values(&result, "by-service"), [Some(2.0), Some(12.5)]);
    let out = |reason| left_out(&data, RecordKind::Incident, &result, reason);
    assert_eq!(out("not resolved yet"), ["i3"]);
    assert_eq!(out("no production deployment of its service finished before it began"), ["i0"]);
    assert_eq!(out("it names no service, and several are deployed"), ["i5"]);
    assert_eq!((result.considered, result.candidates()), (4, 7));
    assert_eq!(result.summary, "Median recovery from a failed deployment takes 3 hours (4 incidents).");
    assert!(result.notes.iter().any(|note| note.id == "band" && note.text.starts_with("Band: high")));
}

#[test]
fn without_incidents_it_says_what_would_help() {
    let data = tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default());
    let result = ask(&data, "failed-deployment-recovery-time", &as_of("2024-01-14"));
    let Status::NotComputable { reason, needs } = &result.status else { panic!("{result:#?}") };
    assert_eq!(reason, "There are no incidents in these files.");
    assert!(needs.contains("PagerDuty"));
}
