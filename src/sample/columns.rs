//! The rows of the export: an "all fields" CSV in the column order of Jira Cloud.

use super::clock::WallMinute;
use super::item::{Category, Comment, Item, Person, Project};

/// Sprint columns; no item may have more.
pub(super) const SPRINT_COLUMNS: usize = 4;
const FIX_VERSION_COLUMNS: usize = 2;
const COMPONENT_COLUMNS: usize = 2;
const LABEL_COLUMNS: usize = 3;
const COMMENT_COLUMNS: usize = 3;
const SECONDS_AN_HOUR: u32 = 3600;

/// Header cells with the number of columns that carry each.
const HEADER: &[(&str, usize)] = &[
    ("Summary", 1),
    ("Issue key", 1),
    ("Issue id", 1),
    ("Issue Type", 1),
    ("Status", 1),
    ("Project key", 1),
    ("Project name", 1),
    ("Project type", 1),
    ("Project lead", 1),
    ("Project lead id", 1),
    ("Project description", 1),
    ("Priority", 1),
    ("Resolution", 1),
    ("Assignee", 1),
    ("Assignee Id", 1),
    ("Reporter", 1),
    ("Reporter Id", 1),
    ("Creator", 1),
    ("Creator Id", 1),
    ("Created", 1),
    ("Updated", 1),
    ("Last Viewed", 1),
    ("Resolved", 1),
    ("Fix versions", FIX_VERSION_COLUMNS),
    ("Components", COMPONENT_COLUMNS),
    ("Due date", 1),
    ("Votes", 1),
    ("Labels", LABEL_COLUMNS),
    ("Description", 1),
    ("Environment", 1),
    ("Watchers", 1),
    ("Watchers Id", 1),
    ("Original estimate", 1),
    ("Remaining Estimate", 1),
    ("Time Spent", 1),
    ("Work Ratio", 1),
    ("Σ Original Estimate", 1),
    ("Σ Remaining Estimate", 1),
    ("Σ Time Spent", 1),
    ("Security Level", 1),
    ("Inward issue link (Blocks)", 1),
    ("Outward issue link (Blocks)", 1),
    ("Outward issue link (Relates)", 1),
    ("Custom field (Epic Link)", 1),
    ("Custom field (Flagged)", 1),
    ("Custom field (Rank)", 1),
    ("Sprint", SPRINT_COLUMNS),
    ("Custom field (Start date)", 1),
    ("Custom field (Story Points)", 1),
    ("Custom field (Story point estimate)", 1),
    ("Team Id", 1),
    ("Team Name", 1),
    ("Comment", COMMENT_COLUMNS),
    ("Parent", 1),
    ("Parent key", 1),
    ("Parent summary", 1),
    ("Status Category", 1),
    ("Status Category Changed", 1),
];

/// Writes the header line.
pub(super) fn write_header(out: &mut Vec<u8>) {
    let mut row = Row::begin(out);
    for &(name, repeats) in HEADER {
        for _ in 0..repeats {
            row.text(name);
        }
    }
    row.end();
}

/// Writes the row of one item.
pub(super) fn write_row(out: &mut Vec<u8>, project: &Project, item: &Item) {
    let mut row = Row::begin(out);
    write_identity(&mut row, project, item);
    write_dates_and_lists(&mut row, item);
    write_texts_and_times(&mut row, project, item);
    write_links_and_custom_fields(&mut row, project, item);
    write_comments_and_parent(&mut row, project, item);
    row.end();
}

fn write_identity(row: &mut Row, project: &Project, item: &Item) {
    let lead = &project.people[0];
    let reporter = &project.people[item.reporter];
    row.text(&item.title);
    row.text(&item.key(project));
    row.text(&item.id.to_string());
    row.text(item.kind);
    row.text(item.status);
    row.text(&project.key);
    row.text(&project.name);
    row.text("software");
    row.person(Some(lead));
    row.text(&project.description);
    row.text(item.priority);
    row.text(item.resolution);
    row.person(item.assignee.map(|place| &project.people[place]));
    row.person(Some(reporter));
    row.person(Some(reporter));
}

fn write_dates_and_lists(row: &mut Row, item: &Item) {
    row.moment(Some(item.created));
    row.moment(Some(item.updated));
    row.moment((item.id.is_multiple_of(5)).then_some(item.updated));
    row.moment(item.resolved);
    row.list(&item.fix_versions, FIX_VERSION_COLUMNS);
    row.list(&item.components, COMPONENT_COLUMNS);
    row.moment(item.due.map(WallMinute::midnight));
    row.text(if item.id.is_multiple_of(23) { "3" } else { "0" });
    row.list(&item.labels, LABEL_COLUMNS);
}

