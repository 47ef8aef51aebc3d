//! Stage dates: the table that ActionableAgile reads, `ID,Link,Title,<stages>,<attributes>`.
//!
//! One row per work item; each stage column holds the day on which the item entered the stage, in the order of the workflow.
//! Read as items with history: the last filled stage is the status, the first column's date the creation, the last column's
//! date the finish. Moves back are not in such a table. Source: ActionableAgile's description of its file.

use super::csv::{CsvScanner, cell_text};
use super::dates::is_date;
use super::gathering::Gathering;
use super::table::{ColumnSpec, DateRole, Grammar, Row, TableFormat, TableHead, column};
use super::{Confidence, FileHead, ImportError, ImportSettings, Importer, Reading};
use crate::model::{CategoryField, ChangeField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static STAGE_DATES_CSV: Importer =
    Importer { id: "stage-dates-csv", title: "Stage dates (ActionableAgile)", detect, start };

const COMMA: Grammar = Grammar::List(&[',', ';', '|']);

/// The columns of the file, those of the stages by their number: the file names them as it likes.
macro_rules! columns {
    ($($stage:literal),*) => {
        /// What the stage columns are called while the file is read.
        const STAGES: &[&str] = &[$($stage),*];
        static COLUMNS: &[ColumnSpec] = &[
            column("id", &["id", "key"], Grammar::Text, "key"),
            column("title", &["title", "name"], Grammar::Text, "title"),
            column("type", &["type", "item type", "issue type", "work item type"], Grammar::Text, "type"),
            column("assignee", &["assignee", "assigned to", "owner"], Grammar::Text, "assignee"),
            column("team", &["team"], Grammar::Text, "team"),
            column("project", &["project"], Grammar::Text, "project"),
            column("priority", &["priority"], Grammar::Text, "priority"),
            column("parent", &["parent", "epic"], Grammar::Text, "parent"),
            column("labels", &["labels", "tags"], COMMA, "label"),
            column("points", &["story points", "points"], Grammar::Number, "points"),
            column("sprint", &["sprint", "iteration"], Grammar::Text, "sprint"),
            $(column($stage, &[$stage], Grammar::Date(DateRole::Other), "history"),)*
        ];
    };
}
columns!(
    "stage 1", "stage 2", "stage 3", "stage 4", "stage 5", "stage 6", "stage 7", "stage 8", "stage 9", "stage 10",
    "stage 11", "stage 12", "stage 13", "stage 14", "stage 15", "stage 16", "stage 17", "stage 18", "stage 19",
    "stage 20", "stage 21", "stage 22", "stage 23", "stage 24", "stage 25", "stage 26", "stage 27", "stage 28",
    "stage 29", "stage 30", "stage 31", "stage 32", "stage 33", "stage 34", "stage 35", "stage 36", "stage 37",
    "stage 38", "stage 39", "stage 40"
);

static FORMAT: TableFormat = TableFormat { marks: &[&["id"], &["title"]], score: 85, columns: COLUMNS, row };

/// Names of date columns in any tracker's table: a table that has them tells of events, not of stages.
const EVENTS: &[&str] = &[
    "created",
    "created at",
    "created date",
    "created_at",
    "updated",
    "updated at",
    "updated_at",
    "modified",
    "last modified",
    "due",
    "due date",
    "start",
    "start date",
    "end",
    "end date",
    "deadline",
    "date",
];

/// The table with its stage columns renamed; `None` when it is of another kind.
fn layout(head: &FileHead<'_>) -> Option<(TableHead, Vec<String>)> {
    let is_attribute = |name: &str| COLUMNS.iter().any(|spec| spec.names.contains(&name));
    let mut table = TableHead::find(head, |name| is_attribute(name) && !STAGES.contains(&name))?;
    if !matches!(table.names.first()?.as_str(), "id" | "key") {
        return None;
    }
    let front = |wanted: &[&str]| table.names.iter().take(4).position(|name| wanted.contains(&name.as_str()));
    let first = front(&["title", "name"])?.max(front(&["link", "url"]).unwrap_or(0)) + 1;
    let tallies = tallies(head, &table);
    let is_stage = |place: &usize| {
        let (dates, others) = tallies.get(*place).copied().unwrap_or_default();
        // One damaged cell makes no attribute of a stage; an empty column may be a stage that nothing has reached.
        others * 10 <= dates && !(is_attribute(&table.names[*place]) && dates == 0)
    };
    let end = (first..table.names.len()).take_while(is_stage).last()? + 1;
    let dated = (first..end).filter(|&place| tallies[place].0 > 0).count();
    let tells_events = table.names[first..end].iter().any(|name| EVENTS.contains(&name.as_str()));
    if dated < 2 || tells_events || end - first > STAGES.len() {
        return None;
    }
    for name in table.names.iter_mut().filter(|name| STAGES.contains(&name.as_str())) {
        name.clear();
    }
    for (name, stage) in table.names[first..end].iter_mut().zip(STAGES) {
        (*stage).clone_into(name);
    }
    let stages = table.headers[first..end].iter().map(|header| header.trim().to_owned()).collect();
    Some((table, stages))
}

/// For each column of the head: cells that are dates, cells that are something else.
fn tallies(head: &FileHead<'_>, table: &TableHead) -> Vec<(usize, usize)> {
    let mut tallies = vec![(0, 0); table.names.len()];
    let mut skip = table.header_records;
    let mut scratch = String::new();
    let mut scanner = CsvScanner::new(table.delimiter);
    let mut count = |record: &super::csv::Record<'_>| {
        if skip > 0 {
            skip -= 1;
            return Ok(());
        }
        for (place, (dates, others)) in tallies.iter_mut().enumerate() {
            match cell_text(record.raw(place), &mut scratch).text {
                "" => {}
                text if is_date(text) => *dates += 1,
                _ => *others += 1,
            }
        }
        Ok(())
    };
    let read = scanner.push(head.text.as_bytes(), &mut count);
    if read.is_ok() && head.complete {
        scanner.finish(&mut count).ok();
    }
    tallies
}

