//! GitLab issues and merge requests: REST `/issues` and `/merge_requests` of a project, a group or a person, GraphQL pages of
//! issues, and Perceval's wrapper.
//!
//! One element per issue or merge request. Issues become work items, `group/project#12`; merge requests become changes with
//! the work items that title, text and branch mention. Weight is read as story points, times are seconds. Where an issue
//! knows no iteration (they are a paid feature), its milestone is the iteration. There is no history and there are no links.
//! Source: real REST answers; the keys of GraphQL as documented.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::json::parts::{any, has, list, name, number, text};
use super::json::reading::{JsonFormat, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use super::mentions::Mentions;
use crate::model::{
    CategoryField, Cell, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, TextField,
};

/// The importer.
pub(super) static GITLAB_ISSUES: Importer = Importer {
    id: "gitlab-issues",
    title: "GitLab issues and merge requests",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(96, &["iid", "source_branch", "target_branch"]),
        Shape { score: 95, element: &["iid", "project_id", "title", "state", "labels"], ..Shape::NONE },
        Shape { score: 95, element: &["iid"], saying: &[("web_url", "/-/issues/")], ..Shape::NONE },
        Shape { score: 95, element: &["iid"], saying: &[("webUrl", "/issues/")], ..Shape::NONE },
        Shape { score: 97, element: &["data"], saying: &[("backend_name", "GitLab")], ..Shape::NONE },
        Shape { score: 85, element: &["iid", "project_id", "title", "description", "state"], ..Shape::NONE },
    ],
    arrays: &["", "data.project.issues.nodes", "data.group.issues.nodes", "data.project.mergeRequests.nodes"],
    element,
    finish,
};

const SECONDS_AN_HOUR: f64 = 3600.0;
const WEIGHT: &str = "Story points are read from GitLab's weight.";

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let value: Value = parsed(element)?;
    let wrapped = has(&value, &["backend_name"]) && value["data"].is_object();
    let inner = if wrapped { &value["data"] } else { &value };
    let iid = text(&inner["iid"]);
    if iid.is_empty() {
        return Err("it has no \"iid\", so it cannot be told which issue it is".into());
    }
    let mut project = project(inner);
    if wrapped && let Some(path) = path_of(&text(&value["origin"])) {
        project = path;
    }
    if has(inner, &["source_branch", "sourceBranch"]) {
        merge_request(inner, &iid, &project, to);
        return Ok(());
    }
    issue(inner, &iid, &project, to);
    to.keep_item()
}

fn finish(_: &JsonRest, to: &mut Gathering) {
    let elements = to.report.rows_read;
    if matches!(elements, 20 | 100) {
        to.report.row_cap = Some(format!(
            "The file has exactly {elements} elements, where GitLab ends a page, so it is probably cut. Import the other pages as well."
        ));
    }
}

/// `group/project` of an element; its number where the path is not given.
pub(super) fn project(value: &Value) -> String {
    let full = text(&value["references"]["full"]);
    if let Some((path, _)) = full.rsplit_once(['#', '!']) {
        return path.to_owned();
    }
    let address = text(any(value, &["web_url", "webUrl"]));
    let known = path_of(&address);
    known.unwrap_or_else(|| text(any(value, &["project_id", "projectId"])).into_owned())
}

/// `group/project` of `https://host/group/project/-/issues/1`.
fn path_of(address: &str) -> Option<String> {
    let (_, path) = address.split_once("://")?.1.split_once('/')?;
    let known = ["/-/", "/issues/", "/merge_requests/"].into_iter().find_map(|end| path.split_once(end));
    let path = known.map_or(path, |(path, _)| path).trim_matches('/');
    (!path.is_empty()).then(|| path.to_owned())
}

fn issue(value: &Value, iid: &str, project: &str, to: &mut Gathering) {
    to.item.text(TextField::Key, &format!("{project}#{iid}")).category(CategoryField::Project, project);
    if has(value, &["title"]) {
        to.item.text(TextField::Title, &text(&value["title"]));
    }
    // The page calls it open, the API opened.
    let state = text(&value["state"]).to_lowercase();
    to.item.category(CategoryField::Status, if state == "opened" { "open" } else { &state });
    let duplicate = any(&value["_links"], &["closed_as_duplicate_of"]).is_string();
    to.item.category(CategoryField::Resolution, if duplicate { "duplicate" } else { "" });
    let kind = ["issue_type", "type"];
    if has(value, &kind) {
        to.item.category(CategoryField::Type, &text(any(value, &kind)).to_lowercase());
    }
    if has(value, &["author"]) {
        to.item.category(CategoryField::Reporter, &name(&value["author"]));
    }
    if has(value, &["assignees", "assignee"]) {
        let assignees = list(&value["assignees"]);
        to.item.category(CategoryField::Assignee, &name(assignees.first().copied().unwrap_or(&value["assignee"])));
    }
    if has(value, &["labels"]) {
        to.item.has_list(ListField::Label);
        for label in list(&value["labels"]) {
            to.item.add(ListField::Label, &name(label));
        }
    }
    if has(value, &["epic"]) {
        let epic = text(&value["epic"]["iid"]);
        let parent =
            if epic.is_empty() { String::new() } else { format!("{}&{epic}", text(&value["epic"]["group_id"])) };
        to.item.category(CategoryField::Parent, &parent);
    }
    if has(value, &["weight"]) {
        let weight = number(&value["weight"]);
        to.item.number(NumberField::Points, weight);
        if weight.is_some() {
            to.note(WEIGHT.into());
        }
    }
    moments(value, to);
    hours(value, to);
    iterations(value, to);
}

