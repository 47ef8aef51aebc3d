//! Every file of `tests/exports/<importer>/<case>/`: its report and its items as snapshots, and what must hold for any file.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use throughline::importers::{ImportError, ImportJob, ImportReport, ImportSettings, Imported};
use throughline::model::{
    Calendar, CategoryField, Change, ColumnKind, Dataset, IterationDates, ListField, MomentField, NO_MOMENT,
    NumberField, Records, TextField, merge_layers,
};

fn settings() -> ImportSettings {
    let calendar = Calendar::new("Europe/Berlin").expect("a zone");
    ImportSettings::new(calendar)
}

fn import(name: &str, bytes: &[u8], chunk: usize) -> Result<Imported, ImportError> {
    let mut job = ImportJob::new(name, settings());
    for part in bytes.chunks(chunk) {
        job.push(part)?;
    }
    job.finish()
}

fn cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("the folder of exports");
        let mut paths: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        paths.sort();
        paths
    };
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut cases = Vec::new();
    for importer in folders(&root) {
        for case in folders(&importer) {
            let files = std::fs::read_dir(&case).expect("a case").flatten().map(|entry| entry.path());
            let inputs: Vec<PathBuf> = files.filter(|path| name(path).starts_with("input.")).collect();
            assert_eq!(inputs.len(), 1, "{}: one file named input.*", case.display());
            cases.extend(inputs.into_iter().map(|input| (format!("{}__{}", name(&importer), name(&case)), input)));
        }
    }
    assert!(cases.len() >= 20, "the exports are missing");
    cases
}

