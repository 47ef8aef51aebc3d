//! Exports of any size, for measuring: rows like those of a large company's tracker, two years of several projects.

use super::clock::{WallMinute, weekday};
use super::columns;
use super::item::{Category, Comment, Item, Links, Parent, Person, Project};
use super::jira_json;
use super::prose::Prose;
use super::random::Random;
use super::truth::Truth;

/// Bytes handed over at a time, about.
const CHUNK_BYTES: usize = 256 * 1024;
/// Monday 2024-10-14.
pub(super) const FIRST_DAY: i32 = 20_010;
/// Days from the first to the export.
pub(super) const SPAN_DAYS: i32 = 730;
const SPRINT_DAYS: i32 = 14;
/// The sprint whose burndown is known, of the first project.
const WATCHED_SPRINT: u32 = 40;
pub(super) const PEOPLE_A_PROJECT: usize = 14;

pub(super) const PROJECTS: &[(&str, &str)] = &[
    ("CRM", "Customer relations"),
    ("BILL", "Billing, tax and invoices"),
    ("SHOP", "Web shop"),
    ("APP", "Mobile apps"),
    ("DATA", "Data platform"),
    ("OPS", "Operations \"24/7\""),
    ("IAM", "Accounts and access"),
    ("DOCS", "Documents"),
];
const FIRST_NAMES: &[&str] = &[
    "Aino", "Bruno", "Chiara", "Dariusz", "Esi", "Fatima", "Goran", "Hana", "Ibrahim", "Jürgen", "Kateryna", "Luís",
    "Mei", "Noor", "Olga", "Pedro", "Quentin", "Ravi", "Søren", "Tess",
];
const LAST_NAMES: &[&str] = &[
    "Abara", "Björk", "Castro", "Dvořák", "Eriksen", "Fischer", "Gupta", "Hughes", "Ito", "Jansen", "Kaya", "Lopes",
    "Moreau",
];
const LABELS: &[&str] = &[
    "tech-debt",
    "customer-request",
    "security",
    "performance",
    "accessibility",
    "quick-win",
    "needs-design",
    "regression",
    "documentation",
    "compliance",
    "spike",
    "flaky-test",
];
const COMPONENTS: &[&str] =
    &["Backend", "Web", "API, public", "Mobile", "Reporting", "Infrastructure", "Search", "Email"];
/// Days an item waits before work begins: mostly short, sometimes very long.
const WAIT_DAYS: &[(i32, u32)] = &[(0, 8), (1, 14), (3, 20), (6, 20), (12, 16), (25, 12), (60, 7), (140, 3)];
/// Days of work.
const WORK_DAYS: &[(i32, u32)] = &[(0, 12), (1, 20), (2, 20), (4, 20), (7, 14), (12, 9), (25, 4), (60, 1)];
/// Bytes of a description.
const DESCRIPTION_BYTES: &[(usize, u32)] = &[(0, 12), (150, 22), (400, 28), (900, 22), (1800, 12), (4000, 4)];

/// A file of so many rows, written piece by piece.
#[derive(Debug, Clone)]
pub struct BenchExport {
    rows: u64,
    seed: u64,
    projects: Vec<Project>,
    prose: Prose,
}

impl BenchExport {
    /// A file of `rows` rows. Files of different seeds have nothing in common but their shape.
    pub fn new(rows: u64, seed: u64) -> Self {
        let count = match rows {
            0..5_000 => 2,
            5_000..50_000 => 4,
            _ => PROJECTS.len(),
        };
        let projects = PROJECTS[..count].iter().enumerate().map(|(place, &names)| project(place, names)).collect();
        Self { rows, seed, projects, prose: Prose::new(&mut Random::new(seed)) }
    }

    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes the file in chunks of about 256 KB, newest item first, and tells what it knows about it.
    pub fn for_each_chunk(&self, mut chunk: impl FnMut(&[u8])) -> Truth {
        let mut bytes = Vec::with_capacity(CHUNK_BYTES + 16 * 1024);
        columns::write_header(&mut bytes);
        let truth = self.for_each_item(|project, item, _is_last| {
            columns::write_row(&mut bytes, project, item);
            hand_over(&mut bytes, CHUNK_BYTES, &mut chunk);
        });
        hand_over(&mut bytes, 1, &mut chunk);
        truth
    }

