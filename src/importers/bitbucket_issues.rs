//! Bitbucket: *Repository settings → Issues → Import & export → Export issues*: `db-1.0.json` or `db-2.0.json` in a ZIP.
//!
//! One work item per issue. The logs are a true history: statuses, milestones and people. An issue has no date of closing;
//! it is that of its last change to a closed status. There are no points, no estimates, and milestones have a name only.
//! The file does not name its repository, so keys begin with the name of the file.
//! Source: a real export of version 1.0; in 2.0 people are objects instead of names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::json::fields::Fields;
use super::json::reading::{ElementReader, Shape, detect, start};
use super::json::{JsonElement, JsonRest};
use crate::model::{CategoryField, ChangeField, IterationDates, ListField, MomentField, TextField};

/// The importer.
pub(super) static BITBUCKET_ISSUES: Importer = Importer {
    id: "bitbucket-issues",
    title: "Bitbucket issue export",
    detect: |head| detect(head, SHAPES, ARRAYS),
    start: |head, settings| {
        let export = Export { repository: repository(head.name), ..Export::default() };
        Ok(start(ARRAYS, Box::new(export), settings))
    },
};

const ARRAYS: &[&str] = &["issues", "logs", "comments", "milestones"];

/// The comments may fill all that detection sees.
const SHAPES: &[Shape] = &[
    Shape { score: 97, document: &["milestones", "issues", "logs"], ..Shape::NONE },
    Shape { score: 96, document: &["milestones", "attachments", "versions", "comments"], ..Shape::NONE },
    Shape::of(95, &["changed_from", "changed_to", "field", "issue"]),
    Shape { score: 94, document: &["meta.default_kind"], ..Shape::NONE },
];

const CLOSED: &[&str] = &["resolved", "closed", "invalid", "duplicate", "wontfix"];
/// Closed without being delivered.
const NOT_DELIVERED: &[&str] = &["invalid", "duplicate", "wontfix"];

#[derive(Default)]
struct Export {
    repository: String,
    /// With the line each begins on; the reason where it could not be read.
    issues: Vec<(u64, Result<Fields, String>)>,
    /// By number of the issue.
    logs: BTreeMap<String, Vec<Log>>,
}

struct Log {
    at: i64,
    field: ChangeField,
    from: String,
    to: String,
}

impl ElementReader for Export {
    fn is_row(&self, _path: &str) -> bool {
        // Issues become rows when all logs are known.
        false
    }

    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        match element.path {
            "issues" => self.issues.push((element.line, Fields::of(element).map(|issue| without_long_texts(&issue)))),
            "logs" => self.log(&Fields::of(element)?, to),
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _rest: &JsonRest, to: &mut Gathering) {
        for (line, issue) in std::mem::take(&mut self.issues) {
            to.begin_row(line);
            let outcome = issue.and_then(|issue| self.item(&issue, to));
            to.end_row(outcome);
        }
        to.note(format!(
            "The export does not name its repository: keys begin with \"{}\", from the name of the file.",
            self.repository
        ));
    }
}

impl Export {
    fn log(&mut self, log: &Fields, to: &mut Gathering) {
        let field = match &*log.text("field") {
            "status" => ChangeField::Status,
            "milestone" => ChangeField::Sprint,
            "responsible" | "assignee" => ChangeField::Assignee,
            "priority" => ChangeField::Priority,
            _ => return,
        };
        let Some(at) = log.moment("created_on", to) else { return };
        // "None" is written as a text.
        let value = |path: &str| Some(log.text(path)).filter(|text| text != "None").unwrap_or_default().into_owned();
        let change = Log { at, field, from: value("changed_from"), to: value("changed_to") };
        self.logs.entry(log.text("issue").into_owned()).or_default().push(change);
    }

