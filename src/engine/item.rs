//! Everything known of one item: its fields, what changed when, the changes of code that name it.

use crate::engine::links::decided_item;
use crate::engine::workspace::Workspace;
use crate::engine::{EngineError, ItemChange, ItemDetail, ItemLink};
use crate::model::{
    CategoryField, Change, ChangeField, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, Records, TextField,
    iso_from_day, sort_by_key,
};

const CATEGORIES: &[(&str, CategoryField)] = &[
    ("Type", CategoryField::Type),
    ("Priority", CategoryField::Priority),
    ("Resolution", CategoryField::Resolution),
    ("Assignee", CategoryField::Assignee),
    ("Reporter", CategoryField::Reporter),
    ("Team", CategoryField::Team),
    ("Project", CategoryField::Project),
    ("Board", CategoryField::Board),
    ("Parent", CategoryField::Parent),
];
const LISTS: &[(&str, ListField)] = &[
    ("Sprints", ListField::Sprint),
    ("Labels", ListField::Label),
    ("Components", ListField::Component),
    ("Versions", ListField::FixVersion),
    ("Blocked by", ListField::BlockedBy),
    ("Blocks", ListField::Blocks),
];
const NUMBERS: &[(&str, NumberField)] = &[
    ("Story points", NumberField::Points),
    ("Original estimate (hours)", NumberField::OriginalEstimateHours),
    ("Remaining estimate (hours)", NumberField::RemainingHours),
    ("Logged (hours)", NumberField::LoggedHours),
];

/// The detail of the item with a key.
pub(super) fn detail(workspace: &Workspace, key: &str) -> Result<ItemDetail, EngineError> {
    let dataset = &workspace.data.dataset;
    let at = (0..dataset.len())
        .find(|&item| dataset.key(item) == key)
        .ok_or_else(|| EngineError::Unknown(format!("work item {key} in this workspace")))?;
    let (file, line) = workspace.source_of(at);
    Ok(ItemDetail {
        item: at as u32,
        key: key.to_owned(),
        title: dataset.text(TextField::Title).get(at).to_owned(),
        fields: fields(workspace, at),
        changes: dataset.history.of_item(at).map(|change| told(workspace, &change)).collect(),
        links: dataset.records(RecordKind::Change).map_or_else(Vec::new, |changes| links(workspace, changes, key)),
        source: file.to_owned(),
        line,
    })
}

fn day(workspace: &Workspace, moment: i64) -> String {
    if moment == NO_MOMENT { String::new() } else { iso_from_day(workspace.data.calendar.day_of(moment)) }
}

/// What is given, in words.
fn fields(workspace: &Workspace, at: usize) -> Vec<(String, String)> {
    let data = &workspace.data;
    let dataset = &data.dataset;
    let status = dataset.category(CategoryField::Status).get(at);
    let mut list = vec![("Status".to_owned(), format!("{status} ({})", data.life.category[at].title()))];
    let mut push = |title: &str, text: String| {
        if !text.is_empty() {
            list.push((title.to_owned(), text));
        }
    };
    for &(title, field) in CATEGORIES {
        push(title, dataset.category(field).get(at).to_owned());
    }
    for &(title, field) in NUMBERS {
        let number = dataset.number(field)[at];
        push(title, if number.is_nan() { String::new() } else { number.to_string() });
    }
    push("Created", day(workspace, dataset.moment(MomentField::Created)[at]));
    push("Started", day(workspace, data.life.started_at[at]));
    push("Finished", day(workspace, data.life.finished_at[at]));
    push("Due", day(workspace, dataset.moment(MomentField::Due)[at]));
    for &(title, field) in LISTS {
        push(title, dataset.list(field).texts_of(at).collect::<Vec<_>>().join(", "));
    }
    let times = |counts: &[u16]| match counts.get(at) {
        None | Some(0) => String::new(),
        Some(1) => "once".to_owned(),
        Some(count) => format!("{count} times"),
    };
    push("Opened again", times(&data.life.reopened));
    push("Moved back", times(&data.life.moved_back));
    list
}

fn told(workspace: &Workspace, change: &Change<'_>) -> ItemChange {
    let what = match change.field {
        ChangeField::Status => "Status",
        ChangeField::Sprint => "Sprint",
        ChangeField::Points => "Story points",
        ChangeField::OriginalEstimateHours => "Original estimate (hours)",
        ChangeField::RemainingHours => "Remaining estimate (hours)",
        ChangeField::Assignee => "Assignee",
        ChangeField::Resolution => "Resolution",
        ChangeField::Priority => "Priority",
        ChangeField::Due => "Due",
        ChangeField::Parent => "Parent",
        ChangeField::Blocked => "Blocked",
    };
    ItemChange {
        what: what.to_owned(),
        from: change.from.to_owned(),
        to: change.to.to_owned(),
        day: day(workspace, change.at),
        after: day(workspace, change.after),
    }
}

/// The changes of code (pull requests, merge requests) that name the item's key.
fn links(workspace: &Workspace, changes: &Records, key: &str) -> Vec<ItemLink> {
    // A key that several trackers use is written with its tracker; who names it knows nothing of that.
    let plain = key.split_once(':').map_or(key, |(_, plain)| plain);
    // A change that the user gave to another item names this one no longer.
    let names_it = |row: &usize| match decided_item(&workspace.data, changes, *row) {
        Some(item) => item == key,
        None => changes
            .list("work-items")
            .is_some_and(|named| named.texts_of(*row).any(|name| name == key || name == plain)),
    };
    let moment = |name: &str, row: usize| changes.moments(name).get(row).copied().unwrap_or(NO_MOMENT);
    let mut rows: Vec<usize> = (0..changes.len()).filter(names_it).collect();
    sort_by_key(&mut rows, |&row| (moment("opened-at", row), row));
    rows.into_iter()
        .map(|row| {
            let url = changes.text("url", row);
            ItemLink {
                name: changes.text("id", row).to_owned(),
                title: changes.text("title", row).to_owned(),
                state: changes.text("state", row).to_owned(),
                opened: day(workspace, moment("opened-at", row)),
                merged: day(workspace, moment("merged-at", row)),
                // Nothing but the web: a link with another scheme could run code.
                url: if url.starts_with("https://") || url.starts_with("http://") {
                    url.to_owned()
                } else {
                    String::new()
                },
            }
        })
        .collect()
}
