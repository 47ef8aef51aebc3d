//! Real Jira exports against an independent count: the `csv` crate straight, without any of our code.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, ListField, MomentField, NO_MOMENT, NumberField, StatusCategory, StatusMap};

fn real_files() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real/jira-csv");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: ../shared is absent, so no real export was compared");
        return None;
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    assert!(!files.is_empty(), "no CSV in {}", folder.display());
    Some(files)
}

fn import(path: &Path) -> Imported {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new(&name, settings);
    for chunk in std::fs::read(path).expect("readable").chunks(4099) {
        job.push(chunk).expect("a readable export");
    }
    job.finish().expect("a readable export")
}

/// A file as the csv crate sees it.
struct Independent {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Independent {
    fn read(path: &Path) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).expect("readable");
        let mut records = reader.records().map(|record| {
            let record = record.expect("a record");
            record.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect::<Vec<String>>()
        });
        let headers = records.next().expect("a header");
        Self { headers, rows: records.collect() }
    }

    /// All cells of the columns with this header, row by row.
    fn cells(&self, header: &str) -> Vec<Vec<&str>> {
        let columns: Vec<usize> = (0..self.headers.len()).filter(|&column| self.headers[column] == header).collect();
        let filled = |row: &'_ Vec<String>, column: &usize| row.get(*column).is_some_and(|cell| !cell.is_empty());
        self.rows
            .iter()
            .map(|row| columns.iter().filter(|column| filled(row, column)).map(|&column| row[column].trim()).collect())
            .collect()
    }

    fn filled(&self, header: &str) -> usize {
        self.cells(header).iter().filter(|cells| !cells.is_empty()).count()
    }
}

#[test]
fn totals_equal_those_of_an_independent_count() {
    let Some(files) = real_files() else { return };
    let counts_path = files[0].parent().and_then(Path::parent).map(|folder| folder.join("counts.json"));
    let counts = counts_path.and_then(|path| std::fs::read_to_string(path).ok()).expect("counts.json");
    let counts: BTreeMap<String, u64> = serde_json::from_str(&counts).expect("counts");
    for path in files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let independent = Independent::read(&path);
        let Imported { dataset, report } = import(&path);
        println!("{name}: {} rows, {} kept, {} warnings", report.rows_read, report.kept, report.warning_total());

        assert_eq!(report.rows_read, counts[&format!("jira-csv/{name}")], "{name}: rows of counts.json");
        assert_eq!(report.rows_read, independent.rows.len() as u64, "{name}: rows");
        assert_eq!(report.rows_read, report.kept + report.repeated + report.refused.len() as u64, "{name}: count law");
        let keys: BTreeSet<&str> = independent.cells("Issue key").into_iter().flatten().collect();
        let ours: BTreeSet<&str> = (0..dataset.len()).map(|item| dataset.key(item)).collect();
        assert_eq!(ours, keys, "{name}: keys");
        assert_eq!(dataset.uneven_column(), None);

        let done = independent.cells("Status Category").iter().filter(|cells| cells.first() == Some(&"Done")).count();
        let statuses = StatusMap::guess(&dataset);
        let category = |item| dataset.category(throughline::model::CategoryField::StatusCategory).get(item);
        let ours = (0..dataset.len()).filter(|&item| category(item) == "Done").count();
        assert_eq!(ours, done, "{name}: done");
        let by_status = (0..dataset.len())
            .filter(|&item| {
                let code = dataset.category(throughline::model::CategoryField::Status).code(item);
                statuses.category(code) == StatusCategory::Done
            })
            .count();
        assert!(by_status <= dataset.len());

        for (field, header) in [
            (MomentField::Created, "Created"),
            (MomentField::Updated, "Updated"),
            (MomentField::Resolved, "Resolved"),
            (MomentField::StatusCategoryChanged, "Status Category Changed"),
        ] {
            let ours = dataset.moment(field).iter().filter(|moment| **moment != NO_MOMENT).count();
            assert_eq!(ours, independent.filled(header), "{name}: {header}");
        }
        let points: f64 = ["Custom field (Story Points)", "Custom field (Story point estimate)"]
            .map(|header| independent.cells(header).iter().flatten().filter_map(|cell| cell.parse::<f64>().ok()).sum())
            .into_iter()
            .fold(0.0, f64::max);
        let ours: f64 = dataset.number(NumberField::Points).iter().filter(|points| !points.is_nan()).sum();
        assert!((ours - points).abs() < 1e-9, "{name}: {ours} points, not {points}");

        let mut sprints: BTreeMap<&str, usize> = BTreeMap::new();
        for cells in independent.cells("Sprint") {
            for sprint in cells.into_iter().collect::<BTreeSet<_>>() {
                *sprints.entry(sprint).or_default() += 1;
            }
        }
        let mut ours: BTreeMap<&str, usize> = BTreeMap::new();
        for item in 0..dataset.len() {
            dataset.list(ListField::Sprint).texts_of(item).for_each(|sprint| *ours.entry(sprint).or_default() += 1);
        }
        assert_eq!(ours, sprints, "{name}: items by sprint");
    }
}