/// UTC, to the second.
fn moment(moment: i64) -> String {
    if moment == NO_MOMENT {
        return String::new();
    }
    let day = throughline::model::iso_from_day(moment.div_euclid(86_400_000) as i32);
    let seconds = moment.rem_euclid(86_400_000) / 1000;
    format!("{day}T{:02}:{:02}:{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Every value of every item that is given.
fn items(dataset: &Dataset) -> String {
    let mut out = String::new();
    for item in 0..dataset.len() {
        let mut parts = vec![format!("line {}", dataset.source_line[item])];
        let mut add = |id: &str, value: String| {
            if !value.is_empty() {
                parts.push(format!("{id}: {}", value.replace('\r', "\\r").replace('\n', "\\n")));
            }
        };
        for field in TextField::ALL {
            add(field.id(), dataset.text(*field).get(item).to_owned());
        }
        for field in CategoryField::ALL {
            add(field.id(), dataset.category(*field).get(item).to_owned());
        }
        for field in MomentField::ALL {
            add(field.id(), moment(dataset.moment(*field)[item]));
        }
        for field in NumberField::ALL {
            let number = dataset.number(*field)[item];
            add(field.id(), if number.is_nan() { String::new() } else { number.to_string() });
        }
        for field in ListField::ALL {
            add(field.id(), dataset.list(*field).texts_of(item).collect::<Vec<_>>().join(" + "));
        }
        writeln!(out, "{}", parts.join(" | ")).expect("text");
    }
    for (code, dates) in dataset.iteration_dates.iter().enumerate().filter(|(_, dates)| **dates != IterationDates::NONE)
    {
        let name = dataset.list(ListField::Sprint).value(code as u32);
        let IterationDates { start, end, completed } = *dates;
        writeln!(out, "sprint {name}: {} to {}, completed {}", moment(start), moment(end), moment(completed))
            .expect("text");
    }
    writeln!(out, "present: {}", dataset.present.join(", ")).expect("text");
    for item in 0..dataset.len() {
        for Change { at, field, from, to, .. } in dataset.history.of_item(item) {
            writeln!(out, "{} {} {}: {from:?} to {to:?}", dataset.key(item), moment(at), field.id()).expect("text");
        }
    }
    dataset.record_tables().for_each(|records| records_of(records, &mut out));
    out
}

/// Every value of every record that is given.
fn records_of(records: &Records, out: &mut String) {
    writeln!(out, "{}:", records.kind().id()).expect("text");
    for row in 0..records.len() {
        let mut parts = vec![format!("line {}", records.line(row))];
        for &(name, kind) in records.kind().columns() {
            let value = match kind {
                ColumnKind::Text | ColumnKind::Category => records.text(name, row).replace('\n', "\\n"),
                ColumnKind::Moment => moment(records.moments(name)[row]),
                ColumnKind::Number => {
                    let number = records.numbers(name)[row];
                    if number.is_nan() { String::new() } else { number.to_string() }
                }
                ColumnKind::List => records
                    .list(name)
                    .map(|list| list.texts_of(row).collect::<Vec<_>>().join(" + "))
                    .unwrap_or_default(),
            };
            if !value.is_empty() {
                parts.push(format!("{name}: {value}"));
            }
        }
        writeln!(out, "{}", parts.join(" | ")).expect("text");
    }
}

/// The name a case is imported under: that of its file.
fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn assert_sound(name: &str, Imported { dataset, report }: &Imported) {
    assert_eq!(
        report.rows_read,
        report.kept + report.repeated + report.refused.len() as u64,
        "{name}: rows read = kept + repeated + refused"
    );
    assert!(
        report.kept == dataset.len() as u64 || dataset.record_count() > 0 || !dataset.history.is_empty(),
        "{name}: {} rows kept, {} items, no records and no changes",
        report.kept,
        dataset.len()
    );
    assert_eq!(dataset.uneven_column(), None, "{name}: columns of one length");
    let sprints = dataset.list(ListField::Sprint).values().len();
    assert!(dataset.iteration_dates.is_empty() || dataset.iteration_dates.len() == sprints, "{name}: sprint dates");
    for field in MomentField::ALL {
        // From 1900 to 2200: nothing undecided is left behind.
        let plausible = |moment: &i64| *moment == NO_MOMENT || (-2_300_000_000_000..7_300_000_000_000).contains(moment);
        assert!(dataset.moment(*field).iter().all(plausible), "{name}: {}", field.id());
    }
    let mut keys: Vec<&str> = dataset.text(TextField::Key).iter().collect();
    keys.sort_unstable();
    assert!(keys.iter().all(|key| !key.is_empty()), "{name}: a key is empty");
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{name}: a key occurs twice");
}

#[test]
fn every_export_reads_as_recorded() {
    for (name, path) in cases() {
        let bytes = std::fs::read(&path).expect("readable");
        let imported = import(&file_name(&path), &bytes, 64 << 10).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_sound(&name, &imported);
        let format = &imported.report.format;
        assert!(name.starts_with(&format!("{format}__")), "{name}: read as {format}");
        insta::assert_json_snapshot!(format!("{name}__report"), imported.report);
        insta::assert_snapshot!(format!("{name}__items"), items(&imported.dataset));
    }
}

#[test]
fn the_size_of_the_chunks_changes_nothing() {
    for (name, path) in cases() {
        let bytes = std::fs::read(&path).expect("readable");
        let whole = import(&file_name(&path), &bytes, bytes.len()).expect("readable");
        for chunk in [1, 7, 63, 64, 65, 4096] {
            let parts = import(&file_name(&path), &bytes, chunk).expect("readable");
            assert_eq!(parts.report, whole.report, "{name} in chunks of {chunk}");
            assert_eq!(items(&parts.dataset), items(&whole.dataset), "{name} in chunks of {chunk}");
        }
    }
}

#[test]
fn importing_twice_changes_nothing() {
    for (name, path) in cases() {
        let bytes = std::fs::read(&path).expect("readable");
        let dataset = import(&file_name(&path), &bytes, 1000).expect("readable").dataset;
        let once = merge_layers(&[&dataset]).0;
        let twice = merge_layers(&[&dataset, &dataset]).0;
        assert_eq!(items(&twice), items(&once), "{name}");
    }
}

#[test]
fn deployments_and_their_statuses_complete_each_other() {
    let read = |case: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/github-deployments").join(case);
        import("input.json", &std::fs::read(folder.join("input.json")).expect("readable"), 1000)
            .expect("readable")
            .dataset
    };
    let (list, statuses) = (read("rest-list"), read("statuses"));
    let merged = items(&merge_layers(&[&list, &statuses]).0);
    let first = merged.lines().find(|line| line.contains("id: 1 |")).expect("the first deployment");
    for told in [
        "commit: f1",
        "branch: main",
        "created-at: 2024-03-12T09:00:00Z",
        "status: success",
        "deployed-at: 2024-03-12T09:05:00Z",
    ] {
        assert!(first.contains(told), "{told} is missing: {first}");
    }
    assert_eq!(merged, items(&merge_layers(&[&statuses, &list]).0));
}

#[test]
fn the_encodings_of_one_table_read_alike() {
    let read = |case: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/jira-csv").join(case).join("input.csv");
        items(&import("input.csv", &std::fs::read(path).expect("readable"), 1000).expect("readable").dataset)
    };
    let expected = read("german-semicolon");
    assert_eq!(read("german-windows-1252"), expected);
    assert_eq!(read("utf16-tab"), expected);
}

