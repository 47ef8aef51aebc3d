//! Change lead time worked out by hand.

use throughline::metrics::Status;
use throughline::model::{Decisions, ReachOrigin, RecordKind};

use crate::support::tables::{ids, left_out, row_of, tables};
use crate::support::{as_of, ask, figure, values};

const DEPLOYMENTS: &str = "\
deployed_at,status,id,service,environment
2024-01-03T09:00:00Z,failure,d0,shop,production
2024-01-03T10:00:00Z,success,d1,shop,production
2024-01-03T11:00:00Z,success,s1,shop,staging
2024-01-10T10:00:00Z,success,d2,shop,production
";
const CHANGES: &str = "\
id,first_commit_at,opened_at,first_review_at,merged_at,deployment_id,service
c1,2024-01-01T10:00:00Z,2024-01-01T16:00:00Z,2024-01-02T10:00:00Z,2024-01-02T22:00:00Z,,shop
c2,,2024-01-02T10:00:00Z,,2024-01-03T10:00:00Z,,
c3,2024-01-05T10:00:00Z,,,2024-01-06T10:00:00Z,d2,shop
c4,2024-01-02T10:00:00Z,2024-01-01T10:00:00Z,,2024-01-03T08:00:00Z,,shop
c5,2024-01-10T10:00:00Z,2024-01-10T11:00:00Z,,2024-01-11T10:00:00Z,,shop
c6,2024-01-10T10:00:00Z,2024-01-10T11:00:00Z,,,,shop
c7,2024-01-01T10:00:00Z,,,2024-01-02T10:00:00Z,nowhere,shop
c8,2024-01-01T10:00:00Z,,,2024-01-02T10:00:00Z,,cart
";
const FILES: [(&str, &str); 2] = [("deployments.csv", DEPLOYMENTS), ("changes.csv", CHANGES)];

#[test]
fn the_lead_time_is_the_sum_of_its_parts() {
    // c1: 6 h coding + 18 h review + 12 h merge wait + 12 h to d1 = 2 days. c2: opened Jan 2 10:00, merged at the instant d1
    // finished = 1 day. c3: Jan 5 10:00 to d2, which it names = 5 days, 4 of them after the merge. Median of 1, 2, 5 = 2.
    let data = tables(&FILES, &Decisions::default());
    let result = ask(&data, "change-lead-time", &as_of("2024-01-14"));
    assert_eq!(figure(&result, "median"), Some(2.0));
    assert_eq!(values(&result, "changes"), [Some(2.0), Some(1.0), Some(5.0)]);
    // Deploy: 0, 0.5, 4.
    assert_eq!(values(&result, "parts"), [Some(0.25), Some(0.75), Some(0.5), Some(0.5)]);
    assert_eq!(values(&result, "by-service"), [Some(2.0)]);
    let out = |reason| left_out(&data, RecordKind::Change, &result, reason);
    assert_eq!(out("negative time: opened before its first commit"), ["c4"]);
    assert_eq!(out("no successful production deployment since its merge"), ["c5"]);
    assert_eq!(out("it names a deployment that is in no file"), ["c7"]);
    assert_eq!(out("no production deployment is of its service"), ["c8"]);
    assert_eq!((result.considered, result.candidates()), (3, 7), "c6 is not merged");
    assert_eq!(result.summary, "Median change lead time is 2 days (3 changes).");
    assert!(result.notes.iter().any(|note| note.id == "band" && note.text.starts_with("Band: high")));
    assert!(result.working[0].contains("1 by the deployment that they name, 0 by the same commit, 2 by the first"));
}

#[test]
fn each_change_says_how_its_deployment_is_known() {
    let data = tables(&FILES, &Decisions::default());
    let reach = |id: &str| {
        let reach = data.delivery.reached[row_of(&data, RecordKind::Change, id)];
        (reach.deployment.map(|row| ids(&data, RecordKind::Deployment, &[row]).concat()), reach.origin)
    };
    assert_eq!(reach("c1"), (Some("d1".into()), ReachOrigin::First), "d0 failed, s1 is on staging");
    assert_eq!(reach("c2"), (Some("d1".into()), ReachOrigin::First), "a single service need not be named");
    assert_eq!(reach("c3"), (Some("d2".into()), ReachOrigin::Named));
    assert_eq!(reach("c6"), (None, ReachOrigin::NotMerged));
}

#[test]
fn a_deployment_of_the_same_commit_is_known_by_it() {
    // The pull request was merged as commit abc, which went to production two days later; a deployment in between had another.
    let pulls = r#"[{"number":7,"title":"T","state":"closed","html_url":"https://github.com/o/r/pull/7","created_at":"2024-01-01T10:00:00Z","updated_at":"2024-01-02T10:00:00Z","closed_at":"2024-01-02T10:00:00Z","merged_at":"2024-01-02T10:00:00Z","merge_commit_sha":"abc","head":{"ref":"f","sha":"fff"},"base":{"ref":"main","sha":"000"}}]"#;
    let deployments =
        "deployed_at,status,id,commit\n2024-01-02T12:00:00Z,success,other,zzz\n2024-01-04T10:00:00Z,success,own,abc\n";
    let data = tables(&[("pulls.json", pulls), ("deployments.csv", deployments)], &Decisions::default());
    let reach = data.delivery.reached[row_of(&data, RecordKind::Change, "7")];
    assert_eq!(reach.origin, ReachOrigin::Commit);
    let result = ask(&data, "change-lead-time", &as_of("2024-01-07"));
    // Opened Jan 1 10:00, in production Jan 4 10:00.
    assert_eq!(figure(&result, "median"), Some(3.0));
}

#[test]
fn without_changes_it_says_what_would_help() {
    let data = tables(&FILES[..1], &Decisions::default());
    let result = ask(&data, "change-lead-time", &as_of("2024-01-14"));
    let Status::NotComputable { needs, .. } = &result.status else { panic!("{result:#?}") };
    assert!(needs.contains("pull requests"), "{needs}");
}
