//! Real JSON exports of boards, pipelines, incidents and measures against an independent reading: `serde_json` straight.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, CategoryField, ChangeField, MomentField, NO_MOMENT, RecordKind};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is absent, so no real export was compared");
    None
}

fn import(path: &Path) -> Imported {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut job = ImportJob::new(&name, ImportSettings::new(Calendar::default()));
    for chunk in std::fs::read(path).expect("readable").chunks(4099) {
        job.push(chunk).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    job.finish().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn value(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON")
}

/// File, importer, and the pointer to the array whose elements are rows.
const FILES: &[(&str, &str, &str)] = &[
    ("asana/devlake-asana-task.json", "asana-json", "/data"),
    ("azure-devops/devlake-ado-builds.json", "azure-devops-json", "/value"),
    ("azure-devops/devlake-ado-prs.json", "azure-devops-json", "/value"),
    ("bitbucket/devlake-bitbucket-deployments.json", "bitbucket-deployments", "/values"),
    ("bitbucket/devlake-bitbucket-pipelines.json", "bitbucket-pipelines", "/values"),
    ("bitbucket/ismyrnow-db-1.0.json", "bitbucket-issues", "/issues"),
    ("circleci/devlake-circleci-workflows.json", "circleci-workflows", "/items"),
    ("opsgenie/devlake-opsgenie.json", "opsgenie-incidents", "/data"),
    ("pagerduty/devlake-pagerduty.json", "pagerduty-incidents", "/incidents"),
    ("tapd/devlake-tapd-stories.json", "tapd-stories", ""),
    ("trello/trello-dekk.json", "trello-json", "/cards"),
    ("trello/trello-nextcloud-fixture.json", "trello-json", "/cards"),
    ("trello/trello-wekan-doc.json", "trello-json", "/cards"),
    ("upptime/upptime-burb-summary.json", "upptime-summary", ""),
    ("upptime/upptime-sentrybay-summary.json", "upptime-summary", ""),
];

#[test]
fn every_row_of_real_files_is_read_by_detection_alone() {
    let Some(folder) = folder() else { return };
    let counts = value(&folder.join("counts.json"));
    for (file, format, rows) in FILES {
        let path = folder.join(file);
        let expected = value(&path).pointer(rows).and_then(Value::as_array).expect("rows").len() as u64;
        let Imported { dataset, report } = import(&path);
        println!("{file}: {} rows, {} items, {} records", report.rows_read, dataset.len(), dataset.record_count());
        assert_eq!(report.format, *format, "{file}");
        assert_eq!(report.rows_read, expected, "{file}");
        assert_eq!(report.kept, expected, "{file}: {:?}", report.refused);
        assert_eq!(counts.get(file).and_then(Value::as_u64).unwrap_or(expected), expected, "{file}");
    }
}

#[test]
fn the_moves_of_a_real_trello_board_are_all_there() {
    let Some(folder) = folder() else { return };
    let path = folder.join("trello/trello-dekk.json");
    let board = value(&path);
    let dataset = import(&path).dataset;
    let moves = board["actions"].as_array().expect("actions").iter();
    let moves =
        moves.filter(|action| action["data"]["listAfter"].is_object() && action["type"] == "updateCard").count();
    let ours = (0..dataset.len()).flat_map(|item| dataset.history.of_item(item));
    let ours = ours.filter(|change| change.field == ChangeField::Status && !change.to.ends_with(" (archived)")).count();
    assert_eq!(ours, moves);
    for card in board["cards"].as_array().expect("cards") {
        let key = card["id"].as_str().expect("an id");
        let item = (0..dataset.len()).find(|&item| dataset.key(item) == key).expect("the card");
        let seconds = i64::from_str_radix(&key[..8], 16).expect("an id");
        assert_eq!(dataset.moment(MomentField::Created)[item], seconds * 1000);
    }
    let told = format!("{dataset:?}");
    assert!(!told.contains("@boards.trello.com"), "an address for posting is kept");
}

#[test]
fn closed_issues_of_a_real_bitbucket_export_have_the_moment_of_their_last_closing() {
    let Some(folder) = folder() else { return };
    let path = folder.join("bitbucket/ismyrnow-db-1.0.json");
    let export = value(&path);
    let dataset = import(&path).dataset;
    let mut closed: BTreeMap<String, String> = BTreeMap::new();
    for log in export["logs"].as_array().expect("logs").iter().filter(|log| log["field"] == "status") {
        let at = log["created_on"].as_str().unwrap_or_default().to_owned();
        if !["new", "open", "on hold"].contains(&log["changed_to"].as_str().unwrap_or_default()) {
            let last = closed.entry(format!("ismyrnow#{}", log["issue"])).or_default();
            *last = at.max(last.clone());
        }
    }
    let mut compared = 0;
    for item in 0..dataset.len() {
        let status = dataset.category(CategoryField::Status).get(item);
        let resolved = dataset.moment(MomentField::Resolved)[item];
        if ["new", "open", "on hold"].contains(&status) {
            assert_eq!(resolved, NO_MOMENT, "{}", dataset.key(item));
        } else if let Some(text) = closed.get(dataset.key(item)) {
            let day = throughline::model::iso_from_day(resolved.div_euclid(86_400_000) as i32);
            assert_eq!(day, text[..10], "{}", dataset.key(item));
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn real_series_of_sonarqube_are_dated_by_their_names() {
    let Some(folder) = folder() else { return };
    let folders = ["gero-front", "msg-front"].map(|name| folder.join("sonarqube").join(name));
    let mut files = 0;
    for path in folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("readable")) {
        let path = path.expect("a file").path();
        let measured = value(&path);
        let Imported { dataset, report } = import(&path);
        assert_eq!(report.format, "sonarqube-measures", "{}", path.display());
        let records = dataset.records(RecordKind::CodeMeasure).expect("measures");
        let lines: Vec<&Value> = measured["baseComponent"]["measures"].as_array().expect("measures").iter().collect();
        for measure in lines {
            let row = (0..records.len())
                .find(|&row| {
                    records.text("component", row).is_empty() && measure["metric"] == records.text("measure", row)
                })
                .expect("the measure");
            let number: f64 = measure["value"].as_str().and_then(|text| text.parse().ok()).expect("a number");
            assert!((records.numbers("value")[row] - number).abs() < 1e-9);
        }
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (_, date) = name.split_once("-Front-").expect("a date behind the project");
        let written = format!("{}-{}-{}", &date[6..10], &date[..2], &date[3..5]);
        for &moment in records.moments("date") {
            assert_eq!(throughline::model::iso_from_day(moment.div_euclid(86_400_000) as i32), written, "{name}");
        }
        files += 1;
    }
    assert_eq!(files, 14);
}
