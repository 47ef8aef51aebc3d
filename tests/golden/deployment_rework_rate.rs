//! Deployment rework rate worked out by hand, over the deployments of the change failure rate.

use throughline::metrics::Status;
use throughline::model::{Decisions, RecordKind};

use super::change_failure_rate::{DEPLOYMENTS, FILES};
use crate::support::tables::{ids, tables};
use crate::support::{as_of, ask, figure};

#[test]
fn an_unplanned_deployment_counts_when_an_incident_came_before_it() {
    // Unplanned: d5 and d9, both of cart. Before d5 no incident of cart began (i4 began an hour after it). Between d5 and d9 i4 and
    // i6 were open: d9 is rework. 1 of 9 = 11.11 %.
    let data = tables(&FILES, &Decisions::default());
    let result = ask(&data, "deployment-rework-rate", &as_of("2024-01-14"));
    assert_eq!(figure(&result, "rate"), Some(11.111_111));
    assert_eq!(
        ids(&data, RecordKind::Deployment, &result.series[0].points[1].items)[0],
        "d9",
        "what counts comes first"
    );
    assert_eq!(figure(&result, "unplanned"), Some(2.0));
}

#[test]
fn without_incidents_every_unplanned_deployment_counts_and_that_is_said() {
    // 2 of 9 = 22.22 %.
    let data = tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default());
    let result = ask(&data, "deployment-rework-rate", &as_of("2024-01-14"));
    assert_eq!(figure(&result, "rate"), Some(22.222_222));
    assert!(result.notes.iter().any(|note| note.id == "would-add"), "{:?}", result.notes);
}

#[test]
fn where_no_deployment_says_whether_it_was_planned_there_is_no_rate() {
    let text = "deployed_at,status\n2024-01-02T10:00:00Z,success\n";
    let data = tables(&[("deployments.csv", text)], &Decisions::default());
    let result = ask(&data, "deployment-rework-rate", &as_of("2024-01-07"));
    let Status::NotComputable { reason, .. } = &result.status else { panic!("{result:#?}") };
    assert_eq!(reason, "No deployment says whether it was planned.");
}