    fn item(&mut self, issue: &Fields, to: &mut Gathering) -> Result<(), String> {
        let id = issue.text("id");
        if id.is_empty() {
            return Err("the issue has no \"id\", so it cannot be told which one it is".into());
        }
        let mut logs = self.logs.remove(&*id).unwrap_or_default();
        logs.sort_by_key(|log| log.at);
        let status = issue.text("status");
        let is_closed = CLOSED.contains(&&*status);
        let closing = |log: &&Log| log.field == ChangeField::Status && CLOSED.contains(&log.to.as_str());
        let closed_at = logs.iter().rev().find(closing).map(|log| log.at).filter(|_| is_closed);
        let [created, updated] = ["created_on", "updated_on"].map(|path| issue.moment(path, to));
        let item = &mut to.item;
        item.text(TextField::Key, &format!("{}#{id}", self.repository)).text(TextField::Title, &issue.text("title"));
        item.category(CategoryField::Project, &self.repository);
        for (field, path) in
            [(CategoryField::Type, "kind"), (CategoryField::Status, "status"), (CategoryField::Priority, "priority")]
        {
            item.category(field, &issue.text(path));
        }
        for (field, path) in [(CategoryField::Assignee, "assignee"), (CategoryField::Reporter, "reporter")] {
            let object = format!("{path}.display_name");
            item.category(field, &issue.first(&[path, &object]));
        }
        item.category(CategoryField::Resolution, if NOT_DELIVERED.contains(&&*status) { &status } else { "" });
        item.moment(MomentField::Created, created)
            .moment(MomentField::Updated, updated)
            .moment(MomentField::Resolved, closed_at);
        item.add(ListField::Component, &issue.first(&["component", "component.name"]));
        let milestone = issue.first(&["milestone", "milestone.name"]);
        item.add(ListField::FixVersion, &milestone)
            .add(ListField::FixVersion, &issue.first(&["version", "version.name"]));
        item.has_list(ListField::Sprint);
        for name in milestones(&logs, &milestone) {
            item.iteration(&name, IterationDates::NONE);
        }
        for Log { at, field, from, to } in &logs {
            if *field == ChangeField::Sprint {
                // Out of one and into another are two changes.
                item.change(*at, *field, from, "").change(*at, *field, "", to);
            } else {
                item.change(*at, *field, from, to);
            }
        }
        to.keep_item()
    }
}

/// The milestones an issue was in, oldest first and the present one last; none when it is in none now.
fn milestones(logs: &[Log], present: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if present.is_empty() {
        return names;
    }
    let logs = logs.iter().filter(|log| log.field == ChangeField::Sprint);
    for name in logs.flat_map(|log| [log.from.as_str(), &log.to]).chain([present]).filter(|name| !name.is_empty()) {
        names.retain(|known| known != name);
        names.push(name.to_owned());
    }
    names
}

/// Issues wait for the end of the file, and what nobody asks for need not.
fn without_long_texts(issue: &Fields) -> Fields {
    const KEPT: [&str; 13] = [
        "id",
        "title",
        "kind",
        "status",
        "priority",
        "assignee",
        "reporter",
        "component",
        "milestone",
        "version",
        "created_on",
        "updated_on",
        "edited_on",
    ];
    let kept = KEPT.iter().filter_map(|key| Some(((*key).to_owned(), issue.value(key)?.clone())));
    Fields::from_value(Value::Object(kept.collect()))
}

/// What the name of the file tells of the repository: `team-shop-issues.zip/db-2.0.json` and `shop-db-1.0.json` do.
fn repository(name: &str) -> String {
    let tell = |part: &str| {
        let mut rest = part;
        for end in [".json", ".zip", "db-1.0", "db-2.0", "-", "_", "issues", "-", "_"] {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
        rest.trim().to_owned()
    };
    name.rsplit(['/', '\\']).map(tell).find(|part| !part.is_empty()).unwrap_or_else(|| "bitbucket".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_the_repository() {
        for (name, expected) in [
            ("shop-db-1.0.json", "shop"),
            ("team-shop-issues.zip/db-2.0.json", "team-shop"),
            ("db-1.0.json", "bitbucket"),
            ("shop.json", "shop"),
        ] {
            assert_eq!(repository(name), expected, "{name}");
        }
    }

    #[test]
    fn milestones_end_with_the_present_one() {
        let log = |from: &str, to: &str| Log { at: 1, field: ChangeField::Sprint, from: from.into(), to: to.into() };
        let logs = [log("", "A"), log("A", "B"), log("B", "A")];
        assert_eq!(milestones(&logs, "A"), ["B", "A"]);
        assert_eq!(milestones(&logs, ""), Vec::<String>::new());
        assert_eq!(milestones(&[], "C"), ["C"]);
    }
}
