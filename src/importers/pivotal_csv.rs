//! Pivotal Tracker: *a project → More → Export CSV*; the service ended in 2025, its exports remain.
//!
//! One row per story, with the iteration's first and last day. `Owned By` is repeated for several owners. Of the iterations
//! only the last one is told; there is no history.
//! Source: the header as several importers expect it.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField};

/// The importer.
pub(super) static PIVOTAL_CSV: Importer = Importer {
    id: "pivotal-csv",
    title: "Pivotal Tracker CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const OTHER: Grammar = Grammar::Date(DateRole::Other);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["title"], &["iteration start"], &["state"]],
    score: 96,
    columns: &[
        column("id", &["id"], Grammar::Text, "key"),
        column("title", &["title"], Grammar::Text, "title"),
        column("labels", &["labels"], Grammar::List(&[',']), "label"),
        column("iteration", &["iteration"], Grammar::Text, "sprint"),
        column("iteration start", &["iteration start"], OTHER, "sprint"),
        column("iteration end", &["iteration end"], OTHER, "sprint"),
        column("type", &["type"], Grammar::Text, "type"),
        column("estimate", &["estimate"], Grammar::Number, "points"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("state", &["current state"], Grammar::Text, "status"),
        column("created", &["created at"], Grammar::Date(DateRole::Created), "created"),
        column("accepted", &["accepted at"], Grammar::Date(DateRole::Later), "resolved"),
        column("deadline", &["deadline"], OTHER, "due"),
        column("requester", &["requested by"], Grammar::Text, "reporter"),
        column("owners", &["owned by"], Grammar::List(&[]), "assignee"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row has no value in \"Id\", so it cannot be told which story it is".into());
    }
    let end = row.moment("iteration end").map(|day| to.end_of_span(day));
    let item = &mut to.item;
    item.text(TextField::Key, &format!("pivotal:{id}")).text(TextField::Title, row.text("title"));
    row.categories(
        item,
        &[
            (CategoryField::Type, "type"),
            (CategoryField::Status, "state"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Reporter, "requester"),
        ],
    );
    item.category(CategoryField::StatusCategory, category(row.text("state")));
    row.moments(
        item,
        &[(MomentField::Created, "created"), (MomentField::Resolved, "accepted"), (MomentField::Due, "deadline")],
    );
    row.numbers(item, &[(NumberField::Points, "estimate")]);
    row.lists(item, &[(ListField::Label, "labels")]);
    let number = row.text("iteration");
    item.has_list(ListField::Sprint);
    if !number.is_empty() {
        let start = row.moment("iteration start").unwrap_or(NO_MOMENT);
        let dates = IterationDates { start, end: end.unwrap_or(NO_MOMENT), completed: NO_MOMENT };
        item.iteration(&format!("Iteration {number}"), dates);
    }
    let several = row.first_assignee(item, "owners");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    to.keep_item_as_given()
}

/// What the tool's states mean: only an accepted story is done, and a rejected one is to be done again.
fn category(state: &str) -> &'static str {
    match state.to_ascii_lowercase().as_str() {
        "unscheduled" | "unstarted" | "planned" => "To do",
        "started" | "finished" | "delivered" | "rejected" => "In progress",
        "accepted" => "Done",
        _ => "",
    }
}
