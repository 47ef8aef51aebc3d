//! TAPD: the answer of `GET /stories` (also `/bugs` and `/tasks`), where each element is wrapped by its kind.
//!
//! One work item per element. Statuses are those of the workspace's workflow and may be bare codes; whether one is done is told by
//! `completed`. Iterations are ids. Dates have no zone. Source: a real answer.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::Fields;
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, TextField};

/// The importer.
pub(super) static TAPD_STORIES: Importer = Importer {
    id: "tapd-stories",
    title: "TAPD stories",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(95, &["Story.id", "Story.workspace_id"]),
        Shape::of(95, &["Bug.id", "Bug.workspace_id"]),
        Shape::of(95, &["Task.id", "Task.workspace_id"]),
    ],
    arrays: &["data", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let wrapped = Fields::of(element)?;
    let found = ["Story", "Bug", "Task"].into_iter().find_map(|kind| Some((kind, wrapped.value(kind)?.clone())));
    let Some((kind, row)) = found else { return Err("it is neither a \"Story\" nor a \"Bug\" nor a \"Task\"".into()) };
    let row = Fields::from_value(row);
    let id = row.text("id");
    if id.is_empty() {
        return Err("it has no \"id\", so it cannot be told which one it is".into());
    }
    let [created, modified, completed, resolved, closed, due] =
        ["created", "modified", "completed", "resolved", "closed", "due"].map(|path| row.moment(path, to));
    let finished = completed.or(closed).or(resolved);
    let item = &mut to.item;
    item.text(TextField::Key, &format!("tapd:{id}")).text(TextField::Title, &row.first(&["name", "title"]));
    item.category(CategoryField::Type, kind)
        .category(CategoryField::Status, &row.text("status"))
        .category(CategoryField::StatusCategory, if finished.is_some() { "Done" } else { "" })
        .category(CategoryField::Project, &row.text("workspace_id"))
        .category(CategoryField::Priority, &row.first(&["priority_label", "priority"]))
        .category(CategoryField::Reporter, &row.first(&["creator", "reporter"]));
    // Several owners are written one after another.
    let owners = row.first(&["owner", "current_owner"]);
    item.category(CategoryField::Assignee, owners.split(';').find(|name| !name.is_empty()).unwrap_or_default());
    let parent = row.text("parent_id");
    let has_parent = !matches!(&*parent, "" | "0");
    item.category(CategoryField::Parent, &if has_parent { format!("tapd:{parent}") } else { String::new() });
    item.moment(MomentField::Created, created)
        .moment(MomentField::Updated, modified)
        .moment(MomentField::Resolved, finished)
        .moment(MomentField::Due, due);
    let iteration = row.text("iteration_id");
    item.has_list(ListField::Sprint);
    if !matches!(&*iteration, "" | "0") {
        item.iteration(&iteration, IterationDates::NONE);
    }
    to.note("TAPD writes its dates without a zone: they are read in the zone of the workspace.".into());
    to.keep_item()
}
