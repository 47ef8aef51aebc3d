//! Trello: *a board → Menu → Print, export and share → Export as CSV* (paid plans).
//!
//! One row per card; its list is its status. The id of a card begins with the seconds at which it was made. The file has no
//! date of finishing and no history, which the board's JSON has.
//! Source: column names from general knowledge; no real file was found, so they are matched by name and most are optional.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use crate::model::{CategoryField, ListField, MomentField, TextField};

/// The importer.
pub(super) static TRELLO_CSV: Importer = Importer {
    id: "trello-csv",
    title: "Trello board CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["name"], &["list"]],
    score: 95,
    columns: &[
        column("id", &["card id"], Grammar::Text, "key"),
        column("name", &["card name"], Grammar::Text, "title"),
        column("list", &["list name"], Grammar::Text, "status"),
        column("board", &["board name"], Grammar::Text, "project"),
        column("labels", &["labels"], COMMA, "label"),
        column("members", &["members"], COMMA, "assignee"),
        column("due", &["due date"], Grammar::Date(DateRole::Other), "due"),
        column("complete", &["due complete"], Grammar::Text, "resolved"),
        column("activity", &["last activity date"], Grammar::Date(DateRole::Later), "updated"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row has no value in \"Card ID\", so it cannot be told which card it is".into());
    }
    let made = made_at(id);
    let activity = row.moment("activity");
    let is_complete = row.is_true("complete");
    let item = &mut to.item;
    item.text(TextField::Key, id).text(TextField::Title, row.text("name"));
    row.categories(item, &[(CategoryField::Status, "list"), (CategoryField::Project, "board")]);
    if made.is_some() {
        item.moment(MomentField::Created, made);
    }
    row.moments(item, &[(MomentField::Updated, "activity"), (MomentField::Due, "due")]);
    if row.has("complete") {
        item.moment(MomentField::Resolved, activity.filter(|_| is_complete));
    }
    row.lists(item, &[(ListField::Label, "labels")]);
    let several = row.first_assignee(item, "members");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    if is_complete && activity.is_some() {
        to.note("Trello's CSV does not say when a card was finished: for cards marked complete the last activity was taken. The board's JSON (Export as JSON) has the real moments.".into());
    }
    to.keep_item_as_given()
}

/// The moment in the first eight of the 24 hex digits of an id.
fn made_at(id: &str) -> Option<i64> {
    if id.len() != 24 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let seconds = i64::from_str_radix(&id[..8], 16).ok()?;
    // Trello began in 2011; anything else is no id of it.
    (1_262_304_000..4_102_444_800).contains(&seconds).then_some(seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_tells_when_the_card_was_made() {
        assert_eq!(made_at("65a0000000000000000000aa"), Some(0x65a0_0000 * 1000));
        for id in ["", "65a00000", "00000000000000000000000a", "zza0000000000000000000aa", "ééééééééééééé"]
        {
            assert_eq!(made_at(id), None, "{id}");
        }
    }
}
