//! Change failure rate worked out by hand.

use throughline::metrics::Status;
use throughline::model::{CauseOrigin, Decision, Decisions, RecordKind};

use crate::support::tables::{identity, ids, row_of, tables};
use crate::support::{as_of, ask, figure, values};

pub(super) const DEPLOYMENTS: &str = "\
deployed_at,status,id,service,environment,unplanned
2024-01-02T10:00:00Z,success,d1,shop,production,no
2024-01-02T12:00:00Z,success,d2,cart,production,no
2024-01-03T10:00:00Z,success,d3,shop,production,no
2024-01-03T10:30:00Z,success,x1,shop,staging,no
2024-01-04T10:00:00Z,rollback,d4,shop,production,no
2024-01-05T10:00:00Z,success,d5,cart,production,yes
2024-01-08T10:00:00Z,success,d6,shop,production,no
2024-01-08T13:00:00Z,success,d9,cart,production,yes
2024-01-10T10:00:00Z,success,d7,cart,production,no
2024-01-10T11:00:00Z,success,d8,shop,production,no
";
pub(super) const INCIDENTS: &str = "\
started_at,resolved_at,id,service,deployment_id
2024-01-01T08:00:00Z,2024-01-01T09:00:00Z,i0,shop,
2024-01-03T10:00:00Z,2024-01-03T12:00:00Z,i1,shop,
2024-01-03T11:00:00Z,2024-01-03T13:00:00Z,i2,shop,
2024-01-03T12:00:00Z,,i3,shop,
2024-01-05T11:00:00Z,2024-01-05T12:00:00Z,i4,shop;cart,
2024-01-09T08:00:00Z,2024-01-09T09:00:00Z,i5,,
2024-01-08T12:00:00Z,2024-01-08T22:30:00Z,i6,cart,d6
";
pub(super) const FILES: [(&str, &str); 2] = [("deployments.csv", DEPLOYMENTS), ("incidents.csv", INCIDENTS)];

#[test]
fn each_incident_belongs_to_the_deployment_before_it() {
    let data = tables(&FILES, &Decisions::default());
    let cause = |id: &str| {
        let cause = data.delivery.causes[row_of(&data, RecordKind::Incident, id)];
        (cause.deployment.map(|row| ids(&data, RecordKind::Deployment, &[row]).concat()), cause.origin)
    };
    let latest = |id: &str| (Some(id.to_owned()), CauseOrigin::Latest);
    assert_eq!(cause("i0"), (None, CauseOrigin::NoneBefore), "before the first deployment");
    assert_eq!(cause("i1"), latest("d1"), "at the instant d3 finished: the one before");
    assert_eq!(cause("i2"), latest("d3"), "x1 is on staging");
    assert_eq!(cause("i4"), latest("d5"), "the latest over both services");
    assert_eq!(cause("i5"), (None, CauseOrigin::SeveralServices));
    assert_eq!(cause("i6"), (Some("d6".into()), CauseOrigin::Incident), "named, though of another service");
}

#[test]
fn incidents_rollbacks_and_hotfixes_count_each_deployment_once() {
    // With an incident: d1 (i1), d3 (i2, i3), d5 (i4), d6 (i6). Rolled back: d4. Followed by a hotfix of the same service: d2 (by d5)
    // and d5 (by d9). Six of nine: 66.67 %. Week of Jan 1: d1 to d5, all five; week of Jan 8: d6 of d6 d9 d7 d8 = 25 %.
    let data = tables(&FILES, &Decisions::default());
    let result = ask(&data, "change-failure-rate", &as_of("2024-01-14"));
    assert_eq!(figure(&result, "rate"), Some(66.666_667));
    assert_eq!(values(&result, "rate"), [Some(100.0), Some(25.0)]);
    let members = |id: &str| ids(&data, RecordKind::Deployment, &result.figure(id).unwrap().items);
    assert_eq!(members("with-incident"), ["d1", "d3", "d5", "d6"]);
    assert_eq!(members("rolled-back"), ["d4"]);
    assert_eq!(members("hotfixed"), ["d2", "d5"]);
    // cart: d2 d5 of d2 d5 d9 d7; shop: d1 d3 d4 d6 of those and d8.
    assert_eq!(values(&result, "by-service"), [Some(50.0), Some(80.0)]);
    let has_note = |id: &str, part: &str| result.notes.iter().any(|note| note.id == id && note.text.contains(part));
    assert!(has_note("unattached", "2 incidents belong to no deployment"), "{:?}", result.notes);
    assert!(has_note("band", "Band: low"), "{:?}", result.notes);
    assert!(
        result.working.iter().any(|line| line.contains("Deployment d6 led to incident i6 (named by the incident)"))
    );
    assert_eq!((result.considered, result.candidates()), (9, 10));
}

