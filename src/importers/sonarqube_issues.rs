//! `SonarQube` and `SonarCloud`: the answer of `GET /api/issues/search`.
//!
//! One work item per issue, of the type that Sonar gives it (`BUG`, `VULNERABILITY`, `CODE_SMELL`), so that they can be told
//! from those of a tracker. The effort to fix it is the estimate; a day in it has eight hours. An issue that is marked as
//! a false positive counts as "Not a bug". There is no history. Source: a real answer.

use super::durations;
use super::gathering::Gathering;
use super::json::fields::Fields;
use super::json::reading::{JsonFormat, Shape};
use super::json::{JsonElement, JsonRest};
use super::table::DurationUnit;
use super::{Importer, Problem};
use crate::model::{CategoryField, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static SONARQUBE_ISSUES: Importer = Importer {
    id: "sonarqube-issues",
    title: "SonarQube issues",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(96, &["key", "rule", "component", "project", "creationDate"])],
    arrays: &["issues", ""],
    element: issue,
    finish,
};

fn issue(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let [created, updated, closed] = ["creationDate", "updateDate", "closeDate"].map(|path| row.moment(path, to));
    let status = row.first(&["issueStatus", "status"]);
    let resolution = row.text("resolution");
    let is_false = [&*status, &*resolution].iter().any(|word| word.replace('-', "_") == "FALSE_POSITIVE");
    let is_accepted = &*status == "ACCEPTED" || &*resolution == "WONTFIX";
    let done = matches!(&*row.text("status"), "RESOLVED" | "CLOSED") || is_false || is_accepted || &*status == "FIXED";
    let effort = row.first(&["effort", "debt"]);
    let hours = durations::hours(&effort, DurationUnit::Minutes);
    if hours.is_none() && !effort.is_empty() {
        to.warn("effort", &effort, Problem::NotANumber);
    }
    let item = &mut to.item;
    item.text(TextField::Key, &row.text("key")).text(TextField::Title, &row.text("message"));
    item.category(CategoryField::Type, &row.text("type"))
        .category(CategoryField::Status, &status)
        .category(CategoryField::StatusCategory, if done { "Done" } else { "To do" })
        .category(CategoryField::Priority, &row.text("severity"))
        .category(CategoryField::Project, &row.text("project"))
        .category(CategoryField::Assignee, &row.text("assignee"))
        .category(
            CategoryField::Resolution,
            match (is_false, is_accepted) {
                (true, _) => "Not a bug",
                (_, true) => "Won't fix",
                _ => &resolution,
            },
        )
        .moment(MomentField::Created, created)
        .moment(MomentField::Updated, updated)
        .moment(MomentField::Resolved, closed)
        .number(NumberField::OriginalEstimateHours, hours);
    item.has_list(ListField::Label).has_list(ListField::Component);
    for tag in row.texts("tags", "") {
        item.add(ListField::Label, &tag);
    }
    let component = row.text("component");
    if let Some((_, file)) = component.split_once(':') {
        item.add(ListField::Component, file);
    }
    to.keep_item_as_given()
}

fn finish(rest: &JsonRest, to: &mut Gathering) {
    let page = Fields::from_value(rest.first().cloned().unwrap_or_default());
    let total = page.first(&["paging.total", "total"]).parse::<f64>().unwrap_or(0.0);
    let read = to.report.rows_read;
    if total > read as f64 {
        to.report.row_cap = Some(format!(
            "The file has {read} of {total} issues: it is one page of several. Export the other pages as well (p=2, p=3…) and import all of them."
        ));
    }
}