/// The message of a file that cannot be read.
fn refusal(name: &str, bytes: &[u8]) -> String {
    match import(name, bytes, 100) {
        Ok(imported) => panic!("{name} was read: {:?}", imported.report),
        Err(error) => error.to_string(),
    }
}

#[test]
fn files_that_are_no_export_are_named_with_the_next_step() {
    let header = "Summary,Issue key,Issue id,Issue Type,Status\n";
    let cases: &[(&str, &[u8], &str, &str)] = &[
        ("empty.csv", b"", "the file is empty", "Export it again"),
        ("blank.csv", b"\xEF\xBB\xBF \r\n\r\n", "the file is empty", "Export it again"),
        ("header.csv", header.as_bytes(), "a header but no rows", "Export it again"),
        ("report.csv", b"%PDF-1.7\n%\xE2\xE3", "a PDF document", "Export CSV (all fields)"),
        ("sheet.csv", b"PK\x03\x04\x14\0\x06\0", "Excel workbook", "CSV UTF-8"),
        ("old.csv", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "an old Office file", "CSV UTF-8"),
        ("picture.csv", b"\x89PNG\r\n\x1A\n\0\0", "a PNG picture", "Export CSV"),
        ("packed.csv", b"\x1F\x8B\x08\0", "a gzip archive", "Unpack it"),
        ("login.csv", b"\n<!DOCTYPE html><html><title>Log in", "a web page (HTML)", "log in again"),
        ("rss.csv", b"<?xml version=\"1.0\"?><rss></rss>", "an XML document", "Export CSV"),
        (
            "entities.xml",
            b"<?xml version=\"1.0\"?>\n<!-- backup -->\n<entity-engine-xml><Issue/></entity-engine-xml>",
            "a backup of a whole Jira site",
            "Export CSV",
        ),
        (
            "cut.xml",
            b"<rss><channel><build-info/>\n<item><key>CUT-1</key><summary>x</summary></item>\n<item><key>CUT-2",
            "line 3: the file ends before </key>",
            "Export the file again",
        ),
        ("api.csv", b"{\"things\": []}", "a JSON document", "Export CSV"),
        ("noise.csv", b"\x01\0\0\x02\0\0\0\x03abc\0\0", "a binary file", "Export CSV"),
        ("other.csv", b"Name,Amount\nBread,3\n", "the first line reads \"Name\", \"Amount\"", "Export CSV"),
        (
            "no-key.csv",
            b"Summary,Issue id,Issue Type,Status,Custom field (Rank)\na,1,Bug,Open,x\n",
            "\"Issue key\" is missing",
            "add the column",
        ),
    ];
    for (name, bytes, what, next) in cases {
        let message = refusal(name, bytes);
        assert!(message.contains(what), "{name}: {message}");
        assert!(message.contains(next), "{name}: {message}");
    }
}

fn read_text(text: &str) -> Imported {
    let imported = import("text.csv", text.as_bytes(), 777).unwrap_or_else(|error| panic!("{error}"));
    assert_sound("text.csv", &imported);
    imported
}

const HEADER: &str = "Summary,Issue key,Issue id,Issue Type,Status,Created,Description\n";

