//! Real exports of work items as tables against an independent reading: the `csv` crate straight, without any of our code.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use throughline::importers::{ImportError, ImportJob, ImportSettings, Imported};
use throughline::model::{
    Calendar, CategoryField, Dataset, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField,
};

type Rows = Vec<BTreeMap<String, String>>;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is absent, so no real table was compared");
        return None;
    }
    Some(folder)
}

fn import(path: &Path) -> Result<Imported, ImportError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new(&name, settings);
    for chunk in std::fs::read(path).expect("readable").chunks(4099) {
        job.push(chunk)?;
    }
    job.finish()
}

/// The file read by us, and its rows as the csv crate sees them; the number of rows equals the independent count.
fn both(file: &str, format: &str) -> Option<(Dataset, Rows)> {
    let folder = folder()?;
    let path = folder.join(file);
    let Imported { dataset, report } = import(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    println!("{file}: {} rows, {} kept, {} warnings", report.rows_read, report.kept, report.warning_total());
    let counts = std::fs::read_to_string(folder.join("counts.json")).expect("counts.json");
    let counts: BTreeMap<String, u64> = serde_json::from_str(&counts).expect("counts");
    assert_eq!(report.format, format, "{file}");
    assert_eq!(report.rows_read, counts[file], "{file}: rows of counts.json");
    assert_eq!((report.kept, report.repeated), (report.rows_read, 0), "{file}: {:?}", report.refused);
    assert_eq!(report.warning_total(), 0, "{file}: {:?}", report.warnings);
    let text = std::fs::read_to_string(&path).expect("readable");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let rows: Rows = reader
        .records()
        .map(|record| {
            headers.iter().map(str::to_owned).zip(record.expect("a record").iter().map(str::to_owned)).collect()
        })
        .collect();
    assert_eq!(dataset.len(), rows.len(), "{file}");
    Some((dataset, rows))
}

fn filled(rows: &Rows, column: &str) -> usize {
    rows.iter().filter(|row| !row[column].is_empty()).count()
}

fn dated(dataset: &Dataset, field: MomentField) -> usize {
    dataset.moment(field).iter().filter(|moment| **moment != NO_MOMENT).count()
}

/// UTC milliseconds of `d.M.yyyy HH:mm:ss`, by counting days from 1970.
fn swiss(text: &str) -> i64 {
    let (date, time) = text.split_once(' ').expect("a date and a time");
    let numbers = |text: &str, mark: char| -> Vec<i64> {
        text.split(mark).map(|number| number.parse().expect("a number")).collect()
    };
    let (date, time) = (numbers(date, '.'), numbers(time, ':'));
    let [day, month, year] = date[..] else { panic!("{text}") };
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days = years + months[..month as usize - 1].iter().sum::<i64>() + day - 1;
    (((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2]) * 1000
}

#[test]
fn azure_devops_dates_of_a_swiss_browser() {
    let Some((dataset, rows)) = both("azure-devops/ado-query-swiss-dates.csv", "azure-devops-csv") else { return };
    for (item, row) in rows.iter().enumerate() {
        assert_eq!(dataset.key(item), format!("AB#{}", row["ID"]));
        assert_eq!(dataset.text(TextField::Title).get(item), row["Title"].trim());
        assert_eq!(dataset.category(CategoryField::Status).get(item), row["State"]);
        assert_eq!(dataset.category(CategoryField::Type).get(item), row["Work Item Type"]);
        let parent = dataset.category(CategoryField::Parent).get(item);
        assert_eq!(parent.trim_start_matches("AB#"), row["Parent"]);
        for (field, column) in [(MomentField::Started, "Activated Date"), (MomentField::Resolved, "Closed Date")] {
            let expected = if row[column].is_empty() { NO_MOMENT } else { swiss(&row[column]) };
            assert_eq!(dataset.moment(field)[item], expected, "{} {column}", row["ID"]);
        }
        let tags: Vec<&str> = row["Tags"].split(';').map(str::trim).filter(|tag| !tag.is_empty()).collect();
        assert_eq!(dataset.list(ListField::Label).texts_of(item).collect::<Vec<_>>(), tags);
    }
    let note = import(&folder().expect("there").join("azure-devops/ado-query-swiss-dates.csv")).expect("read").report;
    assert!(note.decisions.iter().any(|words| words.contains("Created Date") && words.contains("Column options")));
}

#[test]
fn clickup_view_of_forty_one_columns() {
    let Some((dataset, rows)) = both("clickup/clickup-nautilus.csv", "clickup-csv") else { return };
    for (item, row) in rows.iter().enumerate() {
        assert_eq!(dataset.key(item), row["Task ID"]);
        assert_eq!(dataset.category(CategoryField::Status).get(item), row["Status"]);
        assert_eq!(dataset.category(CategoryField::Parent).get(item), row["Parent ID"]);
        assert_eq!(dataset.category(CategoryField::Priority).get(item), "", "all are \"none\"");
        let people = row["Assignee"].trim_matches(['[', ']']);
        let first = people.split(", ").next().unwrap_or_default();
        assert_eq!(dataset.category(CategoryField::Assignee).get(item), first.trim());
        assert_eq!(dataset.list(ListField::Component).texts_of(item).collect::<Vec<_>>(), [row["List"].as_str()]);
    }
    for (field, column) in [
        (MomentField::Created, "Date Created"),
        (MomentField::Updated, "Date Updated"),
        (MomentField::Resolved, "Date Done"),
        (MomentField::Due, "Due Date"),
    ] {
        assert_eq!(dated(&dataset, field), filled(&rows, column), "{column}");
    }
    assert_eq!(dataset.category(CategoryField::StatusCategory).get(0), "Done");
    // 2022-11-04T12:33:39.449+02:00
    assert_eq!(dataset.moment(MomentField::Created)[0], 1_667_558_019_449);
}

#[test]
fn linear_dates_in_words() {
    let Some((dataset, rows)) = both("linear/linear-export.csv", "linear-csv") else { return };
    for (item, row) in rows.iter().enumerate() {
        assert_eq!(dataset.key(item), row["ID"]);
        assert_eq!(dataset.category(CategoryField::Status).get(item), row["Status"]);
        let points = dataset.number(NumberField::Points)[item];
        assert_eq!(row["Estimate"].parse::<f64>().ok(), (!points.is_nan()).then_some(points));
        assert_eq!(
            dataset.list(ListField::Sprint).texts_of(item).count(),
            usize::from(!row["Cycle Number"].is_empty())
        );
    }
    for (field, column) in [
        (MomentField::Created, "Created"),
        (MomentField::Updated, "Updated"),
        (MomentField::Started, "Started"),
        (MomentField::Due, "Due Date"),
    ] {
        assert_eq!(dated(&dataset, field), filled(&rows, column), "{column}");
    }
    assert_eq!(dated(&dataset, MomentField::Resolved), filled(&rows, "Completed") + filled(&rows, "Canceled"));
    let cycles: BTreeSet<&String> =
        rows.iter().map(|row| &row["Cycle Number"]).filter(|number| !number.is_empty()).collect();
    let with_dates = dataset.iteration_dates.iter().filter(|dates| **dates != IterationDates::NONE).count();
    assert_eq!(with_dates, cycles.len());
}

#[test]
fn notion_pages_known_by_name() {
    let file = "notion/Projects aa11bb22cc33dd44ee55ff6677889900_all.csv";
    let Some((dataset, rows)) = both(file, "notion-csv") else { return };
    for (item, row) in rows.iter().enumerate() {
        assert_eq!(dataset.key(item), format!("Projects/{}", row["Name"]));
        assert_eq!(dataset.category(CategoryField::Status).get(item), row["Status"]);
        assert_eq!(dataset.category(CategoryField::Assignee).get(item), row["Assignee"]);
        let tags: Vec<&str> = row["Tags"].split(',').map(str::trim).collect();
        assert_eq!(dataset.list(ListField::Label).texts_of(item).collect::<Vec<_>>(), tags);
    }
    assert_eq!(dated(&dataset, MomentField::Due), filled(&rows, "Due Date"));
}

/// Tables that research made from trackers, and a board whose cards have no id, are no tool's export: nobody guesses.
#[test]
fn tables_of_no_known_tool_are_not_guessed() {
    let Some(folder) = folder() else { return };
    for file in [
        "jira-research/agile-project-cycle.csv",
        "jira-research/redhat-estimates-2480.csv",
        "trello/wekan-board.tsv",
        "toggl/toggl-11.csv",
        "cloud-cost/azure-ea-actual.csv",
        "cloud-cost/focus-1.0-sample-1000.csv",
    ] {
        match import(&folder.join(file)) {
            Err(error) => assert!(matches!(error, ImportError::Unknown { .. }), "{file}: {error}"),
            Ok(Imported { dataset, report }) => {
                assert!(dataset.is_empty(), "{file} was read as work items by {}", report.format);
            }
        }
    }
}
