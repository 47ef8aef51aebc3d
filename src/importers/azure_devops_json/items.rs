//! Work items: what is told of each, in revisions or updates, becomes its last state and its history.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::State;
use crate::importers::Problem;
use crate::importers::gathering::Gathering;
use crate::importers::json::fields::Fields;
use crate::model::{CategoryField, ChangeField, IterationDates, ListField, MomentField, NumberField, TextField};

/// Fields whose changes are kept.
const TRACKED: &[(&str, ChangeField)] = &[
    ("System.State", ChangeField::Status),
    ("System.IterationPath", ChangeField::Sprint),
    ("System.AssignedTo", ChangeField::Assignee),
    ("Microsoft.VSTS.Common.Priority", ChangeField::Priority),
    ("Microsoft.VSTS.Scheduling.StoryPoints", ChangeField::Points),
    ("Microsoft.VSTS.Scheduling.Effort", ChangeField::Points),
    ("Microsoft.VSTS.Scheduling.Size", ChangeField::Points),
    ("Microsoft.VSTS.Scheduling.OriginalEstimate", ChangeField::OriginalEstimateHours),
    ("Microsoft.VSTS.Scheduling.RemainingWork", ChangeField::RemainingHours),
];

/// Everything told of the work items, by number.
#[derive(Default)]
pub(super) struct WorkItems(BTreeMap<u64, Told>);

#[derive(Default)]
struct Told {
    /// By revision, with the line.
    versions: Vec<(u64, u64, Version)>,
    links: Vec<(ListField, String)>,
    parent: String,
}

enum Version {
    /// All fields at that revision.
    Whole(State),
    /// Only what changed.
    Update { before: State, after: State },
}

impl WorkItems {
    /// Takes a work item, a revision or an update; the error is the reason to refuse it.
    pub(super) fn add(&mut self, row: &Fields, line: u64) -> Result<(), String> {
        let is_update = row.has("workItemId");
        let number = |path: &str| row.text(path).parse::<u64>().ok();
        let id = number(if is_update { "workItemId" } else { "id" });
        let id = id.ok_or("the work item has no number under \"id\", so it cannot be told which one it is")?;
        let revision = number("rev").unwrap_or(0);
        let fields = row.value("fields").and_then(Value::as_object).into_iter().flatten();
        let version = if is_update {
            let (mut before, mut after) = (State::default(), State::default());
            for (name, change) in fields {
                before.set(name, change.get("oldValue").unwrap_or(&Value::Null));
                after.set(name, change.get("newValue").unwrap_or(&Value::Null));
            }
            Version::Update { before, after }
        } else {
            let mut state = State::default();
            fields.for_each(|(name, value)| state.set(name, value));
            Version::Whole(state)
        };
        let told = self.0.entry(id).or_default();
        told.versions.push((revision, line, version));
        for relation in row.list("relations") {
            told.relation(&Fields::from_value(relation.clone()));
        }
        Ok(())
    }

    /// Makes rows of all of them: each revision is one, and of the versions of an item one stays.
    pub(super) fn finish(self, to: &mut Gathering) {
        for (id, mut told) in self.0 {
            told.versions.sort_by_key(|(revision, line, _)| (*revision, *line));
            let (state, changes) = told.replay(to);
            for (_, line, _) in &told.versions {
                to.begin_row(*line);
                item(id, &state, &told, to);
                for (at, field, from, text) in &changes {
                    if *field == ChangeField::Sprint {
                        let [from, text] = [from, text].map(|path| rest_of_path(path));
                        if from != text {
                            to.item.change(*at, *field, from, "").change(*at, *field, "", text);
                        }
                    } else {
                        to.item.change(*at, *field, from, text);
                    }
                }
                let outcome = to.keep_item();
                to.end_row(outcome);
            }
        }
    }
}

type Changed = (i64, ChangeField, String, String);

impl Told {
    fn relation(&mut self, relation: &Fields) {
        let url = relation.text("url");
        let Some(number) = url.rsplit('/').next().filter(|part| part.parse::<u64>().is_ok()) else { return };
        let key = format!("AB#{number}");
        match &*relation.text("rel") {
            "System.LinkTypes.Hierarchy-Reverse" => self.parent = key,
            "System.LinkTypes.Dependency-Reverse" => self.links.push((ListField::BlockedBy, key)),
            "System.LinkTypes.Dependency-Forward" => self.links.push((ListField::Blocks, key)),
            _ => {}
        }
    }

    /// The last state, and the changes on the way to it.
    fn replay(&self, to: &mut Gathering) -> (State, Vec<Changed>) {
        let mut state = State::default();
        let mut changes = Vec::new();
        for (position, (revision, _, version)) in self.versions.iter().enumerate() {
            let (before, after) = match version {
                // The first whole state is where the story begins, and the first update is the creation: no change.
                Version::Whole(after) if position == 0 => (None, after),
                Version::Update { after, .. } if *revision == 1 => (None, after),
                Version::Whole(after) => (Some(state.clone()), after),
                Version::Update { before, after } => (Some(before.clone()), after),
            };
            if let Some(before) = before {
                let at = to.moment("System.ChangedDate", after.text("System.ChangedDate"));
                for (name, field) in TRACKED {
                    // Of a whole state a missing field is an empty one; an update tells only what changed.
                    let now = match version {
                        Version::Whole(_) => Some(after.text(name)),
                        Version::Update { .. } => after.get(name),
                    };
                    let was = before.text(name);
                    if let (Some(now), Some(at)) = (now, at)
                        && now != was
                    {
                        changes.push((at, *field, was.to_owned(), now.to_owned()));
                    }
                }
            }
            match version {
                Version::Whole(after) => state = after.clone(),
                Version::Update { after, .. } => state.overlay(after),
            }
        }
        (state, changes)
    }
}

