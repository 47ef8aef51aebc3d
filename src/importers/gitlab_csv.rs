//! GitLab: *Issues → Export as CSV*, which comes by e-mail.
//!
//! One row per issue. Its dates are UTC, its times seconds; milestones stand for iterations, which the file does not have.
//! It has no links, no history and only one assignee. GitLab cuts it at 15 MB and says so only in the e-mail.
//! Source: header of a real export and of importers; the order of columns changed, so they are found by name.

use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column, ended_by};
use super::{Imported, Importer};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static GITLAB_CSV: Importer = Importer {
    id: "gitlab-csv",
    title: "GitLab issues CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| Ok(ended_by(FORMAT.start(head, settings)?, note_the_cut)),
};

const SECONDS: Grammar = Grammar::Duration(DurationUnit::Seconds);
const UTC_LATER: Grammar = Grammar::UtcDate(DateRole::Later);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["title"], &["state"], &["created"]],
    score: 95,
    columns: &[
        column("id", &["issue id"], Grammar::Text, "key"),
        column("url", &["url"], Grammar::Text, "key"),
        column("title", &["title"], Grammar::Text, "title"),
        column("state", &["state"], Grammar::Text, "status"),
        column("type", &["type", "work item type"], Grammar::Text, "type"),
        column("author", &["author"], Grammar::Text, "reporter"),
        column("assignee", &["assignee"], Grammar::List(&[',']), "assignee"),
        column("created", &["created at (utc)"], Grammar::UtcDate(DateRole::Created), "created"),
        column("updated", &["updated at (utc)"], UTC_LATER, "updated"),
        column("closed", &["closed at (utc)"], UTC_LATER, "resolved"),
        column("due", &["due date"], Grammar::Date(DateRole::Other), "due"),
        column("milestone", &["milestone"], Grammar::Text, "sprint"),
        column("weight", &["weight"], Grammar::Number, "points"),
        column("labels", &["labels"], Grammar::List(&[',']), "label"),
        column("estimate", &["time estimate"], SECONDS, "original-estimate-hours"),
        column("spent", &["time spent"], SECONDS, "logged-hours"),
        column("epic", &["epic title"], Grammar::Text, "parent"),
        column("epic id", &["epic id"], Grammar::Text, "parent"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let id = row.text("id");
    if id.is_empty() {
        return Err("the row has no value in \"Issue ID\", so it cannot be told which issue it is".into());
    }
    let project = project_of(row.text("url"));
    let key = match project {
        Some(project) => format!("{project}#{id}"),
        // Without its address an issue is only known by its number, which every project has.
        None => format!("{}#{id}", to.file_stem()),
    };
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, row.text("title"));
    row.categories(
        item,
        &[
            (CategoryField::Status, "state"),
            (CategoryField::StatusCategory, "state"),
            (CategoryField::Type, "type"),
            (CategoryField::Reporter, "author"),
            (CategoryField::Parent, "epic"),
        ],
    );
    if !row.has("epic") && row.has("epic id") {
        let epic = row.text("epic id");
        item.category(CategoryField::Parent, &if epic.is_empty() { String::new() } else { format!("&{epic}") });
    }
    if let Some(project) = project {
        item.category(CategoryField::Project, project);
    }
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Updated, "updated"),
            (MomentField::Resolved, "closed"),
            (MomentField::Due, "due"),
        ],
    );
    row.numbers(item, &[(NumberField::Points, "weight"), (NumberField::LoggedHours, "spent")]);
    if row.has("estimate") {
        // Nobody estimated what has 0 seconds.
        item.number(NumberField::OriginalEstimateHours, row.hours("estimate").filter(|hours| *hours > 0.0));
    }
    row.lists(item, &[(ListField::Label, "labels")]);
    if row.has("milestone") {
        item.has_list(ListField::Sprint).add(ListField::FixVersion, row.text("milestone"));
        item.iteration(row.text("milestone"), IterationDates::NONE);
    }
    let several = row.first_assignee(item, "assignee");
    if several {
        to.note(super::table::FIRST_ASSIGNEE.into());
    }
    to.keep_item_as_given()
}

/// `group/project` in `https://gitlab.example/group/project/-/issues/12`.
fn project_of(url: &str) -> Option<&str> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let project = path.split_once("/-/").or_else(|| path.split_once("/issues/"))?.0;
    (!project.is_empty() && project != "-").then_some(project)
}

/// The sizes at which a file was probably cut: around 15 MB, in either meaning of the word.
const CUT: std::ops::RangeInclusive<u64> = 14_900_000..=15_800_000;

fn note_the_cut(imported: &mut Imported, bytes: u64) {
    let Imported { dataset, report } = imported;
    if CUT.contains(&bytes) {
        report.row_cap = Some(
            "The file is about as large as the 15 MB at which GitLab cuts its CSV, so issues may be missing. The e-mail it came with says how many were left out; export by label or milestone to get them all.".into(),
        );
    }
    if dataset.is_present("sprint") {
        report.decisions.push("GitLab's CSV has no iterations: milestones stand for them, without dates.".into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::ImportReport;
    use crate::model::Dataset;

    #[test]
    fn the_project_is_read_from_the_address() {
        assert_eq!(project_of("https://gitlab.com/bakery/ovens/-/issues/12"), Some("bakery/ovens"));
        assert_eq!(project_of("http://git.local/a/b/c/-/work_items/3"), Some("a/b/c"));
        assert_eq!(project_of("https://git.local/a/b/issues/3"), Some("a/b"));
        for url in ["", "gitlab.com/a/b/-/issues/1", "https://gitlab.com", "https://gitlab.com/-/issues/1"] {
            assert_eq!(project_of(url), None, "{url}");
        }
    }

    #[test]
    fn a_file_near_fifteen_megabytes_is_told_to_be_cut() {
        for (bytes, cut) in [(1_000, false), (15_000_000, true), (15 << 20, true), (16_000_000, false)] {
            let mut imported = Imported { dataset: Dataset::default(), report: ImportReport::default() };
            note_the_cut(&mut imported, bytes);
            assert_eq!(imported.report.row_cap.is_some(), cut, "{bytes}");
        }
    }
}