fn write_texts_and_times(row: &mut Row, project: &Project, item: &Item) {
    let done = item.category == Category::Done;
    let seconds = |hours: u32| (hours * SECONDS_AN_HOUR).to_string();
    let estimate = item.estimate_hours.map(seconds).unwrap_or_default();
    let remaining = item.estimate_hours.map(|hours| seconds(if done { 0 } else { hours })).unwrap_or_default();
    let spent = item.estimate_hours.filter(|_| done).map(|hours| seconds(hours + hours / 4)).unwrap_or_default();
    row.text(&item.description);
    row.text(if item.kind == "Bug" && item.id.is_multiple_of(4) { "Staging, build from the main branch" } else { "" });
    row.person(Some(&project.people[item.reporter]));
    row.text(&estimate);
    row.text(&remaining);
    row.text(&spent);
    row.text(if spent.is_empty() { "" } else { "125%" });
    row.text(&estimate);
    row.text(&remaining);
    row.text(&spent);
    row.text("");
}

fn write_links_and_custom_fields(row: &mut Row, project: &Project, item: &Item) {
    row.text(item.links.blocked_by.as_deref().unwrap_or_default());
    row.text(item.links.blocks.as_deref().unwrap_or_default());
    row.text(item.links.relates.as_deref().unwrap_or_default());
    row.text(item.parent.as_ref().map(|parent| parent.key.as_str()).unwrap_or_default());
    row.text(if item.category == Category::InProgress && item.id.is_multiple_of(17) { "Impediment" } else { "" });
    row.text(&format!("0|i{:05x}:{:x}", item.id, item.id % 7));
    let sprints: Vec<String> = item.sprints.iter().map(|number| format!("{}{number}", project.sprint_prefix)).collect();
    row.list(&sprints, SPRINT_COLUMNS);
    row.moment(item.started.map(WallMinute::midnight));
    row.text(&item.points.map(|points| format!("{points}.0")).unwrap_or_default());
    row.text("");
    row.text(&project.team_id);
    row.text(&project.team);
}

fn write_comments_and_parent(row: &mut Row, project: &Project, item: &Item) {
    let comment =
        |comment: &Comment| format!("{};{};{}", comment.at.text(), project.people[comment.by].id, comment.text);
    let comments: Vec<String> = item.comments.iter().map(comment).collect();
    row.list(&comments, COMMENT_COLUMNS);
    row.text(&item.parent.as_ref().map(|parent| parent.id.to_string()).unwrap_or_default());
    row.text(item.parent.as_ref().map(|parent| parent.key.as_str()).unwrap_or_default());
    row.text(item.parent.as_ref().map(|parent| parent.title.as_str()).unwrap_or_default());
    row.text(item.category.words());
    row.moment(item.category_changed);
}

/// A CSV record being written.
struct Row<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl<'a> Row<'a> {
    fn begin(out: &'a mut Vec<u8>) -> Self {
        Self { out, first: true }
    }

    /// A cell; quoted when it holds a comma, a quote or a line break.
    fn text(&mut self, text: &str) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
        if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.out.extend_from_slice(text.as_bytes());
            return;
        }
        self.out.push(b'"');
        for (place, part) in text.split('"').enumerate() {
            if place > 0 {
                self.out.extend_from_slice(b"\"\"");
            }
            self.out.extend_from_slice(part.as_bytes());
        }
        self.out.push(b'"');
    }

    /// Two cells: name and id.
    fn person(&mut self, person: Option<&Person>) {
        self.text(person.map(|person| person.name.as_str()).unwrap_or_default());
        self.text(person.map(|person| person.id.as_str()).unwrap_or_default());
    }

    fn moment(&mut self, moment: Option<WallMinute>) {
        self.text(&moment.map(WallMinute::text).unwrap_or_default());
    }

    /// As many cells as there are columns for the list.
    fn list<T: AsRef<str>>(&mut self, values: &[T], columns: usize) {
        for column in 0..columns {
            self.text(values.get(column).map(T::as_ref).unwrap_or_default());
        }
    }

    fn end(self) {
        self.out.push(b'\n');
    }
}