fn detect(head: &FileHead<'_>) -> Confidence {
    if FORMAT.detect(head).score == 0 {
        return Confidence::NONE;
    }
    layout(head).map_or(Confidence::NONE, |(table, stages)| Confidence {
        score: FORMAT.score,
        evidence: format!("\"{}\" and dates under \"{}\"", table.headers[0].trim(), stages.join("\", \"")),
    })
}

fn start(head: &FileHead<'_>, settings: &ImportSettings) -> Result<Box<dyn Reading>, ImportError> {
    let (table, _) = layout(head).ok_or_else(|| ImportError::Unknown {
        seen: "no columns of dates were found after the title".into(),
        next: "Put the columns in this order: ID, Link, Title, then one column per stage".into(),
        table: None,
    })?;
    FORMAT.start_at(table, head.name, settings)
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row names no id, so it cannot be told which item it is".into());
    }
    // A bare number would be the same item as any other tracker's of that number.
    let is_number = id.bytes().all(|digit| digit.is_ascii_digit());
    let key = if is_number { format!("stages:{id}") } else { id.to_owned() };
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, row.text("title"));
    row.categories(
        item,
        &[
            (CategoryField::Type, "type"),
            (CategoryField::Assignee, "assignee"),
            (CategoryField::Team, "team"),
            (CategoryField::Project, "project"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Parent, "parent"),
        ],
    );
    row.numbers(item, &[(NumberField::Points, "points")]);
    row.lists(item, &[(ListField::Label, "labels")]);
    if row.has("sprint") {
        item.has_list(ListField::Sprint).iteration(row.text("sprint"), IterationDates::NONE);
    }
    let finish = STAGES.iter().rfind(|stage| row.has(stage)).copied().unwrap_or_default();
    item.moment(MomentField::Created, row.moment(STAGES[0])).moment(MomentField::Resolved, row.moment(finish));
    let entered: Vec<(i64, &str)> =
        STAGES.iter().filter_map(|stage| Some((row.moment(stage)?, row.header(stage)))).collect();
    let status = entered.last().map_or("", |(_, stage)| stage);
    let is_done = row.moment(finish).is_some();
    item.category(CategoryField::Status, status)
        .category(CategoryField::StatusCategory, if is_done { "Done" } else { "" });
    let moved_back = add_history(&entered, item);
    if moved_back {
        to.note("Some items entered a stage before an earlier stage of the workflow; their moves are told in the order of the dates.".into());
    }
    to.note(format!("Each date is the moment at which an item entered the stage; those under \"{}\", the last stage, are read as finishing.", row.header(finish)));
    to.keep_item()
}

/// Tells every entry into a stage; true when the dates do not follow the order of the stages. Entries on one day stay in the
/// order of the stages, a millisecond apart: that day is all that the table says.
fn add_history(entered: &[(i64, &str)], item: &mut crate::model::ItemRow) -> bool {
    let mut sorted = entered.to_vec();
    sorted.sort_by_key(|&(at, _)| at);
    let (mut from, mut last) = ("", i64::MIN);
    for &(at, stage) in &sorted {
        last = at.max(last.saturating_add(1));
        item.change(last, ChangeField::Status, from, stage);
        from = stage;
    }
    sorted != entered
}