#[test]
fn the_user_decides_and_can_leave_it_to_the_guess_again() {
    let plain = tables(&FILES, &Decisions::default());
    let name = |kind, id: &str| identity(&plain, kind, id);
    let mut decisions = Decisions::default();
    // d8 caused i5; nothing caused i6, whatever it says.
    let link = |id: &str, deployment: Option<String>| Decision::IncidentLink {
        incident: name(RecordKind::Incident, id),
        deployment,
    };
    let back = decisions.set(link("i5", Some(name(RecordKind::Deployment, "d8"))));
    let _ = decisions.set(link("i6", Some(String::new())));
    let data = tables(&FILES, &decisions);
    let cause = |id: &str| data.delivery.causes[row_of(&data, RecordKind::Incident, id)];
    assert_eq!(cause("i5").origin, CauseOrigin::Decided);
    assert_eq!((cause("i6").deployment, cause("i6").origin), (None, CauseOrigin::DecidedNone));
    // d6 is whole now, d8 is not: still six of nine.
    let result = ask(&data, "change-failure-rate", &as_of("2024-01-14"));
    let members = ids(&data, RecordKind::Deployment, &result.figure("with-incident").unwrap().items);
    assert_eq!(members, ["d1", "d3", "d5", "d8"]);
    let _ = decisions.set(back);
    let again = tables(&FILES, &decisions);
    assert_eq!(again.delivery.causes[row_of(&again, RecordKind::Incident, "i5")].origin, CauseOrigin::SeveralServices);
}

#[test]
fn deployments_may_say_themselves_what_they_caused() {
    // Yes, no, the id of a known incident, the id of an unknown one: 3 of 4 = 75 %.
    let deployments = "deployed_at,status,id,caused_incident\n\
        2024-01-02T10:00:00Z,success,a,yes\n2024-01-03T10:00:00Z,success,b,no\n\
        2024-01-04T10:00:00Z,success,c,INC-1\n2024-01-05T10:00:00Z,success,d,INC-9\n";
    let alone = tables(&[("deployments.csv", deployments)], &Decisions::default());
    assert_eq!(figure(&ask(&alone, "change-failure-rate", &as_of("2024-01-07")), "rate"), Some(75.0));
    let incidents = "started_at,resolved_at,id\n2024-01-06T10:00:00Z,2024-01-06T12:00:00Z,INC-1\n";
    let both = tables(&[("deployments.csv", deployments), ("incidents.csv", incidents)], &Decisions::default());
    let cause = both.delivery.causes[row_of(&both, RecordKind::Incident, "INC-1")];
    assert_eq!(cause.origin, CauseOrigin::Deployment, "c names it, though d was the latest before it");
    assert_eq!(cause.deployment.map(|row| row as usize), Some(row_of(&both, RecordKind::Deployment, "c")));
    assert_eq!(figure(&ask(&both, "change-failure-rate", &as_of("2024-01-07")), "rate"), Some(75.0));
}

#[test]
fn where_nothing_tells_of_failures_it_is_not_zero() {
    let deployments = "deployed_at,status\n2024-01-02T10:00:00Z,success\n2024-01-03T10:00:00Z,success\n";
    let data = tables(&[("deployments.csv", deployments)], &Decisions::default());
    let result = ask(&data, "change-failure-rate", &as_of("2024-01-07"));
    assert!(matches!(result.status, Status::NotComputable { .. }), "{result:#?}");
    // A single service: incidents need not name it.
    let incidents = "started_at,resolved_at,id\n2024-01-02T12:00:00Z,2024-01-02T13:00:00Z,i\n";
    let data = tables(&[("deployments.csv", deployments), ("incidents.csv", incidents)], &Decisions::default());
    assert_eq!(figure(&ask(&data, "change-failure-rate", &as_of("2024-01-07")), "rate"), Some(50.0));
}