    /// The same items as the answer of Jira's search with the changelog, in UTC.
    pub fn for_each_json_chunk(&self, mut chunk: impl FnMut(&[u8])) -> Truth {
        let mut bytes = Vec::with_capacity(CHUNK_BYTES + 64 * 1024);
        jira_json::write_head(&mut bytes, self.rows);
        let truth = self.for_each_item(|project, item, is_last| {
            jira_json::write_issue(&mut bytes, project, item, sprint_days);
            if !is_last {
                jira_json::write_separator(&mut bytes);
            }
            hand_over(&mut bytes, CHUNK_BYTES, &mut chunk);
        });
        jira_json::write_tail(&mut bytes);
        hand_over(&mut bytes, 1, &mut chunk);
        truth
    }

    fn for_each_item(&self, mut write: impl FnMut(&Project, &Item, bool)) -> Truth {
        let name = format!("{}{WATCHED_SPRINT}", self.projects[0].sprint_prefix);
        let (first, after) = sprint_days(WATCHED_SPRINT);
        let mut truth = Truth::watching(name, (first, after - 1));
        for row in (0..self.rows).rev() {
            let project = &self.projects[(row % self.projects.len() as u64) as usize];
            let item = self.item(row, project);
            truth.count(project, &item);
            write(project, &item, row == 0);
        }
        truth
    }

    /// The whole file in memory.
    pub fn to_bytes(&self) -> (Vec<u8>, Truth) {
        let mut bytes = Vec::new();
        let truth = self.for_each_chunk(|chunk| bytes.extend_from_slice(chunk));
        (bytes, truth)
    }

