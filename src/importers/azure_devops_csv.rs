//! Azure DevOps: *Boards → Queries → a query → Export to CSV*.
//!
//! One row per work item, with exactly the columns of the query, in its order; a query without date columns makes a file
//! without dates, so what is missing is named with how to add it. A tree query writes `Title 1`, `Title 2`… for its levels
//! (not seen in a real file). Dates follow the language of the browser and have no zone. It has no history and no iteration
//! dates. Source: real exports (`ID`, `Work Item Type`, `Title`, `State`, `Tags`, `Activated Date`, `Closed Date`, `Parent`)
//! and the names of the fields.

use super::gathering::Gathering;
use super::table::{ColumnSpec, DateRole, DurationUnit, Grammar, Row, TableFormat, column, ended_by};
use super::{Imported, Importer};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static AZURE_DEVOPS_CSV: Importer = Importer {
    id: "azure-devops-csv",
    title: "Azure DevOps query CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| Ok(ended_by(FORMAT.start(head, settings)?, name_missing_columns)),
};

const LATER: Grammar = Grammar::Date(DateRole::Later);
const HOURS: Grammar = Grammar::Duration(DurationUnit::Hours);
/// Levels of a tree query.
const LEVELS: [&str; 8] = ["title 1", "title 2", "title 3", "title 4", "title 5", "title 6", "title 7", "title 8"];

const fn level(id: &'static str, names: &'static [&'static str]) -> ColumnSpec {
    column(id, names, Grammar::Text, "title")
}

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["type"], &["title", "title 1"]],
    score: 95,
    columns: &[
        column("id", &["id"], Grammar::Text, "key"),
        column("type", &["work item type"], Grammar::Text, "type"),
        column("title", &["title"], Grammar::Text, "title"),
        level("title 1", &["title 1"]),
        level("title 2", &["title 2"]),
        level("title 3", &["title 3"]),
        level("title 4", &["title 4"]),
        level("title 5", &["title 5"]),
        level("title 6", &["title 6"]),
        level("title 7", &["title 7"]),
        level("title 8", &["title 8"]),
        column("state", &["state"], Grammar::Text, "status"),
        column("reason", &["reason"], Grammar::Text, "resolution"),
        column("assignee", &["assigned to"], Grammar::Text, "assignee"),
        column("creator", &["created by"], Grammar::Text, "reporter"),
        column("project", &["team project"], Grammar::Text, "project"),
        column("area", &["area path"], Grammar::Text, "component"),
        column("iteration", &["iteration path"], Grammar::Text, "sprint"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("tags", &["tags"], Grammar::List(&[';']), "label"),
        column("parent", &["parent"], Grammar::Text, "parent"),
        column("created", &["created date"], Grammar::Date(DateRole::Created), "created"),
        column("changed", &["changed date"], LATER, "updated"),
        column("activated", &["activated date"], LATER, "started"),
        column("closed", &["closed date"], LATER, "resolved"),
        column("state changed", &["state change date"], LATER, "status-category-changed"),
        column("due", &["due date", "target date"], Grammar::Date(DateRole::Other), "due"),
        // Each process has its own name for the size: Agile, Scrum, CMMI.
        column("story points", &["story points"], Grammar::Number, "points"),
        column("effort", &["effort"], Grammar::Number, "points"),
        column("size", &["size"], Grammar::Number, "points"),
        column("estimate", &["original estimate"], HOURS, "original-estimate-hours"),
        column("remaining", &["remaining work"], HOURS, "remaining-hours"),
        column("completed", &["completed work"], HOURS, "logged-hours"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() || !id.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(format!("\"{}\" under \"ID\" is not the number of a work item", super::dates::shortened(id)));
    }
    let key = format!("AB#{id}");
    let parent = parent_in_tree(row, &key, &mut to.outline);
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, title(row));
    row.categories(
        item,
        &[
            (CategoryField::Type, "type"),
            (CategoryField::Status, "state"),
            (CategoryField::Project, "project"),
            (CategoryField::Priority, "priority"),
        ],
    );
    for (field, id) in [(CategoryField::Assignee, "assignee"), (CategoryField::Reporter, "creator")] {
        if row.has(id) {
            item.category(field, row.person(id));
        }
    }
    state(row, item);
    if row.has("parent") {
        let parent = row.text("parent").trim_end_matches(".0");
        item.category(CategoryField::Parent, &if parent.is_empty() { String::new() } else { format!("AB#{parent}") });
    } else if row.has(LEVELS[1]) {
        item.category(CategoryField::Parent, &parent);
    }
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Updated, "changed"),
            (MomentField::Started, "activated"),
            (MomentField::Resolved, "closed"),
            (MomentField::StatusCategoryChanged, "state changed"),
            (MomentField::Due, "due"),
        ],
    );
    let sizes = ["story points", "effort", "size"];
    if sizes.iter().any(|id| row.has(id)) {
        item.number(NumberField::Points, sizes.iter().find_map(|id| row.number(id)));
    }
    row.numbers(
        item,
        &[
            (NumberField::OriginalEstimateHours, "estimate"),
            (NumberField::RemainingHours, "remaining"),
            (NumberField::LoggedHours, "completed"),
        ],
    );
    row.lists(item, &[(ListField::Label, "tags")]);
    paths(row, item);
    to.keep_item_as_given()
}

