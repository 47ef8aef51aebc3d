//! GitHub issues and pull requests: REST `/issues`, `/pulls` and search, `gh issue list --json …` and `gh pr list --json …`,
//! GraphQL pages, and the `archive.json` that i-d-template keeps.
//!
//! One element per issue or pull request. Issues become work items, `owner/repository#12`; pull requests become changes with
//! the work items that title, text and branch mention. REST mixes pull requests into the issues; they are told apart by
//! `pull_request`. A milestone is the iteration, its due date the planned end. There are no points, no estimates and no
//! history. Source: real REST answers; the keys of `gh --json` and of GraphQL as documented.

use serde_json::Value;

use super::gathering::Gathering;
use super::json::parts::{any, has, list, name, number, text};
use super::json::reading::{self, ElementReader, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use super::mentions::Mentions;
use super::{FileHead, Importer};
use crate::model::{CategoryField, Cell, IterationDates, ListField, MomentField, NO_MOMENT, RecordKind, TextField};

/// The importer.
pub(super) static GITHUB_ISSUES: Importer = Importer {
    id: "github-issues",
    title: "GitHub issues and pull requests",
    detect: |head| reading::detect(head, SHAPES, ARRAYS),
    start: |head, settings| Ok(reading::start(ARRAYS, Box::new(Reader::new(head)), settings)),
};

const ARRAYS: &[&str] = &[
    "",
    "items",
    "issues",
    "pulls",
    "data.repository.issues.nodes",
    "data.repository.pullRequests.nodes",
    "data.search.nodes",
    "data.viewer.issues.nodes",
];

const SHAPES: &[Shape] = &[
    Shape { score: 96, element: &["number"], saying: &[("html_url", "/issues/")], without: &["fields"], ..Shape::NONE },
    Shape { score: 96, element: &["number"], saying: &[("html_url", "/pull/")], ..Shape::NONE },
    Shape { score: 94, element: &["number", "title"], saying: &[("url", "/issues/")], ..Shape::NONE },
    Shape { score: 94, element: &["number", "title"], saying: &[("url", "/pull")], ..Shape::NONE },
    Shape { score: 90, element: &["number", "createdAt", "state"], without: &["workflowName"], ..Shape::NONE },
    Shape {
        score: 90,
        element: &["number", "title", "state"],
        without: &["iid", "fields", "key", "due_on", "dueOn", "open_issues"],
        ..Shape::NONE
    },
    Shape { score: 90, element: &["number", "headRefName"], ..Shape::NONE },
    Shape { score: 98, document: &["magic", "issues"], ..Shape::NONE },
];

struct Reader {
    /// Stands for the repository where the file does not name it.
    file: String,
    elements: u64,
    unnamed: u64,
}

impl Reader {
    fn new(head: &FileHead<'_>) -> Self {
        let file = head.name.rsplit('/').next().unwrap_or(head.name);
        let file = file.split('.').next().unwrap_or(file).to_owned();
        Self { file, elements: 0, unnamed: 0 }
    }
}

impl ElementReader for Reader {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let value: Value = parsed(element)?;
        self.elements += 1;
        let id = text(&value["number"]);
        if id.is_empty() {
            return Err(
                "it has no \"number\", so it cannot be told which issue it is. Ask for that field as well".into()
            );
        }
        let mut repository = repository(&value);
        if repository.is_empty() {
            self.unnamed += 1;
            repository.clone_from(&self.file);
        }
        if is_pull_request(element.path, &value) {
            pull_request(&value, &id, &repository, to);
            return Ok(());
        }
        issue(&value, &id, &repository, to);
        to.keep_item()
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        if self.unnamed > 0 {
            to.note(format!(
                "{} issues do not tell their repository, so they are named after the file: {}#1. Add url to the fields you ask for to have them joined with others.",
                self.unnamed, self.file
            ));
        }
        to.report.row_cap = row_cap(self.elements, rest);
    }
}

