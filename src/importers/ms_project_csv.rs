//! Microsoft Project: a table of tasks saved as CSV (File, Save As, CSV), or copied into one.
//!
//! The columns are those of the export map, in the language of the program: English and German are known, with spaces or with
//! the underscores that the map for Excel writes. One work item per task and one dependency per predecessor; outline levels
//! give parents. Tasks are known by their number in the file, so that the XML, which has lasting ids, is the better choice: keys
//! of the two do not meet. Durations are spans, not work, and are not read. Source: the names of Project's fields and its
//! notation of links (`3FS+2 days`); no real file was seen.

use super::durations;
use super::gathering::Gathering;
use super::table::{ColumnSpec, DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::{Importer, Problem};
use crate::model::{CategoryField, Cell, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, TextField};

/// The importer.
pub(super) static MS_PROJECT_CSV: Importer = Importer {
    id: "ms-project-csv",
    title: "Microsoft Project CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;
const DATE: Grammar = Grammar::Date(DateRole::Other);
const HOURS: Grammar = Grammar::Duration(DurationUnit::Hours);
/// A list of links or people; a list separator is that of the computer.
const LIST: Grammar = Grammar::List(&[',', ';']);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["name"], &["duration"], &["start"], &["finish"], &["predecessors", "resources", "level", "uid"]],
    score: 85,
    columns: COLUMNS,
    row,
};

const COLUMNS: &[ColumnSpec] = &[
    column("id", &["id", "nr."], TEXT, "key"),
    column("uid", &["unique id", "unique_id", "eindeutige nr.", "eindeutige_nr."], TEXT, ""),
    column("name", &["task name", "task_name", "name", "vorgangsname"], TEXT, "title"),
    column("duration", &["duration", "dauer"], TEXT, ""),
    column("start", &["start", "start_date", "anfang"], DATE, ""),
    column("finish", &["finish", "finish_date", "ende", "fertig stellen", "fertig_stellen"], DATE, "due"),
    column("predecessors", &["predecessors", "vorgänger"], LIST, "blocked-by"),
    column("resources", &["resource names", "resource_names", "ressourcennamen"], LIST, "assignee"),
    column("level", &["outline level", "outline_level", "gliederungsebene"], TEXT, "parent"),
    column(
        "complete",
        &["% complete", "percent complete", "percent_complete", "% abgeschlossen", "%_complete"],
        TEXT,
        "status",
    ),
    column("summary", &["summary", "sammelvorgang"], TEXT, "type"),
    column("milestone", &["milestone", "meilenstein"], TEXT, "type"),
    column("actual start", &["actual start", "actual_start", "ist-anfang", "tatsächlicher anfang"], DATE, "started"),
    column("actual finish", &["actual finish", "actual_finish", "ist-ende", "tatsächliches ende"], DATE, "resolved"),
    column("baseline finish", &["baseline finish", "baseline_finish"], DATE, "due"),
    column("deadline", &["deadline", "stichtag"], DATE, "due"),
    column("work", &["work", "arbeit"], HOURS, "original-estimate-hours"),
    column("remaining work", &["remaining work", "remaining_work"], HOURS, "remaining-hours"),
    column("actual work", &["actual work", "actual_work"], HOURS, "logged-hours"),
    column("priority", &["priority", "priorität"], TEXT, "priority"),
];

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let (number, name) = (row.text("id"), row.text("name"));
    if name.is_empty() {
        return Err("the row has no task name: it is an empty line of the plan".into());
    }
    let key = if number.is_empty() { to.key_of_name(name) } else { key_of(to, number) };
    let percent = row.text("complete").trim_end_matches('%').trim().replace(',', ".").parse::<f64>().ok();
    let percent = percent.unwrap_or(0.0);
    let is_done = percent >= 100.0 || row.moment("actual finish").is_some();
    let is_begun = percent > 0.0 || row.moment("actual start").is_some();
    let (status, category) = match (is_done, is_begun) {
        (true, _) => ("Complete", "Done"),
        (_, true) => ("In progress", "In progress"),
        _ => ("Not started", "To do"),
    };
    let is_summary = row.is_true("summary");
    let kind = match (is_summary, row.is_true("milestone")) {
        (true, _) => "Summary task",
        (_, true) => "Milestone",
        _ => "Task",
    };
    let parent = parent(row, &key, to);
    let project = to.file_stem().to_owned();
    let people = row.list("resources");
    let person = people.first().map_or("", |name| name.split('[').next().unwrap_or(name).trim());
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, name);
    item.category(CategoryField::Type, kind).category(CategoryField::Project, &project);
    item.category(CategoryField::Assignee, person);
    if row.has("complete") || row.has("actual start") || row.has("actual finish") {
        item.category(CategoryField::Status, status).category(CategoryField::StatusCategory, category);
    }
    if row.has("level") {
        item.category(CategoryField::Parent, &parent);
    }
    row.categories(item, &[(CategoryField::Priority, "priority")]);
    row.moments(item, &[(MomentField::Started, "actual start"), (MomentField::Resolved, "actual finish")]);
    item.moment(MomentField::Due, ["deadline", "baseline finish", "finish"].into_iter().find_map(|id| row.moment(id)));
    // A summary repeats the hours of its tasks, and a work of 0 is that of a task without anybody assigned.
    let has_work = !is_summary && row.hours("work").is_none_or(|hours| hours > 0.0);
    for (field, id) in [
        (NumberField::OriginalEstimateHours, "work"),
        (NumberField::RemainingHours, "remaining work"),
        (NumberField::LoggedHours, "actual work"),
    ] {
        if row.has(id) {
            item.number(field, row.hours(id).filter(|_| has_work));
        }
    }
    if people.len() > 1 {
        to.note("Some tasks have several resources; each is counted for the first one.".into());
    }
    links(row, &key, &project, to);
    to.keep_item_as_given()
}