    /// The item of a row; it depends on the seed and the row alone.
    fn item(&self, row: u64, project: &Project) -> Item {
        let mut random = Random::new(self.seed ^ (row + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let number = (row / self.projects.len() as u64) as u32 + 1;
        let day = FIRST_DAY + (row * (SPAN_DAYS as u64 - 7) / self.rows) as i32;
        let created = WallMinute::of_day(day, random.between(8 * 60, 18 * 60));
        let kind = random.weighted(&[("Story", 38), ("Task", 24), ("Bug", 26), ("Sub-task", 9), ("Epic", 3)]);
        let mut item = Item::new(number, 10_000 + 3 * row, kind, Prose::title(&mut random), created);
        item.priority = random.weighted(&[("Highest", 4), ("High", 20), ("Medium", 54), ("Low", 17), ("Lowest", 5)]);
        item.reporter = random.below(PEOPLE_A_PROJECT);
        item.assignee = random.chance(88).then(|| random.below(PEOPLE_A_PROJECT));
        if kind != "Epic" && kind != "Sub-task" && random.chance(82) {
            item.points = Some(random.weighted(&[(1, 18), (2, 25), (3, 27), (5, 19), (8, 9), (13, 2)]));
        }
        live(&mut item, &mut random);
        self.fill(&mut item, project, &mut random);
        item
    }

    /// Everything that no metric asks for.
    fn fill(&self, item: &mut Item, project: &Project, random: &mut Random) {
        for _ in 0..random.weighted(&[(0, 45), (1, 32), (2, 16), (3, 7)]) {
            let label = *random.pick(LABELS);
            if !item.labels.contains(&label) {
                item.labels.push(label);
            }
        }
        if random.chance(60) {
            item.components.push(*random.pick(COMPONENTS));
        }
        if item.resolved.is_some() && random.chance(50) {
            item.fix_versions.push(format!("{}.{}.0", random.between(2, 5), random.between(0, 24)));
        }
        item.estimate_hours = random.chance(30).then(|| random.between(1, 40) as u32);
        item.due = random.chance(8).then(|| item.created.plus(1440 * random.between(5, 40)));
        let other = |random: &mut Random| format!("{}-{}", project.key, 1 + random.below(item.number as usize));
        item.links = Links {
            blocked_by: random.chance(5).then(|| other(random)),
            blocks: random.chance(5).then(|| other(random)),
            relates: random.chance(8).then(|| other(random)),
        };
        if item.kind != "Epic" && random.chance(55) {
            let epic = 1 + random.below(item.number as usize / 30 + 1) as u32;
            let title = format!("Epic {epic}: {}", random.pick(COMPONENTS));
            item.parent =
                Some(Parent { key: format!("{}-{epic}", project.key), id: 10_000 + 3 * u64::from(epic), title });
        }
        let bytes = random.weighted(DESCRIPTION_BYTES);
        if bytes > 0 {
            item.description = self.prose.description(bytes - bytes / 4 + random.below(bytes / 2), random);
        }
        for place in 0..random.weighted(&[(0, 42), (1, 26), (2, 20), (3, 12)]) {
            let mut text = self.prose.sentence(random).to_owned();
            if random.chance(40) {
                text.push('\n');
                text.push_str(self.prose.sentence(random));
            }
            let at = item.created.plus(700 * (place + 1));
            item.comments.push(Comment { at, by: random.below(PEOPLE_A_PROJECT), text });
        }
    }
}

/// When work on the item began and ended, and in which sprints it was.
fn live(item: &mut Item, random: &mut Random) {
    let export_day = FIRST_DAY + SPAN_DAYS;
    let begun_day = working_day(item.created.day() + spread(WAIT_DAYS, random));
    let done_day = working_day(begun_day + spread(WORK_DAYS, random));
    let begun = WallMinute::of_day(begun_day, random.between(8 * 60, 12 * 60)).max(item.created.plus(5));
    let done = WallMinute::of_day(done_day, random.between(12 * 60, 18 * 60)).max(begun.plus(20));
    if begun_day < export_day && !random.chance(9) {
        item.started = random.chance(94).then_some(begun);
        item.status = random.weighted(&[("In Progress", 60), ("In Review", 25), ("Testing", 15)]);
        item.category = Category::InProgress;
        item.category_changed = Some(begun);
        item.updated = begun;
    }
    if item.category == Category::InProgress && done.day() < export_day && !random.chance(3) {
        finish(item, done, random);
    }
    let last_day = if item.category == Category::Done { done.day() } else { export_day - 1 };
    let planned = item.category != Category::ToDo || random.chance(10);
    if item.kind != "Epic" && planned && random.chance(80) {
        let first = sprint_of(item.created.day());
        let last = sprint_of(last_day);
        let carried = random.weighted(&[(0, 72), (1, 20), (2, 8)]);
        item.sprints = (last.saturating_sub(carried).max(first)..=last).collect();
    }
}

/// Closes the item: mostly as done, some as not delivered, and some with the gaps that real exports have.
fn finish(item: &mut Item, at: WallMinute, random: &mut Random) {
    let resolution = random.weighted(&[("Done", 92), ("Won't Do", 4), ("Duplicate", 3), ("Cannot Reproduce", 1)]);
    item.close(at, resolution);
    match random.below(100) {
        // Closed by a workflow that sets no resolution: only the change of the status category is dated.
        0..=2 => (item.resolved, item.resolution) = (None, ""),
        // Moved in from an older tracker: finished, and no date at all.
        3 => (item.resolved, item.resolution, item.category_changed) = (None, "", None),
        // Resolved, but waiting in a column that the tracker does not count as done.
        4 => {
            (item.status, item.category, item.category_changed) =
                ("Ready to deploy", Category::InProgress, item.started);
        }
        5..=20 => item.status = "Closed",
        _ => {}
    }
}

/// One of the table's lengths, plus up to half of it again.
fn spread(table: &[(i32, u32)], random: &mut Random) -> i32 {
    let days = random.weighted(table);
    days + random.between(0, days / 2)
}

/// The day itself, or the Monday after when it is on a weekend.
fn working_day(day: i32) -> i32 {
    match weekday(day) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

/// Hands the bytes over when there are so many.
fn hand_over(bytes: &mut Vec<u8>, at_least: usize, chunk: &mut impl FnMut(&[u8])) {
    if bytes.len() >= at_least {
        chunk(bytes);
        bytes.clear();
    }
}

/// The first day of a sprint, and the first after it.
fn sprint_days(number: u32) -> (i32, i32) {
    let first = FIRST_DAY + SPRINT_DAYS * (number as i32 - 1);
    (first, first + SPRINT_DAYS)
}

fn sprint_of(day: i32) -> u32 {
    ((day - FIRST_DAY) / SPRINT_DAYS + 1) as u32
}

/// The name of a person by the place among all of them; no two of the first 260 are the same.
pub(super) fn name_of_person(place: usize) -> String {
    format!("{} {}", FIRST_NAMES[place % FIRST_NAMES.len()], LAST_NAMES[place % LAST_NAMES.len()])
}

fn project(place: usize, (key, name): (&str, &str)) -> Project {
    let person = |number: usize| {
        let everyone = place * PEOPLE_A_PROJECT + number;
        Person::new(name_of_person(everyone), everyone as u64)
    };
    Project {
        key: key.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        team: format!("{name} team"),
        team_id: format!("7c1f{place:04}-0b1e-4a66-8d52-94c0e1f7a3d8"),
        sprint_prefix: format!("{key} Sprint "),
        people: (0..PEOPLE_A_PROJECT).map(person).collect(),
    }
}
