//! Jira Agile API: `/rest/agile/1.0/board/{id}/sprint`, the sprints of a board.
//!
//! One element per sprint, with its dates and goal, and no work item. Beside a CSV export it gives the sprints there their
//! dates: they are joined by name. Source: real answers of Jira Cloud.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::jira_json::sprints::dates;
use super::json::parts::{any, host, text};
use super::json::reading::{JsonFormat, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static JIRA_SPRINTS: Importer = Importer {
    id: "jira-sprints",
    title: "Jira sprints of a board",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(95, &["originBoardId", "state", "name"]),
        Shape { score: 90, element: &["state", "name"], saying: &[("self", "/rest/agile/1.0/sprint/")], ..Shape::NONE },
    ],
    arrays: &["", "values"],
    element: sprint,
    finish: note_pages,
};

fn sprint(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let sprint: Value = parsed(element)?;
    let name = text(&sprint["name"]);
    if name.is_empty() {
        return Err("the sprint has no name".into());
    }
    let dates = dates(to, &text(&sprint["startDate"]), &text(&sprint["endDate"]), &text(&sprint["completeDate"]));
    let source = format!("jira {}", host(&text(&sprint["self"])));
    let (id, state, goal) = (text(&sprint["id"]), text(&sprint["state"]), text(&sprint["goal"]));
    let board = text(any(&sprint, &["originBoardId", "boardId"]));
    to.record(
        RecordKind::Iteration,
        &[
            ("source", Cell::Text(&source)),
            ("id", Cell::Text(&id)),
            ("name", Cell::Text(&name)),
            ("start", Cell::Moment(dates.start)),
            ("end", Cell::Moment(dates.end)),
            ("completed", Cell::Moment(dates.completed)),
            ("board", Cell::Text(&board)),
            ("state", Cell::Text(&state)),
            ("goal", Cell::Text(&goal)),
        ],
    );
    to.dataset.state_iteration(&name, dates);
    Ok(())
}

fn note_pages(rest: &JsonRest, to: &mut Gathering) {
    let JsonRest::Kept(pages) = rest else { return };
    if pages.last().is_some_and(|page| page["isLast"] == Value::Bool(false)) {
        to.report.row_cap = Some(format!(
            "The file holds {} sprints and says that more pages follow. Import the other pages as well.",
            to.report.rows_read
        ));
    }
}
