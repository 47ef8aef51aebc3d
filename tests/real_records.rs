//! Real files of time trackers, clouds and calendars against an independent reading: the `csv` crate or plain text search,
//! without any of our code.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, RecordKind, Records, iso_from_day};

fn real_file(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is absent, so {path} was not compared");
        return None;
    }
    Some(folder.join(path))
}

/// Imports by detection alone; every row must be accounted for.
fn import(path: &Path, format: &str) -> Imported {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new(&name, settings);
    for chunk in std::fs::read(path).expect("readable").chunks(4099) {
        job.push(chunk).expect("a readable export");
    }
    let imported = job.finish().expect("a readable export");
    let report = &imported.report;
    assert_eq!(report.format, format, "{name}");
    assert_eq!(report.rows_read, report.kept + report.repeated + report.refused.len() as u64, "{name}");
    imported
}

fn table(imported: &Imported, kind: RecordKind) -> &Records {
    imported.dataset.record_tables().find(|records| records.kind() == kind).expect("records of the kind")
}

fn day(moment: i64) -> String {
    iso_from_day(moment.div_euclid(86_400_000) as i32)
}

/// The rows of a CSV file as the csv crate reads them, cells by header.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).expect("readable");
    let headers: Vec<String> =
        reader.headers().expect("a header").iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let row = |record: csv::StringRecord| headers.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.expect("a record"))).collect()
}

/// Sums per (month, service, currency), computed from decimal digits as whole numbers of 1e-18.
fn expected_sums(
    rows: &[BTreeMap<String, String>],
    month: impl Fn(&BTreeMap<String, String>) -> String,
    [cost, service, currency]: [&str; 3],
) -> BTreeMap<(String, String, String), i128> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let text = |name: &str| row.get(name).filter(|text| *text != "NULL").cloned().unwrap_or_default();
        *sums.entry((month(row), text(service), text(currency))).or_default() += units(&text(cost));
    }
    sums
}

fn units(text: &str) -> i128 {
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().expect("digits");
    let power = 18 + exponent.parse::<i32>().expect("an exponent") - i32::try_from(fraction.len()).expect("short");
    sign * if power >= 0 {
        digits * 10_i128.pow(power.unsigned_abs())
    } else {
        digits / 10_i128.pow(power.unsigned_abs())
    }
}

fn assert_sums(imported: &Imported, expected: &BTreeMap<(String, String, String), i128>, name: &str) {
    let costs = table(imported, RecordKind::Cost);
    let mut found = BTreeMap::new();
    for row in 0..costs.len() {
        let month = day(costs.moments("date")[row])[..7].to_owned();
        let key = (month, costs.text("service", row).to_owned(), costs.text("currency", row).to_owned());
        *found.entry(key).or_insert(0.0) += costs.numbers("amount")[row];
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{name}");
    for (key, units) in expected {
        let (ours, theirs) = (found[key], *units as f64 / 1e18);
        // Each sum of ours is given to a billionth.
        assert!((ours - theirs).abs() < 1e-7, "{name} {key:?}: {ours}, not {theirs}");
    }
    println!("{name}: {} lines in {} sums", imported.report.rows_read, costs.len());
}

#[test]
fn the_toggl_export_reads_as_the_csv_crate_reads_it() {
    let Some(path) = real_file("toggl/toggl-11.csv") else { return };
    let imported = import(&path, "toggl-csv");
    let rows = rows(&path);
    let log = table(&imported, RecordKind::WorkLog);
    assert_eq!((imported.report.rows_read, log.len()), (rows.len() as u64, rows.len()));
    let mut expected: Vec<(String, i64)> = rows
        .iter()
        .map(|row| {
            let parts: Vec<i64> = row["Duration"].split(':').map(|part| part.parse().expect("a number")).collect();
            (row["Start date"].clone(), parts[0] * 3600 + parts[1] * 60 + parts[2])
        })
        .collect();
    let mut found: Vec<(String, i64)> = (0..log.len())
        .map(|row| (day(log.moments("date")[row]), (log.numbers("hours")[row] * 3600.0).round() as i64))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn the_sums_of_the_azure_exports_are_those_of_their_digits() {
    // Month from MM/DD/YYYY, or from YYYY-MM-DD.
    let american = |row: &BTreeMap<String, String>| format!("{}-{}", &row["Date"][6..], &row["Date"][..2]);
    for name in ["azure-ea-actual.csv", "azure-ea-amortized.csv"] {
        let Some(path) = real_file(&format!("cloud-cost/{name}")) else { return };
        let imported = import(&path, "azure-cost-csv");
        let rows = rows(&path);
        assert_eq!(imported.report.rows_read, rows.len() as u64, "{name}");
        assert_sums(&imported, &expected_sums(&rows, american, ["Cost", "MeterCategory", "BillingCurrency"]), name);
    }
    for (name, [date, cost, service, currency]) in [
        ("azure-template-87.csv", ["UsageDateTime", "costinbillingcurrency", "MeterCategory", "none"]),
        (
            "azure-german-headers.csv",
            [
                "UsageDateTime (UsageDateTime)",
                "PreTaxCost (PreTaxCost)",
                "Kategorie der Verbrauchseinheit (MeterCategory)",
                "Currency",
            ],
        ),
    ] {
        let Some(path) = real_file(&format!("cloud-cost/{name}")) else { return };
        let imported = import(&path, "azure-cost-csv");
        let rows = rows(&path);
        assert_eq!(imported.report.rows_read, rows.len() as u64, "{name}");
        assert_sums(&imported, &expected_sums(&rows, |row| row[date][..7].to_owned(), [cost, service, currency]), name);
    }
}

#[test]
fn the_sums_of_the_focus_sample_are_those_of_its_digits() {
    let Some(path) = real_file("cloud-cost/focus-1.0-sample-1000.csv") else { return };
    let imported = import(&path, "focus-csv");
    let rows = rows(&path);
    assert_eq!(imported.report.rows_read, rows.len() as u64);
    let month = |row: &BTreeMap<String, String>| row["ChargePeriodStart"][..7].to_owned();
    assert_sums(&imported, &expected_sums(&rows, month, ["BilledCost", "ServiceName", "BillingCurrency"]), "focus");
}

#[test]
fn the_calendar_reads_as_its_text_says() {
    let Some(path) = real_file("ics/ganttproject-test.ics") else { return };
    let imported = import(&path, "ics");
    let text = std::fs::read_to_string(&path).expect("readable");
    assert_eq!(imported.report.rows_read as usize, text.matches("BEGIN:VEVENT").count());
    let days = table(&imported, RecordKind::TimeOff);
    assert_eq!(days.text("reason", 0), "Chanukah: 1 Candle (Holiday)");
    // 7 to 8 December, and the end is exclusive.
    let span = (day(days.moments("from")[0]), day(days.moments("to")[0]));
    assert_eq!(span, ("2023-12-07".to_owned(), "2023-12-07".to_owned()));
}