fn item(id: u64, state: &State, told: &Told, to: &mut Gathering) {
    to.item.text(TextField::Key, &format!("AB#{id}")).text(TextField::Title, state.text("System.Title"));
    for (field, name) in [
        (CategoryField::Type, "System.WorkItemType"),
        (CategoryField::Status, "System.State"),
        (CategoryField::Project, "System.TeamProject"),
        (CategoryField::Priority, "Microsoft.VSTS.Common.Priority"),
        (CategoryField::Assignee, "System.AssignedTo"),
        (CategoryField::Reporter, "System.CreatedBy"),
    ] {
        if let Some(text) = state.get(name) {
            to.item.category(field, text);
        }
    }
    moments(state, to);
    numbers(state, to);
    category(state, to);
    let item = &mut to.item;
    let parent = match state.get("System.Parent") {
        Some("") | None => told.parent.clone(),
        Some(number) => format!("AB#{number}"),
    };
    if state.get("System.Parent").is_some() || !parent.is_empty() {
        item.category(CategoryField::Parent, &parent);
    }
    if item.category_of(CategoryField::Project).is_empty() {
        let paths = ["System.IterationPath", "System.AreaPath"].map(|name| state.text(name));
        let project = paths.iter().filter_map(|path| path.split('\\').next()).find(|project| !project.is_empty());
        item.category(CategoryField::Project, project.unwrap_or_default());
    }
    for (field, key) in &told.links {
        item.add(*field, key);
    }
    if let Some(tags) = state.get("System.Tags") {
        item.has_list(ListField::Label);
        tags.split(';').for_each(|tag| {
            item.add(ListField::Label, tag);
        });
    }
    if let Some(path) = state.get("System.IterationPath") {
        item.has_list(ListField::Sprint).iteration(rest_of_path(path), IterationDates::NONE);
    }
    if let Some(path) = state.get("System.AreaPath") {
        item.has_list(ListField::Component).add(ListField::Component, rest_of_path(path));
    }
}

fn moments(state: &State, to: &mut Gathering) {
    for (field, names) in [
        (MomentField::Created, &["System.CreatedDate"] as &[&str]),
        (MomentField::Updated, &["System.ChangedDate"]),
        (MomentField::Started, &["Microsoft.VSTS.Common.ActivatedDate"]),
        (MomentField::Resolved, &["Microsoft.VSTS.Common.ClosedDate"]),
        (MomentField::StatusCategoryChanged, &["Microsoft.VSTS.Common.StateChangeDate"]),
        (MomentField::Due, &["Microsoft.VSTS.Scheduling.DueDate", "Microsoft.VSTS.Scheduling.TargetDate"]),
    ] {
        if let Some(name) = names.iter().find(|name| state.get(name).is_some()) {
            let moment = to.moment(name, state.text(name));
            to.item.moment(field, moment);
        }
    }
}

fn numbers(state: &State, to: &mut Gathering) {
    let sizes: &[&str] = &[
        "Microsoft.VSTS.Scheduling.StoryPoints",
        "Microsoft.VSTS.Scheduling.Effort",
        "Microsoft.VSTS.Scheduling.Size",
    ];
    for (field, names) in [
        (NumberField::Points, sizes),
        (NumberField::OriginalEstimateHours, &["Microsoft.VSTS.Scheduling.OriginalEstimate"]),
        (NumberField::RemainingHours, &["Microsoft.VSTS.Scheduling.RemainingWork"]),
        (NumberField::LoggedHours, &["Microsoft.VSTS.Scheduling.CompletedWork"]),
    ] {
        let Some(name) = names.iter().find(|name| state.get(name).is_some()) else { continue };
        let text = state.text(name);
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() && !text.is_empty() {
            to.warn(name, text, Problem::NotANumber);
        }
        to.item.number(field, number);
    }
}

/// The answer does not have the category of a state; these are those of the processes that come with the tool.
fn category(state: &State, to: &mut Gathering) {
    let word = state.text("System.State");
    let is_one_of = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    let category = if is_one_of(&["New", "To Do", "Proposed", "Approved"]) {
        "To do"
    } else if is_one_of(&["Active", "Committed", "Doing", "In Progress", "Resolved"]) {
        // Resolved is not closed yet: it waits for its verification.
        "In progress"
    } else if is_one_of(&["Closed", "Done", "Completed", "Removed"]) {
        "Done"
    } else {
        ""
    };
    to.item.category(CategoryField::StatusCategory, category);
    if word.eq_ignore_ascii_case("Removed") {
        to.item.category(CategoryField::Resolution, "Removed");
    } else if category == "Done" && state.get("System.Reason").is_some() {
        to.item.category(CategoryField::Resolution, state.text("System.Reason"));
    }
}

/// `Kitchen\Release 1\Sprint 3`: the first part is the project, the rest names the iteration or area.
fn rest_of_path(path: &str) -> &str {
    path.split_once('\\').map_or("", |(_, rest)| rest)
}