/// Numbers of tasks mean something within their file only.
fn key_of(to: &Gathering, number: &str) -> String {
    format!("{}#{number}", to.file_stem())
}

/// The task above, by the outline level.
fn parent(row: &Row<'_>, key: &str, to: &mut Gathering) -> String {
    let level = row.text("level").parse::<usize>().unwrap_or(1).clamp(1, 100);
    to.outline.truncate(level - 1);
    let parent = to.outline.last().cloned().unwrap_or_default();
    to.outline.resize(level - 1, String::new());
    to.outline.push(key.to_owned());
    parent
}

fn links(row: &Row<'_>, key: &str, project: &str, to: &mut Gathering) {
    if !row.has("predecessors") {
        return;
    }
    to.item.has_list(ListField::BlockedBy);
    for text in row.list("predecessors") {
        let Some(Link { number, kind, lag }) = link(text) else {
            to.warn(row.header("predecessors"), text, Problem::NotANumber);
            continue;
        };
        let from = key_of(to, number);
        // Only this kind of link keeps a task from being started until another one is done.
        if kind == "finish-start" {
            to.item.add(ListField::BlockedBy, &from);
        }
        to.record(
            RecordKind::Dependency,
            &[
                ("source", Cell::Text(&format!("msp {project}"))),
                ("id", Cell::Text(&format!("{from} > {key}"))),
                ("updated", Cell::Moment(NO_MOMENT)),
                ("from", Cell::Text(&from)),
                ("to", Cell::Text(key)),
                ("kind", Cell::Text(kind)),
                ("lag-hours", Cell::Number(lag)),
            ],
        );
    }
}

#[derive(Debug, PartialEq)]
struct Link<'a> {
    number: &'a str,
    kind: &'static str,
    /// Working hours; NaN when it is in percent or in elapsed time, which runs through nights.
    lag: f64,
}

/// `3`, `3SS`, `3FS+2 days`, in German `3EA+2 Tage`. `None` when it names no task of this file.
fn link(text: &str) -> Option<Link<'_>> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if number.is_empty() {
        return None;
    }
    let (kind, lag) = rest.split_at(rest.find(['+', '-']).unwrap_or(rest.len()));
    let kind = match kind.trim().to_uppercase().as_str() {
        "" | "FS" | "EA" => "finish-start",
        "SS" | "AA" => "start-start",
        "FF" | "EE" => "finish-finish",
        "SF" | "AE" => "start-finish",
        _ => return None,
    };
    let words = lag.trim_start_matches('+').to_lowercase().replace("tage", "days").replace("tag", "day");
    let lag = if lag.is_empty() { Some(0.0) } else { durations::hours(&words, DurationUnit::Hours) };
    Some(Link { number, kind, lag: lag.unwrap_or(f64::NAN) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_a_kind_and_a_lag() {
        for (text, number, kind, lag) in [
            ("3", "3", "finish-start", 0.0),
            ("12FS+2 days", "12", "finish-start", 16.0),
            ("4SS-3 hrs", "4", "start-start", -3.0),
            ("5EA+1 Tag", "5", "finish-start", 8.0),
            ("6AE", "6", "start-finish", 0.0),
        ] {
            assert_eq!(link(text), Some(Link { number, kind, lag }), "{text}");
        }
        assert!(link("7FF+50%").is_some_and(|link| link.lag.is_nan()));
        for text in ["", "x", "C:\\other.mpp\\3", "3XY"] {
            assert_eq!(link(text), None, "{text}");
        }
    }
}
