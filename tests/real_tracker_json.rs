//! Real answers of Jira, GitHub and GitLab against an independent reading with `serde_json` alone.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{
    Calendar, CategoryField, ChangeField, Dataset, ListField, MomentField, NO_MOMENT, NumberField, RecordKind,
    TextField,
};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is absent, so no real answer was compared");
    None
}

fn import(folder: &Path, name: &str) -> Imported {
    let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
    for chunk in std::fs::read(folder.join(name)).expect("readable").chunks(4099) {
        job.push(chunk).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    job.finish().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn json(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).expect("readable");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn item(dataset: &Dataset, key: &str) -> usize {
    (0..dataset.len()).find(|&item| dataset.key(item) == key).unwrap_or_else(|| panic!("no {key}"))
}

#[test]
fn every_file_is_recognised_and_its_rows_are_counted() {
    let Some(folder) = folder() else { return };
    let counts = std::fs::read_to_string(folder.join("counts.json")).expect("counts");
    let counts: BTreeMap<String, u64> = serde_json::from_str(&counts).expect("counts");
    for (name, format, own_count) in [
        ("jira-json/devlake-jira-issues.json", "jira-json", None),
        ("jira-json/jirametrics-sample-search.json", "jira-json", None),
        ("jira-json/perceval-search-page1.json", "jira-json", None),
        ("jira-json/perceval-search-page2.json", "jira-json", None),
        ("jira-json/grimoire-jira-changelog.json", "jira-json", Some(5)),
        ("jira-json/grimoire-jira-raw.jsonl", "jira-json", Some(10)),
        ("jira-json/devlake-jira-sprints.json", "jira-sprints", Some(30)),
        ("jira-json/devlake-jira-worklogs.json", "jira-worklogs", Some(30)),
        ("github-json/devlake-github-issues.json", "github-issues", None),
        ("github-json/devlake-github-pulls.json", "github-issues", None),
        ("github-actions/devlake-github-runs.json", "github-runs", None),
        ("github-deployments/devlake-github-deployments-graphql.json", "github-deployments", None),
        ("github-deployments/octokit-deployment.json", "github-deployments", Some(1)),
        ("github-deployments/octokit-deployment_status.json", "github-deployments", Some(1)),
        ("github-deployments/octokit-release.json", "github-releases", Some(1)),
        ("gitlab-json/devlake-gitlab-issues.json", "gitlab-issues", None),
        ("gitlab-json/devlake-gitlab-mrs.json", "gitlab-issues", None),
        ("gitlab-json/grimoire-gitlab.json", "gitlab-issues", Some(8)),
        ("gitlab-json/devlake-gitlab-deployments.json", "gitlab-deployments", None),
        ("gitlab-json/devlake-gitlab-pipelines.json", "gitlab-pipelines", None),
        ("gitlab-json/devlake-gitlab-pipeline-details.json", "gitlab-pipelines", Some(16)),
    ] {
        let Imported { dataset, report } = import(&folder, name);
        let expected = own_count.or_else(|| counts.get(name).copied());
        println!(
            "{name}: {} rows, {} kept, {} repeated, {} refused, {} warnings; {} items, {} changes of them, {} records; {:?}",
            report.rows_read,
            report.kept,
            report.repeated,
            report.refused.len(),
            report.warning_total(),
            dataset.len(),
            dataset.history.changes(),
            dataset.record_count(),
            report.refused.first(),
        );
        assert_eq!(report.format, format, "{name}");
        assert_eq!(Some(report.rows_read), expected, "{name}");
        assert_eq!(report.rows_read, report.kept + report.repeated + report.refused.len() as u64, "{name}");
        // One of Perceval's issues has been stripped of its fields.
        let refused = usize::from(name.ends_with("grimoire-jira-changelog.json"));
        assert_eq!(report.refused.len(), refused, "{name}: {:?}", report.refused);
    }
}

#[test]
fn jira_issues_tell_what_the_answer_tells() {
    let Some(folder) = folder() else { return };
    for name in ["jira-json/devlake-jira-issues.json", "jira-json/jirametrics-sample-search.json"] {
        let Imported { dataset, .. } = import(&folder, name);
        let mut status_changes = 0;
        for issue in json(&folder, name)["issues"].as_array().expect("issues") {
            let key = issue["key"].as_str().expect("a key");
            let at = item(&dataset, key);
            let fields = &issue["fields"];
            let category = |field| dataset.category(field).get(at);
            assert_eq!(category(CategoryField::Status), fields["status"]["name"].as_str().expect("a status"), "{key}");
            assert_eq!(
                category(CategoryField::Resolution),
                fields["resolution"]["name"].as_str().unwrap_or(""),
                "{key}"
            );
            assert_eq!(
                dataset.text(TextField::Title).get(at),
                fields["summary"].as_str().expect("words").trim(),
                "{key}"
            );
            let resolved = dataset.moment(MomentField::Resolved)[at] != NO_MOMENT;
            assert_eq!(resolved, fields["resolutiondate"].is_string(), "{key}");
            assert!(dataset.moment(MomentField::Created)[at] != NO_MOMENT, "{key}");
            let histories = issue["changelog"]["histories"].as_array();
            let items = histories.into_iter().flatten().filter_map(|history| history["items"].as_array()).flatten();
            let expected =
                items.filter(|item| item["field"] == "status" && item["fromString"] != item["toString"]).count();
            let told = dataset.history.of_item(at).filter(|change| change.field == ChangeField::Status).count();
            assert_eq!(told, expected, "{key}");
            status_changes += told;
        }
        println!("{name}: {status_changes} status changes");
        assert!(status_changes > 0, "{name}");
    }
}

#[test]
fn sprints_of_a_changelog_have_the_name_of_today() {
    let Some(folder) = folder() else { return };
    let Imported { dataset, .. } = import(&folder, "jira-json/devlake-jira-issues.json");
    let at = item(&dataset, "EE-1");
    assert_eq!(dataset.list(ListField::Sprint).texts_of(at).collect::<Vec<_>>(), ["EE Sprint 7"]);
    let code = dataset.list(ListField::Sprint).find("EE Sprint 7").expect("a sprint");
    // 2020-06-12T00:38:51.882Z, 2020-06-26T00:38:00Z, 2020-06-22T05:59:58.980Z
    let dates = dataset.iteration_dates[code as usize];
    assert_eq!((dates.start, dates.end, dates.completed), (1_591_922_331_882, 1_593_131_880_000, 1_592_805_598_980));
    // The changelog still says "Sprints Sprint 1".
    let taken_in: Vec<&str> = dataset
        .history
        .of_item(at)
        .filter(|change| change.field == ChangeField::Sprint)
        .map(|change| change.to)
        .collect();
    assert_eq!(taken_in, ["EE Sprint 7"]);
    let points = dataset.number(NumberField::Points).iter().filter(|points| !points.is_nan()).count();
    assert_eq!(points, 1);
}

#[test]
fn github_and_gitlab_elements_become_what_they_are() {
    let Some(folder) = folder() else { return };
    let issues = json(&folder, "github-json/devlake-github-issues.json");
    let pulls = issues.as_array().expect("a list").iter().filter(|issue| issue["pull_request"].is_object()).count();
    let Imported { dataset, .. } = import(&folder, "github-json/devlake-github-issues.json");
    // Pull request 4 is in the file twice.
    assert_eq!((dataset.len() + pulls, dataset.record_count()), (42, pulls - 1));
    let Imported { dataset, .. } = import(&folder, "github-json/devlake-github-pulls.json");
    let pulls = json(&folder, "github-json/devlake-github-pulls.json");
    let merged = pulls.as_array().expect("a list").iter().filter(|pull| pull["merged_at"].is_string());
    // Some are in the file twice.
    let merged = merged.map(|pull| pull["html_url"].as_str()).collect::<BTreeSet<_>>().len();
    let changes = dataset.record_tables().find(|table| table.kind() == RecordKind::Change).expect("changes");
    assert_eq!(changes.moments("merged-at").iter().filter(|&&at| at != NO_MOMENT).count(), merged);
    let first = (0..changes.len()).find(|&row| changes.text("id", row) == "4").expect("pull request 4");
    let mentioned: Vec<_> = changes.list("work-items").expect("a list").texts_of(first).collect();
    assert_eq!(mentioned, ["panjf2000/ants#3"]);
    let Imported { dataset, .. } = import(&folder, "gitlab-json/devlake-gitlab-issues.json");
    let at = item(&dataset, "gitlab-data/snowflake_spend#1");
    assert_eq!(dataset.category(CategoryField::Status).get(at), "closed");
    assert_eq!(dataset.list(ListField::FixVersion).texts_of(at).collect::<Vec<_>>(), ["19.12"]);
}

#[test]
fn a_deployment_is_dated_by_its_first_success() {
    let Some(folder) = folder() else { return };
    let name = "github-deployments/devlake-github-deployments-graphql.json";
    let Imported { dataset, .. } = import(&folder, name);
    let told = dataset.record_tables().find(|table| table.kind() == RecordKind::Deployment).expect("deployments");
    let source = json(&folder, name);
    for deployment in source.as_array().expect("a list") {
        let id = deployment["DatabaseId"].to_string();
        let row = (0..told.len()).find(|&row| told.text("id", row) == id).unwrap_or_else(|| panic!("no {id}"));
        let statuses = deployment["Statuses"]["nodes"].as_array();
        let mut ended = statuses.into_iter().flatten().filter(|status| status["state"] == "SUCCESS");
        // GitHub marks as inactive what was successful and then replaced: when is in the statuses alone.
        assert_eq!(told.text("status", row), "success", "{id}");
        let dated = ended.next().is_some() || deployment["LatestStatus"]["State"] == "SUCCESS";
        assert_eq!(told.moments("deployed-at")[row] != NO_MOMENT, dated, "{id}");
    }
}

#[test]
fn the_issues_of_sonar_read_as_serde_json_reads_them() {
    let Some(folder) = folder() else { return };
    let name = "sonarqube/devlake-sonar-issues.json";
    let Imported { dataset, report } = import(&folder, name);
    assert_eq!(report.format, "sonarqube-issues");
    let answer = json(&folder, name);
    let issues = answer["issues"].as_array().expect("issues");
    assert_eq!((report.rows_read, dataset.len()), (issues.len() as u64, issues.len()));
    for issue in issues {
        let text = |key: &str| issue[key].as_str().unwrap_or_default();
        let row = item(&dataset, text("key"));
        assert_eq!(dataset.text(TextField::Title).get(row), text("message"));
        assert_eq!(dataset.category(CategoryField::Type).get(row), text("type"));
        assert_eq!(dataset.category(CategoryField::Priority).get(row), text("severity"));
        let day = dataset.moment(MomentField::Created)[row].div_euclid(86_400_000) as i32;
        assert_eq!(throughline::model::iso_from_day(day), text("creationDate")[..10]);
        assert_eq!(dataset.number(NumberField::OriginalEstimateHours)[row].is_nan(), text("debt").is_empty());
    }
}