fn title<'a>(row: &Row<'a>) -> &'a str {
    let levels = LEVELS.iter().map(|id| row.text(id)).find(|text| !text.is_empty());
    match row.text("title") {
        "" => levels.unwrap_or_default(),
        title => title,
    }
}

/// The key of the last row one level higher; empty for the highest level and in flat queries.
fn parent_in_tree(row: &Row<'_>, key: &str, above: &mut Vec<String>) -> String {
    let Some(level) = LEVELS.iter().position(|id| !row.text(id).is_empty()) else { return String::new() };
    above.truncate(level);
    let parent = if above.len() == level { above.last().cloned().unwrap_or_default() } else { String::new() };
    // A level that was left out has no key of its own.
    above.resize(level, String::new());
    above.push(key.to_owned());
    parent
}

/// The CSV does not have the category of a state; these are those of the processes that come with the tool.
fn state(row: &Row<'_>, item: &mut crate::model::ItemRow) {
    let state = row.text("state");
    let is_one_of = |words: &[&str]| words.iter().any(|word| state.eq_ignore_ascii_case(word));
    let category = if is_one_of(&["New", "To Do", "Proposed", "Approved"]) {
        "To do"
    } else if is_one_of(&["Active", "Committed", "Doing", "In Progress", "Resolved"]) {
        // Resolved is not closed yet: it waits for its verification.
        "In progress"
    } else if is_one_of(&["Closed", "Done", "Completed", "Removed"]) {
        "Done"
    } else {
        ""
    };
    if row.has("state") {
        item.category(CategoryField::StatusCategory, category);
    }
    if state.eq_ignore_ascii_case("Removed") {
        item.category(CategoryField::Resolution, "Removed");
    } else if category == "Done" && row.has("reason") {
        item.category(CategoryField::Resolution, row.text("reason"));
    }
}

/// `Kitchen\Release 1\Sprint 3`: the first part is the project, the rest names the iteration. An item of the project itself is
/// in no iteration.
fn paths(row: &Row<'_>, item: &mut crate::model::ItemRow) {
    for (id, is_iteration) in [("iteration", true), ("area", false)] {
        if !row.has(id) {
            continue;
        }
        let (project, rest) = row.text(id).split_once('\\').unwrap_or((row.text(id), ""));
        if is_iteration {
            item.has_list(ListField::Sprint).iteration(rest, IterationDates::NONE);
        } else {
            item.has_list(ListField::Component).add(ListField::Component, rest);
        }
        if item.category_of(CategoryField::Project).is_empty() {
            item.category(CategoryField::Project, project);
        }
    }
}

/// A query without date columns is the usual case, and no chart tells why it is empty.
fn name_missing_columns(imported: &mut Imported, _bytes: u64) {
    let wanted = [
        ("Created Date", "created"),
        ("Activated Date", "started"),
        ("Closed Date", "resolved"),
        ("Changed Date", "updated"),
        ("Iteration Path", "sprint"),
        ("Story Points (or Effort, Size)", "points"),
    ];
    let missing: Vec<&str> =
        wanted.iter().filter(|(_, field)| !imported.dataset.is_present(field)).map(|(column, _)| *column).collect();
    if !missing.is_empty() {
        imported.report.decisions.push(format!(
            "The query has no column {}. In Azure Boards, open the query, choose \"Column options\", add them and export the CSV again.",
            missing.join(", ")
        ));
    }
}
