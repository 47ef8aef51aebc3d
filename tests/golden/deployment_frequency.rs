//! Deployment frequency worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{MetricResult, Query, Status};
use throughline::model::{Decision, Decisions, Granularity, PreparedDataset, RecordKind};

use crate::support::tables::{ids, left_out, tables};
use crate::support::{as_of, ask, figure, values};

/// Two services in production. The one on staging says that the data begins before the first week.
pub(super) const DEPLOYMENTS: &str = "\
deployed_at,status,id,service,environment
2023-12-29T10:00:00Z,success,S,shop,staging
2024-01-02T09:00:00Z,success,A,shop,production
2024-01-02T15:00:00Z,success,B,shop,production
2024-01-04T09:00:00Z,success,C,cart,production
2024-01-09T09:00:00Z,failure,D,shop,production
2024-01-16T09:00:00Z,success,E,shop,production
2024-01-17T09:00:00Z,rollback,H,cart,production
2024-01-17T10:00:00Z,in progress,I,cart,production
2024-01-18T09:00:00Z,success,F,cart,production
2024-01-23T09:00:00Z,success,G,shop,production
";

fn data() -> PreparedDataset {
    tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default())
}

fn note<'a>(result: &'a MetricResult, id: &str) -> &'a str {
    result.notes.iter().find(|note| note.id == id).map_or("", |note| note.text.as_str())
}

#[test]
fn whole_weeks_are_counted_and_averages_keep_their_fraction() {
    // Whole weeks from Jan 1, 8 and 15: A B C, none, E F. G lies in the week that is not over on Jan 24.
    // Deployments 3, 0, 2: median = 2nd smallest of 3 = 2, mean 5 / 3. Days with one: 2, 0, 2: median 2, mean 4 / 3.
    let data = data();
    let result = ask(&data, "deployment-frequency", &as_of("2024-01-24"));
    assert_eq!(values(&result, "deployments"), [Some(3.0), Some(0.0), Some(2.0)]);
    assert_eq!(ids(&data, RecordKind::Deployment, &result.series[0].points[2].items), ["E", "F"]);
    let figures = ["per-week", "days-per-week", "mean-per-week", "mean-days-per-week", "total"];
    assert_eq!(
        figures.map(|id| figure(&result, id)),
        [Some(2.0), Some(2.0), Some(1.666_667), Some(1.333_333), Some(5.0)]
    );
    // cart: C F; shop: A B E.
    assert_eq!(values(&result, "by-service"), [Some(2.0), Some(3.0)]);
    let out = |reason| left_out(&data, RecordKind::Deployment, &result, reason);
    assert_eq!(out("not a production environment"), ["S"]);
    assert_eq!(out("failed"), ["D"]);
    assert_eq!(out("rolled back"), ["H"]);
    assert_eq!(out("in progress: not over yet"), ["I"]);
    assert_eq!(out("finished in the present week, which is not over"), ["G"]);
    assert_eq!((result.considered, result.candidates()), (5, 10));
    assert_eq!(
        result.summary,
        "In the median week there are 2 deployments to production, on 2 days of a week (3 whole weeks)."
    );
    assert!(note(&result, "band").starts_with("Band: high in the DORA report of 2023"), "{}", note(&result, "band"));
    assert!(note(&result, "several-services").contains("cart and shop"), "{:?}", result.notes);
    assert_eq!(note(&result, "production"), "Production is production, by the name.");
    assert!(
        note(&result, "would-add").starts_with("Incidents would add"),
        "deployments alone say what others would add"
    );
}

#[test]
fn a_filter_on_one_service_tells_of_it_alone() {
    let mut query = as_of("2024-01-24");
    query.set("f.service", "cart").unwrap();
    let result = ask(&data(), "deployment-frequency", &query);
    // The same weeks, though cart begins later: services add up.
    assert_eq!(values(&result, "deployments"), [Some(1.0), Some(0.0), Some(1.0)]);
    assert_eq!(note(&result, "several-services"), "");
    query.set("f.type", "Bug").unwrap();
    let result = ask(&data(), "deployment-frequency", &query);
    assert_eq!(note(&result, "filter"), "The filter on type narrows nothing here.");
}

#[test]
fn months_and_days_count_the_same_deployments() {
    let by = |granularity| {
        let query = Query { granularity, ..as_of("2024-01-31") };
        let result = ask(&data(), "deployment-frequency", &query);
        (values(&result, "deployments").into_iter().flatten().sum::<f64>(), figure(&result, "per-week"))
    };
    // January is whole on its last day: A B C E F G. Whole weeks are those from Jan 1, 8, 15 and 22: 3, 0, 2, 1; median 1.
    assert_eq!(by(Granularity::Month), (6.0, Some(1.0)));
    assert_eq!(by(Granularity::Day), (6.0, Some(1.0)));
}

#[test]
fn where_no_environment_looks_like_production_one_must_be_chosen() {
    let text = "deployed_at,status,id,environment\n2024-01-02T09:00:00Z,success,A,green\n2024-01-09T09:00:00Z,success,B,blue\n";
    let files = [("deployments.csv", text)];
    let result = ask(&tables(&files, &Decisions::default()), "deployment-frequency", &as_of("2024-01-31"));
    let Status::NotComputable { reason, needs } = &result.status else { panic!("{result:#?}") };
    assert_eq!(reason, "None of the environments blue and green look like production.");
    assert!(needs.starts_with("Choose the production environments"));
    let mut chosen = Decisions::default();
    let _ = chosen.set(Decision::Production(["green".to_owned()].into()));
    let result = ask(&tables(&files, &chosen), "deployment-frequency", &as_of("2024-01-31"));
    assert_eq!(figure(&result, "total"), Some(0.0), "A lies in the first week, which the data covers only in part");
    assert_eq!(note(&result, "production"), "Production is green, as you chose.");
}

#[test]
fn deployments_of_one_commit_in_one_pipeline_run_count_once() {
    // Two regions of one run, and a later run of the same commit.
    let text = "deployed_at,status,id,environment,commit,url\n\
        2023-12-31T09:00:00Z,success,0,production,aaa,https://ci/0\n\
        2024-01-02T09:00:00Z,success,1,production,bbb,https://ci/1\n\
        2024-01-02T09:05:00Z,success,2,production,bbb,https://ci/1\n\
        2024-01-03T09:00:00Z,success,3,production,bbb,https://ci/2\n\
        2024-01-04T09:00:00Z,success,4,production,ccc,https://ci/1\n";
    let data = tables(&[("deployments.csv", text)], &Decisions::default());
    let result = ask(&data, "deployment-frequency", &as_of("2024-01-07"));
    assert_eq!(ids(&data, RecordKind::Deployment, &result.series[0].points[0].items), ["2", "3", "4"]);
    assert_eq!(left_out(&data, RecordKind::Deployment, &result, "part of a pipeline run that is counted once"), ["1"]);
}
