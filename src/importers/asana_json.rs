//! Asana: *a project → Export → JSON*, or the answer of `GET /tasks` with its fields asked for.
//!
//! One work item per task. Its section is its status, until it is completed. There is no history. Points are read from a custom
//! number field of that name. Source: a fixture of an importer, and the description of the API.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::Fields;
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static ASANA_JSON: Importer = Importer {
    id: "asana-json",
    title: "Asana JSON export",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(95, &["gid", "name", "completed"]), Shape::of(90, &["gid", "name", "memberships"])],
    arrays: &["data", ""],
    element,
    finish: no_rest,
};

const POINTS: &[&str] = &["story points", "points", "story point", "estimate (points)"];
const ITERATION: &[&str] = &["sprint", "iteration"];

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let id = row.text("gid");
    if id.is_empty() {
        return Err("the task has no \"gid\", so it cannot be told which one it is".into());
    }
    if row.text("resource_subtype") == "section" || row.text("resource_type") == "section" {
        return Err("this is a section of a project, not a task".into());
    }
    let [created, modified, completed, due_at, due_on] =
        ["created_at", "modified_at", "completed_at", "due_at", "due_on"].map(|path| row.moment(path, to));
    let membership = Fields::from_value(row.list("memberships").first().cloned().unwrap_or(Value::Null));
    let section = membership.text("section.name");
    let is_completed = row.text("completed") == "true" || completed.is_some();
    let (status, category) = match (is_completed, &*section) {
        (true, _) => ("Completed", "Done"),
        (false, "") => ("Incomplete", "To do"),
        (false, section) => (section, ""),
    };
    let item = &mut to.item;
    item.text(TextField::Key, &format!("asana:{id}")).text(TextField::Title, &row.text("name"));
    item.category(CategoryField::Status, status).category(CategoryField::StatusCategory, category);
    let first_project = row.texts("projects", "name").into_iter().next().unwrap_or_default();
    item.category(
        CategoryField::Project,
        Some(&*membership.text("project.name")).filter(|name| !name.is_empty()).unwrap_or(&first_project),
    );
    if row.has("assignee") {
        item.category(CategoryField::Assignee, &row.text("assignee.name"));
    }
    if row.has("parent") {
        let parent = row.text("parent.gid");
        item.category(
            CategoryField::Parent,
            &if parent.is_empty() { String::new() } else { format!("asana:{parent}") },
        );
    }
    item.moment(MomentField::Created, created)
        .moment(MomentField::Resolved, completed)
        .moment(MomentField::Due, due_at.or(due_on));
    if row.has("modified_at") {
        item.moment(MomentField::Updated, modified);
    }
    if row.has("tags") {
        item.has_list(ListField::Label);
        for tag in row.texts("tags", "name") {
            item.add(ListField::Label, &tag);
        }
    }
    for (field, path) in [(ListField::BlockedBy, "dependencies"), (ListField::Blocks, "dependents")] {
        if row.has(path) {
            item.has_list(field);
            for gid in row.texts(path, "gid") {
                item.add(field, &format!("asana:{gid}"));
            }
        }
    }
    for field in row.list("custom_fields") {
        custom_field(&Fields::from_value(field.clone()), to);
    }
    to.keep_item()
}

fn custom_field(field: &Fields, to: &mut Gathering) {
    let name = field.text("name").trim().to_lowercase();
    if POINTS.contains(&name.as_str()) {
        let points = field.number("number_value", to);
        to.item.number(NumberField::Points, points);
    } else if name == "priority" {
        to.item.category(CategoryField::Priority, &field.first(&["enum_value.name", "display_value", "text_value"]));
    } else if ITERATION.contains(&name.as_str()) {
        let sprint = field.first(&["enum_value.name", "display_value", "text_value"]);
        to.item.has_list(ListField::Sprint).iteration(&sprint, IterationDates::NONE);
    }
}
