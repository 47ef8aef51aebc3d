//! Asana: *a project → ⌄ → Export/Print → CSV*.
//!
//! One row per task of the project; dates without a time. A task is completed or not, whatever section it stands in. Parents
//! and dependencies are given by name, and are joined where the name occurs once. It has no history.
//! Source: the header that importers and their fixtures expect; no real export was found.

use std::collections::HashMap;

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, Grammar, Row, TableFormat, column, ended_by};
use crate::model::{
    Categorical, CategoryField, Dataset, IterationDates, ListColumn, ListField, MomentField, NumberField, TextField,
};

/// The importer.
pub(super) static ASANA_CSV: Importer = Importer {
    id: "asana-csv",
    title: "Asana project CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| {
        Ok(ended_by(FORMAT.start(head, settings)?, |imported, _| join_names(&mut imported.dataset)))
    },
};

const COMMA: Grammar = Grammar::List(&[',']);
const LATER: Grammar = Grammar::Date(DateRole::Later);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["created"], &["completed"], &["name"], &["modified"]],
    score: 95,
    columns: &[
        column("id", &["task id"], Grammar::Text, "key"),
        column("created", &["created at"], Grammar::Date(DateRole::Created), "created"),
        column("completed", &["completed at"], LATER, "resolved"),
        column("modified", &["last modified"], LATER, "updated"),
        column("name", &["name"], Grammar::Text, "title"),
        column("section", &["section/column"], Grammar::Text, "status"),
        column("assignee", &["assignee"], Grammar::Text, "assignee"),
        column("due", &["due date"], Grammar::Date(DateRole::Other), "due"),
        column("tags", &["tags"], COMMA, "label"),
        column("projects", &["projects"], COMMA, "project"),
        column("parent", &["parent task"], Grammar::Text, "parent"),
        column("blocked by", &["blocked by (dependencies)"], COMMA, "blocked-by"),
        column("blocking", &["blocking (dependencies)"], COMMA, "blocks"),
        // Fields of the project itself, by the names that people give them.
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("type", &["type", "task type"], Grammar::Text, "type"),
        column("points", &["story points", "points"], Grammar::Number, "points"),
        column("sprint", &["sprint"], Grammar::Text, "sprint"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row has no value in \"Task ID\", so it cannot be told which task it is".into());
    }
    let item = &mut to.item;
    item.text(TextField::Key, &format!("asana:{id}")).text(TextField::Title, row.text("name"));
    let section = row.text("section");
    let (status, category) = match (row.moment("completed"), section) {
        (Some(_), _) => ("Completed", "Done"),
        (None, "") => ("Incomplete", "To do"),
        (None, section) => (section, ""),
    };
    item.category(CategoryField::Status, status).category(CategoryField::StatusCategory, category);
    row.categories(
        item,
        &[
            (CategoryField::Assignee, "assignee"),
            (CategoryField::Parent, "parent"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Type, "type"),
        ],
    );
    if row.has("projects") {
        item.category(CategoryField::Project, row.list("projects").first().copied().unwrap_or_default());
    }
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Resolved, "completed"),
            (MomentField::Updated, "modified"),
            (MomentField::Due, "due"),
        ],
    );
    row.numbers(item, &[(NumberField::Points, "points")]);
    row.lists(
        item,
        &[(ListField::Label, "tags"), (ListField::BlockedBy, "blocked by"), (ListField::Blocks, "blocking")],
    );
    if row.has("sprint") {
        item.has_list(ListField::Sprint).iteration(row.text("sprint"), IterationDates::NONE);
    }
    to.keep_item_as_given()
}

/// Puts keys in the place of names that exactly one task has. A name of no task stays: its task is not in the file.
fn join_names(dataset: &mut Dataset) {
    let mut keys: HashMap<&str, Option<&str>> = HashMap::new();
    let titles = dataset.text(TextField::Title);
    for item in 0..dataset.len() {
        let seen = keys.entry(titles.get(item)).or_insert(Some(dataset.key(item)));
        if *seen != Some(dataset.key(item)) {
            *seen = None;
        }
    }
    let key_of = |name: &str| keys.get(name).copied().flatten().unwrap_or(name).to_owned();
    let mut parents = Categorical::default();
    for item in 0..dataset.len() {
        parents.push(&key_of(dataset.category(CategoryField::Parent).get(item)));
    }
    let lists = [ListField::BlockedBy, ListField::Blocks].map(|field| {
        let mut joined = ListColumn::default();
        for item in 0..dataset.len() {
            dataset.list(field).texts_of(item).for_each(|name| joined.add(&key_of(name)));
            joined.end_row();
        }
        (field, joined)
    });
    *dataset.category_mut(CategoryField::Parent) = parents;
    for (field, joined) in lists {
        *dataset.list_mut(field) = joined;
    }
}
