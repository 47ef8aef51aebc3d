//! Notion: *a database → ⋯ → Export → Markdown & CSV*.
//!
//! One row per page. The columns are whatever the team made, so the file is only recognised by its name, which ends in the
//! database's id, and when it has a column of statuses; any other table of Notion needs a mapping. Pages have no id in the file
//! and are known by the database and their name. Columns that are not listed here are left alone.
//! Source: the name of a real export; the names of the columns are those of Notion's templates.

use super::gathering::Gathering;
use super::table::{DateRole, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use super::{Confidence, FileHead, Importer};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static NOTION_CSV: Importer = Importer {
    id: "notion-csv",
    title: "Notion database CSV",
    detect,
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);
const LATER: Grammar = Grammar::Date(DateRole::Later);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["name"], &["status"]],
    score: 80,
    columns: &[
        column("name", &["name", "task name", "task", "title", "project name"], Grammar::Text, "title"),
        column("status", &["status"], Grammar::Text, "status"),
        column("type", &["type", "task type"], Grammar::Text, "type"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("assignee", &["assignee", "assign", "person", "owner"], COMMA, "assignee"),
        column("tags", &["tags"], COMMA, "label"),
        column("team", &["team"], Grammar::Text, "team"),
        column("sprint", &["sprint"], Grammar::Text, "sprint"),
        column("points", &["story points", "points"], Grammar::Number, "points"),
        column("due", &["due date", "due", "deadline"], Grammar::Date(DateRole::Other), "due"),
        column("created", &["created time", "created", "date created"], Grammar::Date(DateRole::Created), "created"),
        column("edited", &["last edited time"], LATER, "updated"),
        column("completed", &["completed on", "completed", "completion date"], LATER, "resolved"),
    ],
    row,
};

fn detect(head: &FileHead<'_>) -> Confidence {
    let confidence = FORMAT.detect(head);
    match database(head.name) {
        Some(_) if confidence.score > 0 => Confidence {
            evidence: format!("a file name that ends in a database's id, {}", confidence.evidence),
            ..confidence
        },
        _ => Confidence::NONE,
    }
}

/// The database in `Kitchen jobs 0123456789abcdef0123456789abcdef_all.csv`. Such an export comes twice: as the view shows it, and
/// with all pages (`_all`).
fn database(file: &str) -> Option<&str> {
    let name = file.rsplit(['/', '\\']).next()?;
    let stem = name.strip_suffix(".csv")?;
    let (title, id) = stem.strip_suffix("_all").unwrap_or(stem).rsplit_once(' ')?;
    (id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit())).then_some(title)
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let name = row.text("name");
    if name.is_empty() {
        return Err("the row has no name, so it cannot be told which page it is".into());
    }
    let database = database(&to.file).unwrap_or("Notion").to_owned();
    let key = to.key_of_name(&format!("{database}/{name}"));
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, name).category(CategoryField::Project, &database);
    row.categories(
        item,
        &[
            (CategoryField::Status, "status"),
            (CategoryField::Type, "type"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Team, "team"),
        ],
    );
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Updated, "edited"),
            (MomentField::Resolved, "completed"),
            (MomentField::Due, "due"),
        ],
    );
    row.numbers(item, &[(NumberField::Points, "points")]);
    row.lists(item, &[(ListField::Label, "tags")]);
    if row.has("sprint") {
        item.has_list(ListField::Sprint).iteration(row.text("sprint"), IterationDates::NONE);
    }
    let several = row.first_assignee(item, "assignee");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    to.note("Notion's CSV has no ids: pages are known by their names, so a renamed page counts as a new one.".into());
    to.keep_item_as_given()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_file_tells_the_database() {
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(database(&format!("Export/Kitchen jobs {id}_all.csv")), Some("Kitchen jobs"));
        assert_eq!(database(&format!("Kitchen jobs {id}.csv")), Some("Kitchen jobs"));
        for name in
            ["Kitchen.csv".to_owned(), format!("{id}.csv"), format!("Kitchen {id}.md"), format!("Kitchen {id}0.csv")]
        {
            assert_eq!(database(&name), None, "{name}");
        }
    }
}
