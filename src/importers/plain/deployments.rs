//! Deployments: `deployed_at,status` · `id,service,environment,commit,caused_incident,unplanned,url`.
//!
//! One row per deployment. Status: success, failure or rollback. `caused_incident` is the id of the incident, or yes or no;
//! `unplanned` is yes for a hotfix.

use super::{DATE, LIKELY, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_DEPLOYMENTS: Importer = Importer {
    id: "plain-deployments",
    title: "Deployments (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["deployed at"], &["status"]],
    score: LIKELY,
    columns: &[
        column("deployed at", &["deployed_at", "deployed at"], DATE, "deployed-at"),
        column("status", &["status"], TEXT, "status"),
        column("id", &["id"], TEXT, "id"),
        column("service", &["service"], TEXT, "service"),
        column("environment", &["environment"], TEXT, "environment"),
        column("commit", &["commit"], TEXT, "commit"),
        column("caused incident", &["caused_incident", "caused incident"], TEXT, "caused-incident"),
        column("unplanned", &["unplanned"], TEXT, "unplanned"),
        column("url", &["url"], TEXT, "url"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let deployed_at = row.moment("deployed at").ok_or_else(|| missing("deployed_at"))?;
    let words = row.text("status");
    let status = status_of(words).unwrap_or_else(|| {
        to.note(if words.is_empty() {
            "Deployments without a status are counted as neither successful nor failed.".into()
        } else {
            format!("The deployment status \"{words}\" is not known and counts as neither success nor failure. Known are success, failure and rollback.")
        });
        "unknown"
    });
    let id = match row.text("id") {
        "" => to.id_of_equal_rows(&row.content()),
        own => own.to_owned(),
    };
    let cells = [
        SOURCE,
        ("id", Cell::Text(&id)),
        // Of two rows of one deployment the later one counts.
        ("updated", Cell::Moment(deployed_at)),
        ("service", row.text_cell("service")),
        ("environment", row.text_cell("environment")),
        ("status", Cell::Text(status)),
        ("deployed-at", Cell::Moment(deployed_at)),
        ("commit", row.text_cell("commit")),
        ("caused-incident", row.text_cell("caused incident")),
        ("unplanned", row.yes_cell("unplanned")),
        ("url", row.text_cell("url")),
    ];
    to.record(RecordKind::Deployment, &cells);
    Ok(())
}

/// The status in the words of the dataset.
fn status_of(words: &str) -> Option<&'static str> {
    match words.to_lowercase().replace(['-', '_'], " ").as_str() {
        "success" | "successful" | "succeeded" | "ok" | "passed" | "done" => Some("success"),
        "failure" | "failed" | "error" => Some("failure"),
        "rollback" | "rolled back" | "reverted" => Some("rollback"),
        "in progress" | "running" | "pending" | "queued" => Some("in-progress"),
        "cancelled" | "canceled" | "aborted" => Some("cancelled"),
        _ => None,
    }
}
