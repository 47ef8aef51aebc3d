//! Real deployments, runs and incidents of GitHub, GitLab, `PagerDuty` and Opsgenie through the engine, against counts that are made here
//! with `serde_json` alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use throughline::engine::{AddTerms, Engine, LinksQuery, RecordsQuery, Request, Response, WorkspaceSummary};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::{MetricResult, Query, Status};
use throughline::model::{Calendar, Decision, RecordKind, encode_dataset};

fn real_file(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is absent, so {path} was not compared");
        return None;
    }
    Some(folder.join(path))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON")
}

fn workspace(engine: &mut Engine, request: Request) -> WorkspaceSummary {
    match engine.handle(request) {
        Response::Workspace(workspace) | Response::Added { workspace, .. } => *workspace,
        other => panic!("{other:?}"),
    }
}

fn open(files: &[&Path]) -> Engine {
    let mut engine = Engine::default();
    let request = Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false };
    workspace(&mut engine, request);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut job = ImportJob::new(&name, ImportSettings::new(Calendar::default()));
        job.push(&std::fs::read(path).expect("readable")).expect("a readable export");
        let Imported { dataset, report } = job.finish().expect("a readable export");
        let (dataset, report) = (encode_dataset(&dataset), Box::new(report));
        workspace(&mut engine, Request::AddLayer { dataset, report, terms: AddTerms::default() });
    }
    engine
}

fn metric(engine: &mut Engine, id: &str) -> MetricResult {
    match engine.handle(Request::Metrics { ids: vec![id.to_owned()], query: Query::default() }) {
        Response::Metrics(mut results) => results.remove(0),
        other => panic!("{other:?}"),
    }
}

fn records(engine: &mut Engine, kind: RecordKind) -> usize {
    let query = RecordsQuery { kind, query: Query::default(), only: None, offset: 0, limit: 1000 };
    match engine.handle(Request::Records(query)) {
        Response::Records(page) => page.total as usize,
        other => panic!("{other:?}"),
    }
}

fn figure(result: &MetricResult, id: &str) -> usize {
    let figure = result.figure(id).unwrap_or_else(|| panic!("no {id} in {result:#?}"));
    assert_eq!(Some(figure.items.len().to_string()), figure.value.map(|value| value.to_string()));
    figure.items.len()
}

fn choose(engine: &mut Engine, environment: &str) {
    workspace(engine, Request::Decide(Decision::Production([environment.to_owned()].into())));
}

fn text<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    path.iter().fold(value, |value, key| &value[*key]).as_str().unwrap_or("")
}

#[test]
fn github_deployments_are_counted_as_their_states_say() {
    let Some(path) = real_file("github-deployments/devlake-github-deployments-graphql.json") else { return };
    let file = read(&path);
    let list = file.as_array().unwrap();
    let mut engine = open(&[&path]);
    assert_eq!(records(&mut engine, RecordKind::Deployment), list.len());
    // Nothing there is called production.
    let result = metric(&mut engine, "deployment-success");
    assert!(
        matches!(&result.status, Status::NotComputable { reason, .. } if reason.contains("github-pages")),
        "{result:#?}"
    );
    choose(&mut engine, "github-pages");
    let result = metric(&mut engine, "deployment-success");
    // GitHub calls a deployment that succeeded and was replaced inactive.
    let succeeded = |one: &&Value| ["ACTIVE", "INACTIVE", "SUCCESS"].contains(&text(one, &["State"]));
    let expected: Vec<&Value> = list.iter().filter(succeeded).collect();
    assert_eq!(figure(&result, "successful"), expected.len());
    assert_eq!(result.candidates() as usize, list.len());
    // The day of the first success: told by its statuses, by the latest one unless that is the end of it, else by its creation.
    let day = |one: &Value| {
        let of_status = one["Statuses"]["nodes"].as_array().and_then(|statuses| {
            let own = statuses.iter().filter(|status| text(status, &["state"]) == "SUCCESS");
            own.map(|status| text(status, &["updatedAt"])).min().map(str::to_owned)
        });
        let latest = (text(one, &["LatestStatus", "State"]) == "SUCCESS")
            .then(|| text(one, &["LatestStatus", "updatedAt"]).to_owned());
        of_status.or(latest).unwrap_or_else(|| text(one, &["CreatedAt"]).to_owned())[..10].to_owned()
    };
    let days: BTreeSet<String> = expected.iter().map(|one| day(one)).collect();
    let calendar = metric(&mut engine, "deployment-calendar");
    let active = calendar.figure("active-days").unwrap().value.unwrap();
    assert_eq!(active.to_string(), days.len().to_string());
    println!("GitHub: {} deployments, {} successful on {} days", list.len(), expected.len(), days.len());
}