/// Says when there are probably more.
pub(super) fn row_cap(elements: u64, rest: &JsonRest) -> Option<String> {
    let document = rest.first().unwrap_or(&Value::Null);
    let total = any(document, &["total_count", "totalCount"]).as_u64().unwrap_or(0);
    if total > elements {
        return Some(format!(
            "GitHub counts {total} and the file holds {elements} of them. Import the other pages as well."
        ));
    }
    let page = matches!(elements, 20 | 30 | 100 | 1000) && total == 0;
    page.then(|| {
        format!(
            "The file has exactly {elements} elements, where GitHub ends a page or the gh tool its list, so it is probably cut. Ask for more, or import the other pages as well."
        )
    })
}

/// `owner/repository` of an element; empty when it does not say.
pub(super) fn repository(value: &Value) -> String {
    let named = any(&value["repository"], &["nameWithOwner", "full_name"]);
    if named.is_string() {
        return text(named).into_owned();
    }
    let addresses = ["html_url", "url", "repository_url", "statuses_url", "deployment_url"];
    let nested = any(&value["Repository"], &["Url", "url"]);
    let found = addresses.iter().map(|key| &value[*key]).chain([&value["repository"]["url"], nested]);
    found.map(|address| of_address(&text(address))).find(|name| !name.is_empty()).unwrap_or_default()
}

/// The repository in `https://host/owner/repository/…` and `https://api.host/repos/owner/repository/…`.
fn of_address(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else { return String::new() };
    let mut parts = rest.split('/').skip(1);
    let mut part = || parts.next().unwrap_or("");
    let mut owner = part();
    if owner == "api" && part() == "v3" {
        owner = part();
    }
    if owner == "repos" {
        owner = part();
    }
    let repository = part();
    if owner.is_empty() || repository.is_empty() { String::new() } else { format!("{owner}/{repository}") }
}

fn is_pull_request(path: &str, value: &Value) -> bool {
    const KEYS: [&str; 7] =
        ["merged_at", "mergedAt", "head", "headRefName", "baseRefName", "merge_commit_sha", "isDraft"];
    path.contains("pull")
        || value["pull_request"].is_object()
        || has(value, &KEYS)
        || text(any(value, &["html_url", "url"])).contains("/pull")
}

fn issue(value: &Value, id: &str, repository: &str, to: &mut Gathering) {
    to.item.text(TextField::Key, &format!("{repository}#{id}")).category(CategoryField::Project, repository);
    if has(value, &["title"]) {
        to.item.text(TextField::Title, &text(&value["title"]));
    }
    if has(value, &["state"]) {
        to.item.category(CategoryField::Status, &text(&value["state"]).to_lowercase());
    }
    let reason = ["state_reason", "stateReason"];
    if has(value, &reason) {
        let reason = text(any(value, &reason)).to_lowercase().replace('_', " ");
        to.item.category(CategoryField::Resolution, if reason == "reopened" { "" } else { &reason });
    }
    let kind = ["type", "issueType"];
    if has(value, &kind) {
        to.item.category(CategoryField::Type, &name(any(value, &kind)));
    }
    if has(value, &["assignees", "assignee"]) {
        let assignees = list(&value["assignees"]);
        let assignee = assignees.first().copied().unwrap_or(&value["assignee"]);
        to.item.category(CategoryField::Assignee, &login(assignee));
    }
    let author = ["user", "author"];
    if has(value, &author) {
        to.item.category(CategoryField::Reporter, &login(any(value, &author)));
    }
    if has(value, &["labels"]) {
        to.item.has_list(ListField::Label);
        for label in list(&value["labels"]) {
            to.item.add(ListField::Label, &name(label));
        }
    }
    for (field, keys) in [
        (MomentField::Created, ["created_at", "createdAt"]),
        (MomentField::Updated, ["updated_at", "updatedAt"]),
        (MomentField::Resolved, ["closed_at", "closedAt"]),
    ] {
        if has(value, &keys) {
            let moment = to.moment(keys[0], &text(any(value, &keys)));
            to.item.moment(field, moment);
        }
    }
    milestone(value, to);
}

/// A person by the name that is written before an @; full names are rarely given.
fn login(person: &Value) -> String {
    let login = text(&person["login"]);
    if login.is_empty() { name(person).into_owned() } else { login.into_owned() }
}

