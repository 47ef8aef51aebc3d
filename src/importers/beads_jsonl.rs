//! beads: `issues.jsonl` of a repository, one issue a line.
//!
//! One work item per line. An issue tells when it was created, updated and closed; there is no history and no iteration.
//! Source: real files in public repositories.

use super::Importer;
use super::durations::hours;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::Fields;
use super::json::reading::{JsonFormat, Shape, no_rest};
use super::table::DurationUnit;
use crate::model::{CategoryField, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static BEADS_JSONL: Importer = Importer {
    id: "beads-jsonl",
    title: "beads issues",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape {
        without: &["iid", "number", "fields", "key"],
        ..Shape::of(88, &["id", "title", "status", "priority", "issue_type", "created_at"])
    }],
    arrays: &[""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [created, updated, closed] = ["created_at", "updated_at", "closed_at"].map(|path| row.moment(path, to));
    let status = row.text("status");
    let category = match &*status {
        "open" => "To do",
        "in_progress" | "blocked" => "In progress",
        "closed" => "Done",
        _ => "",
    };
    let item = &mut to.item;
    item.text(TextField::Key, &row.text("id")).text(TextField::Title, &row.text("title"));
    item.category(CategoryField::Type, &row.text("issue_type"))
        .category(CategoryField::Status, &status)
        .category(CategoryField::StatusCategory, category);
    let priority = row.text("priority");
    let is_number = !priority.is_empty() && priority.bytes().all(|digit| digit.is_ascii_digit());
    item.category(CategoryField::Priority, &if is_number { format!("P{priority}") } else { priority.into_owned() });
    if row.has("assignee") {
        item.category(CategoryField::Assignee, &row.text("assignee"));
    }
    item.moment(MomentField::Created, created)
        .moment(MomentField::Updated, updated)
        .moment(MomentField::Resolved, closed.filter(|_| status == "closed"));
    if row.has("estimated_minutes") {
        let estimate = hours(&row.text("estimated_minutes"), DurationUnit::Minutes);
        item.number(NumberField::OriginalEstimateHours, estimate);
    }
    if row.has("labels") {
        item.has_list(ListField::Label);
        row.texts("labels", "").iter().for_each(|label| {
            item.add(ListField::Label, label);
        });
    }
    for dependency in row.list("dependencies") {
        let dependency = Fields::from_value(dependency.clone());
        let on = dependency.first(&["depends_on_id", "depends_on"]);
        match &*dependency.text("type") {
            "blocks" => item.add(ListField::BlockedBy, &on),
            "parent-child" => item.category(CategoryField::Parent, &on),
            _ => item,
        };
    }
    to.keep_item()
}