#[test]
fn a_quote_that_is_never_closed_swallows_no_row() {
    let mut text = String::from(HEADER);
    for row in 1..=999 {
        let quote = if row == 1 { "\"" } else { "" };
        writeln!(text, "{quote}Item {row},BIG-{row},{row},Task,Open,02/Feb/24 9:00 AM,text").expect("text");
    }
    let Imported { dataset, report } = read_text(&text);
    assert_eq!(dataset.len(), 999);
    assert_eq!(report.warning_counts, [("unclosed-quote".to_owned(), 1)]);
    assert_eq!(report.warnings[0].line, 2);
}

#[test]
fn a_file_cut_inside_a_quoted_cell_keeps_what_was_read() {
    let text = format!(
        "{HEADER}One,CUT-1,1,Task,Open,02/Feb/24 9:00 AM,a\nTwo,CUT-2,2,Task,Open,02/Feb/24 9:00 AM,\"cut in the middle of\na text"
    );
    let Imported { dataset, report } = read_text(&text);
    assert_eq!(dataset.key(1), "CUT-2");
    assert_eq!(report.warning_counts, [("unclosed-quote".to_owned(), 1)]);
    assert_eq!(report.warnings[0].line, 3);
    assert_eq!(report.refused[0].line, 4, "the rest of the cut text is a line of its own");
}

#[test]
fn a_row_of_a_thousand_columns_is_refused_with_its_line() {
    let wide = vec!["x"; 1000].join(",");
    let Imported { dataset, report } = read_text(&format!("{HEADER}One,WID-1,1,Task,Open,,\n{wide}\n"));
    assert_eq!(dataset.len(), 1);
    assert_eq!(report.refused[0].line, 3);
    assert!(report.refused[0].reason.contains("1000 cells where the header has 7"), "{}", report.refused[0].reason);
}

#[test]
fn the_cap_of_the_exporter_is_noticed() {
    let file = |rows: usize| {
        let mut text = String::from(HEADER);
        for row in 1..=rows {
            writeln!(text, "x,CAP-{row},{row},Task,Open,02/Feb/24 9:00 AM,").expect("text");
        }
        read_text(&text).report.row_cap
    };
    assert!(file(1000).is_some_and(|words| words.contains("exactly 1000 rows")));
    assert_eq!(file(1001), None);
    assert_eq!(file(999), None);
}

#[test]
fn dates_follow_the_order_that_the_user_chose() {
    use throughline::importers::{DateOrder, OrderEvidence};
    let text = format!("{HEADER}One,ORD-1,1,Task,Open,03/04/2024,\n");
    let read = |order: Option<DateOrder>| {
        let date_orders = order.map(|order| ("Created".to_owned(), order)).into_iter().collect();
        let mut job =
            ImportJob::new("text.csv", ImportSettings { date_orders, ..ImportSettings::new(Calendar::default()) });
        job.push(text.as_bytes()).expect("readable");
        let Imported { dataset, report } = job.finish().expect("readable");
        (moment(dataset.moment(MomentField::Created)[0]), report.dates[0].clone())
    };
    let (assumed, reading) = read(None);
    assert_eq!((assumed.as_str(), reading.evidence), ("2024-04-03T00:00:00Z", OrderEvidence::Assumed));
    assert_eq!(reading.samples, [("03/04/2024".to_owned(), "2024-04-03".to_owned(), "2024-03-04".to_owned())]);
    let (chosen, reading) = read(Some(DateOrder::MonthFirst));
    assert_eq!((chosen.as_str(), reading.evidence), ("2024-03-04T00:00:00Z", OrderEvidence::Chosen));
}

#[test]
fn warnings_are_all_counted_and_listed_to_a_limit() {
    let mut text = String::from(HEADER);
    for row in 1..=500 {
        writeln!(text, "x,WRN-{row},{row},Task,Open,soon,").expect("text");
    }
    let report = read_text(&text).report;
    assert_eq!(report.warning_counts, [("not-a-date".to_owned(), 500)]);
    assert_eq!(report.warnings.len(), ImportReport::WARNINGS_KEPT);
}

#[path = "importers/properties.rs"]
mod properties;