fn milestone(value: &Value, to: &mut Gathering) {
    if !has(value, &["milestone"]) {
        return;
    }
    to.item.has_list(ListField::FixVersion).has_list(ListField::Sprint);
    let milestone = &value["milestone"];
    let title = name(milestone);
    if title.is_empty() {
        return;
    }
    let end = to.moment("milestone.due_on", &text(any(milestone, &["due_on", "dueOn"]))).unwrap_or(NO_MOMENT);
    let closed = text(any(milestone, &["closed_at", "closedAt"]));
    let completed = to.moment("milestone.closed_at", &closed).unwrap_or(NO_MOMENT);
    to.item.add(ListField::FixVersion, &title);
    to.item.iteration(&title, IterationDates { start: NO_MOMENT, end, completed });
}

/// The first moment of the reviews or commits of a pull request; GraphQL wraps commits once more.
fn first(elements: &Value, keys: &[&str], to: &mut Gathering) -> Option<i64> {
    let moments = list(elements).into_iter().filter_map(|element| {
        let element = if element["commit"].is_object() { &element["commit"] } else { element };
        to.moment(keys[0], &text(any(element, keys)))
    });
    moments.min()
}

fn pull_request(value: &Value, id: &str, repository: &str, to: &mut Gathering) {
    let mut moment = |keys: &[&str]| to.moment(keys[0], &text(any(value, keys)));
    let updated = moment(&["updated_at", "updatedAt"]);
    let opened = moment(&["created_at", "createdAt"]);
    let closed = moment(&["closed_at", "closedAt"]);
    let merged = moment(&["merged_at", "mergedAt"])
        .or_else(|| to.moment("merged_at", &text(&value["pull_request"]["merged_at"])));
    let review = first(&value["reviews"], &["submittedAt", "submitted_at"], to);
    let commit = first(&value["commits"], &["authoredDate", "committedDate"], to);
    let state = text(&value["state"]).to_lowercase();
    let state = if merged.is_some() { "merged" } else { &state };
    // The nested key is that of REST or GraphQL, the other one that of the other: never both.
    let either = |of: &str, at: &str, name: &str| text(any(&value[of], &[at])).into_owned() + &text(&value[name]);
    let branch = either("head", "ref", "headRefName");
    let base = either("base", "ref", "baseRefName");
    let title = text(&value["title"]);
    let mut mentions = Mentions::new(repository);
    for text in [title.as_ref(), text(&value["body"]).as_ref(), &branch] {
        mentions.look_in(text);
    }
    let labels: Vec<_> = list(&value["labels"]).into_iter().map(name).collect();
    let labels: Vec<&str> = labels.iter().map(AsRef::as_ref).collect();
    let merge_commit = either("mergeCommit", "oid", "merge_commit_sha");
    let (source, author) = (format!("github {repository}"), login(any(value, &["user", "author"])));
    let (url, work_items) = (text(any(value, &["html_url", "url"])), mentions.found());
    let mut cells = vec![
        ("source", Cell::Text(source.as_str())),
        ("id", Cell::Text(id)),
        ("title", Cell::Text(&title)),
        ("author", Cell::Text(&author)),
        ("service", Cell::Text(repository)),
        ("state", Cell::Text(state)),
        ("branch", Cell::Text(&branch)),
        ("base", Cell::Text(&base)),
        ("commit", Cell::Text(if merged.is_some() { &merge_commit } else { "" })),
        ("work-items", Cell::List(&work_items)),
        ("labels", Cell::List(&labels)),
        ("url", Cell::Text(&url)),
    ];
    let moments = [
        ("updated", updated),
        ("opened-at", opened),
        ("first-commit-at", commit),
        ("first-review-at", review),
        ("merged-at", merged),
        ("closed-at", closed),
    ];
    cells.extend(moments.into_iter().filter_map(|(column, moment)| Some((column, Cell::Moment(moment?)))));
    for column in ["additions", "deletions"] {
        cells.extend(number(&value[column]).map(|lines| (column, Cell::Number(lines))));
    }
    to.record(RecordKind::Change, &cells);
}
