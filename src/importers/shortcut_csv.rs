//! Shortcut: *Stories → Export → CSV*.
//!
//! One row per story. Dates are local, and each row has the `utc_offset` to read them with. Iterations have a name and no
//! dates; a blocked story does not say by which one. It has no history.
//! Source: the header as importers and the manuals of two tools quote it; no real export was found.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use crate::importers::Problem;
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static SHORTCUT_CSV: Importer = Importer {
    id: "shortcut-csv",
    title: "Shortcut CSV export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

/// Read as if they were UTC; the row's offset is taken off afterwards.
const LATER: Grammar = Grammar::UtcDate(DateRole::Later);
const SEMICOLON: Grammar = Grammar::List(&[';']);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["name"], &["is completed"], &["utc offset"]],
    score: 96,
    columns: &[
        column("id", &["id"], Grammar::Text, "key"),
        column("name", &["name"], Grammar::Text, "title"),
        column("type", &["type"], Grammar::Text, "type"),
        column("requester", &["requester"], Grammar::Text, "reporter"),
        column("owners", &["owners"], SEMICOLON, "assignee"),
        column("is completed", &["is_completed"], Grammar::Text, "status-category"),
        column("created", &["created_at"], Grammar::UtcDate(DateRole::Created), "created"),
        column("started", &["started_at"], LATER, "started"),
        column("updated", &["updated_at"], LATER, "updated"),
        column("completed", &["completed_at"], LATER, "resolved"),
        column("due", &["due_date"], Grammar::UtcDate(DateRole::Other), "due"),
        column("estimate", &["estimate"], Grammar::Number, "points"),
        column("labels", &["labels"], SEMICOLON, "label"),
        column("state", &["state"], Grammar::Text, "status"),
        column("epic", &["epic"], Grammar::Text, "parent"),
        column("project", &["project"], Grammar::Text, "project"),
        column("iteration", &["iteration"], Grammar::Text, "sprint"),
        column("utc offset", &["utc_offset"], Grammar::Text, "created"),
        column("team", &["team"], Grammar::Text, "team"),
        column("milestone", &["milestone"], Grammar::Text, "fix-version"),
        column("priority", &["priority"], Grammar::Text, "priority"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row has no value in \"id\", so it cannot be told which story it is".into());
    }
    let offset = offset_of(row.text("utc offset"));
    if offset.is_none() {
        to.warn("utc_offset", row.text("utc offset"), Problem::NotANumber);
        to.note("Rows whose utc_offset cannot be read were read in UTC.".into());
    }
    let offset = offset.unwrap_or(0);
    let item = &mut to.item;
    item.text(TextField::Key, &format!("sc-{id}")).text(TextField::Title, row.text("name"));
    row.categories(
        item,
        &[
            (CategoryField::Type, "type"),
            (CategoryField::Reporter, "requester"),
            (CategoryField::Status, "state"),
            (CategoryField::Parent, "epic"),
            (CategoryField::Project, "project"),
            (CategoryField::Team, "team"),
            (CategoryField::Priority, "priority"),
        ],
    );
    let started = row.moment("started").is_some();
    let category = match (row.is_true("is completed"), started) {
        (true, _) => "Done",
        (false, true) => "In progress",
        (false, false) => "To do",
    };
    item.category(CategoryField::StatusCategory, category);
    for (field, id) in [
        (MomentField::Created, "created"),
        (MomentField::Started, "started"),
        (MomentField::Updated, "updated"),
        (MomentField::Resolved, "completed"),
        (MomentField::Due, "due"),
    ] {
        if row.has(id) {
            item.moment(field, row.moment(id).map(|local| local - offset));
        }
    }
    row.numbers(item, &[(NumberField::Points, "estimate")]);
    row.lists(item, &[(ListField::Label, "labels")]);
    if row.has("milestone") {
        item.add(ListField::FixVersion, row.text("milestone"));
    }
    if row.has("iteration") {
        item.has_list(ListField::Sprint).iteration(row.text("iteration"), IterationDates::NONE);
    }
    let several = row.first_assignee(item, "owners");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    to.keep_item_as_given()
}

/// `-07:00`, `+0530`, `-7` or `UTC` in milliseconds.
fn offset_of(text: &str) -> Option<i64> {
    if text.is_empty() || matches!(text, "Z" | "UTC") {
        return Some(0);
    }
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 && digits.is_ascii() => digits.split_at(digits.len() - 2),
        None => (digits, "0"),
    };
    let number = |text: &str, most: i64| text.parse::<i64>().ok().filter(|number| (0..=most).contains(number));
    Some(sign * (number(hours, 18)? * 60 + number(minutes, 59)?) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_as_tools_write_them() {
        for (text, minutes) in
            [("-07:00", -420), ("+0530", 330), ("-7", -420), ("+2", 120), ("UTC", 0), ("", 0), ("-0330", -210)]
        {
            assert_eq!(offset_of(text), Some(minutes * 60_000), "{text}");
        }
        for text in ["west", "+99:00", "01:75", "é7", "--1", "9223372036854775807"] {
            assert_eq!(offset_of(text), None, "{text}");
        }
    }
}