#[test]
fn gitlab_deployments_are_counted_as_their_status_says() {
    let Some(path) = real_file("gitlab-json/devlake-gitlab-deployments.json") else { return };
    let file = read(&path);
    let list = file.as_array().unwrap();
    let mut engine = open(&[&path]);
    assert_eq!(records(&mut engine, RecordKind::Deployment), list.len());
    for environment in ["production", "staging"] {
        choose(&mut engine, environment);
        let result = metric(&mut engine, "deployment-success");
        let count = |status: &str| {
            let is =
                |one: &&Value| text(one, &["environment", "name"]) == environment && text(one, &["status"]) == status;
            list.iter().filter(is).count()
        };
        if count("success") + count("failed") == 0 {
            assert!(!result.is_computed(), "of no result no rate can be told");
        } else {
            assert_eq!((figure(&result, "successful"), figure(&result, "failed")), (count("success"), count("failed")));
        }
        assert_eq!(result.candidates() as usize, list.len(), "{environment}");
        let left_out = |reason: &str| {
            result
                .excluded
                .iter()
                .find(|exclusion| exclusion.reason == reason)
                .map_or(0, |exclusion| exclusion.items.len())
        };
        assert_eq!(left_out("cancelled before it was over"), count("canceled"), "{environment}");
        println!("GitLab {environment}: {} successful, {} failed of {}", count("success"), count("failed"), list.len());
    }
}

#[test]
fn runs_are_counted_and_never_taken_for_deployments() {
    for (path, list) in [
        ("github-actions/devlake-github-runs.json", Some("workflow_runs")),
        ("gitlab-json/devlake-gitlab-pipelines.json", None),
    ] {
        let Some(file) = real_file(path) else { return };
        let value = read(&file);
        let list = list.map_or(&value, |key| &value[key]).as_array().unwrap();
        let ids: BTreeSet<String> = list.iter().map(|run| run["id"].to_string()).collect();
        let mut engine = open(&[&file]);
        assert_eq!(records(&mut engine, RecordKind::Run), ids.len(), "{path}");
        let result = metric(&mut engine, "deployment-frequency");
        let Status::NotComputable { reason, needs } = &result.status else { panic!("{result:#?}") };
        assert!(
            reason.starts_with(&format!("{} runs of pipelines are in these files, but no deployments", ids.len())),
            "{reason}"
        );
        assert!(needs.contains("deployments JSON"), "{needs}");
        println!("{path}: {} runs", ids.len());
    }
}

#[test]
fn incidents_are_listed_and_linked_to_nothing_without_deployments() {
    for (path, list) in [("pagerduty/devlake-pagerduty.json", "incidents"), ("opsgenie/devlake-opsgenie.json", "data")]
    {
        let Some(file) = real_file(path) else { return };
        let value = read(&file);
        let list = value[list].as_array().unwrap();
        let id =
            |one: &Value| if one["id"].is_null() { one["incident_number"].to_string() } else { one["id"].to_string() };
        let ids: BTreeSet<String> = list.iter().map(id).collect();
        let mut engine = open(&[&file]);
        assert_eq!(records(&mut engine, RecordKind::Incident), ids.len(), "{path}");
        let query = LinksQuery { kind: RecordKind::Incident, only_open: true, offset: 0, limit: 200 };
        let Response::Links(page) = engine.handle(Request::Links(query)) else { panic!("no links of {path}") };
        assert_eq!(page.total as usize, ids.len(), "{path}");
        assert!(page.rows.iter().all(|row| row.how == "there are no deployments in these files"), "{:?}", page.rows);
        println!("{path}: {} incidents", ids.len());
    }
}

/// The two together: each incident after the first deployment of the one service belongs to the one before it.
#[test]
fn incidents_of_pagerduty_belong_to_the_deployments_before_them() {
    let (Some(incidents), Some(deployments)) =
        (real_file("pagerduty/devlake-pagerduty.json"), real_file("gitlab-json/devlake-gitlab-deployments.json"))
    else {
        return;
    };
    let mut engine = open(&[&incidents, &deployments]);
    choose(&mut engine, "staging");
    // The incidents name services of their own, of which nothing is deployed.
    let result = metric(&mut engine, "change-failure-rate");
    let number = read(&incidents)["incidents"].as_array().unwrap().len();
    assert_eq!(figure(&result, "with-incident"), 0);
    let note = result.notes.iter().find(|note| note.id == "unattached").unwrap();
    assert!(note.text.starts_with(&format!("{number} incidents belong to no deployment")), "{}", note.text);
}
