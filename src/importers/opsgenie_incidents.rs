//! Opsgenie: the answer of `GET /v1/incidents`.
//!
//! One incident per element. Services are ids: their names are not in it. Source: a real answer.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static OPSGENIE_INCIDENTS: Importer = Importer {
    id: "opsgenie-incidents",
    title: "Opsgenie incidents",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(96, &["tinyId", "message", "impactedServices"]), Shape::of(95, &["tinyId", "impactStartDate"])],
    arrays: &["data", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [created, updated, started, ended] =
        ["createdAt", "updatedAt", "impactStartDate", "impactEndDate"].map(|path| row.moment(path, to));
    let is_resolved = matches!(&*row.text("status"), "resolved" | "closed");
    if is_resolved && ended.is_none() {
        to.note("Some resolved incidents have no end of their impact: how long they took is unknown.".into());
    }
    let services = row.texts("impactedServices", "");
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    to.record(
        RecordKind::Incident,
        &[
            ("source", Cell::Text("opsgenie")),
            ("id", Cell::Text(&row.first(&["id", "tinyId"]))),
            ("updated", at(updated)),
            ("title", Cell::Text(&row.text("message"))),
            ("services", Cell::List(&services)),
            ("severity", Cell::Text(&row.text("priority"))),
            ("status", Cell::Text(if is_resolved { "resolved" } else { "open" })),
            ("started-at", at(started.or(created))),
            ("resolved-at", at(ended.filter(|_| is_resolved))),
            ("url", Cell::Text(&row.text("links.web"))),
        ],
    );
    Ok(())
}
