//! Real XML exports against an independent reading: tags and texts found by plain string search, without any of our code.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise and says what it did")]

use std::path::{Path, PathBuf};

use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, CategoryField, ListField, MomentField, NumberField, RecordKind, TextField};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is absent, so no real XML export was compared");
    None
}

fn import(path: &Path) -> Imported {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new(&name, settings);
    for chunk in std::fs::read(path).expect("readable").chunks(4099) {
        job.push(chunk).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    job.finish().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What stands between every `<name>` (or `<name …>`) and its end tag; elements of one name must not lie in each other.
fn all<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    text.split(&open)
        .skip(1)
        .filter(|rest| rest.starts_with(['>', ' ', '\n', '\r', '\t']))
        .filter_map(|rest| rest.split_once('>')?.1.split_once(&close).map(|(inside, _)| inside))
        .collect()
}

fn first<'a>(text: &'a str, name: &str) -> &'a str {
    all(text, name).first().copied().unwrap_or("").trim()
}

/// `PT8H30M0S` in hours.
fn hours(text: &str) -> f64 {
    let time = text.strip_prefix("PT").unwrap_or("0H0M0S");
    let (hours, rest) = time.split_once('H').expect("hours");
    let (minutes, _) = rest.split_once('M').expect("minutes");
    hours.parse::<f64>().expect("a number") + minutes.parse::<f64>().expect("a number") / 60.0
}

#[test]
fn jira_exports_are_read_whole() {
    let Some(folder) = folder() else { return };
    let counts: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("counts.json")).expect("counts")).expect("JSON");
    for file in ["jira-xml/jira-cloud-rss.xml", "jira-xml/thunderdome.xml"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("readable");
        let Imported { dataset, report } = import(&folder.join(file));
        assert_eq!(report.format, "jira-xml");
        assert_eq!(Some(report.rows_read), counts[file].as_u64(), "{file}");
        assert_eq!((report.kept, report.warning_total()), (report.rows_read, 0), "{file}: {:?}", report.warnings);
        for (row, item) in all(&text, "item").into_iter().enumerate() {
            assert_eq!(dataset.key(row), first(item, "key"), "{file}");
            assert_eq!(dataset.text(TextField::Title).get(row), first(item, "summary"), "{file}");
            assert_eq!(dataset.category(CategoryField::Status).get(row), first(item, "status"), "{file}");
            let unassigned = item.contains("accountid=\"-1\"") || item.contains("username=\"-1\"");
            assert_eq!(dataset.category(CategoryField::Assignee).get(row).is_empty(), unassigned, "{file}");
        }
    }
    let Imported { dataset, report } = import(&folder.join("jira-xml/jira-cloud-rss.xml"));
    // Fri, 24 Sep 2021 14:22:15 -0700; due on 12 Nov 2021; the start is planned on 28 Sep 2021.
    assert_eq!(dataset.moment(MomentField::Created)[0], 1_632_518_535_000);
    assert_eq!(dataset.moment(MomentField::Due)[1], 1_636_675_200_000);
    assert_eq!(dataset.moment(MomentField::Started)[1], 1_632_787_200_000);
    assert_eq!(dataset.list(ListField::Label).texts_of(1).collect::<Vec<_>>(), ["PM"]);
    assert_eq!(report.row_cap, None);
    let cap = import(&folder.join("jira-xml/thunderdome.xml")).report.row_cap;
    assert!(cap.is_some_and(|words| words.contains("1 of the 2 items")));
}

#[test]
fn project_plans_are_read_whole() {
    let Some(folder) = folder() else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("msproject")).expect("plans").flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert!(files.len() >= 9);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        let Imported { dataset, report } = import(&file);
        let name = file.display();
        assert_eq!(report.format, "mspdi", "{name}");
        let is_task = |task: &&str| first(task, "UID") != "0" && first(task, "IsNull") != "1";
        let tasks: Vec<&str> = all(&text, "Task").into_iter().filter(is_task).collect();
        let people = all(&text, "Resource").into_iter().filter(|one| first(one, "UID") != "0").count();
        let assigned: Vec<&str> = all(&text, "Assignment")
            .into_iter()
            .filter(|one| !matches!(first(one, "ResourceUID"), "-65535" | "0"))
            .collect();
        let records = |kind| dataset.records(kind).map_or(0, throughline::model::Records::len);
        let days_off = records(RecordKind::TimeOff);
        assert_eq!(report.rows_read, (tasks.len() + people + assigned.len() + days_off) as u64, "{name}");
        assert_eq!((report.refused.len(), report.warning_total()), (0, 0), "{name}: {:?}", report.warnings);
        assert_eq!(dataset.len(), tasks.len(), "{name}");
        assert_eq!(records(RecordKind::Dependency), all(&text, "PredecessorLink").len(), "{name}");
        assert_eq!(records(RecordKind::Assignment), assigned.len(), "{name}");
        for (row, task) in tasks.iter().enumerate() {
            assert!(dataset.key(row).ends_with(&format!("-{}", first(task, "UID"))), "{name}: {}", dataset.key(row));
        }
        let planned: f64 = assigned.iter().map(|one| hours(first(one, "Work"))).sum();
        let read: f64 =
            dataset.records(RecordKind::Assignment).map_or(0.0, |table| table.numbers("hours").iter().sum());
        assert!((planned - read).abs() < 1e-6, "{name}: {planned} hours are assigned, {read} were read");
    }
}

#[test]
fn a_plan_gives_hours_costs_and_holidays() {
    let Some(folder) = folder() else { return };
    let Imported { dataset, .. } = import(&folder.join("msproject/mspdi-sample1.xml"));
    let costs = dataset.records(RecordKind::Cost).expect("costs");
    // The file says 21500, in hundredths: 40 hours at 5, and 15 for use.
    let row = (0..costs.len()).find(|&row| costs.text("id", row).ends_with("-24")).expect("the cost of task 24");
    assert!((costs.numbers("planned")[row] - 215.0).abs() < 1e-9);
    let milestones = dataset.records(RecordKind::Milestone).expect("milestones");
    assert_eq!(milestones.len(), 1);
    let Imported { dataset, .. } = import(&folder.join("msproject/mspdi-timephased.xml"));
    let logged: f64 = dataset.number(NumberField::LoggedHours).iter().filter(|hours| !hours.is_nan()).sum();
    assert!((logged - 1230.0).abs() < 1e-6, "the summary of the project says 1,230 hours, the tasks say {logged}");
    // A day of this plan has 450 minutes.
    let capacity = dataset.records(RecordKind::Capacity).expect("people");
    assert!((capacity.numbers("hours-per-day")[0] - 7.5).abs() < 1e-9);
    assert_eq!(
        import(&folder.join("msproject/mspdi-holidays.xml"))
            .dataset
            .records(RecordKind::TimeOff)
            .map_or(0, throughline::model::Records::len),
        3
    );
}
