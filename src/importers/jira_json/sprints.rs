//! Sprints of an issue: objects of Jira Cloud and the Agile API, texts of Jira Server.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::importers::Problem;
use crate::importers::gathering::Gathering;
use crate::importers::jira_csv::sprint::{self, board_name};
use crate::importers::json::parts::{any, list, text};
use crate::model::{CategoryField, IterationDates, ListField, NO_MOMENT};

/// Names of sprints by id, as far as issues have told them.
pub(super) type SprintNames = BTreeMap<String, String>;

struct Sprint {
    id: String,
    name: String,
    dates: IterationDates,
    /// Number of its board; may be empty.
    board: String,
}

/// Sets the sprints of an issue, oldest first, and remembers their names.
pub(super) fn read(fields: &Value, names: &mut SprintNames, to: &mut Gathering) {
    let Some(map) = fields.as_object() else { return };
    let mut sprints: Vec<Sprint> = Vec::new();
    for (id, value) in map {
        if id == "sprint" || id == "closedSprints" {
            to.item.has_list(ListField::Sprint);
        } else if !id.starts_with("customfield_") {
            continue;
        }
        let values = if value.is_object() { vec![value] } else { list(value) };
        for value in values {
            sprints.extend(object(value, to));
            sprints.extend(records(value, to));
        }
    }
    // Future sprints have no start yet and come last; ids rise.
    let start = |dates: &IterationDates| if dates.start == NO_MOMENT { i64::MAX } else { dates.start };
    sprints.sort_by_key(|sprint| (start(&sprint.dates), sprint.id.parse::<u64>().unwrap_or(u64::MAX)));
    let mut known: Vec<String> = Vec::new();
    for sprint in sprints {
        let identity = if sprint.id.is_empty() { sprint.name.clone() } else { sprint.id.clone() };
        if known.contains(&identity) {
            continue;
        }
        known.push(identity);
        to.item.iteration(&sprint.name, sprint.dates);
        if !sprint.board.is_empty() {
            to.item.category(CategoryField::Board, &board_name(&sprint.board));
        }
        if !sprint.id.is_empty() {
            names.insert(sprint.id, sprint.name);
        }
    }
}

/// An object with the keys that only sprints have.
fn object(value: &Value, to: &mut Gathering) -> Option<Sprint> {
    let on_board = ["boardId", "originBoardId", "rapidViewId", "startDate"].iter().any(|key| value.get(key).is_some());
    if !(on_board && value["state"].is_string() && value["name"].is_string()) {
        return None;
    }
    Some(Sprint {
        id: text(&value["id"]).into_owned(),
        name: text(&value["name"]).into_owned(),
        dates: dates(to, &text(&value["startDate"]), &text(&value["endDate"]), &text(&value["completeDate"])),
        board: text(any(value, &["originBoardId", "boardId", "rapidViewId"])).into_owned(),
    })
}

/// The texts that Jira Server writes for its objects.
fn records(value: &Value, to: &mut Gathering) -> Vec<Sprint> {
    let Some(cell) = value.as_str().filter(|cell| sprint::is_record(cell)) else { return Vec::new() };
    let found = sprint::records(cell);
    if found.is_empty() {
        to.warn("sprint", cell, Problem::SprintText);
    }
    let read = |record: &sprint::SprintRecord<'_>, to: &mut Gathering| Sprint {
        id: record.id.unwrap_or_default().to_owned(),
        name: record.name.to_owned(),
        dates: dates(
            to,
            record.start.unwrap_or_default(),
            record.end.unwrap_or_default(),
            record.completed.unwrap_or_default(),
        ),
        board: record.board.unwrap_or_default().to_owned(),
    };
    found.iter().map(|record| read(record, to)).collect()
}

/// The dates of a sprint, from the texts of its start, planned end and completion.
pub(in crate::importers) fn dates(to: &mut Gathering, start: &str, end: &str, completed: &str) -> IterationDates {
    IterationDates {
        start: to.moment("startDate", start).unwrap_or(NO_MOMENT),
        end: to.moment("endDate", end).unwrap_or(NO_MOMENT),
        completed: to.moment("completeDate", completed).unwrap_or(NO_MOMENT),
    }
}
