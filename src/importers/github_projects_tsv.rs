//! GitHub Projects: *a view → ⌄ → Export view data*.
//!
//! One row per item of the view, with its visible fields; issues and pull requests are known by their address, drafts by their
//! title only. Dates of creating and closing are not in it: import the issues of the repository too, they join by address.
//! Source: GitHub's manual for the export; the fields are named after the columns of a view. No real file was found.

use super::gathering::Gathering;
use super::table::{DateRole, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use super::{Confidence, FileHead, Importer};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static GITHUB_PROJECTS_TSV: Importer = Importer {
    id: "github-projects-tsv",
    title: "GitHub Projects view",
    detect,
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);
const OTHER: Grammar = Grammar::Date(DateRole::Other);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["title"], &["url"], &["status", "assignees", "iteration"]],
    score: 92,
    columns: &[
        column("title", &["title"], Grammar::Text, "title"),
        column("url", &["url"], Grammar::Text, "key"),
        column("assignees", &["assignees"], COMMA, "assignee"),
        column("status", &["status"], Grammar::Text, "status"),
        column("iteration", &["iteration", "sprint"], Grammar::Text, "sprint"),
        column("estimate", &["estimate", "story points", "points"], Grammar::Number, "points"),
        column("labels", &["labels"], COMMA, "label"),
        column("milestone", &["milestone"], Grammar::Text, "fix-version"),
        column("repository", &["repository"], Grammar::Text, "project"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("type", &["type"], Grammar::Text, "type"),
        column("team", &["team"], Grammar::Text, "team"),
        column("due", &["due date", "target date", "end date"], OTHER, "due"),
        column("created", &["created", "created at"], Grammar::Date(DateRole::Created), "created"),
        column("updated", &["updated", "updated at"], Grammar::Date(DateRole::Later), "updated"),
        column("closed", &["closed", "closed at"], Grammar::Date(DateRole::Later), "resolved"),
    ],
    row,
};

/// Titles, addresses and statuses are in many tables; the addresses must be those of issues and pull requests.
fn detect(head: &FileHead<'_>) -> Confidence {
    let confidence = FORMAT.detect(head);
    if confidence.score == 0 {
        return confidence;
    }
    let has_item = head.text.split(['\t', ',', ';', '\n', '\r', '"']).any(|cell| reference(cell.trim()).is_some());
    if has_item { confidence } else { Confidence::NONE }
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let title = row.text("title");
    let reference = reference(row.text("url"));
    let key = match reference {
        Some((repository, number)) => format!("{repository}#{number}"),
        None if title.is_empty() => return Err("the row has neither an address nor a title".into()),
        None => {
            to.note("Drafts have no address; they are known by their title.".into());
            to.key_of_name(title)
        }
    };
    let item = &mut to.item;
    item.text(TextField::Key, &key).text(TextField::Title, title);
    row.categories(
        item,
        &[
            (CategoryField::Status, "status"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Type, "type"),
            (CategoryField::Team, "team"),
        ],
    );
    // `owner/repository`; the column may hold the address of it.
    let repository = row.text("repository").trim_start_matches("https://github.com/");
    let project = reference.map_or(repository, |(repository, _)| repository);
    if !project.is_empty() {
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
    row.numbers(item, &[(NumberField::Points, "estimate")]);
    row.lists(item, &[(ListField::Label, "labels")]);
    if row.has("milestone") {
        item.add(ListField::FixVersion, row.text("milestone"));
    }
    if row.has("iteration") {
        item.has_list(ListField::Sprint).iteration(row.text("iteration"), IterationDates::NONE);
    }
    let several = row.first_assignee(item, "assignees");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    to.keep_item_as_given()
}

/// `owner/repository` and the number in `https://github.com/owner/repository/issues/12`; issues and pull requests of a repository
/// are numbered together.
fn reference(url: &str) -> Option<(&str, &str)> {
    let (_, path) = url.strip_prefix("https://")?.split_once('/')?;
    let (repository, number) = path.split_once("/issues/").or_else(|| path.split_once("/pull/"))?;
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && repository.split('/').filter(|part| !part.is_empty()).count() == 2).then_some((repository, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_and_pull_requests_are_known_by_their_address() {
        assert_eq!(reference("https://github.com/bakery/oven/issues/12"), Some(("bakery/oven", "12")));
        assert_eq!(reference("https://git.example/bakery/oven/pull/7"), Some(("bakery/oven", "7")));
        for url in
            ["", "https://github.com/bakery/oven", "https://github.com/oven/issues/1", "https://x/a/b/issues/new"]
        {
            assert_eq!(reference(url), None, "{url}");
        }
    }
}
