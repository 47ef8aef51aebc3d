//! The changelog of an issue.

use serde_json::Value;

use super::points::PointsFields;
use super::sprints::SprintNames;
use crate::importers::Problem;
use crate::importers::gathering::Gathering;
use crate::importers::json::parts::{list, text};
use crate::model::ChangeField;

const SECONDS_AN_HOUR: f64 = 3600.0;

/// Adds the changes of an issue, and says when Jira gave only some of them.
pub(super) fn read(changelog: &Value, sprints: &SprintNames, points: &mut PointsFields, to: &mut Gathering) {
    let histories = list(&changelog["histories"]);
    let total = changelog["total"].as_u64().unwrap_or(0);
    if total > histories.len() as u64 {
        to.warn("changelog", &format!("{} of {total} changes", histories.len()), Problem::HistoryCut);
    }
    for history in histories {
        let Some(at) = to.moment("changelog.created", &text(&history["created"])) else { continue };
        for item in list(&history["items"]) {
            change(item, at, sprints, points, to);
        }
    }
}

fn change(item: &Value, at: i64, sprints: &SprintNames, points: &mut PointsFields, to: &mut Gathering) {
    let (field, id) = (text(&item["field"]), text(&item["fieldId"]));
    points.see_name(&id, &field);
    let (from, into) = (text(&item["fromString"]), text(&item["toString"]));
    let by_words = match field.as_ref() {
        "status" => Some(ChangeField::Status),
        "resolution" => Some(ChangeField::Resolution),
        "assignee" => Some(ChangeField::Assignee),
        "priority" => Some(ChangeField::Priority),
        "Flagged" => Some(ChangeField::Blocked),
        "Parent" | "IssueParentAssociation" | "Epic Link" => Some(ChangeField::Parent),
        _ if PointsFields::is_points(&field) => Some(ChangeField::Points),
        _ => None,
    };
    if let Some(kind) = by_words {
        to.item.change(at, kind, &from, &into);
        return;
    }
    match field.as_ref() {
        "Sprint" => sprint_change(item, at, sprints, to),
        "duedate" => {
            to.item.change(at, ChangeField::Due, &text(&item["from"]), &text(&item["to"]));
        }
        "timeoriginalestimate" => {
            to.item.change(at, ChangeField::OriginalEstimateHours, &hours(&item["from"]), &hours(&item["to"]));
        }
        "timeestimate" => {
            to.item.change(at, ChangeField::RemainingHours, &hours(&item["from"]), &hours(&item["to"]));
        }
        _ => {}
    }
}

fn hours(seconds: &Value) -> String {
    text(seconds).parse::<f64>().map(|seconds| (seconds / SECONDS_AN_HOUR).to_string()).unwrap_or_default()
}

/// `from` and `to` list all sprints of the issue before and after: what is new was added, what is gone was taken out.
fn sprint_change(item: &Value, at: i64, sprints: &SprintNames, to: &mut Gathering) {
    let before = listed(&text(&item["from"]), &text(&item["fromString"]), sprints);
    let after = listed(&text(&item["to"]), &text(&item["toString"]), sprints);
    let is_in = |list: &[(String, String)], id: &str| list.iter().any(|(known, _)| known == id);
    for (_, name) in after.iter().filter(|(id, _)| !is_in(&before, id)) {
        to.item.change(at, ChangeField::Sprint, "", name);
    }
    for (_, name) in before.iter().filter(|(id, _)| !is_in(&after, id)) {
        to.item.change(at, ChangeField::Sprint, name, "");
    }
}

/// The sprints of one side of a change: id and name. Names are not escaped, so they are told apart by their number only.
fn listed(ids: &str, words: &str, sprints: &SprintNames) -> Vec<(String, String)> {
    let split = |text: &str| -> Vec<String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (ids, names) = (split(ids), split(words));
    if ids.is_empty() {
        return names.into_iter().map(|name| (name.clone(), name)).collect();
    }
    let same_number = ids.len() == names.len();
    let only = ids.len() == 1;
    let name = |place: usize, id: &str| match sprints.get(id) {
        Some(name) => name.clone(),
        None if only && !words.is_empty() => words.to_owned(),
        None if same_number => names[place].clone(),
        None => format!("Sprint {id}"),
    };
    ids.iter().enumerate().map(|(place, id)| (id.clone(), name(place, id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sprints_are_named_by_their_id() {
        let known = SprintNames::from([("7".to_owned(), "Bakery 1".to_owned())]);
        let names = |ids: &str, words: &str| -> Vec<String> {
            listed(ids, words, &known).into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(names("7", "Old name"), ["Bakery 1"]);
        assert_eq!(names("7, 9", "Old name, Other"), ["Bakery 1", "Other"]);
        assert_eq!(names("9", "Bread, butter"), ["Bread, butter"]);
        assert_eq!(names("8, 9", "Bread, butter, jam"), ["Sprint 8", "Sprint 9"]);
        assert_eq!(names("", ""), Vec::<String>::new());
        assert_eq!(names("", "Bread"), ["Bread"]);
    }
}