fn moments(value: &Value, to: &mut Gathering) {
    for (field, keys) in [
        (MomentField::Created, ["created_at", "createdAt"]),
        (MomentField::Updated, ["updated_at", "updatedAt"]),
        (MomentField::Resolved, ["closed_at", "closedAt"]),
        (MomentField::Due, ["due_date", "dueDate"]),
    ] {
        if has(value, &keys) {
            let moment = to.moment(keys[0], &text(any(value, &keys)));
            to.item.moment(field, moment);
        }
    }
}

/// GitLab writes 0 where nobody estimated.
fn hours(value: &Value, to: &mut Gathering) {
    let times = if value["time_stats"].is_object() { &value["time_stats"] } else { value };
    for (field, keys) in [
        (NumberField::OriginalEstimateHours, ["time_estimate", "timeEstimate"]),
        (NumberField::LoggedHours, ["total_time_spent", "totalTimeSpent"]),
    ] {
        if has(times, &keys) {
            let seconds = number(any(times, &keys)).filter(|seconds| *seconds > 0.0);
            to.item.number(field, seconds.map(|seconds| seconds / SECONDS_AN_HOUR));
        }
    }
}

fn iterations(value: &Value, to: &mut Gathering) {
    let mut dates = |span: &Value| {
        let mut moment = |keys: &[&str]| to.moment(keys[0], &text(any(span, keys))).unwrap_or(NO_MOMENT);
        IterationDates {
            start: moment(&["start_date", "startDate"]),
            end: moment(&["due_date", "dueDate"]),
            completed: NO_MOMENT,
        }
    };
    let (milestone, iteration) = (&value["milestone"], &value["iteration"]);
    let (milestone_dates, iteration_dates) = (dates(milestone), dates(iteration));
    let title = text(&milestone["title"]);
    if has(value, &["milestone"]) {
        to.item.add(ListField::FixVersion, &title);
    }
    if has(value, &["iteration"]) {
        to.item.has_list(ListField::Sprint);
        // Those that GitLab makes by itself have no title: they are called by their days.
        let days = ["start_date", "due_date"].map(|key| text(&iteration[key]));
        let own = text(&iteration["title"]);
        if !own.is_empty() {
            to.item.iteration(&own, iteration_dates);
        } else if !days[0].is_empty() {
            to.item.iteration(&format!("{} to {}", days[0], days[1]), iteration_dates);
        }
    } else if has(value, &["milestone"]) {
        to.item.has_list(ListField::Sprint);
        if !title.is_empty() {
            to.item.iteration(&title, milestone_dates);
        }
    }
}

fn merge_request(value: &Value, iid: &str, project: &str, to: &mut Gathering) {
    let branch = text(any(value, &["source_branch", "sourceBranch"]));
    let title = text(&value["title"]);
    let mut mentions = Mentions::new(project);
    for text in [&title, &text(&value["description"]), &branch] {
        mentions.look_in(text);
    }
    mentions.look_at_beginning(&branch);
    let state = text(&value["state"]).to_lowercase();
    let state = if state == "opened" { "open" } else { &state };
    let labels: Vec<_> = list(&value["labels"]).into_iter().map(name).collect();
    let labels: Vec<&str> = labels.iter().map(AsRef::as_ref).collect();
    let work_items = mentions.found();
    let (source, id) = (format!("gitlab {project}"), format!("!{iid}"));
    let texts = [
        ("title", title),
        ("author", name(&value["author"])),
        ("branch", branch.clone()),
        ("base", text(any(value, &["target_branch", "targetBranch"]))),
        ("commit", text(any(value, &["merge_commit_sha", "mergeCommitSha", "squash_commit_sha"]))),
        ("url", text(any(value, &["web_url", "webUrl"]))),
    ];
    let mut cells = vec![
        ("source", Cell::Text(source.as_str())),
        ("id", Cell::Text(&id)),
        ("service", Cell::Text(project)),
        ("state", Cell::Text(state)),
        ("work-items", Cell::List(&work_items)),
        ("labels", Cell::List(&labels)),
    ];
    cells.extend(texts.iter().map(|(column, text)| (*column, Cell::Text(text))));
    for (column, keys) in [
        ("updated", ["updated_at", "updatedAt"]),
        ("opened-at", ["created_at", "createdAt"]),
        ("merged-at", ["merged_at", "mergedAt"]),
        ("closed-at", ["closed_at", "closedAt"]),
    ] {
        let moment = to.moment(keys[0], &text(any(value, &keys)));
        cells.extend(moment.map(|moment| (column, Cell::Moment(moment))));
    }
    to.record(RecordKind::Change, &cells);
}
