//! The same items as an answer of Jira's search with the changelog: one object an item, moments in UTC.

use serde_json::{Value, json};

use super::clock::WallMinute;
use super::item::{Category, Item, Person, Project};

const SITE: &str = "https://example.atlassian.net/rest/api/3";
const SECONDS_AN_HOUR: u32 = 3600;
const MINUTES_OF_A_MORNING: i32 = 9 * 60;

/// The days of a sprint: the first, and the first after it, from 1970-01-01.
pub(super) type SprintDays = fn(u32) -> (i32, i32);

/// Writes everything before the first issue.
pub(super) fn write_head(out: &mut Vec<u8>, issues: u64) {
    let head = format!(
        "{{\"expand\":\"schema,names\",\"startAt\":0,\"maxResults\":{issues},\"total\":{issues},\"issues\":[\n"
    );
    out.extend_from_slice(head.as_bytes());
}

/// Writes one issue.
pub(super) fn write_issue(out: &mut Vec<u8>, project: &Project, item: &Item, days: SprintDays) {
    let histories = changelog(project, item, days);
    let issue = json!({
        "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
        "id": item.id.to_string(),
        "self": format!("{SITE}/issue/{}", item.id),
        "key": item.key(project),
        "changelog": { "startAt": 0, "maxResults": histories.len(), "total": histories.len(), "histories": histories },
        "fields": fields(project, item, days),
    });
    out.extend_from_slice(issue.to_string().as_bytes());
}

/// Writes what is between two issues.
pub(super) fn write_separator(out: &mut Vec<u8>) {
    out.extend_from_slice(b",\n");
}

/// Writes everything after the last issue.
pub(super) fn write_tail(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n]}\n");
}

fn fields(project: &Project, item: &Item, days: SprintDays) -> Value {
    let named = |kind: &str, name: &str| json!({ "self": format!("{SITE}/{kind}/1"), "id": "1", "name": name });
    let moment = |moment: Option<WallMinute>| moment.map(WallMinute::iso);
    let category_key = match item.category {
        Category::ToDo => "new",
        Category::InProgress => "indeterminate",
        Category::Done => "done",
    };
    let done = item.category == Category::Done;
    let seconds = |hours: u32| hours * SECONDS_AN_HOUR;
    let sprint = |&number: &u32| {
        let (first, after) = days(number);
        json!({
            "id": sprint_id(project, number), "name": sprint_name(project, number), "state": "closed", "boardId": 1, "goal": "",
            "startDate": WallMinute::of_day(first, 0).iso(), "endDate": WallMinute::of_day(after, 0).iso(),
        })
    };
    json!({
        "summary": item.title,
        "issuetype": { "self": format!("{SITE}/issuetype/1"), "id": "1", "name": item.kind, "subtask": item.kind == "Sub-task" },
        "project": { "self": format!("{SITE}/project/1"), "id": "1", "key": project.key, "name": project.name },
        "status": {
            "self": format!("{SITE}/status/3"), "id": "3", "name": item.status,
            "statusCategory": { "id": 4, "key": category_key, "colorName": "yellow", "name": item.category.words() },
        },
        "priority": named("priority", item.priority),
        "resolution": (!item.resolution.is_empty()).then(|| named("resolution", item.resolution)),
        "assignee": item.assignee.map(|place| user(&project.people[place])),
        "reporter": user(&project.people[item.reporter]),
        "created": item.created.iso(), "updated": item.updated.iso(), "resolutiondate": moment(item.resolved),
        "statuscategorychangedate": moment(item.category_changed),
        "duedate": item.due.map(|due| due.iso()[..10].to_owned()),
        "labels": item.labels,
        "components": item.components.iter().map(|name| named("component", name)).collect::<Vec<_>>(),
        "fixVersions": item.fix_versions.iter().map(|name| named("version", name)).collect::<Vec<_>>(),
        "timeoriginalestimate": item.estimate_hours.map(seconds),
        "timeestimate": item.estimate_hours.map(|hours| if done { 0 } else { seconds(hours) }),
        "parent": item.parent.as_ref().map(|parent| json!({
            "id": parent.id.to_string(), "key": parent.key, "fields": { "summary": parent.title },
        })),
        "customfield_10016": item.points,
        "customfield_10020": item.sprints.iter().map(sprint).collect::<Vec<_>>(),
        "customfield_10019": format!("0|i{:05x}:", item.id),
        "customfield_10021": null, "customfield_10022": null, "customfield_10023": null, "customfield_10024": null,
        "description": (!item.description.is_empty()).then_some(&item.description),
    })
}

/// What happened to the item, oldest first.
fn changelog(project: &Project, item: &Item, days: SprintDays) -> Vec<Value> {
    let mut changes: Vec<(WallMinute, Value)> = Vec::new();
    let mut add = |at: WallMinute, field: &str, id: &str, from: [&str; 2], to: [&str; 2]| {
        let value = json!({
            "field": field, "fieldtype": if id.starts_with("customfield") { "custom" } else { "jira" }, "fieldId": id,
            "from": from[0], "fromString": from[1], "to": to[0], "toString": to[1],
        });
        changes.push((at, value));
    };
    if let Some(points) = item.points {
        add(item.created.plus(2), "Story point estimate", "customfield_10016", ["", ""], ["", &points.to_string()]);
    }
    if let Some(person) = item.assignee.map(|place| &project.people[place]) {
        add(item.created.plus(3), "assignee", "assignee", ["", ""], [&person.id, &person.name]);
    }
    let mut before = (String::new(), String::new());
    for &number in &item.sprints {
        let at = WallMinute::of_day(days(number).0, MINUTES_OF_A_MORNING).max(item.created.plus(4));
        let joined = |list: &str, new: &str| if list.is_empty() { new.to_owned() } else { format!("{list}, {new}") };
        let id = sprint_id(project, number).to_string();
        let after = (joined(&before.0, &id), joined(&before.1, &sprint_name(project, number)));
        add(at, "Sprint", "customfield_10020", [&before.0, &before.1], [&after.0, &after.1]);
        before = after;
    }
    let mut status = "To Do";
    let mut moved = |at: Option<WallMinute>, to: &'static str| {
        if let Some(at) = at.filter(|_| to != status) {
            add(at, "status", "status", ["1", status], ["3", to]);
            status = to;
        }
    };
    moved(item.started, "In Progress");
    match item.category {
        Category::ToDo => {}
        Category::InProgress => moved(item.category_changed, item.status),
        Category::Done => moved(item.resolved.or(item.category_changed), item.status),
    }
    changes.sort_by_key(|(at, _)| *at);
    let author = user(&project.people[item.reporter]);
    let history = |(place, (at, change)): (usize, (WallMinute, Value))| json!({ "id": (item.id * 100 + place as u64).to_string(), "author": author, "created": at.iso(), "items": [change] });
    changes.into_iter().enumerate().map(history).collect()
}

fn user(person: &Person) -> Value {
    json!({
        "self": format!("{SITE}/user?accountId={}", person.id), "accountId": person.id, "displayName": person.name,
        "active": true, "timeZone": "Etc/UTC", "accountType": "atlassian",
    })
}

fn sprint_name(project: &Project, number: u32) -> String {
    format!("{}{number}", project.sprint_prefix)
}

/// Unlike that of any other project's sprint.
fn sprint_id(project: &Project, number: u32) -> u64 {
    let place = project.team_id.bytes().fold(0, |sum, byte| (sum * 31 + u64::from(byte)) % 9973);
    place * 1000 + u64::from(number)
}
