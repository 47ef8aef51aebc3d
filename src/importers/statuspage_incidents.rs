//! Atlassian Statuspage: `/api/v2/incidents.json` of a status page, also `/api/v2/summary.json`.
//!
//! One incident per element; planned maintenance is marked as such. The feed holds the latest incidents only.
//! Source: description of the API and feeds of public status pages.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static STATUSPAGE_INCIDENTS: Importer = Importer {
    id: "statuspage-incidents",
    title: "Statuspage incidents",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape { document: &["page"], ..Shape::of(97, &["incident_updates", "impact"]) },
        Shape::of(93, &["incident_updates", "impact", "created_at"]),
    ],
    arrays: &["incidents", "scheduled_maintenances", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [created, started, resolved, updated] =
        ["created_at", "started_at", "resolved_at", "updated_at"].map(|path| row.moment(path, to));
    let is_maintenance = row.text("impact") == "maintenance" || !row.text("scheduled_for").is_empty();
    let is_over = matches!(&*row.text("status"), "resolved" | "postmortem" | "completed");
    let status = match (is_maintenance, is_over) {
        (true, _) => "maintenance",
        (false, true) => "resolved",
        (false, false) => "open",
    };
    let mut services = row.texts("components", "name");
    for update in row.list("incident_updates") {
        for component in update.get("affected_components").and_then(|list| list.as_array()).into_iter().flatten() {
            services.extend(component.get("name").and_then(|name| name.as_str()).map(str::to_owned));
        }
    }
    services.sort_unstable();
    services.dedup();
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    to.record(
        RecordKind::Incident,
        &[
            ("source", Cell::Text("statuspage")),
            ("id", Cell::Text(&row.text("id"))),
            ("updated", at(updated)),
            ("title", Cell::Text(&row.text("name"))),
            ("services", Cell::List(&services)),
            ("severity", Cell::Text(&row.text("impact"))),
            ("status", Cell::Text(status)),
            ("started-at", at(started.or(created))),
            ("resolved-at", at(resolved)),
            ("url", Cell::Text(&row.text("shortlink"))),
        ],
    );
    Ok(())
}
