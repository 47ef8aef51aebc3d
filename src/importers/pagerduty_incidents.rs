//! `PagerDuty`: the answer of `GET /incidents`.
//!
//! One incident per element. Older answers have no `resolved_at`; for a resolved incident the last change of its status is
//! the moment. Source: a real answer.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at, plain};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static PAGERDUTY_INCIDENTS: Importer = Importer {
    id: "pagerduty-incidents",
    title: "PagerDuty incidents",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(96, &["incident_number", "created_at", "status", "service"])],
    arrays: &["incidents", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [created, resolved, changed, updated] =
        ["created_at", "resolved_at", "last_status_change_at", "updated_at"].map(|path| row.moment(path, to));
    let is_resolved = row.text("status") == "resolved";
    let log_entries = row.list("log_entries").iter();
    let logged = log_entries
        .filter(|entry| entry.get("type").is_some_and(|kind| plain(kind).starts_with("acknowledge_log_entry")));
    let at_key = |value: &serde_json::Value, key: &str| value.get(key).map(|text| plain(text).into_owned());
    let mut acknowledgements: Vec<String> = row.texts("acknowledgements", "at");
    acknowledgements.extend(logged.filter_map(|entry| at_key(entry, "created_at")));
    let acknowledged = acknowledgements.iter().filter_map(|text| to.moment("acknowledgements", text)).min();
    to.record(
        RecordKind::Incident,
        &[
            ("source", Cell::Text("pagerduty")),
            ("id", Cell::Text(&row.first(&["id", "incident_number"]))),
            ("updated", at(updated.max(changed))),
            ("title", Cell::Text(&row.first(&["title", "summary"]))),
            ("services", Cell::List(&[&row.first(&["service.summary", "service.name", "service.id"])])),
            ("severity", Cell::Text(&row.first(&["priority.summary", "priority.name", "urgency"]))),
            ("status", Cell::Text(if is_resolved { "resolved" } else { "open" })),
            ("started-at", at(created)),
            ("acknowledged-at", at(acknowledged)),
            ("resolved-at", at(resolved.or(changed).filter(|_| is_resolved))),
            ("url", Cell::Text(&row.text("html_url"))),
        ],
    );
    Ok(())
}
