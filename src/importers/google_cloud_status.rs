//! Google Cloud: `incidents.json` of its status page.
//!
//! One incident per element, with begin, end and the products it concerned. Source: the public feed.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static GOOGLE_CLOUD_STATUS: Importer = Importer {
    id: "google-cloud-status",
    title: "Google Cloud status incidents",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(96, &["begin", "status_impact", "severity"])],
    arrays: &[""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [begin, end, modified] = ["begin", "end", "modified"].map(|path| row.moment(path, to));
    let mut services = row.texts("affected_products", "title");
    if services.is_empty() {
        services.push(row.first(&["service_name", "service_key"]).into_owned());
    }
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    to.record(
        RecordKind::Incident,
        &[
            ("source", Cell::Text("google cloud")),
            ("id", Cell::Text(&row.first(&["id", "number"]))),
            ("updated", at(modified)),
            ("title", Cell::Text(&row.text("external_desc"))),
            ("services", Cell::List(&services)),
            ("severity", Cell::Text(&row.text("severity"))),
            ("status", Cell::Text(if end.is_some() { "resolved" } else { "open" })),
            ("started-at", at(begin)),
            ("resolved-at", at(end)),
            ("url", Cell::Text(&row.text("uri"))),
        ],
    );
    Ok(())
}
