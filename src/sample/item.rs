//! A made-up work item: all that its row in the export says.

use super::clock::WallMinute;

/// Where an item stands, in the tracker's three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    ToDo,
    InProgress,
    Done,
}

impl Category {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::ToDo => "To Do",
            Self::InProgress => "In Progress",
            Self::Done => "Done",
        }
    }
}

/// A project of the tracker.
#[derive(Debug, Clone)]
pub(super) struct Project {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) team: String,
    pub(super) team_id: String,
    /// Text before the number in the name of a sprint.
    pub(super) sprint_prefix: String,
    pub(super) people: Vec<Person>,
}

/// Somebody who works with the tracker.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) id: String,
}

impl Person {
    /// A person; the id is derived from the name's place in the list.
    pub(super) fn new(name: String, place: u64) -> Self {
        let id = format!("63{:010x}{:012x}", place * 0x1_0001 + 0x5a17, place * 0x9E37_79B1 + 0x0c0f_fee0);
        Self { name, id }
    }
}

/// A link to the epic.
#[derive(Debug, Clone)]
pub(super) struct Parent {
    pub(super) key: String,
    pub(super) id: u64,
    pub(super) title: String,
}

/// A comment by the person at this place of the project's list.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) at: WallMinute,
    pub(super) by: usize,
    pub(super) text: String,
}

/// Keys of linked items, where there is such a link.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    pub(super) blocked_by: Option<String>,
    pub(super) blocks: Option<String>,
    pub(super) relates: Option<String>,
}

/// One work item.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) number: u32,
    pub(super) id: u64,
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) priority: &'static str,
    pub(super) status: &'static str,
    pub(super) category: Category,
    pub(super) resolution: &'static str,
    /// Place in the project's people.
    pub(super) assignee: Option<usize>,
    pub(super) reporter: usize,
    pub(super) created: WallMinute,
    pub(super) updated: WallMinute,
    pub(super) started: Option<WallMinute>,
    pub(super) resolved: Option<WallMinute>,
    pub(super) category_changed: Option<WallMinute>,
    pub(super) due: Option<WallMinute>,
    pub(super) points: Option<u32>,
    /// Numbers of its sprints, oldest first.
    pub(super) sprints: Vec<u32>,
    pub(super) labels: Vec<&'static str>,
    pub(super) components: Vec<&'static str>,
    pub(super) fix_versions: Vec<String>,
    pub(super) links: Links,
    pub(super) parent: Option<Parent>,
    pub(super) comments: Vec<Comment>,
    /// Original estimate in hours.
    pub(super) estimate_hours: Option<u32>,
}

impl Item {
    /// An item that nobody has touched yet.
    pub(super) fn new(number: u32, id: u64, kind: &'static str, title: String, created: WallMinute) -> Self {
        Self {
            number,
            id,
            kind,
            title,
            description: String::new(),
            priority: "Medium",
            status: "To Do",
            category: Category::ToDo,
            resolution: "",
            assignee: None,
            reporter: 0,
            created,
            updated: created,
            started: None,
            resolved: None,
            category_changed: Some(created),
            due: None,
            points: None,
            sprints: Vec::new(),
            labels: Vec::new(),
            components: Vec::new(),
            fix_versions: Vec::new(),
            links: Links::default(),
            parent: None,
            comments: Vec::new(),
            estimate_hours: None,
        }
    }

    /// Its key in the project.
    pub(super) fn key(&self, project: &Project) -> String {
        format!("{}-{}", project.key, self.number)
    }

    /// Marks it as done at a moment, with the resolution given.
    pub(super) fn close(&mut self, at: WallMinute, resolution: &'static str) {
        self.status = "Done";
        self.category = Category::Done;
        self.resolution = resolution;
        self.resolved = Some(at);
        self.category_changed = Some(at);
        self.updated = at;
    }
}
