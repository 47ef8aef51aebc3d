//! Any table whose columns the user names: for tools that are not known, and for tables made by hand. JSON counts as a table
//! where it is a list of objects ([`json`]).
//!
//! A mapping says for each column of the file which field it feeds. It is guessed from the column's name and from its cells,
//! corrected by the user, and remembered by the file's signature, its header.

mod columns;
mod guess;
mod json;
mod sample;

use serde::{Deserialize, Serialize};

use super::table::{DurationUnit, Grammar, MappedTable, Row, TableFormat};
use super::{FileHead, ImportError, ImportSettings, Importer, Reading, gathering::Gathering};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField};

use columns::COLUMNS;
use sample::SampleSource;
pub use sample::{ColumnSample, TableSample, sample_of};

/// Which column of a table feeds which field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The header it is for: [`TableSample::signature`].
    pub signature: String,
    /// Position of the column in the file, from 0, and the field: an id of [`mapped_fields`]. A list may take several columns.
    pub columns: Vec<(u32, String)>,
}

/// A field that a column can feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MappedField {
    /// The id, as elsewhere.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What its cells must be.
    pub kind: &'static str,
}

/// The importer; it never recognises a file by itself.
pub(super) static MAPPED: Importer = Importer {
    id: super::MAPPED_ID,
    title: "Table, columns as you named them",
    detect: |_| super::Confidence::NONE,
    start,
};

const LIST: Grammar = Grammar::List(&[',', ';', '|', '\n']);
const HOURS: Grammar = Grammar::Duration(DurationUnit::Hours);

static FORMAT: TableFormat = TableFormat { marks: &[], score: 0, columns: COLUMNS, row };

/// Every field that a column can feed, in the order they are offered.
pub fn mapped_fields() -> impl Iterator<Item = MappedField> {
    COLUMNS.iter().map(|column| MappedField {
        id: column.id,
        title: title_of(column.id),
        kind: kind_of(column.grammar),
    })
}

fn title_of(id: &str) -> &'static str {
    match id {
        "key" => "Key",
        "title" => "Title",
        "type" => "Type",
        "status" => "Status",
        "project" => "Project",
        "priority" => "Priority",
        "resolution" => "Resolution",
        "assignee" => "Assignee",
        "reporter" => "Reporter",
        "team" => "Team",
        "board" => "Board",
        "parent" => "Parent or epic",
        "created" => "Created",
        "updated" => "Updated",
        "started" => "Work started",
        "resolved" => "Finished",
        "due" => "Due",
        "points" => "Points",
        "original-estimate-hours" => "Estimate in hours",
        "remaining-hours" => "Remaining hours",
        "logged-hours" => "Logged hours",
        "sprint" => "Sprint",
        "sprint-start" => "Start of the sprint",
        "sprint-end" => "End of the sprint",
        "label" => "Labels",
        "component" => "Components",
        "fix-version" => "Version",
        "blocked-by" => "Blocked by",
        _ => "Blocks",
    }
}

const fn kind_of(grammar: Grammar) -> &'static str {
    match grammar {
        Grammar::Text => "text",
        Grammar::Date(_) | Grammar::UtcDate(_) => "date",
        Grammar::Number => "number",
        Grammar::Duration(_) => "hours",
        Grammar::List(_) => "list",
    }
}

fn start(head: &FileHead<'_>, settings: &ImportSettings) -> Result<Box<dyn Reading>, ImportError> {
    let sample = sample_of(head).ok_or_else(|| ImportError::Unknown {
        seen: "no table was found in the file".into(),
        next: "Save it as CSV with one line of column names".into(),
        table: None,
    })?;
    let mapping = settings.mapping_of(&sample).cloned().unwrap_or_else(|| sample.guess.clone());
    if !mapping.columns.iter().any(|(_, field)| field == "key" || field == "title") {
        return Err(ImportError::Unknown {
            seen: "no column is named as the key or the title of an item".into(),
            next: "Say which column holds the key, or at least the title".into(),
            table: Some(Box::new(sample)),
        });
    }
    let places = mapping.columns.iter().filter_map(|(place, field)| {
        let spec = COLUMNS.iter().find(|column| column.id == field)?;
        Some((*place as usize, spec))
    });
    let places = places.collect();
    match sample.source {
        SampleSource::Text { table } => FORMAT.start_mapped(MappedTable { head: table, places }, head.name, settings),
        SampleSource::Json { array } => {
            let paths = sample.columns.into_iter().map(|column| column.header).collect();
            json::start(&array, paths, places, head.name, settings)
        }
    }
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let title = row.text("title");
    // A table without keys: the title names the item, as it does for the people who keep the table.
    let key = if row.has("key") { row.text("key") } else { title };
    let item = &mut to.item;
    item.text(TextField::Key, key).text(TextField::Title, title);
    for &field in CategoryField::ALL {
        if row.has(field.id()) {
            let is_person = matches!(field, CategoryField::Assignee | CategoryField::Reporter);
            item.category(field, if is_person { row.person(field.id()) } else { row.text(field.id()) });
        }
    }
    for &field in MomentField::ALL {
        if row.has(field.id()) {
            item.moment(field, row.moment(field.id()));
        }
    }
    for &field in NumberField::ALL {
        if row.has(field.id()) {
            item.number(field, row.number(field.id()));
        }
    }
    for &field in ListField::ALL {
        if row.has(field.id()) {
            item.has_list(field);
            for text in row.list(field.id()) {
                item.add(field, text);
            }
        }
    }
    if let (Some(name), Some(start), Some(end)) =
        (row.list("sprint").last(), row.moment("sprint-start"), row.moment("sprint-end"))
    {
        let (name, dates) = ((*name).to_owned(), IterationDates { start, end, completed: NO_MOMENT });
        item.iteration(&name, dates);
    }
    to.keep_item()
}
